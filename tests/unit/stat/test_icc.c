/* ICC from F_u, its jackknife and Thomas and Hultquist's interval, written out
 * in R from tapply(y, f, mean) and tapply(y, f, var).
 */
#include "example.h"

#include "stat/icc.h"
#include "stat/start.h"

static void test_example(void **state)
{
    (void)state;
    lkv_example all = example();
    g_autoptr(lkv_moments) moments = example_moments(&all, false);
    lkv_icc found = lkv_icc_of(moments, 0.95);
    assert_int_equal(found.fit, LKV_FIT_OK);
    assert_int_equal(found.groups, 16);
    /* nh <- J/sum(1/n); nh * var(m)/msw */
    assert_relative(found.f_u, 1.5272494381215553, 1e-12);
    assert_relative(found.n_h, 5.1343435629695655, 1e-14);
    assert_relative(found.icc, 0.093127400365929175, 1e-12);
    /* mean of J log(F) - (J - 1) log(F[-j]); +- qt(.975, J - 1) sd/sqrt(J) */
    assert_relative(found.jackknife, 0.10387000900561617, 1e-11);
    assert_close(found.jackknife_interval.low, 0, 0); /* -0.036, clipped */
    assert_relative(found.jackknife_interval.high, 0.28993594678055445, 1e-11);
    /* F_u/qf(.975, J - 1, N - J) and F_u/qf(.025, J - 1, N - J) */
    assert_close(found.thomas_hultquist.low, 0, 0); /* -0.049, clipped */
    assert_relative(found.thomas_hultquist.high, 0.35364878448490605, 1e-11);
}

static lkv_icc of(const double *values, const uint32_t *group, size_t cases)
{
    g_autoptr(lkv_moments) moments = lkv_moments_of(values, group, cases, 4, 1);
    return lkv_icc_of(moments, 0.95);
}

/* Three balanced groups: F_u is the F of the analysis of variance. No
 * interval of the jackknife below 15 groups.
 */
static void test_few(void **state)
{
    (void)state;
    static const double values[] = {0, 2, 10, 12, 20, 22};
    static const uint32_t group[] = {0, 0, 1, 1, 3, 3};
    lkv_icc found = of(values, group, 6);
    assert_close(found.f_u, 100, 1e-13); /* 2 * 100 / 2 */
    assert_close(found.icc, 99.0 / 101, 1e-14);
    assert_true(isfinite(found.jackknife));
    assert_true(isnan(found.jackknife_interval.low));
    assert_true(found.thomas_hultquist.low > 0.5);
}

static void test_undefined(void **state)
{
    (void)state;
    static const double values[] = {1, 2, 3, 4}, alike[] = {5, 5, 7, 7};
    static const uint32_t each[] = {0, 1, 2, 3}, one[] = {1, 1, 1, 1},
                          two[] = {0, 0, 1, 1};
    assert_int_equal(of(values, one, 0).fit, LKV_FIT_NOBODY);
    assert_int_equal(of(values, one, 4).fit, LKV_FIT_ONE_GROUP);
    assert_int_equal(of(values, each, 4).fit, LKV_FIT_NO_DF);
    lkv_icc none = of(alike, two, 4);
    assert_int_equal(none.fit, LKV_FIT_NO_VARIANCE);
    assert_true(isnan(none.icc) && isnan(none.thomas_hultquist.low));
    lkv_icc pair = of(values, two, 4);
    assert_int_equal(pair.fit, LKV_FIT_OK);
    assert_true(isnan(pair.jackknife)); /* two groups */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_example),
                                       cmocka_unit_test(test_few),
                                       cmocka_unit_test(test_undefined)};
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
