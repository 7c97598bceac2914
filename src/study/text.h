/* Text catalogues: reports/text/LANG.yml into a lkv_catalogue.
 *
 * Nested keys are joined by '.': {gap: {points: "…"}} is "gap.points".
 * A catalogue that lacks a sentence which another language has, or that names
 * what the other's sentence is not given, is refused with file and line.
 */
#ifndef LKV_STUDY_TEXT_H
#define LKV_STUDY_TEXT_H

#include "base/catalogue.h"
#include "base/diag.h"
#include "base/locale.h"

/* The catalogue of LOCALE's language; it borrows LOCALE. */
lkv_catalogue *lkv_text_read(const lkv_locale *locale, lkv_diag *diag);
/* The same in plain words: sentences of reports/easy/LANG.yml stand for those
 * of the language's own catalogue.
 */
lkv_catalogue *lkv_text_read_easy(const lkv_locale *locale, lkv_diag *diag);

#endif
