/* Where a curve passes 0 between two points. */
#ifndef LKV_STAT_ROOT_H
#define LKV_STAT_ROOT_H

typedef double (*lkv_curve)(const void *context, double x);

/* Below 0 at LOW and not below at HIGH, or the other way round. */
typedef struct lkv_bracket {
    double low, high;
    double at_low, at_high;
} lkv_bracket;

/* Inverse quadratic interpolation where it is safe, halving where it is not
 * (Chandrupatla 1997). To 1e-15 of 1 + the root: a root of slopes is as exact
 * as their rounding.
 */
double lkv_root(lkv_curve curve, const void *context, lkv_bracket in);

#endif
