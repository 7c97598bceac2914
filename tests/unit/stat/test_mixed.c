/* Random intercepts: lmer of lme4 1.1 with tight tolerances, and closed forms
 * where the groups are balanced.
 *   ctl <- lmerControl(optCtrl = list(maxeval = 5000, xtol_abs = 1e-14,
 *                                     ftol_abs = 1e-14))
 */
#include "example.h"

#include "stat/deviance.h"
#include "stat/mixed.h"
#include "stat/start.h"

/* Of lmer's own search, which stops at about 1e-8 of the variances. */
#define LMER 2e-6

typedef struct lkv_fitted {
    bool covariates, reml;
    double beta[3], error[3], tau2, sigma2, deviance;
} lkv_fitted;

/* fixef, sqrt(diag(vcov)), VarCorr and -2 logLik of lmer(y ~ 1 + (1 | f)) and
 * lmer(y ~ x + s + (1 | f)), REML and ML.
 */
static void test_lmer(void **state)
{
    (void)state;
    static const lkv_fitted cases[] = {
        {false,
         true,
         {16.470274091922398},
         {0.95611821520935625},
         5.1911121567379119,
         53.479644536364752,
         652.03247950703599},
        {false,
         false,
         {16.469050694589814},
         {0.92237805913244408},
         4.2289832126674716,
         53.512121545697426,
         653.74435473807728},
        {true,
         true,
         {16.416188102894406, 0.19513530945344434, -1.5356419347691734},
         {1.7730384792700113, 0.43000757009409402, 1.6495341126951768},
         5.0340559366934112,
         53.967367477330484,
         647.74955412872725},
        {true,
         false,
         {16.412952967093457, 0.1961221154360806, -1.5371376662190235},
         {1.7378921341213538, 0.42437035356927316, 1.629025617356459},
         4.257634096951544,
         52.673376774403586,
         652.35647784753792},
    };
    lkv_example all = example();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const lkv_fitted *wanted = &cases[i];
        g_autoptr(lkv_moments) moments =
            example_moments(&all, wanted->covariates);
        g_autoptr(lkv_mixed) found = lkv_mixed_of(moments, wanted->reml, 0.95);
        assert_int_equal(found->fit, LKV_FIT_OK);
        assert_int_equal(found->groups, 16);
        assert_int_equal(found->effects, wanted->covariates ? 3 : 1);
        assert_false(found->boundary);
        for (size_t k = 0; k < found->effects; k++) {
            assert_relative(found->beta[k], wanted->beta[k], LMER);
            assert_relative(found->error[k], wanted->error[k], LMER);
        }
        assert_relative(found->tau2, wanted->tau2, LMER);
        assert_relative(found->sigma2, wanted->sigma2, LMER);
        assert_relative(found->icc,
                        wanted->tau2 / (wanted->tau2 + wanted->sigma2), LMER);
        assert_relative(found->deviance, wanted->deviance, 1e-12);
    }
}

/* ranef(m)$f[c(1, 4, 16), 1]; attr(ranef(m, condVar = TRUE)$f, "postVar");
 * and the diagonal of the inverse of Henderson's equations.
 */
static void test_predictions(void **state)
{
    (void)state;
    static const size_t at[] = {0, 3, 15};
    static const double effect[] = {-1.5207530642055771, 0.37389893099901633,
                                    -1.0779732900697472},
                        variance[] = {3.933351303240757, 3.6661481872770709,
                                      2.8828022075480941},
                        reliability[] = {0.21865164934493059,
                                         0.27173074090131027,
                                         0.4273400526729853},
                        error2[] = {3.9938830301869492, 3.7398518050252583,
                                    3.0585202819904924};
    lkv_example all = example();
    g_autoptr(lkv_moments) moments = example_moments(&all, true);
    g_autoptr(lkv_mixed) found = lkv_mixed_of(moments, true, 0.95);
    for (size_t i = 0; i < 3; i++) {
        assert_relative(found->effect[at[i]], effect[i], LMER);
        assert_relative(found->variance[at[i]], variance[i], LMER);
        assert_relative(found->reliability[at[i]], reliability[i], LMER);
        assert_relative(found->error2[at[i]], error2[i], LMER);
    }
}

/* dv <- lmer(..., devFunOnly = TRUE); uniroot(function(t) dv(t) - min -
 * qchisq(.95, 1), ..., tol = 1e-13)
 */
