/* A school against a model's value, by hand: 20 pupils with points 0 to 19 (mean
 * 9.5, s^2 = 35), 14 pupils at the second school.
 */
#include "check.h"

#include "unit/measure/fact.h"

enum { FIRST = 20, SECOND = 14 };

static district *two_with_model(int64_t first, int64_t other)
{
    static const char *const covariates[] = {"ses", NULL};
    static const lkv_measure_spec asked = {.measure = "against_model",
                                           .given = covariates};
    static const lkv_covariate_spec ses = {.id = "ses"};
    pupil pupils[2 * FIRST + SECOND];
    for (int i = 0; i < 2 * FIRST + SECOND; i++) {
        bool before = i >= FIRST + SECOND;
        pupils[i] = (pupil){.year = before ? 2024 : 2025,
                            .school = i < FIRST || before ? "a" : "b",
                            .score = i % FIRST,
                            .pass = i % 4 == 0 ? NO : YES,
                            .ses = i == 0 ? first : other};
    }
    district *place = district_new(pupils, G_N_ELEMENTS(pupils), 0);
    place->study.measures = &asked;
    place->study.measure_count = 1;
    place->study.background = &ses;
    place->study.background_count = 1;
    return place;
}

static void test_difference(void **state)
{
    (void)state;
    /* qt(.975, 19) = 2.0930240544083; Wilson of 15 of 20 */
    static const fact facts[] = {
        {"against_model/model score @a", VALUE, 12},
        {"against_model/model score @a", N, -1},
        {"against_model/difference score @a", VALUE, -2.5},
        {"against_model/difference score @a", N, 20},
        {"against_model/difference score @a", DF, 19},
        {"against_model/difference score @a", ERROR, 1.32287565553229536},
        {"against_model/difference score @a", LOW,
         -2.5 - 2.0930240544083 * 1.32287565553229536},
        {"against_model/model pass @a", VALUE, 0.12},
        {"against_model/difference pass @a", VALUE, 0.63},
        {"against_model/difference pass @a", LOW, 0.531299 - 0.12},
        {"against_model/difference pass @a", HIGH, 0.888138 - 0.12},
    };
    g_autoptr(district) place = two_with_model(12, 12);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 2e-6);
    const lkv_estimate *of = ask(place, "against_model/difference score @a");
    assert_close(of->real, -2.5, 0);
    assert_int_equal(of->claim.stat, LKV_OTHER);
    assert_int_equal(of->froms, 1);
    assert_int_equal(of->from[0].stat, LKV_MEAN);
    const lkv_estimate *few = ask(place, "against_model/difference score @b");
    assert_int_equal(few->reason, LKV_REASON_FEW_PUPILS);
    assert_int_equal(few->n, SECOND);
    assert_true(isnan(few->low));
    /* of the reported year alone, and of no district */
    assert_null(find(place, "against_model/difference score 2024 @a"));
    assert_null(find(place, "against_model/difference score"));
}

/* What is not one for the school is no model's value. */
static void test_not_of_the_school(void **state)
{
    (void)state;
    g_autoptr(district) place = two_with_model(11, 12);
    district_run(place);
    assert_null(find(place, "against_model/difference score @a"));
    assert_non_null(find(place, "against_model/difference score @b"));
    g_autoptr(district) without = two_with_model(NO_SCORE, NO_SCORE);
    district_run(without);
    assert_int_equal(lkv_results_size(without->results), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_difference),
        cmocka_unit_test(test_not_of_the_school),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
