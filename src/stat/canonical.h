/* A random intercept model by REML in its canonical form: what is left of it
 * once the covariates are taken out, so that drawing from it and fitting it
 * again cost microseconds.
 *
 * With delta_k the eigenvalues of Z'P_X Z (diag(n) - S A0^-1 S', S the sums of
 * the columns by group), r of them above 0, and lambda = tau2/sigma2, there are
 * r squares z_k^2 ~ sigma2 (1 + lambda delta_k) chi2_1 and SSE ~ sigma2 chi2
 * with N - p - r degrees of freedom, all independent, and less a constant the
 * deviance is
 *   D(lambda) = (N - p) log(SSE + sum z_k^2/(1 + lambda delta_k))
 *               + sum log(1 + lambda delta_k)
 * (Crainiceanu and Ruppert 2004, section 2).
 */
#ifndef LKV_STAT_CANONICAL_H
#define LKV_STAT_CANONICAL_H

#include <stddef.h>

#include <glib.h>

#include "base/random.h"
#include "stat/moments.h"

enum { LKV_CANONICAL_GRID = 40 };

/* The grid's lambdas lie around the one that halves an eigenvalue in the
 * middle; the rest of it does not depend on a draw.
 */
typedef struct lkv_canonical {
    double nu, df; /* N - p; N - p - r */
    size_t r;
    double *delta;
    double lambda[LKV_CANONICAL_GRID];
    double logs[LKV_CANONICAL_GRID]; /* sum of log(1 + lambda delta) */
    double scale[LKV_CANONICAL_GRID]; /* exp(logs/nu) */
    double *shrunk; /* [k * grid + point] 1/(1 + lambda delta) */
} lkv_canonical;

/* Variable 0 on the others; two groups with cases at least, and covariates none
 * of which follows from the others. Never NULL. The cube of the number of
 * groups in time.
 */
lkv_canonical *lkv_canonical_of(const lkv_moments *moments);
void lkv_canonical_free(lkv_canonical *of);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_canonical, lkv_canonical_free)

/* The r squares, and SSE, that one draw of the model with LAMBDA gives; in
 * sigma2.
 */
double lkv_canonical_draw(const lkv_canonical *of, double lambda,
                          lkv_stream *stream, double *squares);

/* The lambda of the least D of SQUARES and SSE, and how much larger D(0) is: the
 * statistic of the restricted likelihood ratio. Both 0 on the boundary.
 */
typedef struct lkv_canonical_fit {
    double lambda, ratio;
} lkv_canonical_fit;

lkv_canonical_fit lkv_canonical_refit(const lkv_canonical *of,
                                      const double *squares, double sse);

#endif
