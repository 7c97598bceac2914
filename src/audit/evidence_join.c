/* Several runs: which of their populations are the same pupils. */
#include "audit/evidence.h"

static lkv_evidence_cell *cell_at(const lkv_evidence *evidence, guint number)
{
    return &g_array_index(evidence->cells, lkv_evidence_cell, number);
}

static lkv_origin *origin_of(const lkv_evidence *evidence, guint population)
{
    return &g_array_index(evidence->origins, lkv_origin, population);
}

/* Published cells of POPULATION by key: the first of each. */
static GHashTable *cells_of(const lkv_evidence *evidence, uint16_t population)
{
    GHashTable *cells =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < evidence->cells->len; i++) {
        const lkv_evidence_cell *cell = cell_at(evidence, i);
        if (cell->population != population || cell->is != LKV_CELL_PUBLISHED ||
            cell->says == LKV_SAYS_OTHER) {
            continue;
        }
        char *key = lkv_evidence_key(cell);
        if (g_hash_table_contains(cells, key)) {
            g_free(key);
        } else {
            g_hash_table_insert(cells, key, GUINT_TO_POINTER(i + 1));
        }
    }
    return cells;
}

/* Whether no number that both A and B print shows that they differ. */
static bool agree(const lkv_evidence *evidence, uint16_t a, uint16_t b)
{
    g_autoptr(GHashTable) here = cells_of(evidence, a);
    g_autoptr(GHashTable) there = cells_of(evidence, b);
    GHashTableIter each;
    gpointer key;
    gpointer number;
    g_hash_table_iter_init(&each, here);
    while (g_hash_table_iter_next(&each, &key, &number)) {
        gpointer other = g_hash_table_lookup(there, key);
        const lkv_evidence_cell *one =
            cell_at(evidence, GPOINTER_TO_UINT(number) - 1);
        const lkv_evidence_cell *two =
            other ? cell_at(evidence, GPOINTER_TO_UINT(other) - 1) : one;
        if (one->low > two->high || two->low > one->high) {
            return false;
        }
    }
    return true;
}

static void merge(lkv_evidence *evidence, uint16_t into, uint16_t from)
{
    origin_of(evidence, into)->runs |= origin_of(evidence, from)->runs;
    origin_of(evidence, from)->runs = 0;
    for (guint i = 0; i < evidence->cells->len; i++) {
        lkv_evidence_cell *cell = cell_at(evidence, i);
        cell->population = cell->population == from ? into : cell->population;
    }
    for (guint i = 0; i < evidence->overlaps->len; i++) {
        lkv_overlap_row *row =
            &g_array_index(evidence->overlaps, lkv_overlap_row, i);
        row->a = row->a == from ? into : row->a;
        row->b = row->b == from ? into : row->b;
    }
}

/* Population FROM becomes one with the first of its id that it agrees with; from
 * others of its id it differs by somebody.
 */
static void join_population(lkv_evidence *evidence, uint16_t from)
{
    for (uint16_t into = 0; into < from; into++) {
        const lkv_origin *origin = origin_of(evidence, into);
        if (origin->runs == 0 ||
            !g_str_equal(origin->id, origin_of(evidence, from)->id)) {
            continue;
        }
        if (agree(evidence, into, from)) {
            merge(evidence, into, from);
            return;
        }
        lkv_overlap_row row = {into, from, 1, 1, true};
        g_array_append_val(evidence->overlaps, row);
    }
}

/* ---- categories of other runs -------------------------------------------- */

static void note_dims(const lkv_condition *where, bool *used)
{
    for (int i = 0; i < where->terms; i++) {
        used[where->dim[i]] = true;
    }
}

/* Dims by which cells of POPULATION speak of pupils; g_free. */
static bool *dims_of(const lkv_evidence *evidence, uint16_t population)
{
    bool *used = g_new0(bool, evidence->dims->len + 1);
    for (guint i = 0; i < evidence->cells->len; i++) {
        const lkv_evidence_cell *cell = cell_at(evidence, i);
        if (cell->population == population) {
            note_dims(&cell->where, used);
            note_dims(&cell->base, used);
        }
    }
    return used;
}

/* Nobody of POPULATION is in leaf VALUE of DIM. */
static void add_nobody(lkv_evidence *evidence, uint16_t population,
                       uint16_t dim, uint16_t value)
{
    uint64_t runs = origin_of(evidence, population)->runs;
    lkv_evidence_cell cell = {.is = LKV_CELL_PUBLISHED,
                              .population = population,
                              .report = evidence->reports->len - 1};
    while (!(runs >> cell.run & 1)) {
        cell.run++;
    }
    lkv_condition_set(&cell.where, dim, value);
    g_array_append_val(evidence->cells, cell);
}

/* A run's dims.csv lists all categories of its pupils: nobody of a population of
 * its is in those of other runs, such as schools that have been closed.
 */
static void empty_others(lkv_evidence *evidence, uint16_t population)
{
    uint64_t runs = origin_of(evidence, population)->runs;
    g_autofree bool *used = dims_of(evidence, population);
    for (uint16_t d = 0; d < evidence->dims->len; d++) {
        const lkv_dim *dim = lkv_evidence_dim(evidence, d);
        for (guint i = 0; used[d] && i < dim->leaves->len; i++) {
            uint16_t leaf = g_array_index(dim->leaves, uint16_t, i);
            uint64_t told = g_array_index(dim->told_by, uint64_t, leaf);
            if (runs & dim->declared & ~told) {
                add_nobody(evidence, population, d, leaf);
            }
        }
    }
}

void lkv_evidence_join(lkv_evidence *evidence)
{
    if (evidence->runs->len < 2) {
        return;
    }
    guint populations = evidence->populations->len;
    for (guint i = 0; i < populations; i++) {
        join_population(evidence, (uint16_t)i);
    }
    g_ptr_array_add(evidence->reports, g_strdup("granted/not-in-dims"));
    for (guint i = 0; i < populations; i++) {
        empty_others(evidence, (uint16_t)i);
    }
}
