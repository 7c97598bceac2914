/* The last look at what is shown, against plain enumeration. */
#include "check.h"

#include "base/wide.h"
#include "disclose/binding.h"
#include "disclose/complement.h"
#include "disclose/decision.h"
#include "disclose/exact.h"
#include "disclose/range.h"
#include "disclose/rests.h"
#include "disclose/silent.h"
#include "disclose/walk.h"
#include "district.h"

/* NODES_MOST: of a block that is enumerated. */
enum { NODES_MOST = 40, TABLES_MOST = 500000 };

/* A district under the rules alone or wholly protected, and what is drawn. */
typedef struct scene {
    district *it;
    lkv_diag *diag;
    lkv_disclosure *disclosure;
    lkv_audience *reader;
    uint64_t *content;
    lkv_lattice *lattice;
    lkv_view *view;
} scene;

static scene *scene_of(district_plan plan, bool bare)
{
    scene *at = g_new0(scene, 1);
    at->it = district_new(plan);
    at->diag = lkv_diag_new();
    at->disclosure = district_disclose(at->it, at->diag);
    assert_non_null(at->disclosure);
    at->reader = &at->disclosure->audience[0];
    const lkv_facts *facts = at->disclosure->facts;
    if (bare) {
        memcpy(at->reader->fates, at->reader->primary,
               facts->facts->len * sizeof *at->reader->fates);
    }
    lkv_readers readers = {&at->reader, 1, NULL};
    at->content = lkv_view_contents(facts, readers);
    at->lattice = lkv_lattice_new(facts, 0, at->diag);
    at->view = lkv_view_new(facts, at->lattice, readers, at->content, at->diag);
    assert_non_null(at->view);
    lkv_view_look(at->view);
    return at;
}

static void scene_end(scene *at)
{
    lkv_view_free(at->view);
    lkv_lattice_free(at->lattice);
    g_free(at->content);
    lkv_disclosure_free(at->disclosure);
    lkv_diag_free(at->diag);
    district_free(at->it);
    g_free(at);
}

/* ---- enumeration --------------------------------------------------------- */

typedef struct enumerator {
    const scene *at;
    const lkv_blocks *blocks;
    size_t block, nodes;
    const uint32_t *node; /* by number: wholes soon after their parts */
    int64_t *number; /* of each node of the lattice */
    lkv_interval *found; /* of each of them */
    size_t tables, tried;
} enumerator;

static bool sum_holds(const enumerator *all, uint32_t row, size_t settled)
{
    size_t length;
    const uint32_t *member =
        lkv_lists_at(&all->at->lattice->sums, row, &length);
    int64_t low = 0;
    int64_t high = 0;
    for (size_t i = 0; i < length; i++) {
        uint32_t node = member[i];
        size_t place = lkv_sorted_place(all->node, all->nodes, node);
        bool known = place == LKV_NO_PLACE || place < settled;
        lkv_interval interval = all->at->view->drawn[node];
        int64_t least = known ? all->number[node] : interval.low;
        int64_t most = known ? all->number[node] : interval.high;
        low += i == 0 ? -most : least;
        high += i == 0 ? -least : most;
    }
    return low <= 0 && high >= 0;
}

static bool ratio_holds(const enumerator *all, uint32_t number)
{
    const lkv_ratio *ratio =
        &g_array_index(all->at->view->known.ratios, lkv_ratio, number);
    int64_t base = all->number[ratio->base];
    int64_t part = all->number[ratio->part];
    return ratio->low * base <= ratio->unit * part &&
           ratio->unit * part <= ratio->high * base &&
           base - part <= ratio->rest_most && part <= ratio->part_most;
}

static bool all_hold(const enumerator *all)
{
    size_t count;
    const uint32_t *number =
        lkv_lists_at(&all->blocks->ratios, all->block, &count);
    for (size_t i = 0; i < count; i++) {
        if (!ratio_holds(all, number[i])) {
            return false;
        }
    }
    number = lkv_lists_at(&all->blocks->pairs, all->block, &count);
    for (size_t i = 0; i < count; i++) {
        lkv_below pair =
            g_array_index(all->at->lattice->below, lkv_below, number[i]);
        if (all->number[pair.small] > all->number[pair.large]) {
            return false;
        }
    }
    return true;
}

