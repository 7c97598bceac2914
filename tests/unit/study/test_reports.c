/* Profiles, themes, report definitions and text catalogues: data of reports.
 */
#include "check.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "study/definition.h"
#include "study/profile.h"
#include "study/study.h"
#include "study/text.h"
#include "study/text_held.h"

static char *put(const char *text)
{
    char *path = NULL;
    int file = g_file_open_tmp("likvard-XXXXXX.yml", &path, NULL);
    assert_true(file >= 0);
    assert_int_equal(close(file), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

/* Sets the folder of reports to a fresh one with the file NAME in it. */
static char *reports_with(const char *name, const char *text)
{
    char *folder = g_dir_make_tmp("likvard-XXXXXX", NULL);
    assert_non_null(folder);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_setenv("LIKVARD_REPORTS", folder, TRUE);
    return folder;
}

static void sweep(char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    remove(path);
    remove(parent);
    remove(folder);
    g_free(folder);
    g_unsetenv("LIKVARD_REPORTS");
}

static void fail_with(const lkv_diag *diag, const char *what)
{
    g_autofree char *said = lkv_diag_text(diag, (lkv_print){0});
    fail_msg("%s:\n%s", what, said);
}

static void test_profiles(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_profile) outside = lkv_profile_read("public", false, diag);
    assert_non_null(outside);
    assert_string_equal(outside->id, "public");
    assert_int_equal(outside->base_least, 10);
    assert_int_equal(outside->count_least, 5);
    assert_int_equal(outside->gap_least, 20);
    assert_int_equal(outside->quantile_least, 30);
    assert_int_equal(outside->mean_least, 10);
    assert_int_equal(outside->decimals_from, 100);
    assert_int_equal(outside->share_decimals, 1);
    assert_int_equal(outside->mean_decimals, 1);
    assert_int_equal(outside->mean_decimals_from, 50);
    assert_false(outside->open);
    assert_false(outside->own_school);
    g_autoptr(lkv_profile) inside =
        lkv_profile_read("internal_principal", false, diag);
    assert_int_equal(inside->base_least, 5);
    assert_true(inside->own_school);
    g_autoptr(lkv_profile) open = lkv_profile_read("open", false, diag);
    assert_true(open->open);
    g_auto(GStrv) ids = lkv_profile_ids(diag);
    assert_int_equal(g_strv_length(ids), 3);
    assert_int_equal(lkv_diag_size(diag), 0);
    assert_null(lkv_profile_read("nobody", false, diag));
    assert_string_equal(lkv_diag_at(diag, 0)->code, "E-PROFILE-UNKNOWN");
}

static void test_unsound_profiles(void **state)
{
    (void)state;
    static const struct {
        const char *thresholds;
        bool sound;
    } cases[] = {
        {"n_min: 3, k_min: 3, gap_min: 3, quantile_min: 3, mean_min: 3", true},
        {"n_min: 2, k_min: 3, gap_min: 3, quantile_min: 3, mean_min: 3", false},
        {"n_min: 3, k_min: 2, gap_min: 3, quantile_min: 3, mean_min: 3", false},
        {"n_min: 3, k_min: 3, gap_min: 1, quantile_min: 3, mean_min: 3", false},
        {"n_min: 3, k_min: 3, gap_min: 3, quantile_min: 0, mean_min: 3", false},
        {"n_min: 3, k_min: 3, gap_min: 3, quantile_min: 3, mean_min: 2", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strdup_printf("mine: {%s}\n", cases[i].thresholds);
        char *folder = reports_with("profiles.yml", text);
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autoptr(lkv_profile) profile = lkv_profile_read("mine", false, diag);
        g_autoptr(lkv_diag) none = lkv_diag_new();
        g_autoptr(lkv_profile) accepted = lkv_profile_read("mine", true, none);
        sweep(folder, "profiles.yml");
        assert_non_null(accepted);
        assert_int_equal(profile != NULL, cases[i].sound);
        if (!cases[i].sound) {
            assert_string_equal(lkv_diag_at(diag, 0)->code,
                                "E-PROFILE-UNSOUND");
        }
    }
}

static void test_theme(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_theme) theme = lkv_theme_read(NULL, diag);
    if (!theme) {
        fail_with(diag, "built in");
    }
    assert_null(theme->head);
    assert_int_equal(theme->ink, 0x1f2933);
    assert_int_equal(theme->own, 0xc44e00);
    assert_int_equal(theme->grid, 0xe9edf1);
    g_autofree char *path = put("head: Malmö stad\ncontact: a@b.se\n"
                                "logo: vapen.png\n"
                                "colours: {own: \"#7A1F5C\"}\n");
    g_autoptr(lkv_theme) own = lkv_theme_read(path, diag);
    remove(path);
    assert_non_null(own);
    assert_string_equal(own->head, "Malmö stad");
    assert_string_equal(own->contact, "a@b.se");
    assert_int_equal(own->own, 0x7a1f5c);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *logo = g_build_filename(folder, "vapen.png", NULL);
    assert_string_equal(own->logo, logo);
    assert_int_equal(own->ink, 0x1f2933);
}

static void test_theme_faults(void **state)
{
    (void)state;
    /* Contrasts on white by the formula of WCAG 2.1, computed apart: 767676
     * 4.54, 777777 4.48, 949494 3.03, 959595 2.99.
     */
    static const struct {
        const char *text;
        const char *code; /* NULL = taken */
        long line, column;
    } cases[] = {
        {"colours: {own: 767676}\n", NULL, 0, 0},
        {"colours: {own: 777777}\n", "E-THEME-CONTRAST", 1, 16},
        {"colours: {other: 949494}\n", NULL, 0, 0},
        {"colours: {other: 959595}\n", "E-THEME-CONTRAST", 1, 18},
        {"colours: {ink: ffffff}\n", "E-THEME-CONTRAST", 1, 16},
        {"colours: {band: 56616E}\n", "E-THEME-CONTRAST", 1, 1},
        {"colours:\n  ink: 1F293\n", "E-VALUE-KIND", 2, 8},
        {"colours:\n  ink: black\n", "E-VALUE-KIND", 2, 8},
        {"colours:\n  ink: #1F2933\n", "E-KEY-NO-VALUE", 2, 7},
        {"logo: vapen.png\n", NULL, 0, 0},
        {"logo: vapen.svg\n", "E-THEME-LOGO", 1, 7},
        {"logo: ../vapen.png\n", "E-THEME-LOGO", 1, 7},
        {"colors: {ink: 000000}\n", "E-KEY-UNKNOWN", 1, 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = put(cases[i].text);
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autoptr(lkv_theme) theme = lkv_theme_read(path, diag);
        remove(path);
        if ((theme == NULL) != (cases[i].code != NULL)) {
            fail_with(diag, cases[i].text);
        }
        if (!cases[i].code) {
            continue;
        }
        const lkv_message *message = lkv_diag_at(diag, 0);
        if (strcmp(message->code, cases[i].code) != 0 ||
            message->line != cases[i].line ||
            message->column != cases[i].column) {
            fail_with(diag, cases[i].text);
        }
    }
}

static void test_definition(void **state)
{
    (void)state;
    g_autofree char *path =
        put("report: school\nfor: each school\ntitle: report.school\n"
            "columns: 12\n"
            "sections:\n"
            "  - at_a_glance: {figures: [merit_17, eligible],\n"
            "      compare_with: district}\n"
            "  - questions\n"
            "  - method:\n");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_definition) report = lkv_definition_read(path, diag);
    remove(path);
    if (!report) {
        fail_with(diag, "definition");
    }
    assert_string_equal(report->id, "school");
    assert_int_equal(report->kind, LKV_REPORT_SCHOOL);
    assert_string_equal(report->title, "report.school");
    assert_int_equal(report->section_count, 3);
    const lkv_section_spec *first = &report->sections[0];
    assert_string_equal(first->section, "at_a_glance");
    assert_int_equal(first->place.line, 6);
    assert_int_equal(first->place.column, 5);
    assert_int_equal(first->setting_count, 2);
    const char *const *figures = lkv_section_setting(first, "figures");
    assert_string_equal(figures[1], "eligible");
    assert_null(figures[2]);
    assert_string_equal(lkv_section_setting(first, "compare_with")[0],
                        "district");
    assert_int_equal(first->settings[1].place.line, 7);
    assert_null(lkv_section_setting(first, "nothing"));
    assert_string_equal(report->sections[1].section, "questions");
    assert_int_equal(report->sections[1].place.line, 8);
    assert_int_equal(report->sections[2].setting_count, 0);
}

static void test_definition_faults(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *code;
        long line;
    } cases[] = {
        {"for: each school\ntitle: t\nsections: [a]\n", "E-KEY-MISSING", 1},
        {"report: a\nfor: each pupil\ntitle: t\nsections: [a]\n",
         "E-VALUE-WORD", 2},
        {"report: a\nfor: district\ntitle: t\nsections:\n  - {a: {}, b: {}}\n",
         "E-DEFINITION", 5},
        {"report: a\nfor: district\ntitle: t\nsections:\n  - a: {b: {c: d}}\n",
         "E-VALUE-KIND", 5},
        {"report: a\nfor: district\ntitle: t\nsections:\n  - a: text\n",
         "E-VALUE-KIND", 5},
        {"report: a\nfor: district\ntitle: t\nsektions: [a]\n", "E-KEY-UNKNOWN",
         4},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = put(cases[i].text);
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autoptr(lkv_definition) report = lkv_definition_read(path, diag);
        remove(path);
        if (report || lkv_diag_size(diag) == 0 ||
            strcmp(lkv_diag_at(diag, 0)->code, cases[i].code) != 0 ||
            lkv_diag_at(diag, 0)->line != cases[i].line) {
            fail_with(diag, cases[i].text);
        }
    }
}

