#include "base/wide.h"

#include <float.h>
#include <math.h>

#include <glib.h>

__extension__ typedef unsigned __int128 wide_size;

enum { QUOTIENT_BITS = 64, EXACT_BITS = DBL_MANT_DIG };

static wide_size size_of(lkv_wide value)
{
    return value < 0 ? -(wide_size)value : (wide_size)value;
}

static bool is_exact(wide_size size)
{
    return size >> EXACT_BITS == 0;
}

/* TOP / BOTTOM rounded once. The quotient is grown to 64 bits, and what is
 * left is kept as its lowest bit, eleven bits below the last that counts.
 */
static double ratio(wide_size top, wide_size bottom)
{
    wide_size quotient = top / bottom;
    wide_size rest = top % bottom;
    int exponent = 0;
    while (quotient >> (QUOTIENT_BITS - 1) == 0) {
        rest <<= 1;
        quotient <<= 1;
        if (rest >= bottom) {
            rest -= bottom;
            quotient |= 1;
        }
        exponent--;
    }
    bool inexact = rest != 0;
    while (quotient >> QUOTIENT_BITS != 0) {
        inexact = inexact || (quotient & 1);
        quotient >>= 1;
        exponent++;
    }
    uint64_t bits = (uint64_t)quotient | (inexact ? 1 : 0);
    return ldexp((double)bits, exponent);
}

double lkv_wide_ratio(lkv_wide top, lkv_wide bottom)
{
    g_assert(bottom != 0);
    if (top == 0) {
        return 0.0;
    }
    wide_size over = size_of(top);
    wide_size under = size_of(bottom);
    /* Both are doubles as they stand: one division rounds once. */
    double value = is_exact(over) && is_exact(under)
                       ? (double)(uint64_t)over / (double)(uint64_t)under
                       : ratio(over, under);
    return (top < 0) == (bottom < 0) ? value : -value;
}

double lkv_wide_rest(lkv_wide top, lkv_wide bottom)
{
    lkv_wide whole = top / bottom, over = top % bottom;
    double high = (double)whole, under = (double)bottom;
    double part = lkv_wide_ratio(over, bottom), product = part * under;
    double lost = ((double)over - product) - fma(part, under, -product);
    double rest = (high - lkv_wide_ratio(top, bottom)) + part;
    return rest + (double)(whole - (lkv_wide)high) + lost / under;
}

/* The next decimal of REST / BOTTOM; ten times REST might not fit. */
static unsigned next_digit(wide_size *rest, wide_size bottom)
{
    wide_size sum = 0;
    unsigned digit = 0;
    for (int i = 0; i < 10; i++) {
        sum += *rest;
        if (sum >= bottom) {
            sum -= bottom;
            digit++;
        }
    }
    *rest = sum;
    return digit;
}

int64_t lkv_wide_round(lkv_wide top, lkv_wide bottom, unsigned decimals)
{
    g_assert(bottom != 0);
    wide_size under = size_of(bottom);
    wide_size quotient = size_of(top) / under;
    wide_size rest = size_of(top) % under;
    for (unsigned i = 0; i < decimals; i++) {
        quotient = quotient * 10 + next_digit(&rest, under);
    }
    if (rest >= under - rest) {
        quotient++;
    }
    g_assert(quotient <= INT64_MAX);
    int64_t value = (int64_t)quotient;
    return (top < 0) == (bottom < 0) ? value : -value;
}

int64_t lkv_real_round(double value, unsigned decimals)
{
    g_assert(isfinite(value));
    int exponent = 0;
    double fraction = frexp(value, &exponent);
    lkv_wide mantissa = (lkv_wide)ldexp(fraction, DBL_MANT_DIG);
    exponent -= DBL_MANT_DIG;
    if (exponent < -126) {
        return 0;
    }
    lkv_wide power = (lkv_wide)1 << (exponent < 0 ? -exponent : exponent);
    return exponent < 0 ? lkv_wide_round(mantissa, power, decimals)
                        : lkv_wide_round(mantissa * power, 1, decimals);
}

int64_t lkv_power_of_ten(unsigned exponent)
{
    g_assert(exponent <= 18);
    int64_t power = 1;
    for (unsigned i = 0; i < exponent; i++) {
        power *= 10;
    }
    return power;
}
