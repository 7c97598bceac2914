/* Rules on released cells. A hidden cell answers "unknown", and whoever asks
 * takes the neutral sentence.
 */
#ifndef LKV_REPORT_TRUTH_H
#define LKV_REPORT_TRUTH_H

#include <stdint.h>

#include "disclose/release.h"

typedef enum { LKV_TRUTH_NO, LKV_TRUTH_YES, LKV_TRUTH_UNKNOWN } lkv_truth;

/* Whether CELL is at least LEAST / 10^DECIMALS; of a bound only what the bound
 * settles.
 */
lkv_truth lkv_truth_at_least(const lkv_release *release, lkv_cell cell,
                             int64_t least, unsigned decimals);
/* Whether cell A is less than cell B. */
lkv_truth lkv_truth_less(const lkv_release *release, lkv_cell a, lkv_cell b);

typedef enum {
    LKV_SIDE_UNKNOWN, /* hidden, or there is no interval */
    LKV_SIDE_NEITHER, /* 0 lies in the interval */
    LKV_SIDE_ABOVE,
    LKV_SIDE_BELOW,
    LKV_SIDE_SMALL /* of a change: 0 lies aside, but it is too small to be
                      called one */
} lkv_zero_side;

/* On which side of 0 FIGURE's whole interval lies. */
lkv_zero_side lkv_zero_side_of(const lkv_release *release,
                               const lkv_figure *figure);
/* The same of a change between years: SMALL where the value is smaller than the
 * least that its outcome's rules call one, UNKNOWN across a break.
 */
lkv_zero_side lkv_change_side_of(const lkv_release *release,
                                 const lkv_figure *figure);
/* On which side of 0 FIGURE lies clear of chance, by its flag alone. */
lkv_zero_side lkv_zero_side_flagged(const lkv_release *release,
                                    const lkv_figure *figure);

#endif
