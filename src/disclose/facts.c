#include "disclose/facts.h"

#include <math.h>
#include <string.h>

#include "base/wide.h"
#include "disclose/kinds.h"

typedef struct gatherer {
    lkv_facts *facts;
    GHashTable *known; /* fact key -> number + 1 */
    lkv_diag *diag;
    bool failed;
} gatherer;

/* What tells facts apart: statistic, outcome and crowds. */
typedef struct fact_key {
    uint32_t stat, outcome, base, part;
} fact_key;

static guint hash_key(gconstpointer key)
{
    const fact_key *at = key;
    guint hash = at->stat * 2654435761U;
    hash = (hash ^ at->outcome) * 2246822519U;
    hash = (hash ^ at->base) * 3266489917U;
    return (hash ^ at->part) * 668265263U;
}

static gboolean equal_key(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(fact_key)) == 0;
}

static uint32_t add_crowd(lkv_facts *facts, const lkv_crowd *crowd)
{
    uint32_t number = lkv_crowds_add(facts->crowds, crowd);
    if (number == facts->count->len) {
        int64_t unknown = -1;
        g_array_append_val(facts->count, unknown);
    }
    return number;
}

/* Notes that CROWD holds COUNT pupils. */
static void note_count(gatherer *gathering, uint32_t crowd, int64_t count,
                       const lkv_estimate *estimate)
{
    int64_t *known = &g_array_index(gathering->facts->count, int64_t, crowd);
    if (count < 0) {
        return;
    }
    if (*known >= 0 && *known != count && !gathering->failed) {
        const lkv_frame *frame = gathering->facts->frame;
        gathering->failed = true;
        lkv_message *message = lkv_diag_add(
            gathering->diag, "E-CLAIM-CONFLICT", (lkv_place){0},
            "Measure %s says another number of the same pupils than a figure "
            "before it",
            (const char *)g_ptr_array_index(frame->measures,
                                            estimate->key.measure));
        lkv_message_why(message, "A claim of one of them is wrong, so what "
                                 "may be shown cannot be decided");
    }
    *known = *known >= 0 ? *known : count;
}

/* CROWD with its term on an outcome's axis opened: from a level to any known
 * one, from that to all; the same crowd when it has no such term.
 */
static lkv_crowd opened(gatherer *gathering, const lkv_crowd *crowd)
{
    lkv_facts *facts = gathering->facts;
    for (size_t i = 0; i < crowd->terms; i++) {
        lkv_axis axis = crowd->axis[i];
        if (facts->outcome_on[axis] == LKV_NO_VALUE) {
            continue;
        }
        uint16_t known = lkv_kinds_known(facts, axis);
        if (known == crowd->set[i]) {
            return lkv_crowd_with(*crowd, axis, LKV_SET_ALL);
        }
        if (lkv_sets_within(facts->sets, axis, crowd->set[i], known)) {
            return lkv_crowd_with(*crowd, axis, known);
        }
    }
    return *crowd;
}

/* INNER out of OUTER, which differ on one axis; LKV_NO_CROWD when that is
 * nobody or they do not, or when INNER is one level of many: the others need
 * no number together.
 */
static uint32_t add_rest(gatherer *gathering, const lkv_crowd *outer,
                         const lkv_crowd *inner)
{
    lkv_facts *facts = gathering->facts;
    for (size_t i = 0; i < inner->terms; i++) {
        lkv_axis axis = inner->axis[i];
        uint16_t whole = lkv_crowd_on(outer, axis);
        if (whole == inner->set[i]) {
            continue;
        }
        uint16_t left =
            lkv_sets_without(facts->sets, axis, whole, inner->set[i]);
        bool levels = lkv_sets_size(facts->sets, axis, inner->set[i]) > 1;
        if (left == LKV_SET_EMPTY ||
            (lkv_sets_size(facts->sets, axis, left) > 1 && !levels)) {
            return LKV_NO_CROWD;
        }
        lkv_crowd rest = lkv_crowd_with(*outer, axis, left);
        return add_crowd(facts, &rest);
    }
    return LKV_NO_CROWD;
}

static uint32_t add_fact(gatherer *gathering, const lkv_fact *fact)
{
    lkv_facts *facts = gathering->facts;
    fact_key key = {fact->stat, fact->outcome, fact->base, fact->part};
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(gathering->known, &key));
    if (known > 0) {
        lkv_fact *there = &g_array_index(facts->facts, lkv_fact, known - 1);
        there->printed = there->printed || fact->printed;
        return known - 1;
    }
    fact_key *kept = g_new(fact_key, 1);
    *kept = key;
    g_array_append_val(facts->facts, *fact);
    g_hash_table_insert(gathering->known, kept,
                        GUINT_TO_POINTER(facts->facts->len));
    return facts->facts->len - 1;
}

