/* Centred moments of groups, computed once from exact sums.
 *
 * The form in which sums reach the statistics: numbers in, numbers out. A
 * group is a school here, but this floor does not know that.
 */
#ifndef LKV_STAT_MOMENTS_H
#define LKV_STAT_MOMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/* VARIABLES are y, x1, x2 …; GROUPS without cases are kept, with n 0.
 *
 *   n[group]                   cases of the group
 *   sum[group * variables + v]  sum of (value - grand mean of v): exact before
 *                              the one rounding, so they add up to 0 but for it
 *   cross[a * variables + b]   grand sum of (a - mean a)(b - mean b), symmetric
 *   mean_rest, cross_rest      what MEAN and CROSS lack of the exact numbers by
 *                              being rounded; 0 where that is not known
 *   within[(group * variables + a) * variables + b]
 *                              the same inside the group around the group's own
 *                              means, or NULL when it was not asked for
 *   within_total[a * variables + b]  sum of WITHIN over groups, always there
 *                              when every group's products were; else NULL
 */
typedef struct lkv_moments {
    size_t groups;
    size_t variables;
    int64_t total; /* cases in all */
    int64_t *n;
    double *mean; /* grand means, by variable */
    double *group_mean; /* [group * variables + v]; NaN where n is 0 */
    double *sum;
    double *cross;
    double *mean_rest, *cross_rest;
    double *within;
    double *within_total;
} lkv_moments;

/* All arrays zero; WITHIN and WITHIN_TOTAL only with BY_GROUP. */
lkv_moments *lkv_moments_new(size_t groups, size_t variables, int by_group);
void lkv_moments_free(lkv_moments *moments);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_moments, lkv_moments_free)

/* From plain values: VALUES[case * variables + v], GROUP[case] below GROUPS.
 * For tests, simulation and derived variables; sums in the order given.
 */
lkv_moments *lkv_moments_of(const double *values, const uint32_t *group,
                            size_t cases, size_t groups, size_t variables);

/* A variable made of those of moments: the sum over them of OWN times the
 * case's value and MEAN times the mean of its group. NULL is all zero.
 */
typedef struct lkv_column {
    const double *own, *mean;
} lkv_column;

/* The moments of COUNT such variables; needs WITHIN. With OWN e and MEAN -e it
 * is a variable around its group's mean; with MEAN e, the group's mean.
 */
lkv_moments *lkv_moments_make(const lkv_moments *moments,
                              const lkv_column *columns, size_t count);
/* Some variables, in the order of their numbers in WHICH; needs WITHIN. */
lkv_moments *lkv_moments_select(const lkv_moments *moments, const size_t *which,
                                size_t count);
/* Without the covariates (1, 2 ...) that follow from those before them, to one
 * part in 10^10; needs WITHIN. KEPT[0 ... variables - 1] says which are left.
 */
lkv_moments *lkv_moments_independent(const lkv_moments *moments, bool *kept);

/* Takes variable I out of variable 0 and of those after it, in CROSS, the
 * products of VARIABLES; CROSS[I, I] is above 0.
 */
void lkv_cross_take_out(double *cross, size_t variables, size_t i);

#endif
