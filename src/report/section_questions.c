/* Questions for inquiry, picked by rules on what is released. They ask; they
 * do not judge, and a hidden figure picks none.
 */
#include "report/section.h"

#include <string.h>

enum { QUESTIONS_MOST = 5, LINES = 2, LINES_MOST = 20 };
enum { LACKING_PER_CENT = 5, MISSING_PER_CENT = 10, LANGUAGE_PER_CENT = 75 };

typedef lkv_text question_of(const lkv_writing *writing);

static lkv_text ask_plain(const lkv_writing *writing, const char *key)
{
    return lkv_draft_say(writing->draft, key, NULL);
}

static lkv_text ask_topic(const lkv_writing *writing, const char *key,
                          lkv_topic topic)
{
    lkv_text name = lkv_writing_topic(writing, topic);
    return lkv_draft_say(
        writing->draft, key,
        (lkv_arg[]){lkv_arg_said(writing->draft, "outcome", name), {0}});
}

static GArray *headlines(const lkv_writing *writing)
{
    return lkv_ask_topics(writing->ask, lkv_writing_words(writing, "figures"));
}

/* ---- rules --------------------------------------------------------------- */

/* The first headline that lies clear of chance on SIDE of the district. */
static lkv_text against(const lkv_writing *writing, lkv_zero_side side,
                        const char *key)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics = headlines(writing);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        const lkv_figure *apart =
            lkv_ask_measure(ask, topic, ask->unit, "against_district", "");
        if (lkv_zero_side_flagged(ask->release, apart) == side) {
            return ask_topic(writing, key, topic);
        }
    }
    return (lkv_text){0};
}

static lkv_text below(const lkv_writing *writing)
{
    return against(writing, LKV_SIDE_BELOW, "question.below");
}

static lkv_text above(const lkv_writing *writing)
{
    return against(writing, LKV_SIDE_ABOVE, "question.above");
}

/* The first headline that changed on SIDE of the year before. */
static lkv_text changed(const lkv_writing *writing, lkv_zero_side side,
                        const char *key)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics = headlines(writing);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        const lkv_figure *change =
            lkv_ask_measure(ask, topic, ask->unit, "change", "");
        if (lkv_zero_side_of(ask->release, change) == side) {
            return ask_topic(writing, key, topic);
        }
    }
    return (lkv_text){0};
}

static lkv_text fell(const lkv_writing *writing)
{
    return changed(writing, LKV_SIDE_BELOW, "question.fell");
}

static lkv_text rose(const lkv_writing *writing)
{
    return changed(writing, LKV_SIDE_ABOVE, "question.rose");
}

/* Many of those who read Swedish as a second language do not pass. */
static lkv_text language(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    uint16_t outcome = lkv_frame_outcome_find(ask->frame, "grade", "SVA");
    lkv_topic topic = {ask->leading, outcome};
    if (outcome == LKV_NO_VALUE || ask->leading == LKV_NO_VALUE) {
        return (lkv_text){0};
    }
    const lkv_figure *passed = lkv_ask_level(ask, topic, ask->unit);
    return passed && lkv_truth_at_least(ask->release, passed->value,
                                        LANGUAGE_PER_CENT, 2) == LKV_TRUTH_NO
               ? ask_plain(writing, "question.language")
               : (lkv_text){0};
}

/* Pupils of more than one stage: what happens between them? */
static lkv_text between_stages(const lkv_writing *writing)
{
    g_autoptr(GArray) stages = lkv_ask_stages(writing->ask);
    if (stages->len < 2) {
        return (lkv_text){0};
    }
    lkv_text to =
        lkv_writing_stage(writing, g_array_index(stages, uint16_t, 0));
    lkv_text from = lkv_writing_stage(
        writing, g_array_index(stages, uint16_t, stages->len - 1));
    if (!from.key || !to.key) {
        return (lkv_text){0};
    }
    return lkv_draft_say(writing->draft, "question.stages",
                         (lkv_arg[]){lkv_arg_said(writing->draft, "from", from),
                                     lkv_arg_said(writing->draft, "to", to),
                                     {0}});
}

/* A headline is not shown: how is it followed instead? */
static lkv_text not_shown(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics = headlines(writing);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_status(ask, lkv_ask_level(ask, topic, ask->unit)) ==
            LKV_HIDDEN) {
            return ask_plain(writing, "question.hidden");
        }
    }
    return (lkv_text){0};
}

/* Few steps from the goal: those who lack a single subject. */
static lkv_text lacking_one(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    static const char *const names[] = {"lacking_one", NULL};
    g_autoptr(GArray) topics = lkv_ask_named(ask, names);
    for (guint i = 0; i < topics->len; i++) {
        const lkv_figure *share =
            lkv_ask_level(ask, g_array_index(topics, lkv_topic, i), ask->unit);
        if (share && lkv_truth_at_least(ask->release, share->value,
                                        LACKING_PER_CENT, 2) == LKV_TRUTH_YES) {
            return lkv_draft_say(
                writing->draft, "question.lacking_one",
                (lkv_arg[]){lkv_arg_cell("share", share->value), {0}});
        }
    }
    return (lkv_text){0};
}

