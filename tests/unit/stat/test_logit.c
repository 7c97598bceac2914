/* Random intercept on the logit scale, against R 4.2 with lme4 1.1:
 *
 *   d <- cases(J, 11, 25); d$yes <- as.numeric(d$y >= 35)
 *   glmer(yes ~ 1 + (1 | school), binomial, d, nAGQ = 9, 25)
 *
 * With one node glmer stops where its inner iterations are good to 1e-7, which
 * moves its maximum by 1e-5; there the reference is Laplace's approximation
 * written out in R and maximised by Newton's method on differences.
 *
 * (Public data: tests/unit/measure/test_reference.c.)
 */
#include "check.h"

#include "stat/logit.h"
#include "stat/start.h"
#include "unit/stat/cases.h"

static const struct {
    size_t schools, nodes;
    double beta, tau2;
} references[] = {
    {15, 1, 0.035588809117, 0.83867381958},
    {15, 9, 0.04024851962328, 0.90060076395376},
    {15, 25, 0.040248504249948, 0.90060240770058},
    {40, 1, 0.215834982339, 1.49198988246},
    {40, 9, 0.21689487098449, 1.5793093618579},
    {40, 25, 0.2168933447568, 1.5793233217635},
};

static lkv_logit of_cases(size_t schools, size_t nodes)
{
    g_auto(cases) made = cases_new(schools, 11, 25);
    g_autofree int64_t *yes = g_new0(int64_t, schools);
    g_autofree int64_t *n = g_new0(int64_t, schools);
    for (size_t i = 0; i < made.count; i++) {
        n[made.school[i]]++;
        yes[made.school[i]] += made.value[i * 3] >= 35;
    }
    return lkv_logit_of(yes, n, schools, nodes);
}

static void test_references(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(references); i++) {
        lkv_logit of = of_cases(references[i].schools, references[i].nodes);
        assert_int_equal(of.fit, LKV_FIT_OK);
        assert_close(of.beta, references[i].beta, 1e-6);
        assert_close(of.tau2, references[i].tau2, 1e-6);
    }
}

/* What follows from beta and tau2, by R: integrate(function(z) plogis(beta +
 * sqrt(tau2) * z) * dnorm(z), -Inf, Inf), the same of its square,
 * sqrt(vcov(m)), and twice the logs of such integrals less those of glm(yes ~
 * 1).
 */
static void test_readings(void **state)
{
    (void)state;
    lkv_logit of = of_cases(40, 15);
    assert_close(of.icc, of.tau2 / (of.tau2 + 3.289868133696453), 1e-12);
    assert_close(of.odds_ratio, exp(sqrt(2 * of.tau2) * 0.6744897501960817),
                 1e-12);
    assert_close(of.middle, 1 / (1 + exp(-of.beta)), 1e-12);
    assert_close(of.average, 0.54131000605474, 1e-6);
    assert_close(of.sd, 0.24202774891561, 1e-6);
    assert_close(of.between, 0.23592013113948, 1e-6);
    assert_close(of.ratio, 40.5535796247, 1e-5);
    assert_close(of.error, 0.23965515995757, 1e-5);
}

static void test_ends(void **state)
{
    (void)state;
    static const int64_t n[] = {10, 12, 0, 14}, alike[] = {5, 6, 0, 7};
    static const int64_t all[] = {10, 12, 0, 14}, apart[] = {10, 0, 0, 14};
    static const int64_t none[] = {0, 0, 0, 0}, each[] = {1, 1, 0, 1};
    static const int64_t single[] = {1, 0, 0, 1};
    lkv_logit of = lkv_logit_of(alike, n, 4, 15);
    assert_true(of.fit == LKV_FIT_OK && of.boundary && of.tau2 == 0);
    assert_true(of.groups == 3 && of.p == 1 && of.odds_ratio == 1);
    assert_close(of.beta, 0, 1e-12);
    assert_close(of.error, 1 / sqrt(36 * 0.25), 1e-12);
    assert_close(of.average, 0.5, 1e-12);
    assert_int_equal(lkv_logit_of(all, n, 4, 15).fit, LKV_FIT_NO_VARIANCE);
    assert_int_equal(lkv_logit_of(none, n, 4, 15).fit, LKV_FIT_NO_VARIANCE);
    assert_int_equal(lkv_logit_of(apart, n, 4, 15).fit, LKV_FIT_SEPARATED);
    assert_int_equal(lkv_logit_of(single, each, 4, 15).fit, LKV_FIT_NO_DF);
    assert_int_equal(lkv_logit_of(alike, n, 1, 15).fit, LKV_FIT_ONE_GROUP);
    assert_int_equal(lkv_logit_of(none, none, 4, 15).fit, LKV_FIT_NOBODY);
}

/* All groups but one answer alike, some yes and some no. */
static void test_apart(void **state)
{
    (void)state;
    static const int64_t n[] = {400, 400, 400, 400, 400, 400};
    static const int64_t yes[] = {400, 400, 400, 0, 0, 1};
    lkv_logit of = lkv_logit_of(yes, n, 6, 15);
    print_message("tau %g\n", sqrt(of.tau2));
    assert_int_equal(of.fit, LKV_FIT_SEPARATED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_readings),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_apart),
    };
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
