/* From estimates and fates to the release of one audience. */
#ifndef LKV_DISCLOSE_FIGURES_H
#define LKV_DISCLOSE_FIGURES_H

#include "disclose/disclose.h"
#include "disclose/fates.h"
#include "disclose/ledger.h"
#include "disclose/making.h"

/* Adds a figure for every estimate to RELEASE, then the quantiles of released
 * figures, which need the others.
 */
void lkv_figures_add(lkv_release *release, const lkv_facts *facts,
                     const lkv_fate *fates, const lkv_profile *profile);

/* The waterfall of the whole district. A step is hidden when it, or what it
 * lost since the last one shown, is too few pupils.
 */
void lkv_figures_add_steps(lkv_release *release,
                           const lkv_disclose_input *input,
                           const lkv_ledger *ledger,
                           const lkv_profile *profile);

#endif
