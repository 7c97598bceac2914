#include "disclose/walk.h"

static void meet(lkv_walk *walk, uint32_t node)
{
    if (!walk->seen[node]) {
        walk->seen[node] = true;
        g_array_append_val(walk->met, node);
    }
}

lkv_walk lkv_walk_from(const lkv_view *view, uint32_t node, bool inside)
{
    lkv_walk walk = {.view = view,
                     .inside = inside,
                     .met = g_array_new(FALSE, FALSE, sizeof(uint32_t)),
                     .seen = g_new0(bool, view->lattice->size + 1)};
    meet(&walk, node);
    return walk;
}

void lkv_walk_clear(lkv_walk *walk)
{
    g_array_unref(walk->met);
    g_free(walk->seen);
}

uint16_t lkv_walk_school(const lkv_view *view, uint32_t node)
{
    return lkv_crowd_on(lkv_crowds_at(view->lattice->nodes, node),
                        view->facts->frame->school);
}

void lkv_walk_on(lkv_walk *walk, uint32_t node)
{
    const lkv_lattice *lattice = walk->view->lattice;
    size_t rows;
    const uint32_t *row = lkv_lists_at(&lattice->sums_of, node, &rows);
    for (size_t i = 0; i < rows; i++) {
        if (walk->inside && lattice->over_schools[row[i]]) {
            continue;
        }
        size_t length;
        const uint32_t *member = lkv_lists_at(&lattice->sums, row[i], &length);
        for (size_t k = 0; k < length; k++) {
            meet(walk, member[k]);
        }
    }
    size_t pairs;
    const uint32_t *pair = lkv_lists_at(&lattice->below_of, node, &pairs);
    for (size_t i = 0; i < pairs; i++) {
        lkv_below below = g_array_index(lattice->below, lkv_below, pair[i]);
        meet(walk, below.small);
        meet(walk, below.large);
    }
}
