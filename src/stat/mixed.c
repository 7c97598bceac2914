#include "stat/mixed.h"

#include <math.h>

#include "stat/descent.h"
#include "stat/deviance.h"
#include "stat/distribution.h"
#include "stat/root.h"
#include "stat/triangle.h"

enum { P = LKV_MIXED_EFFECTS };

enum { GRID = 20 };

#define ICC_MOST (1.0 - 1e-12) /* where intervals are sought */

static double value_at(const void *model, double lambda)
{
    return lkv_deviance_at(model, lambda).deviance;
}

static double slope_at(const void *model, double lambda)
{
    lkv_deviance point = lkv_deviance_at(model, lambda);
    return lkv_deviance_slope(model, &point, lambda);
}

static double lambda_of(double icc)
{
    return icc / (1.0 - icc);
}

/* How far the deviance of an ICC lies above LIMIT. */
typedef struct above {
    const lkv_deviance_model *model;
    double limit;
} above;

static double above_at(const void *context, double icc)
{
    const above *of = context;
    return lkv_deviance_at(of->model, lambda_of(icc)).deviance - of->limit;
}

static double passing(const above *of, double low, double high)
{
    return lkv_root(
        above_at, of,
        (lkv_bracket){low, high, above_at(of, low), above_at(of, high)});
}

static lkv_interval profile(const lkv_deviance_model *model, double icc,
                            double deviance, double confidence)
{
    above of = {model, deviance + lkv_chi2_quantile(confidence, 1.0)};
    bool zero = above_at(&of, 0.0) <= 0.0;
    return (lkv_interval){zero ? 0.0 : passing(&of, 0.0, icc),
                          passing(&of, icc, ICC_MOST)};
}

/* What is left of y within groups: the residual sum of squares and its degrees
 * of freedom. Columns that do not vary there, or follow from those before, are
 * passed over.
 */
struct rest {
    double squares, df;
};

static struct rest within_rest(const lkv_deviance_model *model, size_t groups)
{
    const lkv_moments *moments = model->moments;
    size_t v = moments->variables;
    double w[P * P];
    struct rest rest = {.df = model->n - (double)groups};
    for (size_t i = 0; i < v * v; i++) {
        w[i] = model->within[i];
    }
    for (size_t i = 1; i < v; i++) {
        double pivot = w[i * v + i];
        if (lkv_triangle_alike(pivot, moments->cross[i * v + i])) {
            continue;
        }
        rest.df -= 1.0;
        for (size_t a = 0; a < v; a++) {
            double factor = a == 0 || a > i ? w[a * v + i] / pivot : 0.0;
            for (size_t b = 0; b < v; b++) {
                w[a * v + b] -= factor * w[i * v + b];
            }
        }
    }
    rest.squares = lkv_triangle_alike(w[0], moments->cross[0]) ? 0.0 : w[0];
    return rest;
}

/* F(lambda) falls from F(0); at the true lambda it is F-distributed. */
typedef struct pivot {
    const lkv_deviance_model *model;
    double sse, r, df, target;
} pivot;

/* How far F of an ICC lies above TARGET. */
static double pivot_at(const void *context, double icc)
{
    const pivot *of = context;
    double rss = lkv_deviance_at(of->model, lambda_of(icc)).rss;
    return (rss - of->sse) / of->r / (of->sse / of->df) - of->target;
}

static double pivot_root(pivot of, double target)
{
    of.target = target;
    double none = pivot_at(&of, 0.0);
    return none > 0.0 ? lkv_root(pivot_at, &of,
                                 (lkv_bracket){0.0, ICC_MOST, none,
                                               pivot_at(&of, ICC_MOST)})
                      : 0.0;
}

static void set_pivot(lkv_mixed *mixed, const lkv_deviance_model *model,
                      struct rest rest, double confidence)
{
    pivot of = {.model = model,
                .sse = rest.squares,
                .r = model->n - (double)model->p - rest.df,
                .df = rest.df};
    if (of.r < 1.0) {
        return;
    }
    double tail = (1.0 - confidence) / 2.0;
    mixed->f = pivot_at(&of, 0.0);
    mixed->f_p = lkv_f_above(mixed->f, of.r, of.df);
    mixed->icc_f =
        (lkv_interval){pivot_root(of, lkv_f_quantile(1.0 - tail, of.r, of.df)),
                       pivot_root(of, lkv_f_quantile(tail, of.r, of.df))};
}

