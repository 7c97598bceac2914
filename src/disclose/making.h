/* Making a release: for `disclose` alone, which decides what goes in, and for
 * reading one back.
 */
#ifndef LKV_DISCLOSE_MAKING_H
#define LKV_DISCLOSE_MAKING_H

#include <stdbool.h>

#include "disclose/release.h"

typedef struct lkv_release_head {
    const char *profile;
    const char *run;
    bool open;
    lkv_thresholds thresholds;
} lkv_release_head;

/* Takes a reference of FRAME; copies the words of HEAD. */
lkv_release *lkv_release_new(lkv_frame *frame, lkv_release_head head);

/* A new cell that shows SHOWN. */
lkv_cell lkv_release_put(lkv_release *release, lkv_shown shown);
/* Figures come in the order of their keys; their cells take the units that
 * follow from them.
 */
void lkv_release_add(lkv_release *release, const lkv_figure *figure);
/* STEP's text is copied; its cell counts pupils. */
void lkv_release_step_add(lkv_release *release, const lkv_release_step *step);
/* For a quantile of released figures, which is known last: figure INDEX to
 * change, lent; what cell NUMBER shows instead; units of cells that FIGURE has
 * now.
 */
lkv_figure *lkv_release_change(lkv_release *release, size_t index);
void lkv_release_replace(lkv_release *release, lkv_cell number,
                         lkv_shown shown);
void lkv_release_measure(lkv_release *release, const lkv_figure *figure);

#endif
