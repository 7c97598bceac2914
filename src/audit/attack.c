#include "audit/attack.h"

#include <math.h>

#include "audit/aims.h"

/* Counts are rounded inwards, but for what a solver may be off. */
static const double SLACK = 1e-5;

/* ---- verdicts ------------------------------------------------------------ */

typedef struct judging {
    const lkv_attacking *attack;
    const lkv_aim *aim;
} judging;

/* LOW to HIGH as whole pupils, and as bounds have it. */
static lkv_ends whole_of(const judging *now, double low, double high)
{
    lkv_ends ends = lkv_tight_of(now->attack->tight, now->aim->crowd);
    ends.low = MAX(ends.low, (int64_t)ceil(low - SLACK));
    if (high < (double)LKV_NO_END) {
        ends.high = MIN(ends.high, (int64_t)floor(high + SLACK));
    }
    return ends;
}

static bool is_ratio(const lkv_aim *aim)
{
    return aim->kind >= LKV_AIM_SPAN;
}

/* Whether a count within ENDS tells of few pupils, on a side that counts. */
static bool is_small(const judging *now, int64_t least, int64_t most)
{
    int64_t threshold = now->attack->rules->threshold;
    return least < threshold ||
           (now->aim->kind == LKV_AIM_RANGE && now->aim->of >= 0 &&
            now->aim->of - most < threshold);
}

static bool is_told(const judging *now, lkv_ends ends)
{
    return (double)(ends.high - ends.low) < now->aim->width &&
           is_small(now, ends.low, ends.high);
}

/* A narrow range that no other row can argue away: a point, or wholly on one
 * side of the threshold. That nobody is there is no leak of a count, so it must
 * not be possible either.
 */
static bool is_final(const judging *now, lkv_ends ends)
{
    int64_t threshold = now->attack->rules->threshold;
    bool range = now->aim->kind == LKV_AIM_RANGE;
    if (!is_told(now, ends)) {
        return false;
    }
    return ends.low >= ends.high ||
           (ends.high < threshold && (range || ends.low > 0)) ||
           (range && now->aim->of >= 0 && now->aim->of - ends.low < threshold);
}

static bool settle(void *context, double low, double high)
{
    const judging *now = context;
    return !is_ratio(now->aim) && is_final(now, whole_of(now, low, high));
}

/* ---- reports ------------------------------------------------------------- */

static char *name_of(const judging *now)
{
    const lkv_attacking *attack = now->attack;
    const lkv_aim *aim = now->aim;
    GString *out = g_string_new(NULL);
    if (aim->kind == LKV_AIM_COUNT) {
        g_string_append(out, "count [");
        lkv_evidence_where(
            attack->evidence,
            &g_array_index(attack->net->crowd, lkv_condition, aim->crowd), out);
        g_string_append_c(out, ']');
        return g_string_free(out, FALSE);
    }
    const lkv_evidence_cell *cell =
        &g_array_index(attack->evidence->cells, lkv_evidence_cell, aim->cell);
    lkv_evidence_name(attack->evidence, cell, out);
    if (cell->range) {
        g_string_append(out, ", printed as ");
        lkv_evidence_value(cell, out);
    }
    return g_string_free(out, FALSE);
}

static void report(const judging *now, const char *kind, lkv_grave grave,
                   double low, double high, const char *why,
                   const lkv_recipe *recipe)
{
    const lkv_attacking *attack = now->attack;
    lkv_finding found = {
        .grave = grave,
        .kind = kind,
        .population = attack->population,
        .what = name_of(now),
        .why = g_strdup(why),
        .recipe = recipe ? lkv_findings_recipe(attack->evidence, recipe)
                         : g_strdup(""),
        .low = low,
        .high = high};
    lkv_findings_add(attack->findings, found);
}

