#include "disclose/bounds.h"

#include <string.h>

#include "disclose/loosen.h"

/* A sum of so many members is long. */
enum { LONG = 10 };

lkv_lists lkv_known_ratios_of(const lkv_known *known,
                              const lkv_lattice *lattice)
{
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t i = 0; i < known->ratios->len; i++) {
        const lkv_ratio *ratio = &g_array_index(known->ratios, lkv_ratio, i);
        uint32_t both[] = {ratio->base, i, ratio->part, i};
        g_array_append_vals(pairs, both, G_N_ELEMENTS(both));
    }
    return lkv_lists_by_key(pairs, lattice->size);
}

/* Sums to look at again, each at most once in a queue. */
typedef struct queue {
    uint32_t *row; /* a ring of SLOTS */
    size_t slots, first, waiting;
} queue;

enum { NO_TIE = UINT32_MAX };

/* A ratio as one of its two nodes has it: the ties of a node are a chain, the
 * youngest first, so the last ratio is taken out again as easily.
 */
typedef struct tie {
    uint32_t node;
    uint32_t next;
} tie;

/* Long sums, those over schools, wait until no short one does: they move with
 * each of their members and are seldom moved by them. Ratios wait for both.
 */
struct lkv_bounds {
    const lkv_lattice *lattice;
    const lkv_known *known;
    lkv_interval *interval; /* of each node */
    queue soon, late;
    bool *queued; /* of each sum */
    uint32_t *tied; /* of each node: the first of its ties, or NO_TIE */
    GArray *ties; /* tie: two of each ratio */
    GArray *ratios; /* uint32_t: those to look at again, at most once each */
    GArray *ratio_queued; /* bool: of each ratio */
    bool sound;
    GArray *trail; /* lkv_change, or NULL */
    lkv_known drawn_from; /* what was known when all was drawn... */
    bool drawn; /* ...and nothing but that is */
    lkv_traces traces; /* of that */
};

lkv_bounds *lkv_bounds_new(const lkv_lattice *lattice, const lkv_known *known)
{
    lkv_bounds *bounds = g_new0(lkv_bounds, 1);
    size_t slots = lkv_lists_count(&lattice->sums) + 1;
    bounds->lattice = lattice;
    bounds->known = known;
    bounds->interval = g_new0(lkv_interval, lattice->size + 1);
    bounds->soon = (queue){.row = g_new(uint32_t, slots), .slots = slots};
    bounds->late = (queue){.row = g_new(uint32_t, slots), .slots = slots};
    bounds->queued = g_new0(bool, slots);
    bounds->tied = g_new(uint32_t, lattice->size + 1);
    for (size_t node = 0; node < lattice->size; node++) {
        bounds->tied[node] = NO_TIE;
    }
    bounds->ties = g_array_new(FALSE, FALSE, sizeof(tie));
    bounds->ratios = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    bounds->ratio_queued = g_array_new(FALSE, FALSE, sizeof(bool));
    bounds->drawn_from =
        (lkv_known){g_new(lkv_interval, lattice->size + 1),
                    g_array_new(FALSE, FALSE, sizeof(lkv_ratio))};
    bounds->traces = (lkv_traces){g_new(uint8_t, lattice->sums.at->len + 1U),
                                  g_new(uint8_t, lattice->below->len + 1U)};
    return bounds;
}

void lkv_bounds_free(lkv_bounds *bounds)
{
    if (bounds) {
        g_free(bounds->interval);
        g_free(bounds->soon.row);
        g_free(bounds->late.row);
        g_free(bounds->queued);
        g_free(bounds->tied);
        g_array_unref(bounds->ties);
        g_array_unref(bounds->ratios);
        g_array_unref(bounds->ratio_queued);
        g_free(bounds->traces.sum);
        g_free(bounds->traces.pair);
        g_free(bounds->drawn_from.given);
        g_array_unref(bounds->drawn_from.ratios);
        g_free(bounds);
    }
}

const lkv_interval *lkv_bounds_drawn(const lkv_bounds *bounds)
{
    return bounds->interval;
}

/* ---- ratios by node ------------------------------------------------------ */

