/* The restricted likelihood ratio, against R 4.2 with lme4 1.1 and RLRsim 3.1:
 *
 *   m <- lmer(y ~ 1 + (1 | school), cases(J, seed, effect))   (or y ~ x + z)
 *   exactRLRT(m, nsim = 100000)
 *
 * whose p has itself an error of sqrt(p (1 - p)/100000), at most 0.001 here.
 */
#include "check.h"

#include "stat/rlrt.h"
#include "stat/start.h"
#include "unit/stat/cases.h"

static const struct {
    size_t schools, variables;
    uint64_t seed, effect;
    double statistic, p;
} references[] = {
    {8, 1, 3, 6, 1.17566719575416, 0.10927},
    {8, 3, 3, 6, 3.61557682662226, 0.02119},
    {8, 1, 5, 9, 0.752175394276378, 0.14928},
    {8, 3, 5, 9, 1.79688836401226, 0.06662},
    {20, 1, 2, 6, 1.20818408848595, 0.11468},
    {20, 3, 2, 6, 1.91759697517182, 0.06811},
    {12, 1, 7, 8, 2.5215969548367, 0.04358},
    {12, 3, 7, 8, 5.9223105818462, 0.00514},
};

static void test_references(void **state)
{
    (void)state;
    static const size_t all[] = {0, 1, 2};
    const unsigned draws = 40000;
    for (size_t i = 0; i < G_N_ELEMENTS(references); i++) {
        g_auto(cases) made = cases_new(
            references[i].schools, references[i].seed, references[i].effect);
        g_autoptr(lkv_moments) every = cases_moments(&made);
        g_autoptr(lkv_moments) moments =
            lkv_moments_select(every, all, references[i].variables);
        lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 1});
        lkv_rlrt test = lkv_rlrt_of(moments, &stream, draws);
        double p = references[i].p;
        double error = sqrt(p * (1 - p) * (1.0 / draws + 1.0 / 100000));
        assert_int_equal(test.fit, LKV_FIT_OK);
        assert_relative(test.statistic, references[i].statistic, 1e-8);
        assert_close(test.p, p, 4 * error);
        assert_true(test.p < test.p_mixture);
    }
}

/* Schools alike: nothing to test. Schools far apart: nothing to draw. */
static void test_ends(void **state)
{
    (void)state;
    static const double alike[] = {1, 3, 1, 3, 1, 3};
    static const double far[] = {1, 3, 1001, 1003, 5001, 5003};
    static const uint32_t group[] = {0, 0, 1, 1, 2, 2};
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 1});
    g_autoptr(lkv_moments) a = lkv_moments_of(alike, group, 6, 3, 1);
    lkv_rlrt none = lkv_rlrt_of(a, &stream, 99);
    assert_true(none.statistic == 0 && none.p == 1 && none.p_mixture == 1);
    g_autoptr(lkv_moments) b = lkv_moments_of(far, group, 6, 3, 1);
    lkv_rlrt clear = lkv_rlrt_of(b, &stream, 99);
    assert_close(clear.p, 0.01, 1e-12);
    g_autoptr(lkv_moments) c = lkv_moments_of(far, group, 2, 1, 1);
    assert_int_equal(lkv_rlrt_of(c, &stream, 99).fit, LKV_FIT_ONE_GROUP);
}

static void test_same_numbers(void **state)
{
    (void)state;
    g_auto(cases) made = cases_new(8, 3, 6);
    g_autoptr(lkv_moments) moments = cases_moments(&made);
    lkv_stream_key key = {.seed = 7, .measure = 3};
    lkv_stream one = lkv_stream_open(key), other = lkv_stream_open(key);
    double p = lkv_rlrt_of(moments, &one, 999).p;
    assert_true(p == lkv_rlrt_of(moments, &other, 999).p);
    assert_true(isnan(lkv_rlrt_of(moments, &one, 0).p));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_same_numbers),
    };
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
