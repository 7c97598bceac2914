#include "stat/nested_mixed.h"

#include <math.h>

#include "stat/descent.h"
#include "stat/deviance.h"

enum { P = LKV_MIXED_EFFECTS, GRID = 6 };

typedef struct nesting {
    lkv_deviance_model model; /* classes are its groups */
    const uint32_t *school;
    double by_class; /* lambda of classes, where that of schools is sought */
} nesting;

/* Of one school: FIRST class and the one past its last, m and D, the means of y
 * (0) and of the columns (1 ... p) by w.
 */
typedef struct nest_school {
    size_t first, end;
    double m, d;
    double mean[P + 1];
} nest_school;

/* w of a class. */
static double worth(const nesting *of, size_t class_, double by_class)
{
    double n = (double)of->model.moments->n[class_];
    return n / (1.0 + n * by_class);
}

/* Means of y and of the columns, the intercept being 1, in a class. */
static void means_of(const nesting *of, size_t class_, double *mean)
{
    const lkv_moments *moments = of->model.moments;
    double n = (double)moments->n[class_];
    mean[0] = moments->sum[class_ * moments->variables] / n;
    mean[1] = 1.0;
    for (size_t i = 1; i < of->model.p; i++) {
        mean[i + 1] = moments->sum[class_ * moments->variables + i] / n;
    }
}

static nest_school school_from(const nesting *of, size_t first, double by_class,
                               double by_school)
{
    const lkv_moments *moments = of->model.moments;
    nest_school own = {.first = first, .end = first};
    for (;
         own.end < moments->groups && of->school[own.end] == of->school[first];
         own.end++) {
        double mean[P + 1], w = worth(of, own.end, by_class);
        if (moments->n[own.end] == 0) {
            continue;
        }
        means_of(of, own.end, mean);
        own.m += w;
        for (size_t i = 0; i <= of->model.p; i++) {
            own.mean[i] += w * (mean[i] - own.mean[i]) / own.m;
        }
    }
    own.d = 1.0 + own.m * by_school;
    return own;
}

/* Adds W v v', v being y and the columns, to A, b and q. */
static void product_add(const nesting *of, const double *v, double w,
                        lkv_deviance *point, double *q)
{
    size_t p = of->model.p;
    *q += w * v[0] * v[0];
    for (size_t i = 0; i < p; i++) {
        point->z[i] += w * v[0] * v[i + 1];
        for (size_t m = 0; m < p; m++) {
            point->a[i * p + m] += w * v[i + 1] * v[m + 1];
        }
    }
}

static void school_reduce(const nesting *of, const nest_school *own,
                          double by_class, lkv_deviance *point, double *q)
{
    const lkv_moments *moments = of->model.moments;
    for (size_t c = own->first; c < own->end; c++) {
        double v[P + 1];
        if (moments->n[c] == 0) {
            continue;
        }
        means_of(of, c, v);
        for (size_t i = 0; i <= of->model.p; i++) {
            v[i] -= own->mean[i];
        }
        product_add(of, v, worth(of, c, by_class), point, q);
        point->log_k += log1p((double)moments->n[c] * by_class);
    }
    product_add(of, own->mean, own->m / own->d, point, q);
    point->log_k += log(own->d);
}

static lkv_deviance point_at(const nesting *of, double by_class,
                             double by_school)
{
    lkv_deviance point = {.fit = LKV_FIT_COLLINEAR};
    size_t p = of->model.p, groups = of->model.moments->groups;
    double q = of->model.within[0];
    for (size_t i = 1; i < p; i++) {
        point.z[i] = of->model.within[i];
        for (size_t m = 1; m < p; m++) {
            point.a[i * p + m] = of->model.within[i * p + m];
        }
    }
    for (size_t c = 0; c < groups;) {
        nest_school own = school_from(of, c, by_class, by_school);
        school_reduce(of, &own, by_class, &point, &q);
        c = own.end;
    }
    lkv_deviance_finish(&of->model, &point, q);
    return point;
}

/* ---- slopes -------------------------------------------------------------- */

typedef struct slopes {
    double rss, logs, log_a; /* of each part of the deviance */
} slopes;

/* Adds what the sum of residuals E and of columns H, and the number N, of a
 * group give where its variance grows.
 */
static void slope_add(const nesting *of, const lkv_deviance *point, double e,
                      const double *h, double n, slopes *to)
{
    to->rss -= e * e;
    to->logs += n;
    to->log_a -= lkv_deviance_along(&of->model, point, h);
}

static double slope_of(const nesting *of, const lkv_deviance *point,
                       const slopes *at)
{
    return of->model.nu * at->rss / point->rss + at->logs +
           (of->model.reml ? at->log_a : 0.0);
}

/* The mean residual of V, y and the columns, at POINT. */
static double residual_of(const nesting *of, const lkv_deviance *point,
                          const double *v)
{
    double residual = v[0];
    for (size_t i = 0; i < of->model.p; i++) {
        residual -= v[i + 1] * point->beta[i];
    }
    return residual;
}

