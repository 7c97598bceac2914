/* What a cell of the proof says, in the auditor's words. */
#ifndef LKV_DISCLOSE_STATEMENT_H
#define LKV_DISCLOSE_STATEMENT_H

#include "disclose/facts.h"
#include "disclose/release.h"

/* Fields of a figure, in the order of results.csv. */
typedef enum {
    LKV_FIELD_VALUE,
    LKV_FIELD_ERROR,
    LKV_FIELD_LOW,
    LKV_FIELD_HIGH,
    LKV_FIELD_DF,
    LKV_FIELD_N,
    LKV_FIELD_SCHOOLS,
    LKV_FIELD_MISSING,
    LKV_FIELD_DETECTABLE,
    LKV_FIELDS
} lkv_field;

lkv_cell lkv_field_cell(const lkv_figure *figure, lkv_field field);

/* STAT is count, pct, mean, sum, or other where nothing linear is said. */
typedef struct lkv_statement {
    const char *stat;
    const lkv_where *dims, *base; /* lent by the facts, or NULL */
    uint16_t outcome; /* of a mean or sum, or LKV_NO_VALUE */
} lkv_statement;

/* FIELD of estimate NUMBER. The value at a level that is no secret is "other":
 * what it tells of those that are is told by lkv_statement_levels.
 */
lkv_statement lkv_statement_of(const lkv_facts *facts, size_t number,
                               lkv_field field);
lkv_statement lkv_statement_other(void);

/* Leaves of every axis that no statement and no implication tells apart, as
 * classes: the smallest form in which the proof can be audited.
 */
typedef struct lkv_classes {
    const lkv_facts *facts;
    bool **used; /* by axis and value: leaves, then groups */
    uint16_t **first; /* by axis and leaf: the first leaf of its class */
} lkv_classes;

lkv_classes *lkv_classes_new(const lkv_facts *facts);
void lkv_classes_free(lkv_classes *classes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_classes, lkv_classes_free)

/* dim,value,members: the classes of every axis that is used, each by the name
 * of a leaf or group that is the same, then the groups; g_free.
 */
char *lkv_classes_csv(const lkv_classes *classes);

#endif
