#include "stat/distribution.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>

/* Whether P has a quantile at all. */
static bool inside(double p)
{
    return p > 0.0 && p < 1.0;
}

double lkv_normal_below(double x)
{
    return gsl_cdf_ugaussian_P(x);
}

double lkv_normal_density(double x)
{
    return gsl_ran_ugaussian_pdf(x);
}

double lkv_normal_quantile(double p)
{
    return inside(p) ? gsl_cdf_ugaussian_Pinv(p) : NAN;
}

/* The incomplete beta function I of x = 1/(1 + ODDS). The smaller of x and y =
 * 1 - x is what is known to all its digits; of y, the other tail is taken where
 * that is not the larger one. Between, what the rounding of 1 - y took is added
 * to first order: with many degrees of freedom the power A of x would carry it
 * into the tenth digit.
 */
static double beta_of_odds(double odds, double a, double b)
{
    double x = 1.0 / (1.0 + odds), y = 1.0 / (1.0 + 1.0 / odds);
    if (x < y) {
        return gsl_sf_beta_inc(a, b, x);
    }
    if (y <= b / (a + b)) {
        return 1.0 - gsl_sf_beta_inc(b, a, y);
    }
    x = 1.0 - y;
    double lost = (1.0 - x) - y;
    return gsl_sf_beta_inc(a, b, x) +
           lost * exp((a - 1.0) * log(x) + (b - 1.0) * log(y) -
                      gsl_sf_lnbeta(a, b));
}

double lkv_t_outside(double t, double df)
{
    if (isnan(t) || !(df > 0.0)) {
        return NAN;
    }
    double odds = t * t / df;
    return odds > 0.0 ? beta_of_odds(odds, df / 2.0, 0.5) : 1.0;
}

double lkv_f_above(double f, double df1, double df2)
{
    if (isnan(f) || !(df1 > 0.0) || !(df2 > 0.0)) {
        return NAN;
    }
    double odds = df1 * f / df2;
    return odds > 0.0 ? beta_of_odds(odds, df2 / 2.0, df1 / 2.0) : 1.0;
}

double lkv_beta_below(double x, double a, double b)
{
    if (isnan(x) || !(a > 0.0) || !(b > 0.0)) {
        return NAN;
    }
    return x <= 0.0 ? 0.0 : x >= 1.0 ? 1.0 : gsl_sf_beta_inc(a, b, x);
}

/* The x from LOW to HIGH at which the falling TAIL reaches TARGET. */
struct tail {
    double (*above)(double x, const struct tail *tail);
    double df1, df2;
};

static double t_upper(double x, const struct tail *tail)
{
    return lkv_t_outside(x, tail->df1) / 2.0;
}

static double f_upper(double x, const struct tail *tail)
{
    return lkv_f_above(x, tail->df1, tail->df2);
}

/* Distance of the tail at X from TARGET, above 0 where X is too small. */
static double miss(const struct tail *tail, double target, double x)
{
    return copysign(1.0, target) * log(tail->above(x, tail) / target);
}

/* An end of the bracket, and what is missed there. */
struct end {
    double x, miss;
};

/* Near the quantile, by false position (Illinois: an end that stays has its
 * miss halved), which needs few tails.
 */
static double approach(const struct tail *tail, double target, struct end low,
                       struct end high)
{
    double x = high.x;
    int stayed = 0; /* times that the low end stayed, less the high end's */
    for (int i = 0; i < 60; i++) {
        double before = x;
        bool line = isfinite(low.miss) && isfinite(high.miss);
        x = line ? low.x + (high.x - low.x) * low.miss / (low.miss - high.miss)
                 : low.x + (high.x - low.x) / 2.0;
        if (!(x > low.x && x < high.x) ||
            fabs(x - before) <= 2.0 * DBL_EPSILON * x) {
            break;
        }
        struct end at = {x, miss(tail, target, x)};
        if (at.miss > 0.0) {
            low = at;
            stayed = stayed < 0 ? stayed - 1 : -1;
            high.miss /= stayed < -1 ? 2.0 : 1.0;
        } else {
            high = at;
            stayed = stayed > 0 ? stayed + 1 : 1;
            low.miss /= stayed > 1 ? 2.0 : 1.0;
        }
    }
    return x;
}

/* Doubling, then bisection until no number lies between: a bracket that never
 * fails. It starts a few numbers around where false position ends, and reaches
 * further only if that was not near. TARGET is the tail itself, never 1 less
 * it, so that small tails keep their digits.
 */
static double solve(const struct tail *tail, double target)
{
    struct end low = {0.0, miss(tail, target, 0.0)};
    struct end high = {1.0, miss(tail, target, 1.0)};
    while (high.miss > 0.0 && high.x < 1e300) {
        low = high;
        high.x *= 2.0;
        high.miss = miss(tail, target, high.x);
    }
    double near = approach(tail, target, low, high);
    double below = low.x, above = high.x;
    for (double reach = 4.0 * DBL_EPSILON * near; reach > 0.0; reach *= 16.0) {
        below = fmax(low.x, near - reach);
        above = fmin(high.x, near + reach);
        bool under = below <= low.x || miss(tail, target, below) > 0.0;
        bool over = above >= high.x || !(miss(tail, target, above) > 0.0);
        if (under && over) {
            break;
        }
    }
    double middle = below + (above - below) / 2.0;
    while (middle > below && middle < above) {
        if (miss(tail, target, middle) > 0.0) {
            below = middle;
        } else {
            above = middle;
        }
        middle = below + (above - below) / 2.0;
    }
    return middle;
}

double lkv_t_quantile(double p, double df)
{
    const struct tail tail = {t_upper, df, 0.0};
    if (!inside(p) || !(df > 0.0)) {
        return NAN;
    }
    return p < 0.5 ? -solve(&tail, p) : p > 0.5 ? solve(&tail, 1.0 - p) : 0.0;
}

double lkv_f_quantile(double p, double df1, double df2)
{
    const struct tail upper = {f_upper, df1, df2};
    const struct tail mirror = {f_upper, df2, df1};
    if (!inside(p) || !(df1 > 0.0) || !(df2 > 0.0)) {
        return NAN;
    }
    return p < 0.5 ? 1.0 / solve(&mirror, p) : solve(&upper, 1.0 - p);
}

double lkv_chi2_above(double x, double df)
{
    if (isnan(x) || !(df > 0.0)) {
        return NAN;
    }
    return x <= 0.0 ? 1.0 : gsl_sf_gamma_inc_Q(df / 2.0, x / 2.0);
}

static double chi2_upper(double x, const struct tail *tail)
{
    return gsl_sf_gamma_inc_Q(tail->df1 / 2.0, x / 2.0);
}

static double chi2_lower(double x, const struct tail *tail)
{
    return -gsl_sf_gamma_inc_P(tail->df1 / 2.0, x / 2.0);
}

double lkv_chi2_quantile(double p, double df)
{
    const struct tail upper = {chi2_upper, df, 0.0};
    const struct tail lower = {chi2_lower, df, 0.0};
    if (!inside(p) || !(df > 0.0)) {
        return NAN;
    }
    return p < 0.5 ? solve(&lower, -p) : solve(&upper, 1.0 - p);
}

double lkv_normal_width(double confidence)
{
    return lkv_normal_quantile(0.5 + confidence / 2.0);
}

double lkv_t_width(double confidence, double df)
{
    return lkv_t_quantile(0.5 + confidence / 2.0, df);
}
