#include "disclose/band.h"

#include <math.h>
#include <stdlib.h>

#include "disclose/shown.h"

static int order(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return left < right ? -1 : left > right;
}

/* The figure of school UNIT that KEY's band is of, or NULL. */
static const lkv_figure *school_figure(const lkv_release *release, lkv_key key,
                                       uint16_t unit)
{
    const lkv_frame *frame = lkv_release_frame(release);
    bool points = key.outcome != LKV_NO_VALUE &&
                  lkv_frame_outcome(frame, key.outcome)->kind == LKV_POINTS;
    key.unit = unit;
    key.measure = lkv_frame_measure_find(frame, points ? "mean" : "share");
    key.component = 0;
    for (int target = 0; target <= LKV_SCHOOLS_LIKE_THESE; target++) {
        key.target = (uint16_t)target;
        const lkv_figure *figure = lkv_release_find(release, &key);
        if (figure) {
            return figure;
        }
    }
    return NULL;
}

static double quantile(const double *sorted, size_t count, double probability)
{
    double at = (double)(count - 1) * probability;
    size_t below = (size_t)floor(at);
    size_t above = below + 1 < count ? below + 1 : below;
    return sorted[below] +
           (at - (double)below) * (sorted[above] - sorted[below]);
}

void lkv_band_fill(lkv_release *release, size_t number, double probability)
{
    const lkv_frame *frame = lkv_release_frame(release);
    lkv_figure *band = lkv_release_change(release, number);
    g_autofree double *values = g_new(double, frame->units->len);
    size_t count = 0;
    uint8_t decimals = LKV_FULL;
    for (guint unit = 1; unit < frame->units->len; unit++) {
        const lkv_figure *figure =
            school_figure(release, band->key, (uint16_t)unit);
        lkv_shown shown = lkv_release_at(release, figure ? figure->value : 0);
        if (shown.status == LKV_OK) {
            values[count++] = lkv_shown_number(shown);
            decimals = MIN(decimals, shown.decimals);
        }
    }
    if (count < LKV_BAND_SCHOOLS) {
        band->reason = LKV_REASON_FEW_RELEASED;
        return;
    }
    qsort(values, count, sizeof *values, order);
    double value = quantile(values, count, probability);
    lkv_release_replace(release, band->value, lkv_shown_real(value, decimals));
    band->schools = lkv_release_put(release, lkv_shown_whole((int64_t)count));
    lkv_release_measure(release, band);
}
