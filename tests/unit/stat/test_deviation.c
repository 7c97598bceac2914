/* Grades against tests: intervals by reference.R, expectations by hand. */
#include "check.h"

#include "stat/deviation.h"

static void test_interval(void **state)
{
    (void)state;
    static const struct {
        lkv_deviation of;
        double net, low, high;
    } cases[] = {
        {{3, 20, 9}, 0.1875, -0.025362343025925438, 0.381861574025825767},
        {{0, 15, 0}, 0, -0.20388330103584854, 0.20388330103584854},
        {{0, 0, 16}, 1, 0.72619739240860259, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lkv_interval of = lkv_deviation_interval(&cases[i].of, 0.95);
        assert_close(lkv_deviation_net(&cases[i].of), cases[i].net, 1e-15);
        assert_close(of.low, cases[i].low, 1e-12);
        assert_close(of.high, cases[i].high, 1e-12);
    }
    static const lkv_deviation nobody = {0, 0, 0};
    assert_true(isnan(lkv_deviation_net(&nobody)));
    assert_true(isnan(lkv_deviation_interval(&nobody, 0.95).low));
}

/* Others: at F half are raised, at A a tenth lowered. A school of 30 at F and
 * 10 at A would have 30/40 * 0.5 - 10/40 * 0.1.
 */
static void test_expected(void **state)
{
    (void)state;
    static const lkv_deviation own[] = {{0, 24, 6}, {1, 9, 0}, {0, 0, 0}};
    static const lkv_deviation all[] = {{0, 74, 56}, {11, 99, 0}, {2, 5, 9}};
    assert_close(lkv_deviation_expected(own, all, 3), 0.375 - 0.025, 1e-15);
    /* nobody else has the first step: the net of all others stands in */
    static const lkv_deviation alone[] = {{0, 24, 6}, {10, 104, 5}};
    assert_close(lkv_deviation_expected(own, alone, 2),
                 0.75 * (-4.0 / 109) + 0.25 * (-4.0 / 109), 1e-15);
    assert_true(isnan(lkv_deviation_expected(own, own, 3)));
    assert_true(isnan(lkv_deviation_expected(&own[2], &all[2], 1)));
    lkv_deviation sum = lkv_deviation_sum(own, 3);
    assert_int_equal(sum.lower + sum.equal + sum.higher, 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_interval),
        cmocka_unit_test(test_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
