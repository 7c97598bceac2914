#include "stat/root.h"

#include <math.h>
#include <stdbool.h>

/* The last point, the other end of the bracket, and the point before. */
typedef struct chase {
    double x, other, before;
    double at, at_other, at_before;
} chase;

/* How far to go from the last point to the other end, of 1: by a quadratic
 * through the three points in the place of x where it is sure to lie between,
 * else halfway.
 */
static double share_of(const chase *in)
{
    if (in->at_before == in->at_other || in->at_before == in->at ||
        in->before == in->other) {
        return 0.5; /* no quadratic goes through them */
    }
    double place = (in->x - in->other) / (in->before - in->other);
    double rise = (in->at - in->at_other) / (in->at_before - in->at_other);
    double left = (1.0 - rise) * (1.0 - rise);
    if (!(rise * rise < place && left < 1.0 - place)) {
        return 0.5;
    }
    double first = in->at / (in->at_other - in->at) * in->at_before /
                   (in->at_other - in->at_before);
    double second = (in->before - in->x) / (in->other - in->x) * in->at /
                    (in->at_before - in->at) * in->at_other /
                    (in->at_before - in->at_other);
    return first + second;
}

static void move(double x, double at, chase *in)
{
    bool same = (at < 0.0) == (in->at < 0.0);
    in->before = same ? in->x : in->other;
    in->at_before = same ? in->at : in->at_other;
    if (!same) {
        in->other = in->x;
        in->at_other = in->at;
    }
    in->x = x;
    in->at = at;
}

double lkv_root(lkv_curve curve, const void *context, lkv_bracket in)
{
    chase at = {
        .x = in.high, .other = in.low, .at = in.at_high, .at_other = in.at_low};
    double share = 0.5;
    for (int i = 0; i < 200; i++) {
        double next = at.x + share * (at.other - at.x);
        move(next, curve(context, next), &at);
        double best = fabs(at.at) < fabs(at.at_other) ? at.x : at.other;
        double least = 5e-16 * (1.0 + fabs(best)) / fabs(at.other - at.x);
        if (least > 0.5 || at.at == 0.0) {
            return best;
        }
        share = fmin(fmax(share_of(&at), least), 1.0 - least);
    }
    return at.x;
}