static void report_count(const judging *now, lkv_ends ends,
                         const lkv_recipe *recipe)
{
    bool range = now->aim->kind == LKV_AIM_RANGE;
    bool point = ends.low == ends.high;
    bool zero = !range && ends.high == 0;
    const char *kind = range   ? "range_narrowed"
                       : zero  ? "zero_recovered"
                       : point ? "exact"
                               : "near";
    report(now, kind, zero ? LKV_FOUND_NOTE : LKV_FOUND_LEAK, (double)ends.low,
           (double)ends.high,
           point ? "can be worked out exactly" : "can be worked out nearly",
           recipe);
}

/* Both ends as bounds have found them. */
static void report_by_bounds(const judging *now, lkv_ends ends)
{
    lkv_recipe recipe = lkv_recipe_new();
    if (!(now->aim->kind == LKV_AIM_COUNT && ends.high == 0)) {
        lkv_tight_explain(now->attack->tight, now->aim->crowd, true, &recipe);
        lkv_tight_explain(now->attack->tight, now->aim->crowd, false, &recipe);
    }
    report_count(now, ends, &recipe);
    lkv_recipe_clear(&recipe);
}

/* ---- one aim at a time --------------------------------------------------- */

/* Whether bounds tell all there is to know of the aim; they may tell too much.
 */
static bool judge_by_bounds(const judging *now)
{
    const lkv_attacking *attack = now->attack;
    const lkv_aim *aim = now->aim;
    lkv_ends ends = lkv_tight_of(attack->tight, aim->crowd);
    if (is_ratio(aim)) {
        lkv_ends base = lkv_tight_of(attack->tight, aim->base);
        return base.high == 0 ||
               (aim->kind == LKV_AIM_SPAN
                    ? ends.low >= attack->rules->threshold &&
                          base.low - ends.high >= attack->rules->threshold
                    : base.low >= 2 * (int64_t)attack->rules->threshold);
    }
    if (!is_small(now, ends.low, ends.high)) {
        return true;
    }
    if (is_final(now, ends)) {
        report_by_bounds(now, ends);
        return true;
    }
    return false;
}

static bool never(void *context, double low, double high)
{
    (void)context;
    (void)low;
    (void)high;
    return false;
}

/* The least number of CROWD, by linear programming. */
static double least_of(const lkv_attacking *attack, uint32_t crowd,
                       lkv_recipe *recipe)
{
    lkv_ends ends = lkv_tight_of(attack->tight, crowd);
    if (ends.low == ends.high) {
        lkv_tight_explain(attack->tight, crowd, true, recipe);
        lkv_tight_explain(attack->tight, crowd, false, recipe);
        return (double)ends.low;
    }
    lkv_sought target =
        lkv_sought_count(lkv_unknowns_count(attack->system, crowd), INFINITY);
    double low = 0;
    double high = 0;
    lkv_reach_ask(attack->reach, &target, never, NULL, &low, &high, recipe);
    lkv_sought_clear(&target);
    return fmax(low, (double)ends.low);
}

static void judge_ratio(const judging *now, double low, double high,
                        lkv_recipe *recipe)
{
    const lkv_attacking *attack = now->attack;
    const lkv_aim *aim = now->aim;
    int threshold = attack->rules->threshold;
    if (high - low >= aim->width) {
        return;
    }
    double times = aim->kind == LKV_AIM_MEAN ? 1 : 100;
    bool few = aim->kind == LKV_AIM_SPAN
                   ? least_of(attack, aim->crowd, recipe) < threshold ||
                         lkv_tight_of(attack->tight, aim->base).low -
                                 lkv_tight_of(attack->tight, aim->crowd).high <
                             threshold
                   : least_of(attack, aim->base, recipe) < 2 * threshold;
    if (few) {
        const char *kind = aim->kind == LKV_AIM_SPAN    ? "range_narrowed"
                           : aim->kind == LKV_AIM_SHARE ? "recovered_pct"
                                                        : "recovered_mean";
        report(now, kind, LKV_FOUND_LEAK, times * low, times * high,
               "can be worked out nearly", recipe);
    }
}

