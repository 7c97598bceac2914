/* A PDF while it is drawn, as the files of the writer see it.
 *
 * Drawing only gathers: content by page, elements, links. Objects are made
 * when the document is finished, so no number must be known before.
 */
#ifndef LKV_RENDER_PDF_STATE_H
#define LKV_RENDER_PDF_STATE_H

#include "render/pdf.h"
#include "render/pdf_store.h"

enum { LKV_PDF_CLIPS = 24, LKV_PDF_NONE = -1 };

/* What the page's graphics state is, so that only changes are written. */
typedef struct lkv_pdf_graphics {
    int32_t fill, stroke;
    double width, on, off;
    bool round;
    int face; /* a role, or LKV_PDF_NONE */
    double size;
} lkv_pdf_graphics;

typedef struct lkv_pdf_sheet_state {
    GString *content;
    GArray *marks; /* uint32_t: element of each marked sequence */
    GArray *annotations; /* unsigned: object numbers, when finishing */
    lkv_pdf_graphics now;
    lkv_pdf_graphics before[LKV_PDF_CLIPS]; /* outside each open clip */
    unsigned clips;
    unsigned object; /* when finishing */
} lkv_pdf_sheet_state;

typedef enum { LKV_KID_ELEMENT, LKV_KID_MARK, LKV_KID_LINK } lkv_pdf_kid_kind;

/* What an element holds, in a list. */
typedef struct lkv_pdf_kid {
    lkv_pdf_kid_kind kind;
    uint32_t number; /* of the element, of the mark on PAGE, of the link */
    uint32_t page;
    int next;
} lkv_pdf_kid;

typedef struct lkv_pdf_element {
    lkv_pdf_kind kind;
    int parent, first, last; /* element; kids; LKV_PDF_NONE */
    int page; /* of the first mark, or LKV_PDF_NONE */
    const char *alt, *actual, *language;
    bool reversed; /* glyphs from right to left: ACTUAL is for the tree only,
                      content readers turn the glyphs themselves */
    lkv_pdf_scope scope;
    lkv_pdf_numbering numbering;
    unsigned columns, rows;
    double left, top, right, bottom; /* of a figure; LEFT > RIGHT = none */
    bool boxed; /* bounds were given */
    unsigned object; /* when finishing */
} lkv_pdf_element;

typedef struct lkv_pdf_link_state {
    uint32_t page, element;
    lkv_pdf_box box;
    const char *uri; /* or NULL: to ANCHOR */
    size_t anchor;
    const char *description;
    unsigned object; /* when finishing */
} lkv_pdf_link_state;

typedef struct lkv_pdf_goal {
    bool placed;
    uint32_t page;
    double y;
} lkv_pdf_goal;

typedef struct lkv_pdf_bookmark_state {
    unsigned level;
    const char *title;
    uint32_t page;
    double y;
} lkv_pdf_bookmark_state;

typedef struct lkv_pdf_attached {
    char *name, *type, *description;
    char *key; /* the name as PDF text, by which names are sorted */
    lkv_pdf_relation relation;
    GBytes *bytes;
    unsigned object; /* when finishing */
} lkv_pdf_attached;

/* What a face was used for in this document. */
typedef struct lkv_pdf_use {
    uint8_t *glyphs; /* LKV_GLYPH_SET; NULL = face not used */
    uint32_t *text; /* by glyph: character, or LKV_PDF_SPELLED | index */
    unsigned object; /* when finishing */
} lkv_pdf_use;

/* Above all characters. */
enum { LKV_PDF_SPELLED = 0x40000000 };

/* The marked content sequence that is open on the current page. */
typedef enum {
    LKV_MARK_NONE,
    LKV_MARK_ARTIFACT,
    LKV_MARK_ELEMENT
} lkv_pdf_mark;

/* Widths of the rows of the open table. */
typedef struct lkv_pdf_rows {
    unsigned width, filled; /* columns; WIDTH 0 = not known yet */
    GArray *carried; /* unsigned: columns taken in the rows to come */
} lkv_pdf_rows;

struct lkv_pdf {
    const lkv_fonts *fonts;
    GStringChunk *strings;
    const char *title, *language, *author, *subject, *creator, *foot;
    int64_t epoch;
    int level;
    char *error;
    bool finished;

