/* What implications say of the crowds of a net. */
#include <string.h>

#include "audit/net.h"

/* Contexts of one implication in two tables; more are taken by fewer dims. */
enum { CONTEXTS_MOST = 20000 };

static bool has_dim(const lkv_span *span, uint16_t dim)
{
    for (int i = 0; i < span->dims; i++) {
        if (span->dim[i] == dim) {
            return true;
        }
    }
    return false;
}

static bool span_equal(const lkv_span *a, const lkv_span *b)
{
    return a->dims == b->dims &&
           memcmp(a->dim, b->dim, a->dims * sizeof a->dim[0]) == 0;
}

static bool span_inside(const lkv_span *small, const lkv_span *large)
{
    bool inside = true;
    for (int i = 0; i < small->dims; i++) {
        inside = inside && has_dim(large, small->dim[i]);
    }
    return inside;
}

/* ---- both in one table --------------------------------------------------- */

/* Nobody in a micro cell of SPAN has a without b. */
static void empty_cells(lkv_net *net, const lkv_follows *it, uint32_t via,
                        uint16_t span)
{
    for (guint i = 0; i < net->crowd->len; i++) {
        const lkv_condition *where =
            &g_array_index(net->crowd, lkv_condition, i);
        if (g_array_index(net->span_of, uint16_t, i) == span &&
            lkv_evidence_has(net->evidence, where, &it->a) &&
            !lkv_evidence_has(net->evidence, where, &it->b)) {
            lkv_within nobody = {i, i, via, true};
            g_array_append_val(net->none, nobody);
        }
    }
}

/* ---- a here, b there ----------------------------------------------------- */

/* Dims of ONE without those of A that are also dims of TWO without B's. */
static lkv_span shared(const lkv_span *one, const lkv_condition *a,
                       const lkv_span *two, const lkv_condition *b)
{
    lkv_span both = {0};
    for (int i = 0; i < one->dims; i++) {
        uint16_t dim = one->dim[i];
        if (lkv_condition_find(a, dim) < 0 && lkv_condition_find(b, dim) < 0 &&
            has_dim(two, dim)) {
            both.dim[both.dims++] = dim;
        }
    }
    return both;
}

typedef struct pairing {
    lkv_net *net;
    const lkv_follows *it;
    uint32_t via;
    lkv_span context;
} pairing;

static void add_pair(const pairing *now, const lkv_condition *context,
                     bool leaf)
{
    lkv_condition a = lkv_condition_and(context, &now->it->a);
    lkv_condition b = lkv_condition_and(context, &now->it->b);
    lkv_within pair = {lkv_net_find(now->net, &a), lkv_net_find(now->net, &b),
                       now->via, leaf};
    if (pair.small != LKV_NO_CROWD_HERE && pair.large != LKV_NO_CROWD_HERE) {
        g_array_append_val(now->net->withins, pair);
    }
}

static void add_pairs(const pairing *now, lkv_condition context, int place,
                      bool leaf)
{
    if (place == now->context.dims) {
        add_pair(now, &context, leaf);
        return;
    }
    uint16_t dim = now->context.dim[place];
    add_pairs(now, context, place + 1, false);
    const GArray *leaves = lkv_evidence_dim(now->net->evidence, dim)->leaves;
    for (guint i = 0; i < leaves->len; i++) {
        lkv_condition_set(&context, dim, g_array_index(leaves, uint16_t, i));
        add_pairs(now, context, place + 1, leaf);
    }
}

static void narrow(const lkv_evidence *evidence, lkv_span *context)
{
    size_t size = 1;
    int kept = 0;
    for (int i = 0; i < context->dims; i++) {
        size_t leaves =
            lkv_evidence_dim(evidence, context->dim[i])->leaves->len;
        if (size * (leaves + 1) <= CONTEXTS_MOST) {
            size *= leaves + 1;
            context->dim[kept++] = context->dim[i];
        }
    }
    context->dims = (uint16_t)kept;
}

/* Every widest context that a table with a shares with one with b. */
static GArray *contexts_of(const lkv_net *net, const lkv_follows *it)
{
    GArray *all = g_array_new(FALSE, TRUE, sizeof(lkv_span));
    for (guint i = 0; i < net->spans->len; i++) {
        const lkv_span *one = &g_array_index(net->spans, lkv_span, i);
        if (!lkv_span_has(one, &it->a)) {
            continue;
        }
        for (guint k = 0; k < net->spans->len; k++) {
            const lkv_span *two = &g_array_index(net->spans, lkv_span, k);
            if (!lkv_span_has(two, &it->b)) {
                continue;
            }
            lkv_span both = shared(one, &it->a, two, &it->b);
            bool known = false;
            for (guint j = 0; !known && j < all->len; j++) {
                known = span_equal(&g_array_index(all, lkv_span, j), &both);
            }
            if (!known) {
                g_array_append_val(all, both);
            }
        }
    }
    return all;
}

static bool is_widest(const GArray *all, guint at)
{
    const lkv_span *it = &g_array_index(all, lkv_span, at);
    for (guint i = 0; i < all->len; i++) {
        const lkv_span *other = &g_array_index(all, lkv_span, i);
        if (other->dims > it->dims && span_inside(it, other)) {
            return false;
        }
    }
    return true;
}

static void pair_up(lkv_net *net, const lkv_follows *it, uint32_t via)
{
    g_autoptr(GArray) all = contexts_of(net, it);
    for (guint i = 0; i < all->len; i++) {
        if (is_widest(all, i)) {
            pairing now = {net, it, via, g_array_index(all, lkv_span, i)};
            narrow(net->evidence, &now.context);
            add_pairs(&now, (lkv_condition){0}, 0, true);
        }
    }
}

void lkv_net_imply(lkv_net *net)
{
    const GArray *all = net->evidence->implications;
    for (guint i = 0; i < all->len; i++) {
        const lkv_follows *it = &g_array_index(all, lkv_follows, i);
        for (guint k = 0; k < net->spans->len; k++) {
            const lkv_span *span = &g_array_index(net->spans, lkv_span, k);
            if (lkv_span_has(span, &it->a) && lkv_span_has(span, &it->b)) {
                empty_cells(net, it, i, (uint16_t)k);
            }
        }
        pair_up(net, it, i);
    }
}
