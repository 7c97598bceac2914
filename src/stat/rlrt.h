/* The likelihood ratio test of tau2 = 0 in a random intercept model, by REML,
 * with the finite sample distribution of its statistic.
 *
 * With delta_k the eigenvalues of Z'P_X Z (diag(n) - S A0^-1 S', S the sums of
 * the columns by group), r of them above 0, z_k ~ N(0, 1) and SSE ~ chi2 with
 * N - p - r degrees of freedom, the statistic is under tau2 = 0 distributed as
 *   max over lambda >= 0 of (N - p) log((SSE + sum z_k^2)/(SSE + sum
 *   z_k^2/(1 + lambda delta_k))) - sum log(1 + lambda delta_k)
 * (Crainiceanu and Ruppert 2004, section 2), which is drawn from.
 */
#ifndef LKV_STAT_RLRT_H
#define LKV_STAT_RLRT_H

#include "base/random.h"
#include "stat/anova.h"
#include "stat/moments.h"

typedef struct lkv_rlrt {
    lkv_fit fit; /* as of the model; numbers are NaN unless OK */
    double statistic; /* 0 on the boundary */
    double p_mixture; /* by 1/2 chi2_0 + 1/2 chi2_1: too large for few groups */
    /* (1 + draws at least as large)/(1 + draws); 1 where the statistic is 0.
     * Nothing is drawn where p_mixture is below 10^-9: no draw would reach it.
     */
    double p;
} lkv_rlrt;

/* Variable 0 on the others. STREAM gives the numbers of DRAWS draws; without
 * any, P is NaN where it would need them.
 */
lkv_rlrt lkv_rlrt_of(const lkv_moments *moments, lkv_stream *stream,
                     unsigned draws);

#endif