    GPtrArray *pages; /* lkv_pdf_sheet_state */
    lkv_pdf_sheet_state *page;
    uint32_t page_number;

    GArray *elements; /* lkv_pdf_element */
    GArray *kids; /* lkv_pdf_kid */
    GArray *open; /* uint32_t: elements, innermost last */
    int heading; /* level of the last heading */
    unsigned notes; /* elements of that kind */
    unsigned root; /* object of the tree's root, when finishing */
    int figure; /* the open one, or LKV_PDF_NONE */
    lkv_pdf_rows rows;

    lkv_pdf_mark mark;
    uint32_t marked; /* element, or type of artifact */
    bool in_artifact;
    lkv_pdf_artifact artifact;

    lkv_shaped *shaped;
    lkv_pdf_use use[LKV_FONT_ROLES];
    GPtrArray *spelled; /* texts of glyphs that stand for several characters */
    GArray *missing; /* uint32_t */

    const lkv_picture *picture; /* the one that pages show, or NULL */
    GArray *links, *goals, *bookmarks; /* …_state, lkv_pdf_goal */
    GPtrArray *files; /* lkv_pdf_attached */
};

/* Keeps the first error. */
void lkv_pdf_fail(lkv_pdf *pdf, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* A copy of TEXT that lasts as long as PDF; NULL stays NULL. */
const char *lkv_pdf_keep(lkv_pdf *pdf, const char *text);
/* Whether something can be painted: no error, a page; fails without a page. */
bool lkv_pdf_ready(lkv_pdf *pdf);

/* Opens the marked content that what is painted next belongs to, unless it is
 * open already. Returns the content, or NULL after an error.
 */
GString *lkv_pdf_open_mark(lkv_pdf *pdf);
void lkv_pdf_close_mark(lkv_pdf *pdf);
/* The innermost open element, or NULL. */
lkv_pdf_element *lkv_pdf_top(const lkv_pdf *pdf);
/* Whether elements of KIND hold painted content themselves. */
bool lkv_pdf_holds_content(lkv_pdf_kind kind);
/* Adds a kid to ELEMENT. */
void lkv_pdf_add_kid(lkv_pdf *pdf, uint32_t element, lkv_pdf_kid kid);
/* Standard name of a kind: "Document". */
const char *lkv_pdf_kind_name(lkv_pdf_kind kind);

/* Writes a number of points; fails if it is out of reach. */
void lkv_pdf_put(lkv_pdf *pdf, GString *out, double value);
/* Writes X and Y, turned to PDF's axes, each with a blank behind. */
void lkv_pdf_put_point(lkv_pdf *pdf, GString *out, double x, double y);
/* Writes "/KEY[left bottom right top]" of BOX. */
void lkv_pdf_put_box(GString *out, const char *key, lkv_pdf_box box);
/* Sets the colour that areas and glyphs are filled with. */
void lkv_pdf_set_fill(lkv_pdf *pdf, GString *out, int32_t colour);
/* Takes the rectangle into the bounds of the open figure. */
void lkv_pdf_cover(lkv_pdf *pdf, lkv_pdf_box box);

/* ---- finishing ---- */

/* Makes the fonts that were used; number of the font dictionary. */
unsigned lkv_pdf_add_fonts(lkv_pdf *pdf, lkv_pdf_store *store);
/* Makes links, then elements; appends to the body of the catalogue. */
void lkv_pdf_add_links(lkv_pdf *pdf, lkv_pdf_store *store);
void lkv_pdf_add_tree(lkv_pdf *pdf, lkv_pdf_store *store, GString *catalogue);
void lkv_pdf_add_bookmarks(lkv_pdf *pdf, lkv_pdf_store *store,
                           GString *catalogue);
void lkv_pdf_add_files(lkv_pdf *pdf, lkv_pdf_store *store, GString *catalogue);
/* Metadata, information, output intent. */
void lkv_pdf_add_meta(lkv_pdf *pdf, lkv_pdf_store *store, GString *catalogue);
void lkv_pdf_attached_free(void *attached);
/* Seconds since 1970 as "D:20250613120000+00'00'"; g_free. */
char *lkv_pdf_date(int64_t epoch);

#endif
