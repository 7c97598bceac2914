#include "panel/marks_chunk.h"

#include <string.h>

#include "ingest/value.h"

/* The number of a subject as written, looked up once a thread. */
static uint32_t subject_of(lkv_marks_chunk *chunk, const lkv_field_text *field,
                           const char *language)
{
    const char *key = field->text;
    size_t length = field->length;
    if (*language) {
        g_string_printf(chunk->key, "%s\n%s", field->text, language);
        key = chunk->key->str;
        length = chunk->key->len;
    }
    uint32_t number = lkv_names_add(chunk->subject_texts, key, length);
    if (number == chunk->subjects->len) {
        const lkv_written_subject subject = {
            .text = lkv_names_at(chunk->subject_texts, number),
            .length = length,
            .column = lkv_marks_column(chunk->store, chunk->file->input->table,
                                       field->text, language)};
        g_array_append_val(chunk->subjects, subject);
    }
    return number;
}

static lkv_written_subject *subject_at(const lkv_marks_chunk *chunk,
                                       uint32_t number)
{
    return &g_array_index(chunk->subjects, lkv_written_subject, number);
}

static int column_of(lkv_marks_chunk *chunk, const lkv_field_text *field,
                     const lkv_field_text *language)
{
    uint32_t number = subject_at(chunk, chunk->subject)->next;
    const lkv_written_subject *next = subject_at(chunk, number);
    bool expected = language->length == 0 && next->length == field->length &&
                    memcmp(next->text, field->text, field->length) == 0;
    if (!expected) {
        number = subject_of(chunk, field, language->text);
        subject_at(chunk, chunk->subject)->next = number;
    }
    chunk->subject = number;
    return subject_at(chunk, number)->column;
}

/* Puts MARK where nothing is; what was there before. Beside other threads that
 * must be one step, which costs as much as all the rest of a record.
 */
static uint8_t put_first(lkv_marks_chunk *chunk, size_t place, uint8_t mark)
{
    _Atomic uint8_t *at = &chunk->store->mark[place];
    uint8_t before = 0;
    if (!chunk->alone) {
        atomic_compare_exchange_strong(at, &before, mark);
        return before;
    }
    before = atomic_load_explicit(at, memory_order_relaxed);
    if (before == 0) {
        atomic_store_explicit(at, mark, memory_order_relaxed);
    }
    return before;
}

static void put(lkv_marks_chunk *chunk, int column, uint8_t mark, long line)
{
    size_t place = (size_t)column * chunk->store->rows + chunk->row;
    if (chunk->searching) {
        lkv_marks_conflict_search(chunk, place, mark, line);
        return;
    }
    uint8_t before = put_first(chunk, place, mark);
    if (before == 0) {
        return;
    }
    chunk->duplicates += before == mark;
    if (before != mark) {
        lkv_marks_conflict_add(chunk, place);
    }
}

/* Rows of one pupil mostly follow one another. */
static bool same_row(const lkv_marks_chunk *chunk, const lkv_record *record)
{
    return chunk->row != LKV_NO_NAME &&
           record->field[LKV_MARKS_ID].version == chunk->person &&
           record->field[LKV_MARKS_YEAR].version == chunk->year;
}

/* The row of the record's pupil and year, whoever it is. */
static bool find_other_row(lkv_marks_chunk *chunk, const lkv_record *record)
{
    const lkv_marks_store *store = chunk->store;
    const lkv_input *input = chunk->file->input;
    int year = input->year ? input->year : store->study->year;
    if (chunk->file->wanted[LKV_MARKS_YEAR].column >= 0 && !input->year) {
        year = lkv_value_year(record->field[LKV_MARKS_YEAR].text);
        if (year == 0) {
            lkv_message *message = lkv_record_reject(
                &chunk->reading, record, "W-YEAR", "year",
                "this is no school year; write 2025 or 2024/25");
            lkv_record_excerpt(message, record->field[LKV_MARKS_YEAR].text,
                               LKV_SHOWN_YEAR);
            return false;
        }
    }
    const lkv_field_text *id = &record->field[LKV_MARKS_ID];
    uint32_t row = lkv_roll_find_after(store->roll, chunk->row, id->text,
                                       id->length, year);
    if (row == LKV_NO_NAME && lkv_names_find(store->roll->lost, id->text,
                                             id->length) != LKV_NO_NAME) {
        return false;
    }
    if (row == LKV_NO_NAME) {
        lkv_message *message = lkv_record_reject(
            &chunk->reading, record, "W-PUPIL-UNKNOWN", "pupil_id",
            "the pupil is not in the pupils' table of %d", year);
        lkv_message_fix(message, "add the pupil there, or take the row out of "
                                 "this file");
        return false;
    }
    chunk->row = row;
    chunk->person = id->version;
    chunk->year = record->field[LKV_MARKS_YEAR].version;
    return true;
}

