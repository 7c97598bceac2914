/* What a reader can work out: an interval for the number of every node.
 *
 * Starts from what is printed and draws every sum, every "at most" and every
 * share of an unknown base tight until nothing moves (the shuttle algorithm;
 * Buzzigoli and Giusti 1999). The intervals are never narrower than what is
 * possible, but an attack with linear programming may find narrower ones.
 */
#ifndef LKV_DISCLOSE_BOUNDS_H
#define LKV_DISCLOSE_BOUNDS_H

#include <stdint.h>

#include <glib.h>

#include "disclose/lattice.h"

typedef struct lkv_interval {
    int64_t low, high;
} lkv_interval;

#define LKV_UNBOUNDED (INT64_C(1) << 40)

/* A printed share of a base that is not printed: LOW * base <= UNIT * part <=
 * HIGH * base; and base - part is at most REST, part at most PART_MOST
 * (LKV_UNBOUNDED where nothing is known).
 */
typedef struct lkv_ratio {
    uint32_t base, part; /* nodes */
    int64_t low, high, unit;
    int64_t rest_most, part_most;
} lkv_ratio;

/* Knowledge: GIVEN of each node, and RATIOS (lkv_ratio). */
typedef struct lkv_known {
    lkv_interval *given;
    GArray *ratios;
} lkv_known;

/* Draws INTERVAL (of each node, filled here) tight. False when what is given
 * contradicts itself.
 */
bool lkv_bounds_draw(const lkv_lattice *lattice, const lkv_known *known,
                     lkv_interval *interval);

/* INTERVAL as it was, for taking back. */
typedef struct lkv_change {
    uint32_t node;
    lkv_interval before;
} lkv_change;

/* The same when INTERVAL is drawn already, but KNOWN says more of the NODES
 * (uint32_t) or has more ratios. What moves is added to TRAIL (lkv_change).
 */
bool lkv_bounds_redraw(const lkv_lattice *lattice, const lkv_known *known,
                       const GArray *nodes, GArray *trail,
                       lkv_interval *interval);
/* Takes back what TRAIL tells of, and empties it. */
void lkv_bounds_undo(GArray *trail, lkv_interval *interval);

/* What sum ROW alone says of its member AT, the others as in INTERVAL. */
lkv_interval lkv_bounds_by_sum(const lkv_lattice *lattice, size_t row,
                               size_t at, const lkv_interval *interval);

#endif
