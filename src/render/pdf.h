/* One tagged PDF (PDF/UA-1, PDF/A-3a) while it is being drawn.
 *
 * Pages are painted and described at once: what is painted while a structure
 * element is open belongs to that element, everything else becomes an
 * artifact, so nothing on a page is ever untagged. libharu writes the objects;
 * content, tags, fonts and metadata are ours.
 *
 * Lengths are points; the origin is the upper left corner of the page and y
 * grows downwards. Colours are 0xRRGGBB. All text is UTF-8 and is copied.
 *
 * Errors stick: the first is kept, later calls do nothing, and lkv_pdf_finish
 * reports it. So no call before needs a check. One lkv_pdf belongs to one
 * thread at a time; the fonts are shared.
 *
 * Bytes depend on the calls, the meta data, the font files and the libraries,
 * on nothing else: dates come from the epoch, the identifier from the content.
 */
#ifndef LKV_RENDER_PDF_H
#define LKV_RENDER_PDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "render/font.h"
#include "render/picture.h"

typedef struct lkv_pdf lkv_pdf;

enum { LKV_PDF_PLAIN = -1 };

typedef struct lkv_pdf_meta {
    const char *title; /* needed, as is LANGUAGE */
    const char *language; /* BCP 47: "sv" */
    const char *author, *subject; /* or NULL */
    const char *creator; /* program and version; or NULL */
    const char *foot; /* at the foot of every page, left; NULL = none */
    int64_t epoch; /* seconds since 1970 UTC: both dates of the file */
    int level; /* zlib 1 … 9; 0 = 3; LKV_PDF_PLAIN = no compression */
} lkv_pdf_meta;

lkv_pdf *lkv_pdf_new(const lkv_pdf_meta *meta, const lkv_fonts *fonts);
void lkv_pdf_free(lkv_pdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_pdf, lkv_pdf_free)

/* Ends the document and appends the file to OUT. Once; PDF is then only good
 * for lkv_pdf_free. False with a report: E-PDF for the first error of any call
 * before. Characters that no font has are reported as W-FONT-GLYPH.
 */
bool lkv_pdf_finish(lkv_pdf *pdf, GByteArray *out, lkv_diag *diag);
/* The first error so far, or NULL; lent. */
const char *lkv_pdf_error(const lkv_pdf *pdf);

/* ---- places and pages ---- */

typedef struct lkv_pdf_point {
    double x, y;
} lkv_pdf_point;

/* X and Y of the upper left corner. */
typedef struct lkv_pdf_box {
    double x, y, width, height;
} lkv_pdf_box;

/* The page, A4 upright. */
lkv_pdf_box lkv_pdf_sheet(void);

/* Begins a page, on which everything is painted from now on. An open element
 * goes on there; open clips and artifacts must be closed before. The first
 * page must be begun before anything is painted.
 */
void lkv_pdf_page(lkv_pdf *pdf);
/* Pages begun so far. */
size_t lkv_pdf_pages(const lkv_pdf *pdf);
/* Paints on page INDEX, counted from 0, from now on: for blocks side by side
 * across a page break, and for feet that know the number of pages.
 */
void lkv_pdf_turn(lkv_pdf *pdf, size_t index);

/* ---- structure ---- */

typedef enum {
    LKV_PDF_DOCUMENT, /* the root, exactly one, around everything */
    LKV_PDF_SECT,
    LKV_PDF_H1,
    LKV_PDF_H2,
    LKV_PDF_H3,
    LKV_PDF_P,
    LKV_PDF_L, /* of LI, of LBL and LBODY */
    LKV_PDF_LI,
    LKV_PDF_LBL,
    LKV_PDF_LBODY,
    LKV_PDF_TABLE, /* of CAPTION (first or last), THEAD, TBODY, TR */
    LKV_PDF_CAPTION, /* of a table, a figure or a list */
    LKV_PDF_THEAD,
    LKV_PDF_TBODY,
    LKV_PDF_TR,
    LKV_PDF_TH, /* needs a scope */
    LKV_PDF_TD,
    LKV_PDF_FIGURE, /* needs alt; all painted inside is one picture */
    LKV_PDF_LINK, /* lkv_pdf_link once for each line of it */
    LKV_PDF_NOTE,
    LKV_PDF_SPAN,
    LKV_PDF_TOC, /* of TOCI */
    LKV_PDF_TOCI,
    LKV_PDF_KINDS
} lkv_pdf_kind;

