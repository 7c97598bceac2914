#include "disclose/view.h"

#include <string.h>

#include "base/hash.h"
#include "base/order.h"

/* ---- facts by node ------------------------------------------------------- */

uint32_t lkv_view_node(const lkv_view *view, uint32_t crowd)
{
    return crowd == LKV_NO_CROWD ? LKV_NO_CROWD : view->lattice->node_of[crowd];
}

/* Node of the group of pupils that CROWD is of, whatever their outcomes. */
static uint32_t group_of(const lkv_view *view, uint32_t number)
{
    const lkv_facts *facts = view->facts;
    lkv_crowd crowd = *lkv_crowds_at(facts->crowds, number);
    for (size_t i = crowd.terms; i > 0; i--) {
        lkv_axis axis = crowd.axis[i - 1];
        if (facts->outcome_on[axis] != LKV_NO_VALUE) {
            crowd = lkv_crowd_with(crowd, axis, LKV_SET_ALL);
        }
    }
    return lkv_crowds_find(view->lattice->nodes, &crowd);
}

static void add_pair(GArray *pairs, uint32_t node, uint32_t fact)
{
    if (node != LKV_NO_CROWD) {
        g_array_append_val(pairs, node);
        g_array_append_val(pairs, fact);
    }
}

static void sort_facts(lkv_view *view)
{
    const lkv_facts *facts = view->facts;
    g_autoptr(GArray) giving = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) leaning = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    view->fact = g_new(uint32_t, facts->facts->len + 1U);
    view->rest_of = g_new(uint32_t, facts->facts->len + 1U);
    for (uint32_t i = 0; i < facts->facts->len; i++) {
        const lkv_fact *fact = lkv_facts_at(facts, i);
        const lkv_crowd *base = lkv_crowds_at(facts->crowds, fact->base);
        view->rest_of[i] = LKV_NO_CROWD;
        if (base->population != view->lattice->population || !fact->printed) {
            continue;
        }
        view->fact[view->fact_count++] = i;
        add_pair(leaning, group_of(view, fact->base), i);
        if (fact->stat == LKV_SHARE) {
            view->rest_of[i] = lkv_view_node(view, fact->rest);
            add_pair(giving, lkv_view_node(view, fact->part), i);
            add_pair(giving, view->rest_of[i], i);
        } else {
            add_pair(giving, lkv_view_node(view, fact->base), i);
        }
    }
    view->giving = lkv_lists_by_key(giving, view->lattice->size);
    view->leaning = lkv_lists_by_key(leaning, view->lattice->size);
}

static void find_means(lkv_view *view)
{
    const lkv_facts *facts = view->facts;
    view->means = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < facts->estimates; i++) {
        const lkv_estimate *estimate = &facts->estimate[i];
        /* Rows of other choices share the fact, but come as real numbers. */
        if (estimate->key.population == view->lattice->population &&
            estimate->claim.stat == LKV_MEAN && estimate->bottom != 0 &&
            facts->of[i].value != LKV_NO_FACT) {
            g_hash_table_insert(view->means,
                                GUINT_TO_POINTER(facts->of[i].value),
                                (gpointer)(uintptr_t)estimate);
        }
    }
}

/* ---- content ------------------------------------------------------------- */

static bool open_to_all(const lkv_facts *facts, lkv_readers readers,
                        size_t number)
{
    uint32_t value = facts->of[number].value;
    for (size_t i = 0; value != LKV_NO_FACT && i < readers.audiences; i++) {
        if (readers.audience[i]->primary[value].kind != LKV_FATE_SHOWN) {
            return false;
        }
    }
    return value != LKV_NO_FACT;
}

