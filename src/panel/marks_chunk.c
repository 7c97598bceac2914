#include "panel/marks_chunk.h"

#include <string.h>

#include "ingest/value.h"

static void subject_free(gpointer subject)
{
    g_free(((lkv_written_subject *)subject)->text);
    g_free(subject);
}

/* Each distinct text is looked up once a thread. */
static lkv_written_subject *subject_of(lkv_marks_chunk *chunk, const char *text,
                                       const char *language)
{
    g_autofree char *key = language && *language
                               ? g_strdup_printf("%s\n%s", text, language)
                               : g_strdup(text);
    lkv_written_subject *subject = g_hash_table_lookup(chunk->subjects, key);
    if (!subject) {
        subject = g_new0(lkv_written_subject, 1);
        subject->column = lkv_marks_column(
            chunk->store, chunk->file->input->table, text, language);
        subject->text = g_steal_pointer(&key);
        g_hash_table_insert(chunk->subjects, subject->text, subject);
    }
    return subject;
}

static int column_of(lkv_marks_chunk *chunk, const char *text,
                     const char *language)
{
    lkv_written_subject *before = chunk->subject;
    lkv_written_subject *next = before ? before->next : NULL;
    bool plain = !language || !*language;
    if (!next || !plain || strcmp(next->text, text) != 0) {
        next = subject_of(chunk, text, language);
    }
    if (before) {
        before->next = next;
    }
    chunk->subject = next;
    return next->column;
}

static void put(lkv_marks_chunk *chunk, int column, uint8_t mark, long line)
{
    size_t place = (size_t)column * chunk->store->rows + chunk->row;
    uint8_t before = 0;
    if (chunk->searching) {
        lkv_marks_conflict_search(chunk, place, mark, line);
    } else if (!atomic_compare_exchange_strong(&chunk->store->mark[place],
                                               &before, mark)) {
        chunk->duplicates += before == mark;
        if (before != mark) {
            lkv_marks_conflict_add(chunk, place);
        }
    }
}

/* Rows of one pupil mostly follow one another. */
static bool same_row(const lkv_marks_chunk *chunk, const lkv_record *record)
{
    return chunk->row != LKV_NO_NAME &&
           lkv_field_is(&record->field[LKV_MARKS_ID], chunk->person) &&
           lkv_field_is(&record->field[LKV_MARKS_YEAR], chunk->year);
}

/* The row of the record's pupil and year. */
static bool find_row(lkv_marks_chunk *chunk, const lkv_record *record)
{
    const lkv_marks_store *store = chunk->store;
    const lkv_input *input = chunk->file->input;
    int year = input->year ? input->year : store->study->year;
    if (same_row(chunk, record)) {
        return true;
    }
    if (chunk->file->wanted[LKV_MARKS_YEAR].column >= 0 && !input->year) {
        year = lkv_value_year(record->field[LKV_MARKS_YEAR].text);
        if (year == 0) {
            lkv_message *message = lkv_record_reject(
                &chunk->reading, record, "W-YEAR", "year",
                "this is no school year; write 2025 or 2024/25");
            lkv_message_excerpt(message, record->field[LKV_MARKS_YEAR].text);
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
    g_string_assign(chunk->person, id->text);
    g_string_assign(chunk->year, record->field[LKV_MARKS_YEAR].text);
    return true;
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
    lkv_message_excerpt(message, text);
    lkv_message_why(message, "the scale of %s has: %s", rules->id, known);
    lkv_message_fix(message, "correct it, add it to missing: in the study, or "
                             "to the aliases of the rule file");
}

/* The grade of FIELD, which is not missing. */
static uint8_t grade_of(lkv_marks_chunk *chunk, const lkv_field_text *field)
{
    unsigned char letter = (unsigned char)*field->text;
    bool short_one = field->length == 1 && letter < sizeof chunk->grade;
    uint8_t grade = short_one ? chunk->grade[letter] : 0;
    if (grade == 0) {
        grade =
            lkv_rules_grade(chunk->store->rules, field->text, field->length);
    }
    if (short_one) {
        chunk->grade[letter] = grade;
    }
    return grade;
}

static void take_grade(lkv_marks_chunk *chunk, const lkv_record *record,
                       int column)
{
    const lkv_field_text *field = &record->field[LKV_MARKS_MARK];
    if (lkv_table_missing(chunk->file->input, field->text)) {
        return;
    }
    uint8_t grade = grade_of(chunk, field);
    if (grade == 0) {
        lkv_message *message =
            lkv_record_reject(&chunk->reading, record, "W-GRADE-UNKNOWN",
                              "grade", "this is no grade of the scale");
        explain_grade(chunk, message, field->text);
        return;
    }
    put(chunk, column, grade, record->line);
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
    if (!unknown && (!part || strcmp(part, "whole") == 0)) {
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
        lkv_message_excerpt(message, record->field[LKV_MARKS_MARK].text);
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
    const char *language = chunk->file->wanted[LKV_MARKS_LANGUAGE].column >= 0
                               ? record->field[LKV_MARKS_LANGUAGE].text
                               : NULL;
    int column =
        column_of(chunk, record->field[LKV_MARKS_SUBJECT].text, language);
    if (column == LKV_NO_COLUMN) {
        lkv_message *message =
            lkv_record_reject(&chunk->reading, record, "W-SUBJECT-UNKNOWN",
                              "subject", "the rules know no such subject");
        lkv_message_excerpt(message, record->field[LKV_MARKS_SUBJECT].text);
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
        if (lkv_table_missing(chunk->file->input, field->text)) {
            continue;
        }
        uint8_t grade = grade_of(chunk, field);
        if (grade != 0) {
            put(chunk, g_array_index(chunk->columns, int, i), grade,
                record->line);
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
    chunk->subjects =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, subject_free);
    chunk->conflicts =
        g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    chunk->row = LKV_NO_NAME;
    chunk->person = g_string_new(NULL);
    chunk->year = g_string_new(NULL);
    chunk->reached = lkv_coder_new(chunk->file->input, fields, "reached");
    chunk->part = lkv_coder_new(chunk->file->input, fields, "part");
}

void lkv_marks_chunk_close(lkv_marks_chunk *chunk)
{
    lkv_diag_free(chunk->diag);
    g_hash_table_unref(chunk->subjects);
    g_hash_table_unref(chunk->conflicts);
    g_string_free(chunk->person, TRUE);
    g_string_free(chunk->year, TRUE);
    lkv_coder_free(chunk->reached);
    lkv_coder_free(chunk->part);
}

void lkv_marks_chunk_read(lkv_marks_chunk *chunk)
{
    chunk->fine = lkv_records_read(&chunk->reading, chunk->range,
                                   chunk->wide ? take_wide : take_long, chunk);
}
