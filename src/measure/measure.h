/* A measure asks one question of tallies and answers with estimates.
 *
 * One file a measure: why it matters, what it needs, what it computes, and the
 * record at the end; one line in catalogue.def. Lists, documentation, keys and
 * `measures explain` come from the record. No measure loops over pupils.
 */
#ifndef LKV_MEASURE_MEASURE_H
#define LKV_MEASURE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/frame.h"
#include "base/jobs.h"
#include "measure/results.h"
#include "panel/panel.h"
#include "panel/tally.h"
#include "study/study.h"

/* What is asked: one outcome in one population, perhaps by one group. */
typedef struct lkv_question {
    const lkv_panel *panel;
    const lkv_frame *frame; /* the panel's */
    uint16_t measure; /* number in the frame */
    uint16_t population;
    uint16_t variant;
    uint16_t outcome; /* LKV_NO_VALUE where a measure takes none */
    uint16_t group_by; /* 1 + group, or 0 */
    uint16_t before; /* the same stage's population a year earlier, or
                        LKV_NO_VALUE */
    const uint16_t *given; /* covariates, variables of the panel: those that
                              the study gives, else all its background */
    size_t givens;
    bool special_in; /* special units are among the schools of a spread */
    bool unknown_otherwise; /* unknown background: a level of its own where it
                               leaves a pupil out, and left out where it is */
    struct lkv_widths *widths; /* of the run */
    uint64_t seed;
    unsigned replicates; /* of what is drawn; 0 = nothing is */
} lkv_question;

enum { LKV_NEEDS_MOST = 32 };

typedef struct lkv_needs {
    lkv_tally_spec spec[LKV_NEEDS_MOST];
    size_t count;
} lkv_needs;

void lkv_needs_add(lkv_needs *needs, lkv_tally_spec spec);

/* Bits of lkv_measure.outcomes and .groups. */
enum {
    LKV_FOR_POINTS = 1 << LKV_POINTS,
    LKV_FOR_YES_NO = 1 << LKV_YES_NO,
    LKV_FOR_LEVELS = 1 << LKV_LEVELS
};
enum { LKV_WITHOUT_GROUP = 1, LKV_BY_GROUP = 2 };

typedef struct lkv_component {
    const char *id; /* "" for the only one; NULL: any other id */
    lkv_value_unit unit; /* LKV_UNIT_NONE = the outcome's own */
    const char *meaning;
    bool difference; /* in the outcome's own unit, but of shares in points */
    bool compared; /* a comparison, that may tell nothing: beside it stands what
                      difference it would have told */
    lkv_target target; /* LKV_NO_TARGET = the measure's */
} lkv_component;

typedef struct lkv_measure {
    const char *id;
    const char *label; /* catalogue key "measure.ID" */
    unsigned outcomes; /* kinds it takes; 0 = asked once, without outcome */
    unsigned groups; /* asked without a group, by each group, or both */
    lkv_target target;
    /* States the tallies: the same order reaches compute. */
    void (*needs)(const lkv_question *question, lkv_needs *needs);
    void (*compute)(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out);
    const lkv_component *components;
    size_t component_count;
    bool on_request; /* computed only if the study names it */
    int least_schools; /* fewer: not estimable */
    int least_pupils;
    const char *question; /* the question it answers, one sentence */
    const char *formula; /* plain text */
    const char *reading; /* how to read it */
    const char *not_for; /* what it must not be used for */
    const char *source; /* author, year, equation */
    const char *r; /* the R call that gives the same */
} lkv_measure;

/* Measures in the order of catalogue.def; NULL past the last. */
const lkv_measure *lkv_measure_at(size_t index);
const lkv_measure *lkv_measure_find(const char *id);

/* The word in a study's measures for all that are not on request. */
#define LKV_MEASURES_DEFAULT "default"

/* Asks every measure of the study (if it names none, all of the catalogue that
 * are not on request) everything that fits: outcomes by kind, populations,
 * variants, groups. NULL with a report when a tally cannot be exact, and
 * without one when the crew is stopped. The results are sorted.
 */
lkv_results *lkv_measures_run(const lkv_panel *panel, const lkv_study *study,
                              lkv_crew crew, lkv_diag *diag);

#endif
