/* Titles, headings, paragraphs and notes: parts are lines. */
#include <math.h>

#include "render/content.h"

enum { TITLE_LINES = 2 };

struct prose {
    lkv_content content;
    lkv_passage passage;
    lkv_passage over, aside; /* above the title */
    bool title;
    lkv_pdf_kind kind;
    unsigned bookmark; /* level, or 0 */
};

static const struct prose *of(const lkv_content *content)
{
    return (const struct prose *)(const void *)content;
}

static double over_height(const struct prose *prose)
{
    if (!prose->title) {
        return 0.0;
    }
    return fmax(lkv_passage_height(&prose->over),
                lkv_passage_height(&prose->aside)) +
           6.0;
}

static double height(const lkv_content *content, size_t first, size_t count)
{
    const struct prose *prose = of(content);
    double leading = lkv_style_at(prose->passage.style)->leading;
    return (double)count * leading + (first == 0 ? over_height(prose) : 0.0);
}

static void draw_over(const struct prose *prose, lkv_pdf *pdf, lkv_pdf_point at)
{
    const lkv_press *press = prose->content.press;
    if (prose->over.lines->len > 0) {
        lkv_pdf_begin(pdf, LKV_PDF_P, NULL);
        lkv_passage_draw_all(&prose->over, press, pdf, at);
        lkv_pdf_end(pdf, LKV_PDF_P);
    }
    if (prose->aside.lines->len > 0) {
        at.x += prose->content.width;
        lkv_pdf_begin(pdf, LKV_PDF_P, NULL);
        lkv_passage_draw(&prose->aside, press, pdf, at,
                         (lkv_passage_part){.count = prose->aside.lines->len,
                                            .align = LKV_ALIGN_RIGHT});
        lkv_pdf_end(pdf, LKV_PDF_P);
    }
}

static void draw(const lkv_content *content, lkv_pdf *pdf, lkv_pdf_point at,
                 size_t first, size_t count)
{
    const struct prose *prose = of(content);
    if (first == 0) {
        if (prose->title) {
            draw_over(prose, pdf, at);
            at.y += over_height(prose);
        }
        if (prose->bookmark > 0) {
            lkv_pdf_bookmark(pdf, prose->bookmark, prose->passage.text, at.y);
        }
        lkv_pdf_begin(pdf, prose->kind, NULL);
    }
    lkv_passage_draw(&prose->passage, content->press, pdf, at,
                     (lkv_passage_part){.first = first, .count = count});
    if (first + count == content->parts) {
        lkv_pdf_end(pdf, prose->kind);
    }
}

static void release(lkv_content *content)
{
    struct prose *prose = (struct prose *)(void *)content;
    lkv_passage_clear(&prose->passage);
    lkv_passage_clear(&prose->over);
    lkv_passage_clear(&prose->aside);
    g_free(prose);
}

static const lkv_content_kind kind = {
    .height = height, .draw = draw, .free = release};

static lkv_style style_of(const lkv_block *block)
{
    static const lkv_style headings[] = {
        LKV_STYLE_HEADING_1, LKV_STYLE_HEADING_2, LKV_STYLE_HEADING_3};
    if (block->kind == LKV_BLOCK_HEADING) {
        return headings[block->level < 1 || block->level > 3
                            ? 2
                            : block->level - 1];
    }
    return block->kind == LKV_BLOCK_TITLE  ? LKV_STYLE_TITLE
           : block->kind == LKV_BLOCK_LEAD ? LKV_STYLE_LEAD
           : block->kind == LKV_BLOCK_NOTE ? LKV_STYLE_NOTE
                                           : LKV_STYLE_BODY;
}

/* The level of the document's chapters: a report that has no headings of the first
 * level begins with the second.
 */
static uint8_t chapter_level(const lkv_document *document)
{
    uint8_t level = UINT8_MAX;
    for (size_t i = 0; i < document->blocks; i++) {
        if (document->block[i].kind == LKV_BLOCK_HEADING) {
            level = MIN(level, document->block[i].level);
        }
    }
    return level;
}

/* Depth of heading BLOCK as tagged, 1 for the title: a heading is at most one
 * deeper than the one before, whatever level the document says.
 */
static unsigned depth_of(const lkv_document *document, const lkv_block *block)
{
    unsigned depth = 1;
    uint8_t chapter = chapter_level(document);
    for (const lkv_block *at = document->block; at <= block; at++) {
        if (at->kind == LKV_BLOCK_HEADING) {
            unsigned wanted = at->level <= chapter ? 2 : 3;
            depth = wanted > depth + 1 ? depth + 1 : wanted;
        }
    }
    return depth;
}

static void set_tag(struct prose *prose, const lkv_document *document,
                    const lkv_block *block)
{
    prose->kind = LKV_PDF_P;
    if (block->kind == LKV_BLOCK_TITLE) {
        prose->kind = LKV_PDF_H1;
        prose->bookmark = 1;
    } else if (block->kind == LKV_BLOCK_HEADING) {
        unsigned depth = depth_of(document, block);
        prose->kind = depth == 2 ? LKV_PDF_H2 : LKV_PDF_H3;
        prose->bookmark = depth == 2 ? 2 : 0;
    }
}

lkv_content *lkv_content_prose(const lkv_press *press, const lkv_block *block,
                               double width)
{
    struct prose *prose = g_new0(struct prose, 1);
    const lkv_document *document = press->job->document;
    lkv_style style = style_of(block);
    const lkv_style_facts *facts = lkv_style_at(style);
    prose->passage = lkv_passage_new(
        press, style, lkv_press_say(press, &block->as.text), width);
    prose->title = block->kind == LKV_BLOCK_TITLE;
    if (prose->title && prose->passage.lines->len > TITLE_LINES) {
        char *title = g_strdup(prose->passage.text);
        lkv_passage_clear(&prose->passage);
        prose->passage =
            lkv_passage_new(press, LKV_STYLE_TITLE_LONG, title, width);
    }
    if (prose->title) {
        prose->over = lkv_passage_new(press, LKV_STYLE_OVER,
                                      lkv_press_say(press, &document->over),
                                      width * 0.62);
        prose->aside = lkv_passage_new(press, LKV_STYLE_OVER,
                                       lkv_press_say(press, &document->aside),
                                       width * 0.36);
    }
    set_tag(prose, document, block);
    prose->content = (lkv_content){.kind = &kind,
                                   .press = press,
                                   .block = block,
                                   .width = width,
                                   .before = facts->before,
                                   .after = facts->after,
                                   .parts = prose->passage.lines->len,
                                   .least = 2};
    return &prose->content;
}
