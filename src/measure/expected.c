/* What a school's pupils would be expected to have, by their background, in
 * this district.
 *
 * A school can do nothing about who its pupils are. Beside what they have
 * reached stands what pupils with such a background reach in the district.
 */
#include "measure/catalogue.h"
#include "measure/expectation.h"
#include "measure/intake.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    if (lkv_expectation_asked(question)) {
        lkv_counted_needs(question, question->population, needs);
        lkv_intake_needs(question, needs);
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    if (!lkv_expectation_asked(question)) {
        return;
    }
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    g_autoptr(lkv_moments) moments = lkv_intake_moments(
        question, tally[lkv_counted_tallies(question)], NULL);
    g_autoptr(lkv_expected) expected =
        lkv_expected_of(moments, question->frame->confidence);
    if (moments->variables < 2) {
        expected->fit = LKV_FIT_COLLINEAR;
    }
    const lkv_expectations of = {.question = question,
                                 .out = out,
                                 .years = 1,
                                 .population = &question->population,
                                 .counted = &counted,
                                 .moments = moments,
                                 .expected = expected};
    lkv_expectations_add(&of);
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
    .least_schools = LKV_EXPECTATION_SCHOOLS,
    .least_pupils = LKV_EXPECTATION_PUPILS,
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
