#include "disclose/release.h"

#include <string.h>

#include "base/wide.h"
#include "disclose/making.h"

/* There are some hundred thousand cells, so what each shows lies in two arrays
 * without a gap: its number, and how that is to be read.
 */
typedef union kept {
    int64_t scaled;
    double full; /* where DECIMALS is LKV_FULL */
} kept;

typedef struct look {
    uint8_t decimals;
    uint8_t status : 4;
    uint8_t unit : 4;
} look;

G_STATIC_ASSERT(LKV_NOT_APPLICABLE < 16 && LKV_UNITS <= 16);

static kept kept_of(lkv_shown shown)
{
    return shown.decimals == LKV_FULL ? (kept){.full = shown.full}
                                      : (kept){.scaled = shown.scaled};
}

static look look_of(lkv_shown shown, unsigned unit)
{
    return (look){.decimals = shown.decimals,
                  .status = (unsigned)shown.status & 15U,
                  .unit = unit & 15U};
}

static lkv_shown shown_of(kept from, look at)
{
    bool full = at.decimals == LKV_FULL;
    return (lkv_shown){.status = (lkv_status)at.status,
                       .decimals = at.decimals,
                       .scaled = full ? 0 : from.scaled,
                       .full = full ? from.full : 0};
}

struct lkv_release {
    lkv_frame *frame;
    GStringChunk *text;
    const char *profile, *run;
    bool open;
    lkv_thresholds thresholds;
    GArray *figures; /* lkv_figure */
    GArray *numbers; /* kept, by cell; the first is "none" */
    GArray *looks; /* look, by cell */
    GArray *steps; /* lkv_release_step */
};

lkv_release *lkv_release_new(lkv_frame *frame, lkv_release_head head)
{
    lkv_release *release = g_new0(lkv_release, 1);
    release->frame = lkv_frame_ref(frame);
    release->text = g_string_chunk_new(256);
    release->profile = g_string_chunk_insert(release->text, head.profile);
    release->run = g_string_chunk_insert(release->text, head.run);
    release->open = head.open;
    release->thresholds = head.thresholds;
    release->figures = g_array_new(FALSE, FALSE, sizeof(lkv_figure));
    release->numbers = g_array_new(FALSE, FALSE, sizeof(kept));
    release->looks = g_array_new(FALSE, FALSE, sizeof(look));
    release->steps = g_array_new(FALSE, FALSE, sizeof(lkv_release_step));
    lkv_release_put(release, (lkv_shown){.status = LKV_NOT_APPLICABLE});
    return release;
}

void lkv_release_free(lkv_release *release)
{
    if (!release) {
        return;
    }
    lkv_frame_unref(release->frame);
    g_array_unref(release->figures);
    g_array_unref(release->numbers);
    g_array_unref(release->looks);
    g_array_unref(release->steps);
    g_string_chunk_free(release->text);
    g_free(release);
}

lkv_cell lkv_release_put(lkv_release *release, lkv_shown shown)
{
    kept number = kept_of(shown);
    look at = look_of(shown, LKV_UNIT_NONE);
    g_array_append_val(release->numbers, number);
    g_array_append_val(release->looks, at);
    return release->numbers->len - 1;
}

void lkv_release_replace(lkv_release *release, lkv_cell number, lkv_shown shown)
{
    g_assert(number > 0 && number < release->numbers->len);
    look *at = &g_array_index(release->looks, look, number);
    g_array_index(release->numbers, kept, number) = kept_of(shown);
    *at = look_of(shown, at->unit);
}

static void measured_in(lkv_release *release, lkv_cell number,
                        lkv_value_unit unit)
{
    if (number > 0) {
        g_array_index(release->looks, look, number).unit = (unsigned)unit & 15U;
    }
}

