/* Outcomes of the rules: the summary of all grades, then grades, tests and goals
 * one by one.
 */
#include "panel/census_outcomes.h"

#include <string.h>

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
        is_graded[row] = stage >= 0 && census->rules->stages[stage].graded &&
                         (all || lkv_marks_any(census->marks, row, 0,
                                               census->marks->graded));
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
    const lkv_step *one = lkv_rules_step(rules, a);
    const lkv_step *other = lkv_rules_step(rules, b);
    if (!one || !other) {
        return one ? a : b;
    }
    return other->rank > one->rank ? b : a;
}

/* The columns of grades that count for SUBJECT of the rules, or for CHOICE over
 * all its languages: those that any table has.
 */
static GArray *columns_of(const lkv_marks *marks, int subject, int choice)
{
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    for (size_t i = 0; i < marks->mets && marks->met[i] < marks->graded; i++) {
        uint16_t column = marks->met[i];
        bool counts = choice < 0 ? column == subject
                                 : marks->subject[column].choice == choice;
        if (counts) {
            g_array_append_val(columns, column);
        }
    }
    return columns;
}

/* The best mark of ROW in COLUMNS, of which there is one at least. */
static inline uint8_t best_at(const lkv_census *census, size_t row,
                              const GArray *columns)
{
    const uint16_t *column = (const uint16_t *)(void *)columns->data;
    uint8_t best = lkv_marks_at(census->marks, row, column[0]);
    for (guint i = 1; i < columns->len; i++) {
        best = better(census->rules, best,
                      lkv_marks_at(census->marks, row, column[i]));
    }
    return best;
}

/* Whether anybody has a mark in COLUMNS; OF_STAGES: of a stage of the rules. */
static bool has_marks(const lkv_census *census, const GArray *columns,
                      bool of_stages)
{
    for (size_t row = 0; columns->len > 0 && row < census->panel->rows; row++) {
        if ((!of_stages || census->stage[row] >= 0) &&
            best_at(census, row, columns) != 0) {
            return true;
        }
    }
    return false;
}

/* Gives the rows that are graded their leaves on AXIS. */
static void set_leaves(lkv_census *census, lkv_axis axis, const GArray *columns,
                       const uint16_t *leaf, const bool *is_graded)
{
    uint16_t *rows = census->panel->leaf[axis];
    for (size_t row = 0; row < census->panel->rows; row++) {
        if (is_graded[row]) {
            rows[row] = leaf[best_at(census, row, columns)];
        }
    }
}

/* Grades in a subject of the rules, or in a choice over all its languages. A
 * subject in which nobody has a mark is none of this district.
 */
static void add_grades(lkv_census *census, int subject, int choice,
                       const bool *is_graded)
{
    const lkv_rules *rules = census->rules;
    g_autoptr(GArray) columns = columns_of(census->marks, subject, choice);
    if (!has_marks(census, columns, true)) {
        return;
    }
    const char *id =
        choice < 0 ? rules->subjects[subject].id : rules->choices[choice].id;
    uint16_t number = lkv_census_outcome(
        census, (lkv_outcome){.id = "grade",
                              .subject = id,
                              .kind = LKV_LEVELS,
                              .sensitive = lkv_census_sensitive(rules, "grade"),
                              .from_rules = true});
    lkv_axis axis = lkv_frame_outcome(census->panel->frame, number)->axis;
    uint16_t leaf[256] = {0};
    add_scale(
        census, axis,
        &g_array_index(census->panel->frame->outcomes, lkv_outcome, number),
        leaf);
    set_leaves(census, axis, columns, leaf, is_graded);
}

static bool is_met(const lkv_marks *marks, uint16_t column)
{
    for (size_t i = 0; i < marks->mets; i++) {
        if (marks->met[i] == column) {
            return true;
        }
    }
    return false;
}

/* The test in a subject of the rules, on an axis of its own with the leaves of
 * the grade's: what a grade is held against, no outcome itself.
 */
static void add_test(lkv_census *census, size_t subject, const bool *is_graded)
{
    const lkv_marks *marks = census->marks;
    const lkv_panel *panel = census->panel;
    const char *id = census->rules->subjects[subject].id;
    uint16_t column = (uint16_t)lkv_marks_test(marks, census->rules, subject);
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof column);
    g_array_append_val(columns, column);
    uint16_t grade = lkv_frame_outcome_find(panel->frame, "grade", id);
    if (!is_met(marks, column) || !has_marks(census, columns, false) ||
        grade == LKV_NO_VALUE) {
        return;
    }
    g_autofree char *name = g_strconcat("test:", id, NULL);
    lkv_axis axis = lkv_census_axis(census, name);
    uint16_t leaf[256] = {0};
    add_scale(census, axis, NULL, leaf);
    set_leaves(census, axis, columns, leaf, is_graded);
}

/* Adds the goal of SLOT; ALL takes in whether each pupil reached it. */
static void add_goal(lkv_census *census, size_t slot, lkv_answer *all)
{
    const lkv_rules *rules = census->rules;
    const lkv_marks *marks = census->marks;
    uint16_t goal = lkv_census_yes_no(census, "goal", rules->slots[slot].id);
    size_t column = (size_t)lkv_marks_goal(marks, rules, slot);
    lkv_outcome_rows rows = lkv_census_rows(census, goal);
    for (size_t row = 0; row < census->panel->rows; row++) {
        int stage = census->stage[row];
        uint8_t mark = lkv_marks_at(marks, row, column);
        lkv_answer answer = mark ? (lkv_answer)(mark - 1) : LKV_UNKNOWN;
        if (stage >= 0 && !rules->stages[stage].graded) {
            lkv_rows_answer(&rows, row, answer);
            all[row] = all[row] == LKV_NO || answer == LKV_NO ? LKV_NO
                       : answer == LKV_UNKNOWN                ? LKV_UNKNOWN
                                                              : all[row];
        }
    }
    lkv_census_outcome_bounds(census, goal);
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
    uint16_t every = lkv_census_yes_no(census, "all_goals", NULL);
    lkv_outcome_rows answers = lkv_census_rows(census, every);
    for (size_t row = 0; row < rows; row++) {
        int stage = census->stage[row];
        if (stage >= 0 && !rules->stages[stage].graded) {
            lkv_rows_answer(&answers, row, all[row]);
        }
    }
    lkv_census_outcome_bounds(census, every);
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

void lkv_census_rule_outcomes(lkv_census *census)
{
    const lkv_rules *rules = census->rules;
    bool leavers = has_stage(census, true, true);
    bool with_grades = has_stage(census, true, false);
    if (with_grades) {
        g_autofree bool *is_graded = graded_rows(census);
        lkv_census_summary(census, is_graded, leavers);
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
