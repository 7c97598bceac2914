#include "audit/program.h"

#include <math.h>

#include <glpk.h>

/* STEPS of the simplex method for each row and column before it is given up; a
 * dual value over ACTIVE means that a row holds; a count within WHOLE of a whole
 * number is that number.
 */
enum { STEPS = 10 };
static const double ACTIVE = 1e-7;
static const double WHOLE = 1e-7;
/* Where a reader knows no end, this many pupils or points are one. */
static const double FAR = 1e7;

struct lkv_program {
    const lkv_unknowns *system;
    GArray *columns;
    GHashTable *place; /* column to its number in the solver */
    GArray *rows; /* uint32_t: row of the system of each row */
    glp_prob *solver;
    bool possible; /* it has been solved before */
};

static int kind_of(double low, double high)
{
    return isinf(low)    ? (isinf(high) ? GLP_FR : GLP_UP)
           : isinf(high) ? GLP_LO
           : low < high  ? GLP_DB
                         : GLP_FX;
}

static int place_of(const lkv_program *program, uint32_t column)
{
    return GPOINTER_TO_INT(
        g_hash_table_lookup(program->place, GUINT_TO_POINTER(column + 1)));
}

static void add_columns(lkv_program *program)
{
    glp_add_cols(program->solver, (int)program->columns->len);
    for (guint i = 0; i < program->columns->len; i++) {
        uint32_t number = g_array_index(program->columns, uint32_t, i);
        const lkv_column *column =
            &g_array_index(program->system->columns, lkv_column, number);
        double low = fmax(column->low, -FAR);
        double high = fmin(column->high, FAR);
        glp_set_col_bnds(program->solver, (int)i + 1, kind_of(low, high), low,
                         high);
        g_hash_table_insert(program->place, GUINT_TO_POINTER(number + 1),
                            GINT_TO_POINTER((int)i + 1));
    }
}

typedef struct terms {
    GArray *place, *times; /* int, double; from 1 as the solver counts */
    double least, most; /* of columns that are not in the program */
} terms;

static void read_row(const lkv_program *program, const lkv_unknowns_row *row,
                     terms *out)
{
    g_array_set_size(out->place, 1);
    g_array_set_size(out->times, 1);
    out->least = out->most = 0;
    for (uint32_t i = 0; i < row->count; i++) {
        const lkv_unknowns_term *term = &g_array_index(
            program->system->terms, lkv_unknowns_term, row->first + i);
        const lkv_column *column =
            &g_array_index(program->system->columns, lkv_column, term->column);
        int place = place_of(program, term->column);
        bool up = term->times > 0;
        if (place > 0) {
            g_array_append_val(out->place, place);
            g_array_append_val(out->times, term->times);
        } else {
            out->least += term->times * (up ? column->low : column->high);
            out->most += term->times * (up ? column->high : column->low);
        }
    }
}

/* Other columns are anywhere within their own ends. */
static void add_row(lkv_program *program, uint32_t number, terms *it)
{
    const lkv_unknowns_row *row =
        &g_array_index(program->system->rows, lkv_unknowns_row, number);
    read_row(program, row, it);
    double low = row->low - it->most;
    double high = row->high - it->least;
    if (isinf(low) && isinf(high)) {
        return;
    }
    int place = glp_add_rows(program->solver, 1);
    glp_set_row_bnds(program->solver, place, kind_of(low, high), low, high);
    glp_set_mat_row(program->solver, place, (int)it->place->len - 1,
                    &g_array_index(it->place, int, 0),
                    &g_array_index(it->times, double, 0));
    g_array_append_val(program->rows, number);
}

