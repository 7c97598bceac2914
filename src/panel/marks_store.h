/* Marks while they are read: any thread puts any mark, and no order shows. */
#ifndef LKV_PANEL_MARKS_STORE_H
#define LKV_PANEL_MARKS_STORE_H

#include <pthread.h>
#include <stdatomic.h>

#include "panel/marks.h"

/* Room for languages of choices while reading; more are refused. */
enum { LKV_MARK_LANGUAGES = 96, LKV_NO_COLUMN = -1 };

/* Languages are met in any order by any thread; their columns are put into
 * the order of their ids when all is read.
 */
typedef struct lkv_mark_languages {
    pthread_mutex_t lock;
    char *id[LKV_MARK_LANGUAGES];
    int choice[LKV_MARK_LANGUAGES];
    int count;
} lkv_mark_languages;

/* Shared by all threads; MARK is written by compare-and-swap alone. Columns:
 * subjects of the rules, room for languages, goals of the slots, tests. Marks of
 * a column lie together, so that one without any takes no memory.
 */
typedef struct lkv_marks_store {
    const lkv_study *study;
    const lkv_rules *rules;
    const lkv_roll *roll;
    size_t rows, columns;
    size_t subjects; /* of the rules */
    _Atomic uint8_t *mark; /* [column * rows + row] */
    atomic_bool *met; /* [columns] some table has it */
    lkv_mark_languages languages;
    bool torn; /* a quote fault in a file that was cut into ranges */
} lkv_marks_store;

/* STORE has its study, rules and roll. */
void lkv_marks_store_open(lkv_marks_store *store);
void lkv_marks_store_close(lkv_marks_store *store);

/* The column of a subject as written in TABLE, LANGUAGE apart or NULL;
 * LKV_NO_COLUMN when the rules do not know it.
 */
int lkv_marks_column(lkv_marks_store *store, lkv_table table, const char *text,
                     const char *language);

/* Columns that hold anything that can be asked for: subjects of the rules,
 * languages in order, goals of the slots that the stages name, tests. The marks
 * of the store move into them.
 */
lkv_marks *lkv_marks_finish(lkv_marks_store *store);

#endif
