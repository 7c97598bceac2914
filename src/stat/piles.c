#include "stat/piles.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

lkv_piles *lkv_piles_new(size_t schools)
{
    lkv_piles *piles = g_new0(lkv_piles, 1);
    piles->schools = schools;
    return piles;
}

void lkv_piles_free(lkv_piles *piles)
{
    if (!piles) {
        return;
    }
    g_free(piles->pile);
    g_free(piles);
}

void lkv_piles_add(lkv_piles *piles, lkv_pile pile)
{
    if (pile.n == 0) {
        return;
    }
    if (piles->count == piles->room) {
        piles->room = piles->room > 0 ? piles->room * 2 : 64;
        piles->pile = g_renew(lkv_pile, piles->pile, piles->room);
    }
    piles->pile[piles->count++] = pile;
    piles->n += pile.n;
}

static int ascending(const void *a, const void *b)
{
    const lkv_pile *left = a, *right = b;
    if (left->value != right->value) {
        return left->value > right->value ? 1 : -1;
    }
    if (left->school != right->school) {
        return left->school > right->school ? 1 : -1;
    }
    return (left->group > right->group) - (left->group < right->group);
}

void lkv_piles_sort(lkv_piles *piles)
{
    if (piles->count > 0) {
        qsort(piles->pile, piles->count, sizeof *piles->pile, ascending);
    }
}

int64_t lkv_piles_df(const lkv_piles *piles)
{
    g_autofree int64_t *n = lkv_piles_schools(piles);
    int64_t df = piles->n;
    for (size_t j = 0; j < piles->schools; j++) {
        df -= n[j] > 0;
    }
    return df;
}

double lkv_piles_quantile(const lkv_piles *piles, double p)
{
    if (piles->n == 0) {
        return NAN;
    }
    double h = (double)(piles->n - 1) * fmax(0.0, fmin(1.0, p));
    int64_t place = (int64_t)h;
    int64_t passed = 0;
    size_t i = 0;
    while (passed + piles->pile[i].n <= place) {
        passed += piles->pile[i++].n;
    }
    double low = piles->pile[i].value;
    bool last = place + 1 == passed + piles->pile[i].n;
    double high = last && i + 1 < piles->count ? piles->pile[i + 1].value : low;
    return low + (h - (double)place) * (high - low);
}

int64_t *lkv_piles_schools(const lkv_piles *piles)
{
    return lkv_piles_upto(piles, INFINITY);
}

int64_t *lkv_piles_upto(const lkv_piles *piles, double value)
{
    int64_t *upto = g_new0(int64_t, piles->schools + 1);
    for (size_t i = 0; i < piles->count; i++) {
        if (piles->pile[i].value <= value) {
            upto[piles->pile[i].school] += piles->pile[i].n;
        }
    }
    return upto;
}
