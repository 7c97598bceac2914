/* Records: fields, physical lines, what is left out, and that no size of
 * pieces shows.
 */
#include "input_file.h"

#include <stdlib.h>

#include "base/random.h"
#include "ingest/record.h"
#include "ingest/value.h"

enum { SLOTS = 4, STEADY = 2, STOP_AT = 3 };

/* What was read, a line a record: "line/fields:a|b|c|d". */
typedef struct lkv_heard {
    GString *text;
    size_t records, most;
    uint64_t version[STEADY]; /* in the record before, and its texts: */
    char *steady[STEADY];
} lkv_heard;

/* A steady slot of the version it had has the text it had. */
static void hear_version(lkv_heard *heard, const lkv_record *record,
                         size_t slot)
{
    const lkv_field_text *field = &record->field[slot];
    assert_true(field->version > 0);
    if (field->version == heard->version[slot]) {
        assert_string_equal(field->text, heard->steady[slot]);
    }
    g_free(heard->steady[slot]);
    heard->steady[slot] = g_strdup(field->text);
    heard->version[slot] = field->version;
}

static void forget(lkv_heard *heard)
{
    for (size_t i = 0; i < STEADY; i++) {
        heard->version[i] = 0;
        g_clear_pointer(&heard->steady[i], g_free);
    }
}

static bool hear(void *context, const lkv_record *record)
{
    lkv_heard *heard = context;
    g_string_append_printf(heard->text, "%ld/%zu:", record->line,
                           record->fields);
    for (size_t i = 0; i < SLOTS; i++) {
        assert_int_equal(strlen(record->field[i].text),
                         record->field[i].length);
        g_string_append_printf(heard->text, "%s%s", i ? "|" : "",
                               record->field[i].text);
        assert_false(record->plain &&
                     lkv_value_invisible(record->field[i].text));
    }
    for (size_t i = 0; i < STEADY; i++) {
        hear_version(heard, record, i);
    }
    g_string_append_c(heard->text, '\n');
    heard->records++;
    return heard->records != heard->most;
}

static const int16_t slot[SLOTS] = {0, 1, 2, 3};

/* Reads FROM to TO of a file as ';' with COLUMNS columns; 0 = any. */
static bool read_part(input_file *file, const lkv_scan *scan, lkv_range range,
                      lkv_reading *counts, lkv_heard *heard)
{
    lkv_reading reading = {.scan = scan,
                           .name = "elever.csv",
                           .delimiter = ';',
                           .columns = counts->columns,
                           .slot = slot,
                           .slots = SLOTS,
                           .steady = STEADY,
                           .test = counts->test,
                           .tests = counts->tests,
                           .diag = file->diag,
                           .stop = counts->stop};
    bool read = lkv_records_read(&reading, range, hear, heard);
    forget(heard);
    counts->rows += reading.rows;
    counts->rejected += reading.rejected;
    counts->passed_over += reading.passed_over;
    counts->quote_fault |= reading.quote_fault;
    return read;
}

static char *read_all(input_file *file, lkv_reading *counts, bool *read)
{
    lkv_heard heard = {.text = g_string_new(NULL)};
    g_autoptr(lkv_scan) scan = lkv_scan_file(&file->input, NULL, file->diag);
    assert_non_null(scan);
    *read = read_part(file, scan,
                      (lkv_range){.from = scan->start, .to = scan->bytes},
                      counts, &heard);
    return g_string_free(heard.text, FALSE);
}

