#include "stat/descent.h"

#include <math.h>
#include <stdbool.h>

typedef struct descent {
    lkv_heights heights;
    const void *context;
    double step; /* of the grid */
} descent;

static lkv_height at(const descent *of, double lambda)
{
    return of->heights(of->context, lambda);
}

static double grid_best(const descent *of, int steps)
{
    double best = 0.0, least = at(of, 0.0).value;
    for (int i = 1; i < steps; i++) {
        double share = of->step * i, lambda = share / (1.0 - share);
        double value = at(of, lambda).value;
        if (value < least) {
            least = value;
            best = lambda;
        }
    }
    return best;
}

/* A bracket of the root of the slope: falling at LOW, not falling at HIGH. */
struct bracket {
    double low, high;
    double at_low, at_high;
};

/* Upwards from BEST, where the values fall. */
static struct bracket above(const descent *of, double best, double slope)
{
    double step = of->step * (1.0 + best);
    struct bracket found = {best, best + step, slope, 0.0};
    found.at_high = at(of, found.high).slope;
    while (found.at_high < 0.0 && found.high < 1e12) {
        step *= 2.0;
        found.low = found.high;
        found.at_low = found.at_high;
        found.high += step;
        found.at_high = at(of, found.high).slope;
    }
    return found;
}

/* Between the grid's point before BEST and BEST, which is no higher: halving
 * keeps the half that ends no higher than it starts.
 */
static struct bracket below(const descent *of, double best, lkv_height end)
{
    double share = fmax(0.0, best / (1.0 + best) - of->step);
    double low = share / (1.0 - share), value = end.value;
    struct bracket found = {low, best, at(of, low).slope, end.slope};
    while (found.at_low >= 0.0 && found.high - low > 1e-15 * (1.0 + low)) {
        double middle = low + (found.high - low) / 2.0;
        lkv_height point = at(of, middle);
        if (point.slope < 0.0) {
            found.low = middle;
            found.at_low = point.slope;
        } else if (point.value <= value) {
            value = point.value;
            found.high = middle;
            found.at_high = point.slope;
        } else {
            low = middle;
        }
    }
    return found;
}

static double middle_of(struct bracket in)
{
    return in.low + (in.high - in.low) / 2.0;
}

/* The secant, with the end that stays worth half (Dowell and Jarratt 1971), so
 * that both ends close in; the middle where three steps have not halved them.
 */
static double solve(const descent *of, struct bracket in)
{
    double width = INFINITY;
    bool low_moved = false, high_moved = false;
    for (int i = 0; i < 200 && in.high - in.low > 1e-15 * (1.0 + in.high);
         i++) {
        double rise = in.at_high - in.at_low;
        double next =
            rise > 0.0 ? in.low - in.at_low * (in.high - in.low) / rise : NAN;
        bool slow = i % 3 == 2 && in.high - in.low > width / 2.0;
        width = i % 3 == 2 ? in.high - in.low : width;
        if (slow || !(next > in.low && next < in.high)) {
            next = middle_of(in);
        }
        double slope = at(of, next).slope;
        bool low = slope < 0.0;
        in.low = low ? next : in.low;
        in.high = low ? in.high : next;
        in.at_high = low ? in.at_high / (low_moved ? 2.0 : 1.0) : slope;
        in.at_low = low ? slope : in.at_low / (high_moved ? 2.0 : 1.0);
        low_moved = low;
        high_moved = !low;
    }
    return middle_of(in);
}

double lkv_descent(lkv_heights heights, const void *context, int steps)
{
    descent of = {heights, context, 1.0 / steps};
    double best = grid_best(&of, steps);
    lkv_height point = at(&of, best);
    if (best == 0.0 && point.slope >= 0.0) {
        return 0.0;
    }
    return solve(&of, point.slope < 0.0 ? above(&of, best, point.slope)
                                        : below(&of, best, point));
}
