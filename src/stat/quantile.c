#include "stat/quantile.h"

#include <math.h>
#include <stdlib.h>

double lkv_quantile(const double *values, size_t count, double p)
{
    if (count == 0) {
        return NAN;
    }
    double h = (double)(count - 1) * p;
    size_t below = (size_t)h;
    if (below + 1 >= count) {
        return values[count - 1];
    }
    return values[below] +
           (h - (double)below) * (values[below + 1] - values[below]);
}

/* The value at place AT (from 0) of the sorted cases. */
static double value_at(const int64_t *value, const int64_t *n, size_t bins,
                       int64_t at)
{
    for (size_t i = 0; i < bins; i++) {
        if (at < n[i]) {
            return (double)value[i];
        }
        at -= n[i];
    }
    return (double)value[bins - 1];
}

double lkv_quantile_of_bins(const int64_t *value, const int64_t *n, size_t bins,
                            double p)
{
    int64_t count = 0;
    for (size_t i = 0; i < bins; i++) {
        count += n[i];
    }
    if (count == 0) {
        return NAN;
    }
    double h = (double)(count - 1) * p;
    int64_t below = (int64_t)h;
    double low = value_at(value, n, bins, below);
    double high = value_at(value, n, bins, below + 1);
    return low + (h - (double)below) * (high - low);
}

static int ascending(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

void lkv_sort(double *values, size_t count)
{
    qsort(values, count, sizeof *values, ascending);
}
