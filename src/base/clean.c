#include "base/clean.h"

#include <string.h>

#include <glib.h>

enum { PIECE_BYTES = 16 };

/* Spaces and joiners that show nothing hide between letters, and marks of
 * direction turn the text around them (Boucher and Anderson 2021): GLib counts
 * all of these as not printable, but for the two separators.
 */
static gboolean shows(gunichar character)
{
    GUnicodeType type = g_unichar_type(character);
    return g_unichar_isprint(character) && type != G_UNICODE_LINE_SEPARATOR &&
           type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

/* Writes the first character of TEXT, perhaps escaped, into PIECE; the number
 * of bytes of TEXT that it took.
 */
static size_t piece_of(const char *text, char *piece)
{
    gunichar character = g_utf8_get_char_validated(text, -1);
    if (character == (gunichar)-1 || character == (gunichar)-2) {
        g_snprintf(piece, PIECE_BYTES, "\\x%02x", (unsigned char)text[0]);
        return 1;
    }
    size_t length = (size_t)(g_utf8_find_next_char(text, NULL) - text);
    if (shows(character)) {
        memcpy(piece, text, length);
        piece[length] = '\0';
    } else if (character == '\n') {
        g_strlcpy(piece, "\\n", PIECE_BYTES);
    } else {
        g_snprintf(piece, PIECE_BYTES, "\\u%04x", character);
    }
    return length;
}

char *lkv_clean_text(const char *text, size_t most)
{
    static const char dots[] = "…";
    GString *clean = g_string_new(NULL);
    size_t fits = 0; /* bytes of CLEAN that leave room for the dots */
    while (*text) {
        char piece[PIECE_BYTES];
        text += piece_of(text, piece);
        if (clean->len + strlen(piece) > most) {
            g_string_truncate(clean, fits);
            g_string_append(clean, dots);
            break;
        }
        g_string_append(clean, piece);
        if (clean->len + strlen(dots) <= most) {
            fits = clean->len;
        }
    }
    return g_string_free(clean, FALSE);
}

bool lkv_text_formula(const char *text)
{
    static const char *const starts[] = {"=",
                                         "+",
                                         "-",
                                         "@",
                                         "\t",
                                         "\r",
                                         "\xef\xbc\x9d",
                                         "\xef\xbc\x8b",
                                         "\xef\xbc\x8d",
                                         "\xef\xbc\xa0"};
    if (*text == '\t' || *text == '\r') {
        return true;
    }
    while (g_unichar_isspace(g_utf8_get_char(text))) {
        text = g_utf8_find_next_char(text, NULL);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
        if (g_str_has_prefix(text, starts[i])) {
            return true;
        }
    }
    return false;
}
