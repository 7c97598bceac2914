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
    uint32_t fact; /* that prints it; ratios are known in this order */
    int64_t low, high, unit;
    int64_t rest_most, part_most;
} lkv_ratio;

/* Knowledge: GIVEN of each node, and RATIOS (lkv_ratio). */
typedef struct lkv_known {
    lkv_interval *given;
    GArray *ratios;
} lkv_known;

/* Of each node of LATTICE: numbers of the known ratios whose base or part it is. */
lkv_lists lkv_known_ratios_of(const lkv_known *known,
                              const lkv_lattice *lattice);

typedef struct lkv_bounds lkv_bounds;

/* Of LATTICE by what is KNOWN, both lent; nothing is drawn yet. */
lkv_bounds *lkv_bounds_new(const lkv_lattice *lattice, const lkv_known *known);
void lkv_bounds_free(lkv_bounds *bounds);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_bounds, lkv_bounds_free)

/* Of each node; lent, and the same array whenever it is drawn. */
const lkv_interval *lkv_bounds_drawn(const lkv_bounds *bounds);

/* Draws all intervals tight. False when what is known contradicts itself. What was
 * drawn before is drawn anew only where it may have followed from what is known
 * no longer.
 */
bool lkv_bounds_draw(lkv_bounds *bounds);

/* An interval as it was, for taking back. */
typedef struct lkv_change {
    uint32_t node;
    lkv_interval before;
} lkv_change;

/* The same when they are drawn already and no less is known, but more of the
 * NODES (uint32_t), or more ratios. What moves is added to TRAIL (lkv_change).
 */
bool lkv_bounds_tighten(lkv_bounds *bounds, const GArray *nodes, GArray *trail);
/* Takes back what TRAIL tells of, and empties it; and forgets all ratios but the
 * first RATIOS, which are then to be taken from what is known.
 */
void lkv_bounds_undo(lkv_bounds *bounds, GArray *trail, guint ratios);

/* What sum ROW alone says of its member AT, the others as drawn. */
lkv_interval lkv_bounds_by_sum(const lkv_bounds *bounds, size_t row, size_t at);

#endif
