#include "panel/panel.h"

#include <string.h>

#include "panel/census.h"
#include "panel/marks.h"
#include "panel/roll.h"

static lkv_panel *panel_new(const lkv_study *study, const lkv_roll *roll)
{
    lkv_panel *panel = g_new0(lkv_panel, 1);
    size_t rows = roll ? lkv_roll_size(roll) : 0;
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

static const char *code_text(const lkv_roll *roll, guint column, uint16_t code)
{
    const lkv_names *names =
        g_array_index(roll->codes, lkv_roll_codes, column).codes;
    return code == LKV_NO_CODE ? "" : lkv_names_at(names, code);
}

static void hash_schools(lkv_hasher *hasher, const lkv_roll *roll)
{
    for (uint32_t i = 0; roll->school_name && i < lkv_names_size(roll->schools);
         i++) {
        const char *name = roll->school_name[i];
        lkv_hasher_add(hasher, name, strlen(name) + 1);
        lkv_hasher_add(hasher, &roll->school_special[i], sizeof(bool));
        for (guint k = 0; k < roll->codes->len; k++) {
            const char *code = code_text(roll, k, roll->school_code[k][i]);
            lkv_hasher_add(hasher, code, strlen(code) + 1);
        }
    }
}

/* What was accepted, as a set: every pupil's row in sorted order, with codes
 * instead of the numbers that stand for them. No order of rows, no name of a
 * file enters.
 */
static lkv_hash content_hash(const lkv_roll *roll, const lkv_marks *marks)
{
    lkv_hasher *hasher = lkv_hasher_new();
    size_t columns = marks ? marks->columns : 0;
    g_autofree uint8_t *row = g_new(uint8_t, columns + 1);
    char years[32] = "";
    lkv_entry before = {0};
    hash_schools(hasher, roll);
    for (size_t i = 0; i < lkv_roll_size(roll); i++) {
        const lkv_entry *entry = lkv_roll_at(roll, i);
        const char *id = lkv_names_at(roll->ids, entry->id);
        const char *school = lkv_names_at(roll->schools, entry->school);
        if (i == 0 || entry->year != before.year ||
            entry->stage_year != before.stage_year) {
            g_snprintf(years, sizeof years, "%d/%d", entry->year,
                       entry->stage_year);
            before = *entry;
        }
        lkv_hasher_add(hasher, id, strlen(id) + 1);
        lkv_hasher_add(hasher, school, strlen(school) + 1);
        lkv_hasher_add(hasher, years, strlen(years) + 1);
        for (guint k = 0; k < roll->codes->len; k++) {
            const char *text = code_text(
                roll, k,
                g_array_index(roll->code, uint16_t, i * roll->codes->len + k));
            lkv_hasher_add(hasher, text, strlen(text) + 1);
        }
        for (guint k = 0; k < roll->numbers->len; k++) {
            lkv_decimal at = g_array_index(roll->number, lkv_decimal,
                                           i * roll->numbers->len + k);
            char text[64];
            g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT "e%u",
                       at.mantissa, at.decimals);
            lkv_hasher_add(hasher, text, strlen(text) + 1);
        }
        if (marks) {
            lkv_marks_row(marks, i, columns, row);
            lkv_hasher_add(hasher, row, columns);
        }
    }
    for (size_t i = 0; i < columns; i++) {
        lkv_hasher_add(hasher, marks->subject[i].id,
                       strlen(marks->subject[i].id) + 1);
    }
    return lkv_hasher_end(hasher);
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
    g_autofree int64_t *graded =
        g_new0(int64_t, (gsize)units * populations + 1);
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
        graded[at] +=
            lkv_census_any_mark(census, row, 0, census->marks->graded);
    }
    for (size_t i = 0; i < (size_t)units * populations; i++) {
        if (pupils[i] >= REPORTED_LEAST && graded[i] == 0) {
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

static bool build(lkv_census *census, lkv_diag *diag)
{
    lkv_census_schools(census);
    lkv_census_populations(census);
    if (census->panel->frame->populations->len == 0) {
        lkv_diag_add(diag, "E-NOBODY", (lkv_place){.file = census->study->path},
                     "no pupil is in a year of schooling that the rules name");
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

static bool has_marks(const lkv_study *study)
{
    for (size_t i = 0; i < study->inputs.count; i++) {
        lkv_table table = study->inputs.input[i].table;
        if (table == LKV_TABLE_GRADES || table == LKV_TABLE_ATTAINMENT) {
            return true;
        }
    }
    return false;
}

lkv_panel *lkv_panel_read(const lkv_study *study, const lkv_rules *rules,
                          lkv_crew crew, lkv_diag *diag)
{
    GArray *inputs = g_array_new(FALSE, TRUE, sizeof(lkv_input_facts));
    g_autoptr(lkv_fields) fields = lkv_fields_read(diag);
    g_autoptr(lkv_roll) roll =
        fields ? lkv_roll_read(study, fields, crew.stop, inputs, diag) : NULL;
    g_autoptr(lkv_marks) marks = NULL;
    if (roll && rules && has_marks(study)) {
        const lkv_marks_ask ask = {study, rules, fields, roll, crew, inputs};
        marks = lkv_marks_read(&ask, diag);
    }
    g_autoptr(lkv_panel) panel = panel_new(study, roll);
    panel->inputs = inputs;
    if (!roll || (rules && has_marks(study) && !marks)) {
        return NULL;
    }
    g_autofree int *stage = g_new0(int, panel->rows + 1);
    lkv_census census = {.study = study,
                         .rules = marks ? rules : NULL,
                         .fields = fields,
                         .roll = roll,
                         .marks = marks,
                         .panel = panel,
                         .stage = stage};
    if (!build(&census, diag)) {
        return NULL;
    }
    if (inputs->len > 0) {
        g_array_index(inputs, lkv_input_facts, 0).rows_hash =
            content_hash(roll, marks);
    }
    keep_classes(panel, roll);
    return g_steal_pointer(&panel);
}
