/* Text that may be seen: by a terminal, by a spreadsheet. */
#include "check.h"

#include <string.h>

#include <glib.h>

#include "base/clean.h"

static void test_formula(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool formula;
    } cases[] = {
        {"=1+1", true},
        {"+1", true},
        {"-rf", true},
        {"-", true},
        {"@SUM(A1)", true},
        {"  =1", true},
        {"\xc2\xa0=1", true},
        {"\t1", true},
        {"\r1", true},
        {"\xef\xbc\x9d"
         "1",
         true}, /* full width */
        {"\xef\xbc\x8b"
         "1",
         true},
        {"\xef\xbc\x8d"
         "1",
         true},
        {"\xef\xbc\xa0x", true},
        {"", false},
        {"Åby", false},
        {"1-2", false},
        {"a=b", false},
        {"'=1", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (lkv_text_formula(cases[i].text) != cases[i].formula) {
            fail_msg("\"%s\"", cases[i].text);
        }
    }
}

static void test_clean(void **state)
{
    (void)state;
    static const struct {
        const char *text, *clean;
    } cases[] = {
        {"Åby skola", "Åby skola"},
        {"a\nb", "a\\nb"},
        {"\x1b[31m", "\\u001b[31m"},
        {"a\xe2\x80\x8b"
         "b",
         "a\\u200bb"},
        {"\xe5"
         "by",
         "\\xe5by"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *clean = lkv_clean_text(cases[i].text, 40);
        assert_string_equal(clean, cases[i].clean);
    }
    g_autofree char *longer = g_strnfill(100, 'x');
    g_autofree char *cut = lkv_clean_text(longer, 40);
    assert_true(strlen(cut) <= 40);
    assert_true(g_str_has_suffix(cut, "…"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_formula),
                                       cmocka_unit_test(test_clean)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
