/* The change of the spread between schools, as the two years' own spreads
 * have it.
 */
#include "check.h"

#include "unit/measure/fact.h"
#include "unit/stat/cases.h"

#define CHANGE "spread_change/"

static void year_add(GArray *pupils, int year, uint64_t seed)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    g_auto(cases) made = cases_new(6, seed, 25);
    for (size_t i = 0; i < made.count; i++) {
        const double *value = &made.value[i * 3];
        pupil one = {.year = year,
                     .school = names[made.school[i]],
                     .score = (int64_t)value[0],
                     .pass = value[0] > 35 ? YES : NO,
                     .ses = NO_SCORE};
        g_array_append_val(pupils, one);
    }
}

static district *two_years(void)
{
    g_autoptr(GArray) pupils = g_array_new(FALSE, TRUE, sizeof(pupil));
    year_add(pupils, 2024, 5);
    year_add(pupils, 2025, 6);
    return district_new((const pupil *)(const void *)pupils->data, pupils->len,
                        0);
}

static double difference(const district *place, const char *words,
                         const char *earlier)
{
    return lkv_estimate_value(ask(place, words)) -
           lkv_estimate_value(ask(place, earlier));
}

static void test_two_years(void **state)
{
    (void)state;
    g_autoptr(district) place = two_years();
    district_run(place);
    const lkv_estimate *sd = ask(place, CHANGE "sigma_b score");
    assert_close(sd->real,
                 difference(place, "spread_between_schools/sigma_b score",
                            "spread_between_schools/sigma_b score 2024"),
                 1e-10);
    const lkv_estimate *within = ask(place, CHANGE "sigma2_within score");
    assert_close(within->real,
                 difference(place, "spread_between_schools/ms_within score",
                            "spread_between_schools/ms_within score 2024"),
                 1e-10);
    const lkv_estimate *icc = ask(place, CHANGE "icc score");
    assert_close(icc->real,
                 difference(place, "spread_between_schools/icc_anova score",
                            "spread_between_schools/icc_anova score 2024"),
                 1e-10);
    assert_true(isnan(icc->low));
    assert_int_equal(icc->froms, 2);
    assert_int_equal(ask(place, CHANGE "icc_resolution score")->reason,
                     LKV_REASON_FEW_SCHOOLS);
}

/* The ICC of a share moves with the share, so it has no change. */
static void test_share(void **state)
{
    (void)state;
    g_autoptr(district) place = two_years();
    district_run(place);
    assert_int_equal(ask(place, CHANGE "sigma_b pass")->reason,
                     LKV_REASON_NONE);
    assert_null(find(place, CHANGE "icc pass"));
    assert_null(find(place, CHANGE "icc_by_between pass"));
}

static void test_first_year(void **state)
{
    (void)state;
    g_autoptr(district) place = two_years();
    district_run(place);
    const lkv_estimate *first = ask(place, CHANGE "sigma_b score 2024");
    assert_int_equal(first->reason, LKV_REASON_NO_YEAR_BEFORE);
    assert_true(isnan(lkv_estimate_value(first)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_years),
        cmocka_unit_test(test_share),
        cmocka_unit_test(test_first_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