static void queue_ratio(lkv_bounds *bounds, uint32_t ratio)
{
    bool *queued = &g_array_index(bounds->ratio_queued, bool, ratio);
    if (!*queued) {
        *queued = true;
        g_array_append_val(bounds->ratios, ratio);
    }
}

static void add_tie(lkv_bounds *bounds, uint32_t node)
{
    tie added = {node, bounds->tied[node]};
    bounds->tied[node] = bounds->ties->len;
    g_array_append_val(bounds->ties, added);
}

/* Takes in the ratios that are known since the last time, and queues them. */
static void take_in_ratios(lkv_bounds *bounds)
{
    const GArray *known = bounds->known->ratios;
    bool waits = false;
    for (uint32_t i = bounds->ratio_queued->len; i < known->len; i++) {
        const lkv_ratio *ratio = &g_array_index(known, lkv_ratio, i);
        add_tie(bounds, ratio->base);
        add_tie(bounds, ratio->part);
        g_array_append_val(bounds->ratio_queued, waits);
        queue_ratio(bounds, i);
    }
}

/* Forgets all ratios but the first LEFT. */
static void forget_ratios(lkv_bounds *bounds, guint left)
{
    for (guint i = bounds->ties->len; i > 2 * left; i--) {
        tie last = g_array_index(bounds->ties, tie, i - 1);
        bounds->tied[last.node] = last.next;
    }
    g_array_set_size(bounds->ties, 2 * left);
    g_array_set_size(bounds->ratio_queued, left);
}

/* ---- drawing tight ------------------------------------------------------- */

static void push(queue *waiting, uint32_t row)
{
    size_t last = waiting->first + waiting->waiting++;
    waiting->row[last < waiting->slots ? last : last - waiting->slots] = row;
}

static uint32_t pop(queue *waiting)
{
    uint32_t row = waiting->row[waiting->first++];
    waiting->first = waiting->first < waiting->slots ? waiting->first : 0;
    waiting->waiting--;
    return row;
}

static void touch(lkv_bounds *bounds, uint32_t node)
{
    const lkv_lattice *lattice = bounds->lattice;
    size_t length;
    const uint32_t *row = lkv_lists_at(&lattice->sums_of, node, &length);
    for (size_t i = 0; i < length; i++) {
        if (!bounds->queued[row[i]]) {
            size_t members;
            lkv_lists_at(&lattice->sums, row[i], &members);
            bounds->queued[row[i]] = true;
            push(members < LONG ? &bounds->soon : &bounds->late, row[i]);
        }
    }
    for (uint32_t at = bounds->tied[node]; at != NO_TIE;
         at = g_array_index(bounds->ties, tie, at).next) {
        queue_ratio(bounds, at / 2);
    }
}

static uint8_t narrow(lkv_bounds *bounds, uint32_t node, int64_t low,
                      int64_t high);

/* What implication PAIR says. */
static void draw_pair(lkv_bounds *bounds, uint32_t pair)
{
    lkv_below below = g_array_index(bounds->lattice->below, lkv_below, pair);
    uint8_t *trace = &bounds->traces.pair[pair];
    *trace |= narrow(bounds, below.large, bounds->interval[below.small].low,
                     LKV_UNBOUNDED);
    *trace |=
        narrow(bounds, below.small, 0, bounds->interval[below.large].high);
}

/* What implications say of NODE, and of others once it has moved. */
static void draw_pairs(lkv_bounds *bounds, uint32_t node)
{
    size_t length;
    const uint32_t *pairs =
        lkv_lists_at(&bounds->lattice->below_of, node, &length);
    for (size_t i = 0; i < length; i++) {
        draw_pair(bounds, pairs[i]);
    }
}

/* The ends of NODE that this moves (as loosen.h has them). */
static uint8_t narrow(lkv_bounds *bounds, uint32_t node, int64_t low,
                      int64_t high)
{
    lkv_interval *interval = &bounds->interval[node];
    uint8_t moved = (uint8_t)((low > interval->low ? LKV_END_LOW : 0) |
                              (high < interval->high ? LKV_END_HIGH : 0));
    if (moved == 0) {
        return moved;
    }
    if (bounds->trail) {
        lkv_change change = {node, *interval};
        g_array_append_val(bounds->trail, change);
    }
    interval->low = MAX(interval->low, low);
    interval->high = MIN(interval->high, high);
    if (interval->low > interval->high) {
        bounds->sound = false;
        return moved;
    }
    touch(bounds, node);
    draw_pairs(bounds, node);
    return moved;
}

