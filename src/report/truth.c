#include "report/truth.h"

#include <stdbool.h>

#include "base/wide.h"

/* A number without a double: top / 10^decimals. */
typedef struct number {
    lkv_wide top;
    unsigned decimals;
} number;

enum { FULL_DECIMALS = 6 };

static number number_of(lkv_shown shown)
{
    if (shown.decimals == LKV_FULL) {
        return (number){lkv_real_round(shown.full, FULL_DECIMALS),
                        FULL_DECIMALS};
    }
    return (number){shown.scaled, shown.decimals};
}

static bool less(number a, number b)
{
    return a.top * lkv_power_of_ten(b.decimals) <
           b.top * lkv_power_of_ten(a.decimals);
}

lkv_truth lkv_truth_at_least(const lkv_release *release, lkv_cell cell,
                             int64_t least, unsigned decimals)
{
    lkv_shown shown = lkv_release_at(release, cell);
    number wanted = {least, decimals};
    bool reached = false;
    switch (shown.status) {
    case LKV_OK:
        reached = !less(number_of(shown), wanted);
        return reached ? LKV_TRUTH_YES : LKV_TRUTH_NO;
    case LKV_AT_LEAST:
        reached = !less(number_of(shown), wanted);
        return reached ? LKV_TRUTH_YES : LKV_TRUTH_UNKNOWN;
    case LKV_AT_MOST:
        reached = !less(number_of(shown), wanted);
        return reached ? LKV_TRUTH_UNKNOWN : LKV_TRUTH_NO;
    case LKV_HIDDEN:
    case LKV_NOT_ESTIMABLE:
    case LKV_NOT_APPLICABLE:
        break;
    }
    return LKV_TRUTH_UNKNOWN;
}

lkv_truth lkv_truth_less(const lkv_release *release, lkv_cell a, lkv_cell b)
{
    lkv_shown left = lkv_release_at(release, a);
    lkv_shown right = lkv_release_at(release, b);
    if (left.status != LKV_OK || right.status != LKV_OK) {
        return LKV_TRUTH_UNKNOWN;
    }
    return less(number_of(left), number_of(right)) ? LKV_TRUTH_YES
                                                   : LKV_TRUTH_NO;
}

lkv_zero_side lkv_zero_side_of(const lkv_release *release,
                               const lkv_figure *figure)
{
    const number zero = {0, 0};
    if (!figure) {
        return LKV_SIDE_UNKNOWN;
    }
    lkv_shown low = lkv_release_at(release, figure->low);
    lkv_shown high = lkv_release_at(release, figure->high);
    if (low.status != LKV_OK || high.status != LKV_OK) {
        return LKV_SIDE_UNKNOWN;
    }
    return less(zero, number_of(low))    ? LKV_SIDE_ABOVE
           : less(number_of(high), zero) ? LKV_SIDE_BELOW
                                         : LKV_SIDE_NEITHER;
}

lkv_zero_side lkv_change_side_of(const lkv_release *release,
                                 const lkv_figure *figure)
{
    lkv_zero_side side = lkv_zero_side_of(release, figure);
    if (figure && (figure->notes & LKV_NOTE_BREAK)) {
        return LKV_SIDE_UNKNOWN;
    }
    if ((side != LKV_SIDE_ABOVE && side != LKV_SIDE_BELOW) ||
        figure->key.outcome == LKV_NO_VALUE) {
        return side;
    }
    const lkv_outcome *outcome =
        lkv_frame_outcome(lkv_release_frame(release), figure->key.outcome);
    const number least = {outcome->least_change, LKV_CHANGE_DECIMALS};
    lkv_shown shown = lkv_release_at(release, figure->value);
    number change = number_of(shown);
    change.top = change.top < 0 ? -change.top : change.top;
    return shown.status == LKV_OK && !less(change, least) ? side
                                                          : LKV_SIDE_SMALL;
}

lkv_zero_side lkv_zero_side_flagged(const lkv_release *release,
                                    const lkv_figure *figure)
{
    const number zero = {0, 0};
    if (!figure) {
        return LKV_SIDE_UNKNOWN;
    }
    lkv_shown value = lkv_release_at(release, figure->value);
    if (value.status != LKV_OK) {
        return LKV_SIDE_UNKNOWN;
    }
    if (!figure->flagged) {
        return LKV_SIDE_NEITHER;
    }
    return less(number_of(value), zero) ? LKV_SIDE_BELOW : LKV_SIDE_ABOVE;
}