static void test_sound(void **state)
{
    static const struct {
        const char *bytes, *heard;
    } cases[] = {
        {"a;b\nc;d\n", "1/2:a|b||\n2/2:c|d||\n"},
        {"a;b\nc;d", "1/2:a|b||\n2/2:c|d||\n"},
        {"a;b\r\nc;d\r\n", "1/2:a|b||\n2/2:c|d||\n"},
        {"a;b\rc;d\r", "1/2:a|b||\n2/2:c|d||\n"},
        {"a;b\rc;d", "1/2:a|b||\n2/2:c|d||\n"},
        {"\xef\xbb\xbf"
         "a;b\n",
         "1/2:a|b||\n"},
        {" a ;\xc2\xa0"
         "b \n",
         "1/2:a|b||\n"},
        {"\"a;b\";\"c\"\"d\"\n", "1/2:a;b|c\"d||\n"},
        {"\"\";\n", "1/2:|||\n"},
        {";;\n", "1/3:|||\n"},
        {"a;b;c;d;e;f\n", "1/6:a|b|c|d\n"},
        /* blank lines are no records, and count as lines */
        {"a;b\n\n\nc;d\n", "1/2:a|b||\n4/2:c|d||\n"},
        {"a;b\r\n\r\nc;d\r\n", "1/2:a|b||\n3/2:c|d||\n"},
        {"a;b\r\rc;d\r", "1/2:a|b||\n3/2:c|d||\n"},
        {"a;b\n  \n\t\nc;d\n", "1/2:a|b||\n4/2:c|d||\n"},
        {"a;b\n\n\n\n\n\n\n\n\n\n\n\n\n\nc;d\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
         "1/2:a|b||\n15/2:c|d||\n"},
        /* the line of a record is the one it begins on */
        {"\"a\nb\";c\nd;e\n", "1/2:a\nb|c||\n3/2:d|e||\n"},
        {"\"a\r\nb\";c\r\nd;e\r\n", "1/2:a\r\nb|c||\n3/2:d|e||\n"},
        {"\"a\rb\";c\rd;e\r", "1/2:a\rb|c||\n3/2:d|e||\n"},
        {"\"\n\n\";c\nd;e\n", "1/2:|c||\n4/2:d|e||\n"},
        {"\"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\";c\nd;e\n",
         "1/2:1\n2\n3\n4\n5\n6\n7\n8\n9\n10|c||\n11/2:d|e||\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(input_file) file =
            input_file_new(state, cases[i].bytes, strlen(cases[i].bytes));
        lkv_reading counts = {.columns = 0};
        bool read = false;
        g_autofree char *text = read_all(file, &counts, &read);
        assert_quiet(file);
        assert_true(read);
        assert_string_equal(text, cases[i].heard);
        assert_int_equal(counts.rejected, 0);
        assert_false(counts.quote_fault);
    }
}

static bool hear_numbers(void *context, const lkv_record *record)
{
    GArray *versions = context;
    g_array_append_val(versions, record->field[0].version);
    return true;
}

/* What a steady slot holds keeps its version while it stays, over rows that are
 * left out too, and gets another when it changes, even to what it was before.
 */
static void test_versions(void **state)
{
    static const char bytes[] = "E1;a\nE1;b\nE1;c;d\n E1;a\nE2;a\nE1;a\n";
    g_autoptr(input_file) file = input_file_new(state, bytes, strlen(bytes));
    g_autoptr(lkv_scan) scan = lkv_scan_file(&file->input, NULL, file->diag);
    g_autoptr(GArray) versions = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    lkv_reading reading = {.scan = scan,
                           .name = "elever.csv",
                           .delimiter = ';',
                           .columns = 2,
                           .slot = slot,
                           .slots = 2,
                           .steady = 1,
                           .diag = file->diag};
    assert_true(lkv_records_read(&reading, (lkv_range){.to = scan->bytes},
                                 hear_numbers, versions));
    assert_int_equal(reading.rejected, 1);
    assert_int_equal(versions->len, 5);
    const uint64_t *version = (const uint64_t *)(void *)versions->data;
    assert_true(version[0] == version[1]);
    assert_true(version[3] != version[2]);
    assert_true(version[4] != version[3] && version[4] != version[0]);
}

/* Rows that are left out: the others are read, and all are counted. */
static void test_rejected(void **state)
{
    static const struct {
        const char *bytes, *heard, *code;
        long line;
        int64_t rows;
    } cases[] = {
        {"a;b\nc\nd;e\n", "1/2:a|b||\n3/2:d|e||\n", "W-ROW-FIELDS", 2, 3},
        {"a;b\n1;2;3\nd;e\n", "1/2:a|b||\n3/2:d|e||\n", "W-ROW-FIELDS", 2, 3},
        {"a;b\n\"c\"x;d\ne;f\n", "1/2:a|b||\n3/2:e|f||\n", "W-ROW-QUOTE", 2, 3},
        {"a;b\nc\"d;e\nf;g\n", "1/2:a|b||\n3/2:f|g||\n", "W-ROW-QUOTE", 2, 3},
        {"a;b\rc\"d;e\rf;g\r", "1/2:a|b||\n3/2:f|g||\n", "W-ROW-QUOTE", 2, 3},
        {"a;b\n\"c\"x;d", "1/2:a|b||\n", "W-ROW-QUOTE", 2, 2},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(input_file) file =
            input_file_new(state, cases[i].bytes, strlen(cases[i].bytes));
        lkv_reading counts = {.columns = 2};
        bool read = false;
        g_autofree char *text = read_all(file, &counts, &read);
        assert_true(read);
        assert_string_equal(text, cases[i].heard);
        assert_told(file, cases[i].code, cases[i].line);
        assert_int_equal(counts.rows, cases[i].rows);
        assert_int_equal(counts.rejected, 1);
        assert_int_equal(counts.quote_fault,
                         strcmp(cases[i].code, "W-ROW-QUOTE") == 0);
    }
}

/* A quote that swallows rows is named where it is opened. */
static void test_open_quotes(void **state)
{
    static const struct {
        const char *bytes;
        long line;
    } cases[] = {
        {"a;b\n\"c;d\ne;f\n", 2},
        {"a;b\n\nc;\"d\ne;f\n", 3},
        {"a;b\n\"c;d\ne;\"f\"\ng;h\n", 2},
        {"a;b\n\"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\";c\n", 2},
        {"a;b\r\"c;d\re;f\r", 2},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(input_file) file =
            input_file_new(state, cases[i].bytes, strlen(cases[i].bytes));
        lkv_reading counts = {.columns = 2};
        bool read = true;
        g_autofree char *text = read_all(file, &counts, &read);
        assert_false(read);
        assert_string_equal(text, "1/2:a|b||\n");
        assert_told(file, "E-QUOTE-OPEN", cases[i].line);
        assert_true(counts.quote_fault);
    }
}

static void append_times(GString *out, const char *text, size_t bytes)
{
    size_t end = out->len + bytes;
    while (out->len < end) {
        g_string_append(out, text);
    }
}

static void test_limits(void **state)
{
    GString *bytes = g_string_new("a;b\n");
    append_times(bytes, "x", LKV_FIELD_BYTES);
    g_string_append(bytes, ";1\n");
    append_times(bytes, "x", LKV_FIELD_BYTES + 1);
    g_string_append(bytes, ";2\nc;d\n");
    g_autoptr(input_file) file = input_file_new(state, bytes->str, bytes->len);
    lkv_reading counts = {.columns = 2};
    bool read = false;
    g_autofree char *text = read_all(file, &counts, &read);
    assert_true(read);
    assert_told(file, "W-ROW-LIMIT", 3);
    assert_int_equal(counts.rejected, 1);
    assert_int_equal(counts.rows, 4);
    assert_true(g_str_has_suffix(text, "|1||\n4/2:c|d||\n"));
    g_string_free(bytes, TRUE);
}

static void test_record_limit(void **state)
{
    GString *bytes = g_string_new("a;b\n");
    append_times(bytes, "x;", LKV_RECORD_BYTES + 8);
    g_string_append(bytes, "\nc;d\n");
    g_autoptr(input_file) file = input_file_new(state, bytes->str, bytes->len);
    lkv_reading counts = {.columns = 2};
    bool read = true;
    g_autofree char *text = read_all(file, &counts, &read);
    (void)text;
    assert_false(read);
    assert_told(file, "E-RECORD-LIMIT", 2);
    g_string_free(bytes, TRUE);
}

/* Rows of other schools are no rows of ours: neither counted nor rejected. */
static void test_tests(void **state)
{
    static const char *const nine[] = {"9", "9A", NULL};
    static const char *const girls[] = {"f", NULL};
    const lkv_row_test test[] = {{0, nine}, {1, girls}};
    g_autoptr(input_file) file =
        input_file_new(state, TEXT("9;f\n8;f\n 9 ;m\n9A;f\n\"9\";\"f\"\n9\n"));
    lkv_reading counts = {.columns = 2, .test = test, .tests = 2};
    bool read = false;
    g_autofree char *text = read_all(file, &counts, &read);
    assert_true(read);
    assert_string_equal(text, "1/2:9|f||\n4/2:9A|f||\n5/2:9|f||\n");
    assert_told(file, "W-ROW-FIELDS", 6);
    assert_int_equal(counts.rows, 4);
    assert_int_equal(counts.rejected, 1);
    assert_int_equal(counts.passed_over, 2);
}

static bool keep_lost(void *context, const lkv_record *record)
{
    g_string_append_printf(context, "%ld:%s;", record->line,
                           record->field[0].text);
    return true;
}

/* What is lost is still told; the sink may stop. */
static void test_lost_and_stop(void **state)
{
    g_autoptr(input_file) file =
        input_file_new(state, TEXT("a;b\nc\nd;\"e\"x\nf;g\nh;i\n"));
    g_autoptr(lkv_scan) scan = lkv_scan_file(&file->input, NULL, file->diag);
    g_autoptr(GString) lost = g_string_new(NULL);
    lkv_heard heard = {.text = g_string_new(NULL), .most = 2};
    lkv_reading reading = {.scan = scan,
                           .name = "elever.csv",
                           .delimiter = ';',
                           .columns = 2,
                           .slot = slot,
                           .slots = 2,
                           .diag = file->diag,
                           .lost = keep_lost,
                           .lost_context = lost};
    reading.slots = SLOTS;
    assert_true(lkv_records_read(&reading, (lkv_range){.to = scan->bytes}, hear,
                                 &heard));
    forget(&heard);
    assert_string_equal(lost->str, "2:c;3:d;");
    assert_string_equal(heard.text->str, "1/2:a|b||\n4/2:f|g||\n");
    assert_int_equal(reading.rows, 4);
    g_string_free(heard.text, TRUE);
}

static void append_random(GString *out, lkv_stream *stream)
{
    static const char *const pieces[] = {
        "a",          "bb", ";",  ";",  "\"\r\"", "\xc2\xad", "\t",   "\"x;y\"",
        "\"l\r\nm\"", "å",  "\n", "\n", " ",      "\"\"\"\"", "\r\n", "\n\n"};
    size_t at = lkv_stream_below(stream, G_N_ELEMENTS(pieces));
    bool quoted = pieces[at][0] == '"';
    char last = out->len ? out->str[out->len - 1] : '\n';
    if (quoted && last != ';' && last != '\n') {
        g_string_append_c(out, ';');
    }
    g_string_append(out, pieces[at]);
    if (quoted) {
        g_string_append_c(out, ';');
    }
}

/* A file of three blocks whose records lie over their ends, read whole and in
 * two ranges: the same records, lines and counts.
 */
static void test_ranges(void **state)
{
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 7});
    GString *bytes = g_string_new(NULL);
    while (bytes->len < 3 * LKV_BLOCK_BYTES) {
        append_random(bytes, &stream);
    }
    g_string_append_c(bytes, '\n');
    g_autoptr(input_file) file = input_file_new(state, bytes->str, bytes->len);
    g_autoptr(lkv_scan) scan = lkv_scan_file(&file->input, NULL, file->diag);
    lkv_reading whole = {.columns = 0};
    lkv_heard all = {.text = g_string_new(NULL)};
    lkv_range range = {.to = scan->bytes};
    assert_true(read_part(file, scan, range, &whole, &all));
    assert_quiet(file);
    assert_true(all.records > 10000);
    uint64_t quotes = 0, lines = 0, cuts = 0;
    for (size_t at = 0; at + 1 < bytes->len; at++) {
        quotes += bytes->str[at] == '"';
        lines += bytes->str[at] == '\n';
        bool near = at % LKV_BLOCK_BYTES < 20 ||
                    at % LKV_BLOCK_BYTES > LKV_BLOCK_BYTES - 20;
        if (!near || bytes->str[at] != '\n' || quotes % 2 == 1) {
            continue;
        }
        lkv_heard parts = {.text = g_string_new(NULL)};
        lkv_reading counts = {.columns = 0};
        lkv_range second = {at + 1, scan->bytes, lines};
        range.to = at + 1;
        assert_true(read_part(file, scan, range, &counts, &parts));
        assert_true(read_part(file, scan, second, &counts, &parts));
        assert_true(strcmp(parts.text->str, all.text->str) == 0);
        assert_int_equal(counts.rows, whole.rows);
        g_string_free(parts.text, TRUE);
        cuts++;
    }
    assert_true(cuts > 5);
    g_string_free(all.text, TRUE);
    g_string_free(bytes, TRUE);
}

