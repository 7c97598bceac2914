/* Reading marks: each range of a file by a thread of its own, into one store.
 */
#include <string.h>

#include "base/jobs.h"
#include "ingest/table.h"
#include "ingest/value.h"
#include "panel/codes.h"
#include "panel/marks_store.h"

enum { ID, YEAR, SUBJECT, MARK, LANGUAGE, PART, SLOTS };

/* A place that got two different marks, and the first two lines that differ:
 * found by one more pass, so that no order of threads shows.
 */
struct conflict {
    uint8_t mark;
    long first, second;
};

/* A subject as written. Subjects of pupils follow one another in the same
 * order, so what came next is tried first.
 */
struct subject {
    char *text; /* and language */
    int column; /* or LKV_NO_COLUMN */
    struct subject *next;
};

/* One thread's work on one range of a file. */
struct chunk {
    lkv_marks_store *store;
    const lkv_table_file *file;
    const GArray *columns; /* wide: int, column of each slot from SLOTS on */
    bool wide;
    lkv_range range;
    lkv_reading reading;
    lkv_diag *diag;
    lkv_coder *reached; /* goals */
    lkv_coder *part; /* of tests */
    GHashTable *subjects; /* text → subject */
    struct subject *subject; /* of the record before, or NULL */
    uint8_t grade[128]; /* of one letter, by its code; 0 = not yet known */
    GHashTable *conflicts; /* places (+ 1), each to a conflict */
    bool searching; /* the pass that finds their lines */
    int64_t duplicates;
    uint32_t row; /* of the pupil read last, or LKV_NO_NAME */
    GString *person, *year; /* as that row has them */
    bool fine;
};

/* ---- subjects --------------------------------------------------------------- */

static void subject_free(gpointer subject)
{
    g_free(((struct subject *)subject)->text);
    g_free(subject);
}

/* Each distinct text is looked up once a thread. */
static struct subject *subject_of(struct chunk *chunk, const char *text,
                                  const char *language)
{
    g_autofree char *key = language && *language
                               ? g_strdup_printf("%s\n%s", text, language)
                               : g_strdup(text);
    struct subject *subject = g_hash_table_lookup(chunk->subjects, key);
    if (!subject) {
        subject = g_new0(struct subject, 1);
        subject->column = lkv_marks_column(
            chunk->store, chunk->file->input->table, text, language);
        subject->text = g_steal_pointer(&key);
        g_hash_table_insert(chunk->subjects, subject->text, subject);
    }
    return subject;
}

