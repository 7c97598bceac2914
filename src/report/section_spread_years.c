/* How much schools differed in each of the latest years: lines of the spread,
 * and all of it in a table, with the share by two methods.
 */
#include "report/breaks.h"

enum { YEARS_MOST = 5, CHARTS_MOST = 4, GRID = 12, HALF = 6 };

static const lkv_figure *spread_in(const lkv_writing *writing, lkv_topic topic,
                                   int back, const char *component)
{
    lkv_topic then = lkv_ask_earlier(writing->ask, topic, back);
    return then.population == LKV_NO_VALUE
               ? NULL
               : lkv_ask_measure(writing->ask, then, 0,
                                 "spread_between_schools", component);
}

/* Years of TOPIC of which the spread is told. */
static int told_of(const lkv_writing *writing, lkv_topic topic)
{
    int told = 0;
    for (int back = 0; back < YEARS_MOST; back++) {
        const lkv_figure *spread = spread_in(writing, topic, back, "sigma_b");
        told += spread && lkv_ask_told(writing->ask, spread);
    }
    return told;
}

static int years_of(const lkv_writing *writing, const GArray *topics)
{
    int years = 0;
    for (guint i = 0; i < topics->len; i++) {
        for (int back = years; back < YEARS_MOST; back++) {
            const lkv_figure *spread = spread_in(
                writing, g_array_index(topics, lkv_topic, i), back, "sigma_b");
            years = spread ? back + 1 : years;
        }
    }
    return years;
}

static lkv_text named(const lkv_writing *writing, int year)
{
    return lkv_draft_say(
        writing->draft, "value.name",
        (lkv_arg[]){
            lkv_arg_name("name", lkv_writing_school_year(writing, year)), {0}});
}

/* ---- the charts ------------------------------------------------------------ */

static void mark_year(lkv_chart_draft *chart, const lkv_writing *writing,
                      lkv_topic topic, int back)
{
    lkv_draft *draft = writing->draft;
    int year = writing->ask->frame->year - back;
    int16_t slot = lkv_chart_draft_slot(
        chart, (lkv_slot_label){.label = named(writing, year)});
    const lkv_figure *spread = spread_in(writing, topic, back, "sigma_b");
    if (!spread) {
        return;
    }
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_RIBBON,
                                           .role = LKV_ROLE_DISTRICT,
                                           .slot = slot,
                                           .low = spread->low,
                                           .high = spread->high});
    lkv_chart_draft_mark(
        chart,
        (lkv_mark){.kind = LKV_MARK_LINE,
                   .role = LKV_ROLE_DISTRICT,
                   .slot = slot,
                   .at = spread->value,
                   .label = back == 0 ? lkv_writing_cell(writing, spread->value)
                                      : (lkv_text){0}});
    lkv_chart_draft_alt(
        chart, lkv_draft_say(
                   draft, "years.alt",
                   (lkv_arg[]){lkv_arg_name("year", lkv_writing_school_year(
                                                        writing, year)),
                               lkv_arg_said(draft, "value",
                                            lkv_writing_value(writing, spread)),
                               {0}}));
}

/* Percentage points have one axis, so that charts side by side can be compared.
 */
static void add_spans(lkv_chart_draft *chart, const lkv_writing *writing,
                      const GArray *topics, lkv_topic topic, int years)
{
    bool share = lkv_ask_is_share(writing->ask, topic);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic other = g_array_index(topics, lkv_topic, i);
        bool same = share ? lkv_ask_is_share(writing->ask, other)
                          : other.outcome == topic.outcome;
        for (int back = 0; same && back < years; back++) {
            const lkv_figure *spread =
                spread_in(writing, other, back, "sigma_b");
            lkv_chart_draft_span(chart, spread ? spread->value : 0);
            lkv_chart_draft_span(chart, spread ? spread->low : 0);
            lkv_chart_draft_span(chart, spread ? spread->high : 0);
        }
    }
}

