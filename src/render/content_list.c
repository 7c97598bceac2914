/* Lists, and questions with room to write: parts are items. */
#include <math.h>

#include "render/content.h"

#define INDENT 16.0
#define ITEM_GAP 3.0
#define WRITING_GAP 20.0
#define GAP_MOST 8.0

enum { LINES_MOST = 5 };

struct list {
    lkv_content content;
    lkv_passage *item;
    bool questions;
    int lines; /* to write on under each item */
    int fewest; /* of them; half of what was asked for */
    double gap; /* more room between the items */
};

static const struct list *of(const lkv_content *content)
{
    return (const struct list *)(const void *)content;
}

static double item_height(const struct list *list, size_t item)
{
    return lkv_passage_height(&list->item[item]) + ITEM_GAP + list->gap +
           list->lines * WRITING_GAP;
}

static double height(const lkv_content *content, size_t first, size_t count)
{
    double height = 0.0;
    for (size_t i = first; i < first + count; i++) {
        height += item_height(of(content), i);
    }
    return height;
}

static void draw_label(const struct list *list, lkv_pdf *pdf, lkv_pdf_point at,
                       size_t item)
{
    const lkv_press *press = list->content.press;
    char number[16];
    g_snprintf(number, sizeof number, "%zu.", item + 1);
    lkv_passage label =
        lkv_passage_new(press, LKV_STYLE_STRONG,
                        g_strdup(list->questions ? number : "•"), INDENT);
    lkv_pdf_begin(pdf, LKV_PDF_LBL, NULL);
    lkv_passage_draw_all(&label, press, pdf, at);
    lkv_pdf_end(pdf, LKV_PDF_LBL);
    lkv_passage_clear(&label);
}

static void draw_writing(const struct list *list, lkv_pdf *pdf,
                         lkv_pdf_point at)
{
    const lkv_press *press = list->content.press;
    lkv_pdf_artifact_begin(pdf, LKV_PDF_LAYOUT);
    for (int i = 1; i <= list->lines; i++) {
        double y = at.y + i * WRITING_GAP - 4.0;
        lkv_pdf_line(pdf, (lkv_pdf_point){at.x + INDENT, y},
                     (lkv_pdf_point){at.x + list->content.width, y},
                     lkv_pdf_stroked(press->look->other, 0.5));
    }
    lkv_pdf_artifact_end(pdf);
}

static void draw(const lkv_content *content, lkv_pdf *pdf, lkv_pdf_point at,
                 size_t first, size_t count)
{
    const struct list *list = of(content);
    if (first == 0) {
        lkv_pdf_begin(pdf, LKV_PDF_L,
                      &(lkv_pdf_attr){.numbering = list->questions
                                                       ? LKV_PDF_DECIMAL
                                                       : LKV_PDF_BULLETS});
    }
    for (size_t i = first; i < first + count; i++) {
        lkv_pdf_begin(pdf, LKV_PDF_LI, NULL);
        draw_label(list, pdf, at, i);
        lkv_pdf_begin(pdf, LKV_PDF_LBODY, NULL);
        lkv_passage_draw_all(&list->item[i], content->press, pdf,
                             (lkv_pdf_point){at.x + INDENT, at.y});
        lkv_pdf_end(pdf, LKV_PDF_LBODY);
        lkv_pdf_end(pdf, LKV_PDF_LI);
        if (list->questions) {
            draw_writing(list, pdf,
                         (lkv_pdf_point){
                             at.x, at.y + lkv_passage_height(&list->item[i])});
        }
        at.y += item_height(list, i);
    }
    if (first + count == content->parts) {
        lkv_pdf_end(pdf, LKV_PDF_L);
    }
}

static void release(lkv_content *content)
{
    struct list *list = (struct list *)(void *)content;
    for (size_t i = 0; i < content->parts; i++) {
        lkv_passage_clear(&list->item[i]);
    }
    g_free(list->item);
    g_free(list);
}

static const lkv_content_kind kind = {
    .height = height, .draw = draw, .free = release};

double lkv_content_line(const lkv_content *content)
{
    return WRITING_GAP * (double)content->parts;
}

bool lkv_content_stretch(lkv_content *content, double room)
{
    if (content->block->kind != LKV_BLOCK_QUESTIONS || content->parts == 0) {
        return false;
    }
    struct list *list = (struct list *)(void *)content;
    int before = list->lines;
    double gap = list->gap;
    double each = floor(room / lkv_content_line(content));
    int most = content->block->level > 0 ? MAX(LINES_MOST, before) : 0;
    list->lines = CLAMP(before + (int)each, list->fewest, most);
    room -= (list->lines - before) * lkv_content_line(content);
    list->gap = CLAMP(gap + room / (double)content->parts, 0.0, GAP_MOST);
    return list->lines != before || list->gap != gap;
}

lkv_content *lkv_content_list(const lkv_press *press, const lkv_block *block,
                              double width)
{
    struct list *list = g_new0(struct list, 1);
    const lkv_grid *grid = &block->as.grid;
    list->questions = block->kind == LKV_BLOCK_QUESTIONS;
    list->lines = list->questions ? block->level : 0;
    list->fewest = list->lines / 2;
    list->item = g_new0(lkv_passage, grid->rows);
    for (size_t i = 0; i < grid->rows; i++) {
        list->item[i] = lkv_passage_new(
            press, LKV_STYLE_BODY,
            lkv_press_say(press, &grid->text[i * grid->columns]),
            width - INDENT);
    }
    list->content = (lkv_content){.kind = &kind,
                                  .press = press,
                                  .block = block,
                                  .width = width,
                                  .before = 2.0,
                                  .after = 4.0,
                                  .parts = grid->rows,
                                  .least = 2};
    return &list->content;
}
