/* Numbers drawn from a distribution, by those of a stream. */
#ifndef LKV_STAT_DRAW_H
#define LKV_STAT_DRAW_H

#include "base/random.h"

/* Standard normal, by its quantiles: one number of the stream. */
double lkv_draw_normal(lkv_stream *stream);

/* Chi squared with DF > 0 degrees of freedom. From 2 as twice a gamma number by
 * rejection, exact (Marsaglia and Tsang 2000): two numbers a try, of which
 * hardly any fails. Below by its quantile.
 */
double lkv_draw_chi2(lkv_stream *stream, double df);

#endif
