#include "stat/concentration.h"

#include <math.h>
#include <stdbool.h>

/* COV and what each pair adds to it and to the mean: influence values. */
struct covariance {
    const lkv_pairs *pairs;
    double mean, cov;
    double *of_cov; /* of one case of each pair */
    bool varied;
};

static double away(const struct covariance *of, size_t i)
{
    return of->pairs->pair[i].y - of->mean;
}

/* r less its mean, 1/2. */
static double rank_of(const struct covariance *of, size_t i)
{
    double n = (double)of->pairs->n;
    return (double)of->pairs->pair[i].x_place / (2.0 * n) - 0.5;
}

static void mean_fill(struct covariance *of)
{
    double sum = 0.0, n = (double)of->pairs->n;
    for (size_t i = 0; i < of->pairs->count; i++) {
        sum += (double)of->pairs->pair[i].n * of->pairs->pair[i].y;
    }
    of->mean = sum / n;
    for (size_t i = 0; i < of->pairs->count; i++) {
        of->cov +=
            (double)of->pairs->pair[i].n * away(of, i) * rank_of(of, i) / n;
    }
}

/* One more case of a pair moves its own product, and the ranks of those with a
 * higher x by one place and of those with the same by a half.
 */
static void influence_fill(struct covariance *of)
{
    const lkv_pair *pair = of->pairs->pair;
    size_t count = of->pairs->count;
    double above = 0.0, n = (double)of->pairs->n;
    of->of_cov = g_new0(double, count + 1);
    for (size_t last = count, first = 0; last > 0; last = first) {
        double same = 0.0;
        for (first = last; first > 0 && pair[first - 1].x == pair[last - 1].x;
             first--) {
            same += (double)pair[first - 1].n * away(of, first - 1) / n;
        }
        for (size_t i = first; i < last; i++) {
            of->of_cov[i] = away(of, i) * rank_of(of, i) + above + same / 2.0 -
                            2.0 * of->cov;
        }
        above += same;
    }
    of->varied = count > 0 && pair[0].x != pair[count - 1].x;
}

/* A function of the covariance and the mean with such derivatives. */
static lkv_concentrated value_of(const struct covariance *of, double value,
                                 double by_cov, double by_mean)
{
    const lkv_pairs *pairs = of->pairs;
    g_autofree lkv_stratum *strata = g_new0(lkv_stratum, pairs->schools + 1);
    g_autofree lkv_influence *influence =
        g_new0(lkv_influence, pairs->schools + 1);
    double n = (double)pairs->n;
    for (size_t i = 0; i < pairs->count; i++) {
        lkv_stratum *own = &strata[pairs->pair[i].school];
        double z = (by_cov * of->of_cov[i] + by_mean * away(of, i)) / n;
        *own = lkv_stratum_join(
            *own, (lkv_stratum){.n = pairs->pair[i].n, .mean = z});
    }
    for (size_t j = 0; j < pairs->schools; j++) {
        influence[j] = (lkv_influence){.slope = 1.0, .level = strata[j].mean};
    }
    double variance =
        lkv_cluster_variance(strata, influence, pairs->schools, 1, NULL);
    return (lkv_concentrated){value, sqrt(variance)};
}

lkv_concentration lkv_concentration_of(const lkv_pairs *pairs, double least,
                                       double most)
{
    static const lkv_concentrated none = {NAN, NAN};
    lkv_concentration found = {none, none, none, NAN};
    struct covariance of = {.pairs = pairs};
    if (pairs->n == 0) {
        return found;
    }
    mean_fill(&of);
    influence_fill(&of);
    g_autofree double *kept = of.of_cov;
    double over = most - of.mean, under = of.mean - least;
    double width = most - least, room = over * under;
    if (!of.varied) {
        return found;
    }
    found.df = (double)pairs->n - (double)lkv_pairs_inhabited(pairs);
    if (least >= 0.0 && of.mean > 0.0) {
        double index = 2.0 * of.cov / of.mean;
        found.index = value_of(&of, index, 2.0 / of.mean, -index / of.mean);
    }
    if (width > 0.0) {
        found.erreygers = value_of(&of, 8.0 * of.cov / width, 8.0 / width, 0.0);
    }
    if (width > 0.0 && room > 0.0) {
        double wagstaff = 2.0 * width * of.cov / room;
        found.wagstaff = value_of(&of, wagstaff, 2.0 * width / room,
                                  -wagstaff * (over - under) / room);
    }
    if (!(found.df > 0.0)) {
        found.index.error = found.erreygers.error = found.wagstaff.error = NAN;
    }
    return found;
}
