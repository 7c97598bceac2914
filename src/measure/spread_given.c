/* The spread between schools when pupils' background is given. */
#include "measure/apart.h"
#include "measure/spread.h"

static bool asked(const lkv_question *question)
{
    return question->givens > 0 &&
           question->panel->outcome_variable[question->outcome] != LKV_NO_VALUE;
}

void lkv_spread_given_needs(const lkv_question *question, lkv_needs *needs)
{
    if (!asked(question)) {
        return;
    }
    lkv_tally_spec spec = {
        .population = question->population,
        .where = lkv_where_and(lkv_question_pupils(question, lkv_spot_unit(0)),
                               lkv_question_known(question)),
        .axes = 1,
        .axis = {question->frame->school},
        .cross = LKV_CROSS_BY_CELL,
    };
    lkv_term ordinary;
    if (lkv_apart_term(question->frame, &ordinary)) {
        spec.where = lkv_where_and(spec.where, ordinary);
    }
    spec.variable[spec.variables++] =
        question->panel->outcome_variable[question->outcome];
    for (size_t i = 0; i < question->givens; i++) {
        spec.variable[spec.variables++] = question->given[i];
    }
    lkv_needs_add(needs, spec);
}

/* The first variable of MOMENTS alone: the empty model of the same pupils. */
static lkv_moments *empty_of(const lkv_moments *moments)
{
    lkv_moments *empty = lkv_moments_new(moments->groups, 1, TRUE);
    size_t v = moments->variables;
    empty->total = moments->total;
    empty->mean[0] = moments->mean[0];
    empty->cross[0] = moments->cross[0];
    empty->within_total[0] = moments->within_total[0];
    for (size_t j = 0; j < moments->groups; j++) {
        empty->n[j] = moments->n[j];
        empty->group_mean[j] = moments->group_mean[j * v];
        empty->sum[j] = moments->sum[j * v];
        empty->within[j] = moments->within[j * v * v];
    }
    return empty;
}

/* Pupils without a covariate are not in the model. Then N is no count of a
 * set that a claim can name, and is left out.
 */
static void complete_cases(const lkv_spread_of_schools *about, size_t first,
                           int64_t complete)
{
    lkv_results *out = about->out;
    for (size_t i = first; i < lkv_results_size(out); i++) {
        lkv_estimate *estimate = lkv_results_edit(out, i);
        if (estimate->n != complete) {
            estimate->n = -1;
            estimate->schools = -1;
            estimate->note = "complete_cases";
        }
    }
}

static void explained_add(const lkv_spread_of_schools *about,
                          const lkv_moments *moments, const lkv_mixed *mixed)
{
    g_autoptr(lkv_moments) alone = empty_of(moments);
    g_autoptr(lkv_mixed) empty =
        lkv_mixed_of(alone, true, about->question->frame->confidence);
    lkv_fit fit = empty->fit != LKV_FIT_OK ? empty->fit : mixed->fit;
    lkv_estimate *explained = lkv_spread_add(about, "given_explained", fit);
    if (explained->reason != LKV_REASON_NONE) {
        return;
    }
    if (!(empty->tau2 > 0)) {
        explained->reason = LKV_REASON_NO_VARIANCE;
        return;
    }
    explained->real = 1 - mixed->tau2 / empty->tau2;
    explained->method = LKV_METHOD_REML;
}

static void coefficients_add(const lkv_spread_of_schools *about,
                             const lkv_mixed *mixed)
{
    const lkv_question *question = about->question;
    for (size_t i = 0; i < question->givens; i++) {
        const lkv_variable *given =
            &question->panel->variable[question->given[i]];
        g_autofree char *id = g_strconcat("given_", given->id, NULL);
        lkv_estimate *slope = lkv_spread_add(about, id, mixed->fit);
        if (slope->reason == LKV_REASON_NONE) {
            slope->real = mixed->beta[i + 1];
            slope->error = mixed->error[i + 1];
            slope->method = LKV_METHOD_REML;
        }
    }
}

void lkv_spread_given_add(const lkv_spread_of_schools *about,
                          const lkv_tally *const *tally)
{
    static const lkv_spread_words words = {"given_intercept", "given_tau2",
                                           "given_sigma2", "given_icc",
                                           "given_crit"};
    if (!asked(about->question)) {
        return;
    }
    size_t first = lkv_results_size(about->out);
    g_autoptr(lkv_moments) moments = lkv_tally_moments(tally[0]);
    g_autoptr(lkv_mixed) mixed =
        lkv_mixed_of(moments, true, about->question->frame->confidence);
    lkv_spread_mixed_add(about, &words, mixed);
    explained_add(about, moments, mixed);
    coefficients_add(about, mixed);
    complete_cases(about, first, moments->total);
}
