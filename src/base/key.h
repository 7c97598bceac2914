/* The key of a figure, and the words that describe its value. Shared by
 * results and releases; holds no figure.
 */
#ifndef LKV_BASE_KEY_H
#define LKV_BASE_KEY_H

#include <stdbool.h>
#include <stdint.h>

typedef enum {
    LKV_NO_TARGET,
    LKV_THESE_SCHOOLS, /* another, similar year group at the same schools */
    LKV_SCHOOLS_LIKE_THESE /* other schools of the same kind */
} lkv_target;

/* Numbers of the frame. GROUP_BY is 1 + a group's number, or 0; GROUP and
 * REFERENCE are values on its axis or LKV_NO_VALUE; COMPONENT 0 is "". Sorted
 * field by field, this is the order of results.csv.
 */
typedef struct lkv_key {
    uint16_t population, variant, unit, outcome, measure, component, group_by,
        group, reference, target;
} lkv_key;

int lkv_key_compare(const lkv_key *a, const lkv_key *b);

typedef enum {
    LKV_UNIT_NONE,
    LKV_UNIT_SHARE, /* 0 … 1, printed as per cent */
    LKV_UNIT_SHARE_POINTS, /* difference of shares: percentage points */
    LKV_UNIT_POINTS,
    LKV_UNIT_POINTS2,
    LKV_UNIT_COUNT,
    LKV_UNIT_RATIO,
    LKV_UNIT_PROBABILITY,
    LKV_UNITS
} lkv_value_unit;
/* "share", "points" … as in results.csv. */
const char *lkv_value_unit_id(lkv_value_unit unit);

/* Estimator and interval: id as in results.csv, see base/methods.def. */
typedef enum {
    LKV_METHOD_NONE,
#define LKV_METHOD(name, id, meaning) LKV_METHOD_##name,
#include "base/methods.def"
#undef LKV_METHOD
    LKV_METHODS
} lkv_method;
const char *lkv_method_id(lkv_method method);

/* Why an estimate is not estimable or does not apply; see base/reasons.def. */
typedef enum {
    LKV_REASON_NONE,
#define LKV_REASON(name, id) LKV_REASON_##name,
#include "base/reasons.def"
#undef LKV_REASON
    LKV_REASONS
} lkv_reason;
const char *lkv_reason_id(lkv_reason reason);
/* What is to be known of an estimate that has a value, a bit each, so that no
 * note takes the place of another; see base/notes.def.
 */
enum {
#define LKV_NOTE(name, id, meaning) LKV_NOTE_NUMBER_##name,
#include "base/notes.def"
#undef LKV_NOTE
    LKV_NOTES
};
typedef enum {
    LKV_NOTE_NONE = 0,
#define LKV_NOTE(name, id, meaning)                                            \
    LKV_NOTE_##name = 1 << LKV_NOTE_NUMBER_##name,
#include "base/notes.def"
#undef LKV_NOTE
} lkv_note;
/* Some of them, or'd. */
typedef uint16_t lkv_notes;
/* Their ids, parted by blanks; "" for none. g_free. */
char *lkv_notes_text(lkv_notes notes);
/* The same read; false where a word is no note. */
bool lkv_notes_read(const char *text, lkv_notes *notes);
/* Whether REASON says that the question does not apply at all, rather than
 * that these data cannot answer it.
 */
int lkv_reason_not_applicable(lkv_reason reason);

#endif
