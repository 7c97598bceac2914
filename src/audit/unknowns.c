#include "audit/unknowns_made.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"

/* What sums of numbers as large as a district may be off. */
static const double ROUNDING = 1e-9;

/* ---- forms --------------------------------------------------------------- */

static lkv_form form_of(const lkv_unknowns *system, uint32_t crowd,
                        uint16_t span)
{
    lkv_form form = {0, g_array_new(FALSE, FALSE, sizeof(uint32_t))};
    g_autoptr(GArray) micro = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    lkv_net_micro(system->net, crowd, span, micro);
    for (guint i = 0; i < micro->len; i++) {
        uint32_t cell = g_array_index(micro, uint32_t, i);
        uint32_t column = system->column_of[cell];
        if (column == LKV_NO_COLUMN) {
            form.constant += (double)lkv_tight_of(system->tight, cell).low;
        } else {
            g_array_append_val(form.column, column);
        }
    }
    return form;
}

lkv_form lkv_unknowns_count(const lkv_unknowns *system, uint32_t crowd)
{
    lkv_ends ends = lkv_tight_of(system->tight, crowd);
    if (ends.low == ends.high) {
        return (lkv_form){(double)ends.low,
                          g_array_new(FALSE, FALSE, sizeof(uint32_t))};
    }
    return form_of(system, crowd, lkv_net_home(system->net, crowd));
}

/* ---- rows ---------------------------------------------------------------- */

void lkv_unknowns_begin(lkv_unknowns *system, lkv_row_kind kind,
                        uint32_t number)
{
    lkv_unknowns_row row = {.first = system->terms->len,
                            .low = -INFINITY,
                            .high = INFINITY,
                            .kind = kind,
                            .number = number};
    g_array_append_val(system->rows, row);
}

/* Adds TIMES the FORM to the row begun last; what is known of it is returned.
 */
double lkv_unknowns_add(lkv_unknowns *system, const lkv_form *form,
                        double times)
{
    for (guint i = 0; i < form->column->len; i++) {
        lkv_unknowns_term term = {
            .column = g_array_index(form->column, uint32_t, i), .times = times};
        g_array_append_val(system->terms, term);
    }
    return times * form->constant;
}

static int by_column(gconstpointer a, gconstpointer b)
{
    const lkv_unknowns_term *x = a;
    const lkv_unknowns_term *y = b;
    return x->column < y->column ? -1 : x->column > y->column;
}

/* Terms of one column are one term; those that come to nothing are left out. */
static void join_terms(lkv_unknowns *system, uint32_t first)
{
    lkv_unknowns_term *term =
        &g_array_index(system->terms, lkv_unknowns_term, first);
    guint count = system->terms->len - first;
    if (count == 0) {
        return;
    }
    qsort(term, count, sizeof *term, by_column);
    guint kept = 0;
    for (guint i = 0; i < count; i++) {
        if (kept > 0 && term[kept - 1].column == term[i].column) {
            term[kept - 1].times += term[i].times;
        } else {
            if (kept > 0 && term[kept - 1].times == 0) {
                kept--;
            }
            term[kept++] = term[i];
        }
    }
    if (term[kept - 1].times == 0) {
        kept--;
    }
    g_array_set_size(system->terms, first + kept);
}

/* Takes away the ends of ROW that the ends of its columns imply. */
static void drop_implied(const lkv_unknowns *system, lkv_unknowns_row *row)
{
    double least = 0;
    double most = 0;
    for (uint32_t i = 0; i < row->count; i++) {
        const lkv_unknowns_term *term =
            &g_array_index(system->terms, lkv_unknowns_term, row->first + i);
        const lkv_column *column =
            &g_array_index(system->columns, lkv_column, term->column);
        bool up = term->times > 0;
        least += term->times * (up ? column->low : column->high);
        most += term->times * (up ? column->high : column->low);
    }
    row->low = row->low <= least + ROUNDING ? -INFINITY : row->low;
    row->high = row->high >= most - ROUNDING ? INFINITY : row->high;
}

