/* Every question of a run, by chapters, and the tallies they need. */
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

/* SPEC holds numbers of the chapter's specs, in the order of the needs. */
typedef struct lkv_asked {
    const lkv_measure *measure;
    lkv_question question;
    const struct lkv_alternative *choice; /* under which it is asked, or NULL */
    lkv_question usual; /* the same without it; read only with CHOICE */
    uint32_t spec[LKV_NEEDS_MOST];
    size_t specs;
} lkv_asked;

/* All questions about one outcome in one population, or about none. Few of
 * their tallies serve other chapters, so only those of the chapters at work are
 * held.
 */
typedef struct lkv_chapter {
    GArray *asked; /* lkv_asked, in the order of the catalogue */
    GArray *specs; /* lkv_tally_spec, each once */
} lkv_chapter;

typedef struct lkv_plan lkv_plan;

/* All that STUDY asks of PANEL and that PANEL has pupils for. NULL with a
 * report when the study asks for a measure or a covariate that does not exist,
 * when a tally cannot be exact; and without one when the crew is stopped.
 */
lkv_plan *lkv_plan_make(const lkv_panel *panel, const lkv_study *study,
                        lkv_crew crew, lkv_diag *diag);
void lkv_plan_free(lkv_plan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_plan, lkv_plan_free)

size_t lkv_plan_chapters(const lkv_plan *plan);
const lkv_chapter *lkv_plan_chapter(const lkv_plan *plan, size_t index);

#endif
