/* From exact sums to centred moments: one rounding each. */
#include <math.h>

#include "base/wide.h"
#include "panel/tally.h"

static double scaled(lkv_wide top, int64_t bottom, unsigned decimals)
{
    return lkv_wide_ratio(top, (lkv_wide)bottom * lkv_power_of_ten(decimals));
}

static double scaled_rest(lkv_wide top, int64_t bottom, unsigned decimals)
{
    return lkv_wide_rest(top, (lkv_wide)bottom * lkv_power_of_ten(decimals));
}

static void set_groups(const lkv_tally *tally, lkv_moments *moments)
{
    size_t variables = moments->variables;
    int64_t total = moments->total;
    for (size_t v = 0; v < variables; v++) {
        lkv_wide sum = lkv_tally_sum(tally, v);
        unsigned decimals = tally->decimals[v];
        moments->mean[v] = total > 0 ? scaled(sum, total, decimals) : NAN;
        moments->mean_rest[v] =
            total > 0 ? scaled_rest(sum, total, decimals) : 0.0;
        for (size_t j = 0; j < moments->groups; j++) {
            size_t at = j * variables + v;
            int64_t n = tally->n[j];
            moments->group_mean[at] =
                n > 0 ? scaled(tally->sum[at], n, decimals) : NAN;
            moments->sum[at] =
                total > 0
                    ? scaled(total * tally->sum[at] - n * sum, total, decimals)
                    : 0.0;
        }
    }
}

/* Products over all cells. */
static lkv_wide total_product(const lkv_tally *tally, size_t a, size_t b)
{
    size_t pair = lkv_tally_pair(tally, a, b);
    size_t variables = tally->spec.variables;
    size_t count = variables * (variables + 1) / 2;
    if (tally->spec.cross == LKV_CROSS_OVERALL) {
        return tally->product[pair];
    }
    lkv_wide product = 0;
    for (size_t j = 0; j < tally->cells; j++) {
        product += tally->product[j * count + pair];
    }
    return product;
}

static void set_cross(const lkv_tally *tally, lkv_moments *moments, size_t a,
                      size_t b)
{
    size_t v = moments->variables;
    unsigned decimals = tally->decimals[a] + (unsigned)tally->decimals[b];
    lkv_wide top = moments->total * total_product(tally, a, b) -
                   lkv_tally_sum(tally, a) * lkv_tally_sum(tally, b);
    if (moments->total == 0) {
        return;
    }
    double cross = scaled(top, moments->total, decimals);
    double rest = scaled_rest(top, moments->total, decimals);
    moments->cross[a * v + b] = moments->cross[b * v + a] = cross;
    moments->cross_rest[a * v + b] = moments->cross_rest[b * v + a] = rest;
}

/* The sum over groups keeps what each addition would lose (Neumaier 1974). */
static void set_within(const lkv_tally *tally, lkv_moments *moments, size_t a,
                       size_t b)
{
    size_t v = moments->variables, pair = lkv_tally_pair(tally, a, b);
    size_t count = v * (v + 1) / 2;
    unsigned decimals = tally->decimals[a] + (unsigned)tally->decimals[b];
    double sum = 0.0, lost = 0.0;
    for (size_t j = 0; j < moments->groups; j++) {
        int64_t n = tally->n[j];
        if (n == 0) {
            continue;
        }
        lkv_wide top = n * tally->product[j * count + pair] -
                       tally->sum[j * v + a] * tally->sum[j * v + b];
        double within = scaled(top, n, decimals);
        moments->within[(j * v + a) * v + b] = within;
        moments->within[(j * v + b) * v + a] = within;
        double next = sum + within;
        lost += fabs(sum) >= fabs(within) ? (sum - next) + within
                                          : (within - next) + sum;
        sum = next;
    }
    moments->within_total[a * v + b] = sum + lost;
    moments->within_total[b * v + a] = sum + lost;
}

lkv_moments *lkv_tally_moments(const lkv_tally *tally)
{
    size_t variables = tally->spec.variables;
    bool by_cell = tally->spec.cross == LKV_CROSS_BY_CELL;
    lkv_moments *moments =
        lkv_moments_new(tally->cells, variables, by_cell ? 1 : 0);
    moments->total = lkv_tally_n(tally);
    for (size_t j = 0; j < tally->cells; j++) {
        moments->n[j] = tally->n[j];
    }
    set_groups(tally, moments);
    for (size_t a = 0; tally->product && a < variables; a++) {
        for (size_t b = a; b < variables; b++) {
            set_cross(tally, moments, a, b);
        }
        for (size_t b = a; by_cell && b < variables; b++) {
            set_within(tally, moments, a, b);
        }
    }
    return moments;
}
