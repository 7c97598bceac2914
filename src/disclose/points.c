#include "disclose/points.h"

#include "base/wide.h"
#include "disclose/binding.h"
#include "disclose/shown.h"

/* ROUNDS: in which sums are drawn tight. PUPILS_MOST: of more, nothing is said.
 * CLOSE: such a part of its scale tells a mean.
 */
enum { ROUNDS = 4, PUPILS_MOST = 1 << 24, CLOSE = 20 };

/* ---- means --------------------------------------------------------------- */

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
    int64_t half = lkv_power_of_ten(LKV_POINT_DECIMALS - decimals);
    int64_t middle = lkv_shown_value(mean, decimals).scaled * 2 * half;
    return (lkv_interval){middle - half, middle + half};
}

/* An end of a scale, in the units of points. */
static int64_t end_of(const lkv_outcome *outcome, int64_t end)
{
    return end * 2 * lkv_power_of_ten(LKV_POINT_DECIMALS) /
           lkv_power_of_ten(outcome->decimals);
}

static const lkv_outcome *outcome_of(const lkv_points *points)
{
    return lkv_frame_outcome(points->view->facts->frame, points->outcome);
}

/* ---- nodes --------------------------------------------------------------- */

/* The set of those who have points in OUTCOME, on its axis: its means are of them.
 * LKV_SET_ALL if it has no mean.
 */
static uint16_t counted_set(const lkv_view *view, uint16_t outcome)
{
    for (size_t i = 0; i < view->fact_count; i++) {
        const lkv_fact *fact = lkv_facts_at(view->facts, view->fact[i]);
        if (fact->stat == LKV_MEAN && fact->outcome == outcome) {
            return lkv_crowd_on(
                lkv_crowds_at(view->facts->crowds, fact->base),
                lkv_frame_outcome(view->facts->frame, outcome)->axis);
        }
    }
    return LKV_SET_ALL;
}

static void find_counted(lkv_points *points, uint16_t set)
{
    const lkv_view *view = points->view;
    const lkv_outcome *outcome = outcome_of(points);
    lkv_interval scale = {end_of(outcome, outcome->least),
                          end_of(outcome, outcome->most)};
    for (uint32_t node = 0; node < view->lattice->size; node++) {
        points->counted[node] =
            lkv_crowd_on(lkv_crowds_at(view->lattice->nodes, node),
                         outcome->axis) == set;
        points->each[node] = scale;
    }
}

static void see_means(lkv_points *points)
{
    const lkv_view *view = points->view;
    GHashTableIter iter;
    gpointer number;
    gpointer mean;
    g_hash_table_iter_init(&iter, view->means);
    while (g_hash_table_iter_next(&iter, &number, &mean)) {
        uint32_t at = GPOINTER_TO_UINT(number);
        const lkv_fact *fact = lkv_facts_at(view->facts, at);
        uint32_t node = lkv_view_node(view, fact->base);
        if (node != LKV_NO_CROWD && fact->outcome == points->outcome &&
            lkv_view_fate(view, at).kind == LKV_FATE_SHOWN) {
            points->each[node] = printed(view, mean);
            points->told[node] = true;
        }
    }
}

/* What all of NODE have by its mean or scale, and how many they may be. */
static lkv_interval by_number(const lkv_points *points, uint32_t node)
{
    lkv_interval pupils = points->view->drawn[node];
    lkv_interval each = points->each[node];
    if (pupils.high > PUPILS_MOST) {
        return (lkv_interval){-LKV_UNBOUNDED, LKV_UNBOUNDED};
    }
    return (lkv_interval){each.low * (each.low < 0 ? pupils.high : pupils.low),
                          each.high *
                              (each.high < 0 ? pupils.low : pupils.high)};
}

static void fill(lkv_points *points, uint16_t set)
{
    find_counted(points, set);
    see_means(points);
    for (uint32_t node = 0; node < points->view->lattice->size; node++) {
        points->all[node] = by_number(points, node);
    }
}

/* ---- sums ---------------------------------------------------------------- */

static bool all_counted(const lkv_points *points, size_t row)
{
    size_t length;
    const uint32_t *member =
        lkv_lists_at(&points->view->lattice->sums, row, &length);
    size_t i = 0;
    while (i < length && points->counted[member[i]]) {
        i++;
    }
    return i == length;
}

static void find_rows(lkv_points *points)
{
    const lkv_lists *sums = &points->view->lattice->sums;
    for (uint32_t row = 0; row < lkv_lists_count(sums); row++) {
        if (all_counted(points, row)) {
            g_array_append_val(points->rows, row);
        }
    }
}

static bool narrow(lkv_interval *all, int64_t low, int64_t high)
{
    bool moved = low > all->low || high < all->high;
    all->low = MAX(all->low, low);
    all->high = MIN(all->high, high);
    g_assert(all->low <= all->high); /* what the pupils have lies between */
    return moved;
}

/* Draws one sum tight: the whole by its parts, and each part by what is left. */
static bool draw_sum(lkv_points *points, size_t row)
{
    size_t length;
    const uint32_t *member =
        lkv_lists_at(&points->view->lattice->sums, row, &length);
    lkv_interval parts = {0, 0};
    for (size_t i = 1; i < length; i++) {
        parts.low += points->all[member[i]].low;
        parts.high += points->all[member[i]].high;
    }
    lkv_interval *whole = &points->all[member[0]];
    bool moved = narrow(whole, parts.low, parts.high);
    for (size_t i = 1; i < length; i++) {
        lkv_interval *part = &points->all[member[i]];
        lkv_interval others = {parts.low - part->low, parts.high - part->high};
        lkv_interval was = *part;
        moved =
            narrow(part, whole->low - others.high, whole->high - others.low) ||
            moved;
        parts.low += part->low - was.low;
        parts.high += part->high - was.high;
    }
    return moved;
}

