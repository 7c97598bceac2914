/* The chapters of a document: what its table of contents names. */
#include "render/flow.h"

/* The headings of level 1 after a table of contents. */
void lkv_flow_find_chapters(lkv_flow *flow)
{
    bool contents = false;
    for (size_t i = 0; i < lkv_flow_blocks(flow); i++) {
        const lkv_block *block = lkv_flow_block(flow, i);
        contents = contents || block->kind == LKV_BLOCK_CONTENTS;
        if (contents && block->kind == LKV_BLOCK_HEADING && block->level == 1) {
            const lkv_chapter chapter = {.block = block};
            g_array_append_val(flow->press.chapters, chapter);
        }
    }
}

static lkv_chapter *chapter_at(const lkv_flow *flow, guint index)
{
    return &g_array_index(flow->press.chapters, lkv_chapter, index);
}

void lkv_flow_settle_chapters(const lkv_flow *flow)
{
    guint next = 0;
    for (guint i = 0; i < flow->placed->len && next < flow->press.chapters->len;
         i++) {
        const lkv_placed *placed = lkv_flow_placed(flow, i);
        lkv_chapter *chapter = chapter_at(flow, next);
        if (placed->content->block == chapter->block && placed->first == 0) {
            chapter->page = placed->page;
            chapter->y = lkv_placed_top(flow, placed);
            next++;
        }
    }
}

void lkv_flow_make_anchors(const lkv_flow *flow, lkv_pdf *pdf)
{
    for (guint i = 0; i < flow->press.chapters->len; i++) {
        chapter_at(flow, i)->anchor = lkv_pdf_anchor_new(pdf);
    }
}

void lkv_flow_place_anchors(const lkv_flow *flow, lkv_pdf *pdf)
{
    for (guint i = 0; i < flow->press.chapters->len; i++) {
        const lkv_chapter *chapter = chapter_at(flow, i);
        lkv_pdf_turn(pdf, chapter->page);
        lkv_pdf_anchor_place(pdf, chapter->anchor, chapter->y);
    }
}
