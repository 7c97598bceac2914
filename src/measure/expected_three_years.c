/* Actual and expected when three years are taken together.
 *
 * A year group is small, and what is expected of it is known no better than it
 * is. One model of the three years' pupils, and not the yearly values weighed
 * together: those have each a model of their own, so that what background is
 * worth would be guessed three times from a third of the pupils, and their
 * errors, which the schools have in common, could not be added up. What all
 * schools gained or lost from year to year is a column for each year but this.
 * The school's own level is one over the three years; how it moved between them
 * is in the variance within it, and so in the interval.
 */
#include "measure/catalogue.h"
#include "measure/expectation.h"
#include "measure/intake.h"
#include "measure/years.h"

static bool asked(const lkv_question *question,
                  uint16_t found[LKV_YEARS_TOGETHER])
{
    return lkv_expectation_asked(question) &&
           lkv_years_together(question, found);
}

static void needs(const lkv_question *question, lkv_needs *needs)
{
    uint16_t found[LKV_YEARS_TOGETHER];
    lkv_question then = *question;
    if (!asked(question, found)) {
        return;
    }
    for (size_t i = 0; i < LKV_YEARS_TOGETHER; i++) {
        lkv_counted_needs(question, found[i], needs);
    }
    for (size_t i = 0; i < LKV_YEARS_TOGETHER; i++) {
        then.population = found[i];
        lkv_intake_needs(&then, needs);
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    uint16_t found[LKV_YEARS_TOGETHER];
    lkv_counted *counted[LKV_YEARS_TOGETHER];
    lkv_term none = {0};
    size_t each = lkv_counted_tallies(question), intake = 0;
    if (!asked(question, found)) {
        return;
    }
    for (size_t i = 0; i < LKV_YEARS_TOGETHER; i++) {
        counted[i] = lkv_counted_new(question, tally + i * each, none);
    }
    g_autoptr(lkv_moments) moments =
        lkv_intake_years(question, tally + LKV_YEARS_TOGETHER * each,
                         LKV_YEARS_TOGETHER, &intake);
    g_autoptr(lkv_expected) expected =
        moments ? lkv_expected_of(moments, question->frame->confidence) : NULL;
    if (expected && intake == 0) {
        expected->fit = LKV_FIT_COLLINEAR;
    }
    const lkv_expectations of = {
        .question = question,
        .out = out,
        .years = LKV_YEARS_TOGETHER,
        .population = found,
        .counted = counted,
        .moments = moments,
        .expected = expected,
        .notes = lkv_question_break(question, LKV_YEARS_TOGETHER - 1)};
    lkv_expectations_add(&of);
    for (size_t i = 0; i < LKV_YEARS_TOGETHER; i++) {
        lkv_counted_free(counted[i]);
    }
}

static const lkv_component components[] = {
    {.id = "actual", .meaning = "the school's level over the three years"},
    {.id = "expected",
     .meaning = "level of pupils with such a background in the district, in "
                "the same years"},
    {.id = "difference",
     .difference = true,
     .compared = true,
     .meaning = "actual less expected; not drawn towards 0"},
    {.id = "shrunken",
     .difference = true,
     .meaning = "difference drawn towards 0 by how little it can be told from "
                "chance: for flags, not for reports"},
};

const lkv_measure lkv_measure_expected_three_years = {
    .id = "expected_three_years",
    .label = "measure.expected_three_years",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = LKV_EXPECTATION_SCHOOLS,
    .least_pupils = LKV_EXPECTATION_PUPILS,
    .question = "Have the school's pupils of this year and the two before "
                "reached more or less than pupils with such a background in "
                "the district?",
    .formula =
        "as `expected`, of the pupils of the three years: REML of y = X beta + "
        "u_school + e, X the pupils' intake and a column for each year but "
        "this one. actual is the mean over the school's pupils of the three "
        "years, as in `three_years`; expected x_j'beta, x_j their mean of X. "
        "From 300 pupils and 15 schools, and 15 pupils of the school, in the "
        "three years together.",
    .reading = "Surer than a single year, and slower: this year weighs a third "
               "or so. About half of all schools lie below by construction. n "
               "counts this year's pupils only. Noted where the rules name a "
               "break among the years. With 15 schools the 95 % interval is "
               "wider than need be: it held the truth in 98 to 99 of 100 "
               "invented districts (docs/coverage.md).",
    .not_for = "Judging teaching: what the model does not know is in the "
               "difference too. Telling what changed from year to year. It is "
               "not given where a year has no pupils, or cannot be shown, nor "
               "with more than 13 covariates.",
    .source = "Goldstein 2011, chapter 2; Henderson 1975 (shrunken); "
              "Undervisningsministeriet, socioøkonomisk reference (one and "
              "three years; form)",
    .r = "m <- lme4::lmer(y ~ x + factor(year) + (1 | school)); tapply(y - "
         "predict(m, re.form = NA), school, mean); lme4::ranef(m)",
};
