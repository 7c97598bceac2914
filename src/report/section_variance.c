/* Where differences between pupils lie: within schools, between schools, and
 * how much of what lies between them goes with who the pupils are.
 */
#include "report/rows.h"

static const lkv_figure *spread_of(const lkv_writing *writing, lkv_topic topic,
                                   const char *component)
{
    return lkv_ask_measure(writing->ask, topic, 0, "spread_between_schools",
                           component);
}

/* NULL where the pupils' intake explains nothing, or is not known. */
static const lkv_figure *explained_of(const lkv_writing *writing,
                                      lkv_topic topic)
{
    const lkv_figure *share = spread_of(writing, topic, "given_explained");
    return share && lkv_truth_at_least(writing->ask->release, share->value, 0,
                                       0) == LKV_TRUTH_YES
               ? share
               : NULL;
}

/* ---- the chart ----------------------------------------------------------- */

static lkv_text end_of(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_figure *between = spread_of(writing, topic, "reml_icc");
    const lkv_figure *share = explained_of(writing, topic);
    lkv_text value = lkv_writing_per_cent(writing, between);
    if (!share) {
        return value;
    }
    return lkv_draft_say(
        writing->draft, "variance.end",
        (lkv_arg[]){
            lkv_arg_said(writing->draft, "value", value),
            lkv_arg_most(
                lkv_arg_per_cent(lkv_arg_cell("explained", share->value)), 0),
            {0}});
}

static void add_row(lkv_chart_draft *chart, const lkv_writing *writing,
                    lkv_topic topic)
{
    lkv_draft *draft = writing->draft;
    const lkv_figure *share = explained_of(writing, topic);
    lkv_text end = end_of(writing, topic);
    int16_t slot = lkv_chart_draft_slot(
        chart,
        (lkv_slot_label){.label = lkv_writing_outcome(writing, topic),
                         .below = lkv_writing_stage(writing, topic.population),
                         .end = end});
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_WHOLE,
                                           .role = LKV_ROLE_QUIET,
                                           .slot = slot});
    lkv_chart_draft_mark(
        chart, (lkv_mark){.kind = LKV_MARK_PART,
                          .role = LKV_ROLE_DISTRICT,
                          .slot = slot,
                          .at = spread_of(writing, topic, "reml_icc")->value,
                          .low = share ? share->value : 0});
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_topic(writing, topic)),
        lkv_arg_said(draft, "value", end),
        {0}};
    lkv_chart_draft_alt(chart, lkv_draft_say(draft, "variance.alt", args));
}

/* That most lies within schools is said where no interval reaches a half. */
static lkv_text title_of(const lkv_writing *writing, const GArray *topics)
{
    for (guint i = 0; i < topics->len; i++) {
        const lkv_figure *between =
            spread_of(writing, g_array_index(topics, lkv_topic, i), "reml_icc");
        if (lkv_truth_at_least(writing->ask->release, between->high, 5, 1) !=
            LKV_TRUTH_NO) {
            return lkv_writing_say(writing, "variance.title");
        }
    }
    return lkv_writing_say(writing, "variance.title_within");
}

static void add_chart(const lkv_writing *writing, const GArray *topics)
{
    lkv_chart_draft *chart =
        lkv_chart_draft_new(writing->draft, "parts", LKV_CHART_ROWS);
    chart->chart.title = title_of(writing, topics);
    chart->chart.reading = lkv_draft_say(
        writing->draft, "variance.reading",
        (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)), {0}});
    chart->chart.scale =
        (lkv_scale){.kind = LKV_SCALE_FIXED, .unit = LKV_UNIT_SHARE, .most = 1};
    for (guint i = 0; i < topics->len; i++) {
        add_row(chart, writing, g_array_index(topics, lkv_topic, i));
    }
    lkv_chart_draft_end(chart);
}

/* ---- the table: odds, and whether schools come closer --------------------- */

static lkv_text change_of(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_figure *change =
        lkv_ask_measure(writing->ask, topic, 0, "spread_change", "sigma_b");
    return lkv_ask_told(writing->ask, change)
               ? lkv_writing_difference(writing, change)
               : lkv_writing_cell(writing, change ? change->value : 0);
}

