/* The ledger of a study: releases of earlier runs, read back. */
#ifndef LKV_APP_LEDGER_H
#define LKV_APP_LEDGER_H

#include <glib.h>

#include "base/diag.h"
#include "base/frame.h"
#include "study/study.h"

/* Releases (lkv_release) of all audiences of the runs that STUDY names, which
 * are of the district of FRAME; NULL with a report when one is not, cannot be
 * read, or is no run.
 */
GPtrArray *lkv_ledger_read(const lkv_study *study, const lkv_frame *frame,
                           lkv_diag *diag);

/* Adds the releases of the run in FOLDER to RELEASES: of the district of FRAME, or
 * of any (NULL). False with a report as above.
 */
bool lkv_ledger_read_run(GPtrArray *releases, const char *folder,
                         const lkv_frame *frame, lkv_diag *diag);

#endif
