#include "disclose/silent.h"

static void say(bool *said, uint32_t fact, lkv_fate fate)
{
    if (fact != LKV_NO_FACT && fate.kind != LKV_FATE_HIDDEN) {
        said[fact] = true;
    }
}

/* Whether estimate NUMBER is computed from another population, as changes are:
 * what is hidden there is decided at the same time, and must not count here.
 */
static bool from_elsewhere(const lkv_view *view, size_t number)
{
    const lkv_facts *facts = view->facts;
    bool elsewhere = false;
    for (size_t i = 0; i < facts->estimate[number].froms; i++) {
        uint32_t from = facts->of[number].from[i];
        elsewhere =
            elsewhere ||
            (from != LKV_NO_FACT &&
             lkv_crowds_at(facts->crowds, lkv_facts_at(facts, from)->base)
                     ->population != view->lattice->population);
    }
    return elsewhere;
}

/* By number of the fact: whether some figure prints it for AUDIENCE. */
static bool *said_to(const lkv_view *view, const lkv_audience *audience)
{
    const lkv_facts *facts = view->facts;
    bool *said = g_new0(bool, facts->facts->len + 1U);
    for (size_t i = 0; i < facts->estimates; i++) {
        if (facts->estimate[i].key.population != view->lattice->population ||
            from_elsewhere(view, i)) {
            continue;
        }
        lkv_verdict verdict =
            lkv_fates_judge(facts, audience->fates, &audience->profile, i);
        if (verdict.value.kind != LKV_FATE_HIDDEN && verdict.estimable) {
            say(said, facts->of[i].value, verdict.value);
            say(said, facts->of[i].n, verdict.n);
            say(said, facts->of[i].missing, verdict.missing);
        }
    }
    return said;
}

static bool hide_from(const lkv_view *view, lkv_audience *audience)
{
    g_autofree bool *said = said_to(view, audience);
    bool any = false;
    for (size_t i = 0; i < view->fact_count; i++) {
        lkv_fate *fate = &audience->fates[view->fact[i]];
        if (!said[view->fact[i]] && fate->kind != LKV_FATE_HIDDEN) {
            *fate = (lkv_fate){LKV_FATE_HIDDEN, LKV_WHY_COMPLEMENT, 0};
            any = true;
        }
    }
    return any;
}

bool lkv_silent_hide(const lkv_view *view)
{
    bool any = false;
    for (size_t i = 0; i < view->readers.audiences; i++) {
        any = hide_from(view, view->readers.audience[i]) || any;
    }
    return any;
}
