/* Slopes that differ between schools: hsb82 and bdf against an independent
 * program in Python that solves the same model by complex-step derivatives to
 * a gradient of 1e-11; groups against R 4.2 with lme4 on d <- cases(32, 4, 25)
 * of tests/unit/stat without those whose x is 0:
 *
 *   d$zm <- ave(d$z, d$school); d$zc <- d$z - d$zm
 *   lmer(y ~ zc + zm + (1 + zc | school), d)
 */
#include "check.h"

#include "stat/random_slope.h"
#include "unit/measure/invented.h"
#include "unit/measure/reference.h"

#define SLOPE "slope_between_schools/"

static const fact bdf[] = {
    {SLOPE "slope score", VALUE, 2.4624625480582036},
    {SLOPE "slope score", ERROR, 0.086900748662783064},
    {SLOPE "tau2_level score", VALUE, 8.0240325704466695},
    {SLOPE "tau2_slope score", VALUE, 0.26663500556146191},
    {SLOPE "slope_sd score", VALUE, 0.51636711319},
    {SLOPE "covariance score", VALUE, -0.84743324120044172},
    {SLOPE "sigma2 score", VALUE, 41.212152598975507},
    {SLOPE "crit score", VALUE, 15216.132427141405},
    {SLOPE "slope score", N, 2287},
};

static void test_bdf(void **state)
{
    (void)state;
    static const dataset set = {.file = "bdf.csv",
                                .delimiter = ",",
                                .school = "schoolNR",
                                .score = "langPOST",
                                .decimals = 1,
                                .pass_at = 400,
                                .ses = "IQ.verb"};
    g_autoptr(district) place = reference_read(&set);
    if (!place) {
        skip();
        return;
    }
    ses_known(place);
    district_run(place);
    check_facts(place, bdf, G_N_ELEMENTS(bdf), 1e-8);
}

/* y ~ ses around its school's mean, without that mean. */
static void test_hsb82(void **state)
{
    (void)state;
    static const dataset set = {.file = "hsb82.csv",
                                .delimiter = ",",
                                .school = "school",
                                .score = "mAch",
                                .decimals = 3,
                                .ses = "ses"};
    static const double y[] = {1, 0}, x[] = {0, 1}, back[] = {0, -1};
    static const lkv_column columns[] = {{y, NULL}, {x, back}};
    g_autoptr(district) place = reference_read(&set);
    if (!place) {
        skip();
        return;
    }
    const lkv_panel *panel = place->panel;
    g_autofree double *value = g_new0(double, panel->rows * 2);
    g_autofree uint32_t *school = g_new0(uint32_t, panel->rows);
    for (size_t i = 0; i < panel->rows; i++) {
        value[i * 2] = (double)panel->variable[0].value[i] / 1000;
        value[i * 2 + 1] = (double)panel->variable[2].value[i] / 1000;
        school[i] = panel->leaf[panel->frame->school][i];
    }
    g_autoptr(lkv_moments) all =
        lkv_moments_of(value, school, panel->rows, 161, 2);
    g_autoptr(lkv_moments) moments = lkv_moments_make(all, columns, 2);
    lkv_random_slope of = lkv_random_slope_of(moments);
    assert_int_equal(of.groups, 160);
    assert_relative(of.beta[0], 12.636193067103804, 1e-8);
    assert_relative(of.beta[1], 2.1931963015520552, 1e-8);
    assert_relative(of.error[0], 0.24450378147626295, 1e-8);
    assert_relative(of.error[1], 0.12825866240120573, 1e-8);
    assert_relative(of.tau2_intercept, 8.6809690929851993, 1e-8);
    assert_relative(of.tau2_slope, 0.69398907125125886, 1e-8);
    assert_relative(of.covariance, 0.04679212872895986, 1e-7);
    assert_relative(of.sigma2, 36.700199920282898, 1e-8);
    assert_close(of.deviance, 46714.23404965888, 1e-10);
}

static const fact groups[] = {
    {SLOPE "slope score origin=abroad:here", VALUE, -3.66906938414},
    {SLOPE "slope score origin=abroad:here", ERROR, 1.53839998294},
    {SLOPE "tau2_level score origin=abroad:here", VALUE, 20.9126466935},
    {SLOPE "tau2_slope score origin=abroad:here", VALUE, 1.11138710091},
    {SLOPE "covariance score origin=abroad:here", VALUE, 4.82100049584},
    {SLOPE "sigma2 score origin=abroad:here", VALUE, 112.500469422},
    {SLOPE "crit score origin=abroad:here", VALUE, 1911.92272605},
    {SLOPE "p score origin=abroad:here", VALUE, 0.699136029789},
    {SLOPE "slope score origin=abroad:here", N, 78},
};

static void test_groups(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_cases(32);
    district_run(place);
    check_facts(place, groups, G_N_ELEMENTS(groups), 2e-5);
    const lkv_estimate *slope = ask(place, SLOPE "slope score "
                                                 "origin=abroad:here");
    const lkv_estimate *sd = ask(place, SLOPE "slope_sd score "
                                              "origin=abroad:here");
    const lkv_estimate *low = ask(place, SLOPE "range_low score "
                                               "origin=abroad:here");
    assert_close(slope->real - low->real, 1.959963984540054 * sd->real, 1e-12);
    assert_int_equal(slope->froms, 2);
    assert_null(find(place, SLOPE "slope score"));
}

static void test_few(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_cases(8);
    ses_known(place);
    district_run(place);
    assert_int_equal(ask(place, SLOPE "slope score")->reason,
                     LKV_REASON_FEW_SCHOOLS);
    assert_int_equal(
        ask(place, SLOPE "slope_sd score origin=abroad:here")->reason,
        LKV_REASON_FEW_SCHOOLS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bdf),
        cmocka_unit_test(test_hsb82),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
