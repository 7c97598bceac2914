/* Intervals of means and shares. */
#ifndef LKV_STAT_INTERVAL_H
#define LKV_STAT_INTERVAL_H

/* NaN, NaN where there is none. */
typedef struct lkv_interval {
    double low, high;
} lkv_interval;

/* Wilson (1927), eq. 4 without correction for continuity: of SHARE among N,
 * which may be an effective number. N <= 0 gives none.
 */
lkv_interval lkv_interval_wilson(double share, double n, double confidence);

/* ESTIMATE ± t(DF) * ERROR; none when DF <= 0 or ERROR is NaN. */
lkv_interval lkv_interval_t(double estimate, double error, double df,
                            double confidence);

/* The same with T known; none when ERROR or T is NaN. */
lkv_interval lkv_interval_wide(double estimate, double error, double t);

/* A share with its own interval. */
typedef struct lkv_share {
    double share;
    lkv_interval interval;
} lkv_share;

/* A's share less B's with their correlation RHO (Zou and Donner 2008, MOVER;
 * with RHO 0 Newcombe's method 10, 1998).
 */
lkv_interval lkv_interval_mover(lkv_share a, lkv_share b, double rho);

#endif
