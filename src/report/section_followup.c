/* What the school chose the year before to work with and to follow up, in its
 * own words, beside what became of it.
 */
#include "report/aim.h"

#include <string.h>

/* A follow-up without a level of its own is held against the district's goal
 * for the same, if there is one.
 */
static lkv_target_spec target_of(const lkv_report_plan *plan,
                                 const lkv_followup *followup)
{
    lkv_target_spec target = followup->target;
    for (size_t i = 0; target.level == LKV_NO_LEVEL && i < plan->target_count;
         i++) {
        const lkv_target_spec *goal = &plan->targets[i];
        if (strcmp(goal->indicator, target.indicator) == 0 &&
            g_strcmp0(goal->group, target.group) == 0) {
            target.level = goal->level;
            target.year = goal->year;
        }
    }
    return target;
}

static void add_outcome(const lkv_writing *writing, lkv_table_draft *table,
                        const lkv_followup *followup)
{
    const lkv_target_spec target = target_of(writing->plan, followup);
    lkv_draft *draft = writing->draft;
    lkv_aim aim;
    bool told = lkv_aim_find(writing->ask, &target, &aim);
    const lkv_arg args[] = {
        lkv_arg_name("action", lkv_draft_name(draft, "%s", followup->action)),
        lkv_arg_said(draft, "goal",
                     told ? lkv_aim_goal(writing, &aim)
                          : lkv_writing_say(writing, "followup.no_result")),
        {0}};
    lkv_table_draft_cell(table, lkv_draft_say(draft,
                                              *followup->action
                                                  ? "followup.row"
                                                  : "followup.row_no_action",
                                              args));
    lkv_table_draft_cell(table, told ? lkv_writing_value(writing, aim.level)
                                     : (lkv_text){0});
    lkv_table_draft_cell(table,
                         told ? lkv_writing_difference(writing, aim.change)
                              : (lkv_text){0});
    lkv_table_draft_cell(
        table,
        lkv_writing_say(writing, told ? lkv_aim_verdict(writing->ask, &aim)
                                      : "targets.cannot_tell"));
}

static void add_question(const lkv_writing *writing, lkv_table_draft *table,
                         const lkv_followup *followup)
{
    const lkv_arg args[] = {
        lkv_arg_name("question",
                     lkv_draft_name(writing->draft, "%s", followup->question)),
        {0}};
    lkv_table_draft_head(
        table, lkv_draft_say(writing->draft, "followup.question", args));
}

static void build(const lkv_writing *writing)
{
    static const lkv_head heads[] = {{"followup.column_action", LKV_LEFT, 8},
                                     {"targets.column_now", LKV_RIGHT, 4},
                                     {"change.year", LKV_RIGHT, 4},
                                     {"targets.column_verdict", LKV_LEFT, 4}};
    lkv_draft *draft = writing->draft;
    const lkv_report_plan *plan = writing->plan;
    const char *id =
        lkv_frame_unit(writing->ask->frame, writing->ask->unit)->id;
    lkv_table_draft *table =
        lkv_table_draft_new(draft, "chosen", (lkv_text){0});
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    bool some = false;
    for (size_t i = 0; i < plan->followup_count; i++) {
        const lkv_followup *followup = &plan->followups[i];
        if (strcmp(followup->school_id, id) != 0) {
            continue;
        }
        if (!some) {
            lkv_draft_heading(draft, 2,
                              lkv_writing_say(writing, "followup.heading"));
            some = true;
        }
        add_question(writing, table, followup);
        add_outcome(writing, table, followup);
    }
    lkv_table_draft_end(table);
    if (some) {
        lkv_draft_text(draft, LKV_BLOCK_NOTE,
                       lkv_writing_say(writing, "followup.note"));
    }
}

const lkv_section lkv_section_followup = {.id = "followup", .build = build};
