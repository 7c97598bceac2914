#include "stat/jackknife.h"

#include <math.h>

double lkv_jackknife_error(const double *values, size_t count)
{
    if (count < 2) {
        return NAN;
    }
    double n = (double)count, mean = 0.0, squares = 0.0;
    for (size_t i = 0; i < count; i++) {
        mean += values[i] / n;
    }
    for (size_t i = 0; i < count; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
    }
    return sqrt((n - 1.0) / n * squares);
}
