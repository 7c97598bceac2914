/* The schools by size, each a dot without a name: how far apart schools of like
 * size lie, and how far apart chance would put them. Sizes are wide and hold
 * several schools each, so that no dot is known by its number of pupils.
 */
#include "report/section.h"

/* From so many pupils to the next; the limits are those of the fewest. */
static const struct bin {
    int from;
    const char *size;
} bins[] = {{10, "10"}, {20, "20"}, {30, "30"}, {50, "50"}, {100, "100"}};

enum { BINS = G_N_ELEMENTS(bins), SCHOOLS_LEAST = 5, CHARTS_MOST = 4 };

static lkv_cell funnel_of(const lkv_writing *writing, lkv_topic topic,
                          const char *component)
{
    const lkv_figure *figure =
        lkv_ask_measure(writing->ask, topic, 0, "funnel", component);
    return lkv_ask_told(writing->ask, figure) ? figure->value : 0;
}

static lkv_cell limit_of(const lkv_writing *writing, lkv_topic topic,
                         const char *side, size_t bin)
{
    return funnel_of(
        writing, topic,
        lkv_draft_name(writing->draft, "%s_%s", side, bins[bin].size));
}

static bool is_in(const lkv_release *release, lkv_cell pupils, size_t bin)
{
    bool past = bin + 1 < BINS &&
                lkv_truth_at_least(release, pupils, bins[bin + 1].from, 0) !=
                    LKV_TRUTH_NO;
    return !past && lkv_truth_at_least(release, pupils, bins[bin].from, 0) ==
                        LKV_TRUTH_YES;
}

/* Levels of the schools of BIN whose level is told, in the order of their codes:
 * array of lkv_cell. Special units are apart, as in the limits.
 */
static GArray *levels_of(const lkv_writing *writing, lkv_topic topic,
                         size_t bin)
{
    const lkv_ask *ask = writing->ask;
    GArray *levels = g_array_new(FALSE, TRUE, sizeof(lkv_cell));
    for (guint number = 1; number < ask->frame->units->len; number++) {
        uint16_t unit = (uint16_t)number;
        const lkv_figure *level = lkv_ask_level(ask, topic, unit);
        if (!lkv_frame_unit(ask->frame, unit)->special && level &&
            lkv_ask_status(ask, level) == LKV_OK &&
            is_in(ask->release, level->n, bin)) {
            g_array_append_val(levels, level->value);
        }
    }
    return levels;
}

static lkv_text pupils_of(const lkv_writing *writing, size_t bin)
{
    lkv_draft *draft = writing->draft;
    bool last = bin + 1 == BINS;
    const lkv_arg args[] = {
        lkv_arg_name("from", bins[bin].size),
        lkv_arg_name(
            "to",
            last ? "" : lkv_draft_name(draft, "%d", bins[bin + 1].from - 1)),
        {0}};
    return lkv_draft_say(draft, last ? "by_size.last" : "by_size.bin", args);
}

static void add_marks(lkv_chart_draft *chart, const GArray *levels,
                      lkv_mark band, lkv_cell centre)
{
    lkv_chart_draft_mark(chart, band);
    lkv_chart_draft_span(chart, band.low);
    lkv_chart_draft_span(chart, band.high);
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_TICK,
                                           .role = LKV_ROLE_DISTRICT,
                                           .slot = band.slot,
                                           .at = centre});
    for (guint i = 0; i < levels->len; i++) {
        lkv_cell level = g_array_index(levels, lkv_cell, i);
        lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_DOT,
                                               .role = LKV_ROLE_QUIET,
                                               .slot = band.slot,
                                               .at = level});
        lkv_chart_draft_span(chart, level);
    }
}

