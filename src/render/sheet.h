/* Sizes of the page and of its type: the one place that knows them.
 *
 * A4, 48 pt of margin, a grid of 12 columns. Lengths in points.
 */
#ifndef LKV_RENDER_SHEET_H
#define LKV_RENDER_SHEET_H

#include <stdint.h>

#include "render/font.h"
#include "render/pdf.h"
#include "render/render.h"

#define LKV_MARGIN 48.0
#define LKV_GUTTER 16.0
#define LKV_TOP 52.0 /* where text begins on a page */
#define LKV_BOTTOM 792.0 /* where it ends; the foot stands below */
#define LKV_FOOT 808.0 /* baseline of the foot */

enum { LKV_GRID = 12 };

typedef enum {
    LKV_STYLE_TITLE,
    LKV_STYLE_TITLE_LONG, /* of a title that would take many lines */
    LKV_STYLE_LEAD,
    LKV_STYLE_HEADING_1,
    LKV_STYLE_HEADING_2,
    LKV_STYLE_HEADING_3,
    LKV_STYLE_BODY,
    LKV_STYLE_BODY_MUTED,
    LKV_STYLE_STRONG,
    LKV_STYLE_NOTE,
    LKV_STYLE_LABEL, /* of charts and tables */
    LKV_STYLE_LABEL_STRONG,
    LKV_STYLE_SMALL, /* beneath a label, on an axis */
    LKV_STYLE_FIGURE, /* the big figure of a card */
    LKV_STYLE_OVER, /* line above the title */
    LKV_STYLES
} lkv_style;

typedef struct lkv_style_facts {
    lkv_font_role role;
    double size, leading;
    double before; /* room above a block of this style */
    double after;
    int muted; /* in the muted ink */
    int running; /* text whose words may be divided to fill its lines */
} lkv_style_facts;

const lkv_style_facts *lkv_style_at(lkv_style style);

/* Width of the text area, and of COLUMNS of the 12. */
double lkv_sheet_width(void);
double lkv_sheet_columns(unsigned columns);
/* Left edge of column COLUMN (0 … 11). */
double lkv_sheet_left(unsigned column);

lkv_pdf_type lkv_style_type(lkv_style style, const lkv_look *look);

#endif
