/* The pupils' table: a row a pupil and school year into the roll. */
#include <string.h>

#include "ingest/table.h"
#include "ingest/value.h"
#include "panel/codes.h"
#include "panel/decimal_mark.h"
#include "panel/pupils_columns.h"
#include "panel/roll_read.h"

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
    uint16_t *code; /* [codes] of the row */
    lkv_decimal *number; /* [numbers] of the row */
    bool *filled; /* [codes + numbers]: some row holds a text */
    const lkv_names *known; /* schools of the schools' table, or NULL */
    uint32_t school; /* of the pupil read last, and the version of its text: */
    uint64_t school_version;
    int16_t year; /* the same of the years */
    int8_t stage_year;
    uint64_t year_version, stage_version;
    uint16_t file_number;
    bool has_classes;
    uint32_t no_class; /* number of the empty text */
    char point; /* decimal mark */
    int64_t rows; /* taken of the file */
    bool refused;
};

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
    const lkv_field_text *id = &record->field[LKV_PUPILS_ID];
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

/* A code with letters may be an id that stands in the wrong column. */
static size_t digits_shown(const char *school)
{
    bool plain = school[strspn(school, "0123456789 -")] == '\0';
    return plain ? LKV_SHOWN_SCHOOL : LKV_SHOWN_CODE;
}

static bool read_school(struct pupils *pupils, const lkv_record *record,
                        lkv_entry *entry)
{
    const lkv_field_text *school = &record->field[LKV_PUPILS_SCHOOL];
    if (school->version == pupils->school_version) {
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
        lkv_record_excerpt(message, school->text, digits_shown(school->text));
        return false;
    }
    entry->school =
        lkv_names_add(pupils->roll->schools, school->text, school->length);
    pupils->school = entry->school;
    pupils->school_version = school->version;
    return true;
}

/* The school year that the row is of; false with a report when there is none. */
static bool read_year(struct pupils *pupils, const lkv_record *record)
{
    const lkv_field_text *field = &record->field[LKV_PUPILS_YEAR];
    const lkv_input *input = pupils->input;
    if (pupils->file->wanted[LKV_PUPILS_YEAR].column < 0 || input->year) {
        pupils->year =
            (int16_t)(input->year ? input->year : pupils->study->year);
        return true;
    }
    if (field->version == pupils->year_version) {
        return true;
    }
    int year = lkv_value_year(field->text);
    if (year == 0) {
        lkv_message *message =
            lkv_record_reject(pupils->reading, record, "W-YEAR", "year",
                              "this is no school year; write 2025 or 2024/25");
        lkv_record_excerpt(message, field->text, LKV_SHOWN_YEAR);
        return false;
    }
    pupils->year = (int16_t)year;
    pupils->year_version = field->version;
    return true;
}

/* The same of the year of schooling, -1 where the table has none. */
static bool read_stage_year(struct pupils *pupils, const lkv_record *record)
{
    const lkv_field_text *field = &record->field[LKV_PUPILS_STAGE_YEAR];
    if (pupils->file->wanted[LKV_PUPILS_STAGE_YEAR].column < 0) {
        pupils->stage_year = -1;
        return true;
    }
    if (field->version == pupils->stage_version) {
        return true;
    }
    int stage_year = lkv_value_stage_year(field->text);
    if (stage_year < 0) {
        lkv_message *message =
            lkv_record_reject(pupils->reading, record, "W-STAGE-YEAR",
                              "stage_year", "this is no year of schooling");
        lkv_message_fix(message, "write 0 to 99; to leave out pupils of other "
                                 "years, name those to keep in where:");
        lkv_record_excerpt(message, field->text, LKV_SHOWN_CODE);
        return false;
    }
    pupils->stage_year = (int8_t)stage_year;
    pupils->stage_version = field->version;
    return true;
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
        const lkv_field_text *field = &record->field[LKV_PUPILS_FIXED + i];
        bool unknown = false;
        uint16_t number = code_of(&pupils->column[i], field, &unknown);
        if (unknown) {
            lkv_coder_report(pupils->column[i].coder, field->text, record->line,
                             pupils->reading->diag);
        }
        pupils->code[i] = number;
        pupils->filled[i] =
            pupils->filled[i] || unknown || number != LKV_NO_CODE;
    }
}

/* Numbers that are none reject the row; NaN, Inf, exponents are none. */
static bool read_numbers(struct pupils *pupils, const lkv_record *record)
{
    const lkv_roll *roll = pupils->roll;
    lkv_decimal *numbers = pupils->number;
    size_t first = LKV_PUPILS_FIXED + roll->codes->len;
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
            lkv_record_excerpt(message, field->text, LKV_SHOWN_CODE);
            lkv_message_fix(message, "write digits with one decimal mark; a "
                                     "text for what is not known: missing:");
            return false;
        }
        pupils->filled[roll->codes->len + i] = true;
    }
    return true;
}

/* The figures are about all pupils of a district, each once: means would no
 * longer be sums over the pupils whom disclosure control counts. So a weight may
 * be 1; a pupil of none or less is no pupil.
 */
