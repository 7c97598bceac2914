/* UTF-8 a byte at a time: validity over any split (RFC 3629). */
#ifndef LKV_INGEST_UTF8_H
#define LKV_INGEST_UTF8_H

#include <stdbool.h>
#include <stdint.h>

/* All zero to begin with. */
typedef struct lkv_utf8 {
    unsigned wanted; /* continuation bytes still to come */
    unsigned char low, high; /* what the next one may be */
    uint64_t multiple; /* whole sequences of several bytes so far */
} lkv_utf8;

/* False when BYTE cannot stand here; reading then begins anew behind it. */
bool lkv_utf8_next(lkv_utf8 *state, unsigned char byte);

#endif
