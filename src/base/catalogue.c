#include "base/catalogue.h"

#include <string.h>

#include <unicode/umsg.h>

#include "base/locale_icu.h"
#include "base/pattern.h"

enum {
    ARGUMENTS = LKV_TEXT_ARGUMENTS + LKV_NUMBER_ARGUMENTS,
    SENTENCE_UNITS = 512
};

typedef struct sentence {
    char *key;
    char *arguments;
    lkv_pattern *pattern;
    UMessageFormat *format; /* cloned for each use, never used itself */
} sentence;

struct lkv_catalogue {
    const lkv_locale *locale;
    GPtrArray *sentences; /* by key */
};

static void sentence_free(gpointer element)
{
    sentence *one = element;
    g_free(one->key);
    g_free(one->arguments);
    lkv_pattern_free(one->pattern);
    umsg_close(one->format);
    g_free(one);
}

lkv_catalogue *lkv_catalogue_new(const lkv_locale *locale)
{
    lkv_catalogue *catalogue = g_new0(lkv_catalogue, 1);
    catalogue->locale = locale;
    catalogue->sentences = g_ptr_array_new_with_free_func(sentence_free);
    return catalogue;
}

void lkv_catalogue_free(lkv_catalogue *catalogue)
{
    if (!catalogue) {
        return;
    }
    g_ptr_array_unref(catalogue->sentences);
    g_free(catalogue);
}

static const sentence *sentence_at(const lkv_catalogue *catalogue, guint index)
{
    return g_ptr_array_index(catalogue->sentences, index);
}

/* Where KEY stands, or would stand. */
static guint place_of(const lkv_catalogue *catalogue, const char *key)
{
    guint low = 0;
    guint high = catalogue->sentences->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (strcmp(sentence_at(catalogue, middle)->key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static const sentence *find(const lkv_catalogue *catalogue, const char *key)
{
    guint place = place_of(catalogue, key);
    if (place >= catalogue->sentences->len) {
        return NULL;
    }
    const sentence *found = sentence_at(catalogue, place);
    return strcmp(found->key, key) == 0 ? found : NULL;
}

static gint name_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of PATTERN in byte order, each once, ';' between. */
static char *arguments_of(const lkv_pattern *pattern)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < ARGUMENTS; i++) {
        if (pattern->name[i]) {
            g_ptr_array_add(names, pattern->name[i]);
        }
    }
    g_ptr_array_sort(names, name_compare);
    g_autoptr(GString) text = g_string_new(NULL);
    const char *before = "";
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        if (strcmp(name, before) != 0) {
            g_string_append_printf(text, "%s%s", i > 0 ? ";" : "", name);
        }
        before = name;
    }
    return g_strdup(text->str);
}

static UMessageFormat *format_open(const lkv_catalogue *catalogue,
                                   const lkv_pattern *pattern, char **error)
{
    glong length = 0;
    g_autofree UChar *wide =
        g_utf8_to_utf16(pattern->text->str, -1, NULL, &length, NULL);
    if (!wide) {
        *error = g_strdup("the text is not UTF-8");
        return NULL;
    }
    UErrorCode status = U_ZERO_ERROR;
    UParseError place = {0};
    UMessageFormat *format =
        umsg_open(wide, (int32_t)length, lkv_locale_icu(catalogue->locale),
                  &place, &status);
    if (U_FAILURE(status)) {
        umsg_close(format);
        *error = g_strdup_printf("ICU refuses the choices (%s)",
                                 u_errorName(status));
        return NULL;
    }
    return format;
}

/* PATTERN with a no-break space between a number and its per cent sign. */
static char *bound(const char *pattern)
{
    GString *out = g_string_new(NULL);
    for (const char *at = pattern; *at; at++) {
        bool number =
            at > pattern && (at[-1] == '}' || g_ascii_isdigit(at[-1]));
        if (number && at[0] == ' ' && at[1] == '%') {
            g_string_append(out, "\u00a0");
        } else {
            g_string_append_c(out, *at);
        }
    }
    return g_string_free(out, FALSE);
}

