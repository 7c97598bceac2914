/* The trend of a district and the limits of chance, as questions. */
#include "check.h"

#include "unit/measure/fact.h"

/* Two schools; b rises by 10 a year and a stays. */
static district *years_of(int first, int last)
{
    pupil pupils[40] = {{.year = 0}};
    size_t count = 0;
    for (int year = first; year <= last; year++) {
        for (int64_t i = 0; i < 4; i++) {
            int64_t rise = i < 2 ? 0 : 10 * (year - first);
            pupils[count++] = (pupil){.year = year,
                                      .school = i < 2 ? "a" : "b",
                                      .score = 50 + i + rise,
                                      .pass = i > 0 ? YES : NO,
                                      .ses = NO_SCORE};
        }
    }
    return district_new(pupils, count, 0);
}

/* Means 51.5, 56.5, 61.5: 5 a year. Z of b is 1/2 of -5 ... 5 around the
 * years' means: (2/4)(m_b - m) is 1/2, 3, 5.5 and a_t is -1/2, 0, 1/2, so Z_b =
 * 2.5 = -Z_a and V = 2/1 (2.5^2 + 2.5^2) = 25.
 */
static void test_three_years(void **state)
{
    (void)state;
    g_autoptr(district) place = years_of(2023, 2025);
    district_run(place);
    static const fact facts[] = {
        {"trend score", VALUE, 5},
        {"trend score", ERROR, 5},
        {"trend score", DF, 1},
        {"trend score", LOW, 5 - 5 * 12.706204736174698},
        {"trend score", N, 4},
        {"trend pass", VALUE, 0},
    };
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
    /* two years lie between the first and the last */
    static const fact whole[] = {
        {"trend/whole score", VALUE, 10},
        {"trend/whole score", ERROR, 10},
        {"trend/whole score", DF, 1},
        {"trend/whole score", HIGH, 10 + 10 * 12.706204736174698},
    };
    check_facts(place, whole, G_N_ELEMENTS(whole), 1e-12);
    const lkv_estimate *slope = ask(place, "trend score");
    assert_int_equal(slope->froms, 3);
    assert_int_equal(
        slope->from[2].population,
        lkv_frame_population_find(place->panel->frame, "final", 2023));
}

/* Up to its own year only: with two years there is no trend, and a year that
 * is missing leaves a longer step.
 */
static void test_own_year(void **state)
{
    (void)state;
    g_autoptr(district) place = years_of(2022, 2025);
    district_run(place);
    const lkv_estimate *second = ask(place, "trend score 2023");
    assert_int_equal(second->reason, LKV_REASON_NO_THREE_YEARS);
    assert_close(ask(place, "trend score 2024")->real, 5, 1e-12);
    assert_close(ask(place, "trend score 2025")->real, 5, 1e-12);
    assert_close(ask(place, "trend/whole score 2025")->real, 15, 1e-12);
}

/* A trend does not reach over a break, and a change across it says so. */
static void test_break(void **state)
{
    (void)state;
    g_autoptr(district) place = years_of(2021, 2025);
    lkv_break broken = {.id = "new", .stage = "final", .year = 2023};
    g_array_append_val(place->panel->frame->breaks, broken);
    district_run(place);
    assert_int_equal(ask(place, "trend score 2025")->froms, 3);
    assert_int_equal(ask(place, "trend score 2024")->reason,
                     LKV_REASON_NO_THREE_YEARS);
    assert_int_equal(ask(place, "trend score 2023")->reason,
                     LKV_REASON_NO_THREE_YEARS);
    assert_int_equal(ask(place, "change score 2023")->notes, LKV_NOTE_BREAK);
    assert_int_equal(ask(place, "change score 2023 @b")->notes, LKV_NOTE_BREAK);
    assert_int_equal(ask(place, "change score 2024")->notes, LKV_NOTE_NONE);
    assert_int_equal(ask(place, "change score 2022")->notes, LKV_NOTE_NONE);
    assert_int_equal(ask(place, "three_years score 2025")->notes,
                     LKV_NOTE_NONE);
    assert_int_equal(ask(place, "three_years score 2024")->notes,
                     LKV_NOTE_BREAK);
    assert_int_equal(ask(place, "three_years pass 2023 @b")->notes,
                     LKV_NOTE_BREAK);
    g_autoptr(district) whole = years_of(2021, 2025);
    district_run(whole);
    assert_int_equal(ask(whole, "trend score 2023")->reason, LKV_REASON_NONE);
}

/* Few schools have no limits of chance; twelve have. */
static void test_funnel(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "b", "c", "d", "e", "f",
                                        "g", "h", "i", "j", "k", "l"};
    pupil pupils[48];
    for (size_t i = 0; i < 48; i++) {
        pupils[i] = (pupil){.year = 2025,
                            .school = names[i / 4],
                            .score = (int64_t)(50 + i % 4),
                            .pass = i % 2 == 0 ? YES : NO,
                            .ses = NO_SCORE};
    }
    static const fact facts[] = {
        {"funnel/centre score", VALUE, 51.5},
        {"funnel/phi score", VALUE, 0},
        {"funnel/tau2 score", VALUE, 0},
        {"funnel/outside score", VALUE, 0},
        {"funnel/low_20 score", VALUE, 50.93421},
        {"funnel/detectable_20 score", VALUE, 0.808748},
        {"funnel/centre pass", VALUE, 0.5},
        {"funnel/high_10 pass", VALUE, 0.7675556},
    };
    g_autoptr(district) place = district_new(pupils, 48, 0);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-6);
    g_autoptr(district) few = years_of(2025, 2025);
    district_run(few);
    assert_int_equal(ask(few, "funnel/centre score")->reason,
                     LKV_REASON_FEW_SCHOOLS);
    assert_int_equal(ask(few, "funnel/detectable_30 pass")->reason,
                     LKV_REASON_FEW_SCHOOLS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_years),
        cmocka_unit_test(test_own_year),
        cmocka_unit_test(test_break),
        cmocka_unit_test(test_funnel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
