/* Codes to small numbers, given in the order of sorted codes.
 *
 * Build: add codes in any order (threads each have their own set and are
 * merged), then sort: number 0 goes to the least code by bytes. The order of
 * arrival never shows.
 */
#ifndef LKV_BASE_INTERN_H
#define LKV_BASE_INTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

typedef struct lkv_names lkv_names;

/* No enumerator: those are int, and this is every bit of 32. */
#define LKV_NO_NAME UINT32_MAX

lkv_names *lkv_names_new(void);
void lkv_names_free(lkv_names *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_names, lkv_names_free)

/* The provisional number of the LENGTH bytes at CODE, adding them if new. */
uint32_t lkv_names_add(lkv_names *names, const char *code, size_t length);
/* Numbers by sorted code from here on. Returns the new number of each
 * provisional one, in an array of the caller's (g_free).
 */
uint32_t *lkv_names_sort(lkv_names *names);
uint32_t lkv_names_find(const lkv_names *names, const char *code,
                        size_t length);
const char *lkv_names_at(const lkv_names *names, uint32_t number);
/* Whether NUMBER is that of the LENGTH bytes at CODE. */
bool lkv_names_is(const lkv_names *names, uint32_t number, const char *code,
                  size_t length);
uint32_t lkv_names_size(const lkv_names *names);

#endif
