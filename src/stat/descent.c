#include "stat/descent.h"

#include <math.h>

typedef struct descent {
    lkv_curve value, slope;
    const void *context;
    double step; /* of the grid */
} descent;

static double value_at(const descent *of, double lambda)
{
    return of->value(of->context, lambda);
}

static double slope_at(const descent *of, double lambda)
{
    return of->slope(of->context, lambda);
}

/* A point of the grid and its value. */
struct place {
    double at, value;
};

static struct place grid_best(const descent *of, int steps)
{
    struct place best = {0.0, value_at(of, 0.0)};
    for (int i = 1; i < steps; i++) {
        double share = of->step * i, lambda = share / (1.0 - share);
        double value = value_at(of, lambda);
        if (value < best.value) {
            best = (struct place){lambda, value};
        }
    }
    return best;
}

/* Brackets of the root of the slope: falling at LOW, not falling at HIGH. */

/* Upwards from BEST, where the values fall. */
static lkv_bracket above(const descent *of, double best, double slope)
{
    double step = of->step * (1.0 + best);
    lkv_bracket found = {best, best + step, slope, 0.0};
    found.at_high = slope_at(of, found.high);
    while (found.at_high < 0.0 && found.high < 1e12) {
        step *= 2.0;
        found.low = found.high;
        found.at_low = found.at_high;
        found.high += step;
        found.at_high = slope_at(of, found.high);
    }
    return found;
}

/* Between the grid's point before BEST and BEST, which is no higher: halving
 * keeps the half that ends no higher than it starts.
 */
static lkv_bracket below(const descent *of, struct place best, double slope)
{
    double share = fmax(0.0, best.at / (1.0 + best.at) - of->step);
    double low = share / (1.0 - share), value = best.value;
    lkv_bracket found = {low, best.at, slope_at(of, low), slope};
    while (found.at_low >= 0.0 && found.high - low > 1e-15 * (1.0 + low)) {
        double middle = low + (found.high - low) / 2.0;
        double there = value_at(of, middle), rising = slope_at(of, middle);
        if (rising < 0.0) {
            found.low = middle;
            found.at_low = rising;
        } else if (there <= value) {
            value = there;
            found.high = middle;
            found.at_high = rising;
        } else {
            low = middle;
        }
    }
    return found;
}

double lkv_descent(lkv_curve value, lkv_curve slope, const void *context,
                   int steps)
{
    descent of = {value, slope, context, 1.0 / steps};
    struct place best = grid_best(&of, steps);
    double rising = slope_at(&of, best.at);
    if (best.at == 0.0 && rising >= 0.0) {
        return 0.0;
    }
    return lkv_root(slope, context,
                    rising < 0.0 ? above(&of, best.at, rising)
                                 : below(&of, best, rising));
}
