/* A walk over a lattice, nearest nodes first: from a node to those that stand
 * in a sum with it, or are implied.
 */
#ifndef LKV_DISCLOSE_WALK_H
#define LKV_DISCLOSE_WALK_H

#include <stdbool.h>

#include "disclose/view.h"

typedef struct lkv_walk {
    const lkv_view *view;
    bool inside; /* not over sums of several schools */
    GArray *met; /* uint32_t: nodes in the order they were met */
    bool *seen; /* of each node */
} lkv_walk;

/* From NODE, which is met. */
lkv_walk lkv_walk_from(const lkv_view *view, uint32_t node, bool inside);
void lkv_walk_clear(lkv_walk *walk);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(lkv_walk, lkv_walk_clear)

/* Meets the neighbours of NODE. */
void lkv_walk_on(lkv_walk *walk, uint32_t node);

/* The school, or set of schools, that NODE is of; LKV_SET_ALL of the district. */
uint16_t lkv_walk_school(const lkv_view *view, uint32_t node);

#endif
