/* Who is meant: claims about sets of pupils.
 *
 * A figure is a claim about a set of pupils; the claim travels with it to the
 * last printed digit. Disclosure control derives every relation between
 * figures from their claims, so no measure lists one. This header knows no
 * schools: a school is a leaf of the axis "school".
 */
#ifndef LKV_BASE_CUBE_H
#define LKV_BASE_CUBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

typedef uint16_t
    lkv_axis; /* school, year, sex …; one per outcome with levels */

enum { LKV_TERMS_MOST = 4, LKV_GROUP_BIT = 0x8000 };

/* VALUE is a leaf of AXIS, or LKV_GROUP_BIT | the number of a named group. */
typedef struct lkv_term {
    lkv_axis axis;
    uint16_t value;
} lkv_term;

/* A conjunction of terms, sorted by axis, one an axis; none = everybody. */
typedef struct lkv_where {
    uint8_t terms;
    lkv_term term[LKV_TERMS_MOST];
} lkv_where;

typedef enum {
    LKV_COUNT, /* how many pupils satisfy BASE */
    LKV_SHARE, /* of those in BASE, the share that also satisfy PART */
    LKV_MEAN, /* mean of OUTCOME over BASE */
    LKV_SUM,
    LKV_OTHER /* nothing linear: a spread, an interval, a ratio */
} lkv_stat;

typedef struct lkv_claim {
    lkv_stat stat;
    uint16_t population;
    uint16_t outcome; /* of a mean or sum: number in the outcome table */
    lkv_where base;
    lkv_where part;
} lkv_claim;

/* Axes, their leaves and their named groups, and the populations. Text lies
 * in the cube. Leaf 0 of every axis is "missing".
 */
typedef struct lkv_cube lkv_cube;

enum { LKV_LEAF_MISSING = 0 };

lkv_cube *lkv_cube_new(void);
void lkv_cube_free(lkv_cube *cube);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_cube, lkv_cube_free)

/* Adds an axis with leaf 0, "missing". ID is unique. */
lkv_axis lkv_cube_axis_add(lkv_cube *cube, const char *id);
/* Adds a leaf to AXIS; returns its number. */
uint16_t lkv_cube_leaf_add(lkv_cube *cube, lkv_axis axis, const char *id);
/* Adds a group of LEAVES to AXIS; returns LKV_GROUP_BIT | number. */
uint16_t lkv_cube_group_add(lkv_cube *cube, lkv_axis axis, const char *id,
                            const uint16_t *leaves, size_t count);
/* Adds a population: a set of persons, each once. */
uint16_t lkv_cube_population_add(lkv_cube *cube, const char *id);

size_t lkv_cube_axes(const lkv_cube *cube);
const char *lkv_cube_axis_id(const lkv_cube *cube, lkv_axis axis);
/* The axis named ID; LKV_NO_AXIS if there is none. */
enum { LKV_NO_AXIS = UINT16_MAX, LKV_NO_VALUE = UINT16_MAX };
lkv_axis lkv_cube_axis_find(const lkv_cube *cube, const char *id);
size_t lkv_cube_leaves(const lkv_cube *cube, lkv_axis axis);
size_t lkv_cube_groups(const lkv_cube *cube, lkv_axis axis);
/* Id of a leaf or, with LKV_GROUP_BIT, of a group. */
const char *lkv_cube_value_id(const lkv_cube *cube, lkv_term term);
/* Leaf or group named ID; LKV_NO_VALUE if there is none. */
uint16_t lkv_cube_value_find(const lkv_cube *cube, lkv_axis axis,
                             const char *id);
/* Whether LEAF satisfies VALUE (a leaf or a group). */
bool lkv_cube_holds(const lkv_cube *cube, lkv_term term, uint16_t leaf);

size_t lkv_cube_populations(const lkv_cube *cube);
const char *lkv_cube_population_id(const lkv_cube *cube, uint16_t population);

/* WHERE with TERM added, sorted; a term on an axis already there replaces it.
 * At most LKV_TERMS_MOST terms.
 */
lkv_where lkv_where_and(lkv_where where, lkv_term term);
/* The term of WHERE on AXIS, or NULL. */
const lkv_term *lkv_where_on(const lkv_where *where, lkv_axis axis);
bool lkv_where_equal(const lkv_where *a, const lkv_where *b);
bool lkv_claim_equal(const lkv_claim *a, const lkv_claim *b);

/* How many persons populations A and B share not: counted from pupil numbers.
 */
typedef struct lkv_overlap {
    uint16_t a, b;
    int64_t only_a, only_b;
} lkv_overlap;

#endif
