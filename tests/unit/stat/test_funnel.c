/* Limits of chance, against R 4.2: qbinom() and pbinom() with the interpolation
 * of Spiegelhalter 2005, appendix A, and his formulas written out; means on d
 * <- cases(40) of cases.h.
 */
#include "check.h"

#include "stat/funnel.h"
#include "unit/stat/cases.h"

static const int64_t yes[] = {30, 44, 51, 70, 28, 90, 62, 41, 77, 35};
static const int64_t n[] = {40, 50, 60, 82, 40, 101, 80, 44, 100, 50};

static lkv_funnel of_shares(void)
{
    lkv_stratum group[G_N_ELEMENTS(n)];
    for (size_t j = 0; j < G_N_ELEMENTS(n); j++) {
        double size = (double)n[j], share = (double)yes[j] / size;
        group[j] = (lkv_stratum){n[j], share, size * share * (1 - share)};
    }
    return lkv_funnel_of(group, G_N_ELEMENTS(n), true, NAN, 0.95);
}

static void test_shares(void **state)
{
    (void)state;
    static const struct {
        double n, low, high, low_998, high_998, wide_low, wide_high;
    } limits[] = {
        {10, 0.5023812827208, 0.9809171344687, 0.3137105784913, 0.9992366853787,
         0.5521973622954, 1},
        {30, 0.6492140535597, 0.9282687062921, 0.5534269888617, 0.9851751779391,
         0.6394629705873, 0.9926854065379},
        {100, 0.7320516060087, 0.8842977747926, 0.6827911130751,
         0.9202879694046, 0.6828911854407, 0.9492571916845},
    };
    lkv_funnel of = of_shares();
    assert_int_equal(of.fit, LKV_FIT_OK);
    assert_close(of.centre, 0.8160741885625966, 1e-14);
    assert_close(of.phi, 2.0923434460518, 1e-12);
    assert_close(of.tau2, 0.0031164706718037, 1e-14);
    assert_close(of.outside, 0.2, 1e-14);
    assert_close(of.outside_wide, 0, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        lkv_interval near = lkv_funnel_limits(&of, limits[i].n, 0.95);
        lkv_interval far = lkv_funnel_limits(&of, limits[i].n, 0.998);
        lkv_interval wide = lkv_funnel_wide(&of, limits[i].n, 0.95);
        assert_close(near.low, limits[i].low, 1e-11);
        assert_close(near.high, limits[i].high, 1e-11);
        assert_close(far.low, limits[i].low_998, 1e-11);
        assert_close(far.high, limits[i].high_998, 1e-11);
        assert_close(wide.low, limits[i].wide_low, 1e-11);
        assert_close(wide.high, limits[i].wide_high, 1e-11);
    }
}

static void test_means(void **state)
{
    (void)state;
    static const size_t y[] = {0};
    g_auto(cases) made = cases_new(40, 1, 20);
    g_autoptr(lkv_moments) all = cases_moments(&made);
    g_autoptr(lkv_moments) moments = lkv_moments_select(all, y, 1);
    g_autofree lkv_stratum *group = lkv_strata_of(moments);
    lkv_funnel of = lkv_funnel_of(group, 40, false, NAN, 0.95);
    assert_close(of.centre, 34.8207547169811, 1e-13);
    assert_close(of.sd, 10.6664878314301, 1e-13);
    assert_close(of.phi, 2.7732986980959, 1e-12);
    assert_close(of.tau2, 26.5274959403937, 1e-12);
    assert_close(lkv_funnel_limits(&of, 20, 0.95).low, 30.1460462104640, 1e-12);
    assert_close(lkv_funnel_wide(&of, 20, 0.95).high, 45.9453752899291, 1e-12);
    assert_close(lkv_funnel_detectable(&of, 20, 0.95, 0.8), 6.6820586266634,
                 1e-12);
    assert_close(of.outside, 0.4, 1e-14);
    assert_close(of.outside_wide, 0.05, 1e-14);
    lkv_funnel other = lkv_funnel_of(group, 40, false, 30, 0.95);
    assert_true(other.centre == 30 && other.sd == of.sd);
    assert_true(other.phi > of.phi);
}

/* The whole distribution is within its limits: P(X/n < low) is at most a tail.
 */
static void test_tails(void **state)
{
    (void)state;
    lkv_interval all = lkv_funnel_binomial(0.5, 1, 0.95);
    assert_true(all.low >= 0 && all.high <= 1);
    assert_true(lkv_funnel_binomial(0, 10, 0.95).high == 0);
    assert_true(lkv_funnel_binomial(1, 10, 0.95).low == 1);
    double before = 1;
    for (double size = 5; size < 4000; size *= 1.7) {
        lkv_interval limits = lkv_funnel_binomial(0.3, floor(size), 0.95);
        assert_true(limits.low < 0.3 && limits.high > 0.3);
        assert_true(limits.high - limits.low < before + 1e-3);
        before = limits.high - limits.low;
    }
}

static void test_reasons(void **state)
{
    (void)state;
    static const lkv_stratum alike[] = {{3, 1, 0}, {3, 1, 0}};
    static const lkv_stratum single[] = {{1, 1, 0}, {1, 4, 0}};
    static const lkv_stratum nobody[] = {{0, 0, 0}, {0, 0, 0}};
    assert_int_equal(lkv_funnel_of(alike, 2, true, NAN, 0.95).fit,
                     LKV_FIT_NO_VARIANCE);
    assert_int_equal(lkv_funnel_of(alike, 1, true, NAN, 0.95).fit,
                     LKV_FIT_ONE_GROUP);
    assert_int_equal(lkv_funnel_of(single, 2, false, NAN, 0.95).fit,
                     LKV_FIT_NO_DF);
    lkv_funnel none = lkv_funnel_of(nobody, 2, false, NAN, 0.95);
    assert_true(none.fit == LKV_FIT_NOBODY && isnan(none.phi));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_means),
        cmocka_unit_test(test_tails),
        cmocka_unit_test(test_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
