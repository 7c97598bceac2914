/* The rules of an audience, applied to single facts and to single figures. */
#include "disclose/fates.h"

const char *lkv_why_id(lkv_why why)
{
    static const char *const ids[] = {
        [LKV_WHY_NOT] = "",
        [LKV_WHY_BASE] = "base",
        [LKV_WHY_COUNT] = "count",
        [LKV_WHY_MEAN] = "mean",
        [LKV_WHY_GAP] = "gap",
        [LKV_WHY_QUANTILE] = "quantile",
        [LKV_WHY_FROM] = "from",
        [LKV_WHY_SCHOOLS] = "schools",
        [LKV_WHY_COMPLEMENT] = "complement",
        [LKV_WHY_OVERLAP] = "overlap",
        [LKV_WHY_LEDGER] = "ledger",
        [LKV_WHY_BEFORE] = "before",
    };
    return ids[why];
}

static lkv_fate hide(lkv_why why)
{
    return (lkv_fate){LKV_FATE_HIDDEN, why, 0};
}

/* PART out of BASE pupils at a level of a sensitive outcome: none and all
 * look the same as a few.
 */
static lkv_fate mask(int64_t part, int64_t base, const lkv_profile *profile)
{
    int64_t few = profile->count_least - 1;
    bool high = base - part <= few;
    bool low = part <= few;
    if (base < profile->base_least || (base <= 2 * few && (high || low))) {
        return hide(LKV_WHY_COUNT);
    }
    if (high) {
        return (lkv_fate){LKV_FATE_AT_LEAST, LKV_WHY_COUNT, base - few};
    }
    if (low) {
        return (lkv_fate){LKV_FATE_AT_MOST, LKV_WHY_COUNT, few};
    }
    return (lkv_fate){0};
}

static lkv_fate count_rule(const lkv_facts *facts, const lkv_fact *fact,
                           const lkv_profile *profile)
{
    int64_t count = lkv_facts_count(facts, fact->base);
    int64_t within = lkv_facts_count(facts, fact->within);
    if (count < 0) {
        return hide(LKV_WHY_BASE);
    }
    switch (lkv_facts_kind(facts, fact->base)) {
    case LKV_CROWD_SENSITIVE:
        if (within >= 0) {
            return mask(count, within, profile);
        }
        return count < profile->count_least
                   ? (lkv_fate){LKV_FATE_AT_MOST, LKV_WHY_COUNT,
                                profile->count_least - 1}
                   : (lkv_fate){0};
    case LKV_CROWD_ABSENT:
        return count > 0 && count < profile->count_least ? hide(LKV_WHY_COUNT)
                                                         : (lkv_fate){0};
    case LKV_CROWD_FREE:
        return within >= 0 && within < profile->base_least ? hide(LKV_WHY_BASE)
                                                           : (lkv_fate){0};
    case LKV_CROWD_BASE:
        break;
    }
    return count < profile->base_least ? hide(LKV_WHY_BASE) : (lkv_fate){0};
}

static lkv_fate share_rule(const lkv_facts *facts, const lkv_fact *fact,
                           const lkv_profile *profile)
{
    int64_t base = lkv_facts_count(facts, fact->base);
    int64_t part = lkv_facts_count(facts, fact->part);
    if (base < profile->base_least) {
        return hide(LKV_WHY_BASE);
    }
    if (!fact->printed && part < 0) {
        return (lkv_fate){0}; /* only its base matters to what is made of it */
    }
    if (fact->part == LKV_NO_CROWD || part < 0) {
        return hide(LKV_WHY_COUNT);
    }
    switch (lkv_facts_kind(facts, fact->part)) {
    case LKV_CROWD_SENSITIVE:
        return mask(part, base, profile);
    case LKV_CROWD_ABSENT:
        return part > 0 && part < profile->count_least ? hide(LKV_WHY_COUNT)
                                                       : (lkv_fate){0};
    case LKV_CROWD_BASE:
        return part < profile->base_least ? hide(LKV_WHY_BASE) : (lkv_fate){0};
    case LKV_CROWD_FREE:
        break;
    }
    return (lkv_fate){0};
}

