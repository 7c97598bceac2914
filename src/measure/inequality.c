/* How unevenly the points are spread over the pupils, and how much of that
 * lies between schools.
 *
 * Indices of income, often asked for. Grade points have no true zero, so that
 * adding ten points to everyone changes them all: computed only on request.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "measure/piled.h"
#include "measure/widths.h"
#include "stat/inequality.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_counted_needs(question, question->population, needs);
    lkv_piled_needs(question, needs);
}

typedef struct lkv_unequal {
    const lkv_question *question;
    const lkv_counted *counted;
    lkv_results *out;
    double df;
    lkv_reason without; /* why there is no number where there is none */
} lkv_unequal;

static lkv_estimate *add(const lkv_unequal *of, const char *component,
                         double value)
{
    lkv_spot spot = lkv_spot_unit(0);
    lkv_site district = {spot, LKV_ALL, LKV_ALL};
    lkv_estimate *estimate =
        lkv_question_add(of->question, of->out, spot, component);
    lkv_estimate_from(estimate, lkv_question_mean(of->question, spot));
    if (!lkv_site_heads(estimate, of->counted, &district)) {
        return NULL;
    }
    if (isnan(value)) {
        estimate->reason = of->without;
        return NULL;
    }
    estimate->real = value;
    estimate->notes = LKV_NOTE_NO_TRUE_ZERO;
    return estimate;
}

static void index_add(const lkv_unequal *of, const char *component,
                      const lkv_inequal *index)
{
    lkv_estimate *estimate = add(of, component, index->value);
    if (!estimate) {
        return;
    }
    estimate->method = LKV_METHOD_INEQUALITY;
    if (isfinite(index->error)) {
        double t = lkv_widths_at(of->question->widths, (int64_t)of->df);
        estimate->error = index->error;
        estimate->df = of->df;
        lkv_interval_put(estimate,
                         lkv_interval_wide(index->value, index->error, t));
    }
}

static void parts_add(const lkv_unequal *of, const char *between,
                      const char *within, const lkv_inequal *index)
{
    const char *const ids[] = {between, within};
    const double value[] = {index->between, index->within};
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        lkv_estimate *estimate = add(of, ids[i], value[i]);
        if (estimate) {
            estimate->method = LKV_METHOD_CENSUS;
        }
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    int64_t least = lkv_question_outcome(question)->least;
    const lkv_tally *histogram = tally[lkv_counted_tallies(question)];
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    g_autoptr(lkv_piles) piles = lkv_piled_new(histogram, LKV_ALL);
    static const lkv_inequal nothing = {NAN, NAN, NAN, NAN};
    lkv_inequality found = {nothing, nothing, nothing, nothing, NAN};
    if (least >= 0) {
        found = lkv_inequality_of(piles);
    }
    if (least == 0) {
        found.mld = nothing; /* whether anyone has 0 is not told */
    }
    lkv_unequal of = {question, counted, out, found.df,
                      least < 0 ? LKV_REASON_BELOW_ZERO
                                : LKV_REASON_NO_VARIANCE};
    index_add(&of, "gini", &found.gini);
    index_add(&of, "theil", &found.theil);
    parts_add(&of, "theil_between", "theil_within", &found.theil);
    index_add(&of, "ge2", &found.ge2);
    parts_add(&of, "ge2_between", "ge2_within", &found.ge2);
    of.without = least <= 0 ? LKV_REASON_FROM_ZERO : LKV_REASON_NO_VARIANCE;
    index_add(&of, "mld", &found.mld);
    parts_add(&of, "mld_between", "mld_within", &found.mld);
}

#define PARTS(index, name)                                                     \
    {.id = index "_between",                                                   \
     .unit = LKV_UNIT_RATIO,                                                   \
     .meaning = "of " name ", what the schools' means have"},                  \
    {                                                                          \
        .id = index "_within", .unit = LKV_UNIT_RATIO,                         \
        .meaning = "of " name ", what is left: within schools"                 \
    }

static const lkv_component components[] = {
    {.id = "gini",
     .unit = LKV_UNIT_RATIO,
     .meaning = "Gini: half the mean difference of two pupils, over the mean"},
    {.id = "theil",
     .unit = LKV_UNIT_RATIO,
     .meaning = "Theil's T, GE(1): weighs the top and the bottom alike"},
    PARTS("theil", "Theil's T"),
    {.id = "mld",
     .unit = LKV_UNIT_RATIO,
     .meaning = "mean log deviation, GE(0): weighs the bottom; only where the "
                "scale begins above 0"},
    PARTS("mld", "the mean log deviation"),
    {.id = "ge2",
     .unit = LKV_UNIT_RATIO,
     .meaning = "half the squared coefficient of variation, GE(2): weighs the "
                "top"},
    PARTS("ge2", "GE(2)"),
};

const lkv_measure lkv_measure_inequality = {
    .id = "inequality",
    .label = "measure.inequality",
    .outcomes = LKV_FOR_POINTS,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .on_request = true,
    .least_schools = 1,
    .least_pupils = 1,
    .question = "How unevenly are the points spread over the pupils, as one "
                "would measure incomes?",
    .formula =
        "m the mean, m_j and s_j the mean and share of school j. gini = 2 "
        "cov(y, r)/m, r the mid-rank less 1/2, over N; theil = mean of (y/m) "
        "ln(y/m), 0 ln 0 = 0; mld = mean of ln(m/y); ge2 = mean of ((y/m)^2 - "
        "1)/2. Between: the same of the schools' means, by s_j; within: the "
        "rest. V of the influence values within schools as for `mean`; t with "
        "N - J. The parts have no interval.",
    .reading = "0 when all pupils have the same. The numbers are those of a "
               "ratio scale, which grade points are not: with another zero "
               "the same pupils get others. Small schools alone make "
               "between greater than 0.",
    .not_for = "Comparing outcomes, scales or districts. sd, percentiles and "
               "spread_between_schools answer the same question without a "
               "true zero.",
    .source = "Shorrocks 1980 (additive decomposition); Theil 1967",
    .r = "laeken::gini(y)$value/100; r <- y/mean(y); mean(r * log(r)); "
         "-mean(log(r)); mean(r^2 - 1)/2; of ave(y, school) for between",
};
