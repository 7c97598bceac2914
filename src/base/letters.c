#include <stdbool.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/locale.h"
#include "base/locale_icu.h"

/* UTF-16 text; ICU's length of it. */
typedef struct wide {
    UChar *unit;
    int32_t length;
} wide;

static void wide_clear(wide *text)
{
    g_free(text->unit);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(wide, wide_clear)

static wide wide_of(const char *text)
{
    wide made = {0};
    made.unit = lkv_units_of_text(text, &made.length);
    return made;
}

static char *narrow_of(wide text)
{
    return lkv_text_of_units(text.unit, text.length);
}

/* A normal form never takes more than 18 units for one (UAX 15, table 4), but
 * nearly always fits as it is; so ICU is asked twice at most.
 */
static wide normal_of(const UNormalizer2 *form, wide text)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = text.length + 1;
    wide made = {.unit = g_new(UChar, (gsize)room)};
    made.length = unorm2_normalize(form, text.unit, text.length, made.unit,
                                   room, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        room = made.length + 1;
        made.unit = g_renew(UChar, made.unit, (gsize)room);
        made.length = unorm2_normalize(form, text.unit, text.length, made.unit,
                                       room, &status);
    }
    g_assert(U_SUCCESS(status));
    return made;
}

static wide composed_of(wide text)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFCInstance(&status);
    g_assert(U_SUCCESS(status));
    return normal_of(form, text);
}

/* Full case folding makes at most three units of one. */
static wide folded_of(wide text)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = 3 * text.length + 1;
    wide made = {.unit = g_new(UChar, (gsize)room)};
    made.length = u_strFoldCase(made.unit, room, text.unit, text.length,
                                U_FOLD_CASE_DEFAULT, &status);
    g_assert(U_SUCCESS(status));
    return made;
}

char *lkv_text_nfc(const char *text)
{
    if (!g_utf8_validate(text, -1, NULL)) {
        return NULL;
    }
    g_auto(wide) read = wide_of(text);
    g_auto(wide) composed = composed_of(read);
    return narrow_of(composed);
}

static bool is_filler(UChar unit)
{
    return unit == u'-' || unit == u'_' || u_isUWhiteSpace(unit);
}

char *lkv_text_fold(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_auto(wide) read = wide_of(valid);
    g_auto(wide) composed = composed_of(read);
    g_auto(wide) folded = folded_of(composed);
    /* Folding may part a letter from its mark again. */
    g_auto(wide) again = composed_of(folded);
    int32_t kept = 0;
    for (int32_t i = 0; i < again.length; i++) {
        if (!is_filler(again.unit[i])) {
            again.unit[kept++] = again.unit[i];
        }
    }
    again.length = kept;
    return narrow_of(again);
}

/* Letters that no normal form takes apart. */
static const char *plain_letter(UChar unit)
{
    static const struct {
        UChar letter;
        const char *plain;
    } letters[] = {
        {u'æ', "ae"}, {u'ø', "o"}, {u'ß', "ss"}, {u'þ', "th"},
        {u'ð', "d"},  {u'đ', "d"}, {u'ł', "l"},  {u'œ', "oe"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(letters); i++) {
        if (letters[i].letter == unit) {
            return letters[i].plain;
        }
    }
    return NULL;
}

static void ascii_add(GString *out, UChar unit)
{
    UChar lower = (UChar)u_tolower(unit);
    const char *plain = plain_letter(lower);
    if (plain) {
        g_string_append(out, plain);
    } else if (lower < 0x80 && g_ascii_isalnum((char)lower)) {
        g_string_append_c(out, (char)lower);
    } else if (!(U_MASK(u_charType(unit)) & U_GC_M_MASK) && out->len > 0 &&
               out->str[out->len - 1] != '-') {
        g_string_append_c(out, '-');
    }
}

char *lkv_text_ascii(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_auto(wide) read = wide_of(valid);
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFDInstance(&status);
    g_assert(U_SUCCESS(status));
    g_auto(wide) apart = normal_of(form, read);
    GString *out = g_string_new(NULL);
    for (int32_t i = 0; i < apart.length; i++) {
        ascii_add(out, apart.unit[i]);
    }
    while (out->len > 0 && out->str[out->len - 1] == '-') {
        g_string_truncate(out, out->len - 1);
    }
    return g_string_free(out, FALSE);
}

static bool runs_left(gunichar letter)
{
    UCharDirection direction = u_charDirection((UChar32)letter);
    return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

char *lkv_text_isolated(const char *name)
{
    for (const char *at = name; *at; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char_validated(at, -1);
        if (letter >= (gunichar)-2) {
            break;
        }
        if (runs_left(letter)) {
            return g_strdup_printf("\u2068%s\u2069", name);
        }
    }
    return g_strdup(name);
}
