#include <string.h>

#include "measure/apart.h"
#include "measure/clear.h"
#include "measure/measure.h"
#include "measure/plan.h"
#include "measure/widths.h"

/* Numbers for all words of the catalogue, in its order. */
static void words_add(lkv_frame *frame)
{
    const lkv_measure *measure = NULL;
    for (size_t i = 0; (measure = lkv_measure_at(i)); i++) {
        lkv_frame_measure(frame, measure->id);
        for (size_t c = 0; c < measure->component_count; c++) {
            if (measure->components[c].id) {
                lkv_frame_component(frame, measure->components[c].id);
            }
        }
    }
}

static void answer(const lkv_plan *plan, lkv_tally *const *tallies,
                   lkv_results *out)
{
    g_autoptr(lkv_widths) widths =
        lkv_widths_new(lkv_results_frame(out)->confidence);
    for (size_t i = 0; i < lkv_plan_size(plan); i++) {
        const lkv_asked *asked = lkv_plan_at(plan, i);
        const lkv_tally *needed[LKV_NEEDS_MOST];
        for (size_t t = 0; t < asked->specs; t++) {
            needed[t] = tallies[asked->spec[t]];
        }
        lkv_question question = asked->question;
        question.widths = widths;
        asked->measure->compute(&question, needed, out);
    }
}

lkv_results *lkv_measures_run(const lkv_panel *panel, const lkv_study *study,
                              unsigned threads, lkv_diag *diag)
{
    words_add(panel->frame);
    lkv_apart_group(panel->frame);
    g_autoptr(lkv_plan) plan = lkv_plan_make(panel, study, threads, diag);
    if (!plan) {
        return NULL;
    }
    size_t count = 0;
    const lkv_tally_spec *specs = lkv_plan_specs(plan, &count);
    lkv_tally **tallies = lkv_tallies_fill(panel, specs, count, threads, diag);
    if (!tallies) {
        return NULL;
    }
    g_autoptr(lkv_results) results = lkv_results_new(panel->frame);
    answer(plan, tallies, results);
    lkv_tallies_free(tallies, count);
    lkv_results_sort(results);
    lkv_clear_flag(results);
    return g_steal_pointer(&results);
}