/* Adds WEIGHT times V to SUM: y and the columns. */
static void vector_add(const nesting *of, double weight, const double *v,
                       double *sum)
{
    for (size_t i = 0; i <= of->model.p; i++) {
        sum[i] += weight * v[i];
    }
}

static double school_slope(const nesting *of, const lkv_deviance *point,
                           double by_class, double by_school)
{
    slopes at = {0};
    for (size_t c = 0; c < of->model.moments->groups;) {
        nest_school own = school_from(of, c, by_class, by_school);
        double v[P + 1] = {0};
        vector_add(of, own.m / own.d, own.mean, v);
        slope_add(of, point, residual_of(of, point, v), &v[1], own.m / own.d,
                  &at);
        c = own.end;
    }
    return slope_of(of, point, &at);
}

static double class_slope(const nesting *of, const lkv_deviance *point,
                          double by_class, double by_school)
{
    const lkv_moments *moments = of->model.moments;
    slopes at = {0};
    for (size_t c = 0; c < moments->groups;) {
        nest_school own = school_from(of, c, by_class, by_school);
        for (; c < own.end; c++) {
            double mean[P + 1], v[P + 1] = {0};
            double w = worth(of, c, by_class);
            if (moments->n[c] == 0) {
                continue;
            }
            means_of(of, c, mean);
            vector_add(of, w, mean, v);
            vector_add(of, -w * by_school * own.m / own.d, own.mean, v);
            slope_add(of, point, residual_of(of, point, v), &v[1],
                      w - w * w * by_school / own.d, &at);
        }
    }
    return slope_of(of, point, &at);
}

/* ---- the search ---------------------------------------------------------- */

static double school_value(const void *context, double by_school)
{
    const nesting *of = context;
    return point_at(of, of->by_class, by_school).deviance;
}

static double school_rise(const void *context, double by_school)
{
    const nesting *of = context;
    lkv_deviance point = point_at(of, of->by_class, by_school);
    return school_slope(of, &point, of->by_class, by_school);
}

static double best_school(const nesting *of, double by_class)
{
    nesting held = *of;
    held.by_class = by_class;
    return lkv_descent(school_value, school_rise, &held, GRID);
}

/* Of the best variance of schools for each of classes. */
static double class_value(const void *context, double by_class)
{
    const nesting *of = context;
    return point_at(of, by_class, best_school(of, by_class)).deviance;
}

static double class_rise(const void *context, double by_class)
{
    const nesting *of = context;
    double by_school = best_school(of, by_class);
    lkv_deviance point = point_at(of, by_class, by_school);
    return class_slope(of, &point, by_class, by_school);
}

/* ---- the answer ---------------------------------------------------------- */

static lkv_fit count(const nesting *of, lkv_nested_mixed *out)
{
    const lkv_moments *moments = of->model.moments;
    for (size_t c = 0; c < moments->groups;) {
        size_t classes = 0, first = c;
        for (; c < moments->groups && of->school[c] == of->school[first]; c++) {
            classes += moments->n[c] > 0;
        }
        out->classes += classes;
        out->schools += classes > 0;
    }
    return moments->total == 0            ? LKV_FIT_NOBODY
           : out->schools < 2             ? LKV_FIT_ONE_GROUP
           : out->classes == out->schools ? LKV_FIT_NO_DF
           : !((size_t)moments->total > out->classes)
               ? LKV_FIT_NO_DF
               : point_at(of, 0.0, 0.0).fit;
}

static void effects_set(const nesting *of, const lkv_deviance *point,
                        lkv_nested_mixed *out)
{
    const lkv_moments *moments = of->model.moments;
    double place[P] = {1.0};
    out->effects = of->model.p;
    out->beta[0] = moments->mean[0] + point->beta[0];
    for (size_t i = 1; i < out->effects; i++) {
        double unit[P] = {0};
        unit[i] = 1.0;
        out->beta[i] = point->beta[i];
        out->beta[0] -= point->beta[i] * moments->mean[i];
        out->error[i] =
            sqrt(out->pupil * lkv_deviance_along(&of->model, point, unit));
        place[i] = -moments->mean[i];
    }
    out->error[0] =
        sqrt(out->pupil * lkv_deviance_along(&of->model, point, place));
}

lkv_nested_mixed lkv_nested_mixed_of(const lkv_moments *classes,
                                     const uint32_t *school, bool reml)
{
    g_auto(lkv_deviance_model) model = lkv_deviance_model_of(classes, reml);
    nesting of = {model, school, 0.0};
    lkv_nested_mixed out = {0};
    out.fit = count(&of, &out);
    if (out.fit != LKV_FIT_OK) {
        return out;
    }
    double by_class = lkv_descent(class_value, class_rise, &of, GRID);
    double by_school = best_school(&of, by_class);
    lkv_deviance point = point_at(&of, by_class, by_school);
    out.pupil = point.rss / of.model.nu;
    out.class_ = by_class * out.pupil;
    out.school = by_school * out.pupil;
    out.deviance = point.deviance;
    out.no_class = by_class == 0.0;
    out.no_school = by_school == 0.0;
    effects_set(&of, &point, &out);
    return out;
}
