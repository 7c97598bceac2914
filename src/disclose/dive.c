#include "disclose/dive.h"

#include <string.h>

/* Turnings back that a dive may take, for each node and at least; bounds that
 * it may draw, for each one.
 */
enum { TURNS_EACH = 2, TURNS_LEAST = 50, DRAWS_EACH = 200 };

/* One step: an end of PLACE was set; what moved since is on the trail from FROM
 * on. Turned back once, the other numbers of PLACE are tried.
 */
typedef struct step {
    size_t place, from;
    int64_t end;
    bool up; /* the least was raised to END, else the most lowered */
} step;

typedef struct moved {
    size_t place;
    lkv_interval before;
} moved;

struct lkv_dive {
    const lkv_system *system;
    lkv_interval *now; /* of each place */
    GArray *steps; /* step */
    GArray *trail; /* moved */
    GArray *queue; /* uint32_t: bounds to draw */
    bool *queued; /* of each bound */
    size_t turns, draws; /* left */
    bool sound;
};

lkv_dive *lkv_dive_new(const lkv_system *system)
{
    lkv_dive *dive = g_new0(lkv_dive, 1);
    dive->system = system;
    dive->now = g_new(lkv_interval, system->nodes + 1);
    dive->steps = g_array_new(FALSE, FALSE, sizeof(step));
    dive->trail = g_array_new(FALSE, FALSE, sizeof(moved));
    dive->queue = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    dive->queued = g_new0(bool, system->bounds->len + 1U);
    return dive;
}

void lkv_dive_free(lkv_dive *dive)
{
    if (dive) {
        g_free(dive->now);
        g_array_unref(dive->steps);
        g_array_unref(dive->trail);
        g_array_unref(dive->queue);
        g_free(dive->queued);
        g_free(dive);
    }
}

/* ---- drawing ------------------------------------------------------------- */

static void touch(lkv_dive *dive, size_t place)
{
    size_t count;
    const uint32_t *bound =
        lkv_lists_at(&dive->system->bounds_of, place, &count);
    for (size_t i = 0; i < count; i++) {
        if (!dive->queued[bound[i]]) {
            dive->queued[bound[i]] = true;
            g_array_append_val(dive->queue, bound[i]);
        }
    }
}

static void narrow(lkv_dive *dive, size_t place, int64_t low, int64_t high)
{
    lkv_interval *now = &dive->now[place];
    if (low <= now->low && high >= now->high) {
        return;
    }
    moved before = {place, *now};
    g_array_append_val(dive->trail, before);
    now->low = MAX(now->low, low);
    now->high = MIN(now->high, high);
    dive->sound = dive->sound && now->low <= now->high;
    touch(dive, place);
}

/* Quotient rounded down; BELOW is positive. */
static int64_t down(int64_t above, int64_t below)
{
    int64_t quotient = above / below;
    return quotient - (above % below < 0);
}

/* Keeps COEFFICIENT times the number at PLACE between LEAST and MOST. */
static void keep(lkv_dive *dive, size_t place, int64_t coefficient,
                 int64_t least, int64_t most)
{
    if (coefficient > 0) {
        narrow(dive, place, -down(-least, coefficient),
               down(most, coefficient));
    } else {
        narrow(dive, place, -down(most, -coefficient),
               down(-least, -coefficient));
    }
}

/* What COEFFICIENT times a number in NOW is. */
static lkv_interval times(int64_t coefficient, lkv_interval now)
{
    return coefficient > 0
               ? (lkv_interval){coefficient * now.low, coefficient * now.high}
               : (lkv_interval){coefficient * now.high, coefficient * now.low};
}

static void draw(lkv_dive *dive, uint32_t number)
{
    const lkv_system *system = dive->system;
    const lkv_bound *it = &g_array_index(system->bounds, lkv_bound, number);
    const int *place = &g_array_index(system->place, int, it->first);
    const int64_t *coefficient =
        &g_array_index(system->coefficient, int64_t, it->first);
    lkv_interval sum = {0, 0};
    int64_t widest = 0;
    for (size_t i = 0; i < it->terms; i++) {
        lkv_interval term = times(coefficient[i], dive->now[place[i] - 1]);
        sum.low += term.low;
        sum.high += term.high;
        widest = MAX(widest, term.high - term.low);
    }
    bool from = lkv_system_from(it);
    bool to = lkv_system_to(it);
    /* What a term may vary by is cut only where it is more than the bound leaves. */
    if ((!from || widest <= sum.high - it->low) &&
        (!to || widest <= it->high - sum.low)) {
        return;
    }
    for (size_t i = 0; dive->sound && i < it->terms; i++) {
        size_t at = (size_t)place[i] - 1;
        lkv_interval term = times(coefficient[i], dive->now[at]);
        int64_t least = from ? it->low - (sum.high - term.high) : term.low;
        int64_t most = to ? it->high - (sum.low - term.low) : term.high;
        if (least > term.low || most < term.high) {
            keep(dive, at, coefficient[i], least, most);
            lkv_interval drawn = times(coefficient[i], dive->now[at]);
            sum.low += drawn.low - term.low;
            sum.high += drawn.high - term.high;
        }
    }
}

