/* The system of a block: what binds the numbers of its nodes to each other, as
 * linear bounds with whole coefficients.
 *
 * A table gives each node of the block a whole number; it agrees when it keeps
 * all bounds and each number lies in its node's interval.
 */
#ifndef LKV_DISCLOSE_SYSTEM_H
#define LKV_DISCLOSE_SYSTEM_H

#include "disclose/blocks.h"

/* LOW <= sum of coefficients times numbers <= HIGH, over TERMS from FIRST on;
 * an end of LKV_UNBOUNDED or more binds nothing.
 */
typedef struct lkv_bound {
    size_t first, terms;
    int64_t low, high;
} lkv_bound;

typedef struct lkv_system {
    size_t nodes;
    const uint32_t *node; /* of each place, lent */
    lkv_interval *interval; /* of each place */
    bool *rounded; /* of each place: in a rounded share */
    GArray *bounds; /* lkv_bound, in an order that depends on them alone */
    GArray *place; /* int, from 1 as solvers count: of each term */
    GArray *coefficient; /* int64_t: of each term */
    lkv_lists bounds_of; /* of each place */
} lkv_system;

/* Of BLOCK, whose lists are lent. */
lkv_system *lkv_system_new(const lkv_view *view, const lkv_blocks *blocks,
                           size_t block);
void lkv_system_free(lkv_system *system);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_system, lkv_system_free)

bool lkv_system_from(const lkv_bound *bound); /* whether LOW binds */
bool lkv_system_to(const lkv_bound *bound); /* whether HIGH binds */

/* Whether TABLE (a number of each place) agrees with all that is known. */
bool lkv_system_agrees(const lkv_system *system, const int64_t *table);

#endif
