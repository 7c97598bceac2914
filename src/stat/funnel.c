#include "stat/funnel.h"

#include <math.h>

#include <glib.h>

#include "stat/distribution.h"
#include "stat/quantile.h"

/* P(X <= r) of N trials, by the beta distribution. */
static double binomial_below(double r, double n, double share)
{
    if (r < 0.0) {
        return 0.0;
    }
    return r >= n ? 1.0 : lkv_beta_below(1.0 - share, n - r, r + 1.0);
}

/* The least r with P(X <= r) >= p, by halving, and the interpolated share. */
static double binomial_limit(double share, double n, double p)
{
    double low = -1.0, high = n;
    while (high - low > 1.0) {
        double middle = floor((low + high) / 2.0);
        if (binomial_below(middle, n, share) >= p) {
            high = middle;
        } else {
            low = middle;
        }
    }
    double at = binomial_below(high, n, share);
    double before = binomial_below(high - 1.0, n, share);
    return fmax(0.0, (high - (at - p) / (at - before)) / n);
}

lkv_interval lkv_funnel_binomial(double share, double n, double confidence)
{
    double tail = (1.0 - confidence) / 2.0;
    if (!(share > 0.0 && share < 1.0)) {
        return (lkv_interval){share, share};
    }
    return (lkv_interval){binomial_limit(share, n, tail),
                          binomial_limit(share, n, 1.0 - tail)};
}

static lkv_interval around(const lkv_funnel *funnel, double variance,
                           double confidence)
{
    double width = lkv_normal_width(confidence) * sqrt(variance);
    lkv_interval limits = {funnel->centre - width, funnel->centre + width};
    if (funnel->shares) {
        limits.low = fmax(0.0, limits.low);
        limits.high = fmin(1.0, limits.high);
    }
    return limits;
}

lkv_interval lkv_funnel_limits(const lkv_funnel *funnel, double n,
                               double confidence)
{
    return funnel->shares
               ? lkv_funnel_binomial(funnel->centre, n, confidence)
               : around(funnel, funnel->sd * funnel->sd / n, confidence);
}

lkv_interval lkv_funnel_wide(const lkv_funnel *funnel, double n,
                             double confidence)
{
    return around(funnel, funnel->sd * funnel->sd / n + funnel->tau2,
                  confidence);
}

double lkv_funnel_detectable(const lkv_funnel *funnel, double n,
                             double confidence, double power)
{
    return (lkv_normal_width(confidence) + lkv_normal_quantile(power)) *
           funnel->sd / sqrt(n);
}

static void centre_set(lkv_funnel *out, const lkv_stratum *group, size_t count,
                       double centre)
{
    double n = 0.0, sum = 0.0, squares = 0.0;
    for (size_t j = 0; j < count; j++) {
        double size = (double)group[j].n;
        if (group[j].n > 0) {
            out->groups++;
            n += size;
            sum += size * group[j].mean;
            squares += group[j].squares;
        }
    }
    double df = n - (double)out->groups;
    out->fit = n == 0.0                      ? LKV_FIT_NOBODY
               : out->groups < 2             ? LKV_FIT_ONE_GROUP
               : !out->shares && !(df > 0.0) ? LKV_FIT_NO_DF
                                             : LKV_FIT_OK;
    if (out->fit != LKV_FIT_OK) {
        return;
    }
    out->centre = isnan(centre) ? sum / n : centre;
    out->sd = out->shares ? sqrt(out->centre * (1.0 - out->centre))
                          : sqrt(squares / df);
    out->fit = out->sd > 0.0 ? LKV_FIT_OK : LKV_FIT_NO_VARIANCE;
}

static double winsorised(double z, double low, double high)
{
    return fmin(fmax(z, low), high);
}

static void spread_set(lkv_funnel *out, const lkv_stratum *group, size_t count)
{
    g_autofree double *z = g_new0(double, count + 1);
    double k = (double)out->groups, weights = 0.0, squares = 0.0, sum = 0.0;
    size_t at = 0;
    for (size_t j = 0; j < count; j++) {
        if (group[j].n > 0) {
            double w = (double)group[j].n / (out->sd * out->sd);
            z[at++] = (group[j].mean - out->centre) * sqrt(w);
            weights += w;
            squares += w * w;
        }
    }
    lkv_sort(z, at);
    double low = lkv_quantile(z, at, 0.1), high = lkv_quantile(z, at, 0.9);
    for (size_t i = 0; i < at; i++) {
        double value = winsorised(z[i], low, high);
        sum += value * value;
    }
    out->phi = sum / k;
    out->tau2 = fmax(0.0, (sum - (k - 1.0)) / (weights - squares / weights));
}

static bool beyond(lkv_interval limits, double value)
{
    return value < limits.low || value > limits.high;
}

lkv_funnel lkv_funnel_of(const lkv_stratum *group, size_t count, bool shares,
                         double centre, double confidence)
{
    lkv_funnel out = {.shares = shares,
                      .centre = NAN,
                      .sd = NAN,
                      .phi = NAN,
                      .tau2 = NAN,
                      .outside = NAN,
                      .outside_wide = NAN};
    double outside = 0.0, wide = 0.0;
    centre_set(&out, group, count, centre);
    if (out.fit != LKV_FIT_OK) {
        return out;
    }
    spread_set(&out, group, count);
    for (size_t j = 0; j < count; j++) {
        double n = (double)group[j].n, mean = group[j].mean;
        if (group[j].n > 0) {
            outside += beyond(lkv_funnel_limits(&out, n, confidence), mean);
            wide += beyond(lkv_funnel_wide(&out, n, confidence), mean);
        }
    }
    out.outside = outside / (double)out.groups;
    out.outside_wide = wide / (double)out.groups;
    return out;
}
