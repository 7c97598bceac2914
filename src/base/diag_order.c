#include "base/diag_order.h"

#include "base/order.h"

static gint message_compare(gconstpointer left, gconstpointer right)
{
    const lkv_message *a = *(const lkv_message *const *)left;
    const lkv_message *b = *(const lkv_message *const *)right;
    const int orders[] = {
        g_strcmp0(a->file, b->file),
        lkv_order(a->line, b->line),
        lkv_order(a->column, b->column),
        lkv_order((long)b->severity, (long)a->severity),
        g_strcmp0(a->code, b->code),
        g_strcmp0(a->field, b->field),
        g_strcmp0(a->what, b->what),
        g_strcmp0(a->why, b->why),
        g_strcmp0(a->fix, b->fix),
        g_strcmp0(a->excerpt, b->excerpt),
    };
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        if (orders[i] != 0) {
            return orders[i];
        }
    }
    return 0;
}

GPtrArray *lkv_diag_sorted(const lkv_diag *diag)
{
    GPtrArray *sorted = g_ptr_array_sized_new((guint)lkv_diag_size(diag));
    for (size_t i = 0; i < lkv_diag_size(diag); i++) {
        /* GPtrArray knows no const; its readers put it back. */
        union {
            const lkv_message *lent;
            gpointer element;
        } message = {.lent = lkv_diag_at(diag, i)};
        g_ptr_array_add(sorted, message.element);
    }
    g_ptr_array_sort(sorted, message_compare);
    return sorted;
}
