/* Ticks against the worked examples of their authors, and what every axis
 * promises.
 */
#include "render/ticks.h"

#include <stdbool.h>
#include <stdio.h>

#include "check.h"

struct known {
    const char *name;
    double least, most;
    int wanted;
    double first, last, step;
};

/* The first is the authors' own example; all are what extended(least, most,
 * wanted) of the R package labeling 0.4.2 gives.
 */
static const struct known known[] = {
    {"the authors' example", 8.1, 14.1, 4, 8, 14, 2},
    {"a hundred", 0, 100, 5, 0, 100, 25},
    {"ten", 0, 10, 5, 0, 10, 2.5},
    {"shares", 0, 1, 5, 0, 1, 0.25},
    {"around zero", -1, 1, 3, -1, 1, 1},
    {"spread", 0, 0.163, 5, 0, 0.16, 0.04},
    {"negative", -14.1, -8.1, 4, -14, -8, 2},
    {"shares of schools", 0.357, 0.94, 5, 0.4, 0.9, 0.1},
    {"merit values", 123, 322, 5, 120, 320, 40},
};

static void known_axes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const struct known *at = &known[i];
        lkv_ticks ticks = lkv_ticks_of(at->least, at->most, at->wanted);
        if (!check_close(ticks.least, at->first, 1e-9) ||
            !check_close(ticks.most, at->last, 1e-9) ||
            !check_close(ticks.step, at->step, 1e-9)) {
            print_error("%s: %g to %g by %g\n", at->name, ticks.least,
                        ticks.most, ticks.step);
            fail();
        }
    }
}

/* Two digits at most. */
static bool is_round(double value, double step)
{
    double digit = pow(10.0, floor(log10(step) + 1e-9) - 1.0);
    double whole = value / digit;
    return fabs(whole - nearbyint(whole)) < 1e-3;
}

/* Any axis: in order, about as many as wanted, of a step and a beginning that
 * are round, and not far beyond the data.
 */
static void every_axis(void **state)
{
    (void)state;
    unsigned seed = 1;
    for (int i = 0; i < 2000; i++) {
        seed = seed * 1103515245u + 12345u;
        double least = (double)(seed >> 16) / 100.0 - 300.0;
        seed = seed * 1103515245u + 12345u;
        double range = (1.0 + (double)(seed >> 16)) / 1000.0;
        int wanted = 3 + i % 5;
        lkv_ticks ticks = lkv_ticks_of(least, least + range, wanted);
        double count = (ticks.most - ticks.least) / ticks.step + 1.0;
        assert_true(ticks.step > 0 && ticks.most > ticks.least);
        assert_true(is_round(ticks.step, ticks.step));
        assert_true(is_round(ticks.least, ticks.step));
        assert_close(count, nearbyint(count), 1e-6);
        assert_true(count >= 2 && count <= 2.0 * wanted + 1.0);
        assert_true(ticks.least > least - 0.6 * range);
        assert_true(ticks.most < least + 1.6 * range);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_axes),
        cmocka_unit_test(every_axis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
