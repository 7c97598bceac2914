#include "disclose/shown.h"

#include <math.h>

#include "base/wide.h"

enum { PLAIN_DECIMALS = 3 };

uint8_t lkv_shown_decimals(const lkv_profile *profile, lkv_value_unit unit,
                           int64_t n)
{
    if (profile->open) {
        return LKV_FULL;
    }
    switch (unit) {
    case LKV_UNIT_SHARE:
    case LKV_UNIT_SHARE_POINTS:
        return (uint8_t)(LKV_PER_CENT_DECIMALS + (n >= profile->decimals_from
                                                      ? profile->share_decimals
                                                      : 0));
    case LKV_UNIT_POINTS:
    case LKV_UNIT_POINTS2:
        return (uint8_t)(n >= profile->mean_decimals_from
                             ? profile->mean_decimals
                             : 0);
    case LKV_UNIT_COUNT:
        return 0;
    case LKV_UNIT_NONE:
    case LKV_UNIT_RATIO:
    case LKV_UNIT_PROBABILITY:
    case LKV_UNITS:
        break;
    }
    return PLAIN_DECIMALS;
}

lkv_shown lkv_shown_status(lkv_status status)
{
    return (lkv_shown){.status = status};
}

lkv_shown lkv_shown_whole(int64_t value)
{
    return (lkv_shown){.status = LKV_OK, .scaled = value};
}

lkv_shown lkv_shown_real(double value, uint8_t decimals)
{
    if (!isfinite(value)) {
        return lkv_shown_status(LKV_NOT_ESTIMABLE);
    }
    lkv_shown shown = {.status = LKV_OK, .decimals = decimals};
    if (decimals == LKV_FULL) {
        shown.full = value;
    } else {
        shown.scaled = lkv_real_round(value, decimals);
    }
    return shown;
}

lkv_shown lkv_shown_value(const lkv_estimate *estimate, uint8_t decimals)
{
    if (estimate->bottom == 0 || decimals == LKV_FULL) {
        return lkv_shown_real(lkv_estimate_value(estimate), decimals);
    }
    return (lkv_shown){
        .status = LKV_OK,
        .decimals = decimals,
        .scaled = lkv_wide_round(estimate->top, estimate->bottom, decimals)};
}

/* Bounds of shares whose base is not told, in per cent: from one to the next
 * the base doubles or so. Whole per cent would tell it, since the reader knows
 * how many are a few.
 */
static const int64_t untold[] = {0, 50, 60, 80, 90, 95, 98, 100};

/* The greatest of UNTOLD that PART is of BASE. */
static size_t step_of(int64_t part, int64_t base)
{
    size_t step = 0;
    while (untold[step + 1] < 100 && untold[step + 1] * base <= 100 * part) {
        step++;
    }
    return step;
}

lkv_shown lkv_shown_bound(const lkv_fate *fate, lkv_value_unit unit,
                          int64_t base, bool told)
{
    bool least = fate->kind == LKV_FATE_AT_LEAST;
    lkv_shown shown = {.status = least ? LKV_AT_LEAST : LKV_AT_MOST,
                       .scaled = fate->bound};
    if (unit == LKV_UNIT_SHARE && base > 0) {
        int64_t part = least ? fate->bound : base - fate->bound;
        int64_t share = told ? 100 * part / base : untold[step_of(part, base)];
        shown.decimals = LKV_PER_CENT_DECIMALS;
        shown.scaled = least ? share : 100 - share;
    }
    return shown;
}

void lkv_shown_bases(int64_t few, int64_t base, int64_t *low, int64_t *high)
{
    size_t step = step_of(base - few, base);
    int64_t here = 100 - untold[step];
    int64_t next = 100 - untold[step + 1];
    *low = (100 * few + here - 1) / here;
    *high = next > 0 ? (100 * few - 1) / next : INT64_MAX;
}