static void test_text(void **state)
{
    (void)state;
    char *folder = reports_with(
        "text/en.yml",
        "gap:\n  points: \"{gap} points\"\n  one: >-\n    {n, plural, one {# "
        "pupil} other {# pupils}}\n\"no\": Not\n");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_locale) locale = lkv_locale_new("en-GB", NULL);
    g_autoptr(lkv_catalogue) catalogue = lkv_text_read(locale, diag);
    sweep(folder, "text/en.yml");
    if (!catalogue) {
        fail_with(diag, "catalogue");
    }
    assert_true(lkv_catalogue_has(catalogue, "gap.points"));
    assert_true(lkv_catalogue_has(catalogue, "no"));
    const lkv_value values[] = {{"n", NULL, 2}, {"gap", "3", 0}};
    g_autofree char *one = lkv_catalogue_say(catalogue, "gap.one", values, 2);
    assert_string_equal(one, "2 pupils");
    g_autofree char *points =
        lkv_catalogue_say(catalogue, "gap.points", values, 2);
    assert_string_equal(points, "3 points");
}

static void test_text_faults(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *code;
        long line, column;
    } cases[] = {
        {"a:\n  b: \"{open\"\n", "E-TEXT-PATTERN", 2, 6},
        {"a: [b]\n", "E-TEXT-PATTERN", 1, 4},
        {"a:\nb: c\n", "E-TEXT-PATTERN", 1, 3},
        {"a: {b: c}\na.b: d\n", "E-TEXT-PATTERN", 2, 6},
        {"a: b\na: c\n", "E-KEY-TWICE", 2, 1},
    };
    g_autoptr(lkv_locale) locale = lkv_locale_new("sv", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *folder = reports_with("text/sv.yml", cases[i].text);
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autoptr(lkv_catalogue) catalogue = lkv_text_read(locale, diag);
        sweep(folder, "text/sv.yml");
        if (catalogue || lkv_diag_size(diag) == 0 ||
            strcmp(lkv_diag_at(diag, 0)->code, cases[i].code) != 0 ||
            lkv_diag_at(diag, 0)->line != cases[i].line ||
            lkv_diag_at(diag, 0)->column != cases[i].column) {
            fail_with(diag, cases[i].text);
        }
    }
    char *folder = reports_with("text/en.yml", "a: b\n");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_null(lkv_text_read(locale, diag));
    sweep(folder, "text/en.yml");
    assert_string_equal(lkv_diag_at(diag, 0)->code, "E-LANGUAGE-UNKNOWN");
    assert_string_equal(lkv_diag_at(diag, 0)->fix, "known languages: en");
}

