/* Hiding from a view, and what must stay unknown. */
#include "disclose/view.h"

/* The size of a group of so many pupils is hidden only when all else fails. */
enum { MANY = 100 };

/* Whether FACT was told before: hiding it now takes nothing away. */
static bool told_before(const lkv_view *view, uint32_t fact)
{
    const lkv_fate *ledger = view->readers.ledger;
    return ledger && ledger[fact].kind != LKV_FATE_HIDDEN;
}

bool lkv_view_may_hide_fact(const lkv_view *view, uint32_t fact)
{
    return !told_before(view, fact) &&
           lkv_view_fate(view, fact).kind != LKV_FATE_HIDDEN;
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
 * are hidden before: of all pupils of the district, at any level of an outcome but
 * a scale; and the size of a school, or of a large group in the district.
 */
static bool is_kept(const lkv_view *view, uint32_t node)
{
    const lkv_crowd *crowd = lkv_crowds_at(view->lattice->nodes, node);
    bool outcome = lkv_facts_has_outcome(view->facts, crowd);
    bool school =
        lkv_crowd_on(crowd, view->facts->frame->school) != LKV_SET_ALL;
    size_t groups = crowd->terms - (outcome ? 1U : 0U);
    if (groups == 0) {
        return !of_scale(view, crowd);
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
        if (takes(view, giving[i], thinly) &&
            lkv_view_may_hide_fact(view, giving[i])) {
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
            cost += lkv_view_may_hide_fact(view, fact[i]);
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
            if (takes(view, fact[i], thinly) &&
                lkv_view_may_hide_fact(view, fact[i])) {
                lkv_view_hide_fact(view, fact[i]);
            }
        }
    }
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

/* Whether INTERVAL says no more of NODE than earlier releases do by themselves: what
 * is hidden now takes nothing of that back.
 */
static bool known_before(const lkv_view *view, uint32_t node,
                         lkv_interval interval)
{
    return view->before && interval.low <= view->before[node].low &&
           interval.high >= view->before[node].high;
}

bool lkv_view_leaks(const lkv_view *view, uint32_t node, lkv_interval interval)
{
    uint8_t kind = view->lattice->kind[node];
    if (kind == LKV_CROWD_FREE || interval.high - interval.low >= view->few ||
        known_before(view, node, interval)) {
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
