/* The latest years of a few figures, a small chart each: own line with its
 * interval, and the district's; parted where the rules changed.
 */
#include "report/breaks.h"

enum { YEARS = 3, YEARS_MOST = 6, CHARTS_MOST = 4, GRID = 12 };

/* One topic in its years, the oldest first; NULL where there is no figure. */
struct series {
    lkv_topic topic;
    const lkv_figure *own[YEARS_MOST], *district[YEARS_MOST], *change;
    int years, told; /* how many, and those with a value that is told */
};

static struct series series_of(const lkv_writing *writing, lkv_topic topic,
                               int years)
{
    const lkv_ask *ask = writing->ask;
    struct series series = {.topic = topic, .years = years};
    series.change = lkv_ask_measure(ask, topic, ask->unit, "change", "");
    for (int i = 0; i < years; i++) {
        lkv_topic then = lkv_ask_earlier(ask, topic, years - 1 - i);
        if (then.population == LKV_NO_VALUE) {
            continue;
        }
        series.own[i] = lkv_ask_level(ask, then, ask->unit);
        series.district[i] =
            lkv_writing_is_school(writing) ? lkv_ask_level(ask, then, 0) : NULL;
        series.told += series.own[i] && lkv_ask_told(ask, series.own[i]);
    }
    return series;
}

static lkv_zero_side side_of(const lkv_writing *writing,
                             const struct series *series)
{
    if (lkv_breaks_now(writing, series->topic)) {
        return LKV_SIDE_UNKNOWN;
    }
    return lkv_change_side_of(writing->ask->release, series->change);
}

/* "årskurs 9 · ingen tydlig förändring på ett år" */
static lkv_text finding_of(const lkv_writing *writing,
                           const struct series *series)
{
    static const char *const keys[] = {
        [LKV_SIDE_UNKNOWN] = NULL,         [LKV_SIDE_NEITHER] = "years.same",
        [LKV_SIDE_ABOVE] = "years.higher", [LKV_SIDE_BELOW] = "years.lower",
        [LKV_SIDE_SMALL] = "years.small",
    };
    const char *key = keys[side_of(writing, series)];
    g_autoptr(GArray) parts = lkv_texts_new();
    lkv_texts_add(parts, lkv_writing_stage(writing, series->topic.population));
    if (key) {
        lkv_texts_add(parts, lkv_draft_say(writing->draft, key, NULL));
    }
    return lkv_draft_join(writing->draft, "join.dots", parts);
}

/* A change is claimed or denied only where its own interval bears it out. */
static lkv_text heading_of(const lkv_writing *writing, const GArray *many)
{
    guint same = 0;
    for (guint i = 0; i < many->len; i++) {
        same += side_of(writing, &g_array_index(many, struct series, i)) ==
                LKV_SIDE_NEITHER;
    }
    return lkv_draft_say(
        writing->draft,
        same == many->len ? "years.heading_same" : "heading.years", NULL);
}

static lkv_text name_of(const lkv_writing *writing, const char *name)
{
    return lkv_draft_say(writing->draft, "value.name",
                         (lkv_arg[]){lkv_arg_name("name", name), {0}});
}

/* At the end of a line; the district's own report has only one. */
static lkv_text label_of(const lkv_writing *writing, const char *key,
                         const lkv_figure *figure)
{
    if (!lkv_writing_is_school(writing)) {
        return lkv_writing_cell(writing, figure->value);
    }
    return lkv_draft_say(
        writing->draft, key,
        (lkv_arg[]){lkv_arg_cell("value", figure->value), {0}});
}

static void mark_own(lkv_chart_draft *chart, const lkv_writing *writing,
                     const lkv_figure *own, int16_t slot, bool last)
{
    lkv_role role =
        lkv_writing_is_school(writing) ? LKV_ROLE_OWN : LKV_ROLE_DISTRICT;
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_RIBBON,
                                           .role = role,
                                           .slot = slot,
                                           .low = own->low,
                                           .high = own->high});
    lkv_chart_draft_mark(
        chart, (lkv_mark){.kind = LKV_MARK_LINE,
                          .role = role,
                          .slot = slot,
                          .at = own->value,
                          .label = last ? label_of(writing, "years.school", own)
                                        : (lkv_text){0}});
}

static void mark_district(lkv_chart_draft *chart, const lkv_writing *writing,
                          const lkv_figure *district, int16_t slot, bool last)
{
    lkv_chart_draft_mark(
        chart,
        (lkv_mark){.kind = LKV_MARK_LINE,
                   .role = LKV_ROLE_DISTRICT,
                   .series = 1,
                   .slot = slot,
                   .at = district->value,
                   .label = last ? label_of(writing, "years.district", district)
                                 : (lkv_text){0}});
}

/* Years without figures keep their place. */
static void mark_year(lkv_chart_draft *chart, const lkv_writing *writing,
                      const struct series *series, int at)
{
    lkv_draft *draft = writing->draft;
    bool last = at == series->years - 1;
    int year = writing->ask->frame->year - (series->years - 1 - at);
    const char *full = lkv_writing_school_year(writing, year);
    const char *brief =
        lkv_draft_name(draft, "%02d/%02d", (year - 1) % 100, year % 100);
    int16_t slot = lkv_chart_draft_slot(
        chart, (lkv_slot_label){.label = name_of(writing, full),
                                .brief = name_of(writing, brief)});
    const lkv_figure *own = series->own[at];
    if (series->district[at]) {
        mark_district(chart, writing, series->district[at], slot, last);
    }
    if (own) {
        mark_own(chart, writing, own, slot, last);
        lkv_chart_draft_alt(
            chart,
            lkv_draft_say(
                draft, "years.alt",
                (lkv_arg[]){lkv_arg_name("year", full),
                            lkv_arg_said(draft, "value",
                                         lkv_writing_value(writing, own)),
                            {0}}));
    }
}

