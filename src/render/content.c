#include "render/content.h"

#include <math.h>
#include <string.h>

#define HOLE 36.0 /* at the end of a line of running text */

lkv_content *lkv_content_new(const lkv_press *press, const lkv_block *block,
                             double width)
{
    switch (block->kind) {
    case LKV_BLOCK_TITLE:
    case LKV_BLOCK_LEAD:
    case LKV_BLOCK_HEADING:
    case LKV_BLOCK_PARAGRAPH:
    case LKV_BLOCK_NOTE:
        return lkv_content_prose(press, block, width);
    case LKV_BLOCK_LIST:
    case LKV_BLOCK_QUESTIONS:
        return lkv_content_list(press, block, width);
    case LKV_BLOCK_CONTENTS:
        return lkv_content_contents(press, block, width);
    case LKV_BLOCK_CARDS:
        return lkv_content_cards(press, block, width);
    case LKV_BLOCK_TABLE:
        return lkv_content_table(press, block, width);
    case LKV_BLOCK_CHART:
        return lkv_content_chart(press, block, width);
    case LKV_BLOCK_PAGE_BREAK:
        break;
    }
    return NULL;
}

void lkv_content_free(lkv_content *content)
{
    if (content) {
        content->kind->free(content);
    }
}

/* The sentence that cannot be said: TEXT, or one that is said within it. */
static const lkv_text *unsaid(const lkv_press *press, const lkv_text *text)
{
    for (size_t i = 0; i < text->args; i++) {
        const lkv_text *inner = text->arg[i].said;
        if (text->arg[i].kind == LKV_ARG_TEXT && inner->key) {
            g_autofree char *said = lkv_text_compose(&press->words, inner);
            if (!said) {
                return unsaid(press, inner);
            }
        }
    }
    return text;
}

char *lkv_press_say(const lkv_press *press, const lkv_text *text)
{
    char *said = lkv_text_compose(&press->words, text);
    if (said) {
        return said;
    }
    const char *key = unsaid(press, text)->key;
    lkv_diag_add(press->diag, "E-TEXT-INCOMPLETE", (lkv_place){.field = key},
                 "the sentence \"%s\" is missing in the language \"%s\", or "
                 "names something it is not given",
                 key, lkv_locale_language(press->locale));
    return g_strdup("");
}

lkv_passage lkv_passage_new(const lkv_press *press, lkv_style style, char *text,
                            double width)
{
    const lkv_style_facts *facts = lkv_style_at(style);
    const lkv_breaking breaking = {.fonts = press->fonts,
                                   .locale = press->locale,
                                   .role = facts->role,
                                   .size = facts->size,
                                   .width = width,
                                   .hyphens = press->hyphens,
                                   .hole = facts->running ? HOLE : width};
    return (lkv_passage){.text = text,
                         .lines = lkv_lines_break(&breaking, text),
                         .style = style};
}

void lkv_passage_clear(lkv_passage *passage)
{
    g_clear_pointer(&passage->lines, g_array_unref);
    g_clear_pointer(&passage->text, g_free);
}

double lkv_passage_height(const lkv_passage *passage)
{
    return passage->lines->len * lkv_style_at(passage->style)->leading;
}

double lkv_passage_width(const lkv_passage *passage)
{
    double width = 0.0;
    for (guint i = 0; i < passage->lines->len; i++) {
        width = fmax(width, g_array_index(passage->lines, lkv_line, i).width);
    }
    return width;
}

/* Where the baseline stands below the top of a line: the capitals are set in
 * the middle of the leading.
 */
static double baseline(const lkv_press *press, const lkv_style_facts *facts)
{
    double capital =
        facts->size * lkv_fonts_measures(press->fonts, facts->role).capital;
    return (facts->leading + capital) / 2.0;
}

void lkv_passage_paint(const lkv_passage *passage, const lkv_press *press,
                       const lkv_canvas *canvas, lkv_pdf_point at,
                       lkv_passage_part part)
{
    const lkv_style_facts *facts = lkv_style_at(passage->style);
    lkv_pdf_type type = lkv_style_type(passage->style, press->look);
    type.align = part.align;
    type.colour = part.colour ? *part.colour : type.colour;
    double y = at.y + baseline(press, facts);
    for (size_t i = part.first; i < part.first + part.count; i++) {
        const lkv_line *line = &g_array_index(passage->lines, lkv_line, i);
        g_autofree char *text = lkv_line_text(line, passage->text);
        type.joined = line->broken != 0;
        lkv_canvas_text(canvas, (lkv_pdf_point){at.x, y}, &type, text);
        y += facts->leading;
    }
}

void lkv_passage_paint_all(const lkv_passage *passage, const lkv_press *press,
                           const lkv_canvas *canvas, lkv_pdf_point at)
{
    lkv_passage_paint(passage, press, canvas, at,
                      (lkv_passage_part){.count = passage->lines->len});
}

void lkv_passage_draw(const lkv_passage *passage, const lkv_press *press,
                      lkv_pdf *pdf, lkv_pdf_point at, lkv_passage_part part)
{
    const lkv_canvas canvas = lkv_canvas_pdf(pdf);
    lkv_passage_paint(passage, press, &canvas, at, part);
}

void lkv_passage_draw_all(const lkv_passage *passage, const lkv_press *press,
                          lkv_pdf *pdf, lkv_pdf_point at)
{
    const lkv_canvas canvas = lkv_canvas_pdf(pdf);
    lkv_passage_paint_all(passage, press, &canvas, at);
}

/* ---- what stands together -------------------------------------------------- */

bool lkv_block_narrow(const lkv_block *block)
{
    return block->columns > 0 && block->columns < LKV_GRID;
}

size_t lkv_blocks_compared(const lkv_document *document, size_t index)
{
    const lkv_block *block = document->block;
    size_t at = index;
    while (at + 1 < document->blocks && block[at].keep_with_next) {
        at++;
    }
    while (at + 1 < document->blocks && lkv_block_narrow(&block[at]) &&
           lkv_block_narrow(&block[at + 1])) {
        at++;
    }
    return at + 1 - index;
}
