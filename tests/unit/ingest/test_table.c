/* Tables: headers matched to fields, ranges of rows, and refusals. */
#include "input_file.h"

#include "ingest/table.h"

static lkv_fields *fields_of(void)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_fields *fields = lkv_fields_read(diag);
    assert_non_null(fields);
    return fields;
}

enum { ID, SCHOOL, SEX, WANTS };

static const lkv_wanted wanted[WANTS] = {[ID] = {"pupil_id", true, -1},
                                         [SCHOOL] = {"school_id", true, -1},
                                         [SEX] = {"sex", false, -1}};

static lkv_table_file *open_table(input_file *file, const lkv_fields *fields)
{
    const lkv_table_ask ask = {.input = &file->input,
                               .fields = fields,
                               .wanted = wanted,
                               .wants = WANTS};
    return lkv_table_open(&ask, file->diag);
}

static void test_columns(void **state)
{
    static const struct {
        const char *bytes;
        int column[WANTS];
        long line;
    } cases[] = {
        {"pupil_id;school_id;sex\n1;2;f\n", {0, 1, 2}, 1},
        {"Kön;Elev-ID;SKOLENHETSKOD\nf;1;2\n", {1, 2, 0}, 1},
        {"Elev-ID;Skolkod;Lärare\n1;2;x\n", {0, 1, -1}, 1},
        {"\n\nElev-ID;Skolkod\n1;2\n", {0, 1, -1}, 3},
        {"\"Elev\n-ID\";Skolkod\n1;2\n", {0, 1, -1}, 1},
    };
    g_autoptr(lkv_fields) fields = fields_of();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(input_file) file =
            input_file_new(state, cases[i].bytes, strlen(cases[i].bytes));
        g_autoptr(lkv_table_file) table = open_table(file, fields);
        assert_quiet(file);
        assert_non_null(table);
        assert_int_equal(table->header_line, cases[i].line);
        for (size_t k = 0; k < WANTS; k++) {
            assert_int_equal(table->wanted[k].column, cases[i].column[k]);
        }
    }
}

/* The study's map rules over every header that would have matched. */
static void test_mapped(void **state)
{
    const lkv_column_map map[] = {{"pupil_id", "Nyckel", {"l.yml", 4, 1, NULL}},
                                  {"sex", NULL, {"l.yml", 5, 1, NULL}}};
    g_autoptr(lkv_fields) fields = fields_of();
    g_autoptr(input_file) file =
        input_file_new(state, TEXT("Elev-ID;Nyckel;Skolkod;Kön\n1;2;3;f\n"));
    file->input.columns = map;
    file->input.column_count = 2;
    g_autoptr(lkv_table_file) table = open_table(file, fields);
    assert_non_null(table);
    assert_int_equal(table->wanted[ID].column, 1);
    assert_int_equal(table->wanted[SEX].column, -1);
    assert_int_equal(table->slot[0], -1);
    assert_string_equal(g_ptr_array_index(table->fields, 1), "pupil_id");
    assert_null(g_ptr_array_index(table->fields, 0));
}

static void test_refusals(void **state)
{
    static const struct {
        const char *bytes, *code;
        long line;
    } cases[] = {
        {"Elev-ID;Kön\n1;f\n", "E-COLUMN-MISSING", 1},
        {"\nElev-ID;Kön\n1;f\n", "E-COLUMN-MISSING", 2},
        {"Elev-ID;Skolkod\n", "E-TABLE-EMPTY", 1},
        {"Elev-ID;Lärare", "E-TABLE-EMPTY", 1},
        {"\nElev-ID;Skolkod;Elev-ID\n1;2;1\n", "E-COLUMN-TWICE", 2},
        {"\"Elev-ID;Skolkod\n1;2\n", "E-DELIMITER", 1},
    };
    g_autoptr(lkv_fields) fields = fields_of();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(input_file) file =
            input_file_new(state, cases[i].bytes, strlen(cases[i].bytes));
        assert_null(open_table(file, fields));
        assert_told(file, cases[i].code, cases[i].line);
    }
}

/* The header is repeated only when it is one: a first row may be a pupil. */
static void test_no_header(void **state)
{
    g_autoptr(lkv_fields) fields = fields_of();
    g_autoptr(input_file) file =
        input_file_new(state, TEXT("Lind, Åsa;12345678;f\nEk, Bo;2;m\n"));
    assert_null(open_table(file, fields));
    assert_int_equal(lkv_diag_size(file->diag), 2);
    g_autofree char *text = lkv_diag_text(file->diag, (lkv_print){0});
    assert_null(strstr(text, "Lind"));
    assert_null(strstr(text, "12345678"));
    assert_non_null(strstr(text, "header row missing"));
}

