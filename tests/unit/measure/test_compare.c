/* A school against its district, the change from the year before, the band of
 * schools, and which differences are called clear of chance.
 */
#include "check.h"

#include "unit/measure/fact.h"
#include "unit/measure/small.h"

static void test_against(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"against_district score @a", VALUE, -15},
        {"against_district score @a", ERROR, 4.58257569495584},
        {"against_district score @a", DF, 2.8823529411764706},
        {"against_district score @a", P, 0.04941625686257745},
        {"against_district score @a", LOW, -29.9264027892323},
        {"against_district score @a", HIGH, -0.0735972107677032},
        {"against_district score @b", VALUE, 10},
        {"against_district pass @a", VALUE, -0.1},
        {"against_district pass @a", LOW, -0.3928975352014502},
        {"against_district pass @a", HIGH, 0.26746873971715474},
        {"against_district pass @a", P, 0.7093881150142264},
    };
    g_autoptr(district) place = two_schools();
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-11);
    assert_null(find(place, "against_district score"));
}

static void test_only_school(void **state)
{
    (void)state;
    static const pupil pupils[] = {
        {2025, "a", F, 1, YES, GRADE_A, HERE, 1, false, 0},
        {2025, "a", F, 2, YES, GRADE_A, HERE, 1, false, 0},
    };
    g_autoptr(district) place = district_new(pupils, 2, 0);
    district_run(place);
    assert_int_equal(ask(place, "against_district score @a")->reason,
                     LKV_REASON_ONE_SCHOOL);
}

static void test_change(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"change score", VALUE, -3.0 / 7},
        {"change score", ERROR, 0.6962743718053862},
        {"change score", DF, 2},
        {"change score", LOW, -3.4243982550744643},
        {"change score", HIGH, 2.56725539793161},
        {"change score", N, 7},
        {"change score @a", VALUE, 5},
        {"change score @a", ERROR, 4.509249752822894},
        {"change score @a", DF, 1.5578815155955617},
        {"change score @a", LOW, -20.762939909584016},
        {"change score @a", HIGH, 30.762939909584016},
    };
    g_autoptr(district) place = three_years();
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-11);
    const lkv_estimate *change = ask(place, "change score");
    assert_int_equal(change->froms, 2);
    assert_int_equal(change->from[0].population, 2);
    assert_int_equal(change->from[1].population, 1);
    assert_int_equal(ask(place, "change score 2023")->reason,
                     LKV_REASON_NO_YEAR_BEFORE);
    assert_null(find(place, "change score @a 2023"));
}

static void test_band(void **state)
{
    (void)state;
    g_autoptr(district) place = two_schools();
    district_run(place);
    const lkv_estimate *band = ask(place, "school_band/p90 score");
    assert_true(band->of_released);
    assert_close(band->real, 0.9, 0);
    assert_int_equal(band->method, LKV_METHOD_RELEASED_QUANTILE);
    assert_int_equal(band->n, -1);
    assert_non_null(find(place, "school_band/p10 pass"));
    assert_null(find(place, "school_band/p10 grade"));
}

/* Eight schools of 40 around a half, one far below: only that one is called
 * clear, though another alone would have p < .05.
 */
static void test_flag(void **state)
{
    (void)state;
    static const int passed[] = {20, 21, 19, 20, 22, 18, 25, 3};
    static const char *const schools[] = {"a", "b", "c", "d",
                                          "e", "f", "g", "h"};
    pupil pupils[320];
    for (int i = 0; i < 320; i++) {
        pupils[i] = (pupil){.year = 2025,
                            .school = schools[i / 40],
                            .score = NO_SCORE,
                            .pass = i % 40 < passed[i / 40] ? YES : NO};
    }
    g_autoptr(district) place = district_new(pupils, 320, 0);
    district_run(place);
    assert_true(ask(place, "against_district pass @g")->p < 0.05);
    assert_false(ask(place, "against_district pass @g")->flagged);
    assert_true(ask(place, "against_district pass @h")->flagged);
    assert_false(ask(place, "share pass @h")->flagged);
}

/* Outcomes of a subject, and those computed for the record, are no headlines:
 * they neither carry a flag nor count in the family.
 */
static void test_secondary_has_no_flag(void **state)
{
    (void)state;
    pupil pupils[80];
    for (int i = 0; i < 80; i++) {
        pupils[i] = (pupil){.year = 2025,
                            .school = i < 40 ? "a" : "b",
                            .score = NO_SCORE,
                            .pass = i < 40 ? YES : NO};
    }
    g_autoptr(district) place = district_new(pupils, 80, 0);
    g_array_index(place->panel->frame->outcomes, lkv_outcome, 1).secondary =
        true;
    district_run(place);
    assert_true(ask(place, "against_district pass @a")->p < 1e-6);
    assert_false(ask(place, "against_district pass @a")->flagged);
}

/* Year before: f 10 20, m 30; now: f 20, m 40 50. Shares of m from 1/3 to 2/3;
 * levels f 15 to 20, m 30 to 45: composition (37.5 - 17.5)/3, rates 5/2 + 15/2.
 */
static void test_split(void **state)
{
    (void)state;
    static const pupil pupils[] = {
        {.year = 2024, .school = "a", .sex = F, .score = 10},
        {.year = 2024, .school = "a", .sex = F, .score = 20},
        {.year = 2024, .school = "b", .sex = M, .score = 30},
        {.year = 2025, .school = "a", .sex = F, .score = 20},
        {.year = 2025, .school = "b", .sex = M, .score = 40},
        {.year = 2025, .school = "b", .sex = M, .score = 50},
    };
    static const fact facts[] = {
        {"change_split/composition score sex=", VALUE, 20.0 / 3},
        {"change_split/rates score sex=", VALUE, 10},
        {"change score", VALUE, 50.0 / 3},
        {"change_split/rates score sex=", DF, 1},
        {"change_split/rates score sex=", N, 3},
    };
    g_autoptr(district) place = district_new(pupils, G_N_ELEMENTS(pupils), 0);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
    const lkv_estimate *rates = ask(place, "change_split/rates score sex=");
    assert_int_equal(rates->froms, 2);
    assert_int_equal(rates->from[1].population, 0);
    assert_null(find(place, "change_split/rates score 2024 sex="));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_against),
        cmocka_unit_test(test_only_school),
        cmocka_unit_test(test_change),
        cmocka_unit_test(test_band),
        cmocka_unit_test(test_flag),
        cmocka_unit_test(test_secondary_has_no_flag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
