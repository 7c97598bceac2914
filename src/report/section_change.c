/* What has changed: a year, three years together, the slope over the years,
 * and how much of a year's change goes with other pupils having come.
 */
#include "report/breaks.h"
#include "report/rows.h"

static const lkv_figure *of(const lkv_writing *writing, lkv_topic topic,
                            const char *measure)
{
    return lkv_ask_measure(writing->ask, topic, writing->ask->unit, measure,
                           "");
}

/* ---- the table ------------------------------------------------------------- */

/* Whether MEASURE can be told of any of TOPICS: a school has no slope of its
 * own, as its years are too few and too small, and two years have no three.
 */
static bool has(const lkv_writing *writing, const GArray *topics,
                const char *measure)
{
    for (guint i = 0; i < topics->len; i++) {
        const lkv_figure *figure =
            of(writing, g_array_index(topics, lkv_topic, i), measure);
        lkv_status status = lkv_ask_status(writing->ask, figure);
        if (figure && status != LKV_NOT_APPLICABLE &&
            status != LKV_NOT_ESTIMABLE) {
            return true;
        }
    }
    return false;
}

static const char *table_of(bool three, bool slopes)
{
    return three && slopes ? "change.table"
           : three         ? "change.table_school"
                           : "change.table_year";
}

static void add_table(const lkv_writing *writing, const GArray *topics)
{
    static const lkv_head heads[] = {{"attainment.outcome", LKV_LEFT, 4},
                                     {"attainment.stage", LKV_LEFT, 2}};
    static const lkv_head three_head = {"change.three", LKV_RIGHT, 4};
    static const lkv_head year_head = {"change.year", LKV_RIGHT, 4};
    static const lkv_head slope_head = {"change.slope", LKV_RIGHT, 4};
    bool three = has(writing, topics, "three_years");
    bool slopes = three && has(writing, topics, "trend");
    lkv_table_draft *table =
        lkv_table_draft_new(writing->draft, "years",
                            lkv_writing_say(writing, table_of(three, slopes)));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    lkv_writing_heads(writing, table, &three_head, three ? 1 : 0);
    lkv_writing_heads(writing, table, &year_head, 1);
    lkv_writing_heads(writing, table, &slope_head, slopes ? 1 : 0);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        lkv_table_draft_cell(table, lkv_writing_outcome(writing, topic));
        lkv_table_draft_cell(table,
                             lkv_writing_stage(writing, topic.population));
        if (three) {
            lkv_table_draft_cell(
                table,
                lkv_writing_value(writing, of(writing, topic, "three_years")));
        }
        lkv_table_draft_cell(table, lkv_writing_difference(
                                        writing, of(writing, topic, "change")));
        if (slopes) {
            lkv_table_draft_cell(
                table,
                lkv_writing_difference(writing, of(writing, topic, "trend")));
        }
    }
    lkv_table_draft_end(table);
}

/* Nothing is claimed that the interval over all the years does not bear. */
static lkv_text finding_of(const lkv_writing *writing, const GArray *topics)
{
    guint clear = 0, told = 0;
    for (guint i = 0; i < topics->len; i++) {
        lkv_zero_side side = lkv_change_side_of(
            writing->ask->release,
            lkv_ask_measure(writing->ask, g_array_index(topics, lkv_topic, i),
                            writing->ask->unit, "trend", "whole"));
        clear += side == LKV_SIDE_ABOVE || side == LKV_SIDE_BELOW;
        told += side != LKV_SIDE_UNKNOWN;
    }
    return told == 0    ? (lkv_text){0}
           : clear == 0 ? lkv_writing_say(writing, "change.no_trend")
                        : lkv_writing_say(writing, "change.some_trend");
}

/* ---- the change in two parts ----------------------------------------------- */

struct split {
    lkv_topic topic;
    const lkv_figure *composition, *rates;
};

static GArray *splits_of(const lkv_writing *writing, const GArray *topics,
                         uint16_t group)
{
    GArray *splits = g_array_new(FALSE, TRUE, sizeof(struct split));
    for (guint i = 0; i < topics->len; i++) {
        struct split split = {.topic = g_array_index(topics, lkv_topic, i)};
        lkv_wanted wanted = {.topic = split.topic,
                             .measure = "change_split",
                             .component = "composition",
                             .group_by = (uint16_t)(group + 1U),
                             .group = LKV_NO_VALUE,
                             .reference = LKV_NO_VALUE};
        split.composition = lkv_ask_find(writing->ask, &wanted);
        wanted.component = "rates";
        split.rates = lkv_ask_find(writing->ask, &wanted);
        if (lkv_ask_told(writing->ask, split.composition) &&
            lkv_ask_told(writing->ask, split.rates) &&
            lkv_ask_is_share(writing->ask, split.topic)) {
            g_array_append_val(splits, split);
        }
    }
    return splits;
}

