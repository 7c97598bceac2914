/* How far a school is from the district that it is part of.
 *
 * The school is in the district's own figure; so it is compared with all
 * others, and the distance scaled to what the two printed levels differ by.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "stat/cluster.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_counted_needs(question, question->population, needs);
}

static void numbers_put(lkv_estimate *estimate, const lkv_counted *counted,
                        lkv_sums own, lkv_sums all)
{
    estimate->top = own.sum * all.n - all.sum * own.n;
    estimate->bottom =
        (lkv_wide)own.n * all.n * lkv_power_of_ten(counted->decimals);
    estimate->method = LKV_METHOD_AGAINST_DISTRICT;
}

static void school_add(const lkv_question *question, const lkv_counted *counted,
                       const lkv_site *site, lkv_results *out)
{
    double confidence = question->frame->confidence;
    lkv_estimate *estimate = lkv_question_add(question, out, site->spot, "");
    lkv_estimate_from(estimate, lkv_question_level(question, site->spot));
    lkv_estimate_from(estimate, lkv_question_level(question, lkv_spot_unit(0)));
    if (!lkv_site_heads(estimate, counted, site)) {
        return;
    }
    lkv_sums own = lkv_counted_at(counted, site->school, LKV_ALL);
    lkv_sums all = lkv_counted_at(counted, LKV_ALL, LKV_ALL);
    if (own.n == all.n) {
        estimate->reason = LKV_REASON_ONE_SCHOOL;
        return;
    }
    bool share = lkv_question_outcome(question)->kind == LKV_YES_NO;
    lkv_stratum one = lkv_sums_stratum(own, counted->decimals);
    lkv_stratum others =
        lkv_sums_stratum(lkv_sums_less(all, own), counted->decimals);
    lkv_against against = share ? lkv_against_share(one, others, confidence)
                                : lkv_against_mean(one, others, confidence);
    numbers_put(estimate, counted, own, all);
    estimate->error = against.error;
    estimate->df = against.df > 0 ? against.df : NAN;
    estimate->p = against.p;
    lkv_interval_put(estimate, against.interval);
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    g_autoptr(GArray) sites = lkv_sites(question, counted, LKV_EACH_SCHOOL);
    for (guint i = 0; i < sites->len; i++) {
        school_add(question, counted, &g_array_index(sites, lkv_site, i), out);
    }
}

static const lkv_component components[] = {
    {.id = "",
     .difference = true,
     .compared = true,
     .meaning = "the school's level less the district's"},
};

const lkv_measure lkv_measure_against_district = {
    .id = "against_district",
    .label = "measure.against_district",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 2,
    .least_pupils = 1,
    .question = "Does the school lie above or below the district, beyond what "
                "another year group would have changed?",
    .formula = "d = (1 - n_j/N)(m_j - m_others) = m_j - m; the interval of the "
               "difference from the others (Welch; shares Newcombe) times (1 "
               "- n_j/N). Clear of chance: Benjamini and Hochberg, q = .05, "
               "over all schools and headline outcomes of the year.",
    .reading = "A difference whose interval holds 0 is not clear of chance. "
               "With many schools some intervals miss 0 by chance alone; the "
               "flag allows for that. Of results skewed to the left the 95 % "
               "interval held the truth in 93 of 100 invented districts "
               "(docs/coverage.md).",
    .not_for = "Ranking schools; judging teaching, since schools have "
               "different pupils.",
    .source = "Welch 1947, eq. 28; Newcombe 1998, method 10; Benjamini and "
              "Hochberg 1995",
    .r = "t.test(y[school == j], y[school != j]); p.adjust(p, \"BH\")",
};
