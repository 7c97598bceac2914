/* Which pupils the figures are about: the way from those enrolled to those of
 * whom all is known, a column a stage.
 */
#include "report/section.h"

#include <string.h>

/* Steps in the order of the leading stage, which has all of them. */
static GPtrArray *steps_of(const lkv_ask *ask)
{
    GPtrArray *steps = g_ptr_array_new();
    for (size_t i = 0; i < lkv_release_steps(ask->release); i++) {
        const lkv_release_step *at = lkv_release_step_at(ask->release, i);
        const char *step = at->step;
        bool known = at->population != ask->leading;
        for (guint s = 0; !known && s < steps->len; s++) {
            known = strcmp(g_ptr_array_index(steps, s), step) == 0;
        }
        if (!known) {
            g_ptr_array_add(steps, (gpointer)(uintptr_t)step);
        }
    }
    return steps;
}

static lkv_cell pupils_at(const lkv_ask *ask, const char *step,
                          uint16_t population)
{
    for (size_t i = 0; i < lkv_release_steps(ask->release); i++) {
        const lkv_release_step *at = lkv_release_step_at(ask->release, i);
        if (at->population == population && strcmp(at->step, step) == 0) {
            return at->pupils;
        }
    }
    return 0;
}

static void add_columns(const lkv_writing *writing, lkv_table_draft *table,
                        const GArray *stages)
{
    lkv_table_draft_column(
        table, lkv_draft_say(writing->draft, "population.step", NULL), LKV_LEFT,
        4);
    for (guint i = 0; i < stages->len; i++) {
        lkv_text stage =
            lkv_writing_stage(writing, g_array_index(stages, uint16_t, i));
        lkv_table_draft_column(
            table,
            stage.key ? stage
                      : lkv_draft_say(writing->draft, "value.all", NULL),
            LKV_RIGHT, 2);
    }
}

/* A mean of those who have a pass may rise because fewer do. */
static void add_official(const lkv_writing *writing)
{
    static const char *const names[] = {"merit_17_official",
                                        "merit_16_official", NULL};
    g_autoptr(GArray) topics = lkv_ask_named(writing->ask, names);
    if (topics->len > 0) {
        lkv_draft_text(writing->draft, LKV_BLOCK_NOTE,
                       lkv_draft_say(writing->draft, "limits.official", NULL));
    }
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) stages = lkv_ask_stages(ask);
    g_autoptr(GPtrArray) steps = steps_of(ask);
    if (stages->len == 0 || steps->len == 0) {
        return;
    }
    lkv_writing_heading(writing,
                        lkv_draft_say(draft, "heading.population", NULL));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_draft_say(draft, "population.lead", NULL));
    lkv_table_draft *table = lkv_table_draft_new(
        draft, "waterfall", lkv_draft_say(draft, "population.table", NULL));
    add_columns(writing, table, stages);
    for (guint s = 0; s < steps->len; s++) {
        const char *step = g_ptr_array_index(steps, s);
        lkv_table_draft_cell(
            table,
            lkv_draft_say(draft, lkv_draft_name(draft, "waterfall.%s", step),
                          NULL));
        for (guint i = 0; i < stages->len; i++) {
            lkv_table_draft_cell(
                table,
                lkv_writing_cell(
                    writing,
                    pupils_at(ask, step, g_array_index(stages, uint16_t, i))));
        }
    }
    lkv_table_draft_end(table);
    add_official(writing);
}

const lkv_section lkv_section_population = {.id = "population", .build = build};
