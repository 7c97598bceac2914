/* How many of the pupils with the least favourable background do well all the
 * same.
 *
 * A gap of means says that a group is behind; this says how many of them are
 * not.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "measure/ranked.h"

/* Fewer in the quarter, or fewer who do or do not: no figure. */
enum { LEAST_IN_QUARTER = 40, LEAST_OF_EITHER = 10 };

static void share_add(const lkv_question *question, const lkv_ranked *ranked,
                      const char *component, const lkv_stratum *strata,
                      lkv_results *out)
{
    lkv_estimate *estimate = lkv_ranked_add(question, ranked, component, out);
    if (!estimate) {
        return;
    }
    lkv_cluster_mean share =
        lkv_cluster_mean_of(strata, ranked->pairs->schools, 0);
    double those = share.mean * (double)share.n;
    estimate->n = estimate->schools = estimate->missing = -1;
    if (lkv_pairs_of_schools(ranked->pairs)) {
        estimate->reason = LKV_REASON_OF_SCHOOLS;
        return;
    }
    if (share.n < LEAST_IN_QUARTER || those < LEAST_OF_EITHER ||
        (double)share.n - those < LEAST_OF_EITHER) {
        estimate->reason = LKV_REASON_FEW_PUPILS;
        return;
    }
    estimate->real = share.mean;
    estimate->method = LKV_METHOD_SHARE_WILSON_EFFECTIVE;
    if (share.df > 0) {
        estimate->error = share.error;
        estimate->df = share.df;
        lkv_interval_put(
            estimate, lkv_cluster_share(&share, question->frame->confidence));
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    if (!lkv_ranked_finely(question)) {
        return;
    }
    bool points = lkv_question_outcome(question)->kind == LKV_POINTS;
    g_auto(lkv_ranked) ranked = lkv_ranked_new(question, tally);
    g_autofree lkv_stratum *strata =
        points ? lkv_pairs_lowest_highest(ranked.pairs)
               : lkv_pairs_part(ranked.pairs, 1, 4);
    share_add(question, &ranked, points ? "top_quarter" : "reached", strata,
              out);
}

static const lkv_component components[] = {
    {.id = "top_quarter",
     .unit = LKV_UNIT_SHARE,
     .meaning = "of the lowest quarter by background, the share who are in the "
                "highest quarter by the outcome; 25 % if background did not "
                "count"},
    {.id = "reached",
     .unit = LKV_UNIT_SHARE,
     .meaning = "of the lowest quarter by background, the share who reach it"},
};

const lkv_measure lkv_measure_resilience = {
    .id = "resilience",
    .label = "measure.resilience",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = lkv_ranked_fine_needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 1,
    .least_pupils = LEAST_IN_QUARTER,
    .question = "How many of the pupils with the least favourable background "
                "do well all the same?",
    .formula =
        "r the mid-rank among N pupils. Lowest quarter: (r - 1/2)/N <= 1/4 by "
        "the first covariate; highest: >= 3/4 by the outcome; pupils with the "
        "same value are never parted. Wilson interval with p(1 - p)/V pupils, "
        "V within schools as for `share`, the limits of the quarters taken as "
        "given. No figure with fewer than 40 pupils in the quarter, or fewer "
        "than 10 who do or do not, or by a covariate that is one for each "
        "school.",
    .reading =
        "Of 100 pupils of the quarter with the lowest background so "
        "many are among the best quarter, or reach the goal. Needs a "
        "covariate of the study in which higher is more favourable. "
        "With 6 schools the 95 % interval of top_quarter held the truth "
        "in 83 to 92 of 100 invented districts, with 76 schools and merit "
        "values in 90 of 100 (docs/coverage.md).",
    .not_for = "Calling the pupils themselves resilient: it is a share of a "
               "district, and says nothing of why.",
    .source = "OECD 2019, PISA 2018 Results volume II, annex A3 (academic "
              "resilience)",
    .r = "low <- (rank(x) - .5)/n <= .25; mean(((rank(y) - .5)/n >= .75)[low])",
};