/* Back from centred columns: the intercept moves by the grand means. */
static void set_effects(lkv_mixed *mixed, const lkv_deviance_model *model,
                        const lkv_deviance *point)
{
    const lkv_moments *moments = model->moments;
    double one[P] = {1.0};
    mixed->beta[0] = moments->mean[0] + point->beta[0];
    for (size_t i = 1; i < model->p; i++) {
        double unit[P] = {0.0};
        unit[i] = 1.0;
        one[i] = -moments->mean[i];
        mixed->beta[i] = point->beta[i];
        mixed->beta[0] -= point->beta[i] * moments->mean[i];
        mixed->error[i] =
            sqrt(mixed->sigma2 * lkv_deviance_along(model, point, unit));
    }
    mixed->error[0] =
        sqrt(mixed->sigma2 * lkv_deviance_along(model, point, one));
}

static void set_groups(lkv_mixed *mixed, const lkv_deviance_model *model,
                       const lkv_deviance *point)
{
    for (size_t j = 0; j < model->moments->groups; j++) {
        double n = (double)model->moments->n[j];
        double k = 1.0 + n * mixed->lambda, c = mixed->lambda / k;
        double s[P], residual = lkv_deviance_residual(model, point, j, s);
        bool empty = model->moments->n[j] == 0;
        mixed->effect[j] = empty ? NAN : c * residual;
        mixed->reliability[j] = empty ? NAN : n * c;
        mixed->variance[j] = empty ? NAN : mixed->sigma2 * c;
        mixed->error2[j] =
            empty ? NAN
                  : mixed->sigma2 *
                        (c + c * c * lkv_deviance_along(model, point, s));
    }
}

static lkv_fit fit_of(const lkv_deviance_model *model, size_t groups,
                      struct rest rest)
{
    if (model->n <= 0.0) {
        return LKV_FIT_NOBODY;
    }
    if (groups < 2) {
        return LKV_FIT_ONE_GROUP;
    }
    if (rest.df < 1.0 || model->nu < 1.0) {
        return LKV_FIT_NO_DF;
    }
    lkv_fit fit = lkv_deviance_at(model, 0.0).fit;
    if (fit == LKV_FIT_COLLINEAR && !(model->moments->cross[0] > 0.0)) {
        return LKV_FIT_NO_VARIANCE;
    }
    return fit == LKV_FIT_OK && !(rest.squares > 0.0) ? LKV_FIT_NO_VARIANCE
                                                      : fit;
}

lkv_mixed *lkv_mixed_of(const lkv_moments *moments, bool reml,
                        double confidence)
{
    lkv_mixed *mixed = g_new0(lkv_mixed, 1);
    g_auto(lkv_deviance_model) model = lkv_deviance_model_of(moments, reml);
    mixed->icc_profile = mixed->icc_f = (lkv_interval){NAN, NAN};
    mixed->f = mixed->f_p = NAN;
    mixed->effects = model.p;
    mixed->effect = g_new0(double, moments->groups);
    mixed->reliability = g_new0(double, moments->groups);
    mixed->variance = g_new0(double, moments->groups);
    mixed->error2 = g_new0(double, moments->groups);
    for (size_t j = 0; j < moments->groups; j++) {
        mixed->groups += moments->n[j] > 0;
    }
    struct rest rest = within_rest(&model, mixed->groups);
    mixed->fit = fit_of(&model, mixed->groups, rest);
    if (mixed->fit != LKV_FIT_OK) {
        return mixed;
    }
    mixed->lambda = lkv_descent(value_at, slope_at, &model, GRID);
    lkv_deviance point = lkv_deviance_at(&model, mixed->lambda);
    mixed->boundary = mixed->lambda == 0.0;
    mixed->sigma2 = point.rss / model.nu;
    mixed->tau2 = mixed->lambda * mixed->sigma2;
    mixed->icc = mixed->lambda / (1.0 + mixed->lambda);
    mixed->deviance = point.deviance;
    set_effects(mixed, &model, &point);
    set_groups(mixed, &model, &point);
    if (reml && confidence > 0.0) {
        mixed->icc_profile =
            profile(&model, mixed->icc, mixed->deviance, confidence);
        set_pivot(mixed, &model, rest, confidence);
    }
    return mixed;
}

void lkv_mixed_free(lkv_mixed *mixed)
{
    if (!mixed) {
        return;
    }
    g_free(mixed->effect);
    g_free(mixed->reliability);
    g_free(mixed->variance);
    g_free(mixed->error2);
    g_free(mixed);
}