static lkv_fate rule(const lkv_facts *facts, const lkv_fact *fact,
                     const lkv_profile *profile)
{
    if (profile->open) {
        return (lkv_fate){0};
    }
    if (fact->stat == LKV_COUNT) {
        return count_rule(facts, fact, profile);
    }
    if (fact->stat == LKV_SHARE) {
        return share_rule(facts, fact, profile);
    }
    int64_t base = lkv_facts_count(facts, fact->base);
    if (base < profile->base_least) {
        return hide(LKV_WHY_BASE);
    }
    return base < profile->mean_least ? hide(LKV_WHY_MEAN) : (lkv_fate){0};
}

/* The pupils of CROWD at any known level of its first outcome; LKV_NO_CROWD
 * when it has none, or no figure is about them.
 */
static uint32_t known_of(const lkv_facts *facts, const lkv_crowd *crowd)
{
    for (size_t i = 0; i < crowd->terms; i++) {
        lkv_axis axis = crowd->axis[i];
        if (facts->outcome_on[axis] != LKV_NO_VALUE) {
            lkv_crowd known =
                lkv_crowd_with(*crowd, axis, facts->known_on[axis]);
            return lkv_crowds_find(facts->crowds, &known);
        }
    }
    return LKV_NO_CROWD;
}

/* Where a few of a group are missing in some outcome, the number of the others
 * would tell how many, since the size of the group is told by outcomes in
 * which nobody is missing. So that number is hidden, and with it all exact
 * numbers of pupils at a level: beside their share they would tell it too.
 */
static void hide_numbers(const lkv_facts *facts, const lkv_profile *profile,
                         lkv_fate *fates)
{
    size_t crowds = lkv_crowds_size(facts->crowds);
    g_autofree bool *few = g_new0(bool, crowds + 1);
    for (guint i = 0; i < facts->facts->len; i++) {
        uint32_t base = lkv_facts_at(facts, i)->base;
        int64_t count = lkv_facts_count(facts, base);
        uint32_t known = known_of(facts, lkv_crowds_at(facts->crowds, base));
        if (lkv_facts_kind(facts, base) == LKV_CROWD_ABSENT && count > 0 &&
            count < profile->count_least && known != LKV_NO_CROWD) {
            few[known] = true;
        }
    }
    for (guint i = 0; i < facts->facts->len; i++) {
        const lkv_fact *fact = lkv_facts_at(facts, i);
        uint32_t known =
            known_of(facts, lkv_crowds_at(facts->crowds, fact->base));
        if (fact->stat == LKV_COUNT && known != LKV_NO_CROWD && few[known]) {
            fates[i] = hide(LKV_WHY_COUNT);
        }
    }
}

lkv_fate *lkv_fates_primary(const lkv_facts *facts, const lkv_profile *profile)
{
    lkv_fate *fates = g_new0(lkv_fate, facts->facts->len + 1U);
    for (guint i = 0; i < facts->facts->len; i++) {
        fates[i] = rule(facts, lkv_facts_at(facts, i), profile);
    }
    if (!profile->open) {
        hide_numbers(facts, profile, fates);
    }
    return fates;
}

/* Whether a reader may know the count of fact NUMBER exactly, if it is printed
 * at all.
 */
static bool base_shown(const lkv_facts *facts, const lkv_fate *fates,
                       uint32_t number)
{
    return number == LKV_NO_FACT || fates[number].kind == LKV_FATE_SHOWN ||
           !lkv_facts_at(facts, number)->printed;
}

/* Whether an interval gives away no n that is not shown. */
static bool interval_tells_nothing(const lkv_facts *facts,
                                   const lkv_fate *fates, size_t number)
{
    const lkv_estimate *estimate = &facts->estimate[number];
    const lkv_estimate_facts *of = &facts->of[number];
    bool shown = base_shown(facts, fates, of->n);
    for (size_t i = 0; i < estimate->froms; i++) {
        uint32_t from = of->from[i];
        shown =
            shown && (from == LKV_NO_FACT ||
                      base_shown(facts, fates, lkv_facts_at(facts, from)->n));
    }
    return shown;
}

/* A value that is no claim itself: shown when all it was computed from may
 * be, and its own pupils are enough. Differences of groups have thresholds of
 * their own; spreads, quantiles and coefficients cannot be bounded by sums, so
 * theirs is higher.
 */