static void add_rows(lkv_program *program)
{
    const lkv_unknowns *system = program->system;
    g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
    terms it = {.place = g_array_new(FALSE, TRUE, sizeof(int)),
                .times = g_array_new(FALSE, TRUE, sizeof(double))};
    for (guint i = 0; i < program->columns->len; i++) {
        uint32_t column = g_array_index(program->columns, uint32_t, i);
        uint32_t end = g_array_index(system->rows_at, uint32_t, column + 1);
        for (uint32_t k = g_array_index(system->rows_at, uint32_t, column);
             k < end; k++) {
            uint32_t number = g_array_index(system->rows_of, uint32_t, k);
            if (g_hash_table_add(done, GUINT_TO_POINTER(number + 1))) {
                add_row(program, number, &it);
            }
        }
    }
    g_array_unref(it.place);
    g_array_unref(it.times);
}

lkv_program *lkv_program_new(const lkv_unknowns *system, const GArray *columns)
{
    lkv_program *program = g_new0(lkv_program, 1);
    program->system = system;
    program->columns = g_array_ref((GArray *)(uintptr_t)columns);
    program->place = g_hash_table_new(NULL, NULL);
    program->rows = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    glp_term_out(GLP_OFF);
    program->solver = glp_create_prob();
    add_columns(program);
    add_rows(program);
    return program;
}

void lkv_program_free(lkv_program *program)
{
    if (program) {
        glp_delete_prob(program->solver);
        g_hash_table_unref(program->place);
        g_array_unref(program->columns);
        g_array_unref(program->rows);
        g_free(program);
    }
}

void lkv_program_cleanup(void)
{
    glp_free_env();
}

void lkv_program_at_least(lkv_program *program, const lkv_form *form,
                          double least)
{
    g_autoptr(GArray) place = g_array_new(FALSE, TRUE, sizeof(int));
    g_autoptr(GArray) times = g_array_new(FALSE, TRUE, sizeof(double));
    g_array_set_size(place, 1);
    g_array_set_size(times, 1);
    for (guint i = 0; i < form->column->len; i++) {
        int at = place_of(program, g_array_index(form->column, uint32_t, i));
        const double once = 1;
        if (at > 0) {
            g_array_append_val(place, at);
            g_array_append_val(times, once);
        }
    }
    if (place->len > 1) {
        int number = glp_add_rows(program->solver, 1);
        double low = least - form->constant;
        glp_set_row_bnds(program->solver, number, GLP_LO, low, low);
        glp_set_mat_row(program->solver, number, (int)place->len - 1,
                        &g_array_index(place, int, 0),
                        &g_array_index(times, double, 0));
    }
}

void lkv_program_clear(lkv_program *program)
{
    for (int i = 0; i <= glp_get_num_cols(program->solver); i++) {
        glp_set_obj_coef(program->solver, i, 0);
    }
}

void lkv_program_add(lkv_program *program, const lkv_form *form, double times)
{
    for (guint i = 0; i < form->column->len; i++) {
        int place = place_of(program, g_array_index(form->column, uint32_t, i));
        if (place > 0) {
            double now = glp_get_obj_coef(program->solver, place);
            glp_set_obj_coef(program->solver, place, now + times);
        }
    }
}

/* How the solver is told to begin: where it stands; anew; anew by the dual
 * method, which goes another way. Rounding may make it lose its way in one.
 */
typedef enum { FROM_HERE, ANEW, DUAL, WAYS } way;

static lkv_solved solve_by(lkv_program *program, way by)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = by == DUAL ? GLP_DUALP : GLP_PRIMAL;
    how.it_lim = STEPS * (glp_get_num_rows(program->solver) +
                          glp_get_num_cols(program->solver)) +
                 1000;
    if (by != FROM_HERE) {
        glp_adv_basis(program->solver, 0);
    }
    if (glp_simplex(program->solver, &how) != 0) {
        return LKV_GIVEN_UP;
    }
    int status = glp_get_status(program->solver);
    return status == GLP_OPT      ? LKV_SOLVED
           : status == GLP_NOFEAS ? LKV_IMPOSSIBLE
                                  : LKV_GIVEN_UP;
}

