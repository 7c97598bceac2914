/* The name of a run by its content. */
#ifndef LKV_APP_RUN_ID_H
#define LKV_APP_RUN_ID_H

#include <glib.h>

#include "app/handle.h"

/* District, year and 8 hexadecimal digits over version, settings that can
 * change a figure or a page, seed, and each table's accepted rows as a set:
 * the order of rows, file names and folders do not enter. g_free.
 */
char *lkv_run_id(const likvard *run);

#endif
