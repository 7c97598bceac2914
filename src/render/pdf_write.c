#include "render/pdf_write.h"

#include <math.h>
#include <string.h>

enum { DIGITS_MOST = 20, DECIMALS_MOST = 5, REACH = 1000000 };

static const char hex_digits[] = "0123456789ABCDEF";

void lkv_pdf_put_integer(GString *out, int64_t value)
{
    char digits[DIGITS_MOST];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (value < 0) {
        digits[--at] = '-';
    }
    g_string_append_len(out, digits + at, (gssize)(sizeof digits - at));
}

bool lkv_pdf_put_number(GString *out, double value, unsigned decimals)
{
    static const unsigned powers[] = {1, 10, 100, 1000, 10000, 100000};
    if (!(fabs(value) <= REACH)) {
        g_string_append_c(out, '0');
        return false;
    }
    unsigned power = powers[decimals];
    uint64_t scaled = (uint64_t)(fabs(value) * power + 0.5);
    if (value < 0 && scaled != 0) {
        g_string_append_c(out, '-');
    }
    uint64_t whole = scaled / power;
    uint64_t part = scaled % power;
    if (whole != 0 || part == 0) {
        lkv_pdf_put_integer(out, (int64_t)whole);
    }
    if (part == 0) {
        return true;
    }
    char digits[DECIMALS_MOST + 1] = ".";
    unsigned used = 0;
    for (unsigned i = decimals; i > 0; i--) {
        digits[i] = (char)('0' + part % 10);
        used = used == 0 && digits[i] != '0' ? i : used;
        part /= 10;
    }
    g_string_append_len(out, digits, (gssize)used + 1);
    return true;
}

void lkv_pdf_put_reference(GString *out, unsigned object)
{
    g_string_append_c(out, ' ');
    lkv_pdf_put_integer(out, object);
    g_string_append_len(out, " 0 R", 4);
}

void lkv_pdf_put_hex(GString *out, unsigned word)
{
    const char digits[] = {hex_digits[word >> 12 & 15],
                           hex_digits[word >> 8 & 15],
                           hex_digits[word >> 4 & 15], hex_digits[word & 15]};
    g_string_append_len(out, digits, sizeof digits);
}

/* The byte of CODE in PDFDocEncoding; 0 if it has none. What differs from
 * Latin-1 is named as far as reports say it; a no-break space, which it has
 * not, is a space to whoever reads the text.
 */
static unsigned char document_byte(uint32_t code)
{
    static const struct {
        uint32_t code;
        unsigned char byte;
    } marks[] = {{0xA0, ' '},    {0x2013, 0x85}, {0x2212, 0x8A}, {0x201C, 0x8D},
                 {0x201D, 0x8E}, {0x2018, 0x8F}, {0x2019, 0x90}};
    bool latin = (code >= ' ' && code < 0x7F) || (code > 0xA0 && code <= 0xFF);
    if (latin && code != 0xAD) {
        return (unsigned char)code;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (marks[i].code == code) {
            return marks[i].byte;
        }
    }
    return 0;
}

/* False, and OUT as it was, where a character of TEXT has no byte. */
static bool put_bytes(GString *out, const char *text)
{
    gsize before = out->len;
    g_string_append_c(out, '(');
    for (const char *at = text; *at != '\0';
         at = g_utf8_find_next_char(at, NULL)) {
        unsigned char byte = document_byte(g_utf8_get_char(at));
        if (byte == 0) {
            g_string_truncate(out, before);
            return false;
        }
        if (strchr("()\\", byte) != NULL) {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, (char)byte);
    }
    g_string_append_c(out, ')');
    return true;
}

void lkv_pdf_put_text(GString *out, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    if (put_bytes(out, valid)) {
        return;
    }
    g_string_append(out, "<FEFF");
    for (const char *at = valid; *at != '\0';
         at = g_utf8_find_next_char(at, NULL)) {
        uint32_t code = g_utf8_get_char(at);
        if (code > 0xFFFF) {
            lkv_pdf_put_hex(out, 0xD7C0 + (code >> 10));
            code = 0xDC00 + (code & 0x3FF);
        }
        lkv_pdf_put_hex(out, code);
    }
    g_string_append_c(out, '>');
}

void lkv_pdf_put_entry(GString *out, const char *key, const char *text)
{
    if (text != NULL) {
        g_string_append_c(out, '/');
        g_string_append(out, key);
        lkv_pdf_put_text(out, text);
    }
}

/* MARK and the two digits of BYTE. */
static void put_escape(GString *out, char mark, unsigned char byte)
{
    const char escape[] = {mark, hex_digits[byte >> 4], hex_digits[byte & 15]};
    g_string_append_len(out, escape, sizeof escape);
}

void lkv_pdf_put_ascii(GString *out, const char *text)
{
    g_string_append_c(out, '(');
    for (const char *at = text; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte <= ' ' || byte >= 0x7F) {
            put_escape(out, '%', byte);
            continue;
        }
        if (strchr("()\\", byte) != NULL) {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *at);
    }
    g_string_append_c(out, ')');
}

void lkv_pdf_put_name(GString *out, const char *text)
{
    g_string_append_c(out, '/');
    for (const char *at = text; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        if (g_ascii_isalnum(*at) || strchr("-_.+", byte) != NULL) {
            g_string_append_c(out, *at);
        } else {
            put_escape(out, '#', byte);
        }
    }
}
