/* Districts of a few pupils whose figures can be worked out by hand. */
#ifndef LKV_TESTS_MEASURE_SMALL_H
#define LKV_TESTS_MEASURE_SMALL_H

#include "unit/measure/fixture.h"

/* Two schools, one year: scores 10 20 | 30 50 40, one pupil with nothing. */
static inline district *two_schools(void)
{
    static const pupil pupils[] = {
        {2025, "a", F, 10, YES, GRADE_A, HERE, 1, false, 0},
        {2025, "a", M, 20, NO, GRADE_F, HERE, 3, false, 0},
        {2025, "b", F, 30, YES, GRADE_C, ABROAD, 2, false, 0},
        {2025, "b", M, 50, YES, GRADE_A, ABROAD, 5, false, 0},
        {2025, "b", F, 40, NO, GRADE_E, UNKNOWN, 4, false, 0},
        {2025, "b", M, NO_SCORE, UNKNOWN, UNKNOWN, HERE, 4, false, 0},
    };
    return district_new(pupils, G_N_ELEMENTS(pupils), 0);
}

/* Three schools, three years, scores alone. */
static inline district *three_years(void)
{
    static const struct {
        int year;
        const char *school;
        int64_t score[3];
    } rows[] = {
        {2023, "a", {10, 14, NO_SCORE}}, {2023, "b", {20, 22, 30}},
        {2023, "c", {40, 44, NO_SCORE}}, {2024, "a", {12, 20, NO_SCORE}},
        {2024, "b", {26, 24, NO_SCORE}}, {2024, "c", {41, 47, 50}},
        {2025, "a", {18, 20, 25}},       {2025, "b", {22, 24, NO_SCORE}},
        {2025, "c", {50, 58, NO_SCORE}},
    };
    pupil pupils[G_N_ELEMENTS(rows) * 3];
    size_t count = 0;
    for (size_t r = 0; r < G_N_ELEMENTS(rows); r++) {
        for (size_t i = 0; i < 3; i++) {
            if (rows[r].score[i] != NO_SCORE) {
                pupils[count++] = (pupil){.year = rows[r].year,
                                          .school = rows[r].school,
                                          .score = rows[r].score[i],
                                          .sex = i == 0 ? F : M,
                                          .ses = NO_SCORE};
            }
        }
    }
    return district_new(pupils, count, 0);
}

#endif
