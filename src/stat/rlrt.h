/* The likelihood ratio test of tau2 = 0 in a random intercept model, by REML,
 * with the finite sample distribution of its statistic: that of refits to what
 * the model without groups draws (Crainiceanu and Ruppert 2004, section 2).
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
