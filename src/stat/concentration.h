/* Concentration of an outcome among those who stand high in another order.
 *
 * With r the mid-rank of x less 1/2, over N, and cov over all N cases, C =
 * 2 cov(y, r)/mean(y) (Kakwani, Wagstaff and van Doorslaer 1997). For
 * an outcome from a to b the value of C is bounded by how high the mean lies;
 * these two are not:
 *   Erreygers 2009: E = 8 cov(y, r)/(b - a)
 *   Wagstaff 2005: W = 2 (b - a) cov(y, r)/((b - mean)(mean - a))
 * Above 0: high among those with a high x. Errors by influence values, in
 * which the ranks vary with the cases, and the variance within schools of
 * stat/cluster.h.
 */
#ifndef LKV_STAT_CONCENTRATION_H
#define LKV_STAT_CONCENTRATION_H

#include "stat/pairs.h"

typedef struct lkv_concentrated {
    double value, error;
} lkv_concentrated;

/* ERRORS are NaN when every school has one case only. INDEX is NaN when y goes
 * below 0 or is 0 throughout; WAGSTAFF when y is all LEAST or all MOST, and
 * ERREYGERS with it when LEAST is not below MOST; all without two values of x.
 */
typedef struct lkv_concentration {
    lkv_concentrated index, erreygers, wagstaff;
    double df; /* N - J */
} lkv_concentration;
lkv_concentration lkv_concentration_of(const lkv_pairs *pairs, double least,
                                       double most);

#endif
