/* The table of message codes, made from base/codes.def. */
#ifndef LKV_BASE_CODES_H
#define LKV_BASE_CODES_H

#include "base/diag.h"

typedef struct lkv_code {
    const char *code;
    lkv_fault fault;
    const char *explanation;
} lkv_code;

/* NULL for a code that is not in the table. */
const lkv_code *lkv_code_find(const char *code);
/* From the first letter of CODE: E, W or I. */
lkv_severity lkv_code_severity(const char *code);
/* "error", "warning" or "note". */
const char *lkv_severity_word(lkv_severity severity);

/* The explanation of CODE for `likvard help CODE`, or NULL. */
const char *lkv_code_explain(const char *code);
/* Codes in alphabetical order; NULL past the last. */
const char *lkv_code_at(size_t index);

#endif
