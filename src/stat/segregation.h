/* How unevenly groups are spread over schools.
 *
 * a_j of the group among t_j pupils of school j, A and T their sums, b = t - a,
 * p = a/t, P = A/T, h(q) = -q ln q - (1 - q) ln(1 - q). Schools without pupils
 * are none. All but isolation and exposure are 0 when every school has the
 * same share of the group.
 */
#ifndef LKV_STAT_SEGREGATION_H
#define LKV_STAT_SEGREGATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/random.h"
#include "stat/interval.h"

typedef enum {
    LKV_DISSIMILARITY, /* sum |a/A - b/B|/2 (Duncan and Duncan 1955) */
    LKV_ISOLATION, /* sum a/A p */
    LKV_EXPOSURE, /* sum a/A (1 - p) */
    LKV_VARIANCE_RATIO, /* (isolation - P)/(1 - P), R^2 of group on school */
    LKV_VARIANCE_CORRECTED, /* (VR - E0)/(1 - E0), E0 = (J - 1)/(T - 1) */
    LKV_THEIL_H, /* 1 - sum t h(p)/(T h(P)) (Theil and Finizza 1971) */
    LKV_HUTCHENS, /* 1 - sum sqrt(a/A b/B) (Hutchens 2004) */
    LKV_GORARD, /* sum |a/A - t/T|/2 (Gorard and Taylor 2002) */
    LKV_SEGREGATIONS
} lkv_segregation_index;

/* GROUP[j] = a_j of ALL[j] = t_j. FOUND is false, and all are NaN, when the
 * group or the rest is empty or there is one school only.
 */
typedef struct lkv_segregation {
    bool found;
    double index[LKV_SEGREGATIONS];
} lkv_segregation;
lkv_segregation lkv_segregation_of(const int64_t *group, const int64_t *all,
                                   size_t schools);

/* Of many groups: COUNT[school * groups + group], q their shares, E = -sum q ln
 * q. M = sum p_jg ln(p_jg/(p_j q_g)), the mutual information of school and
 * group in nats (Mora and Ruiz-Castillo 2011), and H = M/E.
 */
typedef struct lkv_information {
    bool found; /* two schools and two groups at least */
    double m, h, entropy;
} lkv_information;
lkv_information lkv_information_of(const int64_t *count, size_t schools,
                                   size_t groups);

/* ---- what chance alone gives ------------------------------------------------ */

/* Draws tables with both margins of COUNT: every pupil to a seat at random.
 * Schools are taken from the smallest, so that their names do not matter.
 */
typedef struct lkv_allocation lkv_allocation;
lkv_allocation *lkv_allocation_new(const int64_t *count, size_t schools,
                                   size_t groups);
void lkv_allocation_free(lkv_allocation *allocation);
/* One table, as COUNT but schools in the order of size; lent until the next.
 */
const int64_t *lkv_allocation_draw(lkv_allocation *allocation,
                                   lkv_stream *stream);
/* Schools that have pupils: rows of the tables. */
size_t lkv_allocation_schools(const lkv_allocation *allocation);

/* How many of N drawn without replacement from ALL are among its SUCCESSES;
 * LOG_FACTORIAL[i] = ln i! up to ALL.
 */
int64_t lkv_hypergeometric(lkv_stream *stream, int64_t successes, int64_t all,
                           int64_t n, const double *log_factorial);

/* Mean and inner CONFIDENCE of drawn values (type-7 quantiles), and how many
 * of 1 + COUNT are at least VALUE, it among them: the probability of so much by
 * chance. Sorts DRAWN.
 */
typedef struct lkv_chance {
    double mean, p;
    lkv_interval range;
} lkv_chance;
lkv_chance lkv_chance_of(double *drawn, size_t count, double value,
                         double confidence);

/* ---- how far it would move with one school less ------------------------------ */

/* Jackknife error of VALUES that leave one of COUNT schools out: sqrt((J - 1)/J
 * sum (v - mean)^2). NaN when one of them is NaN, or with fewer than two.
 */
double lkv_jackknife_error(const double *values, size_t count);

#endif
