#include "disclose/points.h"

#include "base/wide.h"
#include "disclose/shown.h"

/* The estimate of a mean of NODE that some reader sees; NULL if there is none. */
static const lkv_estimate *mean_of(const lkv_view *view, uint32_t node)
{
    size_t count;
    const uint32_t *fact = lkv_lists_at(&view->giving, node, &count);
    for (size_t i = 0; i < count; i++) {
        gpointer estimate;
        if (g_hash_table_lookup_extended(view->means, GUINT_TO_POINTER(fact[i]),
                                         NULL, &estimate) &&
            lkv_view_fate(view, fact[i]).kind == LKV_FATE_SHOWN) {
            return estimate;
        }
    }
    return NULL;
}

/* As many decimals as any reader sees of a mean of PUPILS. */
static uint8_t decimals_of(const lkv_view *view, int64_t pupils)
{
    uint8_t decimals = 0;
    for (size_t i = 0; i < view->readers.audiences; i++) {
        const lkv_profile *profile = &view->readers.audience[i]->profile;
        decimals =
            MAX(decimals, lkv_shown_decimals(profile, LKV_UNIT_POINTS, pupils));
    }
    return MIN(decimals, LKV_POINT_DECIMALS);
}

static lkv_interval printed(const lkv_view *view, const lkv_estimate *mean)
{
    uint8_t decimals = decimals_of(view, mean->n);
    int64_t unit = lkv_power_of_ten(LKV_POINT_DECIMALS - decimals);
    int64_t middle = lkv_shown_value(mean, decimals).scaled * 2 * unit;
    return (lkv_interval){middle - unit, middle + unit};
}

/* LEAST or MOST of a scale, in the units of means. */
static int64_t end_of(const lkv_outcome *outcome, int64_t end)
{
    return end * 2 * lkv_power_of_ten(LKV_POINT_DECIMALS) /
           lkv_power_of_ten(outcome->decimals);
}

static uint16_t set_on(const lkv_view *view, uint32_t node, lkv_axis axis)
{
    return lkv_crowd_on(lkv_crowds_at(view->lattice->nodes, node), axis);
}

bool lkv_points_of_sum(const lkv_view *view, const uint32_t *member,
                       size_t length, lkv_interval *each)
{
    const lkv_estimate *whole = mean_of(view, member[0]);
    if (!whole) {
        return false;
    }
    const lkv_outcome *outcome =
        lkv_frame_outcome(view->facts->frame, whole->key.outcome);
    uint16_t counted = set_on(view, member[0], outcome->axis);
    bool told = false;
    each[0] = printed(view, whole);
    for (size_t i = 1; i < length; i++) {
        if (set_on(view, member[i], outcome->axis) != counted) {
            return false;
        }
        const lkv_estimate *part = mean_of(view, member[i]);
        told = told || part;
        each[i] = part ? printed(view, part)
                       : (lkv_interval){end_of(outcome, outcome->least),
                                        end_of(outcome, outcome->most)};
    }
    return told;
}
