#include "disclose/system.h"

typedef struct maker {
    lkv_system *system;
    const lkv_view *view;
    const lkv_blocks *blocks;
    size_t block;
    lkv_bound now;
} maker;

static void begin(maker *making, int64_t low, int64_t high)
{
    making->now = (lkv_bound){making->system->place->len, 0, low, high};
}

static void add(maker *making, uint32_t node, int64_t coefficient)
{
    const lkv_interval *known = &making->view->drawn[node];
    lkv_bound *now = &making->now;
    size_t place = lkv_blocks_place(making->blocks, making->block, node);
    if (place == LKV_NO_PLACE) {
        g_assert(known->low == known->high);
        now->low -= lkv_system_from(now) ? coefficient * known->low : 0;
        now->high -= lkv_system_to(now) ? coefficient * known->low : 0;
        return;
    }
    int column = (int)place + 1;
    g_array_append_val(making->system->place, column);
    g_array_append_val(making->system->coefficient, coefficient);
    now->terms++;
}

static void end(maker *making)
{
    if (making->now.terms > 0) {
        g_array_append_val(making->system->bounds, making->now);
    }
}

static void add_sum(maker *making, const uint32_t *member, size_t length)
{
    begin(making, 0, 0);
    for (size_t i = 0; i < length; i++) {
        add(making, member[i], i == 0 ? -1 : 1);
    }
    end(making);
}

static void round_off(maker *making, uint32_t node)
{
    size_t place = lkv_blocks_place(making->blocks, making->block, node);
    if (place != LKV_NO_PLACE) {
        making->system->rounded[place] = true;
    }
}

static void add_ratio(maker *making, const lkv_ratio *ratio)
{
    round_off(making, ratio->base);
    round_off(making, ratio->part);
    begin(making, 0, LKV_UNBOUNDED);
    add(making, ratio->part, ratio->unit);
    add(making, ratio->base, -ratio->low);
    end(making);
    begin(making, -LKV_UNBOUNDED, 0);
    add(making, ratio->part, ratio->unit);
    add(making, ratio->base, -ratio->high);
    end(making);
    if (ratio->rest_most < LKV_UNBOUNDED) {
        begin(making, -LKV_UNBOUNDED, ratio->rest_most);
        add(making, ratio->base, 1);
        add(making, ratio->part, -1);
        end(making);
    }
}

static void add_pair(maker *making, lkv_below pair)
{
    begin(making, -LKV_UNBOUNDED, 0);
    add(making, pair.small, 1);
    add(making, pair.large, -1);
    end(making);
}

static void add_bounds(maker *making)
{
    const lkv_view *view = making->view;
    const lkv_blocks *blocks = making->blocks;
    size_t count;
    const uint32_t *number = lkv_lists_at(&blocks->sums, making->block, &count);
    for (size_t i = 0; i < count; i++) {
        size_t length;
        const uint32_t *member =
            lkv_lists_at(&view->lattice->sums, number[i], &length);
        add_sum(making, member, length);
    }
    number = lkv_lists_at(&blocks->ratios, making->block, &count);
    for (size_t i = 0; i < count; i++) {
        add_ratio(making,
                  &g_array_index(view->known.ratios, lkv_ratio, number[i]));
    }
    number = lkv_lists_at(&blocks->pairs, making->block, &count);
    for (size_t i = 0; i < count; i++) {
        add_pair(making,
                 g_array_index(view->lattice->below, lkv_below, number[i]));
    }
}

static void turn(lkv_system *system)
{
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t i = 0; i < system->bounds->len; i++) {
        const lkv_bound *it = &g_array_index(system->bounds, lkv_bound, i);
        for (size_t k = it->first; k < it->first + it->terms; k++) {
            uint32_t at = (uint32_t)g_array_index(system->place, int, k) - 1;
            g_array_append_val(pairs, at);
            g_array_append_val(pairs, i);
        }
    }
    system->bounds_of = lkv_lists_by_key(pairs, system->nodes);
}

lkv_system *lkv_system_new(const lkv_view *view, const lkv_blocks *blocks,
                           size_t block)
{
    lkv_system *system = g_new0(lkv_system, 1);
    system->node = lkv_lists_at(&blocks->nodes, block, &system->nodes);
    system->interval = g_new(lkv_interval, system->nodes + 1);
    for (size_t i = 0; i < system->nodes; i++) {
        system->interval[i] = view->drawn[system->node[i]];
    }
    system->rounded = g_new0(bool, system->nodes + 1);
    system->bounds = g_array_new(FALSE, FALSE, sizeof(lkv_bound));
    system->place = g_array_new(FALSE, FALSE, sizeof(int));
    system->coefficient = g_array_new(FALSE, FALSE, sizeof(int64_t));
    maker making = {system, view, blocks, block, {0}};
    add_bounds(&making);
    turn(system);
    return system;
}

void lkv_system_free(lkv_system *system)
{
    if (system) {
        g_free(system->interval);
        g_free(system->rounded);
        g_array_unref(system->bounds);
        g_array_unref(system->place);
        g_array_unref(system->coefficient);
        lkv_lists_free(&system->bounds_of);
        g_free(system);
    }
}

bool lkv_system_from(const lkv_bound *bound)
{
    return bound->low > -LKV_UNBOUNDED;
}

bool lkv_system_to(const lkv_bound *bound)
{
    return bound->high < LKV_UNBOUNDED;
}

bool lkv_system_agrees(const lkv_system *system, const int64_t *table)
{
    for (size_t i = 0; i < system->nodes; i++) {
        if (table[i] < system->interval[i].low ||
            table[i] > system->interval[i].high) {
            return false;
        }
    }
    const int *place = &g_array_index(system->place, int, 0);
    const int64_t *coefficient =
        &g_array_index(system->coefficient, int64_t, 0);
    for (guint i = 0; i < system->bounds->len; i++) {
        const lkv_bound *it = &g_array_index(system->bounds, lkv_bound, i);
        int64_t sum = 0;
        for (size_t k = it->first; k < it->first + it->terms; k++) {
            sum += coefficient[k] * table[place[k] - 1];
        }
        if (sum < it->low || sum > it->high) {
            return false;
        }
    }
    return true;
}
