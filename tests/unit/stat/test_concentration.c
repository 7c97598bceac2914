/* Concentration: numbers by reference.R, whose influence values come from
 * moving weights; ten cases and a data set of others; ends by hand.
 */
#include "check.h"

#include "stat/concentration.h"
#include "unit/stat/pupils.h"

/* 400 pupils; x as in reference.R. */
static lkv_pairs *drawn_pairs(void)
{
    drawn_pupil pupils[PUPILS];
    pupils_fill(pupils);
    lkv_pairs *pairs = lkv_pairs_new(PUPILS_SCHOOLS);
    for (size_t i = 0; i < PUPILS; i++) {
        double x = (double)(7 * (i + 1) % 23) + floor(pupils[i].y / 20);
        lkv_pairs_add(pairs, (lkv_pair){.x = x,
                                        .y = pupils[i].y,
                                        .n = 1,
                                        .school = pupils[i].school});
    }
    lkv_pairs_sort(pairs);
    return pairs;
}

static void test_drawn(void **state)
{
    (void)state;
    g_autoptr(lkv_pairs) pairs = drawn_pairs();
    lkv_concentration of = lkv_concentration_of(pairs, 0, 300);
    assert_close(of.index.value, 0.067637234321700337, 1e-12);
    assert_close(of.erreygers.value, 0.107402291666666649, 1e-12);
    assert_close(of.wagstaff.value, 0.112164009239648171, 1e-12);
    assert_close(of.index.error, 0.010482095756704527, 1e-7);
    assert_close(of.erreygers.error, 0.016424925756873012, 1e-7);
    assert_close(of.wagstaff.error, 0.017205251609570031, 1e-7);
    assert_close(of.df, 391, 0);
}

static lkv_stratum joined(const lkv_stratum *strata, size_t count)
{
    lkv_stratum all = {0};
    for (size_t j = 0; j < count; j++) {
        all = lkv_stratum_join(all, strata[j]);
    }
    return all;
}

static void test_parts(void **state)
{
    (void)state;
    static const struct {
        int64_t part, n;
        double mean;
    } tenths[] = {
        {1, 46, 89.021739130434781},
        {4, 48, 116.40625},
        {10, 39, 155.64102564102564},
    };
    g_autoptr(lkv_pairs) pairs = drawn_pairs();
    for (size_t i = 0; i < G_N_ELEMENTS(tenths); i++) {
        g_autofree lkv_stratum *of = lkv_pairs_part(pairs, tenths[i].part, 10);
        lkv_stratum all = joined(of, PUPILS_SCHOOLS);
        assert_int_equal(all.n, tenths[i].n);
        assert_close(all.mean, tenths[i].mean, 1e-12);
    }
    g_autofree lkv_stratum *low = lkv_pairs_lowest_highest(pairs);
    lkv_stratum all = joined(low, PUPILS_SCHOOLS);
    assert_int_equal(all.n, 92);
    assert_close(all.mean * (double)all.n, 11, 1e-12);
}

/* Each case has a place in exactly one part, however many parts. */
static void test_parts_are_all(void **state)
{
    (void)state;
    g_autoptr(lkv_pairs) pairs = drawn_pairs();
    for (int64_t parts = 1; parts <= 40; parts++) {
        int64_t n = 0;
        for (int64_t part = 1; part <= parts; part++) {
            g_autofree lkv_stratum *of = lkv_pairs_part(pairs, part, parts);
            n += joined(of, PUPILS_SCHOOLS).n;
        }
        assert_int_equal(n, PUPILS);
    }
}

/* y and x of ten cases: 0.1718988 by sum (2 rank - 11) y/(100 mean). */
static lkv_pairs *ten(bool turned)
{
    static const double y[] = {80, 120, 160, 180, 200, 210, 225, 240, 260, 300};
    static const double x[] = {1, 3, 2, 4, 5, 6, 8, 7, 9, 10};
    lkv_pairs *pairs = lkv_pairs_new(1);
    for (size_t i = 0; i < 10; i++) {
        lkv_pairs_add(
            pairs, (lkv_pair){.x = turned ? -x[i] : x[i], .y = y[i], .n = 1});
    }
    lkv_pairs_sort(pairs);
    return pairs;
}

