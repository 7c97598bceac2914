/* One pass over a whole file before it is parsed: what it is, in which
 * encoding, and where it may be cut.
 */
#ifndef LKV_INGEST_SCAN_H
#define LKV_INGEST_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <glib.h>

#include "base/diag.h"
#include "base/hash.h"
#include "base/stop.h"
#include "study/study.h"

typedef enum { LKV_UTF8, LKV_WINDOWS_1252 } lkv_encoding;
const char *lkv_encoding_id(lkv_encoding encoding);

enum { LKV_BLOCK_BYTES = 64 * 1024 };

/* Before block I (LKV_BLOCK_BYTES each): quotes and line ends so far. */
typedef struct lkv_block_mark {
    uint64_t quotes;
    uint64_t lines;
} lkv_block_mark;

typedef struct lkv_scan {
    int file; /* open for reading; closed with the scan */
    size_t bytes;
    size_t start; /* first byte behind a byte order mark */
    lkv_hash hash;
    lkv_encoding encoding;
    char line_end; /* '\n', or '\r' in a file without '\n' */
    GArray *marks; /* lkv_block_mark */
    char *head; /* the first block, NUL-terminated */
    size_t head_bytes;
} lkv_scan;

/* NULL with a report: missing, empty, no text, an Excel file, another or a
 * mixed encoding (with the line), or not the encoding that the study states.
 * NULL without one when STOP is asked for.
 */
lkv_scan *lkv_scan_file(const lkv_input *input, const lkv_stop *stop,
                        lkv_diag *diag);
void lkv_scan_free(lkv_scan *scan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_scan, lkv_scan_free)

/* A scan that was made before its turn, on a thread that had time: what it gave
 * and what it has to say then. All zero: not made.
 */
typedef struct lkv_scanned {
    lkv_scan *scan; /* or NULL */
    lkv_diag *said;
} lkv_scanned;
lkv_scanned lkv_scan_ahead(const lkv_input *input, const lkv_stop *stop);
/* As lkv_scan_file, which is called if AHEAD is NULL or not made. */
lkv_scan *lkv_scan_take(lkv_scanned *ahead, const lkv_input *input,
                        const lkv_stop *stop, lkv_diag *diag);
void lkv_scanned_clear(lkv_scanned *ahead);

/* Reads BYTES at OFFSET; how many there were, or -1. */
ssize_t lkv_scan_read(const lkv_scan *scan, size_t offset, char *into,
                      size_t bytes);

#endif
