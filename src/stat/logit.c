#include "stat/logit.h"

#include <math.h>
#include <stdbool.h>

#include <glib.h>
#include <gsl/gsl_eigen.h>

#include "stat/distribution.h"

/* Nodes and weights for the standard normal: sum w f(x) = E f(Z). */
typedef struct lkv_nodes {
    size_t count;
    double x[LKV_LOGIT_NODES_MOST], weight[LKV_LOGIT_NODES_MOST];
} lkv_nodes;

/* Golub and Welsch 1969. */
static lkv_nodes nodes_of(size_t count)
{
    lkv_nodes nodes = {.count = count};
    gsl_matrix *jacobi = gsl_matrix_calloc(count, count);
    gsl_matrix *vectors = gsl_matrix_alloc(count, count);
    gsl_vector *values = gsl_vector_alloc(count);
    gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc(count);
    for (size_t i = 1; i < count; i++) {
        gsl_matrix_set(jacobi, i, i - 1, sqrt((double)i));
        gsl_matrix_set(jacobi, i - 1, i, sqrt((double)i));
    }
    gsl_eigen_symmv(jacobi, values, vectors, work);
    gsl_eigen_symmv_sort(values, vectors, GSL_EIGEN_SORT_VAL_ASC);
    for (size_t i = 0; i < count; i++) {
        double first = gsl_matrix_get(vectors, 0, i);
        nodes.x[i] = gsl_vector_get(values, i);
        nodes.weight[i] = first * first;
    }
    gsl_eigen_symmv_free(work);
    gsl_vector_free(values);
    gsl_matrix_free(vectors);
    gsl_matrix_free(jacobi);
    return nodes;
}

static double expit(double x)
{
    return x >= 0.0 ? 1.0 / (1.0 + exp(-x)) : exp(x) / (1.0 + exp(x));
}

