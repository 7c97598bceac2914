#include "report/aim.h"

#include <string.h>

#include "base/nearest.h"

enum { SHARE_DECIMALS = 2 }; /* 85 % is 85 of two decimals */

/* ---- checking -------------------------------------------------------------- */

/* Whether FRAME has the outcome of NAME, whatever its stage. */
static bool outcome_known(const lkv_frame *frame, const char *name)
{
    g_auto(GStrv) words = g_strsplit(name, ":", 3);
    for (size_t i = 0; words[0] && i < 2 && words[i]; i++) {
        if (lkv_frame_outcome_find(frame, words[i], words[i + 1]) !=
            LKV_NO_VALUE) {
            return true;
        }
    }
    return false;
}

/* "sex.f" as numbers of the frame; false for what the frame does not know. */
static bool find_group(const lkv_frame *frame, const char *text,
                       uint16_t *group, uint16_t *value)
{
    g_auto(GStrv) words = g_strsplit(text, ".", 2);
    *group = lkv_frame_group_find(frame, words[0]);
    if (*group == LKV_NO_VALUE || !words[1]) {
        return false;
    }
    *value = lkv_cube_value_find(
        frame->cube, lkv_frame_group(frame, *group)->axis, words[1]);
    return *value != LKV_NO_VALUE;
}

static void suggest_outcome(lkv_message *message, const lkv_frame *frame,
                            const char *name)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    const char *last = strrchr(name, ':');
    for (size_t i = 0; i < frame->outcomes->len; i++) {
        const lkv_outcome *outcome = lkv_frame_outcome(frame, i);
        g_ptr_array_add(known, (gpointer)(uintptr_t)outcome->id);
    }
    g_ptr_array_add(known, NULL);
    const char *near =
        lkv_word_nearest(last ? last + 1 : name,
                         (const char *const *)(const void *)known->pdata);
    if (near) {
        lkv_message_fix(message, "did you mean '%s'?", near);
    }
}

bool lkv_aim_check(const lkv_target_spec *target, const lkv_frame *frame,
                   const char *code, const char *who, lkv_diag *diag)
{
    uint16_t group = 0, value = 0;
    bool fine = outcome_known(frame, target->indicator);
    if (!fine) {
        suggest_outcome(lkv_diag_add(diag, code, target->place,
                                     "%s is about '%s', which is no outcome",
                                     who, target->indicator),
                        frame, target->indicator);
    }
    if (target->group && !find_group(frame, target->group, &group, &value)) {
        lkv_message_fix(
            lkv_diag_add(diag, code, target->place,
                         "%s is about '%s', which is no group of pupils", who,
                         target->group),
            "write GROUP.VALUE, such as sex.f");
        fine = false;
    }
    return fine;
}

/* ---- what it is about ------------------------------------------------------ */

bool lkv_aim_find(const lkv_ask *ask, const lkv_target_spec *target,
                  lkv_aim *aim)
{
    const char *const names[] = {target->indicator, NULL};
    g_autoptr(GArray) topics = lkv_ask_named(ask, names);
    *aim = (lkv_aim){
        .target = target, .group = LKV_NO_VALUE, .value = LKV_NO_VALUE};
    if (topics->len == 0 ||
        (target->group &&
         !find_group(ask->frame, target->group, &aim->group, &aim->value))) {
        return false;
    }
    aim->topic = g_array_index(topics, lkv_topic, 0);
    aim->level = aim->group == LKV_NO_VALUE
                     ? lkv_ask_level(ask, aim->topic, ask->unit)
                     : lkv_ask_level_in(ask, aim->topic, ask->unit, aim->group,
                                        aim->value);
    if (aim->group == LKV_NO_VALUE) {
        aim->change = lkv_ask_measure(ask, aim->topic, ask->unit, "change", "");
    }
    return aim->level != NULL;
}

/* ---- the verdict ----------------------------------------------------------- */

static const char *against_year_before(const lkv_ask *ask, const lkv_aim *aim)
{
    static const char *const keys[] = {
        [LKV_SIDE_UNKNOWN] = "targets.cannot_tell",
        [LKV_SIDE_NEITHER] = "targets.cannot_tell",
        [LKV_SIDE_ABOVE] = "targets.higher",
        [LKV_SIDE_BELOW] = "targets.lower",
        [LKV_SIDE_SMALL] = "targets.small"};
    return keys[lkv_change_side_of(ask->release, aim->change)];
}

const char *lkv_aim_verdict(const lkv_ask *ask, const lkv_aim *aim)
{
    if (aim->target->level == LKV_NO_LEVEL) {
        return against_year_before(ask, aim);
    }
    unsigned decimals = lkv_ask_is_share(ask, aim->topic) ? SHARE_DECIMALS : 0;
    bool bound = lkv_ask_status(ask, aim->level) != LKV_OK;
    lkv_cell low = bound ? aim->level->value : aim->level->low;
    lkv_cell high = bound ? aim->level->value : aim->level->high;
    if (aim->target->year > ask->frame->year) {
        return "targets.coming";
    }
    if (lkv_truth_at_least(ask->release, low, aim->target->level, decimals) ==
        LKV_TRUTH_YES) {
        return "targets.reached";
    }
    return lkv_truth_at_least(ask->release, high, aim->target->level,
                              decimals) == LKV_TRUTH_NO
               ? "targets.not_reached"
               : "targets.cannot_tell";
}

/* ---- in words -------------------------------------------------------------- */

static const char *key_of(bool share, bool all, bool level)
{
    static const char *const keys[2][2] = {
        {"targets.goal_points", "targets.goal_points_group"},
        {"targets.goal", "targets.goal_group"}};
    return level ? keys[share][!all] : all ? "targets.of" : "targets.of_group";
}

lkv_text lkv_aim_goal(const lkv_writing *writing, const lkv_aim *aim)
{
    lkv_draft *draft = writing->draft;
    bool wanted = aim->target->level != LKV_NO_LEVEL;
    const char *level = lkv_draft_name(draft, "%d", (int)aim->target->level);
    const char *year = lkv_writing_school_year(writing, aim->target->year);
    bool share = lkv_ask_is_share(writing->ask, aim->topic);
    bool all = aim->group == LKV_NO_VALUE;
    lkv_text outcome = lkv_writing_topic(writing, aim->topic);
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", outcome),
        lkv_arg_name("level", level),
        lkv_arg_name("year", year ? year : ""),
        lkv_arg_value("group", all ? 0 : aim->group, all ? 0 : aim->value),
        {0}};
    lkv_arg of_all[] = {args[0], args[1], args[2], {0}};
    return lkv_draft_say(draft, key_of(share, all, wanted),
                         all ? of_all : args);
}
