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

#endif
