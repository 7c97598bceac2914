/* Blocks: what a reader does not know, cut where nothing hangs together.
 *
 * Nodes whose number is known part the lattice: two others belong to one block
 * when a sum, a rounded share or an implication among the pupils of one school
 * (or of the district as a whole) binds them to each other. Sums over schools
 * are left out, so the numbers that a block allows are never too narrow; what
 * such sums say alone is in the intervals already.
 */
#ifndef LKV_DISCLOSE_BLOCKS_H
#define LKV_DISCLOSE_BLOCKS_H

#include "disclose/view.h"

/* Rows by block: nodes, and the sums, ratios (of what is known) and pairs
 * (below) that bind them. PLACE is of each node: where it stands in its block.
 */
typedef struct lkv_blocks {
    size_t count;
    lkv_lists nodes, sums, ratios, pairs;
    uint32_t *of; /* block of each node; LKV_NO_BLOCK if it is known */
    uint32_t *place;
} lkv_blocks;

#define LKV_NO_BLOCK UINT32_MAX

/* Of VIEW as it is drawn now. */
lkv_blocks *lkv_blocks_new(const lkv_view *view);
void lkv_blocks_free(lkv_blocks *blocks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_blocks, lkv_blocks_free)

#endif
