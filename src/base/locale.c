#include "base/locale.h"

#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/uclean.h>
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/unumberformatter.h>
#include <unicode/utext.h>
#include <unicode/uversion.h>

#include "base/locale_icu.h"

enum {
    SYMBOL_UNITS = 16,
    SYMBOL_BYTES = 3 * SYMBOL_UNITS + 1,
    DATE_UNITS = 128,
    DIGITS_MOST = 20,
    GROUP_DIGITS = 3
};

/* ICU's objects are never used as they are but by functions that take them
 * const; formatters and break iterators are cloned for each use.
 */
struct lkv_locale {
    char *language;
    char icu[ULOC_FULLNAME_CAPACITY];
    char point[SYMBOL_BYTES];
    char gap[SYMBOL_BYTES]; /* between thousands */
    unsigned first_group; /* digits of the group next to the mark */
    unsigned further_group;
    bool short_gap; /* "1 234", not "1234" as in Spanish */
    char per_cent_before[SYMBOL_BYTES];
    char per_cent_after[SYMBOL_BYTES];
    UDateFormat *date;
    UCollator *order;
    UBreakIterator *breaks;
};

static void symbol_copy(char *out, const UChar *symbol, int32_t length)
{
    g_autofree char *text = lkv_text_of_units(symbol, length);
    g_strlcpy(out, text, SYMBOL_BYTES);
}

char *lkv_text_of_units(const UChar *units, int32_t length)
{
    char *text = g_utf16_to_utf8(units, length, NULL, NULL, NULL);
    if (!text) {
        g_error("out of memory");
    }
    return text;
}

UChar *lkv_units_of_text(const char *text, int32_t *length)
{
    glong written = 0;
    UChar *units = g_utf8_to_utf16(text, -1, NULL, &written, NULL);
    if (!units) {
        g_error("out of memory");
    }
    g_assert(written <= INT32_MAX);
    if (length) {
        *length = (int32_t)written;
    }
    return units;
}

static void *icu_malloc(const void *context, size_t size)
{
    (void)context;
    return g_malloc(size);
}

static void *icu_realloc(const void *context, void *block, size_t size)
{
    (void)context;
    return g_realloc(block, size);
}

static void icu_free(const void *context, void *block)
{
    (void)context;
    g_free(block);
}

bool lkv_locale_start(void)
{
    UErrorCode status = U_ZERO_ERROR;
    u_setMemoryFunctions(NULL, icu_malloc, icu_realloc, icu_free, &status);
    return U_SUCCESS(status);
}

static bool is_known(const char *icu)
{
    char language[ULOC_LANG_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    uloc_getLanguage(icu, language, sizeof language, &status);
    for (int32_t i = 0; U_SUCCESS(status) && i < uloc_countAvailable(); i++) {
        if (strcmp(uloc_getAvailable(i), language) == 0) {
            return true;
        }
    }
    return false;
}

static bool name_read(lkv_locale *locale, const char *language)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t parsed = 0;
    uloc_forLanguageTag(language, locale->icu, sizeof locale->icu, &parsed,
                        &status);
    if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING ||
        (size_t)parsed != strlen(language) || !is_known(locale->icu)) {
        return false;
    }
    uloc_setKeywordValue("numbers", "latn", locale->icu, sizeof locale->icu,
                         &status);
    uloc_setKeywordValue("calendar", "gregorian", locale->icu,
                         sizeof locale->icu, &status);
    return U_SUCCESS(status);
}

