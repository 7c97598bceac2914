/* Reading a JSON value as what it should be; a fault is reported with the
 * path of its key, and once a reading has failed nothing more is reported.
 */
#ifndef LKV_DISCLOSE_JSON_H
#define LKV_DISCLOSE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "base/diag.h"
#include "base/frame.h"

typedef struct lkv_json {
    const char *file;
    lkv_diag *diag;
    bool failed;
} lkv_json;

/* Reports that the value at FIELD is not WANTED. */
void lkv_json_fail(lkv_json *reader, const char *field, const char *wanted);

/* FIELD's member of OBJECT as a whole number from LEAST to MOST, a truth, a
 * text (NULL for null, only if NONE), an array or an object. 0, false or NULL
 * after a fault.
 */
int64_t lkv_json_whole(lkv_json *reader, const json_t *object,
                       const char *field, int64_t least, int64_t most);
bool lkv_json_truth(lkv_json *reader, const json_t *object, const char *field);
const char *lkv_json_text(lkv_json *reader, const json_t *object,
                          const char *field, bool none);
const json_t *lkv_json_array(lkv_json *reader, const json_t *object,
                             const char *field);
const json_t *lkv_json_object(lkv_json *reader, const json_t *object,
                              const char *field);
/* An item of an array (FIELD names the array): below LIMIT, or LKV_NO_VALUE
 * for null, only if NONE.
 */
uint16_t lkv_json_number(lkv_json *reader, const json_t *value,
                         const char *field, size_t limit, bool none);
/* Which of WORDS (NULL-terminated) VALUE is. */
size_t lkv_json_word(lkv_json *reader, const json_t *value, const char *field,
                     const char *const *words);

/* The frame of OBJECT, or NULL. */
lkv_frame *lkv_json_frame(lkv_json *reader, const json_t *object);

#endif
