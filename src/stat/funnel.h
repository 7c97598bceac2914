/* How far groups of some size may lie from all by chance alone.
 *
 * Around the pooled value theta the limits of a group of n are exact binomial,
 * interpolated (shares), or theta -/+ z s/sqrt(n) with s the standard deviation
 * within groups; wider, with the variance tau2 that groups have beyond chance,
 * theta -/+ z sqrt(s^2/n + tau2). phi is the mean of z^2 over groups with z
 * winsorised at its type-7 quantiles of 10 and 90 % (Spiegelhalter 2005,
 * appendix A).
 */
#ifndef LKV_STAT_FUNNEL_H
#define LKV_STAT_FUNNEL_H

#include <stdbool.h>
#include <stddef.h>

#include "stat/anova.h"
#include "stat/cluster.h"
#include "stat/interval.h"

/* Numbers are NaN unless FIT is OK: NOBODY, ONE_GROUP, NO_DF (means of groups
 * of one case each), NO_VARIANCE.
 */
typedef struct lkv_funnel {
    lkv_fit fit;
    bool shares;
    size_t groups; /* with cases */
    double centre, sd; /* of one case around its group; of a share
                          sqrt(theta (1 - theta)) */
    double phi, tau2;
    double outside, outside_wide; /* shares of groups beyond either limits */
} lkv_funnel;

/* GROUP of COUNT groups; of SHARES y is 0 or 1. Limits of CONFIDENCE around
 * CENTRE, or around the pooled value of the groups where that is NaN.
 */
lkv_funnel lkv_funnel_of(const lkv_stratum *group, size_t count, bool shares,
                         double centre, double confidence);

/* Limits for a group of N cases, N >= 1; shares stay within 0 and 1. */
lkv_interval lkv_funnel_limits(const lkv_funnel *funnel, double n,
                               double confidence);
lkv_interval lkv_funnel_wide(const lkv_funnel *funnel, double n,
                             double confidence);

/* Limits of the share of successes among N with probability SHARE: (r - a)/n
 * with r the quantile, a = (F(r) - p)/(F(r) - F(r - 1)).
 */
lkv_interval lkv_funnel_binomial(double share, double n, double confidence);

/* The difference from the centre that a group of N has to have underlying it
 * to be found by a two-sided test of 1 - CONFIDENCE with probability POWER: (z +
 * z_power) s/sqrt(n).
 */
double lkv_funnel_detectable(const lkv_funnel *funnel, double n,
                             double confidence, double power);

#endif
