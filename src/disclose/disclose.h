/* What may leave: all audiences' releases of a run, decided together.
 *
 * Every figure is a cell with its claim; relations between cells follow from
 * the claims, the rules' implications and the overlaps of populations. First
 * what is small or tells too much is hidden (primary), then what would give it
 * away by subtraction (complementary), to the fixpoint over all relations of
 * all audiences and of what earlier releases told. Ties break by content, never by code or name.
 */
#ifndef LKV_DISCLOSE_DISCLOSE_H
#define LKV_DISCLOSE_DISCLOSE_H

#include <stddef.h>

#include <glib.h>

#include "base/diag.h"
#include "base/jobs.h"
#include "disclose/release.h"
#include "measure/results.h"
#include "study/profile.h"

/* Steps of the waterfall as counted (from the panel, which this floor does not
 * see); copied.
 */
typedef struct lkv_step_count {
    const char *step;
    uint16_t population;
    uint16_t unit;
    int64_t pupils;
} lkv_step_count;

typedef struct lkv_disclosure lkv_disclosure;

typedef struct lkv_disclose_input {
    lkv_results *results; /* the disclosure keeps a reference */
    const lkv_step_count *steps;
    size_t step_count;
    const lkv_profile *const *profiles; /* one release each */
    size_t profile_count;
    const lkv_release *const *ledger; /* releases made earlier */
    size_t ledger_count;
    const char *run_id;
    lkv_crew crew;
} lkv_disclose_input;

/* NULL with a report when protection cannot be had, without one when
 * CREW is stopped.
 */
lkv_disclosure *lkv_disclose(const lkv_disclose_input *input, lkv_diag *diag);
void lkv_disclosure_free(lkv_disclosure *disclosure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_disclosure, lkv_disclosure_free)

/* Lets go what only deciding needed: the proof and the releases stay. */
void lkv_disclosure_decided(lkv_disclosure *disclosure);
/* Lets go what the proof is made from, once it is written: the releases stay. */
void lkv_disclosure_settle(lkv_disclosure *disclosure);

/* The release of profile INDEX, lent; const and shared by all jobs. */
const lkv_release *lkv_disclosure_release(const lkv_disclosure *disclosure,
                                          size_t index);

#endif
