#include "panel/panel.h"

#include <limits.h>
#include <string.h>

#include "panel/census.h"
#include "panel/content_hash.h"
#include "panel/marks.h"
#include "panel/sources.h"

static lkv_panel *panel_new(const lkv_study *study, const lkv_roll *roll)
{
    lkv_panel *panel = g_new0(lkv_panel, 1);
    size_t rows = lkv_roll_size(roll);
    lkv_frame *frame = lkv_frame_new();
    panel->frame = frame;
    panel->rows = rows;
    panel->pupil = g_new0(uint32_t, rows + 1);
    panel->population = g_new0(uint16_t, rows + 1);
    panel->waterfall = g_array_new(FALSE, TRUE, sizeof(lkv_waterfall_step));
    frame->district_name =
        g_string_chunk_insert(frame->text, study->district_name);
    frame->district_id = g_string_chunk_insert(
        frame->text, study->district_id ? study->district_id : "");
    frame->country = study->country
                         ? g_string_chunk_insert(frame->text, study->country)
                         : NULL;
    frame->year = study->year;
    frame->reference_date = study->population.reference_date;
    frame->has_reference_date = study->population.has_reference_date;
    frame->release = study->population.release;
    frame->confidence = study->confidence;
    return panel;
}

void lkv_panel_free(lkv_panel *panel)
{
    if (!panel) {
        return;
    }
    size_t axes = lkv_cube_axes(panel->frame->cube);
    for (size_t i = 0; panel->leaf && i < axes; i++) {
        g_free(panel->leaf[i]);
    }
    for (size_t i = 0; i < panel->variables; i++) {
        g_free(panel->variable[i].value);
    }
    if (panel->inputs) {
        lkv_facts_drop(panel->inputs, 0);
        g_array_unref(panel->inputs);
    }
    if (panel->waterfall) {
        g_array_unref(panel->waterfall);
    }
    g_free(panel->leaf);
    g_free(panel->variable);
    g_free(panel->outcome_variable);
    g_free(panel->pupil);
    g_free(panel->population);
    g_free(panel->class_number);
    lkv_frame_unref(panel->frame);
    g_free(panel);
}

uint16_t lkv_panel_variable(const lkv_panel *panel, const char *id)
{
    for (size_t i = 0; i < panel->variables; i++) {
        if (strcmp(panel->variable[i].id, id) == 0) {
            return (uint16_t)i;
        }
    }
    return LKV_NO_VALUE;
}

/* Fewer pupils of a school may well have no grade at all. */
enum { REPORTED_LEAST = 5 };

/* A school without a single grade in a graded stage has not been reported:
 * that is a fault of the data, not a result of 0 %.
 */
static bool schools_have_grades(const lkv_census *census, lkv_diag *diag)
{
    const lkv_panel *panel = census->panel;
    const lkv_frame *frame = panel->frame;
    guint units = frame->units->len, populations = frame->populations->len;
    g_autofree int64_t *pupils =
        g_new0(int64_t, (gsize)units * populations + 1);
    g_autofree bool *graded = g_new0(bool, (gsize)units *populations + 1);
    bool fine = true;
    for (size_t row = 0; row < panel->rows; row++) {
        uint16_t population = panel->population[row];
        int stage = census->stage[row];
        if (population == LKV_NO_VALUE || stage < 0 ||
            !census->rules->stages[stage].graded) {
            continue;
        }
        size_t at =
            (size_t)population * units + panel->leaf[frame->school][row];
        pupils[at]++;
        graded[at] = graded[at] || lkv_marks_any(census->marks, row, 0,
                                                 census->marks->graded);
    }
    for (size_t i = 0; i < (size_t)units * populations; i++) {
        if (pupils[i] >= REPORTED_LEAST && !graded[i]) {
            const lkv_population *population =
                lkv_frame_population(frame, i / units);
            const lkv_unit *unit = lkv_frame_unit(frame, i % units);
            lkv_message *message = lkv_diag_add(
                diag, "E-SCHOOL-NO-GRADES",
                (lkv_place){.file = census->study->path,
                            .field = "inputs.grades"},
                "school %s has pupils in year %d of the school year %d, but "
                "no grade of any of them",
                unit->id, population->stage_year, population->year);
            lkv_message_why(message, "its grades have not been reported, which "
                                     "is no result of 0 %%");
            lkv_message_fix(message, "add the school's grades, or take its "
                                     "pupils out with where:");
            fine = false;
        }
    }
    return fine;
}

