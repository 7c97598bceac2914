/* What ICU calls a language; for the files of this floor that ask ICU. */
#ifndef LKV_BASE_LOCALE_ICU_H
#define LKV_BASE_LOCALE_ICU_H

#include <stdint.h>

#include <unicode/umachine.h>

#include "base/locale.h"

/* LENGTH units of ICU's as UTF-8, and TEXT as units of ICU's, how many in
 * LENGTH unless it is NULL; g_free. Both are sound, so what cannot be had is
 * memory: GLib only gives NULL then, and a text would be lost without a word.
 */
char *lkv_text_of_units(const UChar *units, int32_t length);
UChar *lkv_units_of_text(const char *text, int32_t *length);
/* ICU's name of the locale, Latin digits and Gregorian years included. */
const char *lkv_locale_icu(const lkv_locale *locale);

#endif
