/* What rules are made of, and questions that are always there to be asked. */
#include "report/question.h"

lkv_text lkv_question_plain(const lkv_writing *writing, const char *key)
{
    return lkv_draft_say(writing->draft, key, NULL);
}

lkv_text lkv_question_topic(const lkv_writing *writing, const char *key,
                            lkv_topic topic)
{
    lkv_text name = lkv_writing_topic(writing, topic);
    return lkv_draft_say(
        writing->draft, key,
        (lkv_arg[]){lkv_arg_said(writing->draft, "outcome", name), {0}});
}

GArray *lkv_question_headlines(const lkv_writing *writing)
{
    return lkv_ask_topics(writing->ask, lkv_writing_words(writing, "figures"));
}

lkv_text lkv_question_first_on(const lkv_writing *writing,
                               const lkv_wanted *wanted, lkv_zero_side side,
                               const char *key)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics = lkv_question_headlines(writing);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        const lkv_figure *figure = lkv_ask_measure(
            ask, topic, wanted->unit, wanted->measure, wanted->component);
        if (lkv_zero_side_of(ask->release, figure) == side) {
            return lkv_question_topic(writing, key, topic);
        }
    }
    return (lkv_text){0};
}

/* ---- asked of anything ------------------------------------------------------- */

#define PLAIN(name, key)                                                       \
    lkv_text lkv_question_##name(const lkv_writing *writing)                   \
    {                                                                          \
        return lkv_question_plain(writing, key);                               \
    }

PLAIN(behind_the_mean, "question.mean")
PLAIN(earlier, "question.earlier")
PLAIN(support, "question.support")
PLAIN(voice, "question.voice")
PLAIN(next, "question.next")
PLAIN(resources, "question.resources")
PLAIN(guardian_work, "question.guardian_work")
PLAIN(guardian_help, "question.guardian_help")
PLAIN(guardian_know, "question.guardian_know")
PLAIN(guardian_take_part, "question.guardian_take_part")
