/* Questions on results: levels, changes, gaps, grades against tests, what is
 * expected.
 */
#include "report/question.h"

enum { LACKING_PER_CENT = 5, MISSING_PER_CENT = 10, LANGUAGE_PER_CENT = 75 };

/* The first headline that lies clear of chance on SIDE of the district. */
static lkv_text against(const lkv_writing *writing, lkv_zero_side side,
                        const char *key)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics = lkv_question_headlines(writing);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        const lkv_figure *apart =
            lkv_ask_measure(ask, topic, ask->unit, "against_district", "");
        if (lkv_zero_side_flagged(ask->release, apart) == side) {
            return lkv_question_topic(writing, key, topic);
        }
    }
    return (lkv_text){0};
}

lkv_text lkv_question_below(const lkv_writing *writing)
{
    return against(writing, LKV_SIDE_BELOW, "question.below");
}

lkv_text lkv_question_above(const lkv_writing *writing)
{
    return against(writing, LKV_SIDE_ABOVE, "question.above");
}

static lkv_text changed(const lkv_writing *writing, lkv_zero_side side,
                        const char *key)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics = lkv_question_headlines(writing);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        const lkv_figure *change =
            lkv_ask_measure(ask, topic, ask->unit, "change", "");
        if (lkv_change_side_of(ask->release, change) == side) {
            return lkv_question_topic(writing, key, topic);
        }
    }
    return (lkv_text){0};
}

lkv_text lkv_question_fell(const lkv_writing *writing)
{
    return changed(writing, LKV_SIDE_BELOW, "question.fell");
}

lkv_text lkv_question_rose(const lkv_writing *writing)
{
    return changed(writing, LKV_SIDE_ABOVE, "question.rose");
}

/* Many of those who read Swedish as a second language do not pass. */
lkv_text lkv_question_language(const lkv_writing *writing)
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
               ? lkv_question_plain(writing, "question.language")
               : (lkv_text){0};
}

/* Pupils of more than one stage: what happens between them? */
lkv_text lkv_question_between_stages(const lkv_writing *writing)
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
lkv_text lkv_question_not_shown(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics = lkv_question_headlines(writing);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_status(ask, lkv_ask_level(ask, topic, ask->unit)) ==
            LKV_HIDDEN) {
            return lkv_question_plain(writing, "question.hidden");
        }
    }
    return (lkv_text){0};
}

/* Few steps from the goal: those who lack a single subject. */
lkv_text lkv_question_lacking_one(const lkv_writing *writing)
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
    g_autoptr(GArray) topics = lkv_question_headlines(writing);
    for (guint i = 0; group != LKV_NO_VALUE && i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (gap_is_clear(ask, topic, group)) {
            return lkv_question_topic(writing, key, topic);
        }
    }
    return (lkv_text){0};
}

lkv_text lkv_question_sex(const lkv_writing *writing)
{
    return gap_in(writing, "sex", "question.sex");
}

lkv_text lkv_question_education(const lkv_writing *writing)
{
    return gap_in(writing, "parental_education", "question.education");
}

/* The background of many pupils is not known. */
lkv_text lkv_question_background(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    const lkv_topic heads = {ask->leading, LKV_NO_VALUE};
    for (guint number = 0; number < ask->frame->groups->len; number++) {
        uint16_t group = (uint16_t)number;
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

/* Subjects in which COMPONENT of the unit's grades lies above the tests: how
 * many, and the first of them.
 */
static guint above_tests(const lkv_ask *ask, const char *component,
                         lkv_topic *first)
{
    guint above = 0;
    if (ask->leading == LKV_NO_VALUE) {
        return 0;
    }
    g_autoptr(GArray) topics = lkv_ask_subjects(ask, ask->leading, "grade");
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        const lkv_figure *net =
            lkv_ask_measure(ask, topic, ask->unit, "against_tests", component);
        if (lkv_zero_side_of(ask->release, net) == LKV_SIDE_ABOVE) {
            *first = above == 0 ? topic : *first;
            above++;
        }
    }
    return above;
}

lkv_text lkv_question_tests(const lkv_writing *writing)
{
    lkv_topic first = {0};
    return above_tests(writing->ask, "net", &first) > 1
               ? lkv_question_plain(writing, "question.tests")
               : (lkv_text){0};
}

lkv_text lkv_question_tests_school(const lkv_writing *writing)
{
    lkv_topic first = {0};
    if (above_tests(writing->ask, "net_difference", &first) == 0) {
        return (lkv_text){0};
    }
    return lkv_draft_say(
        writing->draft, "question.tests_school",
        (lkv_arg[]){lkv_arg_subject("subject", first.outcome), {0}});
}

static lkv_text expected(const lkv_writing *writing, lkv_zero_side side,
                         const char *key)
{
    const lkv_wanted difference = {.unit = writing->ask->unit,
                                   .measure = "expected",
                                   .component = "difference"};
    return lkv_question_first_on(writing, &difference, side, key);
}

lkv_text lkv_question_expected_below(const lkv_writing *writing)
{
    return expected(writing, LKV_SIDE_BELOW, "question.expected_below");
}

lkv_text lkv_question_expected_above(const lkv_writing *writing)
{
    return expected(writing, LKV_SIDE_ABOVE, "question.expected_above");
}
