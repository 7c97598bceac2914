/* How pupils are spread over the schools by background, against what chance
 * would do: composition is given to a school, not achieved by it.
 */
#include "report/rows.h"

struct group {
    uint16_t group, leaf;
    const lkv_figure *index, *random;
};

static const lkv_figure *figure_of(const lkv_ask *ask, const struct group *at,
                                   const char *measure, const char *component)
{
    return lkv_ask_find(ask,
                        &(lkv_wanted){.topic = {ask->leading, LKV_NO_VALUE},
                                      .unit = 0,
                                      .measure = measure,
                                      .component = component,
                                      .group_by = (uint16_t)(at->group + 1U),
                                      .group = at->leaf,
                                      .reference = LKV_NO_VALUE});
}

/* Groups of which the index is told: array of struct group. */
static GArray *groups_of(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    GArray *told = g_array_new(FALSE, TRUE, sizeof(struct group));
    g_autoptr(GArray) groups =
        lkv_ask_groups(ask, lkv_writing_words(writing, "groups"));
    for (guint i = 0; i < groups->len; i++) {
        struct group at = {.group = g_array_index(groups, uint16_t, i)};
        lkv_axis axis = lkv_frame_group(ask->frame, at.group)->axis;
        for (size_t leaf = 0; leaf < lkv_cube_leaves(ask->frame->cube, axis);
             leaf++) {
            at.leaf = (uint16_t)leaf;
            at.index = figure_of(ask, &at, "segregation", "dissimilarity");
            at.random =
                figure_of(ask, &at, "segregation", "dissimilarity_random");
            if (lkv_ask_told(ask, at.index) && at.random) {
                g_array_append_val(told, at);
            }
        }
    }
    return told;
}

static bool beyond_chance(const lkv_writing *writing, const struct group *at)
{
    return lkv_truth_less(writing->ask->release, at->random->high,
                          at->index->value) == LKV_TRUTH_YES;
}

static lkv_text name_of(const lkv_writing *writing, const struct group *at)
{
    return lkv_draft_say(
        writing->draft, "value.group_value",
        (lkv_arg[]){lkv_arg_value("value", at->group, at->leaf), {0}});
}

/* ---- the chart ----------------------------------------------------------- */

static lkv_text title_of(const lkv_writing *writing, const GArray *groups)
{
    guint beyond = 0;
    for (guint i = 0; i < groups->len; i++) {
        beyond +=
            beyond_chance(writing, &g_array_index(groups, struct group, i));
    }
    return lkv_writing_say(writing, beyond == 0 ? "composition.title_none"
                                    : beyond == groups->len
                                        ? "composition.title_all"
                                        : "composition.title_some");
}

static void add_row(lkv_chart_draft *chart, const lkv_writing *writing,
                    const struct group *at)
{
    lkv_draft *draft = writing->draft;
    lkv_text value = lkv_writing_per_cent(writing, at->index);
    bool beyond = beyond_chance(writing, at);
    lkv_text below = lkv_writing_say(writing, beyond ? "composition.beyond"
                                                     : "composition.chance");
    const lkv_arg args[] = {
        lkv_arg_value("group", at->group, at->leaf),
        lkv_arg_said(draft, "value", value),
        lkv_arg_per_cent(lkv_arg_bare("low", at->random->low)),
        lkv_arg_per_cent(lkv_arg_cell("high", at->random->high)),
        lkv_arg_said(draft, "finding", below),
        {0}};
    lkv_rows_add(
        chart, &(lkv_row){.label = name_of(writing, at),
                          .below = below,
                          .end = value,
                          .alt = lkv_draft_say(draft, "composition.alt", args),
                          .figure = at->index,
                          .role = LKV_ROLE_DISTRICT,
                          .from = at->random->low,
                          .to = at->random->high});
}

static void add_chart(const lkv_writing *writing, const GArray *groups)
{
    lkv_chart_draft *chart =
        lkv_rows_new(writing, "dissimilarity", LKV_UNIT_SHARE, true);
    chart->chart.title = title_of(writing, groups);
    chart->chart.reading = lkv_draft_say(
        writing->draft, "composition.reading",
        (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)), {0}});
    for (guint i = 0; i < groups->len; i++) {
        add_row(chart, writing, &g_array_index(groups, struct group, i));
    }
    lkv_chart_draft_end(chart);
}

/* ---- whom pupils meet ---------------------------------------------------- */

static void add_meeting(const lkv_writing *writing, lkv_table_draft *table,
                        const struct group *at)
{
    const lkv_ask *ask = writing->ask;
    const lkv_figure *share = figure_of(ask, at, "pupils", "share");
    const lkv_figure *isolation =
        figure_of(ask, at, "segregation", "isolation");
    const lkv_figure *beyond =
        figure_of(ask, at, "segregation", "variance_ratio_corrected");
    lkv_table_draft_cell(table, name_of(writing, at));
    lkv_table_draft_cell(table,
                         lkv_writing_cell(writing, share ? share->value : 0));
    lkv_table_draft_cell(table, lkv_writing_value(writing, isolation));
    lkv_table_draft_cell(table, lkv_writing_per_cent(writing, beyond));
}

static void add_table(const lkv_writing *writing, const GArray *groups)
{
    static const lkv_head heads[] = {{"conditions.group", LKV_LEFT, 5},
                                     {"composition.share", LKV_RIGHT, 3},
                                     {"composition.isolation", LKV_RIGHT, 4},
                                     {"composition.corrected", LKV_RIGHT, 4}};
    lkv_table_draft *table =
        lkv_table_draft_new(writing->draft, "meeting",
                            lkv_writing_say(writing, "composition.table"));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    for (guint i = 0; i < groups->len; i++) {
        add_meeting(writing, table, &g_array_index(groups, struct group, i));
    }
    lkv_table_draft_end(table);
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    if (writing->ask->leading == LKV_NO_VALUE) {
        return;
    }
    g_autoptr(GArray) groups = groups_of(writing);
    if (groups->len == 0) {
        return;
    }
    lkv_text stage = lkv_writing_stage(writing, writing->ask->leading);
    lkv_writing_heading(writing,
                        lkv_writing_say(writing, "composition.heading"));
    lkv_draft_intro(
        draft, LKV_BLOCK_PARAGRAPH,
        stage.key ? lkv_draft_say(
                        draft, "composition.lead_stage",
                        (lkv_arg[]){lkv_arg_said(draft, "stage", stage), {0}})
                  : lkv_writing_say(writing, "composition.lead"));
    add_chart(writing, groups);
    add_table(writing, groups);
    lkv_draft_text(draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, "composition.note"));
}

static const lkv_setting_rule settings[] = {{"groups", LKV_SETTING_NAMES}, {0}};

const lkv_section lkv_section_composition = {
    .id = "composition", .settings = settings, .build = build};