static bool sums_hold(const enumerator *all, size_t settled)
{
    size_t count;
    const uint32_t *row = lkv_lists_at(&all->blocks->sums, all->block, &count);
    for (size_t i = 0; i < count; i++) {
        if (!sum_holds(all, row[i], settled)) {
            return false;
        }
    }
    return true;
}

static void enumerate(enumerator *all, size_t place)
{
    if (all->tried > TABLES_MOST) {
        return;
    }
    if (place == all->nodes) {
        if (all_hold(all)) {
            all->tables++;
            for (size_t i = 0; i < all->nodes; i++) {
                int64_t number = all->number[all->node[i]];
                all->found[i].low = MIN(all->found[i].low, number);
                all->found[i].high = MAX(all->found[i].high, number);
            }
        }
        return;
    }
    lkv_interval interval = all->at->view->drawn[all->node[place]];
    for (int64_t number = interval.low; number <= interval.high; number++) {
        all->number[all->node[place]] = number;
        all->tried++;
        if (sums_hold(all, place + 1)) {
            enumerate(all, place + 1);
        }
    }
}

/* Of the node at PLACE of BLOCK, its place by number. */
static size_t place_of(const lkv_blocks *blocks, size_t block, size_t place)
{
    size_t nodes;
    const uint32_t *node = lkv_lists_at(&blocks->nodes, block, &nodes);
    const uint32_t *sorted = lkv_lists_at(&blocks->sorted, block, &nodes);
    return lkv_sorted_place(sorted, nodes, node[place]);
}

/* What tables put FEW apart, by chance or when asked one by one, is FOUND so. */
static void assert_apart_as(const scene *at, const lkv_blocks *blocks,
                            size_t block, const lkv_interval *found)
{
    int64_t few = at->view->few;
    size_t nodes;
    lkv_lists_at(&blocks->nodes, block, &nodes);
    g_autofree bool *wanted = g_new(bool, nodes + 1);
    memset(wanted, true, nodes);
    g_autoptr(lkv_range) range = lkv_range_new(at->view, blocks, block);
    lkv_range_look(range, wanted, few);
    for (size_t i = 0; i < nodes; i++) {
        assert_int_equal(wanted[i], !lkv_range_apart(range, i, few));
    }
    for (size_t i = 0; i < nodes; i++) {
        lkv_interval it = found[place_of(blocks, block, i)];
        bool far = it.high - it.low >= few;
        lkv_interval told = lkv_range_of(range, i, few);
        assert_true(told.low >= it.low && told.high <= it.high);
        assert_int_equal(told.high - told.low >= few, far);
    }
}

/* Enumerates BLOCK and asks for the ranges of its nodes; how many of them are
 * narrower than drawn, or -1 if there are too many tables.
 */
static int compare(const scene *at, const lkv_blocks *blocks, size_t block)
{
    enumerator all = {.at = at, .blocks = blocks, .block = block};
    all.node = lkv_lists_at(&blocks->sorted, block, &all.nodes);
    if (all.nodes > NODES_MOST) {
        return -1;
    }
    g_autofree int64_t *number = g_new0(int64_t, at->lattice->size + 1);
    g_autofree lkv_interval *found = g_new(lkv_interval, all.nodes + 1);
    for (size_t i = 0; i < at->lattice->size; i++) {
        number[i] = at->view->drawn[i].low;
    }
    for (size_t i = 0; i < all.nodes; i++) {
        found[i] = (lkv_interval){LKV_UNBOUNDED, -1};
    }
    all.number = number;
    all.found = found;
    enumerate(&all, 0);
    if (all.tried > TABLES_MOST) {
        return -1;
    }
    assert_true(all.tables > 0);
    assert_apart_as(at, blocks, block, found);
    int narrower = 0;
    g_autoptr(lkv_range) range = lkv_range_new(at->view, blocks, block);
    for (size_t i = 0; i < all.nodes; i++) {
        size_t to = place_of(blocks, block, i);
        lkv_interval told = lkv_range_of(range, i, LKV_UNBOUNDED);
        lkv_interval drawn = at->view->drawn[all.node[to]];
        assert_int_equal(told.low, found[to].low);
        assert_int_equal(told.high, found[to].high);
        narrower += told.low > drawn.low || told.high < drawn.high;
    }
    return narrower;
}

