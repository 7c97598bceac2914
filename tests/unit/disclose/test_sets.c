/* Sets of leaves, the atoms they are cut into, and crowds. */
#include "check.h"

#include "disclose/sets.h"

/* An axis "mark" of missing, a, b, c, d with the group "pass" = a, b. */
static lkv_cube *marks(uint16_t *pass)
{
    static const char *const ids[] = {"a", "b", "c", "d"};
    const uint16_t passed[] = {1, 2};
    lkv_cube *cube = lkv_cube_new();
    lkv_axis axis = lkv_cube_axis_add(cube, "mark");
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        lkv_cube_leaf_add(cube, axis, ids[i]);
    }
    *pass = lkv_cube_group_add(cube, axis, "pass", passed, 2);
    lkv_cube_group_add(cube, axis, "same", passed, 2);
    return cube;
}

static void same_leaves_are_the_same_set(void **state)
{
    (void)state;
    uint16_t pass;
    g_autoptr(lkv_cube) cube = marks(&pass);
    g_autoptr(lkv_sets) sets = lkv_sets_new(cube);
    uint16_t passed = lkv_sets_of(sets, (lkv_term){0, pass});
    uint16_t same = lkv_sets_of(sets, (lkv_term){0, (uint16_t)(pass + 1)});
    assert_int_equal(passed, same);
    assert_int_equal(lkv_sets_size(sets, 0, passed), 2);
    uint16_t a = lkv_sets_of(sets, (lkv_term){0, 1});
    uint16_t b = lkv_sets_without(sets, 0, passed, a);
    assert_int_equal(b, lkv_sets_of(sets, (lkv_term){0, 2}));
    assert_int_equal(lkv_sets_meet(sets, 0, a, b), LKV_SET_EMPTY);
    assert_int_equal(lkv_sets_meet(sets, 0, a, LKV_SET_ALL), a);
    assert_int_equal(lkv_sets_without(sets, 0, a, a), LKV_SET_EMPTY);
    assert_true(lkv_sets_within(sets, 0, a, passed));
    assert_false(lkv_sets_within(sets, 0, passed, a));
    assert_true(lkv_sets_within(sets, 0, LKV_SET_EMPTY, a));
    assert_false(lkv_sets_within(sets, 0, LKV_SET_ALL, passed));
}

static void atoms_are_the_coarsest_parts(void **state)
{
    (void)state;
    uint16_t pass;
    g_autoptr(lkv_cube) cube = marks(&pass);
    g_autoptr(lkv_sets) sets = lkv_sets_new(cube);
    lkv_sets_of(sets, (lkv_term){0, pass});
    lkv_sets_of(sets, (lkv_term){0, 4});
    lkv_sets_cut(sets);
    /* {missing, c}, {a, b}, {d} */
    assert_int_equal(lkv_sets_atoms(sets, 0), 3);
    size_t leaves = 0;
    for (size_t i = 0; i < 3; i++) {
        leaves += lkv_sets_size(sets, 0, lkv_sets_atom(sets, 0, i));
    }
    assert_int_equal(leaves, 5);
    uint16_t first = lkv_sets_atom(sets, 0, 0);
    assert_true(lkv_sets_holds_leaf(sets, 0, first, 0));
    assert_true(lkv_sets_holds_leaf(sets, 0, first, 3));
    assert_false(lkv_sets_holds_leaf(sets, 0, first, 1));
}

static void crowds_are_sorted_and_distinct(void **state)
{
    (void)state;
    g_autoptr(lkv_crowds) crowds = lkv_crowds_new();
    lkv_crowd one = lkv_crowd_with((lkv_crowd){0}, 5, 1);
    one = lkv_crowd_with(one, 2, 7);
    lkv_crowd two = lkv_crowd_with((lkv_crowd){0}, 2, 7);
    two = lkv_crowd_with(two, 5, 3);
    two = lkv_crowd_with(two, 5, 1);
    assert_int_equal(one.axis[0], 2);
    uint32_t number = lkv_crowds_add(crowds, &one);
    assert_int_equal(lkv_crowds_add(crowds, &two), number);
    assert_int_equal(lkv_crowd_on(&one, 5), 1);
    assert_int_equal(lkv_crowd_on(&one, 4), LKV_SET_ALL);
    lkv_crowd less = lkv_crowd_with(one, 2, LKV_SET_ALL);
    assert_int_equal(less.terms, 1);
    assert_int_equal(lkv_crowds_find(crowds, &less), LKV_NO_CROWD);
    less.population = 1;
    for (uint16_t i = 0; i < 1000; i++) {
        less.set[0] = i;
        assert_int_equal(lkv_crowds_add(crowds, &less), i + 1);
    }
    assert_int_equal(lkv_crowds_size(crowds), 1001);
    assert_int_equal(lkv_crowds_find(crowds, &one), number);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_leaves_are_the_same_set),
        cmocka_unit_test(atoms_are_the_coarsest_parts),
        cmocka_unit_test(crowds_are_sorted_and_distinct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
