/* The schools' table: names, kinds, codes and numbers of schools, and what of it
 * the roll keeps.
 */
#include <string.h>

#include "ingest/table.h"
#include "panel/codes.h"
#include "panel/roll_read.h"

/* Slots of the schools' table; columns of codes and numbers follow. */
enum { SCHOOL_ID, SCHOOL_NAME, SCHOOL_KIND, SCHOOL_FIXED };

struct lkv_schools {
    const lkv_study *study;
    const lkv_stop *stop;
    const lkv_input *input;
    lkv_roll *roll;
    lkv_reading *reading;
    const lkv_table_file *file;
    lkv_coder *kind;
    lkv_coder **coder; /* [codes] */
    size_t numbers_from; /* the first slot of the numbers of schools */
    lkv_names *codes; /* of schools, in the order of the file */
    GPtrArray *names;
    GArray *special; /* bool */
    GArray *code; /* uint16_t [school * codes + k], provisional */
    GArray *number; /* lkv_decimal [school * numbers + k]; those of schools */
};

lkv_schools *lkv_schools_new(const lkv_study *study, const lkv_stop *stop,
                             lkv_roll *roll)
{
    lkv_schools *schools = g_new0(lkv_schools, 1);
    schools->study = study;
    schools->stop = stop;
    schools->roll = roll;
    schools->names = g_ptr_array_new_with_free_func(g_free);
    schools->special = g_array_new(FALSE, TRUE, sizeof(bool));
    schools->code = g_array_new(FALSE, TRUE, sizeof(uint16_t));
    schools->number = g_array_new(FALSE, TRUE, sizeof(lkv_decimal));
    return schools;
}

void lkv_schools_free(lkv_schools *schools)
{
    if (!schools) {
        return;
    }
    lkv_names_free(schools->codes);
    g_ptr_array_unref(schools->names);
    g_array_unref(schools->special);
    g_array_unref(schools->code);
    g_array_unref(schools->number);
    g_free(schools);
}

/* A number of a school: by the mark that the study states, else by a comma
 * unless it could part thousands.
 */
static lkv_decimal_fault read_school_number(const lkv_input *input,
                                            const lkv_field_text *field,
                                            lkv_decimal *number)
{
    const char *comma = strchr(field->text, ',');
    bool three = comma && strlen(comma + 1) == 3;
    char point = input->decimal ? input->decimal : comma && !three ? ',' : '.';
    return lkv_decimal_read(field->text, field->length, point, number);
}

/* The row's numbers of schools; those of pupils are missing. */
static bool take_school_numbers(lkv_schools *schools, const lkv_record *record)
{
    const lkv_roll *roll = schools->roll;
    size_t at = schools->numbers_from;
    size_t before = schools->number->len;
    for (guint i = 0; i < roll->numbers->len; i++) {
        const lkv_roll_numbers *numbers =
            &g_array_index(roll->numbers, lkv_roll_numbers, i);
        const lkv_field_text *field =
            numbers->of_school ? &record->field[at++] : NULL;
        lkv_decimal number = {.decimals = 255};
        bool stated = field && !lkv_table_missing(schools->input, field->text);
        if (stated && read_school_number(schools->input, field, &number) !=
                          LKV_DECIMAL_OK) {
            lkv_message *message =
                lkv_record_reject(schools->reading, record, "W-NUMBER",
                                  numbers->column, "this is no number");
            lkv_record_excerpt(message, field->text, LKV_SHOWN_SCHOOL);
            g_array_set_size(schools->number, (guint)before);
            return false;
        }
        g_array_append_val(schools->number, number);
    }
    return true;
}

/* The code that SLOT holds; NULL when it is missing or, which is reported, not
 * known.
 */
static const char *code_of(const lkv_schools *schools, const lkv_record *record,
                           lkv_coder *coder, size_t slot)
{
    const char *text = record->field[slot].text;
    bool unknown = false;
    const char *code = lkv_coder_code(coder, text, &unknown);
    if (unknown) {
        lkv_coder_report(coder, text, record->line, schools->reading->diag);
    }
    return code;
}

