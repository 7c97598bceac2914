#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"
#include "unit/base/scratch.h"

static void test_read(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
    } cases[] = {{"", 0}, {"abc\n", 4}, {"a\0b", 3}};
    g_autofree char *path = scratch_path(state, "file");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        assert_true(g_file_set_contents(path, cases[i].bytes,
                                        (gssize)cases[i].size, NULL));
        size_t size = 99;
        g_autofree char *read = lkv_file_read(path, 4, &size, diag);
        assert_non_null(read);
        assert_int_equal(size, cases[i].size);
        assert_memory_equal(read, cases[i].bytes, size);
        assert_int_equal(read[size], '\0');
        assert_int_equal(lkv_diag_size(diag), 0);
    }
}

static void refused(const char *path, size_t limit, const char *code)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    size_t size = 0;
    assert_null(lkv_file_read(path, limit, &size, diag));
    assert_int_equal(lkv_diag_size(diag), 1);
    assert_string_equal(lkv_diag_at(diag, 0)->code, code);
    assert_string_equal(lkv_diag_at(diag, 0)->file, path);
    assert_int_equal(lkv_diag_fault(diag), LKV_FAULT_INPUT);
}

static void test_refused(void **state)
{
    g_autofree char *none = scratch_path(state, "none");
    g_autofree char *below = scratch_path(state, "none/below");
    g_autofree char *pipe_path = scratch_path(state, "pipe");
    g_autofree char *large = scratch_path(state, "large");
    g_autofree char *shut = scratch_path(state, "shut");
    assert_int_equal(mkfifo(pipe_path, 0600), 0);
    assert_true(g_file_set_contents(large, "12345", 5, NULL));
    assert_true(g_file_set_contents(shut, "12345", 5, NULL));
    assert_int_equal(chmod(shut, 0), 0);
    refused(none, 0, "E-FILE-MISSING");
    refused(below, 0, "E-FILE-MISSING");
    refused(*state, 0, "E-FILE-FOLDER");
    refused(pipe_path, 0, "E-FILE-SPECIAL");
    refused("/dev/null", 0, "E-FILE-SPECIAL");
    refused(large, 4, "E-FILE-LARGE");
    if (geteuid() != 0) {
        refused(shut, 0, "E-FILE-UNREADABLE");
    }
}

static void test_paths(void **state)
{
    (void)state;
    static const struct {
        const char *file, *path, *beside;
    } cases[] = {
        {"study.yml", "elever.csv", "elever.csv"},
        {"a/study.yml", "elever.csv", "a/elever.csv"},
        {"a/study.yml", "../x.csv", "a/../x.csv"},
        {"/a/study.yml", "x.csv", "/a/x.csv"},
        {"/study.yml", "x.csv", "/x.csv"},
        {"a/study.yml", "/x.csv", "/x.csv"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = lkv_path_beside(cases[i].file, cases[i].path);
        assert_string_equal(found, cases[i].beside);
    }
    assert_string_equal(lkv_path_name("a/b.csv"), "b.csv");
    assert_string_equal(lkv_path_name("b.csv"), "b.csv");
    assert_string_equal(lkv_path_name("a/"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_read, scratch_make, scratch_drop),
        cmocka_unit_test_setup_teardown(test_refused, scratch_make,
                                        scratch_drop),
        cmocka_unit_test(test_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
