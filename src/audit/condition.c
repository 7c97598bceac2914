#include <string.h>

#include "audit/evidence.h"
#include "base/hash.h"

int lkv_condition_find(const lkv_condition *where, uint16_t dim)
{
    for (int i = 0; i < where->terms; i++) {
        if (where->dim[i] == dim) {
            return i;
        }
    }
    return -1;
}

void lkv_condition_set(lkv_condition *where, uint16_t dim, uint16_t value)
{
    int place = lkv_condition_find(where, dim);
    if (place < 0) {
        g_assert(where->terms < LKV_CONDITION_TERMS);
        place = where->terms++;
        while (place > 0 && where->dim[place - 1] > dim) {
            where->dim[place] = where->dim[place - 1];
            where->value[place] = where->value[place - 1];
            place--;
        }
        where->dim[place] = dim;
    }
    where->value[place] = value;
}

void lkv_condition_drop(lkv_condition *where, uint16_t dim)
{
    int place = lkv_condition_find(where, dim);
    if (place < 0) {
        return;
    }
    where->terms--;
    for (int i = place; i < where->terms; i++) {
        where->dim[i] = where->dim[i + 1];
        where->value[i] = where->value[i + 1];
    }
    where->dim[where->terms] = 0;
    where->value[where->terms] = 0;
}

lkv_condition lkv_condition_and(const lkv_condition *a, const lkv_condition *b)
{
    lkv_condition both = *b;
    for (int i = 0; i < a->terms; i++) {
        lkv_condition_set(&both, a->dim[i], a->value[i]);
    }
    return both;
}

guint lkv_condition_hash(gconstpointer condition)
{
    return (guint)lkv_hash_short(condition, sizeof(lkv_condition));
}

gboolean lkv_condition_equal(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(lkv_condition)) == 0;
}

static bool within(const GArray *small, const GArray *large)
{
    guint at = 0;
    for (guint i = 0; i < small->len; i++) {
        uint16_t leaf = g_array_index(small, uint16_t, i);
        while (at < large->len && g_array_index(large, uint16_t, at) < leaf) {
            at++;
        }
        if (at == large->len || g_array_index(large, uint16_t, at) != leaf) {
            return false;
        }
    }
    return true;
}

bool lkv_evidence_has(const lkv_evidence *evidence, const lkv_condition *x,
                      const lkv_condition *y)
{
    for (int i = 0; i < y->terms; i++) {
        int place = lkv_condition_find(x, y->dim[i]);
        if (place < 0 ||
            !within(
                lkv_evidence_members(evidence, x->dim[place], x->value[place]),
                lkv_evidence_members(evidence, y->dim[i], y->value[i]))) {
            return false;
        }
    }
    return true;
}
