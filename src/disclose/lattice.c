#include "disclose/lattice.h"

#include <string.h>

#include "disclose/kinds.h"

/* Nodes of one table; more are not held. */
enum { NODES_MOST = 4000000 };

/* ---- tables -------------------------------------------------------------- */

static bool within(const lkv_table_axes *inner, const lkv_table_axes *outer)
{
    size_t at = 0;
    for (size_t i = 0; i < inner->axes; i++) {
        while (at < outer->axes && outer->axis[at] < inner->axis[i]) {
            at++;
        }
        if (at == outer->axes || outer->axis[at] != inner->axis[i]) {
            return false;
        }
    }
    return true;
}

/* The axes that figures of the population name together, without those that
 * lie in others.
 */
static GArray *tables_of(const lkv_facts *facts, uint16_t population)
{
    GArray *tables = g_array_new(FALSE, FALSE, sizeof(lkv_table_axes));
    for (size_t i = 0; i < lkv_crowds_size(facts->crowds); i++) {
        const lkv_crowd *crowd = lkv_crowds_at(facts->crowds, (uint32_t)i);
        lkv_table_axes axes = {.axes = crowd->terms};
        memcpy(axes.axis, crowd->axis, sizeof axes.axis);
        bool known = crowd->population != population;
        for (guint t = 0; !known && t < tables->len; t++) {
            known = within(&axes, &g_array_index(tables, lkv_table_axes, t));
        }
        for (guint t = tables->len; !known && t > 0; t--) {
            if (within(&g_array_index(tables, lkv_table_axes, t - 1), &axes)) {
                g_array_remove_index(tables, t - 1);
            }
        }
        if (!known) {
            g_array_append_val(tables, axes);
        }
    }
    return tables;
}

/* Values of one axis in a table: all, the atoms, then larger sets; and the
 * ways in which one is the sum of others, as rows of values.
 */
typedef struct axis_values {
    GArray *set; /* uint16_t */
    size_t atoms;
    lkv_lists sums;
} axis_values;

/* Adds that value SUM is PART (0 = none, since value 0 is all) and all atoms
 * of SUM beside it.
 */
static void add_way(const lkv_lattice *lattice, lkv_axis axis,
                    axis_values *values, uint32_t sum, uint32_t part)
{
    const lkv_sets *sets = lattice->facts->sets;
    uint16_t whole = g_array_index(values->set, uint16_t, sum);
    uint16_t taken =
        part == 0 ? LKV_SET_EMPTY : g_array_index(values->set, uint16_t, part);
    g_array_append_val(values->sums.at, sum);
    if (part != 0) {
        g_array_append_val(values->sums.at, part);
    }
    for (uint32_t atom = 1; atom <= values->atoms; atom++) {
        uint16_t set = g_array_index(values->set, uint16_t, atom);
        if (lkv_sets_within(sets, axis, set, whole) &&
            (part == 0 || !lkv_sets_within(sets, axis, set, taken))) {
            g_array_append_val(values->sums.at, atom);
        }
    }
    lkv_lists_end(&values->sums);
}

/* Whether every atom of value SUM is in just one of the values A and B, which hold
 * no other: 0 = all.
 */
static bool parted(const lkv_lattice *lattice, lkv_axis axis,
                   const axis_values *values, uint32_t sum, uint32_t a,
                   uint32_t b)
{
    const lkv_sets *sets = lattice->facts->sets;
    const uint16_t *set = (const uint16_t *)(const void *)values->set->data;
    bool parts = true;
    for (uint32_t atom = 1; parts && atom <= values->atoms; atom++) {
        int in = lkv_sets_within(sets, axis, set[atom], set[a]) +
                 lkv_sets_within(sets, axis, set[atom], set[b]);
        parts = in == lkv_sets_within(sets, axis, set[atom], set[sum]);
    }
    return parts;
}

/* Adds that value SUM is two larger sets: their atoms alone say less. */
static void add_pairs(const lkv_lattice *lattice, lkv_axis axis,
                      axis_values *values, uint32_t sum)
{
    for (uint32_t a = (uint32_t)values->atoms + 1; a < values->set->len; a++) {
        for (uint32_t b = a + 1; b < values->set->len; b++) {
            if (a != sum && b != sum &&
                parted(lattice, axis, values, sum, a, b)) {
                uint32_t row[] = {sum, a, b};
                g_array_append_vals(values->sums.at, row, G_N_ELEMENTS(row));
                lkv_lists_end(&values->sums);
            }
        }
    }
}

