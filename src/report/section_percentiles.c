/* How far apart pupils are: the tenth who are farthest behind, the middle, and
 * the tenth who are farthest ahead, in all and in each group.
 */
#include "report/rows.h"

static const lkv_figure *of(const lkv_writing *writing, const lkv_wanted *where,
                            const char *component)
{
    lkv_wanted wanted = *where;
    wanted.measure = "percentiles";
    wanted.component = component;
    return lkv_ask_find(writing->ask, &wanted);
}

static lkv_cell cell_of(const lkv_figure *figure)
{
    return figure ? figure->value : 0;
}

static lkv_text name_of(const lkv_writing *writing, const lkv_wanted *where)
{
    if (where->group_by == 0) {
        return lkv_writing_say(writing, "value.all");
    }
    uint16_t group = (uint16_t)(where->group_by - 1U);
    return lkv_draft_say(
        writing->draft, "value.group_value",
        (lkv_arg[]){lkv_arg_value("value", group, where->group), {0}});
}

static void add_row(lkv_chart_draft *chart, const lkv_writing *writing,
                    const lkv_wanted *where)
{
    lkv_draft *draft = writing->draft;
    const lkv_figure *low = of(writing, where, "p10");
    const lkv_figure *middle = of(writing, where, "p50");
    const lkv_figure *high = of(writing, where, "p90");
    if (!lkv_ask_told(writing->ask, low) ||
        !lkv_ask_told(writing->ask, middle) ||
        !lkv_ask_told(writing->ask, high)) {
        return;
    }
    lkv_text name = name_of(writing, where);
    const lkv_arg args[] = {lkv_arg_said(draft, "group", name),
                            lkv_arg_cell("low", low->value),
                            lkv_arg_cell("middle", middle->value),
                            lkv_arg_cell("high", high->value),
                            {0}};
    int16_t slot = lkv_chart_draft_slot(
        chart, (lkv_slot_label){
                   .label = name,
                   .below = lkv_draft_say(
                       draft, "value.n",
                       (lkv_arg[]){lkv_arg_cell("n", middle->n), {0}}),
                   .end = lkv_draft_say(draft, "percentiles.three", args)});
    lkv_role role = where->group_by == 0 ? LKV_ROLE_DISTRICT : LKV_ROLE_QUIET;
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_SPAN,
                                           .role = role,
                                           .slot = slot,
                                           .low = low->value,
                                           .high = high->value});
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_INTERVAL,
                                           .role = LKV_ROLE_DISTRICT,
                                           .slot = slot,
                                           .at = middle->value,
                                           .low = middle->low,
                                           .high = middle->high});
    lkv_chart_draft_span(chart, low->value);
    lkv_chart_draft_span(chart, high->value);
    lkv_chart_draft_alt(chart, lkv_draft_say(draft, "percentiles.alt", args));
}

static void add_groups(lkv_chart_draft *chart, const lkv_writing *writing,
                       lkv_topic topic)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) groups =
        lkv_ask_groups(ask, lkv_writing_words(writing, "groups"));
    for (guint i = 0; i < groups->len; i++) {
        uint16_t group = g_array_index(groups, uint16_t, i);
        lkv_axis axis = lkv_frame_group(ask->frame, group)->axis;
        for (size_t leaf = 0; leaf < lkv_cube_leaves(ask->frame->cube, axis);
             leaf++) {
            const lkv_wanted where = {.topic = topic,
                                      .group_by = (uint16_t)(group + 1U),
                                      .group = (uint16_t)leaf,
                                      .reference = LKV_NO_VALUE};
            if (leaf != LKV_LEAF_MISSING) {
                add_row(chart, writing, &where);
            }
        }
    }
}

static void add_topic(const lkv_writing *writing, lkv_topic topic)
{
    lkv_draft *draft = writing->draft;
    const lkv_wanted all = {.topic = topic};
    lkv_chart_draft *chart =
        lkv_rows_new(writing, lkv_ask_outcome(writing->ask, topic)->id,
                     LKV_UNIT_POINTS, false);
    const lkv_figure *low = of(writing, &all, "p50_p10");
    const lkv_figure *high = of(writing, &all, "p90_p50");
    bool longer = low && high &&
                  lkv_truth_less(writing->ask->release, high->value,
                                 low->value) == LKV_TRUTH_YES;
    chart->chart.title = lkv_writing_outcome(writing, topic);
    chart->chart.reading = lkv_draft_say(
        draft, "percentiles.reading",
        (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)), {0}});
    add_row(chart, writing, &all);
    add_groups(chart, writing, topic);
    lkv_chart_draft_end(chart);
    lkv_draft_text(
        draft, LKV_BLOCK_PARAGRAPH,
        lkv_draft_say(
            draft, longer ? "percentiles.longer_down" : "percentiles.distance",
            (lkv_arg[]){
                lkv_arg_cell("all", cell_of(of(writing, &all, "p90_p10"))),
                lkv_arg_cell("down", cell_of(low)),
                lkv_arg_cell("up", cell_of(high)),
                {0}}));
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics =
        lkv_writing_told(writing, "percentiles", "p90_p10");
    if (topics->len == 0) {
        return;
    }
    lkv_draft_heading(draft, 2,
                      lkv_writing_say(writing, "percentiles.heading"));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_writing_say(writing, "percentiles.lead"));
    for (guint i = 0; i < topics->len; i++) {
        add_topic(writing, g_array_index(topics, lkv_topic, i));
    }
}

static const lkv_setting_rule settings[] = {
    {"figures", LKV_SETTING_NAMES}, {"groups", LKV_SETTING_NAMES}, {0}};

const lkv_section lkv_section_percentiles = {
    .id = "percentiles", .settings = settings, .build = build};
