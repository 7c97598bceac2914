/* Loosening: which ends of intervals may have to give way once less is known. */
#ifndef LKV_DISCLOSE_LOOSEN_H
#define LKV_DISCLOSE_LOOSEN_H

#include "disclose/bounds.h"

/* Ends of intervals, as bits. */
enum { LKV_END_LOW = 1, LKV_END_HIGH = 2 };

/* What has moved an end while intervals were drawn, be it only for a while: of each
 * member of the lattice's sums, the ends that the sum has moved; of each of its
 * pairs, LKV_END_LOW of the large one and LKV_END_HIGH of the small one. Ratios move
 * both of their nodes.
 */
typedef struct lkv_traces {
    uint8_t *sum; /* as the members stand in the lists */
    uint8_t *pair;
} lkv_traces;

/* INTERVAL (of each node) is drawn tight from what was known BEFORE, and left these
 * TRACES. Sets every end that may have followed from what is not known NOW back to
 * what is given, and those that may have followed from these, and their traces;
 * adds to NODES (uint32_t) all that are set back or of which more is given.
 *
 * It is not enough to ask what says as much as an end in the end: two ends that
 * have tightened each other step by step hold each other up without the third that
 * set them off.
 */
void lkv_loosen(const lkv_lattice *lattice, const lkv_known *before,
                const lkv_known *now, lkv_traces traces, lkv_interval *interval,
                GArray *nodes);

#endif
