/* Adding outcomes to the panel, for the files that derive them. */
#ifndef LKV_PANEL_CENSUS_OUTCOMES_H
#define LKV_PANEL_CENSUS_OUTCOMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "panel/census.h"

/* Whether ID is among those that the rules call sensitive. */
bool lkv_census_sensitive(const lkv_rules *rules, const char *id);

/* Adds OUTCOME, whose texts are copied, with its axis and its variable (nothing
 * known of anybody); its number.
 */
uint16_t lkv_census_outcome(lkv_census *census, lkv_outcome outcome);
/* Adds an outcome of yes and no that follows from the rules. SUBJECT or NULL. */
uint16_t lkv_census_yes_no(lkv_census *census, const char *id,
                           const char *subject);

/* What of an outcome is set for each pupil; lent by the panel. */
typedef struct lkv_outcome_rows {
    uint16_t *leaf;
    int64_t *value; /* of points */
} lkv_outcome_rows;
lkv_outcome_rows lkv_census_rows(const lkv_census *census, uint16_t outcome);
/* Once all rows of OUTCOME are set. */
void lkv_census_outcome_bounds(lkv_census *census, uint16_t outcome);

/* Leaves of points. */
enum { LKV_LEAF_COUNTED = 1, LKV_LEAF_LEFT_OUT };

/* Sets the answer of ROW; LKV_UNKNOWN leaves it unknown. */
static inline void lkv_rows_answer(const lkv_outcome_rows *rows, size_t row,
                                   lkv_answer answer)
{
    if (answer != LKV_UNKNOWN) {
        rows->leaf[row] = answer == LKV_YES ? LKV_LEAF_YES : LKV_LEAF_NO;
    }
}

/* Sets the points of ROW; if they do not count, that ROW is left out. */
static inline void lkv_rows_points(const lkv_outcome_rows *rows, size_t row,
                                   int64_t value, bool counts)
{
    rows->leaf[row] = counts ? LKV_LEAF_COUNTED : LKV_LEAF_LEFT_OUT;
    if (counts) {
        rows->value[row] = value;
    }
}

/* ---- census_grades.c, census_summary.c -------------------------------------- */

/* Outcomes that follow from the rules. */
void lkv_census_rule_outcomes(lkv_census *census);
/* Those of all grades of a pupil together. IS_GRADED by row: who has grades to
 * be counted. LEAVERS: whether any stage of the pupils is left with grades.
 */
void lkv_census_summary(lkv_census *census, const bool *is_graded,
                        bool leavers);

#endif