static void fill_values(const lkv_lattice *lattice, lkv_axis axis,
                        const bool *used, axis_values *values)
{
    const lkv_sets *sets = lattice->facts->sets;
    uint16_t all = LKV_SET_ALL;
    values->set = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    values->sums = lkv_lists_new();
    values->atoms = lkv_sets_atoms(sets, axis);
    g_autofree bool *is_atom = g_new0(bool, lkv_sets_count(sets, axis) + 1);
    g_array_append_val(values->set, all);
    for (size_t i = 0; i < values->atoms; i++) {
        uint16_t atom = lkv_sets_atom(sets, axis, i);
        if (atom < LKV_SET_EMPTY) {
            is_atom[atom] = true;
        }
        g_array_append_val(values->set, atom);
    }
    for (uint16_t set = 0; set < lkv_sets_count(sets, axis); set++) {
        if (used[set] && !is_atom[set]) {
            g_array_append_val(values->set, set);
        }
    }
    for (uint32_t sum = 0; sum < values->set->len; sum++) {
        if (sum > 0 && sum <= values->atoms) {
            continue;
        }
        uint16_t whole = g_array_index(values->set, uint16_t, sum);
        add_way(lattice, axis, values, sum, 0);
        add_pairs(lattice, axis, values, sum);
        for (uint32_t part = (uint32_t)values->atoms + 1;
             part < values->set->len; part++) {
            uint16_t set = g_array_index(values->set, uint16_t, part);
            if (part != sum && lkv_sets_within(sets, axis, set, whole)) {
                add_way(lattice, axis, values, sum, part);
            }
        }
    }
}

static void free_values(axis_values *values, size_t axes)
{
    for (size_t i = 0; i < axes; i++) {
        if (values[i].set) {
            g_array_unref(values[i].set);
            lkv_lists_free(&values[i].sums);
        }
    }
    g_free(values);
}

/* Which sets of each axis the population's figures use, by axis and set. */
static bool **used_of(const lkv_lattice *lattice)
{
    const lkv_facts *facts = lattice->facts;
    size_t axes = lkv_cube_axes(facts->frame->cube);
    bool **used = g_new0(bool *, axes + 1);
    for (size_t axis = 0; axis < axes; axis++) {
        used[axis] =
            g_new0(bool, lkv_sets_count(facts->sets, (lkv_axis)axis) + 1);
    }
    for (size_t i = 0; i < lkv_crowds_size(facts->crowds); i++) {
        const lkv_crowd *crowd = lkv_crowds_at(facts->crowds, (uint32_t)i);
        if (crowd->population != lattice->population) {
            continue;
        }
        for (size_t t = 0; t < crowd->terms; t++) {
            used[crowd->axis[t]][crowd->set[t]] = true;
        }
    }
    for (guint i = 0; i < facts->implied->len; i++) {
        const lkv_implied *implied =
            &g_array_index(facts->implied, lkv_implied, i);
        if (implied->a < LKV_SET_EMPTY && implied->b < LKV_SET_EMPTY) {
            used[implied->a_axis][implied->a] = true;
            used[implied->b_axis][implied->b] = true;
        }
    }
    return used;
}

static axis_values *values_of(const lkv_lattice *lattice)
{
    size_t axes = lkv_cube_axes(lattice->facts->frame->cube);
    axis_values *all = g_new0(axis_values, axes + 1);
    bool **used = used_of(lattice);
    for (size_t axis = 0; axis < axes; axis++) {
        fill_values(lattice, (lkv_axis)axis, used[axis], &all[axis]);
        g_free(used[axis]);
    }
    g_free(used);
    return all;
}

/* ---- nodes and sums of one table ----------------------------------------- */

typedef struct filler {
    lkv_lattice *lattice;
    const axis_values *values;
    guint table;
    lkv_table_axes axes;
    size_t radix[LKV_CROWD_TERMS]; /* values on each axis of the table */
    size_t step[LKV_CROWD_TERMS];
    size_t cells;
    uint32_t *node; /* of each cell */
} filler;

