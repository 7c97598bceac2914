#include "stat/design.h"

#include <math.h>

#include <gsl/gsl_linalg.h>

/* REFINED times what is left is solved for again: each gains as many digits as
 * the first solution has, six of them where powers of one variable up to the
 * fifth are columns.
 */
enum { P = LKV_REGRESSION_EFFECTS, REFINED = 4 };

static lkv_twofold cross_of(const lkv_moments *moments, size_t a, size_t b)
{
    size_t at = a * moments->variables + b;
    return (lkv_twofold){moments->cross[at], moments->cross_rest[at]};
}

/* X_I'(y - X effect). */
static double left_of(const lkv_design *design, size_t i)
{
    lkv_twofold left = {0.0, 0.0};
    lkv_twofold_add_product(&left, cross_of(design->moments, i, 0),
                            (lkv_twofold){1.0, 0.0});
    for (size_t k = 1; k < design->p; k++) {
        lkv_twofold minus = {-design->effect[k].high, -design->effect[k].low};
        lkv_twofold_add_product(&left, cross_of(design->moments, i, k), minus);
    }
    return lkv_twofold_value(left);
}

/* Effects from M and what is left of the products with y, once more and once
 * more (Higham 2002, chapter 12), so that they are as good as the products.
 */
static void refine(lkv_design *design)
{
    size_t p = design->p;
    double left[P];
    for (size_t round = 0; round <= REFINED; round++) {
        for (size_t i = 1; i < p; i++) {
            left[i] = left_of(design, i) / design->scale[i];
        }
        for (size_t i = 1; i < p; i++) {
            double more = 0.0;
            for (size_t k = 1; k < p; k++) {
                more += design->m.at[i * p + k] * left[k];
            }
            lkv_twofold_add(&design->effect[i], more / design->scale[i]);
            design->effect[i] = lkv_twofold_settled(design->effect[i]);
        }
    }
    design->rss = left_of(design, 0);
    for (size_t i = 1; i < p; i++) {
        design->beta[i] = design->effect[i].high * design->scale[i];
    }
}

double lkv_design_level(const lkv_design *design)
{
    const lkv_moments *moments = design->moments;
    lkv_twofold level = {moments->mean[0], moments->mean_rest[0]};
    for (size_t i = 1; i < design->p; i++) {
        lkv_twofold minus = {-design->effect[i].high, -design->effect[i].low};
        lkv_twofold_add_product(
            &level, (lkv_twofold){moments->mean[i], moments->mean_rest[i]},
            minus);
    }
    return lkv_twofold_value(level);
}

lkv_fit lkv_design_solve(lkv_design *design)
{
    const lkv_moments *moments = design->moments;
    size_t p = design->p, v = moments->variables;
    double xx[P * P];
    design->scale[0] = sqrt((double)moments->total);
    for (size_t i = 1; i < p; i++) {
        design->scale[i] = sqrt(moments->cross[i * v + i]);
        if (!(design->scale[i] > 0.0)) {
            return LKV_FIT_COLLINEAR;
        }
    }
    for (size_t i = 0; i < p * p; i++) {
        size_t a = i / p, b = i % p;
        double cross = a > 0 && b > 0 ? moments->cross[a * v + b] /
                                            design->scale[a] / design->scale[b]
                                      : 0.0;
        xx[i] = a == b ? 1.0 : cross;
    }
    gsl_matrix_view view = gsl_matrix_view_array(xx, p, p);
    if (gsl_linalg_cholesky_decomp1(&view.matrix) != 0) {
        return LKV_FIT_COLLINEAR;
    }
    for (size_t i = 0; i < p; i++) {
        if (!(xx[i * p + i] * xx[i * p + i] > 1e-10)) {
            return LKV_FIT_COLLINEAR;
        }
    }
    gsl_linalg_cholesky_invert(&view.matrix);
    for (size_t i = 0; i < p * p; i++) {
        design->m.at[i] = xx[i];
    }
    refine(design);
    return design->rss > 1e-14 * moments->cross[0] ? LKV_FIT_OK
                                                   : LKV_FIT_NO_VARIANCE;
}
