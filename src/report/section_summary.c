/* A few results in a few sentences each: level, change, schools, background,
 * groups. Each is said only where its figures are told, and
 * claims no more than their intervals bear.
 */
#include "report/section.h"

enum { TOPICS_MOST = 3 };

typedef lkv_text sentence_of(const lkv_writing *writing, lkv_topic topic);

static lkv_text level(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_figure *own = lkv_ask_level(writing->ask, topic, 0);
    if (!lkv_ask_told(writing->ask, own)) {
        return (lkv_text){0};
    }
    lkv_text value = lkv_writing_value(writing, own);
    return lkv_draft_say(
        writing->draft,
        lkv_ask_is_share(writing->ask, topic) ? "summary.level"
                                              : "summary.level_points",
        (lkv_arg[]){lkv_arg_said(writing->draft, "value", value), {0}});
}

static lkv_text change(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_figure *figure =
        lkv_ask_measure(writing->ask, topic, 0, "change", "");
    static const char *const keys[] = {
        [LKV_SIDE_UNKNOWN] = NULL,
        [LKV_SIDE_NEITHER] = "summary.change_none",
        [LKV_SIDE_ABOVE] = "summary.change_up",
        [LKV_SIDE_BELOW] = "summary.change_down",
        [LKV_SIDE_SMALL] = "summary.change_small"};
    const char *key = keys[lkv_change_side_of(writing->ask->release, figure)];
    if (!key) {
        return (lkv_text){0};
    }
    const lkv_arg args[] = {
        lkv_arg_said(writing->draft, "value",
                     lkv_writing_difference_full(writing, figure)),
        {0}};
    return lkv_draft_say(writing->draft, key, args);
}

/* "… of all differences go with …", of a ratio that is a part of a whole. */
static lkv_text part(const lkv_writing *writing, lkv_topic topic,
                     const char *measure, const char *component,
                     const char *key)
{
    const lkv_figure *figure =
        lkv_ask_measure(writing->ask, topic, 0, measure, component);
    if (lkv_zero_side_of(writing->ask->release, figure) != LKV_SIDE_ABOVE) {
        return (lkv_text){0};
    }
    const lkv_arg args[] = {lkv_arg_said(writing->draft, "value",
                                         lkv_writing_per_cent(writing, figure)),
                            {0}};
    return lkv_draft_say(writing->draft, key, args);
}

static lkv_text spread(const lkv_writing *writing, lkv_topic topic)
{
    return part(writing, topic, "spread_between_schools", "icc",
                "summary.spread");
}

static lkv_text background(const lkv_writing *writing, lkv_topic topic)
{
    return part(writing, topic, "gradient", "r2", "summary.background");
}

/* The gap and what of it goes with different schools, where it is clear. */
static lkv_text gap_of(const lkv_writing *writing, lkv_topic topic,
                       const lkv_wanted *where)
{
    const lkv_ask *ask = writing->ask;
    lkv_draft *draft = writing->draft;
    uint16_t group = (uint16_t)(where->group_by - 1U);
    const lkv_figure *gap = lkv_ask_gap(ask, topic, where, "");
    const lkv_figure *same = lkv_ask_gap(ask, topic, where, "same_school");
    const lkv_figure *rest = lkv_ask_gap(ask, topic, where, "remainder");
    lkv_zero_side side = lkv_zero_side_of(ask->release, gap);
    if (side == LKV_SIDE_UNKNOWN || side == LKV_SIDE_NEITHER ||
        !lkv_ask_told(ask, same) || !lkv_ask_told(ask, rest)) {
        return (lkv_text){0};
    }
    bool within = lkv_zero_side_of(ask->release, rest) == LKV_SIDE_NEITHER;
    const lkv_arg args[] = {
        lkv_arg_value("group", group, where->group),
        lkv_arg_value("reference", group,
                      lkv_frame_group(ask->frame, group)->reference),
        lkv_arg_group("groups", group),
        lkv_arg_said(draft, "gap", lkv_writing_difference_full(writing, gap)),
        lkv_arg_said(draft, "same", lkv_writing_difference_full(writing, same)),
        lkv_arg_said(draft, "rest", lkv_writing_difference_full(writing, rest)),
        {0}};
    return lkv_draft_say(
        draft, within ? "summary.gap_within" : "summary.gap_parts", args);
}

/* Of each group that is named the leaf that stands last: the lowest level of
 * education, those born abroad. The first clear gap is told.
 */
static lkv_text gap(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) groups =
        lkv_ask_groups(ask, lkv_writing_words(writing, "groups"));
    for (guint i = 0; i < groups->len; i++) {
        uint16_t group = g_array_index(groups, uint16_t, i);
        lkv_axis axis = lkv_frame_group(ask->frame, group)->axis;
        for (size_t leaf = lkv_cube_leaves(ask->frame->cube, axis);
             leaf-- > 0;) {
            const lkv_wanted where = {.group_by = (uint16_t)(group + 1U),
                                      .group = (uint16_t)leaf};
            lkv_text text = gap_of(writing, topic, &where);
            if (text.key) {
                return text;
            }
        }
    }
    return (lkv_text){0};
}

static void add_topic(const lkv_writing *writing, lkv_topic topic)
{
    static sentence_of *const sentences[] = {level,      change, spread,
                                             background, gap,    NULL};
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) said = lkv_texts_new();
    for (size_t i = 0; sentences[i]; i++) {
        lkv_text text = sentences[i](writing, topic);
        if (text.key) {
            lkv_texts_add(said, text);
        }
    }
    if (said->len == 0) {
        return;
    }
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_topic(writing, topic)), {0}};
    lkv_draft_heading(draft, 2, lkv_draft_say(draft, "summary.heading", args));
    lkv_draft_list(draft, said);
}

static void build(const lkv_writing *writing)
{
    g_autoptr(GArray) topics =
        lkv_ask_topics(writing->ask, lkv_writing_words(writing, "figures"));
    int most = lkv_writing_whole(writing, "most", TOPICS_MOST);
    for (guint i = 0; i < topics->len && i < (guint)MAX(most, 0); i++) {
        add_topic(writing, g_array_index(topics, lkv_topic, i));
    }
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {"groups", LKV_SETTING_NAMES},
                                            {"most", LKV_SETTING_WHOLE},
                                            {0}};

const lkv_section lkv_section_summary = {
    .id = "summary", .settings = settings, .build = build};
