/* Centred moments of plain values, by hand. */
#include "check.h"

#include "stat/moments.h"

/* Groups 0 and 2 of three; y = 1, 3, 8 and x = 2, 2, 5. */
static void test_small(void **state)
{
    (void)state;
    static const double values[] = {1, 2, 3, 2, 8, 5};
    static const uint32_t group[] = {0, 0, 2};
    g_autoptr(lkv_moments) moments = lkv_moments_of(values, group, 3, 3, 2);
    assert_int_equal(moments->total, 3);
    assert_int_equal(moments->n[0], 2);
    assert_int_equal(moments->n[1], 0);
    assert_close(moments->mean[0], 4, 1e-15);
    assert_close(moments->mean[1], 3, 1e-15);
    assert_close(moments->group_mean[0], 2, 0);
    assert_true(isnan(moments->group_mean[2]));
    assert_close(moments->group_mean[5], 5, 0);
    assert_close(moments->sum[0], -4, 1e-14);
    assert_close(moments->sum[2], 0, 0);
    assert_close(moments->sum[4], 4, 1e-14);
    assert_close(moments->cross[0], 26, 1e-14); /* 9 + 1 + 16 */
    assert_close(moments->cross[1], 12, 1e-14); /* 3 + 1 + 8 */
    assert_close(moments->cross[2], 12, 1e-14);
    assert_close(moments->cross[3], 6, 1e-14); /* 1 + 1 + 4 */
    assert_close(moments->within[0], 2, 1e-15);
    assert_close(moments->within_total[0], 2, 1e-15);
    assert_close(moments->within_total[3], 0, 1e-15);
}

static void test_empty(void **state)
{
    (void)state;
    g_autoptr(lkv_moments) none = lkv_moments_new(2, 1, 0);
    assert_null(none->within);
    assert_null(none->within_total);
    assert_int_equal(none->total, 0);
    g_autoptr(lkv_moments) by_group = lkv_moments_new(2, 1, 1);
    assert_non_null(by_group->within);
    assert_close(by_group->within_total[0], 0, 0);
    lkv_moments_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_small),
                                       cmocka_unit_test(test_empty)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
