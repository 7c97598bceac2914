#include "disclose/binding.h"

bool lkv_unknown(const lkv_view *view, uint32_t node)
{
    lkv_interval drawn = view->drawn[node];
    return drawn.low < drawn.high;
}

uint32_t lkv_bound_by_sum(const lkv_view *view, size_t row)
{
    size_t length;
    const uint32_t *member = lkv_lists_at(&view->lattice->sums, row, &length);
    uint32_t first = LKV_NO_CROWD;
    bool several = false;
    for (size_t i = 0; i < length; i++) {
        if (lkv_unknown(view, member[i])) {
            several = several || first != LKV_NO_CROWD;
            first = member[i];
        }
    }
    return several ? first : LKV_NO_CROWD;
}

uint32_t lkv_bound_by_ratio(const lkv_view *view, const lkv_ratio *ratio)
{
    return lkv_unknown(view, ratio->base)   ? ratio->base
           : lkv_unknown(view, ratio->part) ? ratio->part
                                            : LKV_NO_CROWD;
}

uint32_t lkv_bound_by_pair(const lkv_view *view, lkv_below pair)
{
    bool overlap = view->drawn[pair.small].high > view->drawn[pair.large].low;
    return overlap && lkv_unknown(view, pair.small) &&
                   lkv_unknown(view, pair.large)
               ? pair.small
               : LKV_NO_CROWD;
}
