/* Outcomes: how one is added, and those that the study declares. */
#include "panel/census_outcomes.h"

#include <math.h>
#include <string.h>

#include "base/wide.h"

bool lkv_census_sensitive(const lkv_rules *rules, const char *id)
{
    const char *const *list = rules->sensitive;
    for (; list && *list; list++) {
        if (strcmp(*list, id) == 0) {
            return true;
        }
    }
    return false;
}

static void add_leaves(lkv_cube *cube, const lkv_outcome *outcome)
{
    if (outcome->kind == LKV_POINTS) {
        lkv_cube_leaf_add(cube, outcome->axis, "counted");
        lkv_cube_leaf_add(cube, outcome->axis, "left_out");
    } else if (outcome->kind == LKV_YES_NO) {
        const uint16_t known[] = {lkv_cube_leaf_add(cube, outcome->axis, "yes"),
                                  lkv_cube_leaf_add(cube, outcome->axis, "no")};
        lkv_cube_group_add(cube, outcome->axis, "known", known, 2);
    }
}

/* LEAST is in per cent of a share. */
static int64_t change_scaled(lkv_outcome_kind kind, double least)
{
    unsigned decimals =
        kind == LKV_POINTS ? LKV_CHANGE_DECIMALS : LKV_CHANGE_DECIMALS - 2;
    return lkv_real_round(least, decimals);
}

uint16_t lkv_census_outcome(lkv_census *census, lkv_outcome outcome)
{
    lkv_panel *panel = census->panel;
    lkv_frame *frame = panel->frame;
    g_autofree char *axis =
        outcome.subject ? g_strdup_printf("%s:%s", outcome.id, outcome.subject)
                        : g_strdup(outcome.id);
    outcome.id = lkv_census_text(census, outcome.id);
    outcome.subject =
        outcome.subject ? lkv_census_text(census, outcome.subject) : NULL;
    outcome.axis = lkv_census_axis(census, axis);
    if (outcome.from_rules) {
        bool points = outcome.kind == LKV_POINTS;
        outcome.least_change =
            change_scaled(outcome.kind, points ? census->rules->change_points
                                               : census->rules->change_share);
    }
    add_leaves(frame->cube, &outcome);
    g_array_append_val(frame->outcomes, outcome);
    panel->outcome_variable =
        g_renew(uint16_t, panel->outcome_variable, frame->outcomes->len);
    uint16_t number = (uint16_t)(frame->outcomes->len - 1);
    panel->outcome_variable[number] =
        outcome.kind == LKV_LEVELS ? LKV_NO_VALUE
        : outcome.kind == LKV_YES_NO
            ? lkv_census_answers(census, axis, outcome.axis)
            : lkv_census_variable(census, axis, outcome.decimals);
    return number;
}

/* Groups at a school are told of what sums up the rest: the first eligibility
 * rule, all subjects, all goals.
 */
static bool is_crossed(const lkv_rules *rules, const char *id)
{
    return strcmp(id, "all_subjects") == 0 || strcmp(id, "all_goals") == 0 ||
           (rules->eligible_count > 0 &&
            strcmp(id, rules->eligibles[0].id) == 0);
}

uint16_t lkv_census_yes_no(lkv_census *census, const char *id,
                           const char *subject)
{
    const char *sensitive = strcmp(id, "all_goals") == 0 ? "goal" : id;
    return lkv_census_outcome(
        census, (lkv_outcome){
                    .id = id,
                    .subject = subject,
                    .kind = LKV_YES_NO,
                    .most = 1,
                    .step = 1,
                    .sensitive = lkv_census_sensitive(census->rules, sensitive),
                    .from_rules = true,
                    .crossed = is_crossed(census->rules, id)});
}

lkv_outcome_rows lkv_census_rows(const lkv_census *census, uint16_t outcome)
{
    const lkv_panel *panel = census->panel;
    uint16_t variable = panel->outcome_variable[outcome];
    return (lkv_outcome_rows){
        .leaf = panel->leaf[lkv_frame_outcome(panel->frame, outcome)->axis],
        .value =
            variable == LKV_NO_VALUE ? NULL : panel->variable[variable].value};
}

void lkv_census_outcome_bounds(lkv_census *census, uint16_t outcome)
{
    lkv_census_bounds(census, census->panel->outcome_variable[outcome]);
}

