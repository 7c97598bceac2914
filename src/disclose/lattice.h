/* The lattice of one population: every crowd that an attacker can reckon with,
 * and how their numbers hang together.
 *
 * Axes that some figure names together span a table; its nodes are all
 * combinations of atoms, of the sets that figures use, and of "all". Numbers
 * of nodes add up along every axis, and nodes on axes that two tables share
 * are the same nodes. What the rules imply makes one node at most another.
 */
#ifndef LKV_DISCLOSE_LATTICE_H
#define LKV_DISCLOSE_LATTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "disclose/facts.h"
#include "disclose/lists.h"

typedef struct lkv_below {
    uint32_t small, large; /* nodes: SMALL has at most as many pupils */
} lkv_below;

typedef struct lkv_table_axes {
    uint16_t axes;
    uint16_t axis[LKV_CROWD_TERMS];
} lkv_table_axes;

typedef struct lkv_lattice {
    const lkv_facts *facts;
    uint16_t population;
    lkv_crowds *nodes;
    size_t size;
    uint8_t *kind; /* lkv_crowd_kind of each node */
    GArray *tables; /* lkv_table_axes: the maximal ones */
    lkv_lists sums; /* the first node is the sum of the others */
    bool *over_schools; /* of each sum: whether not all are of one school */
    GArray *below; /* lkv_below */
    lkv_lists sums_of; /* of each node: in which sums it stands */
    lkv_lists below_of; /* of each node: in which pairs */
    uint32_t *node_of; /* of each crowd of the facts; LKV_NO_CROWD elsewhere */
} lkv_lattice;

/* NULL with a report when a table is too large to be protected. */
lkv_lattice *lkv_lattice_new(const lkv_facts *facts, uint16_t population,
                             lkv_diag *diag);
void lkv_lattice_free(lkv_lattice *lattice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_lattice, lkv_lattice_free)

#endif
