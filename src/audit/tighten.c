#include "audit/tighten.h"

/* What moves an end. */
typedef enum { BY_NOTHING, BY_CELL, BY_SPLIT, BY_QUOTA, BY_WITHIN, BY_NONE } by;

/* One step: END of CROWD became VALUE by NUMBER of its kind; BEFORE is the
 * step of the same end before it, or -1.
 */
typedef struct step {
    uint32_t crowd;
    int end;
    int64_t value;
    by kind;
    uint32_t number;
    int64_t before;
} step;

enum { LOW, HIGH, ENDS };

/* Steps are counted, so that shuttling by ones ends: what is left is seen by
 * linear programming.
 */
enum { STEPS_PER_CROWD = 200 };

/* A recipe of more cells than this is not told to its end. */
enum { LINES_MOST = 100 };

struct lkv_tight {
    const lkv_net *net;
    lkv_ends *ends, *told;
    int64_t *last; /* [crowd * ENDS + end]: its last step */
    uint32_t *teller; /* the same: a cell */
    GArray *steps; /* step */
    GArray *users, *users_of; /* rules that a crowd stands in */
    GArray *queue; /* uint32_t: rules to look at */
    bool *queued;
    size_t splits, quotas, rules;
    bool possible;
    uint32_t clash;
};

/* ---- rules of each crowd ------------------------------------------------- */

/* Rules are numbered: splits, then quotas, then withins. Calls WORK for each
 * crowd of rule NUMBER.
 */
static void crowds_of(const lkv_tight *tight, uint32_t number,
                      void (*work)(void *, uint32_t, uint32_t), void *context)
{
    const lkv_net *net = tight->net;
    if (number < tight->splits) {
        const lkv_split *it = &g_array_index(net->splits, lkv_split, number);
        work(context, it->parent, number);
        for (uint32_t i = 0; i < it->count; i++) {
            work(context, g_array_index(net->child, uint32_t, it->first + i),
                 number);
        }
    } else if (number < tight->splits + tight->quotas) {
        const lkv_quota *it =
            &g_array_index(net->quotas, lkv_quota, number - tight->splits);
        work(context, it->base, number);
        work(context, it->part, number);
    } else {
        const lkv_within *it = &g_array_index(
            net->withins, lkv_within, number - tight->splits - tight->quotas);
        work(context, it->small, number);
        work(context, it->large, number);
    }
}

static void count_user(void *context, uint32_t crowd, uint32_t number)
{
    (void)number;
    g_array_index((GArray *)context, uint32_t, crowd + 1)++;
}

typedef struct filling {
    GArray *users;
    uint32_t *next;
} filling;

static void add_user(void *context, uint32_t crowd, uint32_t number)
{
    filling *now = context;
    g_array_index(now->users, uint32_t, now->next[crowd]++) = number;
}

static void find_users(lkv_tight *tight)
{
    guint crowds = tight->net->crowd->len;
    g_array_set_size(tight->users_of, crowds + 1);
    for (uint32_t i = 0; i < tight->rules; i++) {
        crowds_of(tight, i, count_user, tight->users_of);
    }
    for (guint i = 0; i < crowds; i++) {
        g_array_index(tight->users_of, uint32_t, i + 1) +=
            g_array_index(tight->users_of, uint32_t, i);
    }
    g_array_set_size(tight->users,
                     g_array_index(tight->users_of, uint32_t, crowds));
    g_autofree uint32_t *next =
        g_memdup2(tight->users_of->data, crowds * sizeof(uint32_t));
    filling now = {tight->users, next};
    for (uint32_t i = 0; i < tight->rules; i++) {
        crowds_of(tight, i, add_user, &now);
    }
}

/* ---- moving an end ------------------------------------------------------- */

static void push_rule(lkv_tight *tight, uint32_t number)
{
    if (!tight->queued[number]) {
        tight->queued[number] = true;
        g_array_append_val(tight->queue, number);
    }
}

