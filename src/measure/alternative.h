/* Key results again, with one choice made otherwise: does the picture hold?
 *
 * A variant is a study with one choice changed, computed by the same measures.
 * Its rows say nothing about pupils that the main rows do not say as well: a
 * mean or share is the claim of a main row, a spread rests on the claims of the
 * spread that it repeats, and numbers of pupils are left out. So disclosure
 * control decides the main rows as it would without them. Where a choice
 * changes who is counted, it is not told unless LKV_ALTERNATIVE_OTHERS pupils or
 * more are others: fewer could be told from the difference.
 */
#ifndef LKV_MEASURE_ALTERNATIVE_H
#define LKV_MEASURE_ALTERNATIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "measure/plan.h"

enum { LKV_ALTERNATIVE_OTHERS = 20 };

typedef struct lkv_alternative lkv_alternative;

/* In a fixed order; NULL past the last. */
const lkv_alternative *lkv_alternative_at(size_t index);
/* The word of the study and the id of the variant. */
const char *lkv_alternative_id(const lkv_alternative *choice);

/* Whether OUTCOME is one that key results are told of. */
bool lkv_alternative_takes(const lkv_outcome *outcome);
/* The main measure whose results CHOICE repeats, by INDEX; NULL past the last.
 */
const char *lkv_alternative_repeats(const lkv_alternative *choice,
                                    size_t index);
/* QUESTION, of that measure, with the choice made; false where there is no such
 * choice. VARIANT is the choice's own.
 */
bool lkv_alternative_make(const lkv_alternative *choice, uint16_t variant,
                          lkv_question *question);
/* The measure that answers it. */
const lkv_measure *lkv_alternative_measure(const lkv_alternative *choice,
                                           const lkv_measure *repeated);
/* States the tallies of those who are counted with and without the choice. */
void lkv_alternative_needs(const lkv_asked *asked, lkv_needs *needs);

/* Answers ASKED from its tallies: key results alone, as rows of the variant. */
void lkv_alternative_answer(const lkv_asked *asked,
                            const lkv_tally *const *tally, lkv_results *out);

#endif