/* Ranges are those of enumeration, and some narrower than bounds can see. */
static void ranges_are_those_of_enumeration(void **state)
{
    (void)state;
    int compared = 0;
    int narrower = 0;
    for (uint64_t seed = 1; seed <= 120; seed++) {
        scene *at =
            scene_of((district_plan){.seed = seed,
                                     .schools = (unsigned)(1 + seed % 2),
                                     .least = 10,
                                     .most = 24,
                                     .groups = (unsigned)(seed % 2),
                                     .subjects = (unsigned)(seed % 3 == 0),
                                     .unknown = 60},
                     true);
        g_autoptr(GPtrArray) points = lkv_points_new(at->view);
        g_autoptr(lkv_blocks) blocks = lkv_blocks_new(at->view, points, NULL);
        for (size_t block = 0; block < blocks->count; block++) {
            int here = compare(at, blocks, block);
            compared += here >= 0;
            narrower += MAX(here, 0);
        }
        scene_end(at);
    }
    print_message("%d blocks, %d ranges narrower than drawn\n", compared,
                  narrower);
    assert_true(compared > 100);
    assert_true(narrower > 0);
}

/* Whether some block holds every unknown one of MEMBERS. */
static bool held(const scene *at, const lkv_blocks *blocks,
                 const uint32_t *member, size_t members)
{
    for (size_t block = 0; block < blocks->count; block++) {
        bool all = true;
        for (size_t i = 0; i < members; i++) {
            all = all &&
                  (!lkv_unknown(at->view, member[i]) ||
                   lkv_blocks_place(blocks, block, member[i]) != LKV_NO_PLACE);
        }
        if (all) {
            return true;
        }
    }
    return false;
}

/* How many sums that bind unknown nodes are in no block. */
static size_t sums_left_out(const scene *at, const lkv_blocks *blocks,
                            bool over_schools)
{
    size_t out = 0;
    for (size_t row = 0; row < lkv_lists_count(&at->lattice->sums); row++) {
        size_t length;
        const uint32_t *member = lkv_lists_at(&at->lattice->sums, row, &length);
        out += lkv_bound_by_sum(at->view, row) != LKV_NO_CROWD &&
               at->lattice->over_schools[row] == over_schools &&
               !held(at, blocks, member, length);
    }
    return out;
}

static void assert_unknown_is_in_blocks(const scene *at,
                                        const lkv_blocks *blocks)
{
    for (uint32_t node = 0; node < at->lattice->size; node++) {
        size_t count;
        const uint32_t *block = lkv_lists_at(&blocks->of, node, &count);
        assert_int_equal(count > 0, lkv_unknown(at->view, node));
        for (size_t i = 0; i < count; i++) {
            size_t nodes;
            const uint32_t *all =
                lkv_lists_at(&blocks->nodes, block[i], &nodes);
            assert_int_equal(all[lkv_blocks_place(blocks, block[i], node)],
                             node);
        }
    }
}

/* A small district is looked at whole, schools together. */
static void blocks_hold_what_hangs_together(void **state)
{
    (void)state;
    scene *at = scene_of((district_plan){.seed = 5,
                                         .schools = 6,
                                         .least = 10,
                                         .most = 40,
                                         .groups = 1,
                                         .unknown = 40},
                         true);
    g_autoptr(GPtrArray) points = lkv_points_new(at->view);
    g_autoptr(lkv_blocks) blocks = lkv_blocks_new(at->view, points, NULL);
    assert_unknown_is_in_blocks(at, blocks);
    assert_int_equal(sums_left_out(at, blocks, false), 0);
    assert_int_equal(sums_left_out(at, blocks, true), 0);
    scene_end(at);
}

