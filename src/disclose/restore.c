#include "disclose/restore.h"

#include "base/order.h"

/* Showing one fact again may allow another, seldom more than once. */
enum { PASSES_MOST = 4 };

typedef struct restorer {
    lkv_view *view;
    uint32_t *head, *next; /* shares by the fact that counts their base */
    GArray *known; /* lkv_change: what was known before a fact is shown */
    GArray *nodes; /* uint32_t: of KNOWN */
    GArray *drawn; /* lkv_change of what is drawn */
} restorer;

static void link_shares(restorer *restoring)
{
    const lkv_view *view = restoring->view;
    guint facts = view->facts->facts->len;
    restoring->head = g_new(uint32_t, facts + 1U);
    restoring->next = g_new(uint32_t, facts + 1U);
    for (guint i = 0; i < facts; i++) {
        restoring->head[i] = LKV_NO_FACT;
    }
    for (size_t i = 0; i < view->fact_count; i++) {
        uint32_t number = view->fact[i];
        const lkv_fact *fact = lkv_facts_at(view->facts, number);
        if (fact->stat == LKV_SHARE) {
            restoring->next[number] = restoring->head[fact->n];
            restoring->head[fact->n] = number;
        }
    }
}

/* ---- order --------------------------------------------------------------- */

static uint32_t node_of(const lkv_view *view, uint32_t number)
{
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    return view->lattice->node_of[fact->base];
}

/* What fewer conditions name comes first, then values before numbers of
 * pupils, then the larger group; ties by content.
 */
static int order_facts(gconstpointer left, gconstpointer right, gpointer data)
{
    const lkv_view *view = data;
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    const lkv_fact *fact_a = lkv_facts_at(view->facts, a);
    const lkv_fact *fact_b = lkv_facts_at(view->facts, b);
    uint32_t node_a = node_of(view, a);
    uint32_t node_b = node_of(view, b);
    const lkv_crowd *crowd_a = lkv_crowds_at(view->lattice->nodes, node_a);
    const lkv_crowd *crowd_b = lkv_crowds_at(view->lattice->nodes, node_b);
    const int orders[] = {
        lkv_order(!lkv_facts_of_district(view->facts, crowd_a),
                  !lkv_facts_of_district(view->facts, crowd_b)),
        lkv_order(crowd_a->terms, crowd_b->terms),
        lkv_order(fact_a->stat == LKV_COUNT, fact_b->stat == LKV_COUNT),
        lkv_view_compare(view, node_b, node_a),
        view->content[node_a] < view->content[node_b]   ? -1
        : view->content[node_a] > view->content[node_b] ? 1
                                                        : 0,
        lkv_order(a, b),
    };
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        if (orders[i] != 0) {
            return orders[i];
        }
    }
    return 0;
}

/* ---- what may be tried --------------------------------------------------- */

static bool hidden_for_others(const lkv_view *view, uint32_t fact)
{
    for (size_t i = 0; i < view->readers.audiences; i++) {
        lkv_fate fate = view->readers.audience[i]->fates[fact];
        if (fate.kind == LKV_FATE_HIDDEN && fate.why == LKV_WHY_COMPLEMENT) {
            return true;
        }
    }
    return false;
}

/* Whether the number of the group that FACT is about is hidden: then all about
 * the group is, since who knows the numbers with a grade nearly knows it.
 */
static bool group_hidden(const lkv_view *view, uint32_t fact)
{
    uint32_t group = lkv_view_group(view, fact);
    if (group == LKV_NO_CROWD || group == node_of(view, fact)) {
        return false;
    }
    size_t count;
    const uint32_t *giving = lkv_lists_at(&view->giving, group, &count);
    for (size_t i = 0; i < count; i++) {
        if (lkv_facts_at(view->facts, giving[i])->stat == LKV_COUNT &&
            lkv_view_fate(view, giving[i]).kind == LKV_FATE_HIDDEN) {
            return true;
        }
    }
    return false;
}

