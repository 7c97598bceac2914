#include "disclose/exact.h"

#include "base/hash.h"
#include "disclose/complement.h"
#include "disclose/range.h"
#include "disclose/walk.h"

/* NODES_MOST: of a block that is looked at. PATIENCE: after so many rounds one
 * thing more is hidden for each leak.
 */
enum { NODES_MOST = 400, PATIENCE = 3 };

/* What is checked of one state of the view. */
typedef struct check {
    const lkv_view *view;
    const lkv_interval *interval;
    const lkv_blocks *blocks;
    bool *safe; /* of each node: its numbers are far apart, as they are still
                 * when more is hidden */
} check;

/* Whether some part of what is drawn for NODE would be too narrow. */
static bool doubtful(const lkv_view *view, uint32_t node, lkv_interval interval)
{
    int64_t last = interval.high - view->few + 1;
    for (int64_t low = interval.low; low <= MAX(last, interval.low); low++) {
        lkv_interval narrow = {low, MIN(low + view->few - 1, interval.high)};
        if (lkv_view_leaks(view, node, narrow)) {
            return true;
        }
        if (low > view->base_least) {
            break;
        }
    }
    return false;
}

/* Whether NODE at PLACE is too narrow to linear programming or, if some figure
 * is about it, to whole numbers.
 */
static bool is_leak(const lkv_view *view, uint32_t node, lkv_range *range,
                    size_t place)
{
    int64_t enough = view->few;
    size_t figures;
    lkv_lists_at(&view->giving, node, &figures);
    lkv_interval parts = lkv_range_of_parts(range, place, enough);
    return lkv_view_leaks(view, node, parts) ||
           (figures > 0 &&
            lkv_view_leaks(view, node, lkv_range_of(range, place, enough)));
}

static bool far_apart(const lkv_view *view, lkv_interval range)
{
    return range.high - range.low >= view->few;
}

/* Adds to LEAKS the nodes of BLOCK that leak, of those LEFT (by place). */
static void add_leaks(const check *checking, size_t block, bool *left,
                      GArray *leaks)
{
    const lkv_view *view = checking->view;
    size_t nodes;
    const uint32_t *node =
        lkv_lists_at(&checking->blocks->nodes, block, &nodes);
    g_autoptr(lkv_range) range =
        lkv_range_new(view, checking->interval, checking->blocks, block);
    lkv_range_look(range, left, view->few);
    for (size_t i = 0; i < nodes; i++) {
        bool leaking = left[i] && is_leak(view, node[i], range, i);
        checking->safe[node[i]] =
            checking->safe[node[i]] || lkv_range_apart(range, i, view->few) ||
            (left[i] && !leaking &&
             far_apart(view, lkv_range_of_parts(range, i, view->few)));
        if (leaking) {
            g_array_append_val(leaks, node[i]);
        }
    }
}

/* What is known in BLOCK and must not be: the same hash, the same answer. */
static uint64_t hash_of(const check *checking, size_t block)
{
    const lkv_view *view = checking->view;
    const lkv_blocks *blocks = checking->blocks;
    g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(int64_t));
    size_t count;
    const uint32_t *number = lkv_lists_at(&blocks->nodes, block, &count);
    for (size_t i = 0; i < count; i++) {
        const lkv_interval *interval = &checking->interval[number[i]];
        int64_t says[] = {number[i], interval->low, interval->high};
        g_array_append_vals(words, says, G_N_ELEMENTS(says));
        size_t facts;
        const uint32_t *fact = lkv_lists_at(&view->giving, number[i], &facts);
        for (size_t k = 0; k < facts; k++) {
            lkv_fate fate = lkv_view_fate(view, fact[k]);
            int64_t how[] = {fate.kind, fate.why};
            g_array_append_vals(words, how, G_N_ELEMENTS(how));
        }
    }
    number = lkv_lists_at(&blocks->ratios, block, &count);
    for (size_t i = 0; i < count; i++) {
        const lkv_ratio *ratio =
            &g_array_index(view->known.ratios, lkv_ratio, number[i]);
        int64_t says[] = {ratio->base,
                          ratio->part,
                          ratio->low,
                          ratio->high,
                          ratio->unit,
                          ratio->rest_most,
                          checking->interval[ratio->base].low,
                          checking->interval[ratio->part].low};
        g_array_append_vals(words, says, G_N_ELEMENTS(says));
    }
    return lkv_hash_short(words->data, words->len * sizeof(int64_t));
}

