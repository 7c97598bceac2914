/* What groups with such cases would be expected to have, and how far they are
 * from it.
 *
 * Random intercept model y = X beta + u_group + e by REML. Of each group
 * actual = mean y, expected = mean X beta, and the difference of the two,
 * unshrunken, with variance sigma2/n + s'Var(beta)s, s the mean of the columns
 * (the model's own errors; Goldstein 2011, chapter 2).
 */
#ifndef LKV_STAT_EXPECTED_H
#define LKV_STAT_EXPECTED_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "stat/anova.h"
#include "stat/interval.h"
#include "stat/moments.h"

/* A group that holds more of all cases is expected from the others alone. */
#define LKV_EXPECTED_OWN_MOST 0.1

typedef struct lkv_expectation {
    double actual, expected, difference; /* NaN where a group is empty */
    double error, df, p; /* of DIFFERENCE; t with N - J - p + 1 */
    lkv_interval interval;
    bool without; /* beta is of the other groups */
    /* Predicted u, drawn towards 0, with the error of the prediction where beta
     * is estimated (Henderson 1975) and its normal interval.
     */
    double shrunken, shrunken_error;
    lkv_interval shrunken_interval;
} lkv_expectation;

/* GROUP holds all groups of the moments; numbers mean nothing unless FIT is
 * OK, which is as for lkv_mixed.
 */
typedef struct lkv_expected {
    lkv_fit fit;
    size_t groups; /* with cases */
    lkv_expectation *group;
} lkv_expected;

/* Variable 0 on the others; needs WITHIN. Free with lkv_expected_free. */
lkv_expected *lkv_expected_of(const lkv_moments *moments, double confidence);
void lkv_expected_free(lkv_expected *expected);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_expected, lkv_expected_free)

#endif
