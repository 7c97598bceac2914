#include "stat/random_slope.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_linalg.h>

#include "stat/distribution.h"

enum { P = LKV_MIXED_EFFECTS, THETA = 3 };

/* What one group brings, around the grand means and with x1 in standard
 * deviations: M, and Z'c of every column, y last.
 */
typedef struct lkv_slope_group {
    double n, a, b; /* M = (n a; a b) */
    double one[P + 1], x[P + 1]; /* Z'c */
} lkv_slope_group;

typedef struct lkv_slope_model {
    const lkv_moments *moments;
    size_t p, groups;
    double nu, sd;
    lkv_slope_group *group;
    double all[(P + 1) * (P + 1)]; /* products of columns, y last */
} lkv_slope_model;

/* Variable of column I: the intercept has none, y comes last. */
static size_t variable_of(const lkv_slope_model *model, size_t i)
{
    return i == model->p ? 0 : i;
}

static void group_set(const lkv_slope_model *model, size_t j,
                      lkv_slope_group *group)
{
    const lkv_moments *moments = model->moments;
    size_t v = moments->variables;
    const double *sum = &moments->sum[j * v];
    const double *within = &moments->within[(j * v + 1) * v];
    group->n = (double)moments->n[j];
    group->a = sum[1] / model->sd;
    group->b = (within[1] + sum[1] * sum[1] / group->n) / model->sd / model->sd;
    group->one[0] = group->n;
    group->x[0] = group->a;
    for (size_t i = 1; i <= model->p; i++) {
        size_t c = variable_of(model, i);
        group->one[i] = sum[c];
        group->x[i] = (within[c] + sum[1] * sum[c] / group->n) / model->sd;
    }
}

static lkv_slope_model model_of(const lkv_moments *moments)
{
    size_t v = moments->variables, columns = v + 1;
    lkv_slope_model model = {.moments = moments, .p = v};
    double n = (double)moments->total;
    model.nu = n - (double)v;
    model.sd = sqrt(moments->cross[v + 1] / n);
    model.group = g_new0(lkv_slope_group, moments->groups + 1);
    for (size_t j = 0; j < moments->groups; j++) {
        if (moments->n[j] > 0) {
            group_set(&model, j, &model.group[model.groups++]);
        }
    }
    model.all[0] = n;
    for (size_t i = 1; i <= v; i++) {
        for (size_t k = 1; k <= v; k++) {
            model.all[i * columns + k] =
                moments->cross[variable_of(&model, i) * v +
                               variable_of(&model, k)];
        }
    }
    return model;
}

/* All that follows from one Psi = Lambda Lambda', Lambda = (t0 0; t1 t2). */
typedef struct lkv_slope_point {
    bool good;
    double beta[P], inverse[P * P]; /* A^-1 */
    double rss, deviance;
    double gradient[THETA];
} lkv_slope_point;

/* T = (I + M Psi)^-1 of a group, and log|I + M Psi|. */
typedef struct lkv_slope_shrink {
    double at[4], log;
} lkv_slope_shrink;

static lkv_slope_shrink shrink_of(const lkv_slope_group *g, const double *psi)
{
    double a = 1.0 + g->n * psi[0] + g->a * psi[1];
    double b = g->n * psi[1] + g->a * psi[2];
    double c = g->a * psi[0] + g->b * psi[1];
    double d = 1.0 + g->a * psi[1] + g->b * psi[2];
    double det = a * d - b * c;
    return (lkv_slope_shrink){{d / det, -b / det, -c / det, a / det}, log(det)};
}

/* h = T Z'c of column I. */
static void shrunk(const lkv_slope_shrink *t, const lkv_slope_group *g,
                   size_t i, double *h)
{
    h[0] = t->at[0] * g->one[i] + t->at[1] * g->x[i];
    h[1] = t->at[2] * g->one[i] + t->at[3] * g->x[i];
}

/* Takes what Psi explains of a group out of the products; gives log|I + M Psi|.
 */
