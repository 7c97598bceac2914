/* Moments of variables that are made of others. */
#include <math.h>

#include "stat/moments.h"

/* Sum of OWN[k] * X[k]; 0 without OWN. */
static double along(const double *own, const double *x, size_t count)
{
    double sum = 0.0;
    for (size_t k = 0; own && k < count; k++) {
        sum += own[k] == 0.0 ? 0.0 : own[k] * x[k];
    }
    return sum;
}

/* The level of a made variable in a group: OWN and MEAN both see it. */
static double level(const lkv_column *column, const double *x, size_t count)
{
    return along(column->own, x, count) + along(column->mean, x, count);
}

static double product(const lkv_column *a, const lkv_column *b,
                      const double *within, size_t count)
{
    double sum = 0.0;
    for (size_t k = 0; a->own && k < count; k++) {
        if (a->own[k] != 0.0) {
            sum += a->own[k] * along(b->own, &within[k * count], count);
        }
    }
    return sum;
}

static void group_make(const lkv_moments *from, const lkv_column *columns,
                       size_t j, lkv_moments *made)
{
    size_t v = from->variables, count = made->variables;
    made->n[j] = from->n[j];
    for (size_t a = 0; a < count; a++) {
        if (from->n[j] == 0) {
            made->group_mean[j * count + a] = NAN;
            continue;
        }
        made->sum[j * count + a] = level(&columns[a], &from->sum[j * v], v);
        made->group_mean[j * count + a] =
            level(&columns[a], &from->group_mean[j * v], v);
        for (size_t b = 0; b < count; b++) {
            double within =
                product(&columns[a], &columns[b], &from->within[j * v * v], v);
            made->within[(j * count + a) * count + b] = within;
            made->within_total[a * count + b] += within;
        }
    }
}

lkv_moments *lkv_moments_make(const lkv_moments *moments,
                              const lkv_column *columns, size_t count)
{
    lkv_moments *made = lkv_moments_new(moments->groups, count, 1);
    made->total = moments->total;
    for (size_t a = 0; a < count; a++) {
        made->mean[a] = level(&columns[a], moments->mean, moments->variables);
    }
    for (size_t j = 0; j < moments->groups; j++) {
        group_make(moments, columns, j, made);
    }
    for (size_t i = 0; i < count * count; i++) {
        made->cross[i] = made->within_total[i];
        for (size_t j = 0; j < moments->groups; j++) {
            const double *sum = &made->sum[j * count];
            made->cross[i] += made->n[j] > 0 ? sum[i / count] * sum[i % count] /
                                                   (double)made->n[j]
                                             : 0.0;
        }
    }
    return made;
}

lkv_moments *lkv_moments_select(const lkv_moments *moments, const size_t *which,
                                size_t count)
{
    size_t v = moments->variables;
    g_autofree double *own = g_new0(double, count *v + 1);
    g_autofree lkv_column *columns = g_new0(lkv_column, count + 1);
    for (size_t i = 0; i < count; i++) {
        own[i * v + which[i]] = 1.0;
        columns[i].own = &own[i * v];
    }
    lkv_moments *made = lkv_moments_make(moments, columns, count);
    for (size_t i = 0; i < count; i++) {
        made->mean_rest[i] = moments->mean_rest[which[i]];
        for (size_t k = 0; k < count; k++) {
            size_t from = which[i] * v + which[k];
            made->cross[i * count + k] = moments->cross[from];
            made->cross_rest[i * count + k] = moments->cross_rest[from];
        }
    }
    return made;
}

void lkv_cross_take_out(double *cross, size_t variables, size_t i)
{
    const double *row = &cross[i * variables];
    for (size_t a = 0; a < variables; a++) {
        double factor = a == 0 || a > i ? cross[a * variables + i] / row[i] : 0;
        for (size_t b = 0; factor != 0.0 && b < variables; b++) {
            cross[a * variables + b] -= factor * row[b];
        }
    }
}

lkv_moments *lkv_moments_independent(const lkv_moments *moments, bool *kept)
{
    size_t v = moments->variables, count = 1;
    g_autofree double *left = g_memdup2(moments->cross, v * v * sizeof(double));
    g_autofree size_t *which = g_new0(size_t, v);
    kept[0] = true;
    for (size_t i = 1; i < v; i++) {
        kept[i] = left[i * v + i] > 1e-10 * moments->cross[i * v + i];
        if (kept[i]) {
            which[count++] = i;
            lkv_cross_take_out(left, v, i);
        }
    }
    return lkv_moments_select(moments, which, count);
}
