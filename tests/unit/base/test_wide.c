#include "base/wide.h"
#include "check.h"

/* HIGH * 2^64 + LOW, negative if SIGN is. */
typedef struct big {
    int sign;
    uint64_t high, low;
} big;

static lkv_wide wide_of(big value)
{
    lkv_wide size =
        (lkv_wide)value.high * ((lkv_wide)1 << 32) * ((lkv_wide)1 << 32) +
        (lkv_wide)value.low;
    return value.sign < 0 ? -size : size;
}

#include "wide_ratios.def"

static void test_ratio(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ratios / sizeof ratios[0]; i++) {
        double ratio =
            lkv_wide_ratio(wide_of(ratios[i].top), wide_of(ratios[i].bottom));
        if (ratio != ratios[i].wanted) {
            print_error("case %zu: %a, wanted %a\n", i, ratio,
                        ratios[i].wanted);
        }
        assert_true(ratio == ratios[i].wanted);
    }
}

/* 1/3 less the nearest double is a third of 2^-54; what is whole has no rest
 * but what a double cannot hold.
 */
static void test_rest(void **state)
{
    (void)state;
    static const int64_t odd = INT64_C(9007199254740993); /* 2^53 + 1 */
    assert_true(lkv_wide_rest(1, 3) == 0x1p-54 / 3.0);
    assert_true(lkv_wide_rest(-1, 3) == -0x1p-54 / 3.0);
    assert_true(lkv_wide_rest(3, 4) == 0.0);
    assert_true(lkv_wide_rest(0, 7) == 0.0);
    assert_true(lkv_wide_rest(odd, 1) == 1.0);
    assert_close(lkv_wide_rest((lkv_wide)odd * 3 + 1, 3), -2.0 / 3.0, 1e-15);
}

static void test_ratio_of_the_most(void **state)
{
    (void)state;
    lkv_wide most = ((lkv_wide)1 << 126) - 1 + ((lkv_wide)1 << 126);
    assert_true(lkv_wide_ratio(-most - 1, 1) == -0x1p127);
    assert_true(lkv_wide_ratio(1, -most - 1) == -0x1p-127);
    assert_true(lkv_wide_ratio(-most - 1, -most - 1) == 1.0);
    assert_true(lkv_wide_ratio(most, most) == 1.0);
    assert_true(lkv_wide_ratio(0, -5) == 0.0);
    assert_false(signbit(lkv_wide_ratio(0, -5)));
}

static void test_round(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int64_t top, bottom;
        unsigned decimals;
        int64_t wanted;
    } cases[] = {
        {"half away from zero", 1, 8, 2, 13},
        {"half, negative top", -1, 8, 2, -13},
        {"half, negative bottom", 1, -8, 2, -13},
        {"both negative", -1, -8, 2, 13},
        {"below half", 1, 3, 2, 33},
        {"above half", 2, 3, 2, 67},
        {"2.5 is 3", 5, 2, 0, 3},
        {"-2.5 is -3", -5, 2, 0, -3},
        {"0.4 is 0", 2, 5, 0, 0},
        {"9.995 is 10.00", 1999, 200, 2, 1000},
        {"nothing", 0, 7, 3, 0},
        {"nine decimals", 1, 7, 9, 142857143},
        {"most", INT64_MAX, 1, 0, INT64_MAX},
        {"least but one", -INT64_MAX, 1, 0, -INT64_MAX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t found =
            lkv_wide_round(cases[i].top, cases[i].bottom, cases[i].decimals);
        if (found != cases[i].wanted) {
            print_error("%s\n", cases[i].name);
        }
        assert_int_equal(found, cases[i].wanted);
    }
}

static void test_round_where_ten_times_does_not_fit(void **state)
{
    (void)state;
    lkv_wide most = ((lkv_wide)1 << 126) - 1 + ((lkv_wide)1 << 126);
    assert_int_equal(lkv_wide_round(most / 3, most, 9), 333333333);
    assert_int_equal(lkv_wide_round(-most - 1, most, 9), -1000000000);
    assert_int_equal(lkv_wide_round(most - 1, -most - 1, 9), -1000000000);
    assert_int_equal(lkv_wide_round(most / 8 * 5, most, 3), 625);
}

static void test_round_real(void **state)
{
    (void)state;
    static const struct {
        double value;
        unsigned decimals;
        int64_t wanted;
    } cases[] = {
        {0.125, 2, 13},
        {-0.125, 2, -13},
        {2.5, 0, 3},
        {0.1, 1, 1},
        {2.675, 2, 267}, /* the double lies below 2.675 */
        {1.005, 2, 100}, /* and this below 1.005 */
        {0.49999999999999994, 0, 0}, /* adding a half would make it 1 */
        {4503599627370497.0, 0, 4503599627370497},
        {-9007199254740993.0, 0, -9007199254740992},
        {1e-300, 9, 0},
        {-0.0, 3, 0},
        {5e-10, 9, 1},
        {0x1p62, 0, INT64_C(1) << 62},
        {0x1.fp-126, 9, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(lkv_real_round(cases[i].value, cases[i].decimals),
                         cases[i].wanted);
    }
}

static void test_power_of_ten(void **state)
{
    (void)state;
    assert_int_equal(lkv_power_of_ten(0), 1);
    assert_int_equal(lkv_power_of_ten(3), 1000);
    assert_int_equal(lkv_power_of_ten(18), INT64_C(1000000000000000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ratio),
        cmocka_unit_test(test_rest),
        cmocka_unit_test(test_ratio_of_the_most),
        cmocka_unit_test(test_round),
        cmocka_unit_test(test_round_where_ten_times_does_not_fit),
        cmocka_unit_test(test_round_real),
        cmocka_unit_test(test_power_of_ten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