static void note(lkv_tight *tight, uint32_t crowd, int end, int64_t value,
                 by kind, uint32_t number)
{
    int64_t *last = &tight->last[(size_t)crowd * ENDS + (size_t)end];
    step made = {crowd, end, value, kind, number, *last};
    *last = tight->steps->len;
    g_array_append_val(tight->steps, made);
    lkv_ends *ends = &tight->ends[crowd];
    *(end == LOW ? &ends->low : &ends->high) = value;
    if (ends->low > ends->high && tight->possible) {
        tight->possible = false;
        tight->clash = crowd;
    }
    uint32_t stop = g_array_index(tight->users_of, uint32_t, crowd + 1);
    for (uint32_t i = g_array_index(tight->users_of, uint32_t, crowd); i < stop;
         i++) {
        push_rule(tight, g_array_index(tight->users, uint32_t, i));
    }
}

static void at_least(lkv_tight *tight, uint32_t crowd, int64_t value, by kind,
                     uint32_t number)
{
    if (value > tight->ends[crowd].low) {
        note(tight, crowd, LOW, value, kind, number);
    }
}

static void at_most(lkv_tight *tight, uint32_t crowd, int64_t value, by kind,
                    uint32_t number)
{
    if (value < tight->ends[crowd].high) {
        note(tight, crowd, HIGH, value, kind, number);
    }
}

/* ---- rules --------------------------------------------------------------- */

static void by_split(lkv_tight *tight, uint32_t number)
{
    const lkv_split *it = &g_array_index(tight->net->splits, lkv_split, number);
    const uint32_t *child =
        &g_array_index(tight->net->child, uint32_t, it->first);
    int64_t low = 0;
    int64_t high = 0;
    uint32_t open = 0; /* children without an upper end */
    for (uint32_t i = 0; i < it->count; i++) {
        lkv_ends ends = tight->ends[child[i]];
        low += ends.low;
        open += ends.high >= LKV_NO_END;
        high += ends.high >= LKV_NO_END ? 0 : ends.high;
    }
    at_least(tight, it->parent, low, BY_SPLIT, number);
    if (open == 0) {
        at_most(tight, it->parent, high, BY_SPLIT, number);
    }
    lkv_ends whole = tight->ends[it->parent];
    for (uint32_t i = 0; i < it->count; i++) {
        lkv_ends ends = tight->ends[child[i]];
        bool own = ends.high >= LKV_NO_END;
        if (whole.high < LKV_NO_END) {
            at_most(tight, child[i], whole.high - (low - ends.low), BY_SPLIT,
                    number);
        }
        if (open == (own ? 1U : 0U)) {
            at_least(tight, child[i],
                     whole.low - (high - (own ? 0 : ends.high)), BY_SPLIT,
                     number);
        }
    }
}

static int64_t divide_up(int64_t value, int64_t unit)
{
    return value / unit + (value % unit > 0);
}

static void by_quota(lkv_tight *tight, uint32_t index, uint32_t number)
{
    const lkv_quota *it = &g_array_index(tight->net->quotas, lkv_quota, index);
    lkv_ends base = tight->ends[it->base];
    at_least(tight, it->part, divide_up(it->low * base.low, it->unit), BY_QUOTA,
             number);
    if (base.high < LKV_NO_END) {
        at_most(tight, it->part, it->high * base.high / it->unit, BY_QUOTA,
                number);
    }
    lkv_ends part = tight->ends[it->part];
    if (it->high > 0) {
        at_least(tight, it->base, divide_up(it->unit * part.low, it->high),
                 BY_QUOTA, number);
    }
    if (it->low > 0 && part.high < LKV_NO_END) {
        at_most(tight, it->base, it->unit * part.high / it->low, BY_QUOTA,
                number);
    }
}

static void by_within(lkv_tight *tight, uint32_t index, uint32_t number)
{
    const lkv_within *it =
        &g_array_index(tight->net->withins, lkv_within, index);
    at_most(tight, it->small, tight->ends[it->large].high, BY_WITHIN, number);
    at_least(tight, it->large, tight->ends[it->small].low, BY_WITHIN, number);
}

static void apply(lkv_tight *tight, uint32_t number)
{
    if (number < tight->splits) {
        by_split(tight, number);
    } else if (number < tight->splits + tight->quotas) {
        by_quota(tight, number - (uint32_t)tight->splits, number);
    } else {
        by_within(tight, number - (uint32_t)(tight->splits + tight->quotas),
                  number);
    }
}

