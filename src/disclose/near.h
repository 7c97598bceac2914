/* Hiding near a leak: the means where no sum tells which number to hide. */
#ifndef LKV_DISCLOSE_NEAR_H
#define LKV_DISCLOSE_NEAR_H

#include "disclose/view.h"

/* Hides what costs readers least of what is told nearest to LEAK in its school,
 * numbers of all pupils of the school only where nothing else is told. False
 * when nothing may be hidden.
 */
bool lkv_near_hide(lkv_view *view, uint32_t leak);

/* Hides what is told nearest to LEAK, in whatever school. False when nothing is
 * told in all that hangs together with it: then nothing can be worked out.
 */
bool lkv_near_hide_anywhere(lkv_view *view, uint32_t leak);

#endif
