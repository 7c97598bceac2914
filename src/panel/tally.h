/* Mergeable sums: counts, exact sums and cross-products of scaled integers by
 * cell of the cube.
 *
 * Integer addition is associative, so threads, row order, chunks or a split
 * over machines cannot change one digit. Every measure states the tallies it
 * needs; equal ones are filled once, all in one pass.
 */
#ifndef LKV_PANEL_TALLY_H
#define LKV_PANEL_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/cube.h"
#include "base/diag.h"
#include "base/jobs.h"
#include "base/wide.h"
#include "panel/panel.h"
#include "stat/moments.h"

enum { LKV_TALLY_AXES = 4, LKV_TALLY_VARIABLES = 16 };

/* As variables: the number of the pupil's class, which only bins hold; and,
 * with the number of an outcome of levels, the points of the pupil's grade less
 * the mean of all the pupil's grades, three decimals more than points have, of
 * pupils with LKV_PROFILE_LEAST grades.
 */
enum {
    LKV_TALLY_CLASS = UINT16_MAX - 1,
    LKV_TALLY_PROFILE = 0x8000,
    LKV_PROFILE_LEAST = 5
};

typedef enum {
    LKV_CROSS_NONE,
    LKV_CROSS_OVERALL, /* one set of products for all cells */
    LKV_CROSS_BY_CELL
} lkv_cross;

/* A row that misses any listed variable is left out: complete cases belong to
 * the model, so the variable list is part of the spec.
 */
typedef struct lkv_tally_spec {
    uint16_t population;
    lkv_where where;
    uint8_t axes, variables;
    lkv_axis axis[LKV_TALLY_AXES]; /* school first; cells are all combinations
                                      of leaves */
    uint16_t variable[LKV_TALLY_VARIABLES]; /* of the panel; none = heads */
    lkv_cross cross;
    bool histogram; /* of variable[0]: bins by cell, ascending */
    bool joint; /* the histogram is of variable[0] and [1] together */
} lkv_tally_spec;

/* N rows that have VALUE, and of a joint histogram SECOND (else 0). */
typedef struct lkv_bin {
    int64_t value, second, n;
} lkv_bin;

/* Cell = leaves in mixed radix, first axis slowest. */
typedef struct lkv_tally {
    lkv_tally_spec spec;
    uint16_t leaves[LKV_TALLY_AXES];
    uint8_t decimals[LKV_TALLY_VARIABLES];
    size_t cells;
    int64_t *n; /* [cell] */
    lkv_wide *sum; /* [cell * variables + v] */
    lkv_wide *product; /* [(cell or 0) * v(v+1)/2 + pair], pair (a <= b) at
                          a * variables - a(a-1)/2 + b - a; or NULL */
    GArray **bins; /* [cell] arrays of lkv_bin, or NULL */
} lkv_tally;

bool lkv_tally_spec_equal(const lkv_tally_spec *a, const lkv_tally_spec *b);

/* Whether SPEC can be summed exactly; a report when N^2 * max|x| * max|y| does
 * not stay under 2^126: names the column and `decimals:`.
 */
bool lkv_tally_exact(const lkv_panel *panel, const lkv_tally_spec *spec,
                     lkv_diag *diag);
/* Fills COUNT tallies, which can be exact, on the threads of CREW. NULL when
 * it is stopped. Array of COUNT pointers, freed with lkv_tallies_free.
 */
lkv_tally **lkv_tallies_fill(const lkv_panel *panel,
                             const lkv_tally_spec *specs, size_t count,
                             lkv_crew crew);
void lkv_tallies_free(lkv_tally **tallies, size_t count);
void lkv_tally_free(lkv_tally *tally);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_tally, lkv_tally_free)

/* Adds FROM to INTO; the specs are equal. Two halves make the whole. */
void lkv_tally_merge(lkv_tally *into, const lkv_tally *from);

/* The tally of the same variables by school alone (its first axis), over the
 * cells that satisfy WHERE on the other axes. CUBE for groups of leaves.
 */
lkv_tally *lkv_tally_slice(const lkv_tally *tally, const lkv_cube *cube,
                           lkv_where where);

/* Numbers over all cells of a tally. */
int64_t lkv_tally_n(const lkv_tally *tally);
lkv_wide lkv_tally_sum(const lkv_tally *tally, size_t variable);
size_t lkv_tally_pair(const lkv_tally *tally, size_t a, size_t b);

/* Centred in 128 bits, divided once: cells become groups of lkv_moments, in
 * the units of the data (decimals removed). Needs products; WITHIN only with
 * LKV_CROSS_BY_CELL.
 */
lkv_moments *lkv_tally_moments(const lkv_tally *tally);

#endif
