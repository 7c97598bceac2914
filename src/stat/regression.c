#include "stat/regression.h"

#include <math.h>

#include <gsl/gsl_eigen.h>

#include "stat/design.h"
#include "stat/distribution.h"

enum { P = LKV_REGRESSION_EFFECTS };

/* Room for the eigenvalues of a P x P matrix, kept over groups. */
typedef struct lkv_room {
    size_t p;
    gsl_matrix *matrix, *vectors;
    gsl_vector *values;
    gsl_eigen_symmv_workspace *work;
} lkv_room;

static lkv_room room_new(size_t p)
{
    return (lkv_room){p, gsl_matrix_alloc(p, p), gsl_matrix_alloc(p, p),
                      gsl_vector_alloc(p), gsl_eigen_symmv_alloc(p)};
}

static void room_clear(lkv_room *room)
{
    gsl_matrix_free(room->matrix);
    gsl_matrix_free(room->vectors);
    gsl_vector_free(room->values);
    gsl_eigen_symmv_free(room->work);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(lkv_room, room_clear)

static lkv_square times(const lkv_square *a, const lkv_square *b, size_t p)
{
    lkv_square c = {{0.0}};
    for (size_t i = 0; i < p * p; i++) {
        for (size_t k = 0; k < p; k++) {
            c.at[i] += a->at[i / p * p + k] * b->at[k * p + i % p];
        }
    }
    return c;
}

/* A^power of a symmetric A: eigenvalues that are nothing beside the largest,
 * or beside FLOOR, become 0.
 */
static lkv_square power_of(lkv_room *room, const lkv_square *a, double power,
                           double floor)
{
    size_t p = room->p;
    lkv_square out = {{0.0}};
    for (size_t i = 0; i < p * p; i++) {
        gsl_matrix_set(room->matrix, i / p, i % p,
                       (a->at[i] + a->at[i % p * p + i / p]) / 2.0);
    }
    gsl_eigen_symmv(room->matrix, room->values, room->vectors, room->work);
    double least = 1e-11 * fmax(floor, gsl_vector_max(room->values));
    for (size_t k = 0; k < p; k++) {
        double value = gsl_vector_get(room->values, k);
        double grown = value > least ? pow(value, power) : 0.0;
        for (size_t i = 0; grown != 0.0 && i < p * p; i++) {
            out.at[i] += grown * gsl_matrix_get(room->vectors, i / p, k) *
                         gsl_matrix_get(room->vectors, i % p, k);
        }
    }
    return out;
}

/* X_j'X_j and X_j'e_j of a group. */
static lkv_square products_of(const lkv_design *design, size_t group, double *e)
{
    const lkv_moments *moments = design->moments;
    size_t p = design->p, v = moments->variables;
    double n = (double)moments->n[group], x[P], y = moments->sum[group * v];
    const double *within = &moments->within[group * v * v];
    lkv_square s = {{0.0}};
    x[0] = n / design->scale[0];
    for (size_t i = 1; i < p; i++) {
        x[i] = moments->sum[group * v + i] / design->scale[i];
    }
    for (size_t i = 0; i < p; i++) {
        e[i] = x[i] * y / n + (i > 0 ? within[i] / design->scale[i] : 0.0);
        for (size_t k = 0; k < p; k++) {
            double inside =
                i > 0 && k > 0
                    ? within[i * v + k] / design->scale[i] / design->scale[k]
                    : 0.0;
            s.at[i * p + k] = x[i] * x[k] / n + inside;
            e[i] -= s.at[i * p + k] * design->beta[k];
        }
    }
    return s;
}

/* What CR2 makes of a group: B = X_j'A_j X_j M, OWN = X_j'A_j (I - H_jj) A_j
 * X_j (S but for a direction that the group alone knows), and G = X_j'A_j e_j.
 */
typedef struct lkv_part {
    lkv_square b, own;
    double g[P];
} lkv_part;

/* With X_j = Q R, R = S^1/2 and S = X_j'X_j: X_j'A_j = R (I - R M R)^-1/2 Q',
 * so that X_j'A_j X_j = R (I - R M R)^-1/2 R and X_j'A_j e_j = R (I - R M
 * R)^-1/2 R^+ X_j'e_j. A direction that the group alone knows (I - R M R is 0
 * along it) adds nothing.
 */
static lkv_part part_of(const lkv_design *design, size_t group, lkv_room *room)
{
    size_t p = design->p;
    lkv_part of = {.g = {0.0}};
    double e[P];
    lkv_square s = products_of(design, group, e);
    lkv_square r = power_of(room, &s, 0.5, 0.0);
    lkv_square back = power_of(room, &s, -0.5, 0.0);
    lkv_square rm = times(&r, &design->m, p);
    lkv_square rest = times(&rm, &r, p);
    for (size_t i = 0; i < p * p; i++) {
        rest.at[i] = (i / p == i % p ? 1.0 : 0.0) - rest.at[i];
    }
    lkv_square grown = power_of(room, &rest, -0.5, 1.0);
    lkv_square left = times(&r, &grown, p);
    lkv_square adjusted = times(&left, &r, p);
    lkv_square residual = times(&left, &back, p);
    lkv_square half = times(&left, &rest, p);
    lkv_square right = times(&grown, &r, p);
    of.own = times(&half, &right, p);
    of.b = times(&adjusted, &design->m, p);
    for (size_t i = 0; i < p; i++) {
        for (size_t k = 0; k < p; k++) {
            of.g[i] += residual.at[i * p + k] * e[k];
        }
    }
    return of;
}

/* Sums over groups for one contrast c: V = sum (c'M g)^2, and with b_j = B_j c
 * the trace of Omega, of its square on the diagonal, and of all b_j'M b_k.
 */
typedef struct lkv_contrast {
    double c[P];
    double variance, trace, diagonal;
    lkv_square all;
} lkv_contrast;

static double form(const lkv_square *m, const double *x, const double *y,
                   size_t p)
{
    double sum = 0.0;
    for (size_t i = 0; i < p * p; i++) {
        sum += x[i / p] * m->at[i] * y[i % p];
    }
    return sum;
}

/* Omega_jj = a'(I - H)_jj a = (Mc)'OWN(Mc), Omega_jk = -b_j'M b_k. */
static void contrast_add(lkv_contrast *of, const lkv_design *design,
                         const lkv_part *part)
{
    size_t p = design->p;
    double b[P] = {0.0}, mc[P] = {0.0};
    for (size_t i = 0; i < p; i++) {
        for (size_t k = 0; k < p; k++) {
            b[i] += part->b.at[i * p + k] * of->c[k];
            mc[i] += design->m.at[i * p + k] * of->c[k];
        }
    }
    double sum = form(&design->m, of->c, part->g, p);
    double own = form(&part->own, mc, mc, p),
           crossed = form(&design->m, b, b, p);
    of->variance += sum * sum;
    of->trace += own;
    of->diagonal += own * own - crossed * crossed;
    for (size_t i = 0; i < p * p; i++) {
        of->all.at[i] += b[i / p] * b[i % p];
    }
}

/* Effect 0 is the level where all x are 0, others are slopes. */
static void contrast_start(lkv_contrast *of, const lkv_design *design,
                           size_t effect)
{
    *of = (lkv_contrast){.variance = 0.0};
    of->c[effect] = 1.0 / design->scale[effect];
    for (size_t i = 1; effect == 0 && i < design->p; i++) {
        of->c[i] = -design->moments->mean[i] / design->scale[i];
    }
}

static void errors_set(lkv_regression *out, const lkv_design *design)
{
    size_t p = design->p;
    lkv_contrast of[P];
    g_auto(lkv_room) room = room_new(p);
    for (size_t i = 0; i < p; i++) {
        contrast_start(&of[i], design, i);
    }
    for (size_t j = 0; j < design->moments->groups; j++) {
        if (design->moments->n[j] == 0) {
            continue;
        }
        lkv_part part = part_of(design, j, &room);
        for (size_t i = 0; i < p; i++) {
            contrast_add(&of[i], design, &part);
        }
    }
    for (size_t i = 0; i < p; i++) {
        lkv_square mb = times(&design->m, &of[i].all, p);
        lkv_square twice = times(&mb, &mb, p);
        double squares = of[i].diagonal;
        for (size_t k = 0; k < p; k++) {
            squares += twice.at[k * p + k];
        }
        bool there = out->groups > 1 && of[i].trace > 0.0 && squares > 0.0;
        out->error[i] = there ? sqrt(of[i].variance) : NAN;
        out->df[i] = there ? of[i].trace * of[i].trace / squares : NAN;
    }
}

lkv_regression lkv_regression_of(const lkv_moments *moments, bool robust)
{
    lkv_regression out = {.n = moments->total, .effects = moments->variables};
    lkv_design design = {.moments = moments, .p = moments->variables};
    g_assert(moments->within && moments->variables <= P);
    for (size_t j = 0; j < moments->groups; j++) {
        out.groups += moments->n[j] > 0;
    }
    double df = (double)out.n - (double)out.effects;
    out.fit = out.n == 0                   ? LKV_FIT_NOBODY
              : df < 1.0                   ? LKV_FIT_NO_DF
              : !(moments->cross[0] > 0.0) ? LKV_FIT_NO_VARIANCE
                                           : lkv_design_solve(&design);
    out.beta[0] = lkv_design_level(&design);
    for (size_t i = 1; i < out.effects; i++) {
        out.beta[i] = design.effect[i].high;
    }
    if (out.fit != LKV_FIT_OK) {
        return out;
    }
    out.r2 = 1.0 - design.rss / moments->cross[0];
    out.r2_adjusted = 1.0 - (1.0 - out.r2) * ((double)out.n - 1.0) / df;
    out.sigma2 = design.rss / df;
    for (size_t i = 0; i < out.effects; i++) {
        out.error[i] = out.df[i] = NAN;
    }
    if (robust) {
        errors_set(&out, &design);
    }
    return out;
}

lkv_interval lkv_regression_interval(const lkv_regression *regression,
                                     size_t effect, double confidence)
{
    double df = regression->df[effect];
    if (!(df >= LKV_REGRESSION_LEAST_DF)) {
        return (lkv_interval){NAN, NAN};
    }
    return lkv_interval_t(regression->beta[effect], regression->error[effect],
                          df, confidence);
}

lkv_gradient lkv_gradient_of(const lkv_moments *moments)
{
    size_t v = moments->variables;
    const double *w = moments->within_total;
    double xx = 0.0, xy = 0.0, yy = 0.0;
    for (size_t j = 0; j < moments->groups; j++) {
        const double *sum = &moments->sum[j * v];
        double n = (double)moments->n[j];
        xx += moments->n[j] > 0 ? sum[1] * sum[1] / n : 0.0;
        xy += moments->n[j] > 0 ? sum[1] * sum[0] / n : 0.0;
        yy += moments->n[j] > 0 ? sum[0] * sum[0] / n : 0.0;
    }
    double all = w[v + 1] + xx;
    bool inside = w[v + 1] > 1e-10 * all, across = xx > 1e-10 * all;
    return (lkv_gradient){
        .within = inside ? w[1] / w[v + 1] : NAN,
        .between = across ? xy / xx : NAN,
        .r2_within = inside && w[0] > 0.0 ? w[1] * w[1] / w[v + 1] / w[0] : NAN,
        .r2_between = across && yy > 0.0 ? xy * xy / xx / yy : NAN,
        .eta2 = all > 0.0 ? xx / all : NAN,
    };
}
