#include "disclose/rests.h"

#include <math.h>

/* A share that follows this closely is told; a bound, by half a per cent of what
 * is printed less. Both in per mille.
 */
enum { CLOSE = 50, HALF = 5, WHOLE = 1000 };

/* Shares in per mille, rounded outwards. */
typedef struct seeker {
    const lkv_view *view;
    lkv_lists ratios_of; /* lkv_known_ratios_of */
} seeker;

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

/* Where a hidden share follows from: the shares of the parts of sum ROW, in the
 * one base or, of groups, each in its own, which are those of sum BASES.
 */
typedef struct source {
    size_t row, bases;
    bool groups;
} source;

static bool too_close(lkv_interval share, lkv_interval printed)
{
    int64_t wide = printed.high - printed.low;
    return share.high - share.low < MIN(CLOSE, wide - HALF);
}

/* Whether the share of NODE in BASE follows too closely from the other parts of
 * that base; then FROM is the sum that says most of it.
 */
static bool follows(const seeker *seeking, uint32_t node, uint32_t base,
                    source *from)
{
    lkv_interval wide = printed(seeking, node, base);
    lkv_interval share = wide;
    int64_t least = wide.high - wide.low;
    size_t count;
    const uint32_t *rows =
        lkv_lists_at(&seeking->view->lattice->sums_of, node, &count);
    for (size_t i = 0; i < count; i++) {
        lkv_interval said = by_sum(seeking, rows[i], node, base);
        share = meet(share, said);
        if (said.high - said.low < least) {
            least = said.high - said.low;
            *from = (source){.row = rows[i]};
        }
    }
    return least < wide.high - wide.low && too_close(share, wide);
}

/* ---- groups -------------------------------------------------------------- */

/* What is printed of the shares of all parts of ROW, each in the same part of
 * BASES, but that at PLACE; empty groups aside. False if one is not told.
 */
static bool others_told(const seeker *seeking, const source *from, size_t place,
                        lkv_interval *others)
{
    const lkv_view *view = seeking->view;
    size_t length;
    const uint32_t *part =
        lkv_lists_at(&view->lattice->sums, from->row, &length);
    const uint32_t *base =
        lkv_lists_at(&view->lattice->sums, from->bases, &length);
    *others = (lkv_interval){WHOLE, 0};
    for (size_t i = 1; i < length; i++) {
        if (i == place || view->drawn[base[i]].high == 0) {
            continue;
        }
        lkv_interval share = printed(seeking, part[i], base[i]);
        if (part[i] == base[i] || share.high - share.low == WHOLE) {
            return false;
        }
        others->low = MIN(others->low, share.low);
        others->high = MAX(others->high, share.high);
    }
    return others->low <= others->high;
}

static int64_t end_of(lkv_interval interval, bool high)
{
    return high ? interval.high : interval.low;
}

/* The share of a group of which ALL in WHOLE pupils is what is left by OTHERS: s +
 * (a - s w) / g lies between the corners, being a line in s, a and w and turning
 * one way in g.
 */
static lkv_interval left_over(lkv_interval all, lkv_interval whole,
                              lkv_interval group, lkv_interval others)
{
    double low = WHOLE;
    double high = 0;
    for (unsigned corner = 0; corner < 16; corner++) {
        double a = (double)end_of(all, corner & 1);
        double w = (double)end_of(whole, corner >> 1 & 1);
        double g = (double)end_of(group, corner >> 2 & 1);
        double s = (double)end_of(others, corner >> 3 & 1);
        double share = s + (a * WHOLE - s * w) / g;
        low = fmin(low, share);
        high = fmax(high, share);
    }
    return (lkv_interval){(int64_t)floor(fmax(low, 0)),
                          (int64_t)ceil(fmin(high, WHOLE))};
}

/* Whether the share of the group at PLACE of FROM follows too closely from those of
 * the others and of all.
 */
static bool follows_beside(const seeker *seeking, const source *from,
                           size_t place)
{
    const lkv_view *view = seeking->view;
    size_t length;
    const uint32_t *part =
        lkv_lists_at(&view->lattice->sums, from->row, &length);
    const uint32_t *base =
        lkv_lists_at(&view->lattice->sums, from->bases, &length);
    lkv_interval group = view->drawn[base[place]];
    lkv_interval others;
    if (group.low < 1 || !others_told(seeking, from, place, &others)) {
        return false;
    }
    lkv_interval wide = printed(seeking, part[place], base[place]);
    lkv_interval share =
        left_over(view->drawn[part[0]], view->drawn[base[0]], group, others);
    return too_close(meet(share, wide), wide);
}

