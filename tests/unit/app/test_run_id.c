/* The name of a run: its content, and nothing else. */
#include "check.h"

#include <string.h>

#include "app/handle.h"
#include "unit/base/scratch.h"

static const char study[] =
    "district: {name: Åby kommun, id: \"0042\"}\nyear: 2025\n"
    "pupils: elever.csv\nschools: skolor.csv\ngroups: [sex]\n"
    "outcomes: {score: {column: score, kind: points}}\n"
    "privacy: {profiles: [open], accept: open_data}\nreports: [sv]\n";
static const char pupils[] = "Elev-ID;Skolkod;Kön;score\n"
                             "a;1;F;10\nb;1;P;12\nc;2;F;7\nd;2;P;9\n";
static const char schools[] = "Skolkod;Skola\n1;Fyren\n2;Ön\n";

static void put(void **state, const char *folder, const char *name,
                const char *text)
{
    g_autofree char *path = g_build_filename(*state, folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static char *id_of(void **state, const char *folder, const char *const *sets)
{
    g_autofree char *path =
        g_build_filename(*state, folder, "likvard.yml", NULL);
    likvard *run = likvard_open(path, sets);
    if (likvard_compute(run) != LIKVARD_OK) {
        fail_msg("%s", likvard_messages(run));
    }
    char *id = g_strdup(run->run_id);
    likvard_close(run);
    return id;
}

/* The id of a district of these texts. */
static char *id_with(void **state, const char *study_text,
                     const char *pupils_text, const char *schools_text)
{
    put(state, "b", "likvard.yml", study_text);
    put(state, "b", "elever.csv", pupils_text);
    put(state, "b", "skolor.csv", schools_text);
    return id_of(state, "b", NULL);
}

static char *first(void **state)
{
    put(state, "a", "likvard.yml", study);
    put(state, "a", "elever.csv", pupils);
    put(state, "a", "skolor.csv", schools);
    return id_of(state, "a", NULL);
}

static void test_form(void **state)
{
    g_autofree char *id = first(state);
    assert_true(g_regex_match_simple("^0042-2025-[0-9a-f]{8}$", id, 0, 0));
}

static char *changed(const char *text, const char *from, const char *to)
{
    GString *out = g_string_new(text);
    assert_true(g_string_replace(out, from, to, 0) > 0);
    return g_string_free(out, FALSE);
}

static void test_same(void **state)
{
    g_autofree char *id = first(state);
    static const char shuffled[] = "score;Kön;Skolkod;Elev-ID\n"
                                   "9;pojke;2;d\n12;P;1;b\n7;F;2;c\n10;2;1;a\n";
    static const char others[] = "Skola;Skolkod;Not\nÖn;2;x\nFyren;1;y\n";
    g_autofree char *in_other_order = id_with(state, study, shuffled, others);
    assert_string_equal(in_other_order, id);
    g_autofree char *utf8 = changed(pupils, "\n", "\r\n");
    g_autofree char *line_ends = id_with(state, study, utf8, schools);
    assert_string_equal(line_ends, id);
    g_autofree char *renamed =
        changed(study, "pupils: elever.csv", "pupils: andra.csv");
    put(state, "b", "andra.csv", pupils);
    g_autofree char *other_file = id_with(state, renamed, "x", schools);
    assert_string_equal(other_file, id);
    static const char *const sets[] = {"jobs=1", "output=elsewhere", NULL};
    g_autofree char *settings = id_of(state, "a", sets);
    assert_string_equal(settings, id);
}

static void test_other(void **state)
{
    g_autofree char *id = first(state);
    static const struct {
        const char *from, *to;
        int text; /* 0 the study, 1 pupils, 2 schools */
    } cases[] = {
        {"c;2;F;7", "c;2;F;8", 1},
        {"c;2;F;7", "c;2;P;7", 1},
        {"c;2;F;7", "e;2;F;7", 1},
        {"d;2;P;9\n", "", 1},
        {"2;Ön", "2;Åsen", 2},
        {"groups: [sex]", "groups: []", 0},
        {"year: 2025", "year: 2024", 0},
        {"[sv]", "[sv, en]", 0},
        {"reports:", "seed: 7\nreports:", 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *const texts[] = {study, pupils, schools};
        g_autofree char *text =
            changed(texts[cases[i].text], cases[i].from, cases[i].to);
        g_autofree char *other =
            id_with(state, cases[i].text == 0 ? text : study,
                    cases[i].text == 1 ? text : pupils,
                    cases[i].text == 2 ? text : schools);
        if (strcmp(other, id) == 0) {
            fail_msg("%s → %s has the same id", cases[i].from, cases[i].to);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_form, scratch_make, scratch_drop),
        cmocka_unit_test_setup_teardown(test_same, scratch_make, scratch_drop),
        cmocka_unit_test_setup_teardown(test_other, scratch_make,
                                        scratch_drop)};
    if (!likvard_start()) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
