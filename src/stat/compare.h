/* Comparisons of many at once. */
#ifndef LKV_STAT_COMPARE_H
#define LKV_STAT_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

/* Benjamini and Hochberg (1995): sets CLEAR[i] for every P[i] up to the
 * largest k with p_(k) <= k Q / COUNT. NaN is no comparison: not counted, not
 * clear.
 */
void lkv_compare_many(const double *p, size_t count, double q, bool *clear);

#endif