/* Whether a row that has been made says as much of the same terms as ROW. */
static bool is_said(lkv_unknowns *system, const lkv_unknowns_row *row)
{
    const lkv_unknowns_term *term =
        &g_array_index(system->terms, lkv_unknowns_term, row->first);
    uint64_t hash = lkv_hash_short(term, row->count * sizeof *term);
    gpointer key = (gpointer)(uintptr_t)hash;
    gpointer found = g_hash_table_lookup(system->said, key);
    if (!found) {
        g_hash_table_insert(system->said, key,
                            GUINT_TO_POINTER(system->rows->len));
        return false;
    }
    const lkv_unknowns_row *other = &g_array_index(
        system->rows, lkv_unknowns_row, GPOINTER_TO_UINT(found) - 1);
    return other->count == row->count &&
           memcmp(
               &g_array_index(system->terms, lkv_unknowns_term, other->first),
               term, row->count * sizeof *term) == 0 &&
           other->low >= row->low && other->high <= row->high;
}

void lkv_unknowns_end(lkv_unknowns *system, double known, double low,
                      double high)
{
    lkv_unknowns_row *row =
        &g_array_index(system->rows, lkv_unknowns_row, system->rows->len - 1);
    join_terms(system, row->first);
    row->count = system->terms->len - row->first;
    row->low = low - known;
    row->high = high - known;
    if (low < high) {
        drop_implied(system, row);
    }
    if (row->count == 0 || (isinf(row->low) && isinf(row->high)) ||
        is_said(system, row)) {
        g_array_set_size(system->terms, row->first);
        g_array_set_size(system->rows, system->rows->len - 1);
    }
}

static double end_of(int64_t value)
{
    return value >= LKV_NO_END    ? INFINITY
           : value <= -LKV_NO_END ? -INFINITY
                                  : (double)value;
}

/* ---- head counts --------------------------------------------------------- */

static void add_columns(lkv_unknowns *system)
{
    const lkv_net *net = system->net;
    for (guint i = 0; i < net->crowd->len; i++) {
        lkv_ends ends = lkv_tight_of(system->tight, i);
        system->column_of[i] = LKV_NO_COLUMN;
        if (g_array_index(net->span_of, uint16_t, i) == LKV_NO_SPAN ||
            ends.low == ends.high) {
            continue;
        }
        lkv_column column = {
            .low = (double)ends.low, .high = end_of(ends.high), .crowd = i};
        system->column_of[i] = system->columns->len;
        g_array_append_val(system->columns, column);
    }
}

/* What CROWD has in SPAN, as cells tell it, or as is known by now. */
static void count_row(lkv_unknowns *system, uint32_t crowd, uint16_t span)
{
    lkv_ends ends = lkv_tight_of(system->tight, crowd);
    lkv_ends told = lkv_tight_told(system->tight, crowd);
    bool known = ends.low == ends.high;
    bool free = !known && told.low <= 0 && told.high >= LKV_NO_END;
    if (free || g_array_index(system->net->span_of, uint16_t, crowd) == span) {
        return; /* of a micro cell, the column's own ends say it */
    }
    lkv_form form = form_of(system, crowd, span);
    lkv_unknowns_begin(system, LKV_ROW_COUNT, crowd);
    double put_in = lkv_unknowns_add(system, &form, 1);
    lkv_ends says = known ? ends : told;
    lkv_unknowns_end(system, put_in,
                     says.low <= 0 ? -INFINITY : (double)says.low,
                     end_of(says.high));
    g_array_unref(form.column);
}

/* The same in the first table that has CROWD; once. */
static void count_at_home(lkv_unknowns *system, uint32_t crowd)
{
    if (!system->counted[crowd]) {
        system->counted[crowd] = true;
        count_row(system, crowd, lkv_net_home(system->net, crowd));
    }
}

static void add_counts(lkv_unknowns *system)
{
    for (guint i = 0; i < system->net->crowd->len; i++) {
        lkv_ends told = lkv_tight_told(system->tight, i);
        if (told.low > 0 || told.high < LKV_NO_END) {
            count_at_home(system, i);
        }
    }
}

/* The number of CROWD in a row: what is put in for it must hold as well. */
static lkv_form bound_count(lkv_unknowns *system, uint32_t crowd)
{
    lkv_ends ends = lkv_tight_of(system->tight, crowd);
    if (ends.low == ends.high) {
        count_at_home(system, crowd);
    }
    return lkv_unknowns_count(system, crowd);
}

