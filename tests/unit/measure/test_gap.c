/* Gaps: points 20 | 50 against 10 | 30 40, and what lies within schools. */
#include "check.h"

#include "unit/measure/fact.h"
#include "unit/measure/small.h"

/* Expected values by a script that loops over pupils (influence values of the
 * decisions page), not by this program.
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
        cmocka_unit_test(test_newcombe), cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
