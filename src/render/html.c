#include "render/html.h"

#include <math.h>
#include <string.h>

#include "render/content.h"
#include "render/html_parts.h"

/* A chart is drawn twice, for a wide page and for a telephone: its words break
 * where they must and keep their size. The style shows one of them.
 */
#define PHONE 264.0
#define PIXELS 1.3333 /* of a point */

struct page {
    const lkv_html_job *job;
    lkv_press press;
    GString *out;
    unsigned depth; /* of the last heading; 1 = the title */
};

/* ---- words ----------------------------------------------------------------- */

static void put_text(const struct page *page, const lkv_text *text)
{
    g_autofree char *said = lkv_press_say(&page->press, text);
    lkv_markup_append(page->out, said);
}

/* Entry KEY of the catalogue, which takes nothing. */
static void put_word(const struct page *page, const char *key)
{
    const lkv_text text = {.key = key};
    put_text(page, &text);
}

/* <TAG>TEXT</TAG> with NAME as class, if not NULL; nothing for no text. */
static void put_element(const struct page *page, const char *tag,
                        const char *name, const lkv_text *text)
{
    if (!text->key) {
        return;
    }
    g_string_append_printf(page->out, "<%s", tag);
    if (name) {
        g_string_append_printf(page->out, " class=\"%s\"", name);
    }
    g_string_append_c(page->out, '>');
    put_text(page, text);
    g_string_append_printf(page->out, "</%s>\n", tag);
}

/* ---- blocks ---------------------------------------------------------------- */

/* At most one deeper than the heading before. */
static void put_heading(struct page *page, const lkv_block *block)
{
    char tag[] = "h0";
    unsigned wanted = (block->level < 1 ? 1U : block->level) + 1;
    page->depth = MIN(wanted, page->depth + 1);
    tag[1] = (char)('0' + page->depth);
    put_element(page, tag, NULL, &block->as.text);
}

static void put_items(const struct page *page, const lkv_block *block)
{
    bool numbered = block->kind == LKV_BLOCK_QUESTIONS;
    const lkv_grid *grid = &block->as.grid;
    g_string_append(page->out, numbered ? "<ol>\n" : "<ul>\n");
    for (size_t i = 0; i < grid->rows; i++) {
        put_element(page, "li", NULL, &grid->text[i * grid->columns]);
    }
    g_string_append(page->out, numbered ? "</ol>\n" : "</ul>\n");
}

static void put_card(const struct page *page, const lkv_card *card)
{
    const lkv_arg value = {.kind = LKV_ARG_CELL, .cell = card->value};
    lkv_status status =
        lkv_release_at(page->press.words.release, card->value).status;
    g_string_append_printf(page->out, "<li class=\"%s\">\n",
                           card->own ? "own" : "district");
    if (status == LKV_HIDDEN && card->instead.key) {
        put_element(page, "p", NULL, &card->instead);
    } else {
        g_autofree char *text = lkv_cell_compose(&page->press.words, &value);
        g_string_append(page->out, "<p class=\"figure\">");
        lkv_markup_append(page->out, text);
        g_string_append(page->out, "</p>\n");
    }
    put_element(page, "p", "label", &card->label);
    put_element(page, "p", "below", &card->below);
    g_string_append(page->out, "</li>\n");
}

static void put_cards(const struct page *page, const lkv_block *block)
{
    g_string_append(page->out, "<ul class=\"cards\">\n");
    for (size_t i = 0; i < block->as.cards.cards; i++) {
        put_card(page, &block->as.cards.card[i]);
    }
    g_string_append(page->out, "</ul>\n");
}

/* ---- tables ---------------------------------------------------------------- */

static void put_cell(const struct page *page, const char *tag,
                     const char *scope, const lkv_grid *grid, size_t column,
                     const lkv_text *text)
{
    bool right = grid->column[column].side == LKV_RIGHT;
    g_string_append_printf(page->out, "<%s%s%s>", tag, scope,
                           right ? " class=\"right\"" : "");
    put_text(page, text);
    g_string_append_printf(page->out, "</%s>", tag);
}

