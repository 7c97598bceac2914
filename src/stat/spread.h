/* Spread between the groups that are there, in the units of the data.
 *
 * S^2 = variance of the unweighted group means; e = s^2/n of each group; the
 * realised variance is S^2 - mean(e), its variance sum(4 d^2 e - 2 e^2)/(J-1)^2
 * with d the distance of a group mean to their mean.
 */
#ifndef LKV_STAT_SPREAD_H
#define LKV_STAT_SPREAD_H

#include <stddef.h>

#include "stat/anova.h"
#include "stat/interval.h"
#include "stat/moments.h"

enum { LKV_SPREAD_GROUPS = 10 }; /* fewer: no interval */

typedef struct lkv_spread {
    lkv_fit fit;
    size_t groups; /* with at least two cases; others stay out */
    size_t singles;
    double variance; /* realised, signed */
    double error; /* of VARIANCE; NaN when its estimate is not above 0 */
    double sd; /* root of VARIANCE, 0 when that is negative */
    lkv_interval variance_interval; /* normal */
    lkv_interval sd_interval; /* roots of its limits, 0 when negative */
} lkv_spread;

/* Of variable 0; needs WITHIN. */
lkv_spread lkv_spread_of(const lkv_moments *moments, double confidence);

#endif
