/* The gap between two groups on other scales than the points of the data: in
 * standard deviations, in ranks, in steps of a scale, as a ratio.
 *
 * Group 1 less (or over) group 0. Errors are those of these schools: V of the
 * influence values within schools (stat/cluster). PILES hold both groups.
 */
#ifndef LKV_STAT_GAP_SCALES_H
#define LKV_STAT_GAP_SCALES_H

#include <stddef.h>
#include <stdint.h>

#include "stat/cluster.h"
#include "stat/piles.h"

/* d = (m1 - m0)/s with s the pooled standard deviation; g = d (1 - 3/(4 (n1 +
 * n0) - 9)) (Hedges 1981). Influence on s^2 is (y - m)^2/(N - 2) - s^2/N. All
 * NaN when a group is empty, there are fewer than three cases or none varies.
 */
typedef struct lkv_gap_sd {
    double d, g;
    double d_error, g_error;
} lkv_gap_sd;
lkv_gap_sd lkv_gap_in_sd(const lkv_piles *piles);

/* P(Y1 > Y0) + P(Y1 = Y0)/2 with the placement of each pupil among the other
 * group as influence (DeLong, DeLong and Clarke-Pearson 1988); V = sqrt(2)
 * qnorm(P) (Ho and Haertel 2006), infinite when P is 0 or 1, and V_ERROR =
 * sqrt(2) ERROR/dnorm(qnorm(P)). DELONG is the error of P of unclustered
 * pupils, NaN when a group has fewer than two. All NaN when one is empty.
 */
typedef struct lkv_gap_ranks {
    double p, error, delong;
    double v, v_error;
} lkv_gap_ranks;
lkv_gap_ranks lkv_gap_in_ranks(const lkv_piles *piles);

/* V of ordered steps, lowest first: qnorm(F0) = a + b qnorm(F1) through the
 * cumulative shares at each cut that are strictly between 0 and 1 in both
 * groups, by unweighted least squares; V = sqrt(2) a/sqrt(1 + b^2) (Ho and
 * Reardon 2012). COUNT[(school * 2 + group) * steps + step].
 * The error goes through the derivatives of V by the shares (delta method).
 * CUTS is how many were used; V is NaN with fewer than two, or where all F1
 * are alike.
 */
typedef struct lkv_gap_steps {
    double v, error;
    size_t cuts;
} lkv_gap_steps;
lkv_gap_steps lkv_gap_in_steps(const int64_t *count, size_t schools,
                               size_t steps);

/* (1 - p1)/(1 - p0) of shares p, STRATUM[school * 2 + group] of 0 and 1.
 * LOG_ERROR is the error of its logarithm. RATIO is NaN when a group is empty
 * or p0 is 1, LOG_ERROR also when p1 is 1.
 */
typedef struct lkv_gap_ratio {
    double ratio, log_error;
} lkv_gap_ratio;
lkv_gap_ratio lkv_gap_as_ratio(const lkv_stratum *stratum, size_t schools);

#endif
