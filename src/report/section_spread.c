/* How much schools differ: the spread of their levels, and what share of all
 * differences between pupils lies between schools. No school is to be seen.
 */
#include "report/section.h"

static const lkv_figure *spread_of(const lkv_ask *ask, lkv_topic topic,
                                   const char *component)
{
    return lkv_ask_measure(ask, topic, 0, "spread_between_schools", component);
}

/* ---- the charts: in the results' own units ------------------------------- */

/* Whether schools differ is asked of the share of all differences, which has
 * an interval made for the question.
 */
static lkv_text title_of(const lkv_writing *writing, const GArray *topics)
{
    guint clear = 0;
    for (guint i = 0; i < topics->len; i++) {
        clear += lkv_zero_side_of(writing->ask->release,
                                  spread_of(writing->ask,
                                            g_array_index(topics, lkv_topic, i),
                                            "icc")) == LKV_SIDE_ABOVE;
    }
    if (topics->len == 1) {
        lkv_topic only = g_array_index(topics, lkv_topic, 0);
        return lkv_draft_say(
            writing->draft,
            clear == 0 ? "spread.title_one_none" : "spread.title_one",
            (lkv_arg[]){lkv_arg_said(writing->draft, "outcome",
                                     lkv_writing_topic(writing, only)),
                        {0}});
    }
    return lkv_draft_say(writing->draft,
                         clear == 0             ? "spread.title_none"
                         : clear == topics->len ? "spread.title_all"
                                                : "spread.title_some",
                         NULL);
}

static lkv_text below_of(const lkv_writing *writing, lkv_topic topic,
                         const lkv_figure *spread)
{
    g_autoptr(GArray) parts = lkv_texts_new();
    lkv_texts_add(parts, lkv_writing_stage(writing, topic.population));
    lkv_texts_add(
        parts,
        lkv_draft_say(writing->draft, "spread.schools",
                      (lkv_arg[]){lkv_arg_cell("n", spread->schools), {0}}));
    return lkv_draft_join(writing->draft, "join.dots", parts);
}

static void add_mark(lkv_chart_draft *chart, const lkv_writing *writing,
                     lkv_topic topic)
{
    lkv_draft *draft = writing->draft;
    const lkv_figure *spread = spread_of(writing->ask, topic, "sigma_b");
    int16_t slot = lkv_chart_draft_slot(
        chart, (lkv_slot_label){.label = lkv_writing_outcome(writing, topic),
                                .below = below_of(writing, topic, spread),
                                .end = lkv_writing_value(writing, spread)});
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_INTERVAL,
                                           .role = LKV_ROLE_DISTRICT,
                                           .slot = slot,
                                           .at = spread->value,
                                           .low = spread->low,
                                           .high = spread->high});
    lkv_chart_draft_span(chart, spread->value);
    lkv_chart_draft_span(chart, spread->low);
    lkv_chart_draft_span(chart, spread->high);
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_topic(writing, topic)),
        lkv_arg_said(draft, "value", lkv_writing_value(writing, spread)),
        {0}};
    lkv_chart_draft_alt(chart, lkv_draft_say(draft, "spread.alt", args));
}

static void add_chart(const lkv_writing *writing, const GArray *topics)
{
    lkv_topic first = g_array_index(topics, lkv_topic, 0);
    bool share = lkv_ask_is_share(writing->ask, first);
    lkv_chart_draft *chart = lkv_chart_draft_new(
        writing->draft,
        share ? "shares" : lkv_ask_outcome(writing->ask, first)->id,
        LKV_CHART_ROWS);
    chart->chart.title = title_of(writing, topics);
    chart->chart.reading = lkv_draft_say(
        writing->draft,
        share ? "spread.reading_share" : "spread.reading_points",
        (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)), {0}});
    chart->chart.scale =
        (lkv_scale){.kind = LKV_SCALE_CELLS,
                    .unit = share ? LKV_UNIT_SHARE_POINTS : LKV_UNIT_POINTS,
                    .zero = true};
    for (guint i = 0; i < topics->len; i++) {
        add_mark(chart, writing, g_array_index(topics, lkv_topic, i));
    }
    lkv_chart_draft_end(chart);
}

