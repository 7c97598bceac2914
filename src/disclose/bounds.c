#include "disclose/bounds.h"

#include <string.h>

/* A sum of so many members is long. */
enum { LONG = 10 };

/* Sums to look at again, each at most once in a queue. */
typedef struct queue {
    uint32_t *row; /* a ring of SLOTS */
    size_t slots, first, waiting;
} queue;

/* Long sums, those over schools, wait until no short one does: they move with
 * each of their members and are seldom moved by them.
 */
struct lkv_bounds {
    const lkv_lattice *lattice;
    const lkv_known *known;
    lkv_interval *interval; /* of each node */
    queue soon, late;
    bool *queued; /* of each sum */
    bool sound;
    GArray *trail; /* lkv_change, or NULL */
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
    return bounds;
}

void lkv_bounds_free(lkv_bounds *bounds)
{
    if (bounds) {
        g_free(bounds->interval);
        g_free(bounds->soon.row);
        g_free(bounds->late.row);
        g_free(bounds->queued);
        g_free(bounds);
    }
}

const lkv_interval *lkv_bounds_drawn(const lkv_bounds *bounds)
{
    return bounds->interval;
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
}

static void narrow(lkv_bounds *bounds, uint32_t node, int64_t low,
                   int64_t high);

/* What implications say once NODE has moved. */
static void pass_on(lkv_bounds *bounds, uint32_t node)
{
    size_t length;
    const uint32_t *pairs =
        lkv_lists_at(&bounds->lattice->below_of, node, &length);
    for (size_t i = 0; i < length; i++) {
        lkv_below below =
            g_array_index(bounds->lattice->below, lkv_below, pairs[i]);
        const lkv_interval *interval = bounds->interval;
        if (node == below.small) {
            narrow(bounds, below.large, interval[node].low, LKV_UNBOUNDED);
        } else {
            narrow(bounds, below.small, 0, interval[node].high);
        }
    }
}

static void narrow(lkv_bounds *bounds, uint32_t node, int64_t low, int64_t high)
{
    lkv_interval *interval = &bounds->interval[node];
    if (low <= interval->low && high >= interval->high) {
        return;
    }
    if (bounds->trail) {
        lkv_change change = {node, *interval};
        g_array_append_val(bounds->trail, change);
    }
    interval->low = MAX(interval->low, low);
    interval->high = MIN(interval->high, high);
    if (interval->low > interval->high) {
        bounds->sound = false;
        return;
    }
    touch(bounds, node);
    pass_on(bounds, node);
}

/* What the parts of sum ROW add up to. */
static lkv_interval parts_of(const lkv_bounds *bounds, size_t row)
{
    size_t length;
    const uint32_t *node = lkv_lists_at(&bounds->lattice->sums, row, &length);
    lkv_interval parts = {0, 0};
    for (size_t i = 1; i < length; i++) {
        parts.low += bounds->interval[node[i]].low;
        parts.high += bounds->interval[node[i]].high;
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
    lkv_interval parts = parts_of(bounds, row);
    narrow(bounds, node[0], parts.low, parts.high);
    lkv_interval whole = interval[node[0]];
    for (size_t i = 1; bounds->sound && i < length; i++) {
        lkv_interval own = interval[node[i]];
        lkv_interval left = left_for(whole, parts, own);
        if (left.low > own.low || left.high < own.high) {
            narrow(bounds, node[i], left.low, left.high);
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

static bool waiting(const lkv_bounds *bounds)
{
    return bounds->soon.waiting + bounds->late.waiting > 0;
}

static void empty_queues(lkv_bounds *bounds)
{
    while (waiting(bounds)) {
        uint32_t row =
            pop(bounds->soon.waiting > 0 ? &bounds->soon : &bounds->late);
        bounds->queued[row] = false;
        if (bounds->sound) {
            draw_sum(bounds, row);
        }
    }
}

/* Until neither sums nor ratios move anything; whether nothing contradicts
 * itself.
 */
static bool settle(lkv_bounds *bounds)
{
    const GArray *ratios = bounds->known->ratios;
    empty_queues(bounds);
    bool moved = ratios->len > 0;
    while (bounds->sound && moved) {
        for (guint i = 0; bounds->sound && i < ratios->len; i++) {
            draw_ratio(bounds, &g_array_index(ratios, lkv_ratio, i));
        }
        moved = waiting(bounds);
        empty_queues(bounds);
    }
    return bounds->sound;
}

bool lkv_bounds_draw(lkv_bounds *bounds)
{
    const lkv_lattice *lattice = bounds->lattice;
    size_t rows = lkv_lists_count(&lattice->sums);
    memcpy(bounds->interval, bounds->known->given,
           lattice->size * sizeof *bounds->interval);
    bounds->sound = true;
    for (uint32_t row = 0; bounds->sound && row < rows; row++) {
        draw_sum(bounds, row);
    }
    for (uint32_t node = 0; bounds->sound && node < lattice->size; node++) {
        pass_on(bounds, node);
    }
    return settle(bounds);
}

bool lkv_bounds_tighten(lkv_bounds *bounds, const GArray *nodes, GArray *trail)
{
    bounds->sound = true;
    bounds->trail = trail;
    for (guint i = 0; i < nodes->len; i++) {
        uint32_t node = g_array_index(nodes, uint32_t, i);
        lkv_interval given = bounds->known->given[node];
        narrow(bounds, node, given.low, given.high);
    }
    bool sound = settle(bounds);
    bounds->trail = NULL;
    return sound;
}

void lkv_bounds_undo(lkv_bounds *bounds, GArray *trail)
{
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
    lkv_interval parts = parts_of(bounds, row);
    return at == 0 ? parts
                   : left_for(bounds->interval[node[0]], parts,
                              bounds->interval[node[at]]);
}
