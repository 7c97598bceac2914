/* Grades held against the grades of a test, pupil by pupil.
 *
 * Of those who have both, how many have a lower, an equal and a higher grade
 * than on the test. Net = share higher - share lower.
 */
#ifndef LKV_STAT_DEVIATION_H
#define LKV_STAT_DEVIATION_H

#include <stddef.h>
#include <stdint.h>

#include "stat/interval.h"

typedef struct lkv_deviation {
    int64_t lower, equal, higher;
} lkv_deviation;

/* NaN without pupils. */
double lkv_deviation_net(const lkv_deviation *of);

/* Of the net: the difference of two shares of the same pupils by Newcombe
 * (1998, paired, method 10), phi = -h l/sqrt(h (n - h) l (n - l)), 0 where
 * either share is 0 or 1. Not empty at 0 of both, as Wald's is.
 */
lkv_interval lkv_deviation_interval(const lkv_deviation *of, double confidence);

/* The net that a school would have, were its pupils graded as those of all
 * other schools with the same grade on the test: sum over steps of n_g/n net_g.
 * OWN and ALL (the school in it) are by step of the test. Where no other pupil
 * has a step, the net of all others stands in. NaN when the school has nobody,
 * or nobody else is there.
 */
double lkv_deviation_expected(const lkv_deviation *own,
                              const lkv_deviation *all, size_t steps);

/* The sum over steps. */
lkv_deviation lkv_deviation_sum(const lkv_deviation *by_step, size_t steps);

#endif
