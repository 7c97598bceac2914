#include "audit/aims.h"

#include <math.h>
#include <string.h>

/* What is printed of the number of a crowd. */
enum {
    SHOWN = 1, /* as a count */
    RANGED = 2, /* as a range, count or share */
    UNMASKED = 4, /* in a range that is narrow itself */
    OTHERS = 8, /* it is what a range leaves over */
    AIMED = 16 /* sought already */
};

typedef struct finding_aims {
    lkv_attacking *attack;
    uint8_t *printed; /* of each crowd: as above */
    GHashTable *seen; /* aims other than counts, as text */
    GHashTable
        *bases; /* crowd to 1 + its number: what is worked out of bases */
} finding_aims;

static const lkv_evidence_cell *cell_at(const finding_aims *now, guint place,
                                        uint32_t *number)
{
    const lkv_net *net = now->attack->net;
    *number = g_array_index(net->cells, uint32_t, place);
    return &g_array_index(net->evidence->cells, lkv_evidence_cell, *number);
}

static uint32_t part_of(const lkv_net *net, const lkv_evidence_cell *cell)
{
    lkv_condition part = lkv_condition_and(&cell->where, &cell->base);
    return lkv_net_find(net, &part);
}

/* Adds AIM unless the same has been. */
static void add_aim(finding_aims *now, lkv_aim aim)
{
    char *text = g_strdup_printf("%d %u %u %" G_GINT64_FORMAT " %g", aim.kind,
                                 aim.crowd, aim.base, aim.of, aim.width);
    if (g_hash_table_add(now->seen, text)) {
        g_array_append_val(now->attack->aims, aim);
    }
}

static void seek_count(finding_aims *now, uint32_t crowd, uint32_t cell)
{
    uint8_t *printed = &now->printed[crowd];
    bool masked = (*printed & RANGED) && !(*printed & UNMASKED);
    if (!(*printed & (SHOWN | AIMED)) && !masked) {
        *printed |= AIMED;
        lkv_aim aim = {.kind = LKV_AIM_COUNT,
                       .crowd = crowd,
                       .base = crowd,
                       .cell = cell,
                       .of = -1,
                       .width = now->attack->rules->min_width};
        g_array_append_val(now->attack->aims, aim);
    }
}

/* ---- bases of ranges ----------------------------------------------------- */

static bool is_point(void *context, double low, double high)
{
    (void)context;
    return floor(high + 1e-5) <= ceil(low - 1e-5);
}

/* The number of CROWD if a reader can work it out, else -1. */
static int64_t number_of(finding_aims *now, uint32_t crowd)
{
    lkv_ends ends = lkv_tight_of(now->attack->tight, crowd);
    if (ends.low == ends.high) {
        return ends.low;
    }
    gpointer known =
        g_hash_table_lookup(now->bases, GUINT_TO_POINTER(crowd + 1));
    return known ? (int64_t)GPOINTER_TO_SIZE(known) - 1 : -1;
}

static uint32_t base_of(const lkv_net *net, const lkv_evidence_cell *cell)
{
    bool has = cell->range && (cell->says == LKV_SAYS_PCT || cell->based);
    return has ? lkv_net_find(net, &cell->base) : LKV_NO_CROWD_HERE;
}