static void judge(const judging *now, lkv_sought *target)
{
    const lkv_attacking *attack = now->attack;
    lkv_audit_counts *counts = &attack->findings->counts;
    lkv_recipe recipe = lkv_recipe_new();
    double low = 0;
    double high = 0;
    judging context = *now;
    switch (lkv_reach_ask(attack->reach, target, settle, &context, &low, &high,
                          &recipe)) {
    case LKV_ASKED_APART:
        counts->by_tables++;
        break;
    case LKV_ASKED_NOBODY:
        counts->by_bounds++;
        break;
    case LKV_ASKED_GIVEN_UP:
        counts->unsure++;
        report(now, "not_settled", LKV_FOUND_UNSURE, NAN, NAN,
               "the solver gave up, so whether it can be worked out is not "
               "known",
               NULL);
        break;
    case LKV_ASKED_NARROW:
        counts->by_programs++;
        if (is_ratio(now->aim)) {
            judge_ratio(now, low, high, &recipe);
        } else if (is_told(now, whole_of(now, low, high))) {
            report_count(now, whole_of(now, low, high), &recipe);
        }
        break;
    }
    lkv_recipe_clear(&recipe);
}

/* ---- all of them --------------------------------------------------------- */

static lkv_sought target_of(const lkv_attacking *attack, const lkv_aim *aim)
{
    lkv_form base = {0, NULL};
    lkv_form number;
    if (!is_ratio(aim)) {
        return lkv_sought_count(lkv_unknowns_count(attack->system, aim->crowd),
                                aim->width);
    }
    const lkv_evidence_cell *cell =
        &g_array_index(attack->evidence->cells, lkv_evidence_cell, aim->cell);
    double least = 0;
    double most = 1;
    if (aim->kind == LKV_AIM_MEAN) {
        const lkv_scale_row *scale = &g_array_index(attack->evidence->scales,
                                                    lkv_scale_row, cell->scale);
        lkv_unknowns_points(attack->system, aim->crowd, cell->scale, &number);
        least = (double)scale->least / LKV_MILLION;
        most = (double)scale->most / LKV_MILLION;
    } else {
        number = lkv_unknowns_count(attack->system, aim->crowd);
        if (cell->range) {
            least = (double)cell->low / LKV_MILLION / 100;
            most = (double)cell->high / LKV_MILLION / 100;
        }
    }
    base = lkv_unknowns_count(attack->system, aim->base);
    return lkv_sought_ratio(number, base, least, most, aim->width);
}

static void judge_all(lkv_attacking *attack)
{
    lkv_audit_counts *counts = &attack->findings->counts;
    g_autoptr(GArray) targets = g_array_new(FALSE, FALSE, sizeof(lkv_sought));
    g_array_set_clear_func(targets, lkv_sought_clear);
    g_autoptr(GArray) left = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    counts->sought += attack->aims->len;
    for (guint i = 0; i < attack->aims->len; i++) {
        judging now = {attack, &g_array_index(attack->aims, lkv_aim, i)};
        if (judge_by_bounds(&now)) {
            counts->by_bounds++;
        } else {
            lkv_sought target = target_of(attack, now.aim);
            g_array_append_val(targets, target);
            g_array_append_val(left, i);
        }
    }
    lkv_reach_push(attack->reach, targets);
    for (guint i = 0; i < targets->len; i++) {
        lkv_sought *target = &g_array_index(targets, lkv_sought, i);
        judging now = {attack,
                       &g_array_index(attack->aims, lkv_aim,
                                      g_array_index(left, uint32_t, i))};
        if (lkv_sought_apart(target)) {
            counts->by_tables++;
        } else {
            judge(&now, target);
        }
    }
}

static bool refuse(const lkv_attacking *attack, uint32_t crowd, lkv_diag *diag)
{
    GString *where = g_string_new(NULL);
    if (crowd != LKV_NO_CROWD_HERE) {
        g_string_append(where, " of ");
        lkv_evidence_where(
            attack->evidence,
            &g_array_index(attack->net->crowd, lkv_condition, crowd), where);
    }
    lkv_diag_add(
        diag, "E-PROOF-CLASH", (lkv_place){.field = attack->population},
        "no table of pupils agrees with what is published%s", where->str);
    g_string_free(where, TRUE);
    return false;
}

