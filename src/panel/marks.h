/* Grades, goals and tests: one byte a subject in each pupil's row.
 */
#ifndef LKV_PANEL_MARKS_H
#define LKV_PANEL_MARKS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "base/jobs.h"
#include "ingest/scan.h"
#include "panel/roll.h"
#include "study/columns.h"
#include "study/rules.h"
#include "study/study.h"

/* Columns: the subjects of the rules, then languages of choices in the order
 * of their ids, then a goal for each slot of the rules, then a test for each
 * subject of the rules (its grade on the test as a whole; parts are not kept).
 */
typedef struct lkv_marks {
    size_t rows;
    size_t graded; /* columns of grades */
    size_t columns; /* and of goals and tests */
    lkv_subject *subject; /* [columns] */
    size_t *first; /* [columns] where in MARK those of a column begin */
    uint16_t *met; /* [mets] columns that any table has, ascending: there is no
                      mark in others, and their memory is better left alone */
    size_t mets;
    _Atomic uint8_t *mark; /* by row; see lkv_marks_at */
    GStringChunk *text;
} lkv_marks;

/* Reads all tables of grades, goals and tests into rows of the roll, on the
 * threads of the crew. NULL with a report when the data is refused: two different
 * marks of one pupil and subject are a conflict, both lines named. NULL without
 * one when the crew is stopped.
 */
typedef struct lkv_marks_ask {
    const lkv_study *study;
    const lkv_rules *rules;
    const lkv_fields *fields;
    const lkv_roll *roll;
    lkv_crew crew;
    GArray *inputs; /* gets lkv_input_facts */
    lkv_scanned *ahead; /* [inputs of the study] scans to take over, or NULL */
} lkv_marks_ask;

/* Whether TABLE holds marks. */
bool lkv_marks_are_in(lkv_table table);
lkv_marks *lkv_marks_read(const lkv_marks_ask *ask, lkv_diag *diag);
void lkv_marks_free(lkv_marks *marks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_marks, lkv_marks_free)

/* The mark of ROW in COLUMN: 0 = nothing read; a goal is 1 + LKV_NO or
 * 1 + LKV_YES.
 */
static inline uint8_t lkv_marks_at(const lkv_marks *marks, size_t row,
                                   size_t column)
{
    return atomic_load_explicit(&marks->mark[marks->first[column] + row],
                                memory_order_relaxed);
}

/* Whether ROW has any mark in columns FROM up to TO. */
bool lkv_marks_any(const lkv_marks *marks, size_t row, size_t from, size_t to);

/* Those of ROWS rows from ROW on in the first COLUMNS columns, row by row. Many
 * rows at once cost less than one by one, since columns lie apart.
 */
void lkv_marks_rows(const lkv_marks *marks, size_t row, size_t rows,
                    size_t columns, uint8_t *into);

/* Column of the goal of slot SLOT, or -1. */
int lkv_marks_goal(const lkv_marks *marks, const lkv_rules *rules, size_t slot);
/* Column of the test in SUBJECT of the rules. */
size_t lkv_marks_test(const lkv_marks *marks, const lkv_rules *rules,
                      size_t subject);

#endif
