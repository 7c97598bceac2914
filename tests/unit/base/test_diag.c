#include <string.h>

#include "base/clean.h"
#include "base/diag.h"
#include "base/nearest.h"
#include "check.h"

/* Codes that this floor owns serve as examples: E-FILE-MISSING of input,
 * E-OUTPUT-FULL of io, W-OUTPUT-LEFT of nothing.
 */
static lkv_place at(const char *file, long line, long column)
{
    return (lkv_place){.file = file, .line = line, .column = column};
}

static void test_a_message_is_kept(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    char file[] = "a.csv";
    char field[] = "Kön";
    lkv_place place = {.file = file, .line = 3, .column = 2, .field = field};
    lkv_message *message =
        lkv_diag_add(diag, "E-FILE-MISSING", place, "no %s", "file");
    lkv_message_why(message, "line %d", 3);
    lkv_message_fix(message, "100 %%");
    lkv_message_excerpt(message, "Okänd");
    file[0] = field[0] = 'x';
    const lkv_message *kept = lkv_diag_at(diag, 0);
    assert_int_equal(kept->severity, LKV_ERROR);
    assert_int_equal(kept->fault, LKV_FAULT_INPUT);
    assert_string_equal(kept->code, "E-FILE-MISSING");
    assert_string_equal(kept->file, "a.csv");
    assert_int_equal(kept->line, 3);
    assert_int_equal(kept->column, 2);
    assert_string_equal(kept->field, "Kön");
    assert_string_equal(kept->what, "no file");
    assert_string_equal(kept->why, "line 3");
    assert_string_equal(kept->fix, "100 %");
    assert_string_equal(kept->excerpt, "Okänd");
}

static void test_texts_are_kept_once(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_diag_add(diag, "E-FILE-MISSING", at("a.csv", 1, 0), "same");
    lkv_diag_add(diag, "E-FILE-MISSING", at("a.csv", 2, 0), "same");
    assert_ptr_equal(lkv_diag_at(diag, 0)->what, lkv_diag_at(diag, 1)->what);
    assert_ptr_equal(lkv_diag_at(diag, 0)->file, lkv_diag_at(diag, 1)->file);
}

static void test_merge(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) into = lkv_diag_new();
    lkv_diag_add(into, "E-FILE-MISSING", at("a", 1, 0), "one");
    {
        g_autoptr(lkv_diag) from = lkv_diag_new();
        lkv_message *message =
            lkv_diag_add(from, "W-OUTPUT-LEFT", at("b", 2, 0), "two");
        lkv_message_fix(message, "mend");
        lkv_diag_merge(into, from);
        assert_int_equal(lkv_diag_size(from), 0);
        assert_int_equal(lkv_diag_count(from, LKV_WARNING), 0);
        lkv_diag_add(from, "E-BUG", (lkv_place){0}, "later");
        assert_int_equal(lkv_diag_size(from), 1);
    }
    assert_int_equal(lkv_diag_size(into), 2);
    assert_true(lkv_diag_has(into, "W-OUTPUT-LEFT"));
    assert_false(lkv_diag_has(into, "E-BUG"));
    assert_int_equal(lkv_diag_count(into, LKV_ERROR), 1);
    assert_int_equal(lkv_diag_count(into, LKV_WARNING), 1);
    assert_string_equal(lkv_diag_at(into, 1)->file, "b");
    assert_string_equal(lkv_diag_at(into, 1)->fix, "mend");
    assert_null(lkv_diag_at(into, 1)->why);
}

static void test_gravest_fault(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    static const struct {
        const char *code;
        lkv_fault fault;
    } steps[] = {
        {"W-OUTPUT-LEFT", LKV_FAULT_NONE}, {"E-BUG", LKV_FAULT_BUG},
        {"E-OUTPUT-FULL", LKV_FAULT_IO},   {"E-OUTPUT-NAME", LKV_FAULT_CREATE},
        {"E-BUG", LKV_FAULT_CREATE},       {"E-FILE-LARGE", LKV_FAULT_INPUT},
        {"E-OUTPUT-FULL", LKV_FAULT_INPUT}};
    assert_int_equal(lkv_diag_fault(diag), LKV_FAULT_NONE);
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        lkv_diag_add(diag, steps[i].code, (lkv_place){0}, "x");
        assert_int_equal(lkv_diag_fault(diag), steps[i].fault);
    }
}

static void test_clean(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t most;
        const char *wanted;
    } cases[] = {
        {"Örtagård", 40, "Örtagård"},
        {"", 40, ""},
        {"a\x1b[31mb", 40, "a\\u001b[31mb"},
        {"a\r\nb\tc\x7f", 40, "a\\u000d\\nb\\u0009c\\u007f"},
        {"\xe5land", 40, "\\xe5land"},
        {"\xc3", 40, "\\xc3"},
        {"\xed\xa0\x80", 40, "\\xed\\xa0\\x80"},
        {"a\u200b\u202e\u2028\xc2\x85z", 60, "a\\u200b\\u202e\\u2028\\u0085z"},
        {"a\u00a0b", 40, "a\u00a0b"},
        {"123456", 6, "123456"},
        {"1234567", 6, "123…"},
        {"ååå", 6, "ååå"},
        {"åååå", 6, "å…"},
        {"\x01\x01\x01", 8, "…"},
        {"\x01\x01\x01", 9, "\\u0001…"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *clean = lkv_clean_text(cases[i].text, cases[i].most);
        assert_string_equal(clean, cases[i].wanted);
    }
}

