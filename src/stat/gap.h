/* The gap between two groups, and where it lies.
 *
 * Gap = same-school gap + remainder. The same-school gap is the mean
 * difference between pupils of the two groups at the same school, weighted by
 * n p (1 - p); the remainder goes with the groups' attending different
 * schools.
 */
#ifndef LKV_STAT_GAP_H
#define LKV_STAT_GAP_H

#include <stddef.h>
#include <stdint.h>

#include "stat/cluster.h"
#include "stat/interval.h"

/* An estimate with its standard error under "these schools". */
typedef struct lkv_gap_part {
    double value, error;
    lkv_interval interval;
} lkv_gap_part;

typedef struct lkv_gap {
    int64_t n1, n0;
    size_t schools; /* with pupils of either group */
    size_t both; /* with pupils of both */
    double df; /* N - J */
    double mean1, mean0;
    lkv_gap_part gap; /* group 1 less group 0 */
    lkv_gap_part same_school; /* NaN without a school that has both */
    lkv_gap_part remainder;
    double one_group; /* share of pupils at schools with one group only */
} lkv_gap;

/* STRATUM[school * 2 + g], g 1 the group and 0 what it is compared with. With
 * SHARES, y is 0 or 1 and the gap's interval is MOVER with the covariance of
 * the two shares, else t with N - J degrees of freedom. Values are NaN when a
 * group is empty; errors and intervals NaN when DF is 0.
 */
lkv_gap lkv_gap_of(const lkv_stratum *stratum, size_t schools, int shares,
                   double confidence);

/* Two independent groups at one school: Welch's t, or Newcombe for shares.
 * NaN without pupils in both; error and interval NaN where Welch's degrees of
 * freedom are.
 */
lkv_gap_part lkv_gap_alone(lkv_stratum one, lkv_stratum zero, int shares,
                           double confidence);

/* The gap in standard deviations: D over the pooled SD, G corrected for few
 * cases, and the error of G (Hedges and Olkin 1985, chapter 5). NaN when a
 * group is empty, there are fewer than three cases or none varies.
 */
typedef struct lkv_gap_standard {
    double sd, d, g, error;
} lkv_gap_standard;
lkv_gap_standard lkv_gap_standardised(lkv_stratum one, lkv_stratum zero);

#endif
