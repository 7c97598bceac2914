#include "stat/expected.h"

#include <math.h>

#include "stat/deviance.h"
#include "stat/distribution.h"
#include "stat/mixed.h"

enum { P = LKV_MIXED_EFFECTS };

/* A fitted model and its point. */
typedef struct lkv_fitted {
    const lkv_mixed *mixed;
    lkv_deviance_model model;
    lkv_deviance point;
} lkv_fitted;

static void fitted_clear(lkv_fitted *fitted)
{
    lkv_deviance_model_clear(&fitted->model);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(lkv_fitted, fitted_clear)

static lkv_fitted fitted_of(const lkv_moments *moments, const lkv_mixed *mixed)
{
    lkv_fitted fitted = {.mixed = mixed,
                         .model = lkv_deviance_model_of(moments, true)};
    fitted.point = lkv_deviance_at(&fitted.model, mixed->lambda);
    return fitted;
}

/* The same cases but those of GROUP; means stay where they were. */
static lkv_moments *moments_without(const lkv_moments *moments, size_t group)
{
    size_t v = moments->variables;
    g_autofree size_t *all = g_new0(size_t, v);
    for (size_t i = 0; i < v; i++) {
        all[i] = i;
    }
    lkv_moments *left = lkv_moments_select(moments, all, v);
    double n = (double)left->n[group];
    for (size_t i = 0; i < v * v; i++) {
        double inside = left->within[group * v * v + i];
        left->within_total[i] -= inside;
        left->cross[i] -= inside + left->sum[group * v + i / v] *
                                       left->sum[group * v + i % v] / n;
        left->within[group * v * v + i] = 0.0;
    }
    for (size_t i = 0; i < v; i++) {
        left->sum[group * v + i] = 0.0;
    }
    left->total -= left->n[group];
    left->n[group] = 0;
    return left;
}

/* How far GROUP of MOMENTS is from what FITTED expects. */
static void distance_set(const lkv_moments *moments, const lkv_fitted *fitted,
                         size_t group, lkv_expectation *out)
{
    const lkv_deviance_model own = {.moments = moments, .p = fitted->model.p};
    double n = (double)moments->n[group], s[P], sigma2 = fitted->mixed->sigma2;
    double residual = lkv_deviance_residual(&own, &fitted->point, group, s) / n;
    for (size_t i = 0; i < own.p; i++) {
        s[i] /= n;
    }
    double along = lkv_deviance_along(&fitted->model, &fitted->point, s);
    out->actual = moments->group_mean[group * moments->variables];
    out->difference = residual;
    out->expected = out->actual - residual;
    out->error = sqrt(sigma2 / n + sigma2 * along);
    out->df = fitted->model.n - (double)fitted->mixed->groups -
              (double)fitted->model.p + 1.0;
}

static void without_set(const lkv_moments *moments, size_t group,
                        lkv_expectation *out)
{
    g_autoptr(lkv_moments) left = moments_without(moments, group);
    g_autoptr(lkv_mixed) mixed = lkv_mixed_of(left, true, 0.0);
    if (mixed->fit != LKV_FIT_OK) {
        return;
    }
    g_auto(lkv_fitted) fitted = fitted_of(left, mixed);
    distance_set(moments, &fitted, group, out);
    out->without = true;
}

static void intervals_set(lkv_expectation *out, double confidence)
{
    double width = lkv_normal_width(confidence) * out->shrunken_error;
    out->interval =
        lkv_interval_t(out->difference, out->error, out->df, confidence);
    out->p = out->df > 0.0
                 ? lkv_t_outside(out->difference / out->error, out->df)
                 : NAN;
    out->shrunken_interval =
        (lkv_interval){out->shrunken - width, out->shrunken + width};
}

static void group_set(const lkv_moments *moments, const lkv_fitted *fitted,
                      size_t j, double confidence, lkv_expectation *out)
{
    double share = (double)moments->n[j] / (double)moments->total;
    distance_set(moments, fitted, j, out);
    if (share > LKV_EXPECTED_OWN_MOST) {
        without_set(moments, j, out);
    }
    out->shrunken = fitted->mixed->effect[j];
    out->shrunken_error = sqrt(fitted->mixed->error2[j]);
    intervals_set(out, confidence);
}

lkv_expected *lkv_expected_of(const lkv_moments *moments, double confidence)
{
    static const lkv_expectation none = {
        NAN, NAN, NAN, NAN, NAN, NAN, {NAN, NAN}, false, NAN, NAN, {NAN, NAN}};
    lkv_expected *out = g_new0(lkv_expected, 1);
    g_autoptr(lkv_mixed) mixed = lkv_mixed_of(moments, true, 0.0);
    out->fit = mixed->fit;
    out->groups = mixed->groups;
    out->group = g_new0(lkv_expectation, moments->groups + 1);
    if (out->fit != LKV_FIT_OK) {
        return out;
    }
    g_auto(lkv_fitted) fitted = fitted_of(moments, mixed);
    for (size_t j = 0; j < moments->groups; j++) {
        out->group[j] = none;
        if (moments->n[j] > 0) {
            group_set(moments, &fitted, j, confidence, &out->group[j]);
        }
    }
    return out;
}

void lkv_expected_free(lkv_expected *expected)
{
    if (!expected) {
        return;
    }
    g_free(expected->group);
    g_free(expected);
}