/* A larger one is cut by outcome or, where that is not enough, by school: sums
 * inside schools are all there.
 */
static void large_blocks_are_cut(void **state)
{
    (void)state;
    scene *at = scene_of((district_plan){.seed = 5,
                                         .schools = 40,
                                         .least = 10,
                                         .most = 40,
                                         .groups = 2,
                                         .subjects = 3,
                                         .unknown = 60},
                         true);
    g_autoptr(GPtrArray) points = lkv_points_new(at->view);
    g_autoptr(lkv_blocks) blocks = lkv_blocks_new(at->view, points, NULL);
    assert_unknown_is_in_blocks(at, blocks);
    assert_int_equal(sums_left_out(at, blocks, false), 0);
    assert_true(sums_left_out(at, blocks, true) > 0);
    for (size_t block = 0; block < blocks->count; block++) {
        size_t nodes;
        lkv_lists_at(&blocks->nodes, block, &nodes);
        assert_in_range(nodes, 1, LKV_BLOCK_MOST);
    }
    scene_end(at);
}

/* How many nodes of all blocks leak to linear programming. */
static int leaks_of(const scene *at)
{
    g_autoptr(GPtrArray) points = lkv_points_new(at->view);
    g_autoptr(lkv_blocks) blocks = lkv_blocks_new(at->view, points, NULL);
    int64_t few = at->view->few;
    int leaks = 0;
    for (size_t block = 0; block < blocks->count; block++) {
        size_t nodes;
        const uint32_t *node = lkv_lists_at(&blocks->nodes, block, &nodes);
        g_autoptr(lkv_range) range = lkv_range_new(at->view, blocks, block);
        for (size_t i = 0; i < nodes; i++) {
            leaks += lkv_view_leaks(at->view, node[i],
                                    lkv_range_of_parts(range, i, few));
        }
    }
    return leaks;
}

/* What bounds alone would release leaks; what is released does not. */
static void what_bounds_miss_is_hidden(void **state)
{
    (void)state;
    int missed = 0;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        district_plan plan = {.seed = seed,
                              .schools = 8,
                              .least = 12,
                              .most = 50,
                              .groups = 1,
                              .subjects = 2,
                              .unknown = 40};
        scene *at = scene_of(plan, true);
        assert_true(lkv_complement(at->view, at->diag));
        missed += leaks_of(at);
        scene_end(at);
        at = scene_of(plan, false);
        assert_int_equal(leaks_of(at), 0);
        scene_end(at);
    }
    assert_true(missed > 0);
}

/* Draws what a naive reader of VIEW knows; of how many numbers he knows less, and
 * of none more.
 */
static size_t draw_naively(lkv_view *view)
{
    size_t size = view->lattice->size;
    lkv_view_look(view);
    g_autofree lkv_interval *all =
        g_memdup2(view->drawn, size * sizeof *view->drawn);
    view->naive = true;
    lkv_view_look(view);
    size_t wider = 0;
    for (size_t i = 0; i < size; i++) {
        assert_true(view->drawn[i].low <= all[i].low &&
                    view->drawn[i].high >= all[i].high);
        wider +=
            view->drawn[i].high - view->drawn[i].low > all[i].high - all[i].low;
    }
    return wider;
}

/* A reader who knows less takes more to be possible: a count that cannot be small
 * to the others may be so to him. Facts that no figure prints are not known.
 */
static void who_knows_less_is_told_no_more(void **state)
{
    (void)state;
    size_t wider = 0;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        district_plan plan = {.seed = seed,
                              .schools = 8,
                              .least = 12,
                              .most = 50,
                              .groups = 2,
                              .subjects = 2,
                              .unknown = 60};
        scene *at = scene_of(plan, false);
        assert_false(lkv_silent_hide(at->view));
        wider += draw_naively(at->view);
        assert_int_equal(leaks_of(at), 0);
        scene_end(at);
    }
    assert_true(wider > 0);
}

/* ---- what follows without a number of pupils ----------------------------- */

