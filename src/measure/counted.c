#include "measure/counted.h"

#include <math.h>

#include "measure/question.h"

static bool has_sums(const lkv_question *question)
{
    return lkv_question_outcome(question)->kind == LKV_POINTS;
}

size_t lkv_counted_tallies(const lkv_question *question)
{
    return has_sums(question) ? 2 : 1;
}

static void axis_add(lkv_tally_spec *spec, lkv_axis axis)
{
    spec->axis[spec->axes++] = axis;
}

void lkv_counted_needs(const lkv_question *question, uint16_t population,
                       lkv_needs *needs)
{
    const lkv_outcome *outcome = lkv_question_outcome(question);
    const lkv_group *group = lkv_question_group(question);
    lkv_tally_spec sums = {
        .population = population,
        .where = lkv_frame_variant(question->frame, question->variant)->where,
    };
    axis_add(&sums, question->frame->school);
    if (group) {
        axis_add(&sums, group->axis);
    }
    lkv_tally_spec heads = sums;
    axis_add(&heads, outcome->axis);
    lkv_needs_add(needs, heads);
    if (!has_sums(question)) {
        return;
    }
    sums.where = lkv_where_and(sums.where, lkv_question_known(question));
    sums.variables = 1;
    sums.variable[0] = question->panel->outcome_variable[question->outcome];
    sums.cross = LKV_CROSS_BY_CELL;
    lkv_needs_add(needs, sums);
}

static lkv_counted *counted_new(const lkv_tally *heads, bool grouped)
{
    lkv_counted *counted = g_new0(lkv_counted, 1);
    counted->schools = heads->leaves[0];
    counted->leaves = grouped ? heads->leaves[1] : 1;
    counted->cell = g_new0(lkv_counted_cell,
                           (counted->schools + 1) * (counted->leaves + 1));
    return counted;
}

void lkv_counted_free(lkv_counted *counted)
{
    if (!counted) {
        return;
    }
    g_free(counted->cell);
    g_free(counted);
}

static lkv_counted_cell *cell_at(const lkv_counted *counted, size_t school,
                                 size_t leaf)
{
    size_t row = school == LKV_ALL ? counted->schools : school;
    size_t column = leaf == LKV_ALL ? counted->leaves : leaf;
    return &counted->cell[row * (counted->leaves + 1) + column];
}

/* Number CELL of a tally by school and leaf, as a cell of COUNTED. */
static lkv_counted_cell *cell_of(const lkv_counted *counted, size_t cell)
{
    return cell_at(counted, cell / counted->leaves, cell % counted->leaves);
}

static void cell_add(lkv_counted_cell *to, const lkv_counted_cell *from)
{
    to->known = lkv_sums_add(to->known, from->known);
    to->absent += from->absent;
    to->heads += from->heads;
}

/* Adds the cells of SCHOOL to its own total and to that of each leaf. */
static void school_total(lkv_counted *counted, size_t school)
{
    lkv_counted_cell *row = cell_at(counted, school, LKV_ALL);
    *row = (lkv_counted_cell){0};
    for (size_t leaf = 0; leaf < counted->leaves; leaf++) {
        const lkv_counted_cell *cell = cell_at(counted, school, leaf);
        if (cell->heads > 0) {
            cell_add(row, cell);
            cell_add(cell_at(counted, LKV_ALL, leaf), cell);
        }
    }
    if (row->heads > 0) {
        cell_add(cell_at(counted, LKV_ALL, LKV_ALL), row);
    }
}

static void totals_fill(lkv_counted *counted)
{
    for (size_t leaf = 0; leaf <= counted->leaves; leaf++) {
        *cell_at(counted, counted->schools, leaf) = (lkv_counted_cell){0};
    }
    for (size_t school = 0; school < counted->schools; school++) {
        school_total(counted, school);
    }
}

