/* The invented district as files. */
#include <string.h>

#include "app/demo.h"
#include "base/publish.h"

static const lkv_demo_school *school_of(const lkv_demo *demo,
                                        const lkv_demo_pupil *pupil)
{
    return &g_array_index(demo->schools, lkv_demo_school, pupil->school);
}

static const lkv_demo_pupil *pupil_at(const lkv_demo *demo, guint index)
{
    return &g_array_index(demo->pupils, lkv_demo_pupil, index);
}

/* CODE, or nothing for a blank. */
static void append_code(GString *out, char code)
{
    g_string_append_c(out, ';');
    if (code) {
        g_string_append_c(out, code);
    }
}

char *lkv_demo_schools_csv(const lkv_demo *demo)
{
    GString *out = g_string_new("Skolenhetskod;Skola;Område;Typ;Index\n");
    for (guint i = 0; i < demo->schools->len; i++) {
        const lkv_demo_school *school =
            &g_array_index(demo->schools, lkv_demo_school, i);
        int index = (int)(100.0 - 16.0 * school->intake + 0.5);
        g_string_append_printf(
            out, "%s;%s;O%d;%s;%d\n", school->code, school->name,
            school->area + 1,
            school->kind == LKV_DEMO_SPECIAL ? "resurs" : "ordinarie", index);
    }
    return g_string_free(out, FALSE);
}