static bool add_declared_points(lkv_census *census,
                                const lkv_outcome_spec *spec, lkv_diag *diag)
{
    lkv_panel *panel = census->panel;
    int numbers = lkv_roll_numbers_find(census->roll, spec->id);
    uint16_t variable =
        lkv_census_numbers(census, spec->id, numbers, spec->decimals, diag);
    if (variable == LKV_NO_VALUE) {
        return false;
    }
    const lkv_variable *from = &panel->variable[variable];
    double unit = (double)lkv_power_of_ten(from->decimals);
    bool stated = spec->least < spec->most;
    uint16_t outcome = lkv_census_outcome(
        census,
        (lkv_outcome){
            .id = spec->id,
            .kind = LKV_POINTS,
            .decimals = from->decimals,
            .least = stated ? llround(spec->least * unit) : from->least,
            .most = stated ? llround(spec->most * unit) : from->most,
            .step = 1,
            .least_change = change_scaled(LKV_POINTS, spec->least_change),
            .sensitive = spec->sensitive,
            .crossed = true,
            .label = spec->label});
    from = &panel->variable[variable]; /* the table may have moved */
    lkv_outcome_rows rows = lkv_census_rows(census, outcome);
    for (size_t row = 0; row < panel->rows; row++) {
        if (from->value[row] != LKV_NONE) {
            lkv_rows_points(&rows, row, from->value[row], true);
        }
    }
    lkv_census_outcome_bounds(census, outcome);
    return true;
}

/* Where the answers of a declared share come from: a column of 0 and 1, or
 * another outcome that must reach a bound.
 */
static const lkv_variable *answer_source(const lkv_census *census,
                                         const lkv_outcome_spec *spec,
                                         uint16_t own, int64_t *bound)
{
    const lkv_panel *panel = census->panel;
    uint16_t variable = own;
    if (spec->of) {
        uint16_t of = lkv_frame_outcome_find(panel->frame, spec->of, NULL);
        variable =
            of == LKV_NO_VALUE ? LKV_NO_VALUE : panel->outcome_variable[of];
    }
    if (variable == LKV_NO_VALUE) {
        return NULL;
    }
    const lkv_variable *from = &panel->variable[variable];
    double unit = (double)lkv_power_of_ten(from->decimals);
    *bound =
        spec->of ? (int64_t)ceil(spec->at_least * unit - 1e-9) : (int64_t)unit;
    return from;
}

static bool add_declared_share(lkv_census *census, const lkv_outcome_spec *spec,
                               lkv_diag *diag)
{
    lkv_panel *panel = census->panel;
    int64_t bound = 0;
    uint16_t own = LKV_NO_VALUE;
    if (spec->column) {
        int numbers = lkv_roll_numbers_find(census->roll, spec->id);
        own = lkv_census_numbers(census, spec->id, numbers, -1, diag);
    }
    uint16_t outcome = lkv_census_outcome(
        census, (lkv_outcome){.id = spec->id,
                              .kind = LKV_YES_NO,
                              .most = 1,
                              .step = 1,
                              .least_change =
                                  change_scaled(LKV_YES_NO, spec->least_change),
                              .sensitive = spec->sensitive,
                              .crossed = true,
                              .label = spec->label});
    const lkv_variable *from = answer_source(census, spec, own, &bound);
    if (!from) {
        lkv_diag_add(diag, "E-OUTCOME", spec->place,
                     "there is no outcome \"%s\" for \"%s\" to be of",
                     spec->of ? spec->of : "", spec->id);
        return false;
    }
    lkv_outcome_rows rows = lkv_census_rows(census, outcome);
    for (size_t row = 0; row < panel->rows; row++) {
        int64_t value = lkv_variable_at(from, row);
        if (value != LKV_NONE) {
            lkv_rows_answer(&rows, row, value >= bound ? LKV_YES : LKV_NO);
        }
    }
    lkv_census_outcome_bounds(census, outcome);
    return true;
}

bool lkv_census_outcomes(lkv_census *census, lkv_diag *diag)
{
    bool fine = true;
    if (census->rules && census->marks) {
        lkv_census_rule_outcomes(census);
    }
    for (size_t i = 0; i < census->study->outcome_count; i++) {
        const lkv_outcome_spec *spec = &census->study->outcomes[i];
        bool added = spec->kind == LKV_POINTS
                         ? add_declared_points(census, spec, diag)
                         : add_declared_share(census, spec, diag);
        fine = added && fine;
    }
    return fine;
}
