/* Actual and expected, against R 4.2: the REML variances as in
 * tests/unit/measure/test_intake.c, then with V = sigma2 I + tau2 Z Z' by
 * definition:
 *
 *   C <- solve(t(X) %*% solve(V) %*% X); b <- C %*% t(X) %*% solve(V) %*% y
 *   P <- solve(V) - solve(V) %*% X %*% C %*% t(X) %*% solve(V)
 *   u <- tau2 t(Z) %*% solve(V) %*% (y - X %*% b); tau2 I - tau2^2 Z'P Z
 *
 * y ~ x + z of cases(40); without the own school of cases(6).
 */
#include "check.h"

#include "stat/expected.h"
#include "stat/start.h"
#include "unit/stat/cases.h"

typedef struct reference {
    size_t school;
    double actual, expected, difference, error, df, width;
} reference;

static const reference many[] = {
    {0, 49.333333333333, 41.392242793475, 7.941090539858, 5.119497267336, 276,
     1.968596344331},
    {6, 36.666666666667, 38.693492986920, -2.026826320253, 5.103715518535, 276,
     1.968596344331},
    {39, 27.666666666667, 31.281609793485, -3.614943126818, 3.722166198331, 276,
     1.968596344331},
};
static const double shrunken[][2] = {
    {5.420929907859, 4.180031639700},
    {-1.383598809553, 4.171028620054},
    {-2.933142242680, 3.313421071505},
};
static const reference few[] = {
    {1, 31.857142857143, 40.923404501716, -9.066261644574, 3.973920750375, 40,
     2.021075390306},
    {5, 35.5, 34.9696020695519, 0.5303979304481, 4.0597662065624, 37,
     2.0261924630291},
};

static void check(const lkv_expectation *of, const reference *wanted)
{
    assert_close(of->actual, wanted->actual, 1e-12);
    assert_close(of->expected, wanted->expected, 1e-10);
    assert_close(of->difference, wanted->difference, 1e-10);
    assert_close(of->error, wanted->error, 1e-10);
    assert_close(of->df, wanted->df, 0);
    assert_close(of->interval.high - of->difference,
                 wanted->width * wanted->error, 1e-9);
    assert_close(of->expected + of->difference, of->actual, 1e-14);
}

static void test_many(void **state)
{
    (void)state;
    g_auto(cases) made = cases_new(40, 1, 20);
    g_autoptr(lkv_moments) moments = cases_moments(&made);
    g_autoptr(lkv_expected) of = lkv_expected_of(moments, 0.95);
    assert_int_equal(of->fit, LKV_FIT_OK);
    for (size_t i = 0; i < G_N_ELEMENTS(many); i++) {
        const lkv_expectation *own = &of->group[many[i].school];
        check(own, &many[i]);
        assert_false(own->without);
        assert_close(own->shrunken, shrunken[i][0], 1e-9);
        assert_close(own->shrunken_error, shrunken[i][1], 1e-9);
    }
}

/* A school that holds more than a tenth is expected from the others. */
static void test_without(void **state)
{
    (void)state;
    g_auto(cases) made = cases_new(6, 1, 20);
    g_autoptr(lkv_moments) moments = cases_moments(&made);
    g_autoptr(lkv_expected) of = lkv_expected_of(moments, 0.95);
    for (size_t i = 0; i < G_N_ELEMENTS(few); i++) {
        check(&of->group[few[i].school], &few[i]);
        assert_true(of->group[few[i].school].without);
    }
}

static void test_reasons(void **state)
{
    (void)state;
    static const double flat[] = {7, 1, 7, 2, 7, 3, 7, 5};
    static const uint32_t group[] = {0, 0, 2, 2};
    static const double value[] = {1, 1, 4, 2, 5, 3, 9, 1};
    g_autoptr(lkv_moments) a = lkv_moments_of(flat, group, 4, 3, 2);
    g_autoptr(lkv_expected) none = lkv_expected_of(a, 0.95);
    assert_int_equal(none->fit, LKV_FIT_NO_VARIANCE);
    g_autoptr(lkv_moments) b = lkv_moments_of(value, group, 4, 3, 2);
    g_autoptr(lkv_expected) empty = lkv_expected_of(b, 0.95);
    assert_true(isnan(empty->group[1].difference));
    assert_true(isnan(empty->group[1].interval.low));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_without),
        cmocka_unit_test(test_reasons),
    };
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