static void settle(lkv_tight *tight)
{
    size_t most = (size_t)STEPS_PER_CROWD * tight->net->crowd->len;
    for (guint at = 0;
         at < tight->queue->len && tight->possible && tight->steps->len < most;
         at++) {
        uint32_t number = g_array_index(tight->queue, uint32_t, at);
        tight->queued[number] = false;
        apply(tight, number);
    }
    g_array_set_size(tight->queue, 0);
}

/* ---- what cells say ------------------------------------------------------ */

static void tell(lkv_tight *tight, uint32_t number)
{
    const lkv_evidence_cell *cell =
        &g_array_index(tight->net->evidence->cells, lkv_evidence_cell, number);
    if (cell->says != LKV_SAYS_COUNT || cell->is != LKV_CELL_PUBLISHED) {
        return;
    }
    uint32_t crowd = lkv_net_find(tight->net, &cell->where);
    lkv_ends *told = &tight->told[crowd];
    if (cell->low > told->low) {
        told->low = cell->low;
        tight->teller[crowd * ENDS + LOW] = number;
        at_least(tight, crowd, cell->low, BY_CELL, number);
    }
    if (cell->high < told->high) {
        told->high = cell->high;
        tight->teller[crowd * ENDS + HIGH] = number;
        at_most(tight, crowd, cell->high, BY_CELL, number);
    }
}

lkv_tight *lkv_tight_new(const lkv_net *net, bool linear)
{
    lkv_tight *tight = g_new0(lkv_tight, 1);
    size_t crowds = net->crowd->len;
    tight->net = net;
    tight->splits = net->splits->len;
    tight->quotas = linear ? 0 : net->quotas->len;
    tight->rules = tight->splits + tight->quotas + net->withins->len;
    tight->ends = g_new(lkv_ends, crowds + 1);
    tight->told = g_new(lkv_ends, crowds + 1);
    tight->last = g_new(int64_t, crowds * ENDS + 1);
    tight->teller = g_new(uint32_t, crowds * ENDS + 1);
    tight->steps = g_array_new(FALSE, FALSE, sizeof(step));
    tight->users = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    tight->users_of = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    tight->queue = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    tight->queued = g_new0(bool, tight->rules + 1);
    tight->possible = true;
    for (size_t i = 0; i < crowds; i++) {
        tight->ends[i] = tight->told[i] = (lkv_ends){0, LKV_NO_END};
        for (size_t end = 0; end < ENDS; end++) {
            tight->last[i * ENDS + end] = -1;
            tight->teller[i * ENDS + end] = UINT32_MAX;
        }
    }
    find_users(tight);
    for (guint i = 0; i < net->cells->len; i++) {
        tell(tight, g_array_index(net->cells, uint32_t, i));
    }
    for (guint i = 0; i < net->none->len; i++) {
        at_most(tight, g_array_index(net->none, lkv_within, i).small, 0,
                BY_NONE, i);
    }
    for (uint32_t i = 0; i < tight->rules; i++) {
        push_rule(tight, i);
    }
    settle(tight);
    return tight;
}

void lkv_tight_free(lkv_tight *tight)
{
    if (tight) {
        g_free(tight->ends);
        g_free(tight->told);
        g_free(tight->last);
        g_free(tight->teller);
        g_array_unref(tight->steps);
        g_array_unref(tight->users);
        g_array_unref(tight->users_of);
        g_array_unref(tight->queue);
        g_free(tight->queued);
        g_free(tight);
    }
}

bool lkv_tight_possible(const lkv_tight *tight, uint32_t *crowd)
{
    *crowd = tight->clash;
    return tight->possible;
}

lkv_ends lkv_tight_of(const lkv_tight *tight, uint32_t crowd)
{
    return tight->ends[crowd];
}

lkv_ends lkv_tight_told(const lkv_tight *tight, uint32_t crowd)
{
    return tight->told[crowd];
}

uint32_t lkv_tight_teller(const lkv_tight *tight, uint32_t crowd, bool low)
{
    return tight->teller[crowd * ENDS + (low ? LOW : HIGH)];
}

