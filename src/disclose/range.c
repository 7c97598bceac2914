#include "disclose/range.h"

#include <math.h>

#include <glpk.h>

/* TURNS: directions in which many nodes are pushed at once, the first PATIENT
 * ones whether they help or not; a search for whole tables ends after WORK
 * columns of the solver, or after so many seconds that it must turn in circles;
 * STEPS of the simplex method for each column and row.
 */
enum { TURNS = 12, PATIENT = 4, WORK = 20000, CIRCLES = 20, STEPS = 2 };

/* A solution of the solver this near a whole number is tried as one. */
static const double NEAR_WHOLE = 1e-5;

/* LOW <= sum of COEFFICIENT[i] * node[PLACE[i]] <= HIGH. */
typedef struct bound {
    size_t first, terms;
    int64_t low, high;
} bound;

struct lkv_range {
    const lkv_interval *interval;
    const uint32_t *node;
    size_t nodes;
    GArray *bounds; /* bound */
    GArray *place; /* int, from 1 as the solver counts */
    GArray *coefficient; /* double, whole */
    bool *rounded; /* of each place: in a rounded share */
    glp_prob *problem;
    int64_t *table; /* the last one tried */
    lkv_interval *seen; /* of each place, over all tables found */
    lkv_interval *parts; /* of each place asked for, with tables of parts */
    bool *asked;
    bool possible; /* the solver has found solutions as yet */
};

/* ---- what binds ---------------------------------------------------------- */

typedef struct maker {
    lkv_range *range;
    const lkv_blocks *blocks;
    size_t block;
    bound now;
} maker;

static void begin(maker *making, int64_t low, int64_t high)
{
    making->now = (bound){making->range->place->len, 0, low, high};
}

static void add(maker *making, uint32_t node, int64_t coefficient)
{
    const lkv_interval *known = &making->range->interval[node];
    if (making->blocks->of[node] != making->block) {
        g_assert(known->low == known->high);
        if (making->now.low > -LKV_UNBOUNDED) {
            making->now.low -= coefficient * known->low;
        }
        if (making->now.high < LKV_UNBOUNDED) {
            making->now.high -= coefficient * known->low;
        }
        return;
    }
    int place = (int)making->blocks->place[node] + 1;
    double number = (double)coefficient;
    g_array_append_val(making->range->place, place);
    g_array_append_val(making->range->coefficient, number);
    making->now.terms++;
}

static void end(maker *making)
{
    if (making->now.terms > 0) {
        g_array_append_val(making->range->bounds, making->now);
    }
}

static void add_sum(maker *making, const uint32_t *member, size_t length)
{
    begin(making, 0, 0);
    for (size_t i = 0; i < length; i++) {
        add(making, member[i], i == 0 ? -1 : 1);
    }
    end(making);
}

static void round_off(maker *making, uint32_t node)
{
    if (making->blocks->of[node] == making->block) {
        making->range->rounded[making->blocks->place[node]] = true;
    }
}

static void add_ratio(maker *making, const lkv_ratio *ratio)
{
    round_off(making, ratio->base);
    round_off(making, ratio->part);
    begin(making, 0, LKV_UNBOUNDED);
    add(making, ratio->part, ratio->unit);
    add(making, ratio->base, -ratio->low);
    end(making);
    begin(making, -LKV_UNBOUNDED, 0);
    add(making, ratio->part, ratio->unit);
    add(making, ratio->base, -ratio->high);
    end(making);
    if (ratio->rest_most < LKV_UNBOUNDED) {
        begin(making, -LKV_UNBOUNDED, ratio->rest_most);
        add(making, ratio->base, 1);
        add(making, ratio->part, -1);
        end(making);
    }
}

