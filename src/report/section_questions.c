/* Questions for inquiry, those first that are called for most. */
#include "report/question.h"

#include <string.h>

enum { QUESTIONS_MOST = 5, LINES = 2, LINES_MOST = 20 };

/* Whom the questions are for, and by which rules they are picked. */
struct audience {
    const char *id; /* word of setting "audience"; NULL = without it */
    const char *heading, *lead;
    lkv_question *const *rules;
};

static lkv_question *const at_school[] = {lkv_question_below,
                                          lkv_question_fell,
                                          lkv_question_above,
                                          lkv_question_expected_below,
                                          lkv_question_lacking_one,
                                          lkv_question_tests_school,
                                          lkv_question_language,
                                          lkv_question_sex,
                                          lkv_question_education,
                                          lkv_question_rose,
                                          lkv_question_expected_above,
                                          lkv_question_between_stages,
                                          lkv_question_not_shown,
                                          lkv_question_behind_the_mean,
                                          lkv_question_earlier,
                                          lkv_question_next,
                                          lkv_question_support,
                                          lkv_question_voice,
                                          NULL};
static lkv_question *const in_district[] = {lkv_question_fell,
                                            lkv_question_spread,
                                            lkv_question_education,
                                            lkv_question_sex,
                                            lkv_question_lacking_one,
                                            lkv_question_language,
                                            lkv_question_background,
                                            lkv_question_rose,
                                            lkv_question_behind_the_mean,
                                            lkv_question_resources,
                                            lkv_question_next,
                                            NULL};
static lkv_question *const at_board[] = {lkv_question_aims,
                                         lkv_question_moved_apart,
                                         lkv_question_within,
                                         lkv_question_between,
                                         lkv_question_composition,
                                         lkv_question_fell,
                                         lkv_question_background,
                                         lkv_question_rose,
                                         lkv_question_behind_the_mean,
                                         lkv_question_next,
                                         NULL};
static lkv_question *const at_administration[] = {
    lkv_question_spread,   lkv_question_education,
    lkv_question_sex,      lkv_question_lacking_one,
    lkv_question_language, lkv_question_tests,
    lkv_question_support,  lkv_question_resources,
    lkv_question_earlier,  NULL};

static lkv_question *const at_guardians[] = {
    lkv_question_guardian_work, lkv_question_guardian_help,
    lkv_question_guardian_know, lkv_question_guardian_take_part, NULL};

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
    lkv_writing_heading(writing, lkv_question_plain(writing, audience.heading));
    if (audience.lead) {
        lkv_draft_intro(draft, LKV_BLOCK_NOTE,
                        lkv_question_plain(writing, audience.lead));
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
