#include "ingest/value.h"

#include <string.h>

/* Code points of the bytes 0x80 to 0x9F of windows-1252. */
static const uint16_t upper[32] = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
    0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178};

static size_t write_windows(char *into, const char *bytes, size_t length)
{
    char *end = into;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte < 0x80) {
            *end++ = (char)byte;
        } else {
            end +=
                g_unichar_to_utf8(byte < 0xa0 ? upper[byte - 0x80] : byte, end);
        }
    }
    return (size_t)(end - into);
}

static size_t blank_at(const char *text, size_t length)
{
    if (length >= 1 && (*text == ' ' || *text == '\t')) {
        return 1;
    }
    return length >= 2 && memcmp(text, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

static size_t blank_before(const char *text, size_t length)
{
    char last = length >= 1 ? text[length - 1] : '\0';
    if (last == ' ' || last == '\t' || last == '\r' || last == '\n') {
        return 1;
    }
    return length >= 2 && memcmp(text + length - 2, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

/* TEXT in UTF-8 without blanks at both ends; LENGTH is what is left of it. */
static const char *trimmed(const char *text, size_t *length)
{
    size_t blank = 0;
    while ((blank = blank_at(text, *length)) > 0) {
        text += blank;
        *length -= blank;
    }
    while ((blank = blank_before(text, *length)) > 0) {
        *length -= blank;
    }
    return text;
}

size_t lkv_value_write(char *into, const char *bytes, size_t length,
                       lkv_encoding encoding)
{
    const char *text = bytes;
    if (encoding == LKV_WINDOWS_1252) {
        length = write_windows(into, bytes, length);
        text = into;
    }
    text = trimmed(text, &length);
    if (length > 0) {
        memmove(into, text, length);
    }
    return length;
}

static bool invisible(gunichar c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

bool lkv_value_invisible(const char *text)
{
    for (const char *at = text; *at;) {
        if ((unsigned char)*at >= 0x20 && (unsigned char)*at < 0x7f) {
            at++;
            continue;
        }
        if (invisible(g_utf8_get_char(at))) {
            return true;
        }
        at += g_utf8_skip[(unsigned char)*at];
    }
    return false;
}

bool lkv_value_null_word(const char *text)
{
    static const char *const words[] = {"null", "nil",  "nan",    "none",
                                        "n/a",  "#n/a", "(null)", "#null!"};
    char first = g_ascii_tolower(*text);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (first == *words[i] && g_ascii_strcasecmp(text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool lkv_value_exponent(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    const char *at = text + digits;
    if (digits > 0 && (*at == '.' || *at == ',')) {
        at += 1 + strspn(at + 1, "0123456789");
    }
    if (digits == 0 || (*at != 'E' && *at != 'e')) {
        return false;
    }
    at++;
    bool sign = *at == '+' || *at == '-';
    at += sign;
    size_t power = strspn(at, "0123456789");
    return sign && power > 0 && at[power] == '\0';
}

/* The ten digits that carry the check, or false. */
static bool ten_digits(const char *text, char *digits)
{
    char all[13];
    size_t count = 0, marks = 0;
    for (const char *at = text; *at; at++) {
        if (g_ascii_isdigit(*at) && count < 12) {
            all[count++] = *at;
        } else if ((*at == '-' || *at == '+' || *at == ' ') && marks == 0 &&
                   (count == 6 || count == 8)) {
            marks++;
        } else {
            return false;
        }
    }
    if (count != 10 && count != 12) {
        return false;
    }
    if (count == 12 && memcmp(all, "19", 2) != 0 && memcmp(all, "20", 2) != 0) {
        return false;
    }
    memcpy(digits, all + count - 10, 10);
    return true;
}

bool lkv_value_personal_number(const char *text)
{
    char digits[10];
    if (!ten_digits(text, digits)) {
        return false;
    }
    int month = (digits[2] - '0') * 10 + digits[3] - '0';
    int day = (digits[4] - '0') * 10 + digits[5] - '0';
    day -= day > 60 ? 60 : 0; /* coordination number */
    if (month < 1 || month > 12 || day < 1 || day > 31) {
        return false;
    }
    int sum = 0; /* Luhn 1960 */
    for (int i = 0; i < 10; i++) {
        int value = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

bool lkv_value_many_digits(const char *text, size_t most)
{
    size_t digits = 0;
    for (; *text; text = g_utf8_next_char(text)) {
        digits += g_unichar_isdigit(g_utf8_get_char(text)) ? 1 : 0;
    }
    return digits > most;
}

static int four_digits(const char *text)
{
    int year = 0;
    for (int i = 0; i < 4; i++) {
        if (!g_ascii_isdigit(text[i])) {
            return 0;
        }
        year = year * 10 + text[i] - '0';
    }
    return year;
}

int lkv_value_year(const char *text)
{
    int year = four_digits(text);
    if (year < 1900 || year > 2200) {
        return 0;
    }
    if (text[4] == '\0') {
        return year;
    }
    if (text[4] != '/' && text[4] != '-') {
        return 0;
    }
    const char *end = text + 5;
    int next = year + 1;
    if (strlen(end) == 4) {
        return four_digits(end) == next ? next : 0;
    }
    bool two =
        strlen(end) == 2 && g_ascii_isdigit(end[0]) && g_ascii_isdigit(end[1]);
    return two && (end[0] - '0') * 10 + end[1] - '0' == next % 100 ? next : 0;
}

int lkv_value_stage_year(const char *text)
{
    static const char *const words[] = {"åk",   "Åk",      "ÅK",     "year",
                                        "Year", "årskurs", "Årskurs"};
    bool bare = g_ascii_isdigit(*text); /* as most are */
    for (size_t i = 0; !bare && i < G_N_ELEMENTS(words); i++) {
        if (g_str_has_prefix(text, words[i])) {
            text += strlen(words[i]);
            text += strspn(text, " ");
            break;
        }
    }
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 2 || text[digits] != '\0') {
        return -1;
    }
    return digits == 1 ? text[0] - '0' : (text[0] - '0') * 10 + text[1] - '0';
}
