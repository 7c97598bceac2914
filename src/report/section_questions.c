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

/* Asks KEY of the first headline of which the figure WANTED, of any topic, lies
 * on SIDE of zero.
 */
static lkv_text first_on(const lkv_writing *writing, const lkv_wanted *wanted,
                         lkv_zero_side side, const char *key)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics = headlines(writing);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        const lkv_figure *figure = lkv_ask_measure(
            ask, topic, wanted->unit, wanted->measure, wanted->component);
        if (lkv_zero_side_of(ask->release, figure) == side) {
            return ask_topic(writing, key, topic);
        }
    }
    return (lkv_text){0};
}

static lkv_text changed(const lkv_writing *writing, lkv_zero_side side,
                        const char *key)
{
    const lkv_wanted change = {
        .unit = writing->ask->unit, .measure = "change", .component = ""};
    return first_on(writing, &change, side, key);
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

/* ---- rules of the board and the administration ----------------------------- */

/* The gap of the group's leaf that stands last, and where it lies. */
static lkv_text parts_of_gap(const lkv_writing *writing, lkv_zero_side rest,
                             const char *key)
{
    const lkv_ask *ask = writing->ask;
    uint16_t group = lkv_frame_group_find(ask->frame, "parental_education");
    g_autoptr(GArray) topics = headlines(writing);
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

static lkv_text within(const lkv_writing *writing)
{
    return parts_of_gap(writing, LKV_SIDE_NEITHER, "question.within");
}

static lkv_text between(const lkv_writing *writing)
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

static lkv_text composition(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    for (guint group = 0; group < ask->frame->groups->len; group++) {
        if (any_uneven(ask, group)) {
            return ask_plain(writing, "question.composition");
        }
    }
    return (lkv_text){0};
}

static lkv_text moved_apart(const lkv_writing *writing)
{
    const lkv_wanted change = {.measure = "spread_change",
                               .component = "sigma_b"};
    return first_on(writing, &change, LKV_SIDE_ABOVE, "question.apart");
}

/* Schools differ: what does the board want of it? */
static lkv_text aims(const lkv_writing *writing)
{
    const lkv_wanted icc = {.measure = "spread_between_schools",
                            .component = "icc"};
    return first_on(writing, &icc, LKV_SIDE_ABOVE, "question.odds");
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

static lkv_text tests(const lkv_writing *writing)
{
    lkv_topic first = {0};
    return above_tests(writing->ask, "net", &first) > 1
               ? ask_plain(writing, "question.tests")
               : (lkv_text){0};
}

static lkv_text tests_school(const lkv_writing *writing)
{
    lkv_topic first = {0};
    if (above_tests(writing->ask, "net_difference", &first) == 0) {
        return (lkv_text){0};
    }
    return lkv_draft_say(
        writing->draft, "question.tests_school",
        (lkv_arg[]){lkv_arg_subject("subject", first.outcome), {0}});
}

/* ---- rules on what is expected of a school --------------------------------- */

static lkv_text expected(const lkv_writing *writing, lkv_zero_side side,
                         const char *key)
{
    const lkv_wanted difference = {.unit = writing->ask->unit,
                                   .measure = "expected",
                                   .component = "difference"};
    return first_on(writing, &difference, side, key);
}

static lkv_text expected_below(const lkv_writing *writing)
{
    return expected(writing, LKV_SIDE_BELOW, "question.expected_below");
}

static lkv_text expected_above(const lkv_writing *writing)
{
    return expected(writing, LKV_SIDE_ABOVE, "question.expected_above");
}

/* ---- what guardians may ask ------------------------------------------------- */

static lkv_text guardian_work(const lkv_writing *writing)
{
    return ask_plain(writing, "question.guardian_work");
}

static lkv_text guardian_help(const lkv_writing *writing)
{
    return ask_plain(writing, "question.guardian_help");
}

static lkv_text guardian_know(const lkv_writing *writing)
{
    return ask_plain(writing, "question.guardian_know");
}

static lkv_text guardian_take_part(const lkv_writing *writing)
{
    return ask_plain(writing, "question.guardian_take_part");
}

/* ---- the section --------------------------------------------------------- */

/* Whom the questions are for, and by which rules they are picked. */
struct audience {
    const char *id; /* word of setting "audience"; NULL = without it */
    const char *heading, *lead;
    question_of *const *rules;
};

static question_of *const at_school[] = {below,
                                         fell,
                                         above,
                                         expected_below,
                                         lacking_one,
                                         tests_school,
                                         language,
                                         sex,
                                         education,
                                         rose,
                                         expected_above,
                                         between_stages,
                                         not_shown,
                                         behind_the_mean,
                                         earlier,
                                         next,
                                         support,
                                         voice,
                                         NULL};
static question_of *const in_district[] = {
    fell,       spread, education,       sex,       lacking_one, language,
    background, rose,   behind_the_mean, resources, next,        NULL};
static question_of *const at_board[] = {
    aims,       moved_apart, within,          between, composition, fell,
    background, rose,        behind_the_mean, next,    NULL};
static question_of *const at_administration[] = {
    spread, education, sex,       lacking_one, language,
    tests,  support,   resources, earlier,     NULL};

static question_of *const at_guardians[] = {
    guardian_work, guardian_help, guardian_know, guardian_take_part, NULL};

static const struct audience audiences[] = {
    {"guardians", "heading.questions_guardians", NULL, at_guardians},
    {"board", "heading.questions_board", "question.lead_board", at_board},
    {"administration", "heading.questions_administration", NULL,
     at_administration},
};

static struct audience audience_of(const lkv_writing *writing)
{
    const char *const *words = lkv_writing_words(writing, "audience");
    for (size_t i = 0; words && words[0] && i < G_N_ELEMENTS(audiences); i++) {
        if (strcmp(words[0], audiences[i].id) == 0) {
            return audiences[i];
        }
    }
    bool school = lkv_writing_is_school(writing);
    return (struct audience){.heading = "heading.questions",
                             .lead = school ? NULL : "question.lead_district",
                             .rules = school ? at_school : in_district};
}

static void build(const lkv_writing *writing)
{
    const struct audience audience = audience_of(writing);
    int most = lkv_writing_whole(writing, "most", QUESTIONS_MOST);
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) asked = lkv_texts_new();
    for (size_t i = 0; audience.rules[i] && asked->len < (guint)most; i++) {
        lkv_text question = audience.rules[i](writing);
        if (question.key) {
            lkv_texts_add(asked, question);
        }
    }
    lkv_writing_heading(writing, ask_plain(writing, audience.heading));
    if (audience.lead) {
        lkv_draft_intro(draft, LKV_BLOCK_NOTE,
                        ask_plain(writing, audience.lead));
    }
    int lines = lkv_writing_whole(writing, "lines", LINES);
    lkv_draft_questions(draft, asked, (uint8_t)CLAMP(lines, 0, LINES_MOST));
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {"audience", LKV_SETTING_NAMES},
                                            {"most", LKV_SETTING_WHOLE},
                                            {"lines", LKV_SETTING_WHOLE},
                                            {0}};

const lkv_section lkv_section_questions = {
    .id = "questions", .settings = settings, .build = build};
