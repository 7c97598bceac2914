/* Tails and quantiles of the usual distributions.
 *
 * t and F go through the incomplete beta function: GSL's own tails of t and F
 * lose digits for large degrees of freedom. Degrees of freedom may be any
 * positive real number. NaN for a probability outside 0 < p < 1, for degrees of
 * freedom that are not above 0, and for NaN.
 */
#ifndef LKV_STAT_DISTRIBUTION_H
#define LKV_STAT_DISTRIBUTION_H

double lkv_normal_below(double x); /* P(Z <= x) */
double lkv_normal_density(double x);
double lkv_normal_quantile(double p);

/* P(|T| >= |t|). */
double lkv_t_outside(double t, double df);
double lkv_t_quantile(double p, double df);

/* P(F >= f); f >= 0. */
double lkv_f_above(double f, double df1, double df2);
double lkv_f_quantile(double p, double df1, double df2);

double lkv_chi2_above(double x, double df);
double lkv_chi2_quantile(double p, double df);

/* P(X <= x), 0 <= x <= 1, of Beta(a, b). */
double lkv_beta_below(double x, double a, double b);

/* z with P(|Z| <= z) = CONFIDENCE: 1.96 for 0.95. */
double lkv_normal_width(double confidence);
double lkv_t_width(double confidence, double df);

#endif
