/* What may be shown to whom: thresholds and symbols of an audience, as data
 * (reports/profiles.yml).
 */
#ifndef LKV_STUDY_PROFILE_H
#define LKV_STUDY_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/diag.h"

typedef struct lkv_profile {
    char *id; /* "public", "internal_principal", "open" */
    bool open; /* hides nothing, prints 17 digits: published data only */
    int base_least; /* n_min: a smaller base is hidden */
    int count_least; /* k_min: 0 … k_min-1 of a sensitive outcome are masked */
    int gap_least; /* both groups of a gap */
    int quantile_least;
    int mean_least;
    int decimals_from; /* n from which shares have share_decimals */
    int share_decimals; /* of a per cent, at n >= decimals_from; else 0 */
    int mean_decimals;
    int mean_decimals_from;
    bool own_school; /* one audience a school: may see the own school's rows */
} lkv_profile;

/* NULL with a report when ID is unknown or thresholds are unsound (under 3
 * without ACCEPT_SMALL).
 */
lkv_profile *lkv_profile_read(const char *id, bool accept_small,
                              lkv_diag *diag);
/* Ids of all profiles, in the order of the file; g_strfreev. */
char **lkv_profile_ids(lkv_diag *diag);
void lkv_profile_free(lkv_profile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_profile, lkv_profile_free)

#endif
