/* What the study asks for. */
#include <string.h>

#include "measure/asking.h"

/* Whether SPEC asks this; a narrowing to one group leaves the question without
 * a group, which is what the groups are read against.
 */
static bool spec_admits(const lkv_measure_spec *spec,
                        const lkv_question *question)
{
    const lkv_frame *frame = question->frame;
    if (spec->of && question->outcome != LKV_NO_VALUE &&
        strcmp(spec->of, lkv_frame_outcome(frame, question->outcome)->id) !=
            0) {
        return false;
    }
    return !spec->between || question->group_by == 0 ||
           strcmp(spec->between,
                  lkv_frame_group(frame, question->group_by - 1U)->id) == 0;
}

/* The first that names ID and asks this; NULL without. */
static const lkv_measure_spec *spec_named(const lkv_study *study,
                                          const char *id,
                                          const lkv_question *question)
{
    for (size_t i = 0; i < study->measure_count; i++) {
        const lkv_measure_spec *spec = &study->measures[i];
        if (strcmp(spec->measure, id) == 0 && spec_admits(spec, question)) {
            return spec;
        }
    }
    return NULL;
}

size_t lkv_asking_covariates(const lkv_measure_spec *spec)
{
    size_t count = 0;
    while (spec->given && spec->given[count]) {
        count++;
    }
    return count;
}

/* The covariates that SPEC names, or all that the study has as background (as
 * many as a model can have); kept by the plan.
 */
static void give(const lkv_asking *asking, const lkv_measure_spec *spec,
                 lkv_question *question)
{
    const lkv_study *study = asking->study;
    size_t named = spec ? lkv_asking_covariates(spec) : 0;
    size_t count = named > 0 ? named : study->background_count;
    uint16_t *variables = g_new0(uint16_t, count + 1);
    question->givens = 0;
    for (size_t i = 0; i < count && question->givens < LKV_COVARIATES_MOST;
         i++) {
        const char *id = named > 0 ? spec->given[i] : study->background[i].id;
        if (named > 0 || !study->background[i].on_request) {
            variables[question->givens++] =
                lkv_panel_variable(asking->panel, id);
        }
    }
    lkv_plan_keep(asking->plan, variables);
    question->given = variables;
}

bool lkv_asking_wanted(const lkv_asking *asking, const lkv_measure *measure,
                       lkv_question *question)
{
    bool usual = !measure->on_request;
    const lkv_measure_spec *spec =
        spec_named(asking->study, measure->id, question);
    if (!spec && usual) {
        spec = spec_named(asking->study, LKV_MEASURES_DEFAULT, question);
    }
    if (!spec && !(usual && asking->study->measure_count == 0)) {
        return false;
    }
    give(asking, spec, question);
    return true;
}
