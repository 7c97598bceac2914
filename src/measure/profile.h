/* A pupil's grade in a subject less the mean of the pupil's grades: what two
 * measures ask about.
 */
#ifndef LKV_MEASURE_PROFILE_H
#define LKV_MEASURE_PROFILE_H

#include <stdbool.h>

#include "measure/question.h"

/* Whether grades of the question's outcome are worth points. */
bool lkv_profile_there(const lkv_question *question);

/* States the one tally of it: by ordinary school. */
void lkv_profile_needs(const lkv_question *question, lkv_needs *needs);

#endif
