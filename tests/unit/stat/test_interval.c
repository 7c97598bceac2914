/* Wilson, t and MOVER intervals: R and published values. */
#include "check.h"

#include "stat/interval.h"

static void check(lkv_interval found, double low, double high, double tolerance)
{
    assert_close(found.low, low, tolerance);
    assert_close(found.high, high, tolerance);
}

/* prop.test(x, n, correct = FALSE)$conf.int is Wilson's. */
static void test_wilson(void **state)
{
    (void)state;
    /* Newcombe (1998a), table I, method 3: 81/263, 15/148, 0/20, 1/29 */
    check(lkv_interval_wilson(81.0 / 263, 263, 0.95), 0.2553, 0.3662, 5e-5);
    check(lkv_interval_wilson(15.0 / 148, 148, 0.95), 0.0624, 0.1605, 5e-5);
    check(lkv_interval_wilson(0, 20, 0.95), 0.0, 0.1611, 5e-5);
    check(lkv_interval_wilson(1.0 / 29, 29, 0.95), 0.0061, 0.1718, 5e-5);
    /* at 0 and 1 the far limit is z^2/(n + z^2), by hand */
    double z2 = 3.8414588206941254;
    check(lkv_interval_wilson(0, 10, 0.95), 0.0, z2 / (10 + z2), 1e-14);
    check(lkv_interval_wilson(1, 10, 0.95), 10 / (10 + z2), 1.0, 1e-14);
    check(lkv_interval_wilson(0.5, 0, 0.95), NAN, NAN, 0);
    check(lkv_interval_wilson(0.5, -1, 0.95), NAN, NAN, 0);
    check(lkv_interval_wilson(0.5, NAN, 0.95), NAN, NAN, 0);
}

static void test_t(void **state)
{
    (void)state;
    /* 2 +- qt(0.975, 7) * 3 */
    check(lkv_interval_t(2, 3, 7, 0.95), -5.0938727547783529,
          9.0938727547783529, 1e-12);
    check(lkv_interval_t(2, 0, 7, 0.95), 2, 2, 0);
    check(lkv_interval_t(2, 3, 0, 0.95), NAN, NAN, 0);
    check(lkv_interval_t(2, NAN, 7, 0.95), NAN, NAN, 0);
    check(lkv_interval_t(2, 3, NAN, 0.95), NAN, NAN, 0);
}

static lkv_share share(double x, double n)
{
    return (lkv_share){x / n, lkv_interval_wilson(x / n, n, 0.95)};
}

/* Newcombe (1998b), table II, method 10. */
static void test_mover(void **state)
{
    (void)state;
    check(lkv_interval_mover(share(56, 70), share(48, 80), 0), 0.0524, 0.3339,
          5e-5);
    check(lkv_interval_mover(share(9, 10), share(3, 10), 0), 0.1705, 0.8090,
          5e-5);
    check(lkv_interval_mover(share(10, 10), share(0, 20), 0), 0.6791, 1.0,
          5e-5);
    check(lkv_interval_mover(share(0, 10), share(0, 10), 0), -0.2775, 0.2775,
          5e-5);
    /* two copies of one share never differ */
    check(lkv_interval_mover(share(5, 10), share(5, 10), 1), 0.0, 0.0, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_wilson),
                                       cmocka_unit_test(test_t),
                                       cmocka_unit_test(test_mover)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
