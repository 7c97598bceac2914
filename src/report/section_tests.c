/* How final grades lie to the grades on the national tests. The school's own
 * net stands beside what the other schools give for the same test grades.
 */
#include "report/rows.h"

static const lkv_figure *of(const lkv_writing *writing, lkv_topic topic,
                            const char *component)
{
    return lkv_ask_measure(writing->ask, topic, writing->ask->unit,
                           "against_tests", component);
}

/* What the chart shows: at a school the difference from what is expected. */
static const lkv_figure *shown_of(const lkv_writing *writing, lkv_topic topic)
{
    return of(writing, topic,
              lkv_writing_is_school(writing) ? "net_difference" : "net");
}

/* Subjects of the leading stage that something is told of. */
static GArray *subjects_of(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    GArray *told = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    g_autoptr(GArray) stages = lkv_ask_stages(ask);
    for (guint s = 0; s < stages->len; s++) {
        g_autoptr(GArray) topics =
            lkv_ask_subjects(ask, g_array_index(stages, uint16_t, s), "grade");
        for (guint i = 0; i < topics->len; i++) {
            lkv_topic topic = g_array_index(topics, lkv_topic, i);
            if (lkv_ask_told(ask, shown_of(writing, topic))) {
                g_array_append_val(told, topic);
            }
        }
    }
    return told;
}

static lkv_text subject_of(const lkv_writing *writing, lkv_topic topic)
{
    return lkv_draft_say(
        writing->draft, "value.subject",
        (lkv_arg[]){lkv_arg_subject("subject", topic.outcome), {0}});
}

static lkv_text title_of(const lkv_writing *writing, const GArray *topics)
{
    guint above = 0, below = 0;
    for (guint i = 0; i < topics->len; i++) {
        lkv_zero_side side = lkv_zero_side_of(
            writing->ask->release,
            shown_of(writing, g_array_index(topics, lkv_topic, i)));
        above += side == LKV_SIDE_ABOVE;
        below += side == LKV_SIDE_BELOW;
    }
    bool school = lkv_writing_is_school(writing);
    const char *key = above + below == 0
                          ? school ? "tests.title_like" : "tests.title_even"
                      : above == topics->len
                          ? school ? "tests.title_above" : "tests.title_higher"
                      : school ? "tests.title_some_school"
                               : "tests.title_some";
    return lkv_writing_say(writing, key);
}

static void add_row(lkv_chart_draft *chart, const lkv_writing *writing,
                    lkv_topic topic)
{
    lkv_draft *draft = writing->draft;
    const lkv_figure *shown = shown_of(writing, topic);
    lkv_text value = lkv_writing_difference(writing, shown);
    const lkv_arg args[] = {
        lkv_arg_subject("subject", topic.outcome),
        lkv_arg_said(draft, "value",
                     lkv_writing_difference_full(writing, shown)),
        {0}};
    lkv_rows_add(chart,
                 &(lkv_row){.label = subject_of(writing, topic),
                            .below = lkv_writing_below(writing, topic, shown),
                            .end = value,
                            .alt = lkv_draft_say(draft, "tests.alt", args),
                            .figure = shown,
                            .role = lkv_writing_is_school(writing)
                                        ? LKV_ROLE_OWN
                                        : LKV_ROLE_DISTRICT});
}

static void add_table(const lkv_writing *writing, const GArray *topics)
{
    static const lkv_head heads[] = {{"grades.subject", LKV_LEFT, 4},
                                     {"tests.lower", LKV_RIGHT, 2},
                                     {"tests.equal", LKV_RIGHT, 2},
                                     {"tests.higher", LKV_RIGHT, 2},
                                     {"tests.coverage", LKV_RIGHT, 3}};
    static const char *const components[] = {"lower", "equal", "higher",
                                             "coverage"};
    lkv_table_draft *table = lkv_table_draft_new(
        writing->draft, "grades", lkv_writing_say(writing, "tests.table"));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        lkv_table_draft_cell(table, subject_of(writing, topic));
        for (size_t c = 0; c < G_N_ELEMENTS(components); c++) {
            const lkv_figure *figure = of(writing, topic, components[c]);
            lkv_table_draft_cell(
                table, lkv_writing_cell(writing, figure ? figure->value : 0));
        }
    }
    lkv_table_draft_end(table);
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    bool school = lkv_writing_is_school(writing);
    g_autoptr(GArray) topics = subjects_of(writing);
    if (topics->len == 0) {
        return;
    }
    lkv_writing_heading(writing, lkv_writing_say(writing, "tests.heading"));
    lkv_draft_intro(
        draft, LKV_BLOCK_PARAGRAPH,
        lkv_writing_say(writing, school ? "tests.lead_school" : "tests.lead"));
    lkv_chart_draft *chart =
        lkv_rows_new(writing, "net", LKV_UNIT_SHARE_POINTS, true);
    chart->chart.title = title_of(writing, topics);
    chart->chart.reading = lkv_draft_say(
        draft, school ? "tests.reading_school" : "tests.reading",
        (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)), {0}});
    for (guint i = 0; i < topics->len; i++) {
        add_row(chart, writing, g_array_index(topics, lkv_topic, i));
    }
    lkv_chart_draft_end(chart);
    if (!school) {
        add_table(writing, topics);
    }
    lkv_draft_text(draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, "tests.note"));
}

const lkv_section lkv_section_tests = {.id = "tests", .build = build};
