/* Every question of a run and the tallies they need, each tally once. */
#ifndef LKV_MEASURE_PLAN_H
#define LKV_MEASURE_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "base/jobs.h"
#include "measure/measure.h"
#include "panel/panel.h"
#include "panel/tally.h"
#include "study/study.h"

/* SPEC holds numbers of the plan's specs, in the order of the needs. */
typedef struct lkv_asked {
    const lkv_measure *measure;
    lkv_question question;
    const struct lkv_alternative *choice; /* under which it is asked, or NULL */
    lkv_question usual; /* the same without it; read only with CHOICE */
    uint32_t spec[LKV_NEEDS_MOST];
    size_t specs;
} lkv_asked;

typedef struct lkv_plan lkv_plan;

/* All that STUDY asks of PANEL and that PANEL has pupils for, in the order of
 * the catalogue. NULL with a report when the study asks for a measure or a
 * covariate that does not exist, or when the crew is stopped.
 */
lkv_plan *lkv_plan_make(const lkv_panel *panel, const lkv_study *study,
                        lkv_crew crew, lkv_diag *diag);
void lkv_plan_free(lkv_plan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_plan, lkv_plan_free)

size_t lkv_plan_size(const lkv_plan *plan);
const lkv_asked *lkv_plan_at(const lkv_plan *plan, size_t index);
/* The specs without repetition; COUNT of them. Lent. */
const lkv_tally_spec *lkv_plan_specs(const lkv_plan *plan, size_t *count);

#endif
