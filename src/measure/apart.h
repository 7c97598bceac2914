/* Special units (resource schools and the like): they count in every total,
 * and stand apart from the spread between schools, which one small unit of
 * another kind would double.
 */
#ifndef LKV_MEASURE_APART_H
#define LKV_MEASURE_APART_H

#include <stdbool.h>

#include "base/frame.h"
#include "measure/measure.h"
#include "panel/tally.h"

/* Adds the ordinary schools as a group of the axis school, if FRAME has
 * special units and no such group yet.
 */
void lkv_apart_group(lkv_frame *frame);

/* True with the ordinary schools in TERM, if there are special units. */
bool lkv_apart_term(const lkv_frame *frame, lkv_term *term);

/* WHERE without the special units, if there are any. */
lkv_where lkv_apart_without(const lkv_frame *frame, lkv_where where);

/* The pupils of QUESTION whose outcome is known, by ordinary school: to be
 * completed by what is counted of them.
 */
lkv_tally_spec lkv_apart_spec(const lkv_question *question);

#endif
