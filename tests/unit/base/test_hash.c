#include <string.h>

#include "base/hash.h"
#include "check.h"

static int start(void **state)
{
    (void)state;
    return lkv_hash_start() ? 0 : 1;
}

/* FIPS 180-4 examples. */
static const struct {
    const char *text;
    const char *hash;
} examples[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

static void test_of(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        const char *text = examples[i].text;
        lkv_hash hash = lkv_hash_of(text, strlen(text));
        char shown[LKV_HASH_TEXT];
        assert_string_equal(lkv_hash_text(&hash, shown), examples[i].hash);
    }
}

static void test_pieces_give_the_same(void **state)
{
    (void)state;
    const char *text = examples[2].text;
    lkv_hash whole = lkv_hash_of(text, strlen(text));
    for (size_t cut = 0; cut <= strlen(text); cut++) {
        lkv_hasher *hasher = lkv_hasher_new();
        lkv_hasher_add(hasher, text, cut);
        lkv_hasher_add(hasher, text + cut, strlen(text) - cut);
        lkv_hash pieces = lkv_hasher_end(hasher);
        assert_memory_equal(pieces.byte, whole.byte, LKV_HASH_BYTES);
    }
}

static void test_sum_is_of_numbers(void **state)
{
    (void)state;
    lkv_hash one = {.byte = {[LKV_HASH_BYTES - 1] = 1}};
    lkv_hash sum;
    memset(sum.byte, 0xff, sizeof sum.byte);
    lkv_hash_sum(&sum, &one);
    lkv_hash zero = {0};
    assert_memory_equal(sum.byte, zero.byte, LKV_HASH_BYTES);
    sum = (lkv_hash){
        .byte = {[LKV_HASH_BYTES - 2] = 1, [LKV_HASH_BYTES - 1] = 0xff}};
    lkv_hash_sum(&sum, &one);
    assert_int_equal(sum.byte[LKV_HASH_BYTES - 2], 2);
    assert_int_equal(sum.byte[LKV_HASH_BYTES - 1], 0);
}

static void test_sum_knows_no_order(void **state)
{
    (void)state;
    lkv_hash forth = {0};
    lkv_hash back = {0};
    for (int i = 0; i < 100; i++) {
        int other = 99 - i;
        lkv_hash first = lkv_hash_of(&i, sizeof i);
        lkv_hash last = lkv_hash_of(&other, sizeof other);
        lkv_hash_sum(&forth, &first);
        lkv_hash_sum(&back, &last);
    }
    assert_memory_equal(forth.byte, back.byte, LKV_HASH_BYTES);
}

static void test_short(void **state)
{
    (void)state;
    assert_true(lkv_hash_short("abc", 3) == lkv_hash_short("abcd", 3));
    assert_true(lkv_hash_short("abc", 3) != lkv_hash_short("abd", 3));
    assert_true(lkv_hash_short("", 0) != lkv_hash_short("\0", 1));
    /* Ties are broken by it, so it may never change. */
    assert_true(lkv_hash_short("likvard", 7) == UINT64_C(0x9477272c013b02fb));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_of),
        cmocka_unit_test(test_pieces_give_the_same),
        cmocka_unit_test(test_sum_is_of_numbers),
        cmocka_unit_test(test_sum_knows_no_order),
        cmocka_unit_test(test_short),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
