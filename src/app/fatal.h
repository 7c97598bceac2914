/* The end of memory: it is said, and nothing half-written stays behind. */
#ifndef LKV_APP_FATAL_H
#define LKV_APP_FATAL_H

/* Called first in main. A failed allocation ends with one line and exit 71
 * (GLib dies by signal); no core dump; files are for their owner alone.
 */
void lkv_fatal_start(void);

#endif