/* Place of NODE among the parts of ROW, 0 if it is the whole; *LENGTH of all. */
static size_t place_in(const lkv_view *view, size_t row, uint32_t node,
                       size_t *length)
{
    const uint32_t *member = lkv_lists_at(&view->lattice->sums, row, length);
    size_t place = *length - 1;
    while (member[place] != node) {
        place--;
    }
    return place;
}

/* Whether the share of NODE in BASE follows too closely from other groups; then
 * FROM is how. A sum of groups and that of those among them who reach something
 * have their members in the same order.
 */
static bool follows_groups(const seeker *seeking, uint32_t node, uint32_t base,
                           source *from)
{
    const lkv_view *view = seeking->view;
    size_t rows;
    size_t bases;
    const uint32_t *row = lkv_lists_at(&view->lattice->sums_of, node, &rows);
    const uint32_t *of = lkv_lists_at(&view->lattice->sums_of, base, &bases);
    for (size_t i = 0; i < rows * bases; i++) {
        size_t lengths[2];
        *from = (source){row[i / bases], of[i % bases], true};
        size_t place = place_in(view, from->row, node, &lengths[0]);
        if (place > 0 &&
            place == place_in(view, from->bases, base, &lengths[1]) &&
            lengths[0] == lengths[1] && follows_beside(seeking, from, place)) {
            return true;
        }
    }
    return false;
}

/* ---- mending ------------------------------------------------------------- */

/* The share of NODE in BASE that is told and may be hidden, or LKV_NO_FACT. */
static uint32_t told_share(const lkv_view *view, uint32_t node, uint32_t base)
{
    size_t count;
    const uint32_t *giving = lkv_lists_at(&view->giving, node, &count);
    for (size_t i = 0; i < count; i++) {
        const lkv_fact *fact = lkv_facts_at(view->facts, giving[i]);
        if (fact->stat == LKV_SHARE &&
            lkv_view_node(view, fact->part) == node &&
            lkv_view_node(view, fact->base) == base &&
            lkv_view_may_hide_fact(view, giving[i])) {
            return giving[i];
        }
    }
    return LKV_NO_FACT;
}

/* Hides the smallest share that one of NODE in BASE follows FROM; false if none is
 * told.
 */
static bool hide_smallest(const seeker *seeking, const source *from,
                          uint32_t node, uint32_t base)
{
    const lkv_view *view = seeking->view;
    size_t lengths[2];
    const uint32_t *part =
        lkv_lists_at(&view->lattice->sums, from->row, &lengths[0]);
    const uint32_t *bases =
        lkv_lists_at(&view->lattice->sums, from->bases, &lengths[1]);
    uint32_t smallest = LKV_NO_CROWD;
    uint32_t hidden = LKV_NO_FACT;
    for (size_t i = 0; i < lengths[0]; i++) {
        uint32_t told =
            told_share(view, part[i], from->groups ? bases[i] : base);
        if (part[i] != node && told != LKV_NO_FACT &&
            (smallest == LKV_NO_CROWD ||
             lkv_view_order(view, part[i], smallest) < 0)) {
            smallest = part[i];
            hidden = told;
        }
    }
    if (hidden != LKV_NO_FACT) {
        lkv_view_hide_fact(view, hidden);
    }
    return hidden != LKV_NO_FACT;
}

/* Hides what SHARE, which is not told, follows from; whether it did. */
static bool hide_for(const seeker *seeking, const lkv_fact *share)
{
    const lkv_view *view = seeking->view;
    uint32_t node = lkv_view_node(view, share->part);
    uint32_t base = lkv_view_node(view, share->base);
    source from = {0};
    return node != LKV_NO_CROWD && base != LKV_NO_CROWD &&
           view->drawn[base].low < view->drawn[base].high &&
           (follows(seeking, node, base, &from) ||
            follows_groups(seeking, node, base, &from)) &&
           hide_smallest(seeking, &from, node, base);
}

size_t lkv_rests_hide(const lkv_view *view)
{
    seeker seeking = {view, lkv_known_ratios_of(&view->known, view->lattice)};
    size_t hidden = 0;
    for (size_t i = 0; i < view->fact_count; i++) {
        const lkv_fact *fact = lkv_facts_at(view->facts, view->fact[i]);
        if (fact->stat == LKV_SHARE &&
            lkv_view_fate(view, view->fact[i]).kind != LKV_FATE_SHOWN &&
            lkv_view_fate(view, fact->n).kind != LKV_FATE_SHOWN) {
            hidden += hide_for(&seeking, fact);
        }
    }
    lkv_lists_free(&seeking.ratios_of);
    return hidden;
}
