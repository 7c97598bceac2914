/* Lists of numbers of varying length, kept in two arrays. */
#ifndef LKV_DISCLOSE_LISTS_H
#define LKV_DISCLOSE_LISTS_H

#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/* List I is at[start[I]] … at[start[I+1]-1]. */
typedef struct lkv_lists {
    GArray *start, *at; /* uint32_t */
} lkv_lists;

lkv_lists lkv_lists_new(void);
void lkv_lists_free(lkv_lists *lists);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(lkv_lists, lkv_lists_free)
/* Ends the list whose numbers have been appended to AT. */
void lkv_lists_end(lkv_lists *lists);

size_t lkv_lists_count(const lkv_lists *lists);

/* List INDEX, lent, and its LENGTH. */
static inline const uint32_t *lkv_lists_at(const lkv_lists *lists, size_t index,
                                           size_t *length)
{
    const uint32_t *start = &g_array_index(lists->start, uint32_t, index);
    *length = start[1] - start[0];
    return (const uint32_t *)(const void *)lists->at->data + start[0];
}

lkv_lists lkv_lists_copy(const lkv_lists *lists);
/* List INDEX, to be written to. */
uint32_t *lkv_lists_edit(lkv_lists *lists, size_t index, size_t *length);

void lkv_numbers_sort(uint32_t *numbers, size_t count);
/* Where NUMBER stands among COUNT sorted NUMBERS; LKV_NO_PLACE if it does not. */
#define LKV_NO_PLACE SIZE_MAX
size_t lkv_sorted_place(const uint32_t *numbers, size_t count, uint32_t number);

/* For each of SIZE numbers, the lists of LISTS that it stands in. */
lkv_lists lkv_lists_turned(const lkv_lists *lists, size_t size);
/* PAIRS of a key below SIZE and a number, as lists of numbers by key. */
lkv_lists lkv_lists_by_key(const GArray *pairs, size_t size);

#endif
