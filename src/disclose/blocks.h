/* Blocks: what a reader does not know, cut where nothing hangs together.
 *
 * Nodes whose number is known part the lattice: two others belong to one block
 * when a sum, a rounded share or an implication among the pupils of one school
 * (or of the district as a whole) binds them to each other. Sums over schools
 * are left out, so the numbers that a block allows are never too narrow; what
 * such sums say alone is in the intervals already.
 *
 * What is too large for a solver is cut further, into windows that overlap: all
 * nodes that name no outcome, with those of one outcome (or of several that are
 * told of together). An implication between outcomes is then left to intervals.
 */
#ifndef LKV_DISCLOSE_BLOCKS_H
#define LKV_DISCLOSE_BLOCKS_H

#include "disclose/pieces.h"
#include "disclose/points.h"

/* Rows by block: nodes (in lkv_view_order, so that what is tried first does not
 * depend on the order of schools), and the sums, ratios (of what is known) and
 * pairs (below) that bind them. OF: the blocks of each node, none if it is
 * known, several if it is in windows.
 */
typedef struct lkv_blocks {
    size_t count;
    lkv_lists nodes, sums, ratios, pairs;
    lkv_lists of;
    GArray *cut; /* uint64_t of each block: a block of other nodes by the same
                  * number is the same one in another state of the view */
    const GPtrArray *points; /* lkv_points; lent */
    /* The nodes of each block by number; where each stands among its nodes. */
    lkv_lists sorted, place;
} lkv_blocks;

/* Of VIEW as it is drawn now, and its POINTS: all, or those that hold a node of
 * AROUND (uint32_t, sorted).
 */
lkv_blocks *lkv_blocks_new(const lkv_view *view, const GPtrArray *points,
                           const GArray *around);
void lkv_blocks_free(lkv_blocks *blocks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_blocks, lkv_blocks_free)

/* Where NODE stands among the nodes of BLOCK; LKV_NO_PLACE if it does not. */
size_t lkv_blocks_place(const lkv_blocks *blocks, size_t block, uint32_t node);

#endif
