/* Whether a gap is about the same at all schools: what it is in a school in
 * the middle, and between which values it lies at most schools like these. No
 * school is to be seen, and no single school's gap is sure enough to be.
 */
#include "report/against.h"
#include "report/rows.h"

enum { CHANCE_PER_CENT = 5 };

static const lkv_figure *of(const lkv_writing *writing, const lkv_against *at,
                            const char *component)
{
    return lkv_against_figure(writing->ask, at, "slope_between_schools",
                              component);
}

/* Pairs of TOPIC with a range: array of lkv_against. */
static GArray *pairs_of(const lkv_writing *writing, lkv_topic topic)
{
    GArray *pairs = g_array_new(FALSE, TRUE, sizeof(lkv_against));
    g_autoptr(GArray) all = lkv_against_all(writing, topic);
    for (guint i = 0; i < all->len; i++) {
        lkv_against at = g_array_index(all, lkv_against, i);
        if (lkv_ask_told(writing->ask, of(writing, &at, "range_low"))) {
            g_array_append_val(pairs, at);
        }
    }
    return pairs;
}

/* So large a difference would seldom come by chance. */
static bool differs(const lkv_writing *writing, const lkv_against *at)
{
    const lkv_figure *p = of(writing, at, "p");
    return p && lkv_truth_at_least(writing->ask->release, p->value,
                                   CHANCE_PER_CENT, 2) == LKV_TRUTH_NO;
}

static lkv_text end_of(const lkv_writing *writing, const lkv_against *at)
{
    return lkv_draft_say(
        writing->draft, "everywhere.range",
        (lkv_arg[]){lkv_arg_plus("value", of(writing, at, "slope")->value),
                    lkv_arg_plus("low", of(writing, at, "range_low")->value),
                    lkv_arg_plus("high", of(writing, at, "range_high")->value),
                    {0}});
}

static void add_row(lkv_chart_draft *chart, const lkv_writing *writing,
                    const lkv_against *at)
{
    lkv_draft *draft = writing->draft;
    const lkv_group *group = lkv_frame_group(writing->ask->frame, at->group);
    const lkv_figure *low = of(writing, at, "range_low");
    const lkv_figure *high = of(writing, at, "range_high");
    lkv_text end = end_of(writing, at);
    lkv_text found =
        lkv_writing_say(writing, differs(writing, at) ? "everywhere.differs"
                                                      : "everywhere.alike");
    lkv_text name = lkv_draft_say(
        draft, "gaps.pair",
        (lkv_arg[]){lkv_arg_value("group", at->group, at->leaf),
                    lkv_arg_value("reference", at->group, group->reference),
                    {0}});
    const lkv_arg args[] = {lkv_arg_said(draft, "pair", name),
                            lkv_arg_said(draft, "value", end),
                            lkv_arg_said(draft, "finding", found),
                            {0}};
    int16_t slot = lkv_chart_draft_slot(
        chart, (lkv_slot_label){.label = name, .below = found, .end = end});
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_SPAN,
                                           .role = LKV_ROLE_DISTRICT,
                                           .slot = slot,
                                           .low = low->value,
                                           .high = high->value});
    lkv_chart_draft_mark(chart,
                         (lkv_mark){.kind = LKV_MARK_DOT,
                                    .role = LKV_ROLE_DISTRICT,
                                    .slot = slot,
                                    .at = of(writing, at, "slope")->value});
    lkv_chart_draft_span(chart, low->value);
    lkv_chart_draft_span(chart, high->value);
    lkv_chart_draft_alt(chart, lkv_draft_say(draft, "everywhere.alt", args));
}

static void add_chart(const lkv_writing *writing, lkv_topic topic,
                      const GArray *pairs, bool explained)
{
    lkv_draft *draft = writing->draft;
    const lkv_outcome *outcome = lkv_ask_outcome(writing->ask, topic);
    bool share = lkv_ask_is_share(writing->ask, topic);
    lkv_chart_draft *chart = lkv_rows_new(
        writing,
        lkv_draft_name(draft, "%s_%s",
                       lkv_ask_population(writing->ask, topic)->stage,
                       outcome->id),
        share ? LKV_UNIT_SHARE_POINTS : LKV_UNIT_POINTS, true);
    chart->chart.title = lkv_writing_topic(writing, topic);
    if (explained) {
        chart->chart.reading = lkv_draft_say(
            draft, "everywhere.reading",
            (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)),
                        {0}});
    }
    for (guint i = 0; i < pairs->len; i++) {
        add_row(chart, writing, &g_array_index(pairs, lkv_against, i));
    }
    lkv_chart_draft_end(chart);
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics =
        lkv_ask_topics(writing->ask, lkv_writing_words(writing, "figures"));
    bool first = true;
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        g_autoptr(GArray) pairs = pairs_of(writing, topic);
        if (pairs->len == 0) {
            continue;
        }
        if (first) {
            lkv_draft_heading(draft, 2,
                              lkv_writing_say(writing, "everywhere.heading"));
            lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                            lkv_writing_say(writing, "everywhere.lead"));
        }
        add_chart(writing, topic, pairs, first);
        first = false;
    }
    if (!first) {
        lkv_draft_text(draft, LKV_BLOCK_NOTE,
                       lkv_writing_say(writing, "everywhere.note"));
    }
}

static const lkv_setting_rule settings[] = {
    {"figures", LKV_SETTING_NAMES}, {"groups", LKV_SETTING_NAMES}, {0}};

const lkv_section lkv_section_same_everywhere = {
    .id = "same_everywhere", .settings = settings, .build = build};
