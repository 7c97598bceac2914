#include "panel/marks.h"

#include <stdlib.h>
#include <string.h>

#include "panel/marks_store.h"

static int language_column(lkv_marks_store *store,
                           const lkv_subject_match *match)
{
    lkv_mark_languages *languages = &store->languages;
    int at = 0;
    pthread_mutex_lock(&languages->lock);
    while (at < languages->count &&
           strcmp(languages->id[at], match->canonical) != 0) {
        at++;
    }
    if (at == languages->count && at < LKV_MARK_LANGUAGES) {
        languages->id[at] = g_strdup(match->canonical);
        languages->choice[at] = match->choice;
        languages->count++;
    }
    pthread_mutex_unlock(&languages->lock);
    return at < LKV_MARK_LANGUAGES ? (int)store->subjects + at : LKV_NO_COLUMN;
}

static bool fills(int subject, const lkv_slot *slot)
{
    for (size_t i = 0; i < slot->count; i++) {
        if (slot->subjects[i] == subject) {
            return true;
        }
    }
    return false;
}

/* The column of the slot that SUBJECT fills, among goals. */
static int goal_column(const lkv_marks_store *store, int subject)
{
    for (size_t i = 0; i < store->rules->slot_count; i++) {
        if (fills(subject, &store->rules->slots[i])) {
            return (int)(store->subjects + LKV_MARK_LANGUAGES + i);
        }
    }
    return LKV_NO_COLUMN;
}

static int test_column(const lkv_marks_store *store, int subject)
{
    return (int)(store->subjects + LKV_MARK_LANGUAGES +
                 store->rules->slot_count) +
           subject;
}

static int column_of(lkv_marks_store *store, lkv_table table,
                     const lkv_subject_match *match)
{
    if (table == LKV_TABLE_ATTAINMENT) {
        return match->subject < 0 ? LKV_NO_COLUMN
                                  : goal_column(store, match->subject);
    }
    if (table == LKV_TABLE_TESTS) {
        return match->subject < 0 ? LKV_NO_COLUMN
                                  : test_column(store, match->subject);
    }
    return match->subject >= 0 ? match->subject : language_column(store, match);
}

int lkv_marks_column(lkv_marks_store *store, lkv_table table, const char *text,
                     const char *language)
{
    lkv_subject_match match;
    if (!lkv_rules_subject(store->rules, text, language, &match)) {
        return LKV_NO_COLUMN;
    }
    int column = column_of(store, table, &match);
    if (column != LKV_NO_COLUMN) {
        atomic_store_explicit(&store->met[column], true, memory_order_relaxed);
    }
    return column;
}

static int by_id(const void *a, const void *b, void *context)
{
    const lkv_mark_languages *languages = context;
    return strcmp(languages->id[*(const int *)a],
                  languages->id[*(const int *)b]);
}

static void order_languages(lkv_marks_store *store, int *order)
{
    for (int i = 0; i < store->languages.count; i++) {
        order[i] = i;
    }
    g_qsort_with_data(order, store->languages.count, sizeof *order, by_id,
                      &store->languages);
}

/* What column COLUMN of the marks is, and its column in the store. ORDER is
 * that of the languages.
 */
static size_t set_column(lkv_marks *marks, const lkv_marks_store *store,
                         const int *order, size_t column)
{
    const lkv_rules *rules = store->rules;
    lkv_subject *subject = &marks->subject[column];
    if (column < store->subjects) {
        *subject = rules->subjects[column];
        return column;
    }
    if (column < marks->graded) {
        int at = order[column - store->subjects];
        *subject = (lkv_subject){
            .id = g_string_chunk_insert(marks->text, store->languages.id[at]),
            .choice = (int16_t)store->languages.choice[at],
            .block = -1};
        return store->subjects + (size_t)at;
    }
    size_t behind = column - marks->graded;
    if (behind < rules->slot_count) {
        *subject = (lkv_subject){
            .id = rules->slots[behind].id, .choice = -1, .block = -1};
    } else {
        *subject = rules->subjects[behind - rules->slot_count];
    }
    return store->subjects + LKV_MARK_LANGUAGES + behind;
}

lkv_marks *lkv_marks_finish(lkv_marks_store *store)
{
    lkv_marks *marks = g_new0(lkv_marks, 1);
    const lkv_rules *rules = store->rules;
    int order[LKV_MARK_LANGUAGES];
    int languages = store->languages.count;
    marks->rows = lkv_roll_size(store->roll);
    marks->graded = store->subjects + (size_t)languages;
    marks->columns = marks->graded + rules->slot_count + rules->subject_count;
    marks->subject = g_new0(lkv_subject, marks->columns + 1);
    marks->text = g_string_chunk_new(256);
    marks->first = g_new0(size_t, marks->columns + 1);
    marks->mark = g_steal_pointer(&store->mark);
    order_languages(store, order);
    marks->met = g_new(uint16_t, marks->columns + 1);
    for (size_t i = 0; i < marks->columns; i++) {
        size_t column = set_column(marks, store, order, i);
        marks->first[i] = column * store->rows;
        if (store->met[column]) {
            marks->met[marks->mets++] = (uint16_t)i;
        }
    }
    return marks;
}

void lkv_marks_rows(const lkv_marks *marks, size_t row, size_t rows,
                    size_t columns, uint8_t *into)
{
    memset(into, 0, rows * columns);
    for (size_t i = 0; i < marks->mets && marks->met[i] < columns; i++) {
        const _Atomic uint8_t *from =
            marks->mark + marks->first[marks->met[i]] + row;
        uint8_t *to = into + marks->met[i];
        for (size_t r = 0; r < rows; r++) {
            to[r * columns] =
                atomic_load_explicit(from + r, memory_order_relaxed);
        }
    }
}

bool lkv_marks_any(const lkv_marks *marks, size_t row, size_t from, size_t to)
{
    for (size_t i = 0; i < marks->mets && marks->met[i] < to; i++) {
        if (marks->met[i] >= from &&
            lkv_marks_at(marks, row, marks->met[i]) != 0) {
            return true;
        }
    }
    return false;
}

void lkv_marks_store_open(lkv_marks_store *store)
{
    const lkv_rules *rules = store->rules;
    store->subjects = rules->subject_count;
    store->columns = store->subjects + LKV_MARK_LANGUAGES + rules->slot_count +
                     rules->subject_count;
    store->rows = lkv_roll_size(store->roll);
    store->mark = calloc(store->rows * store->columns + 1, 1);
    g_assert(store->mark);
    store->met = g_new0(atomic_bool, store->columns + 1);
    pthread_mutex_init(&store->languages.lock, NULL);
}

void lkv_marks_store_close(lkv_marks_store *store)
{
    pthread_mutex_destroy(&store->languages.lock);
    for (int i = 0; i < store->languages.count; i++) {
        g_free(store->languages.id[i]);
    }
    free(store->mark);
    g_free(store->met);
}

void lkv_marks_free(lkv_marks *marks)
{
    if (!marks) {
        return;
    }
    g_free(marks->subject);
    g_free(marks->first);
    g_free(marks->met);
    free(marks->mark);
    g_string_chunk_free(marks->text);
    g_free(marks);
}

size_t lkv_marks_test(const lkv_marks *marks, const lkv_rules *rules,
                      size_t subject)
{
    return marks->graded + rules->slot_count + subject;
}

int lkv_marks_goal(const lkv_marks *marks, const lkv_rules *rules, size_t slot)
{
    return slot < rules->slot_count ? (int)(marks->graded + slot) : -1;
}
