/* Tails and quantiles against R 4.2: each case names the call. */
#include "check.h"

#include "stat/distribution.h"
#include "stat/start.h"

static void check(double value, double wanted, double tolerance,
                  const char *call)
{
    if (!(fabs(value - wanted) <= tolerance * fabs(wanted))) {
        fail_msg("%s: %.17g, not %.17g", call, value, wanted);
    }
}

#define R(value, wanted, tolerance) check(value, wanted, tolerance, #value)

static void test_normal(void **state)
{
    (void)state;
    R(lkv_normal_below(-8.5), 9.4795348222033192e-18, 1e-13);
    R(lkv_normal_below(1.5), 0.93319279873114191, 1e-15);
    R(lkv_normal_below(9.0), 1.0, 0.0);
    R(lkv_normal_quantile(0.975), 1.9599639845400536, 1e-14);
    R(lkv_normal_quantile(1e-300), -37.047096299361201, 1e-12);
    R(lkv_normal_quantile(1e-10), -6.3613409024040557, 1e-13);
    R(lkv_normal_quantile(0.999999), 4.7534243088170891, 1e-12);
    assert_close(lkv_normal_quantile(0.5), 0.0, 1e-16);
    R(lkv_normal_width(0.9), 1.6448536269514715, 1e-14); /* qnorm(0.95) */
}

/* P(|T| >= |t|) is 2*pt(-|t|, df). */
static void test_t(void **state)
{
    (void)state;
    R(lkv_t_outside(2.5, 3), 0.087706647008065505, 1e-13);
    R(lkv_t_outside(-2.5, 3), 0.087706647008065505, 1e-13);
    R(lkv_t_outside(2.5, 1e7), 0.012419346536578455, 1e-9);
    R(lkv_t_outside(40, 500), 6.2906429182579553e-158, 1e-11);
    R(lkv_t_outside(1e-8, 7), 0.999999992300171, 1e-13);
    R(lkv_t_outside(1000, 2.5), 4.5494927896615005e-08, 1e-12);
    R(lkv_t_outside(4.2, 0.7), 0.22570500654608738, 1e-12);
    R(lkv_t_outside(12.3, 161.4), 5.9469181612198407e-25, 1e-12);
    R(lkv_t_quantile(1e-6, 1), -318309.88618274347, 1e-11);
    R(lkv_t_outside(3e8, 1), 2.1220659078919377e-09, 1e-12);
    R(lkv_t_quantile(0.975, 1), 12.706204736174694, 1e-11);
    R(lkv_t_quantile(0.975, 2.5), 3.5746548420036919, 1e-11);
    R(lkv_t_quantile(0.975, 159), 1.9749962127674718, 1e-11);
    R(lkv_t_quantile(0.975, 7025), 1.9603017315950366, 1e-11);
    R(lkv_t_quantile(1e-12, 5), -393.95695957760387, 1e-10);
    R(lkv_t_quantile(0.6, 1e9), 0.25334710320320181, 1e-9);
    R(lkv_t_quantile(0.3, 4), -0.56864906304970553, 1e-11);
    R(lkv_t_width(0.99, 3), 5.8409093097333544, 1e-11); /* qt(0.995, 3) */
}

/* pf(f, df1, df2, lower = FALSE), qf(p, df1, df2). */
static void test_f(void **state)
{
    (void)state;
    R(lkv_f_above(10.4293, 159, 7025), 1.0790256283563859e-217, 1e-10);
    R(lkv_f_above(3, 1, 1e8), 0.08326451974715704, 1e-8);
    R(lkv_f_above(250, 3, 200), 2.1575373573348719e-67, 1e-12);
    R(lkv_f_above(0.001, 5, 7), 0.9999998523002307, 1e-13);
    R(lkv_f_above(1e-12, 2.2, 9.7), 0.99999999999993228, 1e-13);
    R(lkv_f_above(5, 0.5, 0.5), 0.35401297786172686, 1e-12);
    R(lkv_f_above(0, 3, 4), 1.0, 0.0);
    assert_true(lkv_f_above(2001, 8, 18000) >= 0.0); /* R: 0, an underflow */
    assert_true(lkv_f_above(2001, 8, 18000) < 1e-300);
    R(lkv_f_quantile(0.975, 159, 7025), 1.2348690469284922, 1e-11);
    R(lkv_f_quantile(0.025, 159, 7025), 0.79058968134446816, 1e-11);
    R(lkv_f_quantile(0.95, 1, 12.5), 4.70536765406169, 1e-11);
    /* R is off in the fifth digit here; mpmath with 40 digits */
    R(lkv_f_quantile(1e-6, 1, 12.5), 1.634832512322851e-12, 1e-11);
    R(lkv_f_quantile(1e-8, 4, 6), 6.1241410562073995e-05, 1e-9);
    R(lkv_f_quantile(0.999999, 2, 3), 14998.499999712429, 1e-9);
    R(lkv_f_quantile(0.5, 1e6, 1e6), 0.99999933333341229, 1e-6);
}

