#include "stat/canonical.h"

#include <math.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>

#include "stat/draw.h"
#include "stat/logs.h"
#include "stat/mixed.h"

enum { P = LKV_MIXED_EFFECTS, GRID = LKV_CANONICAL_GRID };

#define LEAST 1e-4 /* of the grid's lambdas, where 1 halves an eigenvalue */
#define STEP (log(1e7) / (GRID - 1)) /* from one to the next, in log lambda */

/* The covariates' sums of GROUP, in rows of which C^-1 is their product. */
static void whitened(const lkv_moments *moments, const gsl_matrix *factor,
                     size_t group, gsl_vector *row)
{
    size_t v = moments->variables;
    for (size_t i = 1; i < v; i++) {
        gsl_vector_set(row, i - 1, moments->sum[group * v + i]);
    }
    gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, factor, row);
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

static void grid_set(lkv_canonical *of)
{
    double mean = 0.0;
    for (size_t k = 0; k < of->r; k++) {
        mean += of->delta[k] / (double)of->r;
    }
    of->shrunk = g_new0(double, GRID * of->r + 1);
    for (size_t g = 0; g < GRID; g++) {
        of->lambda[g] = exp(log(LEAST) + STEP * (double)g) / mean;
        for (size_t k = 0; k < of->r; k++) {
            double grown = 1.0 + of->lambda[g] * of->delta[k];
            of->shrunk[k * GRID + g] = 1.0 / grown;
            of->logs[g] += log(grown);
        }
        of->scale[g] = exp(of->logs[g] / of->nu);
    }
}

static void delta_set(lkv_canonical *of, gsl_matrix *spread)
{
    size_t groups = spread->size1;
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
    gsl_eigen_symm_free(work);
    gsl_vector_free(values);
}

lkv_canonical *lkv_canonical_of(const lkv_moments *moments)
{
    lkv_canonical *of = g_new0(lkv_canonical, 1);
    size_t groups = 0;
    for (size_t j = 0; j < moments->groups; j++) {
        groups += moments->n[j] > 0;
    }
    gsl_matrix *rows = rows_of(moments, groups);
    gsl_matrix *spread = spread_of(rows, (double)moments->total);
    delta_set(of, spread);
    of->nu = (double)moments->total - (double)moments->variables;
    of->df = of->nu - (double)of->r;
    grid_set(of);
    gsl_matrix_free(spread);
    gsl_matrix_free(rows);
    return of;
}

void lkv_canonical_free(lkv_canonical *of)
{
    if (!of) {
        return;
    }
    g_free(of->delta);
    g_free(of->shrunk);
    g_free(of);
}

double lkv_canonical_draw(const lkv_canonical *of, double lambda,
                          lkv_stream *stream, double *squares)
{
    for (size_t k = 0; k < of->r; k++) {
        double z = lkv_draw_normal(stream);
        squares[k] = z * z * (1.0 + lambda * of->delta[k]);
    }
    return lkv_draw_chi2(stream, of->df);
}

/* ---- the search ----------------------------------------------------------- */

/* Squares of one draw, or of the data. */
typedef struct sample {
    const lkv_canonical *of;
    const double *squares;
    double sse, all;
} sample;

/* The first two derivatives of D in log lambda. */
typedef struct bend {
    double first, second;
} bend;

static bend bend_at(const sample *at, double lambda)
{
    double left = at->sse, left1 = 0.0, left2 = 0.0, logs1 = 0.0, logs2 = 0.0;
    for (size_t k = 0; k < at->of->r; k++) {
        double shrunk = 1.0 / (1.0 + lambda * at->of->delta[k]);
        double slope = at->of->delta[k] * shrunk;
        double part = at->squares[k] * shrunk;
        left += part;
        left1 += part * slope;
        left2 += part * slope * slope;
        logs1 += slope;
        logs2 += slope * slope;
    }
    double fall = left1 / left;
    double first = logs1 - at->of->nu * fall;
    double second = at->of->nu * (2.0 * left2 / left - fall * fall) - logs2;
    return (bend){lambda * first, lambda * (first + lambda * second)};
}

