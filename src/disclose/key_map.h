/* A map of keys from the frame of one run to that of another, by the ids of
 * what they name: an outcome, a school or a group may have another number in
 * each run.
 */
#ifndef LKV_DISCLOSE_KEY_MAP_H
#define LKV_DISCLOSE_KEY_MAP_H

#include <stdbool.h>

#include "base/frame.h"
#include "base/key.h"

typedef struct lkv_key_map lkv_key_map;

/* Both frames are lent. */
lkv_key_map *lkv_key_map_new(const lkv_frame *from, const lkv_frame *into);
void lkv_key_map_free(lkv_key_map *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_key_map, lkv_key_map_free)

/* KEY in the frame that is mapped INTO; false when something it names is not
 * there.
 */
bool lkv_key_map_find(const lkv_key_map *map, const lkv_key *key,
                      lkv_key *into);

#endif
