/* Roots that are known, of easy and of nasty curves, and in how few steps. */
#include "check.h"

#include <glib.h>

#include "stat/root.h"
#include "stat/start.h"

typedef struct known {
    double (*of)(double x);
    double low, high, root;
    unsigned most; /* steps */
} known;

typedef struct counted {
    double (*of)(double x);
    unsigned steps;
} counted;

static double square(double x)
{
    return x * x - 2;
}

static double falling(double x)
{
    return 1 / (1 + x) - 0.25;
}

static double steep(double x)
{
    return x < 0.7 ? -1 : 1e9 * (x - 0.7) + 1;
}

/* Two points of it have the same value: no parabola goes through them. */
static double stepped(double x)
{
    return x < 0.7 ? -1 : 1;
}

static double flat(double x)
{
    return pow(x - 0.3, 9);
}

static double nearly_one(double x)
{
    return log(x / (1 - x)) - 20;
}

static double count(const void *context, double x)
{
    counted *of = (counted *)(uintptr_t)context;
    of->steps++;
    return of->of(x);
}

static void test_known(void **state)
{
    (void)state;
    static const known all[] = {
        {square, 0, 2, 1.4142135623730951, 12},
        {falling, 0, 10, 3, 12},
        {steep, 0, 1, 0.7, 120},
        {stepped, 0, 1, 0.7, 120},
        {nearly_one, 0.5, 1 - 1e-12, 0.99999999793884631, 120},
        {square, 1, 1e12, 1.4142135623730951, 120},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        const known *of = &all[i];
        counted asked = {of->of, 0};
        double root = lkv_root(count, &asked,
                               (lkv_bracket){of->low, of->high, of->of(of->low),
                                             of->of(of->high)});
        assert_close(root, of->root, 2e-15 * (1 + of->root));
        assert_true(asked.steps <= of->most);
    }
}

/* A curve that is flat at its root has one only to its own rounding. */
static void test_flat(void **state)
{
    (void)state;
    counted asked = {flat, 0};
    double root =
        lkv_root(count, &asked, (lkv_bracket){0, 1, flat(0), flat(1)});
    assert_true(fabs(flat(root)) < 1e-100);
}

/* An end that is the root. */
static void test_end(void **state)
{
    (void)state;
    counted asked = {falling, 0};
    double root =
        lkv_root(count, &asked, (lkv_bracket){3, 10, falling(3), falling(10)});
    assert_close(root, 3, 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_flat),
        cmocka_unit_test(test_end),
    };
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
