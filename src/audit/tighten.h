/* What a reader can work out crowd by crowd: intervals, drawn tight by every
 * sum, share and implication in turn until nothing moves, in whole pupils. Each
 * end remembers what moved it, so that the way to it can be told.
 *
 * Never narrower than what is possible; linear programming may find narrower.
 */
#ifndef LKV_AUDIT_TIGHTEN_H
#define LKV_AUDIT_TIGHTEN_H

#include "audit/net.h"

typedef struct lkv_ends {
    int64_t low, high;
} lkv_ends;

typedef struct lkv_tight lkv_tight;

/* Of NET (lent). LINEAR leaves shares to linear programming, which may cut
 * pupils in parts.
 */
lkv_tight *lkv_tight_new(const lkv_net *net, bool linear);
void lkv_tight_free(lkv_tight *tight);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_tight, lkv_tight_free)

/* Whether some table may agree with the cells, as far as can be seen here; if
 * not, where they clash.
 */
bool lkv_tight_possible(const lkv_tight *tight, uint32_t *crowd);

lkv_ends lkv_tight_of(const lkv_tight *tight, uint32_t crowd);
/* What the cells themselves say of CROWD. */
lkv_ends lkv_tight_told(const lkv_tight *tight, uint32_t crowd);
/* A cell that tells it, or UINT32_MAX. */
uint32_t lkv_tight_teller(const lkv_tight *tight, uint32_t crowd, bool low);

/* What a recipe is made of: cells and implications, once each, in the order in
 * which they are come upon.
 */
typedef struct lkv_recipe {
    GArray *cells, *implications; /* uint32_t */
} lkv_recipe;
lkv_recipe lkv_recipe_new(void);
void lkv_recipe_clear(lkv_recipe *recipe);
void lkv_recipe_cell(lkv_recipe *recipe, uint32_t cell);
void lkv_recipe_implication(lkv_recipe *recipe, uint32_t implication);

/* Adds what moved the end of CROWD to where it is. */
void lkv_tight_explain(const lkv_tight *tight, uint32_t crowd, bool low,
                       lkv_recipe *recipe);

#endif
