/* Three levels: numbers by reference.R, where the coefficients come from
 * projections and not from formulas; a balanced case by hand; ends.
 */
#include "check.h"

#include "stat/nested.h"
#include "unit/stat/pupils.h"

static void nests_fill(lkv_nest nest[PUPILS_SCHOOLS])
{
    drawn_pupil pupils[PUPILS];
    lkv_stratum classes[PUPILS_SCHOOLS * 4] = {{0}};
    pupils_fill(pupils);
    for (size_t i = 0; i < PUPILS; i++) {
        size_t school = pupils[i].school;
        lkv_stratum *own =
            &classes[school * 4 + 3 * (i + 1) % (1 + school % 4)];
        *own =
            lkv_stratum_join(*own, (lkv_stratum){.n = 1, .mean = pupils[i].y});
    }
    for (size_t k = 0; k < PUPILS_SCHOOLS * 4; k++) {
        if (classes[k].n > 0) {
            lkv_nest_add(&nest[k / 4], classes[k]);
        }
    }
}

static void test_drawn(void **state)
{
    (void)state;
    lkv_nest nest[PUPILS_SCHOOLS] = {{0}};
    nests_fill(nest);
    lkv_nested of = lkv_nested_of(nest, PUPILS_SCHOOLS);
    assert_int_equal(of.n, PUPILS);
    assert_int_equal(of.single, 5); /* 3 i is a multiple of 3 */
    assert_close(of.ms_school, 12483.9050994038807, 1e-12);
    assert_close(of.ms_class, 1543.5721481819298, 1e-12);
    assert_close(of.ms_pupil, 1845.1903822305846, 1e-12);
    assert_close(of.school, 254.58088626990181, 1e-11);
    assert_close(of.class_, -20.615526656719425, 1e-11);
    assert_close(of.school_share, 0.12244435620976762, 1e-11);
    assert_close(of.class_share, -0.0099153354613242504, 1e-11);
    assert_close(of.f, 0.83653814969269491, 1e-12);
    assert_close(of.p, 0.57082653318002397, 1e-10);
    lkv_nested_errors errors = lkv_nested_jackknife(nest, PUPILS_SCHOOLS);
    assert_close(errors.school_share, 0.033797485909167216, 1e-10);
    assert_close(errors.class_share, 0.038691889621506742, 1e-10);
}

/* Two schools of two classes of two: 1 3, 5 7 | 11 13, 15 17. */
static void test_by_hand(void **state)
{
    (void)state;
    lkv_nest nest[2] = {{0}};
    for (size_t i = 0; i < 4; i++) {
        const double means[] = {2, 6, 12, 16};
        lkv_nest_add(&nest[i / 2],
                     (lkv_stratum){.n = 2, .mean = means[i], .squares = 2});
    }
    lkv_nested of = lkv_nested_of(nest, 2);
    assert_close(of.ms_pupil, 2, 1e-15);
    assert_close(of.ms_class, 16, 1e-15);
    assert_close(of.ms_school, 200, 1e-15);
    assert_close(of.class_, 7, 1e-15);
    assert_close(of.school, 46, 1e-15);
}

static void test_ends(void **state)
{
    (void)state;
    lkv_nest nest[3] = {{0}};
    assert_true(isnan(lkv_nested_of(nest, 3).class_));
    for (size_t j = 0; j < 3; j++) {
        lkv_nest_add(&nest[j], (lkv_stratum){.n = 4, .mean = 1, .squares = 2});
    }
    lkv_nested one = lkv_nested_of(nest, 3);
    assert_true(isnan(one.class_share));
    assert_int_equal(one.single, 3);
    lkv_nest_add(&nest[0], (lkv_stratum){.n = 1, .mean = 1});
    assert_true(isfinite(lkv_nested_of(nest, 3).class_share));
    /* without the first school no school has two classes */
    assert_true(isnan(lkv_nested_jackknife(nest, 3).class_share));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drawn),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
