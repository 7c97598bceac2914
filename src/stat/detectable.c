#include "stat/detectable.h"

#include <math.h>
#include <stdbool.h>

#include "stat/distribution.h"

#define LEVEL 0.95
#define POWER 0.8

double lkv_detectable(double half, double confidence, double df)
{
    if (!(half > 0.0)) {
        return NAN;
    }
    bool t = df > 0.0 && isfinite(df);
    double width =
        t ? lkv_t_width(confidence, df) : lkv_normal_width(confidence);
    double told = t ? lkv_t_width(LEVEL, df) + lkv_t_quantile(POWER, df)
                    : lkv_normal_width(LEVEL) + lkv_normal_quantile(POWER);
    return told / width * half;
}
