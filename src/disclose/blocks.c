#include "disclose/blocks.h"

#include "disclose/binding.h"

/* ---- what binds them ----------------------------------------------------- */

/* Whether every unknown one of MEMBERS is in BLOCK. */
static bool holds(const lkv_view *view, const lkv_blocks *blocks, size_t block,
                  const uint32_t *member, size_t members)
{
    for (size_t i = 0; i < members; i++) {
        if (lkv_unknown(view, member[i]) &&
            lkv_blocks_place(blocks, block, member[i]) == LKV_NO_PLACE) {
            return false;
        }
    }
    return true;
}

/* Rows of one sort by block, and how they are dealt out. */
typedef struct dealer {
    const lkv_view *view;
    const lkv_blocks *blocks;
    GArray *pairs;
} dealer;

/* Deals row NUMBER, which binds FIRST if any, to the blocks that hold all its
 * MEMBERS.
 */
static void deal(dealer *dealing, uint32_t first, const uint32_t *member,
                 size_t members, uint32_t number)
{
    if (first == LKV_NO_CROWD) {
        return;
    }
    size_t count;
    const uint32_t *block = lkv_lists_at(&dealing->blocks->of, first, &count);
    for (size_t i = 0; i < count; i++) {
        if (holds(dealing->view, dealing->blocks, block[i], member, members)) {
            g_array_append_val(dealing->pairs, block[i]);
            g_array_append_val(dealing->pairs, number);
        }
    }
}

/* The rows that were dealt out, by block. */
static lkv_lists dealt(dealer *dealing)
{
    lkv_lists rows = lkv_lists_by_key(dealing->pairs, dealing->blocks->count);
    g_array_set_size(dealing->pairs, 0);
    return rows;
}

/* Of COUNT rows, those in which nodes of the blocks stand (by OF). */
static bool *touched(const lkv_blocks *blocks, const lkv_lists *of,
                     size_t count)
{
    bool *touched = g_new0(bool, count + 1);
    for (guint i = 0; i < blocks->sorted.at->len; i++) {
        size_t rows;
        const uint32_t *row = lkv_lists_at(
            of, g_array_index(blocks->sorted.at, uint32_t, i), &rows);
        for (size_t k = 0; k < rows; k++) {
            touched[row[k]] = true;
        }
    }
    return touched;
}

static void deal_sums(dealer *dealing)
{
    const lkv_view *view = dealing->view;
    const lkv_lattice *lattice = view->lattice;
    size_t count = lkv_lists_count(&lattice->sums);
    g_autofree bool *here = touched(dealing->blocks, &lattice->sums_of, count);
    for (uint32_t row = 0; row < count; row++) {
        if (here[row]) {
            size_t length;
            const uint32_t *member = lkv_lists_at(&lattice->sums, row, &length);
            deal(dealing, lkv_bound_by_sum(view, row), member, length, row);
        }
    }
}

static void deal_pairs(dealer *dealing)
{
    const lkv_view *view = dealing->view;
    const lkv_lattice *lattice = view->lattice;
    g_autofree bool *here =
        touched(dealing->blocks, &lattice->below_of, lattice->below->len);
    for (uint32_t i = 0; i < lattice->below->len; i++) {
        if (here[i]) {
            lkv_below pair = g_array_index(lattice->below, lkv_below, i);
            uint32_t both[] = {pair.small, pair.large};
            deal(dealing, lkv_bound_by_pair(view, pair), both, 2, i);
        }
    }
}

static void deal_out(const lkv_view *view, lkv_blocks *blocks)
{
    const GArray *ratios = view->known.ratios;
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    dealer dealing = {view, blocks, pairs};
    deal_sums(&dealing);
    blocks->sums = dealt(&dealing);
    for (uint32_t i = 0; i < ratios->len; i++) {
        const lkv_ratio *ratio = &g_array_index(ratios, lkv_ratio, i);
        uint32_t both[] = {ratio->base, ratio->part};
        deal(&dealing, lkv_bound_by_ratio(view, ratio), both, 2, i);
    }
    blocks->ratios = dealt(&dealing);
    deal_pairs(&dealing);
    blocks->pairs = dealt(&dealing);
}

/* Puts the nodes of each block in order. */
static void order(const lkv_view *view, lkv_blocks *blocks)
{
    blocks->nodes = lkv_lists_copy(&blocks->sorted);
    blocks->place = lkv_lists_copy(&blocks->sorted);
    for (size_t block = 0; block < blocks->count; block++) {
        size_t nodes;
        uint32_t *node = lkv_lists_edit(&blocks->nodes, block, &nodes);
        const uint32_t *sorted = lkv_lists_at(&blocks->sorted, block, &nodes);
        uint32_t *place = lkv_lists_edit(&blocks->place, block, &nodes);
        lkv_view_sort(view, node, nodes);
        for (size_t i = 0; i < nodes; i++) {
            place[lkv_sorted_place(sorted, nodes, node[i])] = (uint32_t)i;
        }
    }
}

lkv_blocks *lkv_blocks_new(const lkv_view *view, const GPtrArray *points,
                           const GArray *around)
{
    lkv_blocks *blocks = g_new0(lkv_blocks, 1);
    lkv_pieces pieces = lkv_pieces_of(view, around);
    blocks->sorted = pieces.nodes;
    blocks->cut = pieces.cut;
    blocks->count = lkv_lists_count(&blocks->sorted);
    blocks->of = lkv_lists_turned(&blocks->sorted, view->lattice->size);
    blocks->points = points;
    order(view, blocks);
    deal_out(view, blocks);
    return blocks;
}

void lkv_blocks_free(lkv_blocks *blocks)
{
    if (blocks) {
        lkv_lists_free(&blocks->nodes);
        lkv_lists_free(&blocks->sums);
        lkv_lists_free(&blocks->ratios);
        lkv_lists_free(&blocks->pairs);
        lkv_lists_free(&blocks->of);
        g_array_unref(blocks->cut);
        lkv_lists_free(&blocks->sorted);
        lkv_lists_free(&blocks->place);
        g_free(blocks);
    }
}

size_t lkv_blocks_place(const lkv_blocks *blocks, size_t block, uint32_t node)
{
    size_t nodes;
    const uint32_t *sorted = lkv_lists_at(&blocks->sorted, block, &nodes);
    size_t at = lkv_sorted_place(sorted, nodes, node);
    return at == LKV_NO_PLACE ? at
                              : lkv_lists_at(&blocks->place, block, &nodes)[at];
}
