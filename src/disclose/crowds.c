#include "disclose/sets.h"

#include <string.h>

#include "base/hash.h"

lkv_crowd lkv_crowd_of(lkv_sets *sets, uint16_t population,
                       const lkv_where *where)
{
    lkv_crowd crowd = {.population = population};
    for (size_t i = 0; i < where->terms; i++) {
        uint16_t set = lkv_sets_of(sets, where->term[i]);
        crowd = lkv_crowd_with(crowd, where->term[i].axis, set);
    }
    return crowd;
}

static lkv_crowd without(lkv_crowd crowd, size_t at)
{
    crowd.terms--;
    for (size_t i = at; i < crowd.terms; i++) {
        crowd.axis[i] = crowd.axis[i + 1];
        crowd.set[i] = crowd.set[i + 1];
    }
    crowd.axis[crowd.terms] = 0;
    crowd.set[crowd.terms] = 0;
    return crowd;
}

static lkv_crowd with_room(lkv_crowd crowd, size_t at)
{
    g_assert(crowd.terms < LKV_CROWD_TERMS);
    for (size_t i = crowd.terms; i > at; i--) {
        crowd.axis[i] = crowd.axis[i - 1];
        crowd.set[i] = crowd.set[i - 1];
    }
    crowd.terms++;
    return crowd;
}

lkv_crowd lkv_crowd_with(lkv_crowd crowd, lkv_axis axis, uint16_t set)
{
    size_t at = 0;
    while (at < crowd.terms && crowd.axis[at] < axis) {
        at++;
    }
    bool there = at < crowd.terms && crowd.axis[at] == axis;
    if (set == LKV_SET_ALL) {
        return there ? without(crowd, at) : crowd;
    }
    if (!there) {
        crowd = with_room(crowd, at);
    }
    crowd.axis[at] = axis;
    crowd.set[at] = set;
    return crowd;
}

uint16_t lkv_crowd_on(const lkv_crowd *crowd, lkv_axis axis)
{
    for (size_t i = 0; i < crowd->terms; i++) {
        if (crowd->axis[i] == axis) {
            return crowd->set[i];
        }
    }
    return LKV_SET_ALL;
}

/* Open addressing: numbers of crowds by the hash of their bytes. */
struct lkv_crowds {
    GArray *crowds;
    uint32_t *slot; /* number + 1, or 0 */
    size_t slots; /* a power of two */
};

enum { SLOTS_FIRST = 64 };

lkv_crowds *lkv_crowds_new(void)
{
    lkv_crowds *crowds = g_new0(lkv_crowds, 1);
    crowds->crowds = g_array_new(FALSE, FALSE, sizeof(lkv_crowd));
    crowds->slots = SLOTS_FIRST;
    crowds->slot = g_new0(uint32_t, crowds->slots);
    return crowds;
}

void lkv_crowds_free(lkv_crowds *crowds)
{
    if (crowds) {
        g_array_unref(crowds->crowds);
        g_free(crowds->slot);
        g_free(crowds);
    }
}

/* The slot that holds CROWD, or the free one where it belongs. */
static size_t slot_of(const lkv_crowds *crowds, const lkv_crowd *crowd)
{
    size_t mask = crowds->slots - 1;
    size_t at = (size_t)lkv_hash_short(crowd, sizeof *crowd) & mask;
    while (crowds->slot[at] != 0) {
        const lkv_crowd *there = lkv_crowds_at(crowds, crowds->slot[at] - 1);
        if (memcmp(there, crowd, sizeof *crowd) == 0) {
            break;
        }
        at = (at + 1) & mask;
    }
    return at;
}

static void grow(lkv_crowds *crowds)
{
    g_free(crowds->slot);
    crowds->slots *= 2;
    crowds->slot = g_new0(uint32_t, crowds->slots);
    for (guint i = 0; i < crowds->crowds->len; i++) {
        crowds->slot[slot_of(crowds, lkv_crowds_at(crowds, i))] = i + 1;
    }
}

uint32_t lkv_crowds_add(lkv_crowds *crowds, const lkv_crowd *crowd)
{
    size_t at = slot_of(crowds, crowd);
    if (crowds->slot[at] != 0) {
        return crowds->slot[at] - 1;
    }
    if (crowds->crowds->len * 2U > crowds->slots) {
        grow(crowds);
        at = slot_of(crowds, crowd);
    }
    g_array_append_val(crowds->crowds, *crowd);
    crowds->slot[at] = crowds->crowds->len;
    return crowds->crowds->len - 1;
}

uint32_t lkv_crowds_find(const lkv_crowds *crowds, const lkv_crowd *crowd)
{
    size_t at = slot_of(crowds, crowd);
    return crowds->slot[at] == 0 ? LKV_NO_CROWD : crowds->slot[at] - 1;
}

const lkv_crowd *lkv_crowds_at(const lkv_crowds *crowds, uint32_t number)
{
    g_assert(number < crowds->crowds->len);
    return &g_array_index(crowds->crowds, lkv_crowd, number);
}

size_t lkv_crowds_size(const lkv_crowds *crowds)
{
    return crowds->crowds->len;
}
