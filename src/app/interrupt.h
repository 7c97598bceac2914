/* Ctrl-C, TERM and the end of memory: nothing half-written stays behind. */
#ifndef LKV_APP_INTERRUPT_H
#define LKV_APP_INTERRUPT_H

#include <glib.h>

#include "likvard/likvard.h"

/* Called first in main. A failed allocation ends with one line and exit 71
 * (GLib dies by signal); no core dump; files are for their owner alone.
 */
void lkv_interrupt_start(void);

/* A thread that waits for Ctrl-C and TERM and stops RUN at its next step. Made
 * before any other thread, so that none of them is interrupted; a second
 * signal ends the program at once, and what lies in the stage is swept by the
 * next run.
 */
typedef struct lkv_watch lkv_watch;
lkv_watch *lkv_watch_new(likvard *run);
/* Ends the thread. Before RUN is closed. */
void lkv_watch_free(lkv_watch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_watch, lkv_watch_free)

/* The exit code for the signal that came: 130, 143; or 0. */
int lkv_watch_code(const lkv_watch *watch);

#endif
