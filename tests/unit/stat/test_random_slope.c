/* Random slopes, against R 4.2 with lme4 1.1 (tightened bobyqa) on cases() of
 * cases.h:
 *
 *   d$xm <- ave(d$x, d$school); d$xc <- d$x - d$xm
 *   lmer(y ~ xc + xm + (1 + xc | school), d); lmer(y ~ x + z + (1 + x |
 *   school), d)
 *
 * (Public data to more digits: tests/unit/measure/test_reference.c.)
 */
#include "check.h"

#include "stat/random_slope.h"
#include "stat/start.h"
#include "unit/stat/cases.h"

typedef struct reference {
    size_t schools;
    uint64_t seed;
    double beta[3], error[3], intercept, slope, covariance, sigma2, deviance;
    double ratio;
} reference;

static const reference plain[] = {
    {12,
     1,
     {27.0807376229812, 2.1752068232709, -5.1290386336132},
     {2.82869449750762, 0.35388019672632, 1.84705465342759},
     48.479442640199,
     0.48607468057438,
     -0.46093058839988,
     66.970266924914,
     708.79852500818,
     1.6004919313878},
    {40,
     1,
     {24.6959205175507, 2.0096119572361, -3.7691437181000},
     {1.47770047493320, 0.18851711106039, 1.05160989985256},
     36.956625418237,
     0.25711940109949,
     0.46025228962049,
     70.915693688235,
     2330.84778119,
     2.7351906016893},
    {25,
     9,
     {24.6596867992908, 2.3303498279551, -7.9608433770347},
     {1.67980880821821, 0.22799211848263, 1.22700866966058},
     21.109534903526,
     0.22522650573409,
     0.93740027157848,
     69.592292853616,
     1711.2343538705,
     2.5389090213109},
};

static const reference parted[] = {
    {12,
     1,
     {27.2753642620036, 2.2006162287872, 1.8069060821614},
     {10.60398875138821, 0.37671774181723, 1.86415330445033},
     56.442570421604,
     0.5432315960031,
     2.7255032939876,
     73.459472441435,
     716.22640460564,
     1.7285305360977},
    {40,
     1,
     {27.5946970277866, 2.0228079445110, 1.2348136601048},
     {5.22646363005462, 0.19865350839135, 0.91065870025838},
     49.425697764535,
     0.29777050365306,
     1.6380250862223,
     74.101465330324,
     2344.1877115446,
     2.1033829677608},
    {25,
     9,
     {14.2773212038496, 2.3261585527277, 3.6724136646368},
     {6.50282105671978, 0.23812957762288, 1.08901682317701},
     36.125539006023,
     0.084864749366769,
     1.7509382666115,
     84.131665684132,
     1748.2604445915,
     1.2211358526681},
};

static void check(const lkv_random_slope *of, const reference *wanted)
{
    assert_int_equal(of->fit, LKV_FIT_OK);
    assert_close(of->deviance, wanted->deviance, 1e-9);
    assert_close(of->ratio, wanted->ratio, 1e-6);
    for (size_t i = 0; i < 3; i++) {
        assert_close(of->beta[i], wanted->beta[i], 1e-5);
        assert_close(of->error[i], wanted->error[i], 1e-5);
    }
    assert_close(of->tau2_intercept, wanted->intercept, 2e-5);
    assert_close(of->tau2_slope, wanted->slope, 2e-5);
    assert_close(of->covariance, wanted->covariance, 2e-5);
    assert_close(of->sigma2, wanted->sigma2, 2e-5);
}

static void test_plain(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
        g_auto(cases) made = cases_new(plain[i].schools, plain[i].seed, 20);
        g_autoptr(lkv_moments) moments = cases_moments(&made);
        lkv_random_slope of = lkv_random_slope_of(moments);
        check(&of, &plain[i]);
    }
}

static void test_parted(void **state)
{
    (void)state;
    static const double y[] = {1, 0, 0}, x[] = {0, 1, 0}, back[] = {0, -1, 0};
    static const lkv_column columns[] = {{y, NULL}, {x, back}, {NULL, x}};
    for (size_t i = 0; i < G_N_ELEMENTS(parted); i++) {
        g_auto(cases) made = cases_new(parted[i].schools, parted[i].seed, 20);
        g_autoptr(lkv_moments) all = cases_moments(&made);
        g_autoptr(lkv_moments) moments = lkv_moments_make(all, columns, 3);
        lkv_random_slope of = lkv_random_slope_of(moments);
        check(&of, &parted[i]);
    }
}

/* The same line in every school: no variance of slopes, and a test that says
 * so.
 */
static void test_boundary(void **state)
{
    (void)state;
    static const uint32_t group[] = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
    double value[24];
    for (size_t i = 0; i < 12; i++) {
        double x = (double)(i % 4), noise = i % 4 == 0 || i % 4 == 3 ? 1 : -1;
        value[i * 2 + 1] = x;
        value[i * 2] = 3 * x + noise + 10 * group[i];
    }
    g_autoptr(lkv_moments) moments = lkv_moments_of(value, group, 12, 3, 2);
    lkv_random_slope of = lkv_random_slope_of(moments);
    assert_true(of.fit == LKV_FIT_OK && of.boundary);
    assert_true(of.ratio == 0 && of.p == 1);
    assert_close(of.tau2_slope, 0, 1e-9);
    assert_close(of.beta[1], 3, 1e-12);
    g_autoptr(lkv_moments) one = lkv_moments_of(value, group, 4, 3, 2);
    assert_int_equal(lkv_random_slope_of(one).fit, LKV_FIT_ONE_GROUP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_parted),
        cmocka_unit_test(test_boundary),
    };
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
