#include "disclose/view.h"

#include <string.h>

#include "base/hash.h"
#include "base/wide.h"
#include "disclose/shown.h"

/* The size of a group of so many pupils is hidden only when all else fails. */
enum { MANY = 100 };

/* ---- facts by node ------------------------------------------------------- */

static uint32_t node_of(const lkv_view *view, uint32_t crowd)
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
            view->rest_of[i] = node_of(view, fact->rest);
            add_pair(giving, node_of(view, fact->part), i);
            add_pair(giving, view->rest_of[i], i);
        } else {
            add_pair(giving, node_of(view, fact->base), i);
        }
    }
    view->giving = lkv_lists_by_key(giving, view->lattice->size);
    view->leaning = lkv_lists_by_key(leaning, view->lattice->size);
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

static void fill_content(lkv_view *view, const uint64_t *school_content)
{
    const lkv_facts *facts = view->facts;
    lkv_axis school = facts->frame->school;
    size_t leaves = lkv_cube_leaves(facts->frame->cube, school);
    view->content = g_new0(uint64_t, view->lattice->size + 1);
    for (uint32_t i = 0; i < view->lattice->size; i++) {
        const lkv_crowd *crowd = lkv_crowds_at(view->lattice->nodes, i);
        uint16_t set = lkv_crowd_on(crowd, school);
        for (size_t leaf = 0; set != LKV_SET_ALL && leaf < leaves; leaf++) {
            if (lkv_sets_holds_leaf(facts->sets, school, set, (uint16_t)leaf)) {
                view->content[i] += school_content[leaf];
            }
        }
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

static void know_nobody(lkv_view *view)
{
    for (size_t i = 0; i < view->lattice->size; i++) {
        view->known.given[i] = (lkv_interval){0, LKV_UNBOUNDED};
    }
    g_array_set_size(view->known.ratios, 0);
    const GArray *nobody = view->facts->nobody;
    for (guint i = 0; i < nobody->len; i++) {
        uint32_t node = node_of(view, g_array_index(nobody, uint32_t, i));
        if (node != LKV_NO_CROWD) {
            view->known.given[node].high = 0;
        }
    }
}

static void fill_empty(lkv_view *view)
{
    know_nobody(view);
    bool sound = lkv_bounds_draw(view->bounds);
    g_assert(sound);
    view->empty = g_new(bool, view->lattice->size + 1);
    for (size_t i = 0; i < view->lattice->size; i++) {
        view->empty[i] = view->drawn[i].high == 0;
    }
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
    fill_content(view, school_content);
    view->known.given = g_new(lkv_interval, lattice->size + 1);
    view->known.ratios = g_array_new(FALSE, FALSE, sizeof(lkv_ratio));
    view->bounds = lkv_bounds_new(lattice, &view->known);
    view->drawn = lkv_bounds_drawn(view->bounds);
    if (!fill_truth(view, diag)) {
        return NULL;
    }
    fill_empty(view);
    return g_steal_pointer(&view);
}

void lkv_view_free(lkv_view *view)
{
    if (!view) {
        return;
    }
    lkv_lists_free(&view->giving);
    lkv_lists_free(&view->leaning);
    g_free(view->fact);
    g_free(view->rest_of);
    g_free(view->truth);
    g_free(view->empty);
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
    return size_a < size_b ? -1 : size_a > size_b;
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

/* ---- what is known ------------------------------------------------------- */

lkv_fate lkv_view_fate(const lkv_view *view, uint32_t fact)
{
    lkv_fate most = view->readers.audience[0]->fates[fact];
    for (size_t i = 1; i < view->readers.audiences; i++) {
        lkv_fate fate = view->readers.audience[i]->fates[fact];
        most = fate.kind < most.kind ? fate : most;
    }
    const lkv_fate *ledger = view->readers.ledger;
    return ledger && ledger[fact].kind < most.kind ? ledger[fact] : most;
}

/* Whether FACT was told before: hiding it now takes nothing away. */
static bool told_before(const lkv_view *view, uint32_t fact)
{
    const lkv_fate *ledger = view->readers.ledger;
    return ledger && ledger[fact].kind != LKV_FATE_HIDDEN;
}

/* Whether hiding FACT takes something from the readers. */
static bool hideable(const lkv_view *view, uint32_t fact)
{
    return !told_before(view, fact) &&
           lkv_view_fate(view, fact).kind != LKV_FATE_HIDDEN;
}

static void give(lkv_view *view, uint32_t node, int64_t low, int64_t high)
{
    if (node != LKV_NO_CROWD) {
        lkv_interval *given = &view->known.given[node];
        if (view->trail && (low > given->low || high < given->high)) {
            lkv_change change = {node, *given};
            g_array_append_val(view->trail, change);
        }
        given->low = MAX(given->low, low);
        given->high = MIN(given->high, high);
    }
}

static void know_count(lkv_view *view, uint32_t number, lkv_fate fate)
{
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    int64_t count = lkv_facts_count(view->facts, fact->base);
    uint32_t node = node_of(view, fact->base);
    if (fate.kind == LKV_FATE_SHOWN) {
        give(view, node, count, count);
    } else if (fate.kind == LKV_FATE_AT_LEAST) {
        /* All but a few of a base: who knows how many are a few knows it. */
        int64_t within = lkv_facts_count(view->facts, fact->within);
        give(view, node_of(view, fact->within), within, within);
        give(view, node, fate.bound, LKV_UNBOUNDED);
    } else if (fate.kind == LKV_FATE_AT_MOST) {
        give(view, node, 0, fate.bound);
    }
}

/* Decimals of a share whose base is not shown: whole per cent where the base
 * is hidden, as lkv_figures_add prints it.
 */
static uint8_t ratio_decimals(const lkv_view *view, const lkv_fact *fact,
                              int64_t base)
{
    uint8_t decimals = 0;
    for (size_t i = 0; i < view->readers.audiences; i++) {
        const lkv_profile *profile = &view->readers.audience[i]->profile;
        decimals =
            MAX(decimals, lkv_shown_decimals(profile, LKV_UNIT_SHARE, base));
    }
    bool hidden = lkv_facts_at(view->facts, fact->n)->printed;
    return hidden ? MIN(decimals, LKV_PER_CENT_DECIMALS) : decimals;
}

/* What the share at which FEW of a base stand says of it and of RATIO. */
static void know_bound(lkv_view *view, lkv_fate fate, int64_t base, int64_t few,
                       lkv_ratio *ratio)
{
    lkv_shown shown = lkv_shown_bound(&fate, LKV_UNIT_SHARE, base, false);
    bool least = fate.kind == LKV_FATE_AT_LEAST;
    int64_t low;
    int64_t high;
    lkv_shown_bases(few, base, &low, &high);
    give(view, ratio->base, low, MIN(high, LKV_UNBOUNDED));
    ratio->unit = 100;
    ratio->low = least ? shown.scaled : 0;
    ratio->high = least ? 100 : shown.scaled;
}

/* A share over a base that is not printed. */
static void know_ratio(lkv_view *view, uint32_t number, lkv_fate fate)
{
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    int64_t base = lkv_facts_count(view->facts, fact->base);
    int64_t part = lkv_facts_count(view->facts, fact->part);
    lkv_ratio ratio = {node_of(view, fact->base),
                       node_of(view, fact->part),
                       0,
                       1,
                       1,
                       LKV_UNBOUNDED,
                       LKV_UNBOUNDED};
    if (fate.kind == LKV_FATE_AT_LEAST) {
        ratio.rest_most = base - fate.bound;
        know_bound(view, fate, base, ratio.rest_most, &ratio);
    } else if (fate.kind == LKV_FATE_AT_MOST) {
        ratio.part_most = fate.bound;
        know_bound(view, fate, base, fate.bound, &ratio);
    } else {
        uint8_t decimals = ratio_decimals(view, fact, base);
        int64_t shown = lkv_wide_round(part, base, decimals);
        ratio.unit = 2 * lkv_power_of_ten(decimals);
        ratio.low = MAX(2 * shown - 1, 0);
        ratio.high = MIN(2 * shown + 1, ratio.unit);
    }
    g_array_append_val(view->known.ratios, ratio);
}

static void know_share(lkv_view *view, uint32_t number, lkv_fate fate)
{
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    int64_t base = lkv_facts_count(view->facts, fact->base);
    int64_t part = lkv_facts_count(view->facts, fact->part);
    uint32_t node = node_of(view, fact->part);
    if (fate.kind == LKV_FATE_HIDDEN || node == LKV_NO_CROWD) {
        return;
    }
    if (lkv_view_fate(view, fact->n).kind != LKV_FATE_SHOWN) {
        know_ratio(view, number, fate);
    } else if (fate.kind == LKV_FATE_SHOWN) {
        give(view, node, part, part);
    } else if (fate.kind == LKV_FATE_AT_LEAST) {
        give(view, node, fate.bound, base);
        give(view, view->rest_of[number], 0, base - fate.bound);
    } else {
        give(view, node, 0, fate.bound);
    }
}

static void know(lkv_view *view, uint32_t number)
{
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    lkv_fate fate = lkv_view_fate(view, number);
    if (fact->stat == LKV_COUNT) {
        know_count(view, number, fate);
    } else if (fact->stat == LKV_SHARE) {
        know_share(view, number, fate);
    }
}

void lkv_view_look(lkv_view *view)
{
    know_nobody(view);
    for (size_t i = 0; i < view->fact_count; i++) {
        know(view, view->fact[i]);
    }
    bool sound = lkv_bounds_draw(view->bounds);
    g_assert(sound);
}

void lkv_view_tell(lkv_view *view, uint32_t fact, GArray *trail)
{
    view->trail = trail;
    know(view, fact);
    view->trail = NULL;
}

uint32_t lkv_view_group(const lkv_view *view, uint32_t fact)
{
    return group_of(view, lkv_facts_at(view->facts, fact)->base);
}

/* ---- hiding -------------------------------------------------------------- */

/* Whether CROWD is of some steps of a scale. */
static bool of_scale(const lkv_view *view, const lkv_crowd *crowd)
{
    const lkv_facts *facts = view->facts;
    for (size_t i = 0; i < crowd->terms; i++) {
        uint16_t outcome = facts->outcome_on[crowd->axis[i]];
        if (outcome != LKV_NO_VALUE &&
            lkv_frame_outcome(facts->frame, outcome)->kind == LKV_LEVELS) {
            return true;
        }
    }
    return false;
}

/* Whether the numbers of CROWD are what a reader came for, so that all others
 * are hidden before: of all pupils of a large district, at any level of an
 * outcome but a scale; and the size of a school, or of a large group in the district.
 */
static bool is_kept(const lkv_view *view, uint32_t node)
{
    const lkv_crowd *crowd = lkv_crowds_at(view->lattice->nodes, node);
    bool outcome = lkv_facts_has_outcome(view->facts, crowd);
    bool school =
        lkv_crowd_on(crowd, view->facts->frame->school) != LKV_SET_ALL;
    size_t groups = crowd->terms - (outcome ? 1U : 0U);
    if (groups == 0) {
        lkv_crowd all = {.population = view->lattice->population};
        uint32_t whole = lkv_crowds_find(view->lattice->nodes, &all);
        return !of_scale(view, crowd) &&
               (whole == LKV_NO_CROWD || view->truth[whole] >= MANY);
    }
    return !outcome && groups == 1 &&
           view->truth[node] >= (school ? view->base_least : MANY);
}

/* Whether hiding a node as THINLY hides FACT. */
static bool takes(const lkv_view *view, uint32_t fact, bool thinly)
{
    return !thinly || lkv_facts_at(view->facts, fact)->stat == LKV_COUNT;
}

bool lkv_view_may_hide(const lkv_view *view, uint32_t node, bool thinly)
{
    size_t count;
    const uint32_t *giving = lkv_lists_at(&view->giving, node, &count);
    if (count == 0 || (!view->last_resort && is_kept(view, node))) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (takes(view, giving[i], thinly) && hideable(view, giving[i])) {
            return true;
        }
    }
    return false;
}

size_t lkv_view_cost(const lkv_view *view, uint32_t node)
{
    const lkv_lists *both[] = {&view->giving, &view->leaning};
    const lkv_crowd *crowd = lkv_crowds_at(view->lattice->nodes, node);
    size_t kinds = lkv_facts_has_outcome(view->facts, crowd) ? 1 : 2;
    size_t cost = 0;
    for (size_t kind = 0; kind < kinds; kind++) {
        size_t count;
        const uint32_t *fact = lkv_lists_at(both[kind], node, &count);
        for (size_t i = 0; i < count; i++) {
            cost += hideable(view, fact[i]);
        }
    }
    return cost;
}

void lkv_view_hide_fact(const lkv_view *view, uint32_t fact)
{
    for (size_t i = 0; i < view->readers.audiences; i++) {
        lkv_fate *fate = &view->readers.audience[i]->fates[fact];
        if (fate->kind != LKV_FATE_HIDDEN) {
            *fate = (lkv_fate){LKV_FATE_HIDDEN, LKV_WHY_COMPLEMENT, 0};
        }
    }
}

void lkv_view_hide(lkv_view *view, uint32_t node, bool thinly)
{
    const lkv_lists *both[] = {&view->giving, &view->leaning};
    const lkv_crowd *crowd = lkv_crowds_at(view->lattice->nodes, node);
    bool group = !lkv_facts_has_outcome(view->facts, crowd);
    for (size_t kind = 0; kind < (group && !thinly ? 2U : 1U); kind++) {
        size_t count;
        const uint32_t *fact = lkv_lists_at(both[kind], node, &count);
        for (size_t i = 0; i < count; i++) {
            if (takes(view, fact[i], thinly) && hideable(view, fact[i])) {
                lkv_view_hide_fact(view, fact[i]);
            }
        }
    }
}

uint32_t lkv_view_told(const lkv_view *view, uint32_t number)
{
    const lkv_fact *fact = lkv_facts_at(view->facts, number);
    return node_of(view, fact->stat == LKV_SHARE ? fact->part : fact->base);
}

/* ---- what must stay unknown ---------------------------------------------- */

/* None at a level of a sensitive outcome is no less of a secret than a few: all
 * of the group have the other. But not where nobody is.
 */
static bool zero_matters(const lkv_view *view, const lkv_fact *fact)
{
    return fact->within != LKV_NO_CROWD &&
           lkv_facts_count(view->facts, fact->within) > 0;
}

/* Whether NODE's number is printed as "at least" or "at most" by fact NUMBER. */
static bool masks(const lkv_view *view, uint32_t number, uint32_t node)
{
    lkv_fate_kind kind = lkv_view_fate(view, number).kind;
    return (kind == LKV_FATE_AT_LEAST || kind == LKV_FATE_AT_MOST) &&
           lkv_view_told(view, number) == node;
}

/* Whether the number of NODE was told before, so that it is no secret. */
static bool no_secret(const lkv_view *view, uint32_t node)
{
    if (!view->readers.ledger) {
        return false;
    }
    size_t count;
    const uint32_t *fact = lkv_lists_at(&view->giving, node, &count);
    for (size_t i = 0; i < count; i++) {
        if (view->readers.ledger[fact[i]].kind == LKV_FATE_SHOWN &&
            lkv_facts_at(view->facts, fact[i])->stat == LKV_COUNT) {
            return true;
        }
    }
    return false;
}

bool lkv_view_leaks(const lkv_view *view, uint32_t node, lkv_interval interval)
{
    uint8_t kind = view->lattice->kind[node];
    if (kind == LKV_CROWD_FREE || interval.high - interval.low >= view->few ||
        no_secret(view, node)) {
        return false;
    }
    if (interval.low <= view->few && interval.high > 0) {
        return true;
    }
    size_t count;
    const uint32_t *fact = lkv_lists_at(&view->giving, node, &count);
    for (size_t i = 0; i < count; i++) {
        const lkv_fact *told = lkv_facts_at(view->facts, fact[i]);
        if (interval.high == 0 && kind == LKV_CROWD_SENSITIVE &&
            !view->empty[node] && zero_matters(view, told)) {
            return true;
        }
        lkv_why why = lkv_view_fate(view, fact[i]).why;
        if (told->stat == LKV_COUNT &&
            (why == LKV_WHY_LEDGER ||
             (why == LKV_WHY_BASE && interval.high > 0 &&
              interval.low < view->base_least))) {
            return true;
        }
        if (masks(view, fact[i], node)) {
            return true;
        }
    }
    return false;
}
