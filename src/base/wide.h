/* 128-bit integers: exact sums of scaled decimals and of their products.
 *
 * Integer addition is associative, so a sum does not depend on the order of
 * rows, on threads or on how a file was split.
 */
#ifndef LKV_BASE_WIDE_H
#define LKV_BASE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef __int128 lkv_wide;

/* TOP / BOTTOM as the nearest double (ties to even); BOTTOM is not 0. The
 * whole quotient is formed in integers, so nothing is lost before the one
 * rounding.
 */
double lkv_wide_ratio(lkv_wide top, lkv_wide bottom);
/* TOP / BOTTOM less that double: what was rounded away, to twice its digits
 * where BOTTOM is below 2^53.
 */
double lkv_wide_rest(lkv_wide top, lkv_wide bottom);

/* TOP / BOTTOM as an integer of its DECIMALS-th decimal, half away from zero:
 * (1, 8, 2) is 13. BOTTOM is not 0; DECIMALS is at most 9 and the result fits.
 */
int64_t lkv_wide_round(lkv_wide top, lkv_wide bottom, unsigned decimals);

/* The same for a double that is no exact ratio. VALUE is finite. */
int64_t lkv_real_round(double value, unsigned decimals);

/* 10 to the power of EXPONENT, which is at most 18. */
int64_t lkv_power_of_ten(unsigned exponent);

#endif