static void add_bounds(maker *making, const lkv_view *view)
{
    const lkv_blocks *blocks = making->blocks;
    size_t count;
    const uint32_t *number = lkv_lists_at(&blocks->sums, making->block, &count);
    for (size_t i = 0; i < count; i++) {
        size_t length;
        const uint32_t *member =
            lkv_lists_at(&view->lattice->sums, number[i], &length);
        add_sum(making, member, length);
    }
    number = lkv_lists_at(&blocks->ratios, making->block, &count);
    for (size_t i = 0; i < count; i++) {
        add_ratio(making,
                  &g_array_index(view->known.ratios, lkv_ratio, number[i]));
    }
    number = lkv_lists_at(&blocks->pairs, making->block, &count);
    for (size_t i = 0; i < count; i++) {
        lkv_below pair =
            g_array_index(view->lattice->below, lkv_below, number[i]);
        begin(making, -LKV_UNBOUNDED, 0);
        add(making, pair.small, 1);
        add(making, pair.large, -1);
        end(making);
    }
}

/* ---- the solver ---------------------------------------------------------- */

static int kind_of(int64_t low, int64_t high)
{
    bool from = low > -LKV_UNBOUNDED;
    bool to = high < LKV_UNBOUNDED;
    return !from ? GLP_UP : !to ? GLP_LO : low < high ? GLP_DB : GLP_FX;
}

static void fill_problem(lkv_range *range)
{
    glp_prob *problem = range->problem;
    glp_add_cols(problem, (int)range->nodes);
    for (size_t i = 0; i < range->nodes; i++) {
        lkv_interval interval = range->interval[range->node[i]];
        glp_set_col_bnds(problem, (int)i + 1,
                         kind_of(interval.low, interval.high),
                         (double)interval.low, (double)interval.high);
    }
    if (range->bounds->len == 0) {
        return;
    }
    glp_add_rows(problem, (int)range->bounds->len);
    for (guint i = 0; i < range->bounds->len; i++) {
        const bound *it = &g_array_index(range->bounds, bound, i);
        glp_set_row_bnds(problem, (int)i + 1, kind_of(it->low, it->high),
                         (double)it->low, (double)it->high);
        /* The solver counts terms from 1. */
        glp_set_mat_row(problem, (int)i + 1, (int)it->terms,
                        &g_array_index(range->place, int, it->first) - 1,
                        &g_array_index(range->coefficient, double, it->first) -
                            1);
    }
}

/* The best solution of parts of pupils; false when none is found. The simplex
 * method may turn in circles where many bounds meet: its steps are counted, and
 * once they do not suffice no more is asked of the block.
 */
static bool solve(lkv_range *range)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.it_lim = STEPS * ((int)range->nodes + (int)range->bounds->len);
    range->possible = glp_simplex(range->problem, &how) == 0 &&
                      glp_get_status(range->problem) == GLP_OPT;
    return range->possible;
}

lkv_range *lkv_range_new(const lkv_view *view, const lkv_interval *interval,
                         const lkv_blocks *blocks, size_t block)
{
    lkv_range *range = g_new0(lkv_range, 1);
    range->interval = interval;
    range->node = lkv_lists_at(&blocks->nodes, block, &range->nodes);
    range->bounds = g_array_new(FALSE, FALSE, sizeof(bound));
    range->place = g_array_new(FALSE, FALSE, sizeof(int));
    range->coefficient = g_array_new(FALSE, FALSE, sizeof(double));
    range->rounded = g_new0(bool, range->nodes + 1);
    maker making = {.range = range, .blocks = blocks, .block = block};
    add_bounds(&making, view);
    glp_term_out(GLP_OFF);
    range->problem = glp_create_prob();
    fill_problem(range);
    range->table = g_new0(int64_t, range->nodes + 1);
    range->seen = g_new(lkv_interval, range->nodes + 1);
    range->parts = g_new(lkv_interval, range->nodes + 1);
    range->asked = g_new0(bool, range->nodes + 1);
    for (size_t i = 0; i < range->nodes; i++) {
        range->seen[i] = (lkv_interval){LKV_UNBOUNDED, -1};
    }
    glp_adv_basis(range->problem, 0);
    solve(range);
    return range;
}

