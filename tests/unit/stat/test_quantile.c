/* Quantiles of type 7: quantile(values, p, type = 7) of R. */
#include "check.h"

#include "stat/quantile.h"

static void test_values(void **state)
{
    (void)state;
    static const double values[] = {1, 2, 4, 8};
    static const struct {
        double p, wanted;
    } cases[] = {{0, 1},   {0.1, 1.3}, {0.25, 1.75},
                 {0.5, 3}, {0.9, 6.8}, {1, 8}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_close(lkv_quantile(values, 4, cases[i].p), cases[i].wanted,
                     1e-15);
    }
    assert_close(lkv_quantile(values, 1, 0.3), 1, 0);
    assert_true(isnan(lkv_quantile(values, 0, 0.3)));
}

static void test_sort(void **state)
{
    (void)state;
    double values[] = {3, -1, 1e300, 0, -1e-9};
    static const double wanted[] = {-1, -1e-9, 0, 3, 1e300};
    lkv_sort(values, 5);
    assert_memory_equal(values, wanted, sizeof wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_values),
                                       cmocka_unit_test(test_sort)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
