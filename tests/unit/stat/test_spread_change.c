/* Change of the spread between schools, against R 4.2: analysis of variance of
 * each year by its definition, and the draws of schools by R's own numbers
 * (6,000 of them, so the quantiles agree to some per cent):
 *
 *   a <- cases(36, 5, 25); b <- cases(36, 8, 18); b <- b[b$school != 3, ]
 */
#include "check.h"

#include "stat/spread_change.h"
#include "unit/stat/cases.h"

static lkv_stratum *year_of(uint64_t seed, uint64_t effect, size_t schools)
{
    static const size_t y[] = {0};
    g_auto(cases) made = cases_new(schools, seed, effect);
    g_autoptr(lkv_moments) all = cases_moments(&made);
    g_autoptr(lkv_moments) moments = lkv_moments_select(all, y, 1);
    return lkv_strata_of(moments);
}

static lkv_spread_change change_of(size_t schools, unsigned draws)
{
    g_autofree lkv_stratum *before = year_of(5, 25, schools);
    g_autofree lkv_stratum *now = year_of(8, 18, schools);
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 1});
    now[2] = (lkv_stratum){.n = 0};
    return lkv_spread_change_of(now, before, schools,
                                (lkv_draws){&stream, draws}, 0.95);
}

static void test_references(void **state)
{
    (void)state;
    static const double value[] = {-27.70222970181080, -8.73223861780653,
                                   -1.21047428622965,  -0.08899291488248,
                                   -0.10128208865552,  0.01228917377304};
    static const double low[] = {-88.0093,  -33.9177,  -5.57887,
                                 -0.294602, -0.299194, -0.0236413};
    static const double high[] = {30.6762,  16.8810,  2.93218,
                                  0.131858, 0.120931, 0.0439638};
    static const double resolution[] = {59.8822,  25.5794,  4.26645,
                                        0.217905, 0.214766, 0.0337799};
    lkv_spread_change of = change_of(36, 6000);
    const lkv_changed *const part[] = {
        &of.between, &of.within,         &of.sd,
        &of.icc,     &of.icc_by_between, &of.icc_by_within};
    assert_int_equal(of.fit, LKV_FIT_OK);
    assert_int_equal(of.groups, 36);
    for (size_t i = 0; i < G_N_ELEMENTS(part); i++) {
        double width = high[i] - low[i];
        assert_relative(part[i]->value, value[i], 1e-10);
        assert_close(part[i]->interval.low / width, low[i] / width, 0.04);
        assert_close(part[i]->interval.high / width, high[i] / width, 0.04);
        assert_relative(part[i]->resolution, resolution[i], 0.05);
    }
    assert_close(of.icc_by_between.value + of.icc_by_within.value, of.icc.value,
                 1e-15);
}

/* The same stream, the same numbers; few schools or no draws, no interval. */
static void test_draws(void **state)
{
    (void)state;
    lkv_spread_change one = change_of(36, 99), other = change_of(36, 99);
    assert_true(one.icc.interval.low == other.icc.interval.low);
    assert_true(one.icc.resolution == other.icc.resolution);
    lkv_spread_change few = change_of(29, 99), none = change_of(36, 0);
    assert_true(few.fit == LKV_FIT_OK && isnan(few.icc.interval.low));
    assert_true(isnan(none.icc.interval.low) && isnan(none.icc.resolution));
    assert_true(none.icc.value == one.icc.value);
}

/* The same year twice has not changed, whatever is drawn. */
static void test_same(void **state)
{
    (void)state;
    g_autofree lkv_stratum *year = year_of(5, 25, 36);
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 1});
    lkv_spread_change of =
        lkv_spread_change_of(year, year, 36, (lkv_draws){&stream, 99}, 0.95);
    assert_true(of.icc.value == 0 && of.icc.resolution == 0);
    assert_true(of.sd.interval.low == 0 && of.sd.interval.high == 0);
}

static void test_reasons(void **state)
{
    (void)state;
    static const lkv_stratum good[] = {{3, 1, 2}, {3, 5, 2}};
    static const lkv_stratum alike[] = {{3, 1, 0}, {3, 5, 0}};
    static const lkv_stratum one[] = {{3, 1, 2}, {0, 0, 0}};
    static const lkv_stratum nobody[] = {{0, 0, 0}, {0, 0, 0}};
    static const lkv_stratum single[] = {{1, 1, 0}, {1, 5, 0}};
    static const struct {
        const lkv_stratum *before;
        lkv_fit fit;
    } years[] = {
        {good, LKV_FIT_OK},       {alike, LKV_FIT_NO_VARIANCE},
        {one, LKV_FIT_ONE_GROUP}, {nobody, LKV_FIT_NOBODY},
        {single, LKV_FIT_NO_DF},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(years); i++) {
        lkv_spread_change of = lkv_spread_change_of(good, years[i].before, 2,
                                                    (lkv_draws){NULL, 0}, 0.95);
        assert_int_equal(of.fit, years[i].fit);
        assert_int_equal(isnan(of.icc.value), of.fit != LKV_FIT_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_draws),
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
