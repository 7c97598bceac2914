#include "base/decimal.h"

#include <math.h>
#include <string.h>

#include <glib.h>

#include "base/wide.h"

enum { DIGITS_MOST = 18, GROUP_DIGITS = 3, TEXT_SIZE = 32 };

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Whether TEXT begins with PREFIX; the length of PREFIX, else 0. */
static size_t begins(const char *text, const char *end, const char *prefix)
{
    size_t length = strlen(prefix);
    bool same =
        (size_t)(end - text) >= length && memcmp(text, prefix, length) == 0;
    return same ? length : 0;
}

static size_t minus_length(const char *text, const char *end)
{
    size_t length = begins(text, end, "-");
    return length ? length : begins(text, end, "\u2212");
}

static size_t gap_length(const char *text, const char *end)
{
    size_t length = begins(text, end, " ");
    length = length ? length : begins(text, end, "\u00a0");
    return length ? length : begins(text, end, "\u202f");
}

static size_t digits_at(const char *text, const char *end)
{
    size_t count = 0;
    while (text + count < end && is_digit(text[count])) {
        count++;
    }
    return count;
}

typedef struct number {
    char digit[DIGITS_MOST + 1]; /* without leading zeros */
    size_t digits;
    size_t zeros; /* zeros after DIGIT, written down when a digit follows */
    size_t decimals; /* of DIGIT */
    bool large;
} number;

static void put(number *out, char byte)
{
    if (out->digits >= DIGITS_MOST) {
        out->large = true;
        return;
    }
    out->digit[out->digits++] = byte;
}

static void put_whole(number *out, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (out->digits > 0 || text[i] != '0') {
            put(out, text[i]);
        }
    }
}

/* One more digit of the fraction; zeros before the first digit of all only
 * count as decimals.
 */
static void put_decimal(number *out, char byte)
{
    out->decimals++;
    if (out->decimals > LKV_DECIMALS_MOST) {
        out->large = true;
    } else if (out->digits > 0 || byte != '0') {
        put(out, byte);
    }
}

/* Zeros wait, so that those at the end of the fraction are never written. */
static void put_fraction(number *out, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text[i] == '0') {
            out->zeros++;
            continue;
        }
        for (; out->zeros > 0; out->zeros--) {
            put_decimal(out, '0');
        }
        put_decimal(out, text[i]);
    }
}

/* Reads "1 234" or "1234" at TEXT; where it ends, or NULL. */
static const char *read_whole(const char *text, const char *end, number *out)
{
    size_t count = digits_at(text, end);
    put_whole(out, text, count);
    text += count;
    size_t gap = gap_length(text, end);
    if (gap > 0 && (count == 0 || count > GROUP_DIGITS)) {
        return NULL;
    }
    for (; gap > 0; gap = gap_length(text, end)) {
        text += gap;
        if (digits_at(text, end) != GROUP_DIGITS) {
            return NULL;
        }
        put_whole(out, text, GROUP_DIGITS);
        text += GROUP_DIGITS;
    }
    return text;
}

/* "1,234" where '.' is the decimal mark: perhaps 1234, perhaps 1.234. */
static bool is_ambiguous(const char *text, const char *end, char point)
{
    size_t count = digits_at(text, end);
    char other = point == ',' ? '.' : ',';
    if (count == 0 || count > GROUP_DIGITS || text + count >= end ||
        text[count] != other) {
        return false;
    }
    text += count + 1;
    return digits_at(text, end) == GROUP_DIGITS && text + GROUP_DIGITS == end;
}

static int64_t mantissa_of(const number *read, bool negative)
{
    int64_t value = 0;
    for (size_t i = 0; i < read->digits; i++) {
        value = value * 10 + (read->digit[i] - '0');
    }
    return negative ? -value : value;
}

lkv_decimal_fault lkv_decimal_read(const char *text, size_t length, char point,
                                   lkv_decimal *out)
{
    const char *end = text + length;
    size_t minus = minus_length(text, end);
    const char *start = text + minus;
    if (is_ambiguous(start, end, point)) {
        return LKV_DECIMAL_AMBIGUOUS;
    }
    number read = {0};
    const char *at = read_whole(start, end, &read);
    if (!at) {
        return LKV_DECIMAL_NOT_A_NUMBER;
    }
    bool digits = at > start;
    if (at < end && *at == point) {
        size_t count = digits_at(at + 1, end);
        put_fraction(&read, at + 1, count);
        digits = count > 0;
        at += 1 + count;
    }
    if (!digits || at != end) {
        return LKV_DECIMAL_NOT_A_NUMBER;
    }
    if (read.large) {
        return LKV_DECIMAL_TOO_LARGE;
    }
    out->mantissa = mantissa_of(&read, minus > 0);
    out->decimals = (uint8_t)read.decimals;
    return LKV_DECIMAL_OK;
}

bool lkv_decimal_scale(lkv_decimal decimal, unsigned decimals, int64_t *out)
{
    if (decimals < decimal.decimals) {
        unsigned surplus = decimal.decimals - decimals;
        int64_t power = surplus <= 18 ? lkv_power_of_ten(surplus) : 0;
        if (power == 0 || decimal.mantissa % power != 0) {
            return false;
        }
        *out = decimal.mantissa / power;
        return true;
    }
    unsigned missing = decimals - decimal.decimals;
    if (missing > 18) {
        *out = 0;
        return decimal.mantissa == 0;
    }
    return !__builtin_mul_overflow(decimal.mantissa, lkv_power_of_ten(missing),
                                   out);
}

char *lkv_decimal_text(int64_t scaled, unsigned decimals, char *buffer)
{
    g_assert(decimals <= 18);
    uint64_t size = scaled < 0 ? -(uint64_t)scaled : (uint64_t)scaled;
    uint64_t power = (uint64_t)lkv_power_of_ten(decimals);
    const char *sign = scaled < 0 ? "-" : "";
    if (decimals == 0) {
        g_snprintf(buffer, TEXT_SIZE, "%s%" G_GUINT64_FORMAT, sign, size);
        return buffer;
    }
    g_snprintf(buffer, TEXT_SIZE,
               "%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, sign,
               size / power, (int)decimals, size % power);
    return buffer;
}

char *lkv_real_text(double value, char *buffer)
{
    g_assert(isfinite(value));
    /* A zero has no sign in a table. */
    double plain = value == 0.0 ? 0.0 : value;
    return g_ascii_formatd(buffer, TEXT_SIZE, "%.17g", plain);
}
