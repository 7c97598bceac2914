/* Windows: what hangs together but is too large for a solver, cut by outcomes. */
#ifndef LKV_DISCLOSE_WINDOWS_H
#define LKV_DISCLOSE_WINDOWS_H

#include "disclose/pieces.h"

/* Adds to PIECES windows of NODES (sorted; unknown): those that name no outcome,
 * with those of one outcome or of several that some node names together, and of
 * outcomes that an implication binds to these as far as MOST nodes allow.
 */
void lkv_windows_cut(const lkv_view *view, const uint32_t *node, size_t nodes,
                     size_t most, lkv_pieces *pieces);

#endif
