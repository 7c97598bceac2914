/* A view: what a set of audiences together may see of one population, and what
 * must stay unknown to whoever sees it.
 */
#ifndef LKV_DISCLOSE_VIEW_H
#define LKV_DISCLOSE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "disclose/bounds.h"
#include "disclose/decision.h"
#include "disclose/lattice.h"

/* Audiences whose releases are read together; hiding hides from them all, but
 * not what the LEDGER of earlier releases tells (of each fact; or NULL).
 */
typedef struct lkv_readers {
    lkv_audience *const *audience;
    size_t audiences;
    const lkv_fate *ledger;
} lkv_readers;

typedef struct lkv_view {
    const lkv_facts *facts;
    const lkv_lattice *lattice;
    lkv_readers readers;
    int64_t few; /* most pupils of a count that must not be told */
    int64_t base_least;
    uint32_t *fact; /* facts of the population */
    size_t fact_count;
    lkv_lists giving; /* facts that tell each node's number */
    lkv_lists leaning; /* facts about a group of pupils, by its node */
    uint32_t *rest_of; /* of each fact: the node of its others */
    GHashTable *means; /* lkv_estimate by the fact that is its mean */
    int64_t *truth; /* of each node: its number, or the least it can be */
    bool *empty; /* of each node: that nobody is there follows from what every
                  * reader is told whatever is hidden */
    /* Of each node: what earlier releases alone tell of it; or NULL. */
    lkv_interval *before;
    uint64_t *content; /* of each node: what its school's table looks like */
    lkv_known known;
    lkv_bounds *bounds; /* of what is known */
    const lkv_interval *drawn; /* what a reader can work out: their intervals */
    GArray *trail; /* lkv_change of what is known, or NULL */
    const lkv_stop *stop; /* lent; or NULL */
    bool naive; /* the reader does not infer a base from the steps in which
                 * bounds of shares come */
    bool last_resort; /* figures of the whole district may be hidden too */
} lkv_view;

/* NULL with a report when the figures contradict each other. SCHOOL_CONTENT
 * is by leaf of the axis of schools.
 */
lkv_view *lkv_view_new(const lkv_facts *facts, const lkv_lattice *lattice,
                       lkv_readers readers, const uint64_t *school_content,
                       lkv_diag *diag);
void lkv_view_free(lkv_view *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_view, lkv_view_free)

/* LKV_NO_CROWD if CROWD has no node here. */
uint32_t lkv_view_node(const lkv_view *view, uint32_t crowd);

/* Knows nothing but that nobody is where every reader is told so. */
void lkv_view_know_nobody(lkv_view *view);
/* Fills what is known from the fates as they are now, and draws it. */
void lkv_view_look(lkv_view *view);

/* Adds what FACT tells now to what is known, as lkv_view_look does. Nodes that
 * are known better, as they were, are added to TRAIL (lkv_change).
 */
void lkv_view_tell(lkv_view *view, uint32_t fact, GArray *trail);
/* Node of the group of pupils that FACT is about, whatever their outcomes. */
uint32_t lkv_view_group(const lkv_view *view, uint32_t fact);

/* How many facts no reader sees. */
size_t lkv_view_hidden(const lkv_view *view);
/* The most that any reader may see of FACT. */
lkv_fate lkv_view_fate(const lkv_view *view, uint32_t fact);
/* A node is hidden with all that tells its number, and of a group of pupils
 * with all about it, since who knows the numbers with a grade nearly knows the
 * group's. THINLY hides exact numbers of pupils alone and leaves shares and
 * means: enough to blur how many are missing.
 */

/* Whether hiding NODE would take anything from the readers, and is allowed. */
bool lkv_view_may_hide(const lkv_view *view, uint32_t node, bool thinly);
/* How many facts hiding NODE would take away. */
size_t lkv_view_cost(const lkv_view *view, uint32_t node);
void lkv_view_hide(lkv_view *view, uint32_t node, bool thinly);
/* Whether hiding FACT would take something from the readers: not what was told
 * before.
 */
bool lkv_view_may_hide_fact(const lkv_view *view, uint32_t fact);
/* Hides FACT alone from all readers, for the sake of others. */
void lkv_view_hide_fact(const lkv_view *view, uint32_t fact);

/* Node whose number FACT tells, LKV_NO_CROWD if it is not in the lattice: the
 * part of a share, else the base.
 */
uint32_t lkv_view_told(const lkv_view *view, uint32_t fact);

/* Whether INTERVAL tells too much about NODE: of a secret, or undoing an "at
 * least" or "at most" that is printed.
 */
bool lkv_view_leaks(const lkv_view *view, uint32_t node, lkv_interval interval);

/* Order of nodes by size, as far as a reader can know it (DRAWN). */
int lkv_view_compare(const lkv_view *view, uint32_t a, uint32_t b);
/* The same, ties by content: the order must not depend on what is hidden, or
 * the pattern of what is hidden would tell it.
 */
int lkv_view_order(const lkv_view *view, uint32_t a, uint32_t b);
void lkv_view_sort(const lkv_view *view, uint32_t *nodes, size_t count);

/* Content of the schools by leaf: a hash of the numbers of each one's own
 * table that READERS may all see by the rules alone, which no code, no name
 * and no secret enters; g_free.
 */
uint64_t *lkv_view_contents(const lkv_facts *facts, lkv_readers readers);

#endif