static void test_profile(void **state)
{
    (void)state;
    lkv_example all = example();
    g_autoptr(lkv_moments) null_model = example_moments(&all, false);
    g_autoptr(lkv_moments) model = example_moments(&all, true);
    g_autoptr(lkv_mixed) one = lkv_mixed_of(null_model, true, 0.95);
    g_autoptr(lkv_mixed) two = lkv_mixed_of(model, true, 0.95);
    assert_close(one->icc_profile.low, 0, 0);
    assert_relative(one->icc_profile.high, 0.32438967929897994, 1e-8);
    assert_close(two->icc_profile.low, 0, 0);
    assert_relative(two->icc_profile.high, 0.31996009313229062, 1e-8);
}

enum { BALANCED = 6, EACH = 5 };

static lkv_moments *balanced(void)
{
    double values[BALANCED * EACH];
    uint32_t group[BALANCED * EACH];
    for (uint32_t k = 0; k < BALANCED * EACH; k++) {
        uint32_t g = k / EACH, i = k % EACH;
        group[k] = g;
        values[k] = (i * 37 + g * 53) % 40 / 4.0 + 3.0 * (g % 3);
    }
    return lkv_moments_of(values, group, BALANCED * EACH, BALANCED, 1);
}

/* With n alike REML is (MSB - MSW)/n and MSW, and the F interval is that of
 * F/qf(.975, 5, 24) and F/qf(.025, 5, 24): (F - 1)/(F + n - 1).
 */
static void test_balanced(void **state)
{
    (void)state;
    g_autoptr(lkv_moments) moments = balanced();
    g_autoptr(lkv_mixed) found = lkv_mixed_of(moments, true, 0.95);
    assert_relative(found->tau2, 7.4708333333333359, 1e-10);
    assert_relative(found->sigma2, 3.4895833333333344, 1e-12);
    assert_relative(found->lambda, 7.4708333333333359 / 3.4895833333333344,
                    1e-10);
    assert_relative(found->f, 11.704477611940298, 1e-12);
    assert_relative(found->f_p, 8.31104744393501e-06, 1e-11);
    assert_relative(found->icc_f.low, 0.35149447499541969, 1e-9);
    assert_relative(found->icc_f.high, 0.9354682003878988, 1e-9);
    assert_relative(found->icc_profile.low, 0.33181812496984964, 1e-7);
    assert_relative(found->icc_profile.high, 0.92191957887812492, 1e-7);
    assert_relative(found->deviance, 134.24317753022916, 1e-12);
    /* Var(intercept) = (sigma2 + n tau2)/(J n) */
    assert_relative(found->error[0],
                    sqrt((3.4895833333333344 + 5 * 7.4708333333333359) / 30),
                    1e-10);
}

/* Means all alike: tau2 is 0, and that is an ordinary answer. */
static void test_boundary(void **state)
{
    (void)state;
    static const double values[] = {0, 2, 4, 0, 2, 4, 1, 2, 3};
    static const uint32_t group[] = {0, 0, 0, 1, 1, 1, 2, 2, 2};
    g_autoptr(lkv_moments) moments = lkv_moments_of(values, group, 9, 3, 1);
    g_autoptr(lkv_mixed) found = lkv_mixed_of(moments, true, 0.95);
    assert_int_equal(found->fit, LKV_FIT_OK);
    assert_true(found->boundary);
    assert_close(found->tau2, 0, 0);
    assert_close(found->icc, 0, 0);
    assert_relative(found->sigma2, 18.0 / 8, 1e-12); /* var(values) */
    assert_close(found->icc_profile.low, 0, 0);
    assert_close(found->effect[1], 0, 0);
    assert_close(found->beta[0], 2, 1e-13);
}

static lkv_fit fit_of(const double *values, const uint32_t *group, size_t cases,
                      size_t variables)
{
    g_autoptr(lkv_moments) moments =
        lkv_moments_of(values, group, cases, 3, variables);
    g_autoptr(lkv_mixed) found = lkv_mixed_of(moments, true, 0.95);
    return found->fit;
}

