/* Showing again what need not be hidden. */
#ifndef LKV_DISCLOSE_RESTORE_H
#define LKV_DISCLOSE_RESTORE_H

#include "disclose/view.h"

/* Complementary suppression mends many leaks at once and so hides more than it
 * must. Takes back, one fact after the other, what can be shown without any
 * node becoming too narrow: what readers want most first, so what is left is
 * hidden for the sake of something. The view is drawn before and after. When it
 * is stopped, takes back no more.
 */
void lkv_restore(lkv_view *view);

#endif
