/* Sums of products as if in twice the precision of a double (Dekker 1971;
 * Ogita, Rump and Oishi 2005, Dot2): what each step would lose is kept.
 */
#ifndef LKV_STAT_TWOFOLD_H
#define LKV_STAT_TWOFOLD_H

#include <math.h>

/* The number HIGH + LOW; LOW is little beside HIGH. */
typedef struct lkv_twofold {
    double high, low;
} lkv_twofold;

static inline void lkv_twofold_add(lkv_twofold *sum, double x)
{
    double high = sum->high + x, other = high - sum->high;
    sum->low += (sum->high - (high - other)) + (x - other);
    sum->high = high;
}

static inline void lkv_twofold_add_product(lkv_twofold *sum, lkv_twofold a,
                                           lkv_twofold b)
{
    double product = a.high * b.high;
    lkv_twofold_add(sum, product);
    sum->low +=
        fma(a.high, b.high, -product) + (a.high * b.low + a.low * b.high);
}

static inline double lkv_twofold_value(lkv_twofold of)
{
    return of.high + of.low;
}

/* The same number with HIGH the nearest double. */
static inline lkv_twofold lkv_twofold_settled(lkv_twofold of)
{
    lkv_twofold sum = {of.high, 0.0};
    lkv_twofold_add(&sum, of.low);
    return sum;
}

#endif
