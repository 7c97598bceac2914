/* Random intercepts of three levels: y = X beta + u_school + v_class + e, by
 * REML or ML; classes lie in schools.
 *
 * With lambda_c, lambda_s the variances of classes and of schools over that of
 * cases, k = 1 + n lambda_c and w = n/k of a class, m = sum of w and D = 1 + m
 * lambda_s of a school, xbar the means of the columns of a class and xtilde
 * their mean by w in the school:
 *   A = W + sum_s (sum_c w (xbar - xtilde)(xbar - xtilde)' + m/D xtilde xtilde')
 * and the deviance as in stat/deviance.h, with sum log k + sum log D (Bates,
 * Mächler, Bolker and Walker 2015, eq. 34 and 41, written out). Both variances
 * may be 0.
 */
#ifndef LKV_STAT_NESTED_MIXED_H
#define LKV_STAT_NESTED_MIXED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stat/mixed.h"

/* Numbers mean nothing unless FIT is OK; else as of lkv_mixed, NO_DF where no
 * school has two classes, FEW_GROUPS where there is one school.
 */
typedef struct lkv_nested_mixed {
    lkv_fit fit;
    size_t schools, classes; /* with cases */
    size_t effects; /* intercept first, then x1, x2 … */
    double beta[LKV_MIXED_EFFECTS];
    double error[LKV_MIXED_EFFECTS];
    double school, class_, pupil; /* variances */
    double deviance; /* -2 log likelihood; REML as lme4's criterion */
    bool no_class, no_school; /* the variance is 0 */
} lkv_nested_mixed;

/* CLASSES are the groups of the moments, those of a school next to each other;
 * SCHOOL is the school of each.
 */
lkv_nested_mixed lkv_nested_mixed_of(const lkv_moments *classes,
                                     const uint32_t *school, bool reml);

#endif
