/* Rounding, once: from a value to the integer of its last printed digit. */
#ifndef LKV_DISCLOSE_SHOWN_H
#define LKV_DISCLOSE_SHOWN_H

#include "disclose/fates.h"
#include "disclose/release.h"

enum { LKV_PER_CENT_DECIMALS = 2 }; /* of a share in whole per cent */

/* Decimals of a value in UNIT over N pupils (-1 = not known: the fewest). */
uint8_t lkv_shown_decimals(const lkv_profile *profile, lkv_value_unit unit,
                           int64_t n);

lkv_shown lkv_shown_status(lkv_status status);
lkv_shown lkv_shown_whole(int64_t value);
/* Not estimable unless VALUE is finite. */
lkv_shown lkv_shown_real(double value, uint8_t decimals);
/* The value of ESTIMATE with DECIMALS (LKV_FULL: all digits). */
lkv_shown lkv_shown_value(const lkv_estimate *estimate, uint8_t decimals);
/* At least or at most FATE's bound, as a count or as a share of BASE pupils in
 * per cent, rounded so that it stays true: whole where the base is TOLD.
 */
lkv_shown lkv_shown_bound(const lkv_fate *fate, lkv_value_unit unit,
                          int64_t base, bool told);

/* The least and the greatest base that is not told for which a share of all
 * but FEW, or of FEW, is shown as for BASE.
 */
void lkv_shown_bases(int64_t few, int64_t base, int64_t *low, int64_t *high);

#endif
