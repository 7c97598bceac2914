/* Windows: what hangs together but is too large for a solver, cut by outcomes. */
#ifndef LKV_DISCLOSE_WINDOWS_H
#define LKV_DISCLOSE_WINDOWS_H

#include "disclose/view.h"

/* Pieces of what hangs together: the nodes of each one, sorted, and what it was
 * CUT by (uint64_t: the same for the same outcomes in every state of the view; 0
 * for what is whole).
 */
typedef struct lkv_pieces {
    lkv_lists nodes;
    GArray *cut;
} lkv_pieces;
lkv_pieces lkv_pieces_new(void);
void lkv_pieces_free(lkv_pieces *pieces);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(lkv_pieces, lkv_pieces_free)
void lkv_pieces_add(lkv_pieces *pieces, const uint32_t *node, size_t nodes,
                    uint64_t cut);

/* Adds to PIECES windows of NODES (sorted; unknown): those that name no outcome,
 * with those of one outcome or of several that some node names together, and of
 * outcomes that an implication binds to these as far as MOST nodes allow.
 */
void lkv_windows_cut(const lkv_view *view, const uint32_t *node, size_t nodes,
                     size_t most, lkv_pieces *pieces);

#endif
