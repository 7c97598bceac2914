#include "stat/gap_scales.h"

#include <math.h>
#include <stdbool.h>

#include "base/wide.h"
#include "stat/distribution.h"
#include "stat/gap.h"

/* ---- influence values of pupils, by school ---------------------------------- */

static lkv_stratum *strata_new(const lkv_piles *piles)
{
    return g_new0(lkv_stratum, piles->schools + 1);
}

/* Adds the N pupils of a pile, whose influence value is Z. */
static void influence_add(lkv_stratum *strata, const lkv_pile *pile, double z)
{
    lkv_stratum *own = &strata[pile->school];
    *own = lkv_stratum_join(*own, (lkv_stratum){.n = pile->n, .mean = z});
}

static double influence_error(const lkv_stratum *strata, size_t schools)
{
    g_autofree lkv_influence *influence = g_new0(lkv_influence, schools + 1);
    for (size_t j = 0; j < schools; j++) {
        influence[j] = (lkv_influence){1.0, strata[j].mean};
    }
    return sqrt(lkv_cluster_variance(strata, influence, schools, 1, NULL));
}

/* The two groups as wholes. */
static void groups_of(const lkv_piles *piles, lkv_stratum group[2])
{
    group[0] = group[1] = (lkv_stratum){0};
    for (size_t i = 0; i < piles->count; i++) {
        const lkv_pile *pile = &piles->pile[i];
        lkv_stratum *own = &group[pile->group];
        *own = lkv_stratum_join(
            *own, (lkv_stratum){.n = pile->n, .mean = pile->value});
    }
}

/* ---- in standard deviations ------------------------------------------------- */

lkv_gap_sd lkv_gap_in_sd(const lkv_piles *piles)
{
    lkv_stratum group[2];
    groups_of(piles, group);
    lkv_gap_standard gap = lkv_gap_standardised(group[1], group[0]);
    if (isnan(gap.d)) {
        return (lkv_gap_sd){NAN, NAN, NAN, NAN};
    }
    double n = (double)(group[1].n + group[0].n);
    double variance = gap.sd * gap.sd;
    g_autofree lkv_stratum *strata = strata_new(piles);
    for (size_t i = 0; i < piles->count; i++) {
        const lkv_pile *pile = &piles->pile[i];
        const lkv_stratum *own = &group[pile->group];
        double y = pile->value - own->mean;
        double sign = pile->group == 1 ? 1.0 : -1.0;
        double on_gap = sign * y / (double)own->n;
        double on_variance = y * y / (n - 2.0) - variance / n;
        influence_add(strata, pile,
                      on_gap / gap.sd - gap.d * on_variance / 2.0 / variance);
    }
    double error = influence_error(strata, piles->schools);
    return (lkv_gap_sd){gap.d, gap.g, error,
                        error * (1.0 - 3.0 / (4.0 * n - 9.0))};
}

/* ---- in ranks ----------------------------------------------------------------- */

/* All piles of one value: from FIRST up to END, and how many of each group. */
struct tie {
    size_t first, end;
    int64_t n[2];
};

static struct tie tie_at(const lkv_piles *piles, size_t first)
{
    struct tie tie = {first, first, {0, 0}};
    double value = piles->pile[first].value;
    while (tie.end < piles->count && piles->pile[tie.end].value == value) {
        tie.n[piles->pile[tie.end].group] += piles->pile[tie.end].n;
        tie.end++;
    }
    return tie;
}

/* Twice the pairs in which the pupil of group 1 is above, ties counted once. */
static lkv_wide twice_above(const lkv_piles *piles)
{
    lkv_wide twice = 0;
    int64_t below = 0;
    for (size_t i = 0; i < piles->count;) {
        struct tie tie = tie_at(piles, i);
        twice += (lkv_wide)tie.n[1] * (2 * below + tie.n[0]);
        below += tie.n[0];
        i = tie.end;
    }
    return twice;
}

/* Share of the other group that a pupil of GROUP at TIE is on the right side
 * of, BEFORE pupils of each group being below.
 */
static double placement(const struct tie *tie, const int64_t *before,
                        const int64_t *n, uint32_t group)
{
    if (group == 1) {
        return ((double)before[0] + (double)tie->n[0] / 2.0) / (double)n[0];
    }
    return ((double)(n[1] - before[1]) - (double)tie->n[1] / 2.0) /
           (double)n[1];
}