static void test_ten(void **state)
{
    (void)state;
    g_autoptr(lkv_pairs) pairs = ten(false);
    g_autoptr(lkv_pairs) turned = ten(true);
    lkv_concentration of = lkv_concentration_of(pairs, 0, 340);
    lkv_concentration back = lkv_concentration_of(turned, 0, 340);
    /* sum of (2 r - 11) y is 3395, the mean 197.5 */
    assert_close(of.index.value, 3395.0 / (100 * 197.5), 1e-14);
    assert_close(of.erreygers.value, 4 * 3395.0 / (100 * 340), 1e-14);
    assert_close(of.wagstaff.value, 3395.0 / 100 * 340 / (142.5 * 197.5),
                 1e-14);
    assert_close(back.index.value, -of.index.value, 1e-14);
    assert_close(back.index.error, of.index.error, 1e-14);
}

/* A 0/1 outcome of which the k with the highest x are all: E = 4 m (1 - m). */
static void test_perfect(void **state)
{
    (void)state;
    g_autoptr(lkv_pairs) pairs = lkv_pairs_new(2);
    for (uint32_t i = 0; i < 8; i++) {
        lkv_pairs_add(
            pairs, (lkv_pair){.x = i, .y = i >= 5, .n = 10, .school = i % 2});
    }
    lkv_pairs_sort(pairs);
    lkv_concentration of = lkv_concentration_of(pairs, 0, 1);
    assert_close(of.index.value, 5.0 / 8, 1e-14);
    assert_close(of.erreygers.value, 4 * 3.0 / 8 * 5 / 8, 1e-14);
    assert_close(of.wagstaff.value, 1, 1e-14);
}

static void test_ends(void **state)
{
    (void)state;
    g_autoptr(lkv_pairs) nobody = lkv_pairs_new(1);
    lkv_pairs_sort(nobody);
    assert_true(isnan(lkv_concentration_of(nobody, 0, 1).index.value));
    g_autoptr(lkv_pairs) tied = lkv_pairs_new(1);
    lkv_pairs_add(tied, (lkv_pair){.x = 3, .y = 0, .n = 4});
    lkv_pairs_add(tied, (lkv_pair){.x = 3, .y = 1, .n = 4});
    lkv_pairs_sort(tied);
    assert_true(isnan(lkv_concentration_of(tied, 0, 1).erreygers.value));
    lkv_pairs_add(tied, (lkv_pair){.x = 4, .y = 1, .n = 2});
    lkv_pairs_sort(tied);
    assert_close(lkv_concentration_of(tied, 0, 1).erreygers.value,
                 8 * 0.1 * 0.4, 1e-14);
    assert_true(isnan(lkv_concentration_of(tied, 1, 1).erreygers.value));
    assert_true(isnan(lkv_concentration_of(tied, -1, 1).index.value));
    g_autoptr(lkv_pairs) all = lkv_pairs_new(2);
    lkv_pairs_add(all, (lkv_pair){.x = 3, .y = 1, .n = 1});
    lkv_pairs_add(all, (lkv_pair){.x = 4, .y = 1, .n = 1, .school = 1});
    lkv_pairs_sort(all);
    lkv_concentration of = lkv_concentration_of(all, 0, 1);
    assert_close(of.index.value, 0, 0);
    assert_true(isnan(of.index.error));
    assert_true(isnan(of.wagstaff.value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drawn),         cmocka_unit_test(test_parts),
        cmocka_unit_test(test_parts_are_all), cmocka_unit_test(test_ten),
        cmocka_unit_test(test_perfect),       cmocka_unit_test(test_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