static bool attack_with(lkv_attacking *attack, lkv_diag *diag)
{
    lkv_findings *findings = attack->findings;
    uint32_t crowd;
    if (!lkv_tight_possible(attack->tight, &crowd)) {
        return refuse(attack, crowd, diag);
    }
    g_autoptr(lkv_unknowns) system =
        lkv_unknowns_new(attack->net, attack->tight);
    g_autoptr(lkv_reach) reach = lkv_reach_new(system);
    g_autoptr(GArray) aims = g_array_new(FALSE, FALSE, sizeof(lkv_aim));
    attack->system = system;
    attack->reach = reach;
    attack->aims = aims;
    findings->counts.cells += attack->net->cells->len;
    findings->counts.columns += system->columns->len;
    findings->counts.rows += system->rows->len;
    lkv_solved state = lkv_reach_start(reach);
    if (state == LKV_IMPOSSIBLE) {
        return refuse(attack, LKV_NO_CROWD_HERE, diag);
    }
    if (state == LKV_GIVEN_UP) {
        lkv_findings_add(
            findings, (lkv_finding){LKV_FOUND_UNSURE, "not_settled",
                                    attack->population, g_strdup("everything"),
                                    g_strdup("the solver found no table to "
                                             "begin with"),
                                    g_strdup(""), NAN, NAN});
        return true;
    }
    lkv_aims_find(attack);
    judge_all(attack);
    return true;
}

static bool attack_runs(const lkv_evidence *evidence, uint16_t population,
                        uint64_t runs, const lkv_audit_rules *rules,
                        lkv_findings *findings, lkv_diag *diag)
{
    g_autoptr(lkv_net) net = lkv_net_new(evidence, population, runs, diag);
    if (!net || net->cells->len == 0) {
        return net != NULL;
    }
    g_autoptr(lkv_tight) tight = lkv_tight_new(net, rules->linear);
    lkv_attacking attack = {
        .evidence = evidence,
        .net = net,
        .tight = tight,
        .rules = rules,
        .findings = findings,
        .population = g_ptr_array_index(evidence->populations, population)};
    return attack_with(&attack, diag);
}

/* Runs that agree cell by cell may still be of different pupils: then they clash
 * as a whole, and each is attacked by itself.
 */
static bool attack_apart(const lkv_evidence *evidence, uint16_t population,
                         uint64_t runs, const lkv_audit_rules *rules,
                         lkv_findings *findings, lkv_diag *diag)
{
    lkv_findings_add(
        findings,
        (lkv_finding){LKV_FOUND_UNSURE, "runs_differ",
                      g_ptr_array_index(evidence->populations, population),
                      g_strdup("pupils of this population"),
                      g_strdup("are not the same in the runs, though no number "
                               "that all print shows it; each run is attacked "
                               "by itself"),
                      g_strdup(""), NAN, NAN});
    bool fine = true;
    for (unsigned run = 0; run < LKV_RUNS_MOST; run++) {
        uint64_t one = UINT64_C(1) << run;
        fine = fine && (!(runs & one) || attack_runs(evidence, population, one,
                                                     rules, findings, diag));
    }
    return fine;
}

bool lkv_attack(const lkv_evidence *evidence, uint16_t population,
                const lkv_audit_rules *rules, lkv_findings *findings,
                lkv_diag *diag)
{
    uint64_t runs =
        g_array_index(evidence->origins, lkv_origin, population).runs;
    g_autoptr(lkv_diag) own = lkv_diag_new();
    bool several = (runs & (runs - 1)) != 0;
    bool done =
        attack_runs(evidence, population, UINT64_MAX, rules, findings, own);
    if (!done && several && lkv_diag_has(own, "E-PROOF-CLASH")) {
        done = attack_apart(evidence, population, runs, rules, findings, diag);
    } else {
        lkv_diag_merge(diag, own);
    }
    lkv_program_cleanup();
    return done;
}
