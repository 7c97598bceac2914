#include "audit/net.h"

#include <string.h>

/* ---- tables -------------------------------------------------------------- */

static bool span_within(const lkv_span *small, const lkv_span *large)
{
    int at = 0;
    for (int i = 0; i < small->dims; i++) {
        while (at < large->dims && large->dim[at] < small->dim[i]) {
            at++;
        }
        if (at == large->dims || large->dim[at] != small->dim[i]) {
            return false;
        }
    }
    return true;
}

static lkv_span span_of(const lkv_condition *where)
{
    lkv_span span = {.dims = where->terms};
    memcpy(span.dim, where->dim, sizeof span.dim);
    return span;
}

bool lkv_span_has(const lkv_span *span, const lkv_condition *where)
{
    lkv_span own = span_of(where);
    return span_within(&own, span);
}

static int by_dims(gconstpointer a, gconstpointer b)
{
    const lkv_span *x = a;
    const lkv_span *y = b;
    for (int i = 0; i < LKV_CONDITION_TERMS; i++) {
        int left = i < x->dims ? x->dim[i] : -1;
        int right = i < y->dims ? y->dim[i] : -1;
        if (left != right) {
            return left - right;
        }
    }
    return 0;
}

/* Everything a cell speaks of: its conditions and those of its base. */
static lkv_condition all_of(const lkv_evidence_cell *cell)
{
    return lkv_condition_and(&cell->where, &cell->base);
}

static void keep_widest(lkv_net *net, const GArray *all)
{
    for (guint i = 0; i < all->len; i++) {
        const lkv_span *it = &g_array_index(all, lkv_span, i);
        bool widest = i == 0 || by_dims(it - 1, it) != 0;
        for (guint k = 0; widest && k < all->len; k++) {
            const lkv_span *other = &g_array_index(all, lkv_span, k);
            widest = other->dims <= it->dims || !span_within(it, other);
        }
        if (widest) {
            g_array_append_val(net->spans, *it);
        }
    }
}

static void find_spans(lkv_net *net, uint64_t runs)
{
    const GArray *cells = net->evidence->cells;
    g_autoptr(GHashTable) seen =
        g_hash_table_new(lkv_condition_hash, lkv_condition_equal);
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) all = g_array_new(FALSE, TRUE, sizeof(lkv_span));
    for (guint i = 0; i < cells->len; i++) {
        const lkv_evidence_cell *cell =
            &g_array_index(cells, lkv_evidence_cell, i);
        if (cell->population != net->population ||
            cell->says == LKV_SAYS_OTHER || !(runs >> cell->run & 1)) {
            continue;
        }
        g_array_append_val(net->cells, i);
        lkv_condition dims = all_of(cell);
        memset(dims.value, 0, sizeof dims.value);
        if (!g_hash_table_contains(seen, &dims)) {
            lkv_condition *copy = g_memdup2(&dims, sizeof dims);
            lkv_span span = span_of(&dims);
            g_ptr_array_add(kept, copy);
            g_hash_table_add(seen, copy);
            g_array_append_val(all, span);
        }
    }
    g_array_sort(all, by_dims);
    keep_widest(net, all);
}

/* ---- crowds -------------------------------------------------------------- */

/* Adds the groups that WHERE names to those of their dims. */
static void use(GPtrArray *groups, const lkv_evidence *evidence,
                const lkv_condition *where)
{
    for (int i = 0; i < where->terms; i++) {
        GArray *used = g_ptr_array_index(groups, where->dim[i]);
        const GArray *members =
            lkv_evidence_members(evidence, where->dim[i], where->value[i]);
        bool leaf = members->len == 1 &&
                    g_array_index(members, uint16_t, 0) == where->value[i];
        bool known = leaf;
        for (guint k = 0; !known && k < used->len; k++) {
            known = g_array_index(used, uint16_t, k) == where->value[i];
        }
        if (!known) {
            g_array_append_val(used, where->value[i]);
        }
    }
}

static void free_list(gpointer list)
{
    g_array_unref(list);
}