static uint32_t add_count(gatherer *gathering, const lkv_crowd *crowd,
                          bool printed)
{
    lkv_crowd within = opened(gathering, crowd);
    lkv_fact fact = {
        .stat = LKV_COUNT,
        .outcome = LKV_NO_VALUE,
        .base = add_crowd(gathering->facts, crowd),
        .part = LKV_NO_CROWD,
        .rest = LKV_NO_CROWD,
        .within = LKV_NO_CROWD,
        .printed = printed,
    };
    if (memcmp(&within, crowd, sizeof within) != 0) {
        fact.within = add_crowd(gathering->facts, &within);
        fact.rest = add_rest(gathering, &within, crowd);
    }
    fact.n = gathering->facts->facts->len;
    return add_fact(gathering, &fact);
}

/* BASE with PART's terms met; LKV_NO_CROWD when nobody can be there. */
static uint32_t add_part(gatherer *gathering, const lkv_crowd *base,
                         const lkv_where *part)
{
    lkv_facts *facts = gathering->facts;
    lkv_crowd crowd = *base;
    for (size_t i = 0; i < part->terms; i++) {
        lkv_axis axis = part->term[i].axis;
        uint16_t set = lkv_sets_of(facts->sets, part->term[i]);
        set = lkv_sets_meet(facts->sets, axis, set, lkv_crowd_on(&crowd, axis));
        if (set == LKV_SET_EMPTY) {
            return LKV_NO_CROWD;
        }
        crowd = lkv_crowd_with(crowd, axis, set);
    }
    return add_crowd(facts, &crowd);
}

static uint32_t add_claim(gatherer *gathering, const lkv_claim *claim,
                          bool printed)
{
    lkv_facts *facts = gathering->facts;
    if (claim->stat == LKV_OTHER) {
        return LKV_NO_FACT;
    }
    lkv_crowd base = lkv_crowd_of(facts->sets, claim->population, &claim->base);
    if (claim->stat == LKV_COUNT) {
        return add_count(gathering, &base, printed);
    }
    bool share = claim->stat == LKV_SHARE;
    lkv_fact fact = {
        .stat = claim->stat,
        .outcome = share ? LKV_NO_VALUE : claim->outcome,
        .base = add_crowd(facts, &base),
        .part = LKV_NO_CROWD,
        .rest = LKV_NO_CROWD,
        .printed = printed,
    };
    fact.within = fact.base;
    fact.n = add_count(gathering, &base, false);
    if (share) {
        fact.part = add_part(gathering, &base, &claim->part);
        lkv_crowd part = fact.part == LKV_NO_CROWD
                             ? base
                             : *lkv_crowds_at(facts->crowds, fact.part);
        fact.rest = add_rest(gathering, &base, &part);
    }
    return add_fact(gathering, &fact);
}

/* How many pupils are in the part of the share that ESTIMATE states. */
static int64_t counted_part(const lkv_estimate *estimate, int64_t base)
{
    if (base < 0) {
        return -1;
    }
    if (estimate->bottom != 0) {
        return lkv_wide_round(estimate->top * base, estimate->bottom, 0);
    }
    return isfinite(estimate->real)
               ? lkv_real_round(estimate->real * (double)base, 0)
               : -1;
}

static int64_t counted_base(const lkv_estimate *estimate)
{
    if (estimate->n >= 0 &&
        lkv_where_equal(&estimate->pupils, &estimate->claim.base)) {
        return estimate->n;
    }
    bool ratio = estimate->claim.stat == LKV_SHARE && estimate->bottom > 0;
    return ratio ? (int64_t)estimate->bottom : -1;
}

static void note_value(gatherer *gathering, const lkv_estimate *estimate,
                       uint32_t number)
{
    const lkv_fact *fact = lkv_facts_at(gathering->facts, number);
    int64_t base = counted_base(estimate);
    if (fact->stat == LKV_COUNT) {
        int64_t count = estimate->bottom != 0
                            ? lkv_wide_round(estimate->top, estimate->bottom, 0)
                            : lkv_real_round(estimate->real, 0);
        note_count(gathering, fact->base, count, estimate);
        return;
    }
    note_count(gathering, fact->base, base, estimate);
    if (fact->stat == LKV_SHARE) {
        int64_t part = counted_part(estimate, base);
        if (fact->part != LKV_NO_CROWD) {
            note_count(gathering, fact->part, part, estimate);
        }
        if (fact->rest != LKV_NO_CROWD && part >= 0) {
            note_count(gathering, fact->rest, base - part, estimate);
        }
    }
}

