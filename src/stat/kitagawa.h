/* A change of a mean, split into who is there and how they do (Kitagawa 1955).
 *
 * With shares s_k and means m_k of the groups in two years the change is
 *   composition = sum (s_k2 - s_k1) (m_k1 + m_k2)/2
 *   rates = sum (s_k1 + s_k2)/2 (m_k2 - m_k1)
 * Errors by influence values, both years of a school together as in
 * lkv_cluster_change: V = J/(J - 1) sum (Z_j - mean)^2.
 */
#ifndef LKV_STAT_KITAGAWA_H
#define LKV_STAT_KITAGAWA_H

#include <stddef.h>

#include "stat/cluster.h"

/* NOW and BEFORE: [school * groups + group]. A group without pupils in one
 * year is taken at its mean of the other. All NaN when a year is empty; errors
 * also with fewer than two schools. DF is J - 1.
 */
typedef struct lkv_kitagawa {
    double composition, rates;
    double composition_error, rates_error, df;
} lkv_kitagawa;
lkv_kitagawa lkv_kitagawa_of(const lkv_stratum *now, const lkv_stratum *before,
                             size_t schools, size_t groups);

#endif
