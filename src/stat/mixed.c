#include "stat/mixed.h"

#include <math.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>

#include "stat/distribution.h"

enum { P = LKV_MIXED_EFFECTS };

/* The problem: totals of the centred columns 1, x1, x2 … and y. */
struct model {
    const lkv_moments *moments;
    size_t p;
    double nu; /* N - p for REML, N for ML */
    double n;
    bool reml;
    double a0[P * P], b0[P], q0;
};

/* All that follows from one lambda. */
struct point {
    bool fine;
    double a[P * P]; /* Cholesky factor of A in its lower triangle */
    double z[P]; /* G^-1 b */
    double beta[P];
    double rss, log_k, log_a;
    double deviance, slope; /* d and d' */
};

/* Centred column sums of a group: the intercept's is n. */
static void sums_of(const struct model *model, size_t group, double *s)
{
    const lkv_moments *moments = model->moments;
    s[0] = (double)moments->n[group];
    for (size_t i = 1; i < model->p; i++) {
        s[i] = moments->sum[group * moments->variables + i];
    }
}

static double t_of(const struct model *model, size_t group)
{
    return model->moments->sum[group * model->moments->variables];
}

static struct model model_of(const lkv_moments *moments, bool reml)
{
    struct model model = {.moments = moments,
                          .p = moments->variables,
                          .n = (double)moments->total,
                          .reml = reml};
    size_t v = moments->variables;
    model.nu = reml ? model.n - (double)v : model.n;
    model.q0 = moments->cross[0];
    model.a0[0] = model.n;
    for (size_t i = 1; i < v; i++) {
        model.b0[i] = moments->cross[i];
        for (size_t k = 1; k < v; k++) {
            model.a0[i * v + k] = moments->cross[i * v + k];
        }
    }
    return model;
}

/* Cholesky in place; false when a pivot is nothing beside its diagonal. */
static bool factor(double *a, size_t p)
{
    double diagonal[P];
    for (size_t i = 0; i < p; i++) {
        diagonal[i] = a[i * p + i];
        if (!(diagonal[i] > 0.0)) {
            return false;
        }
    }
    gsl_matrix_view view = gsl_matrix_view_array(a, p, p);
    if (gsl_linalg_cholesky_decomp1(&view.matrix) != 0) {
        return false;
    }
    for (size_t i = 0; i < p; i++) {
        double pivot = a[i * p + i];
        if (!(pivot * pivot > 1e-10 * diagonal[i])) {
            return false;
        }
    }
    return true;
}

/* G^-1 x in place, G the lower factor. */
static void forward(const double *factor, size_t p, double *x)
{
    gsl_matrix_const_view view = gsl_matrix_const_view_array(factor, p, p);
    gsl_vector_view vector = gsl_vector_view_array(x, p);
    gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, &view.matrix,
                   &vector.vector);
}

static void backward(const double *factor, size_t p, double *x)
{
    gsl_matrix_const_view view = gsl_matrix_const_view_array(factor, p, p);
    gsl_vector_view vector = gsl_vector_view_array(x, p);
    gsl_blas_dtrsv(CblasLower, CblasTrans, CblasNonUnit, &view.matrix,
                   &vector.vector);
}

/* A, b and q of lambda: what is left after the groups took their share. */
static void reduce(const struct model *model, double lambda,
                   struct point *point, double *q)
{
    size_t p = model->p;
    *q = model->q0;
    for (size_t i = 0; i < p * p; i++) {
        point->a[i] = model->a0[i];
    }
    for (size_t i = 0; i < p; i++) {
        point->z[i] = model->b0[i];
    }
    for (size_t j = 0; j < model->moments->groups; j++) {
        double n = (double)model->moments->n[j];
        double k = 1.0 + n * lambda, c = lambda / k;
        double s[P], t = t_of(model, j);
        sums_of(model, j, s);
        point->log_k += log(k);
        *q -= c * t * t;
        for (size_t i = 0; i < p; i++) {
            point->z[i] -= c * t * s[i];
            for (size_t m = 0; m < p; m++) {
                point->a[i * p + m] -= c * s[i] * s[m];
            }
        }
    }
}

