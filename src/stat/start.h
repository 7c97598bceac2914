/* The one setting of the library below. */
#ifndef LKV_STAT_START_H
#define LKV_STAT_START_H

/* Makes GSL return its error codes instead of ending the program. To be called
 * once, before threads.
 */
void lkv_stat_start(void);
const char *lkv_stat_gsl_version(void);

#endif
