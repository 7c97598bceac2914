/* Tables that share a margin. */
#include "audit/unknowns_made.h"

static lkv_span meet(const lkv_span *a, const lkv_span *b)
{
    lkv_span both = {0};
    for (int i = 0; i < a->dims; i++) {
        for (int k = 0; k < b->dims; k++) {
            if (a->dim[i] == b->dim[k]) {
                both.dim[both.dims++] = a->dim[i];
            }
        }
    }
    return both;
}

typedef struct tying {
    lkv_unknowns *system;
    lkv_tie tie;
    uint16_t scale;
    lkv_span margin;
    uint16_t home, span;
} tying;

static void tie_leaves(const tying *now, lkv_condition where, int place)
{
    const lkv_net *net = now->system->net;
    if (place == now->margin.dims) {
        now->tie(now->system, lkv_net_find(net, &where), now->home, now->span,
                 now->scale);
        return;
    }
    uint16_t dim = now->margin.dim[place];
    const GArray *leaves = lkv_evidence_dim(net->evidence, dim)->leaves;
    for (guint i = 0; i < leaves->len; i++) {
        lkv_condition_set(&where, dim, g_array_index(leaves, uint16_t, i));
        tie_leaves(now, where, place + 1);
    }
}

/* The first of the tables SPANS that has MARGIN. */
static uint16_t home_of(const lkv_net *net, const GArray *spans,
                        const lkv_span *margin)
{
    lkv_condition where = {0};
    for (int i = 0; i < margin->dims; i++) {
        lkv_condition_set(&where, margin->dim[i], 0);
    }
    guint home = 0;
    while (!lkv_span_has(&g_array_index(net->spans, lkv_span,
                                        g_array_index(spans, uint16_t, home)),
                         &where)) {
        home++;
    }
    return g_array_index(spans, uint16_t, home);
}

static bool contains(const GArray *list, uint16_t number)
{
    for (guint i = 0; i < list->len; i++) {
        if (g_array_index(list, uint16_t, i) == number) {
            return true;
        }
    }
    return false;
}

static void tie_span(lkv_unknowns *system, const GArray *spans, uint16_t span,
                     lkv_tie tie, uint16_t scale)
{
    const GArray *all = system->net->spans;
    g_autoptr(GArray) done = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    g_array_append_val(done, span);
    for (guint i = 0; i < spans->len; i++) {
        uint16_t other = g_array_index(spans, uint16_t, i);
        lkv_span margin = meet(&g_array_index(all, lkv_span, span),
                               &g_array_index(all, lkv_span, other));
        uint16_t home = home_of(system->net, spans, &margin);
        if (!contains(done, home)) {
            tying now = {system,
                         tie,
                         scale,
                         meet(&g_array_index(all, lkv_span, span),
                              &g_array_index(all, lkv_span, home)),
                         home,
                         span};
            tie_leaves(&now, (lkv_condition){0}, 0);
            g_array_append_val(done, home);
        }
    }
}

void lkv_unknowns_tie(lkv_unknowns *system, const GArray *spans, lkv_tie tie,
                      uint16_t scale)
{
    for (guint i = 0; i < spans->len; i++) {
        tie_span(system, spans, g_array_index(spans, uint16_t, i), tie, scale);
    }
}