char *lkv_demo_pupils_csv(const lkv_demo *demo)
{
    GString *out = g_string_new("Elev-ID;Läsår;Skolenhetskod;Årskurs;Kön;"
                                "Utbildning;Bakgrund;Nyinvandrad");
    g_string_append(out, demo->plan.index ? ";Index\n" : "\n");
    for (guint i = 0; i < demo->pupils->len; i++) {
        const lkv_demo_pupil *pupil = pupil_at(demo, i);
        g_string_append_printf(out, "E%u;%d;%s;%d;%c", pupil->id, pupil->year,
                               school_of(demo, pupil)->code, pupil->stage_year,
                               pupil->sex);
        append_code(out, pupil->education);
        append_code(out, pupil->background);
        append_code(out, pupil->newcomer);
        if (demo->plan.index) {
            g_string_append_printf(out, ";%d", pupil->index);
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static bool graded(const lkv_demo_pupil *pupil)
{
    for (int i = 0; i < LKV_DEMO_SUBJECTS; i++) {
        if (pupil->grade[i]) {
            return true;
        }
    }
    return false;
}

static void append_wide(GString *out, const lkv_demo_pupil *pupil)
{
    g_string_append_printf(out, "E%u;%d", pupil->id, pupil->year);
    for (int i = 0; i < LKV_DEMO_SUBJECTS; i++) {
        append_code(out, pupil->grade[i]);
    }
    g_string_append_c(out, '\n');
}

static void append_long(GString *out, const lkv_demo_pupil *pupil)
{
    for (int i = 0; i < LKV_DEMO_SUBJECTS; i++) {
        if (pupil->grade[i]) {
            g_string_append_printf(out, "E%u;%d;%s;%c\n", pupil->id,
                                   pupil->year, lkv_demo_subjects[i],
                                   pupil->grade[i]);
        }
    }
}

/* A faulty row as exports have them: a symbol nobody knows, a pupil nobody
 * knows, a field too many.
 */
static void append_fault(GString *out, const lkv_demo *demo, guint index)
{
    const lkv_demo_pupil *pupil = pupil_at(demo, index);
    switch (index % 3) {
    case 0:
        g_string_append_printf(out, "E%u;%d;BL;Q\n", pupil->id, pupil->year);
        break;
    case 1:
        g_string_append_printf(out, "E%u;%d;BL;C\n", 9000000u + index,
                               pupil->year);
        break;
    default:
        g_string_append_printf(out, "E%u;%d;BL;C;;\n", pupil->id, pupil->year);
        break;
    }
}

char *lkv_demo_grades_csv(const lkv_demo *demo)
{
    bool rows = demo->plan.long_shape;
    GString *out = g_string_new("Elev-ID;Läsår");
    if (rows) {
        g_string_append(out, ";Ämne;Betyg");
    }
    for (int i = 0; !rows && i < LKV_DEMO_SUBJECTS; i++) {
        g_string_append_printf(out, ";%s", lkv_demo_subjects[i]);
    }
    g_string_append_c(out, '\n');
    int faults = 0;
    for (guint i = 0; i < demo->pupils->len; i++) {
        const lkv_demo_pupil *pupil = pupil_at(demo, i);
        if (!graded(pupil)) {
            continue;
        }
        if (rows) {
            append_long(out, pupil);
        } else {
            append_wide(out, pupil);
        }
        faults += demo->plan.dirty;
        for (; faults >= 1000; faults -= 1000) {
            append_fault(out, demo, i);
        }
    }
    return g_string_free(out, FALSE);
}

static void add_test(GString *out, const lkv_demo_pupil *pupil,
                     const char *subject, char answer)
{
    if (answer) {
        g_string_append_printf(out, "E%u;%d;%s;PB;%c\n", pupil->id, pupil->year,
                               subject, answer);
    }
}

char *lkv_demo_tests_csv(const lkv_demo *demo)
{
    GString *out = g_string_new("Elev-ID;Läsår;Ämne;Delprov;Resultat\n");
    for (guint i = 0; i < demo->pupils->len; i++) {
        const lkv_demo_pupil *pupil = pupil_at(demo, i);
        const char *const names[LKV_DEMO_TESTS] = {
            "EN", "MA", pupil->second_language ? "SVA" : "SV"};
        for (int t = 0; t < LKV_DEMO_TESTS; t++) {
            add_test(out, pupil, names[t], pupil->test[t]);
        }
    }
    return g_string_free(out, FALSE);
}

static void add_goal(GString *out, const lkv_demo_pupil *pupil,
                     const char *subject, char answer)
{
    if (answer) {
        g_string_append_printf(out, "E%u;%d;%s;%c\n", pupil->id, pupil->year,
                               subject, answer);
    }
}

char *lkv_demo_goals_csv(const lkv_demo *demo)
{
    GString *out = g_string_new("Elev-ID;Läsår;Ämne;Uppnått\n");
    for (guint i = 0; i < demo->pupils->len; i++) {
        const lkv_demo_pupil *pupil = pupil_at(demo, i);
        const char *const names[LKV_DEMO_GOALS] = {
            "MA", pupil->second_language ? "SVA" : "SV"};
        for (int t = 0; t < LKV_DEMO_GOALS; t++) {
            add_goal(out, pupil, names[t], pupil->goal[t]);
        }
    }
    return g_string_free(out, FALSE);
}

char *lkv_demo_study(const lkv_demo *demo)
{
    return g_strdup_printf(
        "# An invented district: no school and no pupil in it exists.\n"
        "# Check it with: likvard check\n"
        "likvard: 1\n"
        "district: {name: Måsköpings kommun, id: \"9999\", country: SE}\n"
        "year: %d\n"
        "\n"
        "inputs:\n"
        "  schools:\n"
        "    path: skolenheter.csv\n"
        "    columns: {school_id: Skolenhetskod, school_name: Skola, area: "
        "Område, kind: Typ, index: Index}\n"
        "    codes: {kind: {special: [resurs], ordinary: [ordinarie]}}\n"
        "  pupils:\n"
        "    path: elever.csv\n"
        "    columns:\n"
        "      pupil_id: Elev-ID\n"
        "      year: Läsår\n"
        "      school_id: Skolenhetskod\n"
        "      stage_year: Årskurs\n"
        "      sex: Kön\n"
        "      parental_education: Utbildning\n"
        "      background: Bakgrund\n"
        "      new_immigrant: Nyinvandrad\n"
        "    codes:\n"
        "      sex: {m: [P], f: [F]}\n"
        "      parental_education: {low: [\"1\"], mid: [\"2\"], high: "
        "[\"3\"]}\n"
        "      background: {swedish: [S], born_in_sweden: [I], born_abroad: "
        "[U]}\n"
        "      new_immigrant: {\"no\": [N], \"yes\": [J]}\n"
        "  grades:\n"
        "    path: betyg.csv\n"
        "    shape: %s\n"
        "    columns: {pupil_id: Elev-ID, year: Läsår%s}\n"
        "  tests:\n"
        "    path: prov.csv\n"
        "    columns: {pupil_id: Elev-ID, year: Läsår, subject: Ämne, part: "
        "Delprov, value: Resultat}\n"
        "  attainment:\n"
        "    path: mal.csv\n"
        "    columns: {pupil_id: Elev-ID, year: Läsår, subject: Ämne, "
        "reached: Uppnått}\n"
        "    codes: {reached: {\"yes\": [J], \"no\": [N]}}\n"
        "\n"
        "rules: se-2011\n"
        "population: {reference_date: %d-06-13, release: final, "
        "special_units: apart}\n"
        "groups: [sex, parental_education, background, new_immigrant]\n"
        "%s%s"
        "seed: %d0613\n"
        "privacy: {profiles: [public]}\n"
        "reports: {languages: [sv, en]}\n"
        "output: runs/{year}\n",
        demo->plan.last_year, demo->plan.long_shape ? "long" : "wide",
        demo->plan.long_shape ? ", subject: Ämne, grade: Betyg" : "",
        demo->plan.last_year,
        demo->plan.years > 3 ? "measures: [default, way_to_goals]\n" : "",
        demo->plan.index
            ? "background: {index: {column: Index, higher: less_favourable}}\n"
            : "",
        demo->plan.last_year);
}

static bool write_csv(const lkv_demo *demo, lkv_stage *stage, const char *path,
                      char *text, lkv_diag *diag)
{
    g_autofree char *utf8 = text;
    if (!demo->plan.windows) {
        return lkv_stage_write(stage, path, utf8, strlen(utf8), diag);
    }
    gsize size = 0;
    g_autofree char *bytes =
        g_convert(utf8, -1, "WINDOWS-1252", "UTF-8", NULL, &size, NULL);
    g_assert(bytes);
    return lkv_stage_write(stage, path, bytes, size, diag);
}

bool lkv_demo_write(const lkv_demo *demo, const char *dir, bool force,
                    lkv_diag *diag)
{
    g_autoptr(lkv_stage) stage = lkv_stage_open(dir, force, diag);
    if (!stage) {
        return false;
    }
    g_autofree char *study = lkv_demo_study(demo);
    g_autofree char *truth = lkv_demo_truth(demo);
    return write_csv(demo, stage, "skolenheter.csv", lkv_demo_schools_csv(demo),
                     diag) &&
           write_csv(demo, stage, "elever.csv", lkv_demo_pupils_csv(demo),
                     diag) &&
           write_csv(demo, stage, "betyg.csv", lkv_demo_grades_csv(demo),
                     diag) &&
           write_csv(demo, stage, "prov.csv", lkv_demo_tests_csv(demo), diag) &&
           write_csv(demo, stage, "mal.csv", lkv_demo_goals_csv(demo), diag) &&
           lkv_stage_write(stage, "likvard.yml", study, strlen(study), diag) &&
           lkv_stage_write(stage, "truth.json", truth, strlen(truth), diag) &&
           lkv_stage_publish(stage, diag);
}