/* Groups in use, by dim. */
static GPtrArray *groups_used(const lkv_net *net)
{
    const lkv_evidence *evidence = net->evidence;
    GPtrArray *groups = g_ptr_array_new_with_free_func(free_list);
    for (guint i = 0; i < evidence->dims->len; i++) {
        g_ptr_array_add(groups, g_array_new(FALSE, FALSE, sizeof(uint16_t)));
    }
    for (guint i = 0; i < net->cells->len; i++) {
        const lkv_evidence_cell *cell =
            &g_array_index(evidence->cells, lkv_evidence_cell,
                           g_array_index(net->cells, uint32_t, i));
        use(groups, evidence, &cell->where);
        use(groups, evidence, &cell->base);
    }
    for (guint i = 0; i < evidence->implications->len; i++) {
        const lkv_follows *it =
            &g_array_index(evidence->implications, lkv_follows, i);
        use(groups, evidence, &it->a);
        use(groups, evidence, &it->b);
    }
    return groups;
}

static void add_crowd(lkv_net *net, const lkv_condition *where, uint16_t span,
                      bool micro)
{
    gpointer found = g_hash_table_lookup(net->find, where);
    uint16_t home = micro ? span : LKV_NO_SPAN;
    if (!found) {
        g_array_append_val(net->crowd, *where);
        g_array_append_val(net->span_of, home);
        lkv_condition *key = g_memdup2(where, sizeof *where);
        g_hash_table_insert(net->find, key, GUINT_TO_POINTER(net->crowd->len));
    }
}

typedef struct walk {
    lkv_net *net;
    const lkv_span *span;
    uint16_t number;
} walk;

/* All crowds of a table that agree with WHERE on its first PLACE dims. */
static void add_crowds(const walk *at, lkv_condition where, int place,
                       bool micro)
{
    if (at->net->crowd->len >= LKV_NET_MOST) {
        return;
    }
    if (place == at->span->dims) {
        add_crowd(at->net, &where, at->number, micro);
        return;
    }
    uint16_t dim = at->span->dim[place];
    add_crowds(at, where, place + 1, false);
    const GArray *leaves = lkv_evidence_dim(at->net->evidence, dim)->leaves;
    for (guint i = 0; i < leaves->len; i++) {
        lkv_condition_set(&where, dim, g_array_index(leaves, uint16_t, i));
        add_crowds(at, where, place + 1, micro);
    }
    const GArray *used = g_ptr_array_index(at->net->groups, dim);
    for (guint i = 0; i < used->len; i++) {
        lkv_condition_set(&where, dim, g_array_index(used, uint16_t, i));
        add_crowds(at, where, place + 1, false);
    }
}

static bool find_crowds(lkv_net *net, lkv_diag *diag)
{
    net->groups = groups_used(net);
    for (guint i = 0; i < net->spans->len; i++) {
        walk at = {net, &g_array_index(net->spans, lkv_span, i), (uint16_t)i};
        add_crowds(&at, (lkv_condition){0}, 0, true);
    }
    if (net->crowd->len < LKV_NET_MOST) {
        return true;
    }
    lkv_diag_add(
        diag, "E-PROOF-SIZE",
        (lkv_place){.file = g_ptr_array_index(net->evidence->populations,
                                              net->population)},
        "figures of this population cross so many groups that they make more "
        "than %d crowds",
        LKV_NET_MOST);
    return false;
}

uint32_t lkv_net_find(const lkv_net *net, const lkv_condition *where)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(net->find, where)) - 1U;
}

/* ---- sums ---------------------------------------------------------------- */

static void add_split(lkv_net *net, uint32_t parent, uint16_t dim,
                      const GArray *values)
{
    lkv_condition where = g_array_index(net->crowd, lkv_condition, parent);
    lkv_split split = {parent, net->child->len, values->len, dim};
    for (guint i = 0; i < values->len; i++) {
        lkv_condition_set(&where, dim, g_array_index(values, uint16_t, i));
        uint32_t child = lkv_net_find(net, &where);
        g_assert(child != LKV_NO_CROWD_HERE);
        g_array_append_val(net->child, child);
    }
    g_array_append_val(net->splits, split);
}

