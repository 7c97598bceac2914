/* What chance alone gives: pupils of groups dealt out to schools at random. */
#ifndef LKV_STAT_ALLOCATION_H
#define LKV_STAT_ALLOCATION_H

#include <stddef.h>
#include <stdint.h>

#include "base/random.h"
#include "stat/interval.h"

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

/* Mean and inner CONFIDENCE of COUNT drawn values (type-7 quantiles), and how
 * many of 1 + COUNT are at least VALUE, it among them: the probability of so
 * much by chance. Sorts DRAWN. All NaN without any.
 */
typedef struct lkv_chance {
    double mean, p;
    lkv_interval range;
} lkv_chance;
lkv_chance lkv_chance_of(double *drawn, size_t count, double value,
                         double confidence);

#endif
