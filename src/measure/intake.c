#include "measure/intake.h"

#include <string.h>

#include "measure/apart.h"
#include "measure/question.h"
#include "stat/regression.h"

/* Groups that say what home a pupil comes from; as many as a tally has axes
 * beside the schools.
 */
static const char *const family[] = {"parental_education", "background",
                                     "new_immigrant"};
G_STATIC_ASSERT(G_N_ELEMENTS(family) < LKV_TALLY_AXES);

/* Numbers of the family groups that the run has; returns how many. */
static size_t groups_of(const lkv_question *question,
                        const lkv_group *found[G_N_ELEMENTS(family)])
{
    size_t count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(family); i++) {
        uint16_t number = lkv_frame_group_find(question->frame, family[i]);
        if (number == LKV_NO_VALUE) {
            continue;
        }
        const lkv_group *group = lkv_frame_group(question->frame, number);
        if (group->built_in) {
            found[count++] = group;
        }
    }
    return count;
}

bool lkv_intake_there(const lkv_question *question)
{
    const lkv_group *groups[G_N_ELEMENTS(family)];
    if (question->panel->outcome_variable[question->outcome] == LKV_NO_VALUE) {
        return false;
    }
    return question->givens > 0 || groups_of(question, groups) > 0;
}

/* The variable beside covariate NUMBER whose id ends with ENDING. */
static uint16_t beside(const lkv_panel *panel, uint16_t number,
                       const char *ending)
{
    g_autofree char *id = g_strconcat(panel->variable[number].id, ending, NULL);
    return lkv_panel_variable(panel, id);
}

static void covariates_add(const lkv_question *question, lkv_tally_spec *spec)
{
    const lkv_panel *panel = question->panel;
    for (size_t i = 0; i < question->givens; i++) {
        uint16_t number = question->given[i];
        uint16_t filled = question->unknown_otherwise
                              ? beside(panel, number, LKV_VARIABLE_FILLED)
                              : LKV_NO_VALUE;
        bool split = filled != LKV_NO_VALUE &&
                     spec->variables + 2 <= LKV_TALLY_VARIABLES;
        spec->variable[spec->variables++] = split ? filled : number;
        if (split) {
            spec->variable[spec->variables++] =
                beside(panel, number, LKV_VARIABLE_UNKNOWN);
        }
    }
}

void lkv_intake_needs(const lkv_question *question, lkv_needs *needs)
{
    if (!lkv_intake_there(question)) {
        return;
    }
    lkv_tally_spec spec = lkv_apart_spec(question);
    spec.cross = LKV_CROSS_BY_CELL;
    spec.variable[spec.variables++] =
        question->panel->outcome_variable[question->outcome];
    covariates_add(question, &spec);
    const lkv_group *groups[G_N_ELEMENTS(family)];
    size_t count = question->givens > 0 ? 0 : groups_of(question, groups);
    for (size_t i = 0; i < count; i++) {
        spec.axis[spec.axes++] = groups[i]->axis;
    }
    lkv_needs_add(needs, spec);
}

/* ---- leaves as columns ---------------------------------------------------- */

/* COLUMN[axis * most + leaf] is the number of the leaf's column, or 0. */
typedef struct lkv_leaves {
    const lkv_tally *tally;
    size_t most; /* leaves of the longest axis */
    size_t *column;
    size_t columns; /* the outcome's among them */
    size_t room; /* for so many */
} lkv_leaves;

static size_t leaf_of(const lkv_tally *tally, size_t cell, size_t axis)
{
    for (size_t i = tally->spec.axes; i-- > axis + 1;) {
        cell /= tally->leaves[i];
    }
    return cell % tally->leaves[axis];
}

static bool anybody(const lkv_tally *tally, size_t axis, size_t leaf)
{
    for (size_t cell = 0; cell < tally->cells; cell++) {
        if (tally->n[cell] > 0 && leaf_of(tally, cell, axis) == leaf) {
            return true;
        }
    }
    return false;
}

/* Columns for the leaves of AXIS but REFERENCE that anybody in one of the
 * tallies has, as far as there is room.
 */
static void axis_number(lkv_leaves *of, const lkv_tally *const *tally,
                        size_t count, size_t axis, size_t reference)
{
    for (size_t leaf = 0; leaf < of->tally->leaves[axis]; leaf++) {
        bool wanted = false;
        for (size_t i = 0; i < count; i++) {
            wanted = wanted || anybody(tally[i], axis, leaf);
        }
        if (wanted && leaf != reference && of->columns < of->room) {
            of->column[axis * of->most + leaf] = of->columns++;
        }
    }
}

