/* The deviance of a random intercept model as a function of
 * lambda = tau2/sigma2 alone, and its slope: what stat/mixed searches.
 *
 * With k = 1 + n lambda of each group, s its sums of the centred columns (the
 * intercept's is n), t its sum of y, and W the products within groups:
 *   A = Wxx + sum s s'/(n k), b = Wxy + sum s t/(n k), q = Wyy + sum t^2/(n k),
 *   beta = A^-1 b, RSS = q - b'beta,
 *   deviance = nu (1 + log(2 pi RSS/nu)) + sum log k (+ log|A| for REML),
 *   slope = -nu (sum of r^2/k^2)/RSS + sum n/k - tr(A^-1 sum s s'/k^2),
 * r = t - s'beta. Groups enter by n alone, but for their products: these are
 * added up once over all groups of a size, so that a point costs as many steps
 * as there are sizes, however many groups. y is taken around its regression on
 * the columns beforehand, so that little is left to cancel.
 */
#ifndef LKV_STAT_DEVIANCE_H
#define LKV_STAT_DEVIANCE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "stat/anova.h"
#include "stat/mixed.h"
#include "stat/moments.h"

/* The groups of some sizes N, GROUPS of each: the last block is filled up with
 * sizes that no group has. PRODUCT[i] are the sums over the groups of each size
 * of one product of t, s1 ... sp, lower half by rows: side by side, so that a
 * point takes them several at a time.
 */
enum { LKV_DEVIANCE_BLOCK = 8 };

typedef struct lkv_deviance_block {
    double n[LKV_DEVIANCE_BLOCK], groups[LKV_DEVIANCE_BLOCK];
    double (*product)[LKV_DEVIANCE_BLOCK];
} lkv_deviance_block;

/* MOMENTS is borrowed; lkv_deviance_model_clear frees the rest. */
typedef struct lkv_deviance_model {
    const lkv_moments *moments;
    size_t p;
    double nu; /* N - p for REML, N for ML */
    double n;
    bool reml;
    /* Products within groups; y is 0, then x1, x2 … */
    double within[LKV_MIXED_EFFECTS * LKV_MIXED_EFFECTS];
    double around[LKV_MIXED_EFFECTS]; /* beta that y is taken around */
    size_t sizes, blocks;
    lkv_deviance_block *block;
    double (*products)[LKV_DEVIANCE_BLOCK]; /* of all blocks */
} lkv_deviance_model;

/* All that follows from one lambda. The numbers mean nothing unless FIT is OK:
 * COLLINEAR columns, or NO_VARIANCE left over from them.
 */
typedef struct lkv_deviance {
    lkv_fit fit;
    double a[LKV_MIXED_EFFECTS * LKV_MIXED_EFFECTS]; /* A = G G': G */
    double z[LKV_MIXED_EFFECTS]; /* G^-1 b */
    double beta[LKV_MIXED_EFFECTS]; /* of the centred columns */
    double rss, log_k, log_a;
    double deviance;
} lkv_deviance;

/* Variable 0 on the others, at most LKV_MIXED_EFFECTS in all. */
lkv_deviance_model lkv_deviance_model_of(const lkv_moments *moments, bool reml);
void lkv_deviance_model_clear(lkv_deviance_model *model);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(lkv_deviance_model, lkv_deviance_model_clear)
/* Products of y and P columns with each other: rows of a block. */
size_t lkv_deviance_products(size_t p);

lkv_deviance lkv_deviance_at(const lkv_deviance_model *model, double lambda);
/* The slope of the deviance at the point of LAMBDA; NaN where there is none. */
double lkv_deviance_slope(const lkv_deviance_model *model,
                          const lkv_deviance *at, double lambda);

/* From A in A, b in Z, the log determinant of the groups in LOG_K and Q: what
 * follows. False when there is no such point, which FIT tells.
 */
bool lkv_deviance_finish(const lkv_deviance_model *model, lkv_deviance *point,
                         double q);

/* Sum of what GROUP's y lie above beta, and its sums of columns in S. */
double lkv_deviance_residual(const lkv_deviance_model *model,
                             const lkv_deviance *at, size_t group, double *s);

/* s' A^-1 s, which is s' Var(beta) s / sigma2. */
double lkv_deviance_along(const lkv_deviance_model *model,
                          const lkv_deviance *at, const double *s);

#endif
