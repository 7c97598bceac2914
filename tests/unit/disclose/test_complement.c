/* What hides what: tables as they were published elsewhere, undone by hand
 * there; and what is hidden no more than must be.
 */
#include "check.h"

#include "disclose/decision.h"
#include "disclose/lattice.h"
#include "disclose/restore.h"
#include "disclose/silent.h"
#include "disclose/view.h"
#include "district.h"

static bool shown(const district *it, const lkv_release *release,
                  district_place place)
{
    const lkv_figure *figure = district_figure(it, release, place, "share");
    assert_non_null(figure);
    return lkv_release_at(release, figure->value).status == LKV_OK;
}

/* The goal of those of SEX at the first school is neither told nor the difference
 * of what is told of all and of the others.
 */
static void assert_not_given_away(const district *it,
                                  const lkv_release *release, uint16_t sex)
{
    uint16_t other = sex == 1 ? 2 : 1;
    assert_false(shown(it, release, (district_place){1, 1, sex}));
    assert_false(shown(it, release, (district_place){1, 0, 0}) &&
                 shown(it, release, (district_place){1, 1, other}));
}

/* In a published table the share of all and of girls at a school undid "~100"
 * of the boys: exactly 2 of 48 were not eligible. Here 9 of 96 and 7 of 48.
 */
static void all_and_girls_do_not_give_away_the_boys(void **state)
{
    (void)state;
    const district_class classes[] = {
        {1, 1, 48, 7},  {1, 2, 48, 2},  {2, 1, 60, 15}, {2, 2, 55, 16},
        {3, 1, 70, 20}, {3, 2, 66, 12}, {4, 1, 45, 9},  {4, 2, 52, 3},
    };
    district *it = district_of(4, classes, G_N_ELEMENTS(classes));
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_disclosure) disclosure = district_disclose(it, diag);
    const lkv_release *release = lkv_disclosure_release(disclosure, 0);
    assert_not_given_away(it, release, 2);
    /* Readers came for the school and the district. */
    assert_true(shown(it, release, (district_place){1, 0, 0}));
    assert_true(shown(it, release, (district_place){0, 0, 0}));
    assert_true(shown(it, release, (district_place){3, 1, 1}) ||
                shown(it, release, (district_place){3, 1, 2}));
    district_free(it);
}

/* The other one: 2 of 19 girls, at a school that is small itself. */
static void all_and_boys_do_not_give_away_the_girls(void **state)
{
    (void)state;
    const district_class classes[] = {
        {1, 1, 19, 2},  {1, 2, 24, 6},  {2, 1, 60, 15}, {2, 2, 55, 16},
        {3, 1, 70, 20}, {3, 2, 66, 12}, {4, 1, 45, 4},  {4, 2, 52, 13},
    };
    district *it = district_of(4, classes, G_N_ELEMENTS(classes));
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_disclosure) disclosure = district_disclose(it, diag);
    const lkv_release *release = lkv_disclosure_release(disclosure, 0);
    assert_not_given_away(it, release, 1);
    district_free(it);
}

/* Where no count is small nothing is hidden. */
static void large_counts_are_all_shown(void **state)
{
    (void)state;
    const district_class classes[] = {
        {1, 1, 48, 7}, {1, 2, 48, 9}, {2, 1, 60, 15}, {2, 2, 55, 16}};
    district *it = district_of(2, classes, G_N_ELEMENTS(classes));
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_disclosure) disclosure = district_disclose(it, diag);
    const lkv_release *release = lkv_disclosure_release(disclosure, 0);
    for (size_t i = 0; i < lkv_release_size(release); i++) {
        const lkv_figure *figure = lkv_release_figure(release, i);
        lkv_status value = lkv_release_at(release, figure->value).status;
        lkv_status n = lkv_release_at(release, figure->n).status;
        assert_int_equal(value, LKV_OK);
        assert_int_equal(n, LKV_OK);
    }
    district_free(it);
}

/* Asked to stop, there is no release, and no report that it cannot be had. */
static void a_stopped_decision_gives_nothing(void **state)
{
    (void)state;
    const district_class classes[] = {
        {1, 1, 48, 7}, {1, 2, 48, 2}, {2, 1, 60, 15}, {2, 2, 55, 16}};
    district *it = district_of(2, classes, G_N_ELEMENTS(classes));
    lkv_profile profile = district_public();
    const lkv_profile *const profiles[] = {&profile};
    lkv_stop stop = {.asked = false};
    const lkv_disclose_input input = {.results = it->results,
                                      .profiles = profiles,
                                      .profile_count = 1,
                                      .run_id = "r1",
                                      .crew = {.stop = &stop}};
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_disclosure) whole = lkv_disclose(&input, diag);
    assert_non_null(whole);
    lkv_stop_ask(&stop);
    assert_null(lkv_disclose(&input, diag));
    assert_int_equal(lkv_diag_size(diag), 0);
    district_free(it);
}