/* A row that heads others begins a body of its own. */
static void put_row(const struct page *page, const lkv_grid *grid, size_t row)
{
    const lkv_text *text = &grid->text[row * grid->columns];
    if (grid->group_head && grid->group_head[row]) {
        g_string_append_printf(page->out,
                               "%s<tr><th scope=\"rowgroup\" "
                               "colspan=\"%zu\">",
                               row > 0 ? "</tbody>\n<tbody>\n" : "",
                               grid->columns);
        put_text(page, text);
        g_string_append(page->out, "</th></tr>\n");
        return;
    }
    g_string_append(page->out, "<tr>");
    put_cell(page, "th", " scope=\"row\"", grid, 0, text);
    for (size_t i = 1; i < grid->columns; i++) {
        put_cell(page, "td", "", grid, i, &text[i]);
    }
    g_string_append(page->out, "</tr>\n");
}

/* Wide tables scroll in a region that the keyboard can reach. */
static void put_table(const struct page *page, const lkv_block *block)
{
    const lkv_grid *grid = &block->as.grid;
    g_string_append(page->out, "<div class=\"scroll\" role=\"region\" "
                               "tabindex=\"0\" aria-label=\"");
    put_text(page, grid->caption.key ? &grid->caption : &grid->column[0].head);
    g_string_append(page->out, "\">\n<table>\n");
    put_element(page, "caption", NULL, &grid->caption);
    g_string_append(page->out, "<thead><tr>");
    for (size_t i = 0; i < grid->columns; i++) {
        put_cell(page, "th", " scope=\"col\"", grid, i, &grid->column[i].head);
    }
    g_string_append(page->out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < grid->rows; i++) {
        put_row(page, grid, i);
    }
    g_string_append(page->out, "</tbody>\n</table>\n</div>\n");
}

/* ---- charts ---------------------------------------------------------------- */

static void put_picture(const struct page *page, const lkv_block *block,
                        double width, bool phone)
{
    const char *name = phone ? "phone" : width > PHONE ? "desk" : "all";
    lkv_press press = page->press;
    press.stacked = phone;
    lkv_svg svg = {.out = g_string_new(NULL), .fonts = page->press.fonts};
    const lkv_canvas canvas = lkv_canvas_svg(&svg);
    double height = lkv_chart_paint(&press, block, width, &canvas);
    g_string_append_printf(page->out,
                           "<svg class=\"%s\" viewBox=\"0 0 %d %d\" "
                           "width=\"%d\" role=\"img\" aria-label=\"",
                           name, (int)ceil(width), (int)ceil(height),
                           (int)ceil(width * PIXELS));
    put_text(page, &block->as.chart.alt);
    g_string_append(page->out, "\">\n");
    g_string_append_len(page->out, svg.out->str, (gssize)svg.out->len);
    g_string_append(page->out, "</svg>\n");
    g_string_free(svg.out, TRUE);
}

static void put_chart(const struct page *page, const lkv_block *block)
{
    const lkv_chart *chart = &block->as.chart;
    double width = lkv_block_narrow(block) ? lkv_sheet_columns(block->columns)
                                           : lkv_sheet_width();
    if (chart->slots == 0) {
        return;
    }
    g_string_append(page->out, "<figure>\n<figcaption>\n");
    put_element(page, "p", "finding", &chart->title);
    put_element(page, "p", "reading", &chart->reading);
    g_string_append(page->out, "</figcaption>\n");
    put_picture(page, block, width, false);
    if (width > PHONE) {
        put_picture(page, block, PHONE, true);
    }
    g_string_append(page->out, "</figure>\n");
}

static void put_block(struct page *page, const lkv_block *block)
{
    switch (block->kind) {
    case LKV_BLOCK_TITLE:
        put_element(page, "h1", NULL, &block->as.text);
        page->depth = 1;
        break;
    case LKV_BLOCK_LEAD:
        put_element(page, "p", "lead", &block->as.text);
        break;
    case LKV_BLOCK_HEADING:
        put_heading(page, block);
        break;
    case LKV_BLOCK_PARAGRAPH:
        put_element(page, "p", NULL, &block->as.text);
        break;
    case LKV_BLOCK_NOTE:
        put_element(page, "p", "note", &block->as.text);
        break;
    case LKV_BLOCK_LIST:
    case LKV_BLOCK_QUESTIONS:
        put_items(page, block);
        break;
    case LKV_BLOCK_CARDS:
        put_cards(page, block);
        break;
    case LKV_BLOCK_TABLE:
        put_table(page, block);
        break;
    case LKV_BLOCK_CHART:
        put_chart(page, block);
        break;
    case LKV_BLOCK_CONTENTS:
    case LKV_BLOCK_PAGE_BREAK:
        break;
    }
}

