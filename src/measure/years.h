/* One outcome of a stage in all its years. */
#ifndef LKV_MEASURE_YEARS_H
#define LKV_MEASURE_YEARS_H

#include <stdbool.h>
#include <stddef.h>

#include "measure/counted.h"
#include "measure/widths.h"

/* So many years at most: the question's own and the latest others. */
enum { LKV_YEARS_MOST = 9 };

typedef struct lkv_years {
    size_t count;
    lkv_counted *year[LKV_YEARS_MOST]; /* the question's own first */
    bool share; /* an outcome of yes and no */
    double confidence;
    lkv_widths *widths; /* the question's */
} lkv_years;

/* Years that a pooled value is of. */
enum { LKV_YEARS_TOGETHER = 3 };

/* The question's year and the two before; false when a year is not there. */
bool lkv_years_together(const lkv_question *question,
                        uint16_t found[LKV_YEARS_TOGETHER]);

void lkv_years_needs(const lkv_question *question, lkv_needs *needs);
/* From the tallies stated above; YES as for lkv_counted_new. */
lkv_years *lkv_years_new(const lkv_question *question,
                         const lkv_tally *const *tally, lkv_term yes);
/* The same with another YES, as lkv_counted_turn. */
void lkv_years_turn(lkv_years *years, const lkv_question *question,
                    const lkv_tally *const *tally, lkv_term yes);
void lkv_years_free(lkv_years *years);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_years, lkv_years_free)

#endif
