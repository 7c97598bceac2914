#include "stat/draw.h"

#include <math.h>

#include "stat/distribution.h"

/* Inside 0 and 1. */
static double uniform(lkv_stream *stream)
{
    return lkv_stream_uniform(stream) + 0x1p-54;
}

double lkv_draw_normal(lkv_stream *stream)
{
    return lkv_normal_quantile(uniform(stream));
}

double lkv_draw_chi2(lkv_stream *stream, double df)
{
    if (df < 2.0) {
        return lkv_chi2_quantile(uniform(stream), df);
    }
    double d = df / 2.0 - 1.0 / 3.0, c = 1.0 / sqrt(9.0 * d);
    for (;;) {
        double x = lkv_draw_normal(stream), root = 1.0 + c * x;
        double v = root * root * root, u = uniform(stream);
        if (v > 0.0 && log(u) < x * x / 2.0 + d - d * v + d * log(v)) {
            return 2.0 * d * v;
        }
    }
}
