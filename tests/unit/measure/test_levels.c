/* Pupils, mean, share and grades of a district that can be worked out by
 * hand: scores 10 20 | 30 50 40.
 */
#include "check.h"

#include "unit/measure/fact.h"
#include "unit/measure/small.h"

static void test_pupils(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"pupils", VALUE, 6},         {"pupils", SCHOOLS, 2},
        {"pupils @b", VALUE, 4},      {"pupils @b", SCHOOLS, -1},
        {"pupils sex=m", VALUE, 3},   {"pupils/share sex=m", VALUE, 0.5},
        {"pupils/share sex=m", N, 6}, {"pupils origin=missing", VALUE, 1},
    };
    g_autoptr(district) place = two_schools();
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 0);
}

/* V = (2/1 * 50 + 3/2 * 200)/25 = 16; t(3) = 3.182446305284. */
static void test_mean(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"mean score", VALUE, 30},
        {"mean score", ERROR, 4},
        {"mean score", DF, 3},
        {"mean score", LOW, 17.27021477886516},
        {"mean score", HIGH, 42.72978522113484},
        {"mean score", N, 5},
        {"mean score", SCHOOLS, 2},
        {"mean score", MISSING, 1},
        {"mean/sd score", VALUE, 15.811388300841896},
        {"mean score @a", VALUE, 15},
        {"mean score @a", ERROR, 5},
        {"mean score @a", LOW, -48.531023680873474},
        {"mean score @b", HIGH, 64.8413771175033},
        {"mean score @b", MISSING, 1},
        {"mean/sd score @b", VALUE, 10},
        {"mean score sex=f", VALUE, 80.0 / 3},
        {"mean score sex=f", ERROR, 6.4788354387170015},
        {"mean score sex=f", LOW, -55.65474286965575},
        {"mean score @b sex=m", VALUE, 50},
        {"mean score @b sex=m", ERROR, NAN},
        {"mean score @b sex=m", MISSING, 1},
        {"mean score @b origin=missing", VALUE, 40},
    };
    g_autoptr(district) place = two_schools();
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
    const lkv_estimate *girls = ask(place, "mean score sex=f");
    assert_int_equal(girls->notes, LKV_NOTE_ONE_PUPIL_SCHOOLS);
    const lkv_estimate *sd = ask(place, "mean/sd score @b sex=m");
    assert_int_equal(sd->reason, LKV_REASON_ONE_PUPIL);
    const lkv_estimate *empty = ask(place, "mean score @b origin=here");
    assert_int_equal(empty->reason, LKV_REASON_NO_PUPILS);
    empty = ask(place, "mean score @a origin=abroad");
    assert_int_equal(empty->reason, LKV_REASON_EMPTY_GROUP);
    assert_true(isnan(lkv_estimate_value(empty)));
}

/* V = .08, so that n_eff = .24/.08 = 3. */
static void test_share(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"share pass", VALUE, 0.6},
        {"share pass", LOW, 0.17248514392521197},
        {"share pass", HIGH, 0.915215449723779},
        {"share pass", N, 5},
        {"share pass", MISSING, 1},
        {"share/count_no pass", VALUE, 2},
        {"share/count_yes pass", VALUE, 3},
        {"share/count_no pass @b", VALUE, 1},
        {"share pass @a", LOW, 0.09453120573423074},
        {"share pass @b", LOW, 0.2076596008020477},
        {"share pass @b", HIGH, 0.9385080552796037},
        {"share pass sex=m", VALUE, 0.5},
        {"share/count_yes pass @b sex=m", VALUE, 1},
    };
    g_autoptr(district) place = two_schools();
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
}

static void test_grades(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"grades/A grade", VALUE, 0.4},
        {"grades/A grade", N, 5},
        {"grades/A grade", MISSING, 1},
        {"grades/F grade", VALUE, 0.2},
        {"grades/- grade", VALUE, 0},
        {"grades/passed grade", VALUE, 0.8},
        {"grades/passed grade @b", VALUE, 1},
        {"grades/passed grade @a", VALUE, 0.5},
        {"grades/passed grade sex=f", VALUE, 1},
    };
    g_autoptr(district) place = two_schools();
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-15);
    assert_null(find(place, "grades/A grade @b sex=f"));
    assert_null(find(place, "grades/not_studied grade"));
}

static void test_left_out(void **state)
{
    (void)state;
    static const pupil pupils[] = {
        {2025, "a", F, 100, YES, GRADE_A, HERE, 1, false, 0},
        {2025, "a", F, 200, YES, GRADE_A, HERE, 1, false, 0},
        {2025, "a", F, 0, NO, GRADE_F, HERE, 1, true, 0},
    };
    static const fact facts[] = {
        {"mean score", VALUE, 15},
        {"mean score", N, 2},
        {"mean score", MISSING, 0},
    };
    g_autoptr(district) place = district_new(pupils, 3, 1);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 0);
}

/* A school's level moves from year to year by 5.785 beyond its pupils. */
static void test_shock(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"mean score", VALUE, 31},
        {"mean score", ERROR, 2.047151919354898},
        {"mean score", LOW, 25.316195073910823},
        {"mean score", HIGH, 36.683804926089174},
    };
    g_autoptr(district) place = three_years();
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
}

