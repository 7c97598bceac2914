/* The curve of results from the least to the most favourable background, a
 * point a tenth of the pupils: whether it is a line, and where it bends.
 */
#include "report/section.h"

enum { TENTHS = 10 };

static const lkv_figure *tenth_of(const lkv_writing *writing, lkv_topic topic,
                                  int tenth)
{
    const char *component =
        lkv_draft_name(writing->draft, "tenth_%d", tenth + 1);
    return lkv_ask_measure(writing->ask, topic, 0, "background_curve",
                           component);
}

static void mark_tenth(const lkv_writing *writing, lkv_chart_draft *chart,
                       const lkv_figure *figure, int16_t slot)
{
    bool end = slot == TENTHS - 1;
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_RIBBON,
                                           .role = LKV_ROLE_DISTRICT,
                                           .slot = slot,
                                           .low = figure->low,
                                           .high = figure->high});
    lkv_chart_draft_mark(
        chart,
        (lkv_mark){.kind = LKV_MARK_LINE,
                   .role = LKV_ROLE_DISTRICT,
                   .slot = slot,
                   .at = figure->value,
                   .label = end ? lkv_writing_cell(writing, figure->value)
                                : (lkv_text){0}});
    lkv_chart_draft_span(chart, figure->value);
    lkv_chart_draft_span(chart, figure->low);
    lkv_chart_draft_span(chart, figure->high);
}

/* A tenth that is not told keeps its place. */
static void add_tenth(const lkv_writing *writing, lkv_chart_draft *chart,
                      lkv_topic topic, int tenth)
{
    lkv_draft *draft = writing->draft;
    const char *number = lkv_draft_name(draft, "%d", tenth + 1);
    const lkv_figure *figure = tenth_of(writing, topic, tenth);
    int16_t slot = lkv_chart_draft_slot(
        chart,
        (lkv_slot_label){.label = lkv_draft_say(
                             draft, "value.name",
                             (lkv_arg[]){lkv_arg_name("name", number), {0}})});
    if (!figure) {
        return;
    }
    mark_tenth(writing, chart, figure, slot);
    lkv_chart_draft_alt(
        chart, lkv_draft_say(
                   draft, "background_curve.alt",
                   (lkv_arg[]){lkv_arg_name("tenth", number),
                               lkv_arg_said(draft, "value",
                                            lkv_writing_value(writing, figure)),
                               {0}}));
}

/* What the ends say, if their intervals do not meet; else nothing of a slope.
 */
static lkv_text finding_of(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_figure *first = tenth_of(writing, topic, 0);
    const lkv_figure *last = tenth_of(writing, topic, TENTHS - 1);
    lkv_draft *draft = writing->draft;
    lkv_truth apart = first && last ? lkv_truth_less(writing->ask->release,
                                                     first->high, last->low)
                                    : LKV_TRUTH_UNKNOWN;
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_topic(writing, topic)),
        lkv_arg_cell("first", first ? first->value : 0),
        lkv_arg_cell("last", last ? last->value : 0),
        {0}};
    const lkv_arg outcome[] = {args[0], {0}};
    return apart == LKV_TRUTH_YES
               ? lkv_draft_say(draft, "background_curve.title_apart", args)
               : lkv_draft_say(draft, "background_curve.title", outcome);
}

static void add_chart(const lkv_writing *writing, lkv_topic topic)
{
    lkv_draft *draft = writing->draft;
    const char *id = lkv_draft_name(
        draft, "%s_%s", lkv_ask_population(writing->ask, topic)->stage,
        lkv_ask_outcome(writing->ask, topic)->id);
    lkv_chart_draft *chart = lkv_chart_draft_new(draft, id, LKV_CHART_TREND);
    chart->chart.title = finding_of(writing, topic);
    chart->chart.reading = lkv_draft_say(
        draft, "background_curve.reading",
        (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)), {0}});
    chart->chart.scale =
        (lkv_scale){.kind = LKV_SCALE_CELLS, .unit = LKV_UNIT_POINTS};
    for (int tenth = 0; tenth < TENTHS; tenth++) {
        add_tenth(writing, chart, topic, tenth);
    }
    lkv_chart_draft_end(chart);
}

static void build(const lkv_writing *writing)
{
    g_autoptr(GArray) topics =
        lkv_writing_told(writing, "background_curve", "tenth_1");
    for (guint i = 0; i < topics->len; i++) {
        if (i == 0) {
            lkv_draft_heading(
                writing->draft, 2,
                lkv_writing_say(writing, "background_curve.heading"));
        }
        add_chart(writing, g_array_index(topics, lkv_topic, i));
    }
    if (topics->len > 0) {
        lkv_draft_text(writing->draft, LKV_BLOCK_NOTE,
                       lkv_writing_say(writing, "background_curve.note"));
    }
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_background_curve = {
    .id = "background_curve", .settings = settings, .build = build};
