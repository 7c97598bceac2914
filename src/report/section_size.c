/* What chance does to schools of different size: the limits within which a
 * school of so many pupils lies when it is like the district.
 */
#include "report/section.h"

static const char *const sizes[] = {"10", "20", "30", "50", "100"};

enum { GRID = 12, ABREAST = 2, CHARTS_MOST = 4 };

static const lkv_figure *limit_of(const lkv_writing *writing, lkv_topic topic,
                                  const char *limit, const char *size)
{
    return lkv_ask_measure(
        writing->ask, topic, 0, "funnel",
        lkv_draft_name(writing->draft, "%s_%s", limit, size));
}

static lkv_cell cell_of(const lkv_figure *figure)
{
    return figure ? figure->value : 0;
}

static bool is_told(const lkv_writing *writing, lkv_topic topic,
                    const char *size)
{
    return lkv_ask_told(writing->ask, limit_of(writing, topic, "low", size)) &&
           lkv_ask_told(writing->ask, limit_of(writing, topic, "high", size));
}

/* ---- a chart an outcome ---------------------------------------------------- */

/* Schools of SIZE pupils and their place on the axis. */
struct size {
    lkv_topic topic;
    const char *size;
    int16_t slot;
};

static void add_ribbon(lkv_chart_draft *chart, const lkv_writing *writing,
                       const struct size *at, bool wide)
{
    lkv_cell low = cell_of(
        limit_of(writing, at->topic, wide ? "wide_low" : "low", at->size));
    lkv_cell high = cell_of(
        limit_of(writing, at->topic, wide ? "wide_high" : "high", at->size));
    int16_t slot = at->slot;
    lkv_chart_draft_mark(
        chart, (lkv_mark){.kind = LKV_MARK_RIBBON,
                          .role = wide ? LKV_ROLE_QUIET : LKV_ROLE_DISTRICT,
                          .slot = slot,
                          .low = low,
                          .high = high});
    lkv_chart_draft_span(chart, low);
    lkv_chart_draft_span(chart, high);
}

static void add_size(lkv_chart_draft *chart, const lkv_writing *writing,
                     lkv_topic topic, size_t at)
{
    lkv_draft *draft = writing->draft;
    const lkv_figure *low = limit_of(writing, topic, "low", sizes[at]);
    const lkv_figure *high = limit_of(writing, topic, "high", sizes[at]);
    const lkv_figure *centre =
        lkv_ask_measure(writing->ask, topic, 0, "funnel", "centre");
    int16_t slot = lkv_chart_draft_slot(
        chart, (lkv_slot_label){
                   .label = lkv_draft_say(
                       draft, "value.name",
                       (lkv_arg[]){lkv_arg_name("name", sizes[at]), {0}})});
    const struct size size = {topic, sizes[at], slot};
    add_ribbon(chart, writing, &size, true);
    add_ribbon(chart, writing, &size, false);
    bool last = at == G_N_ELEMENTS(sizes) - 1;
    lkv_chart_draft_mark(
        chart,
        (lkv_mark){.kind = LKV_MARK_LINE,
                   .role = LKV_ROLE_DISTRICT,
                   .slot = slot,
                   .at = cell_of(centre),
                   .label = last ? lkv_writing_cell(writing, cell_of(centre))
                                 : (lkv_text){0}});
    lkv_chart_draft_alt(
        chart, lkv_draft_say(draft, "size.alt",
                             (lkv_arg[]){lkv_arg_name("size", sizes[at]),
                                         lkv_arg_bare("low", cell_of(low)),
                                         lkv_arg_cell("high", cell_of(high)),
                                         {0}}));
}

static void add_chart(const lkv_writing *writing, lkv_topic topic)
{
    lkv_draft *draft = writing->draft;
    const char *id = lkv_draft_name(
        draft, "%s_%s", lkv_ask_population(writing->ask, topic)->stage,
        lkv_ask_outcome(writing->ask, topic)->id);
    lkv_chart_draft *chart = lkv_chart_draft_new(draft, id, LKV_CHART_TREND);
    chart->columns = GRID / ABREAST;
    chart->chart.title = lkv_writing_brief(writing, topic);
    chart->chart.reading = lkv_writing_stage(writing, topic.population);
    chart->chart.scale = (lkv_scale){
        .kind = LKV_SCALE_CELLS,
        .unit = lkv_ask_is_share(writing->ask, topic) ? LKV_UNIT_SHARE
                                                      : LKV_UNIT_POINTS};
    for (size_t at = 0; at < G_N_ELEMENTS(sizes); at++) {
        if (is_told(writing, topic, sizes[at])) {
            add_size(chart, writing, topic, at);
        }
    }
    lkv_chart_draft_end(chart);
}

/* ---- how many schools lie outside, and what a school can show ------------- */

static void add_table(const lkv_writing *writing, const GArray *topics)
{
    static const lkv_head heads[] = {{"attainment.outcome", LKV_LEFT, 5},
                                     {"attainment.stage", LKV_LEFT, 2},
                                     {"size.outside", LKV_RIGHT, 3},
                                     {"size.outside_wide", LKV_RIGHT, 3},
                                     {"size.detectable", LKV_RIGHT, 3}};
    lkv_table_draft *table = lkv_table_draft_new(
        writing->draft, "outside", lkv_writing_say(writing, "size.table"));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        const char *const components[] = {"outside", "outside_wide",
                                          "detectable_30"};
        lkv_table_draft_cell(table, lkv_writing_outcome(writing, topic));
        lkv_table_draft_cell(table,
                             lkv_writing_stage(writing, topic.population));
        for (size_t c = 0; c < G_N_ELEMENTS(components); c++) {
            lkv_table_draft_cell(
                table, lkv_writing_cell(
                           writing,
                           cell_of(lkv_ask_measure(writing->ask, topic, 0,
                                                   "funnel", components[c]))));
        }
    }
    lkv_table_draft_end(table);
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics = lkv_writing_told(writing, "funnel", "centre");
    if (topics->len == 0) {
        return;
    }
    g_array_set_size(topics, MIN(topics->len, CHARTS_MOST));
    lkv_draft_heading(draft, 2, lkv_writing_say(writing, "size.heading"));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_writing_say(writing, "size.lead"));
    lkv_draft_intro(
        draft, LKV_BLOCK_NOTE,
        lkv_draft_say(
            draft, "size.reading",
            (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)),
                        {0}}));
    for (guint i = 0; i < topics->len; i++) {
        add_chart(writing, g_array_index(topics, lkv_topic, i));
    }
    add_table(writing, topics);
    lkv_draft_text(draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, "size.note"));
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_size = {
    .id = "size", .settings = settings, .build = build};
