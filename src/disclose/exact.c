#include "disclose/exact.h"

#include "base/hash.h"
#include "disclose/complement.h"
#include "disclose/near.h"
#include "disclose/range.h"
#include "disclose/rests.h"

/* After so many rounds one thing more is hidden for each leak. */
enum { PATIENCE = 3 };

/* CLEAN: hashes of blocks without a leak. SAFE: by what a block is cut by, bits of
 * nodes whose numbers are far apart in it, as they are still when more is hidden;
 * to a reader who knows all rules, and to a naive one, who knows less.
 */
struct lkv_checked {
    GHashTable *clean;
    GHashTable *safe[2];
    GArray *leaked; /* uint32_t: nodes, in the round before */
    size_t bytes; /* of the bits of all nodes */
};

/* What is checked of one state of the view. */
typedef struct check {
    const lkv_view *view;
    const lkv_blocks *blocks;
    lkv_checked *checked;
} check;

/* ---- what has been seen -------------------------------------------------- */

lkv_checked *lkv_checked_new(const lkv_view *view)
{
    lkv_checked *checked = g_new(lkv_checked, 1);
    checked->clean =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    checked->leaked = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (size_t naive = 0; naive < 2; naive++) {
        checked->safe[naive] =
            g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    }
    checked->bytes = view->lattice->size / 8 + 1;
    return checked;
}

void lkv_checked_free(lkv_checked *checked)
{
    if (checked) {
        g_hash_table_unref(checked->clean);
        g_array_unref(checked->leaked);
        g_hash_table_unref(checked->safe[false]);
        g_hash_table_unref(checked->safe[true]);
        g_free(checked);
    }
}

static const int64_t *cut_of(const check *checking, size_t block)
{
    return &g_array_index(checking->blocks->cut, int64_t, block);
}

static bool is_safe(const check *checking, size_t block, uint32_t node)
{
    bool safe = false;
    for (int naive = 0; naive <= checking->view->naive; naive++) {
        const uint8_t *bits = g_hash_table_lookup(
            checking->checked->safe[naive], cut_of(checking, block));
        safe = safe || (bits && (bits[node / 8] >> node % 8 & 1) != 0);
    }
    return safe;
}

static void mark_safe(const check *checking, size_t block, uint32_t node)
{
    GHashTable *safe = checking->checked->safe[checking->view->naive];
    uint8_t *bits = g_hash_table_lookup(safe, cut_of(checking, block));
    if (!bits) {
        bits = g_new0(uint8_t, checking->checked->bytes);
        g_hash_table_insert(
            safe, g_memdup2(cut_of(checking, block), sizeof(int64_t)), bits);
    }
    bits[node / 8] |= (uint8_t)(1U << node % 8);
}

/* ---- leaks --------------------------------------------------------------- */

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

/* Whether NODE at PLACE of BLOCK, whose RANGE it is, leaks; keeps in mind that it
 * is safe.
 */
static bool leaks_in(const check *checking, size_t block, uint32_t node,
                     size_t place, lkv_range *range)
{
    int64_t few = checking->view->few;
    if (lkv_range_apart(range, place, few)) {
        mark_safe(checking, block, node);
        return false;
    }
    bool leaking = is_leak(checking->view, node, range, place);
    if (!leaking &&
        far_apart(checking->view, lkv_range_of_parts(range, place, few))) {
        mark_safe(checking, block, node);
    }
    return leaking;
}

/* Adds to LEAKS the first of BLOCK that leaks, of those WANTED (by place), in
 * the order of nodes. The others may be mended with it.
 */
static void add_leak(const check *checking, size_t block, bool *wanted,
                     GArray *leaks)
{
    size_t nodes;
    const uint32_t *node =
        lkv_lists_at(&checking->blocks->nodes, block, &nodes);
    g_autoptr(lkv_range) range =
        lkv_range_new(checking->view, checking->blocks, block);
    g_autofree bool *asked = g_memdup2(wanted, nodes * sizeof *wanted);
    lkv_range_look(range, wanted, checking->view->few);
    for (size_t i = 0; i < nodes; i++) {
        if (asked[i] && leaks_in(checking, block, node[i], i, range)) {
            g_array_append_val(leaks, node[i]);
            return;
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
        const lkv_interval *interval = &view->drawn[number[i]];
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
                          view->drawn[ratio->base].low,
                          view->drawn[ratio->part].low};
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
            !is_safe(checking, block, node[i]) &&
            doubtful(checking->view, node[i], checking->view->drawn[node[i]]);
        any = any || wanted[i];
    }
    if (any) {
        add_leak(checking, block, wanted, leaks);
    }
}

