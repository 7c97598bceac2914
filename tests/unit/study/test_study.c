/* Studies, short and full, their faults and overrides. */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "study/columns.h"
#include "study/study.h"

/* A folder with a study and inputs, and reports with two languages. */
typedef struct lkv_ground {
    char *folder;
    char *study;
} lkv_ground;

static void write(const lkv_ground *ground, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(ground->folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void copy(const lkv_ground *ground, const char *name)
{
    g_autofree char *from =
        g_build_filename(LIKVARD_SOURCE, "reports", name, NULL);
    g_autofree char *to = g_build_filename("reports", name, NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(from, &text, NULL, NULL));
    write(ground, to, text);
}

static int set_up(void **state)
{
    static const char *const inputs[] = {
        "elever.csv",           "betyg.csv",
        "skolenheter.csv",      "data/elever-2025.csv",
        "data/elever-2024.csv", "data/betyg-2025.csv",
    };
    lkv_ground *ground = g_new0(lkv_ground, 1);
    ground->folder = g_dir_make_tmp("likvard-XXXXXX", NULL);
    assert_non_null(ground->folder);
    ground->study = g_build_filename(ground->folder, "likvard.yml", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(inputs); i++) {
        write(ground, inputs[i], "a;b\n");
    }
    write(ground, "reports/text/sv.yml", "a: å\n");
    write(ground, "reports/text/en.yml", "a: a\n");
    copy(ground, "rules/se-2011.yml");
    copy(ground, "rules/uk-9-1.yml");
    copy(ground, "profiles.yml");
    copy(ground, "columns.yml");
    g_autofree char *reports =
        g_build_filename(ground->folder, "reports", NULL);
    g_setenv("LIKVARD_REPORTS", reports, TRUE);
    *state = ground;
    return 0;
}

static void sweep(const char *path)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *name = NULL;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        sweep(inner);
    }
    if (dir) {
        g_dir_close(dir);
    }
    remove(path);
}

static int tear_down(void **state)
{
    lkv_ground *ground = *state;
    sweep(ground->folder);
    g_free(ground->folder);
    g_free(ground->study);
    g_free(ground);
    return 0;
}

static lkv_study *read_with(const lkv_ground *ground, const char *text,
                            const char *const *sets, lkv_diag *diag)
{
    write(ground, "likvard.yml", text);
    return lkv_study_read(ground->study, sets, diag);
}

static lkv_study *read_sound(const lkv_ground *ground, const char *text,
                             const char *const *sets)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_study *study = read_with(ground, text, sets, diag);
    if (!study) {
        g_autofree char *said = lkv_diag_text(diag, (lkv_print){0});
        fail_msg("%s", said);
    }
    return study;
}

#define SHORT                                                                  \
    "district: Malmö stad\nyear: 2025\npupils: elever.csv\n"                  \
    "grades: betyg.csv\nreports: [sv]\n"

static void test_short(void **state)
{
    g_autoptr(lkv_study) study = read_sound(*state, SHORT, NULL);
    const lkv_ground *ground = *state;
    assert_string_equal(study->district_name, "Malmö stad");
    assert_null(study->district_id);
    assert_null(study->country);
    assert_int_equal(study->year, 2025);
    assert_string_equal(study->rules, "se-2011");
    assert_int_equal(study->inputs.count, 2);
    const lkv_input *pupils = &study->inputs.input[0];
    g_autofree char *path =
        g_build_filename(ground->folder, "elever.csv", NULL);
    assert_int_equal(pupils->table, LKV_TABLE_PUPILS);
    assert_string_equal(pupils->path, path);
    assert_string_equal(pupils->name, "elever.csv");
    assert_int_equal(pupils->place.line, 3);
    assert_int_equal(pupils->place.column, 9);
    assert_int_equal(pupils->year, 0);
    assert_int_equal(pupils->delimiter, 0);
    assert_int_equal(pupils->shape, LKV_SHAPE_FOUND);
    assert_null(pupils->missing);
    assert_int_equal(study->inputs.input[1].table, LKV_TABLE_GRADES);
    assert_int_equal(study->inputs.rejected_rows, 10);
    assert_close(study->inputs.rejected_share, 0.01, 0);
    assert_int_equal(study->inputs.personal_numbers, LKV_IDS_REFUSE);
    assert_int_equal(study->seed, 2025);
    assert_int_equal(study->replicates, 999);
    assert_close(study->confidence, 0.95, 0);
    assert_int_equal(study->population.release, LKV_FINAL);
    assert_true(study->population.special_apart);
    assert_false(study->population.merit_of_all);
    assert_false(study->population.series_without_new);
    assert_string_equal(study->privacy.profiles[0], "public");
    assert_null(study->privacy.profiles[1]);
    assert_false(study->privacy.open);
    assert_string_equal(study->reports.languages[0], "sv");
    assert_null(study->reports.schools);
    assert_true(study->reports.school_reports);
    assert_true(study->reports.district);
    assert_true(study->reports.pdf && study->reports.csv &&
                study->reports.json);
    g_autofree char *output =
        g_build_filename(ground->folder, "runs/2025", NULL);
    assert_string_equal(study->output, output);
    assert_int_equal(study->measure_count, 0);
    assert_int_equal(study->jobs, 0);
}