/* Written out in R from the formula: each school's each year a stratum. */
static void test_three_years(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"three_years score", VALUE, 617.0 / 21},
        {"three_years score", ERROR, 1.2131667619412168},
        {"three_years score", LOW, 26.7376890755090102},
        {"three_years score", HIGH, 32.0242156863957490},
        {"three_years score", DF, 12},
        {"three_years score", N, 7},
        {"three_years score @a", VALUE, 17},
        {"three_years score @a", ERROR, 1.9880595947760098},
        {"three_years score @a", LOW, 12.1353934167601167},
        {"three_years score @a", HIGH, 21.8646065832398833},
        {"three_years score @a", N, 3},
    };
    g_autoptr(district) place = three_years();
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
    const lkv_estimate *all = ask(place, "three_years score");
    assert_int_equal(all->claim.stat, LKV_OTHER);
    assert_int_equal(all->froms, 3);
    for (uint16_t i = 0; i < 3; i++) {
        assert_int_equal(all->from[i].stat, LKV_MEAN);
        assert_int_equal(all->from[i].population, 2 - i);
    }
    assert_null(find(place, "three_years score 2024"));
    g_autoptr(district) one_year = two_schools();
    district_run(one_year);
    assert_null(find(one_year, "three_years score"));
}

static void test_three_years_shares(void **state)
{
    (void)state;
    static const pupil pupils[] = {
        {2023, "a", F, NO_SCORE, YES, UNKNOWN, HERE, 1, false, 0},
        {2024, "a", F, NO_SCORE, NO, UNKNOWN, HERE, 1, false, 0},
        {2025, "a", F, NO_SCORE, YES, UNKNOWN, HERE, 1, false, 0},
        {2025, "a", F, NO_SCORE, YES, UNKNOWN, HERE, 1, false, 0},
        {2023, "b", F, NO_SCORE, NO, UNKNOWN, HERE, 1, false, 0},
        {2025, "b", F, NO_SCORE, NO, UNKNOWN, HERE, 1, false, 0},
    };
    /* prop.test(3, 4, correct = FALSE) */
    static const fact facts[] = {
        {"three_years pass", VALUE, 0.5},
        {"three_years pass @a", VALUE, 0.75},
        {"three_years pass @a", LOW, 0.30064184258240201},
        {"three_years pass @a", HIGH, 0.95441273919029945},
    };
    g_autoptr(district) place = district_new(pupils, G_N_ELEMENTS(pupils), 0);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
    const lkv_estimate *gone = ask(place, "three_years pass @b");
    assert_int_equal(gone->reason, LKV_REASON_NO_THREE_YEARS);
}

/* What each figure says, to the last term. */
static void test_claims(void **state)
{
    (void)state;
    g_autoptr(district) place = two_schools();
    district_run(place);
    const lkv_frame *frame = place->panel->frame;
    lkv_axis sex = lkv_cube_axis_find(frame->cube, "sex");
    lkv_axis score = lkv_cube_axis_find(frame->cube, "score");
    lkv_axis pass = lkv_cube_axis_find(frame->cube, "pass");
    const lkv_estimate *mean = ask(place, "mean score @b sex=m");
    assert_int_equal(mean->claim.stat, LKV_MEAN);
    assert_int_equal(mean->claim.outcome, 0);
    assert_int_equal(mean->claim.base.terms, 3);
    assert_int_equal(lkv_where_on(&mean->claim.base, frame->school)->value, 2);
    assert_int_equal(lkv_where_on(&mean->claim.base, sex)->value, M);
    assert_int_equal(lkv_where_on(&mean->claim.base, score)->value, 1);
    assert_true(lkv_where_equal(&mean->pupils, &mean->claim.base));
    assert_true(mean->has_absent);
    assert_int_equal(lkv_where_on(&mean->absent, score)->value, 0);
    const lkv_estimate *share = ask(place, "share pass");
    assert_int_equal(share->claim.stat, LKV_SHARE);
    assert_int_equal(share->claim.base.terms, 1);
    assert_string_equal(
        lkv_cube_value_id(frame->cube, share->claim.base.term[0]), "known");
    assert_int_equal(lkv_where_on(&share->claim.part, pass)->value, YES);
    const lkv_estimate *count = ask(place, "share/count_no pass @a");
    assert_int_equal(count->claim.stat, LKV_COUNT);
    assert_int_equal(lkv_where_on(&count->claim.base, pass)->value, NO);
    const lkv_estimate *sd = ask(place, "mean/sd score @a");
    assert_int_equal(sd->claim.stat, LKV_OTHER);
    assert_int_equal(sd->froms, 1);
    assert_int_equal(sd->from[0].stat, LKV_MEAN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pupils),
        cmocka_unit_test(test_mean),
        cmocka_unit_test(test_share),
        cmocka_unit_test(test_grades),
        cmocka_unit_test(test_left_out),
        cmocka_unit_test(test_shock),
        cmocka_unit_test(test_three_years),
        cmocka_unit_test(test_three_years_shares),
        cmocka_unit_test(test_claims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
