#include "stat/allocation.h"

#include <math.h>
#include <stdlib.h>

#include <glib.h>
#include <gsl/gsl_sf_gamma.h>

#include "stat/quantile.h"

struct lkv_allocation {
    size_t schools, groups;
    int64_t *size; /* of the schools that have pupils, ascending */
    int64_t *column; /* pupils of each group */
    int64_t *left; /* of them, while a table is drawn */
    int64_t *table;
    int64_t all;
    double *log_factorial;
};

static int by_size(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

lkv_allocation *lkv_allocation_new(const int64_t *count, size_t schools,
                                   size_t groups)
{
    lkv_allocation *of = g_new0(lkv_allocation, 1);
    of->groups = groups;
    of->size = g_new0(int64_t, schools + 1);
    of->column = g_new0(int64_t, groups + 1);
    of->left = g_new0(int64_t, groups + 1);
    for (size_t j = 0; j < schools; j++) {
        int64_t own = 0;
        for (size_t g = 0; g < groups; g++) {
            own += count[j * groups + g];
            of->column[g] += count[j * groups + g];
        }
        of->size[of->schools] = own;
        of->schools += own > 0;
        of->all += own;
    }
    qsort(of->size, of->schools, sizeof *of->size, by_size);
    of->table = g_new0(int64_t, of->schools * groups + 1);
    of->log_factorial = g_new0(double, (size_t)of->all + 2);
    for (int64_t i = 2; i <= of->all; i++) {
        of->log_factorial[i] = gsl_sf_lnfact((unsigned)i);
    }
    return of;
}

void lkv_allocation_free(lkv_allocation *allocation)
{
    if (!allocation) {
        return;
    }
    g_free(allocation->size);
    g_free(allocation->column);
    g_free(allocation->left);
    g_free(allocation->table);
    g_free(allocation->log_factorial);
    g_free(allocation);
}

size_t lkv_allocation_schools(const lkv_allocation *allocation)
{
    return allocation->schools;
}

const int64_t *lkv_allocation_draw(lkv_allocation *allocation,
                                   lkv_stream *stream)
{
    int64_t rest = allocation->all;
    size_t groups = allocation->groups;
    for (size_t g = 0; g < groups; g++) {
        allocation->left[g] = allocation->column[g];
    }
    for (size_t j = 0; j < allocation->schools; j++) {
        int64_t seats = allocation->size[j], others = rest;
        for (size_t g = 0; g < groups; g++) {
            int64_t *left = &allocation->left[g];
            int64_t drawn = lkv_hypergeometric(stream, *left, others, seats,
                                               allocation->log_factorial);
            others -= *left;
            *left -= drawn;
            seats -= drawn;
            allocation->table[j * groups + g] = drawn;
        }
        rest -= allocation->size[j];
    }
    return allocation->table;
}

/* By inversion from the mode outwards: few steps, since the numbers around it
 * are the likely ones.
 */
int64_t lkv_hypergeometric(lkv_stream *stream, int64_t successes, int64_t all,
                           int64_t n, const double *log_factorial)
{
    const double *f = log_factorial;
    int64_t failures = all - successes;
    int64_t least = n > failures ? n - failures : 0;
    int64_t most = n < successes ? n : successes;
    if (least == most) {
        return least;
    }
    int64_t up = (n + 1) * (successes + 1) / (all + 2);
    int64_t down = up = up < least ? least : up > most ? most : up;
    double above =
        exp(f[successes] - f[up] - f[successes - up] + f[failures] - f[n - up] -
            f[failures - n + up] - f[all] + f[n] + f[all - n]);
    double below = above, left = lkv_stream_uniform(stream) - above;
    int64_t mode = up;
    while (left >= 0.0 && (up < most || down > least)) {
        if (up < most) {
            above *= (double)(successes - up) * (double)(n - up) /
                     ((double)(up + 1) * (double)(failures - n + up + 1));
            up++;
            left -= above;
            if (left < 0.0) {
                return up;
            }
        }
        if (down > least) {
            below *= (double)down * (double)(failures - n + down) /
                     ((double)(successes - down + 1) * (double)(n - down + 1));
            down--;
            left -= below;
            if (left < 0.0) {
                return down;
            }
        }
    }
    return mode;
}

lkv_chance lkv_chance_of(double *drawn, size_t count, double value,
                         double confidence)
{
    lkv_chance chance = {NAN, NAN, {NAN, NAN}};
    if (count == 0) {
        return chance;
    }
    size_t least = 1;
    double sum = 0.0;
    lkv_sort(drawn, count);
    for (size_t i = 0; i < count; i++) {
        sum += drawn[i];
        least += drawn[i] >= value;
    }
    chance.mean = sum / (double)count;
    chance.p = (double)least / (double)(count + 1);
    chance.range.low = lkv_quantile(drawn, count, (1.0 - confidence) / 2.0);
    chance.range.high = lkv_quantile(drawn, count, (1.0 + confidence) / 2.0);
    return chance;
}
