/* One-way analysis of variance: anova(lm(y ~ f)) of R. */
#include "example.h"

#include "stat/anova.h"
#include "stat/start.h"

static void test_example(void **state)
{
    (void)state;
    lkv_example all = example();
    g_autoptr(lkv_moments) moments = example_moments(&all, false);
    lkv_anova found = lkv_anova_of(moments);
    assert_int_equal(found.fit, LKV_FIT_OK);
    assert_int_equal(found.n, 95);
    assert_int_equal(found.groups, 16);
    assert_close(found.df_between, 15, 0);
    assert_close(found.df_within, 79, 0);
    assert_relative(found.ss_between, 1264.5349101921463, 1e-13);
    assert_relative(found.ss_within, 4215.2545634920634, 1e-13);
    assert_relative(found.f, 1.5799482000508231, 1e-13);
    assert_relative(found.p, 0.098561513248292723, 1e-12);
    /* n0 <- (N - sum(n^2)/N)/(J - 1); (msb - msw)/n0 */
    assert_relative(found.n0, 5.8891228070175439, 1e-14);
    assert_relative(found.between, 5.2545473507256277, 1e-12);
    assert_relative(found.icc, 0.089649379241184476, 1e-12);
    assert_relative(found.eta2_null, 15.0 / 94.0, 1e-15);
    /* (ssb - (J - 1) msw)/(sst + msw), and over sst */
    assert_relative(found.omega2, 0.083888989223172811, 1e-12);
    assert_relative(found.epsilon2, 0.084705830741268334, 1e-12);
}

/* Two groups alike in mean: less between than chance makes, and signed. */
static void test_negative(void **state)
{
    (void)state;
    static const double values[] = {0, 2, 4, 0, 2, 4};
    static const uint32_t group[] = {0, 0, 0, 1, 1, 1};
    g_autoptr(lkv_moments) moments = lkv_moments_of(values, group, 6, 2, 1);
    lkv_anova found = lkv_anova_of(moments);
    assert_close(found.ss_between, 0, 1e-15);
    assert_close(found.between, -4.0 / 3, 1e-15); /* (0 - 4)/3 */
    assert_close(found.icc, -0.5, 1e-15);
    assert_close(found.p, 1, 1e-15);
}

static lkv_anova of(const double *values, const uint32_t *group, size_t cases)
{
    g_autoptr(lkv_moments) moments = lkv_moments_of(values, group, cases, 3, 1);
    lkv_anova found = lkv_anova_of(moments);
    assert_true(isnan(found.f) && isnan(found.icc) && isnan(found.p));
    return found;
}

static void test_undefined(void **state)
{
    (void)state;
    static const double values[] = {1, 2, 3}, alike[] = {5, 5, 7};
    static const uint32_t one[] = {2, 2, 2}, each[] = {0, 1, 2},
                          pair[] = {0, 0, 1};
    assert_int_equal(of(values, one, 0).fit, LKV_FIT_NOBODY);
    assert_int_equal(of(values, one, 3).fit, LKV_FIT_ONE_GROUP);
    assert_int_equal(of(values, each, 3).fit, LKV_FIT_NO_DF);
    assert_int_equal(of(alike, pair, 3).fit, LKV_FIT_NO_VARIANCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_example),
                                       cmocka_unit_test(test_negative),
                                       cmocka_unit_test(test_undefined)};
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
