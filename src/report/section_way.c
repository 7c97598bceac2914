/* The way to the goals of the same pupils from stage to stage: who caught up,
 * who fell behind, and how many of today's could have been known before.
 */
#include "report/rows.h"

static const lkv_figure *of(const lkv_writing *writing, lkv_topic topic,
                            const char *component)
{
    return lkv_ask_measure(writing->ask, topic, 0, "way_to_goals", component);
}

static void add_row(const lkv_writing *writing, lkv_chart_draft *chart,
                    lkv_topic topic, const char *component)
{
    lkv_draft *draft = writing->draft;
    const lkv_figure *figure = of(writing, topic, component);
    if (!figure) {
        return;
    }
    lkv_text label =
        lkv_writing_say(writing, lkv_draft_name(draft, "way.%s", component));
    lkv_text value = lkv_writing_value(writing, figure);
    const lkv_arg args[] = {lkv_arg_said(draft, "outcome", label),
                            lkv_arg_said(draft, "value", value),
                            {0}};
    lkv_rows_add(chart,
                 &(lkv_row){.label = label,
                            .below = lkv_writing_below(writing, topic, figure),
                            .end = value,
                            .alt = lkv_draft_say(draft, "spread.alt", args),
                            .figure = figure,
                            .role = LKV_ROLE_DISTRICT});
}

/* Only what the intervals bear: more, or fewer, than half were to be seen. */
static lkv_text finding_of(const lkv_writing *writing, lkv_topic topic)
{
    enum { HALF = 50, DECIMALS = 2 };
    const lkv_release *release = writing->ask->release;
    const lkv_figure *seen = of(writing, topic, "visible_before");
    lkv_truth more =
        seen ? lkv_truth_at_least(release, seen->low, HALF, DECIMALS)
             : LKV_TRUTH_UNKNOWN;
    lkv_truth not_less =
        seen ? lkv_truth_at_least(release, seen->high, HALF, DECIMALS)
             : LKV_TRUTH_UNKNOWN;
    const lkv_arg args[] = {lkv_arg_said(writing->draft, "outcome",
                                         lkv_writing_topic(writing, topic)),
                            {0}};
    return lkv_draft_say(writing->draft,
                         more == LKV_TRUTH_YES      ? "way.title_seen"
                         : not_less == LKV_TRUTH_NO ? "way.title_new"
                                                    : "way.title",
                         args);
}

static void add_chart(const lkv_writing *writing, lkv_topic topic)
{
    static const char *const components[] = {"recovered", "lost",
                                             "visible_before", "followed"};
    lkv_draft *draft = writing->draft;
    const char *id = lkv_draft_name(
        draft, "%s_%s", lkv_ask_population(writing->ask, topic)->stage,
        lkv_ask_outcome(writing->ask, topic)->id);
    lkv_chart_draft *chart = lkv_rows_new(writing, id, LKV_UNIT_SHARE, true);
    chart->chart.scale =
        (lkv_scale){.kind = LKV_SCALE_FIXED, .unit = LKV_UNIT_SHARE, .most = 1};
    chart->chart.title = finding_of(writing, topic);
    chart->chart.reading = lkv_draft_say(
        draft, "way.reading",
        (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)), {0}});
    for (size_t i = 0; i < G_N_ELEMENTS(components); i++) {
        add_row(writing, chart, topic, components[i]);
    }
    lkv_chart_draft_end(chart);
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics =
        lkv_writing_told(writing, "way_to_goals", "followed");
    if (topics->len == 0) {
        return;
    }
    lkv_writing_heading(writing, lkv_writing_say(writing, "way.heading"));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_writing_say(writing, "way.lead"));
    for (guint i = 0; i < topics->len; i++) {
        add_chart(writing, g_array_index(topics, lkv_topic, i));
    }
    lkv_draft_text(draft, LKV_BLOCK_NOTE, lkv_writing_say(writing, "way.note"));
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_way = {
    .id = "way", .settings = settings, .build = build};
