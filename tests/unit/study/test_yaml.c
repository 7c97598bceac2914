/* A strict YAML: what is refused, and where. */
#include "check.h"

#include <string.h>

#include "study/yaml.h"

static const struct {
    const char *what;
    const char *text;
    const char *code;
    long line, column;
    const char *part; /* of what, why or fix; or NULL */
} faults[] = {
    {"decimal comma in { }", "a: {x: 0,5}", "E-KEY-NO-VALUE", 1, 10,
     "write 0.5, or quote \"0,5\""},
    {"negative decimal comma", "a: {x: -10,25}", "E-KEY-NO-VALUE", 1, 12,
     "write -10.25"},
    {"word alone in { }", "a: {x: 1, why}", "E-KEY-NO-VALUE", 1, 11,
     "KEY: VALUE"},
    {"key with colon, no value", "a: {x: , y: 2}", "E-KEY-NO-VALUE", 1, 5,
     "\"x\" has no value"},
    {"key twice", "a: 1\nb: 2\na: 3\n", "E-KEY-TWICE", 3, 1,
     "the first time on line 1"},
    {"key twice deeper", "a:\n  b: 1\n  b: 2\n", "E-KEY-TWICE", 3, 3, NULL},
    {"anchor", "a: &x 1\n", "E-YAML-ALIAS", 1, 4, "quote"},
    {"alias", "a: *x\n", "E-YAML-ALIAS", 1, 4, "write the value out"},
    {"alias as key", "*x : 1\n", "E-YAML-ALIAS", 1, 1, NULL},
    {"tag", "a: !!int 1\n", "E-YAML-TAG", 1, 4, NULL},
    {"own tag", "a: 1\nb: !mine {c: 1}\n", "E-YAML-TAG", 2, 4, NULL},
    {"two documents", "a: 1\n---\nb: 2\n", "E-YAML-DOCUMENTS", 2, 1, "---"},
    {"list as key", "? [a]\n: 1\n", "E-YAML-SYNTAX", 1, 3, "a key must be"},
    {"unclosed quote", "a: \"b\n", "E-YAML-SYNTAX", 2, 1, NULL},
    {"bad indent", "a: 1\n  b: 2\n", "E-YAML-SYNTAX", 2, 4, NULL},
    {"tab", "a:\n\tb: 2\n", "E-YAML-SYNTAX", 2, 1, "spaces, not with tabs"},
    {"unclosed {", "a: {b: 1\n", "E-YAML-SYNTAX", 2, 1, NULL},
    {"not UTF-8", "a: 1\nb: k\xf6n\n", "E-YAML-ENCODING", 2, 5, "UTF-8"},
    {"control byte", "a: 1\nb: \x01\n", "E-YAML-SYNTAX", 2, 4, NULL},
    {"columns are characters", "é: {ö: 0,5}", "E-KEY-NO-VALUE", 1, 10, NULL},
};

static bool says(const lkv_message *message, const char *part)
{
    return !part || strstr(message->what, part) ||
           (message->why && strstr(message->why, part)) ||
           (message->fix && strstr(message->fix, part));
}

static void test_faults(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autoptr(lkv_yaml) yaml = lkv_yaml_new();
        const char *text = faults[i].text;
        const lkv_node *root =
            lkv_yaml_parse(yaml, text, strlen(text), "f.yml", diag);
        if ((root && !root->bad) || lkv_diag_size(diag) == 0) {
            fail_msg("%s: taken", faults[i].what);
        }
        const lkv_message *message = lkv_diag_at(diag, 0);
        if (strcmp(message->code, faults[i].code) != 0 ||
            message->line != faults[i].line ||
            message->column != faults[i].column ||
            !says(message, faults[i].part)) {
            fail_msg("%s: %s at %ld:%ld: %s; %s; %s", faults[i].what,
                     message->code, message->line, message->column,
                     message->what, message->why, message->fix);
        }
        assert_string_equal(message->file, "f.yml");
        assert_int_equal(message->severity, LKV_ERROR);
        assert_int_equal(message->fault, LKV_FAULT_STUDY);
    }
}

static void test_all_at_once(void **state)
{
    (void)state;
    static const char text[] = "a: {x: 0,5}\nb: &n 1\nb: 2\nc: !t 3\nd: *n\n";
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_yaml) yaml = lkv_yaml_new();
    const lkv_node *root =
        lkv_yaml_parse(yaml, text, strlen(text), "f.yml", diag);
    assert_int_equal(lkv_diag_size(diag), 5);
    assert_true(root->bad);
    assert_int_equal(lkv_node_size(root), 4);
    assert_null(lkv_node_text(lkv_node_find(root, "a"), "x"));
    assert_string_equal(lkv_node_text(root, "b"), "1");
    assert_null(lkv_node_text(root, "d"));
}

