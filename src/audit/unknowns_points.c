/* Sums of points in micro cells: what means say, and the scale. */
#include <inttypes.h>
#include <math.h>

#include "audit/unknowns_made.h"

static bool is_of(const lkv_evidence_cell *cell, uint16_t scale)
{
    return (cell->says == LKV_SAYS_MEAN || cell->says == LKV_SAYS_SUM) &&
           cell->scale == scale;
}

/* Tables that can hold some mean of SCALE. */
static GArray *tables_of(const lkv_unknowns *system, uint16_t scale)
{
    const lkv_net *net = system->net;
    GArray *tables = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    for (guint i = 0; i < net->spans->len; i++) {
        bool holds = false;
        for (guint k = 0; !holds && k < net->cells->len; k++) {
            const lkv_evidence_cell *cell =
                &g_array_index(net->evidence->cells, lkv_evidence_cell,
                               g_array_index(net->cells, uint32_t, k));
            holds = is_of(cell, scale) &&
                    lkv_span_has(&g_array_index(net->spans, lkv_span, i),
                                 &cell->where);
        }
        if (holds) {
            uint16_t span = (uint16_t)i;
            g_array_append_val(tables, span);
        }
    }
    return tables;
}

/* Terms that all means of SCALE have: nobody else has points. */
static lkv_condition common_terms(const lkv_net *net, uint16_t scale)
{
    lkv_condition common = {0};
    bool first = true;
    for (guint k = 0; k < net->cells->len; k++) {
        const lkv_evidence_cell *cell =
            &g_array_index(net->evidence->cells, lkv_evidence_cell,
                           g_array_index(net->cells, uint32_t, k));
        if (!is_of(cell, scale)) {
            continue;
        }
        lkv_condition kept = first ? cell->where : common;
        first = false;
        common = kept;
        for (int i = 0; i < kept.terms; i++) {
            int at = lkv_condition_find(&cell->where, kept.dim[i]);
            if (at < 0 || cell->where.value[at] != kept.value[i]) {
                lkv_condition_drop(&common, kept.dim[i]);
            }
        }
    }
    return common;
}

/* ---- columns ------------------------------------------------------------- */

/* Between LEAST and MOST points for each pupil of micro cell CROWD. */
static uint32_t add_column(lkv_unknowns *system, uint32_t crowd,
                           const lkv_scale_row *scale)
{
    double least = (double)scale->least / LKV_MILLION;
    double most = (double)scale->most / LKV_MILLION;
    lkv_ends ends = lkv_tight_of(system->tight, crowd);
    double few = (double)ends.low;
    double many = ends.high >= LKV_NO_END ? INFINITY : (double)ends.high;
    lkv_column column = {.low = least >= 0 ? least * few : least * many,
                         .high = most >= 0 ? (most > 0 ? most * many : 0)
                                           : most * few,
                         .crowd = crowd,
                         .points = true};
    uint32_t number = system->columns->len;
    g_array_append_val(system->columns, column);
    return number;
}

static void bind_to_count(lkv_unknowns *system, uint32_t points, uint32_t count,
                          uint16_t number, const lkv_scale_row *scale)
{
    g_autoptr(GArray) one = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) two = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_array_append_val(one, points);
    g_array_append_val(two, count);
    const lkv_form sum = {0, one};
    const lkv_form pupils = {0, two};
    lkv_unknowns_begin(system, LKV_ROW_SCALE, number);
    lkv_unknowns_add(system, &sum, 1);
    lkv_unknowns_add(system, &pupils, -(double)scale->least / LKV_MILLION);
    lkv_unknowns_end(system, 0, 0, INFINITY);
    lkv_unknowns_begin(system, LKV_ROW_SCALE, number);
    lkv_unknowns_add(system, &sum, 1);
    lkv_unknowns_add(system, &pupils, -(double)scale->most / LKV_MILLION);
    lkv_unknowns_end(system, 0, -INFINITY, 0);
}

static bool has_table(const GArray *tables, uint16_t span)
{
    for (guint i = 0; i < tables->len; i++) {
        if (g_array_index(tables, uint16_t, i) == span) {
            return true;
        }
    }
    return false;
}

static void add_columns(lkv_unknowns *system, const GArray *tables,
                        uint16_t number, uint32_t *points)
{
    const lkv_net *net = system->net;
    const lkv_scale_row *scale =
        &g_array_index(net->evidence->scales, lkv_scale_row, number);
    lkv_condition common = common_terms(net, number);
    for (guint i = 0; i < net->crowd->len; i++) {
        uint16_t span = g_array_index(net->span_of, uint16_t, i);
        points[i] = LKV_NO_COLUMN;
        if (!has_table(tables, span) ||
            lkv_tight_of(system->tight, i).high == 0 ||
            !lkv_evidence_has(net->evidence,
                              &g_array_index(net->crowd, lkv_condition, i),
                              &common)) {
            continue;
        }
        points[i] = add_column(system, i, scale);
        if (system->column_of[i] != LKV_NO_COLUMN) {
            bind_to_count(system, points[i], system->column_of[i], number,
                          scale);
        }
    }
}

/* ---- forms and rows ------------------------------------------------------ */

