/* Rests: shares that are hidden, or told as a bound, and follow from the others.
 *
 * Where no number of pupils is told, shares of one group still add up: what the
 * shown ones leave of the whole is the last one's.
 */
#ifndef LKV_DISCLOSE_RESTS_H
#define LKV_DISCLOSE_RESTS_H

#include "disclose/view.h"

/* Of each share that is not told but follows to less than five per cent, and closer
 * than it is printed, hides the smallest one of those that it follows from. How
 * many were hidden; look at the view again if any was.
 */
size_t lkv_rests_hide(const lkv_view *view);

#endif
