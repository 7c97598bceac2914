/* Differences between groups of pupils: both groups on one axis, the
 * difference with its interval beside them. The district also sees how much of
 * a difference there is between pupils of the same school.
 */
#include "report/against.h"

struct pair {
    lkv_topic topic;
    uint16_t group, value, reference; /* number of the group; two leaves */
    const lkv_figure *own, *other, *gap, *same_school, *remainder;
};

static struct pair pair_of(const lkv_ask *ask, lkv_topic topic, uint16_t group,
                           uint16_t value)
{
    const lkv_wanted where = {
        .unit = ask->unit, .group_by = (uint16_t)(group + 1U), .group = value};
    uint16_t reference = lkv_frame_group(ask->frame, group)->reference;
    return (struct pair){
        .topic = topic,
        .group = group,
        .value = value,
        .reference = reference,
        .own = lkv_ask_level_in(ask, topic, ask->unit, group, value),
        .other = lkv_ask_level_in(ask, topic, ask->unit, group, reference),
        .gap = lkv_ask_gap(ask, topic, &where, ""),
        .same_school = lkv_ask_gap(ask, topic, &where, "same_school"),
        .remainder = lkv_ask_gap(ask, topic, &where, "remainder"),
    };
}

/* Pairs of TOPIC that the release tells of: array of struct pair. */
static GArray *pairs_of(const lkv_writing *writing, lkv_topic topic)
{
    GArray *pairs = g_array_new(FALSE, TRUE, sizeof(struct pair));
    g_autoptr(GArray) all = lkv_against_all(writing, topic);
    for (guint i = 0; i < all->len; i++) {
        const lkv_against *at = &g_array_index(all, lkv_against, i);
        struct pair pair = pair_of(writing->ask, topic, at->group, at->leaf);
        if (pair.gap && pair.own && pair.other) {
            g_array_append_val(pairs, pair);
        }
    }
    return pairs;
}

/* A difference is told with its interval or not at all. */
static bool is_told(const lkv_ask *ask, const struct pair *pair)
{
    return lkv_zero_side_of(ask->release, pair->gap) != LKV_SIDE_UNKNOWN;
}

static bool any_told(const lkv_ask *ask, const GArray *pairs)
{
    for (guint i = 0; i < pairs->len; i++) {
        if (is_told(ask, &g_array_index(pairs, struct pair, i))) {
            return true;
        }
    }
    return false;
}

static lkv_text title_of(const lkv_writing *writing, const GArray *pairs)
{
    guint clear = 0, told = 0;
    for (guint i = 0; i < pairs->len; i++) {
        lkv_zero_side side = lkv_zero_side_of(
            writing->ask->release, g_array_index(pairs, struct pair, i).gap);
        clear += side == LKV_SIDE_ABOVE || side == LKV_SIDE_BELOW;
        told += side != LKV_SIDE_UNKNOWN;
    }
    const char *key = clear == 0 && told == pairs->len ? "gaps.title_none"
                      : clear == 0                     ? "gaps.title_none_shown"
                                                       : "gaps.title_some";
    lkv_topic topic = g_array_index(pairs, struct pair, 0).topic;
    return lkv_draft_say(
        writing->draft, key,
        (lkv_arg[]){lkv_arg_said(writing->draft, "outcome",
                                 lkv_writing_topic(writing, topic)),
                    {0}});
}

static lkv_text pair_name(const lkv_writing *writing, const struct pair *pair)
{
    return lkv_draft_say(
        writing->draft, "gaps.pair",
        (lkv_arg[]){lkv_arg_value("group", pair->group, pair->value),
                    lkv_arg_value("reference", pair->group, pair->reference),
                    {0}});
}

static lkv_text pupils_of(const lkv_writing *writing, const struct pair *pair)
{
    if (lkv_writing_status(writing, pair->own->n) != LKV_OK ||
        lkv_writing_status(writing, pair->other->n) != LKV_OK) {
        return (lkv_text){0};
    }
    return lkv_draft_say(writing->draft, "gaps.n",
                         (lkv_arg[]){lkv_arg_cell("group", pair->own->n),
                                     lkv_arg_cell("reference", pair->other->n),
                                     {0}});
}

/* ---- the chart ----------------------------------------------------------- */

static void add_marks(lkv_chart_draft *chart, const lkv_ask *ask,
                      const struct pair *pair, int16_t slot)
{
    if (lkv_ask_status(ask, pair->own) == LKV_OK &&
        lkv_ask_status(ask, pair->other) == LKV_OK) {
        lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_SPAN,
                                               .role = LKV_ROLE_QUIET,
                                               .slot = slot,
                                               .low = pair->other->value,
                                               .high = pair->own->value});
    }
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_DOT,
                                           .role = LKV_ROLE_REFERENCE,
                                           .slot = slot,
                                           .at = pair->other->value});
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_DOT,
                                           .role = LKV_ROLE_GROUP,
                                           .slot = slot,
                                           .at = pair->own->value});
    if (lkv_ask_told(ask, pair->gap) && !is_told(ask, pair)) {
        return;
    }
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_INTERVAL,
                                           .role = LKV_ROLE_DISTRICT,
                                           .aside = true,
                                           .slot = slot,
                                           .at = pair->gap->value,
                                           .low = pair->gap->low,
                                           .high = pair->gap->high});
}

