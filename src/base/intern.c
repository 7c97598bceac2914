#include "base/intern.h"

#include <string.h>

typedef struct entry {
    const char *text;
    uint32_t length;
    uint32_t hash;
} entry;

/* Every pupil's row is looked up, so that the place and the hash lie together:
 * open addressing, at most half full. Codes that come in their order, as those
 * of registers do, need no place: each is new, and is found by halving.
 */
struct place {
    uint32_t hash;
    uint32_t number; /* LKV_NO_NAME = free */
};

enum { PLACES_FIRST = 64 };

struct lkv_names {
    GArray *entries; /* by number */
    struct place *place; /* NULL while all codes have come in order */
    uint32_t places; /* a power of two */
    GStringChunk *text;
};

/* FNV-1a (Fowler, Noll and Vo 1991), its high bits folded in. */
static uint32_t hash_of(const char *text, size_t length)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3u;
    }
    return (uint32_t)(hash ^ hash >> 32);
}

static entry *entry_at(const lkv_names *names, uint32_t number)
{
    return &g_array_index(names->entries, entry, number);
}

static int compare(const entry *one, const char *text, size_t length)
{
    int order = memcmp(one->text, text, MIN(one->length, length));
    return order != 0 ? order : (one->length > length) - (one->length < length);
}

bool lkv_names_is(const lkv_names *names, uint32_t number, const char *code,
                  size_t length)
{
    const entry *one = entry_at(names, number);
    return one->length == length && memcmp(one->text, code, length) == 0;
}

/* The place of the text, or the free one where it belongs. */
static struct place *place_of(const lkv_names *names, const char *text,
                              size_t length, uint32_t hash)
{
    uint32_t at = hash & (names->places - 1);
    for (;;) {
        struct place *place = &names->place[at];
        if (place->number == LKV_NO_NAME ||
            (place->hash == hash &&
             lkv_names_is(names, place->number, text, length))) {
            return place;
        }
        at = (at + 1) & (names->places - 1);
    }
}

/* Gives every entry its place, half of all at most. */
static void place_all(lkv_names *names)
{
    bool first = !names->place;
    names->places = MAX(names->places, (uint32_t)PLACES_FIRST);
    while (names->places < 2 * names->entries->len) {
        names->places *= 2;
    }
    names->place = g_renew(struct place, names->place, names->places);
    memset(names->place, 0xff, names->places * sizeof *names->place);
    for (guint i = 0; i < names->entries->len; i++) {
        entry *one = entry_at(names, i);
        one->hash = first ? hash_of(one->text, one->length) : one->hash;
        *place_of(names, one->text, one->length, one->hash) =
            (struct place){one->hash, i};
    }
}

lkv_names *lkv_names_new(void)
{
    lkv_names *names = g_new0(lkv_names, 1);
    names->entries = g_array_new(FALSE, FALSE, sizeof(entry));
    names->text = g_string_chunk_new(16 * 1024);
    return names;
}

void lkv_names_free(lkv_names *names)
{
    if (!names) {
        return;
    }
    g_array_unref(names->entries);
    g_free(names->place);
    g_string_chunk_free(names->text);
    g_free(names);
}

static uint32_t append(lkv_names *names, const char *code, size_t length)
{
    const entry added = {
        .text = g_string_chunk_insert_len(names->text, code, (gssize)length),
        .length = (uint32_t)length};
    g_array_append_val(names->entries, added);
    return names->entries->len - 1;
}

static uint32_t add_anywhere(lkv_names *names, const char *code, size_t length)
{
    uint32_t hash = hash_of(code, length);
    struct place *place = place_of(names, code, length, hash);
    if (place->number != LKV_NO_NAME) {
        return place->number;
    }
    uint32_t number = append(names, code, length);
    entry_at(names, number)->hash = hash;
    *place = (struct place){hash, number};
    if (names->entries->len > names->places / 2) {
        place_all(names);
    }
    return number;
}

uint32_t lkv_names_add(lkv_names *names, const char *code, size_t length)
{
    if (!names->place) {
        guint count = names->entries->len;
        int order =
            count == 0 ? -1 : compare(entry_at(names, count - 1), code, length);
        if (order <= 0) {
            return order < 0 ? append(names, code, length) : count - 1;
        }
        place_all(names);
    }
    return add_anywhere(names, code, length);
}

static gint by_text(gconstpointer a, gconstpointer b, gpointer names)
{
    const entry *one = entry_at(names, *(const uint32_t *)a);
    const entry *other = entry_at(names, *(const uint32_t *)b);
    return compare(one, other->text, other->length);
}

/* Codes of several years are, though they were not added so. */
static bool in_order(const lkv_names *names)
{
    for (guint i = 1; names->place && i < names->entries->len; i++) {
        const entry *one = entry_at(names, i);
        if (compare(entry_at(names, i - 1), one->text, one->length) > 0) {
            return false;
        }
    }
    return true;
}

uint32_t *lkv_names_sort(lkv_names *names)
{
    guint count = names->entries->len;
    uint32_t *fresh = g_new(uint32_t, count + 1);
    for (guint i = 0; i < count; i++) {
        fresh[i] = i;
    }
    if (in_order(names)) {
        return fresh;
    }
    g_autofree uint32_t *sorted = g_new(uint32_t, count);
    memcpy(sorted, fresh, count * sizeof *sorted);
    g_qsort_with_data(sorted, (gint)count, sizeof *sorted, by_text, names);
    GArray *entries = g_array_sized_new(FALSE, FALSE, sizeof(entry), count);
    for (guint i = 0; i < count; i++) {
        fresh[sorted[i]] = i;
        g_array_append_vals(entries, entry_at(names, sorted[i]), 1);
    }
    g_array_unref(names->entries);
    names->entries = entries;
    place_all(names);
    return fresh;
}

static uint32_t find_by_halving(const lkv_names *names, const char *code,
                                size_t length)
{
    uint32_t low = 0, high = names->entries->len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare(entry_at(names, middle), code, length);
        if (order == 0) {
            return middle;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return LKV_NO_NAME;
}

uint32_t lkv_names_find(const lkv_names *names, const char *code, size_t length)
{
    return names->place
               ? place_of(names, code, length, hash_of(code, length))->number
               : find_by_halving(names, code, length);
}

const char *lkv_names_at(const lkv_names *names, uint32_t number)
{
    g_assert(number < names->entries->len);
    return entry_at(names, number)->text;
}

uint32_t lkv_names_size(const lkv_names *names)
{
    return names->entries->len;
}