uint64_t *lkv_view_contents(const lkv_facts *facts, lkv_readers readers)
{
    const lkv_frame *frame = facts->frame;
    size_t leaves = lkv_cube_leaves(frame->cube, frame->school);
    uint64_t *content = g_new0(uint64_t, leaves + 1);
    for (size_t i = 0; i < facts->estimates; i++) {
        const lkv_estimate *estimate = &facts->estimate[i];
        uint16_t leaf = lkv_frame_unit(frame, estimate->key.unit)->leaf;
        if (leaf >= leaves || !open_to_all(facts, readers, i)) {
            continue;
        }
        lkv_key key = estimate->key;
        key.unit = 0;
        uint16_t keys[sizeof key / sizeof key.unit];
        memcpy(keys, &key, sizeof key);
        int64_t numbers[3] = {(int64_t)content[leaf], (int64_t)estimate->top,
                              (int64_t)estimate->bottom};
        uint64_t both[2] = {lkv_hash_short(keys, sizeof keys),
                            lkv_hash_short(numbers, sizeof numbers)};
        content[leaf] = lkv_hash_short(both, sizeof both);
    }
    return content;
}

/* The schools of SET together. */
static uint64_t content_of(const lkv_facts *facts, uint16_t set,
                           const uint64_t *school_content)
{
    lkv_axis school = facts->frame->school;
    size_t leaves = lkv_cube_leaves(facts->frame->cube, school);
    uint64_t content = 0;
    for (size_t leaf = 0; leaf < leaves; leaf++) {
        if (lkv_sets_holds_leaf(facts->sets, school, set, (uint16_t)leaf)) {
            content += school_content[leaf];
        }
    }
    return content;
}

static void fill_content(lkv_view *view, const uint64_t *school_content)
{
    const lkv_facts *facts = view->facts;
    lkv_axis school = facts->frame->school;
    size_t sets = lkv_sets_count(facts->sets, school);
    g_autofree uint64_t *by_set = g_new(uint64_t, sets + 1);
    for (size_t set = 0; set < sets; set++) {
        by_set[set] = content_of(facts, (uint16_t)set, school_content);
    }
    view->content = g_new0(uint64_t, view->lattice->size + 1);
    for (uint32_t i = 0; i < view->lattice->size; i++) {
        uint16_t set =
            lkv_crowd_on(lkv_crowds_at(view->lattice->nodes, i), school);
        view->content[i] = set < sets ? by_set[set] : 0;
    }
}

/* ---- truth --------------------------------------------------------------- */

static bool fill_truth(lkv_view *view, lkv_diag *diag)
{
    const lkv_lattice *lattice = view->lattice;
    const lkv_crowds *crowds = view->facts->crowds;
    g_autofree lkv_interval *given = g_new(lkv_interval, lattice->size + 1);
    g_autoptr(GArray) ratios = g_array_new(FALSE, FALSE, sizeof(lkv_ratio));
    for (size_t i = 0; i < lattice->size; i++) {
        given[i] = (lkv_interval){0, LKV_UNBOUNDED};
    }
    for (uint32_t i = 0; i < lkv_crowds_size(crowds); i++) {
        int64_t count = lkv_facts_count(view->facts, i);
        if (lattice->node_of[i] != LKV_NO_CROWD && count >= 0) {
            given[lattice->node_of[i]] = (lkv_interval){count, count};
        }
    }
    lkv_known known = {given, ratios};
    g_autoptr(lkv_bounds) bounds = lkv_bounds_new(lattice, &known);
    if (!lkv_bounds_draw(bounds)) {
        lkv_message *message =
            lkv_diag_add(diag, "E-CLAIM-CONFLICT", (lkv_place){0},
                         "The numbers of population %s do not add up",
                         lkv_cube_population_id(view->facts->frame->cube,
                                                lattice->population));
        lkv_message_why(message, "A claim of some measure is wrong, so what "
                                 "may be shown cannot be decided");
        return false;
    }
    view->truth = g_new(int64_t, lattice->size + 1);
    for (size_t i = 0; i < lattice->size; i++) {
        view->truth[i] = lkv_bounds_drawn(bounds)[i].low;
    }
    return true;
}

/* ---- what everyone knows ------------------------------------------------- */

