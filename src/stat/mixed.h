/* Random intercept: y = X beta + u_group + e, by REML or ML.
 *
 * From the first moments of each group and the overall cross-products alone.
 * With lambda = tau2/sigma2, k = 1 + n lambda, c = lambda/k the deviance is a
 * function of lambda only (Bates, Mächler, Bolker and Walker 2015, eq. 34 and
 * 41, written out for one grouping factor); its minimum is found as the root of
 * its derivative. tau2 = 0 is an ordinary result.
 */
#ifndef LKV_STAT_MIXED_H
#define LKV_STAT_MIXED_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "stat/anova.h"
#include "stat/interval.h"
#include "stat/moments.h"

enum { LKV_MIXED_EFFECTS = 16 }; /* fixed effects, the intercept among them */

typedef struct lkv_mixed {
    lkv_fit fit;
    size_t groups; /* with cases */
    size_t effects; /* intercept first, then x1, x2 … */
    double beta[LKV_MIXED_EFFECTS];
    double error[LKV_MIXED_EFFECTS];
    double lambda, tau2, sigma2, icc;
    double deviance; /* -2 log likelihood; REML as lme4's criterion */
    bool boundary; /* tau2 = 0 */
    /* All ICC whose deviance is within chi2_1 of the least; 0 below if the
     * boundary is. Of REML only, else NaN.
     */
    lkv_interval icc_profile;
    /* Normal-theory interval by the F pivot (Wald 1940; Seely and
     * El-Bassiouni 1983), and the exact test of tau2 = 0. Of REML only; NaN
     * when the covariates leave no degree of freedom between groups.
     */
    lkv_interval icc_f;
    double f, f_p;
    /* By group (all of the moments'); NaN where a group is empty. */
    double *effect; /* predicted u: lambda (sum of residuals)/(1 + n lambda) */
    double *reliability; /* n lambda/(1 + n lambda) */
    double *variance; /* of the prediction, beta known: tau2 (1 - rel.) */
    double *error2; /* of the prediction, beta estimated (Henderson 1975) */
} lkv_mixed;

/* CONFIDENCE is that of the intervals; with 0 there are none, nor F.
 * Variable 0 on the others, at most LKV_MIXED_EFFECTS variables. Products
 * within groups are taken from WITHIN_TOTAL, or from all less those of the
 * groups' sums. FIT is COLLINEAR when a covariate follows from the others,
 * NO_VARIANCE when the covariates leave no variance within groups, NO_DF when
 * they leave no degree of freedom there; then the numbers mean nothing. Free
 * with lkv_mixed_free. Never NULL.
 */
lkv_mixed *lkv_mixed_of(const lkv_moments *moments, bool reml,
                        double confidence);
void lkv_mixed_free(lkv_mixed *mixed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_mixed, lkv_mixed_free)

#endif
