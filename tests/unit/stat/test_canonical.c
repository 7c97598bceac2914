/* Refits of draws: the closed form of equal groups, the least of D on a fine
 * grid, and what draws have on average.
 */
#include "check.h"

#include "stat/canonical.h"
#include "stat/draw.h"
#include "stat/start.h"
#include "unit/stat/cases.h"

enum { GROUPS = 12, SIZE = 5, CASES = GROUPS * SIZE };

/* Equal groups: delta is SIZE throughout, and REML is the analysis of variance:
 * lambda = (F - 1)/n, or 0 where F is below 1.
 */
static void test_equal_groups(void **state)
{
    (void)state;
    double y[CASES];
    uint32_t group[CASES];
    for (size_t i = 0; i < CASES; i++) {
        y[i] = (double)(i * i % 7);
        group[i] = (uint32_t)(i / SIZE);
    }
    g_autoptr(lkv_moments) moments = lkv_moments_of(y, group, CASES, GROUPS, 1);
    g_autoptr(lkv_canonical) of = lkv_canonical_of(moments);
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 5});
    double squares[GROUPS];
    unsigned zero = 0;
    assert_int_equal(of->r, GROUPS - 1);
    assert_close(of->df, CASES - GROUPS, 0);
    for (int draw = 0; draw < 500; draw++) {
        double sse = lkv_canonical_draw(of, 0.05, &stream, squares), sum = 0;
        for (size_t k = 0; k < of->r; k++) {
            assert_relative(of->delta[k], SIZE, 1e-12);
            sum += squares[k];
        }
        double r = (double)of->r, f = sum / r / (sse / of->df);
        lkv_canonical_fit fit = lkv_canonical_refit(of, squares, sse);
        assert_close(fit.lambda, f > 1 ? (f - 1) / SIZE : 0, 1e-7);
        double ratio =
            of->nu * log((sum + sse) / (sse + sse * r / of->df)) - r * log(f);
        assert_close(fit.ratio, f > 1 ? ratio : 0, 1e-9);
        zero += f <= 1;
    }
    assert_true(zero > 50 && zero < 450);
}

static double ratio_at(const lkv_canonical *of, const double *squares,
                       double sse, double lambda)
{
    double all = sse, left = sse, logs = 0;
    for (size_t k = 0; k < of->r; k++) {
        all += squares[k];
        left += squares[k] / (1 + lambda * of->delta[k]);
        logs += log1p(lambda * of->delta[k]);
    }
    return of->nu * log(all / left) - logs;
}

static void assert_least(size_t groups)
{
    g_auto(cases) made = cases_new(groups, 3, 6);
    g_autoptr(lkv_moments) moments = cases_moments(&made);
    g_autoptr(lkv_canonical) of = lkv_canonical_of(moments);
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 6});
    double squares[16];
    assert_int_equal(of->r, groups - 1);
    for (int draw = 0; draw < 50; draw++) {
        double sse = lkv_canonical_draw(of, 0.2, &stream, squares), most = 0;
        lkv_canonical_fit fit = lkv_canonical_refit(of, squares, sse);
        for (double lambda = 1e-5; lambda < 1e3; lambda *= 1.01) {
            most = fmax(most, ratio_at(of, squares, sse, lambda));
        }
        assert_true(fit.ratio >= most - 1e-12);
        assert_close(fit.ratio, most, 1e-3);
        assert_close(fit.ratio, ratio_at(of, squares, sse, fit.lambda), 1e-12);
    }
}

/* Unequal groups and covariates: no point of a fine grid lies lower. Squares
 * are taken four at a time: of 10 groups one is over, of 12 three are.
 */
static void test_least(void **state)
{
    (void)state;
    assert_least(9);
    assert_least(10);
    assert_least(12);
}

/* Means and variances of DRAWS draws within five of their own errors. */
static void test_draws(void **state)
{
    (void)state;
    enum { DRAWS = 40000 };
    static const double dfs[] = {1, 2, 7, 31500};
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 7});
    double sum = 0, square = 0;
    for (int i = 0; i < DRAWS; i++) {
        double z = lkv_draw_normal(&stream);
        sum += z;
        square += z * z;
    }
    assert_close(sum / DRAWS, 0, 5 / sqrt(DRAWS));
    assert_close(square / DRAWS, 1, 5 * sqrt(2.0 / DRAWS));
    for (size_t d = 0; d < G_N_ELEMENTS(dfs); d++) {
        double mean = 0, spread = 0, df = dfs[d];
        for (int i = 0; i < DRAWS; i++) {
            double x = lkv_draw_chi2(&stream, df);
            mean += x / DRAWS;
            spread += (x - df) * (x - df) / DRAWS;
        }
        /* the fourth central moment of chi2 is 12 df (df + 4) */
        double error = sqrt((12 * df * (df + 4) - 4 * df * df) / DRAWS);
        assert_close(mean, df, 5 * sqrt(2 * df / DRAWS));
        assert_close(spread, 2 * df, 5 * error);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_groups),
        cmocka_unit_test(test_least),
        cmocka_unit_test(test_draws),
    };
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