/* Percentage points have one axis; points have one each. */
static void add_charts(const lkv_writing *writing, const GArray *topics)
{
    g_autoptr(GArray) shares = lkv_writing_alike(writing, topics, true);
    g_autoptr(GArray) points = lkv_writing_alike(writing, topics, false);
    if (shares->len > 0) {
        add_chart(writing, shares);
    }
    for (guint i = 0; i < points->len; i++) {
        g_autoptr(GArray) one = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
        g_array_append_vals(one, &g_array_index(points, lkv_topic, i), 1);
        add_chart(writing, one);
    }
}

/* ---- the table: part of all differences ---------------------------------- */

static lkv_text band_of(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_ask *ask = writing->ask;
    const lkv_figure *low =
        lkv_ask_measure(ask, topic, 0, "school_band", "p10");
    const lkv_figure *high =
        lkv_ask_measure(ask, topic, 0, "school_band", "p90");
    if (lkv_ask_status(ask, low) != LKV_OK ||
        lkv_ask_status(ask, high) != LKV_OK) {
        return lkv_writing_cell(writing, low ? low->value : 0);
    }
    return lkv_draft_say(writing->draft, "value.range",
                         (lkv_arg[]){lkv_arg_bare("low", low->value),
                                     lkv_arg_cell("high", high->value),
                                     {0}});
}

static void add_table(const lkv_writing *writing, const GArray *topics)
{
    static const lkv_head heads[] = {{"attainment.outcome", LKV_LEFT, 5},
                                     {"attainment.stage", LKV_LEFT, 2},
                                     {"spread.band", LKV_RIGHT, 3},
                                     {"spread.part", LKV_RIGHT, 4}};
    lkv_draft *draft = writing->draft;
    lkv_table_draft *table = lkv_table_draft_new(
        draft, "icc", lkv_draft_say(draft, "spread.table", NULL));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        lkv_table_draft_cell(table, lkv_writing_outcome(writing, topic));
        lkv_table_draft_cell(table,
                             lkv_writing_stage(writing, topic.population));
        lkv_table_draft_cell(table, band_of(writing, topic));
        lkv_table_draft_cell(
            table, lkv_writing_per_cent(writing,
                                        spread_of(writing->ask, topic, "icc")));
    }
    lkv_table_draft_end(table);
}

/* With what the interval takes for granted, and why a result is not here. */
static void add_notes(const lkv_writing *writing, lkv_text reason)
{
    g_autoptr(GArray) notes = lkv_texts_new();
    lkv_texts_add(notes, lkv_writing_say(writing, "spread.note"));
    if (lkv_writing_noted(writing, "spread_between_schools", "icc",
                          LKV_NOTE_NORMAL_SCHOOLS)) {
        lkv_texts_add(notes, lkv_writing_say(writing, "spread.normal_schools"));
    }
    lkv_writing_notes(writing, notes, "spread.one_not_estimable", reason);
}

/* ---- the section --------------------------------------------------------- */

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics =
        lkv_ask_topics(ask, lkv_writing_words(writing, "figures"));
    g_autoptr(GArray) told = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_told(ask, spread_of(ask, topic, "icc")) &&
            lkv_ask_told(ask, spread_of(ask, topic, "sigma_b"))) {
            g_array_append_val(told, topic);
        }
    }
    lkv_text reason = lkv_writing_why(writing, "spread_between_schools", "icc");
    if (told->len == 0 && reason.key) {
        const lkv_arg args[] = {lkv_arg_said(draft, "reason", reason), {0}};
        lkv_draft_text(draft, LKV_BLOCK_NOTE,
                       lkv_draft_say(draft, "spread.not_estimable", args));
    }
    if (told->len == 0) {
        return;
    }
    lkv_writing_heading(writing, lkv_draft_say(draft, "heading.spread", NULL));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_draft_say(draft, "spread.lead", NULL));
    add_charts(writing, told);
    add_table(writing, told);
    add_notes(writing, reason);
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_spread = {
    .id = "spread", .settings = settings, .build = build};