typedef enum {
    LKV_PDF_NO_SCOPE,
    LKV_PDF_COLUMN,
    LKV_PDF_ROW,
    LKV_PDF_BOTH_SCOPES
} lkv_pdf_scope;

typedef enum {
    LKV_PDF_UNNUMBERED, /* a list without labels */
    LKV_PDF_BULLETS,
    LKV_PDF_DECIMAL
} lkv_pdf_numbering;

/* All zero = nothing to add. */
typedef struct lkv_pdf_attr {
    const char *alt; /* in words what is seen; with the figures */
    const char *actual; /* text in place of what is painted */
    const char *language; /* where it differs from the document's */
    lkv_pdf_scope scope; /* of TH */
    lkv_pdf_numbering numbering; /* of L */
    unsigned columns, rows; /* spanned by TH or TD; 0 and 1 = no span */
    lkv_pdf_box box; /* of FIGURE; width 0 = bounds of what is painted */
} lkv_pdf_attr;

/* Opens an element inside the one that is open. Only what the standard allows
 * there: no P in P, no TD outside TR, no heading that skips a level, no
 * element but CAPTION in FIGURE; anything else is an error.
 *
 * What is painted directly inside an element that holds elements only
 * (DOCUMENT, SECT, L, LI, TABLE, THEAD, TBODY, TR, TOC) becomes an artifact:
 * rules and bands of a table are painted between its cells.
 *
 * An element but FIGURE may go over several pages. The rows of a table must
 * be equally wide, spans counted. Empty cells stay in the tree.
 */
void lkv_pdf_begin(lkv_pdf *pdf, lkv_pdf_kind kind, const lkv_pdf_attr *attr);
/* Closes the element opened last, which must be of KIND. */
void lkv_pdf_end(lkv_pdf *pdf, lkv_pdf_kind kind);

typedef enum {
    LKV_PDF_HEADER,
    LKV_PDF_FOOTER,
    LKV_PDF_LAYOUT, /* rules, bands, ornaments */
    LKV_PDF_BACKGROUND
} lkv_pdf_artifact;

/* What is painted until the end is an artifact of this type, whatever element
 * is open. Not nested; no element begins or ends meanwhile.
 */
void lkv_pdf_artifact_begin(lkv_pdf *pdf, lkv_pdf_artifact type);
void lkv_pdf_artifact_end(lkv_pdf *pdf);

/* ---- painting ---- */

enum { LKV_PDF_NO_COLOUR = -1 };

/* FILL and STROKE are colours or LKV_PDF_NO_COLOUR; ON and OFF are the lengths
 * of dashes and gaps, both 0 = solid. Lines have butt ends and round joins;
 * ROUND gives round ends.
 */
typedef struct lkv_pdf_ink {
    int32_t fill, stroke;
    double width, on, off;
    bool round;
} lkv_pdf_ink;

lkv_pdf_ink lkv_pdf_filled(uint32_t colour);
lkv_pdf_ink lkv_pdf_stroked(uint32_t colour, double width);
lkv_pdf_ink lkv_pdf_dashed(uint32_t colour, double width, double on,
                           double off);

/* Shapes are filled first, then stroked; lines are never filled. */
void lkv_pdf_rect(lkv_pdf *pdf, lkv_pdf_box box, lkv_pdf_ink ink);
void lkv_pdf_rounded(lkv_pdf *pdf, lkv_pdf_box box, double radius,
                     lkv_pdf_ink ink);
void lkv_pdf_line(lkv_pdf *pdf, lkv_pdf_point from, lkv_pdf_point to,
                  lkv_pdf_ink ink);
void lkv_pdf_polyline(lkv_pdf *pdf, const lkv_pdf_point *point, size_t count,
                      lkv_pdf_ink ink);
