/* private/certificate.json: by which rules a run was protected, what became of
 * its figures, and which check says so.
 */
#ifndef LKV_APP_CERTIFICATE_H
#define LKV_APP_CERTIFICATE_H

#include "app/handle.h"

/* Of RUN, as JSON; g_free. */
char *lkv_certificate_text(const likvard *run);

/* Of the run in FOLDER: fewer pupils than this are to stay unknown, for the
 * strictest of its audiences; 0 when no certificate says.
 */
int lkv_certificate_threshold(const char *folder);

#endif
