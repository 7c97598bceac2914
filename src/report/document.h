/* A document: cell numbers and words, no numbers.
 *
 * Headings, paragraphs, tables and charts as blocks. No argument kind holds a
 * number about pupils, so no sentence, axis or alt text can say more than was
 * released. Free of language: text is composed when a document is rendered.
 */
#ifndef LKV_REPORT_DOCUMENT_H
#define LKV_REPORT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/catalogue.h"
#include "disclose/release.h"

/* ---- words --------------------------------------------------------------- */

typedef enum {
    LKV_ARG_CELL, /* its text in the language; also a number for plurals */
    LKV_ARG_STATUS, /* "ok", "hidden", "at_least" … of CELL, for select */
    LKV_ARG_KEY, /* another entry of the catalogue, without arguments */
    LKV_ARG_NAME, /* a name as it is: school, district, school year */
    LKV_ARG_OUTCOME, /* label of outcome NUMBER of the frame */
    LKV_ARG_GROUP, /* label of group NUMBER */
    LKV_ARG_VALUE, /* label of VALUE on the axis of group NUMBER */
    LKV_ARG_DATE, /* reference date of the frame */
    LKV_ARG_SUBJECT, /* the subject's name of outcome NUMBER */
    LKV_ARG_STATED, /* a number that the study states: no figure of its data */
    LKV_ARG_APART, /* CELL less that number, both in per cent for a share; only
                      of a cell that is OK */
    LKV_ARG_TEXT /* another sentence, with arguments of its own */
} lkv_arg_kind;

struct lkv_text;

/* SCALED / 10^DECIMALS. */
typedef struct lkv_stated {
    int64_t scaled;
    uint8_t decimals;
} lkv_stated;

typedef struct lkv_arg {
    const char *name;
    lkv_arg_kind kind;
    bool plus; /* cell: '+' before positive numbers */
    bool bare; /* cell: without the unit's sign ("82", not "82 %") */
    bool per_cent; /* cell: a ratio is read as a share: 0.089 is 8.9 % */
    uint8_t most; /* cell: 1 + the decimals it is read with at most; 0 = all */
    lkv_cell cell;
    lkv_stated stated;
    const char *text; /* key or name */
    uint16_t number; /* outcome or group */
    uint16_t value; /* value on the group's axis */
    const struct lkv_text *said;
} lkv_arg;

/* A sentence of the catalogue; KEY NULL = no text. OTHER, if there is one, is
 * said where the catalogue has no KEY: a sentence made for an outcome, and the
 * one for outcomes that only a study knows.
 */
typedef struct lkv_text {
    const char *key;
    const lkv_arg *arg;
    uint8_t args;
    const char *other;
} lkv_text;

/* ---- blocks ---------------------------------------------------------------- */

typedef enum {
    LKV_BLOCK_TITLE, /* the report's name; once, first */
    LKV_BLOCK_LEAD, /* lines under the title */
    LKV_BLOCK_HEADING, /* LEVEL 1 … 3 below the title */
    LKV_BLOCK_PARAGRAPH,
    LKV_BLOCK_NOTE, /* small text: definitions, what is hidden */
    LKV_BLOCK_LIST, /* items are the texts of the grid's first column */
    LKV_BLOCK_QUESTIONS, /* the same, numbered, with LEVEL lines to write on */
    LKV_BLOCK_CONTENTS, /* the headings of level 1 after it, with their pages */
    LKV_BLOCK_CARDS, /* at a glance: big figures side by side */
    LKV_BLOCK_TABLE,
    LKV_BLOCK_CHART,
    LKV_BLOCK_PAGE_BREAK
} lkv_block_kind;

typedef enum { LKV_LEFT, LKV_RIGHT } lkv_side;

typedef struct lkv_grid_column {
    lkv_text head;
    lkv_side side;
    uint8_t weight; /* share of the width; 0 = as narrow as the text allows */
} lkv_grid_column;

/* TEXT[row * columns + column]; column 0 is the row's header. HEADED says
 * that row ROW begins a group and TEXT of its column 0 spans it.
 */
typedef struct lkv_grid {
    lkv_text caption;
    const lkv_grid_column *column;
    size_t columns;
    const lkv_text *text;
    size_t rows;
    const bool *group_head; /* [rows] or NULL */
} lkv_grid;

/* One card: a big figure, what it is, and what stands beneath. INSTEAD is said
 * where the figure is hidden.
 */
typedef struct lkv_card {
    lkv_cell value;
    lkv_text label, below, instead;
    bool own; /* accent of the own school, else of the district */
} lkv_card;

typedef enum {
    LKV_ROLE_OWN, /* the school of the report */
    LKV_ROLE_DISTRICT,
    LKV_ROLE_GROUP, /* the group of a gap */
    LKV_ROLE_REFERENCE, /* what it is compared with */
    LKV_ROLE_QUIET
} lkv_role;