bool lkv_catalogue_add(lkv_catalogue *catalogue, const char *key,
                       const char *pattern, char **error)
{
    if (lkv_catalogue_has(catalogue, key)) {
        *error = g_strdup("the key is there already");
        return false;
    }
    g_autofree char *whole = bound(pattern);
    g_autoptr(lkv_pattern) read = lkv_pattern_read(whole, error);
    if (!read) {
        return false;
    }
    UMessageFormat *format = format_open(catalogue, read, error);
    if (!format) {
        return false;
    }
    sentence *added = g_new(sentence, 1);
    *added = (sentence){.key = g_strdup(key),
                        .arguments = arguments_of(read),
                        .pattern = g_steal_pointer(&read),
                        .format = format};
    g_ptr_array_insert(catalogue->sentences, (gint)place_of(catalogue, key),
                       added);
    return true;
}

const char *lkv_catalogue_key_at(const lkv_catalogue *catalogue, size_t index)
{
    return index < catalogue->sentences->len
               ? sentence_at(catalogue, (guint)index)->key
               : NULL;
}

bool lkv_catalogue_has(const lkv_catalogue *catalogue, const char *key)
{
    return find(catalogue, key) != NULL;
}

const char *lkv_catalogue_arguments(const lkv_catalogue *catalogue,
                                    const char *key)
{
    const sentence *found = find(catalogue, key);
    return found ? found->arguments : NULL;
}

/* Values by position, as ICU wants them. */
typedef struct arguments {
    UChar *text[LKV_TEXT_ARGUMENTS];
    double number[LKV_NUMBER_ARGUMENTS];
} arguments;

static void arguments_clear(arguments *values)
{
    for (size_t i = 0; i < LKV_TEXT_ARGUMENTS; i++) {
        g_free(values->text[i]);
    }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(arguments, arguments_clear)

static const lkv_value *value_find(const lkv_value *values, size_t count,
                                   const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(values[i].name, name) == 0) {
            return &values[i];
        }
    }
    return NULL;
}

static bool arguments_fill(arguments *out, const lkv_pattern *pattern,
                           const lkv_value *values, size_t count)
{
    for (size_t i = 0; i < ARGUMENTS; i++) {
        if (!pattern->name[i]) {
            continue;
        }
        const lkv_value *value = value_find(values, count, pattern->name[i]);
        if (!value) {
            return false;
        }
        if (i >= LKV_TEXT_ARGUMENTS) {
            out->number[i - LKV_TEXT_ARGUMENTS] = value->number;
            continue;
        }
        if (!value->text || !g_utf8_validate(value->text, -1, NULL)) {
            return false;
        }
        out->text[i] = lkv_units_of_text(value->text, NULL);
    }
    return true;
}

/* ICU reads as many arguments as the highest position says: a pointer where
 * nothing stands, so all twelve pointers come first and then the numbers.
 */
static int32_t format_call(UMessageFormat *format, const arguments *values,
                           UChar *out, int32_t room, UErrorCode *status)
{
    UChar *const *t = values->text;
    const double *n = values->number;
    return umsg_format(format, out, room, status, t[0], t[1], t[2], t[3], t[4],
                       t[5], t[6], t[7], t[8], t[9], t[10], t[11], n[0], n[1],
                       n[2], n[3]);
}

/* A format keeps the plural rules and number formats it met, so threads may
 * not share one in use; a copy costs 0.3 µs, with plurals 5 µs.
 */
static char *say(const sentence *wanted, const arguments *values)
{
    UErrorCode status = U_ZERO_ERROR;
    UMessageFormat *format = umsg_clone(wanted->format, &status);
    if (U_FAILURE(status)) {
        return NULL;
    }
    UChar *text = g_new(UChar, SENTENCE_UNITS);
    int32_t length = format_call(format, values, text, SENTENCE_UNITS, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        text = g_renew(UChar, text, (gsize)length + 1);
        length = format_call(format, values, text, length + 1, &status);
    }
    char *said = U_SUCCESS(status) ? lkv_text_of_units(text, length) : NULL;
    umsg_close(format);
    g_free(text);
    return said;
}

char *lkv_catalogue_say(const lkv_catalogue *catalogue, const char *key,
                        const lkv_value *values, size_t count)
{
    const sentence *wanted = find(catalogue, key);
    g_auto(arguments) placed = {0};
    if (!wanted || !arguments_fill(&placed, wanted->pattern, values, count)) {
        return NULL;
    }
    return say(wanted, &placed);
}

const lkv_locale *lkv_catalogue_locale(const lkv_catalogue *catalogue)
{
    return catalogue->locale;
}
