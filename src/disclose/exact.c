#include "disclose/exact.h"

#include "disclose/complement.h"
#include "disclose/range.h"

/* What is checked of one state of the view. */
typedef struct check {
    const lkv_view *view;
    const lkv_interval *interval;
    const lkv_blocks *blocks;
    bool *safe; /* of each node: tables far apart are found; hiding more leaves
                 * them possible */
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

/* Whether cutting pupils in parts or not, NODE at PLACE is too narrow: who has
 * only linear programming may be misled to a number that is no secret.
 */
static bool leaks(const lkv_view *view, uint32_t node, lkv_range *range,
                  size_t place)
{
    int64_t enough = view->few;
    return lkv_view_leaks(view, node,
                          lkv_range_of_parts(range, place, enough)) ||
           lkv_view_leaks(view, node, lkv_range_of(range, place, enough));
}

/* The first of the nodes LEFT (by place) that leaks, or LKV_NO_CROWD. */
static uint32_t first_leak(const check *checking, size_t block, bool *left)
{
    const lkv_view *view = checking->view;
    size_t nodes;
    const uint32_t *node =
        lkv_lists_at(&checking->blocks->nodes, block, &nodes);
    g_autoptr(lkv_range) range =
        lkv_range_new(view, checking->interval, checking->blocks, block);
    lkv_range_look(range, left, view->few);
    uint32_t first = LKV_NO_CROWD;
    for (size_t i = 0; i < nodes; i++) {
        bool leaking = left[i] && leaks(view, node[i], range, i);
        checking->safe[node[i]] =
            checking->safe[node[i]] || lkv_range_apart(range, i, view->few);
        if (leaking && (first == LKV_NO_CROWD ||
                        lkv_view_order(view, node[i], first) < 0)) {
            first = node[i];
        }
    }
    return first;
}

static uint32_t check_block(const check *checking, size_t block)
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
    return any ? first_leak(checking, block, wanted) : LKV_NO_CROWD;
}

/* ---- mending ------------------------------------------------------------- */

/* A walk from one node over the sums of its school. */
typedef struct walk {
    const check *checking;
    GArray *met; /* uint32_t: nodes, nearest first */
    bool *seen;
} walk;

static void meet(const walk *walking, uint32_t node)
{
    if (!walking->seen[node]) {
        walking->seen[node] = true;
        g_array_append_val(walking->met, node);
    }
}

static void walk_on(const walk *walking, uint32_t node)
{
    const lkv_view *view = walking->checking->view;
    const lkv_lattice *lattice = view->lattice;
    size_t rows;
    const uint32_t *row = lkv_lists_at(&lattice->sums_of, node, &rows);
    for (size_t i = 0; i < rows; i++) {
        size_t length;
        const uint32_t *member = lkv_lists_at(&lattice->sums, row[i], &length);
        for (size_t k = 0; k < length && !lkv_blocks_parted(view, row[i]);
             k++) {
            meet(walking, member[k]);
        }
    }
    size_t pairs;
    const uint32_t *pair = lkv_lists_at(&lattice->below_of, node, &pairs);
    for (size_t i = 0; i < pairs; i++) {
        lkv_below below = g_array_index(lattice->below, lkv_below, pair[i]);
        meet(walking, below.small);
        meet(walking, below.large);
    }
}

/* What costs least to hide of the nodes from FIRST on; LKV_NO_CROWD when none
 * may be hidden.
 */
static uint32_t cheapest(const walk *walking, guint first)
{
    const lkv_view *view = walking->checking->view;
    uint32_t best = LKV_NO_CROWD;
    size_t least = 0;
    for (guint i = first; i < walking->met->len; i++) {
        uint32_t node = g_array_index(walking->met, uint32_t, i);
        if (!lkv_view_may_hide(view, node, false)) {
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
static bool hide_near(const check *checking, lkv_view *view, uint32_t leak)
{
    g_autofree bool *seen = g_new0(bool, view->lattice->size + 1);
    g_autoptr(GArray) met = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    walk walking = {checking, met, seen};
    meet(&walking, leak);
    uint32_t best = LKV_NO_CROWD;
    for (guint at = 0; at < met->len && best == LKV_NO_CROWD;) {
        guint end = met->len;
        for (; at < end; at++) {
            uint32_t node = g_array_index(met, uint32_t, at);
            if (checking->blocks->of[node] != LKV_NO_BLOCK) {
                walk_on(&walking, node);
            }
        }
        best = cheapest(&walking, end);
    }
    best = best == LKV_NO_CROWD ? cheapest(&walking, 0) : best;
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
    if (hide_near(checking, view, leak)) {
        return true;
    }
    view->last_resort = true;
    bool hidden =
        hide_near(checking, view, leak) || lkv_complement_nearest(view, leak);
    view->last_resort = false;
    return hidden;
}

typedef enum { NONE_LEFT, MENDED, NOT_MENDED, STOPPED } outcome;

/* Finds the leaks of the blocks, and hides something for each. */
static outcome mend(lkv_view *view, const lkv_interval *interval, bool *safe)
{
    g_autoptr(lkv_blocks) blocks = lkv_blocks_new(view, interval);
    g_autofree uint32_t *leak = g_new(uint32_t, blocks->count + 1);
    check checking = {view, interval, blocks, safe};
    for (size_t i = 0; i < blocks->count; i++) {
        if (lkv_stop_asked(view->stop)) {
            return STOPPED;
        }
        leak[i] = check_block(&checking, i);
    }
    outcome came = NONE_LEFT;
    for (size_t i = 0; i < blocks->count && came != NOT_MENDED; i++) {
        if (leak[i] != LKV_NO_CROWD) {
            came = hide_for(&checking, view, leak[i]) ? MENDED : NOT_MENDED;
        }
    }
    return came;
}

bool lkv_exact(lkv_view *view, lkv_interval *interval, lkv_diag *diag)
{
    g_autofree bool *safe = g_new0(bool, view->lattice->size + 1);
    outcome came;
    while ((came = mend(view, interval, safe)) == MENDED) {
        if (!lkv_complement(view, interval, diag)) {
            return false;
        }
    }
    if (came == NOT_MENDED) {
        lkv_complement_fail(view, diag);
    }
    return came == NONE_LEFT;
}