void lkv_range_free(lkv_range *range)
{
    if (range) {
        glp_delete_prob(range->problem);
        glp_free_env();
        g_array_unref(range->bounds);
        g_array_unref(range->place);
        g_array_unref(range->coefficient);
        g_free(range->rounded);
        g_free(range->table);
        g_free(range->seen);
        g_free(range->parts);
        g_free(range->asked);
        g_free(range);
    }
}

/* Whether the table tried agrees with all that is known. */
static bool agrees(const lkv_range *range)
{
    for (size_t i = 0; i < range->nodes; i++) {
        lkv_interval interval = range->interval[range->node[i]];
        if (range->table[i] < interval.low || range->table[i] > interval.high) {
            return false;
        }
    }
    const int *place = &g_array_index(range->place, int, 0);
    const double *coefficient = &g_array_index(range->coefficient, double, 0);
    for (guint i = 0; i < range->bounds->len; i++) {
        const bound *it = &g_array_index(range->bounds, bound, i);
        int64_t sum = 0;
        for (size_t k = it->first; k < it->first + it->terms; k++) {
            sum += (int64_t)coefficient[k] * range->table[place[k] - 1];
        }
        if (sum < it->low || sum > it->high) {
            return false;
        }
    }
    return true;
}

/* Takes the solver's solution as a table, if it is one of whole pupils. */
static bool take(lkv_range *range, double (*number)(glp_prob *, int))
{
    for (size_t i = 0; i < range->nodes; i++) {
        double value = number(range->problem, (int)i + 1);
        range->table[i] = llround(value);
        if (fabs(value - (double)range->table[i]) > NEAR_WHOLE) {
            return false;
        }
    }
    if (!agrees(range)) {
        return false;
    }
    for (size_t i = 0; i < range->nodes; i++) {
        lkv_interval *seen = &range->seen[i];
        seen->low = MIN(seen->low, range->table[i]);
        seen->high = MAX(seen->high, range->table[i]);
    }
    return true;
}

/* ---- whole tables -------------------------------------------------------- */

typedef struct search {
    bool best; /* else the first table is enough */
    size_t branches;
    bool late; /* given up */
} search;

/* Ends a search by how much it has seen, so that the answer is the same on a
 * slow machine.
 */
static void stop(glp_tree *tree, void *data)
{
    search *searching = data;
    int all;
    glp_ios_tree_size(tree, NULL, NULL, &all);
    searching->late = (size_t)all > searching->branches;
    if (searching->late ||
        (!searching->best && glp_ios_reason(tree) == GLP_IBINGO)) {
        glp_ios_terminate(tree);
    }
}

/* Searches on from the solution of fractions, nodes of rounded shares being
 * whole, or ALL. False when none was found.
 */
static bool branch(lkv_range *range, search *searching, bool all)
{
    for (size_t i = 0; i < range->nodes; i++) {
        glp_set_col_kind(range->problem, (int)i + 1,
                         all || range->rounded[i] ? GLP_IV : GLP_CV);
    }
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.br_tech = GLP_BR_FFV;
    how.bt_tech = searching->best ? GLP_BT_BLB : GLP_BT_DFS;
    how.tm_lim = CIRCLES * 1000;
    how.cb_func = stop;
    how.cb_info = searching;
    glp_intopt(range->problem, &how);
    int status = glp_mip_status(range->problem);
    return status == GLP_OPT || status == GLP_FEAS;
}

/* Takes a whole table near the solution of fractions, or the BEST one. False
 * when that was not found or, of the best, is not sure. Where shares are whole
 * the other numbers mostly are: they only add up.
 */
static bool search_whole(lkv_range *range, bool best)
{
    search searching = {best, (size_t)WORK / range->nodes, false};
    bool found = branch(range, &searching, false);
    if (found && !take(range, glp_mip_col_val)) {
        found = branch(range, &searching, true) && take(range, glp_mip_col_val);
    }
    return found && !(best && searching.late);
}

/* ---- many nodes at a time ------------------------------------------------ */

