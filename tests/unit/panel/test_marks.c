/* Grades and goals: duplicates, conflicts, shapes, threads. */
#include "world.h"

#include "base/random.h"

static const char pupils[] = "Elev-ID;Skolkod\na;1\nb;1\nc;2\n";

static size_t column_of(const lkv_marks *marks, const char *subject)
{
    for (size_t i = 0; i < marks->graded; i++) {
        if (strcmp(marks->subject[i].id, subject) == 0) {
            return i;
        }
    }
    fail_msg("there is no column %s", subject);
    return 0;
}

/* Symbol of PUPIL's grade, "" where nothing was read. */
static const char *grade_of(const lkv_world *at, const char *pupil,
                            const char *subject)
{
    uint32_t row = lkv_roll_find(at->roll, pupil, strlen(pupil), 2025);
    uint8_t mark = lkv_marks_at(at->marks, row, column_of(at->marks, subject));
    return mark ? lkv_rules_step(at->rules, mark)->symbol : "";
}

static void assert_same_marks(const lkv_marks *one, const lkv_marks *other)
{
    assert_int_equal(one->rows, other->rows);
    assert_int_equal(one->columns, other->columns);
    for (size_t row = 0; row < one->rows; row++) {
        for (size_t i = 0; i < one->columns; i++) {
            assert_int_equal(lkv_marks_at(one, row, i),
                             lkv_marks_at(other, row, i));
        }
    }
}

static lkv_world *read_grades(void **state, const char *table, unsigned threads)
{
    world_file(state, "elever.csv", pupils);
    world_file(state, "betyg.csv", table);
    lkv_world *at = world_new(state, GRADED);
    world_marks(at, threads);
    return at;
}

static void test_long(void **state)
{
    g_autoptr(lkv_world) at =
        read_grades(state,
                    "Elev-ID;Ämne;Betyg;Språk\n"
                    "a;Matematik;a;\nb;MA;-;\nb;EN;streck;\n"
                    "c;M2;B;SPA\nc;ML ara;C;\na;SV;;\n",
                    1);
    assert_told(at->diag, "");
    assert_string_equal(grade_of(at, "a", "MA"), "A");
    assert_string_equal(grade_of(at, "b", "MA"), "-");
    assert_string_equal(grade_of(at, "b", "EN"), "-");
    assert_string_equal(grade_of(at, "c", "MA"), "");
    assert_string_equal(grade_of(at, "a", "SV"), "");
    assert_string_equal(grade_of(at, "c", "M2SPA"), "B");
    assert_string_equal(grade_of(at, "c", "MLARA"), "C");
}

/* Of tests the grade on the whole is kept, beside the grade in the subject;
 * parts are passed over, whatever they hold.
 */
static void test_tests(void **state)
{
    world_file(state, "elever.csv", pupils);
    world_file(state, "betyg.csv", "Elev-ID;Ämne;Betyg\na;MA;C\n");
    world_file(state, "prov.csv",
               "Elev-ID;Ämne;Delprov;Resultat\na;MA;A1;14\na;MA;PB;D\n"
               "b;Matematik;;E\nc;EN;Provbetyg;14\n");
    g_autoptr(lkv_world) at = world_new(state, GRADED "tests: prov.csv\n");
    world_marks(at, 1);
    assert_told(at->diag, "prov.csv:5 W-GRADE-UNKNOWN\n");
    size_t maths = column_of(at->marks, "MA");
    size_t column = lkv_marks_test(at->marks, at->rules, maths);
    static const char *const wanted[] = {"D", "E", ""};
    for (uint32_t i = 0; i < 3; i++) {
        const char id[] = {(char)('a' + (int)i), '\0'};
        uint32_t row = lkv_roll_find(at->roll, id, 1, 2025);
        uint8_t mark = lkv_marks_at(at->marks, row, column);
        assert_string_equal(mark ? lkv_rules_step(at->rules, mark)->symbol : "",
                            wanted[i]);
    }
    assert_string_equal(grade_of(at, "a", "MA"), "C");
    assert_string_equal(grade_of(at, "b", "MA"), "");
}

/* A column a subject says the same as a row a subject. */
static void test_wide(void **state)
{
    g_autoptr(lkv_world) wide = read_grades(state,
                                            "Elev-ID;MA;Engelska;Lärare;M2SPA\n"
                                            "a;A;;x;\nb;-;F;x;\nc;;E;x;B\n",
                                            1);
    g_autoptr(lkv_world) rows = read_grades(
        state,
        "Elev-ID;Ämne;Betyg\nc;M2SPA;B\na;MA;A\nb;MA;-\nb;EN;F\nc;EN;E\n", 1);
    assert_told(wide->diag, "");
    assert_same_marks(wide->marks, rows->marks);
}

