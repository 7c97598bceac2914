/* Levels: the mean or share of a set of pupils, with the interval of the
 * district or of one school.
 */
#ifndef LKV_MEASURE_LEVEL_H
#define LKV_MEASURE_LEVEL_H

#include <stdbool.h>
#include <stddef.h>

#include "measure/counted.h"
#include "measure/question.h"
#include "measure/years.h"
#include "stat/interval.h"

/* A place that a question is answered for. */
typedef struct lkv_site {
    lkv_spot spot;
    size_t school; /* leaf of the axis school, or LKV_ALL */
    size_t leaf; /* of the group, or LKV_ALL */
} lkv_site;

typedef enum { LKV_DISTRICT = 1, LKV_EACH_SCHOOL = 2 } lkv_reach;

/* The district and each school that has pupils of the population; all pupils,
 * or each leaf of the group that the district has pupils in. Array of
 * lkv_site; REACH is of lkv_reach bits.
 */
GArray *lkv_sites(const lkv_question *question, const lkv_counted *counted,
                  unsigned reach);

/* Variance of a school's level from year to year beyond its pupils', for the
 * pupils of LEAF (lkv_cluster_shock); 0 without three years.
 */
double lkv_level_shock(const lkv_years *years, size_t leaf);

/* Method, error and interval of the district's level MEAN, and of a school's
 * own pupils; the value itself is the caller's. A school of one pupil has no
 * interval of a mean.
 */
void lkv_level_district(lkv_estimate *estimate, const lkv_years *years,
                        const lkv_cluster_mean *mean);
void lkv_level_school(lkv_estimate *estimate, const lkv_years *years,
                      lkv_stratum own);

/* N, schools and missing of SITE. False, with the reason in ESTIMATE, when
 * there is no known pupil.
 */
bool lkv_site_heads(lkv_estimate *estimate, const lkv_counted *counted,
                    const lkv_site *site);

/* All numbers of the level at SITE, or the reason why there are none. The
 * claim is the caller's.
 */
void lkv_level_fill(lkv_estimate *estimate, const lkv_years *years,
                    const lkv_site *site);

void lkv_interval_put(lkv_estimate *estimate, lkv_interval interval);

#endif
