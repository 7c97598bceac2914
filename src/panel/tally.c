#include "panel/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/jobs.h"
#include "base/wide.h"

bool lkv_tally_spec_equal(const lkv_tally_spec *a, const lkv_tally_spec *b)
{
    if (a->population != b->population || a->axes != b->axes ||
        a->variables != b->variables || a->cross != b->cross ||
        a->histogram != b->histogram || a->joint != b->joint ||
        !lkv_where_equal(&a->where, &b->where)) {
        return false;
    }
    return memcmp(a->axis, b->axis, a->axes * sizeof *a->axis) == 0 &&
           memcmp(a->variable, b->variable,
                  a->variables * sizeof *a->variable) == 0;
}

static size_t pairs(const lkv_tally_spec *spec)
{
    return (size_t)spec->variables * (spec->variables + 1u) / 2u;
}

size_t lkv_tally_pair(const lkv_tally *tally, size_t a, size_t b)
{
    size_t low = MIN(a, b), high = MAX(a, b);
    size_t variables = tally->spec.variables;
    size_t before = low * (2 * variables - low + 1) / 2; /* pairs of less */
    return before + high - low;
}

static void free_bins(lkv_tally *tally)
{
    for (size_t i = 0; tally->bins && i < tally->cells; i++) {
        g_array_unref(tally->bins[i]);
    }
    g_free(tally->bins);
}

void lkv_tally_free(lkv_tally *tally)
{
    if (!tally) {
        return;
    }
    free_bins(tally);
    g_free(tally->n);
    g_free(tally->sum);
    g_free(tally->product);
    g_free(tally);
}

void lkv_tallies_free(lkv_tally **tallies, size_t count)
{
    for (size_t i = 0; tallies && i < count; i++) {
        lkv_tally_free(tallies[i]);
    }
    g_free(tallies);
}

static GArray **bins_new(size_t cells)
{
    GArray **bins = g_new0(GArray *, cells + 1);
    for (size_t i = 0; i < cells; i++) {
        bins[i] = g_array_new(FALSE, FALSE, sizeof(lkv_bin));
    }
    return bins;
}

/* An empty tally of SPEC over CELLS cells. */
static lkv_tally *tally_new(const lkv_tally_spec *spec, size_t cells)
{
    lkv_tally *tally = g_new0(lkv_tally, 1);
    tally->spec = *spec;
    tally->cells = cells;
    tally->n = g_new0(int64_t, cells + 1);
    tally->sum = g_new0(lkv_wide, cells * spec->variables + 1);
    if (spec->cross != LKV_CROSS_NONE && spec->variables > 0) {
        size_t sets = spec->cross == LKV_CROSS_BY_CELL ? cells : 1;
        tally->product = g_new0(lkv_wide, sets * pairs(spec) + 1);
    }
    if (spec->histogram) {
        tally->bins = bins_new(cells);
    }
    return tally;
}

static int by_value(const void *a, const void *b)
{
    const lkv_bin *left = a, *right = b;
    if (left->value != right->value) {
        return left->value > right->value ? 1 : -1;
    }
    return (left->second > right->second) - (left->second < right->second);
}

/* Bins in ascending order, one a value or pair of values. */
static void settle(GArray *bins)
{
    if (bins->len == 0) {
        return;
    }
    lkv_bin *bin = (lkv_bin *)(void *)bins->data;
    guint kept = 0;
    qsort(bin, bins->len, sizeof *bin, by_value);
    for (guint i = 1; i < bins->len; i++) {
        if (by_value(&bin[i], &bin[kept]) == 0) {
            bin[kept].n += bin[i].n;
        } else {
            bin[++kept] = bin[i];
        }
    }
    g_array_set_size(bins, kept + 1);
}