/* Columns of languages lie by their ids, whatever came first. */
static void test_languages(void **state)
{
    static const char *const tables[] = {
        "Elev-ID;Ämne;Betyg\na;MLARA;A\na;M2SPA;B\nb;M2DEU;C\nb;M1FRA;D\n",
        "Elev-ID;Ämne;Betyg\nb;M1FRA;D\nb;M2 DEU;C\na;M2_SPA;B\na;mlara;A\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autoptr(lkv_world) at = read_grades(state, tables[i], 1);
        const lkv_marks *marks = at->marks;
        size_t first = at->rules->subject_count;
        assert_int_equal(marks->graded, first + 4);
        assert_string_equal(marks->subject[first].id, "M1FRA");
        assert_string_equal(marks->subject[first + 1].id, "M2DEU");
        assert_string_equal(marks->subject[first + 2].id, "M2SPA");
        assert_string_equal(marks->subject[first + 3].id, "MLARA");
        assert_string_equal(
            at->rules->choices[marks->subject[first + 1].choice].id, "M2");
        assert_string_equal(grade_of(at, "b", "M2DEU"), "C");
    }
}

static const lkv_input_facts *grade_facts(const lkv_world *at)
{
    return &g_array_index(at->inputs, lkv_input_facts, at->inputs->len - 1);
}

static void test_equal_twice(void **state)
{
    g_autoptr(lkv_world) at = read_grades(
        state, "Elev-ID;Ämne;Betyg\na;MA;A\nb;MA;B\na;Matematik;a\na;MA;A\n",
        1);
    assert_told(at->diag, "");
    assert_string_equal(grade_of(at, "a", "MA"), "A");
    assert_int_equal(grade_facts(at)->rows, 4);
    assert_int_equal(grade_facts(at)->duplicates, 2);
    assert_int_equal(grade_facts(at)->rejected, 0);
}

/* Two different marks refuse the file; both lines are named, in any order of
 * rows and of any two marks.
 */
static void test_conflicts(void **state)
{
    static const char *const rows[][2] = {
        {"a;MA;A", "a;MA;B"}, {"a;MA;B", "a;MA;A"}, {"a;MA;-", "a;MA;F"}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *table =
            g_strdup_printf("Elev-ID;Ämne;Betyg\nb;MA;A\n%s\nb;EN;A\n%s\n",
                            rows[i][0], rows[i][1]);
        g_autoptr(lkv_world) at = read_grades(state, table, 2);
        assert_null(at->marks);
        assert_told(at->diag, "betyg.csv:5 E-GRADE-CONFLICT\n");
        assert_non_null(strstr(lkv_diag_at(at->diag, 0)->what, "line 3"));
    }
}

/* SV and SVA, two languages of one choice, two years are no conflict. */
static void test_no_conflicts(void **state)
{
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;År\na;1;2025\na;1;2024\nb;1;2025\nc;1;2025\n");
    world_file(state, "betyg.csv",
               "Elev-ID;År;Ämne;Betyg\na;2025;SV;A\na;2025;SVA;B\n"
               "a;2024;SV;C\na;2025;M2SPA;A\na;2025;M2DEU;B\n");
    g_autoptr(lkv_world) at = world_new(state, GRADED);
    world_marks(at, 1);
    assert_told(at->diag, "");
    assert_string_equal(grade_of(at, "a", "SV"), "A");
    assert_string_equal(grade_of(at, "a", "SVA"), "B");
}

static void test_conflict_of_files(void **state)
{
    world_file(state, "elever.csv", pupils);
    world_file(state, "b1.csv", "Elev-ID;Ämne;Betyg\na;MA;A\n");
    world_file(state, "b2.csv", "Elev-ID;Ämne;Betyg\nb;MA;A\na;MA;B\n");
    g_autoptr(lkv_world) at =
        world_new(state, STUDY "grades: [b1.csv, b2.csv]\nrules: se-2011\n");
    world_marks(at, 1);
    assert_null(at->marks);
    assert_told(at->diag, "b2.csv:3 E-GRADE-CONFLICT\n");
}