/* d'(lambda) = nu RSS'/RSS + sum n/k + (log|A|)'. */
static double slope_of(const struct model *model, double lambda,
                       const struct point *point)
{
    double rss = 0.0, log_k = 0.0, log_a = 0.0;
    for (size_t j = 0; j < model->moments->groups; j++) {
        double n = (double)model->moments->n[j], k = 1.0 + n * lambda;
        double s[P], residual = t_of(model, j), length = 0.0;
        sums_of(model, j, s);
        for (size_t i = 0; i < model->p; i++) {
            residual -= s[i] * point->beta[i];
        }
        forward(point->a, model->p, s);
        for (size_t i = 0; i < model->p; i++) {
            length += s[i] * s[i];
        }
        rss -= residual * residual / (k * k);
        log_k += n / k;
        log_a -= length / (k * k);
    }
    return model->nu * rss / point->rss + log_k + (model->reml ? log_a : 0.0);
}

static struct point evaluate(const struct model *model, double lambda)
{
    struct point point = {.fine = false};
    size_t p = model->p;
    double q = 0.0, length = 0.0;
    reduce(model, lambda, &point, &q);
    if (!factor(point.a, p)) {
        return point;
    }
    forward(point.a, p, point.z);
    for (size_t i = 0; i < p; i++) {
        point.beta[i] = point.z[i];
        length += point.z[i] * point.z[i];
        point.log_a += 2.0 * log(point.a[i * p + i]);
    }
    backward(point.a, p, point.beta);
    point.rss = q - length;
    if (!(point.rss > 0.0)) {
        return point;
    }
    point.fine = true;
    point.deviance =
        model->nu * (1.0 + log(2.0 * G_PI * point.rss / model->nu)) +
        point.log_k + (model->reml ? point.log_a : 0.0);
    point.slope = slope_of(model, lambda, &point);
    return point;
}

/* The best of a grid over the ICC, which guards against two minima. */
static double grid_best(const struct model *model)
{
    double best = 0.0, least = evaluate(model, 0.0).deviance;
    for (int i = 1; i < 20; i++) {
        double icc = 0.05 * i, lambda = icc / (1.0 - icc);
        double deviance = evaluate(model, lambda).deviance;
        if (deviance < least) {
            least = deviance;
            best = lambda;
        }
    }
    return best;
}

/* Root of the slope around the best of the grid: the secant where it stays
 * inside the bracket, the middle otherwise.
 */
static double solve(const struct model *model)
{
    double best = grid_best(model), step = 0.05 * (1.0 + best);
    if (best == 0.0 && evaluate(model, 0.0).slope >= 0.0) {
        return 0.0;
    }
    double low = fmax(0.0, best - step), high = best + step;
    while (low > 0.0 && evaluate(model, low).slope > 0.0) {
        low = fmax(0.0, low - step);
    }
    while (evaluate(model, high).slope < 0.0 && high < 1e12) {
        high *= 2.0;
    }
    double at_low = evaluate(model, low).slope;
    double at_high = evaluate(model, high).slope;
    for (int i = 0; i < 200 && high - low > 1e-15 * (1.0 + high); i++) {
        double next = low - at_low * (high - low) / (at_high - at_low);
        bool outside = !(next > low && next < high);
        if (i % 3 == 2 || outside) {
            next = low + (high - low) / 2.0;
        }
        double slope = evaluate(model, next).slope;
        if (slope < 0.0) {
            low = next;
            at_low = slope;
        } else {
            high = next;
            at_high = slope;
        }
    }
    return low + (high - low) / 2.0;
}

static double lambda_of(double icc)
{
    return icc / (1.0 - icc);
}

/* The ICC between IN (inside) and OUT at which the deviance passes LIMIT. */
static double passing(const struct model *model, double in, double out,
                      double limit)
{
    for (int i = 0; i < 100 && fabs(out - in) > 1e-14; i++) {
        double middle = (in + out) / 2.0;
        if (evaluate(model, lambda_of(middle)).deviance <= limit) {
            in = middle;
        } else {
            out = middle;
        }
    }
    return (in + out) / 2.0;
}

