/* Facts: what the figures of a run say about pupils, each once.
 *
 * A figure prints some facts: how many pupils it is about, how many are
 * missing, and its value. Many figures print the same fact (all outcomes of a
 * group have its n), so hiding is decided by fact, not by figure.
 */
#ifndef LKV_DISCLOSE_FACTS_H
#define LKV_DISCLOSE_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "disclose/sets.h"
#include "measure/results.h"

/* What a crowd is, which decides how few of its pupils are too few. */
typedef enum {
    LKV_CROWD_BASE, /* a group of pupils: somebody's n */
    LKV_CROWD_ABSENT, /* among other things those of whom nothing is known */
    LKV_CROWD_SENSITIVE, /* a level of a sensitive outcome */
    LKV_CROWD_FREE /* a level of another outcome */
} lkv_crowd_kind;

#define LKV_NO_FACT UINT32_MAX

/* STAT is COUNT, SHARE, MEAN or SUM. COUNT: of BASE; then REST is what BASE
 * lacks of WITHIN, the same pupils at any level of the outcome; where BASE is
 * all of these, WITHIN is the same pupils, known or not. SHARE: PART is
 * counted in BASE, REST are the others, WITHIN is BASE.
 */
typedef struct lkv_fact {
    lkv_stat stat : 8;
    bool printed; /* by some figure, not only computed from */
    uint16_t outcome; /* of a mean or sum */
    uint32_t base, part, rest, within; /* crowds */
    uint32_t n; /* fact that counts BASE; of a count, itself */
} lkv_fact;

/* Facts of one estimate. */
typedef struct lkv_estimate_facts {
    uint32_t value, n, missing;
    uint32_t from[LKV_FROM_MOST];
} lkv_estimate_facts;

typedef struct lkv_facts {
    lkv_frame *frame; /* a reference */
    lkv_results *results; /* a reference: the proof outlives the measures */
    const lkv_estimate *estimate; /* all of them */
    size_t estimates;
    lkv_sets *sets;
    lkv_crowds *crowds;
    GArray *count; /* int64_t of each crowd; -1 = no figure says */
    GArray *kind; /* lkv_crowd_kind of each crowd, as uint8_t */
    GArray *facts; /* lkv_fact */
    lkv_estimate_facts *of; /* of each estimate */
    uint16_t *known_on; /* of each axis of an outcome: the set of all its known
                         * levels */
    uint16_t *outcome_on; /* of each axis: an outcome, or LKV_NO_VALUE */
    uint8_t **kind_on; /* lkv_crowd_kind by axis and set */
    bool *sensitive; /* of each outcome: its own or by implication */
    GArray *implied; /* lkv_implied */
    GArray *nobody; /* uint32_t: crowds that every reader knows to be empty */
} lkv_facts;

/* Everyone in set A is in set B: by the rules. */
typedef struct lkv_implied {
    lkv_axis a_axis, b_axis;
    uint16_t a, b;
} lkv_implied;

/* NULL with a report when two figures contradict each other. */
lkv_facts *lkv_facts_new(lkv_results *results, lkv_diag *diag);
void lkv_facts_free(lkv_facts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_facts, lkv_facts_free)

/* Whether estimate NUMBER says to every reader that it is about nobody: the
 * school has no such stage, or no pupil with a known outcome. WHOLLY: nor one
 * whose outcome is missing.
 */
bool lkv_facts_says_nobody(const lkv_facts *facts, size_t number, bool *wholly);
/* Whether AXIS, of groups or schools, has a leaf for all of POPULATION: then
 * nobody is missing on it, and every reader may take it so.
 */
bool lkv_facts_none_missing(const lkv_facts *facts, uint16_t population,
                            lkv_axis axis);

/* The NUMBER of the estimate for KEY; false when there is none. */
bool lkv_facts_find(const lkv_facts *facts, const lkv_key *key, size_t *number);

const lkv_fact *lkv_facts_at(const lkv_facts *facts, uint32_t number);
int64_t lkv_facts_count(const lkv_facts *facts, uint32_t crowd);
lkv_crowd_kind lkv_facts_kind(const lkv_facts *facts, uint32_t crowd);
/* The kind of any crowd, of sets that are known. */
lkv_crowd_kind lkv_facts_kind_of(const lkv_facts *facts,
                                 const lkv_crowd *crowd);
/* Whether CROWD is of the whole district, and whether an outcome stands in it.
 */
bool lkv_facts_of_district(const lkv_facts *facts, const lkv_crowd *crowd);
bool lkv_facts_has_outcome(const lkv_facts *facts, const lkv_crowd *crowd);

#endif