static lkv_form points_in(const lkv_unknowns *system, uint32_t crowd,
                          uint16_t span, uint16_t scale)
{
    const uint32_t *points = g_ptr_array_index(system->points_of, scale);
    lkv_form form = {0, g_array_new(FALSE, FALSE, sizeof(uint32_t))};
    g_autoptr(GArray) micro = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    lkv_net_micro(system->net, crowd, span, micro);
    for (guint i = 0; i < micro->len; i++) {
        uint32_t column = points[g_array_index(micro, uint32_t, i)];
        if (column != LKV_NO_COLUMN) {
            g_array_append_val(form.column, column);
        }
    }
    return form;
}

/* The first table of SCALE that has CROWD, or LKV_NO_SPAN. */
static uint16_t home_of(const lkv_unknowns *system, uint32_t crowd,
                        uint16_t scale)
{
    const lkv_condition *where =
        &g_array_index(system->net->crowd, lkv_condition, crowd);
    const GArray *tables = g_ptr_array_index(system->tables_of, scale);
    for (guint i = 0; i < tables->len; i++) {
        uint16_t span = g_array_index(tables, uint16_t, i);
        if (lkv_span_has(&g_array_index(system->net->spans, lkv_span, span),
                         where)) {
            return span;
        }
    }
    return LKV_NO_SPAN;
}

bool lkv_unknowns_points(const lkv_unknowns *system, uint32_t crowd,
                         uint16_t scale, lkv_form *form)
{
    uint16_t home = home_of(system, crowd, scale);
    if (home == LKV_NO_SPAN) {
        return false;
    }
    *form = points_in(system, crowd, home, scale);
    return true;
}

static void tie_points(lkv_unknowns *system, uint32_t crowd, uint16_t home,
                       uint16_t span, uint16_t scale)
{
    lkv_form here = points_in(system, crowd, home, scale);
    lkv_form there = points_in(system, crowd, span, scale);
    lkv_unknowns_begin(system, LKV_ROW_TIE, crowd);
    lkv_unknowns_add(system, &here, 1);
    lkv_unknowns_add(system, &there, -1);
    lkv_unknowns_end(system, 0, 0, 0);
    g_array_unref(here.column);
    g_array_unref(there.column);
}

static void mean_row(lkv_unknowns *system, uint32_t number, const lkv_form *sum,
                     const lkv_form *pupils, double low, double high)
{
    if (pupils->column->len == 0) {
        lkv_unknowns_begin(system, LKV_ROW_MEAN, number);
        lkv_unknowns_add(system, sum, 1);
        lkv_unknowns_end(system, 0, low * pupils->constant,
                         high * pupils->constant);
        return;
    }
    for (int k = 0; k < 2; k++) {
        lkv_unknowns_begin(system, LKV_ROW_MEAN, number);
        lkv_unknowns_add(system, sum, 1);
        double put_in = lkv_unknowns_add(system, pupils, k == 0 ? -low : -high);
        lkv_unknowns_end(system, put_in, k == 0 ? 0 : -INFINITY,
                         k == 0 ? INFINITY : 0);
    }
}

/* A mean is printed at many places; once is enough. */
static bool is_new(GHashTable *seen, uint32_t crowd,
                   const lkv_evidence_cell *cell)
{
    return g_hash_table_add(seen, g_strdup_printf("%d %u %" PRId64 " %" PRId64,
                                                  (int)cell->says, crowd,
                                                  cell->low, cell->high));
}

static void add_rows(lkv_unknowns *system, uint16_t scale)
{
    const lkv_net *net = system->net;
    g_autoptr(GHashTable) seen =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint k = 0; k < net->cells->len; k++) {
        uint32_t number = g_array_index(net->cells, uint32_t, k);
        const lkv_evidence_cell *cell =
            &g_array_index(net->evidence->cells, lkv_evidence_cell, number);
        if (!is_of(cell, scale) || cell->is != LKV_CELL_PUBLISHED) {
            continue;
        }
        uint32_t crowd = lkv_net_find(net, &cell->where);
        lkv_form sum;
        if (!is_new(seen, crowd, cell) ||
            !lkv_unknowns_points(system, crowd, scale, &sum)) {
            continue;
        }
        double low = (double)cell->low / LKV_MILLION;
        double high = (double)cell->high / LKV_MILLION;
        if (cell->says == LKV_SAYS_SUM) {
            lkv_unknowns_begin(system, LKV_ROW_MEAN, number);
            lkv_unknowns_add(system, &sum, 1);
            lkv_unknowns_end(system, 0, low, high);
        } else {
            lkv_form pupils = lkv_unknowns_count(system, crowd);
            mean_row(system, number, &sum, &pupils, low, high);
            g_array_unref(pupils.column);
        }
        g_array_unref(sum.column);
    }
}

void lkv_unknowns_add_points(lkv_unknowns *system)
{
    const lkv_net *net = system->net;
    for (guint i = 0; i < net->evidence->scales->len; i++) {
        uint16_t scale = (uint16_t)i;
        GArray *tables = tables_of(system, scale);
        g_ptr_array_add(system->tables_of, tables);
        g_ptr_array_add(system->points_of, NULL);
        if (tables->len == 0) {
            continue;
        }
        uint32_t *points = g_new(uint32_t, net->crowd->len + 1);
        g_ptr_array_index(system->points_of, i) = points;
        add_columns(system, tables, scale, points);
        lkv_unknowns_tie(system, tables, tie_points, scale);
        add_rows(system, scale);
    }
}
