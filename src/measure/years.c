#include "measure/years.h"

#include <string.h>

#include "measure/question.h"

/* Populations of the question's stage: its own, then the others from the
 * latest to the earliest. Returns how many.
 */
static size_t populations(const lkv_question *question,
                          uint16_t found[LKV_YEARS_MOST])
{
    const lkv_frame *frame = question->frame;
    const lkv_population *own =
        lkv_frame_population(frame, question->population);
    size_t count = 0;
    found[count++] = question->population;
    int before = G_MAXINT;
    while (count < LKV_YEARS_MOST) {
        int latest = G_MININT;
        for (guint i = 0; i < frame->populations->len; i++) {
            const lkv_population *other = lkv_frame_population(frame, i);
            if (i != question->population && other->year < before &&
                other->year > latest && strcmp(other->stage, own->stage) == 0) {
                latest = other->year;
                found[count] = (uint16_t)i;
            }
        }
        if (latest == G_MININT) {
            break;
        }
        before = latest;
        count++;
    }
    return count;
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
