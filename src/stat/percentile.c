#include "stat/percentile.h"

#include <math.h>

#include "stat/cluster.h"

static const lkv_gap_part none = {NAN, NAN, {NAN, NAN}};

/* K yes among N, as a stratum of 0 and 1. */
static lkv_stratum yes_of(int64_t k, int64_t n)
{
    if (n == 0) {
        return (lkv_stratum){0};
    }
    return (lkv_stratum){.n = n,
                         .mean = (double)k / (double)n,
                         .squares = (double)k * (double)(n - k) / (double)n};
}

static lkv_cluster_mean share_upto(const lkv_piles *piles, double value)
{
    g_autofree int64_t *n = lkv_piles_schools(piles);
    g_autofree int64_t *upto = lkv_piles_upto(piles, value);
    g_autofree lkv_stratum *strata = g_new0(lkv_stratum, piles->schools + 1);
    for (size_t j = 0; j < piles->schools; j++) {
        strata[j] = yes_of(upto[j], n[j]);
    }
    return lkv_cluster_mean_of(strata, piles->schools, 0.0);
}

lkv_percentile lkv_percentile_of(const lkv_piles *piles, double p, double t)
{
    lkv_percentile of = {p, NAN, NAN, NAN, {NAN, NAN}};
    of.value = lkv_piles_quantile(piles, p);
    if (piles->n == 0) {
        return of;
    }
    lkv_cluster_mean share = share_upto(piles, of.value);
    if (!(share.df > 0.0)) {
        return of;
    }
    of.interval.low = lkv_piles_quantile(piles, p - t * share.error);
    of.interval.high = lkv_piles_quantile(piles, p + t * share.error);
    of.error = (of.interval.high - of.interval.low) / (2.0 * t);
    of.slope = share.error > 0.0 ? of.error / share.error : 0.0;
    return of;
}

/* Influence values take three levels a school: up to the first quantile,
 * between, above the second; or, of two groups, up to and above its own.
 */
struct steps {
    lkv_stratum *stratum;
    lkv_influence *influence;
    size_t schools, levels;
};

static struct steps steps_new(size_t schools, size_t levels)
{
    return (struct steps){g_new0(lkv_stratum, schools * levels + 1),
                          g_new0(lkv_influence, schools * levels + 1), schools,
                          levels};
}

static void step_put(struct steps *to, size_t school, size_t level, int64_t n,
                     double z)
{
    to->stratum[school * to->levels + level].n = n;
    to->influence[school * to->levels + level].level = z;
}

/* How A less B may be off where A is off by UP and B the other way by DOWN. */
static double joint(double up, double down, double correlation)
{
    return sqrt(
        fmax(0.0, up * up + down * down - 2.0 * correlation * up * down));
}

/* A less B: the error by the influence values, whose variance tells how the two
 * go together; the limits by those of each, which lie where the scale has steps.
 */
static lkv_gap_part steps_end(struct steps *of, const lkv_percentile *a,
                              const lkv_percentile *b)
{
    double variance = lkv_cluster_variance(of->stratum, of->influence,
                                           of->schools, of->levels, NULL);
    double value = a->value - b->value, own = a->error, other = b->error;
    double r = 0.0;
    if (own > 0.0 && other > 0.0) {
        double shared =
            (own * own + other * other - variance) / (2.0 * own * other);
        r = fmin(1.0, fmax(-1.0, shared));
    }
    double low =
        joint(a->value - a->interval.low, b->interval.high - b->value, r);
    double high =
        joint(a->interval.high - a->value, b->value - b->interval.low, r);
    g_free(of->stratum);
    g_free(of->influence);
    return (lkv_gap_part){value, sqrt(variance), {value - low, value + high}};
}

static double total(const int64_t *n, size_t schools)
{
    double sum = 0.0;
    for (size_t j = 0; j < schools; j++) {
        sum += (double)n[j];
    }
    return sum;
}

lkv_gap_part lkv_percentile_distance(const lkv_piles *piles,
                                     const lkv_percentile *lower,
                                     const lkv_percentile *upper)
{
    double value = upper->value - lower->value;
    if (isnan(lower->slope) || isnan(upper->slope)) {
        return (lkv_gap_part){value, NAN, {NAN, NAN}};
    }
    g_autofree int64_t *n = lkv_piles_schools(piles);
    g_autofree int64_t *a = lkv_piles_upto(piles, lower->value);
    g_autofree int64_t *b = lkv_piles_upto(piles, upper->value);
    double all = (double)piles->n;
    double low = total(a, piles->schools) / all;
    double high = total(b, piles->schools) / all;
    double s = lower->slope / all, u = upper->slope / all;
    struct steps of = steps_new(piles->schools, 3);
    for (size_t j = 0; j < piles->schools; j++) {
        step_put(&of, j, 0, a[j], s * (1.0 - low) - u * (1.0 - high));
        step_put(&of, j, 1, b[j] - a[j], -s * low - u * (1.0 - high));
        step_put(&of, j, 2, n[j] - b[j], -s * low + u * high);
    }
    return steps_end(&of, upper, lower);
}

/* The pupils of one group, in levels FIRST and FIRST + 1 of TO. */
static void group_put(struct steps *to, const lkv_piles *piles,
                      const lkv_percentile *at, size_t first)
{
    g_autofree int64_t *n = lkv_piles_schools(piles);
    g_autofree int64_t *upto = lkv_piles_upto(piles, at->value);
    double all = (double)piles->n;
    double below = total(upto, piles->schools) / all;
    double slope = (first == 0 ? 1.0 : -1.0) * at->slope / all;
    for (size_t j = 0; j < piles->schools; j++) {
        step_put(to, j, first, upto[j], -slope * (1.0 - below));
        step_put(to, j, first + 1, n[j] - upto[j], slope * below);
    }
}

lkv_gap_part lkv_percentile_gap(const lkv_piles *one, const lkv_percentile *a,
                                const lkv_piles *zero, const lkv_percentile *b)
{
    if (one->n == 0 || zero->n == 0) {
        return none;
    }
    double value = a->value - b->value;
    if (isnan(a->slope) || isnan(b->slope)) {
        return (lkv_gap_part){value, NAN, {NAN, NAN}};
    }
    struct steps of = steps_new(one->schools, 4);
    group_put(&of, one, a, 0);
    group_put(&of, zero, b, 2);
    return steps_end(&of, a, b);
}
