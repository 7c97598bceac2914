/* The slope over years, against R 4.2 with survey 4.1: years t = 2020, 2021,
 * 2023, 2024 are cases(9, 20 + i, 25) with 3 i added to y, i = 1 ... 4, without
 * the fourth school in 2021;
 *
 *   m <- svyglm(y ~ 0 + factor(t), svydesign(~school, weights = ~1, data = d))
 *   svycontrast(m, a), a <- (t - mean(t))/sum((t - mean(t))^2)
 */
#include "check.h"

#include "stat/trend.h"
#include "unit/stat/cases.h"

enum { SCHOOLS = 9, YEARS = 4 };

static const double when[YEARS] = {2020, 2021, 2023, 2024};

static lkv_stratum *years_of(void)
{
    static const size_t y[] = {0};
    lkv_stratum *all = g_new0(lkv_stratum, YEARS * SCHOOLS);
    for (size_t t = 0; t < YEARS; t++) {
        g_auto(cases) made = cases_new(SCHOOLS, 21 + t, 25);
        g_autoptr(lkv_moments) every = cases_moments(&made);
        g_autoptr(lkv_moments) moments = lkv_moments_select(every, y, 1);
        g_autofree lkv_stratum *year = lkv_strata_of(moments);
        for (size_t j = 0; j < SCHOOLS; j++) {
            all[t * SCHOOLS + j] = year[j];
            all[t * SCHOOLS + j].mean += 3 * (double)(t + 1);
        }
    }
    all[SCHOOLS + 3] = (lkv_stratum){.n = 0};
    return all;
}

static void test_four_years(void **state)
{
    (void)state;
    g_autofree lkv_stratum *years = years_of();
    lkv_trend of = lkv_trend_of(years, when, YEARS, SCHOOLS);
    assert_close(of.slope, 1.970772355507451, 1e-12);
    assert_close(of.error, 0.806433863893078, 1e-12);
    assert_close(of.df, 8, 0);
    assert_close(of.p, 0.040324063462716, 1e-12);
    assert_int_equal(of.groups, SCHOOLS);
}

/* Two years are a change. */
static void test_two_years(void **state)
{
    (void)state;
    g_autofree lkv_stratum *years = years_of();
    lkv_trend of = lkv_trend_of(years, when, 2, SCHOOLS);
    lkv_change change = lkv_cluster_change(&years[SCHOOLS], years, SCHOOLS);
    assert_close(of.slope, change.change, 1e-13);
    assert_close(of.error, change.error, 1e-13);
    assert_close(of.df, change.df, 0);
}

static void test_ends(void **state)
{
    (void)state;
    static const lkv_stratum one[] = {{3, 1, 2}, {3, 5, 2}, {4, 6, 1}};
    static const lkv_stratum gap[] = {{3, 1, 2}, {0, 0, 0}, {4, 6, 1}};
    assert_true(isnan(lkv_trend_of(one, when, 1, 1).slope));
    assert_true(isnan(lkv_trend_of(gap, when, 3, 1).slope));
    lkv_trend of = lkv_trend_of(one, when, 3, 1);
    assert_true(of.slope > 0 && isnan(of.error) && isnan(of.p));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_four_years),
        cmocka_unit_test(test_two_years),
        cmocka_unit_test(test_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