static size_t value_at(const filler *filling, size_t cell, size_t axis)
{
    return cell / filling->step[axis] % filling->radix[axis];
}

static void add_nodes(filler *filling)
{
    for (size_t cell = 0; cell < filling->cells; cell++) {
        lkv_crowd crowd = {.population = filling->lattice->population};
        for (size_t i = 0; i < filling->axes.axes; i++) {
            lkv_axis axis = filling->axes.axis[i];
            uint16_t set = g_array_index(filling->values[axis].set, uint16_t,
                                         value_at(filling, cell, i));
            crowd = lkv_crowd_with(crowd, axis, set);
        }
        filling->node[cell] = lkv_crowds_add(filling->lattice->nodes, &crowd);
    }
}

/* Whether the axes that CELL names, with axis ALONG, lie in a table before
 * this one: then their sums are there already.
 */
static bool summed_before(const filler *filling, size_t cell, size_t along)
{
    lkv_table_axes named = {0};
    for (size_t i = 0; i < filling->axes.axes; i++) {
        if (i == along || value_at(filling, cell, i) != 0) {
            named.axis[named.axes++] = filling->axes.axis[i];
        }
    }
    for (guint t = 0; t < filling->table; t++) {
        if (within(&named, &g_array_index(filling->lattice->tables,
                                          lkv_table_axes, t))) {
            return true;
        }
    }
    return false;
}

static void add_sums(filler *filling, size_t along)
{
    const axis_values *values = &filling->values[filling->axes.axis[along]];
    lkv_lists *sums = &filling->lattice->sums;
    for (size_t cell = 0; cell < filling->cells; cell++) {
        if (value_at(filling, cell, along) != 0 ||
            summed_before(filling, cell, along)) {
            continue;
        }
        for (size_t way = 0; way < lkv_lists_count(&values->sums); way++) {
            size_t length;
            const uint32_t *members = lkv_lists_at(&values->sums, way, &length);
            for (size_t i = 0; i < length; i++) {
                size_t at = cell + members[i] * filling->step[along];
                g_array_append_val(sums->at, filling->node[at]);
            }
            lkv_lists_end(sums);
        }
    }
}

static bool add_table(lkv_lattice *lattice, const axis_values *values,
                      guint table, lkv_diag *diag)
{
    filler filling = {
        .lattice = lattice,
        .values = values,
        .table = table,
        .axes = g_array_index(lattice->tables, lkv_table_axes, table),
        .cells = 1,
    };
    for (size_t i = filling.axes.axes; i > 0; i--) {
        filling.radix[i - 1] = values[filling.axes.axis[i - 1]].set->len;
        filling.step[i - 1] = filling.cells;
        filling.cells *= filling.radix[i - 1];
    }
    if (filling.cells > NODES_MOST) {
        lkv_message *message = lkv_diag_add(
            diag, "E-PRIVACY-SIZE", (lkv_place){0},
            "A table of %zu cells is too large to be protected", filling.cells);
        lkv_message_fix(message, "Ask for fewer groups together");
        return false;
    }
    g_autofree uint32_t *node = g_new(uint32_t, filling.cells);
    filling.node = node;
    add_nodes(&filling);
    for (size_t i = 0; i < filling.axes.axes; i++) {
        add_sums(&filling, i);
    }
    return true;
}

/* ---- what implies what --------------------------------------------------- */

static void add_below(lkv_lattice *lattice)
{
    const lkv_facts *facts = lattice->facts;
    size_t size = lkv_crowds_size(lattice->nodes);
    for (guint i = 0; i < facts->implied->len; i++) {
        const lkv_implied *implied =
            &g_array_index(facts->implied, lkv_implied, i);
        for (uint32_t small = 0; small < size; small++) {
            lkv_crowd crowd = *lkv_crowds_at(lattice->nodes, small);
            if (lkv_crowd_on(&crowd, implied->a_axis) != implied->a ||
                lkv_crowd_on(&crowd, implied->b_axis) != LKV_SET_ALL) {
                continue;
            }
            crowd = lkv_crowd_with(crowd, implied->a_axis, LKV_SET_ALL);
            crowd = lkv_crowd_with(crowd, implied->b_axis, implied->b);
            lkv_below below = {small, lkv_crowds_find(lattice->nodes, &crowd)};
            if (below.large != LKV_NO_CROWD) {
                g_array_append_val(lattice->below, below);
            }
        }
    }
}