static void test_rejected(void **state)
{
    static const struct {
        const char *row, *code;
    } cases[] = {
        {"x;2025;MA;A", "W-PUPIL-UNKNOWN"},
        {"a;2024;MA;A", "W-PUPIL-UNKNOWN"},
        {"a;2025;MA;G", "W-GRADE-UNKNOWN"},
        {"a;2025;MA;AA", "W-GRADE-UNKNOWN"},
        {"a;2025;Xyz;A", "W-SUBJECT-UNKNOWN"},
        {"a;2025;;A", "W-SUBJECT-UNKNOWN"},
        {"a;x;MA;A", "W-YEAR"},
        {"a;2025;MA", "W-ROW-FIELDS"},
        {"a;2025;M\xc2\xad"
         "A;A",
         "W-ROW-INVISIBLE"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *table = g_strdup_printf(
            "Elev-ID;År;Ämne;Betyg\nb;2025;MA;A\n%s\nc;2024/25;MA;B\n",
            cases[i].row);
        g_autoptr(lkv_world) at = read_grades(state, table, 1);
        g_autofree char *wanted =
            g_strdup_printf("betyg.csv:3 %s\n", cases[i].code);
        assert_told(at->diag, wanted);
        assert_non_null(at->marks);
        assert_int_equal(grade_facts(at)->rejected, 1);
        assert_string_equal(grade_of(at, "a", "MA"), "");
        assert_string_equal(grade_of(at, "c", "MA"), "B");
    }
}

/* In a wide row one unknown cell counts the row; its other grades stay. */
static void test_rejected_cell(void **state)
{
    g_autoptr(lkv_world) at =
        read_grades(state, "Elev-ID;MA;EN\na;G;A\nb;A;A\nc;B;B\n", 1);
    assert_told(at->diag, "betyg.csv:2 W-GRADE-UNKNOWN\n");
    assert_int_equal(grade_facts(at)->rejected, 1);
    assert_string_equal(grade_of(at, "a", "MA"), "");
    assert_string_equal(grade_of(at, "a", "EN"), "A");
}

/* Marks of a pupil whose own row was rejected, or passed over, are no fault of
 * their own.
 */
static void test_lost_pupils(void **state)
{
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;Åk\na;1;9\nb;;9\nc;1;9\nd;1;8\n");
    world_file(state, "betyg.csv",
               "Elev-ID;Ämne;Betyg\na;MA;A\nb;MA;A\nd;MA;A\nc;MA;B\nx;MA;A\n");
    g_autoptr(lkv_world) at = world_new(
        state, "district: {name: T, country: SE}\nyear: 2025\ngrades: "
               "betyg.csv\ninputs: {pupils: {path: elever.csv, where: "
               "{stage_year: [9]}}}\n");
    world_marks(at, 1);
    assert_told(at->diag, "elever.csv:3 W-SCHOOL-MISSING\n"
                          "betyg.csv:6 W-PUPIL-UNKNOWN\n");
    assert_int_equal(grade_facts(at)->rejected, 1);
}

static void test_goals(void **state)
{
    world_file(state, "elever.csv", pupils);
    world_file(state, "mal.csv",
               "Elev-ID;Ämne;Uppnått\na;MA;Ja\nb;MA;nej\nc;MA;\na;SVA;J\n"
               "b;SV;kanske\nc;Xyz;Ja\n");
    g_autoptr(lkv_world) at =
        world_new(state, STUDY "rules: se-2011\nattainment: mal.csv\n");
    world_marks(at, 1);
    assert_told(at->diag, "mal.csv:6 W-REACHED\nmal.csv:7 W-SUBJECT-UNKNOWN\n");
    const lkv_rules *rules = at->rules;
    for (size_t slot = 0; slot < rules->slot_count; slot++) {
        int column = lkv_marks_goal(at->marks, rules, slot);
        assert_true(column >= (int)at->marks->graded);
        uint8_t mark[3];
        for (size_t row = 0; row < 3; row++) {
            mark[row] = lkv_marks_at(at->marks, row, (size_t)column);
        }
        bool maths = strcmp(rules->slots[slot].id, "MA") == 0;
        bool swedish = strcmp(rules->slots[slot].id, "SV") == 0;
        assert_int_equal(mark[0], maths || swedish ? 1 + LKV_YES : 0);
        assert_int_equal(mark[1], maths ? 1 + LKV_NO : 0);
        assert_int_equal(mark[2], 0);
    }
    assert_int_equal(lkv_marks_goal(at->marks, rules, rules->slot_count), -1);
}

enum { MANY = 30000 };

/* A table that is read in ranges: some grades twice, notes over two lines,
 * and, if STRAY, quotes where none may stand.
 */
static void write_many(void **state, bool stray, bool conflict)
{
    static const char grades[] = "ABCDEF-";
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 3});
    GString *people = g_string_new("Elev-ID;Skolkod\n");
    GString *rows = g_string_new("Elev-ID;Ämne;Betyg;Not\n");
    for (int i = 0; i < MANY; i++) {
        char grade = grades[lkv_stream_below(&stream, 7)];
        g_string_append_printf(people, "p%05d;%d\n", i, i % 20);
        g_string_append_printf(rows, "p%05d;MA;%c;\"nr %d,\nsida 2\"\n", i,
                               grade, i);
        if (i % 100 == 0) {
            g_string_append_printf(rows, "p%05d;MA;%c;igen\n", i, grade);
        }
        if (stray && i % 5000 == 1777) {
            g_string_append(rows, "p00001;EN;A;skärm 12\" bred\n");
        }
        if (conflict && i % 9000 == 500) {
            g_string_append_printf(rows, "p%05d;MA;%c;\n", i,
                                   grade == 'A' ? 'B' : 'A');
        }
    }
    world_file(state, "elever.csv", people->str);
    world_file(state, "betyg.csv", rows->str);
    g_string_free(people, TRUE);
    g_string_free(rows, TRUE);
}

