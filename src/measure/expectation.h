/* Actual, expected, and the difference of the two, of the schools of a model.
 */
#ifndef LKV_MEASURE_EXPECTATION_H
#define LKV_MEASURE_EXPECTATION_H

#include <stddef.h>
#include <stdint.h>

#include "measure/counted.h"
#include "measure/level.h"
#include "measure/question.h"
#include "stat/expected.h"

/* Of the model, and of a school that it is told for. */
enum {
    LKV_EXPECTATION_PUPILS = 300,
    LKV_EXPECTATION_SCHOOLS = 15,
    LKV_EXPECTATION_OF_SCHOOL = 15
};

/* YEARS populations that the model is of, the question's own first, with what
 * is counted in each. MOMENTS and EXPECTED are NULL where the covariates are
 * too many for a model. NOTES are of all that is told.
 */
typedef struct lkv_expectations {
    const lkv_question *question;
    lkv_results *out;
    size_t years;
    const uint16_t *population;
    lkv_counted *const *counted;
    const lkv_moments *moments;
    const lkv_expected *expected;
    lkv_notes notes;
} lkv_expectations;

/* Whether QUESTION can be asked: only of what sums up the rest, and where there
 * is a background.
 */
bool lkv_expectation_asked(const lkv_question *question);
/* The components actual, expected, difference and shrunken of every school. */
void lkv_expectations_add(const lkv_expectations *of);

#endif
