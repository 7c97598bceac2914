#include "audit/evidence.h"

#include <string.h>

#include "base/decimal.h"

static void free_dim(gpointer pointer)
{
    lkv_dim *dim = pointer;
    g_free(dim->name);
    g_ptr_array_unref(dim->value);
    g_ptr_array_unref(dim->members);
    g_array_unref(dim->leaves);
    g_array_unref(dim->told_by);
    g_hash_table_unref(dim->find);
    g_free(dim);
}

static void free_implication(gpointer pointer)
{
    g_array_unref(((lkv_follows *)pointer)->chain);
}

static void free_origin(gpointer pointer)
{
    g_free(((lkv_origin *)pointer)->id);
}

static void free_scale(gpointer pointer)
{
    g_free(((lkv_scale_row *)pointer)->name);
}

lkv_evidence *lkv_evidence_new(void)
{
    lkv_evidence *evidence = g_new0(lkv_evidence, 1);
    evidence->dims = g_ptr_array_new_with_free_func(free_dim);
    evidence->find_dim = g_hash_table_new(g_str_hash, g_str_equal);
    evidence->runs = g_ptr_array_new_with_free_func(g_free);
    evidence->origins = g_array_new(FALSE, TRUE, sizeof(lkv_origin));
    g_array_set_clear_func(evidence->origins, free_origin);
    evidence->populations = g_ptr_array_new_with_free_func(g_free);
    evidence->find_population = g_hash_table_new(g_str_hash, g_str_equal);
    evidence->reports = g_ptr_array_new_with_free_func(g_free);
    evidence->find_report = g_hash_table_new(g_str_hash, g_str_equal);
    evidence->cells = g_array_new(FALSE, TRUE, sizeof(lkv_evidence_cell));
    evidence->implications = g_array_new(FALSE, TRUE, sizeof(lkv_follows));
    g_array_set_clear_func(evidence->implications, free_implication);
    evidence->overlaps = g_array_new(FALSE, TRUE, sizeof(lkv_overlap_row));
    evidence->scales = g_array_new(FALSE, TRUE, sizeof(lkv_scale_row));
    g_array_set_clear_func(evidence->scales, free_scale);
    return evidence;
}

void lkv_evidence_free(lkv_evidence *evidence)
{
    if (evidence) {
        g_hash_table_unref(evidence->find_dim);
        g_hash_table_unref(evidence->find_population);
        g_hash_table_unref(evidence->find_report);
        g_ptr_array_unref(evidence->runs);
        g_array_unref(evidence->origins);
        g_ptr_array_unref(evidence->dims);
        g_ptr_array_unref(evidence->populations);
        g_ptr_array_unref(evidence->reports);
        g_array_unref(evidence->cells);
        g_array_unref(evidence->implications);
        g_array_unref(evidence->overlaps);
        g_array_unref(evidence->scales);
        g_free(evidence);
    }
}

const lkv_dim *lkv_evidence_dim(const lkv_evidence *evidence, uint16_t dim)
{
    return g_ptr_array_index(evidence->dims, dim);
}

const GArray *lkv_evidence_members(const lkv_evidence *evidence, uint16_t dim,
                                   uint16_t value)
{
    return g_ptr_array_index(lkv_evidence_dim(evidence, dim)->members, value);
}

/* ---- what follows -------------------------------------------------------- */

bool lkv_evidence_implied(const GArray *implications, const lkv_condition *a,
                          const lkv_condition *b)
{
    for (guint i = 0; i < implications->len; i++) {
        const lkv_follows *it = &g_array_index(implications, lkv_follows, i);
        if (lkv_condition_equal(&it->a, a) && lkv_condition_equal(&it->b, b)) {
            return true;
        }
    }
    return false;
}

