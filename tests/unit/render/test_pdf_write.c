/* Numbers, text and names as PDF wants them. */
#include "render/pdf_write.h"

#include "check.h"

typedef struct number_case {
    double value;
    unsigned decimals;
    const char *text;
} number_case;

static void numbers_are_rounded_once(void **state)
{
    static const number_case cases[] = {
        {0, 2, "0"},
        {-0.0, 2, "0"},
        {1, 2, "1"},
        {0.5, 2, ".5"},
        {-0.5, 2, "-.5"},
        {0.05, 2, ".05"},
        {0.004, 2, "0"},
        {-0.004, 2, "0"},
        {0.125, 2, ".13"},
        {-0.125, 2, "-.13"},
        {595.28, 2, "595.28"},
        {100, 2, "100"},
        {100.10, 2, "100.1"},
        {0.999, 2, "1"},
        {-1234.5, 2, "-1234.5"},
        {2.5, 0, "3"},
        {0.00001, 5, ".00001"},
        {0.123456, 3, ".123"},
        {999999.99, 2, "999999.99"},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        assert_true(lkv_pdf_put_number(out, cases[i].value, cases[i].decimals));
        assert_string_equal(out->str, cases[i].text);
    }
}

static void no_number_is_refused(void **state)
{
    static const double values[] = {NAN, INFINITY, -INFINITY, 1e7, -1e300};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        assert_false(lkv_pdf_put_number(out, values[i], 2));
        assert_string_equal(out->str, "0");
    }
}

static void integers_are_written_whole(void **state)
{
    (void)state;
    g_autoptr(GString) out = g_string_new(NULL);
    lkv_pdf_put_integer(out, INT64_MIN);
    g_string_append_c(out, ' ');
    lkv_pdf_put_integer(out, INT64_MAX);
    lkv_pdf_put_reference(out, 12);
    assert_string_equal(out->str,
                        "-9223372036854775808 9223372036854775807 12 0 R");
}

static void text_is_short_where_it_can_be(void **state)
{
    static const char *const cases[][2] = {
        {"", "()"},
        {"a(\\)", "(a\\(\\\\\\))"},
        {"aå 8\u00a0% −1–2", "(a\xE5 8 % \x8A"
                             "1\x85"
                             "2)"},
        {"”a” ’b’", "(\x8E"
                    "a\x8E \x90"
                    "b\x90)"},
        {"å€", "<FEFF00E520AC>"},
        {"a\u00adb\n", "<FEFF006100AD0062000A>"},
        {"\U0001F600", "<FEFFD83DDE00>"},
        {"\xFF", "<FEFFFFFD>"},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        lkv_pdf_put_text(out, cases[i][0]);
        assert_string_equal(out->str, cases[i][1]);
    }
}

static void delimiters_are_escaped(void **state)
{
    (void)state;
    g_autoptr(GString) out = g_string_new(NULL);
    lkv_pdf_put_ascii(out, "a(b)\\c å\n");
    assert_string_equal(out->str, "(a\\(b\\)\\\\c%20%C3%A5%0A)");
    g_string_truncate(out, 0);
    lkv_pdf_put_name(out, "text/csv x");
    assert_string_equal(out->str, "/text#2Fcsv#20x");
    g_string_truncate(out, 0);
    lkv_pdf_put_entry(out, "Alt", NULL);
    assert_string_equal(out->str, "");
    lkv_pdf_put_entry(out, "Alt", "a");
    assert_string_equal(out->str, "/Alt(a)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_rounded_once),
        cmocka_unit_test(no_number_is_refused),
        cmocka_unit_test(integers_are_written_whole),
        cmocka_unit_test(text_is_short_where_it_can_be),
        cmocka_unit_test(delimiters_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
