#include "disclose/rests.h"

/* A share that follows this closely is told; a bound, by half a per cent of what
 * is printed less. Both in per mille.
 */
enum { CLOSE = 50, HALF = 5, WHOLE = 1000 };

/* Shares in per mille, rounded outwards. */
typedef struct seeker {
    const lkv_view *view;
    lkv_lists ratios_of; /* of each node: the ratios whose part it is */
} seeker;

static lkv_lists ratios_by_part(const lkv_view *view)
{
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t i = 0; i < view->known.ratios->len; i++) {
        const lkv_ratio *ratio =
            &g_array_index(view->known.ratios, lkv_ratio, i);
        g_array_append_val(pairs, ratio->part);
        g_array_append_val(pairs, i);
    }
    return lkv_lists_by_key(pairs, view->lattice->size);
}

static lkv_interval meet(lkv_interval a, lkv_interval b)
{
    return (lkv_interval){MAX(a.low, b.low), MIN(a.high, b.high)};
}

/* What is printed of the share of NODE in BASE. */
static lkv_interval printed(const seeker *seeking, uint32_t node, uint32_t base)
{
    lkv_interval share = {0, WHOLE};
    if (node == base) {
        return (lkv_interval){WHOLE, WHOLE};
    }
    if (seeking->view->drawn[node].high == 0) {
        return (lkv_interval){0, 0};
    }
    size_t count;
    const uint32_t *at = lkv_lists_at(&seeking->ratios_of, node, &count);
    for (size_t i = 0; i < count; i++) {
        const lkv_ratio *ratio =
            &g_array_index(seeking->view->known.ratios, lkv_ratio, at[i]);
        if (ratio->base == base) {
            lkv_interval said = {ratio->low * WHOLE / ratio->unit,
                                 (ratio->high * WHOLE + ratio->unit - 1) /
                                     ratio->unit};
            share = meet(share, said);
        }
    }
    return share;
}

/* What sum ROW says of the share of NODE in BASE. */
static lkv_interval by_sum(const seeker *seeking, size_t row, uint32_t node,
                           uint32_t base)
{
    size_t length;
    const uint32_t *member =
        lkv_lists_at(&seeking->view->lattice->sums, row, &length);
    lkv_interval others = {0, 0};
    for (size_t i = 1; i < length; i++) {
        if (member[i] != node) {
            lkv_interval share = printed(seeking, member[i], base);
            others.low += share.low;
            others.high += share.high;
        }
    }
    if (member[0] == node) {
        return others;
    }
    lkv_interval whole = printed(seeking, member[0], base);
    return (lkv_interval){whole.low - others.high, whole.high - others.low};
}

/* Whether the share of NODE in BASE follows too closely; then ROW is the sum that
 * says most of it.
 */
static bool follows(const seeker *seeking, uint32_t node, uint32_t base,
                    size_t *row)
{
    lkv_interval share = printed(seeking, node, base);
    int64_t wide = share.high - share.low;
    int64_t least = wide;
    size_t count;
    const uint32_t *rows =
        lkv_lists_at(&seeking->view->lattice->sums_of, node, &count);
    for (size_t i = 0; i < count; i++) {
        lkv_interval said = by_sum(seeking, rows[i], node, base);
        share = meet(share, said);
        if (said.high - said.low < least) {
            least = said.high - said.low;
            *row = rows[i];
        }
    }
    return least < wide && share.high - share.low < MIN(CLOSE, wide - HALF);
}

/* The share of NODE in BASE that is told; LKV_NO_FACT if none is. */
static uint32_t told_share(const lkv_view *view, uint32_t node, uint32_t base)
{
    size_t count;
    const uint32_t *giving = lkv_lists_at(&view->giving, node, &count);
    for (size_t i = 0; i < count; i++) {
        const lkv_fact *fact = lkv_facts_at(view->facts, giving[i]);
        if (fact->stat == LKV_SHARE &&
            lkv_view_node(view, fact->part) == node &&
            lkv_view_node(view, fact->base) == base &&
            lkv_view_fate(view, giving[i]).kind != LKV_FATE_HIDDEN) {
            return giving[i];
        }
    }
    return LKV_NO_FACT;
}

/* Hides the smallest share in ROW but that of NODE; false if none is told. */
static bool hide_smallest(const seeker *seeking, size_t row, uint32_t node,
                          uint32_t base)
{
    const lkv_view *view = seeking->view;
    size_t length;
    const uint32_t *member = lkv_lists_at(&view->lattice->sums, row, &length);
    uint32_t best = LKV_NO_CROWD;
    for (size_t i = 0; i < length; i++) {
        if (member[i] != node &&
            told_share(view, member[i], base) != LKV_NO_FACT &&
            (best == LKV_NO_CROWD ||
             lkv_view_order(view, member[i], best) < 0)) {
            best = member[i];
        }
    }
    if (best != LKV_NO_CROWD) {
        lkv_view_hide_fact(view, told_share(view, best, base));
    }
    return best != LKV_NO_CROWD;
}

size_t lkv_rests_hide(const lkv_view *view)
{
    seeker seeking = {view, ratios_by_part(view)};
    size_t hidden = 0;
    for (size_t i = 0; i < view->fact_count; i++) {
        const lkv_fact *fact = lkv_facts_at(view->facts, view->fact[i]);
        if (fact->stat != LKV_SHARE ||
            lkv_view_fate(view, view->fact[i]).kind == LKV_FATE_SHOWN ||
            lkv_view_fate(view, fact->n).kind == LKV_FATE_SHOWN) {
            continue;
        }
        uint32_t node = lkv_view_node(view, fact->part);
        uint32_t base = lkv_view_node(view, fact->base);
        size_t row;
        if (node != LKV_NO_CROWD && base != LKV_NO_CROWD &&
            view->drawn[base].low < view->drawn[base].high &&
            follows(&seeking, node, base, &row)) {
            hidden += hide_smallest(&seeking, row, node, base);
        }
    }
    lkv_lists_free(&seeking.ratios_of);
    return hidden;
}
