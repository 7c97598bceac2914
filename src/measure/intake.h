/* What pupils bring with them when they come to school, as columns of a model.
 *
 * The covariates of the question; without any, the built-in groups parental
 * education, background and new immigrant, a column for each leaf but the
 * reference, where what is not known is a leaf too. What schools do (support,
 * Swedish as a second language) is never among them.
 */
#ifndef LKV_MEASURE_INTAKE_H
#define LKV_MEASURE_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "measure/measure.h"
#include "panel/tally.h"
#include "stat/moments.h"

/* Whether there is any background for the question's outcome. */
bool lkv_intake_there(const lkv_question *question);

/* States the one tally of it, of ordinary schools, if lkv_intake_there. */
void lkv_intake_needs(const lkv_question *question, lkv_needs *needs);
/* From that tally: schools are groups, the outcome is variable 0, and no
 * column follows from those before it. Of covariates only pupils count who
 * have them all. COVARIATE, if not NULL, says of each column which of the
 * covariates it is; [LKV_TALLY_VARIABLES], SIZE_MAX for the outcome and for
 * leaves of groups.
 */
lkv_moments *lkv_intake_moments(const lkv_question *question,
                                const lkv_tally *tally, size_t *covariate);
/* The outcome, and what the intake of NOW would predict by the regression of
 * THEN, the same tally of another year; a leaf that THEN did not have counts as
 * the reference. NULL when THEN predicts nothing.
 */
lkv_moments *lkv_intake_line(const lkv_question *question, const lkv_tally *now,
                             const lkv_tally *then);
/* The moments of the tallies of several YEARS together, in the order of their
 * populations, with a column for each but the first behind those of the intake,
 * of which INTAKE are left. NULL when there are more columns than a model has
 * room for.
 */
lkv_moments *lkv_intake_years(const lkv_question *question,
                              const lkv_tally *const *tally, size_t years,
                              size_t *intake);
/* Pupils of that tally who are in the model. */
int64_t lkv_intake_pupils(const lkv_question *question, const lkv_tally *tally);

#endif
