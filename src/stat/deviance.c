#include "stat/deviance.h"

#include <math.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>

enum { P = LKV_MIXED_EFFECTS };

bool lkv_deviance_alike(double part, double whole)
{
    return !(part > 1e-10 * whole);
}

/* Centred column sums of a group: the intercept's is n. */
static void sums_of(const lkv_deviance_model *model, size_t group, double *s)
{
    const lkv_moments *moments = model->moments;
    s[0] = (double)moments->n[group];
    for (size_t i = 1; i < model->p; i++) {
        s[i] = moments->sum[group * moments->variables + i];
    }
}

static double response_of(const lkv_deviance_model *model, size_t group)
{
    return model->moments->sum[group * model->moments->variables];
}

/* Products within groups: all less those of the groups' own sums. */
static void set_within(const lkv_moments *moments, double *within)
{
    size_t v = moments->variables;
    for (size_t i = 0; i < v * v; i++) {
        within[i] = moments->within_total ? moments->within_total[i]
                                          : moments->cross[i];
    }
    for (size_t j = 0; !moments->within_total && j < moments->groups; j++) {
        const double *sum = &moments->sum[j * v];
        double n = (double)moments->n[j];
        for (size_t i = 0; moments->n[j] > 0 && i < v * v; i++) {
            within[i] -= sum[i / v] * sum[i % v] / n;
        }
    }
}

lkv_deviance_model lkv_deviance_model_of(const lkv_moments *moments, bool reml)
{
    lkv_deviance_model model = {.moments = moments,
                                .p = moments->variables,
                                .n = (double)moments->total,
                                .reml = reml};
    g_assert(moments->variables <= P);
    model.nu = reml ? model.n - (double)model.p : model.n;
    set_within(moments, model.within);
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
        if (lkv_deviance_alike(pivot * pivot, diagonal[i])) {
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

/* A, b and q of lambda: the products within groups, and those of the groups'
 * sums by 1/(n k). Nothing is subtracted, so no lambda is too large.
 */
static void reduce(const lkv_deviance_model *model, double lambda,
                   lkv_deviance *point, double *q)
{
    size_t p = model->p;
    *q = model->within[0];
    for (size_t i = 1; i < p; i++) {
        point->z[i] = model->within[i];
        for (size_t m = 1; m < p; m++) {
            point->a[i * p + m] = model->within[i * p + m];
        }
    }
    for (size_t j = 0; j < model->moments->groups; j++) {
        double n = (double)model->moments->n[j], k = 1.0 + n * lambda;
        double s[P], t = response_of(model, j);
        if (model->moments->n[j] == 0) {
            continue;
        }
        sums_of(model, j, s);
        point->log_k += log(k);
        *q += t * t / (n * k);
        for (size_t i = 0; i < p; i++) {
            point->z[i] += t * s[i] / (n * k);
            for (size_t m = 0; m < p; m++) {
                point->a[i * p + m] += s[i] * s[m] / (n * k);
            }
        }
    }
}

double lkv_deviance_residual(const lkv_deviance_model *model,
                             const lkv_deviance *at, size_t group, double *s)
{
    double residual = response_of(model, group);
    sums_of(model, group, s);
    for (size_t i = 0; i < model->p; i++) {
        residual -= s[i] * at->beta[i];
    }
    return residual;
}

double lkv_deviance_along(const lkv_deviance_model *model,
                          const lkv_deviance *at, const double *s)
{
    double x[P], length = 0.0;
    for (size_t i = 0; i < model->p; i++) {
        x[i] = s[i];
    }
    forward(at->a, model->p, x);
    for (size_t i = 0; i < model->p; i++) {
        length += x[i] * x[i];
    }
    return length;
}

/* d'(lambda) = nu RSS'/RSS + sum n/k + (log|A|)'. */
static double slope_of(const lkv_deviance_model *model, double lambda,
                       const lkv_deviance *point)
{
    double rss = 0.0, log_k = 0.0, log_a = 0.0;
    for (size_t j = 0; j < model->moments->groups; j++) {
        double n = (double)model->moments->n[j], k = 1.0 + n * lambda;
        double s[P], residual = lkv_deviance_residual(model, point, j, s);
        rss -= residual * residual / (k * k);
        log_k += n / k;
        log_a -= lkv_deviance_along(model, point, s) / (k * k);
    }
    return model->nu * rss / point->rss + log_k + (model->reml ? log_a : 0.0);
}

bool lkv_deviance_finish(const lkv_deviance_model *model, lkv_deviance *point,
                         double q)
{
    size_t p = model->p;
    double length = 0.0;
    point->fit = LKV_FIT_COLLINEAR;
    if (!factor(point->a, p)) {
        return false;
    }
    forward(point->a, p, point->z);
    for (size_t i = 0; i < p; i++) {
        point->beta[i] = point->z[i];
        length += point->z[i] * point->z[i];
        point->log_a += 2.0 * log(point->a[i * p + i]);
    }
    backward(point->a, p, point->beta);
    point->rss = q - length;
    point->fit = point->rss > 0.0 ? LKV_FIT_OK : LKV_FIT_NO_VARIANCE;
    if (point->fit != LKV_FIT_OK) {
        return false;
    }
    point->deviance =
        model->nu * (1.0 + log(2.0 * G_PI * point->rss / model->nu)) +
        point->log_k + (model->reml ? point->log_a : 0.0);
    return true;
}

lkv_deviance lkv_deviance_at(const lkv_deviance_model *model, double lambda)
{
    lkv_deviance point = {.fit = LKV_FIT_COLLINEAR};
    double q = 0.0;
    reduce(model, lambda, &point, &q);
    if (lkv_deviance_finish(model, &point, q)) {
        point.slope = slope_of(model, lambda, &point);
    }
    return point;
}
