/* The waterfall: from the pupils of the register to those of each figure. */
#include <string.h>

#include "panel/census.h"

enum { ENROLLED, WITH_MARKS, WITH_A_PASS, ALL_KNOWN, STEPS };

static const char *const names[STEPS] = {"enrolled", "with_marks",
                                         "with_a_pass", "all_known"};

/* Pupils of each step by population and unit. */
struct waterfall {
    const lkv_census *census;
    const uint16_t *known[2]; /* leaves of what is known of a stage without and
                                 with grades, or NULL */
    guint units;
    int64_t *pupils[STEPS]; /* [population * units + unit] */
};

/* Leaves by row of outcome ID; NULL without it. */
static const uint16_t *leaves_of(const lkv_panel *panel, const char *id)
{
    uint16_t outcome = lkv_frame_outcome_find(panel->frame, id, NULL);
    return outcome == LKV_NO_VALUE
               ? NULL
               : panel->leaf[lkv_frame_outcome(panel->frame, outcome)->axis];
}

static bool has_marks(const lkv_census *census, size_t row)
{
    return lkv_marks_any(census->marks, row, 0,
                         lkv_marks_test(census->marks, census->rules, 0));
}

static bool has_a_pass(const lkv_census *census, size_t row)
{
    const lkv_marks *marks = census->marks;
    for (size_t i = 0; i < marks->mets && marks->met[i] < marks->graded; i++) {
        const lkv_step *step = lkv_rules_step(
            census->rules, lkv_marks_at(marks, row, marks->met[i]));
        if (step && step->kind == LKV_GRADE_PASS) {
            return true;
        }
    }
    return false;
}

static void count_row(const struct waterfall *waterfall, size_t row)
{
    const lkv_census *census = waterfall->census;
    const lkv_panel *panel = census->panel;
    uint16_t population = panel->population[row];
    if (population == LKV_NO_VALUE) {
        return;
    }
    size_t all = (size_t)population * waterfall->units;
    size_t unit = all + panel->leaf[panel->frame->school][row];
    bool in[STEPS] = {[ENROLLED] = true};
    if (census->marks) {
        const lkv_stage *stage = &census->rules->stages[census->stage[row]];
        const uint16_t *known = waterfall->known[stage->graded];
        in[WITH_MARKS] = has_marks(census, row);
        in[WITH_A_PASS] = stage->leaves && has_a_pass(census, row);
        in[ALL_KNOWN] = known && known[row] != LKV_LEAF_MISSING;
    }
    for (size_t step = 0; step < STEPS; step++) {
        waterfall->pupils[step][all] += in[step];
        waterfall->pupils[step][unit] += in[step];
    }
}

static void add_step(const struct waterfall *waterfall, size_t step,
                     guint population)
{
    lkv_panel *panel = waterfall->census->panel;
    for (guint unit = 0; unit < waterfall->units; unit++) {
        const lkv_waterfall_step at = {
            .step = names[step],
            .population = (uint16_t)population,
            .unit = (uint16_t)unit,
            .pupils =
                waterfall->pupils[step][population * waterfall->units + unit]};
        g_array_append_val(panel->waterfall, at);
    }
}

/* Whether the stage of POPULATION is left with grades. */
static bool leaves(const lkv_census *census, guint population)
{
    const lkv_rules *rules = census->rules;
    const char *stage =
        lkv_frame_population(census->panel->frame, population)->stage;
    for (size_t s = 0; s < rules->stage_count; s++) {
        if (rules->stages[s].leaves &&
            strcmp(rules->stages[s].id, stage) == 0) {
            return true;
        }
    }
    return false;
}

static void add_steps(const struct waterfall *waterfall, guint population)
{
    const lkv_census *census = waterfall->census;
    add_step(waterfall, ENROLLED, population);
    if (census->marks) {
        add_step(waterfall, WITH_MARKS, population);
        if (leaves(census, population)) {
            add_step(waterfall, WITH_A_PASS, population);
        }
        add_step(waterfall, ALL_KNOWN, population);
    }
}

void lkv_census_waterfall(lkv_census *census)
{
    const lkv_panel *panel = census->panel;
    guint populations = panel->frame->populations->len;
    struct waterfall waterfall = {.census = census,
                                  .known = {leaves_of(panel, "all_goals"),
                                            leaves_of(panel, "all_subjects")},
                                  .units = panel->frame->units->len};
    for (size_t step = 0; step < STEPS; step++) {
        waterfall.pupils[step] =
            g_new0(int64_t, (gsize)populations * waterfall.units + 1);
    }
    for (size_t row = 0; row < panel->rows; row++) {
        count_row(&waterfall, row);
    }
    for (guint population = 0; population < populations; population++) {
        add_steps(&waterfall, population);
    }
    for (size_t step = 0; step < STEPS; step++) {
        g_free(waterfall.pupils[step]);
    }
}
