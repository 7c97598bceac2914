/* Realised spread between groups: var(means) - mean(s^2/n) written out in R. */
#include "example.h"

#include "stat/spread.h"
#include "stat/start.h"

static void test_example(void **state)
{
    (void)state;
    lkv_example all = example();
    g_autoptr(lkv_moments) moments = example_moments(&all, false);
    lkv_spread found = lkv_spread_of(moments, 0.95);
    assert_int_equal(found.fit, LKV_FIT_OK);
    assert_int_equal(found.groups, 16);
    /* e <- tapply(y, f, var)/n; var(m) - mean(e) */
    assert_relative(found.variance, 5.7513347293247961, 1e-12);
    /* sqrt(sum(4 d^2 e - 2 e^2))/(J - 1), d <- m - mean(m) */
    assert_relative(found.error, 5.8475601348998163, 1e-12);
    assert_relative(found.sd, 2.3981940558104959, 1e-12);
    assert_relative(found.variance_interval.low, -5.7096725325110214, 1e-12);
    assert_relative(found.variance_interval.high, 17.212341991160613, 1e-12);
    assert_close(found.sd_interval.low, 0, 0);
    assert_relative(found.sd_interval.high, sqrt(17.212341991160613), 1e-12);
}

/* Nine groups: no interval. A single stays out, and is counted. */
static void test_few(void **state)
{
    (void)state;
    double values[19];
    uint32_t group[19];
    for (uint32_t i = 0; i < 19; i++) {
        group[i] = i / 2;
        values[i] = 10.0 * (i / 2) + i % 2;
    }
    g_autoptr(lkv_moments) moments = lkv_moments_of(values, group, 19, 12, 1);
    lkv_spread found = lkv_spread_of(moments, 0.95);
    assert_int_equal(found.groups, 9);
    assert_int_equal(found.singles, 1);
    /* var(10*(0:8)) is 750; s^2/n is 1/4 for each */
    assert_close(found.variance, 749.75, 1e-12);
    assert_true(isnan(found.variance_interval.low));
    assert_true(isnan(found.sd_interval.high));
}

/* All means alike: below nothing, so no error and no interval. */
static void test_negative(void **state)
{
    (void)state;
    static const double values[] = {0, 2, 0, 2};
    static const uint32_t group[] = {0, 0, 1, 1};
    g_autoptr(lkv_moments) moments = lkv_moments_of(values, group, 4, 2, 1);
    lkv_spread found = lkv_spread_of(moments, 0.95);
    assert_int_equal(found.fit, LKV_FIT_OK);
    assert_close(found.variance, -1, 1e-15);
    assert_close(found.sd, 0, 0);
    assert_true(isnan(found.error));
}

static void test_undefined(void **state)
{
    (void)state;
    static const double values[] = {1, 2, 3};
    static const uint32_t each[] = {0, 1, 2}, one[] = {1, 1, 1};
    g_autoptr(lkv_moments) none = lkv_moments_of(values, one, 0, 3, 1);
    g_autoptr(lkv_moments) single = lkv_moments_of(values, one, 3, 3, 1);
    g_autoptr(lkv_moments) alone = lkv_moments_of(values, each, 3, 3, 1);
    assert_int_equal(lkv_spread_of(none, 0.95).fit, LKV_FIT_NOBODY);
    assert_int_equal(lkv_spread_of(single, 0.95).fit, LKV_FIT_ONE_GROUP);
    lkv_spread found = lkv_spread_of(alone, 0.95);
    assert_int_equal(found.fit, LKV_FIT_NO_DF);
    assert_true(isnan(found.variance) && isnan(found.sd));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_example), cmocka_unit_test(test_few),
        cmocka_unit_test(test_negative), cmocka_unit_test(test_undefined)};
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