/* FIRST, then whatever has B follows. */
static void extend(const lkv_evidence *evidence, GArray *all,
                   const lkv_follows *first, const lkv_condition *b)
{
    if (lkv_evidence_has(evidence, &first->a, b) ||
        lkv_evidence_implied(all, &first->a, b)) {
        return;
    }
    lkv_follows longer = {first->a, *b, g_array_copy(first->chain)};
    g_array_append_val(longer.chain, *b);
    g_array_append_val(all, longer);
}

void lkv_evidence_close(lkv_evidence *evidence)
{
    lkv_evidence_join(evidence);
    GArray *all = evidence->implications;
    guint told = all->len;
    for (guint i = 0; i < all->len; i++) {
        for (guint k = 0; k < told; k++) {
            const lkv_follows first = g_array_index(all, lkv_follows, i);
            const lkv_follows next = g_array_index(all, lkv_follows, k);
            if (lkv_evidence_has(evidence, &first.b, &next.a)) {
                extend(evidence, all, &first, &next.b);
            }
        }
    }
}

static void append_key(GString *key, const lkv_condition *where)
{
    for (int i = 0; i < where->terms; i++) {
        g_string_append_printf(key, ";%u=%u", where->dim[i], where->value[i]);
    }
}

char *lkv_evidence_key(const lkv_evidence_cell *cell)
{
    GString *key = g_string_new(NULL);
    g_string_append_printf(key, "%d %u ", cell->says, cell->scale);
    append_key(key, &cell->where);
    g_string_append_c(key, ' ');
    append_key(key, &cell->base);
    return g_string_free(key, FALSE);
}

/* ---- words --------------------------------------------------------------- */

void lkv_evidence_where(const lkv_evidence *evidence,
                        const lkv_condition *where, GString *out)
{
    for (int i = 0; i < where->terms; i++) {
        const lkv_dim *dim = lkv_evidence_dim(evidence, where->dim[i]);
        g_string_append_printf(
            out, "%s%s=%s", i > 0 ? "; " : "", dim->name,
            (const char *)g_ptr_array_index(dim->value, where->value[i]));
    }
    if (where->terms == 0) {
        g_string_append(out, "everyone");
    }
}

void lkv_evidence_name(const lkv_evidence *evidence,
                       const lkv_evidence_cell *cell, GString *out)
{
    static const char *const words[] = {"count", "share", "mean", "sum",
                                        "other"};
    g_string_append(out, words[cell->says]);
    if (cell->says == LKV_SAYS_MEAN || cell->says == LKV_SAYS_SUM) {
        g_string_append_printf(
            out, " of %s",
            g_array_index(evidence->scales, lkv_scale_row, cell->scale).name);
    }
    g_string_append(out, " [");
    lkv_evidence_where(evidence, &cell->where, out);
    if (cell->says == LKV_SAYS_PCT) {
        g_string_append(out, " of ");
        lkv_evidence_where(evidence, &cell->base, out);
    }
    g_string_append_c(out, ']');
}

static void append_number(GString *out, const lkv_evidence_cell *cell,
                          int64_t number)
{
    char text[32];
    if (cell->says == LKV_SAYS_COUNT) {
        g_string_append(out, lkv_decimal_text(number, 0, text));
        return;
    }
    lkv_decimal_text(number, 6, text);
    for (size_t end = strlen(text);
         end > 0 && (text[end - 1] == '0' || text[end - 1] == '.'); end--) {
        bool point = text[end - 1] == '.';
        text[end - 1] = '\0';
        if (point) {
            break;
        }
    }
    g_string_append(out, text);
}

void lkv_evidence_value(const lkv_evidence_cell *cell, GString *out)
{
    if (!cell->range) {
        append_number(out, cell, cell->low + (cell->high - cell->low) / 2);
    } else if (cell->high >= LKV_NO_END) {
        g_string_append(out, "at least ");
        append_number(out, cell, cell->low);
    } else {
        append_number(out, cell, cell->low);
        g_string_append(out, " to ");
        append_number(out, cell, cell->high);
    }
    g_string_append(out, cell->says == LKV_SAYS_PCT ? " %" : "");
}