static lkv_node *tree_of(lkv_yaml *yaml, const char *text)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_node *root =
        lkv_yaml_parse(yaml, text, strlen(text), "text/xx.yml", diag);
    assert_non_null(root);
    return root;
}

/* Against a: {b: "{n} of {m}", c: d}; LINE 0 where nothing is amiss. */
static void test_text_is_held(void **state)
{
    (void)state;
    static const struct {
        const char *text, *field;
        bool some;
        long line;
    } cases[] = {
        {"a: {b: \"{m}\", c: d, e: own}\n", NULL, false, 0},
        {"a.b: \"{n}\"\na.c: d\n", NULL, false, 0},
        {"x: y\na:\n  c: d\n", "a.b", false, 3},
        {"a:\n  c: d\n", NULL, true, 0},
        {"a:\n  c: d\n  b: \"{n} in {k}\"\n", "a.b", false, 3},
        {"a:\n  b: \"{k}\"\n", "a.b", true, 2},
        {"a: {b: c, c: d}\na.b: d\n", NULL, false, 0},
    };
    g_autoptr(lkv_yaml) yaml = lkv_yaml_new();
    const lkv_node *model = tree_of(yaml, "a: {b: \"{n} of {m}\", c: d}\n");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        bool sound = lkv_text_held(tree_of(yaml, cases[i].text), model,
                                   cases[i].some, diag);
        assert_int_equal(sound, cases[i].line == 0);
        assert_int_equal(lkv_diag_size(diag), cases[i].line > 0);
        if (cases[i].line > 0) {
            assert_string_equal(lkv_diag_at(diag, 0)->code, "E-TEXT-KEYS");
            assert_string_equal(lkv_diag_at(diag, 0)->field, cases[i].field);
            assert_int_equal(lkv_diag_at(diag, 0)->line, cases[i].line);
        }
    }
}

static void test_folder(void **state)
{
    (void)state;
    g_setenv("LIKVARD_REPORTS", "/somewhere", TRUE);
    g_autofree char *stated = lkv_reports_folder();
    assert_string_equal(stated, "/somewhere");
    g_setenv("LIKVARD_REPORTS", "", TRUE);
    g_autofree char *built = lkv_reports_folder();
    assert_string_equal(built, LIKVARD_SOURCE "/reports");
    g_unsetenv("LIKVARD_REPORTS");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_profiles),
        cmocka_unit_test(test_unsound_profiles),
        cmocka_unit_test(test_theme),
        cmocka_unit_test(test_theme_faults),
        cmocka_unit_test(test_definition),
        cmocka_unit_test(test_definition_faults),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_text_faults),
        cmocka_unit_test(test_text_is_held),
        cmocka_unit_test(test_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