static double delong(const lkv_stratum *placed)
{
    return sqrt(lkv_stratum_variance(placed[1]) / (double)placed[1].n +
                lkv_stratum_variance(placed[0]) / (double)placed[0].n);
}

lkv_gap_ranks lkv_gap_in_ranks(const lkv_piles *piles)
{
    lkv_stratum group[2], placed[2] = {{0}, {0}};
    groups_of(piles, group);
    const int64_t n[2] = {group[0].n, group[1].n};
    if (n[0] == 0 || n[1] == 0) {
        return (lkv_gap_ranks){NAN, NAN, NAN, NAN, NAN};
    }
    lkv_gap_ranks gap = {
        .p = lkv_wide_ratio(twice_above(piles), (lkv_wide)2 * n[0] * n[1])};
    int64_t before[2] = {0, 0};
    g_autofree lkv_stratum *strata = strata_new(piles);
    for (size_t i = 0; i < piles->count;) {
        struct tie tie = tie_at(piles, i);
        for (; i < tie.end; i++) {
            const lkv_pile *pile = &piles->pile[i];
            double place = placement(&tie, before, n, pile->group);
            influence_add(strata, pile,
                          (place - gap.p) / (double)n[pile->group]);
            placed[pile->group] =
                lkv_stratum_join(placed[pile->group],
                                 (lkv_stratum){.n = pile->n, .mean = place});
        }
        before[0] += tie.n[0];
        before[1] += tie.n[1];
    }
    gap.error = influence_error(strata, piles->schools);
    gap.delong = delong(placed);
    bool inside = gap.p > 0.0 && gap.p < 1.0;
    double z = inside ? lkv_normal_quantile(gap.p) : 0.0;
    gap.v = inside ? sqrt(2.0) * z : gap.p > 0.0 ? INFINITY : -INFINITY;
    gap.v_error = inside ? sqrt(2.0) * gap.error / lkv_normal_density(z) : NAN;
    return gap;
}

/* ---- in steps of a scale --------------------------------------------------------- */

/* Cumulative shares of both groups and, at the cuts used, their quantiles. */
struct cuts {
    size_t steps, used;
    double n[2];
    double *share; /* [group * steps + cut] */
    double *z; /* the same of the normal, NaN where not used */
};

static struct cuts cuts_of(const int64_t *count, size_t schools, size_t steps)
{
    struct cuts of = {.steps = steps};
    of.share = g_new0(double, 2 * steps + 1);
    of.z = g_new0(double, 2 * steps + 1);
    for (size_t i = 0; i < schools * 2 * steps; i++) {
        of.share[i % (2 * steps)] += (double)count[i];
    }
    for (size_t g = 0; g < 2; g++) {
        for (size_t s = 1; s < steps; s++) {
            of.share[g * steps + s] += of.share[g * steps + s - 1];
        }
        of.n[g] = of.share[g * steps + steps - 1];
    }
    for (size_t s = 0; s < steps && of.n[0] > 0.0 && of.n[1] > 0.0; s++) {
        double *one = &of.share[steps + s], *zero = &of.share[s];
        *one /= of.n[1];
        *zero /= of.n[0];
        bool used = *one > 0.0 && *one < 1.0 && *zero > 0.0 && *zero < 1.0;
        of.z[s] = used ? lkv_normal_quantile(*zero) : NAN;
        of.z[steps + s] = used ? lkv_normal_quantile(*one) : NAN;
        of.used += used;
    }
    return of;
}

/* Line through (qnorm(F1), qnorm(F0)), and what V changes by when either
 * moves at cut S.
 */
struct line {
    double k, x, y, sxx, a, b;
};

static struct line line_of(const struct cuts *of)
{
    struct line line = {.k = (double)of->used};
    for (size_t s = 0; s < of->steps; s++) {
        if (!isnan(of->z[s])) {
            line.x += of->z[of->steps + s] / line.k;
            line.y += of->z[s] / line.k;
        }
    }
    double sxy = 0.0;
    for (size_t s = 0; s < of->steps; s++) {
        if (!isnan(of->z[s])) {
            double x = of->z[of->steps + s] - line.x;
            line.sxx += x * x;
            sxy += x * (of->z[s] - line.y);
        }
    }
    line.b = line.sxx > 0.0 ? sxy / line.sxx : NAN;
    line.a = line.y - line.b * line.x;
    return line;
}

