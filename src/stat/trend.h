/* The slope of a mean over years, when groups stay and their cases change.
 *
 * slope = sum a_t mean_t, a_t = (t - mean t)/sum (t - mean t)^2. Years are
 * stacked and groups are clusters that hold all their years: with Z_j = sum a_t
 * n_jt (m_jt - mean_t)/N_t, V = J/(J - 1) sum (Z_j - mean Z)^2, t with J - 1.
 * With two years it is lkv_cluster_change.
 */
#ifndef LKV_STAT_TREND_H
#define LKV_STAT_TREND_H

#include <stdbool.h>
#include <stddef.h>

#include "stat/cluster.h"

enum { LKV_TREND_YEARS = 3 }; /* fewer are no trend */

typedef struct lkv_trend {
    double slope, error, df, p; /* p: two-sided, of no slope */
    size_t groups; /* with cases in any year */
} lkv_trend;

/* STRATUM[year * groups + group] of YEARS years with numbers WHEN, each with
 * cases and no two alike. All NaN with fewer than two years or a year without
 * cases; error, df and p with fewer than two groups.
 */
lkv_trend lkv_trend_of(const lkv_stratum *stratum, const double *when,
                       size_t years, size_t groups);

#endif