typedef enum {
    LKV_MARK_DOT,
    LKV_MARK_INTERVAL, /* low … high with a dot AT, if there is one */
    LKV_MARK_BAND, /* area low … high behind the others */
    LKV_MARK_TICK, /* short line across, AT */
    LKV_MARK_LINE, /* joins AT of the same ROLE and SERIES from slot to slot */
    LKV_MARK_RIBBON, /* area low … high from slot to slot */
    LKV_MARK_BAR, /* 0 … AT */
    LKV_MARK_STACK, /* a part of AT beside those before it in its slot */
    LKV_MARK_SPAN, /* line between LOW and HIGH: the bar of a dumbbell */
    LKV_MARK_WHOLE, /* pale bar over all of the scale */
    LKV_MARK_PART, /* bar 0 … AT, of which the share LOW is told apart */
    LKV_MARK_BREAK /* line before SLOT: years on its sides are not alike */
} lkv_mark_kind;

typedef struct lkv_mark {
    lkv_mark_kind kind;
    lkv_role role;
    uint8_t series; /* tells lines of a role apart; step of a stack */
    bool aside; /* on the chart's second scale */
    int16_t slot; /* place on the axis of categories */
    lkv_cell at, low, high;
    lkv_text label; /* written at the mark, or empty */
} lkv_mark;

typedef enum {
    LKV_SCALE_FIXED, /* LEAST … MOST as given: a rule of the outcome */
    LKV_SCALE_CELLS /* to hold the cells of SPAN: of the district, so that it
                       is the same in every school's report */
} lkv_scale_kind;

typedef struct lkv_scale {
    lkv_scale_kind kind;
    lkv_value_unit unit;
    int64_t least, most; /* scaled by 10^DECIMALS */
    uint8_t decimals;
    const lkv_cell *span;
    size_t spans;
    bool zero; /* must hold 0 */
    bool bare; /* without numbers: the reading says from where to where */
} lkv_scale;

typedef enum {
    LKV_CHART_ROWS, /* slots are rows, the scale runs to the right */
    LKV_CHART_TREND, /* slots are years, the scale runs up */
    LKV_CHART_STACKS /* rows of stacked parts that add up to 1 */
} lkv_chart_kind;

typedef struct lkv_slot_label {
    lkv_text label, below; /* below: "n = 84" */
    lkv_text brief; /* LABEL where there is little room, or empty */
    lkv_text end; /* written at the right end, or empty */
} lkv_slot_label;

typedef struct lkv_chart {
    lkv_chart_kind kind;
    lkv_scale scale;
    lkv_scale aside; /* rows: a second scale to the right of the first */
    bool has_aside;
    const lkv_slot_label *slot;
    size_t slots;
    const lkv_mark *mark;
    size_t marks;
    const lkv_text *legend; /* names of a stack's series, or of roles */
    size_t legends;
    lkv_text title, reading, alt; /* finding; how to read; all of it in words */
} lkv_chart;

typedef struct lkv_block {
    lkv_block_kind kind;
    const char *id; /* "at_glance.cards": place in published-cells.csv */
    uint8_t level; /* of a heading; of questions, lines to write on */
    uint8_t columns; /* of the 12 of the page; 0 = all. Blocks whose columns
                        add up to 12 stand side by side */
    bool keep_with_next;
    union {
        lkv_text text;
        lkv_grid grid;
        lkv_chart chart;
        struct {
            const lkv_card *card;
            size_t cards;
        } cards;
    } as;
} lkv_block;

typedef struct lkv_document {
    lkv_text title; /* also of the PDF */
    lkv_text subject;
    lkv_text running; /* foot of every page */
    lkv_text over; /* line above the title, left */
    lkv_text aside; /* … and right */
    const lkv_block *block;
    size_t blocks;
    uint16_t unit;
    struct lkv_document_text *owner;
} lkv_document;

void lkv_document_free(lkv_document *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_document, lkv_document_free)

/* Every cell that BLOCK prints or draws, as often as it does: array of
 * lkv_cell.
 */
GArray *lkv_block_cells(const lkv_block *block);
/* Every cell that DOCUMENT prints or draws, once a block: array of
 * lkv_printed_at. The cells that only the ends of an axis are taken from are
 * not among them.
 */
typedef struct lkv_printed_at {
    const char *block;
    lkv_cell cell;
} lkv_printed_at;
GArray *lkv_document_places(const lkv_document *document);

/* ---- composing -------------------------------------------------------------- */

/* How many decimals numbers of each unit are read with at most. A number has
 * fewer than it was released with, never more.
 */
typedef struct lkv_rounding {
    uint8_t decimals[LKV_UNITS];
} lkv_rounding;

typedef struct lkv_words {
    const lkv_release *release;
    const lkv_catalogue *catalogue;
    const lkv_rounding *rounding; /* NULL: as released */
} lkv_words;

/* One number of decimals a unit for the COUNT blocks from BLOCK: the fewest
 * that any of their shown numbers has, so that what stands together can be
 * compared.
 */
lkv_rounding lkv_rounding_of(const lkv_words *words, const lkv_block *block,
                             size_t count);

/* TEXT in the language of WORDS; "" without a key; g_free. NULL is a bug in
 * a catalogue (missing key or argument).
 */
char *lkv_text_compose(const lkv_words *words, const lkv_text *text);
/* CELL as people read it: "82 %", "−6,5", "minst 92 %", ".." when hidden. */
char *lkv_cell_compose(const lkv_words *words, const lkv_arg *arg);

#endif