#define FULL                                                                   \
    "likvard: 1\n"                                                             \
    "district: {name: Malmö stad, id: \"1280\", country: se}\n"               \
    "year: 2025\n"                                                             \
    "inputs:\n"                                                                \
    "  pupils:\n"                                                              \
    "    path: data/elever-2025.csv\n"                                         \
    "    delimiter: \";\"\n"                                                   \
    "    encoding: Windows-1252\n"                                             \
    "    decimal: \",\"\n"                                                     \
    "    missing: [\"\", \"-\", \"uppgift saknas\"]\n"                         \
    "    columns:\n"                                                           \
    "      pupil_id: Elev-ID\n"                                                \
    "      sex: Kön\n"                                                        \
    "      years_in_country: År i Sverige\n"                                  \
    "      weight: null\n"                                                     \
    "    codes:\n"                                                             \
    "      sex: {f: [Flicka, F, K], m: [Pojke, P, M]}\n"                       \
    "      parental_education: {low: [\"1\", Förgymnasial], high: \"3\"}\n"   \
    "    where: {stage_year: [\"9\"]}\n"                                       \
    "  grades:\n"                                                              \
    "    path: data/betyg-2025.csv\n"                                          \
    "    shape: wide\n"                                                        \
    "    subjects: {SV: Svenska, SVA: Svenska som andraspråk}\n"              \
    "  schools:\n"                                                             \
    "    path: skolenheter.csv\n"                                              \
    "rules: se-2011\n"                                                         \
    "population: {reference_date: 2025-06-13, release: preliminary,\n"         \
    "  no_grades: exclude, merit_mean: {headline: all, equity: all},\n"        \
    "  series: [all, excl_new_and_unknown], special_units: included}\n"        \
    "outcomes:\n"                                                              \
    "  maths: {column: mAch, kind: points, scale: [-10, 30.5]}\n"              \
    "  maths_12: {of: maths, kind: share, at_least: 12.5, sensitive: yes,\n"   \
    "    label: {sv: Minst 12, en: At least 12}}\n"                            \
    "background: {ses: {column: ses}, income: Inkomst}\n"                      \
    "max_rejected: {rows: 5, share: 0.5}\n"                                    \
    "personal_numbers: keyed\n"                                                \
    "ledger: [../2024]\n"                                                      \
    "groups:\n"                                                                \
    "  - sex\n"                                                                \
    "  - {by: parental_education, reference: high, level: school}\n"           \
    "  - by: years_in_country\n"                                               \
    "    id: new_here\n"                                                       \
    "    cut: [4, 7.5]\n"                                                      \
    "    label: {sv: Nya här}\n"                                              \
    "measures:\n"                                                              \
    "  - spread_between_schools\n"                                             \
    "  - {measure: gap, of: eligible, between: sex, given: [ses]}\n"           \
    "seed: 20250614\n"                                                         \
    "replicates: 199\n"                                                        \
    "confidence: 0.9\n"                                                        \
    "privacy: {profiles: [public, internal_principal]}\n"                      \
    "reports:\n"                                                               \
    "  languages: [sv, en]\n"                                                  \
    "  schools: [\"01234567\", \"12345678\"]\n"                                \
    "  district: no\n"                                                         \
    "  theme: mine.yml\n"                                                      \
    "  formats: [pdf, xlsx]\n"                                                 \
    "output: out/{district}-{year}-{date}\n"                                   \
    "jobs: 2\n"