void lkv_release_measure(lkv_release *release, const lkv_figure *figure)
{
    measured_in(release, figure->value, figure->unit_of_value);
    measured_in(release, figure->error, figure->unit_of_value);
    measured_in(release, figure->low, figure->unit_of_value);
    measured_in(release, figure->high, figure->unit_of_value);
    measured_in(release, figure->detectable, figure->unit_of_value);
    measured_in(release, figure->n, LKV_UNIT_COUNT);
    measured_in(release, figure->schools, LKV_UNIT_COUNT);
    measured_in(release, figure->missing, LKV_UNIT_COUNT);
}

lkv_figure *lkv_release_change(lkv_release *release, size_t index)
{
    g_assert(index < release->figures->len);
    return &g_array_index(release->figures, lkv_figure, index);
}

void lkv_release_add(lkv_release *release, const lkv_figure *figure)
{
    lkv_release_measure(release, figure);
    g_array_append_val(release->figures, *figure);
}

void lkv_release_step_add(lkv_release *release, const lkv_release_step *step)
{
    lkv_release_step copy = *step;
    measured_in(release, step->pupils, LKV_UNIT_COUNT);
    copy.step = g_string_chunk_insert_const(release->text, step->step);
    g_array_append_val(release->steps, copy);
}

const char *lkv_status_id(lkv_status status)
{
    static const char *const ids[] = {
        [LKV_OK] = "ok",
        [LKV_HIDDEN] = "hidden",
        [LKV_AT_LEAST] = "at_least",
        [LKV_AT_MOST] = "at_most",
        [LKV_NOT_ESTIMABLE] = "not_estimable",
        [LKV_NOT_APPLICABLE] = "not_applicable",
    };
    return ids[status];
}

bool lkv_status_has_number(lkv_status status)
{
    return status == LKV_OK || status == LKV_AT_LEAST || status == LKV_AT_MOST;
}

double lkv_shown_number(lkv_shown shown)
{
    return shown.decimals == LKV_FULL
               ? shown.full
               : (double)shown.scaled /
                     (double)lkv_power_of_ten(shown.decimals);
}

const char *lkv_release_unit_word(lkv_value_unit unit)
{
    return unit == LKV_UNIT_SHARE_POINTS ? "share_points"
                                         : lkv_value_unit_id(unit);
}

const char *lkv_release_profile(const lkv_release *release)
{
    return release->profile;
}

bool lkv_release_open(const lkv_release *release)
{
    return release->open;
}

const char *lkv_release_run(const lkv_release *release)
{
    return release->run;
}

const lkv_frame *lkv_release_frame(const lkv_release *release)
{
    return release->frame;
}

size_t lkv_release_size(const lkv_release *release)
{
    return release->figures->len;
}

const lkv_figure *lkv_release_figure(const lkv_release *release, size_t index)
{
    g_assert(index < release->figures->len);
    return &g_array_index(release->figures, lkv_figure, index);
}

const lkv_figure *lkv_release_find(const lkv_release *release,
                                   const lkv_key *key)
{
    size_t low = 0;
    size_t high = release->figures->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const lkv_figure *figure = lkv_release_figure(release, middle);
        int order = lkv_key_compare(&figure->key, key);
        if (order == 0) {
            return figure;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

size_t lkv_release_cells(const lkv_release *release)
{
    return release->numbers->len;
}

lkv_shown lkv_release_at(const lkv_release *release, lkv_cell number)
{
    g_assert(number < release->numbers->len);
    return shown_of(g_array_index(release->numbers, kept, number),
                    g_array_index(release->looks, look, number));
}

lkv_value_unit lkv_release_unit(const lkv_release *release, lkv_cell number)
{
    g_assert(number < release->looks->len);
    return (lkv_value_unit)g_array_index(release->looks, look, number).unit;
}

lkv_thresholds lkv_release_thresholds(const lkv_release *release)
{
    return release->thresholds;
}

size_t lkv_release_steps(const lkv_release *release)
{
    return release->steps->len;
}

const lkv_release_step *lkv_release_step_at(const lkv_release *release,
                                            size_t index)
{
    g_assert(index < release->steps->len);
    return &g_array_index(release->steps, lkv_release_step, index);
}
