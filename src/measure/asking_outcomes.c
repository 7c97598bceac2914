/* Which outcomes are asked about in which population. */
#include "measure/asking.h"
#include "measure/question.h"

static bool any_known(const lkv_frame *frame, const lkv_tally *tally,
                      size_t outcome)
{
    lkv_question question = {.frame = frame, .outcome = (uint16_t)outcome};
    lkv_term known = lkv_question_known(&question);
    for (size_t leaf = 0; leaf < tally->cells; leaf++) {
        if (tally->n[leaf] > 0 &&
            lkv_cube_holds(frame->cube, known, (uint16_t)leaf)) {
            return true;
        }
    }
    return false;
}

/* Whether any population of YEAR has OUTCOME by THERE. */
static bool that_year(const lkv_frame *frame, const bool *there, int year,
                      size_t outcome)
{
    for (guint p = 0; p < frame->populations->len; p++) {
        if (lkv_frame_population(frame, p)->year == year &&
            there[p * frame->outcomes->len + outcome]) {
            return true;
        }
    }
    return false;
}

/* What the study itself declares is asked about even in a year in which nobody
 * has it: that there was nobody is then told, not passed over in silence.
 */
static void declared_add(const lkv_frame *frame, bool *there)
{
    size_t outcomes = frame->outcomes->len;
    for (size_t i = 0; i < outcomes; i++) {
        bool declared = !lkv_frame_outcome(frame, i)->from_rules;
        g_autofree bool *nobody = g_new0(bool, frame->populations->len + 1);
        for (guint p = 0; declared && p < frame->populations->len; p++) {
            int year = lkv_frame_population(frame, p)->year;
            nobody[p] = !that_year(frame, there, year, i);
        }
        for (guint p = 0; p < frame->populations->len; p++) {
            there[p * outcomes + i] = there[p * outcomes + i] || nobody[p];
        }
    }
}

bool *lkv_asking_outcomes(const lkv_panel *panel, lkv_crew crew)
{
    const lkv_frame *frame = panel->frame;
    size_t outcomes = frame->outcomes->len;
    size_t count = frame->populations->len * outcomes;
    g_autofree lkv_tally_spec *specs = g_new0(lkv_tally_spec, count + 1);
    for (size_t i = 0; i < count; i++) {
        specs[i].population = (uint16_t)(i / outcomes);
        specs[i].axes = 1;
        specs[i].axis[0] = lkv_frame_outcome(frame, i % outcomes)->axis;
    }
    lkv_tally **tallies = lkv_tallies_fill(panel, specs, count, crew);
    if (!tallies) {
        return NULL;
    }
    bool *there = g_new0(bool, count + 1);
    for (size_t i = 0; i < count; i++) {
        there[i] = any_known(frame, tallies[i], i % outcomes);
    }
    lkv_tallies_free(tallies, count);
    declared_add(frame, there);
    return there;
}
