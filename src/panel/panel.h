/* Pupils and school years in memory: one row per pupil and school year.
 *
 * Rows are sorted by year, school, pupil id; the id is then forgotten and
 * only a number that links a person's years remains. Schools, years and codes
 * are numbered in sorted order, so no order of input shows anywhere.
 */
#ifndef LKV_PANEL_PANEL_H
#define LKV_PANEL_PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "base/frame.h"
#include "base/hash.h"
#include "base/jobs.h"
#include "study/rules.h"
#include "study/study.h"

/* A column of decimal text as integers: text * 10^decimals. */
typedef struct lkv_variable {
    const char *id;
    int64_t *value; /* LKV_NONE = missing; NULL for answers */
    const uint16_t *answer; /* else the leaves of an outcome of yes and no */
    uint8_t decimals;
    int64_t least, most; /* of the values that are there; 0, 0 without any */
} lkv_variable;

#define LKV_NONE INT64_MIN

/* Leaves of an outcome of yes and no. */
enum { LKV_LEAF_YES = 1, LKV_LEAF_NO = 2 };

/* The value of ROW: of answers 1 for yes and 0 for no. */
static inline int64_t lkv_variable_at(const lkv_variable *variable, size_t row)
{
    if (variable->value) {
        return variable->value[row];
    }
    uint16_t leaf = variable->answer[row];
    return leaf == LKV_LEAF_YES ? 1 : leaf == LKV_LEAF_NO ? 0 : LKV_NONE;
}

#define LKV_NO_CLASS UINT32_MAX

/* Steps of the waterfall of a population, in order: how many pupils were
 * there and how many are left. UNIT as in the frame; unit 0 is the sum.
 */
typedef struct lkv_waterfall_step {
    const char *step; /* catalogue key "waterfall.STEP" */
    uint16_t population;
    uint16_t unit;
    int64_t pupils;
} lkv_waterfall_step;

/* What reading one file found: for the manifest and check/. */
typedef struct lkv_input_facts {
    const lkv_input *input;
    size_t bytes;
    lkv_hash hash; /* of the file */
    lkv_hash rows_hash; /* of its accepted rows as a set, canonical form */
    int64_t rows; /* data rows read */
    int64_t rejected; /* of them */
    int64_t passed_over; /* rows that where: leaves out, not among ROWS */
    int64_t duplicates; /* exact ones, kept once */
    const char *encoding; /* static */
    char delimiter;
    char decimal; /* 0 when the file has no fraction */
    GPtrArray *columns; /* header texts as found */
    GPtrArray *fields; /* for each, the field it was taken for, or NULL */
} lkv_input_facts;

typedef struct lkv_panel {
    lkv_frame *frame; /* a reference of the panel's own */
    size_t rows;
    uint32_t *pupil; /* same number = same person in every year */
    uint16_t *population; /* of each row; LKV_NO_VALUE = in none */
    uint16_t **leaf; /* leaf[axis][row] */
    uint32_t *class_number; /* for one model, never an axis: LKV_NO_CLASS =
                               not known; or NULL */
    lkv_variable *variable;
    size_t variables;
    uint16_t *outcome_variable; /* by outcome: its variable, or LKV_NO_VALUE
                                   (levels are counted by leaf) */
    GArray *waterfall; /* lkv_waterfall_step */
    GArray *inputs; /* lkv_input_facts */
} lkv_panel;

/* Reads all tables of STUDY and derives outcomes by RULES (NULL = none), on
 * the threads of CREW. All faults come out at once. NULL when the data is
 * refused or the crew is stopped; then nothing of it may be used.
 */
lkv_panel *lkv_panel_read(const lkv_study *study, const lkv_rules *rules,
                          lkv_crew crew, lkv_diag *diag);
void lkv_panel_free(lkv_panel *panel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_panel, lkv_panel_free)

/* The axis, if any pupil can be followed from one stage to the next: had
 * reached all goals at the end of the stage before (yes, no; group known).
 */
#define LKV_AXIS_EARLIER "earlier:goals"

/* The variable, if any pupil can be followed so: mean points of the pupil's own
 * grades at the end of the graded stage before, three decimals more than points
 * have, of pupils with five grades there.
 */
#define LKV_VARIABLE_EARLIER "earlier:points"

/* Endings of variables beside a covariate that some pupils have not, in a run
 * with sensitivity: the value or 0, and 1 where it is not known.
 */
#define LKV_VARIABLE_FILLED ":filled"
#define LKV_VARIABLE_UNKNOWN ":unknown"

/* Variable named ID (an outcome's or covariate's), or LKV_NO_VALUE. */
uint16_t lkv_panel_variable(const lkv_panel *panel, const char *id);

#endif
