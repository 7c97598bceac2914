/* Indices of inequality: numbers by reference.R, whose influence values come
 * from moving weights; ten values of another computation; ends by hand.
 */
#include "check.h"

#include "stat/inequality.h"
#include "unit/stat/pupils.h"

static void test_drawn(void **state)
{
    (void)state;
    g_autoptr(lkv_piles) piles = pupils_piles(-1);
    for (size_t i = 0; i < piles->count; i++) {
        piles->pile[i].value += 200;
    }
    lkv_inequality of = lkv_inequality_of(piles);
    assert_close(of.gini.value, 0.080721721672705901, 1e-13);
    assert_close(of.theil.value, 0.010126349808706225, 1e-13);
    assert_close(of.mld.value, 0.010292865466118541, 1e-13);
    assert_close(of.ge2.value, 0.010053539688730795, 1e-13);
    assert_close(of.gini.error, 0.00263924092237700133, 1e-7);
    assert_close(of.theil.error, 0.00064439477126303842, 1e-7);
    assert_close(of.mld.error, 0.00066504298011839467, 1e-7);
    assert_close(of.ge2.error, 0.00063759756914150915, 1e-7);
    assert_close(of.df, 391, 0);
    assert_close(of.theil.between + of.theil.within, of.theil.value, 1e-15);
}

static lkv_piles *piles_of(const double *value, size_t count, size_t schools)
{
    lkv_piles *piles = lkv_piles_new(schools);
    for (size_t i = 0; i < count; i++) {
        lkv_piles_add(piles, (lkv_pile){.value = value[i],
                                        .n = 1,
                                        .school = (uint32_t)(i % schools)});
    }
    lkv_piles_sort(piles);
    return piles;
}

static void test_ten(void **state)
{
    (void)state;
    static const double y[] = {80, 120, 160, 180, 200, 210, 225, 240, 260, 300};
    g_autoptr(lkv_piles) piles = piles_of(y, 10, 1);
    lkv_inequality of = lkv_inequality_of(piles);
    assert_close(of.gini.value, 0.1774684, 5e-8);
    assert_close(of.theil.value, 0.0536362, 5e-8);
    assert_close(of.mld.value, 0.0613108, 5e-8);
    assert_close(of.ge2.value, 0.0495594, 5e-8);
    assert_close(of.ge2.between, 0, 1e-15);
    assert_close(of.mld.within, of.mld.value, 1e-15);
}

/* 1 and 3 at a school each: all is between. */
static void test_between(void **state)
{
    (void)state;
    static const double y[] = {1, 3, 1, 3};
    g_autoptr(lkv_piles) piles = piles_of(y, 4, 2);
    lkv_inequality of = lkv_inequality_of(piles);
    assert_close(of.gini.value, 0.25, 1e-15);
    assert_close(of.ge2.value, 0.125, 1e-15);
    assert_close(of.ge2.within, 0, 1e-15);
    assert_close(of.theil.value, 0.75 * log(3) - log(2), 1e-15);
    assert_close(of.mld.value, log(2) - log(3) / 2, 1e-15);
    /* the schools stay as they are: nothing varies within them */
    assert_close(of.gini.error, 0, 1e-15);
}

static void test_ends(void **state)
{
    (void)state;
    static const double alike[] = {4, 4, 4}, zero[] = {0, 2, 4};
    static const double below[] = {-1, 2, 4}, nothing[] = {0, 0, 0};
    g_autoptr(lkv_piles) same = piles_of(alike, 3, 1);
    lkv_inequality of = lkv_inequality_of(same);
    assert_close(of.gini.value, 0, 0);
    assert_close(of.theil.value, 0, 0);
    g_autoptr(lkv_piles) some = piles_of(zero, 3, 3);
    of = lkv_inequality_of(some);
    assert_close(of.theil.value, 2.0 / 3 * log(2), 1e-15);
    assert_true(isnan(of.mld.value));
    assert_true(isnan(of.theil.error));
    g_autoptr(lkv_piles) minus = piles_of(below, 3, 1);
    assert_true(isnan(lkv_inequality_of(minus).gini.value));
    g_autoptr(lkv_piles) all = piles_of(nothing, 3, 1);
    assert_true(isnan(lkv_inequality_of(all).ge2.value));
    g_autoptr(lkv_piles) nobody = lkv_piles_new(1);
    assert_true(isnan(lkv_inequality_of(nobody).ge2.value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drawn),
        cmocka_unit_test(test_ten),
        cmocka_unit_test(test_between),
        cmocka_unit_test(test_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
