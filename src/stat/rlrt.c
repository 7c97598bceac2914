#include "stat/rlrt.h"

#include <math.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>

#include "stat/deviance.h"
#include "stat/distribution.h"
#include "stat/mixed.h"

enum { P = LKV_MIXED_EFFECTS, GRID = 40 };

/* Eigenvalues above 0, and the statistic's grid of lambda with what does not
 * depend on a draw: [point * r + k] 1/(1 + lambda delta), and sum of logs.
 */
typedef struct lkv_null {
    double nu, df; /* N - p; N - p - r */
    size_t r;
    double *delta, *shrunk;
    double lambda[GRID], logs[GRID];
} lkv_null;

static void null_clear(lkv_null *of)
{
    g_free(of->delta);
    g_free(of->shrunk);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(lkv_null, null_clear)

/* The covariates' sums of GROUP, in rows of which C^-1 is their product. */
static void whitened(const lkv_moments *moments, const gsl_matrix *factor,
                     size_t group, gsl_vector *row)
{
    size_t v = moments->variables;
    for (size_t i = 1; i < v; i++) {
        gsl_vector_set(row, i - 1, moments->sum[group * v + i]);
    }
    for (size_t i = 0; i + 1 < v; i++) {
        double x = gsl_vector_get(row, i);
        for (size_t k = 0; k < i; k++) {
            x -= gsl_matrix_get(factor, i, k) * gsl_vector_get(row, k);
        }
        gsl_vector_set(row, i, x / gsl_matrix_get(factor, i, i));
    }
}

/* Rows of groups with cases: w with w'w' = s'C^-1 s, and n in the last. */
static gsl_matrix *rows_of(const lkv_moments *moments, size_t groups)
{
    size_t p = moments->variables;
    gsl_matrix *rows = gsl_matrix_calloc(groups, p);
    double c[P * P];
    gsl_matrix_view factor =
        gsl_matrix_view_array(c, MAX(p - 1, 1), MAX(p - 1, 1));
    for (size_t i = 1; i < p; i++) {
        for (size_t k = 1; k < p; k++) {
            gsl_matrix_set(&factor.matrix, i - 1, k - 1,
                           moments->cross[i * p + k]);
        }
    }
    if (p > 1) {
        gsl_linalg_cholesky_decomp1(&factor.matrix);
    }
    size_t at = 0;
    for (size_t j = 0; j < moments->groups; j++) {
        if (moments->n[j] == 0) {
            continue;
        }
        if (p > 1) {
            gsl_vector_view row = gsl_matrix_subrow(rows, at, 0, p - 1);
            whitened(moments, &factor.matrix, j, &row.vector);
        }
        gsl_matrix_set(rows, at++, p - 1, (double)moments->n[j]);
    }
    return rows;
}

/* n_a n_b/N + s_a'C^-1 s_b of two rows. */
static double shared(const gsl_matrix *rows, size_t a, size_t b, double total)
{
    size_t last = rows->size2 - 1;
    double sum =
        gsl_matrix_get(rows, a, last) * gsl_matrix_get(rows, b, last) / total;
    for (size_t i = 0; i < last; i++) {
        sum += gsl_matrix_get(rows, a, i) * gsl_matrix_get(rows, b, i);
    }
    return sum;
}

/* diag(n) - n n'/N - S C^-1 S'. */
static gsl_matrix *spread_of(const gsl_matrix *rows, double total)
{
    size_t groups = rows->size1;
    gsl_matrix *spread = gsl_matrix_alloc(groups, groups);
    for (size_t a = 0; a < groups; a++) {
        for (size_t b = 0; b < groups; b++) {
            double own =
                a == b ? gsl_matrix_get(rows, a, rows->size2 - 1) : 0.0;
            gsl_matrix_set(spread, a, b, own - shared(rows, a, b, total));
        }
    }
    return spread;
}

/* Lambdas around the one that halves an eigenvalue in the middle. */
static void grid_set(lkv_null *of)
{
    double mean = 0.0;
    for (size_t k = 0; k < of->r; k++) {
        mean += of->delta[k] / (double)of->r;
    }
    of->shrunk = g_new0(double, GRID * of->r + 1);
    for (size_t g = 0; g < GRID; g++) {
        of->lambda[g] =
            exp(log(1e-4) + log(1e7) * (double)g / (GRID - 1)) / mean;
        of->logs[g] = 0.0;
        for (size_t k = 0; k < of->r; k++) {
            double grown = 1.0 + of->lambda[g] * of->delta[k];
            of->shrunk[g * of->r + k] = 1.0 / grown;
            of->logs[g] += log(grown);
        }
    }
}

static void null_set(lkv_null *of, const lkv_moments *moments)
{
    size_t groups = 0;
    for (size_t j = 0; j < moments->groups; j++) {
        groups += moments->n[j] > 0;
    }
    gsl_matrix *rows = rows_of(moments, groups);
    gsl_matrix *spread = spread_of(rows, (double)moments->total);
    gsl_vector *values = gsl_vector_alloc(groups);
    gsl_eigen_symm_workspace *work = gsl_eigen_symm_alloc(groups);
    gsl_eigen_symm(spread, values, work);
    double most = gsl_vector_max(values);
    of->delta = g_new0(double, groups);
    for (size_t k = 0; k < groups; k++) {
        double delta = gsl_vector_get(values, k);
        if (delta > 1e-10 * most) {
            of->delta[of->r++] = delta;
        }
    }
    of->nu = (double)moments->total - (double)moments->variables;
    of->df = of->nu - (double)of->r;
    grid_set(of);
    gsl_eigen_symm_free(work);
    gsl_vector_free(values);
    gsl_matrix_free(spread);
    gsl_matrix_free(rows);
}

/* What the statistic is at LAMBDA, of squares Z2 and SSE. */
static double at(const lkv_null *of, const double *z2, double sse,
                 double lambda)
{
    double all = sse, left = sse, logs = 0.0;
    for (size_t k = 0; k < of->r; k++) {
        double grown = 1.0 + lambda * of->delta[k];
        all += z2[k];
        left += z2[k] / grown;
        logs += log(grown);
    }
    return of->nu * log(all / left) - logs;
}

/* The most of it between the neighbours of the best point: golden section in
 * log lambda.
 */
static double refined(const lkv_null *of, const double *z2, double sse,
                      size_t best)
{
    static const double part = 0.6180339887498949;
    double low = log(of->lambda[best > 0 ? best - 1 : 0]);
    double high = log(of->lambda[MIN(best + 1, GRID - 1)]);
    double a = high - part * (high - low), b = low + part * (high - low);
    double at_a = at(of, z2, sse, exp(a)), at_b = at(of, z2, sse, exp(b));
    for (int i = 0; i < 12; i++) {
        if (at_a > at_b) {
            high = b;
            b = a;
            at_b = at_a;
            a = high - part * (high - low);
            at_a = at(of, z2, sse, exp(a));
        } else {
            low = a;
            a = b;
            at_a = at_b;
            b = low + part * (high - low);
            at_b = at(of, z2, sse, exp(b));
        }
    }
    return MAX(at_a, at_b);
}

static double most_of(const lkv_null *of, const double *z2, double sse)
{
    double all = sse, most = 0.0;
    size_t best = GRID;
    for (size_t k = 0; k < of->r; k++) {
        all += z2[k];
    }
    for (size_t g = 0; g < GRID; g++) {
        double left = sse;
        for (size_t k = 0; k < of->r; k++) {
            left += z2[k] * of->shrunk[g * of->r + k];
        }
        double value = of->nu * log(all / left) - of->logs[g];
        if (value > most) {
            most = value;
            best = g;
        }
    }
    return best == GRID ? 0.0 : MAX(most, refined(of, z2, sse, best));
}

/* Inside 0 and 1. */
static double uniform(lkv_stream *stream)
{
    return lkv_stream_uniform(stream) + 0x1p-54;
}

static double simulated(const lkv_null *of, double statistic,
                        lkv_stream *stream, unsigned draws)
{
    g_autofree double *z2 = g_new0(double, of->r + 1);
    unsigned reached = 0;
    for (unsigned d = 0; d < draws; d++) {
        double sse = lkv_chi2_quantile(uniform(stream), of->df);
        for (size_t k = 0; k < of->r; k++) {
            double z = lkv_normal_quantile(uniform(stream));
            z2[k] = z * z;
        }
        reached += most_of(of, z2, sse) >= statistic;
    }
    return (1.0 + reached) / (1.0 + draws);
}

lkv_rlrt lkv_rlrt_of(const lkv_moments *moments, lkv_stream *stream,
                     unsigned draws)
{
    lkv_rlrt test = {.statistic = NAN, .p_mixture = NAN, .p = NAN};
    g_autoptr(lkv_mixed) mixed = lkv_mixed_of(moments, true, 0.95);
    test.fit = mixed->fit;
    if (mixed->fit != LKV_FIT_OK) {
        return test;
    }
    lkv_deviance_model model = lkv_deviance_model_of(moments, true);
    double none = lkv_deviance_at(&model, 0.0).deviance;
    test.statistic = mixed->boundary ? 0.0 : fmax(0.0, none - mixed->deviance);
    if (test.statistic == 0.0) {
        test.p = test.p_mixture = 1.0;
        return test;
    }
    test.p_mixture = 0.5 * lkv_chi2_above(test.statistic, 1.0);
    if (test.p_mixture < 1e-9) {
        test.p = draws > 0 ? 1.0 / (1.0 + draws) : NAN;
        return test;
    }
    g_auto(lkv_null) of = {.r = 0};
    null_set(&of, moments);
    test.p = draws > 0 ? simulated(&of, test.statistic, stream, draws) : NAN;
    return test;
}
