/* Parts that the spread between schools is told in, with and without
 * covariates.
 */
#ifndef LKV_MEASURE_SPREAD_H
#define LKV_MEASURE_SPREAD_H

#include <stdbool.h>

#include "measure/counted.h"
#include "measure/question.h"
#include "stat/anova.h"
#include "stat/mixed.h"

/* With APART, COUNTED holds only the schools of KEPT. */
typedef struct lkv_spread_of_schools {
    const lkv_question *question;
    lkv_results *out;
    const lkv_counted *counted;
    bool apart;
    lkv_term kept;
} lkv_spread_of_schools;

/* The question's schools: COUNTED is narrowed to the ordinary ones if there are
 * special units.
 */
lkv_spread_of_schools lkv_spread_about(const lkv_question *question,
                                       lkv_results *out, lkv_counted *counted);

/* Why there is no number where schools give FIT. */
lkv_reason lkv_spread_reason(lkv_fit fit);

/* A new estimate about the schools; with the reason that follows from FIT. */
lkv_estimate *lkv_spread_add(const lkv_spread_of_schools *about,
                             const char *component, lkv_fit fit);
/* The same with VALUE, where FIT gives one; NaN is a share of a variance that
 * there is none of.
 */
lkv_estimate *lkv_spread_put(const lkv_spread_of_schools *about,
                             const char *component, lkv_fit fit, double value,
                             lkv_method method);

/* Of estimates from number FIRST on, which are of COMPLETE pupils: those without
 * a covariate are not in the model. Then N is no count of a set that a claim
 * can name, and is left out. With COMPLETE 0 nobody's background is known,
 * which is then the reason; with -1 N is left out of all.
 */
void lkv_spread_complete(lkv_results *out, size_t first, int64_t complete);

/* Components of a random intercept model. */
typedef struct lkv_spread_words {
    const char *intercept, *tau2, *sigma2, *icc, *crit;
    bool ml; /* not REML */
} lkv_spread_words;
void lkv_spread_mixed_add(const lkv_spread_of_schools *about,
                          const lkv_spread_words *words,
                          const lkv_mixed *mixed);

/* sigma_b and icc of shares by the model on the logit scale; in no catalogue. */
extern const lkv_measure lkv_spread_logit;

/* The model with the pupils' intake: nothing without any. */
void lkv_spread_given_needs(const lkv_question *question, lkv_needs *needs);
void lkv_spread_given_add(const lkv_spread_of_schools *about,
                          const lkv_tally *const *tally);

#endif
