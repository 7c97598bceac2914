/* Texts of fields: blanks, encodings, and what they must not be. */
#include "check.h"

#include <string.h>

#include "ingest/value.h"

#define NBSP "\xc2\xa0"

/* BYTES as written into a buffer that holds something else. */
static char *written(const char *bytes, size_t length, lkv_encoding encoding)
{
    char *text = g_strnfill(LKV_VALUE_GROWTH * length + 1, '#');
    size_t size = lkv_value_write(text, bytes, length, encoding);
    assert_true(size <= LKV_VALUE_GROWTH * length);
    assert_int_equal(text[LKV_VALUE_GROWTH * length], '#');
    text[size] = '\0';
    return text;
}

static void test_write(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        lkv_encoding encoding;
        const char *text;
    } cases[] = {
        {"abc", LKV_UTF8, "abc"},
        {"  a b \t", LKV_UTF8, "a b"},
        {NBSP " a" NBSP "b" NBSP, LKV_UTF8, "a" NBSP "b"},
        {"a\r\n", LKV_UTF8, "a"},
        {"a\nb", LKV_UTF8, "a\nb"},
        {"   ", LKV_UTF8, ""},
        {"", LKV_UTF8, ""},
        {"K\xf6n", LKV_WINDOWS_1252, "K\xc3\xb6n"},
        {"\x80\x96\x99", LKV_WINDOWS_1252, "€–™"},
        {"\xa0"
         "a\xa0",
         LKV_WINDOWS_1252, "a"},
        {"\xff", LKV_WINDOWS_1252, "ÿ"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *out =
            written(cases[i].bytes, strlen(cases[i].bytes), cases[i].encoding);
        assert_string_equal(out, cases[i].text);
    }
}

/* Every byte of windows-1252 against the conversion of the C library. */
static void test_windows_1252(void **state)
{
    (void)state;
    for (unsigned byte = 0x80; byte < 0x100; byte++) {
        const char bytes[] = {'<', (char)byte, '>', '\0'};
        g_autofree char *wanted =
            g_convert(bytes, 3, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
        g_autofree char *out = written(bytes, 3, LKV_WINDOWS_1252);
        if (wanted) {
            assert_string_equal(out, wanted);
        }
    }
}

typedef bool (*lkv_test)(const char *text);

typedef struct lkv_case {
    const char *text;
    bool is;
} lkv_case;

static void check(lkv_test test, const lkv_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (test(cases[i].text) != cases[i].is) {
            fail_msg("\"%s\" is %d", cases[i].text, !cases[i].is);
        }
    }
}

static void test_invisible(void **state)
{
    (void)state;
    static const lkv_case cases[] = {
        {"Åsa-Lind 1", false},
        {"", false},
        {"a" NBSP "b", false},
        {"a\tb", true},
        {"a\nb", true},
        {"a\x7f", true},
        {"\xc2\x85", true},
        {"soft\xc2\xadhyphen", true},
        {"\xe2\x80\x8bzero", true},
        {"x\xe2\x80\x8f", true},
        {"x\xe2\x80\xae", true},
        {"\xe2\x81\xa0", true},
        {"\xef\xbb\xbfid", true},
        {"\xe2\x80\x93", false},
        {"\xe2\x80\xaf", false},
    };
    check(lkv_value_invisible, cases, G_N_ELEMENTS(cases));
}

static void test_exponent(void **state)
{
    (void)state;
    static const lkv_case cases[] = {
        {"1.99901E+11", true}, {"2,0E+07", true}, {"2E+07", true},
        {"2e-07", true},       {"2E07", false},   {"E+07", false},
        {"12E", false},        {"12E+", false},   {"12E+0x", false},
        {"9A", false},         {"12345", false},  {"", false},
        {"P1E+2", false},
    };
    check(lkv_value_exponent, cases, G_N_ELEMENTS(cases));
}

static void test_null_word(void **state)
{
    (void)state;
    static const lkv_case cases[] = {
        {"NULL", true}, {"null", true}, {"NaN", true}, {"#N/A", true},
        {"None", true}, {"", false},    {"0", false},  {"Nilsson", false},
    };
    check(lkv_value_null_word, cases, G_N_ELEMENTS(cases));
}

/* 811218-9876 is the example of Skatteverket's SKV 704; check digit by hand:
 * 8*2=16->7, 1, 1*2=2, 2, 1*2=2, 8, 9*2=18->9, 8, 7*2=14->5: 44, so 6.
 */
static void test_personal_number(void **state)
{
    (void)state;
    static const lkv_case cases[] = {
        {"811218-9876", true},    {"8112189876", true},
        {"19811218-9876", true},  {"198112189876", true},
        {"811218+9876", true},    {"811278-9873", true}, /* coordination */
        {"811218 9876", true},    {"811218 9877", false},
        {"811218-9877", false}, /* check digit */
        {"811318-9875", false}, /* month 13 */
        {"18811218-9876", false}, {"8112-189876", false},
        {"811218--9876", false},  {"811218-987", false},
        {"P8112189876", false},   {"", false},
    };
    check(lkv_value_personal_number, cases, G_N_ELEMENTS(cases));
}

static void test_years(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int year;
    } cases[] = {
        {"2025", 2025},    {"2024/25", 2025}, {"2024/2025", 2025},
        {"2024-25", 2025}, {"1999/00", 2000}, {"2024/26", 0},
        {"2024/2026", 0},  {"25", 0},         {"2025 ", 0},
        {"202", 0},        {"20255", 0},      {"1899", 0},
        {"2201", 0},       {"2024/", 0},      {"2024/5", 0},
        {"2025-06-13", 0}, {"", 0},           {"HT24", 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_int_equal(lkv_value_year(cases[i].text), cases[i].year);
    }
}

static void test_stage_years(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int year;
    } cases[] = {
        {"9", 9},   {"09", 9},        {"0", 0},        {"10", 10}, {"åk 9", 9},
        {"Åk9", 9}, {"Årskurs 6", 6}, {"Year 11", 11}, {"9A", -1}, {"F", -1},
        {"", -1},   {"123", -1},      {"-1", -1},      {"åk", -1}, {"9.0", -1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_int_equal(lkv_value_stage_year(cases[i].text), cases[i].year);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_write),
        cmocka_unit_test(test_windows_1252),
        cmocka_unit_test(test_invisible),
        cmocka_unit_test(test_exponent),
        cmocka_unit_test(test_null_word),
        cmocka_unit_test(test_personal_number),
        cmocka_unit_test(test_years),
        cmocka_unit_test(test_stage_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
