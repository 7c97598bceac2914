#include "disclose/range.h"

#include <math.h>
#include <string.h>

#include <glpk.h>

#include "disclose/dive.h"

/* TIRED: after so many searches given up, or dives in a row that failed, no more
 * are begun in a block: it is of a kind that neither gets through. TURNS: directions
 * in which many nodes are pushed at once, the first PATIENT
 * ones whether they help or not; a search for the best whole table ends after
 * WORK columns of the solver, or after so many seconds that it must turn in
 * circles; STEPS of the simplex method for each column and row.
 */
enum {
    TIRED = 3,
    TURNS = 12,
    PATIENT = 4,
    WORK = 20000,
    CIRCLES = 20,
    STEPS = 2
};

/* A solution of the solver this near a whole number is tried as one. */
static const double NEAR_WHOLE = 1e-5;

struct lkv_range {
    lkv_system *system;
    lkv_dive *dive;
    glp_prob *problem; /* NULL until it is needed */
    bool possible; /* its last solution was found */
    int64_t *table; /* the last one tried */
    int64_t *agreed; /* the last one that agrees, or what is tried first */
    int8_t *push; /* of each place, for a dive */
    lkv_interval *seen; /* of each place, over all tables found */
    lkv_interval *parts; /* of each place asked for, with tables of parts */
    bool *asked;
    size_t failed, late; /* dives in a row, searches given up */
};

lkv_range *lkv_range_new(const lkv_view *view, const lkv_blocks *blocks,
                         size_t block)
{
    lkv_range *range = g_new0(lkv_range, 1);
    range->system = lkv_system_new(view, blocks, block);
    range->dive = lkv_dive_new(range->system);
    size_t nodes = range->system->nodes;
    range->table = g_new0(int64_t, nodes + 1);
    range->agreed = g_new0(int64_t, nodes + 1);
    range->push = g_new0(int8_t, nodes + 1);
    range->seen = g_new(lkv_interval, nodes + 1);
    range->parts = g_new(lkv_interval, nodes + 1);
    range->asked = g_new0(bool, nodes + 1);
    for (size_t i = 0; i < nodes; i++) {
        lkv_interval drawn = range->system->interval[i];
        range->agreed[i] = drawn.low + (drawn.high - drawn.low) / 2;
        range->seen[i] = (lkv_interval){LKV_UNBOUNDED, -1};
    }
    return range;
}

void lkv_range_free(lkv_range *range)
{
    if (range) {
        if (range->problem) {
            glp_delete_prob(range->problem);
            glp_free_env();
        }
        lkv_dive_free(range->dive);
        lkv_system_free(range->system);
        g_free(range->table);
        g_free(range->agreed);
        g_free(range->push);
        g_free(range->seen);
        g_free(range->parts);
        g_free(range->asked);
        g_free(range);
    }
}

/* Keeps the table tried, which agrees. */
static void keep(lkv_range *range)
{
    size_t nodes = range->system->nodes;
    memcpy(range->agreed, range->table, nodes * sizeof *range->agreed);
    for (size_t i = 0; i < nodes; i++) {
        lkv_interval *seen = &range->seen[i];
        seen->low = MIN(seen->low, range->table[i]);
        seen->high = MAX(seen->high, range->table[i]);
    }
}

/* ---- dives --------------------------------------------------------------- */

/* Dives for a table near the one tried last. */
static void dive_near(lkv_range *range)
{
    if (range->failed == TIRED) {
        return;
    }
    range->failed++;
    if (lkv_dive_for(range->dive, range->push, range->table)) {
        range->failed = 0;
        keep(range);
    }
}

static void dive(lkv_range *range)
{
    memcpy(range->table, range->agreed,
           range->system->nodes * sizeof *range->table);
    dive_near(range);
}

bool lkv_range_apart(const lkv_range *range, size_t place, int64_t enough)
{
    return range->seen[place].high - range->seen[place].low >= enough;
}

