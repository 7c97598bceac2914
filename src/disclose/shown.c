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

lkv_shown lkv_shown_bound(const lkv_fate *fate, lkv_value_unit unit,
                          int64_t base)
{
    bool least = fate->kind == LKV_FATE_AT_LEAST;
    lkv_shown shown = {.status = least ? LKV_AT_LEAST : LKV_AT_MOST,
                       .scaled = fate->bound};
    if (unit == LKV_UNIT_SHARE && base > 0) {
        shown.decimals = LKV_PER_CENT_DECIMALS;
        shown.scaled = least ? 100 * fate->bound / base
                             : (100 * fate->bound + base - 1) / base;
    }
    return shown;
}
