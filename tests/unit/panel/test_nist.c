/* Least squares from exact sums against what NIST certifies (StRD, linear
 * regression): Longley (1967), of high difficulty, and Wampler (1970), powers
 * of one number, where the line holds of every case.
 */
#include "check.h"

#include "panel/tally.h"
#include "stat/regression.h"
#include "stat/start.h"

enum { LONGLEY = 16, WAMPLER = 21, MOST = 7 };

/* The tally of one school, of VALUES in whole steps; y first. */
static lkv_tally *tally_of(const int64_t *values, size_t cases,
                           size_t variables, const uint8_t *decimals)
{
    lkv_tally *tally = g_new0(lkv_tally, 1);
    tally->spec.axes = 1;
    tally->spec.variables = (uint8_t)variables;
    tally->spec.cross = LKV_CROSS_BY_CELL;
    tally->leaves[0] = 1;
    tally->cells = 1;
    tally->n = g_new0(int64_t, 1);
    tally->sum = g_new0(lkv_wide, variables);
    tally->product = g_new0(lkv_wide, variables * (variables + 1) / 2);
    tally->n[0] = (int64_t)cases;
    for (size_t a = 0; a < variables; a++) {
        tally->decimals[a] = decimals[a];
        for (size_t i = 0; i < cases; i++) {
            const int64_t *row = &values[i * variables];
            tally->sum[a] += row[a];
            for (size_t b = a; b < variables; b++) {
                tally->product[lkv_tally_pair(tally, a, b)] +=
                    (lkv_wide)row[a] * row[b];
            }
        }
    }
    return tally;
}

static lkv_regression regression_of(const int64_t *values, size_t cases,
                                    size_t variables, const uint8_t *decimals)
{
    g_autoptr(lkv_tally) tally = tally_of(values, cases, variables, decimals);
    g_autoptr(lkv_moments) all = lkv_tally_moments(tally);
    bool kept[MOST];
    g_autoptr(lkv_moments) moments = lkv_moments_independent(all, kept);
    assert_int_equal(moments->variables, variables);
    return lkv_regression_of(moments, false);
}

/* Employed, deflator (tenths), GNP, unemployed, forces, population, year. */
static const int64_t longley[LONGLEY * 7] = {
    60323,  830,    234289, 2356,   1590,   107608, 1947,   61122,  885,
    259426, 2325,   1456,   108632, 1948,   60171,  882,    258054, 3682,
    1616,   109773, 1949,   61187,  895,    284599, 3351,   1650,   110929,
    1950,   63221,  962,    328975, 2099,   3099,   112075, 1951,   63639,
    981,    346999, 1932,   3594,   113270, 1952,   64989,  990,    365385,
    1870,   3547,   115094, 1953,   63761,  1000,   363112, 3578,   3350,
    116219, 1954,   66019,  1012,   397469, 2904,   3048,   117388, 1955,
    67857,  1046,   419180, 2822,   2857,   118734, 1956,   68169,  1084,
    442769, 2936,   2798,   120445, 1957,   66513,  1108,   444546, 4681,
    2637,   121950, 1958,   68655,  1126,   482704, 3813,   2552,   123366,
    1959,   69564,  1142,   502601, 3931,   2514,   125368, 1960,   69331,
    1157,   518173, 4806,   2572,   127852, 1961,   70551,  1169,   554894,
    4007,   2827,   130081, 1962,
};

static void test_longley(void **state)
{
    (void)state;
    static const uint8_t decimals[] = {0, 1, 0, 0, 0, 0, 0};
    static const double certified[] = {-3482258.63459582,   15.0618722713733,
                                       -0.0358191792925910, -2.02022980381683,
                                       -1.03322686717359,   -0.0511041056535807,
                                       1829.15146461355};
    lkv_regression found = regression_of(longley, LONGLEY, 7, decimals);
    assert_int_equal(found.fit, LKV_FIT_OK);
    for (size_t i = 0; i < G_N_ELEMENTS(certified); i++) {
        assert_relative(found.beta[i], certified[i], 3e-15);
    }
    assert_relative(sqrt(found.sigma2), 304.854073561965, 3e-15);
    assert_relative(found.r2, 0.995479004577296, 1e-15);
}

/* y is the sum of TENTHS^-k x^k, k to 5, of x from 0 to 20. */
static void check_wampler(int64_t tenths, uint8_t y_decimals)
{
    int64_t values[WAMPLER * 6] = {0};
    const uint8_t decimals[6] = {y_decimals};
    for (int64_t x = 0; x < WAMPLER; x++) {
        int64_t *row = &values[x * 6];
        int64_t power = 1, step = lkv_power_of_ten(y_decimals);
        row[0] = step;
        for (size_t k = 1; k < 6; k++) {
            row[k] = power *= x;
            row[0] += (step /= tenths) * power;
        }
    }
    lkv_regression found = regression_of(values, WAMPLER, 6, decimals);
    assert_int_equal(found.fit, LKV_FIT_NO_VARIANCE); /* nothing is left */
    for (size_t k = 0; k < 6; k++) {
        assert_relative(found.beta[k], pow((double)tenths, -(double)k), 1e-15);
    }
}

static void test_wampler(void **state)
{
    (void)state;
    check_wampler(1, 0);
    check_wampler(10, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_longley),
        cmocka_unit_test(test_wampler),
    };
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
