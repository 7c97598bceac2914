#include <string.h>

#include "base/diag.h"
#include "check.h"

static const char check[] = "check";

static void unknown_code(lkv_diag *diag, long line, const char *value)
{
    lkv_place place = {
        .file = "elever-2025.csv", .line = line, .column = 5, .field = "Kön"};
    lkv_message *message = lkv_diag_add(diag, "E-GRADE-CONFLICT", place,
                                        "\"%s\" is not a code for sex", value);
    lkv_message_excerpt(message, value);
    lkv_message_why(message, "column \"Kön\" is mapped to sex, which knows f "
                             "(Flicka, F, K) and m (Pojke, P, M)");
    lkv_message_fix(message, "likvard.yml:27 groups.sex.codes, or add it to "
                             "`missing`");
}

static void unknown_key(lkv_diag *diag, long line, const char *key,
                        const char *nearest)
{
    lkv_place place = {.file = "likvard.yml", .line = line, .column = 1};
    lkv_message *message =
        lkv_diag_add(diag, "E-KEY-UNKNOWN", place, "unknown key \"%s\"", key);
    lkv_message_fix(message, "did you mean \"%s\"?", nearest);
}

static void expect(const lkv_diag *diag, lkv_print print, const char *wanted)
{
    g_autofree char *text = lkv_diag_text(diag, print);
    assert_string_equal(text, wanted);
}

/* The layout as a whole. */
static void test_layout(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    unknown_key(diag, 4, "thresold", "threshold");
    unknown_code(diag, 641, "Okänd");
    unknown_code(diag, 412, "Okänd");
    unknown_code(diag, 640, "Okänd");
    for (long line = 700; line < 735; line++) {
        unknown_code(diag, line, "Okänd");
    }
    lkv_diag_add(diag, "W-OUTPUT-LEFT", (lkv_place){.file = "out"},
                 "the old output cannot be deleted");
    expect(diag, (lkv_print){.summary = check},
           "elever-2025.csv:412:5: error E-GRADE-CONFLICT: \"Okänd\" is not a "
           "code for sex\n"
           "  |  … ; Okänd ; …\n"
           "  |      ^^^^^\n"
           "  why: column \"Kön\" is mapped to sex, which knows f (Flicka, F, "
           "K) and m (Pojke, P, M)\n"
           "  fix: likvard.yml:27 groups.sex.codes, or add it to `missing`"
           "          (38 rows like this, lines 412, 640, 641 …)\n"
           "\n"
           "likvard.yml:4:1: error E-KEY-UNKNOWN: unknown key \"thresold\"\n"
           "  fix: did you mean \"threshold\"?\n"
           "\n"
           "out: warning W-OUTPUT-LEFT: the old output cannot be deleted\n"
           "\n"
           "check: 2 kinds of error in 39 rows, 1 warning.\n");
}

static void test_other_wordings_of_one_kind(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    static const char *const values[] = {"Okänd", "Annat", "Okänd", "Annat",
                                         "x",     "y",     "z"};
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        unknown_code(diag, (long)i + 2, values[i]);
    }
    expect(diag, (lkv_print){.summary = check},
           "elever-2025.csv:2:5: error E-GRADE-CONFLICT: \"Okänd\" is not a "
           "code for sex\n"
           "  |  … ; Okänd ; …\n"
           "  |      ^^^^^\n"
           "  why: column \"Kön\" is mapped to sex, which knows f (Flicka, F, "
           "K) and m (Pojke, P, M)\n"
           "  fix: likvard.yml:27 groups.sex.codes, or add it to `missing`"
           "          (7 rows like this, lines 2, 3, 4 …)\n"
           "  also: \"Annat\" is not a code for sex (2 rows, from line 3)\n"
           "  also: \"x\" is not a code for sex (1 row, in line 6)\n"
           "  also: \"y\" is not a code for sex (1 row, in line 7)\n"
           "  also: 1 more such sentence\n"
           "\n"
           "check: 1 kind of error in 7 rows, no warnings.\n");
}

