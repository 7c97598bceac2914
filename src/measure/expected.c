/* What a school's pupils would be expected to have, by their background, in
 * this district.
 *
 * A school can do nothing about who its pupils are. Beside what they have
 * reached stands what pupils with such a background reach in the district.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/intake.h"
#include "measure/level.h"
#include "measure/spread.h"
#include "stat/expected.h"

/* Of the model, and of a school that it is told for. */
enum { LEAST_PUPILS = 300, LEAST_SCHOOLS = 15, LEAST_OF_SCHOOL = 15 };

/* Only of what sums up the rest. */
static bool asked(const lkv_question *question)
{
    return lkv_question_outcome(question)->crossed &&
           lkv_intake_there(question);
}

static void needs(const lkv_question *question, lkv_needs *needs)
{
    if (asked(question)) {
        lkv_counted_needs(question, question->population, needs);
        lkv_intake_needs(question, needs);
    }
}

typedef struct lkv_schools_expected {
    const lkv_spread_of_schools *about;
    const lkv_moments *moments;
    const lkv_expected *expected;
    bool share;
} lkv_schools_expected;

static lkv_reason reason_of(const lkv_schools_expected *of, size_t school)
{
    const lkv_expected *expected = of->expected;
    if (expected->fit != LKV_FIT_OK) {
        return lkv_spread_reason(expected->fit);
    }
    if (expected->groups < LEAST_SCHOOLS) {
        return LKV_REASON_FEW_SCHOOLS;
    }
    bool few = of->moments->total < LEAST_PUPILS ||
               of->moments->n[school] < LEAST_OF_SCHOOL;
    return few ? LKV_REASON_FEW_PUPILS : LKV_REASON_NONE;
}

/* A new estimate for SITE's school; pupils without a covariate are not in it.
 */
static lkv_estimate *add(const lkv_schools_expected *of, const lkv_site *site,
                         const char *component)
{
    const lkv_question *question = of->about->question;
    lkv_estimate *estimate =
        lkv_question_add(question, of->about->out, site->spot, component);
    lkv_estimate_from(estimate, lkv_question_level(question, site->spot));
    lkv_estimate_from(estimate, lkv_question_level(question, lkv_spot_unit(0)));
    if (lkv_site_heads(estimate, of->about->counted, site)) {
        estimate->reason = reason_of(of, site->school);
    }
    if (estimate->n != of->moments->n[site->school]) {
        estimate->n = -1;
        estimate->note = LKV_NOTE_COMPLETE_CASES;
    }
    return estimate;
}

/* A share is never expected below 0 or above 1; the three still add up. */
static lkv_expectation bounded(const lkv_schools_expected *of, size_t school)
{
    lkv_expectation own = of->expected->group[school];
    double inside = fmin(fmax(own.expected, 0), 1);
    if (of->share && inside != own.expected) {
        double shift = own.expected - inside;
        own.expected = inside;
        own.difference += shift;
        own.interval.low += shift;
        own.interval.high += shift;
    }
    return own;
}

static void school_add(const lkv_schools_expected *of, const lkv_site *site)
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
        difference->note =
            own.without ? LKV_NOTE_WITHOUT_OWN : difference->note;
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

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    if (!asked(question)) {
        return;
    }
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    lkv_spread_of_schools about = lkv_spread_about(question, out, counted);
    g_autoptr(lkv_moments) moments = lkv_intake_moments(
        question, tally[lkv_counted_tallies(question)], NULL);
    g_autoptr(lkv_expected) expected =
        lkv_expected_of(moments, question->frame->confidence);
    if (moments->variables < 2) {
        expected->fit = LKV_FIT_COLLINEAR;
    }
    lkv_schools_expected of = {
        .about = &about,
        .moments = moments,
        .expected = expected,
        .share = lkv_question_outcome(question)->kind == LKV_YES_NO,
    };
    g_autoptr(GArray) sites = lkv_sites(question, counted, LKV_EACH_SCHOOL);
    for (guint i = 0; i < sites->len; i++) {
        school_add(&of, &g_array_index(sites, lkv_site, i));
    }
}

static const lkv_component components[] = {
    {.id = "actual", .meaning = "the school's level"},
    {.id = "expected",
     .meaning = "level of pupils with such a background in the district"},
    {.id = "difference",
     .difference = true,
     .compared = true,
     .meaning = "actual less expected; not drawn towards 0"},
    {.id = "shrunken",
     .difference = true,
     .meaning = "difference drawn towards 0 by how little it can be told from "
                "chance: for flags, not for reports"},
};

const lkv_measure lkv_measure_expected = {
    .id = "expected",
    .label = "measure.expected",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = LEAST_SCHOOLS,
    .least_pupils = LEAST_PUPILS,
    .question = "Do the school's pupils reach more or less than pupils with "
                "such a background do in the district?",
    .formula =
        "REML of y = X beta + u_school + e, X the pupils' intake. Expected "
        "x_j'beta, x_j the school's mean of X; difference m_j - x_j'beta with "
        "variance sigma2/n_j + x_j'Var(beta)x_j, t with N - J - p + 1. Beta "
        "without the school where it holds over a tenth of the pupils. From "
        "300 pupils, 15 schools and 15 pupils of the school.",
    .reading = "About half of all schools lie below by construction. A "
               "difference whose interval holds 0 is in line with schools with "
               "such pupils. With 15 schools the 95 % interval is wider than "
               "need be: it held the truth in 96 to 99 of 100 invented "
               "districts (docs/coverage.md).",
    .not_for = "Judging teaching: what the model does not know is in the "
               "difference too. Telling how the district does: its model "
               "expects what it reaches.",
    .source = "Goldstein 2011, chapter 2; Henderson 1975 (shrunken); "
              "Skolverket 2017, SALSA (form)",
    .r = "m <- lme4::lmer(y ~ x + (1 | school)); tapply(y - predict(m, re.form "
         "= NA), school, mean); lme4::ranef(m)",
};