/* Of COUNT tallies of the same axes; ROOM for all columns. */
static lkv_leaves leaves_of(const lkv_question *question,
                            const lkv_tally *const *tally, size_t count,
                            size_t room)
{
    const lkv_group *groups[G_N_ELEMENTS(family)];
    groups_of(question, groups);
    lkv_leaves of = {.tally = tally[0], .columns = 1, .room = room};
    for (size_t i = 1; i < of.tally->spec.axes; i++) {
        of.most = MAX(of.most, of.tally->leaves[i]);
    }
    of.column = g_new0(size_t, of.tally->spec.axes * of.most + 1);
    for (size_t i = 1; i < of.tally->spec.axes; i++) {
        axis_number(&of, tally, count, i, groups[i - 1]->reference);
    }
    return of;
}

/* An empty tally by the schools of LIKE, of V variables. */
static lkv_tally *tally_by_school(const lkv_tally *like, size_t v)
{
    size_t schools = like->leaves[0];
    lkv_tally *made = g_new0(lkv_tally, 1);
    made->spec = like->spec;
    made->spec.axes = 1;
    made->spec.variables = (uint8_t)v;
    made->leaves[0] = like->leaves[0];
    made->decimals[0] = like->decimals[0];
    made->cells = schools;
    made->n = g_new0(int64_t, schools + 1);
    made->sum = g_new0(lkv_wide, schools * v + 1);
    made->product = g_new0(lkv_wide, schools * v * (v + 1) / 2 + 1);
    return made;
}

/* Adds a cell, whose pupils have 1 in its leaves' columns and in YEAR, if it is
 * one, and 0 in others.
 */
static void cell_add(lkv_tally *made, const lkv_leaves *of, size_t cell,
                     size_t year)
{
    size_t active[LKV_TALLY_AXES + 1], count = 0, v = made->spec.variables;
    size_t school = leaf_of(of->tally, cell, 0);
    lkv_wide n = of->tally->n[cell], sum = of->tally->sum[cell];
    lkv_wide *products = &made->product[school * v * (v + 1) / 2];
    for (size_t i = 1; i < of->tally->spec.axes; i++) {
        size_t column = of->column[i * of->most + leaf_of(of->tally, cell, i)];
        if (column > 0) {
            active[count++] = column;
        }
    }
    if (year > 0) {
        active[count++] = year;
    }
    made->n[school] += of->tally->n[cell];
    made->sum[school * v] += sum;
    products[0] += of->tally->product[cell];
    for (size_t a = 0; a < count; a++) {
        made->sum[school * v + active[a]] += n;
        products[lkv_tally_pair(made, 0, active[a])] += sum;
        for (size_t b = a; b < count; b++) {
            products[lkv_tally_pair(made, active[a], active[b])] += n;
        }
    }
}

/* Whether the pupils of CELL are in the model: those of whom some group is not
 * known are, but under the other choice.
 */
static bool cell_in(const lkv_question *question, const lkv_tally *tally,
                    size_t cell)
{
    bool known = true;
    for (size_t i = 1; i < tally->spec.axes; i++) {
        known = known && leaf_of(tally, cell, i) != LKV_LEAF_MISSING;
    }
    return tally->n[cell] > 0 && (known || !question->unknown_otherwise);
}

int64_t lkv_intake_pupils(const lkv_question *question, const lkv_tally *tally)
{
    int64_t pupils = 0;
    for (size_t cell = 0; cell < tally->cells; cell++) {
        pupils += cell_in(question, tally, cell) ? tally->n[cell] : 0;
    }
    return pupils;
}

/* In the columns that LIKE has. */
static lkv_moments *moments_of_leaves(const lkv_question *question,
                                      const lkv_tally *tally,
                                      const lkv_tally *like)
{
    lkv_leaves of = leaves_of(question, &like, 1, LKV_TALLY_VARIABLES);
    of.tally = tally;
    g_autoptr(lkv_tally) made = tally_by_school(tally, of.columns);
    for (size_t cell = 0; cell < tally->cells; cell++) {
        if (cell_in(question, tally, cell)) {
            cell_add(made, &of, cell, 0);
        }
    }
    g_free(of.column);
    return lkv_tally_moments(made);
}

/* Of what TALLY counts, groups or covariates, in the columns that LIKE has. */
static lkv_moments *moments_of(const lkv_question *question,
                               const lkv_tally *tally, const lkv_tally *like)
{
    return tally->spec.axes > 1 ? moments_of_leaves(question, tally, like)
                                : lkv_tally_moments(tally);
}

