/* Cases in the order of what they bring (x), each with what they reach (y):
 * what shares of an order are made of.
 *
 * A pair is all cases that share x, y and a school. Ranks are mid-ranks: cases
 * with the same value have the mean of the places that they take together.
 */
#ifndef LKV_STAT_PAIRS_H
#define LKV_STAT_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "stat/cluster.h"

typedef struct lkv_pair {
    double x, y;
    int64_t n;
    uint32_t school; /* below SCHOOLS */
    int64_t x_place, y_place; /* cases below, twice, and cases alike: the
                                 mid-rank less 1/2, twice; by lkv_pairs_sort */
} lkv_pair;

typedef struct lkv_pairs {
    lkv_pair *pair; /* ascending by x, y, school; no n is 0 */
    size_t count, room;
    size_t schools;
    int64_t n; /* cases in all */
} lkv_pairs;

lkv_pairs *lkv_pairs_new(size_t schools);
void lkv_pairs_free(lkv_pairs *pairs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_pairs, lkv_pairs_free)

/* Adds PAIR, whose n is not negative; to be sorted before anything is asked.
 */
void lkv_pairs_add(lkv_pairs *pairs, lkv_pair pair);
void lkv_pairs_sort(lkv_pairs *pairs);

/* Schools that have cases. */
size_t lkv_pairs_inhabited(const lkv_pairs *pairs);

/* Whether x is the same for all cases of each school. */
bool lkv_pairs_of_schools(const lkv_pairs *pairs);

/* y of the cases of part PART of PARTS by x, parts counted from 1: those whose
 * rank r among N has PART - 1 < PARTS (r - 1/2)/N <= PART, so cases with the
 * same x are never parted. A stratum a school; g_free.
 */
lkv_stratum *lkv_pairs_part(const lkv_pairs *pairs, int64_t part,
                            int64_t parts);
/* Of the lowest quarter by x, yes and no (1 and 0) to being in the highest by
 * y: (r - 1/2)/N at most 1/4, and at least 3/4. A stratum a school; g_free.
 */
lkv_stratum *lkv_pairs_lowest_highest(const lkv_pairs *pairs);

#endif
