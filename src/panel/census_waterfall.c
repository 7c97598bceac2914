/* The waterfall: from the pupils of the register to those of each figure. */
#include <string.h>

#include "panel/census.h"

static void add_step(lkv_census *census, const char *step, uint16_t population,
                     const int64_t *pupils)
{
    for (guint unit = 0; unit < census->panel->frame->units->len; unit++) {
        const lkv_waterfall_step at = {.step = step,
                                       .population = population,
                                       .unit = (uint16_t)unit,
                                       .pupils = pupils[unit]};
        g_array_append_val(census->panel->waterfall, at);
    }
}

/* How many pupils of a population a test holds for, by unit. */
static void count_step(lkv_census *census, const char *step,
                       uint16_t population,
                       bool (*holds)(const lkv_census *, size_t))
{
    const lkv_panel *panel = census->panel;
    g_autofree int64_t *pupils = g_new0(int64_t, panel->frame->units->len + 1u);
    for (size_t row = 0; row < panel->rows; row++) {
        if (panel->population[row] == population && holds(census, row)) {
            pupils[0]++;
            pupils[panel->leaf[panel->frame->school][row]]++;
        }
    }
    add_step(census, step, population, pupils);
}

static bool is_enrolled(const lkv_census *census, size_t row)
{
    (void)census;
    (void)row;
    return true;
}

static bool has_marks(const lkv_census *census, size_t row)
{
    return lkv_census_any_mark(census, row, 0,
                               lkv_marks_test(census->marks, census->rules, 0));
}

static bool is_known(const lkv_census *census, size_t row)
{
    const lkv_frame *frame = census->panel->frame;
    const char *id = census->rules->stages[census->stage[row]].graded
                         ? "all_subjects"
                         : "all_goals";
    uint16_t outcome = lkv_frame_outcome_find(frame, id, NULL);
    return outcome != LKV_NO_VALUE &&
           census->panel->leaf[lkv_frame_outcome(frame, outcome)->axis][row] !=
               LKV_LEAF_MISSING;
}

/* Those with a pass, if the stage of POPULATION is left with grades. */
static void count_passes(lkv_census *census, uint16_t population)
{
    const lkv_rules *rules = census->rules;
    const char *stage =
        lkv_frame_population(census->panel->frame, population)->stage;
    for (size_t s = 0; s < rules->stage_count; s++) {
        if (rules->stages[s].leaves &&
            strcmp(rules->stages[s].id, stage) == 0) {
            count_step(census, "with_a_pass", population,
                       lkv_census_passed_any);
        }
    }
}

void lkv_census_waterfall(lkv_census *census)
{
    guint count = census->panel->frame->populations->len;
    for (guint i = 0; i < count; i++) {
        uint16_t population = (uint16_t)i;
        count_step(census, "enrolled", population, is_enrolled);
        if (census->marks) {
            count_step(census, "with_marks", population, has_marks);
            count_passes(census, population);
            count_step(census, "all_known", population, is_known);
        }
    }
}
