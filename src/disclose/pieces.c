#include "disclose/pieces.h"

#include "disclose/binding.h"
#include "disclose/walk.h"
#include "disclose/windows.h"

/* Nodes of a piece over schools that is looked at: such pieces are looked at
 * beside those inside schools, so they may be fewer.
 */
enum { OVER_MOST = 300 };

lkv_pieces lkv_pieces_new(void)
{
    return (lkv_pieces){lkv_lists_new(),
                        g_array_new(FALSE, FALSE, sizeof(uint64_t))};
}

void lkv_pieces_free(lkv_pieces *pieces)
{
    lkv_lists_free(&pieces->nodes);
    g_clear_pointer(&pieces->cut, g_array_unref);
}

void lkv_pieces_add(lkv_pieces *pieces, const uint32_t *node, size_t nodes,
                    uint64_t cut)
{
    g_array_append_vals(pieces->nodes.at, node, (guint)nodes);
    lkv_lists_end(&pieces->nodes);
    g_array_append_val(pieces->cut, cut);
}

/* ---- what hangs together ------------------------------------------------- */

/* A search from one unknown node to all that hang together with it, by sums
 * OVER schools too or only by those inside.
 */
typedef struct search {
    const lkv_view *view;
    lkv_lists ratios_of; /* lkv_known_ratios_of */
    bool over;
    bool *seen; /* of each node */
    bool *passed; /* of each sum */
    GArray *met; /* uint32_t */
} searcher;

static searcher search_new(const lkv_view *view, bool over)
{
    const lkv_lattice *lattice = view->lattice;
    return (searcher){.view = view,
                      .ratios_of = lkv_known_ratios_of(&view->known, lattice),
                      .over = over,
                      .seen = g_new0(bool, lattice->size + 1),
                      .passed =
                          g_new0(bool, lkv_lists_count(&lattice->sums) + 1),
                      .met = g_array_new(FALSE, FALSE, sizeof(uint32_t))};
}

static void search_free(searcher *searching)
{
    lkv_lists_free(&searching->ratios_of);
    g_free(searching->seen);
    g_free(searching->passed);
    g_array_unref(searching->met);
}

static void meet(searcher *searching, uint32_t node)
{
    if (!searching->seen[node] && lkv_unknown(searching->view, node)) {
        searching->seen[node] = true;
        g_array_append_val(searching->met, node);
    }
}

static void pass_sums(searcher *searching, uint32_t node)
{
    const lkv_lattice *lattice = searching->view->lattice;
    size_t rows;
    const uint32_t *row = lkv_lists_at(&lattice->sums_of, node, &rows);
    for (size_t i = 0; i < rows; i++) {
        if (searching->passed[row[i]] ||
            (lattice->over_schools[row[i]] && !searching->over)) {
            continue;
        }
        searching->passed[row[i]] = true;
        size_t length;
        const uint32_t *member = lkv_lists_at(&lattice->sums, row[i], &length);
        for (size_t k = 0; k < length; k++) {
            meet(searching, member[k]);
        }
    }
}

static void pass_ratios(searcher *searching, uint32_t node)
{
    size_t ratios;
    const uint32_t *at = lkv_lists_at(&searching->ratios_of, node, &ratios);
    for (size_t i = 0; i < ratios; i++) {
        const lkv_ratio *ratio =
            &g_array_index(searching->view->known.ratios, lkv_ratio, at[i]);
        meet(searching, ratio->base);
        meet(searching, ratio->part);
    }
}

static void pass_pairs(searcher *searching, uint32_t node)
{
    const lkv_lattice *lattice = searching->view->lattice;
    size_t pairs;
    const uint32_t *at = lkv_lists_at(&lattice->below_of, node, &pairs);
    for (size_t i = 0; i < pairs; i++) {
        lkv_below pair = g_array_index(lattice->below, lkv_below, at[i]);
        if (lkv_bound_by_pair(searching->view, pair) != LKV_NO_CROWD) {
            meet(searching, pair.small);
            meet(searching, pair.large);
        }
    }
}

/* All that hangs together with NODE, sorted; lent, and none if it is known or was
 * met before.
 */
static const uint32_t *hanging_together(searcher *searching, uint32_t node,
                                        size_t *nodes)
{
    g_array_set_size(searching->met, 0);
    meet(searching, node);
    for (guint i = 0; i < searching->met->len; i++) {
        uint32_t at = g_array_index(searching->met, uint32_t, i);
        pass_sums(searching, at);
        pass_ratios(searching, at);
        pass_pairs(searching, at);
    }
    uint32_t *all = (uint32_t *)(void *)searching->met->data;
    *nodes = searching->met->len;
    lkv_numbers_sort(all, *nodes);
    return all;
}

/* ---- pieces -------------------------------------------------------------- */

static size_t count_of(const lkv_view *view, const GArray *around)
{
    return around ? around->len : view->lattice->size;
}

static uint32_t one_of(const GArray *around, size_t index)
{
    return around ? g_array_index(around, uint32_t, index) : (uint32_t)index;
}

/* What hangs together with nodes of AROUND, or with any, whole or cut to MOST
 * nodes.
 */
static lkv_pieces pieces_of(const lkv_view *view, const GArray *around,
                            bool over, size_t most)
{
    lkv_pieces pieces = lkv_pieces_new();
    searcher searching = search_new(view, over);
    for (size_t i = 0; i < count_of(view, around); i++) {
        size_t nodes;
        const uint32_t *node =
            hanging_together(&searching, one_of(around, i), &nodes);
        if (nodes > most) {
            lkv_windows_cut(view, node, nodes, most, &pieces);
        } else if (nodes > 0) {
            lkv_pieces_add(&pieces, node, nodes, 0);
        }
    }
    search_free(&searching);
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

/* Whether NODES, which are sorted, hold one of AROUND. */
static bool holds_any(const GArray *around, const uint32_t *node, size_t nodes)
{
    bool any = around == NULL;
    for (guint i = 0; !any && i < around->len; i++) {
        any =
            lkv_sorted_place(node, nodes, g_array_index(around, uint32_t, i)) !=
            LKV_NO_PLACE;
    }
    return any;
}

static uint64_t cut_of(const lkv_pieces *pieces, size_t piece)
{
    return g_array_index(pieces->cut, uint64_t, piece);
}

lkv_pieces lkv_pieces_of(const lkv_view *view, const GArray *around)
{
    g_auto(lkv_pieces) inside = pieces_of(view, around, false, LKV_BLOCK_MOST);
    g_auto(lkv_pieces) over = pieces_of(view, around, true, OVER_MOST);
    lkv_pieces both = lkv_pieces_new();
    for (size_t i = 0; i < over.cut->len; i++) {
        size_t nodes;
        const uint32_t *node = lkv_lists_at(&over.nodes, i, &nodes);
        if (nodes <= OVER_MOST && holds_any(around, node, nodes) &&
            of_several_schools(view, node, nodes)) {
            lkv_pieces_add(&both, node, nodes, ~cut_of(&over, i));
        }
    }
    g_auto(lkv_lists) of = lkv_lists_turned(&both.nodes, view->lattice->size);
    for (size_t i = 0; i < inside.cut->len; i++) {
        size_t nodes;
        const uint32_t *node = lkv_lists_at(&inside.nodes, i, &nodes);
        if (holds_any(around, node, nodes) &&
            !lies_within(&both.nodes, &of, node, nodes)) {
            lkv_pieces_add(&both, node, nodes, cut_of(&inside, i));
        }
    }
    return both;
}
