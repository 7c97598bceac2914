#include "base/intern.h"

#include <string.h>

#include "base/hash.h"

typedef struct entry {
    const char *text;
    size_t length;
    uint32_t number;
} entry;

struct lkv_names {
    GPtrArray *codes; /* by number */
    GHashTable *numbers; /* the same codes, by their bytes */
    GStringChunk *text;
};

static guint entry_hash(gconstpointer key)
{
    const entry *one = key;
    return (guint)lkv_hash_short(one->text, one->length);
}

static gboolean entry_equal(gconstpointer a, gconstpointer b)
{
    const entry *one = a;
    const entry *other = b;
    return one->length == other->length &&
           memcmp(one->text, other->text, one->length) == 0;
}

lkv_names *lkv_names_new(void)
{
    lkv_names *names = g_new0(lkv_names, 1);
    names->codes = g_ptr_array_new_with_free_func(g_free);
    names->numbers = g_hash_table_new(entry_hash, entry_equal);
    names->text = g_string_chunk_new(16 * 1024);
    return names;
}

void lkv_names_free(lkv_names *names)
{
    if (!names) {
        return;
    }
    g_hash_table_unref(names->numbers);
    g_ptr_array_unref(names->codes);
    g_string_chunk_free(names->text);
    g_free(names);
}

uint32_t lkv_names_add(lkv_names *names, const char *code, size_t length)
{
    uint32_t number = lkv_names_find(names, code, length);
    if (number != LKV_NO_NAME) {
        return number;
    }
    entry *added = g_new(entry, 1);
    added->text = g_string_chunk_insert_len(names->text, code, (gssize)length);
    added->length = length;
    added->number = names->codes->len;
    g_ptr_array_add(names->codes, added);
    g_hash_table_add(names->numbers, added);
    return added->number;
}

static gint entry_compare(gconstpointer a, gconstpointer b)
{
    const entry *one = *(const entry *const *)a;
    const entry *other = *(const entry *const *)b;
    int order = memcmp(one->text, other->text, MIN(one->length, other->length));
    if (order != 0) {
        return order;
    }
    return (one->length > other->length) - (one->length < other->length);
}

uint32_t *lkv_names_sort(lkv_names *names)
{
    uint32_t *fresh = g_new(uint32_t, names->codes->len);
    g_ptr_array_sort(names->codes, entry_compare);
    for (guint i = 0; i < names->codes->len; i++) {
        entry *one = g_ptr_array_index(names->codes, i);
        fresh[one->number] = i;
        one->number = i;
    }
    return fresh;
}

uint32_t lkv_names_find(const lkv_names *names, const char *code, size_t length)
{
    const entry wanted = {.text = code, .length = length};
    const entry *found = g_hash_table_lookup(names->numbers, &wanted);
    return found ? found->number : LKV_NO_NAME;
}

const char *lkv_names_at(const lkv_names *names, uint32_t number)
{
    g_assert(number < names->codes->len);
    const entry *one = g_ptr_array_index(names->codes, number);
    return one->text;
}

uint32_t lkv_names_size(const lkv_names *names)
{
    return names->codes->len;
}
