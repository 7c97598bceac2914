/* Where words of a language may be divided: libhyphen and the patterns that are
 * installed for it.
 */
#ifndef LKV_RENDER_HYPHENS_H
#define LKV_RENDER_HYPHENS_H

#include <stddef.h>

#include <glib.h>

#include "base/diag.h"
#include "base/hash.h"

typedef struct lkv_hyphens lkv_hyphens;

/* The patterns of LANGUAGE ("sv"), shared by threads; NULL where none are
 * installed (then words are not divided), or where they cannot be read, with a
 * report in DIAG.
 */
lkv_hyphens *lkv_hyphens_load(const char *language, lkv_diag *diag);
void lkv_hyphens_free(lkv_hyphens *hyphens);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_hyphens, lkv_hyphens_free)

const char *lkv_hyphens_path(const lkv_hyphens *hyphens);
lkv_hash lkv_hyphens_hash(const lkv_hyphens *hyphens);

/* Byte offsets in TEXT at which its words may be divided, in order: array of
 * size_t. No word gets less than LKV_HYPHEN_LEAST letters on either side, and
 * none is divided where its spelling would change.
 */
enum { LKV_HYPHEN_LEAST = 4 };
GArray *lkv_hyphens_of(const lkv_hyphens *hyphens, const char *text,
                       size_t length);

#endif
