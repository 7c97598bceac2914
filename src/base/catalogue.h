/* Sentences of one language: key to ICU MessageFormat pattern.
 *
 * Patterns name their arguments: "{share} of {n, plural, one {# pupil} other
 * {# pupils}}". ICU's C interface knows positions only, so names become
 * positions when a pattern is added: texts take positions 0 to 11, numbers (an
 * argument of plural, selectordinal) 12 to 15. A select takes a text.
 */
#ifndef LKV_BASE_CATALOGUE_H
#define LKV_BASE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/locale.h"

enum { LKV_TEXT_ARGUMENTS = 12, LKV_NUMBER_ARGUMENTS = 4 };

typedef struct lkv_catalogue lkv_catalogue;

lkv_catalogue *lkv_catalogue_new(const lkv_locale *locale);
void lkv_catalogue_free(lkv_catalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_catalogue, lkv_catalogue_free)

/* Adds PATTERN; a blank between a number and a per cent sign is made one that
 * no line is broken at. False with a reason in ERROR (g_free) when PATTERN does not parse, has too
 * many arguments, or KEY is there already.
 */
bool lkv_catalogue_add(lkv_catalogue *catalogue, const char *key,
                       const char *pattern, char **error);

/* Keys in byte order; NULL past the last. */
const char *lkv_catalogue_key_at(const lkv_catalogue *catalogue, size_t index);
bool lkv_catalogue_has(const lkv_catalogue *catalogue, const char *key);
/* Names of the arguments of KEY in byte order, ';' between; "" without; NULL
 * for an unknown key. Lent.
 */
const char *lkv_catalogue_arguments(const lkv_catalogue *catalogue,
                                    const char *key);

/* One argument of a sentence: its text, and its number for plurals. */
typedef struct lkv_value {
    const char *name;
    const char *text;
    double number;
} lkv_value;

/* The sentence KEY with VALUES put in; g_free. Surplus values are ignored. A
 * missing key or value is a bug: it gives NULL, and the caller fails the run.
 */
char *lkv_catalogue_say(const lkv_catalogue *catalogue, const char *key,
                        const lkv_value *values, size_t count);

const lkv_locale *lkv_catalogue_locale(const lkv_catalogue *catalogue);

#endif
