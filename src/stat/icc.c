#include "stat/icc.h"

#include <math.h>

#include "stat/distribution.h"

/* What F_u follows from, of some of the groups. Two of these are joined
 * without a subtraction (Chan, Golub and LeVeque 1983), so that groups that
 * are all alike have a spread of exactly 0.
 */
struct sums {
    double groups, n, inverse, within;
    double mean, squares; /* of the group means */
};

static struct sums part_of(const lkv_moments *moments, size_t j)
{
    size_t v = moments->variables;
    double n = (double)moments->n[j];
    return (struct sums){.groups = 1.0,
                         .n = n,
                         .inverse = 1.0 / n,
                         .within = moments->within[j * v * v],
                         .mean = moments->group_mean[j * v]};
}

static struct sums join(struct sums a, struct sums b)
{
    if (!(a.groups > 0.0) || !(b.groups > 0.0)) {
        return a.groups > 0.0 ? a : b;
    }
    double groups = a.groups + b.groups, apart = b.mean - a.mean;
    return (struct sums){.groups = groups,
                         .n = a.n + b.n,
                         .inverse = a.inverse + b.inverse,
                         .within = a.within + b.within,
                         .mean = a.mean + apart * b.groups / groups,
                         .squares =
                             a.squares + b.squares +
                             apart * apart * a.groups * b.groups / groups};
}

static double harmonic(const struct sums *sums)
{
    return sums->groups / sums->inverse;
}

/* NaN where nothing varies within the groups. */
static double f_u(const struct sums *sums)
{
    double variance = sums->squares / (sums->groups - 1.0);
    double msw = sums->within / (sums->n - sums->groups);
    return msw > 0.0 ? harmonic(sums) * variance / msw : NAN;
}

static double icc_of(double f, double n_h)
{
    return (f - 1.0) / (f + n_h - 1.0);
}

static lkv_interval clipped(double low, double high)
{
    return (lkv_interval){fmax(0.0, low), fmax(0.0, high)};
}

/* ln F_u without each group in turn, of the groups of PART. */
static double *logs_without(const struct sums *part, size_t count)
{
    double *logs = g_new0(double, count);
    g_autofree struct sums *after = g_new0(struct sums, count + 1);
    struct sums before = {0};
    for (size_t j = count; j > 0; j--) {
        after[j - 1] = join(part[j - 1], after[j]);
    }
    for (size_t j = 0; j < count; j++) {
        struct sums rest = join(before, after[j + 1]);
        double f = f_u(&rest);
        logs[j] = f > 0.0 ? log(f) : NAN;
        before = join(before, part[j]);
    }
    return logs;
}

/* Pseudo-values J ln F - (J - 1) ln F_(-j), in the order of the groups. */
static void jackknife(const struct sums *part, lkv_icc *icc, double confidence)
{
    g_autofree double *pseudo = logs_without(part, icc->groups);
    double count = (double)icc->groups, sum = 0.0, squares = 0.0;
    for (size_t j = 0; j < icc->groups; j++) {
        pseudo[j] = count * log(icc->f_u) - (count - 1.0) * pseudo[j];
        sum += pseudo[j];
    }
    double theta = sum / count;
    for (size_t j = 0; j < icc->groups; j++) {
        squares += (pseudo[j] - theta) * (pseudo[j] - theta);
    }
    if (!isfinite(squares)) {
        return;
    }
    double error = sqrt(squares / (count - 1.0) / count);
    icc->jackknife = icc_of(exp(theta), icc->n_h);
    if (icc->groups >= LKV_JACKKNIFE_GROUPS) {
        double half = lkv_t_width(confidence, count - 1.0) * error;
        icc->jackknife_interval = clipped(icc_of(exp(theta - half), icc->n_h),
                                          icc_of(exp(theta + half), icc->n_h));
    }
}

static lkv_fit fit_of(const lkv_moments *moments, const struct sums *all)
{
    if (moments->total == 0) {
        return LKV_FIT_NOBODY;
    }
    if (all->groups < 2.0) {
        return moments->total > 1 && !(all->groups > 0.0) ? LKV_FIT_NO_DF
                                                          : LKV_FIT_ONE_GROUP;
    }
    return all->within > 0.0 ? LKV_FIT_OK : LKV_FIT_NO_VARIANCE;
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
    g_autofree struct sums *part = g_new0(struct sums, moments->groups + 1);
    for (size_t j = 0; j < moments->groups; j++) {
        if (moments->n[j] > 1) {
            part[icc.groups] = part_of(moments, j);
            all = join(all, part[icc.groups++]);
        }
    }
    icc.fit = fit_of(moments, &all);
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
        jackknife(part, &icc, confidence);
    }
    return icc;
}