static void add_chart(const lkv_writing *writing, const GArray *topics,
                      lkv_topic topic, int years)
{
    lkv_draft *draft = writing->draft;
    const char *id = lkv_draft_name(
        draft, "%s_%s", lkv_ask_population(writing->ask, topic)->stage,
        lkv_ask_outcome(writing->ask, topic)->id);
    lkv_chart_draft *chart = lkv_chart_draft_new(draft, id, LKV_CHART_TREND);
    bool share = lkv_ask_is_share(writing->ask, topic);
    chart->columns = topics->len > 1 ? HALF : GRID;
    chart->chart.title = lkv_writing_brief(writing, topic);
    chart->chart.reading = lkv_writing_staged(
        writing, topic,
        lkv_writing_say(writing, share ? "spread_years.unit_share"
                                       : "spread_years.unit_points"));
    chart->chart.scale =
        (lkv_scale){.kind = LKV_SCALE_CELLS,
                    .unit = share ? LKV_UNIT_SHARE_POINTS : LKV_UNIT_POINTS,
                    .zero = true};
    add_spans(chart, writing, topics, topic, years);
    for (int back = years - 1; back >= 0; back--) {
        mark_year(chart, writing, topic, back);
    }
    lkv_breaks_mark(chart, writing, topic, years);
    lkv_chart_draft_end(chart);
}

/* ---- the table ------------------------------------------------------------- */

static void add_row(lkv_table_draft *table, const lkv_writing *writing,
                    lkv_topic topic, int back)
{
    const lkv_figure *spread = spread_in(writing, topic, back, "sigma_b");
    if (!spread) {
        return;
    }
    lkv_table_draft_cell(table,
                         named(writing, writing->ask->frame->year - back));
    lkv_table_draft_cell(table, lkv_writing_cell(writing, spread->schools));
    lkv_table_draft_cell(table, lkv_writing_value(writing, spread));
    lkv_table_draft_cell(
        table,
        lkv_writing_per_cent(writing, spread_in(writing, topic, back, "icc")));
    lkv_table_draft_cell(
        table, lkv_writing_per_cent(
                   writing, spread_in(writing, topic, back, "reml_icc")));
}

static void add_table(const lkv_writing *writing, const GArray *topics,
                      int years)
{
    static const lkv_head heads[] = {{"spread_years.year", LKV_LEFT, 2},
                                     {"spread_years.schools", LKV_RIGHT, 1},
                                     {"spread_years.spread", LKV_RIGHT, 3},
                                     {"spread_years.share", LKV_RIGHT, 3},
                                     {"spread_years.model", LKV_RIGHT, 3}};
    lkv_table_draft *table =
        lkv_table_draft_new(writing->draft, "by_year",
                            lkv_writing_say(writing, "spread_years.table"));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        lkv_table_draft_head(table, lkv_writing_topic(writing, topic));
        for (int back = years - 1; back >= 0; back--) {
            add_row(table, writing, topic, back);
        }
    }
    lkv_table_draft_end(table);
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics =
        lkv_writing_told(writing, "spread_between_schools", "sigma_b");
    for (guint i = topics->len; i-- > 0;) {
        if (told_of(writing, g_array_index(topics, lkv_topic, i)) < 2) {
            g_array_remove_index(topics, i);
        }
    }
    if (topics->len == 0) {
        return;
    }
    int years = years_of(writing, topics);
    lkv_draft_heading(draft, 2,
                      lkv_writing_say(writing, "spread_years.heading"));
    lkv_draft_intro(
        draft, LKV_BLOCK_NOTE,
        lkv_draft_say(
            draft, "spread_years.reading",
            (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)),
                        {0}}));
    for (guint i = 0; i < topics->len && i < CHARTS_MOST; i++) {
        add_chart(writing, topics, g_array_index(topics, lkv_topic, i), years);
    }
    lkv_breaks_tell(writing, topics, years);
    add_table(writing, topics, years);
    lkv_draft_text(draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, "spread_years.note"));
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_spread_years = {
    .id = "spread_years", .settings = settings, .build = build};
