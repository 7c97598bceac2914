/* Blocks placed on pages.
 *
 * The room above and below blocks gives way, on one page at a time and never by
 * more than a part, when that lets what comes next stand on the page.
 */
#ifndef LKV_RENDER_FLOW_H
#define LKV_RENDER_FLOW_H

#include "render/content.h"

typedef struct lkv_placed {
    size_t page; /* from 0 */
    lkv_pdf_point at;
    double gaps; /* of the room above it on its page, what may give way */
    const lkv_content *content;
    size_t first, count; /* parts */
} lkv_placed;

typedef struct lkv_flow {
    lkv_press press;
    GPtrArray *contents; /* lkv_content, one a block; NULL = page break */
    GArray *placed; /* lkv_placed */
    GArray *give; /* double, of each page: the part of its gaps given up */
    double y; /* where the next block may begin, had no gap given way */
    double gaps; /* of the room above that */
    size_t page;
    bool fresh; /* nothing on the page yet */
    bool fits;
} lkv_flow;

/* All of JOB's document; FITS is false, and the reason in DIAG, where a block
 * is higher than a page.
 */
lkv_flow *lkv_flow_new(const lkv_pdf_job *job, lkv_diag *diag);
void lkv_flow_free(lkv_flow *flow);

/* Places all blocks from the start again, as after a change of their height. */
void lkv_flow_over(lkv_flow *flow);

const lkv_block *lkv_flow_block(const lkv_flow *flow, size_t index);
size_t lkv_flow_blocks(const lkv_flow *flow);
lkv_content *lkv_flow_content(const lkv_flow *flow, size_t index);
const lkv_placed *lkv_flow_placed(const lkv_flow *flow, size_t index);
/* Where it came to stand once the gaps of its page have given way. */
double lkv_placed_top(const lkv_flow *flow, const lkv_placed *placed);

/* Lines to write on give way to save pages, and have what their pages have
 * left (flow_lines.c).
 */
void lkv_flow_lines(lkv_flow *flow);

/* What a table of contents names (flow_chapters.c): found before blocks are
 * made, settled when they are placed, and made what links lead to.
 */
void lkv_flow_find_chapters(lkv_flow *flow);
void lkv_flow_settle_chapters(const lkv_flow *flow);
void lkv_flow_make_anchors(const lkv_flow *flow, lkv_pdf *pdf);
void lkv_flow_place_anchors(const lkv_flow *flow, lkv_pdf *pdf);

#endif
