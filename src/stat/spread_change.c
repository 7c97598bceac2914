#include "stat/spread_change.h"

#include <math.h>

#include <glib.h>

#include "stat/distribution.h"
#include "stat/quantile.h"

/* Sums over groups, from which one year's spread follows. MEANS and SQUARES
 * are of group means around ORIGIN, which keeps them small.
 */
typedef struct lkv_year_sums {
    double groups, n, n2, sum, square, within;
    double wide; /* groups of two cases or more */
    double mean, mean2, noise; /* over those: means, squares, s^2/n */
} lkv_year_sums;

static void add(lkv_year_sums *sums, const lkv_stratum *group, double origin)
{
    double n = (double)group->n, m = group->mean - origin;
    if (group->n == 0) {
        return;
    }
    sums->groups += 1.0;
    sums->n += n;
    sums->n2 += n * n;
    sums->sum += n * m;
    sums->square += n * m * m;
    sums->within += group->squares;
    if (group->n > 1) {
        sums->wide += 1.0;
        sums->mean += m;
        sums->mean2 += m * m;
        sums->noise += group->squares / (n - 1.0) / n;
    }
}

typedef struct lkv_year_spread {
    lkv_fit fit;
    double between, within, icc, sd;
} lkv_year_spread;

static lkv_year_spread spread_of(const lkv_year_sums *sums)
{
    lkv_year_spread of = {LKV_FIT_OK, NAN, NAN, NAN, NAN};
    double df = sums->n - sums->groups;
    of.fit = sums->groups < 1.0   ? LKV_FIT_NOBODY
             : sums->groups < 2.0 ? LKV_FIT_ONE_GROUP
             : df < 1.0           ? LKV_FIT_NO_DF
             : sums->within > 0.0 ? LKV_FIT_OK
                                  : LKV_FIT_NO_VARIANCE;
    if (of.fit == LKV_FIT_OK && sums->wide < 2.0) {
        of.fit = LKV_FIT_NO_DF;
    }
    if (of.fit != LKV_FIT_OK) {
        return of;
    }
    double n0 = (sums->n - sums->n2 / sums->n) / (sums->groups - 1.0);
    double across =
        (sums->square - sums->sum * sums->sum / sums->n) / (sums->groups - 1.0);
    double wide = sums->wide;
    of.within = sums->within / df;
    of.between = fmax(0.0, (across - of.within) / n0);
    of.icc = of.between / (of.between + of.within);
    of.sd = sqrt(fmax(0.0, (sums->mean2 - sums->mean * sums->mean / wide) /
                                   (wide - 1.0) -
                               sums->noise / wide));
    return of;
}

static double icc(double between, double within)
{
    return between / (between + within);
}

/* Parts in the order of lkv_spread_change. */
enum { BETWEEN, WITHIN, SD, ICC, BY_BETWEEN, BY_WITHIN, PARTS };

static lkv_fit change_of(const lkv_year_sums *now, const lkv_year_sums *before,
                         double part[PARTS])
{
    lkv_year_spread a = spread_of(before), b = spread_of(now);
    part[BETWEEN] = b.between - a.between;
    part[WITHIN] = b.within - a.within;
    part[SD] = b.sd - a.sd;
    part[ICC] = b.icc - a.icc;
    part[BY_BETWEEN] = (icc(b.between, a.within) - icc(a.between, a.within) +
                        icc(b.between, b.within) - icc(a.between, b.within)) /
                       2.0;
    part[BY_WITHIN] = part[ICC] - part[BY_BETWEEN];
    return a.fit != LKV_FIT_OK ? a.fit : b.fit;
}

/* Two years of the same groups, without those that have no case in either. */
typedef struct lkv_both_years {
    size_t groups;
    lkv_stratum *now, *before;
    double origin_now, origin_before;
} lkv_both_years;

static double origin_of(const lkv_stratum *year, size_t groups)
{
    for (size_t j = 0; j < groups; j++) {
        if (year[j].n > 0) {
            return year[j].mean;
        }
    }
    return 0.0;
}