void lkv_pdf_polygon(lkv_pdf *pdf, const lkv_pdf_point *point, size_t count,
                     lkv_pdf_ink ink);
void lkv_pdf_circle(lkv_pdf *pdf, lkv_pdf_point centre, double radius,
                    lkv_pdf_ink ink);
/* Slanting lines SPACING apart inside BOX, in the stroke of INK: cells and
 * bars whose figure is hidden.
 */
void lkv_pdf_hatch(lkv_pdf *pdf, lkv_pdf_box box, double spacing,
                   lkv_pdf_ink ink);

/* Nothing is seen outside BOX until the pop; at most 24 deep. */
void lkv_pdf_clip_push(lkv_pdf *pdf, lkv_pdf_box box);
void lkv_pdf_clip_pop(lkv_pdf *pdf);

/* PICTURE, which must stay until the file is finished, over all of BOX. A file
 * shows one picture, as often as it likes.
 */
void lkv_pdf_show(lkv_pdf *pdf, const lkv_picture *picture, lkv_pdf_box box);

/* ---- text ---- */

typedef enum {
    LKV_ALIGN_LEFT, /* the text begins at x */
    LKV_ALIGN_CENTRE,
    LKV_ALIGN_RIGHT /* it ends at x */
} lkv_align;

typedef struct lkv_pdf_type {
    lkv_font_role role;
    double size;
    uint32_t colour;
    lkv_align align;
    double angle; /* degrees against the clock, around the point */
    bool joined; /* the next text continues the same word */
} lkv_pdf_type;

/* Writes one line with its baseline at AT and returns its width. Inside an
 * element a blank follows for readers, so that texts stay apart; it does not
 * count in the width. A soft hyphen (U+00AD) at the very end is drawn as a
 * hyphen, and readers join the word with the next text; elsewhere soft hyphens
 * are dropped. Control characters, line ends among them, are blanks. Text in
 * right-to-left script is drawn in its own direction and read in its own order.
 */
double lkv_pdf_text(lkv_pdf *pdf, lkv_pdf_point at, const lkv_pdf_type *type,
                    const char *text);
/* The width that lkv_pdf_text would give; paints nothing. */
double lkv_pdf_measure(const lkv_pdf *pdf, const lkv_pdf_type *type,
                       const char *text);

/* ---- ways around the document ---- */

/* A bookmark to height Y of the page painted on; LEVEL from 1, at most one
 * deeper than the bookmark before.
 */
void lkv_pdf_bookmark(lkv_pdf *pdf, unsigned level, const char *title,
                      double y);

/* A goal of links, to be placed before or after they are made. */
typedef struct lkv_pdf_anchor {
    size_t number;
} lkv_pdf_anchor;
lkv_pdf_anchor lkv_pdf_anchor_new(lkv_pdf *pdf);
/* Places ANCHOR at height Y of the page painted on; every anchor that a link
 * leads to must be placed before the end.
 */
void lkv_pdf_anchor_place(lkv_pdf *pdf, lkv_pdf_anchor anchor, double y);

/* Makes BOX lead to URI; a LINK must be open. DESCRIPTION is read aloud. */
void lkv_pdf_link(lkv_pdf *pdf, lkv_pdf_box box, const char *uri,
                  const char *description);
void lkv_pdf_link_to(lkv_pdf *pdf, lkv_pdf_box box, lkv_pdf_anchor anchor,
                     const char *description);

typedef enum {
    LKV_PDF_RELATED_DATA, /* behind the figures of the document */
    LKV_PDF_RELATED_SOURCE,
    LKV_PDF_RELATED_SUPPLEMENT
} lkv_pdf_relation;

typedef struct lkv_pdf_file {
    const char *name; /* "resultat.csv": unique, without folders */
    const char *type; /* "text/csv" */
    const char *description;
    lkv_pdf_relation relation;
    const void *bytes;
    size_t size;
} lkv_pdf_file;

/* Attaches FILE; its bytes are copied. */
void lkv_pdf_attach(lkv_pdf *pdf, const lkv_pdf_file *file);

#endif
