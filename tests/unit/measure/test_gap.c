/* Gaps: points 20 | 50 against 10 | 30 40, and what lies within schools. */
#include "check.h"

#include "unit/measure/fact.h"
#include "unit/measure/small.h"

/* Expected values by a script that loops over pupils and their influence values,
 * not by this program.
 */
static void test_points(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"gap score sex=m:f", VALUE, 25.0 / 3},
        {"gap score sex=m:f", ERROR, 16.86456581851171},
        {"gap score sex=m:f", DF, 3},
        {"gap score sex=m:f", LOW, -45.33724184600321},
        {"gap score sex=m:f", HIGH, 62.00390851266987},
        {"gap score sex=m:f", N, 2},
        {"gap score sex=m:f", MISSING, 1},
        {"gap score sex=m:f", SCHOOLS, 2},
        {"gap/same_school score sex=m:f", VALUE, 90.0 / 7},
        {"gap/same_school score sex=m:f", ERROR, 2.5489787748564887},
        {"gap/remainder score sex=m:f", VALUE, -95.0 / 21},
        {"gap/remainder score sex=m:f", ERROR, 16.249311515946232},
        {"gap/one_group_share score sex=m:f", VALUE, 0},
        {"gap/one_group_share score origin=abroad:here", VALUE, 1},
        {"gap score @a sex=m:f", VALUE, 10},
        {"gap score @a sex=m:f", LOW, NAN},
        {"gap score @b sex=m:f", VALUE, 15},
    };
    g_autoptr(district) place = two_schools();
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
}

static void test_shares(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"gap pass sex=m:f", VALUE, -1.0 / 6},
        {"gap pass sex=m:f", ERROR, 0.37474271008977894},
        {"gap pass sex=m:f", LOW, -0.5649417353967987},
        {"gap pass sex=m:f", HIGH, 0.3414365942581171},
        {"gap/same_school pass sex=m:f", VALUE, -1.0 / 7},
        {"gap/same_school pass sex=m:f", ERROR, 0.3081565075620714},
        {"gap/remainder pass sex=m:f", ERROR, 0.14528185582711556},
        {"gap pass @a sex=m:f", VALUE, -1},
    };
    g_autoptr(district) place = two_schools();
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
    assert_int_equal(ask(place, "gap pass sex=m:f")->unit_of_value,
                     LKV_UNIT_SHARE_POINTS);
    assert_int_equal(ask(place, "gap pass sex=m:f")->method,
                     LKV_METHOD_GAP_MOVER);
    assert_int_equal(ask(place, "gap pass @a sex=m:f")->method,
                     LKV_METHOD_GAP_NEWCOMBE);
}

/* Points: all of the group above both below; shares and steps by hand. */
static void test_scales(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"gap_scales/p_above score sex=m:f", VALUE, 4.0 / 6},
        {"gap_scales/gap_index score sex=m:f", VALUE, -20.0 / 6},
        {"gap_scales/p50 score sex=m:f", VALUE, 5},
        {"gap_scales/difference pass sex=m:f", VALUE, -1.0 / 6},
        {"gap_scales/difference pass sex=m:f", LOW, -0.5649417353967987},
        {"gap_scales/pupils_to_close pass sex=m:f", VALUE, 1},
        {"gap_scales/pupils_to_close pass origin=abroad:here", VALUE, 0},
        {"gap_scales/v score origin=abroad:here", N, 2},
    };
    g_autoptr(district) place = two_schools();
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
    const lkv_estimate *ratio =
        ask(place, "gap_scales/risk_ratio pass sex=m:f");
    assert_int_equal(ratio->reason, LKV_REASON_FEW_WITHOUT);
    const lkv_estimate *v = ask(place, "gap_scales/v score origin=abroad:here");
    assert_int_equal(v->reason, LKV_REASON_NO_OVERLAP);
    assert_int_equal(v->froms, 2);
    assert_null(find(place, "gap_scales/d score @a sex=m:f"));
    const lkv_estimate *steps = ask(place, "gap_scales/v grade sex=m:f");
    assert_int_equal(steps->from[0].stat, LKV_SHARE);
}

