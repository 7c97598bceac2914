#include "measure/plan.h"

#include <string.h>

#include "measure/alternative.h"
#include "measure/question.h"
#include "stat/mixed.h"

/* A chapter in the making. */
typedef struct lkv_drafted {
    lkv_chapter chapter;
    GHashTable *numbers; /* of equal specs: 1 + place in the chapter's */
} lkv_drafted;

struct lkv_plan {
    GPtrArray *chapters; /* lkv_drafted */
    GHashTable *about; /* by population and outcome, as chapter_key says */
    GPtrArray *given; /* arrays of variables that questions lend */
};

/* What a plan is made of, for the functions below. */
typedef struct lkv_making {
    const lkv_panel *panel;
    const lkv_study *study;
    lkv_plan *plan;
    bool *there; /* [population * outcomes + outcome]: some pupil has it */
} lkv_making;

static void mix(guint *hash, unsigned number)
{
    *hash = (*hash ^ number) * 16777619U;
}

static guint spec_hash(gconstpointer key)
{
    const lkv_tally_spec *spec = key;
    guint hash = 2166136261U;
    mix(&hash, spec->population);
    for (size_t i = 0; i < spec->where.terms; i++) {
        mix(&hash, spec->where.term[i].axis);
        mix(&hash, spec->where.term[i].value);
    }
    for (size_t i = 0; i < spec->axes; i++) {
        mix(&hash, spec->axis[i]);
    }
    for (size_t i = 0; i < spec->variables; i++) {
        mix(&hash, spec->variable[i]);
    }
    mix(&hash, spec->cross);
    return hash;
}

static gboolean spec_same(gconstpointer a, gconstpointer b)
{
    return lkv_tally_spec_equal(a, b);
}

static void free_drafted(gpointer pointer)
{
    lkv_drafted *drafted = pointer;
    g_array_unref(drafted->chapter.asked);
    g_array_unref(drafted->chapter.specs);
    g_hash_table_unref(drafted->numbers);
    g_free(drafted);
}

static lkv_plan *plan_new(void)
{
    lkv_plan *plan = g_new0(lkv_plan, 1);
    plan->chapters = g_ptr_array_new_with_free_func(free_drafted);
    plan->about = g_hash_table_new(NULL, NULL);
    plan->given = g_ptr_array_new_with_free_func(g_free);
    return plan;
}

void lkv_plan_free(lkv_plan *plan)
{
    if (!plan) {
        return;
    }
    g_ptr_array_unref(plan->chapters);
    g_hash_table_unref(plan->about);
    g_ptr_array_unref(plan->given);
    g_free(plan);
}

size_t lkv_plan_chapters(const lkv_plan *plan)
{
    return plan->chapters->len;
}

const lkv_chapter *lkv_plan_chapter(const lkv_plan *plan, size_t index)
{
    g_assert(index < plan->chapters->len);
    const lkv_drafted *drafted = g_ptr_array_index(plan->chapters, index);
    return &drafted->chapter;
}

static gpointer chapter_key(const lkv_question *question)
{
    return GUINT_TO_POINTER((guint)question->population << 16 |
                            question->outcome);
}

/* The chapter that QUESTION belongs to. */
static lkv_drafted *chapter_of(lkv_plan *plan, const lkv_question *question)
{
    lkv_drafted *drafted =
        g_hash_table_lookup(plan->about, chapter_key(question));
    if (!drafted) {
        drafted = g_new0(lkv_drafted, 1);
        drafted->chapter.asked = g_array_new(FALSE, TRUE, sizeof(lkv_asked));
        drafted->chapter.specs =
            g_array_new(FALSE, TRUE, sizeof(lkv_tally_spec));
        drafted->numbers =
            g_hash_table_new_full(spec_hash, spec_same, g_free, NULL);
        g_ptr_array_add(plan->chapters, drafted);
        g_hash_table_insert(plan->about, chapter_key(question), drafted);
    }
    return drafted;
}

