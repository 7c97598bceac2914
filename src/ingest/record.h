/* Records of a CSV file, over a range of bytes, with physical line numbers.
 *
 * libcsv is the only parser; this iterator feeds it line by line, so that
 * every record knows the line it begins on, and starts it anew behind a line
 * it cannot read. Only wanted columns are copied.
 */
#ifndef LKV_INGEST_RECORD_H
#define LKV_INGEST_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "base/stop.h"
#include "ingest/scan.h"

enum {
    LKV_FIELD_BYTES = 64 * 1024,
    LKV_RECORD_BYTES = 1024 * 1024,
    LKV_FIELD_LINES = 10,
    LKV_COLUMNS = 4096,
    LKV_ID_BYTES = 256
};

/* Text in UTF-8, NUL-terminated, blanks and no-break spaces trimmed. While a
 * steady column keeps its version from record to record, it keeps its text; what
 * was found out of that text then still holds. No version is 0.
 */
typedef struct lkv_field_text {
    const char *text;
    size_t length;
    uint64_t version;
} lkv_field_text;

/* FIELD[slot] of the wanted columns; all lent until the next record. */
typedef struct lkv_record {
    long line;
    size_t fields; /* of the whole record */
    const lkv_field_text *field;
    bool plain; /* no byte of it can be of a character that cannot be seen */
} lkv_record;

/* The first slot below SLOTS whose text holds a character that cannot be seen;
 * SLOTS without any.
 */
size_t lkv_record_invisible(const lkv_record *record, size_t slots);

/* Bytes FROM to TO; LINES line ends stand before FROM. Whole records only. */
typedef struct lkv_range {
    size_t from, to;
    uint64_t lines;
} lkv_range;

/* Called for each record; false ends the reading, without a fault. */
typedef bool (*lkv_record_sink)(void *context, const lkv_record *record);

/* Only records whose field in SLOT is one of TEXTS (NULL-terminated) count. */
typedef struct lkv_row_test {
    size_t slot;
    const char *const *texts;
} lkv_row_test;

/* LOST, if given, sees what could be read of each record that is rejected or
 * passed over, so that its pupil is known to have been there.
 */
typedef struct lkv_reading lkv_reading;
struct lkv_reading {
    const lkv_scan *scan;
    const char *name; /* of the file, for messages */
    long header_line; /* 0 without */
    char delimiter;
    size_t columns; /* fields that a record must have; 0 = any */
    const int16_t *slot; /* [columns] slot of each column, -1 = not wanted */
    size_t slots;
    size_t
        steady; /* so many slots, the first, mostly hold what they held in the
                      record before: found out before it is copied */
    const int16_t *same; /* [slots] slot that has the text of each: itself, or
                            another of the same column; NULL = itself */
    const lkv_row_test *test;
    size_t tests;
    lkv_diag *diag;
    const lkv_stop *stop; /* looked at before each block; or NULL */
    lkv_record_sink lost;
    void *lost_context;
    int64_t rows; /* records seen, those rejected among them */
    int64_t rejected;
    int64_t passed_over; /* by a test; not among ROWS */
    bool quote_fault; /* a quote stood where none may */
};

/* Reads all records of RANGE and adds to the counts of READING. A record with
 * a wrong number of fields, text behind a closing quote, or a field over the
 * limit is reported, counted and left out. False with a report when the rest
 * cannot be read: a quote that is never closed, a record over the limit. False
 * without one when reading is stopped.
 */
bool lkv_records_read(lkv_reading *reading, lkv_range range,
                      lkv_record_sink sink, void *context);

/* Reports that RECORD is left out, and counts it. WHAT is printf-like. */
lkv_message *lkv_record_reject(lkv_reading *reading, const lkv_record *record,
                               const char *code, const char *field,
                               const char *what, ...) G_GNUC_PRINTF(5, 6);

/* So many digits may a text of these have that a message shows. Codes of school
 * units have eight; ids of pupils mostly have more than three.
 */
enum { LKV_SHOWN_CODE = 3, LKV_SHOWN_YEAR = 4, LKV_SHOWN_SCHOOL = 8 };
/* Lets MESSAGE show TEXT, unless it has more than MOST digits. */
void lkv_record_excerpt(lkv_message *message, const char *text, size_t most);

const char *lkv_records_libcsv_version(void);

#endif
