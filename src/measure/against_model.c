/* How a school's result lies to the value that a national model gives for a
 * school with such pupils.
 *
 * A model of one district sums to zero and cannot say how the district does as
 * a whole; one of the country can. Its values come in the schools' table.
 */
#include <math.h>

#include "base/wide.h"
#include "measure/catalogue.h"
#include "measure/level.h"

/* Fewer pupils: the model's own rule. */
enum { PUPILS_LEAST = 15 };

/* The table of schools says of one year only; it is the reported one. */
static bool there(const lkv_question *question)
{
    const lkv_population *population =
        lkv_frame_population(question->frame, question->population);
    return question->givens > 0 && population->year == question->frame->year &&
           question->given[0] != LKV_NO_VALUE;
}

static void needs(const lkv_question *question, lkv_needs *needs)
{
    if (!there(question)) {
        return;
    }
    lkv_tally_spec model = {
        .population = question->population,
        .axes = 1,
        .axis = {question->frame->school},
        .variables = 1,
        .variable = {question->given[0]},
        .cross = LKV_CROSS_BY_CELL,
    };
    lkv_needs_add(needs, model);
    lkv_years_needs(question, needs);
}

/* The school's model value; NaN when its pupils have none, or not all the same.
 * A share is given in per cent.
 */
static double model_at(const lkv_question *question, const lkv_tally *model,
                       size_t school)
{
    int64_t n = model->n[school];
    lkv_wide sum = model->sum[school];
    if (n == 0 || model->product[school] * n != sum * sum) {
        return NAN;
    }
    bool share = lkv_question_outcome(question)->kind == LKV_YES_NO;
    lkv_wide unit = (lkv_wide)n * lkv_power_of_ten(model->decimals[0]);
    return lkv_wide_ratio(sum, share ? 100 * unit : unit);
}

static void model_add(const lkv_question *question, const lkv_site *site,
                      double model, lkv_results *out)
{
    lkv_estimate *estimate =
        lkv_question_add(question, out, site->spot, "model");
    estimate->real = model;
    estimate->method = LKV_METHOD_AGAINST_MODEL;
    estimate->has_absent = false; /* says nothing of the pupils */
}

static void difference_add(const lkv_question *question, const lkv_years *years,
                           const lkv_site *site, double model, lkv_results *out)
{
    lkv_estimate *estimate =
        lkv_question_add(question, out, site->spot, "difference");
    lkv_estimate_from(estimate, lkv_question_level(question, site->spot));
    if (!lkv_site_heads(estimate, years->year[0], site)) {
        return;
    }
    if (estimate->n < PUPILS_LEAST) {
        estimate->reason = LKV_REASON_FEW_PUPILS;
        return;
    }
    lkv_level_fill(estimate, years, site);
    estimate->real = lkv_estimate_value(estimate) - model;
    estimate->top = estimate->bottom = 0;
    estimate->low -= model;
    estimate->high -= model;
    estimate->method = LKV_METHOD_AGAINST_MODEL;
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    if (!there(question)) {
        return;
    }
    lkv_term yes = {0};
    if (lkv_question_outcome(question)->kind == LKV_YES_NO) {
        yes = lkv_question_value(question, "yes");
    }
    g_autoptr(lkv_years) years = lkv_years_new(question, tally + 1, yes);
    g_autoptr(GArray) sites =
        lkv_sites(question, years->year[0], LKV_EACH_SCHOOL);
    for (guint i = 0; i < sites->len; i++) {
        const lkv_site *site = &g_array_index(sites, lkv_site, i);
        double model = model_at(question, tally[0], site->school);
        if (isfinite(model)) {
            model_add(question, site, model, out);
            difference_add(question, years, site, model, out);
        }
    }
}

static const lkv_component components[] = {
    {.id = "model", .meaning = "the value that the model gives for the school"},
    {.id = "difference",
     .difference = true,
     .compared = true,
     .meaning = "actual less model value; the interval is that of the actual"},
};

const lkv_measure lkv_measure_against_model = {
    .id = "against_model",
    .label = "measure.against_model",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .on_request = true,
    .least_schools = 1,
    .least_pupils = PUPILS_LEAST,
    .question = "Do the school's pupils reach more or less than a national "
                "model expects of a school with such pupils?",
    .formula =
        "difference = the school's level less the model's value, a column of "
        "the schools' table: background: {model: {column: Modellvärde, level: "
        "school, on_request: yes}}, measures: [default, {measure: "
        "against_model, of: merit_17, "
        "given: [model]}]. A share's value is in per cent. Interval as for "
        "`mean` and `share` of the school, the model's value taken as given. "
        "The reported year only; from 15 pupils.",
    .reading = "When the interval covers 0 the result is in line with schools "
               "with a similar intake. By construction of such models half of "
               "all schools lie below.",
    .not_for = "Ranking schools or judging teaching; the model's own error is "
               "not in the interval. A value of another year or outcome than "
               "the one named.",
    .source = "Skolverket 2017, description of SALSA 2015/16 (model value, "
              "floor of 15 pupils)",
    .r = "mean(y[school == j]) - model[j]; t.test(y[school == j])$conf.int - "
         "model[j]",
};
