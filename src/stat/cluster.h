/* How sure a figure of these schools is: the schools stay, another, similar
 * year group could have come.
 *
 * A linear statistic is a sum of influence values z over pupils; its variance
 * is V = sum over schools of n/(n-1) * sum (z - mean z of the school)^2. In a
 * stratum (the pupils of one school, or of one school and group) z is
 * SLOPE * (y - stratum mean) + LEVEL, so counts, means and sums of squares are
 * all that is needed.
 */
#ifndef LKV_STAT_CLUSTER_H
#define LKV_STAT_CLUSTER_H

#include <stddef.h>
#include <stdint.h>

#include "stat/interval.h"
#include "stat/moments.h"

/* N cases, their mean (anything when N is 0) and sum of squares around it. */
typedef struct lkv_stratum {
    int64_t n;
    double mean, squares;
} lkv_stratum;

typedef struct lkv_influence {
    double slope, level;
} lkv_influence;

/* V over SCHOOLS of GROUPS strata each: [school * groups + group]. A school
 * with one pupil adds z^2; how many there are is counted in SINGLES (or NULL).
 * Never below 0, and 0 when all z of a school are alike.
 */
double lkv_cluster_variance(const lkv_stratum *stratum,
                            const lkv_influence *influence, size_t schools,
                            size_t groups, size_t *singles);

/* A mean, or a share when y is 0 or 1. SHOCK2 is the variance of a school from
 * year to year (lkv_cluster_shock), 0 without. DF = N - J.
 */
typedef struct lkv_cluster_mean {
    int64_t n;
    size_t schools; /* with at least one pupil */
    size_t singles;
    double mean, variance, error, df;
} lkv_cluster_mean;
lkv_cluster_mean lkv_cluster_mean_of(const lkv_stratum *stratum, size_t schools,
                                     double shock2);

/* Interval of the mean by t; of the share by Wilson with p(1-p)/V pupils (N
 * when the share is 0 or 1 or V is 0). NaN where there is no pupil, and of the
 * mean where every school has one only.
 */
lkv_interval lkv_cluster_interval(const lkv_cluster_mean *mean,
                                  double confidence);
lkv_interval lkv_cluster_share(const lkv_cluster_mean *share,
                               double confidence);

/* max(0, mean over schools of var_t(r) - mean of s^2/n), r the school's mean
 * less the mean of all in year t; over schools that have pupils in all YEARS:
 * [year * schools + school]. 0 with fewer than three years or two such
 * schools.
 */
double lkv_cluster_shock(const lkv_stratum *stratum, size_t years,
                         size_t schools);

/* Mean now less mean before, clustered on the school with both years
 * together: V = J/(J-1) sum (Z_now - Z_before - mean)^2.
 */
typedef struct lkv_change {
    double change, error, df; /* J - 1; error NaN with fewer than 2 schools */
    size_t schools; /* with pupils in either year */
} lkv_change;
lkv_change lkv_cluster_change(const lkv_stratum *now, const lkv_stratum *before,
                              size_t schools);

/* A school against all that it is part of: d = (1 - n/N)(mean - mean of the
 * others), with the same factor on the interval (Welch's t; for shares
 * Newcombe). All NaN when either has no pupil; for means all but the
 * difference when either has one pupil only or neither varies. DF is NaN for
 * shares.
 */
typedef struct lkv_against {
    double difference, error, df, p; /* p: two-sided, of no difference */
    lkv_interval interval;
} lkv_against;
lkv_against lkv_against_mean(lkv_stratum own, lkv_stratum others,
                             double confidence);
lkv_against lkv_against_share(lkv_stratum own, lkv_stratum others,
                              double confidence);

/* Strata of the groups of MOMENTS for its variable 0; needs WITHIN. COUNT is
 * moments->groups; g_free.
 */
lkv_stratum *lkv_strata_of(const lkv_moments *moments);
/* The strata A and B as one. */
lkv_stratum lkv_stratum_join(lkv_stratum a, lkv_stratum b);
/* Variance s^2 of a stratum; NaN for n < 2. */
double lkv_stratum_variance(lkv_stratum stratum);
/* Degrees of freedom of the difference of two means (Welch 1947, eq. 28); NaN
 * when either has fewer than two cases or neither varies.
 */
double lkv_stratum_welch_df(lkv_stratum one, lkv_stratum other);

#endif
