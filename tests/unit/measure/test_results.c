/* Results: sorted by key, found by key, exact values. */
#include "check.h"

#include "measure/results.h"

static lkv_results *three(void)
{
    g_autoptr(lkv_frame) frame = lkv_frame_new();
    lkv_results *results = lkv_results_new(frame);
    lkv_results_add(results, (lkv_key){.population = 1, .unit = 2});
    lkv_estimate *exact =
        lkv_results_add(results, (lkv_key){.population = 0, .unit = 5});
    exact->top = -3;
    exact->bottom = 8;
    lkv_estimate *real =
        lkv_results_add(results, (lkv_key){.population = 1, .unit = 1});
    real->real = 0.1;
    lkv_results_sort(results);
    return results;
}

static void test_sorted(void **state)
{
    (void)state;
    g_autoptr(lkv_results) results = three();
    assert_int_equal(lkv_results_size(results), 3);
    assert_int_equal(lkv_results_at(results, 0)->key.unit, 5);
    assert_int_equal(lkv_results_at(results, 1)->key.unit, 1);
    assert_int_equal(lkv_results_at(results, 2)->key.unit, 2);
}

static void test_found(void **state)
{
    (void)state;
    g_autoptr(lkv_results) results = three();
    const lkv_key there = {.population = 1, .unit = 2};
    const lkv_key absent = {.population = 1, .unit = 3};
    assert_ptr_equal(lkv_results_find(results, &there),
                     lkv_results_at(results, 2));
    assert_null(lkv_results_find(results, &absent));
}

static void test_value(void **state)
{
    (void)state;
    g_autoptr(lkv_results) results = three();
    assert_close(lkv_estimate_value(lkv_results_at(results, 0)), -0.375, 0);
    assert_close(lkv_estimate_value(lkv_results_at(results, 1)), 0.1, 0);
    assert_close(lkv_estimate_value(lkv_results_at(results, 2)), NAN, 0);
}

static void test_new_has_no_numbers(void **state)
{
    (void)state;
    g_autoptr(lkv_results) results = three();
    const lkv_estimate *empty = lkv_results_at(results, 2);
    const double numbers[] = {empty->error, empty->low, empty->high, empty->df,
                              empty->p};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_true(isnan(numbers[i]));
    }
    assert_int_equal(empty->n, -1);
    assert_int_equal(empty->schools, -1);
    assert_int_equal(empty->missing, -1);
    assert_int_equal(empty->claim.stat, LKV_OTHER);
    assert_int_equal(empty->claim.population, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sorted),
        cmocka_unit_test(test_found),
        cmocka_unit_test(test_value),
        cmocka_unit_test(test_new_has_no_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
