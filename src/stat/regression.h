/* Least squares of one variable on others, with errors for groups like these.
 *
 * CR2 (Bell and McCaffrey 2002): V = M sum X_j'A_j e_j e_j'A_j X_j M with M =
 * (X'X)^-1 and A_j = (I - X_j M X_j')^-1/2 of each group, which makes V unbiased
 * where cases are independent; degrees of freedom by Satterthwaite under that
 * working model (Pustejovsky and Tipton 2018, section 2). All of it follows
 * from the products of each group.
 */
#ifndef LKV_STAT_REGRESSION_H
#define LKV_STAT_REGRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/random.h"
#include "stat/anova.h"
#include "stat/interval.h"
#include "stat/moments.h"

enum {
    LKV_REGRESSION_EFFECTS = 16, /* the intercept among them */
    LKV_REGRESSION_LEAST_DF = 4 /* fewer: no interval */
};

/* The numbers mean nothing unless FIT is OK: NOBODY, NO_DF (no more cases than
 * effects), COLLINEAR, or NO_VARIANCE in y or in what x leaves of it, of which
 * BETA is told all the same.
 */
typedef struct lkv_regression {
    lkv_fit fit;
    int64_t n;
    size_t groups; /* with cases */
    size_t effects; /* intercept first, then x1, x2 ... */
    double beta[LKV_REGRESSION_EFFECTS];
    double error[LKV_REGRESSION_EFFECTS]; /* CR2; NaN with one group and where
                                             it was not asked for */
    double df[LKV_REGRESSION_EFFECTS]; /* of ERROR; NaN without */
    double r2, r2_adjusted; /* 1 - (1 - R2)(N - 1)/(N - p) */
    double sigma2; /* residual sum of squares/(N - p) */
} lkv_regression;

/* Variable 0 on the others; needs WITHIN. Errors only if ROBUST. */
lkv_regression lkv_regression_of(const lkv_moments *moments, bool robust);

/* Percentile interval of R2 over REPLICATES draws of groups with replacement
 * (Efron and Tibshirani 1993, chapter 13); approximate, and none with fewer
 * than LKV_REGRESSION_DRAWN_GROUPS groups or without replicates. Needs WITHIN.
 */
enum { LKV_REGRESSION_DRAWN_GROUPS = 20 };
lkv_interval lkv_regression_r2_drawn(const lkv_moments *moments,
                                     lkv_stream *stream, unsigned replicates,
                                     double confidence);

/* t interval of effect I; none with fewer than LEAST_DF degrees of freedom. */
lkv_interval lkv_regression_interval(const lkv_regression *regression,
                                     size_t effect, double confidence);

/* Slopes of y (0) on x (1), around group means and of group means (each
 * counted as often as it has cases), which make up the slope of all:
 * slope = eta2 between + (1 - eta2) within. NaN where x does not vary so.
 */
typedef struct lkv_gradient {
    double within, between;
    double r2_within, r2_between;
    double eta2; /* share of the variance of x that lies between groups */
} lkv_gradient;
lkv_gradient lkv_gradient_of(const lkv_moments *moments);

#endif