static void check_full_pupils(const lkv_input *input)
{
    assert_int_equal(input->table, LKV_TABLE_PUPILS);
    assert_int_equal(input->delimiter, ';');
    assert_int_equal(input->decimal, ',');
    assert_string_equal(input->encoding, "windows-1252");
    assert_string_equal(input->missing[2], "uppgift saknas");
    assert_null(input->missing[3]);
    assert_int_equal(input->column_count, 4);
    assert_string_equal(input->columns[1].field, "sex");
    assert_string_equal(input->columns[1].header, "Kön");
    assert_int_equal(input->columns[1].place.line, 13);
    assert_null(input->columns[3].header);
    assert_false(input->rows_are_pupils);
    assert_int_equal(input->code_count, 9);
    assert_string_equal(input->codes[0].text, "Flicka");
    assert_string_equal(input->codes[0].code, "f");
    assert_string_equal(input->codes[8].text, "3");
    assert_string_equal(input->codes[8].code, "high");
    assert_int_equal(input->where_count, 1);
    assert_string_equal(input->where[0].texts[0], "9");
}

static void test_full(void **state)
{
    g_autoptr(lkv_study) study = read_sound(*state, FULL, NULL);
    assert_string_equal(study->district_id, "1280");
    assert_string_equal(study->country, "SE");
    assert_int_equal(study->inputs.count, 3);
    assert_int_equal(study->inputs.input[0].table, LKV_TABLE_SCHOOLS);
    check_full_pupils(&study->inputs.input[1]);
    assert_int_equal(study->inputs.input[2].shape, LKV_SHAPE_WIDE);
    assert_int_equal(study->inputs.input[2].subject_count, 2);
    assert_string_equal(study->inputs.input[2].subjects[1].header,
                        "Svenska som andraspråk");
    assert_int_equal(study->inputs.rejected_rows, 5);
    assert_int_equal(study->inputs.personal_numbers, LKV_IDS_KEYED);
    assert_true(study->population.has_reference_date);
    assert_int_equal(study->population.reference_date, 20252);
    assert_int_equal(study->population.release, LKV_PRELIMINARY);
    assert_true(study->population.exclude_without_grades);
    assert_true(study->population.merit_of_all);
    assert_true(study->population.series_without_new);
    assert_false(study->population.special_apart);
    assert_int_equal(study->seed, 20250614);
    assert_int_equal(study->replicates, 199);
    assert_close(study->confidence, 0.9, 0);
    assert_string_equal(study->reports.schools[0], "01234567");
    assert_false(study->reports.district);
    assert_false(study->reports.json);
    assert_true(study->reports.pdf);
    assert_true(g_str_has_suffix(study->reports.theme, "/mine.yml"));
    assert_true(g_str_has_suffix(study->ledger[0], "/../2024") ||
                g_str_has_suffix(study->ledger[0], "/2024"));
    assert_true(
        g_str_has_suffix(study->output, "/out/malmo-stad-2025-2025-06-13"));
    assert_int_equal(study->jobs, 2);
}

static void test_asked(void **state)
{
    g_autoptr(lkv_study) study = read_sound(*state, FULL, NULL);
    assert_int_equal(study->outcome_count, 2);
    assert_int_equal(study->outcomes[0].kind, LKV_POINTS);
    assert_close(study->outcomes[0].least, -10, 0);
    assert_close(study->outcomes[0].most, 30.5, 0);
    assert_int_equal(study->outcomes[0].decimals, -1);
    assert_int_equal(study->outcomes[1].kind, LKV_YES_NO);
    assert_string_equal(study->outcomes[1].of, "maths");
    assert_close(study->outcomes[1].at_least, 12.5, 0);
    assert_true(study->outcomes[1].sensitive);
    assert_int_equal(study->outcomes[1].label.count, 2);
    assert_string_equal(study->outcomes[1].label.text[1], "At least 12");
    assert_int_equal(study->background_count, 2);
    assert_string_equal(study->background[1].column, "Inkomst");
    assert_int_equal(study->group_count, 3);
    assert_string_equal(study->groups[0].id, "sex");
    assert_true(study->groups[1].of_school);
    assert_string_equal(study->groups[1].reference, "high");
    assert_string_equal(study->groups[2].id, "new_here");
    assert_string_equal(study->groups[2].by, "years_in_country");
    assert_int_equal(study->groups[2].cuts, 2);
    assert_close(study->groups[2].cut[1], 7.5, 0);
    assert_string_equal(study->groups[2].label.language[0], "sv");
    assert_int_equal(study->measure_count, 2);
    assert_string_equal(study->measures[0].measure, "spread_between_schools");
    assert_null(study->measures[0].of);
    assert_string_equal(study->measures[1].between, "sex");
    assert_string_equal(study->measures[1].given[0], "ses");
}

#define HEAD "district: A\nyear: 2025\npupils: elever.csv\n"