static void draw(lkv_points *points)
{
    bool moved = true;
    for (size_t round = 0; moved && round < ROUNDS; round++) {
        moved = false;
        for (guint i = 0; i < points->rows->len; i++) {
            moved =
                draw_sum(points, g_array_index(points->rows, uint32_t, i)) ||
                moved;
        }
    }
}

static lkv_points *points_of(const lkv_view *view, uint16_t outcome)
{
    size_t size = view->lattice->size;
    lkv_points *points = g_new(lkv_points, 1);
    points->view = view;
    points->outcome = outcome;
    points->counted = g_new0(bool, size + 1);
    points->told = g_new0(bool, size + 1);
    points->each = g_new(lkv_interval, size + 1);
    points->all = g_new(lkv_interval, size + 1);
    points->rows = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    return points;
}

GPtrArray *lkv_points_new(const lkv_view *view)
{
    GPtrArray *all =
        g_ptr_array_new_with_free_func((GDestroyNotify)lkv_points_free);
    const lkv_frame *frame = view->facts->frame;
    for (uint16_t i = 0; i < frame->outcomes->len; i++) {
        bool has_points = lkv_frame_outcome(frame, i)->kind == LKV_POINTS;
        uint16_t set = has_points ? counted_set(view, i) : LKV_SET_ALL;
        if (set != LKV_SET_ALL) {
            lkv_points *points = points_of(view, i);
            fill(points, set);
            find_rows(points);
            draw(points);
            g_ptr_array_add(all, points);
        }
    }
    return all;
}

void lkv_points_free(lkv_points *points)
{
    if (points) {
        g_free(points->counted);
        g_free(points->told);
        g_free(points->each);
        g_free(points->all);
        g_array_unref(points->rows);
        g_free(points);
    }
}

/* ---- what they tell ------------------------------------------------------ */

bool lkv_points_tell(const lkv_points *points, size_t row)
{
    size_t length;
    const uint32_t *member =
        lkv_lists_at(&points->view->lattice->sums, row, &length);
    bool told = false;
    for (size_t i = 0; i < length; i++) {
        told = told || (points->told[member[i]] &&
                        lkv_unknown(points->view, member[i]));
    }
    return told &&
           lkv_sorted_place((const uint32_t *)(const void *)points->rows->data,
                            points->rows->len, (uint32_t)row) != LKV_NO_PLACE;
}

static bool follows(const lkv_points *points, uint32_t node)
{
    const lkv_outcome *outcome = outcome_of(points);
    lkv_interval pupils = points->view->drawn[node];
    lkv_interval all = points->all[node];
    if (pupils.low <= 0 || pupils.high > PUPILS_MOST || all.low < 0) {
        return false;
    }
    double width = (double)all.high / (double)pupils.low -
                   (double)all.low / (double)pupils.high;
    return width * CLOSE < (double)(end_of(outcome, outcome->most) -
                                    end_of(outcome, outcome->least));
}

/* The mean of NODE that is told and may be hidden, or LKV_NO_FACT. */
static uint32_t told_mean(const lkv_points *points, uint32_t node)
{
    const lkv_view *view = points->view;
    size_t count;
    const uint32_t *giving = lkv_lists_at(&view->giving, node, &count);
    for (size_t i = 0; i < count; i++) {
        const lkv_fact *fact = lkv_facts_at(view->facts, giving[i]);
        if (fact->stat == LKV_MEAN && fact->outcome == points->outcome &&
            lkv_view_fate(view, giving[i]).kind == LKV_FATE_SHOWN &&
            lkv_view_may_hide_fact(view, giving[i])) {
            return giving[i];
        }
    }
    return LKV_NO_FACT;
}

/* The smallest group, but NODE, whose mean is told and that stands in a sum with
 * it, as a part; LKV_NO_CROWD if there is none.
 */
static uint32_t smallest_beside(const lkv_points *points, uint32_t node)
{
    const lkv_view *view = points->view;
    uint32_t best = LKV_NO_CROWD;
    size_t rows;
    const uint32_t *row = lkv_lists_at(&view->lattice->sums_of, node, &rows);
    for (size_t i = 0; i < rows; i++) {
        size_t length;
        const uint32_t *member =
            lkv_lists_at(&view->lattice->sums, row[i], &length);
        for (size_t k = 1; k < length; k++) {
            if (member[k] != node && points->told[member[k]] &&
                (best == LKV_NO_CROWD ||
                 lkv_view_order(view, member[k], best) < 0)) {
                best = member[k];
            }
        }
    }
    return best;
}

size_t lkv_points_hide(const lkv_points *points)
{
    const lkv_view *view = points->view;
    size_t hidden = 0;
    for (size_t i = 0; i < view->fact_count; i++) {
        const lkv_fact *fact = lkv_facts_at(view->facts, view->fact[i]);
        uint32_t node = lkv_view_node(view, fact->base);
        if (fact->stat != LKV_MEAN || fact->outcome != points->outcome ||
            node == LKV_NO_CROWD || points->told[node] ||
            !follows(points, node)) {
            continue;
        }
        uint32_t best = smallest_beside(points, node);
        uint32_t mean =
            best == LKV_NO_CROWD ? LKV_NO_FACT : told_mean(points, best);
        if (mean != LKV_NO_FACT) {
            lkv_view_hide_fact(view, mean);
            hidden++;
        }
    }
    return hidden;
}
