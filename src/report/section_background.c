/* How much of the differences between pupils goes with family background, and
 * how steep the slope is within schools and between them.
 */
#include "report/rows.h"

static const lkv_figure *of(const lkv_writing *writing, lkv_topic topic,
                            const char *component)
{
    return lkv_ask_measure(writing->ask, topic, 0, "gradient", component);
}

static void add_row(lkv_chart_draft *chart, const lkv_writing *writing,
                    lkv_topic topic)
{
    lkv_draft *draft = writing->draft;
    const lkv_figure *share = of(writing, topic, "r2");
    lkv_text value = lkv_writing_per_cent(writing, share);
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_topic(writing, topic)),
        lkv_arg_said(draft, "value", value),
        {0}};
    lkv_rows_add(chart,
                 &(lkv_row){.label = lkv_writing_outcome(writing, topic),
                            .below = lkv_writing_below(writing, topic, share),
                            .end = value,
                            .alt = lkv_draft_say(draft, "spread.alt", args),
                            .figure = share,
                            .role = LKV_ROLE_DISTRICT});
}

static void add_chart(const lkv_writing *writing, const GArray *topics)
{
    lkv_chart_draft *chart = lkv_rows_new(writing, "r2", LKV_UNIT_SHARE, true);
    chart->chart.title = lkv_writing_say(writing, "background.title");
    chart->chart.reading = lkv_draft_say(
        writing->draft, "background.reading",
        (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)), {0}});
    for (guint i = 0; i < topics->len; i++) {
        add_row(chart, writing, g_array_index(topics, lkv_topic, i));
    }
    lkv_chart_draft_end(chart);
}

static void add_table(const lkv_writing *writing, const GArray *topics)
{
    static const lkv_head heads[] = {{"attainment.outcome", LKV_LEFT, 4},
                                     {"attainment.stage", LKV_LEFT, 2},
                                     {"background.all", LKV_RIGHT, 3},
                                     {"background.within", LKV_RIGHT, 3},
                                     {"background.contextual", LKV_RIGHT, 3}};
    static const char *const components[] = {"slope_sd", "slope_within",
                                             "contextual"};
    lkv_table_draft *table = lkv_table_draft_new(
        writing->draft, "slopes", lkv_writing_say(writing, "background.table"));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        lkv_table_draft_cell(table, lkv_writing_outcome(writing, topic));
        lkv_table_draft_cell(table,
                             lkv_writing_stage(writing, topic.population));
        for (size_t c = 0; c < G_N_ELEMENTS(components); c++) {
            lkv_table_draft_cell(
                table, lkv_writing_difference(
                           writing, of(writing, topic, components[c])));
        }
    }
    lkv_table_draft_end(table);
}

/* Whether two schools differ by more than their pupils' own background. */
static lkv_text finding_of(const lkv_writing *writing, const GArray *topics)
{
    guint clear = 0, told = 0;
    for (guint i = 0; i < topics->len; i++) {
        lkv_zero_side side = lkv_zero_side_of(
            writing->ask->release,
            of(writing, g_array_index(topics, lkv_topic, i), "contextual"));
        clear += side == LKV_SIDE_ABOVE || side == LKV_SIDE_BELOW;
        told += side != LKV_SIDE_UNKNOWN;
    }
    return told == 0    ? (lkv_text){0}
           : clear == 0 ? lkv_writing_say(writing, "background.own_only")
                        : lkv_writing_say(writing, "background.more");
}

static void say_why(const lkv_writing *writing)
{
    lkv_text reason = lkv_writing_why(writing, "gradient", "r2");
    if (reason.key) {
        lkv_draft_text(writing->draft, LKV_BLOCK_NOTE,
                       lkv_draft_say(writing->draft, "background.not_estimable",
                                     (lkv_arg[]){lkv_arg_said(writing->draft,
                                                              "reason", reason),
                                                 {0}}));
    }
}

/* With whom is left out, and what counts once. */
static void add_notes(const lkv_writing *writing)
{
    g_autoptr(GArray) notes = lkv_texts_new();
    lkv_texts_add(notes, lkv_writing_say(writing, "background.note"));
    if (lkv_writing_noted(writing, "gradient", "r2", LKV_NOTE_COMPLETE_CASES)) {
        lkv_texts_add(notes, lkv_writing_say(writing, "background.complete"));
    }
    if (lkv_writing_collinear(writing)) {
        lkv_texts_add(notes, lkv_writing_say(writing, "background.collinear"));
    }
    lkv_draft_text(writing->draft, LKV_BLOCK_NOTE,
                   lkv_draft_join(writing->draft, "join.sentences", notes));
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics = lkv_writing_told(writing, "gradient", "r2");
    if (topics->len == 0) {
        say_why(writing);
        return;
    }
    lkv_writing_heading(writing,
                        lkv_writing_say(writing, "background.heading"));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_writing_say(writing, "background.lead"));
    add_chart(writing, topics);
    lkv_draft_text(draft, LKV_BLOCK_PARAGRAPH, finding_of(writing, topics));
    add_table(writing, topics);
    add_notes(writing);
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_background = {
    .id = "background", .settings = settings, .build = build};
