/* Goals that the district has set, and whether they are reached: a verdict by
 * the interval, which often is that it cannot be told. Goals of later years
 * stand with how it is now.
 */
#include "report/section.h"

enum { SHARE_DECIMALS = 2 }; /* 85 % is 85 of two decimals */

/* What a target is about: a level of all pupils, or of a group's. */
struct aim {
    const lkv_target_spec *target;
    lkv_topic topic;
    uint16_t group, value; /* LKV_NO_VALUE: of all pupils */
    const lkv_figure *level, *change;
};

/* "sex.f" as numbers of the frame; false for what the frame does not know. */
static bool find_group(const lkv_frame *frame, const char *text,
                       struct aim *aim)
{
    g_auto(GStrv) words = g_strsplit(text, ".", 2);
    aim->group = lkv_frame_group_find(frame, words[0]);
    if (aim->group == LKV_NO_VALUE || !words[1]) {
        return false;
    }
    aim->value = lkv_cube_value_find(
        frame->cube, lkv_frame_group(frame, aim->group)->axis, words[1]);
    return aim->value != LKV_NO_VALUE;
}

/* False where the unit has no such result. */
static bool find_aim(const lkv_ask *ask, const lkv_target_spec *target,
                     struct aim *aim)
{
    const char *const names[] = {target->indicator, NULL};
    g_autoptr(GArray) topics = lkv_ask_named(ask, names);
    *aim = (struct aim){
        .target = target, .group = LKV_NO_VALUE, .value = LKV_NO_VALUE};
    if (topics->len == 0 ||
        (target->group && !find_group(ask->frame, target->group, aim))) {
        return false;
    }
    aim->topic = g_array_index(topics, lkv_topic, 0);
    aim->level = aim->group == LKV_NO_VALUE
                     ? lkv_ask_level(ask, aim->topic, ask->unit)
                     : lkv_ask_level_in(ask, aim->topic, ask->unit, aim->group,
                                        aim->value);
    if (aim->group == LKV_NO_VALUE) {
        aim->change = lkv_ask_measure(ask, aim->topic, ask->unit, "change", "");
    }
    return aim->level != NULL;
}

/* ---- the verdict ----------------------------------------------------------- */

static unsigned decimals_of(const lkv_ask *ask, const struct aim *aim)
{
    return lkv_ask_is_share(ask, aim->topic) ? SHARE_DECIMALS : 0;
}

/* Reached: the whole interval, or a bound, lies at the level or above it. */
static const char *verdict_of(const lkv_writing *writing, const struct aim *aim)
{
    const lkv_ask *ask = writing->ask;
    unsigned decimals = decimals_of(ask, aim);
    bool bound = lkv_ask_status(ask, aim->level) != LKV_OK;
    lkv_cell low = bound ? aim->level->value : aim->level->low;
    lkv_cell high = bound ? aim->level->value : aim->level->high;
    if (aim->target->year > ask->frame->year) {
        return "targets.coming";
    }
    if (lkv_truth_at_least(ask->release, low, aim->target->level, decimals) ==
        LKV_TRUTH_YES) {
        return "targets.reached";
    }
    return lkv_truth_at_least(ask->release, high, aim->target->level,
                              decimals) == LKV_TRUTH_NO
               ? "targets.not_reached"
               : "targets.cannot_tell";
}

/* ---- the table ------------------------------------------------------------- */

static lkv_text goal_of(const lkv_writing *writing, const struct aim *aim)
{
    static const char *const keys[2][2] = {
        {"targets.goal_points", "targets.goal_points_group"},
        {"targets.goal", "targets.goal_group"}};
    lkv_draft *draft = writing->draft;
    const char *level = lkv_draft_name(draft, "%d", (int)aim->target->level);
    const char *year = lkv_writing_school_year(writing, aim->target->year);
    bool share = lkv_ask_is_share(writing->ask, aim->topic);
    bool all = aim->group == LKV_NO_VALUE;
    lkv_text outcome = lkv_writing_topic(writing, aim->topic);
    const lkv_arg of_all[] = {lkv_arg_said(draft, "outcome", outcome),
                              lkv_arg_name("level", level),
                              lkv_arg_name("year", year ? year : ""),
                              {0}};
    const lkv_arg of_group[] = {
        of_all[0],
        of_all[1],
        of_all[2],
        lkv_arg_value("group", all ? 0 : aim->group, all ? 0 : aim->value),
        {0}};
    return lkv_draft_say(draft, keys[share][!all], all ? of_all : of_group);
}

static void add_row(const lkv_writing *writing, lkv_table_draft *table,
                    const struct aim *aim)
{
    lkv_table_draft_cell(table, goal_of(writing, aim));
    lkv_table_draft_cell(table, lkv_writing_value(writing, aim->level));
    lkv_table_draft_cell(table, lkv_writing_difference(writing, aim->change));
    lkv_table_draft_cell(table,
                         lkv_writing_say(writing, verdict_of(writing, aim)));
}

static void build(const lkv_writing *writing)
{
    static const lkv_head heads[] = {{"targets.column_goal", LKV_LEFT, 8},
                                     {"targets.column_now", LKV_RIGHT, 4},
                                     {"change.year", LKV_RIGHT, 4},
                                     {"targets.column_verdict", LKV_LEFT, 4}};
    lkv_draft *draft = writing->draft;
    lkv_table_draft *table = lkv_table_draft_new(draft, "goals", (lkv_text){0});
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    bool some = false;
    for (size_t i = 0; i < writing->target_count; i++) {
        struct aim aim;
        if (!find_aim(writing->ask, &writing->targets[i], &aim)) {
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
