#include "stat/spread.h"

#include <math.h>

#include "stat/distribution.h"

static double root(double x)
{
    return x > 0.0 ? sqrt(x) : 0.0;
}

lkv_spread lkv_spread_of(const lkv_moments *moments, double confidence)
{
    const lkv_interval none = {NAN, NAN};
    size_t v = moments->variables;
    lkv_spread spread = {.variance = NAN,
                         .error = NAN,
                         .sd = NAN,
                         .variance_interval = none,
                         .sd_interval = none};
    double sum = 0.0, noise = 0.0;
    for (size_t j = 0; j < moments->groups; j++) {
        double n = (double)moments->n[j];
        spread.singles += moments->n[j] == 1;
        if (moments->n[j] > 1) {
            spread.groups++;
            sum += moments->group_mean[j * v];
            noise += moments->within[j * v * v] / (n - 1.0) / n;
        }
    }
    spread.fit = moments->total == 0   ? LKV_FIT_NOBODY
                 : spread.groups >= 2  ? LKV_FIT_OK
                 : spread.singles >= 2 ? LKV_FIT_NO_DF
                                       : LKV_FIT_ONE_GROUP;
    if (spread.fit != LKV_FIT_OK) {
        return spread;
    }
    double count = (double)spread.groups, mean = sum / count;
    double squares = 0.0, variance = 0.0;
    for (size_t j = 0; j < moments->groups; j++) {
        double n = (double)moments->n[j];
        if (moments->n[j] < 2) {
            continue;
        }
        double d = moments->group_mean[j * v] - mean;
        double e = moments->within[j * v * v] / (n - 1.0) / n;
        squares += d * d;
        variance += 4.0 * d * d * e - 2.0 * e * e;
    }
    spread.variance = squares / (count - 1.0) - noise / count;
    spread.sd = root(spread.variance);
    spread.error = variance > 0.0 ? sqrt(variance) / (count - 1.0) : NAN;
    if (spread.groups >= LKV_SPREAD_GROUPS && spread.error > 0.0) {
        double half = lkv_normal_width(confidence) * spread.error;
        spread.variance_interval =
            (lkv_interval){spread.variance - half, spread.variance + half};
        spread.sd_interval = (lkv_interval){root(spread.variance - half),
                                            root(spread.variance + half)};
    }
    return spread;
}
