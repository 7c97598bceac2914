#include "stat/compare.h"

#include <math.h>
#include <stdlib.h>

#include <glib.h>

static int ascending(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

void lkv_compare_many(const double *p, size_t count, double q, bool *clear)
{
    g_autofree double *sorted = g_new0(double, count + 1);
    size_t compared = 0;
    double limit = -1.0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(p[i])) {
            sorted[compared++] = p[i];
        }
    }
    qsort(sorted, compared, sizeof *sorted, ascending);
    for (size_t k = 1; k <= compared; k++) {
        if (sorted[k - 1] <= (double)k * q / (double)compared) {
            limit = sorted[k - 1];
        }
    }
    for (size_t i = 0; i < count; i++) {
        clear[i] = !isnan(p[i]) && p[i] <= limit;
    }
}
