/* Three years together: what a small school can say that a year cannot.
 *
 * One year group is too small for a sure figure at most schools; three show
 * the level that the school has kept. It is said only where each of the years
 * could be said by itself, so that no year can be found by subtraction.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "stat/cluster.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    uint16_t found[LKV_YEARS_TOGETHER];
    bool there = lkv_years_together(question, found);
    for (size_t i = 0; there && i < LKV_YEARS_TOGETHER; i++) {
        lkv_counted_needs(question, found[i], needs);
    }
}

static lkv_years *years_of(const lkv_question *question,
                           const lkv_tally *const *tally)
{
    lkv_term none = {0};
    lkv_years *years = g_new0(lkv_years, 1);
    years->count = LKV_YEARS_TOGETHER;
    years->share = lkv_question_outcome(question)->kind == LKV_YES_NO;
    years->confidence = question->frame->confidence;
    years->widths = question->widths;
    for (size_t i = 0; i < LKV_YEARS_TOGETHER; i++) {
        const lkv_tally *const *of = tally + i * lkv_counted_tallies(question);
        years->year[i] = lkv_counted_new(question, of, none);
    }
    return years;
}

static lkv_estimate *add(const lkv_question *question, const lkv_years *years,
                         const lkv_site *site, lkv_results *out)
{
    uint16_t found[LKV_YEARS_TOGETHER];
    lkv_question then = *question;
    lkv_estimate *estimate = lkv_question_add(question, out, site->spot, "");
    lkv_site_heads(estimate, years->year[0], site);
    lkv_years_together(question, found);
    for (size_t i = 0; i < LKV_YEARS_TOGETHER; i++) {
        then.population = found[i];
        lkv_estimate_from(estimate, lkv_question_level(&then, site->spot));
        if (lkv_counted_at(years->year[i], site->school, LKV_ALL).n == 0 &&
            estimate->reason == LKV_REASON_NONE) {
            estimate->reason = LKV_REASON_NO_THREE_YEARS;
        }
    }
    return estimate;
}

static void district_put(lkv_estimate *estimate, const lkv_years *years)
{
    size_t schools = years->year[0]->schools;
    g_autofree lkv_stratum *strata =
        g_new0(lkv_stratum, LKV_YEARS_TOGETHER * schools + 1);
    for (size_t i = 0; i < LKV_YEARS_TOGETHER * schools; i++) {
        const lkv_counted *year = years->year[i / schools];
        strata[i] = lkv_sums_stratum(lkv_counted_at(year, i % schools, LKV_ALL),
                                     year->decimals);
    }
    lkv_cluster_mean mean = lkv_cluster_mean_of(
        strata, LKV_YEARS_TOGETHER * schools, lkv_level_shock(years, LKV_ALL));
    lkv_level_district(estimate, years, &mean);
}

static void site_add(const lkv_question *question, const lkv_years *years,
                     const lkv_site *site, lkv_results *out)
{
    lkv_estimate *estimate = add(question, years, site, out);
    if (estimate->reason != LKV_REASON_NONE) {
        return;
    }
    lkv_sums all = {0};
    for (size_t i = 0; i < LKV_YEARS_TOGETHER; i++) {
        all = lkv_sums_add(
            all, lkv_counted_at(years->year[i], site->school, LKV_ALL));
    }
    estimate->top = all.sum;
    estimate->bottom =
        (lkv_wide)all.n * lkv_power_of_ten(years->year[0]->decimals);
    estimate->notes = lkv_question_break(question, LKV_YEARS_TOGETHER - 1);
    if (site->school == LKV_ALL) {
        district_put(estimate, years);
    } else {
        lkv_level_school(estimate, years,
                         lkv_sums_stratum(all, years->year[0]->decimals));
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    uint16_t found[LKV_YEARS_TOGETHER];
    if (!lkv_years_together(question, found)) {
        return;
    }
    g_autoptr(lkv_years) years = years_of(question, tally);
    g_autoptr(GArray) sites =
        lkv_sites(question, years->year[0], LKV_DISTRICT | LKV_EACH_SCHOOL);
    for (guint i = 0; i < sites->len; i++) {
        site_add(question, years, &g_array_index(sites, lkv_site, i), out);
    }
}

static const lkv_component components[] = {
    {.id = "", .meaning = "mean or share of yes over the three years' pupils"},
};

const lkv_measure lkv_measure_three_years = {
    .id = "three_years",
    .label = "measure.three_years",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 1,
    .least_pupils = 3,
    .question = "What is the level when this year and the two before are "
                "taken together?",
    .formula =
        "mean or share over the pupils of the three years. District: V as for "
        "`mean` with each school's each year as a school of its own, and the "
        "school-year term s2_sy sum_jt (n_jt/N)^2. School: t with n - 1, "
        "shares Wilson, n the pupils of the three years.",
    .reading = "One year's group weighs a third or so. n counts this year's "
               "pupils only. Noted where the rules name a break among the "
               "years.",
    .not_for = "Telling whether anything has changed: `change` does. It is "
               "not given where a year has no pupils, or cannot be shown.",
    .source = "Cochran 1977, section 5.4; Wilson 1927, eq. 4",
    .r = "with the rows of three years: mean(y); t.test(y)$conf.int; "
         "prop.test(yes, n, correct = FALSE)$conf.int",
};
