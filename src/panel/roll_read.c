/* The roll from its tables: schools, then pupils, then their order. */
#include <string.h>

#include "panel/roll_read.h"

static void add_codes(lkv_roll *roll, const char *field, bool of_school)
{
    int at = lkv_roll_codes_find(roll, field);
    if (at >= 0) {
        lkv_roll_codes *there = &g_array_index(roll->codes, lkv_roll_codes, at);
        there->of_school = there->of_school || of_school;
        return;
    }
    const lkv_roll_codes codes = {
        .field = field, .of_school = of_school, .codes = lkv_names_new()};
    g_array_append_val(roll->codes, codes);
}

static void add_numbers(lkv_roll *roll, lkv_roll_numbers numbers)
{
    if (lkv_roll_numbers_find(roll, numbers.id) < 0) {
        g_array_append_val(roll->numbers, numbers);
    }
}

static lkv_roll *roll_new(const lkv_study *study)
{
    lkv_roll *roll = g_new0(lkv_roll, 1);
    roll->ids = lkv_names_new();
    roll->lost = lkv_names_new();
    roll->schools = lkv_names_new();
    roll->classes = lkv_names_new();
    roll->entries = g_array_new(FALSE, TRUE, sizeof(lkv_entry));
    roll->codes = g_array_new(FALSE, TRUE, sizeof(lkv_roll_codes));
    roll->numbers = g_array_new(FALSE, TRUE, sizeof(lkv_roll_numbers));
    roll->code = g_array_new(FALSE, TRUE, sizeof(uint16_t));
    roll->number = g_array_new(FALSE, TRUE, sizeof(lkv_decimal));
    for (size_t i = 0; i < study->group_count; i++) {
        const lkv_group_spec *group = &study->groups[i];
        if (group->cuts > 0) {
            add_numbers(roll,
                        (lkv_roll_numbers){group->by, group->by, -1, false});
        } else {
            add_codes(roll, group->by, group->of_school);
        }
    }
    if (study->population.series_without_new) {
        add_codes(roll, "new_immigrant", false);
    }
    for (size_t i = 0; i < study->outcome_count; i++) {
        const lkv_outcome_spec *spec = &study->outcomes[i];
        if (spec->column) {
            add_numbers(roll, (lkv_roll_numbers){spec->id, spec->column,
                                                 spec->decimals, false});
        }
    }
    for (size_t i = 0; i < study->background_count; i++) {
        const lkv_covariate_spec *spec = &study->background[i];
        add_numbers(roll, (lkv_roll_numbers){spec->id, spec->column,
                                             spec->decimals, spec->of_school});
    }
    return roll;
}

static bool finish(lkv_roll *roll, const lkv_schools *schools,
                   const lkv_study *study, GArray *inputs, lkv_diag *diag)
{
    if (roll->entries->len == 0) {
        lkv_message *message =
            lkv_diag_add(diag, "E-NOBODY", (lkv_place){.file = study->path},
                         "no pupil is left to count");
        lkv_message_why(message, "no row of the pupils' table passed where:");
        lkv_message_fix(message, "write the texts of where: as they stand in "
                                 "the table");
        return false;
    }
    uint32_t **fresh = lkv_roll_renumber(roll);
    lkv_schools_keep(schools, fresh);
    for (guint k = 0; k < roll->codes->len; k++) {
        g_free(fresh[k]);
    }
    g_free(fresh);
    return lkv_roll_settle(roll, study, inputs, diag);
}

static bool read_all(lkv_roll *roll, lkv_schools *schools,
                     const lkv_pupils_ask *ask, lkv_diag *diag)
{
    const lkv_inputs *all = &ask->study->inputs;
    lkv_pupils_ask next = *ask;
    bool fine = true;
    for (size_t i = 0; i < all->count; i++) {
        if (all->input[i].table == LKV_TABLE_SCHOOLS) {
            fine = lkv_schools_read(schools, &all->input[i], ask->fields,
                                    ask->inputs, diag) &&
                   fine;
        }
    }
    /* Against half a table of schools, every pupil would look lost. */
    next.known = fine ? lkv_schools_codes(schools) : NULL;
    for (next.file = 0; next.file < all->count; next.file++) {
        if (all->input[next.file].table == LKV_TABLE_PUPILS) {
            fine = lkv_pupils_read(&next, roll, diag) && fine;
        }
    }
    return fine;
}

/* Whether each group at the level of schools has a column in some table. */
static bool groups_found(const lkv_roll *roll, const lkv_study *study,
                         lkv_diag *diag)
{
    bool fine = true;
    for (size_t i = 0; i < study->group_count; i++) {
        const lkv_group_spec *group = &study->groups[i];
        int at = lkv_roll_codes_find(roll, group->by);
        if (!group->of_school || at < 0 ||
            g_array_index(roll->codes, lkv_roll_codes, at).found) {
            continue;
        }
        lkv_message *message = lkv_diag_add(
            diag, "E-COLUMN-MISSING", group->place,
            "there is no column for %s, by which schools are grouped",
            group->by);
        lkv_message_why(message, "neither the schools' nor the pupils' table "
                                 "has it");
        lkv_message_fix(message,
                        "name it under columns: in inputs.schools "
                        "(%s: your header), or leave the group out",
                        group->by);
        fine = false;
    }
    return fine;
}

lkv_roll *lkv_roll_read(const lkv_study *study, const lkv_fields *fields,
                        const lkv_stop *stop, GArray *inputs, lkv_diag *diag)
{
    g_autoptr(lkv_roll) roll = roll_new(study);
    g_autoptr(lkv_schools) schools = lkv_schools_new(study, stop, roll);
    const lkv_pupils_ask ask = {
        .study = study, .fields = fields, .stop = stop, .inputs = inputs};
    bool fine = read_all(roll, schools, &ask, diag);
    fine = lkv_schools_suffice(schools, diag) && fine;
    fine = fine && groups_found(roll, study, diag);
    fine = fine && finish(roll, schools, study, inputs, diag);
    return fine ? g_steal_pointer(&roll) : NULL;
}
