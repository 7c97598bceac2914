/* Places of the store that got two different marks, and where they stand: the
 * first two lines that differ are found by one more pass over the file, so that
 * no order of threads shows.
 */
#include "panel/marks_chunk.h"

struct conflict {
    uint8_t mark;
    long first, second; /* lines; 0 = not met */
};

void lkv_marks_conflict_search(lkv_marks_chunk *chunk, size_t place,
                               uint8_t mark, long line)
{
    struct conflict *conflict =
        g_hash_table_lookup(chunk->conflicts, GSIZE_TO_POINTER(place + 1));
    if (!conflict) {
        return;
    }
    if (conflict->first == 0) {
        conflict->first = line;
        conflict->mark = mark;
    } else if (conflict->second == 0 && conflict->mark != mark) {
        conflict->second = line;
    }
}

static void add(lkv_marks_chunk *chunk, gpointer key)
{
    g_hash_table_replace(chunk->conflicts, key, g_new0(struct conflict, 1));
}

void lkv_marks_conflict_add(lkv_marks_chunk *chunk, size_t place)
{
    add(chunk, GSIZE_TO_POINTER(place + 1));
}

void lkv_marks_conflicts_join(lkv_marks_chunk *chunk,
                              const lkv_marks_chunk *other)
{
    GHashTableIter iter;
    gpointer key = NULL;
    g_hash_table_iter_init(&iter, other->conflicts);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        add(chunk, key);
    }
}

static gint by_second_line(gconstpointer a, gconstpointer b)
{
    const struct conflict *one = *(const struct conflict *const *)a;
    const struct conflict *two = *(const struct conflict *const *)b;
    return (one->second > two->second) - (one->second < two->second);
}

void lkv_marks_conflicts_report(const lkv_marks_chunk *chunk, lkv_diag *diag)
{
    const char *name = chunk->file->input->name;
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    GHashTableIter iter;
    gpointer conflict = NULL;
    g_hash_table_iter_init(&iter, chunk->conflicts);
    while (g_hash_table_iter_next(&iter, NULL, &conflict)) {
        g_ptr_array_add(found, conflict);
    }
    g_ptr_array_sort(found, by_second_line);
    for (guint i = 0; i < found->len; i++) {
        const struct conflict *at = g_ptr_array_index(found, i);
        bool here = at->second > 0;
        lkv_message *message = lkv_diag_add(
            diag, "E-GRADE-CONFLICT",
            (lkv_place){.file = name, .line = here ? at->second : at->first},
            here ? "the same pupil has another mark in this subject in line "
                   "%ld"
                 : "the same pupil has another mark in this subject in "
                   "another file than line %ld",
            at->first);
        lkv_message_why(message, "which of the two holds cannot be told");
        lkv_message_fix(message, "delete the row that does not hold");
    }
}
