#include <string.h>

#include "base/codes.h"
#include "check.h"

static void test_codes_are_unique_and_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; lkv_code_at(i); i++) {
        if (strcmp(lkv_code_at(i - 1), lkv_code_at(i)) >= 0) {
            print_error("codes.def: %s stands before %s\n", lkv_code_at(i - 1),
                        lkv_code_at(i));
            fail();
        }
    }
}

static void test_codes_are_words(void **state)
{
    (void)state;
    for (size_t i = 0; lkv_code_at(i); i++) {
        const char *code = lkv_code_at(i);
        bool good = strchr("EWI", code[0]) && code[1] == '-' &&
                    strspn(code + 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
                        strlen(code + 2);
        if (!good) {
            print_error("%s\n", code);
            fail();
        }
    }
}

/* An error must say what it means for the exit code; a warning may not. */
static void test_only_errors_have_a_fault_of_their_own(void **state)
{
    (void)state;
    for (size_t i = 0; lkv_code_at(i); i++) {
        const lkv_code *code = lkv_code_find(lkv_code_at(i));
        if (lkv_code_severity(code->code) == LKV_ERROR &&
            code->fault == LKV_FAULT_NONE) {
            print_error("%s has no fault\n", code->code);
            fail();
        }
    }
}

static void test_explanations(void **state)
{
    (void)state;
    for (size_t i = 0; lkv_code_at(i); i++) {
        const char *text = lkv_code_explain(lkv_code_at(i));
        if (strlen(text) < 20 || text[strlen(text) - 1] != '.') {
            print_error("%s: \"%s\"\n", lkv_code_at(i), text);
            fail();
        }
    }
    assert_null(lkv_code_explain("E-NO-SUCH-CODE"));
}

static void test_severity(void **state)
{
    (void)state;
    assert_int_equal(lkv_code_severity("E-BUG"), LKV_ERROR);
    assert_int_equal(lkv_code_severity("W-X"), LKV_WARNING);
    assert_int_equal(lkv_code_severity("I-X"), LKV_INFO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_are_unique_and_sorted),
        cmocka_unit_test(test_codes_are_words),
        cmocka_unit_test(test_only_errors_have_a_fault_of_their_own),
        cmocka_unit_test(test_explanations),
        cmocka_unit_test(test_severity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