/* Each line says its number, but for blank ones; fields of quotes stand in some
 * blocks only, so that lines are fed one by one and together.
 */
static GString *numbered_lines(lkv_stream *stream)
{
    GString *bytes = g_string_new(NULL);
    for (long line = 1; bytes->len < 12 * LKV_BLOCK_BYTES; line++) {
        size_t block = bytes->len / LKV_BLOCK_BYTES;
        uint64_t odd = lkv_stream_below(stream, 2000);
        const char *end = lkv_stream_below(stream, 2) ? "\r\n" : "\n";
        if (odd < block % 3) {
            g_string_append(bytes, odd == 0 ? " \n" : "\n");
        } else {
            g_string_append_printf(
                bytes, block % 4 == 3 ? "%ld;\"x\"%s" : "%ld;x%s", line, end);
        }
    }
    return bytes;
}

static bool hear_number(void *context, const lkv_record *record)
{
    long *records = context;
    assert_int_equal(record->line, strtol(record->field[0].text, NULL, 10));
    assert_int_equal(record->fields, 2);
    assert_string_equal(record->field[1].text, "x");
    (*records)++;
    return true;
}

static void test_lines(void **state)
{
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 11});
    GString *bytes = numbered_lines(&stream);
    g_autoptr(input_file) file = input_file_new(state, bytes->str, bytes->len);
    g_autoptr(lkv_scan) scan = lkv_scan_file(&file->input, NULL, file->diag);
    long records = 0;
    lkv_reading reading = {.scan = scan,
                           .name = "elever.csv",
                           .delimiter = ';',
                           .columns = 2,
                           .slot = slot,
                           .slots = SLOTS,
                           .diag = file->diag};
    assert_true(lkv_records_read(&reading, (lkv_range){.to = scan->bytes},
                                 hear_number, &records));
    assert_quiet(file);
    assert_true(records > 80000);
    assert_int_equal(reading.rows, records);
    g_string_free(bytes, TRUE);
}

