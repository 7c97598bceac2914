#include "disclose/complement.h"

#include <stdlib.h>
#include <string.h>

#include "disclose/near.h"
#include "disclose/walk.h"

/* TRIES_MOST: members of a sum that are blurred in vain before it is left.
 * THIN_ROUNDS: after so many, missing pupils are protected like others.
 * PATIENCE: after so many in vain, what is nearest to a leak is hidden.
 */
enum {
    DEPTH_MOST = 4,
    TRIES_MOST = 8,
    ROUNDS_MOST = 1000,
    THIN_ROUNDS = 8,
    PATIENCE = 3
};

/* How deep a node has been blurred in vain, or that it has been blurred. */
enum { NOT_TRIED = DEPTH_MOST + 1, BLURRED = 0xFF };

/* One round: leaks are mended from the same intervals; in it no sum is broken
 * twice, and no node tried again but from less deep.
 */
typedef struct round {
    lkv_view *view;
    bool *broken; /* of each sum */
    uint8_t *tried; /* of each node */
    bool absent; /* what is told is how many are missing: hide thinly */
} mender;

static mender round_new(lkv_view *view)
{
    mender round = {
        .view = view,
        .broken = g_new0(bool, lkv_lists_count(&view->lattice->sums) + 1),
        .tried = g_new(uint8_t, view->lattice->size + 1),
    };
    memset(round.tried, NOT_TRIED, view->lattice->size);
    return round;
}

static void round_free(mender *round)
{
    g_free(round->broken);
    g_free(round->tried);
}

/* ---- mending ------------------------------------------------------------- */

static bool blur(mender *round, uint32_t node, bool leak, unsigned depth);

/* Whether INTERVAL says too much of NODE: as a LEAK, or, of a node that others
 * hide behind, merely that it is narrow.
 */
static bool too_narrow(const mender *round, uint32_t node,
                       lkv_interval interval, bool leak)
{
    return leak ? lkv_view_leaks(round->view, node, interval)
                : interval.high - interval.low < round->view->few;
}

/* Whether A is better hidden than B: what takes less away, then the smaller. */
static bool better(const mender *round, uint32_t a, uint32_t b)
{
    size_t cost_a = lkv_view_cost(round->view, a);
    size_t cost_b = lkv_view_cost(round->view, b);
    return cost_a != cost_b ? cost_a < cost_b
                            : lkv_view_order(round->view, a, b) < 0;
}

/* The member of a sum that is best hidden beside NODE: a part before the
 * whole.
 */
static uint32_t best_member(const mender *round, const uint32_t *member,
                            size_t length, uint32_t node)
{
    uint32_t best = LKV_NO_CROWD;
    for (size_t i = 1; i <= length; i++) {
        uint32_t at = member[i % length];
        if (at == node || !lkv_view_may_hide(round->view, at, round->absent) ||
            (i == length && best != LKV_NO_CROWD)) {
            continue;
        }
        if (best == LKV_NO_CROWD || better(round, at, best)) {
            best = at;
        }
    }
    return best;
}

/* Whether NODE is hidden, yet as good as known. */
static bool worked_out(const mender *round, uint32_t node)
{
    lkv_interval drawn = round->view->drawn[node];
    lkv_interval given = round->view->known.given[node];
    size_t told;
    lkv_lists_at(&round->view->giving, node, &told);
    return (drawn.high > 0 || told > 0) &&
           drawn.high - drawn.low < round->view->few &&
           given.high - given.low >= round->view->few;
}

/* Blurs a member of a sum that is hidden but worked out: one that figures
 * tell of (TOLD), or one that none does.
 */
static bool blur_member(mender *round, const uint32_t *member, size_t length,
                        uint32_t node, unsigned depth)
{
    g_autofree uint32_t *hidden = g_new(uint32_t, length + 1);
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        hidden[count] = member[i];
        count += member[i] != node && worked_out(round, member[i]);
    }
    lkv_view_sort(round->view, hidden, count);
    for (size_t i = 0; i < MIN(count, (size_t)TRIES_MOST); i++) {
        if (blur(round, hidden[i], false, depth + 1)) {
            return true;
        }
    }
    return false;
}

