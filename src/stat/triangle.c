#include "stat/triangle.h"

#include <math.h>

bool lkv_triangle_alike(double part, double whole)
{
    return !(part > 1e-10 * whole);
}

bool lkv_triangle_factor(double *a, size_t p)
{
    for (size_t i = 0; i < p; i++) {
        double diagonal = a[i * p + i];
        for (size_t m = 0; m <= i; m++) {
            double left = a[i * p + m];
            for (size_t k = 0; k < m; k++) {
                left -= a[i * p + k] * a[m * p + k];
            }
            a[i * p + m] = m < i ? left * a[m * p + m] : left;
        }
        if (!(diagonal > 0.0) || lkv_triangle_alike(a[i * p + i], diagonal)) {
            return false;
        }
        a[i * p + i] = 1.0 / sqrt(a[i * p + i]);
    }
    return true;
}

void lkv_triangle_forward(const double *factor, size_t p, double *x)
{
    for (size_t i = 0; i < p; i++) {
        for (size_t k = 0; k < i; k++) {
            x[i] -= factor[i * p + k] * x[k];
        }
        x[i] *= factor[i * p + i];
    }
}

void lkv_triangle_backward(const double *factor, size_t p, double *x)
{
    for (size_t i = p; i-- > 0;) {
        for (size_t k = i + 1; k < p; k++) {
            x[i] -= factor[k * p + i] * x[k];
        }
        x[i] *= factor[i * p + i];
    }
}
