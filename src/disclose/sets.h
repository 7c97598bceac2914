/* Sets of leaves: what the terms of claims mean.
 *
 * Two terms that hold the same leaves are the same set, whatever they are
 * called. Once all sets of a run are known they are cut into atoms: the
 * coarsest parts of an axis that every set is made of. An attack need not look
 * below the atoms, since nothing printed does.
 */
#ifndef LKV_DISCLOSE_SETS_H
#define LKV_DISCLOSE_SETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/cube.h"

typedef struct lkv_sets lkv_sets;

/* Numbers of sets on one axis; all leaves, and none. */
enum { LKV_SET_ALL = 0xFFFF, LKV_SET_EMPTY = 0xFFFE };

/* CUBE must outlive the sets. */
lkv_sets *lkv_sets_new(const lkv_cube *cube);
void lkv_sets_free(lkv_sets *sets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_sets, lkv_sets_free)

/* The set of TERM; of what A and B share; of A without B. A new one is kept,
 * so these are for the time before the atoms are cut.
 */
uint16_t lkv_sets_of(lkv_sets *sets, lkv_term term);
uint16_t lkv_sets_meet(lkv_sets *sets, lkv_axis axis, uint16_t a, uint16_t b);
uint16_t lkv_sets_without(lkv_sets *sets, lkv_axis axis, uint16_t a,
                          uint16_t b);

/* How many leaves SET has. */
size_t lkv_sets_size(const lkv_sets *sets, lkv_axis axis, uint16_t set);

/* Cuts every axis into atoms, which are sets too. */
void lkv_sets_cut(lkv_sets *sets);
/* How many sets AXIS has, atoms among them; how many atoms; their numbers. */
size_t lkv_sets_count(const lkv_sets *sets, lkv_axis axis);
size_t lkv_sets_atoms(const lkv_sets *sets, lkv_axis axis);
uint16_t lkv_sets_atom(const lkv_sets *sets, lkv_axis axis, size_t index);

bool lkv_sets_holds_leaf(const lkv_sets *sets, lkv_axis axis, uint16_t set,
                         uint16_t leaf);
/* Whether every leaf of INNER lies in OUTER. */
bool lkv_sets_within(const lkv_sets *sets, lkv_axis axis, uint16_t inner,
                     uint16_t outer);

/* A crowd: pupils of one population who satisfy a conjunction of sets, sorted
 * by axis; sets of all leaves are left out.
 */
enum { LKV_CROWD_TERMS = 6 };
typedef struct lkv_crowd {
    uint16_t population, terms;
    uint16_t axis[LKV_CROWD_TERMS];
    uint16_t set[LKV_CROWD_TERMS];
} lkv_crowd;

lkv_crowd lkv_crowd_of(lkv_sets *sets, uint16_t population,
                       const lkv_where *where);
/* CROWD with its set on AXIS replaced by SET (LKV_SET_ALL takes it away). */
lkv_crowd lkv_crowd_with(lkv_crowd crowd, lkv_axis axis, uint16_t set);
/* Set of CROWD on AXIS; LKV_SET_ALL if it has none. */
uint16_t lkv_crowd_on(const lkv_crowd *crowd, lkv_axis axis);

/* Distinct crowds, numbered from 0. */
typedef struct lkv_crowds lkv_crowds;
#define LKV_NO_CROWD UINT32_MAX
lkv_crowds *lkv_crowds_new(void);
void lkv_crowds_free(lkv_crowds *crowds);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_crowds, lkv_crowds_free)
uint32_t lkv_crowds_add(lkv_crowds *crowds, const lkv_crowd *crowd);
/* LKV_NO_CROWD when it is not there. */
uint32_t lkv_crowds_find(const lkv_crowds *crowds, const lkv_crowd *crowd);
const lkv_crowd *lkv_crowds_at(const lkv_crowds *crowds, uint32_t number);
size_t lkv_crowds_size(const lkv_crowds *crowds);

#endif
