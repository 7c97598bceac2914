/* What is known of one outcome, by school and by leaf of the group asked by:
 * exact sums, from which every level, gap and spread is computed.
 *
 * A yes is 1 and a no is 0, so that points and yes/no outcomes (and each step
 * of a scale) are one case.
 */
#ifndef LKV_MEASURE_COUNTED_H
#define LKV_MEASURE_COUNTED_H

#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/wide.h"
#include "measure/measure.h"
#include "panel/tally.h"
#include "stat/cluster.h"
#include "stat/moments.h"

/* Sums of values * 10^decimals over N pupils who have the outcome. */
typedef struct lkv_sums {
    int64_t n;
    lkv_wide sum, square;
} lkv_sums;

/* Pupils of a school and leaf: those known, those whose outcome is missing,
 * and all of them.
 */
typedef struct lkv_counted_cell {
    lkv_sums known;
    int64_t absent, heads;
} lkv_counted_cell;

typedef struct lkv_counted {
    size_t schools; /* leaves of the axis school, leaf 0 too */
    size_t leaves; /* of the group's axis; 1 without a group */
    uint8_t decimals;
    lkv_counted_cell *cell; /* [school * (leaves + 1) + leaf]; past the last
                               leaf and past the last school, the totals */
} lkv_counted;

/* Any school or any leaf, where one is asked for. */
#define LKV_ALL SIZE_MAX

/* States the tallies of the question's outcome in POPULATION: as many as
 * lkv_counted_tallies says, to be given to lkv_counted_new in that order.
 */
void lkv_counted_needs(const lkv_question *question, uint16_t population,
                       lkv_needs *needs);
size_t lkv_counted_tallies(const lkv_question *question);

/* From the tallies that start at TALLY. For levels the known are those graded
 * and the yes are YES, a leaf or group of the outcome's axis; else YES is not
 * read.
 */
lkv_counted *lkv_counted_new(const lkv_question *question,
                             const lkv_tally *const *tally, lkv_term yes);
void lkv_counted_free(lkv_counted *counted);
/* The same pupils of an outcome with levels, with another YES. */
void lkv_counted_turn(lkv_counted *counted, const lkv_question *question,
                      const lkv_tally *const *tally, lkv_term yes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_counted, lkv_counted_free)

/* Empties the cells of schools that TERM, on the axis school, does not hold.
 */
void lkv_counted_keep(lkv_counted *counted, const lkv_cube *cube,
                      lkv_term term);

/* Sums over SCHOOL and LEAF, each of which may be LKV_ALL. */
lkv_sums lkv_counted_at(const lkv_counted *counted, size_t school, size_t leaf);
int64_t lkv_counted_absent(const lkv_counted *counted, size_t school,
                           size_t leaf);
int64_t lkv_counted_heads(const lkv_counted *counted, size_t school,
                          size_t leaf);
/* Schools with at least one known pupil in LEAF. */
int64_t lkv_counted_schools(const lkv_counted *counted, size_t leaf);

lkv_sums lkv_sums_add(lkv_sums a, lkv_sums b);
lkv_sums lkv_sums_less(lkv_sums all, lkv_sums part);
/* As a stratum in the units of the data; each number exact before its one
 * rounding.
 */
lkv_stratum lkv_sums_stratum(lkv_sums sums, uint8_t decimals);
/* The strata of all schools for the pupils of LEAF; g_free. */
lkv_stratum *lkv_counted_strata(const lkv_counted *counted, size_t leaf);

/* Groups of one variable; those without pupils are kept. */
lkv_moments *lkv_sums_moments(const lkv_sums *sums, size_t groups,
                              uint8_t decimals);
/* Schools as groups of one variable, over the pupils of LEAF. Groups without
 * pupils are kept.
 */
lkv_moments *lkv_counted_moments(const lkv_counted *counted, size_t leaf);

#endif
