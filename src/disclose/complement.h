/* Complementary suppression: hiding more, until what is hidden cannot be
 * worked out from what is shown.
 */
#ifndef LKV_DISCLOSE_COMPLEMENT_H
#define LKV_DISCLOSE_COMPLEMENT_H

#include "disclose/view.h"

/* Hides more of VIEW until no node that must stay unknown can be drawn
 * narrow. INTERVAL (of each node) is what a reader can work out in the end.
 * False with a report when that cannot be had, without one when the view is
 * stopped.
 */
bool lkv_complement(lkv_view *view, lkv_interval *interval, lkv_diag *diag);

#endif
