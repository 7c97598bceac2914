/* Pupils of groups dealt out over schools: what the measures of segregation
 * have in common.
 */
#ifndef LKV_MEASURE_DEALT_H
#define LKV_MEASURE_DEALT_H

#include <stddef.h>
#include <stdint.h>

#include "base/random.h"
#include "measure/measure.h"
#include "measure/results.h"
#include "stat/interval.h"

/* Tables to draw for QUESTION: its replicates, but no more than 199, since they
 * are many and their range needs no more. 0 = none.
 */
size_t lkv_dealt_draws(const lkv_question *question);
/* The numbers of table DRAW: of this question alone. */
lkv_stream lkv_dealt_stream(const lkv_question *question, size_t draw);

/* Error, degrees of freedom and interval of ESTIMATE's real, by the values
 * WITHOUT each of SCHOOLS schools; the interval ends at LIMITS. Nothing with
 * fewer than ten schools, or when a value is not defined without one of them.
 */
void lkv_dealt_interval(lkv_estimate *estimate, const lkv_question *question,
                        const double *without, int64_t schools,
                        lkv_interval limits);

#endif
