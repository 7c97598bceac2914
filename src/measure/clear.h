/* Which schools' differences are clear of chance when all are looked at. */
#ifndef LKV_MEASURE_CLEAR_H
#define LKV_MEASURE_CLEAR_H

#include "measure/results.h"

/* Sets FLAGGED of the schools' differences from the district by the procedure
 * of Benjamini and Hochberg (1995) at q = .05. A family is all schools and
 * headline outcomes (not secondary, not of one subject) of a year and variant.
 */
void lkv_clear_flag(lkv_results *results);

#endif
