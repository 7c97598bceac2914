#include "stat/interval.h"

#include <math.h>

#include "stat/distribution.h"

static const lkv_interval none = {NAN, NAN};

lkv_interval lkv_interval_wilson(double share, double n, double confidence)
{
    if (!(n > 0.0) || !isfinite(n)) {
        return none;
    }
    double z = lkv_normal_width(confidence);
    share = fmax(0.0, fmin(1.0, share));
    double weight = 1.0 + z * z / n;
    double middle = (share + z * z / (2.0 * n)) / weight;
    double half =
        z / weight * sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
    /* at 0 and 1 one limit is the share itself, but for rounding */
    return (lkv_interval){share > 0.0 ? fmax(0.0, middle - half) : 0.0,
                          share < 1.0 ? fmin(1.0, middle + half) : 1.0};
}

lkv_interval lkv_interval_t(double estimate, double error, double df,
                            double confidence)
{
    if (!(df > 0.0) || !isfinite(error)) {
        return none;
    }
    return lkv_interval_wide(estimate, error, lkv_t_width(confidence, df));
}

lkv_interval lkv_interval_wide(double estimate, double error, double t)
{
    double half = t * error;
    return (lkv_interval){estimate - half, estimate + half};
}

static double reach(double a, double b, double rho)
{
    return sqrt(fmax(0.0, a * a + b * b - 2.0 * rho * a * b));
}

lkv_interval lkv_interval_mover(lkv_share a, lkv_share b, double rho)
{
    double difference = a.share - b.share;
    return (lkv_interval){difference - reach(a.share - a.interval.low,
                                             b.interval.high - b.share, rho),
                          difference + reach(a.interval.high - a.share,
                                             b.share - b.interval.low, rho)};
}
