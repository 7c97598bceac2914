/* Reading files. */
#ifndef LKV_BASE_FILE_H
#define LKV_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/diag.h"

/* The whole file, with a NUL behind it that SIZE does not count; g_free. At
 * most LIMIT bytes (0 = no limit). NULL with a report: missing, a folder, a
 * pipe, unreadable, too large.
 */
char *lkv_file_read(const char *path, size_t limit, size_t *size,
                    lkv_diag *diag);

/* PATH as seen from the folder of FILE, unless it is absolute; g_free. */
char *lkv_path_beside(const char *file, const char *path);

/* Last part of PATH, lent. */
const char *lkv_path_name(const char *path);

#endif
