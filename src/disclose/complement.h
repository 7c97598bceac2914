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

/* Hides what is told nearest to NODE, however far away. False when nothing is
 * told in all that hangs together with it: then nothing can be worked out.
 */
bool lkv_complement_nearest(lkv_view *view, uint32_t node);
/* Reports that VIEW cannot be protected. */
void lkv_complement_fail(const lkv_view *view, lkv_diag *diag);

#endif
