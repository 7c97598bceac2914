#include "stat/distribution.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

double lkv_normal_below(double x)
{
    return gsl_cdf_ugaussian_P(x);
}

double lkv_normal_quantile(double p)
{
    return gsl_cdf_ugaussian_Pinv(p);
}

double lkv_t_outside(double t, double df)
{
    return gsl_sf_beta_inc(df / 2.0, 0.5, df / (df + t * t));
}

double lkv_f_above(double f, double df1, double df2)
{
    if (f <= 0.0) {
        return 1.0;
    }
    return gsl_sf_beta_inc(df2 / 2.0, df1 / 2.0, df2 / (df2 + df1 * f));
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

/* Bisection on the exponent first, then on the value: tails are smooth, but a
 * bracket that never fails is worth more here than speed.
 */
static double solve(const struct tail *tail, double target)
{
    double low = 0.0, high = 1.0;
    while (tail->above(high, tail) > target && high < 1e300) {
        low = high;
        high *= 2.0;
    }
    for (int i = 0; i < 200 && high - low > 1e-16 * high; i++) {
        double middle = low + (high - low) / 2.0;
        if (tail->above(middle, tail) > target) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low + (high - low) / 2.0;
}

double lkv_t_quantile(double p, double df)
{
    const struct tail tail = {t_upper, df, 0.0};
    if (p < 0.5) {
        return -lkv_t_quantile(1.0 - p, df);
    }
    return p > 0.5 ? solve(&tail, 1.0 - p) : 0.0;
}

double lkv_f_quantile(double p, double df1, double df2)
{
    const struct tail tail = {f_upper, df1, df2};
    return solve(&tail, 1.0 - p);
}

double lkv_chi2_above(double x, double df)
{
    return x <= 0.0 ? 1.0 : gsl_sf_gamma_inc_Q(df / 2.0, x / 2.0);
}

double lkv_chi2_quantile(double p, double df)
{
    return gsl_cdf_chisq_Pinv(p, df);
}

double lkv_normal_width(double confidence)
{
    return lkv_normal_quantile(0.5 + confidence / 2.0);
}

double lkv_t_width(double confidence, double df)
{
    return lkv_t_quantile(0.5 + confidence / 2.0, df);
}