static double group_reduce(const lkv_slope_group *g, const double *psi,
                           size_t columns, double *left)
{
    lkv_slope_shrink t = shrink_of(g, psi);
    for (size_t k = 0; k < columns; k++) {
        double h[2];
        shrunk(&t, g, k, h);
        double one = psi[0] * h[0] + psi[1] * h[1];
        double x = psi[1] * h[0] + psi[2] * h[1];
        for (size_t i = 0; i <= k; i++) {
            left[i * columns + k] -= g->one[i] * one + g->x[i] * x;
        }
    }
    return t.log;
}

/* The products of all columns by V^-1, y last; the sum of logs in LOGS. */
static void reduce(const lkv_slope_model *model, const double *psi,
                   double *left, double *logs)
{
    memcpy(left, model->all, sizeof model->all);
    for (size_t j = 0; j < model->groups; j++) {
        *logs += group_reduce(&model->group[j], psi, model->p + 1, left);
    }
}

/* A^-1, beta and RSS from the products; log|A| in LOGS. */
static bool solve(const lkv_slope_model *model, const double *left,
                  lkv_slope_point *point, double *logs)
{
    size_t p = model->p, columns = p + 1;
    gsl_matrix_view a = gsl_matrix_view_array(point->inverse, p, p);
    for (size_t i = 0; i < p * p; i++) {
        size_t low = MIN(i / p, i % p), high = MAX(i / p, i % p);
        point->inverse[i] = left[low * columns + high];
    }
    if (gsl_linalg_cholesky_decomp1(&a.matrix) != 0) {
        return false;
    }
    for (size_t i = 0; i < p; i++) {
        *logs += 2.0 * log(point->inverse[i * p + i]);
    }
    gsl_linalg_cholesky_invert(&a.matrix);
    point->rss = left[p * columns + p];
    for (size_t i = 0; i < p; i++) {
        point->beta[i] = 0.0;
        for (size_t k = 0; k < p; k++) {
            point->beta[i] += point->inverse[i * p + k] * left[k * columns + p];
        }
        point->rss -= point->beta[i] * left[i * columns + p];
    }
    return point->rss > 0.0;
}

/* Adds a group's T M - (nu/RSS) h h' - sum A^-1 h_i h_k' to G = (00 01 11). */
static void gradient_add(const lkv_slope_model *model, const double *psi,
                         const lkv_slope_group *g, const lkv_slope_point *point,
                         double *sum)
{
    size_t p = model->p;
    double h[P + 1][2], e[2], factor = model->nu / point->rss;
    lkv_slope_shrink t = shrink_of(g, psi);
    shrunk(&t, g, p, e);
    for (size_t i = 0; i < p; i++) {
        shrunk(&t, g, i, h[i]);
        e[0] -= point->beta[i] * h[i][0];
        e[1] -= point->beta[i] * h[i][1];
    }
    sum[0] += t.at[0] * g->n + t.at[1] * g->a - factor * e[0] * e[0];
    sum[1] += t.at[0] * g->a + t.at[1] * g->b - factor * e[0] * e[1];
    sum[2] += t.at[2] * g->a + t.at[3] * g->b - factor * e[1] * e[1];
    for (size_t i = 0; i < p; i++) {
        for (size_t k = 0; k < p; k++) {
            double inverse = point->inverse[i * p + k];
            sum[0] -= inverse * h[i][0] * h[k][0];
            sum[1] -= inverse * h[i][0] * h[k][1];
            sum[2] -= inverse * h[i][1] * h[k][1];
        }
    }
}

