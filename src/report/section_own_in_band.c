/* The own school in the band of the district's schools: own value with its
 * interval, the middle 80 per cent of the schools, and the district. No other
 * school is to be seen.
 */
#include "report/section.h"

struct row {
    lkv_topic topic;
    const lkv_figure *own, *district, *from, *to; /* FROM, TO: the band */
    lkv_zero_side side; /* of the difference from the district */
};

static struct row row_of(const lkv_ask *ask, lkv_topic topic)
{
    const lkv_figure *apart =
        lkv_ask_measure(ask, topic, ask->unit, "against_district", "");
    return (struct row){
        .topic = topic,
        .own = lkv_ask_level(ask, topic, ask->unit),
        .district = lkv_ask_level(ask, topic, 0),
        .from = lkv_ask_measure(ask, topic, 0, "school_band", "p10"),
        .to = lkv_ask_measure(ask, topic, 0, "school_band", "p90"),
        .side = lkv_zero_side_flagged(ask->release, apart),
    };
}

static bool has_band(const lkv_ask *ask, const struct row *row)
{
    return lkv_ask_status(ask, row->from) == LKV_OK &&
           lkv_ask_status(ask, row->to) == LKV_OK;
}

/* ---- the finding --------------------------------------------------------- */

struct finding {
    guint above, below, neither, told;
    const struct row *clear; /* the last that is clear of chance */
};

static struct finding finding_of(const lkv_ask *ask, const GArray *rows)
{
    struct finding found = {0};
    for (guint i = 0; i < rows->len; i++) {
        const struct row *at = &g_array_index(rows, struct row, i);
        found.above += at->side == LKV_SIDE_ABOVE;
        found.below += at->side == LKV_SIDE_BELOW;
        found.neither += at->side == LKV_SIDE_NEITHER;
        found.told += lkv_ask_told(ask, at->own);
        if (at->side == LKV_SIDE_ABOVE || at->side == LKV_SIDE_BELOW) {
            found.clear = at;
        }
    }
    return found;
}

/* A chart of one row is about its outcome, one of many about all of them. */
static lkv_text about_of(const lkv_writing *writing, const GArray *rows)
{
    const struct row *first = &g_array_index(rows, struct row, 0);
    return rows->len == 1
               ? lkv_writing_topic(writing, first->topic)
               : lkv_draft_say(writing->draft, "band.about_shares", NULL);
}

static lkv_text title_of(const lkv_writing *writing, const GArray *rows)
{
    lkv_draft *draft = writing->draft;
    struct finding found = finding_of(writing->ask, rows);
    guint clear = found.above + found.below;
    if (clear == 1) {
        lkv_text topic = lkv_writing_topic(writing, found.clear->topic);
        return lkv_draft_say(
            draft,
            found.above == 1 ? "band.title_one_above" : "band.title_one_below",
            (lkv_arg[]){lkv_arg_said(draft, "outcome", topic), {0}});
    }
    const char *key = clear == 0 && !found.neither ? "band.title_alone"
                      : clear == 0 && found.neither == rows->len
                          ? "band.title_none"
                      : clear == 0       ? "band.title_none_shown"
                      : found.below == 0 ? "band.title_above"
                      : found.above == 0 ? "band.title_below"
                                         : "band.title_both";
    lkv_text about = about_of(writing, rows);
    return lkv_draft_say(draft, key,
                         (lkv_arg[]){lkv_arg_said(draft, "about", about), {0}});
}

/* ---- rows -------------------------------------------------------------------- */

static void add_alt(lkv_chart_draft *chart, const lkv_writing *writing,
                    const struct row *row)
{
    lkv_draft *draft = writing->draft;
    bool banded = has_band(writing->ask, row);
    const char *key = !lkv_ask_told(writing->ask, row->own) ? "band.alt_hidden"
                      : banded                              ? "band.alt"
                               : "band.alt_no_band";
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_topic(writing, row->topic)),
        lkv_arg_said(draft, "own", lkv_writing_value(writing, row->own)),
        lkv_arg_cell("district", row->district ? row->district->value : 0),
        lkv_arg_bare("from", banded ? row->from->value : 0),
        lkv_arg_cell("to", banded ? row->to->value : 0),
        {0}};
    lkv_chart_draft_alt(chart, lkv_draft_say(draft, key, args));
}

static void add_row(lkv_chart_draft *chart, const lkv_writing *writing,
                    const struct row *row)
{
    int16_t slot = lkv_chart_draft_slot(
        chart, (lkv_slot_label){
                   .label = lkv_writing_outcome(writing, row->topic),
                   .below = lkv_writing_below(writing, row->topic, row->own),
                   .end = lkv_writing_value(writing, row->own),
               });
    if (has_band(writing->ask, row)) {
        lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_BAND,
                                               .role = LKV_ROLE_DISTRICT,
                                               .slot = slot,
                                               .low = row->from->value,
                                               .high = row->to->value});
    }
    if (row->district) {
        lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_TICK,
                                               .role = LKV_ROLE_DISTRICT,
                                               .slot = slot,
                                               .at = row->district->value});
    }
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_INTERVAL,
                                           .role = LKV_ROLE_OWN,
                                           .slot = slot,
                                           .at = row->own->value,
                                           .low = row->own->low,
                                           .high = row->own->high});
    add_alt(chart, writing, row);
}