static bool number_symbols_read(lkv_locale *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat *format =
        unum_open(UNUM_DECIMAL, NULL, 0, locale->icu, NULL, &status);
    if (U_FAILURE(status)) {
        return false;
    }
    UChar symbol[SYMBOL_UNITS];
    int32_t length = unum_getSymbol(format, UNUM_DECIMAL_SEPARATOR_SYMBOL,
                                    symbol, SYMBOL_UNITS, &status);
    symbol_copy(locale->point, symbol, length);
    length = unum_getSymbol(format, UNUM_GROUPING_SEPARATOR_SYMBOL, symbol,
                            SYMBOL_UNITS, &status);
    symbol_copy(locale->gap, symbol, length);
    int32_t first = unum_getAttribute(format, UNUM_GROUPING_SIZE);
    int32_t further = unum_getAttribute(format, UNUM_SECONDARY_GROUPING_SIZE);
    locale->first_group = first > 0 ? (unsigned)first : GROUP_DIGITS;
    locale->further_group =
        further > 0 ? (unsigned)further : locale->first_group;
    unum_close(format);
    return U_SUCCESS(status);
}

/* The older interface does not say how many digits a gap needs. */
static bool short_gap_read(lkv_locale *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormatter *format =
        unumf_openForSkeletonAndLocale(u"", 0, locale->icu, &status);
    UFormattedNumber *number = unumf_openResult(&status);
    unumf_formatInt(format, 1000, number, &status);
    UChar text[SYMBOL_UNITS];
    int32_t length = unumf_resultToString(number, text, SYMBOL_UNITS, &status);
    locale->short_gap = length > (int32_t)strlen("1000");
    unumf_closeResult(number);
    unumf_close(format);
    return U_SUCCESS(status);
}

static bool per_cent_read(lkv_locale *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat *format =
        unum_open(UNUM_PERCENT, NULL, 0, locale->icu, NULL, &status);
    if (U_FAILURE(status)) {
        return false;
    }
    UChar part[SYMBOL_UNITS];
    int32_t length = unum_getTextAttribute(format, UNUM_POSITIVE_PREFIX, part,
                                           SYMBOL_UNITS, &status);
    symbol_copy(locale->per_cent_before, part, length);
    length = unum_getTextAttribute(format, UNUM_POSITIVE_SUFFIX, part,
                                   SYMBOL_UNITS, &status);
    symbol_copy(locale->per_cent_after, part, length);
    unum_close(format);
    return U_SUCCESS(status);
}

/* English of no named country is read outside of the United States as well,
 * where a date begins with its day.
 */
static const char *date_locale(const lkv_locale *locale)
{
    return strcmp(locale->language, "en") == 0 ? "en_001" : locale->icu;
}

static bool services_open(lkv_locale *locale)
{
    static const UChar utc[] = u"UTC";
    UErrorCode status = U_ZERO_ERROR;
    locale->date = udat_open(UDAT_NONE, UDAT_LONG, date_locale(locale), utc, -1,
                             NULL, 0, &status);
    locale->order = ucol_open(locale->icu, &status);
    locale->breaks = ubrk_open(UBRK_LINE, locale->icu, NULL, 0, &status);
    return U_SUCCESS(status);
}

lkv_locale *lkv_locale_new(const char *language, char **error)
{
    g_autoptr(lkv_locale) locale = g_new0(lkv_locale, 1);
    locale->language = g_strdup(language);
    if (!name_read(locale, language)) {
        *error = g_strdup_printf("\"%s\" is not a language that ICU knows",
                                 language);
        return NULL;
    }
    if (!number_symbols_read(locale) || !short_gap_read(locale) ||
        !per_cent_read(locale) || !services_open(locale)) {
        *error = g_strdup_printf("ICU cannot write \"%s\"", language);
        return NULL;
    }
    return g_steal_pointer(&locale);
}

void lkv_locale_free(lkv_locale *locale)
{
    if (!locale) {
        return;
    }
    udat_close(locale->date);
    ucol_close(locale->order);
    ubrk_close(locale->breaks);
    g_free(locale->language);
    g_free(locale);
}

const char *lkv_locale_language(const lkv_locale *locale)
{
    return locale->language;
}

const char *lkv_locale_icu(const lkv_locale *locale)
{
    return locale->icu;
}

