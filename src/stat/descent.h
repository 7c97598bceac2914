/* The least value of a smooth function of one number from 0 up, such as a
 * deviance of a ratio of variances.
 *
 * The root of the slope, not the least of the values: a search by values stops
 * at the root of the rounding, one by slopes at the rounding itself. 0 is an
 * ordinary result. A grid over lambda/(1 + lambda), which for one grouping is
 * the intraclass correlation, guards against two minima.
 */
#ifndef LKV_STAT_DESCENT_H
#define LKV_STAT_DESCENT_H

#include "stat/root.h"

/* VALUE and its SLOPE from 0 up; only the value is asked on the grid. STEPS of
 * the grid, 2 at least.
 */
double lkv_descent(lkv_curve value, lkv_curve slope, const void *context,
                   int steps);

#endif
