/* What binds unknown nodes to each other: sums, rounded shares, implications. */
#ifndef LKV_DISCLOSE_BINDING_H
#define LKV_DISCLOSE_BINDING_H

#include "disclose/view.h"

/* Whether a reader of VIEW, as it is drawn now, does not know NODE. */
bool lkv_unknown(const lkv_view *view, uint32_t node);

/* A node that sum ROW, RATIO or PAIR binds to another; LKV_NO_CROWD if it binds
 * none. A pair says nothing that the intervals do not, unless they overlap.
 */
uint32_t lkv_bound_by_sum(const lkv_view *view, size_t row);
uint32_t lkv_bound_by_ratio(const lkv_view *view, const lkv_ratio *ratio);
uint32_t lkv_bound_by_pair(const lkv_view *view, lkv_below pair);

#endif
