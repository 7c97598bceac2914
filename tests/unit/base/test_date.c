#include "base/date.h"
#include "check.h"

static void test_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
        int64_t days;
    } cases[] = {
        {"1970-01-01", true, 0},       {"1969-12-31", true, -1},
        {"2000-02-29", true, 11016},   {"2025-06-13", true, 20252},
        {"9999-12-31", true, 2932896}, {"0001-01-01", true, -719162},
        {"1900-02-29", false, 0},      {"2025-02-29", false, 0},
        {"2025-13-01", false, 0},      {"2025-00-01", false, 0},
        {"2025-06-31", false, 0},      {"2025-06-00", false, 0},
        {"0000-06-01", false, 0},      {"2025-6-13", false, 0},
        {"2025/06/13", false, 0},      {"2025-06-13 ", false, 0},
        {"20250613", false, 0},        {"", false, 0},
        {"2025-06-1x", false, 0},      {"-025-06-13", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t days = 0;
        if (lkv_date_read(cases[i].text, &days) != cases[i].good) {
            print_error("\"%s\"\n", cases[i].text);
            fail();
        }
        assert_int_equal(days, cases[i].days);
    }
}

static void test_every_day_comes_back(void **state)
{
    (void)state;
    for (int64_t day = -40000; day < 60000; day += 13) {
        char text[16];
        int64_t again = 0;
        assert_true(lkv_date_read(lkv_date_text(day, text), &again));
        assert_int_equal(again, day);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_every_day_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