static void gather(gatherer *gathering, const lkv_estimate *estimate,
                   lkv_estimate_facts *of)
{
    lkv_facts *facts = gathering->facts;
    uint16_t population = estimate->key.population;
    *of = (lkv_estimate_facts){LKV_NO_FACT, LKV_NO_FACT, LKV_NO_FACT, {0}};
    of->value = add_claim(gathering, &estimate->claim, true);
    if (of->value != LKV_NO_FACT && estimate->reason == LKV_REASON_NONE) {
        note_value(gathering, estimate, of->value);
    }
    lkv_crowd pupils = lkv_crowd_of(facts->sets, population, &estimate->pupils);
    of->n = add_count(gathering, &pupils, estimate->n >= 0);
    note_count(gathering, lkv_facts_at(facts, of->n)->base, estimate->n,
               estimate);
    if (estimate->has_absent) {
        lkv_crowd absent =
            lkv_crowd_of(facts->sets, population, &estimate->absent);
        of->missing = add_count(gathering, &absent, estimate->missing >= 0);
        note_count(gathering, lkv_facts_at(facts, of->missing)->base,
                   estimate->missing, estimate);
    }
    for (size_t i = 0; i < estimate->froms; i++) {
        of->from[i] = add_claim(gathering, &estimate->from[i], false);
    }
}

/* Sets of what implies what are cut like those of claims. */
static void gather_implications(lkv_facts *facts)
{
    const GArray *terms = facts->frame->implications;
    for (guint i = 0; i + 1 < terms->len; i += 2) {
        lkv_term a = g_array_index(terms, lkv_term, i);
        lkv_term b = g_array_index(terms, lkv_term, i + 1);
        lkv_implied implied = {a.axis, b.axis, lkv_sets_of(facts->sets, a),
                               lkv_sets_of(facts->sets, b)};
        g_array_append_val(facts->implied, implied);
    }
}

bool lkv_facts_says_nobody(const lkv_facts *facts, size_t number, bool *wholly)
{
    const lkv_estimate *estimate = &facts->estimate[number];
    bool no_stage = estimate->reason == LKV_REASON_NO_SUCH_STAGE;
    bool empty = estimate->reason == LKV_REASON_EMPTY_GROUP;
    *wholly = no_stage || empty;
    return estimate->claim.stat != LKV_OTHER && estimate->n <= 0 &&
           (no_stage || ((empty || estimate->reason == LKV_REASON_NO_PUPILS) &&
                         estimate->key.group_by == 0));
}

/* How many of POPULATION have LEAF on AXIS; -1 when no figure says. */
static int64_t count_on(const lkv_facts *facts, uint16_t population,
                        lkv_axis axis, uint16_t leaf)
{
    lkv_crowd crowd = {.population = population};
    uint16_t set = lkv_sets_of(facts->sets, (lkv_term){axis, leaf});
    crowd = lkv_crowd_with(crowd, axis, set);
    return lkv_facts_count(facts, lkv_crowds_find(facts->crowds, &crowd));
}

bool lkv_facts_none_missing(const lkv_facts *facts, uint16_t population,
                            lkv_axis axis)
{
    lkv_crowd whole = {.population = population};
    int64_t left =
        lkv_facts_count(facts, lkv_crowds_find(facts->crowds, &whole));
    size_t leaves = lkv_cube_leaves(facts->frame->cube, axis);
    for (size_t leaf = 1; leaf < leaves && left >= 0; leaf++) {
        int64_t count = count_on(facts, population, axis, (uint16_t)leaf);
        left = count < 0 ? -1 : left - count;
    }
    return left == 0 && leaves > 1 && facts->outcome_on[axis] == LKV_NO_VALUE;
}

static void add_nobody(lkv_facts *facts, const lkv_crowd *crowd)
{
    uint32_t number = add_crowd(facts, crowd);
    g_array_index(facts->count, int64_t, number) = 0;
    g_array_append_val(facts->nobody, number);
}