static uint32_t spec_number(lkv_drafted *drafted, const lkv_tally_spec *spec)
{
    GArray *specs = drafted->chapter.specs;
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(drafted->numbers, spec));
    if (known > 0) {
        return known - 1;
    }
    g_array_append_vals(specs, spec, 1);
    g_hash_table_insert(drafted->numbers, g_memdup2(spec, sizeof *spec),
                        GUINT_TO_POINTER(specs->len));
    return specs->len - 1;
}

static void ask(lkv_plan *plan, lkv_asked asked)
{
    lkv_needs needs = {.count = 0};
    asked.measure->needs(&asked.question, &needs);
    if (asked.choice) {
        lkv_alternative_needs(&asked, &needs);
    }
    lkv_drafted *drafted = chapter_of(plan, &asked.question);
    for (size_t i = 0; i < needs.count; i++) {
        asked.spec[asked.specs++] = spec_number(drafted, &needs.spec[i]);
    }
    g_array_append_val(drafted->chapter.asked, asked);
}

/* ---- what the study wants ------------------------------------------------ */

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

static size_t covariates_of(const lkv_measure_spec *spec)
{
    size_t count = 0;
    while (spec->given && spec->given[count]) {
        count++;
    }
    return count;
}

/* A model has an outcome, an intercept and so many covariates. */
enum { COVARIATES_MOST = LKV_MIXED_EFFECTS - 1 };

/* The covariates that SPEC names, or all that the study has as background (as
 * many as a model can have); kept by the plan.
 */
static void give(const lkv_making *making, const lkv_measure_spec *spec,
                 lkv_question *question)
{
    const lkv_study *study = making->study;
    size_t named = spec ? covariates_of(spec) : 0;
    size_t count = named > 0 ? named : study->background_count;
    uint16_t *variables = g_new0(uint16_t, count + 1);
    question->givens = 0;
    for (size_t i = 0; i < count && question->givens < COVARIATES_MOST; i++) {
        const char *id = named > 0 ? spec->given[i] : study->background[i].id;
        if (named > 0 || !study->background[i].on_request) {
            variables[question->givens++] =
                lkv_panel_variable(making->panel, id);
        }
    }
    g_ptr_array_add(making->plan->given, variables);
    question->given = variables;
}

/* Whether the study asks QUESTION of MEASURE; then it is given covariates. */
static bool wanted(const lkv_making *making, const lkv_measure *measure,
                   lkv_question *question)
{
    bool usual = !measure->on_request;
    const lkv_measure_spec *spec =
        spec_named(making->study, measure->id, question);
    if (!spec && usual) {
        spec = spec_named(making->study, LKV_MEASURES_DEFAULT, question);
    }
    if (!spec && !(usual && making->study->measure_count == 0)) {
        return false;
    }
    give(making, spec, question);
    return true;
}

static void ask_if_wanted(const lkv_making *making, const lkv_measure *measure,
                          lkv_question question)
{
    if (wanted(making, measure, &question)) {
        ask(making->plan,
            (lkv_asked){.measure = measure, .question = question});
    }
}

/* ---- all questions ------------------------------------------------------- */

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

static void ask_with_groups(const lkv_making *making,
                            const lkv_measure *measure, lkv_question question)
{
    size_t groups =
        measure->groups & LKV_BY_GROUP ? making->panel->frame->groups->len : 0;
    size_t first = measure->groups & LKV_WITHOUT_GROUP ? 0 : 1;
    for (size_t group = first; group <= groups; group++) {
        question.group_by = (uint16_t)group;
        if (terms_fit(&question)) {
            ask_if_wanted(making, measure, question);
        }
    }
}

static void ask_with_outcomes(const lkv_making *making,
                              const lkv_measure *measure, lkv_question question)
{
    if (measure->outcomes == 0) {
        question.outcome = LKV_NO_VALUE;
        ask_with_groups(making, measure, question);
        return;
    }
    size_t outcomes = making->panel->frame->outcomes->len;
    for (size_t i = 0; i < outcomes; i++) {
        const lkv_outcome *outcome = lkv_frame_outcome(making->panel->frame, i);
        bool fits = measure->outcomes & (1U << outcome->kind);
        if (fits && making->there[question.population * outcomes + i]) {
            question.outcome = (uint16_t)i;
            ask_with_groups(making, measure, question);
        }
    }
}

