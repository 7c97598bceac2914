#include "disclose/blocks.h"

#include "disclose/binding.h"
#include "disclose/walk.h"
#include "disclose/windows.h"

/* Nodes of a piece over schools that is looked at: such pieces are looked at
 * beside those inside schools, so they may be fewer.
 */
enum { OVER_MOST = 300 };

/* Nodes as a forest: those with the same root hang together. */
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

static void join_sum(const forest *trees, size_t row)
{
    const lkv_view *view = trees->view;
    uint32_t first = lkv_bound_by_sum(view, row);
    if (first == LKV_NO_CROWD) {
        return;
    }
    size_t length;
    const uint32_t *member = lkv_lists_at(&view->lattice->sums, row, &length);
    for (size_t i = 0; i < length; i++) {
        if (lkv_unknown(view, member[i])) {
            join(trees, first, member[i]);
        }
    }
}

/* Joins by the sums over schools, or by those inside. */
static void join_sums(const forest *trees, bool over_schools)
{
    const lkv_view *view = trees->view;
    for (size_t row = 0; row < lkv_lists_count(&view->lattice->sums); row++) {
        if (lkv_walk_over_schools(view, row) == over_schools) {
            join_sum(trees, row);
        }
    }
}

static void join_inside(const forest *trees)
{
    const lkv_view *view = trees->view;
    const lkv_lattice *lattice = view->lattice;
    join_sums(trees, false);
    for (guint i = 0; i < view->known.ratios->len; i++) {
        const lkv_ratio *ratio =
            &g_array_index(view->known.ratios, lkv_ratio, i);
        if (lkv_unknown(view, ratio->base) && lkv_unknown(view, ratio->part)) {
            join(trees, ratio->base, ratio->part);
        }
    }
    for (guint i = 0; i < lattice->below->len; i++) {
        lkv_below pair = g_array_index(lattice->below, lkv_below, i);
        if (lkv_bound_by_pair(view, pair) != LKV_NO_CROWD) {
            join(trees, pair.small, pair.large);
        }
    }
}

/* Unknown nodes by the root of what they hang together with. */
static lkv_lists hanging_together(const forest *trees)
{
    size_t size = trees->view->lattice->size;
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t node = 0; node < size; node++) {
        if (lkv_unknown(trees->view, node)) {
            uint32_t root = root_of(trees, node);
            g_array_append_val(pairs, root);
            g_array_append_val(pairs, node);
        }
    }
    return lkv_lists_by_key(pairs, size);
}

/* ---- blocks -------------------------------------------------------------- */

/* What hangs together, whole or cut to MOST nodes. */
static lkv_pieces pieces_of(const forest *trees, size_t most)
{
    g_auto(lkv_lists) whole = hanging_together(trees);
    lkv_pieces pieces = lkv_pieces_new();
    for (size_t root = 0; root < lkv_lists_count(&whole); root++) {
        size_t nodes;
        const uint32_t *node = lkv_lists_at(&whole, root, &nodes);
        if (nodes > most) {
            lkv_windows_cut(trees->view, node, nodes, most, &pieces);
        } else if (nodes > 0) {
            lkv_pieces_add(&pieces, node, nodes, 0);
        }
    }
    return pieces;
}

static bool of_several_schools(const lkv_view *view, const uint32_t *node,
                               size_t nodes)
{
    for (size_t i = 1; i < nodes; i++) {
        if (lkv_walk_school(view, node[i]) != lkv_walk_school(view, node[0])) {
            return true;
        }
    }
    return false;
}

/* Whether all of NODES are in list INDEX, which is sorted. */
static bool holds_all(const lkv_lists *lists, size_t index,
                      const uint32_t *node, size_t nodes)
{
    size_t length;
    const uint32_t *all = lkv_lists_at(lists, index, &length);
    size_t i = 0;
    while (i < nodes &&
           lkv_sorted_place(all, length, node[i]) != LKV_NO_PLACE) {
        i++;
    }
    return i == nodes;
}