static bool read_weight(struct pupils *pupils, const lkv_record *record)
{
    const lkv_field_text *field = &record->field[LKV_PUPILS_WEIGHT];
    lkv_decimal weight = {0};
    lkv_message *message = NULL;
    if (pupils->file->wanted[LKV_PUPILS_WEIGHT].column < 0) {
        return true;
    }
    bool number = lkv_decimal_read(field->text, field->length, '.', &weight) ==
                      LKV_DECIMAL_OK ||
                  lkv_decimal_read(field->text, field->length, ',', &weight) ==
                      LKV_DECIMAL_OK;
    if (number && weight.mantissa == 1 && weight.decimals == 0) {
        return true;
    }
    if (number && weight.mantissa <= 0) {
        message = lkv_record_reject(pupils->reading, record, "W-WEIGHT",
                                    "weight", "the weight is not above 0");
    } else {
        pupils->refused = true;
        message = lkv_diag_add(pupils->reading->diag, "E-WEIGHT",
                               (lkv_place){.file = pupils->input->name,
                                           .line = record->line,
                                           .field = "weight"},
                               "the weight is not 1, and no figure uses "
                               "weights");
        lkv_message_why(message, "every pupil of the district counts once");
        lkv_message_fix(message, "say columns: {weight: none} in "
                                 "inputs.pupils if that is right");
    }
    lkv_message_excerpt(message, field->text);
    return false;
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
    if ((!own_rows && !id_fits(pupils, record)) ||
        !read_weight(pupils, record)) {
        return !pupils->refused;
    }
    if (!read_school(pupils, record, &entry) || !read_year(pupils, record) ||
        !read_stage_year(pupils, record) || !read_numbers(pupils, record)) {
        return true;
    }
    entry.year = pupils->year;
    entry.stage_year = pupils->stage_year;
    if (own_rows) {
        char made[32];
        g_snprintf(made, sizeof made, "%05u:%012ld", pupils->file_number,
                   record->line);
        entry.id = lkv_names_add(roll->ids, made, strlen(made));
    } else {
        entry.id = lkv_names_add(roll->ids, record->field[LKV_PUPILS_ID].text,
                                 record->field[LKV_PUPILS_ID].length);
    }
    entry.class_name =
        pupils->has_classes
            ? lkv_names_add(roll->classes, record->field[LKV_PUPILS_CLASS].text,
                            record->field[LKV_PUPILS_CLASS].length)
            : pupils->no_class;
    read_codes(pupils, record);
    g_array_append_vals(roll->code, pupils->code, roll->codes->len);
    g_array_append_vals(roll->number, pupils->number, roll->numbers->len);
    g_array_append_val(roll->entries, entry);
    pupils->rows++;
    return true;
}

/* The marks of a pupil whose row is rejected or passed over are set aside with
 * it: one fault is counted once.
 */
static bool remember_lost(void *context, const lkv_record *record)
{
    const struct pupils *pupils = context;
    const lkv_field_text *id = &record->field[LKV_PUPILS_ID];
    if (id->length > 0 && id->length <= LKV_ID_BYTES) {
        lkv_names_add(pupils->roll->lost, id->text, id->length);
    }
    return true;
}

/* ---- a file of pupils ----------------------------------------------------- */

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
    pupils->code = g_new0(uint16_t, roll->codes->len + 1);
    pupils->number = g_new0(lkv_decimal, roll->numbers->len + 1);
    pupils->filled = g_new0(bool, roll->codes->len + roll->numbers->len + 1);
}

static void close_columns(struct pupils *pupils)
{
    for (guint i = 0; i < pupils->roll->codes->len; i++) {
        lkv_coder_free(pupils->column[i].coder);
    }
    g_free(pupils->column);
    g_free(pupils->code);
    g_free(pupils->number);
    g_free(pupils->filled);
}

static bool read_file(struct pupils *pupils, const lkv_fields *fields,
                      GArray *inputs, lkv_diag *diag)
{
    lkv_roll *roll = pupils->roll;
    g_autofree lkv_wanted *wanted = lkv_pupils_wanted(pupils->input, roll);
    const lkv_table_ask ask = {.input = pupils->input,
                               .fields = fields,
                               .wanted = wanted,
                               .wants = LKV_PUPILS_FIXED + roll->codes->len +
                                        roll->numbers->len,
                               .stop = pupils->stop};
    g_autoptr(lkv_table_file) file = lkv_table_open(&ask, diag);
    if (!file) {
        return false;
    }
    pupils->file = file;
    pupils->point = lkv_decimal_mark_find(
        file, LKV_PUPILS_FIXED + roll->codes->len, roll->numbers->len, diag);
    if (!pupils->point) {
        return false;
    }
    file->decimal = roll->numbers->len > 0 ? pupils->point : '\0';
    pupils->has_classes = file->wanted[LKV_PUPILS_CLASS].column >= 0;
    pupils->no_class = lkv_names_add(roll->classes, "", 0);
    roll->has_classes = roll->has_classes || pupils->has_classes;
    open_columns(pupils, fields);
    lkv_pupils_note_found(file, roll);
    lkv_reading reading = lkv_table_reading(file, diag);
    reading.steady = LKV_PUPILS_STEADY;
    reading.lost = remember_lost;
    reading.lost_context = pupils;
    pupils->reading = &reading;
    bool read = lkv_records_read(&reading, file->rows, take_pupil, pupils);
    if (read && pupils->rows > 0) {
        lkv_pupils_report_empty(file, roll, pupils->filled, diag);
    }
    close_columns(pupils);
    lkv_facts_add(inputs, file, &reading);
    return read && !pupils->refused &&
           !lkv_table_refused(&pupils->study->inputs, &reading);
}

bool lkv_pupils_read(const lkv_pupils_ask *ask, lkv_roll *roll, lkv_diag *diag)
{
    struct pupils pupils = {.study = ask->study,
                            .stop = ask->stop,
                            .input = &ask->study->inputs.input[ask->file],
                            .roll = roll,
                            .known = ask->known,
                            .file_number = (uint16_t)ask->file};
    return read_file(&pupils, ask->fields, ask->inputs, diag);
}
