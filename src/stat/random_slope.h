/* Random intercept and slope: y = X beta + u_group + v_group x1 + e, by REML.
 *
 * x1 is variable 1; all variables from 1 on have fixed effects. From the
 * products of each group alone. With M = Z'Z of a group, Z = (1, x1), Psi =
 * Var(u, v)/sigma2 and T = (I + M Psi)^-1:
 *   A = sum (X'X - X'Z Psi T Z'X), b and q alike, RSS = q - b'A^-1 b,
 *   deviance = nu (1 + log(2 pi RSS/nu)) + sum log|I + M Psi| + log|A|
 * (Bates, Mächler, Bolker and Walker 2015, eq. 41). Its gradient in Psi is sum
 * T M - (nu/RSS) h h' - sum A^-1_ik h_i h_k', h = T Z'(y - X beta) and h_i = T
 * Z'x_i; the minimum is the root of it in the Cholesky factor of Psi.
 */
#ifndef LKV_STAT_RANDOM_SLOPE_H
#define LKV_STAT_RANDOM_SLOPE_H

#include <stddef.h>

#include "stat/anova.h"
#include "stat/mixed.h"
#include "stat/moments.h"

/* The numbers mean nothing unless FIT is OK: as for lkv_mixed, and FEW_GROUPS
 * when x1 varies within fewer than two groups.
 */
typedef struct lkv_random_slope {
    lkv_fit fit;
    size_t groups, effects;
    double beta[LKV_MIXED_EFFECTS]; /* intercept first */
    double error[LKV_MIXED_EFFECTS];
    double tau2_intercept; /* of the level where x1 is 0 */
    double tau2_slope, covariance, sigma2;
    double deviance; /* as lme4's REML criterion */
    bool boundary; /* the slope does not vary */
    /* Less deviance than without v, and how probable that is where slopes do
     * not vary: 1/2 chi2_1 + 1/2 chi2_2 (Stram and Lee 1994, case 2).
     */
    double ratio, p;
} lkv_random_slope;

/* Variable 0 on the others, at most LKV_MIXED_EFFECTS; needs WITHIN. */
lkv_random_slope lkv_random_slope_of(const lkv_moments *moments);

#endif