bool lkv_range_apart(const lkv_range *range, size_t place, int64_t enough)
{
    return range->seen[place].high - range->seen[place].low >= enough;
}

static size_t strike_out(const lkv_range *range, bool *wanted, int64_t enough)
{
    size_t left = 0;
    for (size_t i = 0; i < range->nodes; i++) {
        wanted[i] = wanted[i] && !lkv_range_apart(range, i, enough);
        left += wanted[i];
    }
    return left;
}

/* Up, down, then up and down by the bits of their places. */
static bool pushed_up(size_t place, size_t turn)
{
    return turn < 2 ? turn == 0
                    : ((place * 0x9E3779B1U) >> (turn / 2) & 1U) == turn % 2;
}

void lkv_range_look(lkv_range *range, bool *wanted, int64_t enough)
{
    size_t left = strike_out(range, wanted, enough);
    size_t before = left + 1;
    for (size_t turn = 0;
         turn < TURNS && left > 0 && (turn < PATIENT || left < before);
         turn++) {
        for (size_t i = 0; i < range->nodes; i++) {
            int push = !wanted[i] ? 0 : pushed_up(i, turn) ? -1 : 1;
            glp_set_obj_coef(range->problem, (int)i + 1, push);
        }
        if (!range->possible || !solve(range)) {
            break;
        }
        if (!take(range, glp_get_col_prim)) {
            search_whole(range, false);
        }
        before = left;
        left = strike_out(range, wanted, enough);
    }
}

/* ---- one node ------------------------------------------------------------ */

static bool solve_for(lkv_range *range, size_t place, int sign)
{
    for (size_t i = 0; i < range->nodes; i++) {
        glp_set_obj_coef(range->problem, (int)i + 1, i == place ? sign : 0);
    }
    return solve(range);
}

/* Pushes the node at PLACE down (SIGN 1) or up (-1), as far as parts of pupils
 * allow: that is *END. Whether the tables found are ENOUGH apart.
 */
static bool push(lkv_range *range, size_t place, int sign, int64_t enough,
                 int64_t *end)
{
    if (!solve_for(range, place, sign)) {
        return false;
    }
    double number = glp_get_col_prim(range->problem, (int)place + 1);
    *end = (int64_t)(sign > 0 ? ceil(number - NEAR_WHOLE)
                              : floor(number + NEAR_WHOLE));
    take(range, glp_get_col_prim);
    return lkv_range_apart(range, place, enough);
}

/* The same by whole tables: the first that is found, or the BEST. */
static bool push_whole(lkv_range *range, size_t place, int sign, bool best,
                       int64_t enough, int64_t *end)
{
    lkv_interval seen = range->seen[place];
    bool known = sign > 0 ? seen.low == *end : seen.high == *end;
    if (!known && solve_for(range, place, sign) && search_whole(range, best) &&
        best) {
        *end = range->table[place];
    }
    return lkv_range_apart(range, place, enough);
}

lkv_interval lkv_range_of_parts(lkv_range *range, size_t place, int64_t enough)
{
    lkv_interval *parts = &range->parts[place];
    if (!range->asked[place]) {
        *parts = range->interval[range->node[place]];
        range->asked[place] = true;
        if (range->possible && !lkv_range_apart(range, place, enough) &&
            !push(range, place, 1, enough, &parts->low)) {
            push(range, place, -1, enough, &parts->high);
        }
    }
    return lkv_range_apart(range, place, enough) ? range->seen[place] : *parts;
}

lkv_interval lkv_range_of(lkv_range *range, size_t place, int64_t enough)
{
    lkv_interval it = lkv_range_of_parts(range, place, enough);
    bool found = lkv_range_apart(range, place, enough);
    for (int best = 0; range->possible && best < 2; best++) {
        found = found || push_whole(range, place, 1, best, enough, &it.low) ||
                push_whole(range, place, -1, best, enough, &it.high);
    }
    return found ? range->seen[place] : it;
}
