#include "stat/cluster.h"

#include <math.h>

#include "stat/distribution.h"

static double square(double x)
{
    return x * x;
}

/* Pupils of a school and the mean of their influence values. */
struct centre {
    double n, mean;
};

static struct centre centre_of(const lkv_stratum *stratum,
                               const lkv_influence *influence, size_t groups)
{
    struct centre centre = {0.0, 0.0};
    for (size_t g = 0; g < groups; g++) {
        if (stratum[g].n > 0) {
            centre.n += (double)stratum[g].n;
            centre.mean += (double)stratum[g].n * influence[g].level;
        }
    }
    centre.mean /= centre.n > 0.0 ? centre.n : 1.0;
    return centre;
}

/* Sum of (z - AROUND)^2 over the pupils of a school. */
static double squares_around(const lkv_stratum *stratum,
                             const lkv_influence *influence, size_t groups,
                             double around)
{
    double squares = 0.0;
    for (size_t g = 0; g < groups; g++) {
        if (stratum[g].n > 0) {
            squares +=
                square(influence[g].slope) * stratum[g].squares +
                (double)stratum[g].n * square(influence[g].level - around);
        }
    }
    return squares;
}

double lkv_cluster_variance(const lkv_stratum *stratum,
                            const lkv_influence *influence, size_t schools,
                            size_t groups, size_t *singles)
{
    double variance = 0.0;
    size_t alone = 0;
    for (size_t j = 0; j < schools; j++) {
        const lkv_stratum *own = &stratum[j * groups];
        const lkv_influence *z = &influence[j * groups];
        struct centre centre = centre_of(own, z, groups);
        if (centre.n > 1.0) {
            variance += centre.n / (centre.n - 1.0) *
                        squares_around(own, z, groups, centre.mean);
        } else if (centre.n > 0.0) {
            variance += squares_around(own, z, groups, 0.0);
            alone++;
        }
    }
    if (singles) {
        *singles = alone;
    }
    return variance;
}

lkv_cluster_mean lkv_cluster_mean_of(const lkv_stratum *stratum, size_t schools,
                                     double shock2)
{
    lkv_cluster_mean mean = {0};
    double total = 0.0, weights = 0.0;
    for (size_t j = 0; j < schools; j++) {
        if (stratum[j].n > 0) {
            mean.n += stratum[j].n;
            mean.schools++;
            total += (double)stratum[j].n * stratum[j].mean;
        }
    }
    if (mean.n == 0) {
        return (lkv_cluster_mean){.mean = NAN, .variance = NAN, .error = NAN};
    }
    double n = (double)mean.n;
    mean.mean = total / n;
    g_autofree lkv_influence *influence = g_new0(lkv_influence, schools);
    for (size_t j = 0; j < schools; j++) {
        if (stratum[j].n > 0) {
            influence[j].slope = 1.0 / n;
            influence[j].level = (stratum[j].mean - mean.mean) / n;
            weights += square((double)stratum[j].n / n);
        }
    }
    mean.variance =
        lkv_cluster_variance(stratum, influence, schools, 1, &mean.singles) +
        shock2 * weights;
    mean.error = sqrt(mean.variance);
    mean.df = n - (double)mean.schools;
    return mean;
}

lkv_interval lkv_cluster_interval(const lkv_cluster_mean *mean,
                                  double confidence)
{
    return lkv_interval_t(mean->mean, mean->error, mean->df, confidence);
}

lkv_interval lkv_cluster_share(const lkv_cluster_mean *share, double confidence)
{
    double spread = share->mean * (1.0 - share->mean);
    double n = spread > 0.0 && share->variance > 0.0 ? spread / share->variance
                                                     : (double)share->n;
    return lkv_interval_wilson(share->mean, n, confidence);
}

static double mean_of_year(const lkv_stratum *stratum, size_t schools)
{
    double n = 0.0, sum = 0.0;
    for (size_t j = 0; j < schools; j++) {
        if (stratum[j].n > 0) {
            n += (double)stratum[j].n;
            sum += (double)stratum[j].n * stratum[j].mean;
        }
    }
    return n > 0.0 ? sum / n : 0.0;
}

/* Variance over years of school J's distance to the mean of the year. */
static double over_years(const lkv_stratum *stratum, const double *mean,
                         size_t years, size_t schools, size_t j)
{
    double sum = 0.0, squares = 0.0;
    for (size_t t = 0; t < years; t++) {
        sum += stratum[t * schools + j].mean - mean[t];
    }
    for (size_t t = 0; t < years; t++) {
        squares += square(stratum[t * schools + j].mean - mean[t] -
                          sum / (double)years);
    }
    return squares / (double)(years - 1);
}

double lkv_cluster_shock(const lkv_stratum *stratum, size_t years,
                         size_t schools)
{
    if (years < 3) {
        return 0.0;
    }
    g_autofree double *mean = g_new0(double, years);
    for (size_t t = 0; t < years; t++) {
        mean[t] = mean_of_year(&stratum[t * schools], schools);
    }
    double moved = 0.0, noise = 0.0;
    size_t used = 0;
    for (size_t j = 0; j < schools; j++) {
        double own = 0.0;
        for (size_t t = 0; t < years; t++) {
            const lkv_stratum *at = &stratum[t * schools + j];
            own += at->n > 1 ? lkv_stratum_variance(*at) / (double)at->n : NAN;
        }
        if (isnan(own)) {
            continue;
        }
        moved += over_years(stratum, mean, years, schools, j);
        noise += own / (double)years;
        used++;
    }
    return used < 2 ? 0.0 : fmax(0.0, (moved - noise) / (double)used);
}