static bool find_row(lkv_marks_chunk *chunk, const lkv_record *record)
{
    return same_row(chunk, record) || find_other_row(chunk, record);
}

static char *known_grades(const lkv_rules *rules)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < rules->step_count; i++) {
        if (rules->steps[i].kind == LKV_GRADE_PASS ||
            rules->steps[i].kind == LKV_GRADE_FAIL ||
            rules->steps[i].kind == LKV_GRADE_NO_BASIS) {
            g_string_append_printf(out, "%s%s", out->len ? " " : "",
                                   rules->steps[i].symbol);
        }
    }
    return g_string_free(out, FALSE);
}

static void explain_grade(const lkv_marks_chunk *chunk, lkv_message *message,
                          const char *text)
{
    const lkv_rules *rules = chunk->store->rules;
    g_autofree char *known = known_grades(rules);
    lkv_record_excerpt(message, text, LKV_SHOWN_CODE);
    lkv_message_why(message, "the scale of %s has: %s", rules->id, known);
    lkv_message_fix(message, "correct it, add it to missing: in the study, or "
                             "to the aliases of the rule file");
}

enum { NOTHING = -1 };

/* The grade of FIELD: 0 = none of the scale, NOTHING = missing. */
static int grade_of(lkv_marks_chunk *chunk, const lkv_field_text *field)
{
    unsigned char letter = (unsigned char)*field->text;
    bool short_one = field->length == 1 && letter < G_N_ELEMENTS(chunk->grade);
    if (short_one && chunk->grade[letter] != 0) {
        return chunk->grade[letter];
    }
    int grade =
        lkv_table_missing(chunk->file->input, field->text)
            ? NOTHING
            : lkv_rules_grade(chunk->store->rules, field->text, field->length);
    if (short_one) {
        chunk->grade[letter] = (int16_t)grade;
    }
    return grade;
}

static void take_grade(lkv_marks_chunk *chunk, const lkv_record *record,
                       int column)
{
    const lkv_field_text *field = &record->field[LKV_MARKS_MARK];
    int grade = grade_of(chunk, field);
    if (grade == 0) {
        lkv_message *message =
            lkv_record_reject(&chunk->reading, record, "W-GRADE-UNKNOWN",
                              "grade", "this is no grade of the scale");
        explain_grade(chunk, message, field->text);
    } else if (grade != NOTHING) {
        put(chunk, column, (uint8_t)grade, record->line);
    }
}

/* The grade on the test as a whole. Parts are passed over, whatever they hold:
 * their results may be points.
 */
static void take_test(lkv_marks_chunk *chunk, const lkv_record *record,
                      int column)
{
    bool unknown = false;
    const char *part =
        chunk->file->wanted[LKV_MARKS_PART].column < 0
            ? NULL
            : lkv_coder_code(chunk->part, record->field[LKV_MARKS_PART].text,
                             &unknown);
    bool whole = !unknown && (!part || strcmp(part, "whole") == 0);
    chunk->wholes += whole;
    chunk->parts += !whole;
    if (whole) {
        take_grade(chunk, record, column);
    }
}

static void take_goal(lkv_marks_chunk *chunk, const lkv_record *record,
                      int column)
{
    bool unknown = false;
    const char *code = lkv_coder_code(
        chunk->reached, record->field[LKV_MARKS_MARK].text, &unknown);
    if (unknown) {
        lkv_message *message =
            lkv_record_reject(&chunk->reading, record, "W-REACHED", "reached",
                              "this is neither yes nor no");
        lkv_record_excerpt(message, record->field[LKV_MARKS_MARK].text,
                           LKV_SHOWN_CODE);
        return;
    }
    if (code) {
        bool yes = strcmp(code, "yes") == 0;
        put(chunk, column, (uint8_t)(1 + (yes ? LKV_YES : LKV_NO)),
            record->line);
    }
}