static void add_row(lkv_chart_draft *chart, const lkv_writing *writing,
                    const struct pair *pair)
{
    lkv_draft *draft = writing->draft;
    bool alone =
        lkv_ask_told(writing->ask, pair->gap) && !is_told(writing->ask, pair);
    lkv_text gap = alone ? lkv_writing_say(writing, "gaps.no_interval")
                         : lkv_writing_difference(writing, pair->gap);
    int16_t slot = lkv_chart_draft_slot(
        chart, (lkv_slot_label){.label = pair_name(writing, pair),
                                .below = pupils_of(writing, pair),
                                .end = gap});
    add_marks(chart, writing->ask, pair, slot);
    const lkv_arg args[] = {
        lkv_arg_value("group", pair->group, pair->value),
        lkv_arg_value("reference", pair->group, pair->reference),
        lkv_arg_cell("own", pair->own->value),
        lkv_arg_cell("other", pair->other->value),
        lkv_arg_said(draft, "gap",
                     alone ? gap
                           : lkv_writing_difference_full(writing, pair->gap)),
        {0}};
    lkv_chart_draft_alt(chart, lkv_draft_say(draft, "gaps.alt", args));
}

/* Both axes have room for every school, so that they are the same in each
 * report.
 */
static void add_span(lkv_chart_draft *chart, const lkv_ask *ask,
                     const struct pair *pair)
{
    for (guint number = 0; number < ask->frame->units->len; number++) {
        uint16_t unit = (uint16_t)number;
        lkv_ask at = *ask;
        at.unit = unit;
        struct pair there = pair_of(&at, pair->topic, pair->group, pair->value);
        if (there.own && there.other && there.gap) {
            lkv_chart_draft_span(chart, there.own->value);
            lkv_chart_draft_span(chart, there.other->value);
            lkv_chart_draft_aside(chart, there.gap->value);
            lkv_chart_draft_aside(chart, there.gap->low);
            lkv_chart_draft_aside(chart, there.gap->high);
        }
    }
}

static void add_spans(lkv_chart_draft *chart, const lkv_writing *writing,
                      lkv_topic topic)
{
    lkv_ask all = *writing->ask;
    all.unit = 0;
    const lkv_writing district = {.ask = &all, .spec = writing->spec};
    g_autoptr(GArray) pairs = pairs_of(&district, topic);
    for (guint i = 0; i < pairs->len; i++) {
        add_span(chart, &all, &g_array_index(pairs, struct pair, i));
    }
}

/* "final_eligible": a block's name has its stage. */
static const char *id_of(const lkv_writing *writing, lkv_topic topic)
{
    return lkv_draft_name(writing->draft, "%s_%s",
                          lkv_ask_population(writing->ask, topic)->stage,
                          lkv_ask_outcome(writing->ask, topic)->id);
}

/* EXPLAINED: how to read it stands with the first chart alone. */
static void add_chart(const lkv_writing *writing, const GArray *pairs,
                      bool explained)
{
    const struct pair *first = &g_array_index(pairs, struct pair, 0);
    bool share = lkv_ask_is_share(writing->ask, first->topic);
    lkv_chart_draft *chart = lkv_chart_draft_new(
        writing->draft, id_of(writing, first->topic), LKV_CHART_ROWS);
    chart->chart.title = title_of(writing, pairs);
    if (explained) {
        chart->chart.reading = lkv_draft_say(
            writing->draft, "gaps.reading",
            (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)),
                        {0}});
    }
    chart->chart.scale = (lkv_scale){
        .kind = LKV_SCALE_CELLS,
        .unit = share ? LKV_UNIT_SHARE : LKV_UNIT_POINTS,
    };
    chart->chart.aside = (lkv_scale){
        .kind = LKV_SCALE_CELLS,
        .unit = share ? LKV_UNIT_SHARE_POINTS : LKV_UNIT_POINTS,
        .zero = true,
    };
    for (guint i = 0; i < pairs->len; i++) {
        const struct pair *at = &g_array_index(pairs, struct pair, i);
        add_row(chart, writing, at);
    }
    add_spans(chart, writing, first->topic);
    lkv_chart_draft_end(chart);
}

/* ---- the district's table ------------------------------------------------ */