static void test_undefined(void **state)
{
    (void)state;
    static const double y[] = {1, 2, 3, 4, 5, 7}, alike[] = {1, 1, 2, 2, 5, 5};
    static const double twice[] = {1, 2, 4, 2, 1, 2,  3, 5, 10,
                                   4, 0, 0, 5, 7, 14, 7, 2, 4};
    static const uint32_t group[] = {0, 0, 1, 1, 2, 2},
                          one[] = {1, 1, 1, 1, 1, 1}, each[] = {0, 1, 2};
    assert_int_equal(fit_of(y, group, 0, 1), LKV_FIT_NOBODY);
    assert_int_equal(fit_of(y, one, 6, 1), LKV_FIT_ONE_GROUP);
    assert_int_equal(fit_of(y, each, 3, 1), LKV_FIT_NO_DF);
    assert_int_equal(fit_of(alike, group, 6, 1), LKV_FIT_NO_VARIANCE);
    assert_int_equal(fit_of(twice, group, 6, 3), LKV_FIT_COLLINEAR);
}

/* The slope is the slope: against differences of the deviance itself. */
static void test_slope(void **state)
{
    (void)state;
    static const double lambdas[] = {0.01, 0.1, 1, 10};
    lkv_example all = example();
    g_autoptr(lkv_moments) moments = example_moments(&all, true);
    for (int reml = 0; reml < 2; reml++) {
        g_auto(lkv_deviance_model) model =
            lkv_deviance_model_of(moments, reml == 1);
        for (size_t i = 0; i < G_N_ELEMENTS(lambdas); i++) {
            double step = lambdas[i] * 1e-4;
            double up = lkv_deviance_at(&model, lambdas[i] + step).deviance;
            double down = lkv_deviance_at(&model, lambdas[i] - step).deviance;
            lkv_deviance at = lkv_deviance_at(&model, lambdas[i]);
            assert_relative(lkv_deviance_slope(&model, &at, lambdas[i]),
                            (up - down) / (2 * step), 1e-5);
        }
    }
    /* without a random effect it is that of lm(y ~ x + s): at lambda 0 the
     * residual sum is deviance(lm(y ~ x + s))
     */
    g_auto(lkv_deviance_model) model = lkv_deviance_model_of(moments, false);
    lkv_deviance none = lkv_deviance_at(&model, 0);
    assert_relative(none.rss, 5402.9458111208723, 1e-12);
}

/* Groups of one to seven of each of 20 sizes, by the formula group by group:
 * beta weighs a group by n/k, and it leaves n (mean - beta)^2/k of it.
 */
static void test_sizes(void **state)
{
    (void)state;
    enum { SIZES = 20, MOST = 2000 };
    double y[MOST];
    uint32_t group[MOST], groups = 0;
    size_t cases = 0;
    for (size_t size = 2; size < 2 + SIZES; size++) {
        for (size_t of = 0; of <= size % 7; of++, groups++) {
            for (size_t i = 0; i < size; i++, cases++) {
                group[cases] = groups;
                y[cases] = (double)(cases * cases % 31 + groups % 5);
            }
        }
    }
    g_autoptr(lkv_moments) moments = lkv_moments_of(y, group, cases, groups, 1);
    g_auto(lkv_deviance_model) model = lkv_deviance_model_of(moments, true);
    for (double lambda = 0; lambda < 3; lambda += 0.7) {
        long double weight = 0, sum = 0, logs = 0, rss = 0;
        for (uint32_t j = 0; j < groups; j++) {
            long double n = moments->n[j], k = 1 + n * lambda;
            weight += n / k;
            sum += n / k * moments->group_mean[j];
            logs += logl(k);
        }
        for (size_t i = 0; i < cases; i++) {
            long double off = y[i] - moments->group_mean[group[i]];
            rss += off * off;
        }
        for (uint32_t j = 0; j < groups; j++) {
            long double n = moments->n[j], k = 1 + n * lambda;
            long double off = moments->group_mean[j] - sum / weight;
            rss += n / k * off * off;
        }
        double nu = (double)cases - 1;
        lkv_deviance at = lkv_deviance_at(&model, lambda);
        assert_relative(moments->mean[0] + at.beta[0], (double)(sum / weight),
                        1e-14);
        assert_relative(at.rss, (double)rss, 1e-13);
        assert_relative(at.deviance,
                        nu * (1 + log(2 * G_PI * (double)rss / nu)) +
                            (double)(logs + logl(weight)),
                        1e-13);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lmer),     cmocka_unit_test(test_predictions),
        cmocka_unit_test(test_profile),  cmocka_unit_test(test_balanced),
        cmocka_unit_test(test_boundary), cmocka_unit_test(test_undefined),
        cmocka_unit_test(test_slope),    cmocka_unit_test(test_sizes)};
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