static lkv_interval profile(const struct model *model, double icc,
                            double deviance, double confidence)
{
    double limit = deviance + lkv_chi2_quantile(confidence, 1.0);
    bool zero = evaluate(model, 0.0).deviance <= limit;
    return (lkv_interval){zero ? 0.0 : passing(model, icc, 0.0, limit),
                          passing(model, icc, 1.0 - 1e-12, limit)};
}

/* Residual sum of squares within groups and its degrees of freedom. */
static double within_residual(const lkv_moments *moments, double *df)
{
    size_t v = moments->variables, kept = 0;
    const double *w = moments->within_total;
    size_t column[P];
    double a[P * P], b[P];
    for (size_t i = 1; i < v; i++) {
        if (w[i * v + i] > 1e-10 * moments->cross[i * v + i]) {
            column[kept++] = i;
        }
    }
    double groups = 0.0;
    for (size_t j = 0; j < moments->groups; j++) {
        groups += moments->n[j] > 0;
    }
    *df = (double)moments->total - groups - (double)kept;
    double rss = w[0];
    for (size_t i = 0; i < kept; i++) {
        b[i] = w[column[i]];
        for (size_t k = 0; k < kept; k++) {
            a[i * kept + k] = w[column[i] * v + column[k]];
        }
    }
    if (kept > 0) {
        if (!factor(a, kept)) {
            return NAN;
        }
        forward(a, kept, b);
        for (size_t i = 0; i < kept; i++) {
            rss -= b[i] * b[i];
        }
    }
    return rss;
}

struct pivot {
    const struct model *model;
    double sse, r, df;
};

/* F(lambda) falls from F(0); at the true lambda it is F-distributed. */
static double pivot_at(const struct pivot *pivot, double icc)
{
    double rss = evaluate(pivot->model, lambda_of(icc)).rss;
    return (rss - pivot->sse) / pivot->r / (pivot->sse / pivot->df);
}