/* Whether somebody is in a stage in the school year that the study is about;
 * else reports would be of a year without figures.
 */
static bool somebody_counts(const lkv_census *census, lkv_diag *diag)
{
    const lkv_frame *frame = census->panel->frame;
    int asked = census->study->year, first = INT_MAX, last = 0;
    for (guint i = 0; i < frame->populations->len; i++) {
        int year = lkv_frame_population(frame, i)->year;
        first = MIN(first, year);
        last = MAX(last, year);
        if (year == asked) {
            return true;
        }
    }
    lkv_place place = {.file = census->study->path,
                       .field = last > 0 ? "year" : NULL};
    lkv_message *message = lkv_diag_add(
        diag, "E-NOBODY", place,
        last > 0 ? "no pupil counts in the school year %d"
                 : "no pupil is in a year of schooling that the rules name",
        asked);
    if (last > 0) {
        lkv_message_why(message, "pupils of the tables are of %d to %d", first,
                        last);
    }
    lkv_message_fix(message, last > 0 ? "correct year: in the study, or the "
                                        "school years of the pupils' table"
                                      : "check the column of stage_year");
    return false;
}

static bool build(lkv_census *census, lkv_diag *diag)
{
    lkv_census_schools(census);
    lkv_census_populations(census);
    if (!somebody_counts(census, diag)) {
        return false;
    }
    if (census->marks && !schools_have_grades(census, diag)) {
        return false;
    }
    lkv_census_groups(census);
    bool fine = lkv_census_outcomes(census, diag);
    fine = lkv_census_covariates(census, diag) && fine;
    if (!fine) {
        return false;
    }
    lkv_census_earlier(census);
    lkv_census_variants(census);
    lkv_census_overlaps(census);
    lkv_census_waterfall(census);
    return true;
}

static void keep_classes(lkv_panel *panel, const lkv_roll *roll)
{
    if (!roll->has_classes) {
        return;
    }
    panel->class_number = g_new0(uint32_t, panel->rows + 1);
    for (size_t i = 0; i < panel->rows; i++) {
        uint32_t number = lkv_roll_at(roll, i)->class_name;
        bool known = *lkv_names_at(roll->classes, number) != '\0';
        panel->class_number[i] = known ? number : LKV_NO_CLASS;
    }
}

/* What follows once all is read: the parts of the panel, and the hash of what
 * they come from, which nobody waits for.
 */
struct deriving {
    lkv_census census;
    lkv_diag *diag;
    lkv_hash hash;
};

enum { BUILDING, HASHING, DERIVED };

static bool derive(void *shared, size_t job)
{
    struct deriving *deriving = shared;
    const lkv_census *census = &deriving->census;
    if (job == HASHING) {
        deriving->hash = lkv_content_hash(census->roll, census->marks);
        return true;
    }
    return build(&deriving->census, deriving->diag);
}

/* Derives the panel; false with a report, or when the crew is stopped. */
static bool derive_all(lkv_panel *panel, const lkv_sources *sources,
                       const lkv_study *study, const lkv_rules *rules,
                       lkv_crew crew, lkv_diag *diag)
{
    g_autofree int *stage = g_new0(int, panel->rows + 1);
    struct deriving deriving = {
        .census = {.study = study,
                   .rules = sources->marks ? rules : NULL,
                   .fields = sources->fields,
                   .roll = sources->roll,
                   .marks = sources->marks,
                   .panel = panel,
                   .stage = stage},
        .diag = diag};
    if (!lkv_jobs_run(derive, &deriving, DERIVED, crew)) {
        return false;
    }
    if (panel->inputs->len > 0) {
        g_array_index(panel->inputs, lkv_input_facts, 0).rows_hash =
            deriving.hash;
    }
    keep_classes(panel, sources->roll);
    return true;
}

lkv_panel *lkv_panel_read(const lkv_study *study, const lkv_rules *rules,
                          lkv_crew crew, lkv_diag *diag)
{
    g_autoptr(lkv_sources) sources = lkv_sources_read(study, rules, crew, diag);
    if (!sources) {
        return NULL;
    }
    g_autoptr(lkv_panel) panel = panel_new(study, sources->roll);
    panel->inputs = g_steal_pointer(&sources->inputs);
    return derive_all(panel, sources, study, rules, crew, diag)
               ? g_steal_pointer(&panel)
               : NULL;
}
