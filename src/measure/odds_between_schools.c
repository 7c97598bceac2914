/* How much a pupil's odds differ with the school.
 *
 * The variance of a share depends on the share; on the logit scale it does not,
 * so that outcomes with different shares can be laid side by side.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "measure/spread.h"
#include "stat/logit.h"

enum { NODES = 15, LEAST_SCHOOLS = 5 };

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_counted_needs(question, question->population, needs);
}

static lkv_logit logit_of(const lkv_counted *counted)
{
    g_autofree int64_t *yes = g_new0(int64_t, counted->schools + 1);
    g_autofree int64_t *n = g_new0(int64_t, counted->schools + 1);
    for (size_t j = 0; j < counted->schools; j++) {
        lkv_sums sums = lkv_counted_at(counted, j, LKV_ALL);
        n[j] = sums.n;
        yes[j] = (int64_t)sums.sum;
    }
    lkv_logit logit = lkv_logit_of(yes, n, counted->schools, NODES);
    bool few = logit.fit == LKV_FIT_OK && logit.groups < LEAST_SCHOOLS;
    logit.fit = few ? LKV_FIT_FEW_GROUPS : logit.fit;
    return logit;
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    lkv_spread_of_schools about = lkv_spread_about(question, out, counted);
    lkv_logit logit = logit_of(counted);
    const struct {
        const char *id;
        double value;
    } parts[] = {
        {"odds_ratio", logit.odds_ratio},
        {"icc", logit.icc},
        {"middle", logit.middle},
        {"average", logit.average},
        {"tau2", logit.tau2},
        {"p", logit.p},
        {"crit", logit.deviance},
    };
    lkv_estimate *intercept = lkv_spread_add(&about, "intercept", logit.fit);
    if (intercept->reason == LKV_REASON_NONE) {
        intercept->real = logit.beta;
        intercept->error = logit.error;
        intercept->method = LKV_METHOD_LOGIT;
        intercept->notes = logit.boundary ? LKV_NOTE_BOUNDARY : LKV_NOTE_NONE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        lkv_estimate *estimate = lkv_spread_put(
            &about, parts[i].id, logit.fit, parts[i].value, LKV_METHOD_LOGIT);
        estimate->notes = estimate->reason == LKV_REASON_NONE && logit.boundary
                              ? LKV_NOTE_BOUNDARY
                              : LKV_NOTE_NONE;
    }
}

/* The same as points of per cent: how far the shares of schools like these lie
 * apart. A component of the spread between schools takes its line there.
 */
static void spread_compute(const lkv_question *question,
                           const lkv_tally *const *tally, lkv_results *out)
{
    lkv_term none = {0};
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    lkv_spread_of_schools about = lkv_spread_about(question, out, counted);
    lkv_logit logit = logit_of(counted);
    lkv_spread_put(&about, "sigma_b", logit.fit, logit.sd, LKV_METHOD_LOGIT);
    lkv_spread_put(&about, "icc", logit.fit, logit.between, LKV_METHOD_LOGIT);
}

const lkv_measure lkv_spread_logit = {.needs = needs,
                                      .compute = spread_compute};

static const lkv_component components[] = {
    {.id = "odds_ratio",
     .unit = LKV_UNIT_RATIO,
     .meaning = "median odds ratio: of two schools like these drawn by chance, "
                "the odds in the better over those in the other"},
    {.id = "icc",
     .unit = LKV_UNIT_RATIO,
     .meaning = "share of what lies behind the answers that goes with the "
                "school, tau2/(tau2 + pi^2/3); not comparable with the icc of "
                "the spread between schools"},
    {.id = "middle",
     .unit = LKV_UNIT_SHARE,
     .meaning = "share in a school in the middle"},
    {.id = "average",
     .unit = LKV_UNIT_SHARE,
     .meaning = "share over all schools like these"},
    {.id = "intercept",
     .unit = LKV_UNIT_RATIO,
     .meaning = "log odds in a school in the middle"},
    {.id = "tau2",
     .unit = LKV_UNIT_RATIO,
     .meaning = "variance of log odds between schools"},
    {.id = "p",
     .unit = LKV_UNIT_PROBABILITY,
     .meaning = "probability of so large a likelihood ratio among schools that "
                "do not differ"},
    {.id = "crit", .unit = LKV_UNIT_RATIO, .meaning = "-2 log likelihood"},
};

const lkv_measure lkv_measure_odds_between_schools = {
    .id = "odds_between_schools",
    .label = "measure.odds_between_schools",
    .outcomes = LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_SCHOOLS_LIKE_THESE,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = LEAST_SCHOOLS,
    .least_pupils = 3,
    .question = "How much do a pupil's odds differ with the school?",
    .formula = "logit P(yes) = beta + tau z_school, z normal; maximum "
               "likelihood, adaptive Gauss-Hermite with 15 nodes. Median odds "
               "ratio exp(sqrt(2 tau2) 0.6745). p: 1/2 chi2_0 + 1/2 chi2_1.",
    .reading = "A median odds ratio of 1 means that schools do not differ; of "
               "2, that the odds in one school are typically twice those in "
               "another.",
    .not_for = "Reading odds as shares: odds of 4 are a share of 80 %.",
    .source = "Larsen and Merlo 2005 (median odds ratio); Pinheiro and Bates "
              "1995 (quadrature); Snijders and Bosker 2012, chapter 17 (icc)",
    .r = "lme4::glmer(y ~ 1 + (1 | school), binomial, nAGQ = 15)",
};