/* Works out bases that bounds leave open. */
static void find_bases(finding_aims *now)
{
    lkv_attacking *attack = now->attack;
    g_autoptr(GArray) targets = g_array_new(FALSE, FALSE, sizeof(lkv_sought));
    g_autoptr(GArray) crowds = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_array_set_clear_func(targets, lkv_sought_clear);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < attack->net->cells->len; i++) {
        uint32_t number;
        uint32_t base = base_of(attack->net, cell_at(now, i, &number));
        if (base == LKV_NO_CROWD_HERE || number_of(now, base) >= 0 ||
            !g_hash_table_add(seen, GUINT_TO_POINTER(base + 1))) {
            continue;
        }
        lkv_sought target =
            lkv_sought_count(lkv_unknowns_count(attack->system, base), 1);
        g_array_append_val(targets, target);
        g_array_append_val(crowds, base);
    }
    lkv_reach_push(attack->reach, targets);
    for (guint i = 0; i < targets->len; i++) {
        lkv_sought *target = &g_array_index(targets, lkv_sought, i);
        lkv_recipe way = lkv_recipe_new();
        double low;
        double high;
        if (!lkv_sought_apart(target) &&
            lkv_reach_ask(attack->reach, target, is_point, NULL, &low, &high,
                          &way) != LKV_ASKED_GIVEN_UP &&
            is_point(NULL, low, high)) {
            g_hash_table_insert(
                now->bases,
                GUINT_TO_POINTER(g_array_index(crowds, uint32_t, i) + 1),
                GSIZE_TO_POINTER((gsize)ceil(low - 1e-5) + 1));
        }
        lkv_recipe_clear(&way);
    }
}

/* ---- ranges -------------------------------------------------------------- */

/* A printed range as pupils: of OF, or -1. */
typedef struct pupils {
    int64_t low, high, of;
} pupils;

static pupils pupils_of(const lkv_evidence_cell *cell, int64_t of)
{
    pupils range = {cell->low, cell->high, of};
    if (cell->says == LKV_SAYS_PCT) {
        const int64_t whole = INT64_C(100) * LKV_MILLION;
        int64_t low = MAX(cell->low, 0) * of;
        range.low = low / whole + (low % whole > 0);
        range.high = cell->high * of / whole;
    }
    range.high = of >= 0 ? MIN(range.high, of) : range.high;
    return range;
}

/* Whether the range as printed hides a small number, on either side: it is
 * wide, or lets all small numbers stand.
 */
static bool hides(const lkv_audit_rules *rules, pupils range)
{
    int64_t least = rules->threshold;
    if (range.high - range.low >= rules->min_width) {
        return true;
    }
    int64_t top = range.of < 0 ? least - 1 : MIN(least - 1, range.of);
    bool all = range.low <= 1 && range.high >= top;
    bool large = range.low >= least;
    if (range.of >= 0) {
        int64_t low = range.of - range.high;
        int64_t high = range.of - range.low;
        all = all || (low <= 1 && high >= top);
        large = large && low >= least;
    }
    return all || large;
}

/* Who is in the base of CELL and not in its crowd is not sought for itself: the
 * range is, from both sides.
 */
static void mark_others(finding_aims *now, const lkv_evidence_cell *cell)
{
    const lkv_evidence *evidence = now->attack->evidence;
    int term = -1;
    for (int i = 0; i < cell->where.terms; i++) {
        if (lkv_condition_find(&cell->base, cell->where.dim[i]) < 0 ||
            cell->says == LKV_SAYS_PCT) {
            if (term >= 0) {
                return;
            }
            term = i;
        }
    }
    if (term < 0 ||
        lkv_condition_find(&cell->base, cell->where.dim[term]) >= 0) {
        return;
    }
    uint16_t dim = cell->where.dim[term];
    const lkv_dim *it = lkv_evidence_dim(evidence, dim);
    const GArray *own =
        lkv_evidence_members(evidence, dim, cell->where.value[term]);
    for (guint i = 0; i < it->value->len; i++) {
        const GArray *other = g_ptr_array_index(it->members, i);
        bool apart = other->len + own->len == it->leaves->len;
        for (guint a = 0; apart && a < other->len; a++) {
            for (guint b = 0; apart && b < own->len; b++) {
                apart = g_array_index(other, uint16_t, a) !=
                        g_array_index(own, uint16_t, b);
            }
        }
        lkv_condition where = cell->base;
        lkv_condition_set(&where, dim, (uint16_t)i);
        uint32_t crowd =
            apart ? lkv_net_find(now->attack->net, &where) : LKV_NO_CROWD_HERE;
        if (crowd != LKV_NO_CROWD_HERE) {
            now->printed[crowd] |= OTHERS;
        }
    }
}

