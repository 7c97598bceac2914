/* The pupils of an outcome with points in the order of their points, by
 * school: what quantiles and ranks are computed from.
 */
#ifndef LKV_MEASURE_PILED_H
#define LKV_MEASURE_PILED_H

#include <stddef.h>
#include <stdint.h>

#include "measure/measure.h"
#include "panel/tally.h"
#include "stat/piles.h"

/* States the one tally, over the pupils of the question's group if any. */
void lkv_piled_needs(const lkv_question *question, lkv_needs *needs);

/* The pupils of LEAF of the group asked by, or of all for LKV_ALL, sorted. */
lkv_piles *lkv_piled_new(const lkv_tally *tally, size_t leaf);

/* The pupils of leaves ONE and ZERO as groups 1 and 0, sorted. */
lkv_piles *lkv_piled_pair(const lkv_tally *tally, size_t one, size_t zero);

#endif