/* The row's codes of schools; those of pupils are missing. */
static void take_school_codes(lkv_schools *schools, const lkv_record *record)
{
    size_t at = SCHOOL_FIXED;
    for (guint i = 0; i < schools->roll->codes->len; i++) {
        const lkv_roll_codes *codes =
            &g_array_index(schools->roll->codes, lkv_roll_codes, i);
        const char *code =
            codes->of_school ? code_of(schools, record, schools->coder[i], at++)
                             : NULL;
        uint16_t number =
            code ? (uint16_t)lkv_names_add(codes->codes, code, strlen(code))
                 : LKV_NO_CODE;
        g_array_append_val(schools->code, number);
    }
}

static bool take_school(void *context, const lkv_record *record)
{
    lkv_schools *schools = context;
    const lkv_field_text *id = &record->field[SCHOOL_ID];
    const lkv_field_text *name = &record->field[SCHOOL_NAME];
    if (!lkv_table_visible(schools->file, schools->reading, record)) {
        return true;
    }
    if (id->length == 0 || id->length > LKV_ID_BYTES) {
        lkv_record_reject(schools->reading, record, "W-SCHOOL-MISSING",
                          "school_id", "the row has no school code");
        return true;
    }
    if (lkv_names_find(schools->codes, id->text, id->length) != LKV_NO_NAME) {
        lkv_record_reject(schools->reading, record, "W-SCHOOL-TWICE",
                          "school_id", "the school is there already");
        return true;
    }
    if (!take_school_numbers(schools, record)) {
        return true;
    }
    const char *kind = code_of(schools, record, schools->kind, SCHOOL_KIND);
    bool special = kind && strcmp(kind, "special") == 0;
    lkv_names_add(schools->codes, id->text, id->length);
    g_ptr_array_add(schools->names,
                    g_strdup(name->length ? name->text : id->text));
    g_array_append_val(schools->special, special);
    take_school_codes(schools, record);
    return true;
}

/* Columns of the table of schools; how many in WANTS, and how many of them come
 * before the numbers in NUMBERS_FROM.
 */
static lkv_wanted *wanted_of_schools(const lkv_roll *roll, size_t *wants,
                                     size_t *numbers_from)
{
    lkv_wanted *wanted = g_new0(lkv_wanted, SCHOOL_FIXED + roll->codes->len +
                                                roll->numbers->len + 1);
    wanted[SCHOOL_ID] = (lkv_wanted){"school_id", true, -1};
    wanted[SCHOOL_NAME] = (lkv_wanted){"school_name", false, -1};
    wanted[SCHOOL_KIND] = (lkv_wanted){"kind", false, -1};
    *wants = SCHOOL_FIXED;
    for (guint i = 0; i < roll->codes->len; i++) {
        const lkv_roll_codes *codes =
            &g_array_index(roll->codes, lkv_roll_codes, i);
        if (codes->of_school) {
            wanted[(*wants)++] = (lkv_wanted){codes->field, false, -1};
        }
    }
    *numbers_from = *wants;
    for (guint i = 0; i < roll->numbers->len; i++) {
        const lkv_roll_numbers *numbers =
            &g_array_index(roll->numbers, lkv_roll_numbers, i);
        if (numbers->of_school) {
            wanted[(*wants)++] = (lkv_wanted){numbers->column, true, -1};
        }
    }
    return wanted;
}

/* Notes of which codes FILE has a column. */
static void note_found(const lkv_roll *roll, const lkv_table_file *file)
{
    size_t at = SCHOOL_FIXED;
    for (guint i = 0; i < roll->codes->len; i++) {
        lkv_roll_codes *codes = &g_array_index(roll->codes, lkv_roll_codes, i);
        if (codes->of_school) {
            codes->found = codes->found || file->wanted[at++].column >= 0;
        }
    }
}

bool lkv_schools_read(lkv_schools *schools, const lkv_input *input,
                      const lkv_fields *fields, GArray *inputs, lkv_diag *diag)
{
    const lkv_roll *roll = schools->roll;
    size_t wants = 0;
    schools->input = input;
    schools->codes = schools->codes ? schools->codes : lkv_names_new();
    g_autofree lkv_wanted *wanted =
        wanted_of_schools(roll, &wants, &schools->numbers_from);
    const lkv_table_ask ask = {.input = schools->input,
                               .fields = fields,
                               .wanted = wanted,
                               .wants = wants,
                               .stop = schools->stop};
    g_autoptr(lkv_table_file) file = lkv_table_open(&ask, diag);
    if (!file) {
        return false;
    }
    note_found(roll, file);
    lkv_reading reading = lkv_table_reading(file, diag);
    schools->file = file;
    schools->reading = &reading;
    schools->kind = lkv_coder_new(schools->input, fields, "kind");
    schools->coder = g_new0(lkv_coder *, roll->codes->len + 1);
    for (guint i = 0; i < roll->codes->len; i++) {
        schools->coder[i] =
            lkv_coder_new(schools->input, fields,
                          g_array_index(roll->codes, lkv_roll_codes, i).field);
    }
    bool read = lkv_records_read(&reading, file->rows, take_school, schools);
    for (guint i = 0; i < roll->codes->len; i++) {
        lkv_coder_free(schools->coder[i]);
    }
    g_free(schools->coder);
    lkv_coder_free(schools->kind);
    lkv_facts_add(inputs, file, &reading);
    return read && !lkv_table_refused(&schools->study->inputs, &reading);
}

