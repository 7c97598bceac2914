/* The deviance of a random intercept model as a function of
 * lambda = tau2/sigma2 alone, and its slope: what stat/mixed searches.
 *
 * With k = 1 + n lambda of each group, s its sums of the centred columns (the
 * intercept's is n), t its sum of y, and W the products within groups:
 *   A = Wxx + sum s s'/(n k), b = Wxy + sum s t/(n k), q = Wyy + sum t^2/(n k),
 *   beta = A^-1 b, RSS = q - b'beta,
 *   deviance = nu (1 + log(2 pi RSS/nu)) + sum log k (+ log|A| for REML).
 */
#ifndef LKV_STAT_DEVIANCE_H
#define LKV_STAT_DEVIANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "stat/anova.h"
#include "stat/mixed.h"
#include "stat/moments.h"

/* MOMENTS is borrowed. */
typedef struct lkv_deviance_model {
    const lkv_moments *moments;
    size_t p;
    double nu; /* N - p for REML, N for ML */
    double n;
    bool reml;
    /* Products within groups; y is 0, then x1, x2 … */
    double within[LKV_MIXED_EFFECTS * LKV_MIXED_EFFECTS];
} lkv_deviance_model;

/* All that follows from one lambda. The numbers mean nothing unless FIT is OK:
 * COLLINEAR columns, or NO_VARIANCE left over from them.
 */
typedef struct lkv_deviance {
    lkv_fit fit;
    double a[LKV_MIXED_EFFECTS * LKV_MIXED_EFFECTS]; /* A = G G': G, below */
    double z[LKV_MIXED_EFFECTS]; /* G^-1 b */
    double beta[LKV_MIXED_EFFECTS]; /* of the centred columns */
    double rss, log_k, log_a;
    double deviance, slope;
} lkv_deviance;

/* Variable 0 on the others, at most LKV_MIXED_EFFECTS in all. */
lkv_deviance_model lkv_deviance_model_of(const lkv_moments *moments, bool reml);
lkv_deviance lkv_deviance_at(const lkv_deviance_model *model, double lambda);

/* From A in A, b in Z, the log determinant of the groups in LOG_K and Q: what
 * follows, but the slope. False when there is no such point, which FIT tells.
 */
bool lkv_deviance_finish(const lkv_deviance_model *model, lkv_deviance *point,
                         double q);

/* Sum of what GROUP's y lie above beta, and its sums of columns in S. */
double lkv_deviance_residual(const lkv_deviance_model *model,
                             const lkv_deviance *at, size_t group, double *s);
/* Whether PART of a sum of squares is nothing but the rounding of the WHOLE. */
bool lkv_deviance_alike(double part, double whole);

/* s' A^-1 s, which is s' Var(beta) s / sigma2. */
double lkv_deviance_along(const lkv_deviance_model *model,
                          const lkv_deviance *at, const double *s);

#endif
