/* Goals that the district has set, and whether they are reached: a verdict by
 * the interval, which often is that it cannot be told. Goals of later years
 * stand with how it is now.
 */
#include "report/aim.h"

static void add_row(const lkv_writing *writing, lkv_table_draft *table,
                    const lkv_aim *aim)
{
    lkv_table_draft_cell(table, lkv_aim_goal(writing, aim));
    lkv_table_draft_cell(table, lkv_writing_value(writing, aim->level));
    lkv_table_draft_cell(table, lkv_writing_difference(writing, aim->change));
    lkv_table_draft_cell(
        table, lkv_writing_say(writing, lkv_aim_verdict(writing->ask, aim)));
}

static void build(const lkv_writing *writing)
{
    static const lkv_head heads[] = {{"targets.column_goal", LKV_LEFT, 8},
                                     {"targets.column_now", LKV_RIGHT, 4},
                                     {"change.year", LKV_RIGHT, 4},
                                     {"targets.column_verdict", LKV_LEFT, 4}};
    lkv_draft *draft = writing->draft;
    const lkv_report_plan *plan = writing->plan;
    lkv_table_draft *table = lkv_table_draft_new(draft, "goals", (lkv_text){0});
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    bool some = false;
    for (size_t i = 0; i < plan->target_count; i++) {
        lkv_aim aim;
        if (!lkv_aim_find(writing->ask, &plan->targets[i], &aim)) {
            continue;
        }
        if (!some) {
            lkv_draft_heading(draft, 2,
                              lkv_writing_say(writing, "targets.heading"));
            some = true;
        }
        add_row(writing, table, &aim);
    }
    lkv_table_draft_end(table);
    if (some) {
        lkv_draft_text(draft, LKV_BLOCK_NOTE,
                       lkv_writing_say(writing, "targets.note"));
    }
}

const lkv_section lkv_section_targets = {.id = "targets", .build = build};
