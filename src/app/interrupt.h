/* Ctrl-C, TERM and the end of memory: nothing half-written stays behind. */
#ifndef LKV_APP_INTERRUPT_H
#define LKV_APP_INTERRUPT_H

/* Called first in main. A failed allocation ends with one line and exit 71
 * (GLib dies by signal); no core dump; files are for their owner alone.
 */
void lkv_interrupt_start(void);

#endif