/* Whether one of the lists of PIECES, in which nodes stand by OF, has NODES. */
static bool lies_within(const lkv_lists *pieces, const lkv_lists *of,
                        const uint32_t *node, size_t nodes)
{
    size_t count;
    const uint32_t *at = lkv_lists_at(of, node[0], &count);
    size_t i = 0;
    while (i < count && !holds_all(pieces, at[i], node, nodes)) {
        i++;
    }
    return i < count;
}

static uint64_t cut_of(const lkv_pieces *pieces, size_t piece)
{
    return g_array_index(pieces->cut, uint64_t, piece);
}

/* The pieces over schools that are small enough, then those inside schools that
 * lie in none of them. What both are cut by is told apart.
 */
static lkv_pieces pieces_of_both(const lkv_view *view)
{
    size_t size = view->lattice->size;
    g_autofree uint32_t *parent = g_new(uint32_t, size + 1);
    for (uint32_t node = 0; node < size; node++) {
        parent[node] = node;
    }
    forest trees = {view, parent};
    join_inside(&trees);
    g_auto(lkv_pieces) inside = pieces_of(&trees, LKV_BLOCK_MOST);
    join_sums(&trees, true);
    g_auto(lkv_pieces) over = pieces_of(&trees, OVER_MOST);
    lkv_pieces both = lkv_pieces_new();
    for (size_t i = 0; i < over.cut->len; i++) {
        size_t nodes;
        const uint32_t *node = lkv_lists_at(&over.nodes, i, &nodes);
        if (nodes <= OVER_MOST && of_several_schools(view, node, nodes)) {
            lkv_pieces_add(&both, node, nodes, ~cut_of(&over, i));
        }
    }
    g_auto(lkv_lists) of = lkv_lists_turned(&both.nodes, size);
    for (size_t i = 0; i < inside.cut->len; i++) {
        size_t nodes;
        const uint32_t *node = lkv_lists_at(&inside.nodes, i, &nodes);
        if (!lies_within(&both.nodes, &of, node, nodes)) {
            lkv_pieces_add(&both, node, nodes, cut_of(&inside, i));
        }
    }
    return both;
}

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

static void deal_out(const lkv_view *view, lkv_blocks *blocks)
{
    const lkv_lattice *lattice = view->lattice;
    const GArray *ratios = view->known.ratios;
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    dealer dealing = {view, blocks, pairs};
    for (uint32_t row = 0; row < lkv_lists_count(&lattice->sums); row++) {
        size_t length;
        const uint32_t *member = lkv_lists_at(&lattice->sums, row, &length);
        deal(&dealing, lkv_bound_by_sum(view, row), member, length, row);
    }
    blocks->sums = dealt(&dealing);
    for (uint32_t i = 0; i < ratios->len; i++) {
        const lkv_ratio *ratio = &g_array_index(ratios, lkv_ratio, i);
        uint32_t both[] = {ratio->base, ratio->part};
        deal(&dealing, lkv_bound_by_ratio(view, ratio), both, 2, i);
    }
    blocks->ratios = dealt(&dealing);
    for (uint32_t i = 0; i < lattice->below->len; i++) {
        lkv_below pair = g_array_index(lattice->below, lkv_below, i);
        uint32_t both[] = {pair.small, pair.large};
        deal(&dealing, lkv_bound_by_pair(view, pair), both, 2, i);
    }
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

lkv_blocks *lkv_blocks_new(const lkv_view *view)
{
    lkv_blocks *blocks = g_new0(lkv_blocks, 1);
    lkv_pieces pieces = pieces_of_both(view);
    blocks->sorted = pieces.nodes;
    blocks->cut = pieces.cut;
    blocks->count = lkv_lists_count(&blocks->sorted);
    blocks->of = lkv_lists_turned(&blocks->sorted, view->lattice->size);
    blocks->points = lkv_points_new(view);
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
        g_ptr_array_unref(blocks->points);
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