static lkv_fit drawn(const lkv_both_years *years, lkv_stream *stream,
                     double part[PARTS])
{
    lkv_year_sums now = {.groups = 0.0}, before = {.groups = 0.0};
    for (size_t i = 0; i < years->groups; i++) {
        size_t j = stream ? lkv_stream_below(stream, years->groups) : i;
        add(&now, &years->now[j], years->origin_now);
        add(&before, &years->before[j], years->origin_before);
    }
    return change_of(&now, &before, part);
}

static lkv_changed changed_of(double value, double *draws, size_t count,
                              double confidence)
{
    lkv_changed of = {value, NAN, {NAN, NAN}};
    double mean = 0.0, squares = 0.0, tail = (1.0 - confidence) / 2.0;
    if (count < 2) {
        return of;
    }
    for (size_t i = 0; i < count; i++) {
        mean += draws[i] / (double)count;
    }
    for (size_t i = 0; i < count; i++) {
        squares += (draws[i] - mean) * (draws[i] - mean);
    }
    lkv_sort(draws, count);
    of.resolution =
        lkv_normal_width(confidence) * sqrt(squares / ((double)count - 1.0));
    of.interval = (lkv_interval){lkv_quantile(draws, count, tail),
                                 lkv_quantile(draws, count, 1.0 - tail)};
    return of;
}

static lkv_both_years years_of(const lkv_stratum *now,
                               const lkv_stratum *before, size_t groups)
{
    lkv_both_years years = {.origin_now = origin_of(now, groups),
                            .origin_before = origin_of(before, groups)};
    years.now = g_new0(lkv_stratum, groups + 1);
    years.before = g_new0(lkv_stratum, groups + 1);
    for (size_t j = 0; j < groups; j++) {
        if (now[j].n > 0 || before[j].n > 0) {
            years.now[years.groups] = now[j];
            years.before[years.groups++] = before[j];
        }
    }
    return years;
}

/* VALUES[part * count + draw] of the COUNT draws that could be computed, which
 * it returns.
 */
static size_t draw_all(const lkv_both_years *years, lkv_draws draws,
                       double *values)
{
    g_autofree double *all = g_new0(double, (size_t)draws.count *PARTS + 1);
    size_t count = 0;
    for (unsigned d = 0; d < draws.count; d++) {
        count += drawn(years, draws.stream, &all[count * PARTS]) == LKV_FIT_OK;
    }
    for (size_t i = 0; i < count * PARTS; i++) {
        values[i % PARTS * count + i / PARTS] = all[i];
    }
    return count;
}

/* All parts of OUT from the two years and what was drawn of them. */
static void parts_set(lkv_spread_change *out, const double part[PARTS],
                      double *values, size_t count, double confidence)
{
    lkv_changed *const to[PARTS] = {
        &out->between, &out->within,         &out->sd,
        &out->icc,     &out->icc_by_between, &out->icc_by_within};
    for (size_t k = 0; k < PARTS; k++) {
        double value = out->fit == LKV_FIT_OK ? part[k] : NAN;
        *to[k] = changed_of(value, &values[k * count], count, confidence);
    }
}

lkv_spread_change lkv_spread_change_of(const lkv_stratum *now,
                                       const lkv_stratum *before, size_t groups,
                                       lkv_draws draws, double confidence)
{
    lkv_both_years years = years_of(now, before, groups);
    lkv_spread_change out = {.groups = years.groups};
    g_autofree double *values = g_new0(double, (size_t)draws.count *PARTS + 1);
    double part[PARTS];
    out.fit = drawn(&years, NULL, part);
    bool sure =
        out.fit == LKV_FIT_OK && years.groups >= LKV_SPREAD_CHANGE_GROUPS;
    size_t count = sure ? draw_all(&years, draws, values) : 0;
    parts_set(&out, part, values, count, confidence);
    g_free(years.now);
    g_free(years.before);
    return out;
}
