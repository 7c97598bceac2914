#include "stat/gap.h"

#include <math.h>

#include "stat/distribution.h"

/* One school's two groups, and the gap there. */
struct pair {
    const lkv_stratum *zero, *one;
    double p; /* share of group 1 */
    double gap; /* 0 when a group is missing */
    double weight; /* n p (1 - p) */
};

static struct pair pair_of(const lkv_stratum *stratum, size_t school)
{
    struct pair pair = {.zero = &stratum[school * 2],
                        .one = &stratum[school * 2 + 1]};
    double n1 = (double)pair.one->n, n0 = (double)pair.zero->n;
    if (n1 > 0.0 && n0 > 0.0) {
        pair.gap = pair.one->mean - pair.zero->mean;
    }
    if (n1 + n0 > 0.0) {
        pair.p = n1 / (n1 + n0);
        pair.weight = n1 * n0 / (n1 + n0);
    }
    return pair;
}

struct sums {
    double mean[2];
    double n[2];
    double weight, weighted; /* of the same-school gap */
};

static struct sums sums_of(const lkv_stratum *stratum, size_t schools,
                           lkv_gap *gap)
{
    struct sums sums = {.weight = 0.0};
    int64_t one_group = 0;
    for (size_t j = 0; j < schools; j++) {
        struct pair pair = pair_of(stratum, j);
        for (int g = 0; g < 2; g++) {
            const lkv_stratum *at = &stratum[j * 2 + (size_t)g];
            if (at->n > 0) {
                sums.n[g] += (double)at->n;
                sums.mean[g] += (double)at->n * at->mean;
            }
        }
        sums.weight += pair.weight;
        sums.weighted += pair.weight * pair.gap;
        gap->schools += pair.one->n + pair.zero->n > 0;
        gap->both += pair.one->n > 0 && pair.zero->n > 0;
        one_group += pair.weight > 0.0 ? 0 : pair.one->n + pair.zero->n;
    }
    gap->n1 = (int64_t)sums.n[1];
    gap->n0 = (int64_t)sums.n[0];
    for (int g = 0; g < 2; g++) {
        sums.mean[g] = sums.n[g] > 0.0 ? sums.mean[g] / sums.n[g] : NAN;
    }
    double all = sums.n[0] + sums.n[1];
    gap->one_group = all > 0.0 ? (double)one_group / all : NAN;
    return sums;
}

enum { GAP, SAME_SCHOOL, REMAINDER, ONLY_ONE, ONLY_ZERO };

/* Influence of a pupil of group G on the gap: (y - mean_g) / N_g. */
static lkv_influence on_gap(const struct sums *sums, const lkv_stratum *at,
                            int g)
{
    double sign = g == 1 ? 1.0 : -1.0;
    return (lkv_influence){sign / sums->n[g],
                           sign * (at->mean - sums->mean[g]) / sums->n[g]};
}

/* Influence on the same-school gap, the slope of y on the group within
 * schools: (x - p) e / sum of weights, e the residual within the school.
 */
static lkv_influence on_same_school(const struct sums *sums,
                                    const struct pair *pair, int g)
{
    double distance = g == 1 ? 1.0 - pair->p : -pair->p;
    double beta = sums->weighted / sums->weight;
    double residual = distance * (pair->gap - beta);
    return (lkv_influence){distance / sums->weight,
                           distance * residual / sums->weight};
}

static lkv_influence influence_of(const struct sums *sums,
                                  const struct pair *pair, int g, int part)
{
    const lkv_stratum *at = g == 1 ? pair->one : pair->zero;
    if (at->n == 0 || (part == ONLY_ONE && g == 0) ||
        (part == ONLY_ZERO && g == 1)) {
        return (lkv_influence){0.0, 0.0};
    }
    lkv_influence gap = on_gap(sums, at, g);
    if (part == GAP || part == ONLY_ONE || part == ONLY_ZERO) {
        return gap;
    }
    if (pair->weight == 0.0) {
        return part == SAME_SCHOOL ? (lkv_influence){0.0, 0.0} : gap;
    }
    lkv_influence same = on_same_school(sums, pair, g);
    return part == SAME_SCHOOL ? same
                               : (lkv_influence){gap.slope - same.slope,
                                                 gap.level - same.level};
}

static double variance_of(const lkv_stratum *stratum, size_t schools,
                          const struct sums *sums, int part)
{
    g_autofree lkv_influence *influence = g_new0(lkv_influence, schools * 2);
    for (size_t j = 0; j < schools; j++) {
        struct pair pair = pair_of(stratum, j);
        for (int g = 0; g < 2; g++) {
            influence[j * 2 + (size_t)g] = influence_of(sums, &pair, g, part);
        }
    }
    return lkv_cluster_variance(stratum, influence, schools, 2, NULL);
}

