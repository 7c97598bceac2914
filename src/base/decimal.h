/* Decimal text as exact integers: "12,5" with decimals 1 is 125. */
#ifndef LKV_BASE_DECIMAL_H
#define LKV_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LKV_DECIMALS_MOST = 15 };

/* VALUE is mantissa / 10^decimals, trailing zeros of the fraction removed. */
typedef struct lkv_decimal {
    int64_t mantissa;
    uint8_t decimals;
} lkv_decimal;

typedef enum {
    LKV_DECIMAL_OK,
    LKV_DECIMAL_NOT_A_NUMBER, /* empty, letters, NaN, Inf, hex, exponent */
    LKV_DECIMAL_TOO_LARGE, /* over 18 digits or 15 decimals */
    LKV_DECIMAL_AMBIGUOUS /* thousands or decimals: see lkv_decimal_read */
} lkv_decimal_fault;

/* Reads the LENGTH bytes at TEXT with POINT ('.' or ',') as decimal mark. A
 * minus may be '-' or U+2212. Thousands may be parted by space, U+00A0 or
 * U+202F, and only in groups of three. No exponent, no leading '+', no blanks
 * around. ",5" is a number, as some programs write it; "5," is none. With POINT
 * '.', "1,234" is ambiguous, since it may be a thousand or a decimal mark, and
 * so is "1.234" with ','.
 */
lkv_decimal_fault lkv_decimal_read(const char *text, size_t length, char point,
                                   lkv_decimal *out);

/* DECIMAL as an integer of its DECIMALS-th decimal; false when that loses
 * digits or does not fit into int64.
 */
bool lkv_decimal_scale(lkv_decimal decimal, unsigned decimals, int64_t *out);

/* SCALED / 10^DECIMALS as machine text with '.', all decimals written. BUFFER
 * holds at least 32 bytes; returns BUFFER.
 */
char *lkv_decimal_text(int64_t scaled, unsigned decimals, char *buffer);

/* VALUE with 17 significant digits as C-locale text ("nan" never: VALUE is
 * finite). BUFFER holds at least 32 bytes; returns BUFFER.
 */
char *lkv_real_text(double value, char *buffer);

#endif
