/* Cases in classes in schools: analysis of variance of three levels, unequal
 * numbers.
 *
 * With C classes, n_jc cases in each, N cases and J schools:
 *   MSP within classes, N - C; MSC of classes within schools, C - J; MSS of
 *   schools, J - 1 degrees of freedom;
 *   k1 = (N - sum_j sum_c n_jc^2/n_j)/(C - J)
 *   k2 = (sum_j sum_c n_jc^2/n_j - sum_jc n_jc^2/N)/(J - 1)
 *   k3 = (N - sum_j n_j^2/N)/(J - 1)
 *   class = (MSC - MSP)/k1, school = (MSS - MSP - k2 class)/k3
 * (Henderson's method 1; Searle, Casella and McCulloch 1992, chapter 5.)
 */
#ifndef LKV_STAT_NESTED_H
#define LKV_STAT_NESTED_H

#include <stddef.h>
#include <stdint.h>

#include "stat/cluster.h"

/* A school: its classes, all cases, and what lies within and between the
 * classes.
 */
typedef struct lkv_nest {
    size_t classes;
    lkv_stratum cases;
    double within; /* sum of squares around the classes' means */
    double sizes; /* sum of n_jc^2 */
} lkv_nest;

/* Adds a class, of at least one case. */
void lkv_nest_add(lkv_nest *nest, lkv_stratum cases);

/* Components are signed; all NaN without schools, classes or cases to tell
 * them by (a level without degrees of freedom), or when nothing varies.
 */
typedef struct lkv_nested {
    size_t schools, classes, single; /* single: schools with one class */
    int64_t n;
    double ms_school, ms_class, ms_pupil;
    double school, class_, pupil; /* variance components */
    double f, p; /* of classes: MSC/MSP */
    double school_share, class_share; /* of the sum of the components */
} lkv_nested;
lkv_nested lkv_nested_of(const lkv_nest *nest, size_t schools);

/* The delete-one-school jackknife error of both shares; NaN when some school
 * cannot be left out.
 */
typedef struct lkv_nested_errors {
    double school_share, class_share;
} lkv_nested_errors;
lkv_nested_errors lkv_nested_jackknife(const lkv_nest *nest, size_t schools);

#endif
