/* The pupils of an outcome in the order of what they bring: by the first
 * covariate of the question, or, without one, by the built-in group parental
 * education from low to high.
 *
 * A covariate tells pupils apart finely enough for tenths and quarters; three
 * levels of education do not.
 */
#ifndef LKV_MEASURE_RANKED_H
#define LKV_MEASURE_RANKED_H

#include <stdbool.h>

#include "measure/counted.h"
#include "measure/question.h"
#include "stat/pairs.h"

/* Whether there is any order, and whether it is by a covariate. */
bool lkv_ranked_there(const lkv_question *question);
bool lkv_ranked_finely(const lkv_question *question);

/* States the tallies of the outcome and that of the order, if there is one. */
void lkv_ranked_needs(const lkv_question *question, lkv_needs *needs);

/* The same where the order is by a covariate; none otherwise. */
void lkv_ranked_fine_needs(const lkv_question *question, lkv_needs *needs);

/* The district's pupils whose place is known; TALLY as for compute. */
typedef struct lkv_ranked {
    lkv_counted *counted;
    lkv_pairs *pairs;
} lkv_ranked;
lkv_ranked lkv_ranked_new(const lkv_question *question,
                          const lkv_tally *const *tally);
void lkv_ranked_clear(lkv_ranked *ranked);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(lkv_ranked, lkv_ranked_clear)

/* A new estimate about the district, of its level; NULL when it has no pupil
 * of known place, with the reason in it. N is left out where it would count
 * those of known place alone.
 */
lkv_estimate *lkv_ranked_add(const lkv_question *question,
                             const lkv_ranked *ranked, const char *component,
                             lkv_results *out);

#endif
