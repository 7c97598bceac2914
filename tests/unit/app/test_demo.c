/* The invented district: as planned, the same again, and its own books. */
#include "check.h"

#include <string.h>

#include <jansson.h>

#include "app/demo.h"
#include "base/hash.h"

static const lkv_demo_plan plan = {
    .schools = 25, .pupils = 3000, .years = 2, .last_year = 2025, .seed = 5};

static const lkv_demo_pupil *pupil_at(const lkv_demo *demo, guint i)
{
    return &g_array_index(demo->pupils, lkv_demo_pupil, i);
}

static char *all_of(const lkv_demo *demo)
{
    char *(*const files[])(const lkv_demo *) = {
        lkv_demo_schools_csv, lkv_demo_pupils_csv, lkv_demo_grades_csv,
        lkv_demo_tests_csv,   lkv_demo_goals_csv,  lkv_demo_truth};
    GString *all = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *text = files[i](demo);
        g_string_append(all, text);
    }
    return g_string_free(all, FALSE);
}

static void test_shape(void **state)
{
    (void)state;
    g_autoptr(lkv_demo) demo = lkv_demo_new(&plan);
    assert_int_equal(demo->schools->len, 25);
    /* years 3, 6 and 9 of ten, in two school years */
    assert_int_equal(demo->pupils->len, 2 * 3 * 300);
    size_t special = 0;
    g_autoptr(GHashTable) codes = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < demo->schools->len; i++) {
        lkv_demo_school *school =
            &g_array_index(demo->schools, lkv_demo_school, i);
        assert_int_equal(strlen(school->code), 8);
        assert_true(g_hash_table_add(codes, school->code));
        special += school->kind == LKV_DEMO_SPECIAL;
    }
    assert_int_equal(special, 1);
    for (guint i = 0; i < demo->pupils->len; i++) {
        const lkv_demo_pupil *pupil = pupil_at(demo, i);
        const lkv_demo_school *school =
            &g_array_index(demo->schools, lkv_demo_school, pupil->school);
        assert_true(pupil->stage_year >= school->first_stage_year);
        assert_true(pupil->stage_year <= school->last_stage_year);
        assert_true(pupil->year == 2024 || pupil->year == 2025);
        assert_true(pupil->sex == 'F' || pupil->sex == 'P');
        for (int k = 0; k < LKV_DEMO_SUBJECTS; k++) {
            assert_true(pupil->grade[k] == '\0' ||
                        strchr("ABCDEF-", pupil->grade[k]));
        }
    }
}

static void test_order(void **state)
{
    (void)state;
    g_autoptr(lkv_demo) demo = lkv_demo_new(&plan);
    for (guint i = 1; i < demo->pupils->len; i++) {
        const lkv_demo_pupil *one = pupil_at(demo, i - 1);
        const lkv_demo_pupil *two = pupil_at(demo, i);
        assert_true(one->year < two->year ||
                    (one->year == two->year &&
                     (one->school < two->school ||
                      (one->school == two->school && one->id < two->id))));
    }
}

static void test_same_again(void **state)
{
    (void)state;
    g_autoptr(lkv_demo) one = lkv_demo_new(&plan);
    g_autoptr(lkv_demo) again = lkv_demo_new(&plan);
    g_autofree char *first = all_of(one);
    g_autofree char *second = all_of(again);
    assert_string_equal(first, second);
    lkv_demo_plan other = plan;
    other.seed = 6;
    g_autoptr(lkv_demo) two = lkv_demo_new(&other);
    g_autofree char *third = all_of(two);
    assert_string_not_equal(first, third);
}

/* The draws themselves, as numbers: a change of them changes every district
 * that anyone has compared with. Sum of twelve uniforms less six by definition.
 */
static void test_normal(void **state)
{
    (void)state;
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 1});
    lkv_stream same = stream;
    double sum = 0.0, squares = 0.0;
    enum { DRAWS = 20000 };
    for (int i = 0; i < DRAWS; i++) {
        double wanted = -6.0;
        for (int k = 0; k < 12; k++) {
            wanted += lkv_stream_uniform(&same);
        }
        double drawn = lkv_demo_normal(&stream);
        assert_close(drawn, wanted, 1e-12);
        sum += drawn;
        squares += drawn * drawn;
    }
    assert_true(fabs(sum / DRAWS) < 0.03); /* four standard errors */
    assert_true(fabs(squares / DRAWS - 1.0) < 0.04);
}

/* A row a subject or a column a subject, from the same grades. */
static void test_shapes(void **state)
{
    (void)state;
    lkv_demo_plan rows = plan;
    rows.long_shape = true;
    g_autoptr(lkv_demo) wide = lkv_demo_new(&plan);
    g_autoptr(lkv_demo) tall = lkv_demo_new(&rows);
    g_autofree char *table = lkv_demo_grades_csv(tall);
    size_t grades = 0, lines = 0;
    for (guint i = 0; i < wide->pupils->len; i++) {
        assert_memory_equal(pupil_at(wide, i)->grade, pupil_at(tall, i)->grade,
                            LKV_DEMO_SUBJECTS);
        for (int k = 0; k < LKV_DEMO_SUBJECTS; k++) {
            grades += pupil_at(wide, i)->grade[k] != '\0';
        }
    }
    for (const char *at = table; *at; at++) {
        lines += *at == '\n';
    }
    assert_int_equal(lines, grades + 1);
}

/* The books agree with a count made here: passes in MA of year 9. */
static void test_truth(void **state)
{
    (void)state;
    g_autoptr(lkv_demo) demo = lkv_demo_new(&plan);
    g_autofree char *text = lkv_demo_truth(demo);
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    json_t *schools = json_object_get(root, "schools");
    size_t compared = 0;
    for (guint s = 0; s < demo->schools->len; s++) {
        const lkv_demo_school *school =
            &g_array_index(demo->schools, lkv_demo_school, s);
        g_autofree char *key = g_strdup_printf("%s/2025", school->code);
        const json_t *eligible =
            json_object_get(json_object_get(schools, key), "eligible");
        int64_t pupils = 0, most = 0;
        for (guint i = 0; i < demo->pupils->len; i++) {
            const lkv_demo_pupil *pupil = pupil_at(demo, i);
            if (pupil->school != s || pupil->year != 2025 ||
                pupil->stage_year != 9) {
                continue;
            }
            int passed = 0;
            for (int k = 0; k < LKV_DEMO_NO; k++) {
                passed += pupil->grade[k] && strchr("ABCDE", pupil->grade[k]);
            }
            pupils++;
            most += passed >= 8; /* fewer never are eligible */
        }
        assert_int_equal(eligible != NULL, pupils > 0);
        if (eligible) {
            assert_int_equal(json_integer_value(json_array_get(eligible, 0)),
                             pupils);
            assert_true(json_integer_value(json_array_get(eligible, 1)) <=
                        most);
            compared++;
        }
    }
    assert_true(compared > 5);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shape),      cmocka_unit_test(test_order),
        cmocka_unit_test(test_same_again), cmocka_unit_test(test_normal),
        cmocka_unit_test(test_shapes),     cmocka_unit_test(test_truth)};
    if (!lkv_hash_start()) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