/* Grades F 2 3 6 5 4 and M 3 5 6 4 2 from the dash up; R's lm for the line,
 * derivatives by differences.
 */
static void test_steps(void **state)
{
    (void)state;
    static const int grades[] = {GRADE_DASH, GRADE_F, GRADE_E, GRADE_C,
                                 GRADE_A};
    static const int counts[2][5] = {{2, 3, 6, 5, 4}, {3, 5, 6, 4, 2}};
    pupil pupils[40];
    size_t count = 0;
    for (int i = 0; i < 10; i++) {
        for (int k = 0; k < counts[i / 5][i % 5]; k++) {
            pupils[count++] = (pupil){.year = 2025,
                                      .school = "a",
                                      .sex = i < 5 ? F : M,
                                      .score = NO_SCORE,
                                      .grade = grades[i % 5]};
        }
    }
    g_autoptr(district) place = district_new(pupils, count, 0);
    district_run(place);
    const lkv_estimate *v = ask(place, "gap_scales/v grade sex=m:f");
    assert_close(v->real, -0.38043057310614858, 1e-12);
    assert_close(v->error, 0.3385930732478063, 1e-8);
}

/* A school gap of shares whose interval is in the literature: 56/70 against
 * 48/80 is 0.2 (0.0524, 0.3339) (Newcombe 1998, table II, method 10).
 */
static void test_newcombe(void **state)
{
    (void)state;
    pupil pupils[150];
    for (int i = 0; i < 150; i++) {
        bool boy = i < 70;
        bool yes = boy ? i < 56 : i < 70 + 48;
        pupils[i] = (pupil){.year = 2025,
                            .school = "a",
                            .sex = boy ? M : F,
                            .score = NO_SCORE,
                            .pass = yes ? YES : NO};
    }
    static const fact facts[] = {
        {"gap pass @a sex=m:f", VALUE, 0.2},
        {"gap pass @a sex=m:f", LOW, 0.05243},
        {"gap pass @a sex=m:f", HIGH, 0.33387},
    };
    g_autoptr(district) place = district_new(pupils, 150, 0);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 6e-6);
}

static void test_reasons(void **state)
{
    (void)state;
    g_autoptr(district) place = two_schools();
    district_run(place);
    const lkv_estimate *split =
        ask(place, "gap/same_school score origin=abroad:here");
    assert_int_equal(split->reason, LKV_REASON_NO_SCHOOL_WITH_BOTH);
    const lkv_estimate *school = ask(place, "gap score @b origin=abroad:here");
    assert_int_equal(school->reason, LKV_REASON_EMPTY_GROUP);
    assert_null(find(place, "gap score origin=missing:here"));
    assert_null(find(place, "gap score sex=f:f"));
}

/* Both levels that a gap is made of, so that it can be judged by them. */
static void test_from(void **state)
{
    (void)state;
    g_autoptr(district) place = two_schools();
    district_run(place);
    const lkv_estimate *gap = ask(place, "gap score @b sex=m:f");
    const lkv_estimate *boys = ask(place, "mean score @b sex=m");
    const lkv_estimate *girls = ask(place, "mean score @b sex=f");
    assert_int_equal(gap->claim.stat, LKV_OTHER);
    assert_int_equal(gap->froms, 2);
    assert_true(lkv_claim_equal(&gap->from[0], &boys->claim));
    assert_true(lkv_claim_equal(&gap->from[1], &girls->claim));
    assert_int_equal(gap->n, boys->n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points),   cmocka_unit_test(test_shares),
        cmocka_unit_test(test_scales),   cmocka_unit_test(test_steps),
        cmocka_unit_test(test_newcombe), cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