void lkv_tally_merge(lkv_tally *into, const lkv_tally *from)
{
    size_t variables = into->spec.variables;
    size_t sets = into->spec.cross == LKV_CROSS_BY_CELL ? into->cells : 1;
    g_assert(into->cells == from->cells);
    for (size_t i = 0; i < into->cells; i++) {
        into->n[i] += from->n[i];
    }
    for (size_t i = 0; i < into->cells * variables; i++) {
        into->sum[i] += from->sum[i];
    }
    for (size_t i = 0; into->product && i < sets * pairs(&into->spec); i++) {
        into->product[i] += from->product[i];
    }
    for (size_t i = 0; into->bins && i < into->cells; i++) {
        g_array_append_vals(into->bins[i], from->bins[i]->data,
                            from->bins[i]->len);
        settle(into->bins[i]);
    }
}

int64_t lkv_tally_n(const lkv_tally *tally)
{
    int64_t n = 0;
    for (size_t i = 0; i < tally->cells; i++) {
        n += tally->n[i];
    }
    return n;
}

lkv_wide lkv_tally_sum(const lkv_tally *tally, size_t variable)
{
    lkv_wide sum = 0;
    for (size_t i = 0; i < tally->cells; i++) {
        sum += tally->sum[i * tally->spec.variables + variable];
    }
    return sum;
}

/* ---- slices --------------------------------------------------------------------- */

/* Whether the leaves of CELL on the axes behind the first satisfy WHERE. */
static bool cell_holds(const lkv_tally *tally, const lkv_cube *cube,
                       const lkv_where *where, size_t cell)
{
    for (size_t i = tally->spec.axes; i-- > 1;) {
        uint16_t leaf = (uint16_t)(cell % tally->leaves[i]);
        const lkv_term *term = lkv_where_on(where, tally->spec.axis[i]);
        cell /= tally->leaves[i];
        if (term && !lkv_cube_holds(cube, *term, leaf)) {
            return false;
        }
    }
    return true;
}

static void add_cell(lkv_tally *into, size_t to, const lkv_tally *from,
                     size_t cell)
{
    size_t variables = from->spec.variables, count = pairs(&from->spec);
    into->n[to] += from->n[cell];
    for (size_t v = 0; v < variables; v++) {
        into->sum[to * variables + v] += from->sum[cell * variables + v];
    }
    if (from->spec.cross == LKV_CROSS_BY_CELL) {
        for (size_t p = 0; p < count; p++) {
            into->product[to * count + p] += from->product[cell * count + p];
        }
    }
    if (from->bins) {
        g_array_append_vals(into->bins[to], from->bins[cell]->data,
                            from->bins[cell]->len);
    }
}

lkv_tally *lkv_tally_slice(const lkv_tally *tally, const lkv_cube *cube,
                           lkv_where where)
{
    lkv_tally_spec spec = tally->spec;
    size_t inner = 1, groups = tally->spec.axes > 0 ? tally->leaves[0] : 1;
    for (size_t i = 1; i < tally->spec.axes; i++) {
        inner *= tally->leaves[i];
    }
    spec.axes = MIN(spec.axes, 1);
    lkv_tally *slice = tally_new(&spec, groups);
    memcpy(slice->leaves, tally->leaves, sizeof slice->leaves);
    memcpy(slice->decimals, tally->decimals, sizeof slice->decimals);
    for (size_t cell = 0; cell < tally->cells; cell++) {
        if (cell_holds(tally, cube, &where, cell)) {
            add_cell(slice, cell / inner, tally, cell);
        }
    }
    if (slice->product && spec.cross == LKV_CROSS_OVERALL) {
        memcpy(slice->product, tally->product,
               pairs(&spec) * sizeof *slice->product);
    }
    for (size_t i = 0; slice->bins && i < groups; i++) {
        settle(slice->bins[i]);
    }
    return slice;
}

/* ---- filling ----------------------------------------------------------------------- */

struct filling {
    const lkv_panel *panel;
    const lkv_tally_spec *spec;
    lkv_tally **tally;
    GArray **rows; /* uint32_t, of each population */
};

