/* Pupils and schools as read: order, duplicates, what is left out. */
#include "world.h"

/* The roll as text: "year school id sex" a line. */
static char *roll_text(const lkv_roll *roll)
{
    GString *out = g_string_new(NULL);
    int sex = lkv_roll_codes_find(roll, "sex");
    for (size_t i = 0; i < lkv_roll_size(roll); i++) {
        const lkv_entry *entry = lkv_roll_at(roll, i);
        g_string_append_printf(out, "%d %s %s", entry->year,
                               lkv_names_at(roll->schools, entry->school),
                               lkv_names_at(roll->ids, entry->id));
        if (sex >= 0) {
            uint16_t code = g_array_index(roll->code, uint16_t,
                                          i * roll->codes->len + (size_t)sex);
            const lkv_names *codes =
                g_array_index(roll->codes, lkv_roll_codes, sex).codes;
            g_string_append_printf(
                out, " %s",
                code == LKV_NO_CODE ? "." : lkv_names_at(codes, code));
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static void assert_roll(lkv_world *at, const char *wanted)
{
    assert_no_errors(at->diag);
    assert_non_null(at->roll);
    g_autofree char *found = roll_text(at->roll);
    assert_string_equal(found, wanted);
}

/* Sorted by year, school, id, however the rows lie. */
static void test_order(void **state)
{
    static const char *const tables[] = {
        "Elev-ID;Skolkod;År;Kön\nb;2;2025;F\na;2;2025;P\nc;1;2025;F\n"
        "a;1;2024;P\n",
        "Kön;År;Skolkod;Elev-ID\nP;2024;1;a\nF;2025;1;c\nP;2025;2;a\n"
        "F;2025;2;b\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        world_file(state, "elever.csv", tables[i]);
        g_autoptr(lkv_world) at = world_new(state, STUDY "groups: [sex]\n");
        world_roll(at);
        assert_roll(at, "2024 1 a m\n2025 1 c f\n2025 2 a m\n2025 2 b f\n");
        assert_int_equal(at->roll->first_year, 2024);
        assert_int_equal(at->roll->years, 2);
        assert_int_equal(lkv_roll_find(at->roll, "a", 1, 2024), 0);
        assert_int_equal(lkv_roll_find(at->roll, "a", 1, 2025), 2);
        assert_int_equal(lkv_roll_at(at->roll, 0)->id,
                         lkv_roll_at(at->roll, 2)->id);
        assert_true(lkv_roll_find(at->roll, "b", 1, 2024) == LKV_NO_NAME);
        assert_true(lkv_roll_find(at->roll, "b", 1, 2030) == LKV_NO_NAME);
        assert_true(lkv_roll_find(at->roll, "x", 1, 2025) == LKV_NO_NAME);
    }
}

static const lkv_input_facts *facts_at(const lkv_world *at, guint i)
{
    return &g_array_index(at->inputs, lkv_input_facts, i);
}

static void test_equal_twice(void **state)
{
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;Kön\na;1;F\nb;1;P\na;1;F\na;1;F\n");
    g_autoptr(lkv_world) at = world_new(state, STUDY "groups: [sex]\n");
    world_roll(at);
    assert_roll(at, "2025 1 a f\n2025 1 b m\n");
    assert_int_equal(facts_at(at, 0)->rows, 4);
    assert_int_equal(facts_at(at, 0)->duplicates, 2);
    assert_int_equal(facts_at(at, 0)->rejected, 0);
}

/* At another school, or with other values: both lines, any order of rows. */
static void test_conflicts(void **state)
{
    static const char *const rows[][2] = {{"a;1;F", "a;2;F"},
                                          {"a;2;F", "a;1;F"},
                                          {"a;1;F", "a;1;P"},
                                          {"a;1;P", "a;1;F"},
                                          {"a;1;", "a;1;F"}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *table = g_strdup_printf(
            "Elev-ID;Skolkod;Kön\n%s\nb;1;F\n%s\n", rows[i][0], rows[i][1]);
        world_file(state, "elever.csv", table);
        g_autoptr(lkv_world) at = world_new(state, STUDY "groups: [sex]\n");
        world_roll(at);
        assert_null(at->roll);
        assert_told(at->diag, "elever.csv:4 E-PUPIL-TWICE\n");
        assert_non_null(
            strstr(lkv_diag_at(at->diag, 0)->what, "line 2 of elever.csv"));
    }
}

/* One fault a row: the row is counted, located and left out. */
static void test_rejected(void **state)
{
    static const struct {
        const char *row, *code;
    } cases[] = {
        {";1;2025;9;F;5", "W-ID"},
        {"NULL;1;2025;9;F;5", "W-ID"},
        {"-;1;2025;9;F;5", "W-ID"},
        {"z;;2025;9;F;5", "W-SCHOOL-MISSING"},
        {"z;-;2025;9;F;5", "W-SCHOOL-MISSING"},
        {"z;1;25;9;F;5", "W-YEAR"},
        {"z;1;2024/26;9;F;5", "W-YEAR"},
        {"z;1;2025;9A;F;5", "W-STAGE-YEAR"},
        {"z;1;2025;;F;5", "W-STAGE-YEAR"},
        {"z;1;2025;9;F;five", "W-NUMBER"},
        {"z;1;2025;9;F;1E5", "W-NUMBER"},
        {"z;1;2025;9;F;NaN", "W-NUMBER"},
        {"z\xe2\x80\x8b;1;2025;9;F;5", "W-ROW-INVISIBLE"},
        {"z;1;2025;9;F", "W-ROW-FIELDS"},
        {"z;1;\"2025\"x;9;F;5", "W-ROW-QUOTE"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *table = g_strdup_printf(
            "Elev-ID;Skolkod;År;Åk;Kön;poäng\na;1;2025;9;F;5\n%s\n"
            "b;1;2024/25;åk 9;P;-\n",
            cases[i].row);
        world_file(state, "elever.csv", table);
        g_autoptr(lkv_world) at = world_new(
            state, "district: T\nyear: 2025\ngroups: [sex]\n"
                   "pupils: {path: elever.csv, missing: [\"\", \"-\"]}\n"
                   "outcomes: {poang: {column: poäng}}\n");
        world_roll(at);
        assert_roll(at, "2025 1 a f\n2025 1 b m\n");
        g_autofree char *wanted =
            g_strdup_printf("elever.csv:3 %s\n", cases[i].code);
        assert_told(at->diag, wanted);
        assert_int_equal(facts_at(at, 0)->rows, 3);
        assert_int_equal(facts_at(at, 0)->rejected, 1);
    }
}

static void test_long_ids(void **state)
{
    g_autofree char *fits = g_strnfill(256, 'x');
    g_autofree char *over = g_strnfill(257, 'x');
    g_autofree char *table = g_strdup_printf(
        "Elev-ID;Skolkod\n%s;1\n%s;1\na;%s\nb;%s\n", fits, over, fits, over);
    world_file(state, "elever.csv", table);
    g_autoptr(lkv_world) at = world_new(state, STUDY);
    world_roll(at);
    assert_no_errors(at->diag);
    assert_int_equal(lkv_roll_size(at->roll), 2);
    assert_told(at->diag,
                "elever.csv:3 W-ROW-LIMIT\nelever.csv:5 W-ROW-LIMIT\n");
}

/* The file is refused, and no id is repeated. */
static void test_refused_ids(void **state)
{
    static const struct {
        const char *id, *more, *code;
    } cases[] = {
        {"1.99901E+11", "", "E-ID-EXPONENT"},
        {"1,99901E+11", "", "E-ID-EXPONENT"},
        {"811218-9876", "", "E-PERSONAL-NUMBER"},
        {"198112189876", "", "E-PERSONAL-NUMBER"},
        {"811218-9876", "personal_numbers: keyed\n", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *table =
            g_strdup_printf("Elev-ID;Skolkod\na;1\n%s;1\n", cases[i].id);
        g_autofree char *study = g_strconcat(STUDY, cases[i].more, NULL);
        world_file(state, "elever.csv", table);
        g_autoptr(lkv_world) at = world_new(state, study);
        world_roll(at);
        assert_int_equal(at->roll != NULL, cases[i].code == NULL);
        if (!cases[i].code) {
            assert_told(at->diag, "");
            continue;
        }
        g_autofree char *wanted =
            g_strdup_printf("elever.csv:3 %s\n", cases[i].code);
        assert_told(at->diag, wanted);
        g_autofree char *text = lkv_diag_text(at->diag, (lkv_print){0});
        assert_null(strstr(text, cases[i].id));
    }
}

/* An unknown code is missing, never a group, and its row stays. */
static void test_codes(void **state)
{
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;Kön\na;1;FLICKA\nb;1;2\nc;1;Okänd\nd;1;\n"
               "e;1;pojke\n");
    g_autoptr(lkv_world) at = world_new(state, STUDY "groups: [sex]\n");
    world_roll(at);
    assert_roll(at, "2025 1 a f\n2025 1 b f\n2025 1 c .\n2025 1 d .\n"
                    "2025 1 e m\n");
    assert_told(at->diag, "elever.csv:4 W-CODE-UNKNOWN\n");
    assert_string_equal(lkv_diag_at(at->diag, 0)->excerpt, "Okänd");
}

/* Stated codes rule, exactly as written. */
static void test_stated_codes(void **state)
{
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;Kön\na;1;T\nb;1;K\nc;1;Flicka\nd;1;f\n");
    g_autoptr(lkv_world) at = world_new(
        state, "district: T\nyear: 2025\ngroups: [sex]\npupils: "
               "{path: elever.csv, codes: {sex: {f: [T], m: [K]}}}\n");
    world_roll(at);
    assert_roll(at, "2025 1 a f\n2025 1 b m\n2025 1 c .\n2025 1 d f\n");
    assert_told(at->diag, "elever.csv:4 W-CODE-UNKNOWN\n");
}

/* Rows that where: passes over are no rows, no faults, and their pupils are
 * known to have been there.
 */
static void test_where(void **state)
{
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;Åk\na;1;9\nb;1;8\nb;1;8\nc;;7\nd;1;9\n");
    g_autoptr(lkv_world) at =
        world_new(state, "district: T\nyear: 2025\npupils: {path: elever.csv, "
                         "where: {stage_year: [9, \"10\"]}}\n");
    world_roll(at);
    assert_roll(at, "2025 1 a\n2025 1 d\n");
    assert_told(at->diag, "");
    assert_int_equal(facts_at(at, 0)->rows, 2);
    assert_int_equal(facts_at(at, 0)->passed_over, 3);
    assert_true(lkv_names_find(at->roll->lost, "b", 1) != LKV_NO_NAME);
}

/* pupil_id: none says that every row is a pupil. */
static void test_rows_are_pupils(void **state)
{
    world_file(state, "elever.csv", "Skolkod;Kön\n1;F\n1;F\n2;P\n");
    g_autoptr(lkv_world) at =
        world_new(state, "district: T\nyear: 2025\ngroups: [sex]\npupils: "
                         "{path: elever.csv, columns: {pupil_id: none}}\n");
    world_roll(at);
    assert_no_errors(at->diag);
    assert_int_equal(lkv_roll_size(at->roll), 3);
    assert_int_equal(facts_at(at, 0)->duplicates, 0);
}

static void test_years_of_files(void **state)
{
    world_file(state, "elever.csv", "Elev-ID;Skolkod\na;1\n");
    world_file(state, "gamla.csv", "Elev-ID;Skolkod\na;2\nb;1\n");
    g_autoptr(lkv_world) at = world_new(
        state,
        "district: T\nyear: 2025\ninputs:\n  pupils:\n"
        "    - {path: elever.csv}\n    - {path: gamla.csv, year: 2023}\n");
    world_roll(at);
    assert_roll(at, "2023 1 b\n2023 2 a\n2025 1 a\n");
    assert_true(lkv_roll_find(at->roll, "a", 1, 2024) == LKV_NO_NAME);
    assert_int_equal(lkv_roll_find(at->roll, "a", 1, 2023), 1);
}

static void test_schools(void **state)
{
    world_file(state, "elever.csv", "Elev-ID;Skolkod\na;2\nb;1\nc;3\nd;01\n");
    world_file(state, "skolor.csv",
               "Skolkod;Skola;Typ;Område\n1;Fyren;Grundskola;Norr\n"
               "2;Ön;Resursskola;Söder\n01;;;Norr\n1;Again;;\n9;Empty;;\n");
    g_autoptr(lkv_world) at =
        world_new(state, STUDY "schools: skolor.csv\n"
                               "groups: [{by: area, level: school}]\n");
    world_roll(at);
    assert_non_null(at->roll);
    assert_told(at->diag, "skolor.csv:5 W-SCHOOL-TWICE\n"
                          "elever.csv:4 W-SCHOOL-UNKNOWN\n");
    const lkv_roll *roll = at->roll;
    assert_int_equal(lkv_names_size(roll->schools), 3); /* "01" is not "1" */
    assert_string_equal(roll->school_name[0], "01");
    assert_string_equal(roll->school_name[1], "Fyren");
    assert_string_equal(roll->school_name[2], "Ön");
    assert_false(roll->school_special[1]);
    assert_true(roll->school_special[2]);
    int area = lkv_roll_codes_find(roll, "area");
    assert_int_equal(roll->school_code[area][0], roll->school_code[area][1]);
    assert_int_not_equal(roll->school_code[area][0],
                         roll->school_code[area][2]);
}

/* The number of column ID of the pupil called PUPIL, as text. */
static const char *number_at(const lkv_roll *roll, const char *pupil,
                             const char *id, char buffer[32])
{
    uint32_t row = lkv_roll_find(roll, pupil, strlen(pupil), 2025);
    size_t column = (size_t)lkv_roll_numbers_find(roll, id);
    lkv_decimal at = g_array_index(roll->number, lkv_decimal,
                                   row * roll->numbers->len + column);
    return at.decimals == 255
               ? "missing"
               : lkv_decimal_text(at.mantissa, at.decimals, buffer);
}

/* A covariate of the schools' table is that of all pupils of the school. */
static void test_numbers_of_schools(void **state)
{
    char buffer[32];
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;poäng\na;2;7,5\nb;1;3\nc;3;\nd;2;1\ne;4;2\n");
    world_file(state, "skolor.csv",
               "Skolkod;Index;Skola\n3;;Ön\n1;81,5;Fyren\n2;152;Havet\n"
               "4;x;Fel\n");
    g_autoptr(lkv_world) at =
        world_new(state, STUDY "schools: skolor.csv\n"
                               "background:\n"
                               "  index: {column: index, level: school}\n"
                               "  points: poäng\n");
    world_roll(at);
    assert_non_null(at->roll);
    assert_told(at->diag, "skolor.csv:5 W-NUMBER\n"
                          "elever.csv:6 W-SCHOOL-UNKNOWN\n");
    assert_string_equal(number_at(at->roll, "a", "index", buffer), "152");
    assert_string_equal(number_at(at->roll, "b", "index", buffer), "81.5");
    assert_string_equal(number_at(at->roll, "c", "index", buffer), "missing");
    assert_string_equal(number_at(at->roll, "d", "index", buffer), "152");
    assert_string_equal(number_at(at->roll, "a", "points", buffer), "7.5");
    assert_string_equal(number_at(at->roll, "c", "points", buffer), "missing");
}

/* Without such a table there is nothing to take it from. */
static void test_numbers_of_no_schools(void **state)
{
    world_file(state, "elever.csv", "Elev-ID;Skolkod\na;2\n");
    g_autoptr(lkv_world) at = world_new(
        state, STUDY "background: {index: {column: index, level: school}}\n");
    world_roll(at);
    assert_null(at->roll);
    assert_true(lkv_diag_has(at->diag, "E-COLUMN-MISSING"));
}

/* The decimal mark is that of all fractions of the file; a comma before three
 * digits alone is none that anybody can tell.
 */
static void test_decimal_marks(void **state)
{
    static const struct {
        const char *one, *two, *told;
        int64_t mantissa;
        uint8_t decimals;
    } cases[] = {
        {"12,5", "3", "", 125, 1},
        {"12.5", "3", "", 125, 1},
        {"1,234", "5,5", "", 1234, 3},
        {"12", "3", "", 12, 0},
        {"12,50", "0,5", "", 125, 1},
        {"1,234", "3", "elever.csv:2 E-DECIMAL-AMBIGUOUS\n", 0, 0},
        {"12.5", "3,5", "elever.csv:3 W-NUMBER\n", 125, 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *table =
            g_strdup_printf("Elev-ID;Skolkod;ses\na;1;%s\nb;1;%s\n",
                            cases[i].one, cases[i].two);
        world_file(state, "elever.csv", table);
        g_autoptr(lkv_world) at =
            world_new(state, STUDY "background: {ses: ses}\n");
        world_roll(at);
        assert_told(at->diag, cases[i].told);
        if (cases[i].mantissa) {
            lkv_decimal read = g_array_index(at->roll->number, lkv_decimal, 0);
            assert_int_equal(read.mantissa, cases[i].mantissa);
            assert_int_equal(read.decimals, cases[i].decimals);
        } else {
            assert_null(at->roll);
        }
    }
}

static void test_nobody(void **state)
{
    world_file(state, "elever.csv", "Elev-ID;Skolkod\n;1\n;1\n");
    g_autoptr(lkv_world) at = world_new(state, STUDY);
    world_roll(at);
    assert_null(at->roll);
    assert_told(at->diag, "elever.csv:2 W-ID\nelever.csv:3 W-ID\n"
                          "elever.csv:0 E-TABLE-REFUSED\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define ROLL_TEST(test)                                                        \
    cmocka_unit_test_setup_teardown(test, scratch_make, scratch_drop)
        ROLL_TEST(test_order),
        ROLL_TEST(test_equal_twice),
        ROLL_TEST(test_conflicts),
        ROLL_TEST(test_rejected),
        ROLL_TEST(test_long_ids),
        ROLL_TEST(test_refused_ids),
        ROLL_TEST(test_codes),
        ROLL_TEST(test_stated_codes),
        ROLL_TEST(test_where),
        ROLL_TEST(test_rows_are_pupils),
        ROLL_TEST(test_years_of_files),
        ROLL_TEST(test_schools),
        ROLL_TEST(test_numbers_of_schools),
        ROLL_TEST(test_numbers_of_no_schools),
        ROLL_TEST(test_decimal_marks),
        ROLL_TEST(test_nobody),
    };
    if (!lkv_hash_start()) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
