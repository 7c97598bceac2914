/* What readers know: what shown facts say of the nodes. */
#include "disclose/view.h"

#include "base/wide.h"
#include "disclose/shown.h"

lkv_fate lkv_view_fate(const lkv_view *view, uint32_t fact)
{
    lkv_fate most = {.kind = LKV_FATE_HIDDEN};
    for (size_t i = 0; i < view->readers.audiences; i++) {
        lkv_fate fate = view->readers.audience[i]->fates[fact];
        most = i == 0 || fate.kind < most.kind ? fate : most;
    }
    const lkv_fate *ledger = view->readers.ledger;
    return ledger && ledger[fact].kind < most.kind ? ledger[fact] : most;
}

size_t lkv_view_hidden(const lkv_view *view)
{
    size_t hidden = 0;
    for (size_t i = 0; i < view->fact_count; i++) {
        hidden += lkv_view_fate(view, view->fact[i]).kind == LKV_FATE_HIDDEN;
    }
    return hidden;
}

void lkv_view_know_nobody(lkv_view *view)
{
    for (size_t i = 0; i < view->lattice->size; i++) {
        view->known.given[i] = (lkv_interval){0, LKV_UNBOUNDED};
    }
    g_array_set_size(view->known.ratios, 0);
    const GArray *nobody = view->facts->nobody;
    for (guint i = 0; i < nobody->len; i++) {
        uint32_t node = lkv_view_node(view, g_array_index(nobody, uint32_t, i));
        if (node != LKV_NO_CROWD) {
            view->known.given[node].high = 0;
        }
    }
}

static void give(lkv_view *view, uint32_t node, int64_t low, int64_t high)
{
    if (node != LKV_NO_CROWD) {
        lkv_interval *given = &view->known.given[node];
        if (view->trail && (low > given->low || high < given->high)) {
            lkv_change change = {node, *given};
            g_array_append_val(view->trail, change);
        }
        given->low = MAX(given->low, low);
        given->high = MIN(given->high, high);
    }
}

static void know_count(lkv_view *view, uint32_t number, lkv_fate fate)
{
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    int64_t count = lkv_facts_count(view->facts, fact->base);
    uint32_t node = lkv_view_node(view, fact->base);
    if (fate.kind == LKV_FATE_SHOWN) {
        give(view, node, count, count);
    } else if (fate.kind == LKV_FATE_AT_LEAST) {
        /* All but a few of a base: who knows how many are a few knows it. */
        int64_t within = lkv_facts_count(view->facts, fact->within);
        give(view, lkv_view_node(view, fact->within), within, within);
        give(view, node, fate.bound, LKV_UNBOUNDED);
    } else if (fate.kind == LKV_FATE_AT_MOST) {
        give(view, node, 0, fate.bound);
    }
}

/* Decimals of a share whose base is not shown: whole per cent where the base
 * is hidden, as lkv_figures_add prints it.
 */
static uint8_t ratio_decimals(const lkv_view *view, const lkv_fact *fact,
                              int64_t base)
{
    uint8_t decimals = 0;
    for (size_t i = 0; i < view->readers.audiences; i++) {
        const lkv_profile *profile = &view->readers.audience[i]->profile;
        decimals =
            MAX(decimals, lkv_shown_decimals(profile, LKV_UNIT_SHARE, base));
    }
    bool hidden = lkv_facts_at(view->facts, fact->n)->printed;
    return hidden ? MIN(decimals, LKV_PER_CENT_DECIMALS) : decimals;
}

/* What the share at which FEW of a base stand says of it and of RATIO. */
static void know_bound(lkv_view *view, lkv_fate fate, int64_t base, int64_t few,
                       lkv_ratio *ratio)
{
    lkv_shown shown = lkv_shown_bound(&fate, LKV_UNIT_SHARE, base, false);
    bool least = fate.kind == LKV_FATE_AT_LEAST;
    if (!view->naive) {
        int64_t low;
        int64_t high;
        lkv_shown_bases(few, base, &low, &high);
        give(view, ratio->base, low, MIN(high, LKV_UNBOUNDED));
        ratio->rest_most = least ? few : LKV_UNBOUNDED;
        ratio->part_most = least ? LKV_UNBOUNDED : few;
    }
    ratio->unit = 100;
    ratio->low = least ? shown.scaled : 0;
    ratio->high = least ? 100 : shown.scaled;
}

/* A share over a base that is not printed. */
static void know_ratio(lkv_view *view, uint32_t number, lkv_fate fate)
{
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    int64_t base = lkv_facts_count(view->facts, fact->base);
    int64_t part = lkv_facts_count(view->facts, fact->part);
    lkv_ratio ratio = {lkv_view_node(view, fact->base),
                       lkv_view_node(view, fact->part),
                       number,
                       0,
                       1,
                       1,
                       LKV_UNBOUNDED,
                       LKV_UNBOUNDED};
    if (fate.kind == LKV_FATE_AT_LEAST) {
        know_bound(view, fate, base, base - fate.bound, &ratio);
    } else if (fate.kind == LKV_FATE_AT_MOST) {
        know_bound(view, fate, base, fate.bound, &ratio);
    } else {
        uint8_t decimals = ratio_decimals(view, fact, base);
        int64_t shown = lkv_wide_round(part, base, decimals);
        ratio.unit = 2 * lkv_power_of_ten(decimals);
        ratio.low = MAX(2 * shown - 1, 0);
        ratio.high = MIN(2 * shown + 1, ratio.unit);
    }
    g_array_append_val(view->known.ratios, ratio);
}

static void know_share(lkv_view *view, uint32_t number, lkv_fate fate)
{
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    int64_t base = lkv_facts_count(view->facts, fact->base);
    int64_t part = lkv_facts_count(view->facts, fact->part);
    uint32_t node = lkv_view_node(view, fact->part);
    if (fate.kind == LKV_FATE_HIDDEN || node == LKV_NO_CROWD) {
        return;
    }
    if (lkv_view_fate(view, fact->n).kind != LKV_FATE_SHOWN) {
        know_ratio(view, number, fate);
    } else if (fate.kind == LKV_FATE_SHOWN) {
        give(view, node, part, part);
    } else if (fate.kind == LKV_FATE_AT_LEAST) {
        give(view, node, fate.bound, base);
        give(view, view->rest_of[number], 0, base - fate.bound);
    } else {
        give(view, node, 0, fate.bound);
    }
}

static void know(lkv_view *view, uint32_t number)
{
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    lkv_fate fate = lkv_view_fate(view, number);
    if (fact->stat == LKV_COUNT) {
        know_count(view, number, fate);
    } else if (fact->stat == LKV_SHARE) {
        know_share(view, number, fate);
    }
}

void lkv_view_look(lkv_view *view)
{
    lkv_view_know_nobody(view);
    for (size_t i = 0; i < view->fact_count; i++) {
        know(view, view->fact[i]);
    }
    bool sound = lkv_bounds_draw(view->bounds);
    g_assert(sound);
}

void lkv_view_tell(lkv_view *view, uint32_t fact, GArray *trail)
{
    view->trail = trail;
    know(view, fact);
    view->trail = NULL;
}
