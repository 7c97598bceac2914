/* A block made ready: its words composed, broken into lines, measured; then
 * drawn in parts, as pages have room.
 *
 * Each kind of block is one file with one lkv_content_kind. The flow over
 * pages knows only parts and heights.
 */
#ifndef LKV_RENDER_CONTENT_H
#define LKV_RENDER_CONTENT_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/diag.h"
#include "render/canvas.h"
#include "render/font.h"
#include "render/lines.h"
#include "render/pdf.h"
#include "render/render.h"
#include "render/sheet.h"
#include "report/document.h"

/* A heading of level 1 that a table of contents names: where it came to stand,
 * and what leads to it.
 */
typedef struct lkv_chapter {
    const lkv_block *block;
    size_t page; /* from 0 */
    double y;
    lkv_pdf_anchor anchor;
} lkv_chapter;

/* What measuring and drawing of one document share. */
typedef struct lkv_press {
    const lkv_pdf_job *job;
    const lkv_fonts *fonts;
    const lkv_locale *locale;
    const lkv_hyphens *hyphens; /* or NULL */
    const lkv_look *look;
    lkv_words words; /* of the block that is being made */
    bool stacked; /* words of rows stand above marks: for narrow screens */
    GArray *chapters; /* lkv_chapter; none without a table of contents */
    lkv_diag *diag;
} lkv_press;

typedef struct lkv_content lkv_content;

typedef struct lkv_content_kind {
    /* Height of COUNT parts from FIRST; a table's head is in each height. */
    double (*height)(const lkv_content *content, size_t first, size_t count);
    /* Draws them with the upper left corner at AT. The structure element is
     * opened with the first part and closed with the last.
     */
    void (*draw)(const lkv_content *content, lkv_pdf *pdf, lkv_pdf_point at,
                 size_t first, size_t count);
    void (*free)(lkv_content *content);
    /* Whether a page may begin with PART > 0; NULL: with any. */
    bool (*may_open)(const lkv_content *content, size_t part);
} lkv_content_kind;

/* What stands above, left and right of a block's body. Blocks side by side are
 * given the most that any of them takes, so that their bodies stand alike.
 */
typedef struct lkv_margins {
    double head, left, right;
} lkv_margins;

/* Begins every kind's own struct. */
struct lkv_content {
    const lkv_content_kind *kind;
    const lkv_press *press;
    const lkv_block *block;
    double width;
    double before, after; /* room around it */
    lkv_margins margins;
    size_t parts; /* lines, rows, items; 1 = never split */
    size_t least; /* so many parts stay together at a page's foot and head */
};

/* One maker a kind of block; WIDTH is what it may take. */
lkv_content *lkv_content_prose(const lkv_press *press, const lkv_block *block,
                               double width);
lkv_content *lkv_content_list(const lkv_press *press, const lkv_block *block,
                              double width);
lkv_content *lkv_content_contents(const lkv_press *press,
                                  const lkv_block *block, double width);
lkv_content *lkv_content_cards(const lkv_press *press, const lkv_block *block,
                               double width);
lkv_content *lkv_content_table(const lkv_press *press, const lkv_block *block,
                               double width);
lkv_content *lkv_content_chart(const lkv_press *press, const lkv_block *block,
                               double width);

/* The picture of chart BLOCK alone, WIDTH wide, without its title; its height. */
double lkv_chart_paint(const lkv_press *press, const lkv_block *block,
                       double width, const lkv_canvas *canvas);

/* How many blocks of DOCUMENT from INDEX are compared with each other: those
 * that stand side by side, also in more than one row, and what introduces them.
 */
size_t lkv_blocks_compared(const lkv_document *document, size_t index);
bool lkv_block_narrow(const lkv_block *block);

/* The one of BLOCK's kind; NULL for a page break. */
lkv_content *lkv_content_new(const lkv_press *press, const lkv_block *block,
                             double width);
void lkv_content_free(lkv_content *content);

/* Gives about ROOM more to the questions of CONTENT, as lines to write on, or
 * takes it away, but for half of the lines asked for; false if nothing changes, as for other kinds.
 */
bool lkv_content_stretch(lkv_content *content, double room);
/* What one line more under each of its questions takes. */
double lkv_content_line(const lkv_content *content);

/* TEXT in the language of the press; a fault of a catalogue is reported and
 * gives "". g_free.
 */
char *lkv_press_say(const lkv_press *press, const lkv_text *text);

/* Text of one style, broken for a width. */
typedef struct lkv_passage {
    char *text;
    GArray *lines; /* lkv_line */
    lkv_style style;
} lkv_passage;

/* Takes TEXT over. */
lkv_passage lkv_passage_new(const lkv_press *press, lkv_style style, char *text,
                            double width);
void lkv_passage_clear(lkv_passage *passage);
double lkv_passage_height(const lkv_passage *passage);
/* Width of its widest line. */
double lkv_passage_width(const lkv_passage *passage);
/* Draws COUNT lines from FIRST below AT; x is the left, middle or right edge
 * by ALIGN.
 */
typedef struct lkv_passage_part {
    size_t first, count;
    lkv_align align;
    const uint32_t *colour; /* NULL: of the style */
} lkv_passage_part;
void lkv_passage_draw(const lkv_passage *passage, const lkv_press *press,
                      lkv_pdf *pdf, lkv_pdf_point at, lkv_passage_part part);
/* The same on a canvas. */
void lkv_passage_paint(const lkv_passage *passage, const lkv_press *press,
                       const lkv_canvas *canvas, lkv_pdf_point at,
                       lkv_passage_part part);
void lkv_passage_paint_all(const lkv_passage *passage, const lkv_press *press,
                           const lkv_canvas *canvas, lkv_pdf_point at);
/* All of its lines, to the left. */
void lkv_passage_draw_all(const lkv_passage *passage, const lkv_press *press,
                          lkv_pdf *pdf, lkv_pdf_point at);

#endif
