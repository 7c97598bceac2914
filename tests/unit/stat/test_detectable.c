/* What a comparison would have told: R 4.2. */
#include "check.h"

#include "stat/detectable.h"

/* (qt(.975, df) + qt(.8, df))/qt((1 + conf)/2, df) * half; qnorm without df. */
static void test_of_half_the_width(void **state)
{
    (void)state;
    assert_close(lkv_detectable(1, 0.95, NAN), 1.4294064790024283, 1e-13);
    assert_close(lkv_detectable(8, 0.95, 10), 11.156204839808627, 1e-13);
    assert_close(lkv_detectable(8, 0.95, 3.7), 10.650032334661711, 1e-12);
    assert_close(lkv_detectable(2.5, 0.9, 40), 4.2637014251157481, 1e-13);
    /* of one standard error */
    assert_close(lkv_detectable(1.959963984540054, 0.95, 0), 2.8015852181129683,
                 1e-13);
}

/* power.t.test(n = 25, power = .8, sd = 1)$delta is 0.8087109 by the noncentral
 * t, n = 250 gives 0.2510657; half is qt(.975, 2n - 2) sqrt(2/n).
 */
static void test_against_power(void **state)
{
    (void)state;
    assert_close(lkv_detectable(0.5686933886, 0.95, 48), 0.8087109, 3e-4);
    assert_close(lkv_detectable(0.175731597, 0.95, 498), 0.2510657, 5e-5);
}

static void test_without_interval(void **state)
{
    (void)state;
    assert_true(isnan(lkv_detectable(NAN, 0.95, 10)));
    assert_true(isnan(lkv_detectable(0, 0.95, 10)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_of_half_the_width),
        cmocka_unit_test(test_against_power),
        cmocka_unit_test(test_without_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