static void fill_empty(lkv_view *view)
{
    lkv_view_know_nobody(view);
    bool sound = lkv_bounds_draw(view->bounds);
    g_assert(sound);
    view->empty = g_new(bool, view->lattice->size + 1);
    for (size_t i = 0; i < view->lattice->size; i++) {
        view->empty[i] = view->drawn[i].high == 0;
    }
}

/* What a reader of no release but the earlier ones knows. */
static void fill_before(lkv_view *view)
{
    lkv_readers readers = view->readers;
    if (!readers.ledger) {
        return;
    }
    view->readers.audiences = 0;
    lkv_view_look(view);
    view->before =
        g_memdup2(view->drawn, view->lattice->size * sizeof *view->drawn);
    view->readers = readers;
}

/* ---- making -------------------------------------------------------------- */

lkv_view *lkv_view_new(const lkv_facts *facts, const lkv_lattice *lattice,
                       lkv_readers readers, const uint64_t *school_content,
                       lkv_diag *diag)
{
    g_autoptr(lkv_view) view = g_new0(lkv_view, 1);
    view->facts = facts;
    view->lattice = lattice;
    view->readers = readers;
    view->few = INT64_MAX;
    view->base_least = INT64_MAX;
    for (size_t i = 0; i < readers.audiences; i++) {
        const lkv_profile *profile = &readers.audience[i]->profile;
        view->few = MIN(view->few, profile->count_least - 1);
        view->base_least = MIN(view->base_least, profile->base_least);
    }
    sort_facts(view);
    find_means(view);
    fill_content(view, school_content);
    view->known.given = g_new(lkv_interval, lattice->size + 1);
    view->known.ratios = g_array_new(FALSE, FALSE, sizeof(lkv_ratio));
    view->bounds = lkv_bounds_new(lattice, &view->known);
    view->drawn = lkv_bounds_drawn(view->bounds);
    if (!fill_truth(view, diag)) {
        return NULL;
    }
    fill_empty(view);
    fill_before(view);
    return g_steal_pointer(&view);
}

void lkv_view_free(lkv_view *view)
{
    if (!view) {
        return;
    }
    lkv_lists_free(&view->giving);
    lkv_lists_free(&view->leaning);
    g_clear_pointer(&view->means, g_hash_table_unref);
    g_free(view->fact);
    g_free(view->rest_of);
    g_free(view->truth);
    g_free(view->empty);
    g_free(view->before);
    g_free(view->content);
    lkv_bounds_free(view->bounds);
    g_free(view->known.given);
    if (view->known.ratios) {
        g_array_unref(view->known.ratios);
    }
    g_free(view);
}

int lkv_view_compare(const lkv_view *view, uint32_t a, uint32_t b)
{
    int64_t size_a = view->drawn[a].low + view->drawn[a].high;
    int64_t size_b = view->drawn[b].low + view->drawn[b].high;
    return lkv_order(size_a, size_b);
}

int lkv_view_order(const lkv_view *view, uint32_t a, uint32_t b)
{
    int order = lkv_view_compare(view, a, b);
    if (order == 0 && view->content[a] != view->content[b]) {
        order = view->content[a] < view->content[b] ? -1 : 1;
    }
    return order != 0 ? order : a < b ? -1 : a > b;
}

static int order_nodes(gconstpointer a, gconstpointer b, gpointer view)
{
    return lkv_view_order(view, *(const uint32_t *)a, *(const uint32_t *)b);
}

void lkv_view_sort(const lkv_view *view, uint32_t *nodes, size_t count)
{
    g_qsort_with_data(nodes, (gint)count, sizeof *nodes, order_nodes,
                      (gpointer)(uintptr_t)view);
}

/* ---- facts and nodes ----------------------------------------------------- */

uint32_t lkv_view_group(const lkv_view *view, uint32_t fact)
{
    return group_of(view, lkv_facts_at(view->facts, fact)->base);
}

uint32_t lkv_view_told(const lkv_view *view, uint32_t number)
{
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    return lkv_view_node(view,
                         fact->stat == LKV_SHARE ? fact->part : fact->base);
}
