/* Columns of a pupils' table. */
#ifndef LKV_PANEL_PUPILS_COLUMNS_H
#define LKV_PANEL_PUPILS_COLUMNS_H

#include <stdbool.h>

#include "base/diag.h"
#include "ingest/table.h"
#include "panel/roll.h"
#include "study/study.h"

/* Slots of a pupils' table; those of codes and then of numbers follow. */
enum {
    LKV_PUPILS_SCHOOL,
    LKV_PUPILS_YEAR,
    LKV_PUPILS_STAGE_YEAR,
    LKV_PUPILS_STEADY, /* rows of a school follow one another */
    LKV_PUPILS_ID = LKV_PUPILS_STEADY,
    LKV_PUPILS_CLASS,
    LKV_PUPILS_WEIGHT,
    LKV_PUPILS_FIXED
};

/* The columns wanted of INPUT for ROLL, by slot; g_free. */
lkv_wanted *lkv_pupils_wanted(const lkv_input *input, const lkv_roll *roll);

/* Reports columns of FILE in which no row held anything: FILLED tells of each
 * column of codes, then of numbers. Nothing would be told of them without a word.
 */
void lkv_pupils_report_empty(const lkv_table_file *file, const lkv_roll *roll,
                             const bool *filled, lkv_diag *diag);

/* Notes in ROLL of which codes FILE has a column. */
void lkv_pupils_note_found(const lkv_table_file *file, lkv_roll *roll);

#endif
