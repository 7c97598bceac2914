/* How unevenly values are spread over cases, and over the schools of the cases.
 *
 * With mean m over N cases, and the schools' means m_j and shares s_j = n_j/N:
 *   gini   2 cov(y, r)/m, r the mid-rank less 1/2, over N
 *   theil  mean of (y/m) ln(y/m), 0 ln 0 = 0; between sum s_j (m_j/m) ln(m_j/m)
 *   mld    mean of ln(m/y); between sum s_j ln(m/m_j)
 *   ge2    mean of ((y/m)^2 - 1)/2; between sum s_j ((m_j/m)^2 - 1)/2
 * (Shorrocks 1980, additive decomposition.) WITHIN is the rest. Errors by
 * influence values and the variance within schools of stat/cluster.h.
 */
#ifndef LKV_STAT_INEQUALITY_H
#define LKV_STAT_INEQUALITY_H

#include "stat/piles.h"

typedef struct lkv_inequal {
    double value, error, between, within; /* of gini no parts: NaN */
} lkv_inequal;

/* All NaN when a value is below 0 or all are 0; MLD also when one is 0.
 * Errors are NaN when every school has one case only.
 */
typedef struct lkv_inequality {
    lkv_inequal gini, theil, mld, ge2;
    double df; /* N - J */
} lkv_inequality;
lkv_inequality lkv_inequality_of(const lkv_piles *piles);

#endif
