/* Fates: what one audience may see of each fact, and why not more. */
#ifndef LKV_DISCLOSE_FATES_H
#define LKV_DISCLOSE_FATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "disclose/facts.h"
#include "study/profile.h"

typedef enum {
    LKV_FATE_SHOWN,
    LKV_FATE_AT_LEAST, /* all but a few: count or share from below */
    LKV_FATE_AT_MOST, /* only a few */
    LKV_FATE_HIDDEN
} lkv_fate_kind;

typedef enum {
    LKV_WHY_NOT, /* it is shown */
    LKV_WHY_BASE, /* too few pupils */
    LKV_WHY_COUNT, /* too few at a level, or at the others */
    LKV_WHY_MEAN,
    LKV_WHY_GAP,
    LKV_WHY_QUANTILE,
    LKV_WHY_FROM, /* what it was computed from is not shown */
    LKV_WHY_SCHOOLS, /* one school alone cannot be told from the sum */
    LKV_WHY_COMPLEMENT, /* it would give away another */
    LKV_WHY_OVERLAP, /* two populations differ by a few pupils */
    LKV_WHY_LEDGER, /* an earlier release told a number a few pupils away */
    LKV_WHY_BEFORE /* an earlier release hid it, and nothing has changed */
} lkv_why;
const char *lkv_why_id(lkv_why why);

/* BOUND is the count of an AT_LEAST or AT_MOST. */
typedef struct lkv_fate {
    lkv_fate_kind kind;
    lkv_why why;
    int64_t bound;
} lkv_fate;

/* Fates of all facts under the rules of PROFILE alone: what is small or tells
 * too much. An array by number of the fact; g_free.
 */
lkv_fate *lkv_fates_primary(const lkv_facts *facts, const lkv_profile *profile);

/* Limits of an interval: COARSE where n could be worked out from them; then
 * they have no more digits than such n would have, and no degrees of freedom.
 */
typedef enum {
    LKV_LIMITS_HIDDEN,
    LKV_LIMITS_COARSE,
    LKV_LIMITS_FINE
} lkv_limits;

/* What a figure shows, fates of its facts given. */
typedef struct lkv_verdict {
    lkv_fate value, n, missing;
    lkv_limits limits;
    bool estimable;
} lkv_verdict;
lkv_verdict lkv_fates_judge(const lkv_facts *facts, const lkv_fate *fates,
                            const lkv_profile *profile, size_t number);

#endif