static void pupils_fill(lkv_counted *counted, const lkv_tally *heads)
{
    size_t leaves = heads->leaves[heads->spec.axes - 1];
    for (size_t i = 0; i < counted->schools * counted->leaves; i++) {
        lkv_counted_cell *cell = cell_of(counted, i);
        const int64_t *n = &heads->n[i * leaves];
        cell->absent = n[LKV_LEAF_MISSING];
        for (size_t leaf = 0; leaf < leaves; leaf++) {
            cell->heads += n[leaf];
        }
    }
}

/* Which leaves of an outcome are known, and which of them are yes. */
typedef struct lkv_meaning {
    bool *known, *yes;
    size_t leaves;
} lkv_meaning;

static lkv_sums answers_of(const lkv_meaning *meaning, const int64_t *n)
{
    lkv_sums sums = {0};
    for (size_t leaf = 1; leaf < meaning->leaves; leaf++) {
        sums.n += meaning->known[leaf] ? n[leaf] : 0;
        sums.sum += meaning->known[leaf] && meaning->yes[leaf] ? n[leaf] : 0;
    }
    sums.square = sums.sum;
    return sums;
}

/* Counts of the known and of the yes, from the leaves of the outcome. */
static void answers_fill(lkv_counted *counted, const lkv_question *question,
                         const lkv_tally *heads, lkv_term yes)
{
    const lkv_cube *cube = question->frame->cube;
    lkv_term known = lkv_question_known(question);
    size_t leaves = heads->leaves[heads->spec.axes - 1];
    g_autofree bool *is_known = g_new0(bool, leaves + 1);
    g_autofree bool *is_yes = g_new0(bool, leaves + 1);
    for (size_t leaf = 1; leaf < leaves; leaf++) {
        is_known[leaf] = lkv_cube_holds(cube, known, (uint16_t)leaf);
        is_yes[leaf] = lkv_cube_holds(cube, yes, (uint16_t)leaf);
    }
    lkv_meaning meaning = {is_known, is_yes, leaves};
    for (size_t i = 0; i < counted->schools * counted->leaves; i++) {
        lkv_counted_cell *cell = cell_of(counted, i);
        if (cell->heads > 0) {
            cell->known = answers_of(&meaning, &heads->n[i * leaves]);
        }
    }
}

static void sums_fill(lkv_counted *counted, const lkv_tally *sums)
{
    counted->decimals = sums->decimals[0];
    for (size_t i = 0; i < sums->cells; i++) {
        cell_of(counted, i)->known = (lkv_sums){
            .n = sums->n[i],
            .sum = sums->sum[i],
            .square = sums->product[i],
        };
    }
}

lkv_counted *lkv_counted_new(const lkv_question *question,
                             const lkv_tally *const *tally, lkv_term yes)
{
    const lkv_tally *heads = tally[0];
    lkv_counted *counted = counted_new(heads, question->group_by > 0);
    pupils_fill(counted, heads);
    switch (lkv_question_outcome(question)->kind) {
    case LKV_POINTS:
        sums_fill(counted, tally[1]);
        break;
    case LKV_YES_NO:
        answers_fill(counted, question, heads,
                     lkv_question_value(question, "yes"));
        break;
    case LKV_LEVELS:
        answers_fill(counted, question, heads, yes);
        break;
    }
    totals_fill(counted);
    return counted;
}

void lkv_counted_turn(lkv_counted *counted, const lkv_question *question,
                      const lkv_tally *const *tally, lkv_term yes)
{
    answers_fill(counted, question, tally[0], yes);
    totals_fill(counted);
}

void lkv_counted_keep(lkv_counted *counted, const lkv_cube *cube, lkv_term term)
{
    for (size_t school = 0; school < counted->schools; school++) {
        bool kept = lkv_cube_holds(cube, term, (uint16_t)school);
        for (size_t leaf = 0; leaf < counted->leaves && !kept; leaf++) {
            *cell_at(counted, school, leaf) = (lkv_counted_cell){0};
        }
    }
    totals_fill(counted);
}

