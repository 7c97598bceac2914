#include "stat/deviation.h"

#include <math.h>

static int64_t pupils_of(const lkv_deviation *of)
{
    return of->lower + of->equal + of->higher;
}

double lkv_deviation_net(const lkv_deviation *of)
{
    int64_t n = pupils_of(of);
    return n > 0 ? (double)(of->higher - of->lower) / (double)n : NAN;
}

lkv_interval lkv_deviation_interval(const lkv_deviation *of, double confidence)
{
    double n = (double)pupils_of(of);
    if (!(n > 0.0)) {
        return (lkv_interval){NAN, NAN};
    }
    double h = (double)of->higher, l = (double)of->lower;
    double spread = sqrt(h * (n - h) * l * (n - l));
    double phi = spread > 0.0 ? -h * l / spread : 0.0;
    const lkv_share higher = {h / n, lkv_interval_wilson(h / n, n, confidence)};
    const lkv_share lower = {l / n, lkv_interval_wilson(l / n, n, confidence)};
    return lkv_interval_mover(higher, lower, phi);
}

lkv_deviation lkv_deviation_sum(const lkv_deviation *by_step, size_t steps)
{
    lkv_deviation sum = {0, 0, 0};
    for (size_t i = 0; i < steps; i++) {
        sum.lower += by_step[i].lower;
        sum.equal += by_step[i].equal;
        sum.higher += by_step[i].higher;
    }
    return sum;
}

static lkv_deviation less(lkv_deviation all, lkv_deviation own)
{
    return (lkv_deviation){all.lower - own.lower, all.equal - own.equal,
                           all.higher - own.higher};
}

double lkv_deviation_expected(const lkv_deviation *own,
                              const lkv_deviation *all, size_t steps)
{
    lkv_deviation mine = lkv_deviation_sum(own, steps);
    lkv_deviation others = less(lkv_deviation_sum(all, steps), mine);
    double n = (double)pupils_of(&mine);
    if (!(n > 0.0) || pupils_of(&others) == 0) {
        return NAN;
    }
    double expected = 0.0;
    for (size_t i = 0; i < steps; i++) {
        lkv_deviation there = less(all[i], own[i]);
        double net = pupils_of(&there) > 0 ? lkv_deviation_net(&there)
                                           : lkv_deviation_net(&others);
        expected += (double)pupils_of(&own[i]) / n * net;
    }
    return expected;
}
