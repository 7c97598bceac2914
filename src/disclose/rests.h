/* Rests: shares that are hidden, or told as a bound, and follow from the others.
 *
 * Where no number of pupils is told, shares of one group still add up: what the
 * shown ones leave of the whole is the last one's.
 */
#ifndef LKV_DISCLOSE_RESTS_H
#define LKV_DISCLOSE_RESTS_H

#include "disclose/view.h"

/* Adds to LEAKS the nodes (uint32_t) of which a share that is not told follows to
 * less than five per cent, and closer than it is printed.
 */
void lkv_rests_find(const lkv_view *view, GArray *leaks);

#endif
