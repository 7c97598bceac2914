/* Quantiles of type 7 (Hyndman and Fan 1996): h = (n - 1) p, linear between
 * neighbours, as R's default.
 */
#ifndef LKV_STAT_QUANTILE_H
#define LKV_STAT_QUANTILE_H

#include <stddef.h>

/* Of COUNT ascending VALUES; NaN without any. */
double lkv_quantile(const double *values, size_t count, double p);

/* Sorts VALUES ascending. */
void lkv_sort(double *values, size_t count);

#endif
