/* The last look at what is shown: integer programming instead of bounds. */
#ifndef LKV_DISCLOSE_EXACT_H
#define LKV_DISCLOSE_EXACT_H

#include "disclose/view.h"

/* What has been seen of one view, which is the same as long as nothing is shown
 * again.
 */
typedef struct lkv_checked lkv_checked;
lkv_checked *lkv_checked_new(const lkv_view *view);
void lkv_checked_free(lkv_checked *checked);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_checked, lkv_checked_free)

/* Hides more of VIEW until in no block (blocks.h) that is small enough, as those
 * of schools are, what is shown allows too few numbers of a node that must stay
 * unknown. The view is drawn before and after. False with a report when that
 * cannot be had, or when the view is stopped.
 */
bool lkv_exact(lkv_view *view, lkv_checked *checked, lkv_diag *diag);

#endif