static const struct {
    const char *what;
    const char *text;
    const char *code;
    long line, column;
    const char *part;
} faults[] = {
    {"unknown key", HEAD "thresold: 1\n", "E-KEY-UNKNOWN", 4, 1, NULL},
    {"likely word", HEAD "confidance: 0.9\n", "E-KEY-UNKNOWN", 4, 1,
     "did you mean \"confidence\"?"},
    {"likely word below", HEAD "privacy: {profile: [public]}\n",
     "E-KEY-UNKNOWN", 4, 11, "\"profiles\""},
    {"unknown table", HEAD "inputs: {grade: betyg.csv}\n", "E-KEY-UNKNOWN", 4,
     10, "\"grades\""},
    {"decimal comma", HEAD "confidence: 0,95\n", "E-VALUE-KIND", 4, 13,
     "write 0.95"},
    {"decimal comma in { }", HEAD "max_rejected: {share: 0,01}\n",
     "E-KEY-NO-VALUE", 4, 25, "write 0.01"},
    {"word for a number", "district: A\nyear: next\npupils: elever.csv\n",
     "E-VALUE-KIND", 2, 7, "whole number"},
    {"fraction for a whole number",
     "district: A\nyear: 2025.5\npupils: elever.csv\n", "E-VALUE-KIND", 2, 7,
     NULL},
    {"out of range", HEAD "confidence: 95\n", "E-VALUE-RANGE", 4, 13,
     "0.5 to 0.999"},
    {"year out of range", "district: A\nyear: 25\npupils: elever.csv\n",
     "E-VALUE-RANGE", 2, 7, NULL},
    {"newer file format", "likvard: 2\n" HEAD, "E-VALUE-RANGE", 1, 10, NULL},
    {"key twice", HEAD "year: 2024\n", "E-KEY-TWICE", 4, 1, "line 2"},
    {"short and full form", HEAD "inputs: {pupils: elever.csv}\n",
     "E-KEY-TWICE", 3, 1, "inputs.pupils"},
    {"no district", "year: 2025\npupils: elever.csv\n", "E-KEY-MISSING", 1, 1,
     "district"},
    {"no year", "district: A\npupils: elever.csv\n", "E-KEY-MISSING", 1, 1,
     "year"},
    {"null year", "district: A\nyear: null\npupils: elever.csv\n",
     "E-KEY-MISSING", 1, 1, "year"},
    {"no pupils", "district: A\nyear: 2025\n", "E-KEY-MISSING", 1, 1, "pupils"},
    {"empty value", "district:\nyear: 2025\npupils: elever.csv\n",
     "E-KEY-NO-VALUE", 1, 10, NULL},
    {"list for a map", HEAD "population: [a]\n", "E-VALUE-KIND", 4, 13, "map"},
    {"map for text", HEAD "rules: {a: b}\n", "E-VALUE-KIND", 4, 8, NULL},
    {"map in a list of text", HEAD "ledger: [{a: b}]\n", "E-VALUE-KIND", 4, 10,
     NULL},
    {"word unknown", HEAD "population: {release: finall}\n", "E-VALUE-WORD", 4,
     23, "did you mean \"final\"?"},
    {"not a date", HEAD "population: {reference_date: 13/6}\n", "E-VALUE-KIND",
     4, 30, "2025-06-13"},
    {"not yes or no", HEAD "reports: {district: ja}\n", "E-VALUE-KIND", 4, 21,
     "write yes or no"},
    {"file missing", "district: A\nyear: 2025\npupils: elver.csv\n",
     "E-INPUT-MISSING", 3, 9, "did you mean \"elever.csv\"?"},
    {"folder for a file", "district: A\nyear: 2025\npupils: data\n",
     "E-INPUT-MISSING", 3, 9, "data/*.csv"},
    {"pattern without files", "district: A\nyear: 2025\npupils: x-*.csv\n",
     "E-INPUT-MISSING", 3, 9, "no file fits"},
    {"file named twice",
     "district: A\nyear: 2025\npupils: [elever.csv, elever.csv]\n",
     "E-INPUT-TWICE", 3, 22, NULL},
    {"input without path",
     "district: A\nyear: 2025\npupils: {delimiter: \";\"}\n", "E-KEY-MISSING",
     3, 9, "path"},
    {"delimiter unknown",
     "district: A\nyear: 2025\npupils: {path: elever.csv, delimiter: \":\"}\n",
     "E-VALUE-WORD", 3, 39, NULL},
    {"rules unknown", HEAD "rules: se-2012\n", "E-RULES-UNKNOWN", 4, 8,
     "did you mean \"se-2011\"?"},
    {"grades without rules", HEAD "grades: betyg.csv\nrules: none\n",
     "E-RULES-NEEDED", 5, 8, "se-2011, uk-9-1"},
    {"grades of another country",
     "district: {name: A, country: NO}\nyear: 2025\npupils: elever.csv\n"
     "grades: betyg.csv\n",
     "E-RULES-NEEDED", 1, 1, NULL},
    {"country in words",
     "district: {name: A, country: Sweden}\nyear: 2025\npupils: elever.csv\n",
     "E-VALUE-KIND", 1, 30, "SE"},
    {"outcome of nothing", HEAD "outcomes: {a: {kind: points}}\n", "E-OUTCOME",
     4, 15, "column"},
    {"outcome of both", HEAD "outcomes: {a: {column: b, of: c}}\n", "E-OUTCOME",
     4, 15, "not both"},
    {"of without at_least", HEAD "outcomes: {a: {column: b}, c: {of: a}}\n",
     "E-OUTCOME", 4, 31, "at_least"},
    {"of an unknown outcome",
     HEAD "outcomes: {maths: {column: b}, c: {of: math, at_least: 1}}\n",
     "E-OUTCOME", 4, 40, "did you mean \"maths\"?"},
    {"of a share",
     HEAD "outcomes: {a: {column: b, kind: share}, c: {of: a, at_least: 1}}\n",
     "E-OUTCOME", 4, 49, NULL},
    {"scale upside down", HEAD "outcomes: {a: {column: b, scale: [3, 1]}}\n",
     "E-OUTCOME", 4, 34, NULL},
    {"scale of one number", HEAD "outcomes: {a: {column: b, scale: [3]}}\n",
     "E-VALUE-RANGE", 4, 34, NULL},
    {"scale with decimal commas",
     HEAD "outcomes: {a: {column: b, scale: [0,5, 1]}}\n", "E-VALUE-RANGE", 4,
     34, NULL},
    {"name with a blank", HEAD "outcomes: {a b: {column: b}}\n", "E-KEY-NAME",
     4, 12, NULL},
    {"outcome and background",
     HEAD "outcomes: {a: {column: b}}\nbackground: {a: c}\n", "E-NAME-TWICE", 5,
     17, NULL},
    {"two groups alike", HEAD "groups: [sex, sex]\n", "E-NAME-TWICE", 4, 15,
     NULL},
    {"cuts descending", HEAD "groups: [{by: age, cut: [7, 4]}]\n",
     "E-GROUP-CUT", 4, 25, NULL},
    {"group by nothing", HEAD "groups: [{cut: [4]}]\n", "E-KEY-MISSING", 4, 10,
     "by"},
    {"group by a header", HEAD "groups: [Kön]\n", "E-KEY-NAME", 4, 10, NULL},
    {"given unknown",
     HEAD "background: {ses: s}\nmeasures: [{measure: m, given: [sez]}]\n",
     "E-VALUE-WORD", 5, 32, "\"ses\""},
    {"open not accepted", HEAD "privacy: {profiles: [open]}\n",
     "E-PRIVACY-OPEN", 4, 21, "accept: open_data"},
    {"open beside others",
     HEAD "privacy: {profiles: [open, public], accept: open_data}\n",
     "E-PRIVACY-OPEN", 4, 21, "alone"},
    {"profile unknown", HEAD "privacy: {profiles: publik}\n",
     "E-PROFILE-UNKNOWN", 4, 21, "did you mean \"public\"?"},
    {"no profile", HEAD "privacy: {profiles: []}\n", "E-VALUE-RANGE", 4, 21,
     NULL},
    {"language unknown", HEAD "reports: [sv, fi]\n", "E-LANGUAGE-UNKNOWN", 4,
     15, "known languages: en, sv"},
    {"format unknown", HEAD "reports: {formats: [doc]}\n", "E-VALUE-WORD", 4,
     21, NULL},
    {"output of no name", HEAD "output: runs/{yaer}\n", "E-VALUE-WORD", 4, 9,
     "{year}"},
    {"text for a study", "just text\n", "E-VALUE-KIND", 1, 1, "map"},
    {"list for a study", "- a\n- b\n", "E-VALUE-KIND", 1, 1, "map"},
    {"inputs no map",
     "district: A\nyear: 2025\npupils: elever.csv\ninputs: x\n", "E-VALUE-KIND",
     4, 9, "map"},
};