lkv_sums lkv_sums_add(lkv_sums a, lkv_sums b)
{
    return (lkv_sums){a.n + b.n, a.sum + b.sum, a.square + b.square};
}

lkv_sums lkv_counted_at(const lkv_counted *counted, size_t school, size_t leaf)
{
    return cell_at(counted, school, leaf)->known;
}

int64_t lkv_counted_absent(const lkv_counted *counted, size_t school,
                           size_t leaf)
{
    return cell_at(counted, school, leaf)->absent;
}

int64_t lkv_counted_heads(const lkv_counted *counted, size_t school,
                          size_t leaf)
{
    return cell_at(counted, school, leaf)->heads;
}

int64_t lkv_counted_schools(const lkv_counted *counted, size_t leaf)
{
    int64_t schools = 0;
    for (size_t s = 0; s < counted->schools; s++) {
        schools += lkv_counted_at(counted, s, leaf).n > 0;
    }
    return schools;
}

lkv_sums lkv_sums_less(lkv_sums all, lkv_sums part)
{
    return (lkv_sums){all.n - part.n, all.sum - part.sum,
                      all.square - part.square};
}

/* 10 ^ DECIMALS as a double, which is exact. */
static double power(uint8_t decimals)
{
    return (double)lkv_power_of_ten(decimals);
}

lkv_stratum lkv_sums_stratum(lkv_sums sums, uint8_t decimals)
{
    if (sums.n == 0) {
        return (lkv_stratum){0};
    }
    lkv_wide squares = sums.n * sums.square - sums.sum * sums.sum;
    return (lkv_stratum){
        .n = sums.n,
        .mean = lkv_wide_ratio(sums.sum,
                               (lkv_wide)sums.n * lkv_power_of_ten(decimals)),
        .squares =
            lkv_wide_ratio(squares, sums.n) / power(decimals) / power(decimals),
    };
}

lkv_stratum *lkv_counted_strata(const lkv_counted *counted, size_t leaf)
{
    lkv_stratum *strata = g_new0(lkv_stratum, counted->schools + 1);
    for (size_t s = 0; s < counted->schools; s++) {
        strata[s] = lkv_sums_stratum(lkv_counted_at(counted, s, leaf),
                                     counted->decimals);
    }
    return strata;
}

lkv_moments *lkv_sums_moments(const lkv_sums *sums, size_t groups,
                              uint8_t decimals)
{
    lkv_sums all = {0};
    for (size_t g = 0; g < groups; g++) {
        all = lkv_sums_add(all, sums[g]);
    }
    lkv_moments *moments = lkv_moments_new(groups, 1, TRUE);
    if (all.n == 0) {
        return moments;
    }
    lkv_stratum whole = lkv_sums_stratum(all, decimals);
    moments->total = all.n;
    moments->mean[0] = whole.mean;
    moments->cross[0] = whole.squares;
    for (size_t g = 0; g < groups; g++) {
        lkv_sums own = sums[g];
        moments->n[g] = own.n;
        moments->group_mean[g] = NAN;
        if (own.n == 0) {
            continue;
        }
        lkv_stratum group = lkv_sums_stratum(own, decimals);
        lkv_wide apart = all.n * own.sum - own.n * all.sum;
        moments->group_mean[g] = group.mean;
        moments->sum[g] = lkv_wide_ratio(apart, all.n) / power(decimals);
        moments->within[g] = group.squares;
        moments->within_total[0] += group.squares;
    }
    return moments;
}

lkv_moments *lkv_counted_moments(const lkv_counted *counted, size_t leaf)
{
    g_autofree lkv_sums *sums = g_new0(lkv_sums, counted->schools + 1);
    for (size_t s = 0; s < counted->schools; s++) {
        sums[s] = lkv_counted_at(counted, s, leaf);
    }
    return lkv_sums_moments(sums, counted->schools, counted->decimals);
}
