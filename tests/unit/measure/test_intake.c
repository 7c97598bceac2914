/* The pupils' intake as columns: leaves of built-in groups where the study has
 * no covariates, against R 4.2. With cases() of tests/unit/stat:
 *
 *   d <- cases(32, 4, 25)
 *   d$o <- factor(ifelse(d$x == 0, "unknown", ifelse(d$z == 1, "abroad",
 *                 "here")), levels = c("here", "unknown", "abroad"))
 *   X <- model.matrix(~o, d); Z <- model.matrix(~0 + factor(school), d)
 *   Q <- diag(nrow(X)) - X %*% solve(crossprod(X), t(X))
 *   e <- eigen(t(Z) %*% Q %*% Z); the root l of D'(l) with the squares z_k^2 of
 *   t(e$vectors) %*% t(Z) %*% Q %*% d$y, by uniroot(tol = 1e-16)
 *
 * which is lme4::lmer(y ~ o + (1 | school), d) with more digits; then the same
 * with m, the school's mean of what o predicts.
 */
#include "check.h"

#include "unit/measure/invented.h"

static void test_leaves(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"spread_between_schools/reml_tau2 score", VALUE, 17.829392749441},
        {"spread_between_schools/given_tau2 score", VALUE, 20.076333750025},
        {"spread_between_schools/given_sigma2 score", VALUE, 110.46653714818},
        {"spread_between_schools/given_intercept score", VALUE,
         39.7023735600642},
        {"spread_between_schools/given_explained score", VALUE,
         1 - 20.076333750025 / 17.829392749441},
        {"spread_between_schools/given_means_tau2 score", VALUE,
         19.953119203786},
        {"spread_between_schools/given_tau2 score", N, 258},
    };
    g_autoptr(district) place = schools_of_cases(32);
    origin_known(place);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-10);
}

/* Covariates go before groups; few schools have no model of their means. */
static void test_covariates(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_cases(20);
    origin_known(place);
    ses_known(place);
    district_run(place);
    assert_int_equal(
        ask(place, "spread_between_schools/given_ses score")->reason,
        LKV_REASON_NONE);
    assert_int_equal(
        ask(place, "spread_between_schools/given_means_tau2 score")->reason,
        LKV_REASON_FEW_SCHOOLS);
}

/* No background, no model. */
static void test_none(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_cases(4);
    district_run(place);
    assert_null(find(place, "spread_between_schools/given_tau2 score"));
}

/* Drawn only where the study has replicates, by its seed. */
static void test_drawn(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_cases(8);
    place->study.replicates = 99;
    place->study.seed = 1;
    district_run(place);
    double p = ask(place, "spread_between_schools/rlrt_p score")->real;
    double ratio = ask(place, "spread_between_schools/rlrt score")->real;
    assert_true(ratio > 0 && p > 0 && p < 1);
    g_autoptr(district) none = schools_of_cases(8);
    district_run(none);
    assert_null(find(none, "spread_between_schools/rlrt_p score"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leaves),
        cmocka_unit_test(test_covariates),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