/* What the table says of school NUMBER of ROLL. */
static void keep_school(const lkv_schools *schools, uint32_t number,
                        uint32_t *const *fresh)
{
    lkv_roll *roll = schools->roll;
    guint columns = roll->codes->len;
    const char *code = lkv_names_at(roll->schools, number);
    uint32_t row = lkv_names_find(schools->codes, code, strlen(code));
    bool there = row != LKV_NO_NAME;
    roll->school_name[number] =
        g_strdup(there ? g_ptr_array_index(schools->names, row) : code);
    roll->school_special[number] =
        there && g_array_index(schools->special, bool, row);
    for (guint k = 0; k < columns; k++) {
        uint16_t old =
            there ? g_array_index(schools->code, uint16_t, row * columns + k)
                  : LKV_NO_CODE;
        roll->school_code[k][number] =
            old == LKV_NO_CODE ? LKV_NO_CODE : (uint16_t)fresh[k][old];
    }
}

/* What the table says of the schools that have pupils. */
static void keep_schools(const lkv_schools *schools, uint32_t *const *fresh)
{
    lkv_roll *roll = schools->roll;
    uint32_t count = lkv_names_size(roll->schools);
    guint columns = roll->codes->len;
    roll->school_name = g_new0(char *, count + 1);
    roll->school_special = g_new0(bool, count + 1);
    roll->school_code = g_new0(uint16_t *, columns + 1);
    for (guint k = 0; k < columns; k++) {
        roll->school_code[k] = g_new(uint16_t, count + 1);
    }
    for (uint32_t i = 0; i < count; i++) {
        keep_school(schools, i, fresh);
    }
}

/* Gives what is missing of the COUNT numbers in OWN. */
static void fill_missing(lkv_decimal *own, const lkv_decimal *of_school,
                         guint count)
{
    for (guint k = 0; k < count; k++) {
        if (own[k].decimals == 255) {
            own[k] = of_school[k];
        }
    }
}

/* Pupils who have no number of their own get their school's. */
static void give_numbers(const lkv_schools *schools)
{
    lkv_roll *roll = schools->roll;
    guint columns = roll->numbers->len;
    for (guint i = 0; columns > 0 && i < roll->entries->len; i++) {
        const char *code =
            lkv_names_at(roll->schools, lkv_roll_at(roll, i)->school);
        uint32_t row = lkv_names_find(schools->codes, code, strlen(code));
        if (row != LKV_NO_NAME) {
            fill_missing(
                &g_array_index(roll->number, lkv_decimal, i * columns),
                &g_array_index(schools->number, lkv_decimal, row * columns),
                columns);
        }
    }
}

void lkv_schools_keep(const lkv_schools *schools, uint32_t *const *fresh)
{
    if (schools->codes) {
        keep_schools(schools, fresh);
        give_numbers(schools);
    }
}

const lkv_names *lkv_schools_codes(const lkv_schools *schools)
{
    return schools->codes;
}

bool lkv_schools_suffice(const lkv_schools *schools, lkv_diag *diag)
{
    const lkv_roll *roll = schools->roll;
    for (guint k = 0; k < roll->numbers->len && !schools->codes; k++) {
        const lkv_roll_numbers *numbers =
            &g_array_index(roll->numbers, lkv_roll_numbers, k);
        if (numbers->of_school) {
            lkv_message *message = lkv_diag_add(
                diag, "E-COLUMN-MISSING",
                (lkv_place){.file = schools->study->path, .field = numbers->id},
                "background %s is of the schools, and there is no table of "
                "schools",
                numbers->id);
            lkv_message_fix(message, "name one: schools: FILE.csv");
            return false;
        }
    }
    return true;
}