/* A mean shows with its n or not at all: no sum of points is drawn here. */
static bool may_try(const lkv_view *view, uint32_t number)
{
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    bool counted = fact->stat == LKV_COUNT || fact->stat == LKV_SHARE ||
                   lkv_view_fate(view, fact->n).kind == LKV_FATE_SHOWN;
    return counted && hidden_for_others(view, number) &&
           !group_hidden(view, number) && !lkv_stop_asked(view->stop);
}

/* ---- trying -------------------------------------------------------------- */

/* Shows NUMBER again to all from whom it is hidden for the sake of others. */
static void show(const lkv_view *view, uint32_t number)
{
    for (size_t i = 0; i < view->readers.audiences; i++) {
        lkv_audience *audience = view->readers.audience[i];
        if (audience->fates[number].why == LKV_WHY_COMPLEMENT) {
            audience->fates[number] = audience->primary[number];
        }
    }
}

static void tell(restorer *restoring, uint32_t number)
{
    lkv_view *view = restoring->view;
    lkv_view_tell(view, number, restoring->known);
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    uint32_t share =
        fact->stat == LKV_COUNT ? restoring->head[number] : LKV_NO_FACT;
    for (; share != LKV_NO_FACT; share = restoring->next[share]) {
        lkv_view_tell(view, share, restoring->known);
    }
    for (guint i = 0; i < restoring->known->len; i++) {
        uint32_t node = g_array_index(restoring->known, lkv_change, i).node;
        g_array_append_val(restoring->nodes, node);
    }
}

static bool anything_leaks(const restorer *restoring, uint32_t number)
{
    const lkv_view *view = restoring->view;
    for (guint i = 0; i < restoring->drawn->len; i++) {
        uint32_t node = g_array_index(restoring->drawn, lkv_change, i).node;
        if (lkv_view_leaks(view, node, view->drawn[node])) {
            return true;
        }
    }
    uint32_t node = lkv_view_told(view, number);
    return node != LKV_NO_CROWD &&
           lkv_view_leaks(view, node, view->drawn[node]);
}

/* Knows again what was known before. */
static void take_back(lkv_view *view, const GArray *known)
{
    for (guint i = known->len; i > 0; i--) {
        const lkv_change *change = &g_array_index(known, lkv_change, i - 1);
        view->known.given[change->node] = change->before;
    }
}

static bool try_showing(restorer *restoring, uint32_t number)
{
    lkv_view *view = restoring->view;
    GArray *ratios = view->known.ratios;
    guint before = ratios->len;
    show(view, number);
    tell(restoring, number);
    bool sound =
        lkv_bounds_tighten(view->bounds, restoring->nodes, restoring->drawn);
    g_assert(sound);
    bool leaks = anything_leaks(restoring, number);
    if (leaks) {
        lkv_bounds_undo(view->bounds, restoring->drawn, before);
        take_back(view, restoring->known);
        g_array_set_size(ratios, before);
        lkv_view_hide_fact(view, number);
    }
    g_array_set_size(restoring->drawn, 0);
    g_array_set_size(restoring->known, 0);
    g_array_set_size(restoring->nodes, 0);
    return !leaks;
}

void lkv_restore(lkv_view *view)
{
    restorer restoring = {
        .view = view,
        .known = g_array_new(FALSE, FALSE, sizeof(lkv_change)),
        .nodes = g_array_new(FALSE, FALSE, sizeof(uint32_t)),
        .drawn = g_array_new(FALSE, FALSE, sizeof(lkv_change)),
    };
    link_shares(&restoring);
    g_autofree uint32_t *order =
        g_memdup2(view->fact, (view->fact_count + 1) * sizeof *order);
    g_qsort_with_data(order, (gint)view->fact_count, sizeof *order, order_facts,
                      view);
    bool more = true;
    for (size_t pass = 0; more && pass < PASSES_MOST; pass++) {
        more = false;
        for (size_t i = 0; i < view->fact_count; i++) {
            more = (may_try(view, order[i]) &&
                    try_showing(&restoring, order[i])) ||
                   more;
        }
    }
    g_free(restoring.head);
    g_free(restoring.next);
    g_array_unref(restoring.known);
    g_array_unref(restoring.nodes);
    g_array_unref(restoring.drawn);
}
