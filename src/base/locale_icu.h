/* What ICU calls a language; for the files of this floor that ask ICU. */
#ifndef LKV_BASE_LOCALE_ICU_H
#define LKV_BASE_LOCALE_ICU_H

#include "base/locale.h"

/* ICU's name of the locale, Latin digits and Gregorian years included. */
const char *lkv_locale_icu(const lkv_locale *locale);

#endif