static lkv_question question_of(const lkv_making *making,
                                const lkv_measure *measure, guint population,
                                guint variant)
{
    const lkv_frame *frame = making->panel->frame;
    const lkv_population *own = lkv_frame_population(frame, population);
    return (lkv_question){
        .panel = making->panel,
        .frame = frame,
        .measure = lkv_frame_measure_find(frame, measure->id),
        .population = (uint16_t)population,
        .variant = (uint16_t)variant,
        .before = lkv_frame_population_find(frame, own->stage, own->year - 1),
        .seed = making->study->seed,
        .replicates = making->study->replicates,
    };
}

static void ask_all(const lkv_making *making, const lkv_measure *measure)
{
    const lkv_frame *frame = making->panel->frame;
    for (guint p = 0; p < frame->populations->len; p++) {
        for (guint v = 0; v < frame->variants->len; v++) {
            if (!lkv_frame_variant(frame, v)->choice) {
                ask_with_outcomes(making, measure,
                                  question_of(making, measure, p, v));
            }
        }
    }
}

/* ---- the same under other choices ---------------------------------------- */

/* Whether the variant's pupils are told of among the main rows: then its level
 * tells nothing more.
 */
static bool variant_told(const lkv_making *making, const lkv_measure *measure,
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
            return wanted(making, measure, &question);
        }
    }
    return false;
}

static void ask_otherwise(const lkv_making *making,
                          const lkv_alternative *choice, uint16_t variant,
                          const lkv_measure *measure, lkv_question question)
{
    const lkv_where *where = &lkv_frame_variant(question.frame, variant)->where;
    if (!wanted(making, measure, &question) ||
        !variant_told(making, measure, question, where)) {
        return;
    }
    lkv_asked asked = {.measure = lkv_alternative_measure(choice, measure),
                       .question = question,
                       .choice = choice,
                       .usual = question};
    if (lkv_alternative_make(choice, variant, &asked.question) &&
        terms_fit(&asked.question)) {
        ask(making->plan, asked);
    }
}

static void ask_outcomes_otherwise(const lkv_making *making,
                                   const lkv_alternative *choice,
                                   uint16_t variant, const lkv_measure *measure,
                                   lkv_question question)
{
    const lkv_frame *frame = question.frame;
    size_t outcomes = frame->outcomes->len;
    size_t first = measure->groups & LKV_WITHOUT_GROUP ? 0 : 1;
    size_t last = first == 0 ? 0 : frame->groups->len;
    for (size_t i = 0; i < outcomes; i++) {
        const lkv_outcome *outcome = lkv_frame_outcome(frame, i);
        if (!lkv_alternative_takes(outcome) ||
            !(measure->outcomes & (1U << outcome->kind)) ||
            !making->there[question.population * outcomes + i]) {
            continue;
        }
        question.outcome = (uint16_t)i;
        for (size_t group = first; group <= last; group++) {
            question.group_by = (uint16_t)group;
            ask_otherwise(making, choice, variant, measure, question);
        }
    }
}

static void ask_choice(const lkv_making *making, const lkv_alternative *choice,
                       uint16_t variant)
{
    const lkv_frame *frame = making->panel->frame;
    const char *id = NULL;
    for (size_t i = 0; (id = lkv_alternative_repeats(choice, i)); i++) {
        const lkv_measure *measure = lkv_measure_find(id);
        for (guint p = 0; p < frame->populations->len; p++) {
            ask_outcomes_otherwise(making, choice, variant, measure,
                                   question_of(making, measure, p, 0));
        }
    }
}

static void ask_choices(const lkv_making *making)
{
    const lkv_frame *frame = making->panel->frame;
    for (guint v = 0; v < frame->variants->len; v++) {
        const lkv_variant *variant = lkv_frame_variant(frame, v);
        const lkv_alternative *choice = NULL;
        for (size_t i = 0; variant->choice && (choice = lkv_alternative_at(i));
             i++) {
            if (strcmp(lkv_alternative_id(choice), variant->id) == 0) {
                ask_choice(making, choice, (uint16_t)v);
            }
        }
    }
}

