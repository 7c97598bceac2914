/* A group and the one it is compared with: what every kind of gap starts from.
 */
#ifndef LKV_MEASURE_PAIR_H
#define LKV_MEASURE_PAIR_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "measure/counted.h"
#include "measure/level.h"
#include "measure/question.h"
#include "stat/cluster.h"

/* The two groups of SITE: its leaf, and the reference. */
typedef struct lkv_pair {
    const lkv_question *question;
    const lkv_counted *counted;
    lkv_site site, reference;
    bool share;
} lkv_pair;

/* The sites of REACH with a group to compare: not the reference itself, nor
 * the pupils whose group is missing. Empty when the variant leaves out the
 * reference.
 */
GArray *lkv_pair_sites(const lkv_question *question, const lkv_counted *counted,
                       unsigned reach);
lkv_pair lkv_pair_of(const lkv_question *question, const lkv_counted *counted,
                     const lkv_site *site);

/* The known of the group (SITE) or of the reference. */
lkv_sums lkv_pair_sums(const lkv_pair *pair, const lkv_site *site);
/* Both, as strata [school * 2 + group], the reference being 0; g_free. */
lkv_stratum *lkv_pair_strata(const lkv_pair *pair);
/* N - J over both groups. */
int64_t lkv_pair_df(const lkv_pair *pair);

/* A new estimate from the levels of both; its reason, and false in ESTIMABLE,
 * when it cannot have numbers.
 */
lkv_estimate *lkv_pair_add(const lkv_pair *pair, const char *component,
                           lkv_results *out, bool *estimable);
/* The difference of the two levels, exactly. */
void lkv_pair_put(lkv_estimate *estimate, const lkv_pair *pair);

#endif
