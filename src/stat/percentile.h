/* How sure a quantile of the pupils of these schools is, and how far two of
 * them are apart.
 *
 * The share below the quantile has a variance V within schools (stat/cluster);
 * its limits p ± t sqrt(V), with N - J degrees of freedom, are read off as
 * quantiles (Woodruff 1952). The standard error is the interval's length over
 * 2 t. A difference goes by influence values: one of quantile q changes by
 * -(1{y <= q} - F(q)) * slope/N with slope = length/(2 t sqrt(V)), the inverse
 * of the density that the interval speaks of. Its limits are made of those of
 * both quantiles (MOVER, Zou and Donner 2008): on a scale of steps a quantile
 * moves by whole steps or not at all, and so does a difference.
 *
 * T is the quantile of t for the interval: of lkv_piles_df degrees of freedom,
 * or of N - J over both groups of a gap. Anything will do where these are 0.
 */
#ifndef LKV_STAT_PERCENTILE_H
#define LKV_STAT_PERCENTILE_H

#include "stat/gap.h"
#include "stat/interval.h"
#include "stat/piles.h"

/* ERROR, SLOPE and INTERVAL are NaN where there is one pupil a school. */
typedef struct lkv_percentile {
    double p, value, error, slope;
    lkv_interval interval;
} lkv_percentile;

/* 0 < P < 1; all NaN but P without cases. */
lkv_percentile lkv_percentile_of(const lkv_piles *piles, double p, double t);

/* Percentile UPPER less LOWER of the same pupils; UPPER > LOWER. */
lkv_gap_part lkv_percentile_distance(const lkv_piles *piles,
                                     const lkv_percentile *lower,
                                     const lkv_percentile *upper);

/* Percentile A of the pupils of ONE less B of those of ZERO, other pupils at
 * the same schools.
 */
lkv_gap_part lkv_percentile_gap(const lkv_piles *one, const lkv_percentile *a,
                                const lkv_piles *zero, const lkv_percentile *b);

#endif