static bool says(const lkv_message *message, const char *part)
{
    return !part || strstr(message->what, part) ||
           (message->why && strstr(message->why, part)) ||
           (message->fix && strstr(message->fix, part));
}

static const lkv_message *find(const lkv_diag *diag, size_t fault)
{
    for (size_t i = 0; i < lkv_diag_size(diag); i++) {
        const lkv_message *message = lkv_diag_at(diag, i);
        if (strcmp(message->code, faults[fault].code) == 0 &&
            message->line == faults[fault].line &&
            message->column == faults[fault].column &&
            says(message, faults[fault].part)) {
            return message;
        }
    }
    return NULL;
}

static void test_faults(void **state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autoptr(lkv_study) study =
            read_with(*state, faults[i].text, NULL, diag);
        if (study || !find(diag, i)) {
            g_autofree char *said = lkv_diag_text(diag, (lkv_print){0});
            fail_msg("%s:\n%s", faults[i].what, said);
        }
        /* One fault, one message; without a district's or pupils' worth of
         * echoes. */
        if (lkv_diag_count(diag, LKV_ERROR) > 2) {
            g_autofree char *said = lkv_diag_text(diag, (lkv_print){0});
            fail_msg("%s says too much:\n%s", faults[i].what, said);
        }
    }
}