static bool size_shown(const district *it, const lkv_release *release,
                       uint16_t unit)
{
    const lkv_figure *figure =
        district_figure(it, release, (district_place){unit, 0, 0}, "pupils");
    return lkv_release_at(release, figure->value).status == LKV_OK;
}

/* A school without anybody in the stage hides nobody, since every reader knows
 * it: the eight pupils of a third school would be the district's size less
 * that of the two others.
 */
static void empty_schools_are_no_cover(void **state)
{
    (void)state;
    const district_class classes[] = {
        {1, 1, 60, 20}, {2, 1, 80, 20}, {3, 1, 8, 3}};
    district *it = district_of(6, classes, G_N_ELEMENTS(classes));
    for (size_t i = 0; i < lkv_results_size(it->results); i++) {
        lkv_estimate *estimate =
            (lkv_estimate *)(uintptr_t)lkv_results_at(it->results, i);
        if (estimate->key.unit > 3 && estimate->n == 0) {
            estimate->reason = LKV_REASON_NO_SUCH_STAGE;
        }
    }
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_disclosure) disclosure = district_disclose(it, diag);
    const lkv_release *release = lkv_disclosure_release(disclosure, 0);
    assert_false(size_shown(it, release, 3));
    assert_false(size_shown(it, release, 0) && size_shown(it, release, 1) &&
                 size_shown(it, release, 2));
    district_free(it);
}

/* None of eight boys failed, nor of nine pupils whose sex is not known: these
 * hide how many they are, but the school and its girls would tell together that
 * all of them reached the goal.
 */
static void all_of_a_small_group_is_not_told(void **state)
{
    (void)state;
    const district_class classes[] = {
        {1, 1, 60, 8},  {1, 2, 8, 0},   {1, 0, 9, 0},
        {2, 1, 60, 15}, {2, 2, 55, 16}, {2, 0, 14, 6},
        {3, 1, 70, 20}, {3, 2, 66, 12}, {3, 0, 15, 5},
    };
    district *it = district_of(4, classes, G_N_ELEMENTS(classes));
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_disclosure) disclosure = district_disclose(it, diag);
    const lkv_release *release = lkv_disclosure_release(disclosure, 0);
    assert_not_given_away(it, release, 2);
    assert_true(shown(it, release, (district_place){1, 0, 0}));
    district_free(it);
}

/* What READER, lent, sees of LATTICE. */
static lkv_view *view_of(const lkv_lattice *lattice,
                         lkv_audience *const *reader, lkv_diag *diag)
{
    const lkv_readers readers = {reader, 1, NULL};
    g_autofree uint64_t *content = lkv_view_contents(lattice->facts, readers);
    return lkv_view_new(lattice->facts, lattice, readers, content, diag);
}

/* What remains hidden for the sake of others cannot be shown: showing any one
 * such fact again makes some node too narrow, or no figure prints it.
 */
static void nothing_is_hidden_in_vain(void **state)
{
    (void)state;
    district *it = district_new((district_plan){
        .seed = 11, .schools = 10, .least = 8, .most = 50, .groups = 1});
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_disclosure) disclosure = district_disclose(it, diag);
    lkv_audience *readers[] = {&disclosure->audience[0]};
    const lkv_facts *facts = disclosure->facts;
    g_autoptr(lkv_lattice) lattice = lkv_lattice_new(facts, 0, diag);
    g_autoptr(lkv_view) view = view_of(lattice, readers, diag);
    lkv_view_look(view);
    size_t bytes = facts->facts->len * sizeof(lkv_fate);
    g_autofree lkv_fate *before = g_memdup2(readers[0]->fates, bytes);
    lkv_restore(view);
    lkv_silent_hide(view);
    assert_memory_equal(before, readers[0]->fates, bytes);
    district_free(it);
}

static void assert_drawn_as_anew(const lkv_lattice *lattice,
                                 const lkv_known *known,
                                 const lkv_interval *drawn)
{
    g_autoptr(lkv_bounds) anew = lkv_bounds_new(lattice, known);
    assert_true(lkv_bounds_draw(anew));
    assert_memory_equal(drawn, lkv_bounds_drawn(anew),
                        lattice->size * sizeof *drawn);
}

