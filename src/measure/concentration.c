/* How far results gather among the pupils with the most favourable background.
 *
 * A gap compares two groups and a slope assumes a line; this takes the whole
 * order from the least to the most favoured, whatever the curve looks like.
 */
#include <math.h>

#include "base/wide.h"
#include "measure/catalogue.h"
#include "measure/level.h"
#include "measure/ranked.h"
#include "measure/widths.h"
#include "stat/concentration.h"

typedef struct lkv_concentrating {
    const lkv_question *question;
    const lkv_ranked *ranked;
    lkv_results *out;
    double df;
} lkv_concentrating;

static void part_add(const lkv_concentrating *of, const char *component,
                     lkv_concentrated part, lkv_reason without)
{
    lkv_estimate *estimate =
        lkv_ranked_add(of->question, of->ranked, component, of->out);
    if (!estimate) {
        return;
    }
    if (isnan(part.value)) {
        estimate->reason = without;
        return;
    }
    estimate->real = part.value;
    estimate->method = LKV_METHOD_CONCENTRATION;
    if (isfinite(part.error)) {
        double t = lkv_widths_at(of->question->widths, (int64_t)of->df);
        estimate->error = part.error;
        estimate->df = of->df;
        lkv_interval_put(estimate,
                         lkv_interval_wide(part.value, part.error, t));
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    if (!lkv_ranked_there(question)) {
        return;
    }
    const lkv_outcome *outcome = lkv_question_outcome(question);
    bool points = outcome->kind == LKV_POINTS;
    int64_t unit = lkv_power_of_ten(outcome->decimals);
    double least = points ? lkv_wide_ratio(outcome->least, unit) : 0;
    double most = points ? lkv_wide_ratio(outcome->most, unit) : 1;
    g_auto(lkv_ranked) ranked = lkv_ranked_new(question, tally);
    lkv_concentration found = lkv_concentration_of(ranked.pairs, least, most);
    lkv_concentrating of = {question, &ranked, out, found.df};
    part_add(&of, "index", found.index,
             least < 0 ? LKV_REASON_BELOW_ZERO : LKV_REASON_NO_VARIANCE);
    part_add(&of, "erreygers", found.erreygers, LKV_REASON_NO_VARIANCE);
    part_add(&of, "wagstaff", found.wagstaff, LKV_REASON_NO_VARIANCE);
}

static const lkv_component components[] = {
    {.id = "index",
     .unit = LKV_UNIT_RATIO,
     .meaning = "concentration index: -1 to 1, 0 = none; above 0 when those "
                "with a higher background have more of it"},
    {.id = "erreygers",
     .unit = LKV_UNIT_RATIO,
     .meaning = "the same as a share of the most that a scale with these ends "
                "could have; its sign turns when what is counted is those who "
                "do not reach it"},
    {.id = "wagstaff",
     .unit = LKV_UNIT_RATIO,
     .meaning = "the same as a share of the most that this mean leaves room "
                "for"},
};

const lkv_measure lkv_measure_concentration = {
    .id = "concentration",
    .label = "measure.concentration",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = lkv_ranked_needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 1,
    .least_pupils = 2,
    .question = "How far do results gather among the pupils with the most "
                "favourable background?",
    .formula =
        "r the mid-rank of the background less 1/2, over N; the background is "
        "the first covariate, or parental education from low to high. index = "
        "2 cov(y, r)/mean(y); erreygers = 8 cov(y, r)/(b - a), the outcome "
        "going from a to b; wagstaff = 2 (b - a) cov(y, r)/((b - mean)(mean - "
        "a)). V of the influence values, in which the ranks vary with the "
        "pupils, within schools as for `mean`; t with N - J.",
    .reading =
        "0 when results do not go with background; above 0 when pupils with a "
        "higher background have the better results. With a covariate whose "
        "high values are unfavourable the sign is turned. Compare years by "
        "erreygers, which does not move with the mean alone. Pupils whose "
        "background is not known are left out.",
    .not_for =
        "Reading index of points as shares of something: grade points have no "
        "true zero. Comparing districts ranked by different backgrounds. "
        "Saying what causes it.",
    .source = "Kakwani, Wagstaff and van Doorslaer 1997 (index); Erreygers "
              "2009; Wagstaff 2005 (bounded outcomes)",
    .r = "r <- (rank(x) - .5)/length(x); c <- mean((y - mean(y)) * (r - "
         "mean(r))); 2 * c/mean(y); 8 * c/(b - a)",
};
