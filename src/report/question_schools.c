/* Questions on the schools of a district: how they differ, and why that may be. */
#include "report/question.h"

/* Whether schools differ more than chance gives. */
lkv_text lkv_question_spread(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics = lkv_question_headlines(writing);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        const lkv_figure *icc =
            lkv_ask_measure(ask, topic, 0, "spread_between_schools", "icc");
        if (lkv_zero_side_of(ask->release, icc) == LKV_SIDE_ABOVE) {
            return lkv_question_topic(writing, "question.spread", topic);
        }
    }
    return (lkv_text){0};
}

/* The gap of the group's leaf that stands last, and where it lies. */
static lkv_text parts_of_gap(const lkv_writing *writing, lkv_zero_side rest,
                             const char *key)
{
    const lkv_ask *ask = writing->ask;
    uint16_t group = lkv_frame_group_find(ask->frame, "parental_education");
    g_autoptr(GArray) topics = lkv_question_headlines(writing);
    if (group == LKV_NO_VALUE || topics->len == 0) {
        return (lkv_text){0};
    }
    lkv_topic topic = g_array_index(topics, lkv_topic, 0);
    lkv_axis axis = lkv_frame_group(ask->frame, group)->axis;
    uint16_t leaf = (uint16_t)(lkv_cube_leaves(ask->frame->cube, axis) - 1U);
    const lkv_wanted where = {.group_by = (uint16_t)(group + 1U),
                              .group = leaf};
    const lkv_figure *gap = lkv_ask_gap(ask, topic, &where, "");
    const lkv_figure *remainder = lkv_ask_gap(ask, topic, &where, "remainder");
    if (lkv_zero_side_of(ask->release, gap) != LKV_SIDE_BELOW ||
        lkv_zero_side_of(ask->release, remainder) != rest) {
        return (lkv_text){0};
    }
    const lkv_arg args[] = {
        lkv_arg_said(writing->draft, "outcome",
                     lkv_writing_topic(writing, topic)),
        lkv_arg_value("group", group, leaf),
        lkv_arg_value("reference", group,
                      lkv_frame_group(ask->frame, group)->reference),
        lkv_arg_group("groups", group),
        {0}};
    return lkv_draft_say(writing->draft, key, args);
}

lkv_text lkv_question_within(const lkv_writing *writing)
{
    return parts_of_gap(writing, LKV_SIDE_NEITHER, "question.within");
}

lkv_text lkv_question_between(const lkv_writing *writing)
{
    return parts_of_gap(writing, LKV_SIDE_BELOW, "question.between");
}

/* Whether those of LEAF are spread more unevenly than chance gives. */
static bool is_uneven(const lkv_ask *ask, guint group, size_t leaf)
{
    lkv_wanted wanted = {.topic = {ask->leading, LKV_NO_VALUE},
                         .measure = "segregation",
                         .component = "dissimilarity",
                         .group_by = (uint16_t)(group + 1U),
                         .group = (uint16_t)leaf,
                         .reference = LKV_NO_VALUE};
    const lkv_figure *index = lkv_ask_find(ask, &wanted);
    wanted.component = "dissimilarity_random";
    const lkv_figure *random = lkv_ask_find(ask, &wanted);
    return index && random &&
           lkv_truth_less(ask->release, random->high, index->value) ==
               LKV_TRUTH_YES;
}

static bool any_uneven(const lkv_ask *ask, guint group)
{
    lkv_axis axis = lkv_frame_group(ask->frame, group)->axis;
    for (size_t leaf = 0; leaf < lkv_cube_leaves(ask->frame->cube, axis);
         leaf++) {
        if (is_uneven(ask, group, leaf)) {
            return true;
        }
    }
    return false;
}

lkv_text lkv_question_composition(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    for (guint group = 0; group < ask->frame->groups->len; group++) {
        if (any_uneven(ask, group)) {
            return lkv_question_plain(writing, "question.composition");
        }
    }
    return (lkv_text){0};
}

lkv_text lkv_question_moved_apart(const lkv_writing *writing)
{
    const lkv_wanted change = {.measure = "spread_change",
                               .component = "sigma_b"};
    return lkv_question_first_on(writing, &change, LKV_SIDE_ABOVE,
                                 "question.apart");
}

/* Schools differ: what does the board want of it? */
lkv_text lkv_question_aims(const lkv_writing *writing)
{
    const lkv_wanted icc = {.measure = "spread_between_schools",
                            .component = "icc"};
    return lkv_question_first_on(writing, &icc, LKV_SIDE_ABOVE,
                                 "question.odds");
}
