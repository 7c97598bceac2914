/* Cases in the order of their values: what ranks and quantiles are made of.
 *
 * A pile is all cases that share a value, a school and a group; so a scale of
 * few steps makes few piles, however many cases.
 */
#ifndef LKV_STAT_PILES_H
#define LKV_STAT_PILES_H

#include <stddef.h>
#include <stdint.h>

#include <glib.h>

typedef struct lkv_pile {
    double value;
    int64_t n;
    uint32_t school; /* below SCHOOLS */
    uint32_t group; /* 0 or 1, where two are compared */
} lkv_pile;

typedef struct lkv_piles {
    lkv_pile *pile; /* ascending by value, school, group; no n is 0 */
    size_t count, room;
    size_t schools;
    int64_t n; /* cases in all */
} lkv_piles;

lkv_piles *lkv_piles_new(size_t schools);
void lkv_piles_free(lkv_piles *piles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_piles, lkv_piles_free)

/* Adds PILE, whose n is not negative; to be sorted before anything is asked.
 */
void lkv_piles_add(lkv_piles *piles, lkv_pile pile);
void lkv_piles_sort(lkv_piles *piles);

/* N - J, J the schools that have cases. */
int64_t lkv_piles_df(const lkv_piles *piles);

/* Type-7 quantile (Hyndman and Fan 1996): h = (n - 1) p, linear between
 * neighbours; P outside 0 … 1 is its nearer end. NaN without cases.
 */
double lkv_piles_quantile(const lkv_piles *piles, double p);

/* Cases of each school, and those of them whose value is at most VALUE:
 * arrays of SCHOOLS, g_free.
 */
int64_t *lkv_piles_schools(const lkv_piles *piles);
int64_t *lkv_piles_upto(const lkv_piles *piles, double value);

#endif