static void test_mapped_missing(void **state)
{
    const lkv_column_map map[] = {{"sex", "Konn", {"l.yml", 5, 1, NULL}}};
    g_autoptr(lkv_fields) fields = fields_of();
    g_autoptr(input_file) file =
        input_file_new(state, TEXT("Elev-ID;Skolkod;Konn1\n1;3;f\n"));
    file->input.columns = map;
    file->input.column_count = 1;
    assert_null(open_table(file, fields));
    assert_told(file, "E-COLUMN-MISSING", 1);
    const lkv_message *message = lkv_diag_at(file->diag, 0);
    assert_non_null(strstr(message->what, "Konn"));
    assert_non_null(strstr(message->fix, "Konn1"));
    assert_non_null(strstr(message->fix, "l.yml:5"));
}

static void test_too_many_columns(void **state)
{
    GString *bytes = g_string_new("c0");
    for (int i = 1; i <= LKV_COLUMNS; i++) {
        g_string_append_printf(bytes, ";c%d", i);
    }
    g_string_append(bytes, "\n1\n");
    g_autoptr(lkv_fields) fields = fields_of();
    g_autoptr(input_file) file = input_file_new(state, bytes->str, bytes->len);
    assert_null(open_table(file, fields));
    assert_told(file, "E-COLUMNS-LIMIT", 1);
    g_string_free(bytes, TRUE);
}

static void test_long_header(void **state)
{
    GString *bytes = g_string_new("pupil_id;school_id;");
    while (bytes->len <= LKV_BLOCK_BYTES) {
        g_string_append(bytes, "a very long name ");
    }
    g_string_append(bytes, "\n1;2;3\n");
    g_autoptr(lkv_fields) fields = fields_of();
    g_autoptr(input_file) file = input_file_new(state, bytes->str, bytes->len);
    assert_null(open_table(file, fields));
    assert_told(file, "E-RECORD-LIMIT", 1);
    g_string_free(bytes, TRUE);
}

typedef struct lkv_heard {
    long line;
    char *school;
    char *last; /* of the slots behind the wanted ones */
    int records;
    size_t slots;
} lkv_heard;

static bool hear(void *context, const lkv_record *record)
{
    lkv_heard *heard = context;
    g_free(heard->school);
    g_free(heard->last);
    heard->line = record->line;
    heard->school = g_strdup(record->field[SCHOOL].text);
    heard->last = g_strdup(record->field[heard->slots - 1].text);
    heard->records++;
    return true;
}

static void test_rows(void **state)
{
    g_autoptr(lkv_fields) fields = fields_of();
    g_autoptr(input_file) file = input_file_new(
        state, TEXT("Utdrag\n\"Elev\n-ID\";Skolkod;Kön\n1;2;f\n3;4;m\nnote\n"));
    file->input.skip = 1;
    file->input.skip_last = 1;
    g_autoptr(lkv_table_file) table = open_table(file, fields);
    assert_non_null(table);
    lkv_reading reading = lkv_table_reading(table, file->diag);
    lkv_heard heard = {.slots = reading.slots};
    assert_true(lkv_records_read(&reading, table->rows, hear, &heard));
    assert_quiet(file);
    assert_int_equal(heard.records, 2);
    assert_int_equal(heard.line, 5); /* behind a header of two lines */
    assert_string_equal(heard.school, "4");
    g_free(heard.school);
    g_free(heard.last);
}

static bool take(void *context, const char *header, size_t slot)
{
    g_string_append_printf(context, "%s=%zu ", header, slot);
    return strlen(header) == 2;
}

/* Wide: subjects by their header or as the study maps them; where: takes the
 * slots behind theirs.
 */
static void test_wide_and_where(void **state)
{
    static const char *const nine[] = {"9", NULL};
    const lkv_row_filter where[] = {{"stage_year", nine}, {"Grupp", nine}};
    const lkv_column_map subject[] = {{"MA", "Matematik", {0}}};
    g_autoptr(lkv_fields) fields = fields_of();
    g_autoptr(input_file) file =
        input_file_new(state, TEXT("Grupp;Elev-ID;Skolkod;Matematik;EN;Åk\n"
                                   "9;1;2;A;B;9\n9;3;4;A;B;8\n8;3;5;A;B;9\n"));
    file->input.subjects = subject;
    file->input.subject_count = 1;
    file->input.where = where;
    file->input.where_count = 2;
    g_autoptr(GString) taken = g_string_new(NULL);
    const lkv_table_ask ask = {.input = &file->input,
                               .fields = fields,
                               .wanted = wanted,
                               .wants = WANTS,
                               .taker = take,
                               .context = taken};
    g_autoptr(lkv_table_file) table = lkv_table_open(&ask, file->diag);
    assert_non_null(table);
    assert_string_equal(taken->str, "Grupp=3 MA=3 EN=4 Åk=5 ");
    assert_int_equal(table->wants, WANTS + 2);
    assert_int_equal(table->slots, WANTS + 4);
    lkv_reading reading = lkv_table_reading(table, file->diag);
    lkv_heard heard = {.slots = WANTS + 2};
    assert_true(lkv_records_read(&reading, table->rows, hear, &heard));
    assert_int_equal(heard.records, 1);
    assert_string_equal(heard.school, "2");
    assert_string_equal(heard.last, "B");
    assert_int_equal(reading.rows, 1);
    assert_int_equal(reading.passed_over, 2);
    g_free(heard.school);
    g_free(heard.last);
}