lkv_change lkv_cluster_change(const lkv_stratum *now, const lkv_stratum *before,
                              size_t schools)
{
    lkv_cluster_mean after = lkv_cluster_mean_of(now, schools, 0.0);
    lkv_cluster_mean first = lkv_cluster_mean_of(before, schools, 0.0);
    lkv_change change = {.change = after.mean - first.mean, .error = NAN};
    if (after.n == 0 || first.n == 0) {
        return change;
    }
    g_autofree double *moved = g_new0(double, schools);
    double sum = 0.0;
    for (size_t j = 0; j < schools; j++) {
        double n = (double)now[j].n, m = (double)before[j].n;
        if (now[j].n == 0 && before[j].n == 0) {
            continue;
        }
        double z =
            n > 0.0 ? n * (now[j].mean - after.mean) / (double)after.n : 0.0;
        double w =
            m > 0.0 ? m * (before[j].mean - first.mean) / (double)first.n : 0.0;
        moved[change.schools] = z - w;
        sum += z - w;
        change.schools++;
    }
    if (change.schools < 2) {
        return change;
    }
    double count = (double)change.schools, squares = 0.0;
    for (size_t j = 0; j < change.schools; j++) {
        squares += square(moved[j] - sum / count);
    }
    change.error = sqrt(count / (count - 1.0) * squares);
    change.df = count - 1.0;
    return change;
}

double lkv_stratum_variance(lkv_stratum stratum)
{
    return stratum.n > 1 ? stratum.squares / (double)(stratum.n - 1) : NAN;
}

/* Shares of the variance, so that no square of it can vanish. */
double lkv_stratum_welch_df(lkv_stratum one, lkv_stratum other)
{
    if (one.n < 2 || other.n < 2) {
        return NAN;
    }
    double a = lkv_stratum_variance(one) / (double)one.n;
    double b = lkv_stratum_variance(other) / (double)other.n;
    if (!(a + b > 0.0)) {
        return NAN;
    }
    double share = a / (a + b), rest = b / (a + b);
    return 1.0 / (share * share / (double)(one.n - 1) +
                  rest * rest / (double)(other.n - 1));
}

lkv_stratum lkv_stratum_join(lkv_stratum a, lkv_stratum b)
{
    if (a.n == 0 || b.n == 0) {
        return a.n == 0 ? b : a;
    }
    double n = (double)a.n, m = (double)b.n;
    return (lkv_stratum){.n = a.n + b.n,
                         .mean = (n * a.mean + m * b.mean) / (n + m),
                         .squares = a.squares + b.squares +
                                    n * m / (n + m) * square(a.mean - b.mean)};
}

lkv_against lkv_against_mean(lkv_stratum own, lkv_stratum others,
                             double confidence)
{
    double n = (double)own.n, m = (double)others.n;
    lkv_against against = {NAN, NAN, NAN, NAN, {NAN, NAN}};
    if (own.n < 1 || others.n < 1) {
        return against;
    }
    double factor = m / (n + m);
    against.difference = factor * (own.mean - others.mean);
    against.df = lkv_stratum_welch_df(own, others);
    if (isnan(against.df)) {
        return against;
    }
    against.error = factor * sqrt(lkv_stratum_variance(own) / n +
                                  lkv_stratum_variance(others) / m);
    against.interval = lkv_interval_t(against.difference, against.error,
                                      against.df, confidence);
    against.p = lkv_t_outside(against.difference / against.error, against.df);
    return against;
}

lkv_against lkv_against_share(lkv_stratum own, lkv_stratum others,
                              double confidence)
{
    double n = (double)own.n, m = (double)others.n;
    lkv_against against = {NAN, NAN, NAN, NAN, {NAN, NAN}};
    if (own.n < 1 || others.n < 1) {
        return against;
    }
    double factor = m / (n + m);
    double all = (n * own.mean + m * others.mean) / (n + m);
    double pooled = all * (1.0 - all) * (1.0 / n + 1.0 / m);
    const lkv_share a = {own.mean,
                         lkv_interval_wilson(own.mean, n, confidence)};
    const lkv_share b = {others.mean,
                         lkv_interval_wilson(others.mean, m, confidence)};
    lkv_interval interval = lkv_interval_mover(a, b, 0.0);
    against.difference = factor * (own.mean - others.mean);
    against.interval =
        (lkv_interval){factor * interval.low, factor * interval.high};
    against.error = factor * sqrt(own.mean * (1.0 - own.mean) / n +
                                  others.mean * (1.0 - others.mean) / m);
    against.p = pooled > 0.0
                    ? 2.0 * lkv_normal_below(-fabs(own.mean - others.mean) /
                                             sqrt(pooled))
                    : 1.0;
    return against;
}

lkv_stratum *lkv_strata_of(const lkv_moments *moments)
{
    size_t v = moments->variables;
    lkv_stratum *strata = g_new0(lkv_stratum, moments->groups);
    for (size_t j = 0; j < moments->groups; j++) {
        strata[j].n = moments->n[j];
        if (moments->n[j] > 0) {
            strata[j].mean = moments->group_mean[j * v];
            strata[j].squares = moments->within[j * v * v];
        }
    }
    return strata;
}
