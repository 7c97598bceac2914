/* File names of schools: safe on every disk, one for each code. */
#include "check.h"

#include <string.h>

#include <glib.h>

#include "app/filename.h"
#include "base/random.h"

static void test_cases(void **state)
{
    (void)state;
    static const struct {
        const char *code, *name, *file;
    } cases[] = {
        {"12345678", "Fyrljusskolan", "12345678-fyrljusskolan.pdf"},
        {"12345678", "Åkervinds skola", "12345678-akervinds-skola.pdf"},
        {"A1", "x", "a1-x.pdf"},
        {"a1", "x", "_611-x.pdf"},
        {"", "", "-school.pdf"},
        {"1", "学校", "1-school.pdf"},
        {"../..", "../../etc/passwd", "_2e_2e_2f_2e_2e-etc-passwd.pdf"},
        {"CON", "", "con-school.pdf"},
        {"1", "a\nb\x01", "1-a-b.pdf"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *file =
            lkv_filename_school(cases[i].code, cases[i].name);
        assert_string_equal(file, cases[i].file);
    }
}

static void add(GHashTable *seen, const char *code, const char *name)
{
    char *file = lkv_filename_school(code, name);
    assert_true(strlen(file) < 255);
    assert_true(g_str_has_suffix(file, ".pdf"));
    for (const char *at = file; *at; at++) {
        /* lower case alone, so no disk that ignores case can mix two up */
        assert_true(g_ascii_islower(*at) || g_ascii_isdigit(*at) ||
                    (*at && strchr("_-.", *at)));
    }
    if (g_hash_table_contains(seen, file)) {
        fail_msg("%s is the file of two codes", file);
    }
    g_hash_table_add(seen, file);
}

/* Every pair of bytes, letters of both cases among them; then long codes that
 * differ in one byte anywhere; names that try to look like codes.
 */
static void test_injective(void **state)
{
    (void)state;
    g_autoptr(GHashTable) seen =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (unsigned a = 1; a < 256; a++) {
        const char one[] = {(char)a, '\0'};
        add(seen, one, "");
        for (unsigned b = 1; b < 256; b++) {
            const char two[] = {(char)a, (char)b, '\0'};
            add(seen, two, "");
        }
    }
    for (size_t length = 90; length < 140; length++) {
        g_autofree char *code = g_strnfill(length, '7');
        add(seen, code, "x");
        for (size_t at = 0; at < length; at++) {
            code[at] = 'q';
            add(seen, code, "x");
            code[at] = '7';
        }
    }
    add(seen, "1-2", "3");
    add(seen, "1", "2-3");
    add(seen, "1_2d2", "3");
}

/* 300 letters of a name are cut, never the code. */
static void test_long_name(void **state)
{
    (void)state;
    g_autofree char *name = g_strnfill(300, 'n');
    g_autofree char *file = lkv_filename_school("12", name);
    assert_int_equal(strlen(file), 3 + 60 + 4);
    assert_true(g_str_has_prefix(file, "12-nnn"));
    g_autofree char *code = g_strnfill(300, '\xe5');
    g_autofree char *both = lkv_filename_school(code, name);
    assert_true(strlen(both) < 255);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
                                       cmocka_unit_test(test_injective),
                                       cmocka_unit_test(test_long_name)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