static void note(finding_aims *now, const lkv_evidence_cell *cell,
                 lkv_grave grave, const char *kind, const char *why)
{
    lkv_attacking *attack = now->attack;
    GString *what = g_string_new(NULL);
    lkv_evidence_name(attack->evidence, cell, what);
    g_string_append(what, ", printed as ");
    lkv_evidence_value(cell, what);
    lkv_findings_add(attack->findings,
                     (lkv_finding){grave, kind, attack->population,
                                   g_string_free(what, FALSE), g_strdup(why),
                                   g_strdup(""), NAN, NAN});
}

static void seek_span(finding_aims *now, uint32_t number,
                      const lkv_evidence_cell *cell)
{
    const lkv_audit_rules *rules = now->attack->rules;
    double printed = (double)(MIN(cell->high, INT64_C(100) * LKV_MILLION) -
                              MAX(cell->low, 0)) /
                     LKV_MILLION;
    double width =
        fmin(rules->pct_width, printed - 0.5 * pow(10, -cell->decimals));
    if (width > 0) {
        add_aim(now,
                (lkv_aim){.kind = LKV_AIM_SPAN,
                          .crowd = part_of(now->attack->net, cell),
                          .base = lkv_net_find(now->attack->net, &cell->base),
                          .cell = number,
                          .of = -1,
                          .width = width / 100});
    }
}

static void seek_range(finding_aims *now, uint32_t number,
                       const lkv_evidence_cell *cell)
{
    lkv_attacking *attack = now->attack;
    uint32_t base = base_of(attack->net, cell);
    int64_t of = base == LKV_NO_CROWD_HERE ? -1 : number_of(now, base);
    if (cell->says == LKV_SAYS_PCT && of < 0) {
        seek_span(now, number, cell);
        return;
    }
    pupils range = pupils_of(cell, of);
    if (range.low > range.high) {
        note(now, cell, LKV_FOUND_LEAK, "contradiction",
             "no whole number of pupils lies in it");
        return;
    }
    uint32_t crowd = part_of(attack->net, cell);
    bool masked = hides(attack->rules, range);
    now->printed[crowd] |= masked ? RANGED : RANGED | UNMASKED;
    if (!masked) {
        note(now, cell, LKV_FOUND_NOTE, "narrow_range",
             "the range itself is narrow");
    }
    if (masked && of >= 0) {
        mark_others(now, cell);
    }
    if (range.high > range.low) {
        add_aim(now, (lkv_aim){.kind = LKV_AIM_RANGE,
                               .crowd = crowd,
                               .base = crowd,
                               .cell = number,
                               .of = of,
                               .width = fmin((double)(range.high - range.low),
                                             attack->rules->min_width)});
    }
}

/* ---- what is hidden ------------------------------------------------------ */

/* Shares and means that are printed somewhere. */
static char *ratio_key(const lkv_net *net, const lkv_evidence_cell *cell)
{
    return g_strdup_printf("%d %u %u %u", cell->says, cell->scale,
                           part_of(net, cell), lkv_net_find(net, &cell->base));
}

static void seek_hidden(finding_aims *now, uint32_t number,
                        const lkv_evidence_cell *cell, GHashTable *printed)
{
    lkv_attacking *attack = now->attack;
    const lkv_net *net = attack->net;
    const lkv_audit_rules *rules = attack->rules;
    uint32_t crowd = part_of(net, cell);
    if (cell->says == LKV_SAYS_COUNT || cell->says == LKV_SAYS_SUM) {
        seek_count(now, crowd, number);
        return;
    }
    g_autofree char *key = ratio_key(net, cell);
    if (g_hash_table_contains(printed, key)) {
        return;
    }
    const lkv_scale_row *scale =
        cell->says == LKV_SAYS_MEAN ? &g_array_index(attack->evidence->scales,
                                                     lkv_scale_row, cell->scale)
                                    : NULL;
    add_aim(now, (lkv_aim){
                     .kind = scale ? LKV_AIM_MEAN : LKV_AIM_SHARE,
                     .crowd = crowd,
                     .base = scale ? crowd : lkv_net_find(net, &cell->base),
                     .cell = number,
                     .of = -1,
                     .width = scale ? rules->mean_width *
                                          (double)(scale->most - scale->least) /
                                          LKV_MILLION
                                    : rules->pct_width / 100});
}

