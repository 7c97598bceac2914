/* What a file is, before it is parsed. */
#include "input_file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

static void test_encodings(void **state)
{
    static const struct {
        const char *bytes, *stated;
        lkv_encoding encoding;
        size_t start;
    } cases[] = {
        {"a;b\n1;2\n", NULL, LKV_UTF8, 0},
        {"a;b\n1;\xc3\xa5\n", NULL, LKV_UTF8, 0},
        {"\xef\xbb\xbf"
         "a;b\n1;\xc3\xa5\n",
         NULL, LKV_UTF8, 3},
        {"a;b\n1;\xe5\n", NULL, LKV_WINDOWS_1252, 0},
        {"a;b\n1;\x80\n", NULL, LKV_WINDOWS_1252, 0},
        {"a;b\n1;2\n", "windows-1252", LKV_WINDOWS_1252, 0},
        {"a;b\n1;\xe5\n", "windows-1252", LKV_WINDOWS_1252, 0},
        {"a;b\n1;\xc3\xa5\n", "utf-8", LKV_UTF8, 0},
        {"a;b\n1;\xe5", NULL, LKV_WINDOWS_1252, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(input_file) file =
            input_file_new(state, cases[i].bytes, strlen(cases[i].bytes));
        file->input.encoding = cases[i].stated;
        g_autoptr(lkv_scan) scan =
            lkv_scan_file(&file->input, NULL, file->diag);
        assert_quiet(file);
        assert_non_null(scan);
        assert_int_equal(scan->encoding, cases[i].encoding);
        assert_int_equal(scan->start, cases[i].start);
        assert_int_equal(scan->bytes, strlen(cases[i].bytes));
    }
}

static void test_refusals(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *stated, *code;
        long line;
    } cases[] = {
        {TEXT(""), NULL, "E-TABLE-EMPTY", 0},
        {TEXT("PK\003\004rest"), NULL, "E-FILE-FORMAT", 1},
        {TEXT("\xD0\xCF\x11\xE0\xA1\xB1"), NULL, "E-FILE-FORMAT", 1},
        {TEXT("%PDF-1.4"), NULL, "E-FILE-FORMAT", 1},
        {TEXT("<?xml version='1.0'?>"), NULL, "E-FILE-FORMAT", 1},
        {TEXT("\xFF\xFE"
              "a\0"),
         NULL, "E-FILE-FORMAT", 1},
        {TEXT("\xFE\xFF\0a"), NULL, "E-FILE-FORMAT", 1},
        {TEXT("a;b\n1;2\n3;\0\n"), NULL, "E-FILE-NUL", 3},
        {TEXT("a;b\r1;2\r3;\0\r"), NULL, "E-FILE-NUL", 3},
        {TEXT("a;b\r\n1;2\r\n3;\0\r\n"), NULL, "E-FILE-NUL", 3},
        /* UTF-8 and windows-1252 in one file: the first broken line */
        {TEXT("a;b\n\xc3\xa5;2\n3;4\n\xe5;5\n"), NULL, "E-ENCODING-MIXED", 4},
        {TEXT("a;b\r\xc3\xa5;2\r3;4\r\xe5;5\r"), NULL, "E-ENCODING-MIXED", 4},
        {TEXT("\xef\xbb\xbf"
              "a;b\n\xe5;2\n"),
         NULL, "E-ENCODING-MIXED", 2},
        {TEXT("a;b\n1;\x81\n"), NULL, "E-ENCODING-MIXED", 2},
        {TEXT("a;b\n1;2\n3;\xe5\n"), "utf-8", "E-ENCODING-OTHER", 3},
        {TEXT("a;b\n1;\xc3\xa5\n"), "windows-1252", "E-ENCODING-OTHER", 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(input_file) file =
            input_file_new(state, cases[i].bytes, cases[i].size);
        file->input.encoding = cases[i].stated;
        assert_null(lkv_scan_file(&file->input, NULL, file->diag));
        assert_told(file, cases[i].code, cases[i].line);
        assert_int_equal(lkv_diag_fault(file->diag), LKV_FAULT_DATA);
    }
}

static void test_no_file(void **state)
{
    g_autoptr(input_file) file = input_file_new(state, TEXT("a"));
    g_autofree char *pipe_path = scratch_path(state, "pipe");
    g_autofree char *none = scratch_path(state, "none.csv");
    assert_int_equal(mkfifo(pipe_path, 0600), 0);
    const struct {
        const char *path, *code;
    } cases[] = {{none, "E-FILE-MISSING"},
                 {*state, "E-FILE-FOLDER"},
                 {pipe_path, "E-FILE-SPECIAL"},
                 {"/dev/null", "E-FILE-SPECIAL"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        file->input.path = cases[i].path;
        assert_null(lkv_scan_file(&file->input, NULL, diag));
        assert_int_equal(lkv_diag_size(diag), 1);
        assert_string_equal(lkv_diag_at(diag, 0)->code, cases[i].code);
        assert_int_equal(lkv_diag_fault(diag), LKV_FAULT_INPUT);
    }
}

static void test_line_ends(void **state)
{
    static const struct {
        const char *bytes;
        char end;
    } cases[] = {{"a\nb\n", '\n'},
                 {"a\r\nb\r\n", '\n'},
                 {"a\rb\r", '\r'},
                 {"a\rb\n", '\n'},
                 {"a", '\n'}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(input_file) file =
            input_file_new(state, cases[i].bytes, strlen(cases[i].bytes));
        g_autoptr(lkv_scan) scan =
            lkv_scan_file(&file->input, NULL, file->diag);
        assert_non_null(scan);
        assert_int_equal(scan->line_end, cases[i].end);
    }
}

/* Marks, head and hash of a file of several blocks; a character of several
 * bytes lies over the end of a block.
 */
static void test_blocks(void **state)
{
    GString *bytes = g_string_new("a;b\n");
    while (bytes->len < LKV_BLOCK_BYTES - 1) {
        g_string_append_c(bytes, 'x');
    }
    g_string_append(bytes, "\xc3\xa5\n\"q\"\n");
    while (bytes->len < 2 * LKV_BLOCK_BYTES + 100) {
        g_string_append(bytes, "1;2\n");
    }
    uint64_t lines = 0;
    for (size_t i = 0; i < 2 * LKV_BLOCK_BYTES; i++) {
        lines += bytes->str[i] == '\n';
    }
    g_autoptr(input_file) file = input_file_new(state, bytes->str, bytes->len);
    g_autoptr(lkv_scan) scan = lkv_scan_file(&file->input, NULL, file->diag);
    assert_non_null(scan);
    assert_int_equal(scan->encoding, LKV_UTF8);
    assert_int_equal(scan->head_bytes, LKV_BLOCK_BYTES);
    assert_int_equal(scan->marks->len, 3);
    const lkv_block_mark *mark =
        (const lkv_block_mark *)(const void *)scan->marks->data;
    assert_int_equal(mark[0].quotes + mark[0].lines, 0);
    assert_int_equal(mark[1].quotes, 0);
    assert_int_equal(mark[1].lines, 1);
    assert_int_equal(mark[2].quotes, 2);
    assert_int_equal(mark[2].lines, lines);
    lkv_hash hash = lkv_hash_of(bytes->str, bytes->len);
    assert_memory_equal(&hash, &scan->hash, sizeof hash);
    char part[8];
    assert_int_equal(lkv_scan_read(scan, bytes->len - 4, part, 8), 4);
    assert_memory_equal(part, "1;2\n", 4);
    assert_int_equal(lkv_scan_read(scan, bytes->len, part, 8), 0);
    g_string_free(bytes, TRUE);
}

/* A scan made ahead says nothing before it is taken, and then what one made in
 * its turn says; the next time the file is scanned again.
 */
static void test_ahead(void **state)
{
    static const char *const cases[] = {"a;b\n1;2\n", "%PDF-1.4"};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        bool sound = i == 0;
        g_autoptr(input_file) file =
            input_file_new(state, cases[i], strlen(cases[i]));
        lkv_scanned ahead = lkv_scan_ahead(&file->input, NULL);
        assert_quiet(file);
        for (int again = 0; again < 2; again++) {
            g_autoptr(lkv_diag) diag = lkv_diag_new();
            g_autoptr(lkv_scan) scan =
                lkv_scan_take(&ahead, &file->input, NULL, diag);
            assert_int_equal(scan != NULL, sound);
            assert_int_equal(lkv_diag_has(diag, "E-FILE-FORMAT"), !sound);
            assert_null(ahead.scan);
            assert_null(ahead.said);
        }
        lkv_scanned left = lkv_scan_ahead(&file->input, NULL);
        lkv_scanned_clear(&left);
        assert_null(left.said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_encodings, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_refusals, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_no_file, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_line_ends, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_blocks, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_ahead, scratch_make, scratch_drop),
    };
    if (!lkv_hash_start()) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
