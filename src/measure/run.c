#include <pthread.h>

#include "base/jobs.h"
#include "measure/alternative.h"
#include "measure/apart.h"
#include "measure/clear.h"
#include "measure/measure.h"
#include "measure/plan.h"
#include "measure/question.h"
#include "measure/widths.h"

/* The steps of a scale are components of their own. */
static void steps_add(lkv_frame *frame, uint16_t outcome)
{
    lkv_question about = {.frame = frame, .outcome = outcome};
    lkv_term graded = lkv_question_known(&about);
    size_t leaves = lkv_cube_leaves(frame->cube, graded.axis);
    for (size_t leaf = 1; leaf < leaves; leaf++) {
        lkv_term step = {graded.axis, (uint16_t)leaf};
        if (lkv_cube_holds(frame->cube, graded, step.value)) {
            lkv_frame_component(frame, lkv_cube_value_id(frame->cube, step));
        }
    }
}

static void components_add(lkv_frame *frame, const lkv_measure *measure)
{
    for (size_t i = 0; i < measure->component_count; i++) {
        if (measure->components[i].id) {
            lkv_frame_component(frame, measure->components[i].id);
        }
    }
}

/* So are the coefficients of covariates, and any variable may be one. */
static void covariates_add(const lkv_panel *panel)
{
    for (size_t i = 0; i < panel->variables; i++) {
        g_autofree char *id =
            g_strconcat("given_", panel->variable[i].id, NULL);
        lkv_frame_component(panel->frame, id);
    }
}

/* Parts of a spread over schools that a group of schools has. */
static void areas_add(lkv_frame *frame, const char *group)
{
    static const char *const parts[] = {"between", "between_random", "within"};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *id = g_strdup_printf("%s.%s", parts[i], group);
        lkv_frame_component(frame, id);
    }
}

/* And the leaves of groups, for those in two groups at once. */
static void leaves_add(lkv_frame *frame)
{
    const lkv_cube *cube = frame->cube;
    for (guint i = 0; i < frame->groups->len; i++) {
        lkv_axis axis = lkv_frame_group(frame, i)->axis;
        areas_add(frame, lkv_frame_group(frame, i)->id);
        for (size_t leaf = 1; leaf < lkv_cube_leaves(cube, axis); leaf++) {
            g_autofree char *id = g_strdup_printf(
                "%s.%s", lkv_cube_axis_id(cube, axis),
                lkv_cube_value_id(cube, (lkv_term){axis, (uint16_t)leaf}));
            lkv_frame_component(frame, id);
        }
    }
}

/* Numbers for all words of the catalogue, in its order. */
static void words_add(lkv_frame *frame)
{
    const lkv_measure *measure = NULL;
    for (size_t i = 0; (measure = lkv_measure_at(i)); i++) {
        lkv_frame_measure(frame, measure->id);
        components_add(frame, measure);
    }
    for (guint i = 0; i < frame->outcomes->len; i++) {
        if (lkv_frame_outcome(frame, i)->kind == LKV_LEVELS) {
            steps_add(frame, (uint16_t)i);
        }
    }
}

/* A chapter is answered by one thread; keys decide the order afterwards. */
typedef struct lkv_answering {
    const lkv_panel *panel;
    const lkv_plan *plan;
    const lkv_stop *stop;
    pthread_mutex_t lock; /* of RESULTS */
    lkv_results *results;
} lkv_answering;

static void answer(const lkv_asked *asked, lkv_tally *const *tallies,
                   lkv_widths *widths, lkv_results *out)
{
    const lkv_tally *needed[LKV_NEEDS_MOST];
    for (size_t t = 0; t < asked->specs; t++) {
        needed[t] = tallies[asked->spec[t]];
    }
    lkv_question question = asked->question;
    question.widths = widths;
    if (asked->choice) {
        lkv_asked otherwise = *asked;
        otherwise.question = question;
        lkv_alternative_answer(&otherwise, needed, out);
    } else {
        asked->measure->compute(&question, needed, out);
    }
}

static bool answer_chapter(void *shared, size_t number)
{
    lkv_answering *answering = shared;
    const lkv_chapter *chapter = lkv_plan_chapter(answering->plan, number);
    lkv_frame *frame = answering->panel->frame;
    lkv_tally **tallies = lkv_tallies_fill(
        answering->panel, (const lkv_tally_spec *)(void *)chapter->specs->data,
        chapter->specs->len, (lkv_crew){.threads = 1, .stop = answering->stop});
    if (!tallies) {
        return false;
    }
    g_autoptr(lkv_widths) widths = lkv_widths_new(frame->confidence);
    g_autoptr(lkv_results) own = lkv_results_new(frame);
    for (guint i = 0; i < chapter->asked->len; i++) {
        answer(&g_array_index(chapter->asked, lkv_asked, i), tallies, widths,
               own);
    }
    lkv_tallies_free(tallies, chapter->specs->len);
    pthread_mutex_lock(&answering->lock);
    lkv_results_join(answering->results, own);
    pthread_mutex_unlock(&answering->lock);
    return true;
}

static lkv_results *answer_all(const lkv_panel *panel, const lkv_plan *plan,
                               lkv_crew crew)
{
    g_autoptr(lkv_results) results = lkv_results_new(panel->frame);
    lkv_answering answering = {
        .panel = panel, .plan = plan, .stop = crew.stop, .results = results};
    pthread_mutex_init(&answering.lock, NULL);
    bool all =
        lkv_jobs_run(answer_chapter, &answering, lkv_plan_chapters(plan), crew);
    pthread_mutex_destroy(&answering.lock);
    if (!all) {
        return NULL;
    }
    lkv_results_sort(results);
    return g_steal_pointer(&results);
}

lkv_results *lkv_measures_run(const lkv_panel *panel, const lkv_study *study,
                              lkv_crew crew, lkv_diag *diag)
{
    words_add(panel->frame);
    covariates_add(panel);
    leaves_add(panel->frame);
    lkv_apart_group(panel->frame);
    g_autoptr(lkv_plan) plan = lkv_plan_make(panel, study, crew, diag);
    lkv_results *results = plan ? answer_all(panel, plan, crew) : NULL;
    if (results) {
        lkv_clear_flag(results);
    }
    return results;
}
