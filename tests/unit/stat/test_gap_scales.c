/* The gap on other scales. Numbers from reference.R, which also asks pROC;
 * ends from the definitions.
 */
#include "check.h"

#include "stat/gap_scales.h"
#include "unit/stat/pupils.h"

static void test_sd(void **state)
{
    (void)state;
    g_autoptr(lkv_piles) piles = pupils_piles(-1);
    lkv_gap_sd gap = lkv_gap_in_sd(piles);
    assert_close(gap.d, -0.24445752194502107, 1e-13);
    assert_close(gap.g, -0.24399657124367913, 1e-13);
    assert_close(gap.d_error, 0.10156082127365192, 1e-13);
    assert_close(gap.g_error, 0.10136931752517866, 1e-13);
}

static void test_ranks(void **state)
{
    (void)state;
    g_autoptr(lkv_piles) piles = pupils_piles(-1);
    lkv_gap_ranks gap = lkv_gap_in_ranks(piles);
    assert_close(gap.p, 0.430312638062319730, 1e-15);
    assert_close(gap.error, 0.028832157000101381, 1e-13);
    assert_close(gap.delong, 0.029046265922662667, 1e-13);
    assert_close(gap.v, -0.248305168945136379, 1e-12);
    assert_close(gap.v_error, 0.103794949602789705, 1e-12);
}

/* Nobody of one group is above the other's: P is 0, V has no end. */
static void test_apart(void **state)
{
    (void)state;
    g_autoptr(lkv_piles) piles = lkv_piles_new(1);
    lkv_piles_add(piles, (lkv_pile){1, 2, 0, 1});
    lkv_piles_sort(piles);
    assert_true(isnan(lkv_gap_in_ranks(piles).p));
    assert_true(isnan(lkv_gap_in_sd(piles).d));
    lkv_piles_add(piles, (lkv_pile){5, 2, 0, 0});
    lkv_piles_sort(piles);
    lkv_gap_ranks gap = lkv_gap_in_ranks(piles);
    assert_close(gap.p, 0, 0);
    assert_true(isinf(gap.v) && gap.v < 0 && isnan(gap.v_error));
    assert_true(isnan(lkv_gap_in_sd(piles).g)); /* none varies */
}

static void test_steps(void **state)
{
    (void)state;
    static const double cut[] = {60, 100, 130, 170};
    drawn_pupil pupils[PUPILS];
    int64_t count[PUPILS_SCHOOLS * 2 * 5] = {0};
    pupils_fill(pupils);
    for (size_t i = 0; i < PUPILS; i++) {
        size_t step = 0;
        while (step < 4 && pupils[i].y >= cut[step]) {
            step++;
        }
        count[(pupils[i].school * 2 + pupils[i].group) * 5 + step]++;
    }
    lkv_gap_steps gap = lkv_gap_in_steps(count, PUPILS_SCHOOLS, 5);
    assert_int_equal(gap.cuts, 4);
    assert_close(gap.v, -0.23415688874538224, 1e-12);
    /* reference.R takes derivatives by differences */
    assert_close(gap.error, 0.10671189704865922, 1e-8);
    /* one cut makes no line */
    static const int64_t two[] = {3, 5, 4, 4};
    gap = lkv_gap_in_steps(two, 1, 2);
    assert_int_equal(gap.cuts, 1);
    assert_true(isnan(gap.v) && isnan(gap.error));
    static const int64_t nobody[] = {3, 5, 0, 0};
    assert_true(isnan(lkv_gap_in_steps(nobody, 1, 2).v));
}

/* Normal groups one standard deviation apart have V = 1, whatever the cuts. */
static void test_steps_normal(void **state)
{
    (void)state;
    /* 1e9 pnorm(c(-1, 0, 1, 2)), group 0, and of c - 1, group 1 */
    static const int64_t count[] = {158655254, 341344746, 341344746, 135905122,
                                    22750132,  22750132,  135905122, 341344746,
                                    341344746, 158655254};
    lkv_gap_steps gap = lkv_gap_in_steps(count, 1, 5);
    assert_close(gap.v, 1, 1e-8);
}

static void test_ratio(void **state)
{
    (void)state;
    drawn_pupil pupils[PUPILS];
    lkv_stratum strata[PUPILS_SCHOOLS * 2] = {{0}};
    pupils_fill(pupils);
    for (size_t i = 0; i < PUPILS; i++) {
        lkv_stratum *own = &strata[pupils[i].school * 2 + pupils[i].group];
        double reach = pupils[i].y >= 100;
        *own = lkv_stratum_join(*own, (lkv_stratum){.n = 1, .mean = reach});
    }
    lkv_gap_ratio gap = lkv_gap_as_ratio(strata, PUPILS_SCHOOLS);
    assert_close(gap.ratio, 1.27829537612146305, 1e-13);
    assert_close(gap.log_error, 0.14060274018159177, 1e-13);
    /* all of group 0 reach it; then all of group 1 */
    lkv_stratum some[] = {{4, 1, 0}, {4, 0.5, 1}};
    assert_true(isnan(lkv_gap_as_ratio(some, 1).ratio));
    lkv_stratum turned[] = {{4, 0.5, 1}, {4, 1, 0}};
    assert_close(lkv_gap_as_ratio(turned, 1).ratio, 0, 0);
    assert_true(isnan(lkv_gap_as_ratio(turned, 1).log_error));
    assert_true(isnan(lkv_gap_as_ratio(some, 0).ratio));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sd),           cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_apart),        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_steps_normal), cmocka_unit_test(test_ratio),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
