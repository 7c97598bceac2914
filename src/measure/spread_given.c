/* The spread between schools when pupils' background is given. */
#include "measure/intake.h"
#include "measure/spread.h"

/* Schools that a model with their means needs. */
enum { MEANS_LEAST_SCHOOLS = 30 };

void lkv_spread_given_needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_intake_needs(question, needs);
}

/* The model with the background, and the empty one of the same pupils. */
typedef struct lkv_two_models {
    const lkv_spread_of_schools *about;
    const lkv_moments *moments;
    const lkv_mixed *empty, *given;
} lkv_two_models;

/* The share of the variance between schools that MIXED takes away. */
static void explained_add(const lkv_two_models *models, const char *component,
                          lkv_fit fit, const lkv_mixed *mixed)
{
    const lkv_mixed *empty = models->empty;
    lkv_estimate *explained = lkv_spread_add(
        models->about, component, empty->fit != LKV_FIT_OK ? empty->fit : fit);
    if (explained->reason != LKV_REASON_NONE) {
        return;
    }
    if (!(empty->tau2 > 0)) {
        explained->reason = LKV_REASON_SCHOOLS_ALIKE;
        return;
    }
    explained->real = 1 - mixed->tau2 / empty->tau2;
    explained->method = LKV_METHOD_REML;
}

/* The same with the schools' means of what the background predicts. */
static void means_add(const lkv_two_models *models)
{
    const lkv_moments *moments = models->moments;
    double confidence = models->about->question->frame->confidence;
    size_t v = moments->variables;
    g_autofree double *own = g_new0(double, v *v);
    g_autofree double *index = g_new0(double, v);
    g_autofree lkv_column *columns = g_new0(lkv_column, v + 1);
    for (size_t i = 0; i < v; i++) {
        own[i * v + i] = 1;
        index[i] = i > 0 ? models->given->beta[i] : 0;
        columns[i].own = &own[i * v];
    }
    columns[v].mean = index;
    g_autoptr(lkv_moments) made = lkv_moments_make(moments, columns, v + 1);
    g_autoptr(lkv_mixed) mixed = lkv_mixed_of(made, true, confidence);
    bool few = models->given->groups < MEANS_LEAST_SCHOOLS;
    lkv_fit fit = few ? LKV_FIT_FEW_GROUPS : mixed->fit;
    lkv_spread_put(models->about, "given_means_tau2", fit, mixed->tau2,
                   LKV_METHOD_REML);
    lkv_spread_put(models->about, "given_means_icc", fit, mixed->icc,
                   LKV_METHOD_REML);
    explained_add(models, "given_means_explained", fit, mixed);
}

/* The column of the model that has covariate GIVEN; 0 if it follows from those
 * before it.
 */
static size_t column_of(const lkv_mixed *mixed, const size_t *which,
                        size_t given)
{
    for (size_t i = 1; i < mixed->effects; i++) {
        if (which[i] == given) {
            return i;
        }
    }
    return 0;
}

static void coefficients_add(const lkv_two_models *models, const size_t *which)
{
    const lkv_question *question = models->about->question;
    const lkv_mixed *mixed = models->given;
    size_t givens = question->unknown_otherwise ? 0 : question->givens;
    for (size_t i = 0; i < givens; i++) {
        const lkv_variable *given =
            &question->panel->variable[question->given[i]];
        g_autofree char *id = g_strconcat("given_", given->id, NULL);
        size_t column = column_of(mixed, which, i);
        lkv_fit fit = mixed->fit == LKV_FIT_OK && column == 0
                          ? LKV_FIT_COLLINEAR
                          : mixed->fit;
        lkv_estimate *slope = lkv_spread_put(
            models->about, id, fit, mixed->beta[column], LKV_METHOD_REML);
        if (slope->reason == LKV_REASON_NONE) {
            slope->error = mixed->error[column];
        }
    }
}

void lkv_spread_given_add(const lkv_spread_of_schools *about,
                          const lkv_tally *const *tally)
{
    static const lkv_spread_words words = {"given_intercept", "given_tau2",
                                           "given_sigma2",    "given_icc",
                                           "given_crit",      false};
    static const size_t outcome[] = {0};
    double confidence = about->question->frame->confidence;
    size_t which[LKV_TALLY_VARIABLES];
    if (!lkv_intake_there(about->question)) {
        return;
    }
    size_t first = lkv_results_size(about->out);
    g_autoptr(lkv_moments) moments =
        lkv_intake_moments(about->question, tally[0], which);
    g_autoptr(lkv_moments) alone = lkv_moments_select(moments, outcome, 1);
    g_autoptr(lkv_mixed) empty = lkv_mixed_of(alone, true, confidence);
    g_autoptr(lkv_mixed) given = lkv_mixed_of(moments, true, confidence);
    lkv_two_models models = {about, moments, empty, given};
    lkv_spread_mixed_add(about, &words, given);
    explained_add(&models, "given_explained", given->fit, given);
    means_add(&models);
    coefficients_add(&models, which);
    lkv_spread_complete(about->out, first, moments->total);
}