static bool has_hidden(const mender *round, const uint32_t *member,
                       size_t length, uint32_t node)
{
    for (size_t i = 0; i < length; i++) {
        size_t told;
        lkv_lists_at(&round->view->giving, member[i], &told);
        if (member[i] != node && told > 0 && worked_out(round, member[i])) {
            return true;
        }
    }
    return false;
}

/* Takes something out of sum ROW, so that it says less of NODE. */
static bool break_sum(mender *round, size_t row, uint32_t node, unsigned depth)
{
    if (round->broken[row]) {
        return true;
    }
    size_t length;
    const uint32_t *member =
        lkv_lists_at(&round->view->lattice->sums, row, &length);
    if (depth < DEPTH_MOST && has_hidden(round, member, length, node) &&
        blur_member(round, member, length, node, depth)) {
        round->broken[row] = true;
        return true;
    }
    uint32_t best = best_member(round, member, length, node);
    if (best != LKV_NO_CROWD) {
        lkv_view_hide(round->view, best, round->absent);
        round->broken[row] = true;
        return true;
    }
    if (depth < DEPTH_MOST && blur_member(round, member, length, node, depth)) {
        round->broken[row] = true;
        return true;
    }
    return false;
}

static size_t position(const uint32_t *member, size_t length, uint32_t node)
{
    size_t at = 0;
    while (at + 1 < length && member[at] != node) {
        at++;
    }
    return at;
}

/* What sum ROW and what is printed of it say of NODE. */
static lkv_interval said_by(const mender *round, size_t row, uint32_t node)
{
    size_t length;
    const uint32_t *member =
        lkv_lists_at(&round->view->lattice->sums, row, &length);
    lkv_interval said = lkv_bounds_by_sum(round->view->bounds, row,
                                          position(member, length, node));
    lkv_interval given = round->view->known.given[node];
    return (lkv_interval){MAX(said.low, given.low), MIN(said.high, given.high)};
}

/* Where no sum says too much alone, the ends of the interval come from two:
 * breaks the ones that say most.
 */
static bool break_ends(mender *round, uint32_t node, unsigned depth)
{
    size_t rows;
    const uint32_t *row =
        lkv_lists_at(&round->view->lattice->sums_of, node, &rows);
    lkv_interval drawn = round->view->drawn[node];
    bool broken = false;
    for (size_t i = 0; i < rows && !broken; i++) {
        lkv_interval said = said_by(round, row[i], node);
        if (said.high <= drawn.high || said.low >= drawn.low) {
            broken = break_sum(round, row[i], node, depth);
        }
    }
    return broken;
}

/* Makes NODE's neighbours by implication uncertain. */
static bool break_pairs(mender *round, uint32_t node, unsigned depth)
{
    const lkv_lattice *lattice = round->view->lattice;
    size_t pairs;
    const uint32_t *pair = lkv_lists_at(&lattice->below_of, node, &pairs);
    lkv_interval drawn = round->view->drawn[node];
    for (size_t i = 0; i < pairs; i++) {
        lkv_below below = g_array_index(lattice->below, lkv_below, pair[i]);
        bool small = node == below.small;
        uint32_t other = small ? below.large : below.small;
        lkv_interval there = round->view->drawn[other];
        bool binds = small ? there.high <= drawn.high
                           : there.low >= drawn.low && drawn.low > 0;
        if (!binds) {
            continue;
        }
        if (lkv_view_may_hide(round->view, other, round->absent)) {
            lkv_view_hide(round->view, other, round->absent);
            return true;
        }
        if (depth < DEPTH_MOST && worked_out(round, other) &&
            blur(round, other, false, depth + 1)) {
            return true;
        }
    }
    return false;
}

/* Takes away what says too much of NODE. */
static bool blur_anew(mender *round, uint32_t node, bool leak, unsigned depth)
{
    size_t rows;
    const uint32_t *row =
        lkv_lists_at(&round->view->lattice->sums_of, node, &rows);
    bool mended = false;
    for (size_t i = 0; i < rows; i++) {
        if (too_narrow(round, node, said_by(round, row[i], node), leak)) {
            mended = break_sum(round, row[i], node, depth) || mended;
        }
    }
    return mended || break_pairs(round, node, depth) ||
           break_ends(round, node, depth);
}

