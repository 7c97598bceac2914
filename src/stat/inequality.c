#include "stat/inequality.h"

#include <math.h>
#include <stdbool.h>

#include "stat/cluster.h"
#include "stat/concentration.h"

static const lkv_inequal none = {NAN, NAN, NAN, NAN};

/* 0 ln 0 is 0. */
static double times_log(double y)
{
    return y > 0.0 ? y * log(y) : 0.0;
}

/* A mean of some function of y / m, by which an index is told. */
typedef double lkv_shape(double ratio);

static double theil_shape(double ratio)
{
    return times_log(ratio);
}

static double mld_shape(double ratio)
{
    return -log(ratio);
}

static double ge2_shape(double ratio)
{
    return (ratio * ratio - 1.0) / 2.0;
}

/* Derivatives of the shapes. */
static double theil_slope(double ratio)
{
    return ratio > 0.0 ? log(ratio) + 1.0 : 0.0;
}

static double mld_slope(double ratio)
{
    return -1.0 / ratio;
}

static double ge2_slope(double ratio)
{
    return ratio;
}

struct spread_out {
    const lkv_piles *piles;
    const lkv_stratum *school; /* y of the cases of each */
    double n, mean;
};

static double between_of(const struct spread_out *of, lkv_shape *shape)
{
    double sum = 0.0;
    for (size_t j = 0; j < of->piles->schools; j++) {
        if (of->school[j].n > 0) {
            sum += (double)of->school[j].n / of->n *
                   shape(of->school[j].mean / of->mean);
        }
    }
    return sum;
}

/* The mean over cases of SHAPE moves with a case by the shape there, and with
 * the mean by the mean of -SLOPE y/m over m.
 */
static lkv_inequal index_of(const struct spread_out *of, lkv_shape *shape,
                            lkv_shape *slope)
{
    lkv_inequal index = {0};
    const lkv_piles *piles = of->piles;
    g_autofree lkv_stratum *strata = g_new0(lkv_stratum, piles->schools + 1);
    g_autofree lkv_influence *influence =
        g_new0(lkv_influence, piles->schools + 1);
    double moved = 0.0;
    for (size_t i = 0; i < piles->count; i++) {
        double share = (double)piles->pile[i].n / of->n;
        double ratio = piles->pile[i].value / of->mean;
        index.value += share * shape(ratio);
        moved -= share * slope(ratio) * ratio;
    }
    for (size_t i = 0; i < piles->count; i++) {
        double ratio = piles->pile[i].value / of->mean;
        double z = (shape(ratio) - index.value + moved * (ratio - 1.0)) / of->n;
        lkv_stratum *own = &strata[piles->pile[i].school];
        *own = lkv_stratum_join(
            *own, (lkv_stratum){.n = piles->pile[i].n, .mean = z});
    }
    for (size_t j = 0; j < piles->schools; j++) {
        influence[j] = (lkv_influence){.slope = 1.0, .level = strata[j].mean};
    }
    index.error =
        sqrt(lkv_cluster_variance(strata, influence, piles->schools, 1, NULL));
    index.between = between_of(of, shape);
    index.within = index.value - index.between;
    return index;
}

/* The concentration of y along its own order. */
static lkv_inequal gini_of(const lkv_piles *piles)
{
    g_autoptr(lkv_pairs) pairs = lkv_pairs_new(piles->schools);
    for (size_t i = 0; i < piles->count; i++) {
        const lkv_pile *pile = &piles->pile[i];
        lkv_pairs_add(pairs, (lkv_pair){.x = pile->value,
                                        .y = pile->value,
                                        .n = pile->n,
                                        .school = pile->school});
    }
    lkv_pairs_sort(pairs);
    lkv_concentration of = lkv_concentration_of(pairs, 0.0, 0.0);
    bool alike = piles->pile[0].value == piles->pile[piles->count - 1].value;
    return (lkv_inequal){alike ? 0.0 : of.index.value,
                         alike ? 0.0 : of.index.error, NAN, NAN};
}

lkv_inequality lkv_inequality_of(const lkv_piles *piles)
{
    lkv_inequality found = {none, none, none, none, NAN};
    double sum = 0.0;
    g_autofree lkv_stratum *school = g_new0(lkv_stratum, piles->schools + 1);
    for (size_t i = 0; i < piles->count; i++) {
        const lkv_pile *pile = &piles->pile[i];
        lkv_stratum *own = &school[pile->school];
        *own = lkv_stratum_join(
            *own, (lkv_stratum){.n = pile->n, .mean = pile->value});
        sum += (double)pile->n * pile->value;
    }
    if (!(sum > 0.0) || piles->pile[0].value < 0.0) {
        return found;
    }
    double n = (double)piles->n;
    struct spread_out of = {piles, school, n, sum / n};
    found.df = (double)lkv_piles_df(piles);
    found.gini = gini_of(piles);
    found.theil = index_of(&of, theil_shape, theil_slope);
    found.ge2 = index_of(&of, ge2_shape, ge2_slope);
    if (piles->pile[0].value > 0.0) {
        found.mld = index_of(&of, mld_shape, mld_slope);
    }
    if (!(found.df > 0.0)) {
        found.gini.error = found.theil.error = NAN;
        found.mld.error = found.ge2.error = NAN;
    }
    return found;
}