static void add_bin(lkv_chart_draft *chart, const lkv_writing *writing,
                    lkv_topic topic, size_t bin)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) levels = levels_of(writing, topic, bin);
    lkv_cell low = limit_of(writing, topic, "low", bin);
    lkv_cell high = limit_of(writing, topic, "high", bin);
    if (levels->len < SCHOOLS_LEAST || low == 0 || high == 0) {
        return;
    }
    const lkv_arg args[] = {
        lkv_arg_said(draft, "pupils", pupils_of(writing, bin)),
        lkv_arg_name("schools", lkv_draft_name(draft, "%u", levels->len)),
        lkv_arg_bare("low", low),
        lkv_arg_cell("high", high),
        {0}};
    int16_t slot = lkv_chart_draft_slot(
        chart, (lkv_slot_label){
                   .label = pupils_of(writing, bin),
                   .below = lkv_draft_say(draft, "by_size.schools", args)});
    const lkv_mark band = {.kind = LKV_MARK_BAND,
                           .role = LKV_ROLE_DISTRICT,
                           .slot = slot,
                           .low = low,
                           .high = high};
    add_marks(chart, levels, band, funnel_of(writing, topic, "centre"));
    lkv_chart_draft_alt(chart, lkv_draft_say(draft, "by_size.alt", args));
}

static lkv_text title_of(const lkv_writing *writing, lkv_topic topic)
{
    lkv_cell outside = funnel_of(writing, topic, "outside");
    const lkv_arg args[] = {lkv_arg_said(writing->draft, "outcome",
                                         lkv_writing_topic(writing, topic)),
                            lkv_arg_cell("outside", outside),
                            {0}};
    return lkv_draft_say(
        writing->draft,
        outside != 0 ? "by_size.title_outside" : "by_size.title", args);
}

/* EXPLAINED: how to read it stands with the first chart alone. */
static lkv_chart_draft *chart_of(const lkv_writing *writing, lkv_topic topic,
                                 bool explained)
{
    lkv_draft *draft = writing->draft;
    lkv_chart_draft *chart = lkv_chart_draft_new(
        draft,
        lkv_draft_name(draft, "%s_%s",
                       lkv_ask_population(writing->ask, topic)->stage,
                       lkv_ask_outcome(writing->ask, topic)->id),
        LKV_CHART_ROWS);
    chart->chart.title = title_of(writing, topic);
    if (explained) {
        chart->chart.reading = lkv_draft_say(
            draft, "by_size.reading",
            (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)),
                        {0}});
    }
    chart->chart.scale = (lkv_scale){
        .kind = LKV_SCALE_CELLS,
        .unit = lkv_ask_is_share(writing->ask, topic) ? LKV_UNIT_SHARE
                                                      : LKV_UNIT_POINTS};
    return chart;
}

/* Topics of which some size holds schools enough. */
static GArray *topics_of(const lkv_writing *writing)
{
    g_autoptr(GArray) told = lkv_writing_told(writing, "funnel", "centre");
    GArray *topics = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    for (guint i = 0; i < told->len && topics->len < CHARTS_MOST; i++) {
        lkv_topic topic = g_array_index(told, lkv_topic, i);
        for (size_t bin = 0; bin < BINS; bin++) {
            g_autoptr(GArray) levels = levels_of(writing, topic, bin);
            if (levels->len >= SCHOOLS_LEAST &&
                limit_of(writing, topic, "low", bin) != 0 &&
                limit_of(writing, topic, "high", bin) != 0) {
                g_array_append_val(topics, topic);
                break;
            }
        }
    }
    return topics;
}

static void build(const lkv_writing *writing)
{
    g_autoptr(GArray) topics = topics_of(writing);
    if (topics->len == 0) {
        return;
    }
    lkv_draft_heading(writing->draft, 2,
                      lkv_writing_say(writing, "by_size.heading"));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        lkv_chart_draft *chart = chart_of(writing, topic, i == 0);
        for (size_t bin = 0; bin < BINS; bin++) {
            add_bin(chart, writing, topic, bin);
        }
        lkv_chart_draft_end(chart);
    }
    lkv_draft_text(writing->draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, "by_size.note"));
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_by_size = {
    .id = "by_size", .settings = settings, .build = build};
