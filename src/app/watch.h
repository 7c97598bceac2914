/* Ctrl-C and TERM: nothing half-written stays behind. */
#ifndef LKV_APP_WATCH_H
#define LKV_APP_WATCH_H

#include <glib.h>

#include "likvard/likvard.h"

/* A thread that waits for Ctrl-C and TERM and stops RUN at its next step. Made
 * before any other thread, so that none of them is interrupted; a second
 * signal ends the program at once, and what lies in the stage is swept by the
 * next run. NULL when no thread can be made: then the first signal ends the
 * program.
 */
typedef struct lkv_watch lkv_watch;
lkv_watch *lkv_watch_new(likvard *run);
/* Ends the thread. Before RUN is closed. WATCH may be NULL, here and below. */
void lkv_watch_free(lkv_watch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_watch, lkv_watch_free)

/* The exit code for the signal that came: 130, 143; or 0. */
int lkv_watch_code(const lkv_watch *watch);

#endif