/* ---- the whole ----------------------------------------------------------- */

static void fill_kinds(lkv_lattice *lattice)
{
    lattice->kind = g_new(uint8_t, lattice->size + 1);
    for (uint32_t i = 0; i < lattice->size; i++) {
        const lkv_crowd *crowd = lkv_crowds_at(lattice->nodes, i);
        lattice->kind[i] = (uint8_t)lkv_facts_kind_of(lattice->facts, crowd);
    }
}

static uint16_t school_of(const lkv_lattice *lattice, uint32_t node)
{
    return lkv_crowd_on(lkv_crowds_at(lattice->nodes, node),
                        lattice->facts->frame->school);
}

static void fill_over_schools(lkv_lattice *lattice)
{
    size_t sums = lkv_lists_count(&lattice->sums);
    lattice->over_schools = g_new0(bool, sums + 1);
    for (size_t row = 0; row < sums; row++) {
        size_t length;
        const uint32_t *member = lkv_lists_at(&lattice->sums, row, &length);
        for (size_t i = 1; i < length; i++) {
            lattice->over_schools[row] =
                lattice->over_schools[row] ||
                school_of(lattice, member[i]) != school_of(lattice, member[0]);
        }
    }
}

static void find_nodes_of_facts(lkv_lattice *lattice)
{
    const lkv_crowds *crowds = lattice->facts->crowds;
    lattice->node_of = g_new(uint32_t, lkv_crowds_size(crowds) + 1);
    for (uint32_t i = 0; i < lkv_crowds_size(crowds); i++) {
        lattice->node_of[i] =
            lkv_crowds_find(lattice->nodes, lkv_crowds_at(crowds, i));
    }
}

lkv_lattice *lkv_lattice_new(const lkv_facts *facts, uint16_t population,
                             lkv_diag *diag)
{
    g_autoptr(lkv_lattice) lattice = g_new0(lkv_lattice, 1);
    lattice->facts = facts;
    lattice->population = population;
    lattice->nodes = lkv_crowds_new();
    lattice->tables = tables_of(facts, population);
    lattice->sums = lkv_lists_new();
    lattice->below = g_array_new(FALSE, FALSE, sizeof(lkv_below));
    axis_values *values = values_of(lattice);
    bool fits = true;
    for (guint i = 0; fits && i < lattice->tables->len; i++) {
        fits = add_table(lattice, values, i, diag);
    }
    free_values(values, lkv_cube_axes(facts->frame->cube));
    if (!fits) {
        return NULL;
    }
    add_below(lattice);
    lattice->size = lkv_crowds_size(lattice->nodes);
    lattice->sums_of = lkv_lists_turned(&lattice->sums, lattice->size);
    lkv_lists pairs = lkv_lists_new();
    for (guint i = 0; i < lattice->below->len; i++) {
        lkv_below below = g_array_index(lattice->below, lkv_below, i);
        g_array_append_val(pairs.at, below.small);
        g_array_append_val(pairs.at, below.large);
        lkv_lists_end(&pairs);
    }
    lattice->below_of = lkv_lists_turned(&pairs, lattice->size);
    lkv_lists_free(&pairs);
    fill_kinds(lattice);
    fill_over_schools(lattice);
    find_nodes_of_facts(lattice);
    return g_steal_pointer(&lattice);
}

void lkv_lattice_free(lkv_lattice *lattice)
{
    if (!lattice) {
        return;
    }
    lkv_crowds_free(lattice->nodes);
    g_array_unref(lattice->tables);
    g_array_unref(lattice->below);
    lkv_lists_free(&lattice->sums);
    lkv_lists_free(&lattice->sums_of);
    lkv_lists_free(&lattice->below_of);
    g_free(lattice->over_schools);
    g_free(lattice->kind);
    g_free(lattice->node_of);
    g_free(lattice);
}