/* Adds to LEAKS the first of each block AROUND these nodes, or of all blocks:
 * mending it may mend the others. A block that was found clean is so still, and one
 * that is too large is left to bounds. False when it is stopped.
 */
static bool find_leaks_in(const lkv_view *view, lkv_checked *checked,
                          const GPtrArray *points, const GArray *around,
                          GArray *leaks)
{
    g_autoptr(lkv_blocks) blocks = lkv_blocks_new(view, points, around);
    check checking = {view, blocks, checked};
    for (size_t i = 0; i < blocks->count; i++) {
        if (lkv_stop_asked(view->stop)) {
            return false;
        }
        size_t nodes;
        lkv_lists_at(&blocks->nodes, i, &nodes);
        if (nodes > LKV_BLOCK_MOST) {
            continue;
        }
        int64_t hash = (int64_t)hash_of(&checking, i);
        if (g_hash_table_contains(checked->clean, &hash)) {
            continue;
        }
        guint before = leaks->len;
        check_block(&checking, i, leaks);
        if (leaks->len == before) {
            g_hash_table_add(checked->clean, g_memdup2(&hash, sizeof hash));
        }
    }
    return true;
}

/* Where something leaked a round ago it may do so still: the others are looked at
 * once it does not, since what is hidden for these makes all look anew.
 */
static bool find_leaks(const lkv_view *view, lkv_checked *checked,
                       const GPtrArray *points, GArray *leaks)
{
    GArray *leaked = checked->leaked;
    bool done =
        (leaked->len == 0 ||
         find_leaks_in(view, checked, points, leaked, leaks)) &&
        (leaks->len > 0 || find_leaks_in(view, checked, points, NULL, leaks));
    g_array_set_size(leaked, 0);
    g_array_append_vals(leaked, leaks->data, leaks->len);
    lkv_numbers_sort((uint32_t *)(void *)leaked->data, leaked->len);
    return done;
}

/* ---- mending ------------------------------------------------------------- */

/* Hides something for LEAK: in its school, then in others, and what is told of the
 * whole district only when all else fails. False when nothing is told.
 */
static bool hide_for(lkv_view *view, uint32_t leak)
{
    if (lkv_near_hide(view, leak) || lkv_near_hide_anywhere(view, leak)) {
        return true;
    }
    view->last_resort = true;
    bool done = lkv_near_hide(view, leak) || lkv_near_hide_anywhere(view, leak);
    view->last_resort = false;
    return done;
}

typedef enum { NONE_LEFT, MENDED, FOLLOWERS, NOT_MENDED, STOPPED } outcome;

/* Hides something for each of LEAKS; how often it could. */
static size_t mend_all(lkv_view *view, GArray *leaks, size_t rounds)
{
    lkv_view_sort(view, (uint32_t *)(void *)leaks->data, leaks->len);
    size_t mended = 0;
    for (guint i = 0; i < leaks->len; i++) {
        uint32_t leak = g_array_index(leaks, uint32_t, i);
        for (size_t k = 0; k <= rounds / PATIENCE; k++) {
            mended += hide_for(view, leak);
        }
    }
    return mended;
}

/* Hides what shares and means that are not told follow from. */
static bool mend_followers(const lkv_view *view, const GPtrArray *points)
{
    size_t hidden = lkv_rests_hide(view);
    for (guint i = 0; i < points->len; i++) {
        hidden += lkv_points_hide(g_ptr_array_index(points, i));
    }
    return hidden > 0;
}

/* Finds the leaks, and hides something for each. */
static outcome mend(lkv_view *view, lkv_checked *checked, size_t rounds)
{
    g_autoptr(GPtrArray) points = lkv_points_new(view);
    g_autoptr(GArray) leaks = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    if (mend_followers(view, points)) {
        return FOLLOWERS;
    }
    if (!find_leaks(view, checked, points, leaks)) {
        return STOPPED;
    }
    /* Where nothing is told any more, what was hidden for others will do. */
    return leaks->len == 0                     ? NONE_LEFT
           : mend_all(view, leaks, rounds) > 0 ? MENDED
                                               : NOT_MENDED;
}

bool lkv_exact(lkv_view *view, lkv_checked *checked, lkv_diag *diag)
{
    size_t rounds = 0;
    outcome came;
    while ((came = mend(view, checked, rounds)) == MENDED ||
           came == FOLLOWERS) {
        rounds += came == MENDED;
        if (!lkv_complement(view, diag)) {
            return false;
        }
    }
    /* Where nothing can be hidden any more, earlier releases alone tell it: to
     * refuse this one would take nothing back.
     */
    bool told_before = came == NOT_MENDED && view->readers.ledger;
    if (came == NOT_MENDED && !told_before) {
        lkv_complement_fail(view, diag);
    }
    return came == NONE_LEFT || told_before;
}