/* Why a dash stands where the difference in the same school should. */
static void add_why(const lkv_writing *writing, const struct pair *pair)
{
    lkv_draft *draft = writing->draft;
    lkv_text reason = lkv_writing_reason(writing, pair->same_school);
    if (reason.key) {
        lkv_draft_text(
            draft, LKV_BLOCK_NOTE,
            lkv_draft_say(draft, "gaps.same_not_estimable",
                          (lkv_arg[]){lkv_arg_said(draft, "pair",
                                                   pair_name(writing, pair)),
                                      lkv_arg_said(draft, "reason", reason),
                                      {0}}));
    }
}

static void add_table(const lkv_writing *writing, const GArray *pairs)
{
    static const char *const heads[] = {"gaps.column_gap", "gaps.column_same",
                                        "gaps.column_rest"};
    lkv_draft *draft = writing->draft;
    const struct pair *first = &g_array_index(pairs, struct pair, 0);
    const char *id =
        lkv_draft_name(draft, "%s_parts", id_of(writing, first->topic));
    lkv_text topic = lkv_writing_topic(writing, first->topic);
    lkv_table_draft *table = lkv_table_draft_new(
        draft, id,
        lkv_draft_say(draft, "gaps.table",
                      (lkv_arg[]){lkv_arg_said(draft, "outcome", topic), {0}}));
    lkv_table_draft_column(
        table, lkv_draft_say(draft, "gaps.column_pair", NULL), LKV_LEFT, 4);
    for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
        lkv_table_draft_column(table, lkv_draft_say(draft, heads[i], NULL),
                               LKV_RIGHT, 3);
    }
    for (guint i = 0; i < pairs->len; i++) {
        const struct pair *at = &g_array_index(pairs, struct pair, i);
        lkv_table_draft_cell(table, pair_name(writing, at));
        lkv_table_draft_cell(table, lkv_writing_difference(writing, at->gap));
        lkv_table_draft_cell(table,
                             lkv_writing_difference(writing, at->same_school));
        lkv_table_draft_cell(table,
                             lkv_writing_difference(writing, at->remainder));
    }
    lkv_table_draft_end(table);
    for (guint i = 0; i < pairs->len; i++) {
        add_why(writing, &g_array_index(pairs, struct pair, i));
    }
}

/* ---- the section --------------------------------------------------------- */

/* Charts of what is told, after which some topics are left: how many of each,
 * and why one could not be calculated.
 */
struct shown {
    guint told, hidden;
    lkv_text reason;
};

/* At a school the charts' own titles do, for want of room. */
static struct shown add_charts(const lkv_writing *writing, const GArray *topics)
{
    struct shown shown = {0};
    for (guint i = 0; i < topics->len; i++) {
        g_autoptr(GArray) pairs =
            pairs_of(writing, g_array_index(topics, lkv_topic, i));
        bool told = any_told(writing->ask, pairs);
        if (!told && pairs->len > 0) {
            lkv_text reason = lkv_writing_reason(
                writing, g_array_index(pairs, struct pair, 0).gap);
            shown.reason = reason.key ? reason : shown.reason;
            shown.hidden += !reason.key;
        }
        if (!told) {
            continue;
        }
        if (shown.told++ == 0 && !lkv_writing_is_school(writing)) {
            lkv_writing_heading(
                writing, lkv_draft_say(writing->draft, "heading.gaps", NULL));
            lkv_draft_intro(writing->draft, LKV_BLOCK_PARAGRAPH,
                            lkv_draft_say(writing->draft, "gaps.parts", NULL));
        }
        add_chart(writing, pairs, shown.told == 1);
        if (!lkv_writing_is_school(writing)) {
            add_table(writing, pairs);
        }
    }
    return shown;
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics =
        lkv_ask_topics(writing->ask, lkv_writing_words(writing, "figures"));
    const lkv_thresholds least = lkv_release_thresholds(writing->ask->release);
    const lkv_arg args[] = {
        lkv_arg_name("gap", lkv_draft_name(draft, "%d", least.gap_least)), {0}};
    struct shown shown = add_charts(writing, topics);
    if (shown.told == 0 && (shown.hidden > 0 || shown.reason.key)) {
        lkv_writing_heading(writing, lkv_writing_say(writing, "heading.gaps"));
    }
    if (shown.hidden > 0) {
        lkv_draft_text(
            draft, shown.told > 0 ? LKV_BLOCK_NOTE : LKV_BLOCK_PARAGRAPH,
            lkv_draft_say(
                draft, shown.told > 0 ? "gaps.some_hidden" : "gaps.all_hidden",
                args));
    }
    if (shown.reason.key) {
        lkv_draft_text(
            draft, LKV_BLOCK_NOTE,
            lkv_draft_say(
                draft, "gaps.not_estimable",
                (lkv_arg[]){lkv_arg_said(draft, "reason", shown.reason), {0}}));
    }
}

static const lkv_setting_rule settings[] = {
    {"figures", LKV_SETTING_NAMES}, {"groups", LKV_SETTING_NAMES}, {0}};

const lkv_section lkv_section_gaps = {
    .id = "gaps", .settings = settings, .build = build};
