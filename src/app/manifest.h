/* What went in, what came out, and by what: the papers of a run. */
#ifndef LKV_APP_MANIFEST_H
#define LKV_APP_MANIFEST_H

#include <glib.h>

#include "app/handle.h"
#include "app/rendering.h"
#include "base/publish.h"

/* manifest.json: program and libraries, study, inputs, outputs so far in STAGE
 * with their hashes; g_free.
 */
char *lkv_manifest_text(const likvard *run, const lkv_rendering *rendering,
                        const lkv_stage *stage);
/* SHA256SUMS over the files in STAGE; g_free. */
char *lkv_manifest_sums(const lkv_stage *stage);

#endif
