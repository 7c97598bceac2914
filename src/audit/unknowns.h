/* Unknowns: what is not known of a population, as linear constraints.
 *
 * Columns are head counts of micro cells that a reader does not know, and sums
 * of points in micro cells. Rows are what published cells, implications and
 * tables that share a margin say of them. What is known is put in, so the
 * system falls apart: columns that rows of one school bind to each other make a
 * part, and parts that any row binds make a whole.
 */
#ifndef LKV_AUDIT_UNKNOWNS_H
#define LKV_AUDIT_UNKNOWNS_H

#include "audit/tighten.h"

typedef enum {
    LKV_ROW_COUNT, /* of crowd NUMBER */
    LKV_ROW_SHARE, /* quota NUMBER */
    LKV_ROW_WITHIN, /* within NUMBER */
    LKV_ROW_TIE, /* the same crowd in two tables */
    LKV_ROW_MEAN, /* cell NUMBER */
    LKV_ROW_SCALE /* least and most points of so many pupils */
} lkv_row_kind;

/* LOW <= sum of terms FIRST … FIRST + COUNT - 1 <= HIGH; infinite ends where
 * there is none.
 */
typedef struct lkv_unknowns_row {
    uint32_t first, count;
    double low, high;
    lkv_row_kind kind;
    uint32_t number;
    bool across; /* binds columns of several schools */
} lkv_unknowns_row;

/* ZERO fills a gap, so that equal terms have equal bytes. */
typedef struct lkv_unknowns_term {
    uint32_t column, zero;
    double times;
} lkv_unknowns_term;

typedef struct lkv_column {
    double low, high;
    uint32_t crowd; /* a micro cell */
    bool points; /* a sum of points, not a head count */
    uint16_t block; /* the school */
    uint32_t part, whole;
} lkv_column;

/* CONSTANT + sum of columns: a count, or a sum of points. */
typedef struct lkv_form {
    double constant;
    GArray *column; /* uint32_t */
} lkv_form;

typedef struct lkv_unknowns {
    const lkv_net *net;
    const lkv_tight *tight;
    GArray *columns; /* lkv_column */
    GArray *rows; /* lkv_unknowns_row */
    GArray *terms; /* lkv_unknowns_term */
    GArray *rows_at, *rows_of; /* rows of each column: ROWS_AT has one more */
    size_t parts, wholes;
    uint32_t *column_of; /* of each crowd: its head count, or LKV_NO_COLUMN */
    GHashTable *said; /* hash of a row's terms to 1 + the first that has them */
    bool *counted; /* of each crowd: a row of its first table has been made */
    GPtrArray *tables_of; /* GArray of uint16_t by scale: spans */
    GPtrArray *points_of; /* uint32_t * by scale: of each crowd, or NULL */
} lkv_unknowns;

#define LKV_NO_COLUMN UINT32_MAX

lkv_unknowns *lkv_unknowns_new(const lkv_net *net, const lkv_tight *tight);
void lkv_unknowns_free(lkv_unknowns *system);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_unknowns, lkv_unknowns_free)

/* How many are in CROWD. */
lkv_form lkv_unknowns_count(const lkv_unknowns *system, uint32_t crowd);
/* Points of CROWD on SCALE; false if no mean speaks of it. */
bool lkv_unknowns_points(const lkv_unknowns *system, uint32_t crowd,
                         uint16_t scale, lkv_form *form);

#endif