/* Derivative of V by the share of group G at cut S; 0 at one not used. */
static double by_share(const struct cuts *of, const struct line *line, size_t g,
                       size_t s)
{
    if (isnan(of->z[s])) {
        return 0.0;
    }
    double x = of->z[of->steps + s] - line->x, y = of->z[s] - line->y;
    double b = g == 0 ? x / line->sxx : (y - 2.0 * line->b * x) / line->sxx;
    double a = (g == 0 ? 1.0 : -line->b) / line->k - line->x * b;
    double root = sqrt(1.0 + line->b * line->b);
    double by_z =
        sqrt(2.0) * (a / root - line->a * line->b * b / (root * root * root));
    return by_z / lkv_normal_density(of->z[g * of->steps + s]);
}

/* Influence of a pupil of group G at STEP: sum over cuts of the derivative
 * times (1{step <= cut} - F)/n.
 */
static double by_pupil(const struct cuts *of, const struct line *line, size_t g,
                       size_t step)
{
    double z = 0.0;
    for (size_t s = 0; s < of->steps; s++) {
        double in = step <= s ? 1.0 : 0.0;
        z += by_share(of, line, g, s) * (in - of->share[g * of->steps + s]);
    }
    return z / of->n[g];
}

static double steps_error(const int64_t *count, size_t schools,
                          const struct cuts *of, const struct line *line)
{
    size_t cells = 2 * of->steps;
    g_autofree double *z = g_new0(double, cells);
    g_autofree lkv_stratum *strata = g_new0(lkv_stratum, schools * cells + 1);
    g_autofree lkv_influence *influence =
        g_new0(lkv_influence, schools * cells + 1);
    for (size_t i = 0; i < cells; i++) {
        z[i] = by_pupil(of, line, i / of->steps, i % of->steps);
    }
    for (size_t i = 0; i < schools * cells; i++) {
        strata[i].n = count[i];
        influence[i].level = z[i % cells];
    }
    return sqrt(lkv_cluster_variance(strata, influence, schools, cells, NULL));
}

lkv_gap_steps lkv_gap_in_steps(const int64_t *count, size_t schools,
                               size_t steps)
{
    lkv_gap_steps gap = {NAN, NAN, 0};
    struct cuts of = cuts_of(count, schools, steps);
    gap.cuts = of.used;
    if (of.used >= 2) {
        struct line line = line_of(&of);
        if (line.sxx > 0.0) {
            gap.v = sqrt(2.0) * line.a / sqrt(1.0 + line.b * line.b);
            gap.error = steps_error(count, schools, &of, &line);
        }
    }
    g_free(of.share);
    g_free(of.z);
    return gap;
}

/* ---- as a ratio --------------------------------------------------------------------- */

lkv_gap_ratio lkv_gap_as_ratio(const lkv_stratum *stratum, size_t schools)
{
    double n[2] = {0.0, 0.0}, fail[2] = {0.0, 0.0};
    for (size_t i = 0; i < schools * 2; i++) {
        n[i % 2] += (double)stratum[i].n;
        fail[i % 2] += (double)stratum[i].n * (1.0 - stratum[i].mean);
    }
    if (n[0] == 0.0 || n[1] == 0.0 || fail[0] == 0.0) {
        return (lkv_gap_ratio){NAN, NAN};
    }
    lkv_gap_ratio gap = {fail[1] / n[1] / (fail[0] / n[0]), NAN};
    if (fail[1] == 0.0) {
        return gap;
    }
    g_autofree lkv_influence *influence =
        g_new0(lkv_influence, schools * 2 + 1);
    for (size_t i = 0; i < schools * 2; i++) {
        double sign = i % 2 == 1 ? 1.0 : -1.0;
        double all = fail[i % 2] / n[i % 2];
        influence[i].slope = -sign / fail[i % 2];
        influence[i].level = sign * (1.0 - stratum[i].mean - all) / fail[i % 2];
    }
    gap.log_error =
        sqrt(lkv_cluster_variance(stratum, influence, schools, 2, NULL));
    return gap;
}