static bool ask_to_stop(void *context, const lkv_record *record)
{
    (void)record;
    lkv_stop_ask(context);
    return true;
}

/* A reading that is stopped ends with its block, and says nothing. */
static void test_stopped(void **state)
{
    GString *bytes = g_string_new(NULL);
    while (bytes->len < 3 * LKV_BLOCK_BYTES) {
        g_string_append(bytes, "a;b;c;d\n");
    }
    g_autoptr(input_file) file = input_file_new(state, bytes->str, bytes->len);
    g_autoptr(lkv_scan) scan = lkv_scan_file(&file->input, NULL, file->diag);
    lkv_stop stop = {.asked = false};
    lkv_reading reading = {.scan = scan,
                           .name = "elever.csv",
                           .delimiter = ';',
                           .slots = SLOTS,
                           .diag = file->diag,
                           .stop = &stop};
    const lkv_range range = {.to = scan->bytes};
    assert_false(lkv_records_read(&reading, range, ask_to_stop, &stop));
    assert_int_equal(reading.rows, LKV_BLOCK_BYTES / strlen("a;b;c;d\n"));
    assert_quiet(file);
    assert_null(lkv_scan_file(&file->input, &stop, file->diag));
    assert_quiet(file);
    g_string_free(bytes, TRUE);
}

