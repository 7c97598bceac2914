#include "ingest/table.h"

#include <string.h>

#include "base/locale.h"
#include "base/nearest.h"
#include "ingest/dialect.h"

static lkv_place in_file(const lkv_input *input, long line)
{
    return (lkv_place){.file = input->name, .line = line};
}

static bool keep_header(void *context, const lkv_record *record)
{
    lkv_table_file *file = context;
    for (size_t i = 0; i < record->fields && i < LKV_COLUMNS; i++) {
        g_ptr_array_add(file->header, g_strdup(record->field[i].text));
    }
    file->columns = record->fields;
    file->header_line = record->line;
    return false;
}

static uint64_t lines_of(const lkv_scan *scan, lkv_range range)
{
    uint64_t lines = 0;
    for (size_t at = range.from; at < MIN(range.to, scan->head_bytes); at++) {
        lines += scan->head[at] == scan->line_end;
    }
    return lines;
}

static void report_empty(const char *name, long line, lkv_diag *diag)
{
    lkv_message *message = lkv_diag_add(
        diag, "E-TABLE-EMPTY", (lkv_place){.file = name, .line = line},
        "there is a header, but no row below it");
    lkv_message_fix(message, "export it again, with rows");
}

static bool read_header(lkv_table_file *file, lkv_diag *diag)
{
    lkv_reading reading = {.scan = file->scan,
                           .name = file->input->name,
                           .delimiter = file->delimiter,
                           .slots = LKV_COLUMNS,
                           .diag = diag};
    lkv_range line = lkv_dialect_header(file->scan, file->input);
    bool read = line.to > line.from &&
                lkv_records_read(&reading, line, keep_header, file);
    file->rows = (lkv_range){.from = line.to,
                             .to = lkv_dialect_end(file->scan, file->input),
                             .lines = line.lines + lines_of(file->scan, line)};
    long at = (long)line.lines + 1;
    if (file->columns > LKV_COLUMNS) {
        lkv_diag_add(diag, "E-COLUMNS-LIMIT", in_file(file->input, at),
                     "the header has %zu columns; %d is the most",
                     file->columns, LKV_COLUMNS);
        return false;
    }
    if (!read || file->columns == 0) {
        lkv_diag_add(diag, "E-TABLE-HEADER", in_file(file->input, at),
                     "there is no header row");
        return false;
    }
    if (line.to > file->scan->head_bytes) {
        lkv_diag_add(diag, "E-RECORD-LIMIT", in_file(file->input, at),
                     "the header row is longer than %d bytes", LKV_BLOCK_BYTES);
        return false;
    }
    if (file->rows.from >= file->rows.to) {
        report_empty(file->input->name, at, diag);
        return false;
    }
    return true;
}

