#include "stat/icc.h"

#include <math.h>

#include "stat/distribution.h"

/* Sums over groups from which F_u follows; leaving a group out is taking its
 * part away.
 */
struct sums {
    double groups, n, inverse, mean, square, within;
};

static struct sums part_of(const lkv_moments *moments, size_t j, double centre)
{
    size_t v = moments->variables;
    double n = (double)moments->n[j];
    double mean = moments->group_mean[j * v] - centre;
    return (struct sums){.groups = 1.0,
                         .n = n,
                         .inverse = 1.0 / n,
                         .mean = mean,
                         .square = mean * mean,
                         .within = moments->within[j * v * v]};
}

static void add(struct sums *sums, const struct sums *part, double sign)
{
    sums->groups += sign * part->groups;
    sums->n += sign * part->n;
    sums->inverse += sign * part->inverse;
    sums->mean += sign * part->mean;
    sums->square += sign * part->square;
    sums->within += sign * part->within;
}

static double harmonic(const struct sums *sums)
{
    return sums->groups / sums->inverse;
}

static double f_u(const struct sums *sums)
{
    double variance = (sums->square - sums->mean * sums->mean / sums->groups) /
                      (sums->groups - 1.0);
    double msw = sums->within / (sums->n - sums->groups);
    return harmonic(sums) * variance / msw;
}

static double icc_of(double f, double n_h)
{
    return (f - 1.0) / (f + n_h - 1.0);
}

static lkv_interval clipped(double low, double high)
{
    return (lkv_interval){fmax(0.0, low), fmax(0.0, high)};
}

/* Pseudo-values J ln F - (J - 1) ln F_(-j), in the order of the groups. */
static void jackknife(const lkv_moments *moments, const struct sums *all,
                      lkv_icc *icc, double confidence)
{
    double count = all->groups, sum = 0.0, squares = 0.0;
    double whole = log(icc->f_u);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t j = 0; j < moments->groups; j++) {
            if (moments->n[j] < 2) {
                continue;
            }
            struct sums part = part_of(moments, j, moments->mean[0]);
            struct sums rest = *all;
            add(&rest, &part, -1.0);
            double pseudo = count * whole - (count - 1.0) * log(f_u(&rest));
            if (pass == 0) {
                sum += pseudo;
            } else {
                squares += (pseudo - sum / count) * (pseudo - sum / count);
            }
        }
    }
    double theta = sum / count;
    double error = sqrt(squares / (count - 1.0) / count);
    icc->jackknife = icc_of(exp(theta), icc->n_h);
    if (icc->groups >= LKV_JACKKNIFE_GROUPS && isfinite(error)) {
        double half = lkv_t_width(confidence, count - 1.0) * error;
        icc->jackknife_interval = clipped(icc_of(exp(theta - half), icc->n_h),
                                          icc_of(exp(theta + half), icc->n_h));
    }
}

lkv_icc lkv_icc_of(const lkv_moments *moments, double confidence)
{
    const lkv_interval none = {NAN, NAN};
    lkv_icc icc = {.f_u = NAN,
                   .n_h = NAN,
                   .icc = NAN,
                   .jackknife = NAN,
                   .jackknife_interval = none,
                   .thomas_hultquist = none};
    struct sums all = {0};
    for (size_t j = 0; j < moments->groups; j++) {
        if (moments->n[j] > 1) {
            struct sums part = part_of(moments, j, moments->mean[0]);
            add(&all, &part, 1.0);
            icc.groups++;
        }
    }
    icc.fit = moments->total == 0 ? LKV_FIT_NOBODY
              : icc.groups < 2
                  ? (moments->total >= 2 && icc.groups == 0 ? LKV_FIT_NO_DF
                                                            : LKV_FIT_ONE_GROUP)
              : !(all.within > 0.0) ? LKV_FIT_NO_VARIANCE
                                    : LKV_FIT_OK;
    if (icc.fit != LKV_FIT_OK) {
        return icc;
    }
    icc.n_h = harmonic(&all);
    icc.f_u = f_u(&all);
    icc.icc = icc_of(icc.f_u, icc.n_h);
    double df1 = all.groups - 1.0, df2 = all.n - all.groups;
    double tail = (1.0 - confidence) / 2.0;
    icc.thomas_hultquist =
        clipped(icc_of(icc.f_u / lkv_f_quantile(1.0 - tail, df1, df2), icc.n_h),
                icc_of(icc.f_u / lkv_f_quantile(tail, df1, df2), icc.n_h));
    if (icc.groups > 2 && icc.f_u > 0.0) {
        jackknife(moments, &all, &icc, confidence);
    }
    return icc;
}
