/* A dive for a table: numbers are settled one by one, each as it is wished, and
 * what follows for the others is drawn at once; where nothing is left to them,
 * the last wish is turned back.
 *
 * (Bounds consistency with chronological backtracking, as in constraint
 * programming; Apt 2003, chapters 6 and 8.)
 */
#ifndef LKV_DISCLOSE_DIVE_H
#define LKV_DISCLOSE_DIVE_H

#include "disclose/system.h"

typedef struct lkv_dive lkv_dive;

/* Of SYSTEM, which is lent. */
lkv_dive *lkv_dive_new(const lkv_system *system);
void lkv_dive_free(lkv_dive *dive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_dive, lkv_dive_free)

/* Looks for a table with the places that PUSH names (1 up, -1 down, 0 anywhere)
 * as far as can be seen, and the others near TABLE, which it fills. False when
 * none is found in the steps that a dive may take.
 */
bool lkv_dive_for(lkv_dive *dive, const int8_t *push, int64_t *table);

#endif
