/* The patterns of a catalogue as ICU's C interface reads them. */
#ifndef LKV_BASE_PATTERN_H
#define LKV_BASE_PATTERN_H

#include <stddef.h>

#include <glib.h>

#include "base/catalogue.h"

/* A pattern with positions for names; NAME[position] is NULL where nothing
 * stands. Texts come first, numbers from LKV_TEXT_ARGUMENTS on.
 */
typedef struct lkv_pattern {
    GString *text;
    char *name[LKV_TEXT_ARGUMENTS + LKV_NUMBER_ARGUMENTS];
} lkv_pattern;

/* NULL with a reason in ERROR (g_free). */
lkv_pattern *lkv_pattern_read(const char *text, char **error);
void lkv_pattern_free(lkv_pattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_pattern, lkv_pattern_free)

#endif