static bool row_holds(const lkv_panel *panel, const lkv_where *where,
                      size_t row)
{
    for (uint8_t i = 0; i < where->terms; i++) {
        lkv_term term = where->term[i];
        if (!lkv_cube_holds(panel->frame->cube, term,
                            panel->leaf[term.axis][row])) {
            return false;
        }
    }
    return true;
}

static void add_products(lkv_tally *tally, size_t cell, const int64_t *value)
{
    size_t variables = tally->spec.variables, count = pairs(&tally->spec);
    size_t set = tally->spec.cross == LKV_CROSS_BY_CELL ? cell : 0;
    lkv_wide *product = tally->product + set * count;
    for (size_t a = 0; a < variables; a++) {
        for (size_t b = a; b < variables; b++) {
            *product++ += (lkv_wide)value[a] * value[b];
        }
    }
}

/* A variable that the panel keeps no column of. */
static bool is_made(uint16_t variable)
{
    return variable >= LKV_TALLY_PROFILE;
}

static const lkv_outcome *profiled(const lkv_panel *panel, uint16_t variable)
{
    return lkv_frame_outcome(panel->frame, variable - LKV_TALLY_PROFILE);
}

static uint8_t decimals_of(const lkv_panel *panel, uint16_t variable)
{
    if (!is_made(variable)) {
        return panel->variable[variable].decimals;
    }
    return variable == LKV_TALLY_CLASS
               ? 0
               : (uint8_t)(profiled(panel, variable)->point_decimals + 3);
}

static int64_t profile_at(const lkv_panel *panel, const lkv_outcome *own,
                          size_t row)
{
    int64_t sum = 0, grades = 0;
    for (size_t i = 0; i < panel->frame->outcomes->len; i++) {
        const lkv_outcome *other = lkv_frame_outcome(panel->frame, i);
        uint16_t leaf = panel->leaf[other->axis][row];
        if (other->kind == LKV_LEVELS && other->grade[leaf] &&
            strcmp(other->id, own->id) == 0) {
            sum += other->points[leaf];
            grades++;
        }
    }
    uint16_t leaf = panel->leaf[own->axis][row];
    if (!own->grade[leaf] || grades < LKV_PROFILE_LEAST) {
        return LKV_NONE;
    }
    return lkv_wide_round((lkv_wide)own->points[leaf] * grades - sum, grades,
                          3);
}

static int64_t value_at(const lkv_panel *panel, uint16_t variable, size_t row)
{
    if (variable == LKV_TALLY_CLASS) {
        uint32_t number = panel->class_number[row];
        return number == LKV_NO_CLASS ? LKV_NONE : (int64_t)number;
    }
    return is_made(variable) ? profile_at(panel, profiled(panel, variable), row)
                             : lkv_variable_at(&panel->variable[variable], row);
}

static void add_row(lkv_tally *tally, const lkv_panel *panel, size_t row)
{
    const lkv_tally_spec *spec = &tally->spec;
    int64_t value[LKV_TALLY_VARIABLES];
    size_t cell = 0;
    for (uint8_t v = 0; v < spec->variables; v++) {
        value[v] = value_at(panel, spec->variable[v], row);
        if (value[v] == LKV_NONE) {
            return;
        }
    }
    for (uint8_t i = 0; i < spec->axes; i++) {
        cell = cell * tally->leaves[i] + panel->leaf[spec->axis[i]][row];
    }
    tally->n[cell]++;
    for (uint8_t v = 0; v < spec->variables; v++) {
        tally->sum[cell * spec->variables + v] += value[v];
    }
    if (tally->product) {
        add_products(tally, cell, value);
    }
    if (tally->bins && spec->variables > 0) {
        const lkv_bin bin = {
            .value = value[0], .second = spec->joint ? value[1] : 0, .n = 1};
        g_array_append_val(tally->bins[cell], bin);
    }
}

