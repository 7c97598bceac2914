/* Schools and pupils from their tables into the roll. */
#include <stdlib.h>
#include <string.h>

#include "ingest/table.h"
#include "ingest/value.h"
#include "panel/codes.h"
#include "panel/roll.h"

/* Slots of the pupils' table; columns of codes and numbers follow. */
enum { ID, SCHOOL, YEAR, STAGE_YEAR, CLASS, WEIGHT, FIXED };

/* A column of codes. Texts of one letter, which most are, are looked up once;
 * of others the coder and the codes know.
 */
struct code_column {
    lkv_coder *coder;
    lkv_names *codes;
    uint16_t
        letter[128]; /* 1 more than the number of its code; 0 = not known */
};

struct pupils {
    const lkv_study *study;
    const lkv_stop *stop;
    const lkv_input *input;
    const lkv_table_file *file;
    lkv_roll *roll;
    lkv_reading *reading;
    struct code_column *column; /* [codes] */
    lkv_decimal *number; /* [numbers] of the row */
    const lkv_names *known; /* schools of the schools' table, or NULL */
    GString *school_text; /* of the pupil before, and its number: */
    uint32_t school;
    uint16_t file_number;
    char point; /* decimal mark */
    bool refused;
};

static void add_codes(lkv_roll *roll, const char *field)
{
    if (lkv_roll_codes_find(roll, field) < 0) {
        const lkv_roll_codes codes = {.field = field, .codes = lkv_names_new()};
        g_array_append_val(roll->codes, codes);
    }
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
            add_codes(roll, group->by);
        }
    }
    if (study->population.series_without_new) {
        add_codes(roll, "new_immigrant");
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

static bool is_of_school(const lkv_study *study, const char *field)
{
    for (size_t i = 0; i < study->group_count; i++) {
        if (study->groups[i].of_school &&
            strcmp(study->groups[i].by, field) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- a row of the pupils' table ----------------------------------------- */

static void refuse(struct pupils *pupils, const lkv_record *record,
                   const char *code, const char *what)
{
    lkv_message *message = lkv_diag_add(pupils->reading->diag, code,
                                        (lkv_place){.file = pupils->input->name,
                                                    .line = record->line,
                                                    .field = "pupil_id"},
                                        "%s", what);
    if (strcmp(code, "E-ID-EXPONENT") == 0) {
        lkv_message_why(message, "a spreadsheet has rounded the ids, so pupils "
                                 "cannot be told apart");
        lkv_message_fix(message, "export again, with the column as text");
    } else {
        lkv_message_why(message, "their check digits are right, and pupils "
                                 "need no such number here");
        lkv_message_fix(message, "replace them by keys of your own, or say "
                                 "personal_numbers: keyed in the study");
    }
    pupils->refused = true;
}

/* Ids identify persons: what is wrong is told without them. */
static bool id_fits(struct pupils *pupils, const lkv_record *record)
{
    const lkv_field_text *id = &record->field[ID];
    if (id->length == 0 || lkv_value_null_word(id->text) ||
        lkv_table_missing(pupils->input, id->text)) {
        lkv_record_reject(pupils->reading, record, "W-ID", "pupil_id",
                          "the pupil has no id");
        return false;
    }
    if (id->length > LKV_ID_BYTES) {
        lkv_record_reject(pupils->reading, record, "W-ROW-LIMIT", "pupil_id",
                          "the id is longer than %d bytes", LKV_ID_BYTES);
        return false;
    }
    if (lkv_value_exponent(id->text)) {
        refuse(pupils, record, "E-ID-EXPONENT",
               "the id is a number with an exponent");
        return false;
    }
    if (pupils->study->inputs.personal_numbers == LKV_IDS_REFUSE &&
        lkv_value_personal_number(id->text)) {
        refuse(pupils, record, "E-PERSONAL-NUMBER",
               "the ids look like personal identity numbers");
        return false;
    }
    return true;
}

/* Pupils of a school mostly follow one another. */
static bool same_school(const struct pupils *pupils,
                        const lkv_field_text *school)
{
    return school->length > 0 && lkv_field_is(school, pupils->school_text);
}

static bool read_school(struct pupils *pupils, const lkv_record *record,
                        lkv_entry *entry)
{
    const lkv_field_text *school = &record->field[SCHOOL];
    if (same_school(pupils, school)) {
        entry->school = pupils->school;
        return true;
    }
    if (lkv_table_missing(pupils->input, school->text)) {
        lkv_record_reject(pupils->reading, record, "W-SCHOOL-MISSING",
                          "school_id", "the pupil has no school");
        return false;
    }
    if (school->length > LKV_ID_BYTES) {
        lkv_record_reject(pupils->reading, record, "W-ROW-LIMIT", "school_id",
                          "the code is longer than %d bytes", LKV_ID_BYTES);
        return false;
    }
    if (pupils->known && lkv_names_find(pupils->known, school->text,
                                        school->length) == LKV_NO_NAME) {
        lkv_message *message = lkv_record_reject(
            pupils->reading, record, "W-SCHOOL-UNKNOWN", "school_id",
            "the school is not in the schools' table");
        lkv_message_excerpt(message, school->text);
        return false;
    }
    entry->school =
        lkv_names_add(pupils->roll->schools, school->text, school->length);
    pupils->school = entry->school;
    g_string_assign(pupils->school_text, school->text);
    return true;
}

static bool read_years(struct pupils *pupils, const lkv_record *record,
                       lkv_entry *entry)
{
    const lkv_wanted *wanted = pupils->file->wanted;
    int year = pupils->input->year ? pupils->input->year : pupils->study->year;
    if (wanted[YEAR].column >= 0 && !pupils->input->year) {
        year = lkv_value_year(record->field[YEAR].text);
        if (year == 0) {
            lkv_message *message = lkv_record_reject(
                pupils->reading, record, "W-YEAR", "year",
                "this is no school year; write 2025 or 2024/25");
            lkv_message_excerpt(message, record->field[YEAR].text);
            return false;
        }
    }
    entry->year = (int16_t)year;
    entry->stage_year = -1;
    if (wanted[STAGE_YEAR].column >= 0) {
        pupils->roll->has_stage_years = true;
        entry->stage_year =
            (int8_t)lkv_value_stage_year(record->field[STAGE_YEAR].text);
        if (entry->stage_year < 0) {
            lkv_message *message =
                lkv_record_reject(pupils->reading, record, "W-STAGE-YEAR",
                                  "stage_year", "this is no year of schooling");
            lkv_message_excerpt(message, record->field[STAGE_YEAR].text);
            return false;
        }
    }
    return true;
}

static void report_code(const struct pupils *pupils, const lkv_record *record,
                        const char *field, const struct code_column *column,
                        const char *text)
{
    g_autofree char *known = lkv_coder_known(column->coder);
    lkv_message *message = lkv_diag_add(
        pupils->reading->diag, "W-CODE-UNKNOWN",
        (lkv_place){
            .file = pupils->input->name, .line = record->line, .field = field},
        "this is not a code for %s; it counts as missing", field);
    lkv_message_excerpt(message, text);
    lkv_message_why(message, "%s knows %s", field, known);
    lkv_message_fix(
        message, "add it under inputs.pupils.codes.%s, or to missing", field);
}

/* The number of the code that FIELD holds, or LKV_NO_CODE. */
static uint16_t code_of(struct code_column *column, const lkv_field_text *field,
                        bool *unknown)
{
    unsigned char letter = (unsigned char)*field->text;
    bool short_one =
        field->length == 1 && letter < G_N_ELEMENTS(column->letter);
    if (short_one && column->letter[letter] > 0) {
        return (uint16_t)(column->letter[letter] - 1);
    }
    const char *code = lkv_coder_code(column->coder, field->text, unknown);
    if (!code) {
        return LKV_NO_CODE;
    }
    uint16_t number =
        (uint16_t)lkv_names_add(column->codes, code, strlen(code));
    if (short_one) {
        column->letter[letter] = (uint16_t)(number + 1);
    }
    return number;
}

static void read_codes(struct pupils *pupils, const lkv_record *record)
{
    lkv_roll *roll = pupils->roll;
    for (guint i = 0; i < roll->codes->len; i++) {
        const lkv_field_text *field = &record->field[FIXED + i];
        bool unknown = false;
        uint16_t number = code_of(&pupils->column[i], field, &unknown);
        if (unknown) {
            report_code(pupils, record,
                        g_array_index(roll->codes, lkv_roll_codes, i).field,
                        &pupils->column[i], field->text);
        }
        g_array_append_val(roll->code, number);
    }
}

/* Numbers that are none reject the row; NaN, Inf, exponents are none. */
static bool read_numbers(struct pupils *pupils, const lkv_record *record)
{
    const lkv_roll *roll = pupils->roll;
    lkv_decimal *numbers = pupils->number;
    size_t first = FIXED + roll->codes->len;
    for (guint i = 0; i < roll->numbers->len; i++) {
        const lkv_field_text *field = &record->field[first + i];
        numbers[i] = (lkv_decimal){.decimals = 255};
        if (lkv_table_missing(pupils->input, field->text)) {
            continue;
        }
        lkv_decimal_fault fault = lkv_decimal_read(field->text, field->length,
                                                   pupils->point, &numbers[i]);
        if (fault != LKV_DECIMAL_OK) {
            lkv_message *message = lkv_record_reject(
                pupils->reading, record, "W-NUMBER",
                pupils->file->wanted[first + i].id, "this is no number");
            lkv_message_excerpt(message, field->text);
            return false;
        }
    }
    return true;
}

static bool take_pupil(void *context, const lkv_record *record)
{
    struct pupils *pupils = context;
    lkv_roll *roll = pupils->roll;
    lkv_entry entry = {.line = record->line, .file = pupils->file_number};
    bool own_rows = pupils->input->rows_are_pupils;
    if (!lkv_table_visible(pupils->file, pupils->reading, record)) {
        return true;
    }
    if (!own_rows && !id_fits(pupils, record)) {
        return !pupils->refused;
    }
    if (!read_school(pupils, record, &entry) ||
        !read_years(pupils, record, &entry) || !read_numbers(pupils, record)) {
        return true;
    }
    if (own_rows) {
        char made[32];
        g_snprintf(made, sizeof made, "%05u:%012ld", pupils->file_number,
                   record->line);
        entry.id = lkv_names_add(roll->ids, made, strlen(made));
    } else {
        entry.id = lkv_names_add(roll->ids, record->field[ID].text,
                                 record->field[ID].length);
    }
    if (roll->has_classes) {
        entry.class_name =
            lkv_names_add(roll->classes, record->field[CLASS].text,
                          record->field[CLASS].length);
    }
    read_codes(pupils, record);
    g_array_append_vals(roll->number, pupils->number, roll->numbers->len);
    g_array_append_val(roll->entries, entry);
    return true;
}

/* The marks of a pupil whose row is rejected or passed over are set aside with
 * it: one fault is counted once.
 */
static bool remember_lost(void *context, const lkv_record *record)
{
    const struct pupils *pupils = context;
    const lkv_field_text *id = &record->field[ID];
    if (id->length > 0 && id->length <= LKV_ID_BYTES) {
        lkv_names_add(pupils->roll->lost, id->text, id->length);
    }
    return true;
}

/* ---- a file of pupils ----------------------------------------------------- */

static lkv_wanted *wanted_columns(const lkv_study *study,
                                  const lkv_input *input, const lkv_roll *roll)
{
    lkv_wanted *wanted =
        g_new0(lkv_wanted, FIXED + roll->codes->len + roll->numbers->len + 1);
    wanted[ID] = (lkv_wanted){"pupil_id", !input->rows_are_pupils, -1};
    wanted[SCHOOL] = (lkv_wanted){"school_id", true, -1};
    wanted[YEAR] = (lkv_wanted){"year", false, -1};
    wanted[STAGE_YEAR] = (lkv_wanted){"stage_year", false, -1};
    wanted[CLASS] = (lkv_wanted){"class", false, -1};
    wanted[WEIGHT] = (lkv_wanted){"weight", false, -1};
    size_t at = FIXED;
    for (guint i = 0; i < roll->codes->len; i++) {
        const char *field = g_array_index(roll->codes, lkv_roll_codes, i).field;
        bool required =
            !is_of_school(study, field) && strcmp(field, "new_immigrant") != 0;
        wanted[at++] = (lkv_wanted){field, required, -1};
    }
    for (guint i = 0; i < roll->numbers->len; i++) {
        const lkv_roll_numbers *numbers =
            &g_array_index(roll->numbers, lkv_roll_numbers, i);
        wanted[at++] = (lkv_wanted){numbers->column, !numbers->of_school, -1};
    }
    return wanted;
}

/* The decimal mark of a file: the one that all its fractions are written
 * with. "1,234" alone could be either, so a file must show more.
 */
struct point {
    const struct pupils *pupils;
    int64_t commas, points, ambiguous;
    long line; /* of the first ambiguous one */
};

static void count_point(struct point *point, const lkv_field_text *field,
                        long line)
{
    lkv_decimal out;
    const char *comma = strchr(field->text, ',');
    if (!comma) {
        point->points += strchr(field->text, '.') != NULL;
        return;
    }
    if (lkv_decimal_read(field->text, field->length, ',', &out) !=
        LKV_DECIMAL_OK) {
        return;
    }
    bool three = strlen(comma + 1) == 3 && comma - field->text <= 3;
    point->commas += !three;
    point->ambiguous += three;
    if (three && point->line == 0) {
        point->line = line;
    }
}

static bool count_points(void *context, const lkv_record *record)
{
    struct point *point = context;
    const lkv_roll *roll = point->pupils->roll;
    size_t first = FIXED + roll->codes->len;
    for (guint i = 0; i < roll->numbers->len; i++) {
        count_point(point, &record->field[first + i], record->line);
    }
    return true;
}

static bool find_point(struct pupils *pupils, lkv_diag *diag)
{
    pupils->point = '.';
    if (pupils->input->decimal) {
        pupils->point = pupils->input->decimal;
        return true;
    }
    if (pupils->roll->numbers->len == 0) {
        return true;
    }
    struct point point = {.pupils = pupils};
    g_autoptr(lkv_diag) aside = lkv_diag_new();
    lkv_reading reading = lkv_table_reading(pupils->file, aside);
    lkv_records_read(&reading, pupils->file->rows, count_points, &point);
    if (point.commas > 0 && point.points == 0) {
        pupils->point = ',';
        return true;
    }
    if (point.ambiguous > 0 && point.commas == 0 && point.points == 0) {
        lkv_message *message = lkv_diag_add(
            diag, "E-DECIMAL-AMBIGUOUS",
            (lkv_place){.file = pupils->input->name, .line = point.line},
            "a comma parts three digits: decimals or thousands?");
        lkv_message_fix(message, "state decimal: in the study");
        return false;
    }
    return true;
}

/* Where the study maps the weight, else its header in FILE. */
static lkv_place weight_place(const lkv_table_file *file)
{
    const lkv_input *input = file->input;
    int column = file->wanted[WEIGHT].column;
    for (size_t i = 0; i < input->column_count; i++) {
        if (strcmp(input->columns[i].field, "weight") == 0) {
            return input->columns[i].place;
        }
    }
    return (lkv_place){.file = input->name,
                       .line = file->header_line,
                       .column = column + 1,
                       .field = g_ptr_array_index(file->header, column)};
}

/* The figures are about all pupils of a district, each once: means would no
 * longer be sums over the pupils whom disclosure control counts.
 */
static bool has_no_weight(const lkv_table_file *file, lkv_diag *diag)
{
    if (file->wanted[WEIGHT].column < 0) {
        return true;
    }
    lkv_message *message =
        lkv_diag_add(diag, "E-WEIGHT", weight_place(file),
                     "the pupils' table has weights, and no figure uses them");
    lkv_message_why(message, "every pupil of the district counts once");
    lkv_message_fix(message, "say columns: {weight: none} in inputs.pupils if "
                             "that is right");
    return false;
}

static void open_columns(struct pupils *pupils, const lkv_fields *fields)
{
    const lkv_roll *roll = pupils->roll;
    pupils->column = g_new0(struct code_column, roll->codes->len + 1);
    for (guint i = 0; i < roll->codes->len; i++) {
        const lkv_roll_codes *codes =
            &g_array_index(roll->codes, lkv_roll_codes, i);
        pupils->column[i].coder =
            lkv_coder_new(pupils->input, fields, codes->field);
        pupils->column[i].codes = codes->codes;
    }
    pupils->number = g_new0(lkv_decimal, roll->numbers->len + 1);
    pupils->school_text = g_string_new(NULL);
}

static void close_columns(struct pupils *pupils)
{
    for (guint i = 0; i < pupils->roll->codes->len; i++) {
        lkv_coder_free(pupils->column[i].coder);
    }
    g_free(pupils->column);
    g_free(pupils->number);
    g_string_free(pupils->school_text, TRUE);
}

static bool read_file(struct pupils *pupils, const lkv_fields *fields,
                      GArray *inputs, lkv_diag *diag)
{
    lkv_roll *roll = pupils->roll;
    g_autofree lkv_wanted *wanted =
        wanted_columns(pupils->study, pupils->input, roll);
    const lkv_table_ask ask = {.input = pupils->input,
                               .fields = fields,
                               .wanted = wanted,
                               .wants = FIXED + roll->codes->len +
                                        roll->numbers->len,
                               .stop = pupils->stop};
    g_autoptr(lkv_table_file) file = lkv_table_open(&ask, diag);
    if (!file) {
        return false;
    }
    pupils->file = file;
    if (!has_no_weight(file, diag) || !find_point(pupils, diag)) {
        return false;
    }
    file->decimal = roll->numbers->len > 0 ? pupils->point : '\0';
    roll->has_classes = file->wanted[CLASS].column >= 0;
    open_columns(pupils, fields);
    lkv_reading reading = lkv_table_reading(file, diag);
    reading.lost = remember_lost;
    reading.lost_context = pupils;
    pupils->reading = &reading;
    bool read = lkv_records_read(&reading, file->rows, take_pupil, pupils);
    close_columns(pupils);
    lkv_facts_add(inputs, file, &reading);
    return read && !pupils->refused &&
           !lkv_table_refused(&pupils->study->inputs, &reading);
}

/* ---- the schools' table ------------------------------------------------------ */

enum { SCHOOL_ID, SCHOOL_NAME, SCHOOL_KIND, SCHOOL_FIXED };

struct schools {
    const lkv_study *study;
    const lkv_stop *stop;
    const lkv_input *input;
    lkv_roll *roll;
    lkv_reading *reading;
    const lkv_table_file *file;
    lkv_coder *kind;
    lkv_coder **coder; /* [codes] */
    lkv_names *codes; /* of schools, in the order of the file */
    GPtrArray *names;
    GArray *special; /* bool */
    GArray *code; /* uint16_t [school * codes + k], provisional */
    GArray *number; /* lkv_decimal [school * numbers + k]; those of schools */
};

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
static bool take_school_numbers(struct schools *schools,
                                const lkv_record *record)
{
    const lkv_roll *roll = schools->roll;
    size_t at = SCHOOL_FIXED + roll->codes->len;
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
            lkv_message_excerpt(message, field->text);
            g_array_set_size(schools->number, (guint)before);
            return false;
        }
        g_array_append_val(schools->number, number);
    }
    return true;
}

static bool take_school(void *context, const lkv_record *record)
{
    struct schools *schools = context;
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
    bool unknown = false;
    const char *kind = lkv_coder_code(
        schools->kind, record->field[SCHOOL_KIND].text, &unknown);
    bool special = kind && strcmp(kind, "special") == 0;
    lkv_names_add(schools->codes, id->text, id->length);
    g_ptr_array_add(schools->names,
                    g_strdup(name->length ? name->text : id->text));
    g_array_append_val(schools->special, special);
    for (guint i = 0; i < schools->roll->codes->len; i++) {
        const char *code = lkv_coder_code(
            schools->coder[i], record->field[SCHOOL_FIXED + i].text, &unknown);
        lkv_names *codes =
            g_array_index(schools->roll->codes, lkv_roll_codes, i).codes;
        uint16_t number =
            code && schools->file->wanted[SCHOOL_FIXED + i].column >= 0
                ? (uint16_t)lkv_names_add(codes, code, strlen(code))
                : LKV_NO_CODE;
        g_array_append_val(schools->code, number);
    }
    return true;
}

/* Columns of the table of schools; how many in WANTS. */
static lkv_wanted *wanted_of_schools(const lkv_roll *roll, size_t *wants)
{
    lkv_wanted *wanted = g_new0(lkv_wanted, SCHOOL_FIXED + roll->codes->len +
                                                roll->numbers->len + 1);
    wanted[SCHOOL_ID] = (lkv_wanted){"school_id", true, -1};
    wanted[SCHOOL_NAME] = (lkv_wanted){"school_name", false, -1};
    wanted[SCHOOL_KIND] = (lkv_wanted){"kind", false, -1};
    *wants = SCHOOL_FIXED;
    for (guint i = 0; i < roll->codes->len; i++) {
        wanted[(*wants)++] = (lkv_wanted){
            g_array_index(roll->codes, lkv_roll_codes, i).field, false, -1};
    }
    for (guint i = 0; i < roll->numbers->len; i++) {
        const lkv_roll_numbers *numbers =
            &g_array_index(roll->numbers, lkv_roll_numbers, i);
        if (numbers->of_school) {
            wanted[(*wants)++] = (lkv_wanted){numbers->column, true, -1};
        }
    }
    return wanted;
}

static bool read_schools(struct schools *schools, const lkv_fields *fields,
                         GArray *inputs, lkv_diag *diag)
{
    const lkv_roll *roll = schools->roll;
    size_t wants = 0;
    g_autofree lkv_wanted *wanted = wanted_of_schools(roll, &wants);
    const lkv_table_ask ask = {.input = schools->input,
                               .fields = fields,
                               .wanted = wanted,
                               .wants = wants,
                               .stop = schools->stop};
    g_autoptr(lkv_table_file) file = lkv_table_open(&ask, diag);
    if (!file) {
        return false;
    }
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
static void keep_school(const struct schools *schools, lkv_roll *roll,
                        uint32_t number, uint32_t *const *fresh)
{
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
static void keep_schools(const struct schools *schools, lkv_roll *roll,
                         uint32_t *const *fresh)
{
    uint32_t count = lkv_names_size(roll->schools);
    guint columns = roll->codes->len;
    roll->school_name = g_new0(char *, count + 1);
    roll->school_special = g_new0(bool, count + 1);
    roll->school_code = g_new0(uint16_t *, columns + 1);
    for (guint k = 0; k < columns; k++) {
        roll->school_code[k] = g_new(uint16_t, count + 1);
    }
    for (uint32_t i = 0; i < count; i++) {
        keep_school(schools, roll, i, fresh);
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
static void give_numbers(const struct schools *schools, lkv_roll *roll)
{
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

/* Numbers of schools must come from somewhere. */
static bool has_schools(const lkv_roll *roll, const struct schools *schools,
                        lkv_diag *diag)
{
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

/* ---- numbering and order ------------------------------------------------------ */

struct order {
    const lkv_roll *roll;
    bool by_person;
};

static int by_value(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static gint compare(gconstpointer a, gconstpointer b, gpointer context)
{
    const struct order *order = context;
    const lkv_entry *one = lkv_roll_at(order->roll, *(const uint32_t *)a);
    const lkv_entry *two = lkv_roll_at(order->roll, *(const uint32_t *)b);
    int result = by_value(one->year, two->year);
    if (result == 0 && !order->by_person) {
        result = by_value(one->school, two->school);
    }
    result = result ? result : by_value(one->id, two->id);
    result = result ? result : by_value(one->file, two->file);
    return result ? result : by_value(one->line, two->line);
}

static uint32_t *sorted(const lkv_roll *roll, bool by_person)
{
    struct order order = {roll, by_person};
    uint32_t *index = g_new(uint32_t, roll->entries->len + 1);
    bool in_order = true;
    for (uint32_t i = 0; i < roll->entries->len; i++) {
        index[i] = i;
        in_order = in_order &&
                   (i == 0 || compare(&index[i - 1], &index[i], &order) < 0);
    }
    if (!in_order) {
        g_qsort_with_data(index, (gint)roll->entries->len, sizeof *index,
                          compare, &order);
    }
    return index;
}

static uint32_t *renumber(const lkv_roll *roll, lkv_names *names, size_t offset)
{
    uint32_t *fresh = lkv_names_sort(names);
    for (guint i = 0; i < roll->entries->len; i++) {
        char *entry = (char *)&g_array_index(roll->entries, lkv_entry, i);
        uint32_t *number = (uint32_t *)(void *)(entry + offset);
        *number = fresh[*number];
    }
    return fresh;
}

static uint32_t **renumber_codes(lkv_roll *roll)
{
    guint columns = roll->codes->len;
    uint32_t **fresh = g_new0(uint32_t *, columns + 1);
    for (guint k = 0; k < columns; k++) {
        fresh[k] =
            lkv_names_sort(g_array_index(roll->codes, lkv_roll_codes, k).codes);
        for (guint i = 0; i < roll->entries->len; i++) {
            uint16_t *code =
                &g_array_index(roll->code, uint16_t, i * columns + k);
            *code =
                *code == LKV_NO_CODE ? LKV_NO_CODE : (uint16_t)fresh[k][*code];
        }
    }
    return fresh;
}

static bool alike(const lkv_roll *roll, uint32_t a, uint32_t b)
{
    const lkv_entry *one = lkv_roll_at(roll, a), *two = lkv_roll_at(roll, b);
    size_t codes = roll->codes->len, numbers = roll->numbers->len;
    if (one->school != two->school || one->stage_year != two->stage_year) {
        return false;
    }
    for (size_t k = 0; k < codes; k++) {
        if (g_array_index(roll->code, uint16_t, a * codes + k) !=
            g_array_index(roll->code, uint16_t, b * codes + k)) {
            return false;
        }
    }
    for (size_t k = 0; k < numbers; k++) {
        lkv_decimal x =
            g_array_index(roll->number, lkv_decimal, a * numbers + k);
        lkv_decimal y =
            g_array_index(roll->number, lkv_decimal, b * numbers + k);
        if (x.mantissa != y.mantissa || x.decimals != y.decimals) {
            return false;
        }
    }
    return true;
}

static void report_twice(const lkv_roll *roll, const lkv_study *study,
                         uint32_t first, uint32_t second, lkv_diag *diag)
{
    const lkv_entry *one = lkv_roll_at(roll, first);
    const lkv_entry *two = lkv_roll_at(roll, second);
    const lkv_input *input = &study->inputs.input[two->file];
    lkv_message *message = lkv_diag_add(
        diag, "E-PUPIL-TWICE",
        (lkv_place){.file = input->name, .line = two->line},
        one->school != two->school
            ? "the same pupil is at another school in line %ld of %s"
            : "the same pupil has other values in line %ld of %s",
        one->line, study->inputs.input[one->file].name);
    lkv_message_why(message, "each pupil counts once in a school year, at one "
                             "school");
    lkv_message_fix(message, "keep the row that was true at the reference "
                             "date");
}

/* Exact duplicates are kept once and counted; others refuse the data. */
static bool drop_twins(lkv_roll *roll, const lkv_study *study, GArray *inputs,
                       bool *dropped, lkv_diag *diag)
{
    g_autofree uint32_t *index = sorted(roll, true);
    bool fine = true;
    for (guint i = 1; i < roll->entries->len; i++) {
        const lkv_entry *one = lkv_roll_at(roll, index[i - 1]);
        const lkv_entry *two = lkv_roll_at(roll, index[i]);
        if (one->id != two->id || one->year != two->year) {
            continue;
        }
        if (!alike(roll, index[i - 1], index[i])) {
            report_twice(roll, study, index[i - 1], index[i], diag);
            fine = false;
        }
        dropped[index[i]] = true;
        for (guint k = 0; k < inputs->len; k++) {
            lkv_input_facts *facts = &g_array_index(inputs, lkv_input_facts, k);
            facts->duplicates +=
                facts->input == &study->inputs.input[two->file];
        }
    }
    return fine;
}

/* Which entry was read after which. FRESH is the number of each of COUNT entries
 * as they were read, or LKV_NO_NAME.
 */
static void link_entries(lkv_roll *roll, const uint32_t *fresh, guint count)
{
    uint32_t behind = LKV_NO_NAME;
    roll->next = g_new(uint32_t, roll->entries->len + 1);
    for (guint i = count; i-- > 0;) {
        if (fresh[i] != LKV_NO_NAME) {
            roll->next[fresh[i]] = behind;
            behind = fresh[i];
        }
    }
}

/* Entries by year, school, person; codes and numbers with them. */
static void put_in_order(lkv_roll *roll, const bool *dropped)
{
    g_autofree uint32_t *index = sorted(roll, false);
    guint codes = roll->codes->len, numbers = roll->numbers->len;
    GArray *entries = g_array_new(FALSE, TRUE, sizeof(lkv_entry));
    GArray *code = g_array_new(FALSE, TRUE, sizeof(uint16_t));
    GArray *number = g_array_new(FALSE, TRUE, sizeof(lkv_decimal));
    guint count = roll->entries->len;
    g_autofree uint32_t *fresh = g_new(uint32_t, count + 1);
    for (guint i = 0; i < count; i++) {
        uint32_t at = index[i];
        fresh[at] = dropped[at] ? LKV_NO_NAME : entries->len;
        if (dropped[at]) {
            continue;
        }
        g_array_append_vals(entries, lkv_roll_at(roll, at), 1);
        if (codes > 0) {
            g_array_append_vals(
                code, &g_array_index(roll->code, uint16_t, at * codes), codes);
        }
        if (numbers > 0) {
            g_array_append_vals(
                number, &g_array_index(roll->number, lkv_decimal, at * numbers),
                numbers);
        }
    }
    g_array_unref(roll->entries);
    g_array_unref(roll->code);
    g_array_unref(roll->number);
    roll->entries = entries;
    roll->code = code;
    roll->number = number;
    link_entries(roll, fresh, count);
}

static void index_rows(lkv_roll *roll)
{
    int first = INT16_MAX, last = 0;
    for (guint i = 0; i < roll->entries->len; i++) {
        int year = lkv_roll_at(roll, i)->year;
        first = MIN(first, year);
        last = MAX(last, year);
    }
    roll->first_year = first;
    roll->years = last - first + 1;
    size_t size = (size_t)lkv_names_size(roll->ids) * (size_t)roll->years;
    roll->row = g_new(uint32_t, size + 1);
    memset(roll->row, 0xff, size * sizeof *roll->row);
    for (guint i = 0; i < roll->entries->len; i++) {
        const lkv_entry *entry = lkv_roll_at(roll, i);
        roll->row[(size_t)entry->id * (size_t)roll->years +
                  (size_t)(entry->year - first)] = i;
    }
}

static bool finish(lkv_roll *roll, const struct schools *schools,
                   const lkv_study *study, GArray *inputs, lkv_diag *diag)
{
    if (roll->entries->len == 0) {
        lkv_diag_add(diag, "E-NOBODY", (lkv_place){.file = study->path},
                     "no pupil is left to count");
        return false;
    }
    g_free(renumber(roll, roll->ids, offsetof(lkv_entry, id)));
    g_free(renumber(roll, roll->schools, offsetof(lkv_entry, school)));
    if (roll->has_classes) {
        g_free(renumber(roll, roll->classes, offsetof(lkv_entry, class_name)));
    }
    uint32_t **fresh = renumber_codes(roll);
    if (schools->codes) {
        keep_schools(schools, roll, fresh);
        give_numbers(schools, roll);
    }
    for (guint k = 0; k < roll->codes->len; k++) {
        g_free(fresh[k]);
    }
    g_free(fresh);
    g_autofree bool *dropped = g_new0(bool, roll->entries->len + 1);
    bool fine = drop_twins(roll, study, inputs, dropped, diag);
    put_in_order(roll, dropped);
    index_rows(roll);
    return fine;
}

static bool read_all(lkv_roll *roll, struct schools *schools,
                     const lkv_fields *fields, GArray *inputs, lkv_diag *diag)
{
    const lkv_inputs *all = &schools->study->inputs;
    bool fine = true;
    for (size_t i = 0; i < all->count; i++) {
        if (all->input[i].table == LKV_TABLE_SCHOOLS) {
            schools->input = &all->input[i];
            schools->codes = schools->codes ? schools->codes : lkv_names_new();
            fine = read_schools(schools, fields, inputs, diag) && fine;
        }
    }
    /* Against half a table of schools, every pupil would look lost. */
    const lkv_names *known = fine ? schools->codes : NULL;
    for (size_t i = 0; i < all->count; i++) {
        if (all->input[i].table == LKV_TABLE_PUPILS) {
            struct pupils pupils = {.study = schools->study,
                                    .stop = schools->stop,
                                    .input = &all->input[i],
                                    .roll = roll,
                                    .known = known,
                                    .file_number = (uint16_t)i};
            fine = read_file(&pupils, fields, inputs, diag) && fine;
        }
    }
    return fine;
}

lkv_roll *lkv_roll_read(const lkv_study *study, const lkv_fields *fields,
                        const lkv_stop *stop, GArray *inputs, lkv_diag *diag)
{
    g_autoptr(lkv_roll) roll = roll_new(study);
    struct schools schools = {.study = study,
                              .stop = stop,
                              .roll = roll,
                              .names = g_ptr_array_new_with_free_func(g_free),
                              .special = g_array_new(FALSE, TRUE, sizeof(bool)),
                              .code =
                                  g_array_new(FALSE, TRUE, sizeof(uint16_t))};
    schools.number = g_array_new(FALSE, TRUE, sizeof(lkv_decimal));
    bool fine = read_all(roll, &schools, fields, inputs, diag);
    fine = has_schools(roll, &schools, diag) && fine;
    fine = fine && finish(roll, &schools, study, inputs, diag);
    lkv_names_free(schools.codes);
    g_ptr_array_unref(schools.names);
    g_array_unref(schools.special);
    g_array_unref(schools.code);
    g_array_unref(schools.number);
    return fine ? g_steal_pointer(&roll) : NULL;
}
