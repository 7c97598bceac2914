#include "disclose/loosen.h"

/* An end of a node's interval that was set back. */
typedef struct end {
    uint32_t node;
    uint8_t at; /* LKV_END_LOW or LKV_END_HIGH */
} end;

typedef struct loosener {
    const lkv_lattice *lattice;
    const lkv_known *before, *now;
    lkv_lists ratios_of; /* lkv_known_ratios_of what was known before */
    lkv_traces traces;
    const lkv_interval *drawn; /* as it was */
    lkv_interval *interval;
    uint8_t *lost; /* of each node: its ends */
    GArray *ends; /* end: all that are lost */
} loosener;

/* Sets the end of NODE AT a side back, unless it is no tighter than is given. */
static void lose(loosener *loosening, uint32_t node, uint8_t at)
{
    lkv_interval given = loosening->now->given[node];
    lkv_interval drawn = loosening->drawn[node];
    bool kept =
        at == LKV_END_LOW ? drawn.low <= given.low : drawn.high >= given.high;
    if (kept || (loosening->lost[node] & at) != 0) {
        return;
    }
    loosening->lost[node] |= at;
    if (at == LKV_END_LOW) {
        loosening->interval[node].low = given.low;
    } else {
        loosening->interval[node].high = given.high;
    }
    end it = {node, at};
    g_array_append_val(loosening->ends, it);
}

/* ---- what is no longer known --------------------------------------------- */

static void lose_given(loosener *loosening)
{
    for (uint32_t i = 0; i < loosening->lattice->size; i++) {
        lkv_interval before = loosening->before->given[i];
        lkv_interval now = loosening->now->given[i];
        if (now.low < before.low && loosening->drawn[i].low == before.low) {
            lose(loosening, i, LKV_END_LOW);
        }
        if (now.high > before.high && loosening->drawn[i].high == before.high) {
            lose(loosening, i, LKV_END_HIGH);
        }
    }
}

static bool same_ratio(const lkv_ratio *a, const lkv_ratio *b)
{
    return a->fact == b->fact && a->low == b->low && a->high == b->high &&
           a->unit == b->unit && a->rest_most == b->rest_most &&
           a->part_most == b->part_most;
}

static void lose_both(loosener *loosening, uint32_t node)
{
    lose(loosening, node, LKV_END_LOW);
    lose(loosening, node, LKV_END_HIGH);
}

/* Ratios are known in the order of their facts. */
static void lose_ratios(loosener *loosening)
{
    const GArray *now = loosening->now->ratios;
    guint at = 0;
    for (guint i = 0; i < loosening->before->ratios->len; i++) {
        const lkv_ratio *ratio =
            &g_array_index(loosening->before->ratios, lkv_ratio, i);
        while (at < now->len &&
               g_array_index(now, lkv_ratio, at).fact < ratio->fact) {
            at++;
        }
        if (at == now->len ||
            !same_ratio(ratio, &g_array_index(now, lkv_ratio, at))) {
            lose_both(loosening, ratio->base);
            lose_both(loosening, ratio->part);
        }
    }
}

/* ---- what follows from it ------------------------------------------------ */

/* Loses the end of NODE AT a side if what left TRACE has moved it. */
static void lose_moved(loosener *loosening, uint8_t *trace, uint32_t node,
                       uint8_t at)
{
    if ((*trace & at) != 0) {
        *trace &= (uint8_t)~at;
        lose(loosening, node, at);
    }
}

static uint8_t other(uint8_t at)
{
    return at == LKV_END_LOW ? LKV_END_HIGH : LKV_END_LOW;
}

/* A part is as small as the whole is small and the others are large. */
static void pass_sum(loosener *loosening, uint32_t row, end lost)
{
    const lkv_lists *sums = &loosening->lattice->sums;
    size_t length;
    const uint32_t *member = lkv_lists_at(sums, row, &length);
    uint8_t *trace =
        loosening->traces.sum + g_array_index(sums->start, uint32_t, row);
    bool whole = member[0] == lost.node;
    if (!whole) {
        lose_moved(loosening, &trace[0], member[0], lost.at);
    }
    for (size_t i = 1; i < length; i++) {
        lose_moved(loosening, &trace[i], member[i],
                   whole ? lost.at : other(lost.at));
    }
}

static void pass_pairs(loosener *loosening, end lost)
{
    const lkv_lattice *lattice = loosening->lattice;
    size_t pairs;
    const uint32_t *at = lkv_lists_at(&lattice->below_of, lost.node, &pairs);
    for (size_t i = 0; i < pairs; i++) {
        lkv_below pair = g_array_index(lattice->below, lkv_below, at[i]);
        bool low = lost.at == LKV_END_LOW;
        if (lost.node == (low ? pair.small : pair.large)) {
            lose_moved(loosening, &loosening->traces.pair[at[i]],
                       low ? pair.large : pair.small, lost.at);
        }
    }
}

/* Base and part grow together. */
static void pass_ratios(loosener *loosening, end lost)
{
    size_t ratios;
    const uint32_t *at =
        lkv_lists_at(&loosening->ratios_of, lost.node, &ratios);
    for (size_t i = 0; i < ratios; i++) {
        const lkv_ratio *ratio =
            &g_array_index(loosening->before->ratios, lkv_ratio, at[i]);
        lose(loosening, ratio->base, lost.at);
        lose(loosening, ratio->part, lost.at);
    }
}

static void pass_on(loosener *loosening, end lost)
{
    size_t rows;
    const uint32_t *row =
        lkv_lists_at(&loosening->lattice->sums_of, lost.node, &rows);
    for (size_t i = 0; i < rows; i++) {
        pass_sum(loosening, row[i], lost);
    }
    pass_pairs(loosening, lost);
    pass_ratios(loosening, lost);
}

/* Adds the nodes that lost an end, or of which more is given than is drawn. */
static void add_nodes(const loosener *loosening, GArray *nodes)
{
    for (uint32_t i = 0; i < loosening->lattice->size; i++) {
        lkv_interval given = loosening->now->given[i];
        lkv_interval drawn = loosening->drawn[i];
        if (loosening->lost[i] != 0 || given.low > drawn.low ||
            given.high < drawn.high) {
            g_array_append_val(nodes, i);
        }
    }
}

void lkv_loosen(const lkv_lattice *lattice, const lkv_known *before,
                const lkv_known *now, lkv_traces traces, lkv_interval *interval,
                GArray *nodes)
{
    g_autofree lkv_interval *drawn =
        g_memdup2(interval, (lattice->size + 1) * sizeof *interval);
    g_autofree uint8_t *lost = g_new0(uint8_t, lattice->size + 1);
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(end));
    g_auto(lkv_lists) ratios = lkv_known_ratios_of(before, lattice);
    loosener loosening = {lattice, before,   now,  ratios, traces,
                          drawn,   interval, lost, ends};
    lose_given(&loosening);
    lose_ratios(&loosening);
    for (guint i = 0; i < ends->len; i++) {
        pass_on(&loosening, g_array_index(ends, end, i));
    }
    add_nodes(&loosening, nodes);
}
