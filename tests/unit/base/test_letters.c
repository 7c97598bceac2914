#include "base/locale.h"
#include "check.h"

typedef struct pair {
    const char *text, *wanted;
} pair;

static void test_nfc(void **state)
{
    (void)state;
    static const pair cases[] = {
        {"", ""},
        {"abc", "abc"},
        {"A\u030angsskolan", "Ångsskolan"},
        {"\u212b", "Å"},
        {"\u0958", "\u0915\u093c"}, /* longer composed than not */
        {"𝒳", "𝒳"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = lkv_text_nfc(cases[i].text);
        assert_string_equal(found, cases[i].wanted);
    }
    assert_null(lkv_text_nfc("\xe5"));
    assert_null(lkv_text_nfc("abc\xc3"));
}

static void test_fold(void **state)
{
    (void)state;
    static const pair cases[] = {
        {"Elev-ID", "elevid"},
        {"elev_id", "elevid"},
        {" Elev ID\u00a0", "elevid"},
        {"ÅRSKURS", "årskurs"},
        {"A\u030arskurs", "årskurs"},
        {"Straße", "strasse"},
        {"-_ ", ""},
        {"Kön", "kön"},
        {"𝒳 y", "𝒳y"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = lkv_text_fold(cases[i].text);
        assert_string_equal(found, cases[i].wanted);
    }
}

static void test_ascii(void **state)
{
    (void)state;
    static const pair cases[] = {
        {"Örtagårdsskolan", "ortagardsskolan"},
        {"  S:t Örjans  skola (7–9) ", "s-t-orjans-skola-7-9"},
        {"O\u0308rta", "orta"},
        {"Øresund Ægir Þór Straße", "oresund-aegir-thor-strasse"},
        {"../../etc/passwd", "etc-passwd"},
        {"学校", ""},
        {"", ""},
        {"---", ""},
        {"\xff"
         "a",
         "a"},
        {"CON", "con"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = lkv_text_ascii(cases[i].text);
        assert_string_equal(found, cases[i].wanted);
    }
}

static void test_isolated(void **state)
{
    (void)state;
    static const pair cases[] = {
        {"", ""},
        {"Åkeröd", "Åkeröd"},
        {"\u0645\u062f", "\u2068\u0645\u062f\u2069"},
        {"Skola \u05d0", "\u2068Skola \u05d0\u2069"},
        {"\xff\u05d0", "\xff\u05d0"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = lkv_text_isolated(cases[i].text);
        assert_string_equal(found, cases[i].wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nfc),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_isolated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
