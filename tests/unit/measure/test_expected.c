/* What schools are expected to have: d <- cases(40, 4, 25), d <- rbind(d, d)
 * with y ~ x in R, as in tests/unit/stat/test_expected.c.
 */
#include "check.h"

#include "unit/measure/invented.h"

static const fact facts[] = {
    {"expected/actual score @a1", VALUE, 42.142857142857},
    {"expected/expected score @a1", VALUE, 40.570724557068},
    {"expected/difference score @a1", VALUE, 1.572132585790},
    {"expected/difference score @a1", ERROR, 1.877415519744},
    {"expected/difference score @a1", N, 28},
    {"expected/actual score @a3", VALUE, 47.625000000000},
    {"expected/expected score @a3", VALUE, 37.215416806486},
    {"expected/difference score @a3", VALUE, 10.409583193514},
    {"expected/difference score @a3", ERROR, 2.357486733318},
    {"expected/difference score @a3", N, 16},
};

static void test_schools(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_more(40, 2);
    ses_known(place);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-9);
    const lkv_estimate *actual = ask(place, "expected/actual score @a1");
    const lkv_estimate *level = ask(place, "mean score @a1");
    const lkv_estimate *apart = ask(place, "expected/difference score @a1");
    const lkv_estimate *drawn = ask(place, "expected/shrunken score @a1");
    assert_close(actual->real, lkv_estimate_value(level), 1e-12);
    assert_true(fabs(drawn->real) < fabs(apart->real));
    assert_int_equal(apart->froms, 2);
    assert_int_equal(apart->n, level->n);
}

/* A school of fewer than 15, a district of fewer than 300 or 15 schools. */
static void test_few(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_more(40, 2);
    ses_known(place);
    district_run(place);
    assert_int_equal(ask(place, "expected/difference score @a5")->reason,
                     LKV_REASON_FEW_PUPILS);
    g_autoptr(district) small = schools_of_cases(32);
    ses_known(small);
    district_run(small);
    assert_int_equal(ask(small, "expected/expected score @a1")->reason,
                     LKV_REASON_FEW_PUPILS);
    g_autoptr(district) schools = schools_of_more(12, 4);
    ses_known(schools);
    district_run(schools);
    assert_int_equal(ask(schools, "expected/expected score @a1")->reason,
                     LKV_REASON_FEW_SCHOOLS);
}

/* No share is expected outside 0 and 1, and the three still add up. */
static void test_share(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_more(40, 2);
    lkv_panel *panel = place->panel;
    lkv_axis pass = lkv_frame_outcome(panel->frame, 1)->axis;
    for (size_t i = 0; i < panel->rows; i++) {
        bool yes = panel->variable[2].value[i] > 0;
        panel->leaf[pass][i] = yes ? YES : NO;
        panel->variable[1].value[i] = yes;
        panel->variable[2].value[i] += yes ? panel->variable[0].value[i] : 0;
    }
    panel->variable[2].most = 1000;
    panel->variable[1].most = 1;
    ses_known(place);
    district_run(place);
    for (size_t j = 1; j < panel->frame->units->len; j++) {
        const char *id = lkv_frame_unit(panel->frame, j)->id;
        g_autofree char *a = g_strconcat("expected/actual pass @", id, NULL);
        g_autofree char *b = g_strconcat("expected/expected pass @", id, NULL);
        g_autofree char *c =
            g_strconcat("expected/difference pass @", id, NULL);
        const lkv_estimate *actual = ask(place, a);
        const lkv_estimate *expected = ask(place, b);
        if (actual->reason == LKV_REASON_NONE) {
            assert_true(expected->real >= 0 && expected->real <= 1);
            assert_close(expected->real + ask(place, c)->real, actual->real,
                         1e-12);
        }
    }
}

/* Nothing is expected of pupils whose background is not known. */
static void test_none(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_more(40, 2);
    district_run(place);
    assert_null(find(place, "expected/difference score @a1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_schools),
        cmocka_unit_test(test_few),
        cmocka_unit_test(test_share),
        cmocka_unit_test(test_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
