/* One thread's work on one range of a file of marks: records into the store. */
#ifndef LKV_PANEL_MARKS_CHUNK_H
#define LKV_PANEL_MARKS_CHUNK_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "ingest/table.h"
#include "panel/codes.h"
#include "panel/marks_store.h"

/* Slots of a table of marks; columns of subjects of a wide one follow. */
enum {
    LKV_MARKS_ID,
    LKV_MARKS_YEAR,
    LKV_MARKS_STEADY, /* rows of a pupil follow one another */
    LKV_MARKS_SUBJECT = LKV_MARKS_STEADY,
    LKV_MARKS_MARK,
    LKV_MARKS_LANGUAGE,
    LKV_MARKS_PART,
    LKV_MARKS_SLOTS
};

/* A subject as written. Subjects of pupils follow one another in the same
 * order, so what came next is tried first.
 */
typedef struct lkv_written_subject {
    const char *text; /* and language, behind a line end */
    size_t length;
    int column; /* or LKV_NO_COLUMN */
    uint32_t next; /* number of the one behind it when last met */
} lkv_written_subject;

typedef struct lkv_marks_chunk {
    lkv_marks_store *store;
    const lkv_table_file *file;
    const GArray *columns; /* wide: int, of each slot behind those above */
    bool wide;
    lkv_range range;
    lkv_reading reading;
    lkv_diag *diag;
    lkv_coder *reached; /* goals */
    lkv_coder *part; /* of tests */
    lkv_names *subject_texts;
    GArray *subjects; /* lkv_written_subject, by number of its text */
    uint32_t subject; /* number of that of the record before */
    GString *key; /* of a subject with its language, for a moment */
    int16_t grade[128]; /* of one letter, by its code; 0 = not yet known */
    GHashTable *conflicts; /* places (+ 1), each to a conflict */
    bool searching; /* the pass that finds their lines */
    bool alone; /* no other chunk is read beside it */
    int64_t duplicates;
    int64_t wholes, parts; /* rows of whole tests, and of others */
    uint32_t row; /* of the pupil read last, or LKV_NO_NAME */
    uint64_t person, year; /* versions of the texts that are of that row */
    bool fine;
    char apart[64]; /* what two threads write lies on no line of both */
} lkv_marks_chunk;

/* CHUNK has its store, file, columns and range. */
void lkv_marks_chunk_open(lkv_marks_chunk *chunk, const lkv_fields *fields);
/* Reads the range; what is wrong with it is in DIAG, FINE and READING. */
void lkv_marks_chunk_read(lkv_marks_chunk *chunk);
void lkv_marks_chunk_close(lkv_marks_chunk *chunk);

/* Notes that PLACE of the store got two different marks. */
void lkv_marks_conflict_add(lkv_marks_chunk *chunk, size_t place);
/* Of a chunk that searches: LINE puts MARK at PLACE. */
void lkv_marks_conflict_search(lkv_marks_chunk *chunk, size_t place,
                               uint8_t mark, long line);
/* Takes over the places that OTHER noted. */
void lkv_marks_conflicts_join(lkv_marks_chunk *chunk,
                              const lkv_marks_chunk *other);
/* Reports what a chunk that searched the whole file has found. */
void lkv_marks_conflicts_report(const lkv_marks_chunk *chunk, lkv_diag *diag);

#endif
