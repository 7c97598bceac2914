#include "disclose/kinds.h"

/* What implies something sensitive is sensitive; whether that is news. */
static bool make_sensitive(lkv_facts *facts, lkv_term one, lkv_term implied)
{
    uint16_t a = facts->outcome_on[one.axis];
    uint16_t b = facts->outcome_on[implied.axis];
    if (a == LKV_NO_VALUE || b == LKV_NO_VALUE || !facts->sensitive[b] ||
        facts->sensitive[a]) {
        return false;
    }
    facts->sensitive[a] = true;
    return true;
}

static void spread_sensitive(lkv_facts *facts)
{
    const GArray *terms = facts->frame->implications;
    bool more = true;
    while (more) {
        more = false;
        for (guint i = 0; i + 1 < terms->len; i += 2) {
            more = make_sensitive(facts, g_array_index(terms, lkv_term, i),
                                  g_array_index(terms, lkv_term, i + 1)) ||
                   more;
        }
    }
}

static uint16_t find_known(lkv_facts *facts, lkv_axis axis)
{
    const lkv_cube *cube = facts->frame->cube;
    const lkv_outcome *outcome =
        lkv_frame_outcome(facts->frame, facts->outcome_on[axis]);
    static const char *const words[] = {
        [LKV_POINTS] = "counted",
        [LKV_YES_NO] = "known",
        [LKV_LEVELS] = "graded",
    };
    uint16_t value = lkv_cube_value_find(cube, axis, words[outcome->kind]);
    if (value != LKV_NO_VALUE) {
        return lkv_sets_of(facts->sets, (lkv_term){axis, value});
    }
    lkv_term missing = {axis, LKV_LEAF_MISSING};
    return lkv_sets_without(facts->sets, axis, LKV_SET_ALL,
                            lkv_sets_of(facts->sets, missing));
}

/* The first outcome on each axis, and whether one there is sensitive. */
static void place_outcomes(lkv_facts *facts, size_t axes)
{
    const lkv_frame *frame = facts->frame;
    for (size_t i = 0; i < axes; i++) {
        facts->outcome_on[i] = LKV_NO_VALUE;
    }
    for (guint i = 0; i < frame->outcomes->len; i++) {
        const lkv_outcome *outcome = lkv_frame_outcome(frame, i);
        if (outcome->axis < axes &&
            facts->outcome_on[outcome->axis] == LKV_NO_VALUE) {
            facts->outcome_on[outcome->axis] = (uint16_t)i;
        }
        /* Outcomes that share an axis are of one make. */
        if (outcome->sensitive && outcome->axis < axes) {
            facts->sensitive[facts->outcome_on[outcome->axis]] = true;
        }
    }
}

void lkv_kinds_start(lkv_facts *facts)
{
    const lkv_frame *frame = facts->frame;
    size_t axes = lkv_cube_axes(frame->cube);
    facts->outcome_on = g_new(uint16_t, axes + 1);
    facts->sensitive = g_new0(bool, frame->outcomes->len + 1U);
    place_outcomes(facts, axes);
    spread_sensitive(facts);
    facts->known_on = g_new0(uint16_t, axes + 1);
    for (size_t axis = 0; axis < axes; axis++) {
        if (facts->outcome_on[axis] != LKV_NO_VALUE) {
            facts->known_on[axis] = find_known(facts, (lkv_axis)axis);
        }
    }
}

uint16_t lkv_kinds_known(const lkv_facts *facts, lkv_axis axis)
{
    return facts->known_on[axis];
}

/* Whether SET leaves open which level a pupil has. */
static bool leaves_open(const lkv_facts *facts, lkv_axis axis, uint16_t set)
{
    const lkv_cube *cube = facts->frame->cube;
    static const char *const words[] = {"known", "graded", "counted"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        uint16_t value = lkv_cube_value_find(cube, axis, words[i]);
        if (value == LKV_NO_VALUE) {
            continue;
        }
        bool same = true;
        for (size_t leaf = 0; same && leaf < lkv_cube_leaves(cube, axis);
             leaf++) {
            same =
                lkv_cube_holds(cube, (lkv_term){axis, value}, (uint16_t)leaf) ==
                lkv_sets_holds_leaf(facts->sets, axis, set, (uint16_t)leaf);
        }
        if (same) {
            return true;
        }
    }
    return false;
}

/* Whether SET holds a level of OUTCOME: of a scale, a step and not merely that
 * the subject is not studied.
 */