/* A group and the leaves that are not in it. */
static void add_group_split(lkv_net *net, uint32_t parent, uint16_t dim,
                            uint16_t group)
{
    const lkv_evidence *evidence = net->evidence;
    const GArray *leaves = lkv_evidence_dim(evidence, dim)->leaves;
    const GArray *members = lkv_evidence_members(evidence, dim, group);
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    g_array_append_val(values, group);
    for (guint i = 0; i < leaves->len; i++) {
        uint16_t leaf = g_array_index(leaves, uint16_t, i);
        bool inside = false;
        for (guint k = 0; k < members->len; k++) {
            inside = inside || g_array_index(members, uint16_t, k) == leaf;
        }
        if (!inside) {
            g_array_append_val(values, leaf);
        }
    }
    add_split(net, parent, dim, values);
}

/* By DIM, which no term of PARENT names. */
static void add_splits(lkv_net *net, uint32_t parent, uint16_t dim)
{
    const GArray *used = g_ptr_array_index(net->groups, dim);
    add_split(net, parent, dim, lkv_evidence_dim(net->evidence, dim)->leaves);
    for (guint i = 0; i < used->len; i++) {
        add_group_split(net, parent, dim, g_array_index(used, uint16_t, i));
    }
}

/* Dims by which some table takes WHERE apart further; once each. */
static void split_crowd(lkv_net *net, uint32_t parent, bool *done)
{
    const lkv_evidence *evidence = net->evidence;
    lkv_condition where = g_array_index(net->crowd, lkv_condition, parent);
    for (int i = 0; i < where.terms; i++) {
        const GArray *members =
            lkv_evidence_members(evidence, where.dim[i], where.value[i]);
        if (members->len != 1 ||
            g_array_index(members, uint16_t, 0) != where.value[i]) {
            add_split(net, parent, where.dim[i], members);
        }
    }
    memset(done, 0, evidence->dims->len);
    for (guint i = 0; i < net->spans->len; i++) {
        const lkv_span *span = &g_array_index(net->spans, lkv_span, i);
        if (!lkv_span_has(span, &where)) {
            continue;
        }
        for (int k = 0; k < span->dims; k++) {
            uint16_t dim = span->dim[k];
            if (!done[dim] && lkv_condition_find(&where, dim) < 0) {
                add_splits(net, parent, dim);
            }
            done[dim] = true;
        }
    }
}

static void find_splits(lkv_net *net)
{
    g_autofree bool *done = g_new0(bool, net->evidence->dims->len + 1);
    for (guint i = 0; i < net->crowd->len; i++) {
        g_array_append_val(net->splits_of, net->splits->len);
        split_crowd(net, i, done);
    }
    g_array_append_val(net->splits_of, net->splits->len);
}

/* A split of CROWD by a dim of TABLE. */
static const lkv_split *split_in(const lkv_net *net, uint32_t crowd,
                                 const lkv_span *table)
{
    uint32_t end = g_array_index(net->splits_of, uint32_t, crowd + 1);
    for (uint32_t i = g_array_index(net->splits_of, uint32_t, crowd); i < end;
         i++) {
        const lkv_split *split = &g_array_index(net->splits, lkv_split, i);
        for (int k = 0; k < table->dims; k++) {
            if (table->dim[k] == split->dim) {
                return split;
            }
        }
    }
    g_assert_not_reached();
}

void lkv_net_micro(const lkv_net *net, uint32_t crowd, uint16_t span,
                   GArray *out)
{
    if (g_array_index(net->span_of, uint16_t, crowd) == span) {
        g_array_append_val(out, crowd);
        return;
    }
    const lkv_split *split =
        split_in(net, crowd, &g_array_index(net->spans, lkv_span, span));
    for (uint32_t i = 0; i < split->count; i++) {
        lkv_net_micro(net,
                      g_array_index(net->child, uint32_t, split->first + i),
                      span, out);
    }
}

