/* The ledger: what earlier releases told of the facts of this run.
 *
 * Who has an earlier release knows what it shows. Where a number is still the
 * same, it is known now as well, whatever this run hides. Where it has moved by
 * a few pupils, old and new number together would tell about those few: then the
 * new one is withheld, and all about a unit (the district, a school) none of
 * whose told counts has moved by more. A mean that has moved over the same
 * number of pupils is not withheld: it tells no count.
 *
 * Of a population none of whose told numbers has moved, what an earlier release
 * to the same audience hid stays hidden: a run that is repeated tells the same.
 */
#ifndef LKV_DISCLOSE_LEDGER_H
#define LKV_DISCLOSE_LEDGER_H

#include "disclose/fates.h"
#include "disclose/release.h"

/* What a release hid from an audience. */
typedef struct lkv_kept {
    char *profile;
    bool *hidden; /* of each fact: and it stays so */
} lkv_kept;

typedef struct lkv_ledger {
    const lkv_facts *facts; /* lent */
    lkv_fate *told; /* of each fact: what is known of its number as it is now;
                     * HIDDEN for nothing */
    bool *withheld; /* of each fact */
    GPtrArray *kept; /* lkv_kept of each release */
    GHashTable *units; /* that are withheld as a whole, by lkv_ledger_unit */
} lkv_ledger;

/* From RELEASES of this district, made earlier. COUNT_LEAST: fewer pupils than
 * so many are a few.
 */
lkv_ledger *lkv_ledger_new(const lkv_facts *facts,
                           const lkv_release *const *releases, size_t count,
                           int64_t count_least);
void lkv_ledger_free(lkv_ledger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_ledger, lkv_ledger_free)

/* Warns of each population in which units are withheld as a whole. */
void lkv_ledger_warn(const lkv_ledger *ledger, lkv_diag *diag);

/* Hides in FATES what is withheld, and what stays hidden from the audience of
 * PROFILE.
 */
void lkv_ledger_withhold(const lkv_ledger *ledger, const char *profile,
                         lkv_fate *fates);

/* Whether all about the district in POPULATION is withheld. */
bool lkv_ledger_withholds_district(const lkv_ledger *ledger,
                                   uint16_t population);

#endif