static bool fill(void *shared, size_t index)
{
    const struct filling *filling = shared;
    const lkv_panel *panel = filling->panel;
    const lkv_tally_spec *spec = &filling->spec[index];
    uint16_t leaves[LKV_TALLY_AXES] = {0};
    size_t cells = 1;
    for (uint8_t i = 0; i < spec->axes; i++) {
        leaves[i] =
            (uint16_t)lkv_cube_leaves(panel->frame->cube, spec->axis[i]);
        cells *= leaves[i];
    }
    lkv_tally *tally = tally_new(spec, cells);
    memcpy(tally->leaves, leaves, sizeof leaves);
    for (uint8_t v = 0; v < spec->variables; v++) {
        tally->decimals[v] = decimals_of(panel, spec->variable[v]);
    }
    const GArray *rows = filling->rows[spec->population];
    for (guint i = 0; i < rows->len; i++) {
        uint32_t row = g_array_index(rows, uint32_t, i);
        if (row_holds(panel, &spec->where, row)) {
            add_row(tally, panel, row);
        }
    }
    for (size_t i = 0; tally->bins && i < cells; i++) {
        settle(tally->bins[i]);
    }
    filling->tally[index] = tally;
    return true;
}

static unsigned bits(uint64_t value)
{
    unsigned count = 0;
    while (value > 0) {
        count++;
        value >>= 1;
    }
    return count;
}

static unsigned variable_bits(const lkv_variable *variable)
{
    uint64_t low =
        (uint64_t)(variable->least < 0 ? -variable->least : variable->least);
    uint64_t high =
        (uint64_t)(variable->most < 0 ? -variable->most : variable->most);
    return bits(MAX(low, high));
}

/* N^2 max|x| max|y| < 2^126, so that centring in 128 bits cannot overflow. */
bool lkv_tally_exact(const lkv_panel *panel, const lkv_tally_spec *spec,
                     lkv_diag *diag)
{
    const lkv_variable *widest = NULL;
    unsigned most = 0;
    for (uint8_t v = 0; v < spec->variables; v++) {
        if (is_made(spec->variable[v])) {
            continue; /* bounded by the scale */
        }
        const lkv_variable *at = &panel->variable[spec->variable[v]];
        if (!widest || variable_bits(at) > most) {
            widest = at;
            most = variable_bits(at);
        }
    }
    if (!widest || 2 * bits(panel->rows) + 2 * most <= 126) {
        return true;
    }
    if (!lkv_diag_has(diag, "E-NUMBER-LARGE")) {
        lkv_message *message = lkv_diag_add(
            diag, "E-NUMBER-LARGE", (lkv_place){.field = widest->id},
            "the numbers of \"%s\" are too large to be summed exactly",
            widest->id);
        lkv_message_fix(message, "state fewer decimals: for it");
    }
    return false;
}

static GArray **rows_by_population(const lkv_panel *panel)
{
    guint count = panel->frame->populations->len;
    GArray **rows = g_new0(GArray *, count + 1);
    for (guint i = 0; i < count; i++) {
        rows[i] = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    }
    for (uint32_t row = 0; row < panel->rows; row++) {
        if (panel->population[row] != LKV_NO_VALUE) {
            g_array_append_val(rows[panel->population[row]], row);
        }
    }
    return rows;
}

lkv_tally **lkv_tallies_fill(const lkv_panel *panel,
                             const lkv_tally_spec *specs, size_t count,
                             lkv_crew crew)
{
    struct filling filling = {.panel = panel,
                              .spec = specs,
                              .tally = g_new0(lkv_tally *, count + 1),
                              .rows = rows_by_population(panel)};
    bool filled = lkv_jobs_run(fill, &filling, count, crew);
    for (guint i = 0; i < panel->frame->populations->len; i++) {
        g_array_unref(filling.rows[i]);
    }
    g_free(filling.rows);
    if (!filled) {
        lkv_tallies_free(filling.tally, count);
        return NULL;
    }
    return filling.tally;
}
