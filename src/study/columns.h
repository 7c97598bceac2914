/* The vocabulary of input tables: our fields, and what school systems call
 * them and their codes (reports/columns.yml).
 *
 * Headers and codes are compared folded (lkv_text_fold): letter case, spaces,
 * '-' and '_' do not count. All is const once read, so threads may share it.
 */
#ifndef LKV_STUDY_COLUMNS_H
#define LKV_STUDY_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/diag.h"
#include "study/study.h"

typedef enum {
    LKV_FIELD_PERSON, /* identifies a pupil: never shown, never written */
    LKV_FIELD_CODE, /* text by role, never by look: leading zeros stay */
    LKV_FIELD_YEAR, /* a school year, "2024/25" or 2025; or a date's year */
    LKV_FIELD_STAGE_YEAR, /* year of schooling, "9" or "åk 9" */
    LKV_FIELD_CATEGORY, /* one of CODES */
    LKV_FIELD_NUMBER,
    LKV_FIELD_DATE,
    LKV_FIELD_TEXT /* names: shown as they are */
} lkv_field_kind;

/* A code of a field. SYNONYMS are folded and NULL-terminated; the code itself
 * is always among them.
 */
typedef struct lkv_field_code {
    const char *code;
    const char *const *synonyms;
} lkv_field_code;

/* The first of CODES is the reference of gaps. */
typedef struct lkv_field {
    const char *id; /* "pupil_id", "sex" … */
    lkv_field_kind kind;
    bool required; /* the table is nothing without it */
    const char *const *synonyms; /* of the header: folded, NULL-terminated */
    const lkv_field_code *codes;
    size_t code_count;
} lkv_field;

typedef struct lkv_fields lkv_fields;

lkv_fields *lkv_fields_read(lkv_diag *diag);
void lkv_fields_free(lkv_fields *fields);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_fields, lkv_fields_free)

/* Fields of TABLE in the order of the file; NULL past the last. */
const lkv_field *lkv_fields_at(const lkv_fields *fields, lkv_table table,
                               size_t index);
/* The field of TABLE with this id, or NULL. */
const lkv_field *lkv_fields_find(const lkv_fields *fields, lkv_table table,
                                 const char *id);
/* The field that HEADER means in TABLE by its id or a synonym, or NULL. HEADER
 * is as in the file; it is folded here. A header that is a synonym of two
 * fields cannot occur: the file is refused at load.
 */
const lkv_field *lkv_fields_header(const lkv_fields *fields, lkv_table table,
                                   const char *header);
/* Our code for TEXT in FIELD, or NULL. TEXT is as in the file and is folded
 * here, so call it once per distinct text, not per row.
 */
const char *lkv_field_code_of(const lkv_field *field, const char *text);

/* "schools", "pupils", "grades", "tests", "attainment", "followup"; as in the study. */
const char *lkv_table_id(lkv_table table);

#endif