/* What the parts of sum ROW add up to; how far the WIDEST of them may vary. */
static lkv_interval parts_of(const lkv_bounds *bounds, size_t row,
                             int64_t *widest)
{
    size_t length;
    const uint32_t *node = lkv_lists_at(&bounds->lattice->sums, row, &length);
    lkv_interval parts = {0, 0};
    *widest = 0;
    for (size_t i = 1; i < length; i++) {
        lkv_interval part = bounds->interval[node[i]];
        parts.low += part.low;
        parts.high += part.high;
        *widest = MAX(*widest, part.high - part.low);
    }
    return parts;
}

/* What the WHOLE and all PARTS of a sum say of the part OWN. */
static lkv_interval left_for(lkv_interval whole, lkv_interval parts,
                             lkv_interval own)
{
    return (lkv_interval){whole.low - (parts.high - own.high),
                          whole.high - (parts.low - own.low)};
}

static void draw_sum(lkv_bounds *bounds, uint32_t row)
{
    size_t length;
    const uint32_t *node = lkv_lists_at(&bounds->lattice->sums, row, &length);
    const lkv_interval *interval = bounds->interval;
    int64_t widest;
    lkv_interval parts = parts_of(bounds, row, &widest);
    uint8_t *trace = bounds->traces.sum +
                     g_array_index(bounds->lattice->sums.start, uint32_t, row);
    trace[0] |= narrow(bounds, node[0], parts.low, parts.high);
    lkv_interval whole = interval[node[0]];
    /* A part is cut only where it varies by more than the others leave. */
    if (widest <= parts.high - whole.low && widest <= whole.high - parts.low) {
        return;
    }
    for (size_t i = 1; bounds->sound && i < length; i++) {
        lkv_interval own = interval[node[i]];
        lkv_interval left = left_for(whole, parts, own);
        if (left.low > own.low || left.high < own.high) {
            trace[i] |= narrow(bounds, node[i], left.low, left.high);
            parts.low += interval[node[i]].low - own.low;
            parts.high += interval[node[i]].high - own.high;
        }
    }
}

/* Quotient rounded down and up; of numbers that are not negative. */
static int64_t down(int64_t above, int64_t below)
{
    return above / below;
}

static int64_t up(int64_t above, int64_t below)
{
    return (above + below - 1) / below;
}

static void draw_ratio(lkv_bounds *bounds, const lkv_ratio *ratio)
{
    const lkv_interval *interval = bounds->interval;
    lkv_interval base = interval[ratio->base];
    narrow(bounds, ratio->part,
           MAX(up(ratio->low * base.low, ratio->unit),
               base.low - ratio->rest_most),
           MIN(down(ratio->high * base.high, ratio->unit), ratio->part_most));
    lkv_interval part = interval[ratio->part];
    int64_t least =
        ratio->high > 0 ? up(ratio->unit * part.low, ratio->high) : 0;
    int64_t most = ratio->low > 0 ? down(ratio->unit * part.high, ratio->low)
                                  : LKV_UNBOUNDED;
    narrow(bounds, ratio->base, MAX(least, part.low),
           MIN(most, part.high + ratio->rest_most));
}

static void draw_sums(lkv_bounds *bounds)
{
    while (bounds->soon.waiting + bounds->late.waiting > 0) {
        uint32_t row =
            pop(bounds->soon.waiting > 0 ? &bounds->soon : &bounds->late);
        bounds->queued[row] = false;
        if (bounds->sound) {
            draw_sum(bounds, row);
        }
    }
}

