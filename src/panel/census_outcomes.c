/* Outcomes: those that follow from the rules, then those that the study
 * declares; each with its axis, its leaves and its variable.
 */
#include <math.h>
#include <string.h>

#include "base/wide.h"
#include "panel/census.h"

enum { COUNTED = 1, LEFT_OUT };

static bool listed(const char *const *list, const char *id)
{
    for (; list && *list; list++) {
        if (strcmp(*list, id) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- adding an outcome --------------------------------------------------------- */

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

static uint16_t add_outcome(lkv_census *census, lkv_outcome outcome)
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

static uint16_t add_yes_no(lkv_census *census, const char *id,
                           const char *subject)
{
    const char *sensitive = strcmp(id, "all_goals") == 0 ? "goal" : id;
    return add_outcome(
        census,
        (lkv_outcome){.id = id,
                      .subject = subject,
                      .kind = LKV_YES_NO,
                      .most = 1,
                      .step = 1,
                      .sensitive = listed(census->rules->sensitive, sensitive),
                      .from_rules = true,
                      .crossed = is_crossed(census->rules, id)});
}

static void set_answer(lkv_census *census, uint16_t outcome, size_t row,
                       lkv_answer answer)
{
    lkv_panel *panel = census->panel;
    if (answer == LKV_UNKNOWN) {
        return;
    }
    lkv_axis axis = lkv_frame_outcome(panel->frame, outcome)->axis;
    panel->leaf[axis][row] = answer == LKV_YES ? LKV_LEAF_YES : LKV_LEAF_NO;
}

static void set_points(lkv_census *census, uint16_t outcome, size_t row,
                       int64_t value, bool counts)
{
    lkv_panel *panel = census->panel;
    lkv_axis axis = lkv_frame_outcome(panel->frame, outcome)->axis;
    panel->leaf[axis][row] = counts ? COUNTED : LEFT_OUT;
    if (counts) {
        panel->variable[panel->outcome_variable[outcome]].value[row] = value;
    }
}

static void set_bounds(lkv_census *census, uint16_t outcome)
{
    lkv_census_bounds(census, census->panel->outcome_variable[outcome]);
}

/* ---- outcomes of the rules -------------------------------------------------------- */

/* Grades of the pupil of ROW, kept in GRADE [graded columns]. */
static lkv_grades grades_at(const lkv_census *census, size_t row,
                            uint8_t *grade)
{
    const lkv_marks *marks = census->marks;
    int stage = census->stage[row];
    lkv_marks_row(marks, row, marks->graded, grade);
    return (lkv_grades){.grade = grade,
                        .subject = marks->subject,
                        .count = marks->graded,
                        .stage =
                            stage < 0 ? NULL : &census->rules->stages[stage]};
}

bool lkv_census_any_mark(const lkv_census *census, size_t row, size_t first,
                         size_t end)
{
    const lkv_marks *marks = census->marks;
    for (size_t i = first; i < end; i++) {
        if (lkv_marks_at(marks, row, i) != 0) {
            return true;
        }
    }
    return false;
}

/* By row: whether the pupil is of a stage with grades, and is not left out for
 * having none.
 */
static bool *graded_rows(const lkv_census *census)
{
    size_t rows = census->panel->rows;
    bool *is_graded = g_new0(bool, rows + 1);
    bool all = !census->study->population.exclude_without_grades;
    for (size_t row = 0; row < rows; row++) {
        int stage = census->stage[row];
        is_graded[row] =
            stage >= 0 && census->rules->stages[stage].graded &&
            (all || lkv_census_any_mark(census, row, 0, census->marks->graded));
    }
    return is_graded;
}

static bool has_stage(const lkv_census *census, bool is_graded, bool leaves)
{
    for (size_t i = 0; i < census->panel->rows; i++) {
        int stage = census->stage[i];
        if (stage >= 0 && census->rules->stages[stage].graded == is_graded &&
            (!leaves || census->rules->stages[stage].leaves)) {
            return true;
        }
    }
    return false;
}

bool lkv_census_passed_any(const lkv_census *census, size_t row)
{
    for (size_t i = 0; i < census->marks->graded; i++) {
        uint8_t grade = lkv_marks_at(census->marks, row, i);
        const lkv_step *step =
            grade ? lkv_rules_step(census->rules, grade) : NULL;
        if (step && step->kind == LKV_GRADE_PASS) {
            return true;
        }
    }
    return false;
}

static int64_t divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static int64_t point_step(const lkv_rules *rules)
{
    int64_t step = 0;
    for (size_t i = 0; i < rules->step_count; i++) {
        step = divisor(rules->steps[i].points, step);
    }
    return step > 0 ? step : 1;
}

/* What the rules make of all grades of a pupil together, by number of the
 * outcome; LKV_NO_VALUE for those that no stage here has.
 */
struct summary {
    uint16_t *merit, *official; /* [merits] */
    uint16_t *eligible; /* [eligibles] */
    uint16_t all_subjects, lacking_one, lacking_two;
};

/* The merit value of all, and that of the official mean, which counts pupils
 * with at least one passing grade.
 */
static void add_merit(lkv_census *census, size_t merit, struct summary *summary)
{
    const lkv_rules *rules = census->rules;
    const lkv_merit_rule *rule = &rules->merits[merit];
    lkv_outcome outcome = {.id = rule->id,
                           .kind = LKV_POINTS,
                           .decimals = rules->point_decimals,
                           .most = rule->most,
                           .step = point_step(rules),
                           .from_rules = true,
                           .secondary = merit + 1 < rules->merit_count,
                           .crossed = merit + 1 == rules->merit_count};
    summary->merit[merit] = add_outcome(census, outcome);
    summary->official[merit] = LKV_NO_VALUE;
    if (!census->study->population.merit_of_all) {
        g_autofree char *id = g_strconcat(rule->id, LKV_OFFICIAL, NULL);
        outcome.id = id;
        outcome.crossed = false;
        summary->official[merit] = add_outcome(census, outcome);
    }
}

static void set_leaver(lkv_census *census, const struct summary *summary,
                       size_t row, lkv_grades grades)
{
    const lkv_rules *rules = census->rules;
    bool passed = lkv_census_passed_any(census, row);
    for (size_t i = 0; i < rules->merit_count; i++) {
        int64_t value = lkv_rules_merit(rules, i, grades);
        set_points(census, summary->merit[i], row, value, true);
        if (summary->official[i] != LKV_NO_VALUE) {
            set_points(census, summary->official[i], row, value, passed);
        }
    }
    for (size_t i = 0; i < rules->eligible_count; i++) {
        set_answer(census, summary->eligible[i], row,
                   lkv_rules_eligible(rules, i, grades));
    }
}

static void set_subjects(lkv_census *census, const struct summary *summary,
                         size_t row, lkv_grades grades)
{
    int lacking = lkv_rules_lacking(census->rules, grades);
    set_answer(census, summary->all_subjects, row,
               lkv_rules_all_subjects(census->rules, grades));
    if (lacking >= 0) {
        set_answer(census, summary->lacking_one, row,
                   lacking == 1 ? LKV_YES : LKV_NO);
        set_answer(census, summary->lacking_two, row,
                   lacking >= 2 ? LKV_YES : LKV_NO);
    }
}

/* A pupil's grades lie far apart: all that looks at them together does it at
 * once.
 */
static void set_summary(lkv_census *census, const struct summary *summary,
                        const bool *is_graded)
{
    const lkv_rules *rules = census->rules;
    g_autofree uint8_t *grade = g_new(uint8_t, census->marks->graded + 1);
    for (size_t row = 0; row < census->panel->rows; row++) {
        if (!is_graded[row]) {
            continue;
        }
        lkv_grades grades = grades_at(census, row, grade);
        if (rules->stages[census->stage[row]].leaves) {
            set_leaver(census, summary, row, grades);
        }
        set_subjects(census, summary, row, grades);
    }
}

/* LEAVERS: whether any stage of the pupils is left with grades. */
static void add_summary(lkv_census *census, const bool *is_graded, bool leavers)
{
    const lkv_rules *rules = census->rules;
    size_t merits = leavers ? rules->merit_count : 0;
    size_t eligibles = leavers ? rules->eligible_count : 0;
    g_autofree uint16_t *merit = g_new(uint16_t, merits + 1);
    g_autofree uint16_t *official = g_new(uint16_t, merits + 1);
    g_autofree uint16_t *eligible = g_new(uint16_t, eligibles + 1);
    struct summary summary = {merit, official, eligible, 0, 0, 0};
    guint first = census->panel->frame->outcomes->len;
    for (size_t i = 0; i < merits; i++) {
        add_merit(census, i, &summary);
    }
    for (size_t i = 0; i < eligibles; i++) {
        eligible[i] = add_yes_no(census, rules->eligibles[i].id, NULL);
    }
    summary.all_subjects = add_yes_no(census, "all_subjects", NULL);
    summary.lacking_one = add_yes_no(census, "lacking_one", NULL);
    summary.lacking_two = add_yes_no(census, "lacking_two", NULL);
    set_summary(census, &summary, is_graded);
    for (size_t i = first; i < census->panel->frame->outcomes->len; i++) {
        set_bounds(census, (uint16_t)i);
    }
}

/* Leaves of a scale: its steps, then not_studied; groups as lkv_outcome says.
 * LEAF is by the byte of a grade; ranks go to OUTCOME unless it is NULL.
 */
static void add_scale(lkv_census *census, lkv_axis axis, lkv_outcome *outcome,
                      uint16_t *leaf)
{
    const lkv_rules *rules = census->rules;
    lkv_cube *cube = census->panel->frame->cube;
    uint16_t known[64], on_scale[64], passed[64];
    size_t knowns = 0, on_scales = 0, passes = 0;
    for (size_t i = 0; i < rules->step_count && i < 63; i++) {
        lkv_grade_kind kind = rules->steps[i].kind;
        if (kind == LKV_GRADE_MISSING) {
            continue;
        }
        uint16_t added = lkv_cube_leaf_add(cube, axis,
                                           kind == LKV_GRADE_NOT_STUDIED
                                               ? "not_studied"
                                               : rules->steps[i].symbol);
        leaf[i + 1] = added;
        if (outcome) {
            bool grade = kind == LKV_GRADE_PASS || kind == LKV_GRADE_FAIL;
            outcome->rank[added] =
                grade ? (int16_t)rules->steps[i].rank : (int16_t)-1;
            outcome->grade[added] = grade;
            outcome->points[added] = rules->steps[i].points;
            outcome->point_decimals = rules->point_decimals;
        }
        known[knowns++] = added;
        if (kind != LKV_GRADE_NOT_STUDIED) {
            on_scale[on_scales++] = added;
        }
        if (kind == LKV_GRADE_PASS) {
            passed[passes++] = added;
        }
    }
    lkv_cube_group_add(cube, axis, "graded", on_scale, on_scales);
    lkv_cube_group_add(cube, axis, "passed", passed, passes);
    lkv_cube_group_add(cube, axis, "known", known, knowns);
}

/* The best of two marks: a pupil may study two languages of one choice. */
static uint8_t better(const lkv_rules *rules, uint8_t a, uint8_t b)
{
    if (a == 0 || b == 0) {
        return a ? a : b;
    }
    return lkv_rules_step(rules, b)->rank > lkv_rules_step(rules, a)->rank ? b
                                                                           : a;
}

static uint8_t mark_of(const lkv_census *census, size_t row, int subject,
                       int choice)
{
    const lkv_marks *marks = census->marks;
    uint8_t best = 0;
    if (choice < 0) {
        return lkv_marks_at(marks, row, (size_t)subject);
    }
    for (size_t i = 0; i < marks->graded; i++) {
        if (marks->subject[i].choice == choice) {
            best = better(census->rules, best, lkv_marks_at(marks, row, i));
        }
    }
    return best;
}

/* Grades in a subject of the rules, or in a choice over all its languages. A
 * subject in which nobody has a mark is none of this district.
 */
static void add_grades(lkv_census *census, int subject, int choice,
                       const bool *is_graded)
{
    const lkv_rules *rules = census->rules;
    bool some = false;
    for (size_t row = 0; row < census->panel->rows && !some; row++) {
        some = census->stage[row] >= 0 &&
               mark_of(census, row, subject, choice) != 0;
    }
    if (!some) {
        return;
    }
    const char *id =
        choice < 0 ? rules->subjects[subject].id : rules->choices[choice].id;
    uint16_t number = add_outcome(
        census, (lkv_outcome){.id = "grade",
                              .subject = id,
                              .kind = LKV_LEVELS,
                              .sensitive = listed(rules->sensitive, "grade"),
                              .from_rules = true});
    lkv_axis axis = lkv_frame_outcome(census->panel->frame, number)->axis;
    uint16_t leaf[256] = {0};
    add_scale(
        census, axis,
        &g_array_index(census->panel->frame->outcomes, lkv_outcome, number),
        leaf);
    for (size_t row = 0; row < census->panel->rows; row++) {
        if (is_graded[row]) {
            census->panel->leaf[axis][row] =
                leaf[mark_of(census, row, subject, choice)];
        }
    }
}

/* The test in a subject of the rules, on an axis of its own with the leaves of
 * the grade's: what a grade is held against, no outcome itself.
 */
static void add_test(lkv_census *census, size_t subject, const bool *is_graded)
{
    const lkv_marks *marks = census->marks;
    const lkv_panel *panel = census->panel;
    const char *id = census->rules->subjects[subject].id;
    size_t column = lkv_marks_test(marks, census->rules, subject);
    bool some = false;
    for (size_t row = 0; row < panel->rows && !some; row++) {
        some = lkv_marks_at(marks, row, column) != 0;
    }
    uint16_t grade = lkv_frame_outcome_find(panel->frame, "grade", id);
    if (!some || grade == LKV_NO_VALUE) {
        return;
    }
    g_autofree char *name = g_strconcat("test:", id, NULL);
    lkv_axis axis = lkv_census_axis(census, name);
    uint16_t leaf[256] = {0};
    add_scale(census, axis, NULL, leaf);
    for (size_t row = 0; row < panel->rows; row++) {
        if (is_graded[row]) {
            panel->leaf[axis][row] = leaf[lkv_marks_at(marks, row, column)];
        }
    }
}

/* Adds the goal of SLOT; ALL takes in whether each pupil reached it. */
static void add_goal(lkv_census *census, size_t slot, lkv_answer *all)
{
    const lkv_rules *rules = census->rules;
    const lkv_marks *marks = census->marks;
    uint16_t goal = add_yes_no(census, "goal", rules->slots[slot].id);
    size_t column = (size_t)lkv_marks_goal(marks, rules, slot);
    for (size_t row = 0; row < census->panel->rows; row++) {
        int stage = census->stage[row];
        uint8_t mark = lkv_marks_at(marks, row, column);
        lkv_answer answer = mark ? (lkv_answer)(mark - 1) : LKV_UNKNOWN;
        if (stage >= 0 && !rules->stages[stage].graded) {
            set_answer(census, goal, row, answer);
            all[row] = all[row] == LKV_NO || answer == LKV_NO ? LKV_NO
                       : answer == LKV_UNKNOWN                ? LKV_UNKNOWN
                                                              : all[row];
        }
    }
    set_bounds(census, goal);
}

static void add_goals(lkv_census *census)
{
    const lkv_rules *rules = census->rules;
    size_t rows = census->panel->rows;
    g_autofree lkv_answer *all = g_new0(lkv_answer, rows + 1);
    for (size_t row = 0; row < rows; row++) {
        all[row] = LKV_YES;
    }
    for (size_t slot = 0; slot < rules->slot_count; slot++) {
        if (rules->slots[slot].goal) {
            add_goal(census, slot, all);
        }
    }
    uint16_t every = add_yes_no(census, "all_goals", NULL);
    for (size_t row = 0; row < rows; row++) {
        int stage = census->stage[row];
        if (stage >= 0 && !rules->stages[stage].graded) {
            set_answer(census, every, row, all[row]);
        }
    }
    set_bounds(census, every);
}

static void add_implications(lkv_census *census)
{
    lkv_frame *frame = census->panel->frame;
    g_autoptr(GArray) implied = lkv_rules_implications(census->rules);
    for (guint i = 0; i < implied->len; i++) {
        const lkv_implication *at = &g_array_index(implied, lkv_implication, i);
        lkv_axis a = lkv_cube_axis_find(frame->cube, at->a_outcome);
        lkv_axis b = lkv_cube_axis_find(frame->cube, at->b_outcome);
        if (a == LKV_NO_AXIS || b == LKV_NO_AXIS) {
            continue;
        }
        const lkv_term terms[] = {
            {a, lkv_cube_value_find(frame->cube, a, at->a_value)},
            {b, lkv_cube_value_find(frame->cube, b, at->b_value)}};
        if (terms[0].value != LKV_NO_VALUE && terms[1].value != LKV_NO_VALUE) {
            g_array_append_vals(frame->implications, terms, 2);
        }
    }
}

static void add_rule_outcomes(lkv_census *census)
{
    const lkv_rules *rules = census->rules;
    bool leavers = has_stage(census, true, true);
    bool with_grades = has_stage(census, true, false);
    if (with_grades) {
        g_autofree bool *is_graded = graded_rows(census);
        add_summary(census, is_graded, leavers);
        for (size_t i = 0; i < rules->subject_count; i++) {
            add_grades(census, (int)i, -1, is_graded);
        }
        for (size_t i = 0; i < rules->choice_count; i++) {
            add_grades(census, -1, (int)i, is_graded);
        }
        for (size_t i = 0; i < rules->subject_count; i++) {
            add_test(census, i, is_graded);
        }
    }
    if (has_stage(census, false, false)) {
        add_goals(census);
    }
    add_implications(census);
}

/* ---- outcomes of the study ----------------------------------------------------------- */

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
    uint16_t outcome = add_outcome(
        census, (lkv_outcome){
                    .id = spec->id,
                    .kind = LKV_POINTS,
                    .decimals = from->decimals,
                    .least = stated ? llround(spec->least * unit) : from->least,
                    .most = stated ? llround(spec->most * unit) : from->most,
                    .step = 1,
                    .sensitive = spec->sensitive,
                    .crossed = true,
                    .label = spec->label});
    from = &panel->variable[variable]; /* the table may have moved */
    for (size_t row = 0; row < panel->rows; row++) {
        if (from->value[row] != LKV_NONE) {
            set_points(census, outcome, row, from->value[row], true);
        }
    }
    set_bounds(census, outcome);
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
    uint16_t outcome =
        add_outcome(census, (lkv_outcome){.id = spec->id,
                                          .kind = LKV_YES_NO,
                                          .most = 1,
                                          .step = 1,
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
    for (size_t row = 0; row < panel->rows; row++) {
        int64_t value = lkv_variable_at(from, row);
        if (value != LKV_NONE) {
            set_answer(census, outcome, row, value >= bound ? LKV_YES : LKV_NO);
        }
    }
    set_bounds(census, outcome);
    return true;
}

bool lkv_census_outcomes(lkv_census *census, lkv_diag *diag)
{
    bool fine = true;
    if (census->rules && census->marks) {
        add_rule_outcomes(census);
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