/* Numbers that are compared have as many decimals, as in the PDF. */
static void put_blocks(struct page *page)
{
    const lkv_document *document = page->job->pages.document;
    for (size_t i = 0; i < document->blocks;) {
        size_t count = lkv_blocks_compared(document, i);
        const lkv_rounding rounding =
            lkv_rounding_of(page->job->pages.words, &document->block[i], count);
        bool side = false;
        page->press.words.rounding = &rounding;
        for (size_t at = i; at < i + count; at++) {
            bool narrow = lkv_block_narrow(&document->block[at]);
            if (narrow != side) {
                g_string_append(page->out,
                                narrow ? "<div class=\"side\">\n" : "</div>\n");
            }
            side = narrow;
            put_block(page, &document->block[at]);
        }
        g_string_append(page->out, side ? "</div>\n" : "");
        page->press.words.rounding = NULL;
        i += count;
    }
}

/* ---- links ----------------------------------------------------------------- */

static void put_link(const struct page *page, const lkv_html_link *link)
{
    g_string_append(page->out, "<li><a href=\"");
    lkv_markup_append(page->out, link->href);
    g_string_append_c(page->out, '"');
    if (link->language) {
        g_string_append_printf(page->out, " lang=\"%s\" hreflang=\"%s\"",
                               link->language, link->language);
    }
    g_string_append_c(page->out, '>');
    lkv_markup_append(page->out, link->text);
    g_string_append(page->out, "</a></li>\n");
}

static void put_list(const struct page *page, const lkv_html_list *list)
{
    g_string_append_printf(page->out,
                           "<section id=\"%s\" aria-labelledby=\"%s-h\">\n"
                           "<h2 id=\"%s-h\">",
                           list->id, list->id, list->id);
    lkv_markup_append(page->out, list->heading);
    g_string_append_printf(page->out, "</h2>\n<ul class=\"links\">\n");
    for (size_t i = 0; i < list->links; i++) {
        put_link(page, &list->link[i]);
    }
    g_string_append(page->out, "</ul>\n</section>\n");
}

static void put_menus(const struct page *page)
{
    const lkv_html_job *job = page->job;
    g_string_append(page->out, "<nav aria-label=\"");
    put_word(page, "web.contents");
    g_string_append(page->out, "\">\n<ul class=\"menu\">\n");
    for (size_t i = 0; i < job->lists; i++) {
        g_autofree char *href = g_strdup_printf("#%s", job->list[i].id);
        const lkv_html_link link = {href, job->list[i].heading, NULL};
        put_link(page, &link);
    }
    g_string_append(page->out, "</ul>\n</nav>\n");
    if (job->others == 0) {
        return;
    }
    g_string_append(page->out, "<nav aria-label=\"");
    put_word(page, "web.languages");
    g_string_append(page->out, "\">\n<ul class=\"menu\">\n");
    for (size_t i = 0; i < job->others; i++) {
        put_link(page, &job->other[i]);
    }
    g_string_append(page->out, "</ul>\n</nav>\n");
}

/* ---- the page -------------------------------------------------------------- */

static void put_body(struct page *page)
{
    const lkv_document *document = page->job->pages.document;
    g_string_append(page->out, "<body>\n<a class=\"skip\" href=\"#main\">");
    put_word(page, "web.skip");
    g_string_append(page->out, "</a>\n<header>\n");
    lkv_html_logo(page->job->pages.logo, page->out);
    put_element(page, "p", "over", &document->over);
    put_menus(page);
    g_string_append(page->out, "</header>\n<main id=\"main\">\n");
    put_blocks(page);
    for (size_t i = 0; i < page->job->lists; i++) {
        put_list(page, &page->job->list[i]);
    }
    g_string_append(page->out, "</main>\n<footer>\n");
    put_element(page, "p", NULL, &document->running);
    g_string_append(page->out, "</footer>\n</body>\n</html>\n");
}

char *lkv_render_html(const lkv_html_job *job, lkv_diag *diag)
{
    const lkv_pdf_job *pages = &job->pages;
    struct page page = {
        .job = job,
        .press = {.job = pages,
                  .fonts = pages->fonts,
                  .locale = lkv_catalogue_locale(pages->words->catalogue),
                  .look = &pages->look,
                  .words = *pages->words,
                  .diag = diag},
        .out = g_string_new(NULL)};
    lkv_html_head(&page.press, page.out);
    put_body(&page);
    return g_string_free(page.out, FALSE);
}