/* ---- recipes ------------------------------------------------------------- */

lkv_recipe lkv_recipe_new(void)
{
    return (lkv_recipe){g_array_new(FALSE, FALSE, sizeof(uint32_t)),
                        g_array_new(FALSE, FALSE, sizeof(uint32_t))};
}

void lkv_recipe_clear(lkv_recipe *recipe)
{
    g_clear_pointer(&recipe->cells, g_array_unref);
    g_clear_pointer(&recipe->implications, g_array_unref);
}

static void add_once(GArray *list, uint32_t number)
{
    for (guint i = 0; i < list->len; i++) {
        if (g_array_index(list, uint32_t, i) == number) {
            return;
        }
    }
    g_array_append_val(list, number);
}

void lkv_recipe_cell(lkv_recipe *recipe, uint32_t cell)
{
    add_once(recipe->cells, cell);
}

void lkv_recipe_implication(lkv_recipe *recipe, uint32_t implication)
{
    add_once(recipe->implications, implication);
}

/* An explanation under way: steps still to be explained. */
typedef struct telling {
    const lkv_tight *tight;
    lkv_recipe *recipe;
    GArray *todo; /* int64_t */
    GHashTable *done;
    int64_t now;
} telling;

/* The step by which the END of CROWD stood before the one that is explained. */
static void need(telling *told, uint32_t crowd, int end)
{
    int64_t at = told->tight->last[(size_t)crowd * ENDS + (size_t)end];
    while (at >= told->now) {
        at = g_array_index(told->tight->steps, step, at).before;
    }
    if (at >= 0 && g_hash_table_add(told->done, GSIZE_TO_POINTER(at + 1))) {
        g_array_append_val(told->todo, at);
    }
}

static void explain_split(telling *told, const step *made, uint32_t crowd,
                          int end)
{
    const lkv_net *net = told->tight->net;
    const lkv_split *it = &g_array_index(net->splits, lkv_split, made->number);
    bool whole = it->parent == crowd;
    int others = whole ? end : end == LOW ? HIGH : LOW;
    if (!whole) {
        need(told, it->parent, end);
    }
    for (uint32_t i = 0; i < it->count; i++) {
        uint32_t child = g_array_index(net->child, uint32_t, it->first + i);
        if (child != crowd) {
            need(told, child, others);
        }
    }
}

static void explain_step(telling *told, const step *made, uint32_t crowd,
                         int end)
{
    const lkv_tight *tight = told->tight;
    const lkv_net *net = tight->net;
    size_t withins = tight->splits + tight->quotas;
    switch (made->kind) {
    case BY_CELL:
        lkv_recipe_cell(told->recipe, made->number);
        break;
    case BY_SPLIT:
        explain_split(told, made, crowd, end);
        break;
    case BY_QUOTA: {
        const lkv_quota *it = &g_array_index(net->quotas, lkv_quota,
                                             made->number - tight->splits);
        lkv_recipe_cell(told->recipe, it->via);
        need(told, it->base == crowd ? it->part : it->base, end);
        break;
    }
    case BY_WITHIN: {
        const lkv_within *it =
            &g_array_index(net->withins, lkv_within, made->number - withins);
        lkv_recipe_implication(told->recipe, it->via);
        need(told, it->small == crowd ? it->large : it->small, end);
        break;
    }
    case BY_NONE:
        lkv_recipe_implication(
            told->recipe,
            g_array_index(net->none, lkv_within, made->number).via);
        break;
    case BY_NOTHING:
        break;
    }
}

void lkv_tight_explain(const lkv_tight *tight, uint32_t crowd, bool low,
                       lkv_recipe *recipe)
{
    g_autoptr(GArray) todo = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
    telling told = {tight, recipe, todo, done, INT64_MAX};
    need(&told, crowd, low ? LOW : HIGH);
    for (guint i = 0; i < todo->len && recipe->cells->len < LINES_MOST; i++) {
        told.now = g_array_index(todo, int64_t, i);
        const step *made = &g_array_index(tight->steps, step, told.now);
        explain_step(&told, made, made->crowd, made->end);
    }
}
