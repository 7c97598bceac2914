#include "disclose/windows.h"

#include "base/hash.h"
#include "disclose/binding.h"

/* What is cut, and which outcomes (by axis) implications bind to each other
 * among it: BOUND is a square of AXES.
 */
typedef struct cutter {
    const lkv_view *view;
    const uint32_t *node;
    size_t nodes, axes;
    lkv_crowd *named; /* of each node: the axes of outcomes it names, no sets */
    bool *bound;
} cutter;

/* The nodes that name no axis but those IN the window. */
typedef struct window {
    bool *in; /* of each axis */
    size_t nodes;
} window;

static lkv_crowd outcomes_of(const lkv_view *view, uint32_t node)
{
    const lkv_crowd *crowd = lkv_crowds_at(view->lattice->nodes, node);
    lkv_crowd named = {0};
    for (uint16_t i = 0; i < crowd->terms; i++) {
        if (view->facts->outcome_on[crowd->axis[i]] != LKV_NO_VALUE) {
            named.axis[named.terms++] = crowd->axis[i];
        }
    }
    return named;
}

static void bind(cutter *cutting, const lkv_crowd *a, const lkv_crowd *b)
{
    for (size_t i = 0; i < a->terms; i++) {
        for (size_t k = 0; k < b->terms; k++) {
            cutting->bound[a->axis[i] * cutting->axes + b->axis[k]] = true;
            cutting->bound[b->axis[k] * cutting->axes + a->axis[i]] = true;
        }
    }
}

static void bind_all(cutter *cutting)
{
    const lkv_lattice *lattice = cutting->view->lattice;
    for (size_t i = 0; i < cutting->nodes; i++) {
        size_t pairs;
        const uint32_t *at =
            lkv_lists_at(&lattice->below_of, cutting->node[i], &pairs);
        for (size_t k = 0; k < pairs; k++) {
            lkv_below pair = g_array_index(lattice->below, lkv_below, at[k]);
            size_t large =
                lkv_sorted_place(cutting->node, cutting->nodes, pair.large);
            if (pair.small == cutting->node[i] && large != LKV_NO_PLACE &&
                lkv_bound_by_pair(cutting->view, pair) != LKV_NO_CROWD) {
                bind(cutting, &cutting->named[i], &cutting->named[large]);
            }
        }
    }
}

static bool holds(const window *it, const lkv_crowd *named)
{
    for (size_t i = 0; i < named->terms; i++) {
        if (!it->in[named->axis[i]]) {
            return false;
        }
    }
    return true;
}

static size_t count(const cutter *cutting, const window *it)
{
    size_t nodes = 0;
    for (size_t i = 0; i < cutting->nodes; i++) {
        nodes += holds(it, &cutting->named[i]);
    }
    return nodes;
}

/* Whether AXIS is not in the window but bound to one that NAMED names. */
static bool is_neighbour(const cutter *cutting, const window *it,
                         const lkv_crowd *named, size_t axis)
{
    bool bound = false;
    for (size_t i = 0; i < named->terms; i++) {
        bound = bound || cutting->bound[named->axis[i] * cutting->axes + axis];
    }
    return bound && !it->in[axis];
}

/* Takes in what is bound to NAMED, the least first, up to MOST nodes. */
static void widen(const cutter *cutting, window *it, const lkv_crowd *named,
                  size_t most)
{
    for (;;) {
        size_t best = cutting->axes;
        size_t least = most + 1;
        for (size_t axis = 0; axis < cutting->axes; axis++) {
            if (is_neighbour(cutting, it, named, axis)) {
                it->in[axis] = true;
                size_t nodes = count(cutting, it);
                it->in[axis] = false;
                best = nodes < least ? axis : best;
                least = MIN(nodes, least);
            }
        }
        if (best == cutting->axes) {
            return;
        }
        it->in[best] = true;
        it->nodes = least;
    }
}

static void add_window(const cutter *cutting, const lkv_crowd *named,
                       size_t most, lkv_pieces *pieces)
{
    g_autofree bool *in = g_new0(bool, cutting->axes);
    g_autofree uint32_t *node = g_new(uint32_t, cutting->nodes);
    window it = {in, 0};
    for (size_t i = 0; i < named->terms; i++) {
        in[named->axis[i]] = true;
    }
    it.nodes = count(cutting, &it);
    if (it.nodes <= most) {
        widen(cutting, &it, named, most);
    }
    size_t nodes = 0;
    for (size_t i = 0; i < cutting->nodes; i++) {
        node[nodes] = cutting->node[i];
        nodes += holds(&it, &cutting->named[i]);
    }
    lkv_pieces_add(
        pieces, node, nodes,
        lkv_hash_short(named->axis, named->terms * sizeof *named->axis));
}

void lkv_windows_cut(const lkv_view *view, const uint32_t *node, size_t nodes,
                     size_t most, lkv_pieces *pieces)
{
    size_t axes = lkv_cube_axes(view->facts->frame->cube);
    g_autofree lkv_crowd *named = g_new(lkv_crowd, nodes);
    g_autofree bool *bound = g_new0(bool, axes *axes);
    g_autoptr(lkv_crowds) distinct = lkv_crowds_new();
    cutter cutting = {view, node, nodes, axes, named, bound};
    for (size_t i = 0; i < nodes; i++) {
        named[i] = outcomes_of(view, node[i]);
        lkv_crowds_add(distinct, &named[i]);
    }
    bind_all(&cutting);
    for (uint32_t i = 0; i < lkv_crowds_size(distinct); i++) {
        const lkv_crowd *outcomes = lkv_crowds_at(distinct, i);
        if (outcomes->terms > 0) {
            add_window(&cutting, outcomes, most, pieces);
        }
    }
}
