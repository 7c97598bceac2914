/* Numbers, dates and alphabetical order as people of a language write them.
 *
 * ICU behind a small door; opened once per run and language, const after
 * that, shared by threads. The system locale is never read.
 */
#ifndef LKV_BASE_LOCALE_H
#define LKV_BASE_LOCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/* Lets ICU end the program, as GLib does, where memory is out: it leaves parts
 * of a text out otherwise, and says that all is well. Call first, before
 * threads.
 */
bool lkv_locale_start(void);

typedef struct lkv_locale lkv_locale;

/* LANGUAGE as BCP 47 ("sv", "en-GB"); NULL with a reason in ERROR when ICU
 * does not know it.
 */
lkv_locale *lkv_locale_new(const char *language, char **error);
void lkv_locale_free(lkv_locale *locale);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_locale, lkv_locale_free)

const char *lkv_locale_language(const lkv_locale *locale);

/* Appends SCALED / 10^DECIMALS: decimal mark and no-break thousands of the
 * language, U+2212 as minus. PLUS writes '+' before positive numbers.
 */
void lkv_locale_number(const lkv_locale *locale, int64_t scaled,
                       unsigned decimals, bool plus, GString *out);
/* Appends the per cent pattern of the language around what is in OUT from
 * byte START: "82" becomes "82 %" (no-break space) in Swedish, "82%" in
 * English.
 */
void lkv_locale_per_cent(const lkv_locale *locale, size_t start, GString *out);
/* Appends a long date, "13 juni 2025"; DAYS since 1970-01-01. */
void lkv_locale_date(const lkv_locale *locale, int64_t days, GString *out);

/* Alphabetical order of two UTF-8 strings; equal only if the bytes are. */
int lkv_locale_compare(const lkv_locale *locale, const char *a, const char *b);

/* Byte offsets at which a line may break (UAX 14), the end of TEXT last; in
 * an array of uint32_t. A no-break space gives none.
 */
GArray *lkv_locale_breaks(const lkv_locale *locale, const char *text);

/* TEXT in normal form C, g_free; NULL if TEXT is no UTF-8. The two
 * below take bytes that are no UTF-8 for U+FFFD.
 */
char *lkv_text_nfc(const char *text);
/* TEXT folded for comparing headers: NFC, case folded, and without spaces,
 * '-' and '_'; g_free.
 */
char *lkv_text_fold(const char *text);
/* TEXT as lower-case ASCII letters, digits and single '-', diacritics
 * dropped (NFD): "Örtagårdsskolan" is "ortagardsskolan"; g_free. May be empty.
 */
char *lkv_text_ascii(const char *text);

/* NAME as it is put among other words; g_free. One with letters that run from
 * right to left is set apart (UAX 9), or figures after it would run with it.
 */
char *lkv_text_isolated(const char *name);

/* Version of ICU; returns BUFFER. */
enum { LKV_ICU_VERSION = 24 };
char *lkv_locale_icu_version(char *buffer);

/* ICU's own tables; call last, at the end of main. */
void lkv_locale_cleanup(void);

#endif
