/* Who the pupils are: conditions, apart from results. */
#include "report/section.h"

static const lkv_figure *heads_of(const lkv_ask *ask, uint16_t group,
                                  size_t leaf, const char *component)
{
    return lkv_ask_find(ask,
                        &(lkv_wanted){.topic = {ask->leading, LKV_NO_VALUE},
                                      .unit = 0,
                                      .measure = "pupils",
                                      .component = component,
                                      .group_by = (uint16_t)(group + 1U),
                                      .group = (uint16_t)leaf,
                                      .reference = LKV_NO_VALUE});
}

static void add_value(const lkv_writing *writing, lkv_table_draft *table,
                      uint16_t group, size_t leaf)
{
    const lkv_figure *count = heads_of(writing->ask, group, leaf, "");
    const lkv_figure *share = heads_of(writing->ask, group, leaf, "share");
    if (!count || !share) {
        return;
    }
    lkv_table_draft_cell(
        table,
        lkv_draft_say(
            writing->draft, "value.group_value",
            (lkv_arg[]){lkv_arg_value("value", group, (uint16_t)leaf), {0}}));
    lkv_table_draft_cell(table, lkv_writing_cell(writing, count->value));
    lkv_table_draft_cell(table, lkv_writing_cell(writing, share->value));
}

static bool told_of(const lkv_ask *ask, uint16_t group)
{
    lkv_axis axis = lkv_frame_group(ask->frame, group)->axis;
    for (size_t leaf = 0; leaf < lkv_cube_leaves(ask->frame->cube, axis);
         leaf++) {
        if (lkv_ask_told(ask, heads_of(ask, group, leaf, "share"))) {
            return true;
        }
    }
    return false;
}

static bool told_any(const lkv_ask *ask)
{
    for (guint group = 0; group < ask->frame->groups->len; group++) {
        if (told_of(ask, (uint16_t)group)) {
            return true;
        }
    }
    return false;
}

static bool has_any(const lkv_ask *ask, uint16_t group)
{
    lkv_axis axis = lkv_frame_group(ask->frame, group)->axis;
    for (size_t leaf = 0; leaf < lkv_cube_leaves(ask->frame->cube, axis);
         leaf++) {
        if (heads_of(ask, group, leaf, "")) {
            return true;
        }
    }
    return false;
}

static void add_group(const lkv_writing *writing, lkv_table_draft *table,
                      uint16_t group)
{
    const lkv_ask *ask = writing->ask;
    lkv_axis axis = lkv_frame_group(ask->frame, group)->axis;
    lkv_table_draft_head(
        table, lkv_draft_say(writing->draft, "value.group",
                             (lkv_arg[]){lkv_arg_group("group", group), {0}}));
    for (size_t leaf = 0; leaf < lkv_cube_leaves(ask->frame->cube, axis);
         leaf++) {
        if (leaf != LKV_LEAF_MISSING) {
            add_value(writing, table, group, leaf);
        }
    }
    add_value(writing, table, group, LKV_LEAF_MISSING);
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    const lkv_ask *ask = writing->ask;
    if (ask->leading == LKV_NO_VALUE || !told_any(ask)) {
        return;
    }
    lkv_text stage = lkv_writing_stage(writing, ask->leading);
    lkv_table_draft *table = lkv_table_draft_new(
        draft, "pupils",
        stage.key ? lkv_draft_say(
                        draft, "conditions.table_stage",
                        (lkv_arg[]){lkv_arg_said(draft, "stage", stage), {0}})
                  : lkv_draft_say(draft, "conditions.table", NULL));
    lkv_table_draft_column(
        table, lkv_draft_say(draft, "conditions.group", NULL), LKV_LEFT, 5);
    lkv_table_draft_column(
        table, lkv_draft_say(draft, "conditions.pupils", NULL), LKV_RIGHT, 2);
    lkv_table_draft_column(
        table, lkv_draft_say(draft, "conditions.share", NULL), LKV_RIGHT, 2);
    bool headed = false;
    for (guint number = 0; number < ask->frame->groups->len; number++) {
        uint16_t group = (uint16_t)number;
        if (!has_any(ask, group)) {
            continue;
        }
        if (!headed) {
            lkv_writing_heading(
                writing, lkv_draft_say(draft, "heading.conditions", NULL));
            lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                            lkv_draft_say(draft, "conditions.lead", NULL));
            headed = true;
        }
        add_group(writing, table, group);
    }
    lkv_table_draft_end(table);
}

const lkv_section lkv_section_conditions = {.id = "conditions", .build = build};
