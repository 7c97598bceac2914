#include "measure/asking.h"

#include <string.h>

#include "measure/alternative.h"

static void ask_if_wanted(const lkv_asking *asking, const lkv_measure *measure,
                          lkv_question question)
{
    if (lkv_asking_wanted(asking, measure, &question)) {
        lkv_plan_ask(asking->plan,
                     (lkv_asked){.measure = measure, .question = question});
    }
}

/* Whether a claim about a school, a leaf of the group and the outcome still
 * has room for the variant's own conditions.
 */
static bool terms_fit(const lkv_question *question)
{
    const lkv_variant *variant =
        lkv_frame_variant(question->frame, question->variant);
    size_t terms = variant->where.terms + 2U;
    if (question->group_by > 0) {
        lkv_axis axis =
            lkv_frame_group(question->frame, question->group_by - 1U)->axis;
        terms += lkv_where_on(&variant->where, axis) ? 0 : 1;
    }
    return terms <= LKV_TERMS_MOST;
}

static void ask_with_groups(const lkv_asking *asking,
                            const lkv_measure *measure, lkv_question question)
{
    size_t groups =
        measure->groups & LKV_BY_GROUP ? asking->panel->frame->groups->len : 0;
    size_t first = measure->groups & LKV_WITHOUT_GROUP ? 0 : 1;
    for (size_t group = first; group <= groups; group++) {
        question.group_by = (uint16_t)group;
        if (terms_fit(&question)) {
            ask_if_wanted(asking, measure, question);
        }
    }
}

/* Whether MEASURE takes outcome NUMBER, and some pupil of POPULATION has it. */
static bool outcome_fits(const lkv_asking *asking, const lkv_measure *measure,
                         uint16_t population, size_t number)
{
    const lkv_frame *frame = asking->panel->frame;
    const lkv_outcome *outcome = lkv_frame_outcome(frame, number);
    return (measure->outcomes & (1U << outcome->kind)) &&
           asking->there[population * frame->outcomes->len + number];
}

static void ask_with_outcomes(const lkv_asking *asking,
                              const lkv_measure *measure, lkv_question question)
{
    if (measure->outcomes == 0) {
        question.outcome = LKV_NO_VALUE;
        ask_with_groups(asking, measure, question);
        return;
    }
    for (guint i = 0; i < asking->panel->frame->outcomes->len; i++) {
        if (outcome_fits(asking, measure, question.population, i)) {
            question.outcome = (uint16_t)i;
            ask_with_groups(asking, measure, question);
        }
    }
}

static lkv_question question_of(const lkv_asking *asking,
                                const lkv_measure *measure, guint population,
                                guint variant)
{
    const lkv_frame *frame = asking->panel->frame;
    const lkv_population *own = lkv_frame_population(frame, population);
    return (lkv_question){
        .panel = asking->panel,
        .frame = frame,
        .measure = lkv_frame_measure_find(frame, measure->id),
        .population = (uint16_t)population,
        .variant = (uint16_t)variant,
        .before = lkv_frame_population_find(frame, own->stage, own->year - 1),
        .seed = asking->study->seed,
        .replicates = asking->study->replicates,
    };
}

static void ask_all(const lkv_asking *asking, const lkv_measure *measure)
{
    const lkv_frame *frame = asking->panel->frame;
    for (guint p = 0; p < frame->populations->len; p++) {
        for (guint v = 0; v < frame->variants->len; v++) {
            if (!lkv_frame_variant(frame, v)->choice) {
                ask_with_outcomes(asking, measure,
                                  question_of(asking, measure, p, v));
            }
        }
    }
}

/* ---- the same under other choices ---------------------------------------- */

/* Whether the variant's pupils are told of among the main rows: then its level
 * tells nothing more.
 */
static bool variant_told(const lkv_asking *asking, const lkv_measure *measure,
                         lkv_question question, const lkv_where *where)
{
    const lkv_frame *frame = question.frame;
    if (where->terms == 0 || !(measure->groups & LKV_WITHOUT_GROUP) ||
        !(measure->groups & LKV_BY_GROUP)) {
        return true;
    }
    for (guint i = 0; i < frame->groups->len; i++) {
        question.group_by = (uint16_t)(i + 1);
        if (lkv_frame_group(frame, i)->axis == where->term[0].axis) {
            return lkv_asking_wanted(asking, measure, &question);
        }
    }
    return false;
}

