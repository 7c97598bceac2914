/* How a plan is made: every question that a measure can be asked, of which
 * those are kept that the study wants and that some pupil can answer.
 */
#ifndef LKV_MEASURE_ASKING_H
#define LKV_MEASURE_ASKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/jobs.h"
#include "measure/measure.h"
#include "measure/plan.h"
#include "panel/panel.h"
#include "stat/mixed.h"
#include "study/study.h"

/* A model has an outcome, an intercept and so many covariates. */
enum { LKV_COVARIATES_MOST = LKV_MIXED_EFFECTS - 1 };

/* What is asked of whom, and where it is written down. */
typedef struct lkv_asking {
    const lkv_panel *panel;
    const lkv_study *study;
    lkv_plan *plan;
    bool *there; /* [population * outcomes + outcome]: some pupil has it */
} lkv_asking;

/* Whether SPEC names only what PANEL and the catalogue have; if not, each fault
 * is reported.
 */
bool lkv_asking_words(const lkv_panel *panel, const lkv_measure_spec *spec,
                      lkv_diag *diag);

/* [population * outcomes + outcome]: whether it is asked about. Merit values
 * belong to one stage, goals to another: nothing is asked about an outcome of
 * the rules that nobody in a population has. g_free; NULL when CREW is stopped.
 */
bool *lkv_asking_outcomes(const lkv_panel *panel, lkv_crew crew);

/* Whether the study asks QUESTION of MEASURE; then it is given covariates. */
bool lkv_asking_wanted(const lkv_asking *asking, const lkv_measure *measure,
                       lkv_question *question);
/* How many covariates SPEC names. */
size_t lkv_asking_covariates(const lkv_measure_spec *spec);

/* An empty plan. */
lkv_plan *lkv_plan_new(void);
/* Adds ASKED to its chapter, with the tallies that it needs. */
void lkv_plan_ask(lkv_plan *plan, lkv_asked asked);
/* Takes GIVEN over (g_free), which a question lends. */
void lkv_plan_keep(lkv_plan *plan, uint16_t *given);

#endif
