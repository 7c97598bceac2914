#include "stat/pairs.h"

#include <stdlib.h>

lkv_pairs *lkv_pairs_new(size_t schools)
{
    lkv_pairs *pairs = g_new0(lkv_pairs, 1);
    pairs->schools = schools;
    return pairs;
}

void lkv_pairs_free(lkv_pairs *pairs)
{
    if (!pairs) {
        return;
    }
    g_free(pairs->pair);
    g_free(pairs);
}

void lkv_pairs_add(lkv_pairs *pairs, lkv_pair pair)
{
    if (pair.n == 0) {
        return;
    }
    if (pairs->count == pairs->room) {
        pairs->room = pairs->room > 0 ? pairs->room * 2 : 64;
        pairs->pair = g_renew(lkv_pair, pairs->pair, pairs->room);
    }
    pairs->pair[pairs->count++] = pair;
    pairs->n += pair.n;
}

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

static int by_school(const lkv_pair *a, const lkv_pair *b)
{
    return (a->school > b->school) - (a->school < b->school);
}

static int by_y(const void *a, const void *b)
{
    return compare(((const lkv_pair *)a)->y, ((const lkv_pair *)b)->y);
}

static int by_x(const void *a, const void *b)
{
    const lkv_pair *left = a, *right = b;
    int order = compare(left->x, right->x);
    if (order == 0) {
        order = compare(left->y, right->y);
    }
    return order != 0 ? order : by_school(left, right);
}

/* Cases of the pairs from FIRST on that are alike; NEXT is the first that is
 * not.
 */
static int64_t alike_from(const lkv_pairs *pairs, bool of_x, size_t first,
                          size_t *next)
{
    const lkv_pair *pair = pairs->pair;
    int64_t alike = 0;
    for (*next = first; *next < pairs->count; (*next)++) {
        const lkv_pair *at = &pair[*next];
        if (of_x ? at->x != pair[first].x : at->y != pair[first].y) {
            break;
        }
        alike += at->n;
    }
    return alike;
}

/* Places in the present order, in which pairs that are alike stand together.
 */
static void places_fill(const lkv_pairs *pairs, bool of_x)
{
    int64_t below = 0;
    for (size_t i = 0, next = 0; i < pairs->count; i = next) {
        int64_t alike = alike_from(pairs, of_x, i, &next);
        for (size_t k = i; k < next; k++) {
            lkv_pair *at = &pairs->pair[k];
            *(of_x ? &at->x_place : &at->y_place) = 2 * below + alike;
        }
        below += alike;
    }
}

void lkv_pairs_sort(lkv_pairs *pairs)
{
    if (pairs->count == 0) {
        return;
    }
    qsort(pairs->pair, pairs->count, sizeof *pairs->pair, by_y);
    places_fill(pairs, false);
    qsort(pairs->pair, pairs->count, sizeof *pairs->pair, by_x);
    places_fill(pairs, true);
}

size_t lkv_pairs_inhabited(const lkv_pairs *pairs)
{
    g_autofree bool *there = g_new0(bool, pairs->schools + 1);
    size_t count = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        count += !there[pairs->pair[i].school];
        there[pairs->pair[i].school] = true;
    }
    return count;
}

bool lkv_pairs_of_schools(const lkv_pairs *pairs)
{
    g_autofree const lkv_pair **first =
        g_new0(const lkv_pair *, pairs->schools + 1);
    for (size_t i = 0; i < pairs->count; i++) {
        const lkv_pair *at = &pairs->pair[i];
        if (!first[at->school]) {
            first[at->school] = at;
        } else if (first[at->school]->x != at->x) {
            return false;
        }
    }
    return true;
}

/* Adds N cases with Y to a stratum. */
static void put(lkv_stratum *stratum, int64_t n, double y)
{
    *stratum = lkv_stratum_join(*stratum, (lkv_stratum){.n = n, .mean = y});
}

lkv_stratum *lkv_pairs_part(const lkv_pairs *pairs, int64_t part, int64_t parts)
{
    lkv_stratum *strata = g_new0(lkv_stratum, pairs->schools + 1);
    for (size_t i = 0; i < pairs->count; i++) {
        const lkv_pair *at = &pairs->pair[i];
        int64_t place = parts * at->x_place;
        if (place > 2 * pairs->n * (part - 1) && place <= 2 * pairs->n * part) {
            put(&strata[at->school], at->n, at->y);
        }
    }
    return strata;
}

lkv_stratum *lkv_pairs_lowest_highest(const lkv_pairs *pairs)
{
    lkv_stratum *strata = g_new0(lkv_stratum, pairs->schools + 1);
    for (size_t i = 0; i < pairs->count; i++) {
        const lkv_pair *at = &pairs->pair[i];
        if (2 * at->x_place <= pairs->n) {
            bool highest = 2 * at->y_place >= 3 * pairs->n;
            put(&strata[at->school], at->n, highest ? 1.0 : 0.0);
        }
    }
    return strata;
}
