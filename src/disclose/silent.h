/* Silent facts: the rules allow them, but no figure that is shown prints them,
 * since the value that they stand beside is hidden. A reader does not know
 * them. To take them for known would be careful, were it not that a number
 * which is surely large enough to a reader who knows more may be a few to one
 * who knows less.
 */
#ifndef LKV_DISCLOSE_SILENT_H
#define LKV_DISCLOSE_SILENT_H

#include "disclose/view.h"

/* Hides the silent facts of VIEW's population; whether there were any. */
bool lkv_silent_hide(const lkv_view *view);

#endif