static lkv_slope_point point_at(const lkv_slope_model *model,
                                const double *theta)
{
    lkv_slope_point point = {.deviance = INFINITY};
    const double psi[] = {theta[0] * theta[0], theta[0] * theta[1],
                          theta[1] * theta[1] + theta[2] * theta[2]};
    double left[(P + 1) * (P + 1)], logs = 0.0, g[THETA] = {0.0};
    reduce(model, psi, left, &logs);
    point.good = solve(model, left, &point, &logs);
    if (!point.good) {
        return point;
    }
    point.deviance =
        model->nu * (1.0 + log(2.0 * G_PI * point.rss / model->nu)) + logs;
    for (size_t j = 0; j < model->groups; j++) {
        gradient_add(model, psi, &model->group[j], &point, g);
    }
    point.gradient[0] = 2.0 * (g[0] * theta[0] + g[1] * theta[1]);
    point.gradient[1] = 2.0 * (g[1] * theta[0] + g[2] * theta[1]);
    point.gradient[2] = 2.0 * g[2] * theta[2];
    return point;
}

/* Differences of the gradient. */
static void curvature(const lkv_slope_model *model, const double *theta,
                      double hessian[THETA * THETA])
{
    static const double step = 1e-5;
    for (size_t k = 0; k < THETA; k++) {
        double up[THETA], down[THETA];
        memcpy(up, theta, sizeof up);
        memcpy(down, theta, sizeof down);
        up[k] += step;
        down[k] -= step;
        lkv_slope_point above = point_at(model, up);
        lkv_slope_point below = point_at(model, down);
        for (size_t i = 0; i < THETA; i++) {
            hessian[i * THETA + k] =
                (above.gradient[i] - below.gradient[i]) / (2.0 * step);
        }
    }
    for (size_t i = 0; i < THETA; i++) {
        for (size_t k = 0; k < i; k++) {
            hessian[i * THETA + k] = hessian[k * THETA + i] =
                (hessian[i * THETA + k] + hessian[k * THETA + i]) / 2.0;
        }
    }
}

/* Newton's step with DAMPING times the largest curvature on the diagonal;
 * false where that is not positive definite.
 */
static bool step_of(const double *hessian, const double *gradient,
                    double damping, double step[THETA])
{
    double h[THETA * THETA], right[THETA], most = 1.0;
    for (size_t i = 0; i < THETA; i++) {
        most = fmax(most, fabs(hessian[i * THETA + i]));
    }
    for (size_t i = 0; i < THETA * THETA; i++) {
        h[i] = hessian[i] + (i % (THETA + 1) == 0 ? damping * most : 0.0);
    }
    for (size_t i = 0; i < THETA; i++) {
        right[i] = -gradient[i];
    }
    gsl_matrix_view view = gsl_matrix_view_array(h, THETA, THETA);
    gsl_vector_const_view b = gsl_vector_const_view_array(right, THETA);
    gsl_vector_view x = gsl_vector_view_array(step, THETA);
    return gsl_linalg_cholesky_decomp1(&view.matrix) == 0 &&
           gsl_linalg_cholesky_solve(&view.matrix, &b.vector, &x.vector) == 0;
}

static double length_of(const double *x)
{
    return sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
}

/* A damped step that does not climb: THETA and POINT move. False when no
 * damping finds one, which is so at the minimum.
 */
static bool move(const lkv_slope_model *model, double *theta,
                 lkv_slope_point *point, double *moved)
{
    double hessian[THETA * THETA], step[THETA];
    curvature(model, theta, hessian);
    for (int tries = 0; tries < 13; tries++) {
        double damping = tries > 0 ? pow(10.0, tries - 7) : 0.0;
        double next[THETA];
        if (!step_of(hessian, point->gradient, damping, step)) {
            continue;
        }
        for (size_t i = 0; i < THETA; i++) {
            next[i] = theta[i] + step[i];
        }
        lkv_slope_point there = point_at(model, next);
        bool lower = there.deviance < point->deviance;
        bool flatter = there.deviance < point->deviance + 1e-9 &&
                       length_of(there.gradient) < length_of(point->gradient);
        if (there.good && (lower || flatter)) {
            memcpy(theta, next, sizeof next);
            *point = there;
            *moved = length_of(step);
            return true;
        }
    }
    return false;
}

static lkv_slope_point descend(const lkv_slope_model *model, double *theta)
{
    lkv_slope_point point = point_at(model, theta);
    double moved = 1.0;
    for (int i = 0; i < 60 && point.good && moved > 1e-13; i++) {
        if (!move(model, theta, &point, &moved)) {
            break;
        }
    }
    return point;
}

