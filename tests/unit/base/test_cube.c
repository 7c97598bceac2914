#include "base/cube.h"
#include "check.h"

static void test_axes_and_values(void **state)
{
    (void)state;
    g_autoptr(lkv_cube) cube = lkv_cube_new();
    lkv_axis school = lkv_cube_axis_add(cube, "school");
    lkv_axis sex = lkv_cube_axis_add(cube, "sex");
    uint16_t female = lkv_cube_leaf_add(cube, sex, "f");
    uint16_t male = lkv_cube_leaf_add(cube, sex, "m");
    assert_int_equal(lkv_cube_axes(cube), 2);
    assert_int_equal(lkv_cube_axis_find(cube, "sex"), sex);
    assert_int_equal(lkv_cube_axis_find(cube, "year"), LKV_NO_AXIS);
    assert_string_equal(lkv_cube_axis_id(cube, school), "school");
    assert_int_equal(lkv_cube_leaves(cube, school), 1);
    assert_int_equal(lkv_cube_leaves(cube, sex), 3);
    assert_int_equal(lkv_cube_value_find(cube, sex, "missing"),
                     LKV_LEAF_MISSING);
    assert_int_equal(lkv_cube_value_find(cube, sex, "m"), male);
    assert_int_equal(lkv_cube_value_find(cube, school, "m"), LKV_NO_VALUE);
    lkv_term term = {sex, female};
    assert_string_equal(lkv_cube_value_id(cube, term), "f");
}

static void test_groups(void **state)
{
    (void)state;
    g_autoptr(lkv_cube) cube = lkv_cube_new();
    lkv_axis maths = lkv_cube_axis_add(cube, "MA");
    uint16_t a = lkv_cube_leaf_add(cube, maths, "A");
    uint16_t b = lkv_cube_leaf_add(cube, maths, "B");
    uint16_t f = lkv_cube_leaf_add(cube, maths, "F");
    uint16_t passed =
        lkv_cube_group_add(cube, maths, "passed", (const uint16_t[]){a, b}, 2);
    uint16_t nobody = lkv_cube_group_add(cube, maths, "nobody", NULL, 0);
    uint16_t late = lkv_cube_leaf_add(cube, maths, "late");
    assert_int_equal(lkv_cube_groups(cube, maths), 2);
    assert_true(passed & LKV_GROUP_BIT);
    assert_int_equal(lkv_cube_value_find(cube, maths, "passed"), passed);
    assert_string_equal(lkv_cube_value_id(cube, (lkv_term){maths, passed}),
                        "passed");
    static const struct {
        unsigned value, leaf;
        bool holds;
    } cases[] = {{0, 1, true},  {0, 2, true},  {0, 3, false}, {0, 0, false},
                 {0, 4, false}, {1, 1, false}, {2, 3, true},  {2, 1, false}};
    const uint16_t value[] = {passed, nobody, f};
    const uint16_t leaf[] = {LKV_LEAF_MISSING, a, b, f, late};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        lkv_term term = {maths, value[cases[i].value]};
        assert_int_equal(lkv_cube_holds(cube, term, leaf[cases[i].leaf]),
                         cases[i].holds);
    }
}

static void test_populations(void **state)
{
    (void)state;
    g_autoptr(lkv_cube) cube = lkv_cube_new();
    assert_int_equal(lkv_cube_population_add(cube, "final-2024"), 0);
    assert_int_equal(lkv_cube_population_add(cube, "final-2025"), 1);
    assert_int_equal(lkv_cube_populations(cube), 2);
    assert_string_equal(lkv_cube_population_id(cube, 1), "final-2025");
}

static void test_where_is_sorted(void **state)
{
    (void)state;
    lkv_where one = {0};
    one = lkv_where_and(one, (lkv_term){5, 1});
    one = lkv_where_and(one, (lkv_term){2, 7});
    one = lkv_where_and(one, (lkv_term){9, 3});
    one = lkv_where_and(one, (lkv_term){5, 4});
    assert_int_equal(one.terms, 3);
    assert_int_equal(one.term[0].axis, 2);
    assert_int_equal(one.term[1].axis, 5);
    assert_int_equal(one.term[1].value, 4);
    assert_int_equal(one.term[2].axis, 9);
    assert_int_equal(lkv_where_on(&one, 9)->value, 3);
    assert_null(lkv_where_on(&one, 4));
    lkv_where other = {0};
    other = lkv_where_and(other, (lkv_term){9, 3});
    other = lkv_where_and(other, (lkv_term){5, 4});
    assert_false(lkv_where_equal(&one, &other));
    other = lkv_where_and(other, (lkv_term){2, 7});
    assert_true(lkv_where_equal(&one, &other));
}

static void test_claims_compare_what_their_kind_says(void **state)
{
    (void)state;
    lkv_where girls = lkv_where_and((lkv_where){0}, (lkv_term){1, 1});
    lkv_where boys = lkv_where_and((lkv_where){0}, (lkv_term){1, 2});
    lkv_claim one = {.stat = LKV_COUNT, .base = girls, .outcome = 1};
    lkv_claim other = one;
    other.outcome = 2;
    other.part = boys;
    assert_true(lkv_claim_equal(&one, &other));
    one.stat = other.stat = LKV_MEAN;
    assert_false(lkv_claim_equal(&one, &other));
    one.stat = other.stat = LKV_SHARE;
    assert_false(lkv_claim_equal(&one, &other));
    other.part = one.part;
    assert_true(lkv_claim_equal(&one, &other));
    other.population = 1;
    assert_false(lkv_claim_equal(&one, &other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_axes_and_values),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_populations),
        cmocka_unit_test(test_where_is_sorted),
        cmocka_unit_test(test_claims_compare_what_their_kind_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
