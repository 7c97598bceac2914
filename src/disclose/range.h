/* The range of a number: the least and the most that a node of a block can
 * have in any tables of whole pupils that agree with all that is known.
 *
 * Tables are sought with linear and integer programming (GLPK), and each is
 * then checked in whole numbers against every sum, share and pair. Where whole
 * tables are too hard to find, tables of parts of pupils count: what linear
 * programming tells, which is all that most could do.
 */
#ifndef LKV_DISCLOSE_RANGE_H
#define LKV_DISCLOSE_RANGE_H

#include "disclose/blocks.h"

typedef struct lkv_range lkv_range;

/* Of BLOCK. To be freed by the thread that made it, which may hold one at a
 * time: the solver's memory is the thread's.
 */
lkv_range *lkv_range_new(const lkv_view *view, const lkv_blocks *blocks,
                         size_t block);
void lkv_range_free(lkv_range *range);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_range, lkv_range_free)

/* Looks for tables that put the nodes WANTED (bool by place in the block) at
 * least ENOUGH apart, many at a time. Unsets WANTED where it has found some.
 */
void lkv_range_look(lkv_range *range, bool *wanted, int64_t enough);

/* Whether tables found so far put the node at PLACE ENOUGH apart. */
bool lkv_range_apart(const lkv_range *range, size_t place, int64_t enough);

/* Numbers of the node at PLACE if pupils could be cut in parts: what linear
 * programming tells a reader. It may stop when whole tables are ENOUGH apart.
 */
lkv_interval lkv_range_of_parts(lkv_range *range, size_t place, int64_t enough);

/* Numbers of the node at PLACE in whole tables; where these are too hard to
 * find, as above.
 */
lkv_interval lkv_range_of(lkv_range *range, size_t place, int64_t enough);

/* Of GLPK, which decides with what is hidden. */
const char *lkv_range_glpk_version(void);

#endif