/* The same, unless it has been tried as well as now. */
static bool blur(mender *round, uint32_t node, bool leak, unsigned depth)
{
    uint8_t *tried = &round->tried[node];
    if (*tried == BLURRED || *tried <= depth) {
        return *tried == BLURRED;
    }
    *tried = (uint8_t)depth;
    if (blur_anew(round, node, leak, depth)) {
        *tried = BLURRED;
    }
    return *tried == BLURRED;
}

/* ---- the fixpoint -------------------------------------------------------- */

static GArray *leaks_of(const lkv_view *view)
{
    GArray *leaks = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t i = 0; i < view->lattice->size; i++) {
        if (lkv_view_leaks(view, i, view->drawn[i])) {
            g_array_append_val(leaks, i);
        }
    }
    lkv_view_sort(view, (uint32_t *)(void *)leaks->data, leaks->len);
    return leaks;
}

/* Tries LAST_MEANS on the leaks in their order until it helps one of a school:
 * that may help its others too. Whether it helped any.
 */
static bool mend_one_each(lkv_view *view, const GArray *leaks,
                          bool (*last_means)(lkv_view *, uint32_t))
{
    g_autoptr(GHashTable) helped = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < leaks->len; i++) {
        uint32_t node = g_array_index(leaks, uint32_t, i);
        gpointer school = GUINT_TO_POINTER(lkv_walk_school(view, node));
        if (!g_hash_table_contains(helped, school) && last_means(view, node)) {
            g_hash_table_add(helped, school);
        }
    }
    return g_hash_table_size(helped) > 0;
}

static bool hide_itself(lkv_view *view, uint32_t node)
{
    bool hides = lkv_view_may_hide(view, node, false);
    if (hides) {
        lkv_view_hide(view, node, false);
    }
    return hides;
}

/* Mends each leak once, those that are old (by AGE, in rounds) without more
 * ado; false when none could be.
 */
static bool mend(lkv_view *view, const GArray *leaks, uint8_t *age, bool thinly)
{
    mender round = round_new(view);
    bool mended = false;
    for (guint i = 0; i < leaks->len; i++) {
        uint32_t node = g_array_index(leaks, uint32_t, i);
        round.absent = thinly && view->lattice->kind[node] == LKV_CROWD_ABSENT;
        bool old = age[node] >= PATIENCE;
        age[node] = old ? 0 : age[node] + 1;
        mended = (old && lkv_near_hide(view, node)) ||
                 blur(&round, node, true, 0) || mended;
    }
    round_free(&round);
    return mended || mend_one_each(view, leaks, hide_itself);
}

void lkv_complement_fail(const lkv_view *view, lkv_diag *diag)
{
    lkv_message *message = lkv_diag_add(
        diag, "E-PRIVACY-INFERABLE", (lkv_place){0},
        "Population %s cannot be protected: some counts can be worked out "
        "whatever else is hidden",
        lkv_cube_population_id(view->facts->frame->cube,
                               view->lattice->population));
    lkv_message_fix(message, "Ask for fewer groups, or leave out the outcome "
                             "that only a few pupils lack");
}

bool lkv_complement(lkv_view *view, lkv_diag *diag)
{
    g_autofree uint8_t *age = g_new0(uint8_t, view->lattice->size + 1);
    for (size_t rounds = 0; rounds < ROUNDS_MOST; rounds++) {
        if (lkv_stop_asked(view->stop)) {
            return false;
        }
        lkv_view_look(view);
        g_autoptr(GArray) leaks = leaks_of(view);
        if (leaks->len == 0) {
            return true;
        }
        bool mended = mend(view, leaks, age, rounds < THIN_ROUNDS);
        if (!mended) {
            view->last_resort = true;
            mended = mend(view, leaks, age, rounds < THIN_ROUNDS) ||
                     mend_one_each(view, leaks, lkv_near_hide_anywhere);
            view->last_resort = false;
            if (!mended) {
                break;
            }
        }
    }
    lkv_complement_fail(view, diag);
    return false;
}