static double pivot_root(const struct pivot *pivot, double target)
{
    double low = 0.0, high = 1.0 - 1e-12;
    if (pivot_at(pivot, 0.0) <= target) {
        return 0.0;
    }
    for (int i = 0; i < 100 && high - low > 1e-15; i++) {
        double middle = (low + high) / 2.0;
        if (pivot_at(pivot, middle) > target) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2.0;
}

static void set_pivot(lkv_mixed *mixed, const struct model *model,
                      double confidence)
{
    const lkv_moments *moments = model->moments;
    if (!moments->within_total) {
        return;
    }
    struct pivot pivot = {.model = model};
    pivot.sse = within_residual(moments, &pivot.df);
    pivot.r = model->n - (double)model->p - pivot.df;
    if (!(pivot.sse > 0.0) || pivot.r < 1.0 || pivot.df < 1.0) {
        return;
    }
    double tail = (1.0 - confidence) / 2.0;
    mixed->f = pivot_at(&pivot, 0.0);
    mixed->f_p = lkv_f_above(mixed->f, pivot.r, pivot.df);
    mixed->icc_f = (lkv_interval){
        pivot_root(&pivot, lkv_f_quantile(1.0 - tail, pivot.r, pivot.df)),
        pivot_root(&pivot, lkv_f_quantile(tail, pivot.r, pivot.df))};
}

/* s' Var(beta) s of the centred effects. */
static double spread_along(const struct point *point, const struct model *model,
                           const double *s)
{
    double x[P], length = 0.0;
    for (size_t i = 0; i < model->p; i++) {
        x[i] = s[i];
    }
    forward(point->a, model->p, x);
    for (size_t i = 0; i < model->p; i++) {
        length += x[i] * x[i];
    }
    return length;
}

/* Back from centred columns: the intercept moves by the grand means. */
static void set_effects(lkv_mixed *mixed, const struct model *model,
                        const struct point *point)
{
    const lkv_moments *moments = model->moments;
    double one[P] = {1.0};
    mixed->beta[0] = moments->mean[0] + point->beta[0];
    for (size_t i = 1; i < model->p; i++) {
        double unit[P] = {0.0};
        unit[i] = 1.0;
        one[i] = -moments->mean[i];
        mixed->beta[i] = point->beta[i];
        mixed->beta[0] -= point->beta[i] * moments->mean[i];
        mixed->error[i] =
            sqrt(mixed->sigma2 * spread_along(point, model, unit));
    }
    mixed->error[0] = sqrt(mixed->sigma2 * spread_along(point, model, one));
}

static void set_groups(lkv_mixed *mixed, const struct model *model,
                       const struct point *point)
{
    for (size_t j = 0; j < model->moments->groups; j++) {
        double n = (double)model->moments->n[j];
        double k = 1.0 + n * mixed->lambda, c = mixed->lambda / k;
        double s[P], residual = t_of(model, j);
        sums_of(model, j, s);
        for (size_t i = 0; i < model->p; i++) {
            residual -= s[i] * point->beta[i];
        }
        bool empty = model->moments->n[j] == 0;
        mixed->effect[j] = empty ? NAN : c * residual;
        mixed->reliability[j] = empty ? NAN : n * c;
        mixed->variance[j] = empty ? NAN : mixed->sigma2 * c;
        mixed->error2[j] =
            empty ? NAN
                  : mixed->sigma2 * (c + c * c * spread_along(point, model, s));
    }
}

static lkv_fit fit_of(const struct model *model, size_t groups)
{
    if (model->n <= 0.0) {
        return LKV_FIT_NOBODY;
    }
    if (groups < 2) {
        return LKV_FIT_ONE_GROUP;
    }
    if (model->n - (double)groups < 1.0 || model->nu < 1.0) {
        return LKV_FIT_NO_DF;
    }
    return model->q0 > 0.0 ? LKV_FIT_OK : LKV_FIT_NO_VARIANCE;
}

lkv_mixed *lkv_mixed_of(const lkv_moments *moments, bool reml,
                        double confidence)
{
    lkv_mixed *mixed = g_new0(lkv_mixed, 1);
    g_assert(moments->variables <= P);
    struct model model = model_of(moments, reml);
    mixed->icc_profile = mixed->icc_f = (lkv_interval){NAN, NAN};
    mixed->f = mixed->f_p = NAN;
    mixed->effects = model.p;
    mixed->effect = g_new0(double, moments->groups);
    mixed->reliability = g_new0(double, moments->groups);
    mixed->variance = g_new0(double, moments->groups);
    mixed->error2 = g_new0(double, moments->groups);
    for (size_t j = 0; j < moments->groups; j++) {
        mixed->groups += moments->n[j] > 0;
    }
    mixed->fit = fit_of(&model, mixed->groups);
    if (mixed->fit != LKV_FIT_OK) {
        return mixed;
    }
    if (!evaluate(&model, 0.0).fine) {
        mixed->fit = LKV_FIT_COLLINEAR;
        return mixed;
    }
    mixed->lambda = solve(&model);
    struct point point = evaluate(&model, mixed->lambda);
    mixed->boundary = mixed->lambda == 0.0;
    mixed->sigma2 = point.rss / model.nu;
    mixed->tau2 = mixed->lambda * mixed->sigma2;
    mixed->icc = mixed->lambda / (1.0 + mixed->lambda);
    mixed->deviance = point.deviance;
    set_effects(mixed, &model, &point);
    set_groups(mixed, &model, &point);
    if (reml) {
        mixed->icc_profile =
            profile(&model, mixed->icc, mixed->deviance, confidence);
        set_pivot(mixed, &model, confidence);
    }
    return mixed;
}

void lkv_mixed_free(lkv_mixed *mixed)
{
    if (!mixed) {
        return;
    }
    g_free(mixed->effect);
    g_free(mixed->reliability);
    g_free(mixed->variance);
    g_free(mixed->error2);
    g_free(mixed);
}