static bool take_long(void *context, const lkv_record *record)
{
    lkv_marks_chunk *chunk = context;
    if (!lkv_table_visible(chunk->file, &chunk->reading, record) ||
        !find_row(chunk, record)) {
        return true;
    }
    int column = column_of(chunk, &record->field[LKV_MARKS_SUBJECT],
                           &record->field[LKV_MARKS_LANGUAGE]);
    if (column == LKV_NO_COLUMN) {
        lkv_message *message =
            lkv_record_reject(&chunk->reading, record, "W-SUBJECT-UNKNOWN",
                              "subject", "the rules know no such subject");
        lkv_record_excerpt(message, record->field[LKV_MARKS_SUBJECT].text,
                           LKV_SHOWN_CODE);
        return true;
    }
    lkv_table table = chunk->file->input->table;
    if (table == LKV_TABLE_GRADES) {
        take_grade(chunk, record, column);
    } else if (table == LKV_TABLE_ATTAINMENT) {
        take_goal(chunk, record, column);
    } else {
        take_test(chunk, record, column);
    }
    return true;
}

/* Header of the column that SLOT is for. */
static const char *header_of(const lkv_marks_chunk *chunk, size_t slot)
{
    const lkv_table_file *file = chunk->file;
    for (size_t i = 0; i < file->columns; i++) {
        if (file->slot[i] == (int)slot) {
            return g_ptr_array_index(file->header, i);
        }
    }
    return NULL;
}

/* A cell that is no grade counts as missing; its row is counted as rejected,
 * though its other grades stay.
 */
static bool take_wide(void *context, const lkv_record *record)
{
    lkv_marks_chunk *chunk = context;
    if (!lkv_table_visible(chunk->file, &chunk->reading, record) ||
        !find_row(chunk, record)) {
        return true;
    }
    bool rejected = false;
    for (guint i = 0; i < chunk->columns->len; i++) {
        const lkv_field_text *field = &record->field[LKV_MARKS_SLOTS + i];
        int grade = grade_of(chunk, field);
        if (grade > 0) {
            put(chunk, g_array_index(chunk->columns, int, i), (uint8_t)grade,
                record->line);
        }
        if (grade != 0) {
            continue;
        }
        lkv_message *message = lkv_diag_add(
            chunk->diag, "W-GRADE-UNKNOWN",
            (lkv_place){.file = chunk->file->input->name,
                        .line = record->line,
                        .field = header_of(chunk, LKV_MARKS_SLOTS + i)},
            "this is no grade of the scale; it counts as missing");
        explain_grade(chunk, message, field->text);
        rejected = true;
    }
    chunk->reading.rejected += rejected;
    return true;
}

void lkv_marks_chunk_open(lkv_marks_chunk *chunk, const lkv_fields *fields)
{
    chunk->diag = lkv_diag_new();
    chunk->reading = lkv_table_reading(chunk->file, chunk->diag);
    chunk->reading.steady = LKV_MARKS_STEADY;
    chunk->subject_texts = lkv_names_new();
    chunk->subjects = g_array_new(FALSE, FALSE, sizeof(lkv_written_subject));
    chunk->key = g_string_new(NULL);
    chunk->conflicts =
        g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    chunk->subject =
        subject_of(chunk, &(lkv_field_text){.text = "", .length = 0}, "");
    chunk->row = LKV_NO_NAME;
    chunk->reached = lkv_coder_new(chunk->file->input, fields, "reached");
    chunk->part = lkv_coder_new(chunk->file->input, fields, "part");
}

void lkv_marks_chunk_close(lkv_marks_chunk *chunk)
{
    lkv_diag_free(chunk->diag);
    lkv_names_free(chunk->subject_texts);
    g_array_unref(chunk->subjects);
    g_string_free(chunk->key, TRUE);
    g_hash_table_unref(chunk->conflicts);
    lkv_coder_free(chunk->reached);
    lkv_coder_free(chunk->part);
}

void lkv_marks_chunk_read(lkv_marks_chunk *chunk)
{
    chunk->fine = lkv_records_read(&chunk->reading, chunk->range,
                                   chunk->wide ? take_wide : take_long, chunk);
}
