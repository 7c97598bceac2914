/* What every test includes: cmocka's headers in order, and closeness.
 *
 * cmocka 1.1.5 casts the arguments of its float assertions to float, so two
 * numbers that differ in the eighth digit pass; assert_close does not.
 */
#ifndef LKV_TESTS_CHECK_H
#define LKV_TESTS_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static inline int check_close(double value, double wanted, double tolerance)
{
    if (isnan(value) || isnan(wanted)) {
        return isnan(value) && isnan(wanted);
    }
    double scale = fabs(wanted) > 1.0 ? fabs(wanted) : 1.0;
    return fabs(value - wanted) <= tolerance * scale;
}

/* |VALUE - WANTED| <= TOLERANCE * max(1, |WANTED|); NaN is close to NaN. */
#define assert_close(value, wanted, tolerance)                                 \
    do {                                                                       \
        double close_value_ = (value);                                         \
        double close_wanted_ = (wanted);                                       \
        if (!check_close(close_value_, close_wanted_, (tolerance))) {          \
            print_error("%s is %.17g, wanted %.17g\n", #value, close_value_,   \
                        close_wanted_);                                        \
            fail();                                                            \
        }                                                                      \
    } while (0)

/* The same, relative to |WANTED| alone: for numbers far from 1. */
#define assert_relative(value, wanted, tolerance)                              \
    do {                                                                       \
        double close_value_ = (value);                                         \
        double close_wanted_ = (wanted);                                       \
        if (!(fabs(close_value_ - close_wanted_) <=                            \
              (tolerance)*fabs(close_wanted_))) {                              \
            print_error("%s is %.17g, wanted %.17g\n", #value, close_value_,   \
                        close_wanted_);                                        \
            fail();                                                            \
        }                                                                      \
    } while (0)

#endif