/* log(1 + e^x). */
static double softplus(double x)
{
    return x > 0.0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

typedef struct lkv_logit_group {
    double yes, n;
} lkv_logit_group;

typedef struct lkv_logit_model {
    lkv_nodes nodes;
    size_t groups;
    lkv_logit_group *group;
} lkv_logit_model;

enum { BETA, TAU };

/* Odds of groups this far apart (a median odds ratio of 13,800) have no bound: in
 * nearly all of them cases answer alike.
 */
static const double TAU_MOST = 10.0;

/* Log likelihood and its derivatives in beta and tau. */
typedef struct lkv_logit_point {
    double value, slope[2];
} lkv_logit_point;

static double mode_of(const lkv_logit_group *g, const double *theta)
{
    double z = 0.0;
    for (int i = 0; i < 100; i++) {
        double p = expit(theta[BETA] + theta[TAU] * z);
        double slope = theta[TAU] * (g->yes - g->n * p) - z;
        double h = 1.0 + theta[TAU] * theta[TAU] * g->n * p * (1.0 - p);
        double step = slope / h;
        step = fmin(fmax(step, -1.0), 1.0);
        z += step;
        if (fabs(step) < 1e-14 * (1.0 + fabs(z))) {
            break;
        }
    }
    return z;
}

/* The mode, the scale of the nodes around it, and how both move with beta and
 * with tau.
 */
typedef struct lkv_logit_centre {
    double mode, scale, mode_slope[2], scale_slope[2];
} lkv_logit_centre;

static lkv_logit_centre centre_of(const lkv_logit_group *g, const double *theta)
{
    double tau = theta[TAU], z = mode_of(g, theta);
    double p = expit(theta[BETA] + tau * z);
    double w = g->n * p * (1.0 - p), h = 1.0 + tau * tau * w;
    lkv_logit_centre of = {.mode = z, .scale = 1.0 / sqrt(h)};
    for (int k = 0; k < 2; k++) {
        double along = k == BETA ? 1.0 : z, own = k == TAU;
        double score = own * (g->yes - g->n * p);
        of.mode_slope[k] = (score - tau * w * along) / h;
        double eta = along + tau * of.mode_slope[k];
        double turn =
            2.0 * tau * own * w + tau * tau * w * (1.0 - 2.0 * p) * eta;
        of.scale_slope[k] = -0.5 * turn / (h * sqrt(h));
    }
    return of;
}

static void group_add(const lkv_logit_model *model, const lkv_logit_group *g,
                      const double *theta, lkv_logit_point *point)
{
    const lkv_nodes *nodes = &model->nodes;
    lkv_logit_centre of = centre_of(g, theta);
    double value[LKV_LOGIT_NODES_MOST], slope[LKV_LOGIT_NODES_MOST][2];
    double most = -INFINITY, sum = 0.0, along[2] = {0.0};
    for (size_t q = 0; q < nodes->count; q++) {
        double x = nodes->x[q], z = of.mode + of.scale * x;
        double eta = theta[BETA] + theta[TAU] * z;
        double score = g->yes - g->n * expit(eta);
        value[q] = g->yes * eta - g->n * softplus(eta) - z * z / 2.0 +
                   x * x / 2.0 + log(nodes->weight[q]);
        most = fmax(most, value[q]);
        for (int k = 0; k < 2; k++) {
            double moved = of.mode_slope[k] + of.scale_slope[k] * x;
            double turn = (k == BETA ? 1.0 : z) + theta[TAU] * moved;
            slope[q][k] = score * turn - z * moved;
        }
    }
    for (size_t q = 0; q < nodes->count; q++) {
        double share = exp(value[q] - most);
        sum += share;
        along[0] += share * slope[q][0];
        along[1] += share * slope[q][1];
    }
    point->value += most + log(sum) + log(of.scale);
    for (int k = 0; k < 2; k++) {
        point->slope[k] += along[k] / sum + of.scale_slope[k] / of.scale;
    }
}

static lkv_logit_point point_at(const lkv_logit_model *model,
                                const double *theta)
{
    lkv_logit_point point = {0.0, {0.0, 0.0}};
    for (size_t j = 0; j < model->groups; j++) {
        group_add(model, &model->group[j], theta, &point);
    }
    return point;
}

/* Less the second derivatives: information in beta, both, tau. */
static void information(const lkv_logit_model *model, const double *theta,
                        double out[3])
{
    static const double step = 1e-5;
    double slope[2][2];
    for (int k = 0; k < 2; k++) {
        double up[] = {theta[0], theta[1]}, down[] = {theta[0], theta[1]};
        up[k] += step;
        down[k] -= step;
        lkv_logit_point above = point_at(model, up);
        lkv_logit_point below = point_at(model, down);
        for (int i = 0; i < 2; i++) {
            slope[k][i] = (below.slope[i] - above.slope[i]) / (2.0 * step);
        }
    }
    out[0] = slope[0][0];
    out[1] = (slope[0][1] + slope[1][0]) / 2.0;
    out[2] = slope[1][1];
}

/* One of Newton's steps, with DAMPING times the largest information on the
 * diagonal: THETA and POINT move unless it falls or the information is not
 * positive definite. Gives its length, 0 when nothing moved.
 */
static double step(const lkv_logit_model *model, const double info[3],
                   double damping, double theta[2], lkv_logit_point *point)
{
    double extra = damping * fmax(fmax(fabs(info[0]), fabs(info[2])), 1e-8);
    double a = info[0] + extra, b = info[1], c = info[2] + extra;
    double det = a * c - b * b;
    if (!(a > 0.0 && det > 0.0)) {
        return 0.0;
    }
    double beta = (c * point->slope[BETA] - b * point->slope[TAU]) / det;
    double tau = (a * point->slope[TAU] - b * point->slope[BETA]) / det;
    const double next[] = {theta[BETA] + beta, theta[TAU] + tau};
    lkv_logit_point there = point_at(model, next);
    if (there.value < point->value - 1e-11 * fabs(point->value)) {
        return 0.0;
    }
    theta[BETA] = next[BETA];
    theta[TAU] = next[TAU];
    *point = there;
    return fmax(fabs(beta), fabs(tau));
}

/* Newton's method, damped where it must be. */
static lkv_logit_point climb(const lkv_logit_model *model, double theta[2])
{
    lkv_logit_point point = point_at(model, theta);
    double moved = 1.0;
    for (int i = 0; i < 100 && moved > 1e-12; i++) {
        double info[3];
        information(model, theta, info);
        moved = step(model, info, 0.0, theta, &point);
        for (int tries = 0; tries < 20 && moved == 0.0; tries++) {
            moved = step(model, info, 1e-4 * pow(4.0, tries), theta, &point);
        }
    }
    return point;
}

static lkv_logit_model model_of(const int64_t *yes, const int64_t *n,
                                size_t groups, size_t nodes)
{
    lkv_logit_model model = {.nodes = nodes_of(nodes)};
    model.group = g_new0(lkv_logit_group, groups + 1);
    for (size_t j = 0; j < groups; j++) {
        if (n[j] > 0) {
            model.group[model.groups++] =
                (lkv_logit_group){(double)yes[j], (double)n[j]};
        }
    }
    return model;
}

static lkv_fit fit_of(const lkv_logit_model *model, double yes, double n)
{
    bool both = false;
    for (size_t j = 0; j < model->groups; j++) {
        const lkv_logit_group *g = &model->group[j];
        both = both || (g->yes > 0.0 && g->yes < g->n);
    }
    return n == 0.0                     ? LKV_FIT_NOBODY
           : model->groups < 2          ? LKV_FIT_ONE_GROUP
           : yes == 0.0 || yes == n     ? LKV_FIT_NO_VARIANCE
           : n == (double)model->groups ? LKV_FIT_NO_DF
           : !both                      ? LKV_FIT_SEPARATED
                                        : LKV_FIT_OK;
}

/* Groups that do not differ. */
static void boundary_set(lkv_logit *out, double share, double value)
{
    out->boundary = true;
    out->beta = log(share / (1.0 - share));
    out->tau2 = 0.0;
    out->error = 1.0 / sqrt((double)out->n * share * (1.0 - share));
    out->deviance = -2.0 * value;
    out->ratio = 0.0;
    out->p = 1.0;
}

static void inside_set(lkv_logit *out, const lkv_logit_model *model,
                       const double *theta, double value)
{
    double info[3];
    information(model, theta, info);
    out->beta = theta[BETA];
    out->tau2 = theta[TAU] * theta[TAU];
    out->error = sqrt(info[2] / (info[0] * info[2] - info[1] * info[1]));
    out->deviance = -2.0 * value;
    out->p = 0.5 * lkv_chi2_above(out->ratio, 1.0);
}

/* What is told in words that odds are not. */
static void readings_set(lkv_logit *out)
{
    lkv_nodes nodes = nodes_of(LKV_LOGIT_NODES_MOST);
    double tau = sqrt(out->tau2);
    out->icc = out->tau2 / (out->tau2 + G_PI * G_PI / 3.0);
    out->odds_ratio = exp(sqrt(2.0) * tau * lkv_normal_quantile(0.75));
    out->middle = expit(out->beta);
    double square = 0.0;
    out->average = 0.0;
    for (size_t q = 0; q < nodes.count; q++) {
        double share = expit(out->beta + tau * nodes.x[q]);
        out->average += nodes.weight[q] * share;
        square += nodes.weight[q] * share * share;
    }
    out->sd = sqrt(fmax(0.0, square - out->average * out->average));
    out->between = out->sd * out->sd / (out->average * (1.0 - out->average));
}

lkv_logit lkv_logit_of(const int64_t *yes, const int64_t *n, size_t groups,
                       size_t nodes)
{
    g_assert(nodes > 0 && nodes <= LKV_LOGIT_NODES_MOST);
    lkv_logit_model model = model_of(yes, n, groups, nodes);
    g_autofree lkv_logit_group *owned = model.group;
    (void)owned;
    lkv_logit out = {.groups = model.groups};
    double all = 0.0;
    for (size_t j = 0; j < groups; j++) {
        all += n[j] > 0 ? (double)yes[j] : 0.0;
        out.n += n[j];
    }
    out.fit = fit_of(&model, all, (double)out.n);
    if (out.fit != LKV_FIT_OK) {
        return out;
    }
    double share = all / (double)out.n;
    double theta[] = {log(share / (1.0 - share)), 0.5};
    double none = all * log(share) + ((double)out.n - all) * log(1.0 - share);
    lkv_logit_point point = climb(&model, theta);
    out.ratio = 2.0 * (point.value - none);
    if (out.ratio > 1e-8) {
        inside_set(&out, &model, theta, point.value);
    } else {
        boundary_set(&out, share, none);
    }
    readings_set(&out);
    if (sqrt(out.tau2) > TAU_MOST) {
        out.fit = LKV_FIT_SEPARATED;
    }
    return out;
}