static void test_excerpt_is_short(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autofree char *text = g_strnfill(200, 'x');
    lkv_message *message = lkv_diag_add(diag, "E-BUG", (lkv_place){0}, "x");
    lkv_message_excerpt(message, text);
    assert_int_equal(strlen(lkv_diag_at(diag, 0)->excerpt), 40);
}

static void test_csv(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_place place = {.file = "b,c.csv", .line = 7, .field = "=SUM(A1)"};
    lkv_message *message =
        lkv_diag_add(diag, "E-FILE-MISSING", place, "say \"hi\"");
    lkv_message_why(message, "-1 is below 0");
    lkv_message_fix(message, " @x, y");
    lkv_diag_add(diag, "W-OUTPUT-LEFT", at("a.csv", 9, 2), "line\nfeed");
    lkv_diag_add(diag, "E-BUG", (lkv_place){0}, "＋1");
    g_autofree char *csv = lkv_diag_csv(diag);
    assert_string_equal(csv,
                        "severity,code,file,line,column,field,what,why,fix\n"
                        "error,E-BUG,,,,,'＋1,,\n"
                        "warning,W-OUTPUT-LEFT,a.csv,9,2,,line\\nfeed,,\n"
                        "error,E-FILE-MISSING,\"b,c.csv\",7,,'=SUM(A1),"
                        "\"say \"\"hi\"\"\",'-1 is below 0,\"' @x, y\"\n");
}

static void test_jsonl(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_place place = {.file = "a\\b", .line = 7, .column = 1, .field = "Kön"};
    lkv_message *message =
        lkv_diag_add(diag, "E-FILE-MISSING", place, "say \"\x01\"");
    lkv_message_why(message, "because");
    lkv_message_fix(message, "mend");
    lkv_diag_add(diag, "E-BUG", (lkv_place){0}, "x");
    g_autofree char *lines = lkv_diag_jsonl(diag);
    assert_string_equal(
        lines, "{\"level\":\"error\",\"code\":\"E-BUG\",\"message\":\"x\"}\n"
               "{\"level\":\"error\",\"code\":\"E-FILE-MISSING\","
               "\"file\":\"a\\\\b\",\"line\":7,\"column\":1,"
               "\"field\":\"Kön\",\"message\":\"say \\\"\\\\u0001\\\"\","
               "\"why\":\"because\",\"hint\":\"mend\"}\n");
}

static void test_order_of_arrival_does_not_show(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) forth = lkv_diag_new();
    g_autoptr(lkv_diag) back = lkv_diag_new();
    for (int i = 0; i < 60; i++) {
        const int numbers[] = {i, 59 - i};
        lkv_diag *const diags[] = {forth, back};
        for (size_t j = 0; j < 2; j++) {
            int n = numbers[j];
            lkv_diag_add(diags[j], n % 2 ? "E-BUG" : "W-OUTPUT-LEFT",
                         at(n % 3 ? "b" : "a", n % 7, n % 5), "is %d", n % 4);
        }
    }
    lkv_print print = {.summary = "check"};
    g_autofree char *text = lkv_diag_text(forth, print);
    g_autofree char *other_text = lkv_diag_text(back, print);
    assert_string_equal(text, other_text);
    g_autofree char *csv = lkv_diag_csv(forth);
    g_autofree char *other_csv = lkv_diag_csv(back);
    assert_string_equal(csv, other_csv);
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const keys[] = {"threshold", "groups", "sex", "seed",
                                       "jobs",      "år",     NULL};
    static const struct {
        const char *word, *nearest;
    } cases[] = {
        {"thresold", "threshold"},
        {"treshhold", "threshold"},
        {"group", "groups"},
        {"sed", "sex"},
        {"sead", "seed"},
        {"sx", "sex"},
        {"job", "jobs"},
        {"jobs", "jobs"},
        {"privacy", NULL},
        {"", NULL},
        {"xyz", NULL},
        {"ar", "år"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *found = lkv_word_nearest(cases[i].word, keys);
        if (g_strcmp0(found, cases[i].nearest) != 0) {
            print_error("%s: %s\n", cases[i].word, found ? found : "none");
            fail();
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_message_is_kept),
        cmocka_unit_test(test_texts_are_kept_once),
        cmocka_unit_test(test_merge),
        cmocka_unit_test(test_gravest_fault),
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_excerpt_is_short),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_jsonl),
        cmocka_unit_test(test_order_of_arrival_does_not_show),
        cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
