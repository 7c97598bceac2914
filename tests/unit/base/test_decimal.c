#include <string.h>

#include "base/decimal.h"
#include "check.h"

typedef struct reading {
    const char *text;
    char point;
    lkv_decimal_fault fault;
    int64_t mantissa;
    unsigned decimals;
} reading;

#define OK LKV_DECIMAL_OK
#define NONE LKV_DECIMAL_NOT_A_NUMBER
#define LARGE LKV_DECIMAL_TOO_LARGE
#define UNCLEAR LKV_DECIMAL_AMBIGUOUS

static const reading readings[] = {
    {"0", '.', OK, 0, 0},
    {"12,5", ',', OK, 125, 1},
    {"12.5", '.', OK, 125, 1},
    {"-12,5", ',', OK, -125, 1},
    {"\u2212"
     "12,5",
     ',', OK, -125, 1},
    {"12,500", ',', OK, 125, 1},
    {"12,0", ',', OK, 12, 0},
    {"0,05", ',', OK, 5, 2},
    {",5", ',', OK, 5, 1},
    {"-.25", '.', OK, -25, 2},
    {"-0", '.', OK, 0, 0},
    {"-0,000", ',', OK, 0, 0},
    {"007", '.', OK, 7, 0},
    {"1 234,5", ',', OK, 12345, 1},
    {"1\u00a0"
     "234\u202f"
     "567",
     ',', OK, 1234567, 0},
    {"999999999999999999", '.', OK, INT64_C(999999999999999999), 0},
    {"0.000000000000001", '.', OK, 1, 15},
    {"1.00000000000000000000000000", '.', OK, 1, 0},
    {"000000000000000000000000001", '.', OK, 1, 0},
    {"100.10", '.', OK, 1001, 1},
    {"", '.', NONE, 0, 0},
    {"-", '.', NONE, 0, 0},
    {".", '.', NONE, 0, 0},
    {"5.", '.', NONE, 0, 0},
    {"+5", '.', NONE, 0, 0},
    {"--5", '.', NONE, 0, 0},
    {"1e5", '.', NONE, 0, 0},
    {"0x1F", '.', NONE, 0, 0},
    {"NaN", '.', NONE, 0, 0},
    {"inf", '.', NONE, 0, 0},
    {" 5", '.', NONE, 0, 0},
    {"5 ", '.', NONE, 0, 0},
    {"5 %", '.', NONE, 0, 0},
    {"1.2.3", '.', NONE, 0, 0},
    {"12 34", '.', NONE, 0, 0},
    {"1 2345", '.', NONE, 0, 0},
    {"1234 567", '.', NONE, 0, 0},
    {"1,5 ", ',', NONE, 0, 0},
    {"1,23", '.', NONE, 0, 0},
    {"1.234,5", ',', NONE, 0, 0},
    {"\u0661", '.', NONE, 0, 0},
    {"1,234", '.', UNCLEAR, 0, 0},
    {"-1.234", ',', UNCLEAR, 0, 0},
    {"123,456", '.', UNCLEAR, 0, 0},
    {"1234,567", '.', NONE, 0, 0},
    {"1000000000000000000", '.', LARGE, 0, 0},
    {"0.0000000000000001", '.', LARGE, 0, 0},
    {"1234567890.123456789", '.', LARGE, 0, 0},
};

static void test_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        const reading *wanted = &readings[i];
        lkv_decimal read = {0};
        lkv_decimal_fault fault = lkv_decimal_read(
            wanted->text, strlen(wanted->text), wanted->point, &read);
        if (fault != wanted->fault || read.mantissa != wanted->mantissa ||
            read.decimals != wanted->decimals) {
            print_error("\"%s\" gave fault %d, %lld, %u\n", wanted->text,
                        (int)fault, (long long)read.mantissa, read.decimals);
        }
        assert_int_equal(fault, wanted->fault);
        assert_int_equal(read.mantissa, wanted->mantissa);
        assert_int_equal(read.decimals, wanted->decimals);
    }
}

static void test_read_stops_at_its_length(void **state)
{
    (void)state;
    lkv_decimal read = {0};
    assert_int_equal(lkv_decimal_read("12,5;7", 4, ',', &read), OK);
    assert_int_equal(read.mantissa, 125);
    assert_int_equal(lkv_decimal_read("12,5", 3, ',', &read), NONE);
    assert_int_equal(lkv_decimal_read("1 234", 4, ',', &read), NONE);
    assert_int_equal(lkv_decimal_read("5\0"
                                      "5",
                                      3, ',', &read),
                     NONE);
}

static void test_scale(void **state)
{
    (void)state;
    static const struct {
        lkv_decimal from;
        unsigned decimals;
        bool fits;
        int64_t wanted;
    } cases[] = {
        {{125, 1}, 1, true, 125},
        {{125, 1}, 3, true, 12500},
        {{125, 1}, 0, false, 0},
        {{-7, 0}, 2, true, -700},
        {{0, 0}, 30, true, 0},
        {{1, 0}, 30, false, 0},
        {{INT64_C(999999999999999999), 0}, 1, false, 0},
        {{9, 0}, 18, true, INT64_C(9000000000000000000)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t found = 0;
        assert_int_equal(
            lkv_decimal_scale(cases[i].from, cases[i].decimals, &found),
            cases[i].fits);
        if (cases[i].fits) {
            assert_int_equal(found, cases[i].wanted);
        }
    }
}

static void test_text(void **state)
{
    (void)state;
    static const struct {
        int64_t scaled;
        unsigned decimals;
        const char *wanted;
    } cases[] = {
        {125, 1, "12.5"},
        {-5, 2, "-0.05"},
        {0, 2, "0.00"},
        {7, 0, "7"},
        {INT64_MIN, 0, "-9223372036854775808"},
        {INT64_MIN, 18, "-9.223372036854775808"},
        {INT64_MAX, 3, "9223372036854775.807"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buffer[32];
        assert_string_equal(
            lkv_decimal_text(cases[i].scaled, cases[i].decimals, buffer),
            cases[i].wanted);
    }
}

static void test_real_text(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *wanted;
    } cases[] = {
        {0.0, "0"},
        {-0.0, "0"},
        {0.1, "0.10000000000000001"},
        {-1.5, "-1.5"},
        {-0x1.fffffffffffffp1023, "-1.7976931348623157e+308"},
        {1e21, "1e+21"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buffer[32];
        assert_string_equal(lkv_real_text(cases[i].value, buffer),
                            cases[i].wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_read_stops_at_its_length),
        cmocka_unit_test(test_scale),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_real_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
