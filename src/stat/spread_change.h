/* What has become of the spread between groups since another year, when the
 * groups are the same and their cases others.
 *
 * Of each year B = (MSB - MSW)/n0, at least 0, W = MSW and ICC = B/(B + W); the
 * change of the ICC is shared between B and W by the mean of both orders of
 * changing them (Shapley 1953). Sure it is by draws of groups with replacement,
 * each with both its years (Davison and Hinkley 1997, chapter 3).
 */
#ifndef LKV_STAT_SPREAD_CHANGE_H
#define LKV_STAT_SPREAD_CHANGE_H

#include <stddef.h>

#include "base/random.h"
#include "stat/anova.h"
#include "stat/cluster.h"
#include "stat/interval.h"

enum { LKV_SPREAD_CHANGE_GROUPS = 30 }; /* fewer: no interval */

/* RESOLUTION is how far the change would move by chance, z times the standard
 * deviation of the draws: a smaller change is told from none by luck alone.
 * Interval (percentiles) and resolution are NaN with few groups or no draws.
 */
typedef struct lkv_changed {
    double value, resolution;
    lkv_interval interval;
} lkv_changed;

/* Numbers are NaN unless FIT is OK, which it is only if it is for both years.
 */
typedef struct lkv_spread_change {
    lkv_fit fit;
    size_t groups; /* with cases in either year */
    lkv_changed between, within; /* B and W */
    lkv_changed sd; /* of group means, as lkv_spread has it */
    lkv_changed icc;
    lkv_changed icc_by_between, icc_by_within; /* add up to it */
} lkv_spread_change;

/* So many draws with the numbers of STREAM; none, and it may be NULL. */
typedef struct lkv_draws {
    lkv_stream *stream;
    unsigned count;
} lkv_draws;

/* NOW and BEFORE of GROUPS groups. */
lkv_spread_change lkv_spread_change_of(const lkv_stratum *now,
                                       const lkv_stratum *before, size_t groups,
                                       lkv_draws draws, double confidence);

#endif
