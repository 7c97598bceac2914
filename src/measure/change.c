/* What has changed since the year before.
 *
 * The pupils are others and the schools are the same: each school's two year
 * groups are held together, so that what stays with a school is not taken for
 * chance.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "stat/cluster.h"
#include "stat/gap.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_counted_needs(question, question->population, needs);
    if (question->before != LKV_NO_VALUE) {
        lkv_counted_needs(question, question->before, needs);
    }
}

/* The two years of a question; BEFORE may be NULL. */
typedef struct lkv_two_years {
    const lkv_question *question;
    const lkv_counted *now, *before;
    bool share;
} lkv_two_years;

/* A new estimate; false in ESTIMABLE when it cannot have numbers. */
static lkv_estimate *add(const lkv_two_years *years, const lkv_site *site,
                         lkv_results *out, bool *estimable)
{
    lkv_question earlier = *years->question;
    lkv_estimate *estimate =
        lkv_question_add(years->question, out, site->spot, "");
    lkv_estimate_from(estimate,
                      lkv_question_level(years->question, site->spot));
    *estimable = lkv_site_heads(estimate, years->now, site);
    bool none = !years->before ||
                lkv_counted_at(years->before, site->school, LKV_ALL).n == 0;
    if (none) {
        estimate->reason = LKV_REASON_NO_YEAR_BEFORE;
        *estimable = false;
        return estimate;
    }
    earlier.population = years->question->before;
    lkv_estimate_from(estimate, lkv_question_level(&earlier, site->spot));
    return estimate;
}

static void value_put(lkv_estimate *estimate, lkv_sums now, lkv_sums before,
                      uint8_t decimals)
{
    estimate->top = now.sum * before.n - before.sum * now.n;
    estimate->bottom = (lkv_wide)now.n * before.n * lkv_power_of_ten(decimals);
}

static void district_put(lkv_estimate *estimate, const lkv_two_years *years)
{
    g_autofree lkv_stratum *now = lkv_counted_strata(years->now, LKV_ALL);
    g_autofree lkv_stratum *before = lkv_counted_strata(years->before, LKV_ALL);
    lkv_change change = lkv_cluster_change(now, before, years->now->schools);
    estimate->notes = lkv_question_break(years->question, 1);
    estimate->method = LKV_METHOD_CHANGE_PAIRED;
    if (!isfinite(change.error)) {
        return;
    }
    estimate->error = change.error;
    estimate->df = change.df;
    lkv_interval_put(estimate,
                     lkv_interval_t(change.change, change.error, change.df,
                                    years->question->frame->confidence));
}

static void school_put(lkv_estimate *estimate, const lkv_two_years *years,
                       lkv_sums now, lkv_sums before)
{
    lkv_stratum one = lkv_sums_stratum(now, years->now->decimals);
    lkv_stratum zero = lkv_sums_stratum(before, years->before->decimals);
    lkv_gap_part part = lkv_gap_alone(one, zero, years->share,
                                      years->question->frame->confidence);
    estimate->error = part.error;
    estimate->df = years->share ? NAN : lkv_stratum_welch_df(one, zero);
    estimate->notes = lkv_question_break(years->question, 1);
    estimate->method =
        years->share ? LKV_METHOD_GAP_NEWCOMBE : LKV_METHOD_GAP_WELCH;
    lkv_interval_put(estimate, part.interval);
}

static void site_add(const lkv_two_years *years, const lkv_site *site,
                     lkv_results *out)
{
    bool estimable = false;
    lkv_estimate *estimate = add(years, site, out, &estimable);
    if (!estimable) {
        return;
    }
    lkv_sums now = lkv_counted_at(years->now, site->school, LKV_ALL);
    lkv_sums before = lkv_counted_at(years->before, site->school, LKV_ALL);
    value_put(estimate, now, before, years->now->decimals);
    if (site->school == LKV_ALL) {
        district_put(estimate, years);
    } else {
        school_put(estimate, years, now, before);
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    size_t own = lkv_counted_tallies(question);
    g_autoptr(lkv_counted) now = lkv_counted_new(question, tally, none);
    g_autoptr(lkv_counted) before =
        question->before == LKV_NO_VALUE
            ? NULL
            : lkv_counted_new(question, tally + own, none);
    lkv_two_years years = {
        .question = question,
        .now = now,
        .before = before,
        .share = lkv_question_outcome(question)->kind == LKV_YES_NO,
    };
    g_autoptr(GArray) sites = lkv_sites(
        question, now, before ? LKV_DISTRICT | LKV_EACH_SCHOOL : LKV_DISTRICT);
    for (guint i = 0; i < sites->len; i++) {
        site_add(&years, &g_array_index(sites, lkv_site, i), out);
    }
}

static const lkv_component components[] = {
    {.id = "",
     .difference = true,
     .compared = true,
     .meaning = "this year less the year before"},
};

const lkv_measure lkv_measure_change = {
    .id = "change",
    .label = "measure.change",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 2,
    .least_pupils = 1,
    .question = "Is it higher or lower than the year before, beyond what "
                "other pupils would have changed?",
    .formula = "m_t - m_(t-1). District: V = J/(J - 1) sum_j (Z_jt - Z_j,t-1 - "
               "mean)^2, Z_jt the sum of school j's influence values in year "
               "t; t with J - 1. School: Welch, shares Newcombe.",
    .reading = "A change whose interval holds 0 may be nothing but other "
               "pupils in the year group.",
    .not_for = "Claiming a trend from two years; judging what was done in "
               "between.",
    .source = "Kish 1965 (change in paired clusters); Welch 1947, eq. 28; "
              "Newcombe 1998, method 10",
    .r = "survey::svyglm(y ~ year, svydesign(~school)); t.test(y ~ year)",
};
