/* Quantiles of pupils, their intervals and distances. The numbers come from
 * reference.R; ends and empty cases from the definition.
 */
#include "check.h"

#include "stat/percentile.h"
#include "unit/stat/pupils.h"

/* qt(0.975, 391) */
static const double T = 1.966049679274990441;

static void part_is(lkv_gap_part part, const double wanted[4])
{
    assert_close(part.value, wanted[0], 1e-12);
    assert_close(part.error, wanted[1], 1e-12);
    assert_close(part.interval.low, wanted[2], 1e-12);
    assert_close(part.interval.high, wanted[3], 1e-12);
}

static void test_quantiles(void **state)
{
    (void)state;
    g_autoptr(lkv_piles) piles = lkv_piles_new(2);
    assert_true(isnan(lkv_piles_quantile(piles, 0.5)));
    /* y of the domain's golden case, two of them piled */
    static const double values[] = {300, 80,  120, 160, 180,
                                    200, 210, 225, 240, 260};
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        lkv_piles_add(piles, (lkv_pile){values[i], 1, i % 2, 0});
    }
    lkv_piles_sort(piles);
    assert_close(lkv_piles_quantile(piles, 0.1), 116, 1e-14);
    assert_close(lkv_piles_quantile(piles, 0.5), 205, 1e-14);
    assert_close(lkv_piles_quantile(piles, 0.9), 264, 1e-14);
    assert_close(lkv_piles_quantile(piles, -1), 80, 0);
    assert_close(lkv_piles_quantile(piles, 2), 300, 0);
    g_autofree int64_t *upto = lkv_piles_upto(piles, 120);
    assert_int_equal(upto[0] + upto[1], 2);
}

static void test_ties(void **state)
{
    (void)state;
    g_autoptr(lkv_piles) piles = lkv_piles_new(1);
    lkv_piles_add(piles, (lkv_pile){10, 3, 0, 0});
    lkv_piles_add(piles, (lkv_pile){20, 0, 0, 0});
    lkv_piles_add(piles, (lkv_pile){30, 2, 0, 0});
    assert_int_equal(piles->count, 2);
    assert_close(lkv_piles_quantile(piles, 0.5), 10, 0);
    assert_close(lkv_piles_quantile(piles, 0.625), 20, 1e-14);
    assert_close(lkv_piles_quantile(piles, 0.75), 30, 0);
}

static void test_percentiles(void **state)
{
    (void)state;
    static const double p[] = {0.1, 0.5, 0.9};
    static const double wanted[][4] = {
        {62.25, 2.9126400326512667, 53.5472099959249590, 65},
        {120, 3.1789634137346821, 112.5, 125},
        {177.75, 3.8147560964816183, 170, 185},
    };
    g_autoptr(lkv_piles) piles = pupils_piles(-1);
    assert_int_equal(lkv_piles_df(piles), 391);
    for (size_t i = 0; i < G_N_ELEMENTS(p); i++) {
        lkv_percentile of = lkv_percentile_of(piles, p[i], T);
        part_is((lkv_gap_part){of.value, of.error, of.interval}, wanted[i]);
    }
}

static void test_distance(void **state)
{
    (void)state;
    static const double wanted[][4] = {
        {115.5, 4.61540486074027, 107.48132286152462, 126.38370523671452},
        {57.75, 4.1150615111905529, 49.9795333580529970, 66.3626414118492249},
    };
    static const double lower[] = {0.1, 0.5};
    g_autoptr(lkv_piles) piles = pupils_piles(-1);
    lkv_percentile upper = lkv_percentile_of(piles, 0.9, T);
    for (size_t i = 0; i < 2; i++) {
        lkv_percentile at = lkv_percentile_of(piles, lower[i], T);
        part_is(lkv_percentile_distance(piles, &at, &upper), wanted[i]);
    }
}

static void test_gap(void **state)
{
    (void)state;
    static const double p[] = {0.1, 0.5, 0.9};
    static const double wanted[][4] = {
        {-2.5, 9.1194965826726708, -24.9514915333782419, 11.4016559231328696},
        {-12.5, 5.7881372007151120, -24.2339189113544933, -1.2407611427093812},
        {-12.5, 7.0753617071775601, -25.3744747022513906, 3.6090688389773469},
    };
    g_autoptr(lkv_piles) one = pupils_piles(1);
    g_autoptr(lkv_piles) zero = pupils_piles(0);
    for (size_t i = 0; i < G_N_ELEMENTS(p); i++) {
        lkv_percentile a = lkv_percentile_of(one, p[i], T);
        lkv_percentile b = lkv_percentile_of(zero, p[i], T);
        part_is(lkv_percentile_gap(one, &a, zero, &b), wanted[i]);
    }
}

static void test_no_interval(void **state)
{
    (void)state;
    g_autoptr(lkv_piles) piles = lkv_piles_new(2);
    lkv_percentile none = lkv_percentile_of(piles, 0.5, T);
    assert_true(isnan(none.value) && isnan(none.slope));
    lkv_piles_add(piles, (lkv_pile){1, 1, 0, 0});
    lkv_piles_add(piles, (lkv_pile){2, 1, 1, 0});
    lkv_percentile single = lkv_percentile_of(piles, 0.5, T);
    assert_close(single.value, 1.5, 0);
    assert_true(isnan(single.error) && isnan(single.interval.low));
    lkv_gap_part apart = lkv_percentile_distance(piles, &single, &single);
    assert_close(apart.value, 0, 0);
    assert_true(isnan(apart.error) && isnan(apart.interval.high));
    /* all alike: nothing can move */
    g_autoptr(lkv_piles) alike = lkv_piles_new(1);
    lkv_piles_add(alike, (lkv_pile){7, 5, 0, 0});
    lkv_percentile same = lkv_percentile_of(alike, 0.9, T);
    assert_close(same.value, 7, 0);
    assert_close(same.error, 0, 0);
    assert_close(same.interval.high, 7, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quantiles),   cmocka_unit_test(test_ties),
        cmocka_unit_test(test_percentiles), cmocka_unit_test(test_distance),
        cmocka_unit_test(test_gap),         cmocka_unit_test(test_no_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
