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
    size_t cells = counted->schools * counted->leaves;
    counted->sums = g_new0(lkv_sums, cells + 1);
    counted->absent = g_new0(int64_t, cells + 1);
    counted->heads = g_new0(int64_t, cells + 1);
    return counted;
}

void lkv_counted_free(lkv_counted *counted)
{
    if (!counted) {
        return;
    }
    g_free(counted->sums);
    g_free(counted->absent);
    g_free(counted->heads);
    g_free(counted);
}

/* Counts of the known and of the yes, from the leaves of the outcome. */
static void heads_fill(lkv_counted *counted, const lkv_question *question,
                       const lkv_tally *heads, lkv_term yes)
{
    const lkv_cube *cube = question->frame->cube;
    lkv_term known = lkv_question_known(question);
    size_t leaves = heads->leaves[heads->spec.axes - 1];
    size_t cells = counted->schools * counted->leaves;
    for (size_t leaf = 1; leaf < leaves; leaf++) {
        if (!lkv_cube_holds(cube, known, (uint16_t)leaf)) {
            continue;
        }
        bool is_yes = lkv_cube_holds(cube, yes, (uint16_t)leaf);
        for (size_t cell = 0; cell < cells; cell++) {
            int64_t n = heads->n[cell * leaves + leaf];
            counted->sums[cell].n += n;
            counted->sums[cell].sum += is_yes ? n : 0;
            counted->sums[cell].square += is_yes ? n : 0;
        }
    }
}

static void sums_fill(lkv_counted *counted, const lkv_tally *sums)
{
    counted->decimals = sums->decimals[0];
    for (size_t cell = 0; cell < sums->cells; cell++) {
        counted->sums[cell] = (lkv_sums){
            .n = sums->n[cell],
            .sum = sums->sum[cell],
            .square = sums->product[cell],
        };
    }
}

lkv_counted *lkv_counted_new(const lkv_question *question,
                             const lkv_tally *const *tally, lkv_term yes)
{
    const lkv_tally *heads = tally[0];
    lkv_counted *counted = counted_new(heads, question->group_by > 0);
    size_t leaves = heads->leaves[heads->spec.axes - 1];
    for (size_t cell = 0; cell < counted->schools * counted->leaves; cell++) {
        const int64_t *n = &heads->n[cell * leaves];
        counted->absent[cell] = n[LKV_LEAF_MISSING];
        for (size_t leaf = 0; leaf < leaves; leaf++) {
            counted->heads[cell] += n[leaf];
        }
    }
    switch (lkv_question_outcome(question)->kind) {
    case LKV_POINTS:
        sums_fill(counted, tally[1]);
        break;
    case LKV_YES_NO:
        heads_fill(counted, question, heads,
                   lkv_question_value(question, "yes"));
        break;
    case LKV_LEVELS:
        heads_fill(counted, question, heads, yes);
        break;
    }
    return counted;
}

void lkv_counted_keep(lkv_counted *counted, const lkv_cube *cube, lkv_term term)
{
    for (size_t school = 0; school < counted->schools; school++) {
        if (lkv_cube_holds(cube, term, (uint16_t)school)) {
            continue;
        }
        for (size_t leaf = 0; leaf < counted->leaves; leaf++) {
            size_t cell = school * counted->leaves + leaf;
            counted->sums[cell] = (lkv_sums){0};
            counted->absent[cell] = 0;
            counted->heads[cell] = 0;
        }
    }
}

lkv_sums lkv_sums_add(lkv_sums a, lkv_sums b)
{
    return (lkv_sums){a.n + b.n, a.sum + b.sum, a.square + b.square};
}

lkv_sums lkv_counted_at(const lkv_counted *counted, size_t school, size_t leaf)
{
    lkv_sums sums = {0};
    size_t first = school == LKV_ALL ? 0 : school;
    size_t last = school == LKV_ALL ? counted->schools : school + 1;
    for (size_t s = first; s < last; s++) {
        for (size_t l = 0; l < counted->leaves; l++) {
            if (leaf == LKV_ALL || leaf == l) {
                sums =
                    lkv_sums_add(sums, counted->sums[s * counted->leaves + l]);
            }
        }
    }
    return sums;
}

static int64_t total(const lkv_counted *counted, const int64_t *n,
                     size_t school, size_t leaf)
{
    int64_t sum = 0;
    size_t first = school == LKV_ALL ? 0 : school;
    size_t last = school == LKV_ALL ? counted->schools : school + 1;
    for (size_t s = first; s < last; s++) {
        for (size_t l = 0; l < counted->leaves; l++) {
            sum +=
                leaf == LKV_ALL || leaf == l ? n[s * counted->leaves + l] : 0;
        }
    }
    return sum;
}

int64_t lkv_counted_absent(const lkv_counted *counted, size_t school,
                           size_t leaf)
{
    return total(counted, counted->absent, school, leaf);
}

int64_t lkv_counted_heads(const lkv_counted *counted, size_t school,
                          size_t leaf)
{
    return total(counted, counted->heads, school, leaf);
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

lkv_moments *lkv_counted_moments(const lkv_counted *counted, size_t leaf)
{
    lkv_sums all = lkv_counted_at(counted, LKV_ALL, leaf);
    lkv_moments *moments = lkv_moments_new(counted->schools, 1, TRUE);
    if (all.n == 0) {
        return moments;
    }
    lkv_stratum whole = lkv_sums_stratum(all, counted->decimals);
    moments->total = all.n;
    moments->mean[0] = whole.mean;
    moments->cross[0] = whole.squares;
    for (size_t s = 0; s < counted->schools; s++) {
        lkv_sums own = lkv_counted_at(counted, s, leaf);
        moments->n[s] = own.n;
        moments->group_mean[s] = NAN;
        if (own.n == 0) {
            continue;
        }
        lkv_stratum school = lkv_sums_stratum(own, counted->decimals);
        lkv_wide apart = all.n * own.sum - own.n * all.sum;
        moments->group_mean[s] = school.mean;
        moments->sum[s] =
            lkv_wide_ratio(apart, all.n) / power(counted->decimals);
        moments->within[s] = school.squares;
        moments->within_total[0] += school.squares;
    }
    return moments;
}
