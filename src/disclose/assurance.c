#include "disclose/assurance.h"

lkv_assurance lkv_assurance_of(const lkv_view *view)
{
    lkv_assurance it = {0, INT64_MAX};
    for (size_t i = 0; i < view->lattice->size; i++) {
        int64_t truth = view->truth[i];
        lkv_interval drawn = view->drawn[i];
        if (lkv_view_leaks(view, (uint32_t)i, (lkv_interval){truth, truth})) {
            it.secrets++;
            it.narrowest = MIN(it.narrowest, drawn.high - drawn.low + 1);
        }
    }
    return it;
}

lkv_assurance lkv_assurance_and(lkv_assurance a, lkv_assurance b)
{
    return (lkv_assurance){a.secrets + b.secrets,
                           MIN(a.narrowest, b.narrowest)};
}
