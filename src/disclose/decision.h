/* The decision of a run: what the releases and the proof are made from. */
#ifndef LKV_DISCLOSE_DECISION_H
#define LKV_DISCLOSE_DECISION_H

#include "disclose/disclose.h"
#include "disclose/facts.h"
#include "disclose/fates.h"
#include "disclose/ledger.h"
#include "disclose/private.h"

/* Profiles are copied: the proof outlives the study. */
typedef struct lkv_audience {
    lkv_profile profile; /* its id lies in TEXT of the disclosure */
    /* By number of the fact: under the rules alone, NULL once decided; then with
     * what hides others.
     */
    lkv_fate *primary;
    lkv_fate *fates;
    lkv_release *release;
    lkv_disclosure_counts counts;
} lkv_audience;

/* How many pupils there may be to whoever sees all that is shown, as bounds have
 * it; LKV_ANY where nothing is known.
 */
#define LKV_ANY UINT32_MAX
typedef struct lkv_possible {
    uint32_t least, most;
} lkv_possible;

struct lkv_disclosure {
    GStringChunk *text;
    lkv_facts *facts; /* and fates: NULL once settled */
    lkv_ledger *ledger; /* NULL without earlier releases */
    lkv_audience *audience;
    size_t audiences;
    lkv_possible *possible; /* by number of the fact: of a count, or of the part
                             * of a share; NULL once settled */
    lkv_assurance assurance; /* of all audiences together */
};

#endif
