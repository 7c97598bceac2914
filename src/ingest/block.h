/* What can be said of a block of a CSV file at once, so that not every field
 * and line of it is looked at.
 */
#ifndef LKV_INGEST_BLOCK_H
#define LKV_INGEST_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

typedef struct lkv_block {
    bool plain; /* of UTF-8: no byte that is, or begins, a character that
                   lkv_value_invisible knows, but for LF and CR LF */
    bool regular; /* without quotes; each line that begins in it, but perhaps
                     the last, is one record, ended by LF or CR LF */
} lkv_block;

/* A line that begins with a blank is none that is regular. */
lkv_block lkv_block_look(const char *bytes, size_t count);

#endif