static lkv_node *parse(lkv_yaml *yaml, const char *text)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_node *root = lkv_yaml_parse(yaml, text, strlen(text), "f.yml", diag);
    assert_non_null(root);
    assert_int_equal(lkv_diag_size(diag), 0);
    return root;
}

static void test_tree(void **state)
{
    (void)state;
    g_autoptr(lkv_yaml) yaml = lkv_yaml_new();
    lkv_node *root = parse(yaml, "\xef\xbb\xbf# a comment\n"
                                 "no: 01234567\n"
                                 "empty:\n"
                                 "quoted: \"\"\n"
                                 "list: [a, 'b, c', {d: e}]\n"
                                 "\"\": blank\n"
                                 "text: |\n  two\n  lines\n");
    assert_int_equal(root->kind, LKV_NODE_MAP);
    assert_int_equal(lkv_node_size(root), 6);
    assert_string_equal(lkv_node_text(root, "no"), "01234567");
    assert_string_equal(lkv_node_text(root, ""), "blank");
    assert_string_equal(lkv_node_text(root, "text"), "two\nlines\n");
    assert_true(lkv_node_is_null(lkv_node_find(root, "empty")));
    assert_false(lkv_node_is_null(lkv_node_find(root, "quoted")));
    assert_null(lkv_node_text(root, "empty"));
    assert_string_equal(lkv_node_text(root, "quoted"), "");
    const lkv_node *list = lkv_node_find(root, "list");
    assert_int_equal(lkv_node_size(list), 3);
    assert_string_equal(lkv_node_at(list, 1)->value->text, "b, c");
    assert_int_equal(lkv_node_at(list, 1)->line, 5);
    assert_int_equal(lkv_node_at(list, 1)->column, 11);
    assert_int_equal(lkv_node_at(root, 0)->line, 2);
    assert_int_equal(lkv_node_at(root, 0)->column, 1);
    assert_int_equal(lkv_node_find(root, "no")->column, 5);
    assert_null(lkv_node_find(root, "none"));
    assert_null(lkv_node_find(list, "a"));
    assert_null(lkv_node_find(NULL, "a"));
}

static void test_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "# comment\n", "---\n", "null\n",
                                        "\xef\xbb\xbf"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(lkv_yaml) yaml = lkv_yaml_new();
        lkv_node *root = parse(yaml, texts[i]);
        assert_int_equal(root->kind, LKV_NODE_MAP);
        assert_int_equal(lkv_node_size(root), 0);
    }
}

static void test_limits(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_yaml) yaml = lkv_yaml_new();
    GString *deep = g_string_new(NULL);
    for (int i = 0; i < 100000; i++) {
        g_string_append_c(deep, '[');
    }
    assert_null(lkv_yaml_parse(yaml, deep->str, deep->len, "f.yml", diag));
    assert_string_equal(lkv_diag_at(diag, 0)->code, "E-YAML-LIMIT");
    assert_int_equal(lkv_diag_at(diag, 0)->column, 33);
    g_string_free(deep, TRUE);
    /* As many keys as fit into a file: found in time. */
    GString *wide = g_string_new(NULL);
    for (int i = 0; i < 100000; i++) {
        g_string_append_printf(wide, "k%d: 1\n", i);
    }
    lkv_node *root = lkv_yaml_parse(yaml, wide->str, wide->len, "f.yml", diag);
    assert_non_null(root);
    assert_int_equal(lkv_node_size(root), 100000);
    g_string_free(wide, TRUE);
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool whole, real;
        double value;
    } cases[] = {
        {"12", true, true, 12},     {"-3", true, true, -3},
        {"0.5", false, true, 0.5},  {"0,5", false, false, 0},
        {"", false, false, 0},      {"1e3", false, false, 0},
        {"0x10", false, false, 0},  {"1 000", false, false, 0},
        {"nan", false, false, 0},   {"+1", false, false, 0},
        {".5.", false, false, 0},   {"0.95", false, true, 0.95},
        {"1.50", false, true, 1.5}, {"12a", false, false, 0},
        {"--1", false, false, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t whole = 0;
        double real = 0;
        if (lkv_text_whole(cases[i].text, &whole) != cases[i].whole ||
            lkv_text_real(cases[i].text, &real) != cases[i].real) {
            fail_msg("\"%s\"", cases[i].text);
        }
        if (cases[i].real) {
            assert_close(real, cases[i].value, 0);
        }
    }
    bool yes = false;
    assert_true(lkv_text_yes("yes", &yes) && yes);
    assert_true(lkv_text_yes("false", &yes) && !yes);
    assert_false(lkv_text_yes("ja", &yes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults), cmocka_unit_test(test_all_at_once),
        cmocka_unit_test(test_tree),   cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_limits), cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