static void check_block(const check *checking, size_t block, GArray *leaks)
{
    size_t nodes;
    const uint32_t *node =
        lkv_lists_at(&checking->blocks->nodes, block, &nodes);
    g_autofree bool *wanted = g_new0(bool, nodes + 1);
    bool any = false;
    for (size_t i = 0; i < nodes; i++) {
        wanted[i] =
            !checking->safe[node[i]] &&
            doubtful(checking->view, node[i], checking->interval[node[i]]);
        any = any || wanted[i];
    }
    if (any) {
        add_leaks(checking, block, wanted, leaks);
    }
}

/* Adds to LEAKS the first of each block: mending it may mend the others. A
 * block that was found CLEAN is so still, and one that is too large is left to
 * bounds. False when it is stopped.
 */
static bool find_leaks(const check *checking, GHashTable *clean, GArray *leaks)
{
    for (size_t i = 0; i < checking->blocks->count; i++) {
        if (lkv_stop_asked(checking->view->stop)) {
            return false;
        }
        size_t nodes;
        lkv_lists_at(&checking->blocks->nodes, i, &nodes);
        if (nodes > NODES_MOST) {
            continue;
        }
        int64_t hash = (int64_t)hash_of(checking, i);
        if (g_hash_table_contains(clean, &hash)) {
            continue;
        }
        guint before = leaks->len;
        check_block(checking, i, leaks);
        if (leaks->len == before) {
            g_hash_table_add(clean, g_memdup2(&hash, sizeof hash));
            continue;
        }
        lkv_view_sort(checking->view, &g_array_index(leaks, uint32_t, before),
                      leaks->len - before);
        g_array_set_size(leaks, before + 1);
    }
    return true;
}

/* ---- mending ------------------------------------------------------------- */

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

/* Hides what costs least of what is told nearest to LEAK. */
static bool hide_near(const check *checking, lkv_view *view, uint32_t leak,
                      bool all)
{
    g_auto(lkv_walk) walk = lkv_walk_from(view, leak, true);
    uint32_t best = LKV_NO_CROWD;
    for (guint at = 0; at < walk.met->len && best == LKV_NO_CROWD;) {
        guint end = walk.met->len;
        for (; at < end; at++) {
            uint32_t node = g_array_index(walk.met, uint32_t, at);
            if (checking->blocks->of[node] != LKV_NO_BLOCK) {
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

/* Hides something for LEAK: in its school, what is told of the whole district
 * and of other schools only when all else fails. False when nothing is told.
 */
static bool hide_for(const check *checking, lkv_view *view, uint32_t leak)
{
    if (hide_near(checking, view, leak, false) ||
        hide_near(checking, view, leak, true)) {
        return true;
    }
    view->last_resort = true;
    bool done = hide_near(checking, view, leak, true) ||
                lkv_complement_nearest(view, leak);
    view->last_resort = false;
    return done;
}

typedef enum { NONE_LEFT, MENDED, NOT_MENDED, STOPPED } outcome;

/* Finds the leaks, and hides something for each. */
static outcome mend(lkv_view *view, const lkv_interval *interval, bool *safe,
                    GHashTable *clean, size_t rounds)
{
    g_autoptr(lkv_blocks) blocks = lkv_blocks_new(view, interval);
    g_autoptr(GArray) leaks = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    check checking = {view, interval, blocks, safe};
    if (!find_leaks(&checking, clean, leaks)) {
        return STOPPED;
    }
    lkv_view_sort(view, (uint32_t *)(void *)leaks->data, leaks->len);
    size_t mended = 0;
    for (guint i = 0; i < leaks->len; i++) {
        uint32_t leak = g_array_index(leaks, uint32_t, i);
        for (size_t k = 0; k <= rounds / PATIENCE; k++) {
            mended += hide_for(&checking, view, leak);
        }
    }
    /* Where nothing is told any more, what was hidden for others will do. */
    return leaks->len == 0 ? NONE_LEFT : mended > 0 ? MENDED : NOT_MENDED;
}

bool lkv_exact(lkv_view *view, lkv_interval *interval, lkv_diag *diag)
{
    g_autofree bool *safe = g_new0(bool, view->lattice->size + 1);
    g_autoptr(GHashTable) clean =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    size_t rounds = 0;
    outcome came;
    while ((came = mend(view, interval, safe, clean, rounds++)) == MENDED) {
        if (!lkv_complement(view, interval, diag)) {
            return false;
        }
    }
    if (came == NOT_MENDED) {
        lkv_complement_fail(view, diag);
    }
    return came == NONE_LEFT;
}
