#include "disclose/bounds.h"

#include <string.h>

/* Sums and pairs to look at again; each at most once in the queue. */
typedef struct drawing {
    const lkv_lattice *lattice;
    const lkv_known *known;
    lkv_interval *interval;
    uint32_t *queue; /* a ring of SLOTS rows */
    size_t slots, first, waiting;
    bool *queued;
    bool sound;
    GArray *trail; /* lkv_change, or NULL */
} drawer;

static drawer drawer_new(const lkv_lattice *lattice, const lkv_known *known,
                         lkv_interval *interval, GArray *trail)
{
    size_t rows = lkv_lists_count(&lattice->sums);
    return (drawer){
        .lattice = lattice,
        .known = known,
        .interval = interval,
        .queue = g_new(uint32_t, rows + 1),
        .slots = rows + 1,
        .queued = g_new0(bool, rows + 1),
        .sound = true,
        .trail = trail,
    };
}

static void touch(drawer *drawing, uint32_t node)
{
    size_t length;
    const uint32_t *rows =
        lkv_lists_at(&drawing->lattice->sums_of, node, &length);
    for (size_t i = 0; i < length; i++) {
        if (!drawing->queued[rows[i]]) {
            drawing->queued[rows[i]] = true;
            size_t last = drawing->first + drawing->waiting++;
            drawing->queue[last % drawing->slots] = rows[i];
        }
    }
}

static void narrow(drawer *drawing, uint32_t node, int64_t low, int64_t high);

/* What implications say once NODE has moved. */
static void pass_on(drawer *drawing, uint32_t node)
{
    size_t length;
    const uint32_t *pairs =
        lkv_lists_at(&drawing->lattice->below_of, node, &length);
    for (size_t i = 0; i < length; i++) {
        lkv_below below =
            g_array_index(drawing->lattice->below, lkv_below, pairs[i]);
        const lkv_interval *interval = drawing->interval;
        if (node == below.small) {
            narrow(drawing, below.large, interval[node].low, LKV_UNBOUNDED);
        } else {
            narrow(drawing, below.small, 0, interval[node].high);
        }
    }
}

static void narrow(drawer *drawing, uint32_t node, int64_t low, int64_t high)
{
    lkv_interval *interval = &drawing->interval[node];
    if (low <= interval->low && high >= interval->high) {
        return;
    }
    if (drawing->trail) {
        lkv_change change = {node, *interval};
        g_array_append_val(drawing->trail, change);
    }
    interval->low = MAX(interval->low, low);
    interval->high = MIN(interval->high, high);
    if (interval->low > interval->high) {
        drawing->sound = false;
        return;
    }
    touch(drawing, node);
    pass_on(drawing, node);
}

static void draw_sum(drawer *drawing, uint32_t row)
{
    size_t length;
    const uint32_t *node = lkv_lists_at(&drawing->lattice->sums, row, &length);
    const lkv_interval *interval = drawing->interval;
    int64_t low = 0;
    int64_t high = 0;
    for (size_t i = 1; i < length; i++) {
        low += interval[node[i]].low;
        high += interval[node[i]].high;
    }
    narrow(drawing, node[0], low, high);
    lkv_interval whole = interval[node[0]];
    for (size_t i = 1; drawing->sound && i < length; i++) {
        lkv_interval own = interval[node[i]];
        int64_t most = whole.high - (low - own.low);
        int64_t least = whole.low - (high - own.high);
        if (least > own.low || most < own.high) {
            narrow(drawing, node[i], least, most);
            low += interval[node[i]].low - own.low;
            high += interval[node[i]].high - own.high;
        }
    }
}

/* Quotient rounded down and up; BELOW is positive. */
static int64_t down(lkv_wide above, int64_t below)
{
    lkv_wide quotient = above / below;
    return (int64_t)(above % below != 0 && above < 0 ? quotient - 1 : quotient);
}

static int64_t up(lkv_wide above, int64_t below)
{
    return -down(-above, below);
}

