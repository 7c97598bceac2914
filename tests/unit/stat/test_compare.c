/* Many comparisons: which(p.adjust(p, "BH") <= q) of R. */
#include "check.h"

#include "stat/compare.h"

enum { MOST = 12 };

static void check(const double *p, size_t count, double q, const char *wanted)
{
    bool clear[MOST];
    lkv_compare_many(p, count, q, clear);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(clear[i], wanted[i] == '1');
    }
}

static void test_cases(void **state)
{
    (void)state;
    static const double p[] = {.212, .001, .039, .008, .041,
                               .042, .06,  .074, .205, .216};
    check(p, 10, 0.05, "0101000000");
    check(p, 10, 0.25, "1111111111");
    check(p, 10, 0.001, "0000000000");
    /* p_(3) is over its own line, yet below that of p_(4): all four stand */
    static const double step[] = {0.01, 0.02, 0.039, 0.04};
    check(step, 4, 0.04, "1111");
    static const double equal[] = {0.05, 0.05, 0.05};
    check(equal, 3, 0.05, "111");
    check(equal, 0, 0.05, "");
}

/* NaN is no comparison: three p of five are judged as three. */
static void test_nan(void **state)
{
    (void)state;
    const double p[] = {NAN, 0.016, 0.5, NAN, 0.9};
    check(p, 5, 0.05, "01000");
    const double none[] = {NAN, NAN};
    check(none, 2, 0.05, "00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
                                       cmocka_unit_test(test_nan)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