static bool gap_is_clear(const lkv_ask *ask, lkv_topic topic, uint16_t group)
{
    const lkv_cube *cube = ask->frame->cube;
    lkv_axis axis = lkv_frame_group(ask->frame, group)->axis;
    for (size_t leaf = 0; leaf < lkv_cube_leaves(cube, axis); leaf++) {
        const lkv_wanted where = {.unit = ask->unit,
                                  .group_by = (uint16_t)(group + 1U),
                                  .group = (uint16_t)leaf};
        lkv_zero_side side =
            lkv_zero_side_of(ask->release, lkv_ask_gap(ask, topic, &where, ""));
        if (side == LKV_SIDE_ABOVE || side == LKV_SIDE_BELOW) {
            return true;
        }
    }
    return false;
}

static lkv_text gap_in(const lkv_writing *writing, const char *id,
                       const char *key)
{
    const lkv_ask *ask = writing->ask;
    uint16_t group = lkv_frame_group_find(ask->frame, id);
    g_autoptr(GArray) topics = headlines(writing);
    for (guint i = 0; group != LKV_NO_VALUE && i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (gap_is_clear(ask, topic, group)) {
            return ask_topic(writing, key, topic);
        }
    }
    return (lkv_text){0};
}

static lkv_text sex(const lkv_writing *writing)
{
    return gap_in(writing, "sex", "question.sex");
}

static lkv_text education(const lkv_writing *writing)
{
    return gap_in(writing, "parental_education", "question.education");
}

/* Whether schools differ more than chance gives. */
static lkv_text spread(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics = headlines(writing);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        const lkv_figure *icc =
            lkv_ask_measure(ask, topic, 0, "spread_between_schools", "icc");
        if (lkv_zero_side_of(ask->release, icc) == LKV_SIDE_ABOVE) {
            return ask_topic(writing, "question.spread", topic);
        }
    }
    return (lkv_text){0};
}

/* The background of many pupils is not known. */
static lkv_text background(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    const lkv_topic heads = {ask->leading, LKV_NO_VALUE};
    for (uint16_t group = 0; group < ask->frame->groups->len; group++) {
        const lkv_wanted wanted = {.topic = heads,
                                   .unit = 0,
                                   .measure = "pupils",
                                   .component = "share",
                                   .group_by = (uint16_t)(group + 1U),
                                   .group = LKV_LEAF_MISSING,
                                   .reference = LKV_NO_VALUE};
        const lkv_figure *share = lkv_ask_find(ask, &wanted);
        if (share && lkv_truth_at_least(ask->release, share->value,
                                        MISSING_PER_CENT, 2) == LKV_TRUTH_YES) {
            return lkv_draft_say(
                writing->draft, "question.background",
                (lkv_arg[]){lkv_arg_group("group", group), {0}});
        }
    }
    return (lkv_text){0};
}

static lkv_text behind_the_mean(const lkv_writing *writing)
{
    return ask_plain(writing, "question.mean");
}

static lkv_text earlier(const lkv_writing *writing)
{
    return ask_plain(writing, "question.earlier");
}

static lkv_text support(const lkv_writing *writing)
{
    return ask_plain(writing, "question.support");
}

static lkv_text voice(const lkv_writing *writing)
{
    return ask_plain(writing, "question.voice");
}

static lkv_text next(const lkv_writing *writing)
{
    return ask_plain(writing, "question.next");
}

static lkv_text resources(const lkv_writing *writing)
{
    return ask_plain(writing, "question.resources");
}

/* ---- the section --------------------------------------------------------- */

static void build(const lkv_writing *writing)
{
    static question_of *const at_school[] = {
        below,          fell,      above,           lacking_one,
        language,       sex,       education,       rose,
        between_stages, not_shown, behind_the_mean, earlier,
        next,           support,   voice,           NULL};
    static question_of *const in_district[] = {
        fell,       spread, education,       sex,       lacking_one, language,
        background, rose,   behind_the_mean, resources, next,        NULL};
    bool school = lkv_writing_is_school(writing);
    question_of *const *rules = school ? at_school : in_district;
    int most = lkv_writing_whole(writing, "most", QUESTIONS_MOST);
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) asked = lkv_texts_new();
    for (size_t i = 0; rules[i] && asked->len < (guint)most; i++) {
        lkv_text question = rules[i](writing);
        if (question.key) {
            lkv_texts_add(asked, question);
        }
    }
    lkv_writing_heading(writing, ask_plain(writing, "heading.questions"));
    if (!school) {
        lkv_draft_intro(draft, LKV_BLOCK_NOTE,
                        ask_plain(writing, "question.lead_district"));
    }
    int lines = lkv_writing_whole(writing, "lines", LINES);
    lkv_draft_questions(draft, asked, (uint8_t)CLAMP(lines, 0, LINES_MOST));
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {"most", LKV_SETTING_WHOLE},
                                            {"lines", LKV_SETTING_WHOLE},
                                            {0}};

const lkv_section lkv_section_questions = {
    .id = "questions", .settings = settings, .build = build};