/* ---- which outcomes belong to which population --------------------------- */

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

/* Merit values belong to one stage, goals to another: nothing is asked about
 * an outcome of the rules that nobody in a population has.
 */
static bool *outcomes_there(const lkv_panel *panel, lkv_crew crew)
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

/* ---- words of the study -------------------------------------------------- */

static bool measure_known(const lkv_measure_spec *spec, lkv_diag *diag)
{
    if (lkv_measure_find(spec->measure) ||
        strcmp(spec->measure, LKV_MEASURES_DEFAULT) == 0) {
        return true;
    }
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    const lkv_measure *measure = NULL;
    for (size_t i = 0; (measure = lkv_measure_at(i)); i++) {
        g_ptr_array_add(ids, (gpointer)(uintptr_t)measure->id);
    }
    g_ptr_array_add(ids, NULL);
    lkv_message *message =
        lkv_diag_add(diag, "E-MEASURE-UNKNOWN", spec->place,
                     "there is no measure '%s'", spec->measure);
    const char *near = lkv_word_nearest(
        spec->measure, (const char *const *)(const void *)ids->pdata);
    if (near) {
        lkv_message_fix(message, "did you mean '%s'?", near);
    } else {
        lkv_message_fix(message, "`likvard measures list` names them all");
    }
    return false;
}

static bool outcome_known(const lkv_frame *frame, const char *id)
{
    for (size_t i = 0; i < frame->outcomes->len; i++) {
        if (strcmp(lkv_frame_outcome(frame, i)->id, id) == 0) {
            return true;
        }
    }
    return false;
}

static void word_refuse(const lkv_measure_spec *spec, const char *what,
                        const char *word, lkv_diag *diag)
{
    lkv_message *message =
        lkv_diag_add(diag, "E-MEASURE-WORD", spec->place,
                     "measure '%s' names the %s '%s', which this run has not",
                     spec->measure, what, word);
    lkv_message_fix(message, "name one that the study or its rules declare");
}

static bool covariates_fit(const lkv_measure_spec *spec, lkv_diag *diag)
{
    size_t count = covariates_of(spec);
    if (count <= COVARIATES_MOST) {
        return true;
    }
    lkv_message *message = lkv_diag_add(diag, "E-MEASURE-GIVEN", spec->place,
                                        "measure '%s' is given %zu covariates",
                                        spec->measure, count);
    lkv_message_fix(message, "name at most %d", COVARIATES_MOST);
    return false;
}

static bool words_known(const lkv_panel *panel, const lkv_measure_spec *spec,
                        lkv_diag *diag)
{
    bool good = measure_known(spec, diag);
    good = covariates_fit(spec, diag) && good;
    if (spec->of && !outcome_known(panel->frame, spec->of)) {
        word_refuse(spec, "outcome", spec->of, diag);
        good = false;
    }
    if (spec->between &&
        lkv_frame_group_find(panel->frame, spec->between) == LKV_NO_VALUE) {
        word_refuse(spec, "group", spec->between, diag);
        good = false;
    }
    for (size_t i = 0; spec->given && spec->given[i]; i++) {
        if (lkv_panel_variable(panel, spec->given[i]) == LKV_NO_VALUE) {
            word_refuse(spec, "covariate", spec->given[i], diag);
            good = false;
        }
    }
    return good;
}

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
        good = words_known(panel, &study->measures[i], diag) && good;
    }
    g_autofree bool *there = good ? outcomes_there(panel, crew) : NULL;
    if (!there) {
        return NULL;
    }
    g_autoptr(lkv_plan) plan = plan_new();
    lkv_making making = {panel, study, plan, there};
    const lkv_measure *measure = NULL;
    for (size_t i = 0; (measure = lkv_measure_at(i)); i++) {
        ask_all(&making, measure);
    }
    ask_choices(&making);
    return all_exact(plan, panel, diag) ? g_steal_pointer(&plan) : NULL;
}
