/* Share of the variance that lies between groups, as of groups like these.
 *
 * F_u = n_h S^2 / MSW with the harmonic mean n_h of the group sizes and the
 * variance S^2 of unweighted group means; ICC = (F_u - 1)/(F_u + n_h - 1).
 * Groups of one case stay out.
 */
#ifndef LKV_STAT_ICC_H
#define LKV_STAT_ICC_H

#include <stddef.h>

#include "stat/anova.h"
#include "stat/interval.h"
#include "stat/moments.h"

enum { LKV_JACKKNIFE_GROUPS = 15 }; /* fewer: the jackknife has no interval */

typedef struct lkv_icc {
    lkv_fit fit;
    size_t groups;
    double f_u, n_h;
    double icc; /* from F_u, signed */
    /* Delete-one-group jackknife of ln F_u: pseudo-values, t with J - 1. NaN
     * with two groups, when group means are all alike, and when nothing varies
     * once some group is left out.
     */
    double jackknife;
    lkv_interval jackknife_interval; /* clipped at 0 below */
    /* Thomas and Hultquist (1978): normal-theory F with n_h. */
    lkv_interval thomas_hultquist; /* clipped at 0 below */
} lkv_icc;

/* Of variable 0; needs WITHIN. Numbers are NaN unless FIT is OK. */
lkv_icc lkv_icc_of(const lkv_moments *moments, double confidence);

#endif