static void add_part(lkv_chart_draft *chart, const lkv_writing *writing,
                     const struct split *split, bool composition)
{
    lkv_draft *draft = writing->draft;
    const lkv_figure *figure = composition ? split->composition : split->rates;
    lkv_text part = lkv_writing_say(writing, composition ? "change.composition"
                                                         : "change.rates");
    lkv_text topic = lkv_writing_topic(writing, split->topic);
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", topic),
        lkv_arg_said(draft, "part", part),
        lkv_arg_said(draft, "value",
                     lkv_writing_difference_full(writing, figure)),
        {0}};
    lkv_rows_add(
        chart,
        &(lkv_row){
            .label = composition ? lkv_writing_outcome(writing, split->topic)
                                 : (lkv_text){0},
            .below = composition
                         ? lkv_writing_staged(writing, split->topic, part)
                         : part,
            .end = lkv_writing_difference(writing, figure),
            .alt = lkv_draft_say(draft, "change.alt", args),
            .figure = figure,
            .role = composition ? LKV_ROLE_QUIET : LKV_ROLE_DISTRICT});
}

static lkv_text split_title(const lkv_writing *writing, const GArray *splits)
{
    guint clear = 0;
    for (guint i = 0; i < splits->len; i++) {
        lkv_zero_side side = lkv_zero_side_of(
            writing->ask->release,
            g_array_index(splits, struct split, i).composition);
        clear += side == LKV_SIDE_ABOVE || side == LKV_SIDE_BELOW;
    }
    return lkv_writing_say(writing, clear == 0 ? "change.title_none"
                                               : "change.title_some");
}

static bool add_split(const lkv_writing *writing, const GArray *topics,
                      uint16_t group)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) splits = splits_of(writing, topics, group);
    if (splits->len == 0) {
        return false;
    }
    lkv_chart_draft *chart =
        lkv_rows_new(writing, lkv_frame_group(writing->ask->frame, group)->id,
                     LKV_UNIT_SHARE_POINTS, true);
    chart->chart.title = split_title(writing, splits);
    chart->chart.reading = lkv_draft_say(
        draft, "change.reading",
        (lkv_arg[]){lkv_arg_group("group", group),
                    lkv_arg_name("level", lkv_writing_level(writing)),
                    {0}});
    for (guint i = 0; i < splits->len; i++) {
        const struct split *split = &g_array_index(splits, struct split, i);
        add_part(chart, writing, split, true);
        add_part(chart, writing, split, false);
    }
    lkv_chart_draft_end(chart);
    return true;
}

/* Those of which a change is told, or three years. */
static GArray *topics_of(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    GArray *told = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    g_autoptr(GArray) topics =
        lkv_ask_topics(ask, lkv_writing_words(writing, "figures"));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_told(ask, of(writing, topic, "change")) ||
            lkv_ask_told(ask, of(writing, topic, "three_years"))) {
            g_array_append_val(told, topic);
        }
    }
    return told;
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics = topics_of(writing);
    if (topics->len == 0) {
        return;
    }
    g_autoptr(GArray) groups =
        lkv_ask_groups(writing->ask, lkv_writing_words(writing, "groups"));
    if (!lkv_writing_is_school(writing)) { /* there the table's name does */
        bool three = has(writing, topics, "three_years");
        lkv_draft_heading(
            draft, 2,
            lkv_writing_say(writing,
                            three ? "change.heading" : "change.heading_year"));
    }
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH, finding_of(writing, topics));
    add_table(writing, topics);
    lkv_breaks_across(writing, topics,
                      has(writing, topics, "three_years") ? 3 : 2);
    bool split = false;
    for (guint i = 0; i < groups->len; i++) {
        uint16_t group = g_array_index(groups, uint16_t, i);
        split = add_split(writing, topics, group) || split;
    }
    if (split) {
        lkv_draft_text(draft, LKV_BLOCK_NOTE,
                       lkv_writing_say(writing, "change.note"));
    }
}

static const lkv_setting_rule settings[] = {
    {"figures", LKV_SETTING_NAMES}, {"groups", LKV_SETTING_NAMES}, {0}};

const lkv_section lkv_section_change = {
    .id = "change", .settings = settings, .build = build};
