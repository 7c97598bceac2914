/* The content of a run's tables as one number. */
#ifndef LKV_PANEL_CONTENT_HASH_H
#define LKV_PANEL_CONTENT_HASH_H

#include "base/hash.h"
#include "panel/marks.h"
#include "panel/roll.h"

/* What was accepted, as a set: every pupil's row in sorted order, with codes
 * instead of the numbers that stand for them. No order of rows, no name of a
 * file enters. MARKS or NULL.
 */
lkv_hash lkv_content_hash(const lkv_roll *roll, const lkv_marks *marks);

#endif
