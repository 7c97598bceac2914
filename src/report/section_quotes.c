/* Figures to quote: sentences that hold by themselves, each with its
 * definition, its pupils and its date.
 */
#include "report/section.h"

/* " i årskurs 9"; no text where stages have no year. */
static lkv_text place_of(const lkv_writing *writing, lkv_topic topic)
{
    lkv_text stage = lkv_writing_stage(writing, topic.population);
    return stage.key ? lkv_draft_say(writing->draft, "quote.place",
                                     (lkv_arg[]){lkv_arg_said(writing->draft,
                                                              "stage", stage),
                                                 {0}})
                     : (lkv_text){0};
}

/* Whose figures these are, and as of when: at the end of each sentence. */
static lkv_text source_of(const lkv_writing *writing, lkv_topic topic,
                          lkv_cell pupils)
{
    const lkv_frame *frame = writing->ask->frame;
    lkv_draft *draft = writing->draft;
    const char *year = lkv_writing_school_year(writing, frame->year);
    const lkv_arg args[] = {
        lkv_arg_cell("n", pupils),
        lkv_arg_status("told", pupils),
        lkv_arg_said(draft, "place", place_of(writing, topic)),
        lkv_arg_name("year", year ? year : ""),
        lkv_arg_key("release", frame->release == LKV_FINAL
                                   ? "release.final"
                                   : "release.preliminary"),
        lkv_arg_date("date"),
        {0}};
    return lkv_draft_say(draft,
                         frame->has_reference_date ? "quote.source_dated"
                                                   : "quote.source",
                         args);
}

static lkv_text definition_of(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_outcome *outcome = lkv_ask_outcome(writing->ask, topic);
    if (!outcome->from_rules) {
        return (lkv_text){0};
    }
    return lkv_draft_say_or(
        writing->draft,
        lkv_draft_name(writing->draft, "definition.%s", outcome->id),
        "quote.undefined",
        (lkv_arg[]){lkv_arg_outcome("outcome", topic.outcome), {0}});
}

static const char *district_of(const lkv_writing *writing)
{
    const char *name = writing->ask->frame->district_name;
    return name ? name : "";
}

static lkv_text level_of(const lkv_writing *writing, lkv_topic topic,
                         const lkv_figure *level)
{
    lkv_draft *draft = writing->draft;
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_outcome(writing, topic)),
        lkv_arg_cell("value", level->value),
        lkv_arg_said(draft, "interval", lkv_writing_interval(writing, level)),
        lkv_arg_name("level", lkv_writing_level(writing)),
        lkv_arg_name("district", district_of(writing)),
        {0}};
    return lkv_draft_say(draft,
                         lkv_writing_interval(writing, level).key
                             ? "quote.level"
                             : "quote.level_alone",
                         args);
}

static lkv_text whole(const lkv_writing *writing, lkv_text sentence,
                      lkv_topic topic, lkv_cell pupils)
{
    g_autoptr(GArray) parts = lkv_texts_new();
    lkv_texts_add(parts, sentence);
    lkv_texts_add(parts, definition_of(writing, topic));
    lkv_texts_add(parts, source_of(writing, topic, pupils));
    return lkv_draft_join(writing->draft, "join.sentences", parts);
}

static void add_level(const lkv_writing *writing, GArray *quotes,
                      lkv_topic topic)
{
    const lkv_figure *level = lkv_ask_level(writing->ask, topic, 0);
    if (lkv_ask_status(writing->ask, level) == LKV_OK) {
        lkv_texts_add(quotes, whole(writing, level_of(writing, topic, level),
                                    topic, level->n));
    }
}

/* The part of all differences that lies between schools. */
static void add_spread(const lkv_writing *writing, GArray *quotes,
                       lkv_topic topic)
{
    lkv_draft *draft = writing->draft;
    const lkv_figure *icc = lkv_ask_measure(writing->ask, topic, 0,
                                            "spread_between_schools", "icc");
    if (lkv_zero_side_of(writing->ask->release, icc) != LKV_SIDE_ABOVE) {
        return;
    }
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_outcome(writing, topic)),
        lkv_arg_said(draft, "value", lkv_writing_per_cent(writing, icc)),
        lkv_arg_name("district", district_of(writing)),
        {0}};
    lkv_texts_add(quotes,
                  whole(writing, lkv_draft_say(draft, "quote.spread", args),
                        topic, icc->n));
}

/* The gap of each group's leaf that stands last, where it is clear. */
static void add_gap(const lkv_writing *writing, GArray *quotes, lkv_topic topic,
                    uint16_t group)
{
    const lkv_ask *ask = writing->ask;
    lkv_draft *draft = writing->draft;
    lkv_axis axis = lkv_frame_group(ask->frame, group)->axis;
    uint16_t leaf = (uint16_t)(lkv_cube_leaves(ask->frame->cube, axis) - 1U);
    const lkv_wanted where = {.group_by = (uint16_t)(group + 1U),
                              .group = leaf};
    const lkv_figure *gap = lkv_ask_gap(ask, topic, &where, "");
    lkv_zero_side side = lkv_zero_side_of(ask->release, gap);
    if (side == LKV_SIDE_UNKNOWN || side == LKV_SIDE_NEITHER) {
        return;
    }
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_outcome(writing, topic)),
        lkv_arg_value("group", group, leaf),
        lkv_arg_value("reference", group,
                      lkv_frame_group(ask->frame, group)->reference),
        lkv_arg_said(draft, "gap", lkv_writing_difference_full(writing, gap)),
        lkv_arg_group("groups", group),
        lkv_arg_name("district", district_of(writing)),
        {0}};
    const lkv_figure *level = lkv_ask_level(ask, topic, 0);
    lkv_texts_add(quotes,
                  whole(writing, lkv_draft_say(draft, "quote.gap", args), topic,
                        level ? level->n : 0));
}

static void add_gaps(const lkv_writing *writing, GArray *quotes,
                     lkv_topic topic)
{
    g_autoptr(GArray) groups =
        lkv_ask_groups(writing->ask, lkv_writing_words(writing, "groups"));
    for (guint i = 0; i < groups->len; i++) {
        add_gap(writing, quotes, topic, g_array_index(groups, uint16_t, i));
    }
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics =
        lkv_ask_topics(writing->ask, lkv_writing_words(writing, "figures"));
    g_autoptr(GArray) quotes = lkv_texts_new();
    for (guint i = 0; i < topics->len; i++) {
        add_level(writing, quotes, g_array_index(topics, lkv_topic, i));
    }
    if (topics->len > 0) {
        lkv_topic first = g_array_index(topics, lkv_topic, 0);
        add_spread(writing, quotes, first);
        add_gaps(writing, quotes, first);
    }
    if (quotes->len == 0) {
        return;
    }
    lkv_writing_heading(writing, lkv_writing_say(writing, "quote.heading"));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_writing_say(writing, "quote.lead"));
    lkv_draft_list(draft, quotes);
}

static const lkv_setting_rule settings[] = {
    {"figures", LKV_SETTING_NAMES}, {"groups", LKV_SETTING_NAMES}, {0}};

const lkv_section lkv_section_quotes = {
    .id = "quotes", .settings = settings, .build = build};
