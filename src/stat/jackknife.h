/* How far a value would move with one group less. */
#ifndef LKV_STAT_JACKKNIFE_H
#define LKV_STAT_JACKKNIFE_H

#include <stddef.h>

/* Jackknife error of VALUES that leave one of COUNT groups out: sqrt((J - 1)/J
 * sum (v - mean)^2). NaN when one of them is NaN, or with fewer than two.
 */
double lkv_jackknife_error(const double *values, size_t count);

#endif
