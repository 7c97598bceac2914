/* A change split: numbers by reference.R, whose influence values come from
 * moving weights; ends from the identity.
 */
#include "check.h"

#include "stat/kitagawa.h"
#include "unit/stat/pupils.h"

static void test_split(void **state)
{
    (void)state;
    drawn_pupil pupils[PUPILS];
    lkv_stratum years[2][PUPILS_SCHOOLS * 2] = {{{0}}};
    pupils_fill(pupils);
    for (size_t i = 0; i < PUPILS; i++) {
        lkv_stratum *own =
            &years[i >= 180][pupils[i].school * 2 + pupils[i].group];
        *own =
            lkv_stratum_join(*own, (lkv_stratum){.n = 1, .mean = pupils[i].y});
    }
    lkv_kitagawa split = lkv_kitagawa_of(years[1], years[0], PUPILS_SCHOOLS, 2);
    assert_close(split.composition, -0.16599789829883882, 1e-11);
    assert_close(split.rates, 4.57887668617763843, 1e-11);
    assert_close(split.composition_error, 0.51271489114521007, 1e-6);
    assert_close(split.rates_error, 6.09662770589667513, 1e-6);
    assert_close(split.df, 8, 0);
}

/* The parts add up; a group that comes is composition alone. */
static void test_ends(void **state)
{
    (void)state;
    static const lkv_stratum before[] = {{4, 10, 0}, {0, 0, 0}};
    static const lkv_stratum now[] = {{3, 14, 0}, {1, 2, 0}};
    lkv_kitagawa split = lkv_kitagawa_of(now, before, 1, 2);
    assert_close(split.composition + split.rates, 11 - 10, 1e-14);
    assert_close(split.rates, (1 + 0.75) / 2 * 4, 1e-14);
    assert_true(isnan(split.rates_error));
    static const lkv_stratum nobody[] = {{0, 0, 0}, {0, 0, 0}};
    assert_true(isnan(lkv_kitagawa_of(now, nobody, 1, 2).rates));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
