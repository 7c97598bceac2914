/* Complementary suppression: hiding more, until what is hidden cannot be
 * worked out from what is shown.
 */
#ifndef LKV_DISCLOSE_COMPLEMENT_H
#define LKV_DISCLOSE_COMPLEMENT_H

#include "disclose/view.h"

/* Hides more of VIEW until no node that must stay unknown can be drawn
 * narrow; it is drawn in the end. False with a report when that cannot be had,
 * without one when the view is stopped.
 */
bool lkv_complement(lkv_view *view, lkv_diag *diag);

/* Reports that VIEW cannot be protected. */
void lkv_complement_fail(const lkv_view *view, lkv_diag *diag);

#endif