lkv_moments *lkv_intake_moments(const lkv_question *question,
                                const lkv_tally *tally, size_t *covariate)
{
    bool kept[LKV_TALLY_VARIABLES];
    bool grouped = tally->spec.axes > 1;
    g_autoptr(lkv_moments) all = moments_of(question, tally, tally);
    size_t column = 0;
    lkv_moments *moments = lkv_moments_independent(all, kept);
    for (size_t i = 0; covariate && i < all->variables; i++) {
        if (kept[i]) {
            bool own = !grouped && !question->unknown_otherwise && i > 0;
            covariate[column++] = own ? i - 1 : SIZE_MAX;
        }
    }
    return moments;
}

lkv_moments *lkv_intake_line(const lkv_question *question, const lkv_tally *now,
                             const lkv_tally *then)
{
    bool kept[LKV_TALLY_VARIABLES];
    g_autoptr(lkv_moments) before = moments_of(question, then, then);
    g_autoptr(lkv_moments) all = moments_of(question, now, then);
    g_autoptr(lkv_moments) free = lkv_moments_independent(before, kept);
    lkv_regression of = lkv_regression_of(free, false);
    size_t v = all->variables;
    g_autofree double *own = g_new0(double, v), *weight = g_new0(double, v);
    if (of.fit != LKV_FIT_OK || free->variables < 2) {
        return NULL;
    }
    own[0] = 1;
    for (size_t i = 1, at = 1; i < v; i++) {
        weight[i] = kept[i] ? of.beta[at++] : 0;
    }
    const lkv_column columns[] = {{own, NULL}, {weight, NULL}};
    return lkv_moments_make(all, columns, 2);
}

/* ---- years together ------------------------------------------------------- */

/* All columns of leaves, then one for each year but the first. */
static lkv_tally *years_of_leaves(const lkv_question *question,
                                  const lkv_tally *const *tally, size_t years,
                                  size_t *columns)
{
    lkv_leaves of =
        leaves_of(question, tally, years, LKV_TALLY_VARIABLES - (years - 1));
    lkv_tally *made = tally_by_school(tally[0], of.columns + years - 1);
    for (size_t i = 0; i < years; i++) {
        of.tally = tally[i];
        for (size_t cell = 0; cell < of.tally->cells; cell++) {
            if (cell_in(question, of.tally, cell)) {
                cell_add(made, &of, cell, i > 0 ? of.columns + i - 1 : 0);
            }
        }
    }
    *columns = of.columns;
    g_free(of.column);
    return made;
}

/* Adds FROM, whose pupils have 1 in column YEAR, if it is one. */
static void year_add(lkv_tally *made, const lkv_tally *from, size_t year)
{
    size_t v = made->spec.variables, own = from->spec.variables;
    size_t pairs = v * (v + 1) / 2, own_pairs = own * (own + 1) / 2;
    for (size_t school = 0; school < from->cells; school++) {
        const lkv_wide *sums = &from->sum[school * own];
        const lkv_wide *products = &from->product[school * own_pairs];
        lkv_wide *into = &made->product[school * pairs];
        made->n[school] += from->n[school];
        for (size_t a = 0; a < own; a++) {
            made->sum[school * v + a] += sums[a];
            for (size_t b = a; b < own; b++) {
                into[lkv_tally_pair(made, a, b)] +=
                    products[lkv_tally_pair(from, a, b)];
            }
            if (year > 0) {
                into[lkv_tally_pair(made, a, year)] += sums[a];
            }
        }
        if (year > 0) {
            made->sum[school * v + year] += from->n[school];
            into[lkv_tally_pair(made, year, year)] += from->n[school];
        }
    }
}

static lkv_tally *years_of_covariates(const lkv_tally *const *tally,
                                      size_t years, size_t *columns)
{
    size_t own = tally[0]->spec.variables;
    lkv_tally *made = tally_by_school(tally[0], own + years - 1);
    for (size_t v = 0; v < own; v++) {
        made->decimals[v] = tally[0]->decimals[v];
    }
    for (size_t i = 0; i < years; i++) {
        year_add(made, tally[i], i > 0 ? own + i - 1 : 0);
    }
    *columns = own;
    return made;
}

lkv_moments *lkv_intake_years(const lkv_question *question,
                              const lkv_tally *const *tally, size_t years,
                              size_t *intake)
{
    bool kept[LKV_TALLY_VARIABLES];
    size_t columns = 0;
    if (tally[0]->spec.variables + years - 1 > LKV_TALLY_VARIABLES) {
        return NULL;
    }
    g_autoptr(lkv_tally) made =
        tally[0]->spec.axes > 1
            ? years_of_leaves(question, tally, years, &columns)
            : years_of_covariates(tally, years, &columns);
    g_autoptr(lkv_moments) all = lkv_tally_moments(made);
    lkv_moments *moments = lkv_moments_independent(all, kept);
    *intake = 0;
    for (size_t i = 1; i < columns; i++) {
        *intake += kept[i];
    }
    return moments;
}
