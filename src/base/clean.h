/* Text that a terminal or a spreadsheet may see. */
#ifndef LKV_BASE_CLEAN_H
#define LKV_BASE_CLEAN_H

#include <stdbool.h>
#include <stddef.h>

/* TEXT as valid UTF-8 in which everything that does not show is escaped:
 * control characters, formatting and invisible ones as \u200b, bytes that are
 * no UTF-8 as \xe5, a line feed as \n. At most MOST bytes; text that is cut
 * ends in "…" within them. g_free.
 */
char *lkv_clean_text(const char *text, size_t most);

/* Whether a spreadsheet would take TEXT for a formula: after blanks it starts
 * with = + - @, or anywhere at its start stand a tab or carriage return; also
 * in full width (OWASP, CSV injection). Such a cell gets an apostrophe.
 */
bool lkv_text_formula(const char *text);

#endif