static lkv_fate judge_other(const lkv_facts *facts, const lkv_fate *fates,
                            const lkv_profile *profile,
                            const lkv_estimate *estimate,
                            const lkv_estimate_facts *of)
{
    bool gap = estimate->key.reference != LKV_NO_VALUE;
    bool difference = !gap && estimate->froms >= 2;
    int64_t least = gap          ? profile->gap_least
                    : difference ? profile->mean_least
                                 : profile->quantile_least;
    lkv_why why = gap          ? LKV_WHY_GAP
                  : difference ? LKV_WHY_MEAN
                               : LKV_WHY_QUANTILE;
    if (estimate->n >= 0 && estimate->n < profile->base_least) {
        return hide(LKV_WHY_BASE);
    }
    if (estimate->n >= 0 && estimate->n < least) {
        return hide(why);
    }
    for (size_t i = 0; i < estimate->froms; i++) {
        if (of->from[i] == LKV_NO_FACT) {
            continue;
        }
        if (fates[of->from[i]].kind != LKV_FATE_SHOWN) {
            return hide(LKV_WHY_FROM);
        }
        int64_t base =
            lkv_facts_count(facts, lkv_facts_at(facts, of->from[i])->base);
        if (base < least) {
            return hide(why);
        }
    }
    return (lkv_fate){0};
}

/* Not estimable tells something about the pupils as well: that there is one,
 * or that all are alike. Only that a school has nobody here at all, or too
 * few schools, may be said.
 */
static lkv_fate judge_reason(const lkv_facts *facts, const lkv_profile *profile,
                             const lkv_estimate *estimate,
                             const lkv_estimate_facts *of)
{
    int64_t n = lkv_facts_count(facts, lkv_facts_at(facts, of->n)->base);
    bool whole = estimate->key.group_by == 0;
    if (profile->open || lkv_reason_not_applicable(estimate->reason)) {
        return (lkv_fate){0};
    }
    if (whole && n <= 0) {
        return (lkv_fate){0};
    }
    if (n < profile->base_least) {
        return hide(LKV_WHY_BASE);
    }
    bool spread = estimate->reason == LKV_REASON_NO_VARIANCE ||
                  estimate->reason == LKV_REASON_SEPARATED;
    return spread && estimate->key.unit != 0 ? hide(LKV_WHY_COUNT)
                                             : (lkv_fate){0};
}

lkv_verdict lkv_fates_judge(const lkv_facts *facts, const lkv_fate *fates,
                            const lkv_profile *profile, size_t number)
{
    const lkv_estimate *estimate = &facts->estimate[number];
    const lkv_estimate_facts *of = &facts->of[number];
    lkv_verdict verdict = {.estimable = estimate->reason == LKV_REASON_NONE};
    if (profile->open) {
        verdict.limits =
            verdict.estimable ? LKV_LIMITS_FINE : LKV_LIMITS_HIDDEN;
        return verdict;
    }
    if (of->n != LKV_NO_FACT && fates[of->n].why == LKV_WHY_LEDGER) {
        verdict.value = fates[of->n];
        return verdict;
    }
    if (!verdict.estimable) {
        verdict.value = judge_reason(facts, profile, estimate, of);
        return verdict;
    }
    verdict.value = of->value == LKV_NO_FACT
                        ? judge_other(facts, fates, profile, estimate, of)
                        : fates[of->value];
    if (verdict.value.kind == LKV_FATE_HIDDEN) {
        return verdict;
    }
    bool full = verdict.value.kind == LKV_FATE_SHOWN;
    if (!base_shown(facts, fates, of->n)) {
        verdict.n = fates[of->n];
    }
    if (full) {
        verdict.limits = interval_tells_nothing(facts, fates, number)
                             ? LKV_LIMITS_FINE
                             : LKV_LIMITS_COARSE;
    }
    verdict.missing = !full || verdict.n.kind == LKV_FATE_HIDDEN
                          ? hide(LKV_WHY_FROM)
                      : of->missing == LKV_NO_FACT ? (lkv_fate){0}
                                                   : fates[of->missing];
    return verdict;
}