uint16_t lkv_net_home(const lkv_net *net, uint32_t crowd)
{
    const lkv_condition *where =
        &g_array_index(net->crowd, lkv_condition, crowd);
    uint16_t home = 0;
    while (!lkv_span_has(&g_array_index(net->spans, lkv_span, home), where)) {
        home++;
    }
    return home;
}

/* ---- what is printed of shares ------------------------------------------- */

static int by_quota(gconstpointer a, gconstpointer b)
{
    const lkv_quota *x = a;
    const lkv_quota *y = b;
    return x->part != y->part   ? (x->part < y->part ? -1 : 1)
           : x->base != y->base ? (x->base < y->base ? -1 : 1)
           : x->low != y->low   ? (x->low < y->low ? -1 : 1)
           : x->high != y->high ? (x->high < y->high ? -1 : 1)
                                : (x->via < y->via ? -1 : x->via > y->via);
}

static void find_quotas(lkv_net *net)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(lkv_quota));
    const int64_t whole = INT64_C(100) * LKV_MILLION;
    for (guint i = 0; i < net->cells->len; i++) {
        uint32_t number = g_array_index(net->cells, uint32_t, i);
        const lkv_evidence_cell *cell =
            &g_array_index(net->evidence->cells, lkv_evidence_cell, number);
        if (cell->says != LKV_SAYS_PCT || cell->is != LKV_CELL_PUBLISHED) {
            continue;
        }
        lkv_condition part = all_of(cell);
        lkv_quota quota = {.base = lkv_net_find(net, &cell->base),
                           .part = lkv_net_find(net, &part),
                           .via = number,
                           .low = MAX(cell->low, 0),
                           .high = MIN(cell->high, whole),
                           .unit = whole};
        g_array_append_val(all, quota);
    }
    g_array_sort(all, by_quota);
    for (guint i = 0; i < all->len; i++) {
        const lkv_quota *it = &g_array_index(all, lkv_quota, i);
        if (i == 0 || it->part != it[-1].part || it->base != it[-1].base ||
            it->low != it[-1].low || it->high != it[-1].high) {
            g_array_append_val(net->quotas, *it);
        }
    }
}

/* ---- the whole ----------------------------------------------------------- */

lkv_net *lkv_net_new(const lkv_evidence *evidence, uint16_t population,
                     uint64_t runs, lkv_diag *diag)
{
    g_autoptr(lkv_net) net = g_new0(lkv_net, 1);
    net->evidence = evidence;
    net->population = population;
    net->cells = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    net->spans = g_array_new(FALSE, TRUE, sizeof(lkv_span));
    net->crowd = g_array_new(FALSE, TRUE, sizeof(lkv_condition));
    net->span_of = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    net->find = g_hash_table_new_full(lkv_condition_hash, lkv_condition_equal,
                                      g_free, NULL);
    net->splits = g_array_new(FALSE, FALSE, sizeof(lkv_split));
    net->child = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    net->splits_of = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    net->withins = g_array_new(FALSE, FALSE, sizeof(lkv_within));
    net->none = g_array_new(FALSE, FALSE, sizeof(lkv_within));
    net->quotas = g_array_new(FALSE, FALSE, sizeof(lkv_quota));
    find_spans(net, runs);
    if (!find_crowds(net, diag)) {
        return NULL;
    }
    find_splits(net);
    find_quotas(net);
    lkv_net_imply(net);
    return g_steal_pointer(&net);
}

void lkv_net_free(lkv_net *net)
{
    if (net) {
        g_array_unref(net->cells);
        g_array_unref(net->spans);
        g_clear_pointer(&net->groups, g_ptr_array_unref);
        g_array_unref(net->crowd);
        g_array_unref(net->span_of);
        g_hash_table_unref(net->find);
        g_array_unref(net->splits);
        g_array_unref(net->child);
        g_array_unref(net->splits_of);
        g_array_unref(net->withins);
        g_array_unref(net->none);
        g_array_unref(net->quotas);
        g_free(net);
    }
}
