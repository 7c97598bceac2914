/* How high the results are: the mean of the pupils, and how far apart pupils
 * are.
 *
 * The mean is what most readers ask for first; the standard deviation says how
 * much it leaves out.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_years_needs(question, needs);
}

static void deviation_add(const lkv_question *question,
                          const lkv_counted *counted, const lkv_site *site,
                          lkv_results *out)
{
    lkv_estimate *sd = lkv_question_add(question, out, site->spot, "sd");
    lkv_estimate_from(sd, lkv_question_mean(question, site->spot));
    if (!lkv_site_heads(sd, counted, site)) {
        return;
    }
    if (sd->n < 2) {
        sd->reason = LKV_REASON_ONE_PUPIL;
        return;
    }
    lkv_sums sums = lkv_counted_at(counted, site->school, site->leaf);
    lkv_stratum all = lkv_sums_stratum(sums, counted->decimals);
    sd->real = sqrt(lkv_stratum_variance(all));
    sd->method = LKV_METHOD_CENSUS;
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    g_autoptr(lkv_years) years = lkv_years_new(question, tally, none);
    const lkv_counted *counted = years->year[0];
    g_autoptr(GArray) sites =
        lkv_sites(question, counted, LKV_DISTRICT | LKV_EACH_SCHOOL);
    for (guint i = 0; i < sites->len; i++) {
        const lkv_site *site = &g_array_index(sites, lkv_site, i);
        lkv_estimate *mean = lkv_question_add(question, out, site->spot, "");
        mean->claim = lkv_question_mean(question, site->spot);
        lkv_level_fill(mean, years, site);
        deviation_add(question, counted, site, out);
    }
}

static const lkv_component components[] = {
    {.id = "", .meaning = "mean of the pupils who have the outcome"},
    {.id = "sd", .meaning = "standard deviation of the same pupils"},
};

const lkv_measure lkv_measure_mean = {
    .id = "mean",
    .label = "measure.mean",
    .outcomes = LKV_FOR_POINTS,
    .groups = LKV_WITHOUT_GROUP | LKV_BY_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 1,
    .least_pupils = 1,
    .question = "How high are the results on average, and how far apart are "
                "pupils?",
    .formula =
        "mean = sum(y)/N; sd = sqrt(sum((y - mean)^2)/(N - 1)). District: V = "
        "sum_j n_j/(n_j - 1) sum_i (z_i - z_j)^2 with z_i = (y_i - mean)/N, "
        "plus s2_sy sum_j (n_j/N)^2 from three years on, where s2_sy = max(0, "
        "mean_j(var_t(r_jt)) - mean_j(s2_jt/n_jt)) and r_jt = mean_jt - "
        "mean_t; t with N - J degrees of freedom. School: t with n - 1.",
    .reading =
        "All pupils are counted. The interval shows how far the mean "
        "could lie from the underlying level, because another, similar "
        "year group could have come to the same schools. Of a school whose "
        "results are skewed to the left the 95 % interval held the "
        "truth in 93 of 100 invented districts (docs/coverage.md).",
    .not_for = "Ranking schools, judging teaching, or foretelling next year's "
               "mean, which can vary about 1.4 times as much.",
    .source = "Cochran 1977, section 5.4 (variance within strata); Kish 1965 "
              "(linearisation)",
    .r = "survey::svymean(~y, svydesign(~1, strata = ~school)); mean(y), sd(y)",
};
