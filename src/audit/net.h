/* Net: the crowds of one population that its cells speak of, and how their
 * numbers add up.
 *
 * Conditions that are printed together span a table; the widest of these are
 * kept. A table's micro cells are all combinations of leaves; its crowds are
 * those and every combination in which a dim is totalled over or is one of the
 * groups that are printed. Crowds of two tables with the same condition are the
 * same pupils, which ties the tables.
 */
#ifndef LKV_AUDIT_NET_H
#define LKV_AUDIT_NET_H

#include "audit/evidence.h"

/* PARENT has the pupils of CHILD[FIRST] … CHILD[FIRST + COUNT - 1], taken
 * apart by DIM: by leaves, or by a group and the leaves outside it.
 */
typedef struct lkv_split {
    uint32_t parent, first, count;
    uint16_t dim;
} lkv_split;

/* SMALL has at most the pupils of LARGE, by implication VIA. */
typedef struct lkv_within {
    uint32_t small, large, via;
    bool leaf; /* between leaves: what others follow from */
} lkv_within;

/* LOW * base <= UNIT * part <= HIGH * base, by cell VIA. */
typedef struct lkv_quota {
    uint32_t base, part, via;
    int64_t low, high, unit;
} lkv_quota;

/* A table: its dims, ascending, in a condition without values. */
typedef struct lkv_span {
    uint16_t dims;
    uint16_t dim[LKV_CONDITION_TERMS];
} lkv_span;

enum { LKV_NET_MOST = 600000 }; /* crowds */
#define LKV_NO_CROWD_HERE UINT32_MAX

typedef struct lkv_net {
    const lkv_evidence *evidence;
    uint16_t population;
    GArray *cells; /* uint32_t: those of the population */
    GArray *spans; /* lkv_span */
    GPtrArray *groups; /* GArray of uint16_t by dim: groups in use */
    GArray *crowd; /* lkv_condition */
    GArray *span_of; /* uint16_t: the span a crowd is a micro cell of, or
                      * LKV_NO_SPAN */
    GHashTable *find; /* condition to 1 + number */
    GArray *splits; /* lkv_split */
    GArray *child; /* uint32_t */
    GArray *splits_of; /* uint32_t: first split of each crowd, one more behind;
                        * splits are in the order of parents */
    GArray *withins; /* lkv_within */
    GArray *none; /* lkv_within: SMALL is nobody, by implication VIA */
    GArray *quotas; /* lkv_quota */
} lkv_net;

#define LKV_NO_SPAN UINT16_MAX

/* Of what the runs of the bits RUNS say. NULL with a report when the tables are
 * too large.
 */
lkv_net *lkv_net_new(const lkv_evidence *evidence, uint16_t population,
                     uint64_t runs, lkv_diag *diag);
void lkv_net_free(lkv_net *net);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_net, lkv_net_free)

/* Fills withins and none; of lkv_net_new. */
void lkv_net_imply(lkv_net *net);

/* LKV_NO_CROWD_HERE if no table has it. */
uint32_t lkv_net_find(const lkv_net *net, const lkv_condition *where);
bool lkv_span_has(const lkv_span *span, const lkv_condition *where);

/* Appends to OUT (uint32_t) the micro cells of SPAN that make up CROWD. */
void lkv_net_micro(const lkv_net *net, uint32_t crowd, uint16_t span,
                   GArray *out);
/* The first table that has CROWD. */
uint16_t lkv_net_home(const lkv_net *net, uint32_t crowd);

#endif