/* Draws what is touched until nothing moves; whether all have a number left. */
static bool settle(lkv_dive *dive)
{
    for (guint i = 0; i < dive->queue->len; i++) {
        uint32_t bound = g_array_index(dive->queue, uint32_t, i);
        dive->queued[bound] = false;
        dive->sound = dive->sound && dive->draws > 0;
        if (dive->sound) {
            dive->draws--;
            draw(dive, bound);
        }
    }
    g_array_set_size(dive->queue, 0);
    return dive->sound;
}

/* ---- steps --------------------------------------------------------------- */

static bool set_end(lkv_dive *dive, size_t place, int64_t end, bool up)
{
    if (up) {
        narrow(dive, place, end, INT64_MAX);
    } else {
        narrow(dive, place, INT64_MIN, end);
    }
    return settle(dive);
}

static bool go_on(lkv_dive *dive, size_t place, int64_t end, bool up)
{
    step taken = {place, dive->trail->len, end, up};
    g_array_append_val(dive->steps, taken);
    return set_end(dive, place, end, up);
}

static void undo(lkv_dive *dive, size_t from)
{
    for (guint i = dive->trail->len; i > from; i--) {
        const moved *it = &g_array_index(dive->trail, moved, i - 1);
        dive->now[it->place] = it->before;
    }
    g_array_set_size(dive->trail, (guint)from);
    dive->sound = true;
}

/* Turns back to the last step whose other numbers may do. */
static bool turn_back(lkv_dive *dive)
{
    while (dive->steps->len > 0 && dive->turns > 0 && dive->draws > 0) {
        step last = g_array_index(dive->steps, step, dive->steps->len - 1);
        g_array_set_size(dive->steps, dive->steps->len - 1);
        undo(dive, last.from);
        dive->turns--;
        if (set_end(dive, last.place, last.up ? last.end - 1 : last.end + 1,
                    !last.up)) {
            return true;
        }
    }
    return false;
}

/* Settles PLACE as wished, as far as can be; false when the dive has failed. */
static bool settle_place(lkv_dive *dive, size_t place, int8_t push,
                         int64_t wish)
{
    while (dive->now[place].low < dive->now[place].high) {
        lkv_interval now = dive->now[place];
        int64_t end = push > 0   ? now.high
                      : push < 0 ? now.low
                                 : CLAMP(wish, now.low, now.high);
        if (!go_on(dive, place, end, now.low < end) && !turn_back(dive)) {
            return false;
        }
    }
    return true;
}

/* Settles the places that are PUSHED or are not, in their order. */
static bool settle_all(lkv_dive *dive, const int8_t *push, const int64_t *wish,
                       bool pushed)
{
    for (size_t i = 0; i < dive->system->nodes; i++) {
        if ((push[i] != 0) == pushed &&
            !settle_place(dive, i, push[i], wish[i])) {
            return false;
        }
    }
    return true;
}

static bool all_settled(const lkv_dive *dive)
{
    for (size_t i = 0; i < dive->system->nodes; i++) {
        if (dive->now[i].low < dive->now[i].high) {
            return false;
        }
    }
    return true;
}

bool lkv_dive_for(lkv_dive *dive, const int8_t *push, int64_t *table)
{
    const lkv_system *system = dive->system;
    memcpy(dive->now, system->interval, system->nodes * sizeof *dive->now);
    g_array_set_size(dive->steps, 0);
    g_array_set_size(dive->trail, 0);
    dive->turns = MAX(TURNS_EACH * system->nodes, (size_t)TURNS_LEAST);
    dive->draws = (size_t)DRAWS_EACH * system->bounds->len;
    dive->sound = true;
    /* Turning back may unsettle places that were passed. */
    while (!all_settled(dive)) {
        if (!settle_all(dive, push, table, true) ||
            !settle_all(dive, push, table, false)) {
            return false;
        }
    }
    for (size_t i = 0; i < system->nodes; i++) {
        table[i] = dive->now[i].low;
    }
    return lkv_system_agrees(system, table);
}
