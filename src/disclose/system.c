#include "disclose/system.h"

#include "base/order.h"
#include "disclose/binding.h"

typedef struct term {
    int place;
    int64_t coefficient;
} term;

typedef struct maker {
    lkv_system *system;
    const lkv_view *view;
    const lkv_blocks *blocks;
    size_t block;
    lkv_bound now;
    GArray *terms; /* term: of the bound that is made */
} maker;

static void begin(maker *making, int64_t low, int64_t high)
{
    making->now = (lkv_bound){0, 0, low, high};
}

static void add(maker *making, uint32_t node, int64_t coefficient)
{
    const lkv_interval *known = &making->view->drawn[node];
    lkv_bound *now = &making->now;
    if (coefficient == 0) {
        return;
    }
    size_t place = lkv_blocks_place(making->blocks, making->block, node);
    if (place == LKV_NO_PLACE) {
        g_assert(known->low == known->high);
        now->low -= lkv_system_from(now) ? coefficient * known->low : 0;
        now->high -= lkv_system_to(now) ? coefficient * known->low : 0;
        return;
    }
    term it = {(int)place + 1, coefficient};
    g_array_append_val(making->terms, it);
}

static int order_terms(gconstpointer a, gconstpointer b)
{
    return ((const term *)a)->place - ((const term *)b)->place;
}

/* Ends the bound: its terms in the order of their places. */
static void end(maker *making)
{
    lkv_system *system = making->system;
    g_array_sort(making->terms, order_terms);
    making->now.first = system->place->len;
    making->now.terms = making->terms->len;
    for (guint i = 0; i < making->terms->len; i++) {
        term it = g_array_index(making->terms, term, i);
        g_array_append_val(system->place, it.place);
        g_array_append_val(system->coefficient, it.coefficient);
    }
    if (making->terms->len > 0) {
        g_array_append_val(system->bounds, making->now);
    }
    g_array_set_size(making->terms, 0);
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

/* Adds what all pupils of NODE have of points, SIGN times: the least by LEAST, or
 * the most.
 */
static void add_all(maker *making, const lkv_points *points, uint32_t node,
                    int64_t sign, bool least)
{
    lkv_bound *now = &making->now;
    if (lkv_unknown(making->view, node)) {
        lkv_interval each = points->each[node];
        add(making, node, sign * (least ? each.low : each.high));
    } else {
        lkv_interval all = points->all[node];
        int64_t known = sign * (least ? all.low : all.high);
        now->low -= lkv_system_from(now) ? known : 0;
        now->high -= lkv_system_to(now) ? known : 0;
    }
}

/* Adds what means say of the members of a sum: the parts have no more points than
 * the whole may have, and no fewer than it must.
 */
static void add_points(maker *making, const lkv_points *points,
                       const uint32_t *member, size_t length)
{
    begin(making, -LKV_UNBOUNDED, 0);
    for (size_t i = 0; i < length; i++) {
        add_all(making, points, member[i], i == 0 ? -1 : 1, i > 0);
    }
    end(making);
    begin(making, 0, LKV_UNBOUNDED);
    for (size_t i = 0; i < length; i++) {
        add_all(making, points, member[i], i == 0 ? -1 : 1, i == 0);
    }
    end(making);
    for (size_t i = 0; i < length; i++) {
        round_off(making, member[i]);
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
        for (guint k = 0; k < blocks->points->len; k++) {
            const lkv_points *points = g_ptr_array_index(blocks->points, k);
            if (lkv_points_tell(points, number[i])) {
                add_points(making, points, member, length);
            }
        }
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

static int order_bounds(gconstpointer a, gconstpointer b, gpointer data)
{
    const lkv_system *system = data;
    const lkv_bound *one = a;
    const lkv_bound *two = b;
    size_t terms = MIN(one->terms, two->terms);
    int order = 0;
    for (size_t i = 0; order == 0 && i < terms; i++) {
        order = lkv_order(g_array_index(system->place, int, one->first + i),
                          g_array_index(system->place, int, two->first + i));
    }
    for (size_t i = 0; order == 0 && i < terms; i++) {
        order = lkv_order(
            g_array_index(system->coefficient, int64_t, one->first + i),
            g_array_index(system->coefficient, int64_t, two->first + i));
    }
    return order != 0 ? order
           : one->terms != two->terms
               ? lkv_order((int64_t)one->terms, (int64_t)two->terms)
           : one->low != two->low ? lkv_order(one->low, two->low)
                                  : lkv_order(one->high, two->high);
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
    g_autoptr(GArray) terms = g_array_new(FALSE, FALSE, sizeof(term));
    maker making = {system, view, blocks, block, {0}, terms};
    add_bounds(&making);
    g_array_sort_with_data(system->bounds, order_bounds, system);
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