static void test_missing_file_is_no_study_fault(void **state)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_null(read_with(*state, "district: A\nyear: 2025\npupils: x.csv\n",
                          NULL, diag));
    assert_int_equal(lkv_diag_fault(diag), LKV_FAULT_INPUT);
    g_autoptr(lkv_diag) none = lkv_diag_new();
    assert_null(lkv_study_read("/nonexistent/likvard.yml", NULL, none));
    assert_int_equal(lkv_diag_fault(none), LKV_FAULT_INPUT);
}

static void test_all_at_once(void **state)
{
    static const char text[] = "district: A\nyear: soon\nthresold: 3\n"
                               "pupils: nothing.csv\nconfidence: 0,95\n"
                               "max_rejected: {share: 0,5}\nseed: *x\n"
                               "reports: [fi]\nprivacy: {profiles: open}\n"
                               "groups: [sex, sex]\n";
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_null(read_with(*state, text, NULL, diag));
    assert_int_equal(lkv_diag_count(diag, LKV_ERROR), 9);
}

static void test_warnings(void **state)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_study) study = read_with(
        *state,
        HEAD
        "reports: {formats: [pdf, sqlite], bundle: {zip_per_school: yes}}\n",
        NULL, diag);
    assert_non_null(study);
    assert_int_equal(lkv_diag_count(diag, LKV_WARNING), 2);
    assert_string_equal(lkv_diag_at(diag, 0)->code, "W-KEY-LATER");
    assert_string_equal(lkv_diag_at(diag, 1)->code, "W-FORMAT-LATER");
}

/* What a study asks for in vain is said, never passed over. */
static void test_keys_without_effect(void **state)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_study) study =
        read_with(*state,
                  HEAD "population: {syllabus: Lgr22}\n"
                       "privacy: {pseudonyms: {key_file: key}}\n"
                       "reports: {school_tables: yes}\n",
                  NULL, diag);
    assert_non_null(study);
    assert_int_equal(lkv_diag_size(diag), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(lkv_diag_at(diag, i)->code, "W-KEY-LATER");
    }
}

static void test_inputs(void **state)
{
    g_autoptr(lkv_study) study =
        read_sound(*state,
                   "district: A\nyear: 2025\n"
                   "inputs:\n"
                   "  grades: {path: data/betyg-*.csv, shape: long}\n"
                   "  pupils:\n"
                   "    - {path: elever.csv, year: 2023}\n"
                   "    - {path: \"data/elever-*.csv\", delimiter: tab,\n"
                   "       columns: {pupil_id: none}}\n",
                   NULL);
    assert_int_equal(study->inputs.count, 4);
    const lkv_input *input = study->inputs.input;
    assert_string_equal(input[0].name, "elever.csv");
    assert_int_equal(input[0].year, 2023);
    assert_false(input[0].rows_are_pupils);
    assert_string_equal(input[1].name, "elever-2024.csv");
    assert_string_equal(input[2].name, "elever-2025.csv");
    assert_int_equal(input[2].delimiter, '\t');
    assert_int_equal(input[2].place.line, 7);
    assert_true(input[2].rows_are_pupils);
    assert_int_equal(input[3].shape, LKV_SHAPE_LONG);
    assert_string_equal(input[3].name, "betyg-2025.csv");
}

