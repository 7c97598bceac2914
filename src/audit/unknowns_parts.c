/* Which unknowns hang together. */
#include "audit/unknowns_made.h"

/* The dim with most leaves: schools. */
static uint16_t dim_of_blocks(const lkv_net *net)
{
    uint16_t best = UINT16_MAX;
    guint most = 0;
    for (guint i = 0; i < net->spans->len; i++) {
        const lkv_span *span = &g_array_index(net->spans, lkv_span, i);
        for (int k = 0; k < span->dims; k++) {
            guint leaves =
                lkv_evidence_dim(net->evidence, span->dim[k])->leaves->len;
            if (leaves > most) {
                most = leaves;
                best = span->dim[k];
            }
        }
    }
    return best;
}

static void find_blocks(lkv_unknowns *system)
{
    uint16_t dim = dim_of_blocks(system->net);
    for (guint i = 0; i < system->columns->len; i++) {
        lkv_column *column = &g_array_index(system->columns, lkv_column, i);
        const lkv_condition *where =
            &g_array_index(system->net->crowd, lkv_condition, column->crowd);
        int place = lkv_condition_find(where, dim);
        column->block = place < 0 ? UINT16_MAX : where->value[place];
    }
    for (guint i = 0; i < system->rows->len; i++) {
        lkv_unknowns_row *row =
            &g_array_index(system->rows, lkv_unknowns_row, i);
        const lkv_unknowns_term *term =
            &g_array_index(system->terms, lkv_unknowns_term, row->first);
        for (uint32_t k = 1; k < row->count; k++) {
            row->across |=
                g_array_index(system->columns, lkv_column, term[k].column)
                    .block !=
                g_array_index(system->columns, lkv_column, term[0].column)
                    .block;
        }
    }
}

static uint32_t root(uint32_t *up, uint32_t at)
{
    while (up[at] != at) {
        up[at] = up[up[at]];
        at = up[at];
    }
    return at;
}

/* Numbers what hangs together, in the order of columns. */
static size_t join(const lkv_unknowns *system, bool across, uint32_t *number)
{
    guint columns = system->columns->len;
    g_autofree uint32_t *up = g_new(uint32_t, columns + 1);
    for (guint i = 0; i < columns; i++) {
        up[i] = i;
    }
    for (guint i = 0; i < system->rows->len; i++) {
        const lkv_unknowns_row *row =
            &g_array_index(system->rows, lkv_unknowns_row, i);
        const lkv_unknowns_term *term =
            &g_array_index(system->terms, lkv_unknowns_term, row->first);
        for (uint32_t k = 1; k < row->count && (across || !row->across); k++) {
            uint32_t a = root(up, term[0].column);
            uint32_t b = root(up, term[k].column);
            up[MAX(a, b)] = MIN(a, b);
        }
    }
    size_t count = 0;
    for (guint i = 0; i < columns; i++) {
        uint32_t own = root(up, i);
        number[i] = own == i ? (uint32_t)count++ : number[own];
    }
    return count;
}

static void find_parts(lkv_unknowns *system)
{
    guint columns = system->columns->len;
    g_autofree uint32_t *number = g_new(uint32_t, columns + 1);
    system->parts = join(system, false, number);
    for (guint i = 0; i < columns; i++) {
        g_array_index(system->columns, lkv_column, i).part = number[i];
    }
    system->wholes = join(system, true, number);
    for (guint i = 0; i < columns; i++) {
        g_array_index(system->columns, lkv_column, i).whole = number[i];
    }
}

static void index_rows(lkv_unknowns *system)
{
    guint columns = system->columns->len;
    g_array_set_size(system->rows_at, columns + 1);
    uint32_t *at = &g_array_index(system->rows_at, uint32_t, 0);
    for (guint i = 0; i < system->terms->len; i++) {
        at[g_array_index(system->terms, lkv_unknowns_term, i).column + 1]++;
    }
    for (guint i = 0; i < columns; i++) {
        at[i + 1] += at[i];
    }
    g_array_set_size(system->rows_of, at[columns]);
    g_autofree uint32_t *next = g_memdup2(at, (columns + 1) * sizeof *at);
    for (guint i = 0; i < system->rows->len; i++) {
        const lkv_unknowns_row *row =
            &g_array_index(system->rows, lkv_unknowns_row, i);
        for (uint32_t k = 0; k < row->count; k++) {
            uint32_t column =
                g_array_index(system->terms, lkv_unknowns_term, row->first + k)
                    .column;
            g_array_index(system->rows_of, uint32_t, next[column]++) = i;
        }
    }
}

void lkv_unknowns_part(lkv_unknowns *system)
{
    find_blocks(system);
    find_parts(system);
    index_rows(system);
}