static void test_chi2_and_beta(void **state)
{
    (void)state;
    R(lkv_chi2_above(3.841459, 1), 0.049999994653195726, 1e-13);
    R(lkv_chi2_above(900, 3), 8.851690237125584e-195, 1e-12);
    R(lkv_chi2_above(0.001, 7), 0.99999999999975986, 1e-14);
    R(lkv_chi2_above(1e5, 1e5), 0.49940529189520672, 1e-10);
    R(lkv_chi2_quantile(0.95, 1), 3.841458820694124, 1e-12);
    R(lkv_chi2_quantile(1e-10, 2.5), 2.2101150154935937e-08, 1e-10);
    R(lkv_chi2_quantile(0.999, 300), 381.42524852041157, 1e-12);
    R(lkv_chi2_quantile(0.975, 31600), 32094.618866565397, 1e-11);
    R(lkv_beta_below(0.3, 2, 5), 0.579825, 1e-14);
    R(lkv_beta_below(1e-5, 0.5, 3), 0.0059292310844635439, 1e-13);
    R(lkv_beta_below(0.999, 40, 0.2), 0.43269603593227912, 1e-11);
    R(lkv_beta_below(0.5, 1000, 1000), 0.5, 1e-11);
}

/* Quantiles undo tails, over the range that intervals use. */
static void test_round_trip(void **state)
{
    (void)state;
    static const double dfs[] = {1, 1.5, 3, 15, 159, 7025.5, 31600};
    static const double ps[] = {1e-6, 0.005, 0.025, 0.3,
                                0.5,  0.9,   0.975, 0.995};
    for (size_t i = 0; i < sizeof dfs / sizeof *dfs; i++) {
        for (size_t k = 0; k < sizeof ps / sizeof *ps; k++) {
            double df = dfs[i], p = ps[k];
            double t = lkv_t_quantile(p, df);
            double outside = lkv_t_outside(t, df);
            assert_relative(p < 0.5 ? outside / 2 : 1 - outside / 2, p, 1e-9);
            double f = lkv_f_quantile(p, df, 12.5);
            assert_relative(1 - lkv_f_above(f, df, 12.5), p, 1e-8);
            double chi2 = lkv_chi2_quantile(p, df);
            assert_relative(1 - lkv_chi2_above(chi2, df), p, 1e-8);
        }
    }
}

static void test_undefined(void **state)
{
    (void)state;
    static const double bad[] = {0.0, 1.0, -0.1, 1.1, NAN, INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_true(isnan(lkv_normal_quantile(bad[i])));
        assert_true(isnan(lkv_t_quantile(bad[i], 5)));
        assert_true(isnan(lkv_f_quantile(bad[i], 5, 5)));
        assert_true(isnan(lkv_chi2_quantile(bad[i], 5)));
    }
    static const double dfs[] = {0.0, -1.0, NAN};
    for (size_t i = 0; i < sizeof dfs / sizeof *dfs; i++) {
        assert_true(isnan(lkv_t_outside(1, dfs[i])));
        assert_true(isnan(lkv_t_quantile(0.5, dfs[i])));
        assert_true(isnan(lkv_f_above(1, dfs[i], 3)));
        assert_true(isnan(lkv_f_above(1, 3, dfs[i])));
        assert_true(isnan(lkv_f_quantile(0.5, dfs[i], 3)));
        assert_true(isnan(lkv_chi2_above(1, dfs[i])));
        assert_true(isnan(lkv_chi2_quantile(0.5, dfs[i])));
        assert_true(isnan(lkv_t_width(0.95, dfs[i])));
    }
    assert_true(isnan(lkv_t_outside(NAN, 3)));
    assert_true(isnan(lkv_f_above(NAN, 3, 3)));
    assert_true(isnan(lkv_normal_below(NAN)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normal),     cmocka_unit_test(test_t),
        cmocka_unit_test(test_f),          cmocka_unit_test(test_chi2_and_beta),
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_undefined),
    };
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
