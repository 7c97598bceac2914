#include "disclose/near.h"

#include "disclose/walk.h"

/* Whether NODE is of all pupils of its school, at some level of an outcome. */
static bool of_all(const lkv_view *view, uint32_t node)
{
    const lkv_crowd *crowd = lkv_crowds_at(view->lattice->nodes, node);
    return lkv_crowd_on(crowd, view->facts->frame->school) != LKV_SET_ALL &&
           crowd->terms <= 2 && lkv_facts_has_outcome(view->facts, crowd);
}

/* What costs least to hide of the nodes MET from FIRST on, numbers of ALL
 * pupils of a school among them or not; LKV_NO_CROWD when none may be hidden.
 */
static uint32_t cheapest(const lkv_view *view, const GArray *met, guint first,
                         bool all)
{
    uint32_t best = LKV_NO_CROWD;
    size_t least = 0;
    for (guint i = first; i < met->len; i++) {
        uint32_t node = g_array_index(met, uint32_t, i);
        if (!lkv_view_may_hide(view, node, false) ||
            (!all && of_all(view, node))) {
            continue;
        }
        size_t cost = lkv_view_cost(view, node);
        if (best == LKV_NO_CROWD || cost < least ||
            (cost == least && lkv_view_order(view, node, best) < 0)) {
            best = node;
            least = cost;
        }
    }
    return best;
}

/* Hides what costs least of what is told nearest to LEAK, INSIDE its school or
 * anywhere: what is known parts it from what lies behind.
 */
static bool hide_near(lkv_view *view, uint32_t leak, bool inside, bool all)
{
    g_auto(lkv_walk) walk = lkv_walk_from(view, leak, inside);
    uint32_t best = LKV_NO_CROWD;
    for (guint at = 0; at < walk.met->len && best == LKV_NO_CROWD;) {
        guint end = walk.met->len;
        for (; at < end; at++) {
            uint32_t node = g_array_index(walk.met, uint32_t, at);
            if (node == leak ||
                view->drawn[node].low < view->drawn[node].high) {
                lkv_walk_on(&walk, node);
            }
        }
        best = cheapest(view, walk.met, end, all);
    }
    /* Nearest of all is the leak itself, which helps others least. */
    best = best == LKV_NO_CROWD ? cheapest(view, walk.met, 0, all) : best;
    if (best == LKV_NO_CROWD) {
        return false;
    }
    lkv_view_hide(view, best, false);
    return true;
}

bool lkv_near_hide(lkv_view *view, uint32_t leak)
{
    return hide_near(view, leak, true, false) ||
           hide_near(view, leak, true, true);
}

bool lkv_near_hide_anywhere(lkv_view *view, uint32_t leak)
{
    return hide_near(view, leak, false, true);
}
