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

static int ascending(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

void lkv_sort(double *values, size_t count)
{
    qsort(values, count, sizeof *values, ascending);
}