/* The lower of two minima, from a small and a large variance of slopes. */
static lkv_slope_point search(const lkv_slope_model *model, double intercept,
                              double *theta)
{
    double first[THETA] = {fmax(intercept, 0.05), 0.0, 0.05};
    double second[THETA] = {fmax(intercept, 0.05), 0.0, 0.5};
    lkv_slope_point low = descend(model, first);
    lkv_slope_point high = descend(model, second);
    bool better = high.deviance < low.deviance - 1e-8;
    memcpy(theta, better ? second : first, sizeof first);
    return better ? high : low;
}

/* Groups within which x1 varies. */
static size_t varying(const lkv_moments *moments)
{
    size_t v = moments->variables, count = 0;
    for (size_t j = 0; j < moments->groups; j++) {
        count += moments->n[j] > 0 && moments->within[(j * v + 1) * v + 1] >
                                          1e-10 * moments->cross[v + 1];
    }
    return count;
}

/* Back from the scaled x1 around its mean, and to the level where it is 0. */
static void variances_set(lkv_random_slope *out, const lkv_slope_model *model,
                          const double *theta)
{
    double mean = model->moments->mean[1], sd = model->sd;
    double level = out->sigma2 * theta[0] * theta[0];
    double along = out->sigma2 * theta[0] * theta[1] / sd;
    out->tau2_slope =
        out->sigma2 * (theta[1] * theta[1] + theta[2] * theta[2]) / sd / sd;
    out->covariance = along - mean * out->tau2_slope;
    out->tau2_intercept =
        level - 2.0 * mean * along + mean * mean * out->tau2_slope;
}

static void effects_set(lkv_random_slope *out, const lkv_slope_model *model,
                        const lkv_slope_point *point)
{
    const double *mean = model->moments->mean;
    size_t p = model->p;
    double one[P] = {1.0}, variance = 0.0;
    out->beta[0] = mean[0] + point->beta[0];
    for (size_t i = 1; i < p; i++) {
        out->beta[i] = point->beta[i];
        out->beta[0] -= point->beta[i] * mean[i];
        out->error[i] = sqrt(out->sigma2 * point->inverse[i * p + i]);
        one[i] = -mean[i];
    }
    for (size_t i = 0; i < p * p; i++) {
        variance += one[i / p] * point->inverse[i] * one[i % p];
    }
    out->error[0] = sqrt(out->sigma2 * variance);
}

lkv_random_slope lkv_random_slope_of(const lkv_moments *moments)
{
    lkv_random_slope out = {.effects = moments->variables};
    g_assert(moments->within && moments->variables > 1);
    g_autoptr(lkv_mixed) plain = lkv_mixed_of(moments, true, 0.0);
    out.groups = plain->groups;
    out.fit = plain->fit != LKV_FIT_OK ? plain->fit
              : varying(moments) < 2   ? LKV_FIT_FEW_GROUPS
                                       : LKV_FIT_OK;
    if (out.fit != LKV_FIT_OK) {
        return out;
    }
    lkv_slope_model model = model_of(moments);
    double theta[THETA];
    lkv_slope_point point = search(&model, sqrt(plain->lambda), theta);
    out.ratio = plain->deviance - point.deviance;
    out.boundary = !(out.ratio > 1e-9);
    if (out.boundary) {
        const double without[THETA] = {sqrt(plain->lambda), 0.0, 0.0};
        memcpy(theta, without, sizeof theta);
        point = point_at(&model, theta);
        out.ratio = 0.0;
    }
    out.p = out.boundary ? 1.0
                         : 0.5 * lkv_chi2_above(out.ratio, 1.0) +
                               0.5 * lkv_chi2_above(out.ratio, 2.0);
    out.deviance = point.deviance;
    out.sigma2 = point.rss / model.nu;
    variances_set(&out, &model, theta);
    effects_set(&out, &model, &point);
    g_free(model.group);
    return out;
}
