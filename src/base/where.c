#include "base/cube.h"

lkv_where lkv_where_and(lkv_where where, lkv_term term)
{
    unsigned at = 0;
    while (at < where.terms && where.term[at].axis < term.axis) {
        at++;
    }
    if (at < where.terms && where.term[at].axis == term.axis) {
        where.term[at] = term;
        return where;
    }
    g_assert(where.terms < LKV_TERMS_MOST);
    for (unsigned i = where.terms; i > at; i--) {
        where.term[i] = where.term[i - 1];
    }
    where.term[at] = term;
    where.terms++;
    return where;
}

const lkv_term *lkv_where_on(const lkv_where *where, lkv_axis axis)
{
    for (unsigned i = 0; i < where->terms; i++) {
        if (where->term[i].axis == axis) {
            return &where->term[i];
        }
    }
    return NULL;
}

bool lkv_where_equal(const lkv_where *a, const lkv_where *b)
{
    if (a->terms != b->terms) {
        return false;
    }
    for (unsigned i = 0; i < a->terms; i++) {
        if (a->term[i].axis != b->term[i].axis ||
            a->term[i].value != b->term[i].value) {
            return false;
        }
    }
    return true;
}

static bool has_outcome(lkv_stat stat)
{
    return stat == LKV_MEAN || stat == LKV_SUM || stat == LKV_OTHER;
}

static bool has_part(lkv_stat stat)
{
    return stat == LKV_SHARE || stat == LKV_OTHER;
}

bool lkv_claim_equal(const lkv_claim *a, const lkv_claim *b)
{
    return a->stat == b->stat && a->population == b->population &&
           (!has_outcome(a->stat) || a->outcome == b->outcome) &&
           lkv_where_equal(&a->base, &b->base) &&
           (!has_part(a->stat) || lkv_where_equal(&a->part, &b->part));
}