static lkv_text odds_of(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_figure *odds = lkv_ask_measure(
        writing->ask, topic, 0, "odds_between_schools", "odds_ratio");
    return lkv_writing_ratio(writing, odds, 1);
}

static lkv_text cell_of(const lkv_writing *writing, lkv_topic topic,
                        const char *measure, const char *component)
{
    const lkv_figure *figure =
        lkv_ask_measure(writing->ask, topic, 0, measure, component);
    return lkv_writing_cell(writing, figure ? figure->value : 0);
}

static bool has_changes(const lkv_writing *writing, const GArray *topics)
{
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_told(writing->ask,
                         lkv_ask_measure(writing->ask, topic, 0,
                                         "spread_change", "sigma_b"))) {
            return true;
        }
    }
    return false;
}

/* Of a single year the odds alone. */
static void add_table(const lkv_writing *writing, const GArray *topics)
{
    bool changes = has_changes(writing, topics);
    static const lkv_head heads[] = {{"attainment.outcome", LKV_LEFT, 5},
                                     {"attainment.stage", LKV_LEFT, 2},
                                     {"variance.odds", LKV_RIGHT, 2},
                                     {"variance.change", LKV_RIGHT, 4},
                                     {"variance.resolution", LKV_RIGHT, 3}};
    lkv_draft *draft = writing->draft;
    lkv_table_draft *table = lkv_table_draft_new(
        draft, "apart",
        lkv_writing_say(writing,
                        changes ? "variance.table" : "variance.table_odds"));
    lkv_writing_heads(writing, table, heads,
                      G_N_ELEMENTS(heads) - (changes ? 0 : 2));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        lkv_table_draft_cell(table, lkv_writing_outcome(writing, topic));
        lkv_table_draft_cell(table,
                             lkv_writing_stage(writing, topic.population));
        lkv_table_draft_cell(table, odds_of(writing, topic));
        if (changes) {
            lkv_table_draft_cell(table, change_of(writing, topic));
            lkv_table_draft_cell(table, cell_of(writing, topic, "spread_change",
                                                "sigma_b_resolution"));
        }
    }
    lkv_table_draft_end(table);
}

/* Whether schools have come closer to each other, by the paired interval. */
static lkv_text finding_of(const lkv_writing *writing, const GArray *topics)
{
    guint apart = 0, closer = 0, told = 0;
    for (guint i = 0; i < topics->len; i++) {
        lkv_zero_side side = lkv_zero_side_of(
            writing->ask->release,
            lkv_ask_measure(writing->ask, g_array_index(topics, lkv_topic, i),
                            0, "spread_change", "sigma_b"));
        apart += side == LKV_SIDE_ABOVE;
        closer += side == LKV_SIDE_BELOW;
        told += side != LKV_SIDE_UNKNOWN;
    }
    return told == 0    ? (lkv_text){0}
           : apart > 0  ? lkv_writing_say(writing, "variance.apart")
           : closer > 0 ? lkv_writing_say(writing, "variance.closer")
                        : lkv_writing_say(writing, "variance.same");
}

static void add_notes(const lkv_writing *writing, bool changes)
{
    g_autoptr(GArray) notes = lkv_texts_new();
    lkv_texts_add(notes, lkv_writing_say(writing, "variance.note"));
    if (changes) {
        lkv_texts_add(notes, lkv_writing_say(writing, "variance.note_change"));
    }
    if (lkv_writing_noted(writing, "spread_between_schools", "reml_icc",
                          LKV_NOTE_BOUNDARY)) {
        lkv_texts_add(notes, lkv_writing_say(writing, "variance.boundary"));
    }
    lkv_writing_notes(
        writing, notes, "variance.odds_not_estimable",
        lkv_writing_why(writing, "odds_between_schools", "odds_ratio"));
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics =
        lkv_writing_told(writing, "spread_between_schools", "reml_icc");
    if (topics->len == 0) {
        return;
    }
    lkv_draft_heading(draft, 2, lkv_writing_say(writing, "variance.heading"));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_writing_say(writing, "variance.lead"));
    add_chart(writing, topics);
    lkv_draft_text(draft, LKV_BLOCK_PARAGRAPH, finding_of(writing, topics));
    add_table(writing, topics);
    add_notes(writing, has_changes(writing, topics));
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_variance = {
    .id = "variance", .settings = settings, .build = build};