static void assert_alike(const lkv_world *one, const lkv_world *other)
{
    g_autofree char *first = lkv_diag_text(one->diag, (lkv_print){0});
    g_autofree char *second = lkv_diag_text(other->diag, (lkv_print){0});
    assert_string_equal(first, second);
    assert_int_equal(one->marks == NULL, other->marks == NULL);
    assert_int_equal(one->inputs->len, 2);
    assert_int_equal(other->inputs->len, 2);
    assert_int_equal(grade_facts(one)->rows, grade_facts(other)->rows);
    assert_int_equal(grade_facts(one)->rejected, grade_facts(other)->rejected);
    if (one->marks) {
        assert_int_equal(grade_facts(one)->duplicates,
                         grade_facts(other)->duplicates);
        assert_same_marks(one->marks, other->marks);
    }
}

static void check_threads(void **state, bool stray, bool conflict)
{
    write_many(state, stray, conflict);
    g_autoptr(lkv_world) one = world_new(state, GRADED);
    world_marks(one, 1);
    for (unsigned threads = 2; threads <= 7; threads += 5) {
        g_autoptr(lkv_world) more = world_new(state, GRADED);
        world_marks(more, threads);
        assert_alike(one, more);
    }
    assert_int_equal(one->marks == NULL, conflict);
    assert_int_equal(grade_facts(one)->rejected, stray ? 6 : 0);
}

/* Asked to stop, reading gives nothing and finds no fault in half a table. */
static void test_stopped(void **state)
{
    write_many(state, true, true);
    g_autoptr(lkv_world) at = world_new(state, GRADED);
    world_roll(at);
    size_t said = lkv_diag_size(at->diag);
    lkv_stop stop = {.asked = false};
    lkv_stop_ask(&stop);
    const lkv_crew crew = {.threads = 2, .stop = &stop};
    const lkv_marks_ask ask = {at->study, at->rules,  at->fields, at->roll,
                               crew,      at->inputs, NULL};
    assert_null(lkv_marks_read(&ask, at->diag));
    assert_null(
        lkv_roll_read(at->study, at->fields, &stop, at->inputs, at->diag));
    assert_null(lkv_panel_read(at->study, at->rules, crew, at->diag));
    assert_int_equal(lkv_diag_size(at->diag), said);
}

static void test_threads(void **state)
{
    check_threads(state, false, false);
}

static void test_threads_and_stray_quotes(void **state)
{
    check_threads(state, true, false);
}

static void test_threads_and_conflicts(void **state)
{
    check_threads(state, false, true);
}

int main(void)
{
#define MARKS_TEST(test)                                                       \
    cmocka_unit_test_setup_teardown(test, scratch_make, scratch_drop)
    const struct CMUnitTest tests[] = {
        MARKS_TEST(test_tests),
        MARKS_TEST(test_long),
        MARKS_TEST(test_wide),
        MARKS_TEST(test_languages),
        MARKS_TEST(test_equal_twice),
        MARKS_TEST(test_conflicts),
        MARKS_TEST(test_no_conflicts),
        MARKS_TEST(test_conflict_of_files),
        MARKS_TEST(test_rejected),
        MARKS_TEST(test_rejected_cell),
        MARKS_TEST(test_lost_pupils),
        MARKS_TEST(test_goals),
        MARKS_TEST(test_threads),
        MARKS_TEST(test_stopped),
        MARKS_TEST(test_threads_and_stray_quotes),
        MARKS_TEST(test_threads_and_conflicts),
    };
    if (!lkv_hash_start()) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