/* That none is missing, which no figure need say. */
static void gather_none_missing(lkv_facts *facts, uint16_t population,
                                lkv_axis axis)
{
    if (!lkv_facts_none_missing(facts, population, axis)) {
        return;
    }
    lkv_term missing = {axis, LKV_LEAF_MISSING};
    lkv_crowd crowd = {.population = population};
    crowd = lkv_crowd_with(crowd, axis, lkv_sets_of(facts->sets, missing));
    add_nobody(facts, &crowd);
}

static void gather_nobody(lkv_facts *facts)
{
    size_t axes = lkv_cube_axes(facts->frame->cube);
    for (size_t i = 0; i < facts->estimates; i++) {
        const lkv_estimate_facts *of = &facts->of[i];
        bool wholly;
        if (!lkv_facts_says_nobody(facts, i, &wholly)) {
            continue;
        }
        uint32_t n = lkv_facts_at(facts, of->n)->base;
        g_array_append_val(facts->nobody, n);
        if (wholly && of->missing != LKV_NO_FACT) {
            uint32_t missing = lkv_facts_at(facts, of->missing)->base;
            g_array_append_val(facts->nobody, missing);
        }
    }
    for (guint i = 0; i < facts->frame->populations->len; i++) {
        for (size_t axis = 0; axis < axes; axis++) {
            gather_none_missing(facts, (uint16_t)i, (lkv_axis)axis);
        }
    }
}

/* The estimates alone; nothing gathered from them. */
static lkv_facts *facts_of(lkv_results *results)
{
    lkv_facts *facts = g_new0(lkv_facts, 1);
    facts->frame = lkv_frame_ref(lkv_results_frame(results));
    facts->results = lkv_results_ref(results);
    facts->estimate = lkv_results_all(results);
    facts->estimates = lkv_results_size(results);
    facts->sets = lkv_sets_new(facts->frame->cube);
    facts->crowds = lkv_crowds_new();
    facts->count = g_array_new(FALSE, FALSE, sizeof(int64_t));
    facts->kind = g_array_new(FALSE, FALSE, sizeof(uint8_t));
    facts->facts = g_array_new(FALSE, FALSE, sizeof(lkv_fact));
    facts->implied = g_array_new(FALSE, FALSE, sizeof(lkv_implied));
    facts->nobody = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    facts->of = g_new0(lkv_estimate_facts, facts->estimates + 1);
    lkv_kinds_start(facts);
    return facts;
}

lkv_facts *lkv_facts_new(lkv_results *results, lkv_diag *diag)
{
    g_autoptr(lkv_facts) facts = facts_of(results);
    gatherer gathering = {
        .facts = facts,
        .known = g_hash_table_new_full(hash_key, equal_key, g_free, NULL),
        .diag = diag,
    };
    for (size_t i = 0; i < facts->estimates; i++) {
        gather(&gathering, &facts->estimate[i], &facts->of[i]);
    }
    g_hash_table_unref(gathering.known);
    if (gathering.failed) {
        return NULL;
    }
    gather_implications(facts);
    gather_nobody(facts);
    lkv_sets_cut(facts->sets);
    lkv_kinds_settle(facts);
    return g_steal_pointer(&facts);
}

void lkv_facts_free(lkv_facts *facts)
{
    if (!facts) {
        return;
    }
    lkv_kinds_free(facts);
    lkv_frame_unref(facts->frame);
    lkv_results_unref(facts->results);
    lkv_sets_free(facts->sets);
    lkv_crowds_free(facts->crowds);
    g_array_unref(facts->count);
    g_array_unref(facts->kind);
    g_array_unref(facts->facts);
    g_array_unref(facts->implied);
    g_array_unref(facts->nobody);
    g_free(facts->of);
    g_free(facts);
}

bool lkv_facts_find(const lkv_facts *facts, const lkv_key *key, size_t *number)
{
    size_t low = 0;
    size_t high = facts->estimates;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = lkv_key_compare(&facts->estimate[middle].key, key);
        if (order == 0) {
            *number = middle;
            return true;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return false;
}

const lkv_fact *lkv_facts_at(const lkv_facts *facts, uint32_t number)
{
    g_assert(number < facts->facts->len);
    return &g_array_index(facts->facts, lkv_fact, number);
}

int64_t lkv_facts_count(const lkv_facts *facts, uint32_t crowd)
{
    return crowd == LKV_NO_CROWD ? -1
                                 : g_array_index(facts->count, int64_t, crowd);
}

lkv_crowd_kind lkv_facts_kind(const lkv_facts *facts, uint32_t crowd)
{
    return (lkv_crowd_kind)g_array_index(facts->kind, uint8_t, crowd);
}
