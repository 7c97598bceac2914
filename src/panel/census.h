/* From the roll and the marks to the frame, the leaves and the variables.
 *
 * Outcomes, axes, groups, populations and variants of a run are found here and
 * nowhere else; each follows from the rules or the study.
 */
#ifndef LKV_PANEL_CENSUS_H
#define LKV_PANEL_CENSUS_H

#include <stdbool.h>

#include <glib.h>

#include "base/diag.h"
#include "panel/marks.h"
#include "panel/panel.h"
#include "panel/roll.h"
#include "study/columns.h"
#include "study/rules.h"
#include "study/study.h"

/* What the panel is built from. RULES and MARKS may be NULL. */
typedef struct lkv_census {
    const lkv_study *study;
    const lkv_rules *rules;
    const lkv_fields *fields;
    const lkv_roll *roll;
    const lkv_marks *marks;
    lkv_panel *panel;
    int *stage; /* [row] stage of the rules, or -1 */
} lkv_census;

/* Each fills its part of the panel; in this order. */
void lkv_census_schools(lkv_census *census);
void lkv_census_populations(lkv_census *census);
void lkv_census_groups(lkv_census *census);
bool lkv_census_outcomes(lkv_census *census, lkv_diag *diag);
bool lkv_census_covariates(lkv_census *census, lkv_diag *diag);
void lkv_census_earlier(lkv_census *census);
void lkv_census_variants(lkv_census *census);
void lkv_census_overlaps(lkv_census *census);
void lkv_census_waterfall(lkv_census *census);

/* A copy of TEXT in the frame. */
const char *lkv_census_text(lkv_census *census, const char *text);
/* Adds an axis and its leaves (all 0); its number. */
lkv_axis lkv_census_axis(lkv_census *census, const char *id);
/* Adds a variable (all missing); its number. ID is copied. */
uint16_t lkv_census_variable(lkv_census *census, const char *id,
                             uint8_t decimals);
/* Adds a variable of the answers on AXIS, an outcome of yes and no. */
uint16_t lkv_census_answers(lkv_census *census, const char *id, lkv_axis axis);
/* Least and most of a variable that has its values. */
void lkv_census_bounds(lkv_census *census, uint16_t number);

/* Column NUMBERS of the roll as variable ID, with as few decimals as hold
 * every value, or as STATED. LKV_NO_VALUE with a report when it does not fit.
 */
uint16_t lkv_census_numbers(lkv_census *census, const char *id, int numbers,
                            int stated, lkv_diag *diag);

#endif