static int column_of(struct chunk *chunk, const char *text,
                     const char *language)
{
    struct subject *before = chunk->subject;
    struct subject *next = before ? before->next : NULL;
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

/* ---- marks ------------------------------------------------------------------- */

static void search(struct chunk *chunk, size_t place, uint8_t mark, long line)
{
    struct conflict *conflict =
        g_hash_table_lookup(chunk->conflicts, GSIZE_TO_POINTER(place + 1));
    if (!conflict) {
        return;
    }
    if (conflict->first == 0) {
        conflict->first = line;
        conflict->mark = mark;
    } else if (conflict->second == 0 && conflict->mark != mark) {
        conflict->second = line;
    }
}

static void conflict_add(struct chunk *chunk, gpointer place)
{
    g_hash_table_replace(chunk->conflicts, place, g_new0(struct conflict, 1));
}

static void put(struct chunk *chunk, int column, uint8_t mark, long line)
{
    size_t place = (size_t)column * chunk->store->rows + chunk->row;
    uint8_t before = 0;
    if (chunk->searching) {
        search(chunk, place, mark, line);
    } else if (!atomic_compare_exchange_strong(&chunk->store->mark[place],
                                               &before, mark)) {
        chunk->duplicates += before == mark;
        if (before != mark) {
            conflict_add(chunk, GSIZE_TO_POINTER(place + 1));
        }
    }
}

/* Rows of one pupil mostly follow one another. */
static bool same_row(const struct chunk *chunk, const lkv_record *record)
{
    return chunk->row != LKV_NO_NAME &&
           lkv_field_is(&record->field[ID], chunk->person) &&
           lkv_field_is(&record->field[YEAR], chunk->year);
}

/* The row of the record's pupil and year. */
static bool find_row(struct chunk *chunk, const lkv_record *record)
{
    const lkv_marks_store *store = chunk->store;
    const lkv_input *input = chunk->file->input;
    int year = input->year ? input->year : store->study->year;
    if (same_row(chunk, record)) {
        return true;
    }
    if (chunk->file->wanted[YEAR].column >= 0 && !input->year) {
        year = lkv_value_year(record->field[YEAR].text);
        if (year == 0) {
            lkv_message *message = lkv_record_reject(
                &chunk->reading, record, "W-YEAR", "year",
                "this is no school year; write 2025 or 2024/25");
            lkv_message_excerpt(message, record->field[YEAR].text);
            return false;
        }
    }
    const lkv_field_text *id = &record->field[ID];
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
    g_string_assign(chunk->year, record->field[YEAR].text);
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

static void explain_grade(const struct chunk *chunk, lkv_message *message,
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
static uint8_t grade_of(struct chunk *chunk, const lkv_field_text *field)
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

static void take_grade(struct chunk *chunk, const lkv_record *record,
                       int column)
{
    const lkv_field_text *field = &record->field[MARK];
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
static void take_test(struct chunk *chunk, const lkv_record *record, int column)
{
    bool unknown = false;
    const char *part =
        chunk->file->wanted[PART].column < 0
            ? NULL
            : lkv_coder_code(chunk->part, record->field[PART].text, &unknown);
    if (!unknown && (!part || strcmp(part, "whole") == 0)) {
        take_grade(chunk, record, column);
    }
}

static void take_goal(struct chunk *chunk, const lkv_record *record, int column)
{
    bool unknown = false;
    const char *code =
        lkv_coder_code(chunk->reached, record->field[MARK].text, &unknown);
    if (unknown) {
        lkv_message *message =
            lkv_record_reject(&chunk->reading, record, "W-REACHED", "reached",
                              "this is neither yes nor no");
        lkv_message_excerpt(message, record->field[MARK].text);
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
    struct chunk *chunk = context;
    if (!lkv_table_visible(chunk->file, &chunk->reading, record) ||
        !find_row(chunk, record)) {
        return true;
    }
    const char *language = chunk->file->wanted[LANGUAGE].column >= 0
                               ? record->field[LANGUAGE].text
                               : NULL;
    int column = column_of(chunk, record->field[SUBJECT].text, language);
    if (column == LKV_NO_COLUMN) {
        lkv_message *message =
            lkv_record_reject(&chunk->reading, record, "W-SUBJECT-UNKNOWN",
                              "subject", "the rules know no such subject");
        lkv_message_excerpt(message, record->field[SUBJECT].text);
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
static const char *header_of(const struct chunk *chunk, size_t slot)
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
    struct chunk *chunk = context;
    if (!lkv_table_visible(chunk->file, &chunk->reading, record) ||
        !find_row(chunk, record)) {
        return true;
    }
    bool rejected = false;
    for (guint i = 0; i < chunk->columns->len; i++) {
        const lkv_field_text *field = &record->field[SLOTS + i];
        if (lkv_table_missing(chunk->file->input, field->text)) {
            continue;
        }
        uint8_t grade = grade_of(chunk, field);
        if (grade != 0) {
            put(chunk, g_array_index(chunk->columns, int, i), grade,
                record->line);
            continue;
        }
        lkv_message *message =
            lkv_diag_add(chunk->diag, "W-GRADE-UNKNOWN",
                         (lkv_place){.file = chunk->file->input->name,
                                     .line = record->line,
                                     .field = header_of(chunk, SLOTS + i)},
                         "this is no grade of the scale; it counts as missing");
        explain_grade(chunk, message, field->text);
        rejected = true;
    }
    chunk->reading.rejected += rejected;
    return true;
}

/* ---- files --------------------------------------------------------------------- */

struct wide {
    lkv_marks_store *store;
    GArray *columns;
};

static bool take_column(void *context, const char *header, size_t slot)
{
    struct wide *wide = context;
    int column = lkv_marks_column(wide->store, LKV_TABLE_GRADES, header, NULL);
    (void)slot;
    if (column == LKV_NO_COLUMN) {
        return false;
    }
    g_array_append_val(wide->columns, column);
    return true;
}

static bool parse(void *shared, size_t index)
{
    struct chunk *chunk = &((struct chunk *)shared)[index];
    chunk->fine = lkv_records_read(&chunk->reading, chunk->range,
                                   chunk->wide ? take_wide : take_long, chunk);
    return !lkv_stop_asked(chunk->file->stop);
}

static void open_chunk(struct chunk *chunk, const lkv_fields *fields)
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

static void close_chunk(struct chunk *chunk)
{
    lkv_diag_free(chunk->diag);
    g_hash_table_unref(chunk->subjects);
    g_hash_table_unref(chunk->conflicts);
    g_string_free(chunk->person, TRUE);
    g_string_free(chunk->year, TRUE);
    lkv_coder_free(chunk->reached);
    lkv_coder_free(chunk->part);
}

static gint by_second_line(gconstpointer a, gconstpointer b)
{
    const struct conflict *one = *(const struct conflict *const *)a;
    const struct conflict *two = *(const struct conflict *const *)b;
    return (one->second > two->second) - (one->second < two->second);
}

static void report(const struct chunk *chunk, lkv_diag *diag)
{
    const char *name = chunk->file->input->name;
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    GHashTableIter iter;
    gpointer conflict = NULL;
    g_hash_table_iter_init(&iter, chunk->conflicts);
    while (g_hash_table_iter_next(&iter, NULL, &conflict)) {
        g_ptr_array_add(found, conflict);
    }
    g_ptr_array_sort(found, by_second_line);
    for (guint i = 0; i < found->len; i++) {
        const struct conflict *at = g_ptr_array_index(found, i);
        bool here = at->second > 0;
        lkv_message *message = lkv_diag_add(
            diag, "E-GRADE-CONFLICT",
            (lkv_place){.file = name, .line = here ? at->second : at->first},
            here ? "the same pupil has another mark in this subject in line "
                   "%ld"
                 : "the same pupil has another mark in this subject in "
                   "another file than line %ld",
            at->first);
        lkv_message_why(message, "which of the two holds cannot be told");
        lkv_message_fix(message, "delete the row that does not hold");
    }
}

/* One more pass over the whole file, on one thread, for the lines. */
static void find_conflicts(const struct chunk *chunks, size_t count,
                           const lkv_fields *fields, lkv_diag *diag)
{
    struct chunk again = {.store = chunks[0].store,
                          .file = chunks[0].file,
                          .columns = chunks[0].columns,
                          .wide = chunks[0].wide,
                          .range = chunks[0].file->rows,
                          .searching = true};
    open_chunk(&again, fields);
    for (size_t i = 0; i < count; i++) {
        GHashTableIter iter;
        gpointer place = NULL;
        g_hash_table_iter_init(&iter, chunks[i].conflicts);
        while (g_hash_table_iter_next(&iter, &place, NULL)) {
            conflict_add(&again, place);
        }
    }
    if (g_hash_table_size(again.conflicts) > 0) {
        parse(&again, 0);
        report(&again, diag);
    }
    close_chunk(&again);
}

struct marks_work {
    const lkv_fields *fields;
    lkv_crew crew;
    GArray *inputs;
    lkv_diag *diag;
};

static bool merge_chunks(struct chunk *chunks, size_t count,
                         const struct marks_work *work)
{
    const lkv_table_file *file = chunks[0].file;
    lkv_reading all = lkv_table_reading(file, work->diag);
    int64_t duplicates = 0;
    guint conflicts = 0;
    bool fine = true;
    for (size_t i = 0; i < count; i++) {
        all.rows += chunks[i].reading.rows;
        all.rejected += chunks[i].reading.rejected;
        all.passed_over += chunks[i].reading.passed_over;
        all.quote_fault = all.quote_fault || chunks[i].reading.quote_fault;
        duplicates += chunks[i].duplicates;
        conflicts += g_hash_table_size(chunks[i].conflicts);
        fine = fine && chunks[i].fine;
        lkv_diag_merge(work->diag, chunks[i].diag);
    }
    chunks[0].store->torn =
        chunks[0].store->torn || (count > 1 && all.quote_fault);
    find_conflicts(chunks, count, work->fields, work->diag);
    lkv_facts_add(work->inputs, file, &all);
    g_array_index(work->inputs, lkv_input_facts, work->inputs->len - 1)
        .duplicates = duplicates;
    return fine && conflicts == 0 &&
           !lkv_table_refused(&chunks[0].store->study->inputs, &all);
}

static bool parse_file(lkv_marks_store *store, const lkv_table_file *file,
                       const GArray *columns, bool wide,
                       const struct marks_work *work)
{
    g_autoptr(GArray) ranges = lkv_table_split(file, work->crew.threads);
    g_autofree struct chunk *chunks = g_new0(struct chunk, ranges->len);
    for (guint i = 0; i < ranges->len; i++) {
        chunks[i] =
            (struct chunk){.store = store,
                           .file = file,
                           .columns = columns,
                           .wide = wide,
                           .range = g_array_index(ranges, lkv_range, i)};
        open_chunk(&chunks[i], work->fields);
    }
    bool read = lkv_jobs_run(parse, chunks, ranges->len, work->crew);
    bool fine = read && merge_chunks(chunks, ranges->len, work);
    for (guint i = 0; i < ranges->len; i++) {
        close_chunk(&chunks[i]);
    }
    return fine;
}

/* As the study states; a table of which it says nothing is tried as long. */
static bool is_wide(const lkv_input *input)
{
    return input->table == LKV_TABLE_GRADES && input->shape != LKV_SHAPE_LONG &&
           (input->shape == LKV_SHAPE_WIDE || input->subject_count > 0);
}

static lkv_table_file *open_marks(const lkv_input *input, bool wide,
                                  struct wide *columns,
                                  const struct marks_work *work, lkv_diag *diag)
{
    static const char *const mark_fields[LKV_TABLES] = {
        [LKV_TABLE_GRADES] = "grade",
        [LKV_TABLE_TESTS] = "value",
        [LKV_TABLE_ATTAINMENT] = "reached"};
    const lkv_wanted wanted[SLOTS] = {
        [ID] = {"pupil_id", true, -1},
        [YEAR] = {"year", false, -1},
        [SUBJECT] = {"subject", !wide, -1},
        [MARK] = {mark_fields[input->table], !wide, -1},
        [LANGUAGE] = {"language", false, -1},
        [PART] = {"part", false, -1}};
    const lkv_table_ask ask = {.input = input,
                               .fields = work->fields,
                               .wanted = wanted,
                               .wants = SLOTS,
                               .taker = wide ? take_column : NULL,
                               .context = columns,
                               .stop = work->crew.stop};
    return lkv_table_open(&ask, diag);
}

/* A table that is not long, and of whose shape the study says nothing: wide,
 * if a column of it is a subject.
 */
static lkv_table_file *open_as_wide(const lkv_input *input, struct wide *wide,
                                    const struct marks_work *work)
{
    g_autoptr(lkv_diag) aside = lkv_diag_new();
    g_autoptr(lkv_table_file) file = open_marks(input, true, wide, work, aside);
    if (!file || wide->columns->len == 0) {
        return NULL;
    }
    lkv_diag_merge(work->diag, aside);
    return g_steal_pointer(&file);
}

static bool read_input(lkv_marks_store *store, const lkv_input *input,
                       const struct marks_work *work)
{
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(int));
    struct wide wide = {.store = store, .columns = columns};
    bool is = is_wide(input);
    g_autoptr(lkv_diag) aside = lkv_diag_new();
    g_autoptr(lkv_table_file) file = open_marks(input, is, &wide, work, aside);
    if (!file && !is && input->shape == LKV_SHAPE_FOUND &&
        input->table == LKV_TABLE_GRADES &&
        lkv_diag_has(aside, "E-COLUMN-MISSING")) {
        file = open_as_wide(input, &wide, work);
        is = file != NULL;
    }
    if (!file) {
        lkv_diag_merge(work->diag, aside);
        return false;
    }
    if (is && columns->len == 0) {
        lkv_diag_add(work->diag, "E-COLUMN-MISSING",
                     (lkv_place){.file = input->name, .line = 1},
                     "no column is a subject of the rules");
        return false;
    }
    return parse_file(store, file, columns, is, work);
}

/* TORN tells that the files are to be read again, on one thread. */
static lkv_marks *read_once(lkv_marks_store store,
                            const struct marks_work *work, bool *torn)
{
    const lkv_inputs *inputs = &store.study->inputs;
    bool fine = true;
    lkv_marks_store_open(&store);
    for (size_t i = 0; i < inputs->count; i++) {
        lkv_table table = inputs->input[i].table;
        if (table == LKV_TABLE_GRADES || table == LKV_TABLE_ATTAINMENT ||
            table == LKV_TABLE_TESTS) {
            fine = read_input(&store, &inputs->input[i], work) && fine;
        }
    }
    *torn = store.torn;
    lkv_marks *marks = fine ? lkv_marks_finish(&store) : NULL;
    lkv_marks_store_close(&store);
    return marks;
}

/* Where a quote stands that must not, cuts are no ends of records: all is read
 * again as one range a file, so that no number of threads shows.
 */
lkv_marks *lkv_marks_read(const lkv_marks_ask *ask, lkv_diag *diag)
{
    const lkv_marks_store store = {
        .study = ask->study, .rules = ask->rules, .roll = ask->roll};
    GArray *inputs = ask->inputs;
    lkv_crew crew = ask->crew;
    for (;;) {
        g_autoptr(lkv_diag) aside = lkv_diag_new();
        guint before = inputs->len;
        bool torn = false;
        const struct marks_work work = {ask->fields, crew, inputs, aside};
        lkv_marks *marks = read_once(store, &work, &torn);
        if (!torn) {
            lkv_diag_merge(diag, aside);
            return marks;
        }
        lkv_marks_free(marks);
        lkv_facts_drop(inputs, before);
        crew.threads = 1;
    }
}
