/* The last look at what is shown: integer programming instead of bounds. */
#ifndef LKV_DISCLOSE_EXACT_H
#define LKV_DISCLOSE_EXACT_H

#include "disclose/view.h"

/* Hides more of VIEW until in no block (blocks.h) that is small enough, as those
 * of schools are, what is shown allows too few numbers of a node that must stay
 * unknown. The view is drawn before and after. False with a report when that
 * cannot be had, or when the view is stopped.
 */
bool lkv_exact(lkv_view *view, lkv_diag *diag);

#endif