static void add_shares(lkv_unknowns *system)
{
    const lkv_net *net = system->net;
    for (guint i = 0; i < net->quotas->len; i++) {
        const lkv_quota *it = &g_array_index(net->quotas, lkv_quota, i);
        lkv_form part = bound_count(system, it->part);
        lkv_form base = bound_count(system, it->base);
        const double share[] = {(double)it->low / (double)it->unit,
                                (double)it->high / (double)it->unit};
        for (int k = 0; k < 2; k++) {
            if (k == 0 ? it->low <= 0 : it->high >= it->unit) {
                continue;
            }
            lkv_unknowns_begin(system, LKV_ROW_SHARE, i);
            double put_in = lkv_unknowns_add(system, &part, 1);
            put_in += lkv_unknowns_add(system, &base, -share[k]);
            lkv_unknowns_end(system, put_in, k == 0 ? 0 : -INFINITY,
                             k == 0 ? INFINITY : 0);
        }
        g_array_unref(part.column);
        g_array_unref(base.column);
    }
}

static void add_withins(lkv_unknowns *system)
{
    const lkv_net *net = system->net;
    for (guint i = 0; i < net->withins->len; i++) {
        const lkv_within *it = &g_array_index(net->withins, lkv_within, i);
        if (!it->leaf) {
            continue;
        }
        lkv_form small = bound_count(system, it->small);
        lkv_form large = bound_count(system, it->large);
        lkv_unknowns_begin(system, LKV_ROW_WITHIN, i);
        double put_in = lkv_unknowns_add(system, &small, 1) +
                        lkv_unknowns_add(system, &large, -1);
        lkv_unknowns_end(system, put_in, -INFINITY, 0);
        g_array_unref(small.column);
        g_array_unref(large.column);
    }
}

/* ---- tables that share a margin ------------------------------------------ */

/* The pupils of CROWD in the tables HOME and SPAN are the same; if known, each
 * table has as many.
 */
static void tie_count(lkv_unknowns *system, uint32_t crowd, uint16_t home,
                      uint16_t span, uint16_t scale)
{
    (void)scale;
    lkv_ends ends = lkv_tight_of(system->tight, crowd);
    if (ends.low == ends.high) {
        count_at_home(system, crowd);
        count_row(system, crowd, span);
        return;
    }
    lkv_form here = form_of(system, crowd, home);
    lkv_form there = form_of(system, crowd, span);
    lkv_unknowns_begin(system, LKV_ROW_TIE, crowd);
    double put_in = lkv_unknowns_add(system, &here, 1);
    put_in += lkv_unknowns_add(system, &there, -1);
    lkv_unknowns_end(system, put_in, 0, 0);
    g_array_unref(here.column);
    g_array_unref(there.column);
}

static void tie_counts(lkv_unknowns *system)
{
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    for (guint i = 0; i < system->net->spans->len; i++) {
        uint16_t span = (uint16_t)i;
        g_array_append_val(spans, span);
    }
    lkv_unknowns_tie(system, spans, tie_count, 0);
}

/* ---- the whole ----------------------------------------------------------- */

static void free_list(gpointer list)
{
    g_array_unref(list);
}

lkv_unknowns *lkv_unknowns_new(const lkv_net *net, const lkv_tight *tight)
{
    lkv_unknowns *system = g_new0(lkv_unknowns, 1);
    system->net = net;
    system->tight = tight;
    system->columns = g_array_new(FALSE, TRUE, sizeof(lkv_column));
    system->rows = g_array_new(FALSE, TRUE, sizeof(lkv_unknowns_row));
    system->terms = g_array_new(FALSE, TRUE, sizeof(lkv_unknowns_term));
    system->rows_at = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    system->rows_of = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    system->column_of = g_new(uint32_t, net->crowd->len + 1);
    system->said = g_hash_table_new(NULL, NULL);
    system->counted = g_new0(bool, net->crowd->len + 1);
    system->tables_of = g_ptr_array_new_with_free_func(free_list);
    system->points_of = g_ptr_array_new_with_free_func(g_free);
    add_columns(system);
    add_counts(system);
    add_shares(system);
    add_withins(system);
    tie_counts(system);
    lkv_unknowns_add_points(system);
    lkv_unknowns_part(system);
    return system;
}

void lkv_unknowns_free(lkv_unknowns *system)
{
    if (system) {
        g_array_unref(system->columns);
        g_array_unref(system->rows);
        g_array_unref(system->terms);
        g_array_unref(system->rows_at);
        g_array_unref(system->rows_of);
        g_free(system->column_of);
        g_free(system->counted);
        g_hash_table_unref(system->said);
        g_ptr_array_unref(system->tables_of);
        g_ptr_array_unref(system->points_of);
        g_free(system);
    }
}