/* How much larger D(0) is than D(lambda). */
static double ratio_at(const sample *at, double lambda)
{
    double left = at->sse;
    lkv_logs logs = LKV_LOGS_NONE;
    for (size_t k = 0; k < at->of->r; k++) {
        double grown = 1.0 + lambda * at->of->delta[k];
        left += at->squares[k] / grown;
        lkv_logs_add(grown, &logs);
    }
    return at->of->nu * log(at->all / left) - lkv_logs_sum(&logs);
}

/* Where a parabola through the grid's BEST and its neighbours is lowest, in
 * steps from BEST.
 */
static double lowest(const double *scaled, size_t best)
{
    if (best == 0 || best == GRID - 1) {
        return 0.0;
    }
    double before = log(scaled[best - 1] / scaled[best]);
    double after = log(scaled[best + 1] / scaled[best]);
    return before + after > 0.0 ? 0.5 * (before - after) / (before + after)
                                : 0.0;
}

/* Newton in log lambda between the neighbours of the grid's best point, halved
 * where it leaves them.
 */
static double refined(const sample *at, const double *scaled, size_t best)
{
    double middle = log(at->of->lambda[best]);
    double low = best > 0 ? middle - STEP : middle;
    double high = best < GRID - 1 ? middle + STEP : middle;
    double x = middle + STEP * lowest(scaled, best);
    for (int i = 0; i < 50; i++) {
        bend here = bend_at(at, exp(x));
        low = here.first < 0.0 ? x : low;
        high = here.first < 0.0 ? high : x;
        double step = here.second > 0.0 ? -here.first / here.second : NAN;
        double next = x + step;
        if (!(next >= low && next <= high)) {
            next = low + (high - low) / 2.0;
        }
        if (fabs(next - x) < 1e-8) {
            return exp(next);
        }
        x = next;
    }
    return exp(x);
}

/* What is left of FOUR squares at each point of the grid, added to LEFT. */
static void four_add(const double *squares, const double *shrunk, double *left)
{
    enum { SECOND = GRID, THIRD = 2 * GRID, FOURTH = 3 * GRID };
    double first = squares[0], second = squares[1], third = squares[2],
           fourth = squares[3];
    for (size_t g = 0; g < GRID; g++) {
        left[g] += (first * shrunk[g] + second * shrunk[SECOND + g]) +
                   (third * shrunk[THIRD + g] + fourth * shrunk[FOURTH + g]);
    }
}

/* What is left of all squares, each point of the grid by its scale. */
static void scaled_set(const sample *at, double *scaled)
{
    size_t r = at->of->r, k = 0;
    for (size_t g = 0; g < GRID; g++) {
        scaled[g] = at->sse;
    }
    for (; k + 4 <= r; k += 4) {
        four_add(&at->squares[k], &at->of->shrunk[k * GRID], scaled);
    }
    for (; k < r; k++) {
        for (size_t g = 0; g < GRID; g++) {
            scaled[g] += at->squares[k] * at->of->shrunk[k * GRID + g];
        }
    }
    for (size_t g = 0; g < GRID; g++) {
        scaled[g] *= at->of->scale[g];
    }
}

lkv_canonical_fit lkv_canonical_refit(const lkv_canonical *of,
                                      const double *squares, double sse)
{
    sample at = {of, squares, sse, sse};
    double scaled[GRID];
    for (size_t k = 0; k < of->r; k++) {
        at.all += squares[k];
    }
    scaled_set(&at, scaled);
    size_t best = GRID;
    double least = at.all;
    for (size_t g = 0; g < GRID; g++) {
        best = scaled[g] < least ? g : best;
        least = MIN(least, scaled[g]);
    }
    if (best == GRID) {
        return (lkv_canonical_fit){0.0, 0.0};
    }
    double lambda = refined(&at, scaled, best);
    double most = of->nu * log(at.all / least);
    return (lkv_canonical_fit){lambda, MAX(most, ratio_at(&at, lambda))};
}