static void test_keys_with_other_cures_stand_alone(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    unknown_key(diag, 9, "sed", "seed");
    unknown_key(diag, 4, "thresold", "threshold");
    expect(diag, (lkv_print){.summary = check},
           "likvard.yml:4:1: error E-KEY-UNKNOWN: unknown key \"thresold\"\n"
           "  fix: did you mean \"threshold\"?\n"
           "\n"
           "likvard.yml:9:1: error E-KEY-UNKNOWN: unknown key \"sed\"\n"
           "  fix: did you mean \"seed\"?\n"
           "\n"
           "check: 2 errors, no warnings.\n");
}

static void test_places(void **state)
{
    (void)state;
    static const struct {
        lkv_place place;
        const char *wanted;
    } cases[] = {
        {{0}, "error E-BUG: x\n\n"},
        {{.file = "a"}, "a: error E-BUG: x\n\n"},
        {{.file = "a", .line = 3}, "a:3: error E-BUG: x\n\n"},
        {{.file = "a", .column = 3}, "a: error E-BUG: x\n\n"},
        {{.file = "a", .line = 3, .field = "sex"},
         "a:3: error E-BUG: x\n  in: sex\n\n"},
        {{.file = "a\x1b[2J"}, "a\\u001b[2J: error E-BUG: x\n\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        lkv_diag_add(diag, "E-BUG", cases[i].place, "x");
        expect(diag, (lkv_print){0}, cases[i].wanted);
    }
}

static void test_counts_without_lines_and_with_the_same(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    for (int i = 0; i < 3; i++) {
        lkv_diag_add(diag, "E-BUG", (lkv_place){0}, "x");
        lkv_diag_add(diag, "W-OUTPUT-LEFT",
                     (lkv_place){.file = "a", .line = 7 + i / 2}, "y");
    }
    expect(diag, (lkv_print){.summary = "run"},
           "error E-BUG: x\n"
           "  (3 like this)\n"
           "\n"
           "a:7: warning W-OUTPUT-LEFT: y\n"
           "  (3 rows like this, lines 7, 8)\n"
           "\n"
           "run: 1 kind of error in 1 place, 1 kind of warning in 2 rows.\n");
}

static void test_the_gravest_are_printed_first_of_all(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    for (long i = 0; i < 5; i++) {
        g_autofree char *file = g_strdup_printf("%ld", i);
        lkv_diag_add(diag, i == 4 ? "E-BUG" : "W-OUTPUT-LEFT",
                     (lkv_place){.file = file}, "x");
    }
    expect(diag, (lkv_print){.most = 2, .summary = check},
           "0: warning W-OUTPUT-LEFT: x\n\n"
           "4: error E-BUG: x\n\n"
           "… and 3 kinds more\n\n"
           "check: 1 error, 4 warnings.\n");
}

static void test_nothing(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    expect(diag, (lkv_print){.summary = check},
           "check: no errors, no warnings.\n");
    expect(diag, (lkv_print){0}, "");
}

static void test_colour(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_diag_add(diag, "E-BUG", (lkv_place){.file = "a", .line = 1}, "x");
    lkv_diag_add(diag, "W-OUTPUT-LEFT", (lkv_place){.file = "b"}, "y");
    expect(diag, (lkv_print){.colour = true},
           "\033[1ma:1:\033[0m \033[31merror\033[0m E-BUG: x\n\n"
           "\033[1mb:\033[0m \033[33mwarning\033[0m W-OUTPUT-LEFT: y\n\n");
}

/* One caret for each column of the terminal. */
static void test_carets(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        size_t carets;
    } cases[] = {{"Okänd", 5}, {"学校", 4}, {"a\u030a", 1}, {"", 1}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        unknown_code(diag, 1, cases[i].value);
        g_autofree char *text = lkv_diag_text(diag, (lkv_print){0});
        const char *caret = strchr(text, '^');
        assert_int_equal(strspn(caret, "^"), cases[i].carets);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_other_wordings_of_one_kind),
        cmocka_unit_test(test_keys_with_other_cures_stand_alone),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_counts_without_lines_and_with_the_same),
        cmocka_unit_test(test_the_gravest_are_printed_first_of_all),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_colour),
        cmocka_unit_test(test_carets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
