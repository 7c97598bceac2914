/* Delimiter, header and last row. */
#include "input_file.h"

#include "ingest/dialect.h"

static void test_delimiters(void **state)
{
    static const struct {
        const char *bytes;
        char stated, found;
    } cases[] = {
        {"id;sex\n1;f\n", 0, ';'},
        {"id,sex\n1,f\n", 0, ','},
        {"id\tsex\n1\tf\n", 0, '\t'},
        {"id|sex\n1|f\n", 0, '|'},
        {"id;sex\r\n1;f\r\n", 0, ';'},
        {"id;sex\r1;f\r", 0, ';'},
        /* every row has more commas than semicolons */
        {"school;merit;gap\n1;221,5;10,25\n2;230,0;9,50\n", 0, ';'},
        {"name,no\n\"a;b;c\",1\n\"d;e;f\",2\n", 0, ','},
        {"a;b;c\n", 0, ';'}, /* a header alone */
        {"sep=,\nid;x,sex\n1,f\n", 0, ','},
        {"SEP=|\r\nid|sex\r\n1|f\r\n", 0, '|'},
        {"id;sex\n1;f\n", ';', ';'},
        /* one column: nothing contradicts what the study says */
        {"id\n1\n", ';', ';'},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(input_file) file =
            input_file_new(state, cases[i].bytes, strlen(cases[i].bytes));
        file->input.delimiter = cases[i].stated;
        g_autoptr(lkv_scan) scan =
            lkv_scan_file(&file->input, NULL, file->diag);
        assert_int_equal(lkv_dialect_delimiter(scan, &file->input, file->diag),
                         cases[i].found);
        assert_quiet(file);
    }
}

static void test_no_delimiter(void **state)
{
    static const struct {
        const char *bytes;
        char stated;
        unsigned skip;
        const char *code;
        long line;
    } cases[] = {
        {"id\n1\n", 0, 0, "E-DELIMITER", 1},
        {"Utdrag 2025\n\nid\n1\n", 0, 1, "E-DELIMITER", 3},
        {"id;sex\n1;f\n", ',', 0, "E-DELIMITER", 1},
        {"\n\n", 0, 0, "E-TABLE-HEADER", 1},
        {"one line\n", 0, 1, "E-TABLE-HEADER", 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(input_file) file =
            input_file_new(state, cases[i].bytes, strlen(cases[i].bytes));
        file->input.delimiter = cases[i].stated;
        file->input.skip = cases[i].skip;
        g_autoptr(lkv_scan) scan =
            lkv_scan_file(&file->input, NULL, file->diag);
        assert_int_equal(lkv_dialect_delimiter(scan, &file->input, file->diag),
                         '\0');
        assert_told(file, cases[i].code, cases[i].line);
    }
}

/* The header as text, and the lines before it. */
static void test_headers(void **state)
{
    static const struct {
        const char *bytes;
        unsigned skip;
        const char *header;
        uint64_t lines;
    } cases[] = {
        {"id;sex\n1;f\n", 0, "id;sex\n", 0},
        {"\xef\xbb\xbfid;sex\n1;f\n", 0, "id;sex\n", 0},
        {"id;sex", 0, "id;sex", 0},
        {"sep=;\nid;sex\n1;f\n", 0, "id;sex\n", 1},
        {"Utdrag\nLäsår 2025\nid;sex\n1;f\n", 2, "id;sex\n", 2},
        {"Utdrag\n\nid;sex\n1;f\n", 1, "id;sex\n", 2},
        {"\r\n\r\nid;sex\r\n", 0, "id;sex\r\n", 2},
        {"id;\"a\nb\";c\n1;2;3\n", 0, "id;\"a\nb\";c\n", 0},
        {"\"a\nb\";\"c\n\nd\";e\n1;2;3\n", 0, "\"a\nb\";\"c\n\nd\";e\n", 0},
        {"\"a \"\"x\"\"\";b\n1;2\n", 0, "\"a \"\"x\"\"\";b\n", 0},
        {"id;sex\r1;f\r", 0, "id;sex\r", 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(input_file) file =
            input_file_new(state, cases[i].bytes, strlen(cases[i].bytes));
        file->input.skip = cases[i].skip;
        g_autoptr(lkv_scan) scan =
            lkv_scan_file(&file->input, NULL, file->diag);
        lkv_range range = lkv_dialect_header(scan, &file->input);
        g_autofree char *header =
            g_strndup(cases[i].bytes + range.from, range.to - range.from);
        assert_string_equal(header, cases[i].header);
        assert_int_equal(range.lines, cases[i].lines);
    }
}

static void test_ends(void **state)
{
    static const struct {
        const char *bytes;
        unsigned skip_last;
        const char *note; /* what is left out */
    } cases[] = {
        {"id;sex\n1;f\n", 0, ""},
        {"id;sex\n1;f\nKälla: SCB\n", 1, "Källa: SCB\n"},
        {"id;sex\n1;f\nKälla: SCB", 1, "Källa: SCB"},
        {"id;sex\n1;f\n\nKälla: SCB\n", 2, "\nKälla: SCB\n"},
        {"id;sex\r1;f\rnote\r", 1, "note\r"},
        {"id;sex\n", 9, "id;sex\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(input_file) file =
            input_file_new(state, cases[i].bytes, strlen(cases[i].bytes));
        file->input.skip_last = cases[i].skip_last;
        g_autoptr(lkv_scan) scan =
            lkv_scan_file(&file->input, NULL, file->diag);
        size_t end = lkv_dialect_end(scan, &file->input);
        assert_string_equal(cases[i].bytes + end, cases[i].note);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_delimiters, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_no_delimiter, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_headers, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_ends, scratch_make, scratch_drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
