#include "disclose/lists.h"

#include <stdlib.h>

#include "base/order.h"

lkv_lists lkv_lists_new(void)
{
    lkv_lists lists = {g_array_new(FALSE, FALSE, sizeof(uint32_t)),
                       g_array_new(FALSE, FALSE, sizeof(uint32_t))};
    uint32_t zero = 0;
    g_array_append_val(lists.start, zero);
    return lists;
}

void lkv_lists_free(lkv_lists *lists)
{
    if (lists->start) {
        g_array_unref(lists->start);
        g_array_unref(lists->at);
    }
}

void lkv_lists_end(lkv_lists *lists)
{
    uint32_t end = lists->at->len;
    g_array_append_val(lists->start, end);
}

size_t lkv_lists_count(const lkv_lists *lists)
{
    return lists->start->len - 1U;
}

lkv_lists lkv_lists_copy(const lkv_lists *lists)
{
    return (lkv_lists){g_array_copy(lists->start), g_array_copy(lists->at)};
}

uint32_t *lkv_lists_edit(lkv_lists *lists, size_t index, size_t *length)
{
    uint32_t *at = (uint32_t *)(void *)lists->at->data;
    return at + (lkv_lists_at(lists, index, length) - at);
}

static int order_numbers(const void *a, const void *b)
{
    return lkv_order(*(const uint32_t *)a, *(const uint32_t *)b);
}

void lkv_numbers_sort(uint32_t *numbers, size_t count)
{
    if (count > 0) {
        qsort(numbers, count, sizeof *numbers, order_numbers);
    }
}

size_t lkv_sorted_place(const uint32_t *numbers, size_t count, uint32_t number)
{
    const uint32_t *found =
        bsearch(&number, numbers, count, sizeof number, order_numbers);
    return found ? (size_t)(found - numbers) : LKV_NO_PLACE;
}

lkv_lists lkv_lists_turned(const lkv_lists *lists, size_t size)
{
    g_autofree uint32_t *count = g_new0(uint32_t, size + 1);
    for (guint i = 0; i < lists->at->len; i++) {
        count[g_array_index(lists->at, uint32_t, i)]++;
    }
    lkv_lists out = {
        g_array_sized_new(FALSE, FALSE, sizeof(uint32_t), (guint)size + 1),
        g_array_sized_new(FALSE, FALSE, sizeof(uint32_t), lists->at->len)};
    g_array_set_size(out.start, (guint)size + 1);
    g_array_set_size(out.at, lists->at->len);
    uint32_t *start = (uint32_t *)(void *)out.start->data;
    uint32_t *at = (uint32_t *)(void *)out.at->data;
    start[0] = 0;
    for (size_t i = 0; i < size; i++) {
        start[i + 1] = start[i] + count[i];
        count[i] = start[i];
    }
    for (size_t row = 0; row < lkv_lists_count(lists); row++) {
        size_t length;
        const uint32_t *members = lkv_lists_at(lists, row, &length);
        for (size_t i = 0; i < length; i++) {
            at[count[members[i]]++] = (uint32_t)row;
        }
    }
    return out;
}

lkv_lists lkv_lists_by_key(const GArray *pairs, size_t size)
{
    lkv_lists lists = {g_array_new(FALSE, TRUE, sizeof(uint32_t)),
                       g_array_new(FALSE, TRUE, sizeof(uint32_t))};
    g_array_set_size(lists.start, (guint)size + 1);
    g_array_set_size(lists.at, pairs->len / 2 + 1);
    uint32_t *start = (uint32_t *)(void *)lists.start->data;
    uint32_t *at = (uint32_t *)(void *)lists.at->data;
    for (guint i = 0; i < pairs->len; i += 2) {
        start[g_array_index(pairs, uint32_t, i) + 1]++;
    }
    for (size_t i = 0; i < size; i++) {
        start[i + 1] += start[i];
    }
    g_autofree uint32_t *next = g_memdup2(start, (size + 1) * sizeof *next);
    for (guint i = 0; i < pairs->len; i += 2) {
        at[next[g_array_index(pairs, uint32_t, i)]++] =
            g_array_index(pairs, uint32_t, i + 1);
    }
    return lists;
}