/* What was possible once stays so. */
lkv_solved lkv_program_solve(lkv_program *program)
{
    lkv_solved solved = LKV_GIVEN_UP;
    for (way by = program->possible ? FROM_HERE : ANEW;
         by < WAYS && solved != LKV_SOLVED; by++) {
        lkv_solved now = solve_by(program, by);
        solved = now == LKV_GIVEN_UP && solved == LKV_IMPOSSIBLE ? solved : now;
    }
    program->possible = program->possible || solved == LKV_SOLVED;
    return program->possible && solved == LKV_IMPOSSIBLE ? LKV_GIVEN_UP
                                                         : solved;
}

void lkv_program_take(const lkv_program *program, double *point)
{
    for (guint i = 0; i < program->columns->len; i++) {
        double value = glp_get_col_prim(program->solver, (int)i + 1);
        double whole = nearbyint(value);
        point[g_array_index(program->columns, uint32_t, i)] =
            fabs(value - whole) < WHOLE ? whole : value;
    }
}

/* ---- recipes ------------------------------------------------------------- */

static void explain_row(const lkv_program *program, uint32_t number,
                        bool from_below, lkv_recipe *recipe)
{
    const lkv_unknowns *system = program->system;
    const lkv_net *net = system->net;
    const lkv_unknowns_row *row =
        &g_array_index(system->rows, lkv_unknowns_row, number);
    switch (row->kind) {
    case LKV_ROW_COUNT: {
        uint32_t cell =
            lkv_tight_teller(system->tight, row->number, from_below);
        if (cell == UINT32_MAX) {
            lkv_tight_explain(system->tight, row->number, from_below, recipe);
        } else {
            lkv_recipe_cell(recipe, cell);
        }
        break;
    }
    case LKV_ROW_SHARE:
        lkv_recipe_cell(recipe,
                        g_array_index(net->quotas, lkv_quota, row->number).via);
        break;
    case LKV_ROW_WITHIN:
        lkv_recipe_implication(
            recipe, g_array_index(net->withins, lkv_within, row->number).via);
        break;
    case LKV_ROW_MEAN:
        lkv_recipe_cell(recipe, row->number);
        break;
    case LKV_ROW_TIE:
    case LKV_ROW_SCALE:
        break;
    }
}

/* Ends of columns that are not in the program let a row NUMBER that says no more
 * than they leave of it.
 */
static void explain_others(const lkv_program *program, uint32_t number,
                           bool from_below, lkv_recipe *recipe)
{
    const lkv_unknowns *system = program->system;
    const lkv_unknowns_row *row =
        &g_array_index(system->rows, lkv_unknowns_row, number);
    for (uint32_t i = 0; i < row->count; i++) {
        const lkv_unknowns_term *term =
            &g_array_index(system->terms, lkv_unknowns_term, row->first + i);
        const lkv_column *column =
            &g_array_index(system->columns, lkv_column, term->column);
        if (place_of(program, term->column) == 0 && !column->points) {
            lkv_tight_explain(system->tight, column->crowd,
                              (term->times < 0) == from_below, recipe);
        }
    }
}

void lkv_program_explain(const lkv_program *program, lkv_recipe *recipe)
{
    const lkv_unknowns *system = program->system;
    for (guint i = 0; i < program->rows->len; i++) {
        double dual = glp_get_row_dual(program->solver, (int)i + 1);
        if (fabs(dual) > ACTIVE) {
            uint32_t row = g_array_index(program->rows, uint32_t, i);
            explain_row(program, row, dual > 0, recipe);
            explain_others(program, row, dual > 0, recipe);
        }
    }
    for (guint i = 0; i < program->columns->len; i++) {
        double dual = glp_get_col_dual(program->solver, (int)i + 1);
        const lkv_column *column =
            &g_array_index(system->columns, lkv_column,
                           g_array_index(program->columns, uint32_t, i));
        if (fabs(dual) > ACTIVE && !column->points) {
            lkv_tight_explain(system->tight, column->crowd, dual > 0, recipe);
        }
    }
}
