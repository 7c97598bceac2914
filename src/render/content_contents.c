/* The table of contents: chapters with their pages, each a link. Pages are
 * known when all blocks are placed; parts are chapters.
 */
#include "render/content.h"

#define ENTRY_GAP 5.0
#define NUMBER_WIDTH 30.0
#define LEADER_GAP 5.0

struct contents {
    lkv_content content;
    lkv_passage *title; /* of each chapter */
};

static const struct contents *of(const lkv_content *content)
{
    return (const struct contents *)(const void *)content;
}

static double height(const lkv_content *content, size_t first, size_t count)
{
    double height = 0.0;
    for (size_t i = first; i < first + count; i++) {
        height += lkv_passage_height(&of(content)->title[i]) + ENTRY_GAP;
    }
    return height;
}

/* From the end of the title's last line to its page. */
static void draw_leader(const struct contents *contents, lkv_pdf *pdf,
                        lkv_pdf_point at, size_t index)
{
    const lkv_press *press = contents->content.press;
    const lkv_passage *title = &contents->title[index];
    const lkv_line *last =
        &g_array_index(title->lines, lkv_line, title->lines->len - 1);
    double y = at.y + lkv_passage_height(title) - 4.0;
    double right = at.x + contents->content.width - NUMBER_WIDTH + LEADER_GAP;
    lkv_pdf_artifact_begin(pdf, LKV_PDF_LAYOUT);
    lkv_pdf_line(pdf, (lkv_pdf_point){at.x + last->width + LEADER_GAP, y},
                 (lkv_pdf_point){right, y},
                 lkv_pdf_dashed(press->look->other, 0.6, 0.8, 3.0));
    lkv_pdf_artifact_end(pdf);
}

static void draw_entry(const struct contents *contents, lkv_pdf *pdf,
                       lkv_pdf_point at, size_t index)
{
    const lkv_press *press = contents->content.press;
    const lkv_passage *title = &contents->title[index];
    const lkv_chapter *chapter =
        &g_array_index(press->chapters, lkv_chapter, index);
    char number[16];
    g_snprintf(number, sizeof number, "%zu", chapter->page + 1);
    double width = contents->content.width;
    lkv_passage page =
        lkv_passage_new(press, LKV_STYLE_BODY, g_strdup(number), NUMBER_WIDTH);
    draw_leader(contents, pdf, at, index);
    lkv_pdf_begin(pdf, LKV_PDF_TOCI, NULL);
    lkv_pdf_begin(pdf, LKV_PDF_LINK, NULL);
    lkv_passage_draw_all(title, press, pdf, at);
    lkv_passage_draw(
        &page, press, pdf,
        (lkv_pdf_point){at.x + width, at.y + lkv_passage_height(title) -
                                          lkv_passage_height(&page)},
        (lkv_passage_part){.count = 1, .align = LKV_ALIGN_RIGHT});
    lkv_pdf_link_to(pdf,
                    (lkv_pdf_box){at.x, at.y, width, lkv_passage_height(title)},
                    chapter->anchor, title->text);
    lkv_pdf_end(pdf, LKV_PDF_LINK);
    lkv_pdf_end(pdf, LKV_PDF_TOCI);
    lkv_passage_clear(&page);
}

static void draw(const lkv_content *content, lkv_pdf *pdf, lkv_pdf_point at,
                 size_t first, size_t count)
{
    if (first == 0) {
        lkv_pdf_begin(pdf, LKV_PDF_TOC, NULL);
    }
    for (size_t i = first; i < first + count; i++) {
        draw_entry(of(content), pdf, at, i);
        at.y += height(content, i, 1);
    }
    if (first + count == content->parts) {
        lkv_pdf_end(pdf, LKV_PDF_TOC);
    }
}

static void release(lkv_content *content)
{
    struct contents *contents = (struct contents *)(void *)content;
    for (size_t i = 0; i < content->parts; i++) {
        lkv_passage_clear(&contents->title[i]);
    }
    g_free(contents->title);
    g_free(contents);
}

static const lkv_content_kind kind = {
    .height = height, .draw = draw, .free = release};

lkv_content *lkv_content_contents(const lkv_press *press,
                                  const lkv_block *block, double width)
{
    struct contents *contents = g_new0(struct contents, 1);
    size_t count = press->chapters->len;
    contents->title = g_new0(lkv_passage, count);
    for (size_t i = 0; i < count; i++) {
        const lkv_chapter *chapter =
            &g_array_index(press->chapters, lkv_chapter, i);
        contents->title[i] =
            lkv_passage_new(press, LKV_STYLE_BODY,
                            lkv_press_say(press, &chapter->block->as.text),
                            width - NUMBER_WIDTH - 20.0);
    }
    contents->content = (lkv_content){.kind = &kind,
                                      .press = press,
                                      .block = block,
                                      .width = width,
                                      .before = 4.0,
                                      .after = 10.0,
                                      .parts = count,
                                      .least = 2};
    return &contents->content;
}
