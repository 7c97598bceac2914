#include "measure/years.h"

#include <string.h>

#include "measure/question.h"

/* The latest population of OWN's stage before YEAR, but OWN's; LKV_NO_VALUE
 * without any.
 */
static uint16_t latest_before(const lkv_frame *frame, uint16_t own, int year)
{
    const char *stage = lkv_frame_population(frame, own)->stage;
    uint16_t found = LKV_NO_VALUE;
    int latest = G_MININT;
    for (guint i = 0; i < frame->populations->len; i++) {
        const lkv_population *other = lkv_frame_population(frame, i);
        bool fits = i != own && strcmp(other->stage, stage) == 0;
        if (fits && other->year < year && other->year > latest) {
            latest = other->year;
            found = (uint16_t)i;
        }
    }
    return found;
}

/* Populations of the question's stage: its own, then the others from the
 * latest to the earliest. Returns how many.
 */
static size_t populations(const lkv_question *question,
                          uint16_t found[LKV_YEARS_MOST])
{
    const lkv_frame *frame = question->frame;
    size_t count = 0;
    found[count++] = question->population;
    int year = G_MAXINT;
    while (count < LKV_YEARS_MOST) {
        uint16_t next = latest_before(frame, question->population, year);
        if (next == LKV_NO_VALUE) {
            break;
        }
        year = lkv_frame_population(frame, next)->year;
        found[count++] = next;
    }
    return count;
}

bool lkv_years_together(const lkv_question *question,
                        uint16_t found[LKV_YEARS_TOGETHER])
{
    const lkv_population *own =
        lkv_frame_population(question->frame, question->population);
    for (int i = 0; i < LKV_YEARS_TOGETHER; i++) {
        found[i] = lkv_frame_population_find(question->frame, own->stage,
                                             own->year - i);
        if (found[i] == LKV_NO_VALUE) {
            return false;
        }
    }
    return own->year > 0;
}

void lkv_years_needs(const lkv_question *question, lkv_needs *needs)
{
    uint16_t found[LKV_YEARS_MOST];
    size_t count = populations(question, found);
    for (size_t i = 0; i < count; i++) {
        lkv_counted_needs(question, found[i], needs);
    }
}

lkv_years *lkv_years_new(const lkv_question *question,
                         const lkv_tally *const *tally, lkv_term yes)
{
    uint16_t found[LKV_YEARS_MOST];
    lkv_years *years = g_new0(lkv_years, 1);
    years->count = populations(question, found);
    years->share = lkv_question_outcome(question)->kind != LKV_POINTS;
    years->confidence = question->frame->confidence;
    years->widths = question->widths;
    for (size_t i = 0; i < years->count; i++) {
        const lkv_tally *const *of = tally + i * lkv_counted_tallies(question);
        years->year[i] = lkv_counted_new(question, of, yes);
    }
    return years;
}

void lkv_years_turn(lkv_years *years, const lkv_question *question,
                    const lkv_tally *const *tally, lkv_term yes)
{
    for (size_t i = 0; i < years->count; i++) {
        const lkv_tally *const *of = tally + i * lkv_counted_tallies(question);
        lkv_counted_turn(years->year[i], question, of, yes);
    }
}

void lkv_years_free(lkv_years *years)
{
    if (!years) {
        return;
    }
    for (size_t i = 0; i < years->count; i++) {
        lkv_counted_free(years->year[i]);
    }
    g_free(years);
}
