/* What a run accounts for, as CSV: which columns it read, and which pupils are
 * left at each step.
 */
#ifndef LKV_APP_ACCOUNTS_H
#define LKV_APP_ACCOUNTS_H

#include "app/handle.h"

/* check/columns.csv: every column of every input file, the field that it was
 * read as, or that it was dropped: passed over while the file was read, and
 * kept nowhere; g_free.
 */
char *lkv_accounts_columns(const likvard *run);
/* private/waterfall.csv: every step for every school; g_free. */
char *lkv_accounts_waterfall(const likvard *run);

#endif
