/* results.csv: a row a figure, and no number that the release does not show. */
#include "check.h"
#include "unit/render/written.h"
#include "unit/report/maker.h"

static const char *const schools[] = {"11 Fyrljusskolan",
                                      "12 =SUMMA(A1), \"b\"", NULL};
static const char *const populations[] = {"final-2025 9", NULL};
static const char *const outcomes[] = {"eligible yes_no", "merit_17 points",
                                       "grade:MA levels", NULL};
static const char *const groups[] = {"sex m f", NULL};

#define P "final-2025"

static const made_figure figures[] = {
    {P, "", "eligible", "share", "", "", "0.852", "0.833", "0.869", "1204",
     false},
    {P, "11", "eligible", "share", "", "", ">=0.91", "", "", "84", false},
    {P, "12", "eligible", "share", "", "", "..", "..", "..", "..", false},
    {P, "12", "merit_17", "mean", "", "", "-no_pupils", "", "", "", false},
    {P, "11", "merit_17", "gap", "", "sex.f/m", "-6.5", "-12.0", "-1.0", "",
     false},
    {P, "11", "grade:MA", "grades", "passed", "", "<=0.08", "", "", "", false},
    {0}};

static const made_world world = {.district = "Norrhamns kommun",
                                 .schools = schools,
                                 .populations = populations,
                                 .outcomes = outcomes,
                                 .groups = groups,
                                 .levels = "ABCDEF-",
                                 .passed = "ABCDE",
                                 .rules = true,
                                 .year = 2025,
                                 .figures = figures};

/* The row that begins with the run and what follows from KEY. */
static char *row_of(const char *csv, const char *part)
{
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        if (strstr(lines[i], part)) {
            return g_strdup(lines[i]);
        }
    }
    fail_msg("no row with %s in\n%s", part, csv);
    return NULL;
}

static void hold_row(const char *csv, const char *part, const char *wanted)
{
    g_autofree char *row = row_of(csv, part);
    assert_string_equal(row, wanted);
}

static const char columns[] =
    "run_id,release,population,variant,year,stage,level,unit_id,unit_name,"
    "subject,outcome,measure,component,group_by,group,reference,target,"
    "estimate,std_error,ci_low,ci_high,ci_level,df,method,n,n_schools,"
    "n_missing,unit,status,note,detectable\n";

static void a_row_has_what_is_shown(void **state)
{
    (void)state;
    g_autoptr(lkv_release) release = made_release(&world);
    g_autofree char *csv = written(lkv_render_csv, release);
    assert_true(g_str_has_prefix(csv, columns));
    hold_row(csv, "district,0000,,,eligible",
             "0000-2025-0a1b2c3d,final,final-2025,all,2025,final,district,0000,"
             ",,eligible,share,,,,,these_schools,0.852,,0.833,0.869,0.95,,,"
             "1204,,,share,ok,,");
    hold_row(csv, "Fyrljusskolan,,eligible",
             "0000-2025-0a1b2c3d,final,final-2025,all,2025,final,school,11,"
             "Fyrljusskolan,,eligible,share,,,,,these_schools,0.91,,,,,,,84,,,"
             "share,at_least,,");
    hold_row(csv, "gap",
             "0000-2025-0a1b2c3d,final,final-2025,all,2025,final,school,11,"
             "Fyrljusskolan,,merit_17,gap,,sex,f,m,these_schools,-6.5,,-12.0,"
             "-1.0,0.95,,,,,,points,ok,,8.2");
}

/* A hidden row has no number at all, not even how many pupils. */
static void a_hidden_row_is_empty(void **state)
{
    (void)state;
    g_autoptr(lkv_release) release = made_release(&world);
    g_autofree char *csv = written(lkv_render_csv, release);
    g_autofree char *row = row_of(csv, ",hidden,");
    assert_true(
        g_str_has_suffix(row, ",these_schools,,,,,,,,,,,share,hidden,,"));
}

static void a_reason_stands_for_a_missing_number(void **state)
{
    (void)state;
    g_autoptr(lkv_release) release = made_release(&world);
    g_autofree char *csv = written(lkv_render_csv, release);
    g_autofree char *row = row_of(csv, "not_estimable");
    assert_true(g_str_has_suffix(
        row, ",these_schools,,,,,,,,,,,points,not_estimable,no_pupils,"));
}

/* A name cannot become a formula, nor break its row. */
static void names_are_quoted_and_defused(void **state)
{
    (void)state;
    g_autoptr(lkv_release) release = made_release(&world);
    g_autofree char *csv = written(lkv_render_csv, release);
    assert_non_null(strstr(csv, ",12,\"'=SUMMA(A1), \"\"b\"\"\",,"));
    g_autofree char *subject = row_of(csv, ",grades,passed,");
    assert_non_null(strstr(subject, ",MA,grade,grades,passed,"));
}

/* What is attached to a report is what the report shows, and no more. */
static void a_document_has_its_own_rows(void **state)
{
    (void)state;
    g_autoptr(lkv_release) release = made_release(&world);
    lkv_cell shown = 0;
    for (size_t i = 0; i < lkv_release_size(release) && shown == 0; i++) {
        const lkv_figure *figure = lkv_release_figure(release, i);
        shown = figure->key.unit == 0 ? figure->low : 0;
    }
    const lkv_arg arg = {.name = "low", .kind = LKV_ARG_CELL, .cell = shown};
    const lkv_block block = {.kind = LKV_BLOCK_PARAGRAPH,
                             .as.text = {.key = "any", .arg = &arg, .args = 1}};
    const lkv_document document = {.block = &block, .blocks = 1};
    g_autoptr(GString) csv = g_string_new(NULL);
    lkv_render_csv_of(&document, release, csv);
    assert_true(g_str_has_prefix(csv->str, columns));
    const char *rows = csv->str + strlen(columns);
    assert_non_null(strstr(rows, ",district,0000,,,eligible,share,"));
    assert_ptr_equal(strchr(rows, '\n'), csv->str + csv->len - 1);
}

/* A dot of a school in a chart of the district is nobody's row there; in the
 * school's own report it is.
 */
static void a_district_attaches_no_school(void **state)
{
    (void)state;
    g_autoptr(lkv_release) release = made_release(&world);
    lkv_cell shown = 0;
    uint16_t unit = 0;
    for (size_t i = 0; i < lkv_release_size(release) && shown == 0; i++) {
        const lkv_figure *figure = lkv_release_figure(release, i);
        unit = figure->key.unit;
        shown = unit != 0 ? figure->value : 0;
    }
    assert_true(shown != 0);
    const lkv_mark mark = {.kind = LKV_MARK_DOT, .at = shown};
    const lkv_block block = {.kind = LKV_BLOCK_CHART,
                             .as.chart = {.mark = &mark, .marks = 1}};
    const uint16_t owners[] = {0, unit};
    for (size_t i = 0; i < G_N_ELEMENTS(owners); i++) {
        const lkv_document document = {
            .unit = owners[i], .block = &block, .blocks = 1};
        g_autoptr(GString) csv = g_string_new(NULL);
        lkv_render_csv_of(&document, release, csv);
        assert_int_equal(strstr(csv->str, ",school,") != NULL, i == 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_has_what_is_shown),
        cmocka_unit_test(a_hidden_row_is_empty),
        cmocka_unit_test(a_reason_stands_for_a_missing_number),
        cmocka_unit_test(names_are_quoted_and_defused),
        cmocka_unit_test(a_document_has_its_own_rows),
        cmocka_unit_test(a_district_attaches_no_school),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
