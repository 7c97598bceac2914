/* What the rules make of all grades of a pupil together: merit values,
 * eligibility, whether all subjects are passed.
 */
#include "panel/census_outcomes.h"

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

/* Their outcomes by number; LKV_NO_VALUE for those that no stage here has. */
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
    summary->merit[merit] = lkv_census_outcome(census, outcome);
    summary->official[merit] = LKV_NO_VALUE;
    if (!census->study->population.merit_of_all) {
        g_autofree char *id = g_strconcat(rule->id, LKV_OFFICIAL, NULL);
        outcome.id = id;
        outcome.crossed = false;
        summary->official[merit] = lkv_census_outcome(census, outcome);
    }
}

static void set_leaver(lkv_census *census, const struct summary *summary,
                       size_t row, lkv_grades grades)
{
    const lkv_rules *rules = census->rules;
    bool passed = lkv_census_passed_any(census, row);
    for (size_t i = 0; i < rules->merit_count; i++) {
        int64_t value = lkv_rules_merit(rules, i, grades);
        lkv_census_points(census, summary->merit[i], row, value, true);
        if (summary->official[i] != LKV_NO_VALUE) {
            lkv_census_points(census, summary->official[i], row, value, passed);
        }
    }
    for (size_t i = 0; i < rules->eligible_count; i++) {
        lkv_census_answer(census, summary->eligible[i], row,
                          lkv_rules_eligible(rules, i, grades));
    }
}

static void set_subjects(lkv_census *census, const struct summary *summary,
                         size_t row, lkv_grades grades)
{
    int lacking = lkv_rules_lacking(census->rules, grades);
    lkv_census_answer(census, summary->all_subjects, row,
                      lkv_rules_all_subjects(census->rules, grades));
    if (lacking >= 0) {
        lkv_census_answer(census, summary->lacking_one, row,
                          lacking == 1 ? LKV_YES : LKV_NO);
        lkv_census_answer(census, summary->lacking_two, row,
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

void lkv_census_summary(lkv_census *census, const bool *is_graded, bool leavers)
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
        eligible[i] = lkv_census_yes_no(census, rules->eligibles[i].id, NULL);
    }
    summary.all_subjects = lkv_census_yes_no(census, "all_subjects", NULL);
    summary.lacking_one = lkv_census_yes_no(census, "lacking_one", NULL);
    summary.lacking_two = lkv_census_yes_no(census, "lacking_two", NULL);
    set_summary(census, &summary, is_graded);
    for (size_t i = first; i < census->panel->frame->outcomes->len; i++) {
        lkv_census_outcome_bounds(census, (uint16_t)i);
    }
}