/* TEXT of a hearing with every line number lower by one. */
static char *line_earlier(const char *text)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) records = g_strsplit(text, "/2:", -1);
    for (size_t i = 0; records[i]; i++) {
        char *line = strrchr(records[i], '\n');
        line = line ? line + 1 : records[i];
        long number = atol(line);
        *line = '\0';
        g_string_append(out, records[i]);
        if (records[i + 1]) {
            g_string_append_printf(out, "%ld/2:", number - 1);
        }
    }
    return g_string_free(out, FALSE);
}

/* Records behind a line of blanks, so that each of their bytes in turn lies at
 * the end of a block.
 */
static void test_block_ends(void **state)
{
    static const char *const tails[] = {
        "a;b\r\nc;d\r\n\"e\r\n\";f\r\ng;h\r\n",
        "\"x\"\"y\";\"z\"\n\n\nå;\xc2\xa0 b\nc;d\n"};
    for (size_t t = 0; t < G_N_ELEMENTS(tails); t++) {
        lkv_reading counts = {.columns = 2};
        bool read = false;
        g_autoptr(input_file) alone =
            input_file_new(state, tails[t], strlen(tails[t]));
        g_autofree char *wanted = read_all(alone, &counts, &read);
        for (size_t back = 0; back <= strlen(tails[t]); back++) {
            GString *bytes = g_string_new(NULL);
            append_times(bytes, " ", LKV_BLOCK_BYTES - back - 1);
            g_string_append_c(bytes, '\n');
            g_string_append(bytes, tails[t]);
            g_autoptr(input_file) file =
                input_file_new(state, bytes->str, bytes->len);
            g_autofree char *text = read_all(file, &counts, &read);
            g_autofree char *earlier = line_earlier(text);
            assert_quiet(file);
            assert_string_equal(earlier, wanted);
            g_string_free(bytes, TRUE);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sound, scratch_make, scratch_drop),
        cmocka_unit_test_setup_teardown(test_versions, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_rejected, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_open_quotes, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_limits, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_record_limit, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_tests, scratch_make, scratch_drop),
        cmocka_unit_test_setup_teardown(test_lost_and_stop, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_ranges, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_lines, scratch_make, scratch_drop),
        cmocka_unit_test_setup_teardown(test_stopped, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_block_ends, scratch_make,
                                        scratch_drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