/* Every combination of leaves where others like it are counted: what is simply
 * left out is hidden.
 */
static void seek_left_out(finding_aims *now, const lkv_span *span,
                          lkv_condition where, int place)
{
    const lkv_net *net = now->attack->net;
    if (place == span->dims) {
        uint32_t crowd = lkv_net_find(net, &where);
        if (!(now->printed[crowd] & OTHERS)) {
            seek_count(now, crowd, UINT32_MAX);
        }
        return;
    }
    uint16_t dim = span->dim[place];
    const GArray *leaves = lkv_evidence_dim(net->evidence, dim)->leaves;
    for (guint i = 0; i < leaves->len; i++) {
        lkv_condition_set(&where, dim, g_array_index(leaves, uint16_t, i));
        seek_left_out(now, span, where, place + 1);
    }
}

static void seek_all_left_out(finding_aims *now)
{
    const lkv_net *net = now->attack->net;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(
        lkv_condition_hash, lkv_condition_equal, g_free, NULL);
    for (guint i = 0; i < net->cells->len; i++) {
        uint32_t number;
        const lkv_evidence_cell *cell = cell_at(now, i, &number);
        lkv_condition *dims = g_memdup2(&cell->where, sizeof cell->where);
        memset(dims->value, 0, sizeof dims->value);
        lkv_span span = {.dims = dims->terms};
        memcpy(span.dim, dims->dim, sizeof span.dim);
        if (cell->says != LKV_SAYS_COUNT) {
            g_free(dims);
        } else if (g_hash_table_add(seen, dims)) {
            seek_left_out(now, &span, (lkv_condition){0}, 0);
        }
    }
}

/* A share or a mean is about pupils who are to be counted nowhere. */
static void seek_counts_behind(finding_aims *now, const lkv_evidence_cell *cell)
{
    const lkv_net *net = now->attack->net;
    if (cell->says == LKV_SAYS_PCT) {
        seek_count(now, part_of(net, cell), UINT32_MAX);
        seek_count(now, lkv_net_find(net, &cell->base), UINT32_MAX);
    } else if (cell->says == LKV_SAYS_MEAN) {
        seek_count(now, part_of(net, cell), UINT32_MAX);
    }
}

static void read_printed(finding_aims *now, GHashTable *ratios)
{
    const lkv_net *net = now->attack->net;
    for (guint i = 0; i < net->cells->len; i++) {
        uint32_t number;
        const lkv_evidence_cell *cell = cell_at(now, i, &number);
        if (cell->is != LKV_CELL_PUBLISHED) {
            continue;
        }
        if (cell->says == LKV_SAYS_COUNT) {
            now->printed[part_of(net, cell)] |= SHOWN;
        } else {
            g_hash_table_add(ratios, ratio_key(net, cell));
        }
    }
}

void lkv_aims_find(lkv_attacking *attack)
{
    const lkv_net *net = attack->net;
    g_autofree uint8_t *printed = g_new0(uint8_t, net->crowd->len + 1);
    g_autoptr(GHashTable) seen =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) ratios =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) bases = g_hash_table_new(NULL, NULL);
    finding_aims now = {attack, printed, seen, bases};
    find_bases(&now);
    read_printed(&now, ratios);
    uint32_t number;
    for (guint i = 0; i < net->cells->len; i++) {
        const lkv_evidence_cell *cell = cell_at(&now, i, &number);
        if (cell->range && cell->is == LKV_CELL_PUBLISHED) {
            seek_range(&now, number, cell);
        }
    }
    for (guint i = 0; i < net->cells->len; i++) {
        const lkv_evidence_cell *cell = cell_at(&now, i, &number);
        if (cell->is == LKV_CELL_HIDDEN) {
            seek_hidden(&now, number, cell, ratios);
        }
        seek_counts_behind(&now, cell);
    }
    seek_all_left_out(&now);
}
