#include <string.h>

#include "base/intern.h"
#include "check.h"

static void test_numbers_follow_sorted_codes(void **state)
{
    (void)state;
    static const char *const orders[][5] = {
        {"b", "ö", "a", "aa", ""},
        {"", "aa", "ö", "b", "a"},
    };
    static const char *const sorted[] = {"", "a", "aa", "b", "ö"};
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        g_autoptr(lkv_names) names = lkv_names_new();
        uint32_t provisional[5];
        for (size_t j = 0; j < 5; j++) {
            const char *code = orders[i][j];
            provisional[j] = lkv_names_add(names, code, strlen(code));
            assert_int_equal(lkv_names_add(names, code, strlen(code)),
                             provisional[j]);
        }
        assert_int_equal(lkv_names_size(names), 5);
        g_autofree uint32_t *fresh = lkv_names_sort(names);
        for (uint32_t j = 0; j < 5; j++) {
            const char *code = orders[i][j];
            assert_string_equal(lkv_names_at(names, j), sorted[j]);
            assert_int_equal(lkv_names_find(names, code, strlen(code)),
                             fresh[provisional[j]]);
        }
    }
}

static void test_codes_are_bytes(void **state)
{
    (void)state;
    g_autoptr(lkv_names) names = lkv_names_new();
    uint32_t one = lkv_names_add(names, "12345", 2);
    assert_int_equal(lkv_names_find(names, "12", 2), one);
    assert_int_equal(lkv_names_find(names, "123", 3), LKV_NO_NAME);
    assert_int_equal(lkv_names_find(names, "1", 1), LKV_NO_NAME);
    assert_string_equal(lkv_names_at(names, one), "12");
    /* \xff comes after every ASCII byte, though char may be signed. */
    lkv_names_add(names, "\xff", 1);
    g_autofree uint32_t *fresh = lkv_names_sort(names);
    assert_int_equal(lkv_names_find(names, "\xff", 1), 1);
    assert_int_equal(fresh[one], 0);
}

static void test_many(void **state)
{
    (void)state;
    g_autoptr(lkv_names) names = lkv_names_new();
    for (int i = 0; i < 20000; i++) {
        g_autofree char *code = g_strdup_printf("%d", (i * 7919) % 20000);
        lkv_names_add(names, code, strlen(code));
    }
    g_free(lkv_names_sort(names));
    assert_int_equal(lkv_names_size(names), 20000);
    for (uint32_t i = 1; i < 20000; i++) {
        assert_true(strcmp(lkv_names_at(names, i - 1), lkv_names_at(names, i)) <
                    0);
    }
}

/* Codes that come in order are found as others are, before and behind the first
 * that does not.
 */
static void test_in_order(void **state)
{
    (void)state;
    static const char *const codes[] = {"", "a", "aa", "ab", "b", "ö"};
    enum { CODES = G_N_ELEMENTS(codes) };
    g_autoptr(lkv_names) names = lkv_names_new();
    assert_int_equal(lkv_names_find(names, "a", 1), LKV_NO_NAME);
    for (uint32_t i = 0; i < CODES; i++) {
        size_t length = strlen(codes[i]);
        assert_int_equal(lkv_names_add(names, codes[i], length), i);
        assert_int_equal(lkv_names_add(names, codes[i], length), i);
        for (uint32_t j = 0; j < CODES; j++) {
            assert_int_equal(lkv_names_find(names, codes[j], strlen(codes[j])),
                             j <= i ? j : LKV_NO_NAME);
        }
        assert_true(lkv_names_is(names, i, codes[i], length));
        assert_false(lkv_names_is(names, i, "aaa", 3));
    }
    assert_int_equal(lkv_names_find(names, "aaa", 3), LKV_NO_NAME);
    assert_int_equal(lkv_names_add(names, "ab", 2), 3);
    assert_int_equal(lkv_names_add(names, "aaa", 3), CODES);
    assert_int_equal(lkv_names_find(names, "aaa", 3), CODES);
    assert_int_equal(lkv_names_find(names, "aa", 2), 2);
    g_autofree uint32_t *fresh = lkv_names_sort(names);
    assert_int_equal(fresh[2], 2);
    assert_int_equal(fresh[CODES], 3);
    assert_int_equal(fresh[CODES - 1], CODES);
    assert_int_equal(lkv_names_find(names, "aaa", 3), 3);
}

/* As the persons of several years, who come again in the same order. */
static void test_in_order_again(void **state)
{
    (void)state;
    static const char *const codes[] = {"a", "b", "c"};
    g_autoptr(lkv_names) names = lkv_names_new();
    for (uint32_t i = 0; i < 6; i++) {
        assert_int_equal(lkv_names_add(names, codes[i % 3], 1), i % 3);
    }
    g_autofree uint32_t *fresh = lkv_names_sort(names);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(fresh[i], i);
        assert_int_equal(lkv_names_find(names, codes[i], 1), i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_follow_sorted_codes),
        cmocka_unit_test(test_codes_are_bytes),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_in_order),
        cmocka_unit_test(test_in_order_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
