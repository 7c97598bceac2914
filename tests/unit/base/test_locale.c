#include <string.h>

#include "base/locale.h"
#include "check.h"

#define NBSP "\u00a0"
#define MINUS "\u2212"

static lkv_locale *opened(const char *language)
{
    g_autofree char *error = NULL;
    lkv_locale *locale = lkv_locale_new(language, &error);
    if (!locale) {
        print_error("%s: %s\n", language, error);
    }
    assert_non_null(locale);
    return locale;
}

static void test_languages(void **state)
{
    (void)state;
    static const struct {
        const char *language;
        bool known;
    } cases[] = {{"sv", true},    {"en", true},      {"en-GB", true},
                 {"sv-FI", true}, {"nb", true},      {"zh-Hans", true},
                 {"", false},     {"xx", false},     {"swedish", false},
                 {"und", false},  {"sv_SE!", false}, {"sv-", false},
                 {"C", false},    {"en-GB-", false}, {"../sv", false}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *error = NULL;
        g_autoptr(lkv_locale) locale =
            lkv_locale_new(cases[i].language, &error);
        if ((locale != NULL) != cases[i].known) {
            print_error("\"%s\"\n", cases[i].language);
            fail();
        }
        assert_int_equal(error == NULL, cases[i].known);
        if (locale) {
            assert_string_equal(lkv_locale_language(locale), cases[i].language);
        }
    }
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *language;
        int64_t scaled;
        unsigned decimals;
        bool plus;
        const char *wanted;
    } cases[] = {
        {"sv", 0, 0, false, "0"},
        {"sv", 0, 0, true, "0"},
        {"sv", 999, 0, false, "999"},
        {"sv", 1000, 0, false, "1" NBSP "000"},
        {"sv", 1234567, 1, false, "123" NBSP "456,7"},
        {"sv", -5, 2, false, MINUS "0,05"},
        {"sv", 125, 1, true, "+12,5"},
        {"sv", -125, 1, true, MINUS "12,5"},
        {"sv", INT64_MIN, 0, false,
         MINUS "9" NBSP "223" NBSP "372" NBSP "036" NBSP "854" NBSP "775" NBSP
               "808"},
        {"en", 1234567, 1, false, "123,456.7"},
        {"en", -1000, 0, false, MINUS "1,000"},
        {"es", 1234, 0, false, "1234"},
        {"es", 12345, 0, false, "12.345"},
        {"de", 12345, 1, false, "1.234,5"},
        {"fr", 1234567, 0, false, "1\u202f234\u202f567"},
        {"hi", 12345678, 0, false, "1,23,45,678"},
        {"ar-EG", 1234, 0, false, "1,234"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(lkv_locale) locale = opened(cases[i].language);
        g_autoptr(GString) text = g_string_new("= ");
        lkv_locale_number(locale, cases[i].scaled, cases[i].decimals,
                          cases[i].plus, text);
        assert_string_equal(text->str + 2, cases[i].wanted);
    }
}

static void test_per_cent(void **state)
{
    (void)state;
    static const struct {
        const char *language, *number, *wanted;
    } cases[] = {
        {"sv", "82", "82" NBSP "%"},   {"en", "82", "82%"},
        {"tr", "82", "%82"},           {"tr", MINUS "3", MINUS "%3"},
        {"de", "3,5", "3,5" NBSP "%"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(lkv_locale) locale = opened(cases[i].language);
        g_autoptr(GString) text = g_string_new("of ");
        g_string_append(text, cases[i].number);
        lkv_locale_per_cent(locale, strlen("of "), text);
        assert_true(g_str_has_prefix(text->str, "of "));
        assert_string_equal(text->str + strlen("of "), cases[i].wanted);
    }
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *language;
        int64_t days;
        const char *wanted;
    } cases[] = {
        {"sv", 20252, "13 juni 2025"},    {"en", 20252, "13 June 2025"},
        {"en-GB", 20252, "13 June 2025"}, {"sv", 0, "1 januari 1970"},
        {"sv", -1, "31 december 1969"},   {"th", 20252, "13 มิถุนายน ค.ศ. 2025"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(lkv_locale) locale = opened(cases[i].language);
        g_autoptr(GString) text = g_string_new("");
        lkv_locale_date(locale, cases[i].days, text);
        assert_string_equal(text->str, cases[i].wanted);
    }
}

static void test_alphabet(void **state)
{
    (void)state;
    static const char *const swedish[] = {
        "",   "Almskolan", "Björkskolan", "Hyllie",     "Vä",
        "Wa", "Zenit",     "Åkerskolan",  "Ängsskolan", "Ölyckeskolan"};
    g_autoptr(lkv_locale) sv = opened("sv");
    for (size_t i = 1; i < G_N_ELEMENTS(swedish); i++) {
        if (strcmp(swedish[i], "Wa") == 0) {
            continue; /* v and w have been one letter */
        }
        assert_true(lkv_locale_compare(sv, swedish[i - 1], swedish[i]) < 0);
        assert_true(lkv_locale_compare(sv, swedish[i], swedish[i - 1]) > 0);
    }
    g_autoptr(lkv_locale) en = opened("en");
    assert_true(lkv_locale_compare(en, "Åker", "Berg") < 0);
    assert_int_equal(lkv_locale_compare(sv, "å", "å"), 0);
    /* å in one and in two characters: alike to a reader, not equal. */
    assert_true(lkv_locale_compare(sv, "\u00e5", "a\u030a") > 0);
    assert_true(lkv_locale_compare(sv, "a\u030a", "\u00e5") < 0);
}

static void test_breaks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t offset[6];
        guint count;
    } cases[] = {
        {"", {0}, 0},
        {"ord", {3}, 1},
        {"två ord", {5, 8}, 2},
        {"82" NBSP "% av", {6, 8}, 2},
        {"grund- och", {7, 10}, 2},
        {"årskurs 7–9 nu", {9, 13, 15, 17}, 4},
    };
    g_autoptr(lkv_locale) locale = opened("sv");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) breaks = lkv_locale_breaks(locale, cases[i].text);
        assert_int_equal(breaks->len, cases[i].count);
        assert_memory_equal(breaks->data, cases[i].offset,
                            breaks->len * sizeof(uint32_t));
    }
}

/* TSan shows here whether a locale is really const. */
static gpointer use(gpointer data)
{
    const lkv_locale *locale = data;
    for (int i = 0; i < 200; i++) {
        g_autoptr(GString) text = g_string_new("");
        lkv_locale_date(locale, 20252, text);
        lkv_locale_number(locale, 12345, 1, false, text);
        lkv_locale_per_cent(locale, 0, text);
        g_autoptr(GArray) breaks = lkv_locale_breaks(locale, text->str);
        if (strcmp(text->str, "13 juni 20251" NBSP "234,5" NBSP "%") != 0 ||
            breaks->len != 3 || lkv_locale_compare(locale, "å", "ä") >= 0) {
            return GINT_TO_POINTER(1);
        }
    }
    return NULL;
}

static void test_threads_share_a_locale(void **state)
{
    (void)state;
    g_autoptr(lkv_locale) locale = opened("sv");
    GThread *threads[4];
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        threads[i] = g_thread_new("use", use, locale);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        assert_null(g_thread_join(threads[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_per_cent),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_alphabet),
        cmocka_unit_test(test_breaks),
        cmocka_unit_test(test_threads_share_a_locale),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    lkv_locale_cleanup();
    return failed;
}