static void test_where_of_nothing(void **state)
{
    static const char *const nine[] = {"9", NULL};
    const lkv_row_filter where[] = {{"stage_year", nine}};
    g_autoptr(lkv_fields) fields = fields_of();
    g_autoptr(input_file) file =
        input_file_new(state, TEXT("Elev-ID;Skolkod\n1;2\n"));
    file->input.where = where;
    file->input.where_count = 1;
    assert_null(open_table(file, fields));
    assert_told(file, "E-COLUMN-MISSING", 1);
}

/* Ranges lie end to end, each begins a record, and their lines are right. */
static void test_split(void **state)
{
    GString *bytes = g_string_new("Elev-ID;Skolkod\n");
    for (int i = 0; bytes->len < 10 * LKV_BLOCK_BYTES; i++) {
        g_string_append_printf(bytes, "p%d;\"två\nrader %d\"\n", i, i);
    }
    g_autoptr(lkv_fields) fields = fields_of();
    g_autoptr(input_file) file = input_file_new(state, bytes->str, bytes->len);
    g_autoptr(lkv_table_file) table = open_table(file, fields);
    for (size_t count = 1; count < 9; count++) {
        g_autoptr(GArray) ranges = lkv_table_split(table, count);
        assert_int_equal(ranges->len, count);
        size_t at = table->rows.from;
        uint64_t lines = 1;
        for (guint i = 0; i < ranges->len; i++) {
            lkv_range range = g_array_index(ranges, lkv_range, i);
            assert_int_equal(range.from, at);
            assert_int_equal(range.lines, lines);
            assert_int_equal(bytes->str[at], 'p');
            for (; at < range.to; at++) {
                lines += bytes->str[at] == '\n';
            }
        }
        assert_int_equal(at, table->rows.to);
    }
    g_string_free(bytes, TRUE);
}

static void test_missing(void **state)
{
    (void)state;
    static const char *const missing[] = {"-", "uppgift saknas", NULL};
    const lkv_input some = {.missing = missing};
    const lkv_input none = {.missing = NULL};
    assert_true(lkv_table_missing(&none, ""));
    assert_false(lkv_table_missing(&none, "-"));
    assert_true(lkv_table_missing(&some, ""));
    assert_true(lkv_table_missing(&some, "-"));
    assert_true(lkv_table_missing(&some, "uppgift saknas"));
    assert_false(lkv_table_missing(&some, "Uppgift saknas"));
}

/* Refused over both limits, over half of the rows, or without any. */
static void test_refused(void **state)
{
    (void)state;
    const lkv_inputs limits = {.rejected_rows = 10, .rejected_share = 0.01};
    static const struct {
        int64_t rows, rejected, passed_over;
        const char *code;
    } cases[] = {{100, 0, 0, NULL},
                 {100, 10, 0, NULL},
                 {100, 11, 0, "E-TABLE-REFUSED"},
                 {5000, 11, 0, NULL},
                 {5000, 50, 0, NULL},
                 {5000, 51, 0, "E-TABLE-REFUSED"},
                 {4, 2, 0, NULL},
                 {4, 3, 0, "E-TABLE-REFUSED"},
                 {1, 1, 9, "E-TABLE-REFUSED"},
                 {0, 0, 9, NULL},
                 {0, 0, 0, "E-TABLE-EMPTY"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        const lkv_reading reading = {.name = "elever.csv",
                                     .diag = diag,
                                     .rows = cases[i].rows,
                                     .rejected = cases[i].rejected,
                                     .passed_over = cases[i].passed_over};
        assert_int_equal(lkv_table_refused(&limits, &reading),
                         cases[i].code != NULL);
        assert_true(!cases[i].code || lkv_diag_has(diag, cases[i].code));
        assert_int_equal(lkv_diag_has(diag, "I-ROWS-REJECTED"),
                         cases[i].rejected > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_columns, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_mapped, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_refusals, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_no_header, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_mapped_missing, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_too_many_columns, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_long_header, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_rows, scratch_make, scratch_drop),
        cmocka_unit_test_setup_teardown(test_wide_and_where, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_where_of_nothing, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_split, scratch_make, scratch_drop),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
