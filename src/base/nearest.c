#include "base/nearest.h"

#include <string.h>

#include <glib.h>

enum { EDITS_MOST = 2, WORD_MOST = 64 };

/* Row by row of the table of prefixes. */
size_t lkv_word_edits(const char *a, const char *b)
{
    size_t lengths[] = {strlen(a), strlen(b)};
    size_t row[WORD_MOST + 1];
    if (lengths[0] > WORD_MOST || lengths[1] > WORD_MOST) {
        return WORD_MOST;
    }
    for (size_t j = 0; j <= lengths[1]; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= lengths[0]; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= lengths[1]; j++) {
            size_t replaced = corner + (a[i - 1] != b[j - 1] ? 1 : 0);
            corner = row[j];
            row[j] = MIN(replaced, MIN(row[j], row[j - 1]) + 1);
        }
    }
    return row[lengths[1]];
}

const char *lkv_word_nearest(const char *word, const char *const *words)
{
    const char *nearest = NULL;
    size_t least = EDITS_MOST + 1;
    for (; *words; words++) {
        size_t edits = lkv_word_edits(word, *words);
        /* Two edits make any short word of any other. */
        if (edits < least && edits < strlen(*words)) {
            least = edits;
            nearest = *words;
        }
    }
    return nearest;
}
