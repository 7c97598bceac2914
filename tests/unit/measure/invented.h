/* The pupils of tests/unit/stat/cases.h as a district: y is the score, x is SES,
 * z is abroad, and where x is 0 the origin is not known.
 */
#ifndef LKV_TESTS_MEASURE_INVENTED_H
#define LKV_TESTS_MEASURE_INVENTED_H

#include "unit/measure/fact.h"
#include "unit/stat/cases.h"

/* The group origin, as if it were the one that every study knows. */
static inline void origin_known(district *place)
{
    lkv_frame *frame = place->panel->frame;
    lkv_group *origin = &g_array_index(frame->groups, lkv_group, 1);
    assert_string_equal(origin->id, "origin");
    origin->id = "background";
    origin->built_in = true;
}

/* SES is what the study has as background. */
static inline void ses_known(district *place)
{
    static const lkv_covariate_spec ses = {.id = "ses"};
    place->study.background = &ses;
    place->study.background_count = 1;
}

/* The pupils of MADE, each TIMES times, from OUT on. */
static inline void pupils_of_cases(const cases *made, size_t times, int year,
                                   pupil *out)
{
    static const char *const names[] = {
        "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "b0", "b1",
        "b2", "b3", "b4", "b5", "b6", "b7", "c0", "c1", "c2", "c3",
        "c4", "c5", "c6", "c7", "d0", "d1", "d2", "d3", "d4", "d5",
        "d6", "d7", "e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7"};
    for (size_t i = 0; i < made->count * times; i++) {
        const double *value = &made->value[i % made->count * 3];
        int origin = value[2] > 0 ? ABROAD : HERE;
        out[i] = (pupil){
            .year = year,
            .school = names[made->school[i % made->count]],
            .score = (int64_t)value[0],
            .ses = (int64_t)value[1],
            .origin = value[1] == 0 ? UNKNOWN : origin,
        };
    }
}

/* Each pupil TIMES times. */
static inline district *schools_of_more(size_t schools, size_t times)
{
    g_auto(cases) made = cases_new(schools, 4, 25);
    g_autofree pupil *pupils = g_new0(pupil, made.count * times);
    pupils_of_cases(&made, times, 2025, pupils);
    return district_new(pupils, made.count * times, 0);
}

static inline district *schools_of_cases(size_t schools)
{
    return schools_of_more(schools, 1);
}

#endif
