/* A file of a proof under way: its columns by name, its rows one by one, and the
 * names that it brings into the evidence.
 */
#ifndef LKV_AUDIT_SHEET_H
#define LKV_AUDIT_SHEET_H

#include "audit/evidence.h"
#include "ingest/record.h"

enum { LKV_SHEET_SLOTS = 16 };

/* COLUMN names the wanted columns (NULL-terminated), of which the first REQUIRED
 * must be there; TAKE is called for each row. The rest is filled in reading.
 */
typedef struct lkv_sheet lkv_sheet;
struct lkv_sheet {
    lkv_evidence *evidence;
    const char *path;
    const char *const *column;
    size_t required;
    bool (*take)(lkv_sheet *file);
    lkv_diag *diag;
    int place[LKV_SHEET_SLOTS]; /* in the file, or -1 */
    size_t fields; /* of the header; 0 before it */
    const lkv_record *record;
    bool fine;
};

/* Reads the whole of FILE. Whatever is not understood ends it with a report:
 * half of what a reader sees would make him look blind.
 */
bool lkv_sheet_read(lkv_sheet *file);

/* Of the row at hand: the field in SLOT, "" where there is no such column. */
const char *lkv_sheet_text(const lkv_sheet *file, size_t slot);
/* The same as conditions ("school=17;sex=f"), of values that the run's dims.csv
 * lists, or as a number in units of the DECIMALS-th decimal; false with a report.
 */
bool lkv_sheet_condition(lkv_sheet *file, size_t slot, lkv_condition *where);
bool lkv_sheet_number(lkv_sheet *file, size_t slot, unsigned decimals,
                      int64_t *number);
/* Reports that the field in SLOT cannot be taken, which ends the reading. */
void lkv_sheet_refuse(lkv_sheet *file, size_t slot, const char *what, ...)
    G_GNUC_PRINTF(3, 4);

/* Number of NAME, which is added if it is new. */
uint32_t lkv_sheet_name(GPtrArray *names, GHashTable *find, const char *name);
lkv_dim *lkv_sheet_dim(lkv_evidence *evidence, const char *name,
                       uint16_t *number);
/* The same of a value; a leaf if it is new and LEAF. */
uint16_t lkv_sheet_value(lkv_dim *dim, const char *name, bool leaf);
/* Of the population ID of the run at hand. */
uint16_t lkv_sheet_population(lkv_evidence *evidence, const char *id);
/* The bit of the run at hand. */
uint64_t lkv_sheet_run(const lkv_evidence *evidence);

#endif
