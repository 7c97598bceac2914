/* Results: estimates, each with its claim. Nothing here may leave: only
 * `disclose` turns results into a release.
 */
#ifndef LKV_MEASURE_RESULTS_H
#define LKV_MEASURE_RESULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/cube.h"
#include "base/frame.h"
#include "base/key.h"
#include "base/wide.h"

enum { LKV_FROM_MOST = 6 };

/* The value is TOP / BOTTOM exactly, or REAL where BOTTOM is 0. In the unit of
 * the data; shares are 0 … 1. ERROR, LOW, HIGH, DF are NaN where there is none
 * (and only there). With a REASON there are no numbers but N, SCHOOLS and
 * MISSING, which say for whom it was asked.
 */
typedef struct lkv_estimate {
    lkv_wide top, bottom;
    double real, error, low, high, df;
    double p; /* two-sided, of no difference at all; NaN where none is tested */
    int64_t n, schools, missing; /* -1 = does not apply */
    lkv_claim *from; /* FROMS claims that it was computed from, or NULL */
    lkv_key key;
    lkv_claim claim; /* what the value says; LKV_OTHER when nothing linear */
    lkv_where pupils; /* whom N counts */
    lkv_where absent; /* whom MISSING counts: leaf 0 of the outcome's axis */
    bool has_absent : 1;
    bool compared : 1; /* what difference it would have told is of interest */
    uint8_t froms : 3;
    /* Clear of chance: Benjamini-Hochberg over the schools and headline outcomes
     * of the year.
     */
    bool flagged : 1;
    /* REAL is a probability: the quantile of the released figures of all schools
     * under the same key but unit and measure; LKV_OTHER; filled by disclose.
     */
    bool of_released : 1;
    lkv_value_unit unit_of_value : 8;
    lkv_method method : 8;
    lkv_reason reason : 8; /* 0 = estimable */
    lkv_notes notes;
} lkv_estimate;

typedef struct lkv_results lkv_results;

/* Takes a reference of FRAME. A run has some ten thousand estimates, so whoever
 * needs them longer takes a reference of the results, not copies.
 */
lkv_results *lkv_results_new(lkv_frame *frame);
lkv_results *lkv_results_ref(lkv_results *results);
void lkv_results_unref(lkv_results *results);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_results, lkv_results_unref)

/* A new estimate for KEY, all else empty (numbers NaN, counts -1). Lent until
 * the next addition. A key is added once.
 */
lkv_estimate *lkv_results_add(lkv_results *results, lkv_key key);
/* A copy of ESTIMATE, of other results; to be changed as a new one. */
lkv_estimate *lkv_results_copy(lkv_results *results,
                               const lkv_estimate *estimate);
/* ESTIMATE was computed from CLAIM, too: at most LKV_FROM_MOST. */
void lkv_estimate_from(lkv_estimate *estimate, lkv_claim claim);
/* Moves the estimates of FROM behind those of INTO. */
void lkv_results_join(lkv_results *into, lkv_results *from);
/* Sorted by key from here on; const. */
void lkv_results_sort(lkv_results *results);
size_t lkv_results_size(const lkv_results *results);
const lkv_estimate *lkv_results_at(const lkv_results *results, size_t index);
/* All of them, one after another. */
const lkv_estimate *lkv_results_all(const lkv_results *results);
/* The same to be completed, before anyone else has seen it. */
lkv_estimate *lkv_results_edit(lkv_results *results, size_t index);
const lkv_estimate *lkv_results_find(const lkv_results *results,
                                     const lkv_key *key);
lkv_frame *lkv_results_frame(const lkv_results *results); /* lent */

/* The value as a double: TOP / BOTTOM, or REAL. */
double lkv_estimate_value(const lkv_estimate *estimate);

#endif