static void ask_otherwise(const lkv_asking *asking,
                          const lkv_alternative *choice, uint16_t variant,
                          const lkv_measure *measure, lkv_question question)
{
    const lkv_where *where = &lkv_frame_variant(question.frame, variant)->where;
    if (!lkv_asking_wanted(asking, measure, &question) ||
        !variant_told(asking, measure, question, where)) {
        return;
    }
    lkv_asked asked = {.measure = lkv_alternative_measure(choice, measure),
                       .question = question,
                       .choice = choice,
                       .usual = question};
    if (lkv_alternative_make(choice, variant, &asked.question) &&
        terms_fit(&asked.question)) {
        lkv_plan_ask(asking->plan, asked);
    }
}

static void ask_outcomes_otherwise(const lkv_asking *asking,
                                   const lkv_alternative *choice,
                                   uint16_t variant, const lkv_measure *measure,
                                   lkv_question question)
{
    const lkv_frame *frame = question.frame;
    size_t first = measure->groups & LKV_WITHOUT_GROUP ? 0 : 1;
    size_t last = first == 0 ? 0 : frame->groups->len;
    for (guint i = 0; i < frame->outcomes->len; i++) {
        if (!lkv_alternative_takes(lkv_frame_outcome(frame, i)) ||
            !outcome_fits(asking, measure, question.population, i)) {
            continue;
        }
        question.outcome = (uint16_t)i;
        for (size_t group = first; group <= last; group++) {
            question.group_by = (uint16_t)group;
            ask_otherwise(asking, choice, variant, measure, question);
        }
    }
}

static void ask_choice(const lkv_asking *asking, const lkv_alternative *choice,
                       uint16_t variant)
{
    const lkv_frame *frame = asking->panel->frame;
    const char *id = NULL;
    for (size_t i = 0; (id = lkv_alternative_repeats(choice, i)); i++) {
        const lkv_measure *measure = lkv_measure_find(id);
        for (guint p = 0; p < frame->populations->len; p++) {
            ask_outcomes_otherwise(asking, choice, variant, measure,
                                   question_of(asking, measure, p, 0));
        }
    }
}

static void ask_choices(const lkv_asking *asking)
{
    const lkv_frame *frame = asking->panel->frame;
    for (guint v = 0; v < frame->variants->len; v++) {
        const lkv_variant *variant = lkv_frame_variant(frame, v);
        const lkv_alternative *choice = NULL;
        for (size_t i = 0; variant->choice && (choice = lkv_alternative_at(i));
             i++) {
            if (strcmp(lkv_alternative_id(choice), variant->id) == 0) {
                ask_choice(asking, choice, (uint16_t)v);
            }
        }
    }
}

/* ---- the plan ------------------------------------------------------------ */

/* What cannot be summed exactly is told before the work begins. */
static bool all_exact(const lkv_plan *plan, const lkv_panel *panel,
                      lkv_diag *diag)
{
    bool exact = true;
    for (size_t i = 0; i < lkv_plan_chapters(plan); i++) {
        const GArray *specs = lkv_plan_chapter(plan, i)->specs;
        for (guint s = 0; s < specs->len; s++) {
            const lkv_tally_spec *spec =
                &g_array_index(specs, lkv_tally_spec, s);
            exact = lkv_tally_exact(panel, spec, diag) && exact;
        }
    }
    return exact;
}

lkv_plan *lkv_plan_make(const lkv_panel *panel, const lkv_study *study,
                        lkv_crew crew, lkv_diag *diag)
{
    bool good = true;
    for (size_t i = 0; i < study->measure_count; i++) {
        good = lkv_asking_words(panel, &study->measures[i], diag) && good;
    }
    g_autofree bool *there = good ? lkv_asking_outcomes(panel, crew) : NULL;
    if (!there) {
        return NULL;
    }
    g_autoptr(lkv_plan) plan = lkv_plan_new();
    lkv_asking asking = {panel, study, plan, there};
    const lkv_measure *measure = NULL;
    for (size_t i = 0; (measure = lkv_measure_at(i)); i++) {
        ask_all(&asking, measure);
    }
    ask_choices(&asking);
    return all_exact(plan, panel, diag) ? g_steal_pointer(&plan) : NULL;
}