static district_plan with_merit(uint64_t seed)
{
    return (district_plan){.seed = seed,
                           .schools = 5,
                           .least = 12,
                           .most = 50,
                           .groups = 2,
                           .merit = true,
                           .unknown = 40};
}

/* The points that pupils have lie where means and sums allow; how many of them
 * are bounded closer than their mean alone would.
 */
static size_t points_that_hold(const scene *at)
{
    g_autoptr(GPtrArray) all_points = lkv_points_new(at->view);
    assert_int_equal(all_points->len, 1);
    const lkv_points *points = g_ptr_array_index(all_points, 0);
    const int64_t unit = 2 * lkv_power_of_ten(LKV_POINT_DECIMALS);
    size_t closer = 0;
    GHashTableIter iter;
    gpointer fact;
    gpointer mean;
    g_hash_table_iter_init(&iter, at->view->means);
    while (g_hash_table_iter_next(&iter, &fact, &mean)) {
        const lkv_estimate *it = mean;
        uint32_t node = lkv_view_node(
            at->view,
            lkv_facts_at(at->view->facts, GPOINTER_TO_UINT(fact))->base);
        if (node == LKV_NO_CROWD || it->n <= 0) {
            continue;
        }
        double all = lkv_estimate_value(it) * (double)it->n * (double)unit;
        assert_true((double)points->all[node].low <= all + 0.5);
        assert_true((double)points->all[node].high >= all - 0.5);
        lkv_interval each = points->each[node];
        closer += points->all[node].high - points->all[node].low <
                  (each.high - each.low) * it->n;
    }
    return closer;
}

static void points_add_up(void **state)
{
    (void)state;
    size_t closer = 0;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        scene *at = scene_of(with_merit(seed), true);
        closer += points_that_hold(at);
        scene_end(at);
    }
    assert_true(closer > 0);
}

/* How many figures are hidden since others that are not told follow from them. */
static size_t follows(const scene *at, bool means)
{
    g_autoptr(GPtrArray) points = lkv_points_new(at->view);
    size_t hidden = means ? 0 : lkv_rests_hide(at->view);
    for (guint i = 0; means && i < points->len; i++) {
        hidden += lkv_points_hide(g_ptr_array_index(points, i));
    }
    return hidden;
}

/* By the rules alone some hidden means and shares follow from those shown; from
 * what is released none does.
 */
static void what_follows_is_hidden(void **state)
{
    (void)state;
    size_t means = 0;
    size_t shares = 0;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        district_plan plan = with_merit(seed);
        plan.subjects = 2;
        plan.unknown = 120;
        scene *at = scene_of(plan, true);
        means += follows(at, true);
        shares += follows(at, false);
        scene_end(at);
        at = scene_of(plan, false);
        assert_int_equal(follows(at, true), 0);
        assert_int_equal(follows(at, false), 0);
        scene_end(at);
    }
    print_message("%zu means and %zu shares followed\n", means, shares);
    assert_true(means > 0);
}

static void it_stops_when_asked(void **state)
{
    (void)state;
    scene *at = scene_of((district_plan){.seed = 2,
                                         .schools = 4,
                                         .least = 10,
                                         .most = 24,
                                         .groups = 1,
                                         .unknown = 60},
                         true);
    lkv_stop stop = {0};
    lkv_stop_ask(&stop);
    at->view->stop = &stop;
    g_autoptr(lkv_checked) checked = lkv_checked_new(at->view);
    assert_false(lkv_exact(at->view, checked, at->diag));
    assert_int_equal(lkv_diag_count(at->diag, LKV_ERROR), 0);
    scene_end(at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_hold_what_hangs_together),
        cmocka_unit_test(large_blocks_are_cut),
        cmocka_unit_test(ranges_are_those_of_enumeration),
        cmocka_unit_test(what_bounds_miss_is_hidden),
        cmocka_unit_test(who_knows_less_is_told_no_more),
        cmocka_unit_test(points_add_up),
        cmocka_unit_test(what_follows_is_hidden),
        cmocka_unit_test(it_stops_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