static size_t strike_out(const lkv_range *range, bool *wanted, int64_t enough)
{
    size_t left = 0;
    for (size_t i = 0; i < range->system->nodes; i++) {
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
    size_t nodes = range->system->nodes;
    size_t left = strike_out(range, wanted, enough);
    size_t before = left + 1;
    for (size_t turn = 0;
         turn < TURNS && left > 0 && (turn < PATIENT || left < before);
         turn++) {
        for (size_t i = 0; i < nodes; i++) {
            range->push[i] = (int8_t)(!wanted[i]           ? 0
                                      : pushed_up(i, turn) ? 1
                                                           : -1);
        }
        dive(range);
        before = left;
        left = strike_out(range, wanted, enough);
    }
    memset(range->push, 0, nodes * sizeof *range->push);
}

/* Looks for tables that put the node at PLACE far apart. */
static bool dive_for(lkv_range *range, size_t place, int64_t enough)
{
    lkv_interval drawn = range->system->interval[place];
    if (drawn.high - drawn.low < enough) {
        return false;
    }
    for (int up = 0; up < 2 && !lkv_range_apart(range, place, enough); up++) {
        range->push[place] = up ? 1 : -1;
        dive(range);
    }
    range->push[place] = 0;
    return lkv_range_apart(range, place, enough);
}

/* ---- the solver ---------------------------------------------------------- */

static int kind_of(int64_t low, int64_t high)
{
    bool from = low > -LKV_UNBOUNDED;
    bool to = high < LKV_UNBOUNDED;
    return !from ? GLP_UP : !to ? GLP_LO : low < high ? GLP_DB : GLP_FX;
}

static void add_row(glp_prob *problem, const lkv_system *system, guint number)
{
    const lkv_bound *it = &g_array_index(system->bounds, lkv_bound, number);
    /* The solver counts terms from 1. */
    g_autofree double *coefficient = g_new(double, it->terms + 1);
    for (size_t i = 0; i < it->terms; i++) {
        coefficient[i + 1] =
            (double)g_array_index(system->coefficient, int64_t, it->first + i);
    }
    glp_set_row_bnds(problem, (int)number + 1, kind_of(it->low, it->high),
                     (double)it->low, (double)it->high);
    glp_set_mat_row(problem, (int)number + 1, (int)it->terms,
                    &g_array_index(system->place, int, it->first) - 1,
                    coefficient);
}

static glp_prob *problem_of(const lkv_system *system)
{
    glp_term_out(GLP_OFF);
    glp_prob *problem = glp_create_prob();
    glp_add_cols(problem, (int)system->nodes);
    for (size_t i = 0; i < system->nodes; i++) {
        lkv_interval interval = system->interval[i];
        glp_set_col_bnds(problem, (int)i + 1,
                         kind_of(interval.low, interval.high),
                         (double)interval.low, (double)interval.high);
    }
    if (system->bounds->len > 0) {
        glp_add_rows(problem, (int)system->bounds->len);
    }
    for (guint i = 0; i < system->bounds->len; i++) {
        add_row(problem, system, i);
    }
    glp_adv_basis(problem, 0);
    return problem;
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
    how.it_lim =
        STEPS * ((int)range->system->nodes + (int)range->system->bounds->len);
    range->possible = glp_simplex(range->problem, &how) == 0 &&
                      glp_get_status(range->problem) == GLP_OPT;
    return range->possible;
}

/* Whether the solver is there and has found solutions as yet. */
static bool solvable(lkv_range *range)
{
    if (!range->problem) {
        range->problem = problem_of(range->system);
        solve(range);
    }
    return range->possible;
}

/* Takes the solver's solution as a table, if it is one of whole pupils; else
 * what it is rounded stays as the table tried.
 */
static bool take(lkv_range *range, double (*number)(glp_prob *, int))
{
    bool whole = true;
    for (size_t i = 0; i < range->system->nodes; i++) {
        double value = number(range->problem, (int)i + 1);
        range->table[i] = llround(value);
        whole = whole && fabs(value - (double)range->table[i]) <= NEAR_WHOLE;
    }
    if (!whole || !lkv_system_agrees(range->system, range->table)) {
        return false;
    }
    keep(range);
    return true;
}

/* ---- whole tables -------------------------------------------------------- */

typedef struct search {
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
    if (searching->late) {
        glp_ios_terminate(tree);
    }
}

/* Searches on from the solution of fractions, nodes of rounded shares being
 * whole, or ALL. False when none was found.
 */
static bool branch(lkv_range *range, search *searching, bool all)
{
    for (size_t i = 0; i < range->system->nodes; i++) {
        glp_set_col_kind(range->problem, (int)i + 1,
                         all || range->system->rounded[i] ? GLP_IV : GLP_CV);
    }
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.br_tech = GLP_BR_FFV;
    how.bt_tech = GLP_BT_BLB;
    how.tm_lim = CIRCLES * 1000;
    how.cb_func = stop;
    how.cb_info = searching;
    glp_intopt(range->problem, &how);
    int status = glp_mip_status(range->problem);
    return status == GLP_OPT || status == GLP_FEAS;
}

/* Takes the best whole table. False when it was not found or is not sure. Where
 * shares are whole the other numbers mostly are: they only add up.
 */
static bool search_whole(lkv_range *range)
{
    if (range->late == TIRED) {
        return false;
    }
    search searching = {(size_t)WORK / range->system->nodes, false};
    bool found = branch(range, &searching, false);
    if (found && !take(range, glp_mip_col_val)) {
        found = branch(range, &searching, true) && take(range, glp_mip_col_val);
    }
    range->late += searching.late;
    return found && !searching.late;
}

/* ---- one node ------------------------------------------------------------ */

static bool solve_for(lkv_range *range, size_t place, int sign)
{
    for (size_t i = 0; i < range->system->nodes; i++) {
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
    if (!take(range, glp_get_col_prim)) {
        range->push[place] = (int8_t)-sign;
        dive_near(range);
        range->push[place] = 0;
    }
    return lkv_range_apart(range, place, enough);
}

/* The same by whole tables. */
static bool push_whole(lkv_range *range, size_t place, int sign, int64_t enough,
                       int64_t *end)
{
    lkv_interval seen = range->seen[place];
    bool known = sign > 0 ? seen.low == *end : seen.high == *end;
    if (!known && solve_for(range, place, sign) && search_whole(range)) {
        *end = range->table[place];
    }
    return lkv_range_apart(range, place, enough);
}

lkv_interval lkv_range_of_parts(lkv_range *range, size_t place, int64_t enough)
{
    lkv_interval *parts = &range->parts[place];
    if (!range->asked[place] && !lkv_range_apart(range, place, enough)) {
        *parts = range->system->interval[place];
        range->asked[place] = true;
        if (!dive_for(range, place, enough) && solvable(range) &&
            !push(range, place, 1, enough, &parts->low)) {
            push(range, place, -1, enough, &parts->high);
        }
    }
    return lkv_range_apart(range, place, enough) ? range->seen[place] : *parts;
}

lkv_interval lkv_range_of(lkv_range *range, size_t place, int64_t enough)
{
    lkv_interval it = lkv_range_of_parts(range, place, enough);
    bool found =
        lkv_range_apart(range, place, enough) ||
        (range->possible && (push_whole(range, place, 1, enough, &it.low) ||
                             push_whole(range, place, -1, enough, &it.high)));
    return found ? range->seen[place] : it;
}

const char *lkv_range_glpk_version(void)
{
    return glp_version();
}