/* Drawing on from a fixpoint and taking back gives the fixpoint. */
static void redrawing_is_drawing(void **state)
{
    (void)state;
    district *it = district_new((district_plan){
        .seed = 3, .schools = 6, .least = 8, .most = 40, .groups = 1});
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_facts) facts = lkv_facts_new(it->results, diag);
    g_autoptr(lkv_lattice) lattice = lkv_lattice_new(facts, 0, diag);
    size_t size = lattice->size;
    g_autofree lkv_interval *given = g_new(lkv_interval, size + 1);
    g_autoptr(GArray) ratios = g_array_new(FALSE, FALSE, sizeof(lkv_ratio));
    g_autoptr(GArray) nodes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) trail = g_array_new(FALSE, FALSE, sizeof(lkv_change));
    lkv_known known = {given, ratios};
    for (size_t i = 0; i < size; i++) {
        given[i] = (lkv_interval){0, LKV_UNBOUNDED};
    }
    uint32_t late = LKV_NO_CROWD;
    for (uint32_t i = 0; i < lkv_crowds_size(facts->crowds); i++) {
        int64_t count = lkv_facts_count(facts, i);
        if (count >= 0 && i % 3 > 0) {
            given[lattice->node_of[i]] = (lkv_interval){count, count};
        } else if (count >= 0) {
            late = i;
        }
    }
    g_autoptr(lkv_bounds) bounds = lkv_bounds_new(lattice, &known);
    assert_true(lkv_bounds_draw(bounds));
    const lkv_interval *drawn = lkv_bounds_drawn(bounds);
    g_autofree lkv_interval *kept = g_memdup2(drawn, size * sizeof *drawn);
    int64_t count = lkv_facts_count(facts, late);
    uint32_t node = lattice->node_of[late];
    given[node] = (lkv_interval){count, count};
    g_array_append_val(nodes, node);
    assert_true(lkv_bounds_tighten(bounds, nodes, trail));
    assert_drawn_as_anew(lattice, &known, drawn);
    lkv_bounds_undo(bounds, trail, 0);
    assert_memory_equal(drawn, kept, size * sizeof *drawn);
    district_free(it);
}

/* Hides every third fact, or shows it by the rules, by bits of a number. */
static void hide_some(const lkv_view *view, lkv_audience *reader, uint64_t bits)
{
    for (size_t i = 0; i < view->fact_count; i++) {
        uint32_t fact = view->fact[i];
        bits = bits * UINT64_C(6364136223846793005) + 1442695040888963407U;
        if (bits >> 33 & 1) {
            continue;
        }
        if (bits >> 34 & 1) {
            reader->fates[fact] = reader->primary[fact];
        } else {
            lkv_view_hide_fact(view, fact);
        }
    }
}

/* Looking again, whatever is hidden or shown since, draws what drawing from nothing
 * would: shares of hidden numbers tighten each other step by step, so that ends hold
 * each other up.
 */
static void looking_again_is_looking(void **state)
{
    (void)state;
    size_t ratios = 0;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        district *it =
            district_new((district_plan){.seed = seed,
                                         .schools = (unsigned)(2 + seed),
                                         .least = 12,
                                         .most = 60,
                                         .groups = (unsigned)(1 + seed % 2),
                                         .subjects = (unsigned)(seed % 3),
                                         .unknown = 40});
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autoptr(lkv_disclosure) disclosure = district_disclose(it, diag);
        lkv_audience *readers[] = {&disclosure->audience[0]};
        g_autoptr(lkv_lattice) lattice =
            lkv_lattice_new(disclosure->facts, 0, diag);
        g_autoptr(lkv_view) view = view_of(lattice, readers, diag);
        for (uint64_t round = 0; round < 30; round++) {
            view->naive = round % 4 == 3;
            hide_some(view, readers[0], seed << 32 | round);
            lkv_view_look(view);
            ratios += view->known.ratios->len;
            assert_drawn_as_anew(lattice, &view->known, view->drawn);
        }
        district_free(it);
    }
    assert_true(ratios > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_and_girls_do_not_give_away_the_boys),
        cmocka_unit_test(all_and_boys_do_not_give_away_the_girls),
        cmocka_unit_test(large_counts_are_all_shown),
        cmocka_unit_test(empty_schools_are_no_cover),
        cmocka_unit_test(all_of_a_small_group_is_not_told),
        cmocka_unit_test(nothing_is_hidden_in_vain),
        cmocka_unit_test(a_stopped_decision_gives_nothing),
        cmocka_unit_test(redrawing_is_drawing),
        cmocka_unit_test(looking_again_is_looking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