static bool has_level(const lkv_facts *facts, const lkv_outcome *outcome,
                      lkv_axis axis, uint16_t set)
{
    const lkv_cube *cube = facts->frame->cube;
    lkv_term graded = {axis, LKV_NO_VALUE};
    if (outcome->kind == LKV_LEVELS) {
        graded.value = lkv_cube_value_find(cube, axis, "graded");
    }
    for (size_t i = 0; i < lkv_cube_leaves(cube, axis); i++) {
        uint16_t leaf = (uint16_t)i;
        if (lkv_sets_holds_leaf(facts->sets, axis, set, leaf) &&
            leaf != LKV_LEAF_MISSING &&
            (graded.value == LKV_NO_VALUE ||
             lkv_cube_holds(cube, graded, leaf))) {
            return true;
        }
    }
    return false;
}

/* Whether SET is of some passing steps of a scale, but not of all: which pass
 * it was harms nobody, that it was none does.
 */
static bool some_passes(const lkv_facts *facts, const lkv_outcome *outcome,
                        lkv_axis axis, uint16_t set)
{
    const lkv_cube *cube = facts->frame->cube;
    if (outcome->kind != LKV_LEVELS) {
        return false;
    }
    lkv_term passed = {axis, lkv_cube_value_find(cube, axis, "passed")};
    bool left_out = false;
    for (size_t i = 0; i < lkv_cube_leaves(cube, axis); i++) {
        bool in = lkv_sets_holds_leaf(facts->sets, axis, set, (uint16_t)i);
        bool pass = lkv_cube_holds(cube, passed, (uint16_t)i);
        if (in && !pass) {
            return false;
        }
        left_out = left_out || (pass && !in);
    }
    return left_out;
}

static lkv_crowd_kind kind_on(const lkv_facts *facts, lkv_axis axis,
                              uint16_t set)
{
    uint16_t number = facts->outcome_on[axis];
    if (number == LKV_NO_VALUE || leaves_open(facts, axis, set)) {
        return LKV_CROWD_BASE;
    }
    const lkv_outcome *outcome = lkv_frame_outcome(facts->frame, number);
    if (outcome->kind == LKV_POINTS ||
        lkv_sets_holds_leaf(facts->sets, axis, set, LKV_LEAF_MISSING) ||
        !has_level(facts, outcome, axis, set)) {
        return LKV_CROWD_ABSENT;
    }
    return facts->sensitive[number] && !some_passes(facts, outcome, axis, set)
               ? LKV_CROWD_SENSITIVE
               : LKV_CROWD_FREE;
}

lkv_crowd_kind lkv_facts_kind_of(const lkv_facts *facts, const lkv_crowd *crowd)
{
    bool absent = false;
    bool free = false;
    for (size_t i = 0; i < crowd->terms; i++) {
        uint8_t kind = facts->kind_on[crowd->axis[i]][crowd->set[i]];
        if (kind == LKV_CROWD_SENSITIVE) {
            return LKV_CROWD_SENSITIVE;
        }
        absent = absent || kind == LKV_CROWD_ABSENT;
        free = free || kind == LKV_CROWD_FREE;
    }
    return absent ? LKV_CROWD_ABSENT : free ? LKV_CROWD_FREE : LKV_CROWD_BASE;
}

void lkv_kinds_settle(lkv_facts *facts)
{
    size_t axes = lkv_cube_axes(facts->frame->cube);
    facts->kind_on = g_new0(uint8_t *, axes + 1);
    for (size_t axis = 0; axis < axes; axis++) {
        size_t sets = lkv_sets_count(facts->sets, (lkv_axis)axis);
        facts->kind_on[axis] = g_new(uint8_t, sets + 1);
        for (size_t set = 0; set < sets; set++) {
            facts->kind_on[axis][set] =
                (uint8_t)kind_on(facts, (lkv_axis)axis, (uint16_t)set);
        }
    }
    for (size_t i = 0; i < lkv_crowds_size(facts->crowds); i++) {
        uint8_t kind = (uint8_t)lkv_facts_kind_of(
            facts, lkv_crowds_at(facts->crowds, (uint32_t)i));
        g_array_append_val(facts->kind, kind);
    }
}

void lkv_kinds_free(lkv_facts *facts)
{
    size_t axes = lkv_cube_axes(facts->frame->cube);
    for (size_t axis = 0; facts->kind_on && axis < axes; axis++) {
        g_free(facts->kind_on[axis]);
    }
    g_free(facts->kind_on);
    g_free(facts->outcome_on);
    g_free(facts->known_on);
    g_free(facts->sensitive);
}

bool lkv_facts_of_district(const lkv_facts *facts, const lkv_crowd *crowd)
{
    return lkv_crowd_on(crowd, facts->frame->school) == LKV_SET_ALL;
}

bool lkv_facts_has_outcome(const lkv_facts *facts, const lkv_crowd *crowd)
{
    for (size_t i = 0; i < crowd->terms; i++) {
        if (facts->outcome_on[crowd->axis[i]] != LKV_NO_VALUE) {
            return true;
        }
    }
    return false;
}