static void test_rules_by_default(void **state)
{
    static const struct {
        const char *text;
        const char *rules;
    } cases[] = {
        {HEAD, NULL},
        {HEAD "grades: betyg.csv\n", "se-2011"},
        {HEAD "attainment: betyg.csv\n", "se-2011"},
        {HEAD "tests: betyg.csv\n", NULL},
        {HEAD "grades: betyg.csv\nrules: uk-9-1\n", "uk-9-1"},
        {HEAD "attainment: betyg.csv\nrules: none\n", NULL},
        {HEAD "attainment: betyg.csv\nrules: null\n", NULL},
        {"district: {name: A, country: NO}\nyear: 2025\npupils: elever.csv\n"
         "attainment: betyg.csv\n",
         NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(lkv_study) study = read_sound(*state, cases[i].text, NULL);
        if (g_strcmp0(study->rules, cases[i].rules) != 0) {
            fail_msg("case %zu: %s", i, study->rules);
        }
    }
    g_autoptr(lkv_study) own =
        read_sound(*state, HEAD "rules: my/rules.yml\n", NULL);
    assert_true(g_path_is_absolute(own->rules));
    assert_true(g_str_has_suffix(own->rules, "/my/rules.yml"));
}

static void test_open(void **state)
{
    g_autoptr(lkv_study) study =
        read_sound(*state,
                   HEAD "privacy: {profiles: [open], accept: open_data,\n"
                        "  accept_small_cells: yes}\n",
                   NULL);
    assert_true(study->privacy.open);
    assert_true(study->privacy.accept_small_cells);
    g_autoptr(lkv_study) none =
        read_sound(*state, HEAD "reports: {schools: none}\n", NULL);
    assert_false(none->reports.school_reports);
    assert_null(none->reports.schools);
}

static void test_sets(void **state)
{
    const lkv_ground *ground = *state;
    g_autofree char *file =
        g_build_filename(ground->folder, "data/elever-2025.csv", NULL);
    g_autofree char *pupils = g_strconcat("inputs.pupils.path=", file, NULL);
    g_autofree char *brief = g_strconcat("pupils=", file, NULL);
    const char *const sets[] = {pupils,
                                "year=2024",
                                "district.id=0180",
                                "inputs.pupils.delimiter=;",
                                "population.release=preliminary",
                                "reports.languages=en",
                                "privacy.profiles=[internal_principal]",
                                "output=/tmp/x {year}",
                                "rules=none",
                                "groups=[sex, {by: age, cut: [4]}]",
                                "max_rejected={rows: 3}",
                                NULL};
    g_autoptr(lkv_study) study =
        read_sound(ground, HEAD "reports: {schools: none}\n", sets);
    assert_int_equal(study->year, 2024);
    assert_string_equal(study->district_name, "A");
    assert_string_equal(study->district_id, "0180");
    assert_int_equal(study->inputs.count, 1);
    assert_string_equal(study->inputs.input[0].path, file);
    assert_int_equal(study->inputs.input[0].delimiter, ';');
    assert_string_equal(study->inputs.input[0].place.file, "--set");
    assert_int_equal(study->population.release, LKV_PRELIMINARY);
    assert_string_equal(study->reports.languages[0], "en");
    assert_null(study->reports.languages[1]);
    assert_false(study->reports.school_reports);
    assert_string_equal(study->privacy.profiles[0], "internal_principal");
    assert_string_equal(study->output, "/tmp/x 2024");
    assert_null(study->rules);
    assert_int_equal(study->group_count, 2);
    assert_int_equal(study->inputs.rejected_rows, 3);
    assert_close(study->inputs.rejected_share, 0.01, 0);
    assert_int_equal(study->seed, 2024);

    /* The brief form changes the path alone. */
    const char *const short_set[] = {brief, NULL};
    g_autoptr(lkv_study) other = read_sound(
        ground,
        "district: A\nyear: 2025\npupils: {path: elever.csv, skip: 2}\n",
        short_set);
    assert_string_equal(other->inputs.input[0].path, file);
    assert_int_equal(other->inputs.input[0].skip, 2);

    const char *const second[] = {"inputs.pupils.1.skip=4", NULL};
    g_autoptr(lkv_study) list = read_sound(
        ground,
        "district: A\nyear: 2025\npupils: [elever.csv, data/elever-2024.csv]\n",
        second);
    assert_int_equal(list->inputs.input[0].skip, 0);
    assert_int_equal(list->inputs.input[1].skip, 4);
}

static void test_set_faults(void **state)
{
    static const struct {
        const char *set;
        const char *code;
    } cases[] = {
        {"year", "E-SET"},
        {"=3", "E-SET"},
        {"yaer=3", "E-KEY-UNKNOWN"},
        {"year.month=3", "E-KEY-UNKNOWN"},
        {"inputs.pupils.paht=x", "E-KEY-UNKNOWN"},
        {"inputs.pupil.path=x", "E-KEY-UNKNOWN"},
        {"inputs.pupils.7.path=x", "E-SET"},
        {"inputs.pupils.0=x", "E-SET"},
        {"year=x", "E-VALUE-KIND"},
        {"confidence=0,9", "E-VALUE-KIND"},
        {"max_rejected={share: 0,1}", "E-KEY-NO-VALUE"},
        {"groups=[sex", "E-YAML-SYNTAX"},
        {"pupils=/nonexistent.csv", "E-INPUT-MISSING"},
        {"outcomes.a.b.c=3", "E-KEY-UNKNOWN"},
        {".=3", "E-KEY-UNKNOWN"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *const sets[] = {cases[i].set, NULL};
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autoptr(lkv_study) study = read_with(*state, HEAD, sets, diag);
        bool found = false;
        for (size_t j = 0; j < lkv_diag_size(diag); j++) {
            const lkv_message *message = lkv_diag_at(diag, j);
            found = found || (strcmp(message->code, cases[i].code) == 0 &&
                              strcmp(message->file, "--set") == 0);
        }
        if (study || !found) {
            g_autofree char *said = lkv_diag_text(diag, (lkv_print){0});
            fail_msg("%s:\n%s", cases[i].set, said);
        }
    }
}

/* The same study in other words. */
#define LONG_FORM                                                              \
    "reports: {languages: [sv], district: yes}\nyear: 2025\n"                  \
    "inputs:\n  grades: [{path: data/betyg-2025.csv}]\n"                       \
    "  pupils: {path: elever.csv}\n"                                           \
    "district: {name: \"Malmö stad\"}\nrules: se-2011\njobs: 3\n"             \
    "output: elsewhere\n"

static void test_texts(void **state)
{
    const lkv_ground *ground = *state;
    g_autoptr(lkv_study) brief = read_sound(ground, SHORT, NULL);
    g_autoptr(lkv_study) full = read_sound(ground, LONG_FORM, NULL);
    g_autofree char *one = lkv_study_text_settings(brief);
    g_autofree char *other = lkv_study_text_settings(full);
    assert_string_equal(one, other);
    g_autofree char *resolved = lkv_study_text_resolved(full);
    assert_non_null(strstr(resolved, "path: \"betyg-2025.csv\""));
    assert_null(strstr(resolved, "data"));
    assert_null(strstr(resolved, ground->folder));
    assert_null(strstr(resolved, "jobs"));
    assert_null(strstr(resolved, "output"));
    assert_non_null(strstr(resolved, "seed: 2025\n"));
    assert_non_null(strstr(resolved, "rules: \"se-2011\"\n"));
    assert_null(strstr(one, "betyg"));

    const char *const set[] = {"confidence=0.9", NULL};
    g_autoptr(lkv_study) changed = read_sound(ground, SHORT, set);
    g_autofree char *differs = lkv_study_text_settings(changed);
    assert_string_not_equal(one, differs);
}

static void test_resolved_reads_back(void **state)
{
    const lkv_ground *ground = *state;
    write(ground, "elever-2025.csv", "a\n");
    write(ground, "betyg-2025.csv", "a\n");
    g_autoptr(lkv_study) study = read_sound(ground, FULL, NULL);
    g_autofree char *text = lkv_study_text_resolved(study);
    g_autoptr(lkv_study) again = read_sound(ground, text, NULL);
    g_autofree char *twice = lkv_study_text_resolved(again);
    assert_string_equal(text, twice);
    assert_int_equal(again->group_count, 3);
    assert_int_equal(again->inputs.input[1].code_count, 9);
    assert_null(again->inputs.input[1].columns[3].header);
}

static void test_help(void **state)
{
    (void)state;
    size_t count = 0;
    const lkv_key_help *help = NULL;
    while ((help = lkv_study_key_at(count))) {
        if (!help->path || !*help->path || !help->kind || !help->help) {
            fail_msg("row %zu is not whole", count);
        }
        count++;
    }
    assert_true(count > 80);
    assert_string_equal(lkv_study_key_at(0)->path, "likvard");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short),
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_asked),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_missing_file_is_no_study_fault),
        cmocka_unit_test(test_all_at_once),
        cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_keys_without_effect),
        cmocka_unit_test(test_inputs),
        cmocka_unit_test(test_rules_by_default),
        cmocka_unit_test(test_open),
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_set_faults),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_resolved_reads_back),
        cmocka_unit_test(test_help),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
