/* The sum of many logarithms as that of a product: a logarithm takes as long as
 * all else that is done for a group.
 */
#ifndef LKV_STAT_LOGS_H
#define LKV_STAT_LOGS_H

#include <math.h>

typedef struct lkv_logs {
    double sum, product;
} lkv_logs;

#define LKV_LOGS_NONE ((lkv_logs){0.0, 1.0})

/* Adds the logarithm of X, which lies between 1e-100 and 1e100. */
static inline void lkv_logs_add(double x, lkv_logs *to)
{
    to->product *= x;
    if (!(to->product > 1e-200 && to->product < 1e200)) {
        to->sum += log(to->product);
        to->product = 1.0;
    }
}

static inline double lkv_logs_sum(const lkv_logs *of)
{
    return of->sum + log(of->product);
}

#endif