static lkv_gap_part part_of(double value, double variance, double df,
                            double confidence)
{
    double error = df > 0.0 ? sqrt(fmax(0.0, variance)) : NAN;
    return (lkv_gap_part){value, error,
                          lkv_interval_t(value, error, df, confidence)};
}

static lkv_share share_of(double mean, double variance, double n,
                          double confidence)
{
    double spread = mean * (1.0 - mean);
    double effective = spread > 0.0 && variance > 0.0 ? spread / variance : n;
    return (lkv_share){mean, lkv_interval_wilson(mean, effective, confidence)};
}

/* The limits of a gap of shares: both shares' own limits, and how the shares
 * vary together, V(gap) = V1 + V0 - 2 cov.
 */
static lkv_interval mover(const lkv_stratum *stratum, size_t schools,
                          const struct sums *sums, double confidence)
{
    double v1 = variance_of(stratum, schools, sums, ONLY_ONE);
    double v0 = variance_of(stratum, schools, sums, ONLY_ZERO);
    double gap = variance_of(stratum, schools, sums, GAP);
    double both = sqrt(v1 * v0);
    double rho = both > 0.0 ? (v1 + v0 - gap) / 2.0 / both : 0.0;
    return lkv_interval_mover(
        share_of(sums->mean[1], v1, sums->n[1], confidence),
        share_of(sums->mean[0], v0, sums->n[0], confidence),
        fmax(-1.0, fmin(1.0, rho)));
}

lkv_gap lkv_gap_of(const lkv_stratum *stratum, size_t schools, int shares,
                   double confidence)
{
    const lkv_gap_part none = {NAN, NAN, {NAN, NAN}};
    lkv_gap gap = {.gap = none, .same_school = none, .remainder = none};
    struct sums sums = sums_of(stratum, schools, &gap);
    gap.mean1 = sums.mean[1];
    gap.mean0 = sums.mean[0];
    if (gap.n1 == 0 || gap.n0 == 0) {
        return gap;
    }
    double difference = gap.mean1 - gap.mean0;
    gap.df = (double)(gap.n1 + gap.n0) - (double)gap.schools;
    gap.gap = part_of(difference, variance_of(stratum, schools, &sums, GAP),
                      gap.df, confidence);
    if (shares && gap.df > 0.0) {
        gap.gap.interval = mover(stratum, schools, &sums, confidence);
    }
    if (gap.both == 0) {
        return gap;
    }
    double same = sums.weighted / sums.weight;
    gap.same_school =
        part_of(same, variance_of(stratum, schools, &sums, SAME_SCHOOL), gap.df,
                confidence);
    gap.remainder = part_of(difference - same,
                            variance_of(stratum, schools, &sums, REMAINDER),
                            gap.df, confidence);
    return gap;
}

static lkv_gap_part shares_alone(lkv_stratum one, lkv_stratum zero,
                                 double confidence)
{
    double n1 = (double)one.n, n0 = (double)zero.n;
    const lkv_share a = {one.mean,
                         lkv_interval_wilson(one.mean, n1, confidence)};
    const lkv_share b = {zero.mean,
                         lkv_interval_wilson(zero.mean, n0, confidence)};
    return (lkv_gap_part){one.mean - zero.mean,
                          sqrt(one.mean * (1.0 - one.mean) / n1 +
                               zero.mean * (1.0 - zero.mean) / n0),
                          lkv_interval_mover(a, b, 0.0)};
}

lkv_gap_part lkv_gap_alone(lkv_stratum one, lkv_stratum zero, int shares,
                           double confidence)
{
    if (one.n == 0 || zero.n == 0) {
        return (lkv_gap_part){NAN, NAN, {NAN, NAN}};
    }
    if (shares) {
        return shares_alone(one, zero, confidence);
    }
    double difference = one.mean - zero.mean;
    double df = lkv_stratum_welch_df(one, zero);
    if (isnan(df)) {
        return (lkv_gap_part){difference, NAN, {NAN, NAN}};
    }
    double variance = lkv_stratum_variance(one) / (double)one.n +
                      lkv_stratum_variance(zero) / (double)zero.n;
    return part_of(difference, variance, df, confidence);
}

lkv_gap_standard lkv_gap_standardised(lkv_stratum one, lkv_stratum zero)
{
    lkv_gap_standard gap = {NAN, NAN, NAN, NAN};
    double n1 = (double)one.n, n0 = (double)zero.n;
    if (one.n < 1 || zero.n < 1 || n1 + n0 < 3.0 ||
        !(one.squares + zero.squares > 0.0)) {
        return gap;
    }
    gap.sd = sqrt((one.squares + zero.squares) / (n1 + n0 - 2.0));
    gap.d = (one.mean - zero.mean) / gap.sd;
    gap.g = gap.d * (1.0 - 3.0 / (4.0 * (n1 + n0) - 9.0));
    gap.error = sqrt((n1 + n0) / (n1 * n0) + gap.g * gap.g / (2.0 * (n1 + n0)));
    return gap;
}
