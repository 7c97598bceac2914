/* The words of a command as understood. */
#include "check.h"

#include <string.h>

#include "app/options.h"

static lkv_options *read_words(const char *command, const char *line,
                               char **error)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);
    if (words[0] && !*words[0]) {
        g_free(words[0]);
        words[0] = NULL;
    }
    *error = NULL;
    return lkv_options_read(command, words, error);
}

static lkv_options *good(const char *command, const char *line)
{
    char *error = NULL;
    lkv_options *options = read_words(command, line, &error);
    if (!options) {
        fail_msg("%s: %s", line, error);
    }
    return options;
}

static void test_defaults(void **state)
{
    (void)state;
    g_autoptr(lkv_options) options = good("run", "");
    assert_false(options->force || options->dry_run || options->quiet);
    assert_int_equal(options->jobs, LKV_NOT_GIVEN);
    assert_int_equal(options->seed, LKV_NOT_GIVEN);
    assert_int_equal(options->most_errors, 20);
    assert_null(options->output);
    g_auto(GStrv) settings = lkv_options_settings(options);
    assert_null(settings[0]);
    g_autoptr(lkv_options) demo = good("demo", "");
    assert_int_equal(demo->school_count, 76);
    assert_int_equal(demo->pupil_count, 31600);
    assert_int_equal(demo->years, 3);
}

static void test_settings(void **state)
{
    (void)state;
    static const char *const wanted[] = {"year=2024",
                                         "groups=[sex]",
                                         "output='o''x'",
                                         "jobs=3",
                                         "seed=9",
                                         "reports.formats=[csv, json]",
                                         "reports.schools=['Å1', 'a\"b\\n']",
                                         "reports.languages=['sv']",
                                         "measures=['gap']",
                                         NULL};
    g_autoptr(lkv_options) options =
        good("run", "study.yml --set year=2024 --set groups=[sex] -o o'x -j3 "
                    "--seed 9 --no-render -s Å1 --school a\"b\\n --lang sv -m "
                    "gap -vv");
    assert_string_equal(options->arguments[0], "study.yml");
    assert_null(options->arguments[1]);
    assert_int_equal(options->verbose, 2);
    g_auto(GStrv) settings = lkv_options_settings(options);
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        assert_int_equal(settings[i] == NULL, wanted[i] == NULL);
        if (wanted[i]) {
            assert_string_equal(settings[i], wanted[i]);
        }
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *command, *line, *said;
    } cases[] = {
        {"run", "--outt x", "--out"},
        {"run", "--forse", "--force"},
        {"run", "--schools 3", "--school"},
        {"run", "-o", "-o"},
        {"run", "--set year", "KEY=VALUE"},
        {"run", "-j x", "x"},
        {"run", "--jobs -5", "from 0"},
        {"run", "--seed 1.5", "1.5"},
        {"check", "--max-errors -1", "from 0"},
        {"demo", "--shape round", "long, wide"},
        {"demo", "--encoding latin", "utf-8, windows-1252"},
        {"measures", "--format xml", "table, json, md"},
        {"run", "--color pink", "auto, always, never"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *error = NULL;
        assert_null(read_words(cases[i].command, cases[i].line, &error));
        assert_non_null(error);
        if (!strstr(error, cases[i].said)) {
            fail_msg("%s: %s", cases[i].line, error);
        }
        g_free(error);
    }
}

/* What stands behind -- is no option. */
static void test_end_of_options(void **state)
{
    (void)state;
    g_autoptr(lkv_options) options = good("run", "--force -- --odd.yml");
    assert_true(options->force);
    assert_string_equal(
        options->arguments[g_strv_length(options->arguments) - 1], "--odd.yml");
}

static void test_colour(void **state)
{
    (void)state;
    static const struct {
        const char *line, *none, *forced;
        bool coloured;
    } cases[] = {
        {"--color always", "1", "", true},
        {"--color never", "", "1", false},
        {"--no-color", "", "1", false},
        {"", "1", "1", false},
        {"", "", "1", true},
        {"", "", "", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_setenv("NO_COLOR", cases[i].none, TRUE);
        g_setenv("FORCE_COLOR", cases[i].forced, TRUE);
        g_setenv("TERM", "dumb", TRUE);
        g_autoptr(lkv_options) options = good("run", cases[i].line);
        assert_int_equal(lkv_options_coloured(options), cases[i].coloured);
    }
}

static void test_help(void **state)
{
    (void)state;
    g_autofree char *help = lkv_options_help("run");
    assert_non_null(strstr(help, "--dry-run"));
    assert_null(strstr(help, "--pupils"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults), cmocka_unit_test(test_settings),
        cmocka_unit_test(test_refused),  cmocka_unit_test(test_end_of_options),
        cmocka_unit_test(test_colour),   cmocka_unit_test(test_help)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
