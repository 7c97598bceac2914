#include "disclose/blocks.h"

#include "disclose/walk.h"

/* Nodes as a forest: those with the same root are in one block. */
typedef struct forest {
    const lkv_view *view;
    uint32_t *parent;
} forest;

static uint32_t root_of(const forest *trees, uint32_t node)
{
    while (trees->parent[node] != node) {
        trees->parent[node] = trees->parent[trees->parent[node]];
        node = trees->parent[node];
    }
    return node;
}

static void join(const forest *trees, uint32_t a, uint32_t b)
{
    uint32_t root_a = root_of(trees, a);
    uint32_t root_b = root_of(trees, b);
    trees->parent[MAX(root_a, root_b)] = MIN(root_a, root_b);
}

static bool unknown(const forest *trees, uint32_t node)
{
    lkv_interval drawn = trees->view->drawn[node];
    return drawn.low < drawn.high;
}

/* An unknown member of a sum that binds several; else LKV_NO_CROWD. */
static uint32_t bound_by_sum(const forest *trees, size_t row)
{
    size_t length;
    const uint32_t *member =
        lkv_lists_at(&trees->view->lattice->sums, row, &length);
    uint32_t first = LKV_NO_CROWD;
    bool several = false;
    for (size_t i = 0; i < length; i++) {
        if (unknown(trees, member[i])) {
            several = several || first != LKV_NO_CROWD;
            first = member[i];
        }
    }
    return several && !lkv_walk_over_schools(trees->view, row) ? first
                                                               : LKV_NO_CROWD;
}

static uint32_t bound_by_ratio(const forest *trees, const lkv_ratio *ratio)
{
    return unknown(trees, ratio->base)   ? ratio->base
           : unknown(trees, ratio->part) ? ratio->part
                                         : LKV_NO_CROWD;
}

/* A pair says nothing that the intervals do not, unless they overlap. */
static uint32_t bound_by_pair(const forest *trees, lkv_below pair)
{
    const lkv_interval *drawn = trees->view->drawn;
    bool overlap = drawn[pair.small].high > drawn[pair.large].low;
    return overlap && unknown(trees, pair.small) && unknown(trees, pair.large)
               ? pair.small
               : LKV_NO_CROWD;
}

static void join_all(const forest *trees)
{
    const lkv_view *view = trees->view;
    const lkv_lattice *lattice = view->lattice;
    for (size_t row = 0; row < lkv_lists_count(&lattice->sums); row++) {
        uint32_t first = bound_by_sum(trees, row);
        size_t length;
        const uint32_t *member = lkv_lists_at(&lattice->sums, row, &length);
        for (size_t i = 0; first != LKV_NO_CROWD && i < length; i++) {
            if (unknown(trees, member[i])) {
                join(trees, first, member[i]);
            }
        }
    }
    for (guint i = 0; i < view->known.ratios->len; i++) {
        const lkv_ratio *ratio =
            &g_array_index(view->known.ratios, lkv_ratio, i);
        if (unknown(trees, ratio->base) && unknown(trees, ratio->part)) {
            join(trees, ratio->base, ratio->part);
        }
    }
    for (guint i = 0; i < lattice->below->len; i++) {
        lkv_below pair = g_array_index(lattice->below, lkv_below, i);
        if (bound_by_pair(trees, pair) != LKV_NO_CROWD) {
            join(trees, pair.small, pair.large);
        }
    }
}

/* Adds to PAIRS the block of NODE, if any, and NUMBER. */
static void put(GArray *pairs, const lkv_blocks *blocks, uint32_t node,
                uint32_t number)
{
    if (node != LKV_NO_CROWD) {
        g_array_append_val(pairs, blocks->of[node]);
        g_array_append_val(pairs, number);
    }
}

static void number_blocks(lkv_blocks *blocks, const forest *trees)
{
    size_t size = trees->view->lattice->size;
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t node = 0; node < size; node++) {
        blocks->of[node] = LKV_NO_BLOCK;
        if (!unknown(trees, node)) {
            continue;
        }
        uint32_t root = root_of(trees, node); /* its least node */
        blocks->of[node] =
            root == node ? (uint32_t)blocks->count++ : blocks->of[root];
        put(pairs, blocks, node, node);
    }
    blocks->nodes = lkv_lists_by_key(pairs, blocks->count);
    for (size_t i = 0; i < blocks->count; i++) {
        size_t length;
        const uint32_t *node = lkv_lists_at(&blocks->nodes, i, &length);
        for (size_t k = 0; k < length; k++) {
            blocks->place[node[k]] = (uint32_t)k;
        }
    }
}

static void deal_out(lkv_blocks *blocks, const forest *trees)
{
    const lkv_lattice *lattice = trees->view->lattice;
    const GArray *ratios = trees->view->known.ratios;
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t row = 0; row < lkv_lists_count(&lattice->sums); row++) {
        put(pairs, blocks, bound_by_sum(trees, row), row);
    }
    blocks->sums = lkv_lists_by_key(pairs, blocks->count);
    g_array_set_size(pairs, 0);
    for (uint32_t i = 0; i < ratios->len; i++) {
        const lkv_ratio *ratio = &g_array_index(ratios, lkv_ratio, i);
        put(pairs, blocks, bound_by_ratio(trees, ratio), i);
    }
    blocks->ratios = lkv_lists_by_key(pairs, blocks->count);
    g_array_set_size(pairs, 0);
    for (uint32_t i = 0; i < lattice->below->len; i++) {
        lkv_below pair = g_array_index(lattice->below, lkv_below, i);
        put(pairs, blocks, bound_by_pair(trees, pair), i);
    }
    blocks->pairs = lkv_lists_by_key(pairs, blocks->count);
}

lkv_blocks *lkv_blocks_new(const lkv_view *view)
{
    size_t size = view->lattice->size;
    lkv_blocks *blocks = g_new0(lkv_blocks, 1);
    g_autofree uint32_t *parent = g_new(uint32_t, size + 1);
    forest trees = {view, parent};
    for (uint32_t node = 0; node < size; node++) {
        parent[node] = node;
    }
    join_all(&trees);
    blocks->of = g_new(uint32_t, size + 1);
    blocks->place = g_new0(uint32_t, size + 1);
    number_blocks(blocks, &trees);
    deal_out(blocks, &trees);
    return blocks;
}

void lkv_blocks_free(lkv_blocks *blocks)
{
    if (blocks) {
        lkv_lists_free(&blocks->nodes);
        lkv_lists_free(&blocks->sums);
        lkv_lists_free(&blocks->ratios);
        lkv_lists_free(&blocks->pairs);
        g_free(blocks->of);
        g_free(blocks->place);
        g_free(blocks);
    }
}
