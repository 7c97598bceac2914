/* Reading marks: each range of a file by a thread of its own, into one store.
 */
#include <string.h>

#include "base/jobs.h"
#include "panel/marks_chunk.h"

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
    lkv_marks_chunk *chunk = &((lkv_marks_chunk *)shared)[index];
    lkv_marks_chunk_read(chunk);
    return !lkv_stop_asked(chunk->file->stop);
}

/* One more pass over the whole file, on one thread, for the lines. */
static void find_conflicts(const lkv_marks_chunk *chunks, size_t count,
                           const lkv_fields *fields, lkv_diag *diag)
{
    lkv_marks_chunk again = {.store = chunks[0].store,
                             .file = chunks[0].file,
                             .columns = chunks[0].columns,
                             .wide = chunks[0].wide,
                             .range = chunks[0].file->rows,
                             .searching = true};
    lkv_marks_chunk_open(&again, fields);
    for (size_t i = 0; i < count; i++) {
        lkv_marks_conflicts_join(&again, &chunks[i]);
    }
    if (g_hash_table_size(again.conflicts) > 0) {
        lkv_marks_chunk_read(&again);
        lkv_marks_conflicts_report(&again, diag);
    }
    lkv_marks_chunk_close(&again);
}

struct marks_work {
    const lkv_fields *fields;
    lkv_crew crew;
    GArray *inputs;
    lkv_diag *diag;
    lkv_scanned *ahead; /* [inputs of the study], or NULL */
};

/* A file of parts alone gives no result of any test, which would go unseen. */
static void report_parts(const lkv_marks_chunk *chunk, lkv_diag *diag)
{
    const lkv_table_file *file = chunk->file;
    int column = file->wanted[LKV_MARKS_PART].column;
    g_autofree char *known = lkv_coder_known(chunk->part);
    lkv_message *message = lkv_diag_add(
        diag, "W-TEST-PARTS",
        (lkv_place){.file = file->input->name,
                    .line = file->header_line,
                    .column = column + 1,
                    .field = g_ptr_array_index(file->header, column)},
        "no row is of a test as a whole, so none of them is used");
    lkv_message_why(message, "part knows %s", known);
    lkv_message_fix(message, "say what a whole test is called: "
                             "inputs.tests.codes.part: {whole: [your text]}");
}

static bool merge_chunks(lkv_marks_chunk *chunks, size_t count,
                         const struct marks_work *work)
{
    const lkv_table_file *file = chunks[0].file;
    lkv_reading all = lkv_table_reading(file, work->diag);
    int64_t duplicates = 0, wholes = 0, parts = 0;
    guint conflicts = 0;
    bool fine = true;
    for (size_t i = 0; i < count; i++) {
        all.rows += chunks[i].reading.rows;
        all.rejected += chunks[i].reading.rejected;
        all.passed_over += chunks[i].reading.passed_over;
        all.quote_fault = all.quote_fault || chunks[i].reading.quote_fault;
        duplicates += chunks[i].duplicates;
        wholes += chunks[i].wholes;
        parts += chunks[i].parts;
        conflicts += g_hash_table_size(chunks[i].conflicts);
        fine = fine && chunks[i].fine;
        lkv_diag_merge(work->diag, chunks[i].diag);
    }
    chunks[0].store->torn =
        chunks[0].store->torn || (count > 1 && all.quote_fault);
    if (parts > 0 && wholes == 0) {
        report_parts(&chunks[0], work->diag);
    }
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
    g_autofree lkv_marks_chunk *chunks = g_new0(lkv_marks_chunk, ranges->len);
    for (guint i = 0; i < ranges->len; i++) {
        chunks[i] =
            (lkv_marks_chunk){.store = store,
                              .file = file,
                              .columns = columns,
                              .wide = wide,
                              .alone = ranges->len == 1,
                              .range = g_array_index(ranges, lkv_range, i)};
        lkv_marks_chunk_open(&chunks[i], work->fields);
    }
    bool read = lkv_jobs_run(parse, chunks, ranges->len, work->crew);
    bool fine = read && merge_chunks(chunks, ranges->len, work);
    for (guint i = 0; i < ranges->len; i++) {
        lkv_marks_chunk_close(&chunks[i]);
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
    const lkv_wanted wanted[LKV_MARKS_SLOTS] = {
        [LKV_MARKS_ID] = {"pupil_id", true, -1},
        [LKV_MARKS_YEAR] = {"year", false, -1},
        [LKV_MARKS_SUBJECT] = {"subject", !wide, -1},
        [LKV_MARKS_MARK] = {mark_fields[input->table], !wide, -1},
        [LKV_MARKS_LANGUAGE] = {"language", false, -1},
        [LKV_MARKS_PART] = {"part", false, -1}};
    size_t number = (size_t)(input - columns->store->study->inputs.input);
    const lkv_table_ask ask = {.input = input,
                               .fields = work->fields,
                               .wanted = wanted,
                               .wants = LKV_MARKS_SLOTS,
                               .taker = wide ? take_column : NULL,
                               .context = columns,
                               .ahead =
                                   work->ahead ? &work->ahead[number] : NULL,
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
        lkv_message *message = lkv_diag_add(
            work->diag, "E-COLUMN-MISSING",
            (lkv_place){.file = input->name, .line = file->header_line},
            "no column is a subject of the rules");
        lkv_message_fix(message, "name them under subjects: in inputs.grades "
                                 "(MA: your header)");
        return false;
    }
    return parse_file(store, file, columns, is, work);
}

bool lkv_marks_are_in(lkv_table table)
{
    return table == LKV_TABLE_GRADES || table == LKV_TABLE_ATTAINMENT ||
           table == LKV_TABLE_TESTS;
}

/* TORN tells that the files are to be read again, on one thread. */
static lkv_marks *read_once(lkv_marks_store store,
                            const struct marks_work *work, bool *torn)
{
    const lkv_inputs *inputs = &store.study->inputs;
    bool fine = true;
    lkv_marks_store_open(&store);
    for (size_t i = 0; i < inputs->count; i++) {
        if (lkv_marks_are_in(inputs->input[i].table)) {
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
        const struct marks_work work = {ask->fields, crew, inputs, aside,
                                        ask->ahead};
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
