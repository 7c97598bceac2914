#include "stat/trend.h"

#include <math.h>

#include <glib.h>

#include "stat/distribution.h"

static double mean_of(const lkv_stratum *year, size_t groups, double *n)
{
    double sum = 0.0;
    *n = 0.0;
    for (size_t j = 0; j < groups; j++) {
        double size = (double)year[j].n;
        *n += size;
        sum += year[j].n > 0 ? size * year[j].mean : 0.0;
    }
    return *n > 0.0 ? sum / *n : NAN;
}

/* Adds WEIGHT times what groups bring to the year's mean. */
static double year_add(const lkv_stratum *year, size_t groups, double weight,
                       double *z)
{
    double n = 0.0, mean = mean_of(year, groups, &n);
    for (size_t j = 0; j < groups; j++) {
        if (year[j].n > 0) {
            z[j] += weight * (double)year[j].n * (year[j].mean - mean) / n;
        }
    }
    return weight * mean;
}

static bool is_there(const lkv_stratum *stratum, size_t years, size_t groups,
                     size_t group)
{
    for (size_t t = 0; t < years; t++) {
        if (stratum[t * groups + group].n > 0) {
            return true;
        }
    }
    return false;
}

static void error_set(lkv_trend *out, const lkv_stratum *stratum, size_t years,
                      size_t groups, const double *z)
{
    double squares = 0.0, mean = 0.0;
    for (size_t j = 0; j < groups; j++) {
        out->groups += is_there(stratum, years, groups, j);
        mean += z[j];
    }
    double count = (double)out->groups;
    if (out->groups < 2) {
        return;
    }
    mean /= count;
    for (size_t j = 0; j < groups; j++) {
        bool there = is_there(stratum, years, groups, j);
        squares += there ? (z[j] - mean) * (z[j] - mean) : 0.0;
    }
    out->error = sqrt(count / (count - 1.0) * squares);
    out->df = count - 1.0;
    out->p = out->error > 0.0 ? lkv_t_outside(out->slope / out->error, out->df)
                              : NAN;
}

lkv_trend lkv_trend_of(const lkv_stratum *stratum, const double *when,
                       size_t years, size_t groups)
{
    lkv_trend out = {NAN, NAN, NAN, NAN, 0};
    g_autofree double *z = g_new0(double, groups + 1);
    double middle = 0.0, squares = 0.0, slope = 0.0;
    if (years < 2) {
        return out;
    }
    for (size_t t = 0; t < years; t++) {
        middle += when[t] / (double)years;
    }
    for (size_t t = 0; t < years; t++) {
        squares += (when[t] - middle) * (when[t] - middle);
    }
    for (size_t t = 0; t < years; t++) {
        slope += year_add(&stratum[t * groups], groups,
                          (when[t] - middle) / squares, z);
    }
    out.slope = slope;
    if (!isnan(slope)) {
        error_set(&out, stratum, years, groups, z);
    }
    return out;
}
