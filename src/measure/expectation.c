#include "measure/expectation.h"

#include <math.h>

#include "measure/intake.h"
#include "measure/spread.h"

bool lkv_expectation_asked(const lkv_question *question)
{
    return lkv_question_outcome(question)->crossed &&
           lkv_intake_there(question);
}

/* Pupils of SCHOOL with the outcome in all the years; 0 where a year has none.
 */
static int64_t pupils_of(const lkv_expectations *of, size_t school)
{
    int64_t pupils = 0;
    for (size_t i = 0; i < of->years; i++) {
        int64_t n = lkv_counted_at(of->counted[i], school, LKV_ALL).n;
        if (n == 0) {
            return 0;
        }
        pupils += n;
    }
    return pupils;
}

static lkv_reason reason_of(const lkv_expectations *of, size_t school)
{
    const lkv_expected *expected = of->expected;
    if (pupils_of(of, school) == 0) {
        return LKV_REASON_NO_THREE_YEARS;
    }
    if (!expected) {
        return LKV_REASON_MANY_COVARIATES;
    }
    if (expected->fit != LKV_FIT_OK) {
        return lkv_spread_reason(expected->fit);
    }
    if (expected->groups < LKV_EXPECTATION_SCHOOLS) {
        return LKV_REASON_FEW_SCHOOLS;
    }
    bool few = of->moments->total < LKV_EXPECTATION_PUPILS ||
               of->moments->n[school] < LKV_EXPECTATION_OF_SCHOOL;
    return few ? LKV_REASON_FEW_PUPILS : LKV_REASON_NONE;
}

/* A new estimate for SITE's school; pupils without a covariate are not in it.
 */
static lkv_estimate *add(const lkv_expectations *of, const lkv_site *site,
                         const char *component)
{
    lkv_question then = *of->question;
    lkv_estimate *estimate =
        lkv_question_add(of->question, of->out, site->spot, component);
    for (size_t i = 0; i < of->years; i++) {
        then.population = of->population[i];
        lkv_estimate_from(estimate, lkv_question_level(&then, site->spot));
        lkv_estimate_from(estimate,
                          lkv_question_level(&then, lkv_spot_unit(0)));
    }
    if (lkv_site_heads(estimate, of->counted[0], site)) {
        estimate->reason = reason_of(of, site->school);
    }
    if (of->moments &&
        pupils_of(of, site->school) != of->moments->n[site->school]) {
        estimate->n = -1;
        estimate->notes |= LKV_NOTE_COMPLETE_CASES;
    }
    estimate->notes |= of->notes;
    return estimate;
}

/* A share is never expected below 0 or above 1; the three still add up. */
static lkv_expectation bounded(const lkv_expectations *of, size_t school)
{
    if (!of->expected) {
        return (lkv_expectation){0};
    }
    lkv_expectation own = of->expected->group[school];
    double inside = fmin(fmax(own.expected, 0), 1);
    bool share = lkv_question_outcome(of->question)->kind == LKV_YES_NO;
    if (share && inside != own.expected) {
        double shift = own.expected - inside;
        own.expected = inside;
        own.difference += shift;
        own.interval.low += shift;
        own.interval.high += shift;
    }
    return own;
}

static void school_add(const lkv_expectations *of, const lkv_site *site)
{
    lkv_expectation own = bounded(of, site->school);
    const struct {
        const char *id;
        double value;
    } levels[] = {{"actual", own.actual}, {"expected", own.expected}};
    for (size_t i = 0; i < G_N_ELEMENTS(levels); i++) {
        lkv_estimate *level = add(of, site, levels[i].id);
        if (level->reason == LKV_REASON_NONE) {
            level->real = levels[i].value;
            level->method = LKV_METHOD_EXPECTED;
        }
    }
    lkv_estimate *difference = add(of, site, "difference");
    if (difference->reason == LKV_REASON_NONE) {
        difference->real = own.difference;
        difference->error = own.error;
        difference->df = own.df;
        difference->p = own.p;
        difference->method = LKV_METHOD_EXPECTED;
        if (own.without) {
            difference->notes |= LKV_NOTE_WITHOUT_OWN;
        }
        lkv_interval_put(difference, own.interval);
    }
    lkv_estimate *shrunken = add(of, site, "shrunken");
    if (shrunken->reason == LKV_REASON_NONE) {
        shrunken->real = own.shrunken;
        shrunken->error = own.shrunken_error;
        shrunken->method = LKV_METHOD_REML;
        lkv_interval_put(shrunken, own.shrunken_interval);
    }
}

void lkv_expectations_add(const lkv_expectations *of)
{
    g_autoptr(GArray) sites =
        lkv_sites(of->question, of->counted[0], LKV_EACH_SCHOOL);
    for (guint i = 0; i < sites->len; i++) {
        school_add(of, &g_array_index(sites, lkv_site, i));
    }
}
