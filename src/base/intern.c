#include "base/intern.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    const char *text;
    uint32_t length;
    uint32_t hash;
} entry;

/* Every pupil's row is looked up, so that the place and the hash lie together:
 * open addressing, at most half full.
 */
struct place {
    uint32_t hash;
    uint32_t number; /* LKV_NO_NAME = free */
};

enum { PLACES_FIRST = 64 };

struct lkv_names {
    GArray *entries; /* by number */
    struct place *place;
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

static const entry *entry_at(const lkv_names *names, uint32_t number)
{
    return &g_array_index(names->entries, entry, number);
}

/* The place of the text, or the free one where it belongs. */
static struct place *place_of(const lkv_names *names, const char *text,
                              size_t length, uint32_t hash)
{
    uint32_t at = hash & (names->places - 1);
    for (;;) {
        struct place *place = &names->place[at];
        const entry *one = place->number == LKV_NO_NAME || place->hash != hash
                               ? NULL
                               : entry_at(names, place->number);
        if (place->number == LKV_NO_NAME ||
            (one && one->length == length &&
             memcmp(one->text, text, length) == 0)) {
            return place;
        }
        at = (at + 1) & (names->places - 1);
    }
}

/* Gives every entry its place among PLACES. */
static void place_all(lkv_names *names, uint32_t places)
{
    names->places = places;
    names->place = g_renew(struct place, names->place, places);
    memset(names->place, 0xff, places * sizeof *names->place);
    for (guint i = 0; i < names->entries->len; i++) {
        const entry *one = entry_at(names, i);
        *place_of(names, one->text, one->length, one->hash) =
            (struct place){one->hash, i};
    }
}

lkv_names *lkv_names_new(void)
{
    lkv_names *names = g_new0(lkv_names, 1);
    names->entries = g_array_new(FALSE, FALSE, sizeof(entry));
    names->text = g_string_chunk_new(16 * 1024);
    place_all(names, PLACES_FIRST);
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

uint32_t lkv_names_add(lkv_names *names, const char *code, size_t length)
{
    uint32_t hash = hash_of(code, length);
    struct place *place = place_of(names, code, length, hash);
    if (place->number != LKV_NO_NAME) {
        return place->number;
    }
    const entry added = {
        .text = g_string_chunk_insert_len(names->text, code, (gssize)length),
        .length = (uint32_t)length,
        .hash = hash};
    *place = (struct place){hash, names->entries->len};
    g_array_append_val(names->entries, added);
    if (names->entries->len > names->places / 2) {
        place_all(names, 2 * names->places);
    }
    return names->entries->len - 1;
}

struct numbered {
    entry entry;
    uint32_t number; /* before */
};

static gint by_text(gconstpointer a, gconstpointer b)
{
    const entry *one = &((const struct numbered *)a)->entry;
    const entry *other = &((const struct numbered *)b)->entry;
    int order = memcmp(one->text, other->text, MIN(one->length, other->length));
    if (order != 0) {
        return order;
    }
    return (one->length > other->length) - (one->length < other->length);
}

uint32_t *lkv_names_sort(lkv_names *names)
{
    guint count = names->entries->len;
    uint32_t *fresh = g_new(uint32_t, count);
    g_autofree struct numbered *sorted = g_new(struct numbered, count + 1);
    bool in_order = true; /* as registers mostly are */
    for (guint i = 0; i < count; i++) {
        sorted[i] = (struct numbered){*entry_at(names, i), i};
        fresh[i] = i;
        in_order =
            in_order && (i == 0 || by_text(&sorted[i - 1], &sorted[i]) < 0);
    }
    if (in_order) {
        return fresh;
    }
    qsort(sorted, count, sizeof *sorted, by_text);
    for (guint i = 0; i < count; i++) {
        fresh[sorted[i].number] = i;
        g_array_index(names->entries, entry, i) = sorted[i].entry;
    }
    place_all(names, names->places);
    return fresh;
}

uint32_t lkv_names_find(const lkv_names *names, const char *code, size_t length)
{
    return place_of(names, code, length, hash_of(code, length))->number;
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