/* Whether a gap stands before the last LEFT of COUNT digits. */
static bool is_gap(const lkv_locale *locale, size_t count, size_t left)
{
    size_t first = locale->first_group;
    if (left < first || left == count) {
        return false;
    }
    if (!locale->short_gap && count <= first + 1) {
        return false;
    }
    return (left - first) % locale->further_group == 0;
}

static void whole_add(const lkv_locale *locale, uint64_t whole, GString *out)
{
    char digits[DIGITS_MOST + 1];
    g_snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, whole);
    size_t count = strlen(digits);
    for (size_t i = 0; i < count; i++) {
        if (is_gap(locale, count, count - i)) {
            g_string_append(out, locale->gap);
        }
        g_string_append_c(out, digits[i]);
    }
}

void lkv_locale_number(const lkv_locale *locale, int64_t scaled,
                       unsigned decimals, bool plus, GString *out)
{
    g_assert(decimals <= 18);
    uint64_t power = 1;
    for (unsigned i = 0; i < decimals; i++) {
        power *= 10;
    }
    uint64_t size = scaled < 0 ? -(uint64_t)scaled : (uint64_t)scaled;
    if (scaled < 0) {
        g_string_append(out, "\u2212");
    } else if (plus && scaled > 0) {
        g_string_append_c(out, '+');
    }
    whole_add(locale, size / power, out);
    if (decimals > 0) {
        g_string_append_printf(out, "%s%0*" G_GUINT64_FORMAT, locale->point,
                               (int)decimals, size % power);
    }
}

void lkv_locale_per_cent(const lkv_locale *locale, size_t start, GString *out)
{
    g_assert(start <= out->len);
    const char *signs[] = {"\u2212", "+"};
    size_t at = start;
    for (size_t i = 0; i < G_N_ELEMENTS(signs) && at == start; i++) {
        if (g_str_has_prefix(out->str + start, signs[i])) {
            at += strlen(signs[i]);
        }
    }
    g_string_insert(out, (gssize)at, locale->per_cent_before);
    g_string_append(out, locale->per_cent_after);
}

void lkv_locale_date(const lkv_locale *locale, int64_t days, GString *out)
{
    static const double day_ms = 24.0 * 60 * 60 * 1000;
    UErrorCode status = U_ZERO_ERROR;
    UChar text[DATE_UNITS];
    UDateFormat *format = udat_clone(locale->date, &status);
    int32_t length = udat_format(format, (double)days * day_ms, text,
                                 DATE_UNITS, NULL, &status);
    udat_close(format);
    g_assert(U_SUCCESS(status) && length <= DATE_UNITS);
    g_autofree char *date = lkv_text_of_units(text, length);
    g_string_append(out, date);
}

int lkv_locale_compare(const lkv_locale *locale, const char *a, const char *b)
{
    UErrorCode status = U_ZERO_ERROR;
    UCollationResult order =
        ucol_strcollUTF8(locale->order, a, -1, b, -1, &status);
    if (U_FAILURE(status) || order == UCOL_EQUAL) {
        return strcmp(a, b);
    }
    return order == UCOL_LESS ? -1 : 1;
}

GArray *lkv_locale_breaks(const lkv_locale *locale, const char *text)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    UErrorCode status = U_ZERO_ERROR;
    UText *bytes = utext_openUTF8(NULL, text, -1, &status);
    UBreakIterator *breaks = ubrk_clone(locale->breaks, &status);
    ubrk_setUText(breaks, bytes, &status);
    g_assert(U_SUCCESS(status));
    for (int32_t at = ubrk_next(breaks); at != UBRK_DONE;
         at = ubrk_next(breaks)) {
        uint32_t offset = (uint32_t)at;
        g_array_append_val(found, offset);
    }
    ubrk_close(breaks);
    utext_close(bytes);
    return found;
}

char *lkv_locale_icu_version(char *buffer)
{
    UVersionInfo version;
    u_getVersion(version);
    u_versionToString(version, buffer);
    return buffer;
}

void lkv_locale_cleanup(void)
{
    u_cleanup();
}