static int column_named(const lkv_table_file *file, const char *header)
{
    for (guint i = 0; i < file->header->len; i++) {
        if (strcmp(g_ptr_array_index(file->header, i), header) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* Two columns of one name cannot be told apart. */
static bool headers_differ(const lkv_table_file *file, lkv_diag *diag)
{
    for (guint i = 0; i < file->header->len; i++) {
        const char *name = g_ptr_array_index(file->header, i);
        if (*name && column_named(file, name) < (int)i) {
            lkv_message *message =
                lkv_diag_add(diag, "E-COLUMN-TWICE",
                             (lkv_place){.file = file->input->name,
                                         .line = file->header_line,
                                         .column = (long)i + 1,
                                         .field = name},
                             "two columns have the name \"%s\"", name);
            lkv_message_why(message, "which of them is meant cannot be told");
            lkv_message_fix(message, "rename or delete one of them");
            return false;
        }
    }
    return true;
}

static const lkv_column_map *mapped(const lkv_input *input, const char *field)
{
    for (size_t i = 0; i < input->column_count; i++) {
        if (strcmp(input->columns[i].field, field) == 0) {
            return &input->columns[i];
        }
    }
    return NULL;
}

/* The headers found, unless not one of them is known: then the first row may
 * be data, and data is not repeated.
 */
static char *headers_listed(const lkv_table_file *file)
{
    GString *out = g_string_new(NULL);
    bool known = false;
    for (guint i = 0; i < file->fields->len; i++) {
        known = known || g_ptr_array_index(file->fields, i);
    }
    for (guint i = 0; known && i < file->header->len && i < 12; i++) {
        g_string_append_printf(out, "%s%s", i > 0 ? ", " : "",
                               (char *)g_ptr_array_index(file->header, i));
    }
    if (known && file->header->len > 12) {
        g_string_append(out, " …");
    }
    return g_string_free(out, FALSE);
}

static const char *near_header(const lkv_table_file *file, const char *header)
{
    g_ptr_array_add(file->header, NULL);
    const char *near = lkv_word_nearest(
        header, (const char *const *)(const void *)file->header->pdata);
    g_ptr_array_remove_index(file->header, file->header->len - 1);
    return near;
}

static void report_missing(const lkv_table_file *file, const char *field,
                           const lkv_column_map *map, lkv_diag *diag)
{
    g_autofree char *listed = headers_listed(file);
    const char *near = map && *listed ? near_header(file, map->header) : NULL;
    lkv_message *message = lkv_diag_add(
        diag, "E-COLUMN-MISSING", in_file(file->input, file->header_line),
        map ? "there is no column \"%s\"" : "there is no column for %s",
        map ? map->header : field);
    if (*listed) {
        lkv_message_why(message, "the header has: %s", listed);
    } else {
        lkv_message_why(message, "none of the columns wanted is there; is "
                                 "the header row missing?");
    }
    g_autofree char *place =
        map && map->place.line > 0
            ? g_strdup_printf("%s:%ld, ", map->place.file, map->place.line)
            : g_strdup("");
    if (near) {
        lkv_message_fix(message, "did you mean \"%s\"? (%scolumns: %s)", near,
                        place, field);
    } else if (map) {
        lkv_message_fix(message, "write a header of the file (%scolumns: %s)%s",
                        place, field,
                        *listed ? ""
                                : "; if it has one in a later row, state "
                                  "skip:");
    } else {
        lkv_message_fix(message,
                        "name it under columns: in the study (%s: "
                        "your header)",
                        field);
    }
}

/* The study's map rules; else a header that is the field or a synonym. */
static int find_column(const lkv_table_file *file, const lkv_fields *fields,
                       const char *id)
{
    const lkv_column_map *map = mapped(file->input, id);
    if (map) {
        return map->header ? column_named(file, map->header) : -1;
    }
    int exact = column_named(file, id);
    if (exact >= 0) {
        return exact;
    }
    for (guint i = 0; i < file->header->len; i++) {
        const lkv_field *field = lkv_fields_header(
            fields, file->input->table, g_ptr_array_index(file->header, i));
        if (field && strcmp(field->id, id) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* Lets slot AGAIN have the text of SLOT. */
static void repeat_slot(lkv_table_file *file, size_t again, int16_t slot)
{
    size_t most = file->wants + file->columns;
    if (!file->same) {
        file->same = g_new(int16_t, most + 1);
        for (size_t i = 0; i < most; i++) {
            file->same[i] = (int16_t)i;
        }
    }
    file->same[again] = slot;
}

/* A column may be wanted twice: as an outcome and as a covariate. */
static void take_column(lkv_table_file *file, size_t wanted)
{
    int column = file->wanted[wanted].column;
    if (file->slot[column] >= 0) {
        repeat_slot(file, wanted, file->slot[column]);
        return;
    }
    file->slot[column] = (int16_t)wanted;
    file->fields->pdata[column] = g_strdup(file->wanted[wanted].id);
}

static void match_columns(lkv_table_file *file, const lkv_table_ask *ask)
{
    file->slot = g_new(int16_t, file->columns);
    memset(file->slot, 0xff, file->columns * sizeof *file->slot);
    file->wanted = g_new0(lkv_wanted, ask->wants + 1);
    file->named = file->wants = ask->wants;
    for (size_t i = 0; i < file->columns; i++) {
        g_ptr_array_add(file->fields, NULL);
    }
    for (size_t i = 0; i < ask->wants; i++) {
        lkv_wanted *wanted = &file->wanted[i];
        *wanted = ask->wanted[i];
        wanted->column = find_column(file, ask->fields, wanted->id);
        if (wanted->column >= 0) {
            take_column(file, i);
        }
    }
}

/* Whether the column of the pupils' ids is that of no other field: what stands
 * in it would be told as a code or a grade.
 */
static bool ids_alone(const lkv_table_file *file, lkv_diag *diag)
{
    static const char id[] = "pupil_id";
    int column = -1;
    for (size_t i = 0; i < file->wants; i++) {
        column = strcmp(file->wanted[i].id, id) == 0 ? file->wanted[i].column
                                                     : column;
    }
    for (size_t i = 0; column >= 0 && i < file->wants; i++) {
        const lkv_wanted *wanted = &file->wanted[i];
        if (wanted->column != column || strcmp(wanted->id, id) == 0) {
            continue;
        }
        const lkv_column_map *map = mapped(file->input, wanted->id);
        map = map ? map : mapped(file->input, id);
        lkv_place place = map ? map->place
                              : (lkv_place){.file = file->input->name,
                                            .line = file->header_line,
                                            .column = column + 1};
        lkv_message *message =
            lkv_diag_add(diag, "E-COLUMN-ID", place,
                         "one column is both %s and %s", id, wanted->id);
        lkv_message_why(message, "ids tell who a pupil is, and nothing else");
        lkv_message_fix(message,
                        "name the column of %s under columns:", wanted->id);
        return false;
    }
    return true;
}

/* Whether all columns are there that must be, and that the study names. */
static bool columns_there(const lkv_table_file *file, lkv_diag *diag)
{
    bool fine = true;
    for (size_t i = 0; i < file->wants; i++) {
        const lkv_wanted *wanted = &file->wanted[i];
        const lkv_column_map *map = mapped(file->input, wanted->id);
        if (wanted->column >= 0) {
            continue;
        }
        if ((map && map->header) || (wanted->required && !map)) {
            report_missing(file, wanted->id, map, diag);
            fine = false;
        }
    }
    return fine;
}

/* The subject that the study names for HEADER, else HEADER itself. */
static const char *subject_named(const lkv_input *input, const char *header)
{
    const char *subject = header;
    for (size_t i = 0; i < input->subject_count; i++) {
        if (strcmp(input->subjects[i].header, header) == 0) {
            subject = input->subjects[i].field;
        }
    }
    return subject;
}

/* Columns of a wide table; their slots follow the wanted ones. */
static void take_columns(lkv_table_file *file, const lkv_table_ask *ask)
{
    for (size_t i = 0; ask->taker && i < file->columns; i++) {
        if (file->slot[i] >= 0) {
            continue;
        }
        const char *header = g_ptr_array_index(file->header, i);
        const char *subject = subject_named(file->input, header);
        if (ask->taker(ask->context, subject, file->wants)) {
            file->slot[i] = (int16_t)file->wants++;
            file->fields->pdata[i] = g_strdup(subject);
        }
    }
}

/* A test for each where: of the input, in slots that are there or new. */
static bool add_tests(lkv_table_file *file, const lkv_table_ask *ask,
                      lkv_diag *diag)
{
    const lkv_input *input = ask->input;
    file->test = g_new0(lkv_row_test, input->where_count + 1);
    for (size_t i = 0; i < input->where_count; i++) {
        const lkv_row_filter *filter = &input->where[i];
        int column = find_column(file, ask->fields, filter->field);
        if (column < 0) {
            report_missing(file, filter->field, mapped(input, filter->field),
                           diag);
            return false;
        }
        if (file->slot[column] < 0) {
            file->slot[column] = (int16_t)file->slots++;
            file->fields->pdata[column] = g_strdup(filter->field);
        }
        file->test[i] = (lkv_row_test){.slot = (size_t)file->slot[column],
                                       .texts = filter->texts};
    }
    return true;
}

lkv_table_file *lkv_table_open(const lkv_table_ask *ask, lkv_diag *diag)
{
    g_autoptr(lkv_table_file) file = g_new0(lkv_table_file, 1);
    file->input = ask->input;
    file->header = g_ptr_array_new_with_free_func(g_free);
    file->fields = g_ptr_array_new_with_free_func(g_free);
    file->decimal = ask->input->decimal;
    file->stop = ask->stop;
    file->scan = lkv_scan_take(ask->ahead, ask->input, ask->stop, diag);
    if (!file->scan) {
        return NULL;
    }
    file->delimiter = lkv_dialect_delimiter(file->scan, ask->input, diag);
    if (!file->delimiter || !read_header(file, diag) ||
        !headers_differ(file, diag)) {
        return NULL;
    }
    match_columns(file, ask);
    if (!columns_there(file, diag) || !ids_alone(file, diag)) {
        return NULL;
    }
    take_columns(file, ask);
    file->slots = file->wants;
    return add_tests(file, ask, diag) ? g_steal_pointer(&file) : NULL;
}

void lkv_table_close(lkv_table_file *file)
{
    if (!file) {
        return;
    }
    lkv_scan_free(file->scan);
    g_ptr_array_unref(file->header);
    g_ptr_array_unref(file->fields);
    g_free(file->slot);
    g_free(file->same);
    g_free(file->wanted);
    g_free(file->test);
    g_free(file);
}

lkv_reading lkv_table_reading(const lkv_table_file *file, lkv_diag *diag)
{
    return (lkv_reading){.scan = file->scan,
                         .name = file->input->name,
                         .header_line = file->header_line,
                         .delimiter = file->delimiter,
                         .columns = file->columns,
                         .slot = file->slot,
                         .slots = file->slots,
                         .same = file->same,
                         .test = file->test,
                         .tests = file->input->where_count,
                         .diag = diag,
                         .stop = file->stop};
}

bool lkv_table_looked_at(const lkv_table_file *file, lkv_reading *reading,
                         const lkv_record *record)
{
    size_t odd = lkv_record_invisible(record, file->wants);
    if (odd < file->wants) {
        lkv_record_reject(reading, record, "W-ROW-INVISIBLE",
                          odd < file->named ? file->wanted[odd].id : NULL,
                          "there is a character that cannot be seen");
    }
    return odd == file->wants;
}

bool lkv_table_missing(const lkv_input *input, const char *text)
{
    if (!*text) {
        return true;
    }
    for (const char *const *missing = input->missing; missing && *missing;
         missing++) {
        if (strcmp(text, *missing) == 0) {
            return true;
        }
    }
    return false;
}

static bool report_refused(const lkv_inputs *limits, const lkv_reading *reading,
                           bool many)
{
    lkv_message *message = lkv_diag_add(
        reading->diag, "E-TABLE-REFUSED", (lkv_place){.file = reading->name},
        "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
        " rows cannot be used; the file is refused",
        reading->rejected, reading->rows);
    if (many) {
        lkv_message_why(message,
                        "max_rejected allows %" G_GINT64_FORMAT
                        " rows, or %g %% of them; what is left would not be "
                        "the district",
                        limits->rejected_rows, limits->rejected_share * 100.0);
    } else {
        lkv_message_why(message, "that is more than half of the file");
    }
    lkv_message_fix(message, "mend the rows that the warnings name, or raise "
                             "max_rejected in the study");
    return true;
}

bool lkv_table_refused(const lkv_inputs *limits, const lkv_reading *reading)
{
    int64_t rows = reading->rows, rejected = reading->rejected;
    if (rows == 0 && reading->passed_over == 0) {
        report_empty(reading->name, reading->header_line, reading->diag);
        return true;
    }
    bool many = rejected > limits->rejected_rows &&
                (double)rejected > limits->rejected_share * (double)rows;
    if (rejected > 0) {
        lkv_diag_add(reading->diag, "I-ROWS-REJECTED",
                     (lkv_place){.file = reading->name},
                     "%" G_GINT64_FORMAT " row%s rejected of %" G_GINT64_FORMAT,
                     rejected, rejected == 1 ? "" : "s", rows);
    }
    return (many || rejected * 2 > rows) &&
           report_refused(limits, reading, many);
}
