/* One table of the study as a file: dialect found, header matched to fields.
 */
#ifndef LKV_INGEST_TABLE_H
#define LKV_INGEST_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "base/stop.h"
#include "ingest/record.h"
#include "ingest/scan.h"
#include "study/columns.h"
#include "study/study.h"

/* Fields wanted of the file, by id; FOUND is filled when the header is read.
 */
typedef struct lkv_wanted {
    const char *id;
    bool required;
    int column; /* in the file; -1 = not there */
} lkv_wanted;

typedef struct lkv_table_file lkv_table_file;
struct lkv_table_file {
    const lkv_input *input;
    lkv_scan *scan;
    char delimiter;
    char decimal; /* stated, or 0 */
    long header_line;
    lkv_range rows; /* behind the header */
    size_t columns;
    size_t slots;
    GPtrArray *header; /* texts */
    GPtrArray *fields; /* for each, the field it was taken for, or NULL */
    int16_t *slot; /* [columns]: number of the wanted field, or -1 */
    int16_t *same; /* as of lkv_reading */
    lkv_wanted *wanted; /* [named] */
    size_t named;
    size_t wants; /* slots of these, then of columns taken beside them */
    lkv_row_test *test; /* where: of the input */
    const lkv_stop *stop; /* lent; of the ask */
};

/* Opens INPUT and matches WANTED (copied; its ids are lent). Wide grade tables
 * take every column that TAKER accepts as a further slot: its slots follow
 * those of WANTED in the order of the columns; last come slots of columns that
 * only where: looks at. NULL with a report,
 * and without one when STOP is asked for.
 */
typedef bool (*lkv_column_taker)(void *context, const char *header,
                                 size_t slot);
typedef struct lkv_table_ask {
    const lkv_input *input;
    const lkv_fields *fields;
    const lkv_wanted *wanted;
    size_t wants;
    lkv_column_taker taker; /* or NULL */
    void *context;
    lkv_scanned *ahead; /* of INPUT; taken over; or NULL */
    const lkv_stop *stop; /* of opening and of all readings; or NULL */
} lkv_table_ask;
lkv_table_file *lkv_table_open(const lkv_table_ask *ask, lkv_diag *diag);
void lkv_table_close(lkv_table_file *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_table_file, lkv_table_close)

/* A reading of FILE that reports into DIAG. */
lkv_reading lkv_table_reading(const lkv_table_file *file, lkv_diag *diag);

/* At most COUNT ranges of whole records that together are all rows; array of
 * lkv_range. Cut behind a line end with an even number of quotes before it: if
 * any range then has a QUOTE_FAULT, the cuts mean nothing and the rows are to
 * be read again as one range.
 */
GArray *lkv_table_split(const lkv_table_file *file, size_t count);

/* Whether all that is wanted of RECORD, which is not plain, can be seen; if not,
 * READING rejects it.
 */
bool lkv_table_looked_at(const lkv_table_file *file, lkv_reading *reading,
                         const lkv_record *record);

/* The same of any record. */
static inline bool lkv_table_visible(const lkv_table_file *file,
                                     lkv_reading *reading,
                                     const lkv_record *record)
{
    return record->plain || lkv_table_looked_at(file, reading, record);
}

/* Whether TEXT stands for nothing in FILE's input. */
bool lkv_table_missing(const lkv_input *input, const char *text);

/* Whether what READING has read is refused: no row at all, or too many that
 * were rejected; then reported.
 */
bool lkv_table_refused(const lkv_inputs *limits, const lkv_reading *reading);

#endif
