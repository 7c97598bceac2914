/* A document while it is written: words, arguments and blocks, kept by the
 * document itself.
 *
 * Everything given is copied; nothing has to be freed by the writer.
 */
#ifndef LKV_REPORT_DRAFT_H
#define LKV_REPORT_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "disclose/release.h"
#include "report/document.h"

typedef struct lkv_draft {
    const lkv_release *release;
    lkv_document *document;
    GArray *blocks; /* lkv_block */
    const char *section; /* ids of blocks begin with it */
} lkv_draft;

lkv_draft *lkv_draft_new(const lkv_release *release, uint16_t unit);
/* The document, which is the caller's; the draft is gone. */
lkv_document *lkv_draft_finish(lkv_draft *draft);

/* ---- words --------------------------------------------------------------- */

const char *lkv_draft_name(lkv_draft *draft, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

/* The sentence KEY; ARGS end with one without a name, or are NULL. */
lkv_text lkv_draft_say(lkv_draft *draft, const char *key, const lkv_arg *args);
/* The same, or OTHER where a catalogue has no KEY. */
lkv_text lkv_draft_say_or(lkv_draft *draft, const char *key, const char *other,
                          const lkv_arg *args);
/* TEXTS (array of lkv_text) put together two by two with the sentence KEY of
 * {first} and {rest}; empty ones are left out.
 */
lkv_text lkv_draft_join(lkv_draft *draft, const char *key, const GArray *texts);

/* New array of lkv_text; and TEXT at its end. */
GArray *lkv_texts_new(void);
void lkv_texts_add(GArray *texts, lkv_text text);

lkv_arg lkv_arg_cell(const char *name, lkv_cell cell);
lkv_arg lkv_arg_bare(const char *name, lkv_cell cell); /* "82" of 82 % */
lkv_arg lkv_arg_plus(const char *name, lkv_cell cell); /* "+6" */
lkv_arg lkv_arg_per_cent(lkv_arg ratio); /* "8.9 %" of 0.089 */
lkv_arg lkv_arg_most(lkv_arg cell, uint8_t decimals); /* "1.9" of 1.903 */
lkv_arg lkv_arg_status(const char *name, lkv_cell cell);
lkv_arg lkv_arg_key(const char *name, const char *key);
lkv_arg lkv_arg_name(const char *name, const char *text);
lkv_arg lkv_arg_outcome(const char *name, uint16_t outcome);
lkv_arg lkv_arg_subject(const char *name, uint16_t outcome);
lkv_arg lkv_arg_group(const char *name, uint16_t group);
lkv_arg lkv_arg_value(const char *name, uint16_t group, uint16_t value);
lkv_arg lkv_arg_date(const char *name);
/* A number of the study itself, and how far CELL lies from it: "+0.3". */
lkv_arg lkv_arg_stated(const char *name, lkv_stated stated, bool per_cent);
lkv_arg lkv_arg_apart(const char *name, lkv_cell cell, lkv_stated stated);
lkv_arg lkv_arg_said(lkv_draft *draft, const char *name, lkv_text text);

/* ---- blocks ---------------------------------------------------------------- */

void lkv_draft_add(lkv_draft *draft, lkv_block block);
/* A block of running text: PARAGRAPH, NOTE, LEAD …; none for an empty text. */
void lkv_draft_text(lkv_draft *draft, lkv_block_kind kind, lkv_text text);
/* The same, never left behind by the block after it. */
void lkv_draft_intro(lkv_draft *draft, lkv_block_kind kind, lkv_text text);
void lkv_draft_heading(lkv_draft *draft, uint8_t level, lkv_text text);
/* A new page before block FIRST. */
void lkv_draft_break(lkv_draft *draft, guint first);
void lkv_draft_cards(lkv_draft *draft, const lkv_card *cards, size_t count);
/* A block of TEXTS (array of lkv_text); none for none. */
void lkv_draft_list(lkv_draft *draft, const GArray *texts);
/* Each with so many LINES to write on. */
void lkv_draft_questions(lkv_draft *draft, const GArray *texts, uint8_t lines);

/* ---- tables ---------------------------------------------------------------- */

typedef struct lkv_table_draft {
    lkv_draft *draft;
    const char *id;
    uint8_t width; /* of the page's 12 columns; 0 = all */
    lkv_text caption;
    GArray *columns; /* lkv_grid_column */
    GArray *texts; /* lkv_text */
    GArray *heads; /* bool, one a row */
} lkv_table_draft;

lkv_table_draft *lkv_table_draft_new(lkv_draft *draft, const char *id,
                                     lkv_text caption);
void lkv_table_draft_column(lkv_table_draft *table, lkv_text head,
                            lkv_side side, uint8_t weight);
/* The next cell; rows fill from the left. */
void lkv_table_draft_cell(lkv_table_draft *table, lkv_text text);
/* A row that heads those after it. */
void lkv_table_draft_head(lkv_table_draft *table, lkv_text text);
/* Adds the block, unless the table has no rows; TABLE is gone. */
void lkv_table_draft_end(lkv_table_draft *table);

/* ---- charts ---------------------------------------------------------------- */

typedef struct lkv_chart_draft {
    lkv_draft *draft;
    const char *id;
    uint8_t columns; /* of the page's 12; 0 = all */
    lkv_chart chart; /* kind, scale, title and reading are the writer's */
    GArray *slots; /* lkv_slot_label */
    GArray *marks; /* lkv_mark */
    GArray *legends; /* lkv_text */
    GArray *span, *aside; /* lkv_cell */
    GArray *alt; /* lkv_text: first the finding, then the numbers */
} lkv_chart_draft;

lkv_chart_draft *lkv_chart_draft_new(lkv_draft *draft, const char *id,
                                     lkv_chart_kind kind);
/* The number of the new slot. */
int16_t lkv_chart_draft_slot(lkv_chart_draft *chart, lkv_slot_label slot);
void lkv_chart_draft_mark(lkv_chart_draft *chart, lkv_mark mark);
void lkv_chart_draft_legend(lkv_chart_draft *chart, lkv_text text);
/* CELL is to have room on the scale; 0 is left out. */
void lkv_chart_draft_span(lkv_chart_draft *chart, lkv_cell cell);
/* The same on the second scale, which the chart has then. */
void lkv_chart_draft_aside(lkv_chart_draft *chart, lkv_cell cell);
void lkv_chart_draft_alt(lkv_chart_draft *chart, lkv_text text);
/* Adds the block, unless the chart has no slots; CHART is gone. The title is
 * said first in the alternative text.
 */
void lkv_chart_draft_end(lkv_chart_draft *chart);

#endif
