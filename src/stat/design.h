/* Normal equations of one variable on others, solved as well as their sums
 * are known.
 */
#ifndef LKV_STAT_DESIGN_H
#define LKV_STAT_DESIGN_H

#include <stddef.h>

#include "stat/moments.h"
#include "stat/regression.h"
#include "stat/twofold.h"

/* A small square matrix, row by row. */
typedef struct lkv_square {
    double at[LKV_REGRESSION_EFFECTS * LKV_REGRESSION_EFFECTS];
} lkv_square;

/* Columns are scaled to length 1 around the grand means, so that all products
 * are of one size. SCALE[0] is of the intercept.
 */
typedef struct lkv_design {
    const lkv_moments *moments;
    size_t p;
    double scale[LKV_REGRESSION_EFFECTS];
    lkv_square m; /* (X'X)^-1 */
    double beta[LKV_REGRESSION_EFFECTS]; /* of the scaled columns */
    /* of the columns as they are; none at 0, where the level would be */
    lkv_twofold effect[LKV_REGRESSION_EFFECTS];
    double rss;
} lkv_design;

/* Fills all but MOMENTS and P, which are given: variable 0 on the others, P of
 * them with the intercept. OK, COLLINEAR, or NO_VARIANCE in what is left of
 * variable 0, where the rest is filled all the same.
 */
lkv_fit lkv_design_solve(lkv_design *design);
/* Of variable 0 where all others are 0. */
double lkv_design_level(const lkv_design *design);

#endif
