/* Text that a terminal may see. */
#ifndef LKV_BASE_CLEAN_H
#define LKV_BASE_CLEAN_H

#include <stddef.h>

/* TEXT as valid UTF-8 in which everything that does not show is escaped:
 * control characters, formatting and invisible ones as \u200b, bytes that are
 * no UTF-8 as \xe5, a line feed as \n. At most MOST bytes; text that is cut
 * ends in "…" within them. g_free.
 */
char *lkv_clean_text(const char *text, size_t most);

#endif
