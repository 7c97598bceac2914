/* Pieces: what a reader does not know, cut where nothing hangs together. */
#ifndef LKV_DISCLOSE_PIECES_H
#define LKV_DISCLOSE_PIECES_H

#include "disclose/view.h"

/* The nodes of each piece, sorted, and what it was CUT by (uint64_t: the same for
 * the same outcomes in every state of the view; 0 for what is whole).
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

/* Nodes of a piece that is not cut. */
enum { LKV_BLOCK_MOST = 400 };

/* The pieces of VIEW as it is drawn now: those over schools that are small enough,
 * then those inside schools that lie in none of them; what the two are cut by is
 * told apart. All of them, or those that hold a node of AROUND (uint32_t).
 */
lkv_pieces lkv_pieces_of(const lkv_view *view, const GArray *around);

#endif
