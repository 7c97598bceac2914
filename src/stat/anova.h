/* One-way analysis of variance of unbalanced groups.
 *
 * MSB, MSW, n0 = (N - sum n^2/N)/(J-1); between = (MSB - MSW)/n0 (Searle,
 * Casella and McCulloch 1992, section 3.6).
 */
#ifndef LKV_STAT_ANOVA_H
#define LKV_STAT_ANOVA_H

#include <stdint.h>

#include "stat/moments.h"

typedef enum {
    LKV_FIT_OK,
    LKV_FIT_NOBODY,
    LKV_FIT_ONE_GROUP,
    LKV_FIT_NO_DF, /* one case a group */
    LKV_FIT_NO_VARIANCE, /* within groups all are alike */
    LKV_FIT_SEPARATED, /* of yes and no each group has one alone, or nearly */
    LKV_FIT_COLLINEAR,
    LKV_FIT_FEW_GROUPS
} lkv_fit;

/* Numbers are NaN unless FIT is OK. */
typedef struct lkv_anova {
    lkv_fit fit;
    int64_t n;
    int64_t groups; /* with at least one case */
    double df_between, df_within;
    double ss_between, ss_within, ss_total;
    double ms_between, ms_within, n0;
    double between; /* variance component, signed */
    double icc; /* between / (between + MSW), signed */
    double f, p;
    double eta2, eta2_null; /* SSB/SST; (J-1)/(N-1) */
    double omega2, epsilon2;
} lkv_anova;

/* Of variable 0; needs WITHIN_TOTAL. */
lkv_anova lkv_anova_of(const lkv_moments *moments);

#endif
