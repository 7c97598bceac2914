#include "stat/rlrt.h"

#include <math.h>

#include "stat/canonical.h"
#include "stat/deviance.h"
#include "stat/distribution.h"
#include "stat/mixed.h"

static double simulated(const lkv_canonical *of, double statistic,
                        lkv_stream *stream, unsigned draws)
{
    g_autofree double *squares = g_new0(double, of->r + 1);
    unsigned reached = 0;
    for (unsigned d = 0; d < draws; d++) {
        double sse = lkv_canonical_draw(of, 0.0, stream, squares);
        reached += lkv_canonical_refit(of, squares, sse).ratio >= statistic;
    }
    return (1.0 + reached) / (1.0 + draws);
}

lkv_rlrt lkv_rlrt_of(const lkv_moments *moments, lkv_stream *stream,
                     unsigned draws)
{
    lkv_rlrt test = {.statistic = NAN, .p_mixture = NAN, .p = NAN};
    g_autoptr(lkv_mixed) mixed = lkv_mixed_of(moments, true, 0.0);
    test.fit = mixed->fit;
    if (mixed->fit != LKV_FIT_OK) {
        return test;
    }
    g_auto(lkv_deviance_model) model = lkv_deviance_model_of(moments, true);
    double none = lkv_deviance_at(&model, 0.0).deviance;
    test.statistic = mixed->boundary ? 0.0 : fmax(0.0, none - mixed->deviance);
    if (test.statistic == 0.0) {
        test.p = test.p_mixture = 1.0;
        return test;
    }
    test.p_mixture = 0.5 * lkv_chi2_above(test.statistic, 1.0);
    if (test.p_mixture < 1e-9) {
        test.p = draws > 0 ? 1.0 / (1.0 + draws) : NAN;
        return test;
    }
    g_autoptr(lkv_canonical) of = lkv_canonical_of(moments);
    test.p = draws > 0 ? simulated(of, test.statistic, stream, draws) : NAN;
    return test;
}
