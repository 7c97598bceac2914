/* Quantiles of the released figures of all schools: they know no more than
 * those figures, so they need no hiding of their own.
 */
#ifndef LKV_DISCLOSE_BAND_H
#define LKV_DISCLOSE_BAND_H

#include "disclose/making.h"

enum { LKV_BAND_SCHOOLS = 10 };

/* Fills figure NUMBER of RELEASE with the quantile at PROBABILITY (type 7 of
 * Hyndman and Fan 1996) of the schools' figures under the same key but unit,
 * measure and component: the mean or share. Fewer than LKV_BAND_SCHOOLS of
 * them with a value, bounds left out: not estimable.
 */
void lkv_band_fill(lkv_release *release, size_t number, double probability);

#endif