static void draw_ratio(drawer *drawing, const lkv_ratio *ratio)
{
    const lkv_interval *interval = drawing->interval;
    lkv_interval base = interval[ratio->base];
    narrow(drawing, ratio->part,
           MAX(up((lkv_wide)ratio->low * base.low, ratio->unit),
               base.low - ratio->rest_most),
           MIN(down((lkv_wide)ratio->high * base.high, ratio->unit),
               ratio->part_most));
    lkv_interval part = interval[ratio->part];
    int64_t least =
        ratio->high > 0 ? up((lkv_wide)ratio->unit * part.low, ratio->high) : 0;
    int64_t most = ratio->low > 0
                       ? down((lkv_wide)ratio->unit * part.high, ratio->low)
                       : LKV_UNBOUNDED;
    narrow(drawing, ratio->base, MAX(least, part.low),
           MIN(most, part.high + ratio->rest_most));
}

static void empty_queue(drawer *drawing)
{
    while (drawing->sound && drawing->waiting > 0) {
        uint32_t row = drawing->queue[drawing->first];
        drawing->first = (drawing->first + 1) % drawing->slots;
        drawing->waiting--;
        drawing->queued[row] = false;
        draw_sum(drawing, row);
    }
}

/* Until neither sums nor ratios move anything; whether nothing contradicts
 * itself. Ends DRAWING.
 */
static bool settle(drawer *drawing)
{
    const GArray *ratios = drawing->known->ratios;
    empty_queue(drawing);
    bool moved = ratios->len > 0;
    while (drawing->sound && moved) {
        for (guint i = 0; i < ratios->len; i++) {
            draw_ratio(drawing, &g_array_index(ratios, lkv_ratio, i));
        }
        moved = drawing->waiting > 0;
        empty_queue(drawing);
    }
    g_free(drawing->queue);
    g_free(drawing->queued);
    return drawing->sound;
}

bool lkv_bounds_draw(const lkv_lattice *lattice, const lkv_known *known,
                     lkv_interval *interval)
{
    drawer drawing = drawer_new(lattice, known, interval, NULL);
    size_t rows = lkv_lists_count(&lattice->sums);
    memcpy(interval, known->given, lattice->size * sizeof *interval);
    for (uint32_t row = 0; drawing.sound && row < rows; row++) {
        draw_sum(&drawing, row);
    }
    for (uint32_t node = 0; drawing.sound && node < lattice->size; node++) {
        pass_on(&drawing, node);
    }
    return settle(&drawing);
}

bool lkv_bounds_redraw(const lkv_lattice *lattice, const lkv_known *known,
                       const GArray *nodes, GArray *trail,
                       lkv_interval *interval)
{
    drawer drawing = drawer_new(lattice, known, interval, trail);
    for (guint i = 0; i < nodes->len; i++) {
        uint32_t node = g_array_index(nodes, uint32_t, i);
        lkv_interval given = known->given[node];
        narrow(&drawing, node, given.low, given.high);
    }
    return settle(&drawing);
}

void lkv_bounds_undo(GArray *trail, lkv_interval *interval)
{
    for (guint i = trail->len; i > 0; i--) {
        const lkv_change *change = &g_array_index(trail, lkv_change, i - 1);
        interval[change->node] = change->before;
    }
    g_array_set_size(trail, 0);
}

lkv_interval lkv_bounds_by_sum(const lkv_lattice *lattice, size_t row,
                               size_t at, const lkv_interval *interval)
{
    size_t length;
    const uint32_t *node = lkv_lists_at(&lattice->sums, row, &length);
    lkv_interval parts = {0, 0};
    for (size_t i = 1; i < length; i++) {
        if (i != at) {
            parts.low += interval[node[i]].low;
            parts.high += interval[node[i]].high;
        }
    }
    if (at == 0) {
        return parts;
    }
    lkv_interval whole = interval[node[0]];
    return (lkv_interval){whole.low - parts.high, whole.high - parts.low};
}
