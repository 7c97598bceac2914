#include "report/breaks.h"

#include <string.h>

static const lkv_break *break_at(const lkv_writing *writing, guint index)
{
    return &g_array_index(writing->ask->frame->breaks, lkv_break, index);
}

static bool touches(const lkv_writing *writing, lkv_topic topic, int years,
                    const lkv_break *broken)
{
    const char *stage = lkv_ask_population(writing->ask, topic)->stage;
    int year = writing->ask->frame->year;
    return strcmp(broken->stage, stage) == 0 &&
           broken->year > year - years + 1 && broken->year <= year;
}

bool lkv_breaks_now(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_frame *frame = writing->ask->frame;
    return lkv_frame_breaks(frame,
                            lkv_ask_population(writing->ask, topic)->stage,
                            frame->year - 1, frame->year);
}

/* "ny betygsskala" of our own rules; others are told without a reason. */
static lkv_text said_of(const lkv_writing *writing, const lkv_break *broken,
                        const char *key)
{
    lkv_draft *draft = writing->draft;
    lkv_text why =
        lkv_draft_say_or(draft, lkv_draft_name(draft, "break.%s", broken->id),
                         "break.other", NULL);
    return lkv_draft_say(
        draft, key,
        (lkv_arg[]){lkv_arg_name(
                        "year", lkv_writing_school_year(writing, broken->year)),
                    lkv_arg_said(draft, "why", why),
                    {0}});
}

void lkv_breaks_mark(lkv_chart_draft *chart, const lkv_writing *writing,
                     lkv_topic topic, int years)
{
    const lkv_frame *frame = writing->ask->frame;
    for (guint i = 0; i < frame->breaks->len; i++) {
        const lkv_break *broken = break_at(writing, i);
        if (touches(writing, topic, years, broken)) {
            int slot = broken->year - (frame->year - years + 1);
            lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_BREAK,
                                                   .role = LKV_ROLE_QUIET,
                                                   .slot = (int16_t)slot});
            lkv_chart_draft_alt(chart, said_of(writing, broken, "break.alt"));
        }
    }
}

static bool touches_any(const lkv_writing *writing, const GArray *topics,
                        int years, const lkv_break *broken)
{
    for (guint i = 0; i < topics->len; i++) {
        if (touches(writing, g_array_index(topics, lkv_topic, i), years,
                    broken)) {
            return true;
        }
    }
    return false;
}

static void tell(const lkv_writing *writing, const GArray *topics, int years,
                 const char *key)
{
    const lkv_frame *frame = writing->ask->frame;
    const char *before = NULL; /* the same of another stage comes next */
    g_autoptr(GArray) said = lkv_texts_new();
    for (guint i = 0; i < frame->breaks->len; i++) {
        const lkv_break *broken = break_at(writing, i);
        if (touches_any(writing, topics, years, broken) &&
            g_strcmp0(before, broken->id) != 0) {
            lkv_texts_add(said, said_of(writing, broken, key));
            before = broken->id;
        }
    }
    lkv_draft_text(writing->draft, LKV_BLOCK_NOTE,
                   lkv_draft_join(writing->draft, "join.sentences", said));
}

void lkv_breaks_tell(const lkv_writing *writing, const GArray *topics,
                     int years)
{
    tell(writing, topics, years, "break.note");
}

void lkv_breaks_across(const lkv_writing *writing, const GArray *topics,
                       int years)
{
    tell(writing, topics, years, "break.across");
}
