/* Which grades pupils get: the share of each step of the scale.
 *
 * A mean hides whether a subject has many in the middle or many at both ends;
 * the steps show it, and how many have no grade to show. They are taken over
 * the whole district only: at a single school most steps are a few pupils,
 * who could be told, so there it is the share with a passing step.
 */
#include "measure/catalogue.h"
#include "measure/level.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_years_needs(question, needs);
}

static void step_add(const lkv_question *question, const lkv_years *years,
                     const GArray *sites, lkv_term step, lkv_results *out)
{
    const char *id = lkv_cube_value_id(question->frame->cube, step);
    for (guint i = 0; i < sites->len; i++) {
        const lkv_site *site = &g_array_index(sites, lkv_site, i);
        lkv_estimate *share = lkv_question_add(question, out, site->spot, id);
        share->claim = lkv_question_share(question, site->spot, step);
        lkv_level_fill(share, years, site);
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    const lkv_cube *cube = question->frame->cube;
    lkv_term graded = lkv_question_known(question);
    lkv_term passed = lkv_question_value(question, "passed");
    bool grouped = question->group_by > 0;
    g_autoptr(lkv_years) years = lkv_years_new(question, tally, passed);
    g_autoptr(GArray) sites =
        lkv_sites(question, years->year[0],
                  grouped ? LKV_DISTRICT : LKV_DISTRICT | LKV_EACH_SCHOOL);
    step_add(question, years, sites, passed, out);
    g_autoptr(GArray) district =
        lkv_sites(question, years->year[0], LKV_DISTRICT);
    size_t leaves = grouped ? 0 : lkv_cube_leaves(cube, graded.axis);
    for (size_t leaf = 0; leaf < leaves; leaf++) {
        lkv_term step = {graded.axis, (uint16_t)leaf};
        if (lkv_cube_holds(cube, graded, step.value)) {
            lkv_years_turn(years, question, tally, step);
            step_add(question, years, district, step, out);
        }
    }
}

static const lkv_component components[] = {
    {.id = "passed", .meaning = "share with a passing step, among the graded"},
    {.meaning = "share with the step that the component is named after"},
};

const lkv_measure lkv_measure_grades = {
    .id = "grades",
    .label = "measure.grades",
    .outcomes = LKV_FOR_LEVELS,
    .groups = LKV_WITHOUT_GROUP | LKV_BY_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 1,
    .least_pupils = 1,
    .question = "How do the grades of a subject spread over the scale?",
    .formula = "p_step = pupils with the step/pupils graded, a dash (no basis "
               "for a grade) among them; intervals as for `share`.",
    .reading = "The shares of all steps add up to 1. Pupils who do not study "
               "the subject, or of whom nothing is known, are not in them.",
    .not_for = "Comparing how strictly schools grade, or one subject with "
               "another.",
    .source = "Wilson 1927, eq. 4; Korn and Graubard 1998 (effective n)",
    .r = "prop.table(table(grade)); prop.test(count, n, correct = FALSE)",
};
