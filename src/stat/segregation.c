#include "stat/segregation.h"

#include <math.h>

#include <glib.h>

/* -q ln q, 0 at 0. */
static double surprise(double q)
{
    return q > 0.0 ? -q * log(q) : 0.0;
}

static double entropy(double q)
{
    return surprise(q) + surprise(1.0 - q);
}

/* Sums over schools from which all indices follow. */
struct sums {
    double a, b, t, schools;
    double uneven; /* sum |a/A - b/B| */
    double away; /* sum |a/A - t/T| */
    double isolation, entropy, roots;
};

static struct sums sums_of(const int64_t *group, const int64_t *all,
                           size_t schools)
{
    struct sums sums = {0};
    for (size_t j = 0; j < schools; j++) {
        sums.a += (double)group[j];
        sums.t += (double)all[j];
        sums.schools += all[j] > 0;
    }
    sums.b = sums.t - sums.a;
    if (!(sums.a > 0.0) || !(sums.b > 0.0)) {
        return sums;
    }
    for (size_t j = 0; j < schools; j++) {
        if (all[j] == 0) {
            continue;
        }
        double t = (double)all[j], p = (double)group[j] / t;
        double a = (double)group[j] / sums.a;
        double b = (double)(all[j] - group[j]) / sums.b;
        sums.uneven += fabs(a - b);
        sums.away += fabs(a - t / sums.t);
        sums.isolation += a * p;
        sums.entropy += t * entropy(p);
        sums.roots += sqrt(a * b);
    }
    return sums;
}

lkv_segregation lkv_segregation_of(const int64_t *group, const int64_t *all,
                                   size_t schools)
{
    lkv_segregation of = {.found = false};
    struct sums sums = sums_of(group, all, schools);
    of.found = sums.a > 0.0 && sums.b > 0.0 && sums.schools > 1.0;
    for (size_t i = 0; i < LKV_SEGREGATIONS; i++) {
        of.index[i] = NAN;
    }
    if (!of.found) {
        return of;
    }
    double share = sums.a / sums.t, rest = sums.b / sums.t;
    double chance = (sums.schools - 1.0) / (sums.t - 1.0);
    double ratio = (sums.isolation - share) / rest;
    of.index[LKV_DISSIMILARITY] = sums.uneven / 2.0;
    of.index[LKV_ISOLATION] = sums.isolation;
    of.index[LKV_EXPOSURE] = 1.0 - sums.isolation;
    of.index[LKV_VARIANCE_RATIO] = ratio;
    of.index[LKV_VARIANCE_CORRECTED] =
        chance < 1.0 ? (ratio - chance) / (1.0 - chance) : NAN;
    of.index[LKV_THEIL_H] = 1.0 - sums.entropy / (sums.t * entropy(share));
    of.index[LKV_HUTCHENS] = 1.0 - sums.roots;
    of.index[LKV_GORARD] = sums.away / 2.0;
    return of;
}

/* M = E + E(schools) - E(schools and groups). */
lkv_information lkv_information_of(const int64_t *count, size_t schools,
                                   size_t groups)
{
    g_autofree double *column = g_new0(double, groups + 1);
    double all = 0.0;
    size_t rows = 0, columns = 0;
    for (size_t i = 0; i < schools * groups; i++) {
        column[i % groups] += (double)count[i];
        all += (double)count[i];
    }
    lkv_information of = {false, NAN, NAN, NAN};
    double within = 0.0;
    for (size_t j = 0; j < schools; j++) {
        double own = 0.0, mixed = 0.0;
        for (size_t g = 0; g < groups; g++) {
            own += (double)count[j * groups + g];
        }
        for (size_t g = 0; g < groups && own > 0.0; g++) {
            mixed += surprise((double)count[j * groups + g] / own);
        }
        rows += own > 0.0;
        within += own > 0.0 ? own / all * mixed : 0.0;
    }
    double whole = 0.0;
    for (size_t g = 0; g < groups && all > 0.0; g++) {
        whole += surprise(column[g] / all);
        columns += column[g] > 0.0;
    }
    of.found = rows > 1 && columns > 1;
    if (of.found) {
        of.entropy = whole;
        of.m = whole - within;
        of.h = of.m / whole;
    }
    return of;
}
