/* Evidence: what a reader of one or several runs can see, read from their proof
 * files and from nothing else.
 *
 * The format is that of private/ in a run folder (docs/disclosure.md): every
 * printed number at each of its places, every hidden cell, the categories, what
 * follows from what, populations with persons in common and scales. Nothing of
 * the program that made the files is used, so that what it decided can be held
 * against what they say.
 */
#ifndef LKV_AUDIT_EVIDENCE_H
#define LKV_AUDIT_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"

enum {
    LKV_CONDITION_TERMS = 8,
    LKV_RUNS_MOST = 64,
    LKV_MILLION = 1000000 /* per cents, means and sums are in millionths */
};

#define LKV_NO_END (INT64_C(1) << 60)

/* "school=17;sex=f": terms in the order of DIM, each of another; what is not
 * used is zero, so equal conditions have equal bytes.
 */
typedef struct lkv_condition {
    uint16_t terms;
    uint16_t dim[LKV_CONDITION_TERMS], value[LKV_CONDITION_TERMS];
} lkv_condition;

typedef enum {
    LKV_SAYS_COUNT,
    LKV_SAYS_PCT,
    LKV_SAYS_MEAN,
    LKV_SAYS_SUM,
    LKV_SAYS_OTHER
} lkv_says;

typedef enum { LKV_CELL_PUBLISHED, LKV_CELL_HIDDEN, LKV_CELL_NONE } lkv_cell_is;

/* A row of published-cells.csv. LOW and HIGH are what a reader may take from
 * it, -LKV_NO_END and LKV_NO_END where it says nothing: a count in pupils,
 * others in millionths. A range is printed with its ends, not rounded.
 */
typedef struct lkv_evidence_cell {
    lkv_says says;
    lkv_cell_is is;
    bool range;
    bool based; /* count: BASE is given, of whom it is a part */
    uint8_t decimals;
    uint8_t run; /* number of the run that says it */
    uint16_t population;
    uint16_t scale; /* of a mean or sum */
    int64_t low, high;
    lkv_condition where; /* of a per cent: beside BASE */
    lkv_condition base; /* of a per cent */
    uint32_t report; /* number of "district/t1" */
} lkv_evidence_cell;

/* The values of a dim: leaves, and groups of leaves. */
typedef struct lkv_dim {
    char *name;
    GPtrArray *value; /* char * */
    GPtrArray *members; /* GArray of uint16_t, ascending: leaves of each value,
                         * itself if it is one */
    GArray *leaves; /* uint16_t: the values that are leaves */
    GHashTable *find; /* name to 1 + number */
    uint64_t declared; /* by the runs of these bits */
    GArray *told_by; /* uint64_t: the same of each value */
} lkv_dim;

/* Everyone with A has B, by the rows VIA (uint32_t) of implications.csv, or by
 * several at once.
 */
typedef struct lkv_follows {
    lkv_condition a, b;
    GArray *chain; /* lkv_condition: from A to B */
} lkv_follows;

/* ASSUMED: two runs call them the same, but some number has moved. */
typedef struct lkv_overlap_row {
    uint16_t a, b; /* populations */
    int64_t only_a, only_b;
    bool assumed;
} lkv_overlap_row;

/* What a population is called, in the runs of these bits. */
typedef struct lkv_origin {
    char *id;
    uint64_t runs;
} lkv_origin;

/* Points of an outcome, in millionths. STEP 0: not known. */
typedef struct lkv_scale_row {
    char *name;
    int64_t least, most, step;
} lkv_scale_row;

typedef struct lkv_evidence {
    GPtrArray *dims; /* lkv_dim */
    GHashTable *find_dim;
    GPtrArray *runs; /* char *: what each run is called */
    GPtrArray *populations; /* char * */
    GArray *origins; /* lkv_origin of each population */
    GHashTable *find_population;
    GPtrArray *reports; /* char * */
    GHashTable *find_report;
    GArray *cells; /* lkv_evidence_cell */
    GArray *implications; /* lkv_follows */
    GArray *overlaps; /* lkv_overlap_row */
    GArray *scales; /* lkv_scale_row */
} lkv_evidence;

lkv_evidence *lkv_evidence_new(void);
void lkv_evidence_free(lkv_evidence *evidence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_evidence, lkv_evidence_free)

/* Adds what the files of FOLDER (the private/ of a run that is called LABEL) say,
 * of LKV_RUNS_MOST runs at most. False with a report of the file and line when
 * one is missing or damaged, or means something else by a name than a run before.
 */
bool lkv_evidence_read(lkv_evidence *evidence, const char *folder,
                       const char *label, lkv_diag *diag);
/* To be called once all is read. Populations of the same id in two runs become
 * one if no printed number says that they are not; else they count as different
 * by a few pupils. What follows from several implications is added.
 */
void lkv_evidence_close(lkv_evidence *evidence);
/* The first; of lkv_evidence_close. */
void lkv_evidence_join(lkv_evidence *evidence);

/* Whether IMPLICATIONS have A and B. */
bool lkv_evidence_implied(const GArray *implications, const lkv_condition *a,
                          const lkv_condition *b);
/* Text that is the same for cells that say the same of the same conditions,
 * whatever their population; g_free.
 */
char *lkv_evidence_key(const lkv_evidence_cell *cell);

const lkv_dim *lkv_evidence_dim(const lkv_evidence *evidence, uint16_t dim);
/* Leaves of VALUE of DIM. */
const GArray *lkv_evidence_members(const lkv_evidence *evidence, uint16_t dim,
                                   uint16_t value);

/* A and, on dims that A does not name, B. */
lkv_condition lkv_condition_and(const lkv_condition *a, const lkv_condition *b);
/* Puts VALUE on DIM, instead of another if there is one. */
void lkv_condition_set(lkv_condition *where, uint16_t dim, uint16_t value);
void lkv_condition_drop(lkv_condition *where, uint16_t dim);
/* Place of DIM among the terms, or -1. */
int lkv_condition_find(const lkv_condition *where, uint16_t dim);
guint lkv_condition_hash(gconstpointer condition);
gboolean lkv_condition_equal(gconstpointer a, gconstpointer b);
/* Whether everyone of X is told to satisfy Y, term by term. */
bool lkv_evidence_has(const lkv_evidence *evidence, const lkv_condition *x,
                      const lkv_condition *y);

/* Words for people: "school=17; sex=f", "everyone". */
void lkv_evidence_where(const lkv_evidence *evidence,
                        const lkv_condition *where, GString *out);
/* "count [school=17; sex=f]", "share [goal=yes of school=17]"; what it says. */
void lkv_evidence_name(const lkv_evidence *evidence,
                       const lkv_evidence_cell *cell, GString *out);
void lkv_evidence_value(const lkv_evidence_cell *cell, GString *out);

#endif
