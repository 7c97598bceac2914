/* A question in the words of the cube: whom it is about, what is claimed, and
 * the estimate that answers it.
 */
#ifndef LKV_MEASURE_QUESTION_H
#define LKV_MEASURE_QUESTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/frame.h"
#include "measure/measure.h"
#include "measure/results.h"

/* Where an answer belongs: a unit, and a leaf of the group asked by with the
 * one it is compared to, or LKV_NO_VALUE.
 */
typedef struct lkv_spot {
    uint16_t unit, group, reference;
} lkv_spot;

/* The district or a school, all pupils. */
lkv_spot lkv_spot_unit(uint16_t unit);

const lkv_outcome *lkv_question_outcome(const lkv_question *question);
/* The group asked by; NULL without one. */
const lkv_group *lkv_question_group(const lkv_question *question);

/* The outcome is there: counted, known or graded, by its kind. */
lkv_term lkv_question_known(const lkv_question *question);
/* A leaf or group of the outcome's axis, by its id, which must exist. */
lkv_term lkv_question_value(const lkv_question *question, const char *id);

/* LKV_NOTE_BREAK where one of the YEARS before is unlike the question's own. */
lkv_note lkv_question_break(const lkv_question *question, int years);

/* Whether LEAF of the group asked by lies within the variant. */
bool lkv_question_holds(const lkv_question *question, uint16_t leaf);

/* The variant's pupils at SPOT's unit and in its group; without any condition
 * on the outcome.
 */
lkv_where lkv_question_pupils(const lkv_question *question, lkv_spot spot);

/* Claims about SPOT: mean of the counted, share of the known (or of BASE)
 * that are also PART.
 */
lkv_claim lkv_question_mean(const lkv_question *question, lkv_spot spot);
lkv_claim lkv_question_share(const lkv_question *question, lkv_spot spot,
                             lkv_term part);
lkv_claim lkv_question_count(const lkv_question *question, lkv_where base);
/* The mean, the share of yes or the share of passed, by the outcome's kind. */
lkv_claim lkv_question_level(const lkv_question *question, lkv_spot spot);

/* A new estimate for SPOT in the unit that the record of the measure gives to
 * COMPONENT, with no numbers, PUPILS as the known of SPOT, and ABSENT.
 */
lkv_estimate *lkv_question_add(const lkv_question *question, lkv_results *out,
                               lkv_spot spot, const char *component);

#endif