/* The axis has room for every school, so that it is the same in each report. */
static void add_span(lkv_chart_draft *chart, const lkv_ask *ask,
                     lkv_topic topic)
{
    for (guint number = 0; number < ask->frame->units->len; number++) {
        uint16_t unit = (uint16_t)number;
        const lkv_figure *level = lkv_ask_level(ask, topic, unit);
        if (level) {
            lkv_chart_draft_span(chart, level->value);
            lkv_chart_draft_span(chart, level->low);
            lkv_chart_draft_span(chart, level->high);
        }
    }
}

/* So that shares have one axis in all reports, it also has room for the
 * figures that only other schools have.
 */
static void add_spans(lkv_chart_draft *chart, const lkv_writing *writing,
                      bool share)
{
    const lkv_ask all = lkv_ask_of(writing->ask->release, 0);
    g_autoptr(GArray) topics =
        lkv_ask_named(&all, lkv_writing_words(writing, "figures"));
    for (guint i = 0; share && i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_is_share(&all, topic)) {
            add_span(chart, &all, topic);
        }
    }
}

static lkv_text reading_of(const lkv_writing *writing, const GArray *rows)
{
    bool banded = false;
    for (guint i = 0; i < rows->len; i++) {
        banded = banded ||
                 has_band(writing->ask, &g_array_index(rows, struct row, i));
    }
    return lkv_draft_say(
        writing->draft, banded ? "band.reading" : "band.reading_no_band",
        (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)), {0}});
}

/* Where nothing is told: hidden, or no such results. */
static void add_line(const lkv_writing *writing, const GArray *rows)
{
    lkv_text about = about_of(writing, rows);
    bool hidden = false;
    for (guint i = 0; i < rows->len; i++) {
        const struct row *at = &g_array_index(rows, struct row, i);
        hidden = hidden || lkv_ask_status(writing->ask, at->own) == LKV_HIDDEN;
    }
    lkv_draft_text(
        writing->draft, LKV_BLOCK_NOTE,
        lkv_draft_say(
            writing->draft, hidden ? "band.hidden" : "band.none",
            (lkv_arg[]){lkv_arg_said(writing->draft, "about", about), {0}}));
}

/* EXPLAINED: how to read it stands with the first chart alone. False where a
 * line says instead that nothing is shown.
 */
static bool add_chart(const lkv_writing *writing, const GArray *rows,
                      bool explained)
{
    if (finding_of(writing->ask, rows).told == 0) {
        add_line(writing, rows);
        return false;
    }
    const struct row *first = &g_array_index(rows, struct row, 0);
    bool share = lkv_ask_is_share(writing->ask, first->topic);
    lkv_chart_draft *chart = lkv_chart_draft_new(
        writing->draft,
        share ? "shares" : lkv_ask_outcome(writing->ask, first->topic)->id,
        LKV_CHART_ROWS);
    chart->chart.title = title_of(writing, rows);
    if (explained) {
        chart->chart.reading = reading_of(writing, rows);
    }
    chart->chart.scale = (lkv_scale){
        .kind = LKV_SCALE_CELLS,
        .unit = share ? LKV_UNIT_SHARE : LKV_UNIT_POINTS,
    };
    for (guint i = 0; i < rows->len; i++) {
        const struct row *at = &g_array_index(rows, struct row, i);
        add_row(chart, writing, at);
        add_span(chart, writing->ask, at->topic);
    }
    add_spans(chart, writing, share);
    lkv_chart_draft_end(chart);
    return true;
}

/* Shares have one axis; points have one each, for scales differ. */
static void build(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics =
        lkv_ask_topics(ask, lkv_writing_words(writing, "figures"));
    g_autoptr(GArray) shares = g_array_new(FALSE, TRUE, sizeof(struct row));
    for (guint i = 0; i < topics->len; i++) {
        struct row made = row_of(ask, g_array_index(topics, lkv_topic, i));
        if (lkv_ask_is_share(ask, made.topic)) {
            g_array_append_val(shares, made);
        }
    }
    bool explained = shares->len > 0 && add_chart(writing, shares, true);
    for (guint i = 0; i < topics->len; i++) {
        struct row made = row_of(ask, g_array_index(topics, lkv_topic, i));
        if (!lkv_ask_is_share(ask, made.topic)) {
            g_autoptr(GArray) one =
                g_array_new(FALSE, TRUE, sizeof(struct row));
            g_array_append_val(one, made);
            explained = add_chart(writing, one, !explained) || explained;
        }
    }
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_own_in_band = {
    .id = "own_in_band", .settings = settings, .build = build};
