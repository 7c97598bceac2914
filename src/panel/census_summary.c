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
    lkv_marks_rows(marks, row, 1, marks->graded, grade);
    return (lkv_grades){.grade = grade,
                        .subject = marks->subject,
                        .count = marks->graded,
                        .stage =
                            stage < 0 ? NULL : &census->rules->stages[stage]};
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

/* Rows of their outcomes; those of leavers are none where nobody leaves. */
struct summary {
    lkv_outcome_rows *merit, *official; /* [merits]; OFFICIAL without leaves
                                           where merit is of all pupils */
    lkv_outcome_rows *eligible; /* [eligibles] */
    lkv_outcome_rows all_subjects, lacking_one, lacking_two;
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
    summary->merit[merit] =
        lkv_census_rows(census, lkv_census_outcome(census, outcome));
    if (!census->study->population.merit_of_all) {
        g_autofree char *id = g_strconcat(rule->id, LKV_OFFICIAL, NULL);
        outcome.id = id;
        outcome.crossed = false;
        summary->official[merit] =
            lkv_census_rows(census, lkv_census_outcome(census, outcome));
    }
}

static void set_leaver(const lkv_rules *rules, const struct summary *summary,
                       size_t row, lkv_grades grades, bool passed)
{
    for (size_t i = 0; i < rules->merit_count; i++) {
        int64_t value = lkv_rules_merit(rules, i, grades);
        lkv_rows_points(&summary->merit[i], row, value, true);
        if (summary->official[i].leaf) {
            lkv_rows_points(&summary->official[i], row, value, passed);
        }
    }
    for (size_t i = 0; i < rules->eligible_count; i++) {
        lkv_rows_answer(&summary->eligible[i], row,
                        lkv_rules_eligible(rules, i, grades));
    }
}

static void set_subjects(const struct summary *summary, size_t row,
                         lkv_passes passes)
{
    int lacking = passes.lacking;
    lkv_rows_answer(&summary->all_subjects, row, passes.all_subjects);
    if (lacking >= 0) {
        lkv_rows_answer(&summary->lacking_one, row,
                        lacking == 1 ? LKV_YES : LKV_NO);
        lkv_rows_answer(&summary->lacking_two, row,
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
        lkv_passes passes = lkv_rules_passes(rules, grades);
        if (rules->stages[census->stage[row]].leaves) {
            set_leaver(rules, summary, row, grades, passes.any);
        }
        set_subjects(summary, row, passes);
    }
}

static lkv_outcome_rows add_answer(lkv_census *census, const char *id)
{
    return lkv_census_rows(census, lkv_census_yes_no(census, id, NULL));
}

void lkv_census_summary(lkv_census *census, const bool *is_graded, bool leavers)
{
    const lkv_rules *rules = census->rules;
    size_t merits = leavers ? rules->merit_count : 0;
    size_t eligibles = leavers ? rules->eligible_count : 0;
    g_autofree lkv_outcome_rows *merit = g_new0(lkv_outcome_rows, merits + 1);
    g_autofree lkv_outcome_rows *official =
        g_new0(lkv_outcome_rows, merits + 1);
    g_autofree lkv_outcome_rows *eligible =
        g_new0(lkv_outcome_rows, eligibles + 1);
    struct summary summary = {
        .merit = merit, .official = official, .eligible = eligible};
    guint first = census->panel->frame->outcomes->len;
    for (size_t i = 0; i < merits; i++) {
        add_merit(census, i, &summary);
    }
    for (size_t i = 0; i < eligibles; i++) {
        eligible[i] = add_answer(census, rules->eligibles[i].id);
    }
    summary.all_subjects = add_answer(census, "all_subjects");
    summary.lacking_one = add_answer(census, "lacking_one");
    summary.lacking_two = add_answer(census, "lacking_two");
    set_summary(census, &summary, is_graded);
    for (size_t i = first; i < census->panel->frame->outcomes->len; i++) {
        lkv_census_outcome_bounds(census, (uint16_t)i);
    }
}