/* An axis of points has room for every school in every year, so that it is the
 * same in each report, and small changes look small.
 */
static void add_span(lkv_chart_draft *chart, const lkv_ask *ask,
                     const struct series *series)
{
    for (int year = 0; year < series->years; year++) {
        lkv_topic then = lkv_ask_earlier(ask, series->topic, year);
        for (guint unit = 0;
             then.population != LKV_NO_VALUE && unit < ask->frame->units->len;
             unit++) {
            const lkv_figure *level = lkv_ask_level(ask, then, (uint16_t)unit);
            lkv_chart_draft_span(chart, level ? level->value : 0);
            lkv_chart_draft_span(chart, level ? level->low : 0);
            lkv_chart_draft_span(chart, level ? level->high : 0);
        }
    }
}

/* Shares are seen against all pupils: an axis that began at 40 % here and at 20 %
 * beside would make changes look larger than they are, and not alike.
 */
static void set_scale(lkv_chart_draft *chart, const lkv_ask *ask,
                      const struct series *series)
{
    if (lkv_ask_is_share(ask, series->topic)) {
        chart->chart.scale = (lkv_scale){
            .kind = LKV_SCALE_FIXED, .unit = LKV_UNIT_SHARE, .most = 1};
        return;
    }
    chart->chart.scale =
        (lkv_scale){.kind = LKV_SCALE_CELLS, .unit = LKV_UNIT_POINTS};
    add_span(chart, ask, series);
}

static void add_chart(const lkv_writing *writing, const struct series *series,
                      uint8_t columns)
{
    lkv_draft *draft = writing->draft;
    const char *id = lkv_draft_name(
        draft, "%s_%s", lkv_ask_population(writing->ask, series->topic)->stage,
        lkv_ask_outcome(writing->ask, series->topic)->id);
    lkv_chart_draft *chart = lkv_chart_draft_new(draft, id, LKV_CHART_TREND);
    chart->columns = columns;
    chart->chart.title = lkv_writing_brief(writing, series->topic);
    chart->chart.reading = finding_of(writing, series);
    lkv_chart_draft_alt(
        chart, lkv_draft_say(draft, "alt.title",
                             (lkv_arg[]){lkv_arg_said(draft, "title",
                                                      chart->chart.reading),
                                         {0}}));
    set_scale(chart, writing->ask, series);
    for (int i = 0; i < series->years; i++) {
        mark_year(chart, writing, series, i);
    }
    lkv_breaks_mark(chart, writing, series->topic, series->years);
    lkv_chart_draft_end(chart);
}

/* As many years as the setting wants, but none before the first that the
 * release has; three at least, so that reports of two years look alike.
 */
static int years_of(const lkv_writing *writing, const GArray *topics)
{
    const lkv_ask *ask = writing->ask;
    int most = MIN(lkv_writing_whole(writing, "years", YEARS), YEARS_MOST);
    int years = YEARS;
    for (guint i = 0; i < topics->len; i++) {
        for (int back = years; back < most; back++) {
            lkv_topic then =
                lkv_ask_earlier(ask, g_array_index(topics, lkv_topic, i), back);
            if (then.population != LKV_NO_VALUE &&
                lkv_ask_level(ask, then, ask->unit)) {
                years = back + 1;
            }
        }
    }
    return years;
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics =
        lkv_ask_topics(writing->ask, lkv_writing_words(writing, "figures"));
    int years = years_of(writing, topics);
    g_autoptr(GArray) many = g_array_new(FALSE, TRUE, sizeof(struct series));
    g_autoptr(GArray) shown = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    int most = lkv_writing_whole(writing, "most", CHARTS_MOST);
    for (guint i = 0; i < topics->len && many->len < (guint)most; i++) {
        struct series series =
            series_of(writing, g_array_index(topics, lkv_topic, i), years);
        if (series.told > 1) {
            g_array_append_val(many, series);
            g_array_append_val(shown, series.topic);
        }
    }
    if (many->len == 0) {
        return;
    }
    lkv_writing_heading(writing, heading_of(writing, many));
    lkv_draft_intro(
        draft, LKV_BLOCK_NOTE,
        lkv_draft_say(
            draft,
            lkv_writing_is_school(writing) ? "years.reading"
                                           : "years.reading_district",
            (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)),
                        {0}}));
    guint abreast = many->len == 1 ? 1 : many->len == 3 ? 3 : 2;
    for (guint i = 0; i < many->len; i++) {
        add_chart(writing, &g_array_index(many, struct series, i),
                  (uint8_t)(GRID / abreast));
    }
    lkv_breaks_tell(writing, shown, years);
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {"most", LKV_SETTING_WHOLE},
                                            {"years", LKV_SETTING_WHOLE},
                                            {0}};

const lkv_section lkv_section_years = {
    .id = "years", .settings = settings, .build = build};
