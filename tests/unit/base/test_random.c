#include <string.h>

#include "base/random.h"
#include "check.h"

typedef struct known {
    uint64_t counter[4];
    uint64_t key[2];
    uint64_t block[4];
} known;

/* Known answers for philox4x64 with 10 rounds, published with Random123
 * (Salmon, Moraes, Dror and Shaw 2011).
 */
static const known answers[] = {
    {{0, 0, 0, 0},
     {0, 0},
     {0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b,
      0x7e68b68aec7ba23b}},
    {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX},
     {UINT64_MAX, UINT64_MAX},
     {0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6,
      0xa09caebf594f0ba0}},
    {{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0,
      0x082efa98ec4e6c89},
     {0x452821e638d01377, 0xbe5466cf34e90c6c},
     {0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5,
      0x57bd43b5e52b7fe6}},
};

static void test_known_answers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        lkv_stream stream = {.used = 4};
        memcpy(stream.key, answers[i].key, sizeof stream.key);
        memcpy(stream.counter, answers[i].counter, sizeof stream.counter);
        for (size_t j = 0; j < 4; j++) {
            assert_true(lkv_stream_next(&stream) == answers[i].block[j]);
        }
    }
}

static void test_a_stream_belongs_to_its_place(void **state)
{
    (void)state;
    lkv_stream stream = lkv_stream_open(
        (lkv_stream_key){.seed = 1, .measure = 2, .unit = 3, .replicate = 4});
    assert_true(stream.key[0] == 1 && stream.key[1] == 4);
    assert_true(stream.counter[0] == 2 && stream.counter[1] == 3);
    static const lkv_stream_key others[] = {
        {1, 2, 3, 4}, {2, 2, 3, 4}, {1, 3, 3, 4}, {1, 2, 4, 4}, {1, 2, 3, 5}};
    uint64_t first = lkv_stream_next(&stream);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        lkv_stream other = lkv_stream_open(others[i]);
        assert_int_equal(lkv_stream_next(&other) == first, i == 0);
    }
}

static void test_blocks_follow_each_other(void **state)
{
    (void)state;
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 9});
    for (int i = 0; i < 8; i++) {
        lkv_stream_next(&stream);
    }
    lkv_stream third = {.key = {9, 0}, .counter = {0, 0, 2, 0}, .used = 4};
    for (int i = 0; i < 4; i++) {
        assert_true(lkv_stream_next(&stream) == lkv_stream_next(&third));
    }
}

static void test_uniform(void **state)
{
    (void)state;
    lkv_stream top = {.block = {UINT64_MAX, 0, UINT64_C(1) << 63, 2047}};
    assert_true(lkv_stream_uniform(&top) == 1.0 - 0x1p-53);
    assert_true(lkv_stream_uniform(&top) == 0.0);
    assert_true(lkv_stream_uniform(&top) == 0.5);
    assert_true(lkv_stream_uniform(&top) == 0.0);
}

/* Chi-square of 60 000 throws; 5 degrees of freedom, p = 1e-6 at 35.9. */
static void test_below_is_fair(void **state)
{
    (void)state;
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 20250614});
    double seen[6] = {0};
    for (int i = 0; i < 60000; i++) {
        uint64_t face = lkv_stream_below(&stream, 6);
        assert_true(face < 6);
        seen[face]++;
    }
    double square = 0;
    for (int i = 0; i < 6; i++) {
        square += (seen[i] - 10000) * (seen[i] - 10000) / 10000;
    }
    assert_true(square < 35.9);
}

/* Of 3 * 2^62 numbers, each has 4/3 words; the product's lower word decides
 * which words are drawn again: those that give less than 2^62.
 */
static void test_below_draws_again(void **state)
{
    (void)state;
    uint64_t below = UINT64_C(3) << 62;
    lkv_stream unfair = {.block = {0, 5, 0, 0}};
    assert_int_equal(lkv_stream_below(&unfair, below), 3);
    assert_int_equal(unfair.used, 2);
    assert_int_equal(lkv_stream_below(&unfair, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers),
        cmocka_unit_test(test_a_stream_belongs_to_its_place),
        cmocka_unit_test(test_blocks_follow_each_other),
        cmocka_unit_test(test_uniform),
        cmocka_unit_test(test_below_is_fair),
        cmocka_unit_test(test_below_draws_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
