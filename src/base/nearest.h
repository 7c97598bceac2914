/* The word that was meant. */
#ifndef LKV_BASE_NEAREST_H
#define LKV_BASE_NEAREST_H

#include <stddef.h>

/* Of WORDS (NULL-terminated), the one nearest to WORD within two edits (and
 * fewer than it has bytes), the first of equals, or NULL: for "did you mean".
 */
const char *lkv_word_nearest(const char *word, const char *const *words);
/* Bytes to put in, leave out or replace to make B of A (Levenshtein
 * 1966). Words are short: of one longer than 64 bytes it is 64.
 */
size_t lkv_word_edits(const char *a, const char *b);

#endif