/* Draws the ratios that wait, not those that they make wait. */
static void draw_ratios(lkv_bounds *bounds)
{
    guint waiting = bounds->ratios->len;
    for (guint i = 0; i < waiting; i++) {
        uint32_t at = g_array_index(bounds->ratios, uint32_t, i);
        g_array_index(bounds->ratio_queued, bool, at) = false;
        if (bounds->sound) {
            draw_ratio(bounds,
                       &g_array_index(bounds->known->ratios, lkv_ratio, at));
        }
    }
    g_array_remove_range(bounds->ratios, 0, waiting);
}

/* Until neither sums nor ratios move anything; whether nothing contradicts
 * itself.
 */
static bool settle(lkv_bounds *bounds)
{
    draw_sums(bounds);
    while (bounds->ratios->len > 0) {
        draw_ratios(bounds);
        draw_sums(bounds);
    }
    return bounds->sound;
}

/* Draws everything from what is given alone. */
static bool draw_all(lkv_bounds *bounds)
{
    const lkv_lattice *lattice = bounds->lattice;
    size_t rows = lkv_lists_count(&lattice->sums);
    memcpy(bounds->interval, bounds->known->given,
           lattice->size * sizeof *bounds->interval);
    memset(bounds->traces.sum, 0, lattice->sums.at->len);
    memset(bounds->traces.pair, 0, lattice->below->len);
    for (uint32_t row = 0; bounds->sound && row < rows; row++) {
        draw_sum(bounds, row);
    }
    for (uint32_t pair = 0; bounds->sound && pair < lattice->below->len;
         pair++) {
        draw_pair(bounds, pair);
    }
    return settle(bounds);
}

/* Draws what is known otherwise than when all was drawn. */
static bool draw_changes(lkv_bounds *bounds)
{
    g_autoptr(GArray) nodes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    lkv_loosen(bounds->lattice, &bounds->drawn_from, bounds->known,
               bounds->traces, bounds->interval, nodes);
    for (guint i = 0; i < nodes->len; i++) {
        uint32_t node = g_array_index(nodes, uint32_t, i);
        lkv_interval given = bounds->known->given[node];
        narrow(bounds, node, given.low, given.high);
        touch(bounds, node);
        draw_pairs(bounds, node);
    }
    return settle(bounds);
}

static void keep_known(lkv_bounds *bounds)
{
    memcpy(bounds->drawn_from.given, bounds->known->given,
           bounds->lattice->size * sizeof *bounds->interval);
    g_array_set_size(bounds->drawn_from.ratios, 0);
    g_array_append_vals(bounds->drawn_from.ratios, bounds->known->ratios->data,
                        bounds->known->ratios->len);
}

bool lkv_bounds_draw(lkv_bounds *bounds)
{
    bounds->sound = true;
    forget_ratios(bounds, 0);
    take_in_ratios(bounds);
    bool sound = bounds->drawn ? draw_changes(bounds) : draw_all(bounds);
    keep_known(bounds);
    bounds->drawn = sound;
    return sound;
}

bool lkv_bounds_tighten(lkv_bounds *bounds, const GArray *nodes, GArray *trail)
{
    bounds->sound = true;
    bounds->drawn = false;
    bounds->trail = trail;
    take_in_ratios(bounds);
    for (guint i = 0; i < nodes->len; i++) {
        uint32_t node = g_array_index(nodes, uint32_t, i);
        lkv_interval given = bounds->known->given[node];
        narrow(bounds, node, given.low, given.high);
    }
    bool sound = settle(bounds);
    bounds->trail = NULL;
    return sound;
}

void lkv_bounds_undo(lkv_bounds *bounds, GArray *trail, guint ratios)
{
    forget_ratios(bounds, ratios);
    for (guint i = trail->len; i > 0; i--) {
        const lkv_change *change = &g_array_index(trail, lkv_change, i - 1);
        bounds->interval[change->node] = change->before;
    }
    g_array_set_size(trail, 0);
}

lkv_interval lkv_bounds_by_sum(const lkv_bounds *bounds, size_t row, size_t at)
{
    size_t length;
    const uint32_t *node = lkv_lists_at(&bounds->lattice->sums, row, &length);
    int64_t widest;
    lkv_interval parts = parts_of(bounds, row, &widest);
    return at == 0 ? parts
                   : left_for(bounds->interval[node[0]], parts,
                              bounds->interval[node[at]]);
}
