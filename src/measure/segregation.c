/* How the groups are spread over the schools, and whether unevener than chance
 * alone would have it.
 *
 * Whom a pupil meets at school is decided before anything is taught. Small
 * schools and small groups look uneven whatever happens, so each index stands
 * beside what the same schools would show if every pupil had drawn a seat.
 */
#include <math.h>
#include <string.h>

#include "measure/catalogue.h"
#include "measure/dealt.h"
#include "measure/question.h"
#include "stat/allocation.h"
#include "stat/segregation.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_needs_add(
        needs,
        (lkv_tally_spec){
            .population = question->population,
            .where =
                lkv_frame_variant(question->frame, question->variant)->where,
            .axes = 2,
            .axis = {question->frame->school,
                     lkv_question_group(question)->axis},
        });
}

/* How an index is told. */
typedef struct lkv_index_words {
    const char *id, *random; /* RANDOM NULL: not drawn */
    double least, most; /* of its interval */
} lkv_index_words;

static const lkv_index_words words[LKV_SEGREGATIONS] = {
    [LKV_DISSIMILARITY] = {"dissimilarity", "dissimilarity_random", 0, 1},
    [LKV_ISOLATION] = {"isolation", "isolation_random", 0, 1},
    [LKV_EXPOSURE] = {"exposure", "exposure_random", 0, 1},
    [LKV_VARIANCE_RATIO] = {"variance_ratio", "variance_ratio_random", 0, 1},
    [LKV_VARIANCE_CORRECTED] = {"variance_ratio_corrected", NULL, -1, 1},
    [LKV_THEIL_H] = {"theil_h", "theil_h_random", 0, 1},
    [LKV_HUTCHENS] = {"hutchens", "hutchens_random", 0, 1},
    [LKV_GORARD] = {"gorard", "gorard_random", 0, 1},
};
/* Two more, of all leaves together. */
enum { INFORMATION = LKV_SEGREGATIONS, INFORMATION_H, INDICES };

/* The known pupils of a question: leaves of the group from 1 on. */
typedef struct lkv_spread_groups {
    const lkv_question *question;
    lkv_results *out;
    size_t schools, groups;
    int64_t *count; /* [school * groups + leaf - 1] */
    int64_t *all; /* known pupils by school */
    int64_t *group; /* of one leaf, by school */
    int64_t heads, inhabited; /* pupils, known or not; schools with known */
    size_t draws;
    double *drawn; /* [(leaf * INDICES + index) * draws + draw], leaf 0 = all */
} lkv_spread_groups;

static void counts_fill(lkv_spread_groups *of, const lkv_tally *tally)
{
    of->schools = tally->leaves[0];
    of->groups = tally->leaves[1] - 1U;
    of->count = g_new0(int64_t, of->schools * of->groups + 1);
    of->all = g_new0(int64_t, of->schools + 1);
    of->group = g_new0(int64_t, of->schools + 1);
    for (size_t cell = 0; cell < tally->cells; cell++) {
        size_t school = cell / (of->groups + 1);
        size_t leaf = cell % (of->groups + 1);
        of->heads += tally->n[cell];
        if (leaf != LKV_LEAF_MISSING) {
            of->count[school * of->groups + leaf - 1] = tally->n[cell];
            of->all[school] += tally->n[cell];
        }
    }
    for (size_t j = 0; j < of->schools; j++) {
        of->inhabited += of->all[j] > 0;
    }
}

static void group_take(const lkv_spread_groups *of, const int64_t *count,
                       size_t schools, uint16_t leaf)
{
    for (size_t j = 0; j < schools; j++) {
        of->group[j] = count[j * of->groups + leaf - 1];
    }
}

/* ---- what chance gives ---------------------------------------------------------- */

static double *drawn_at(const lkv_spread_groups *of, size_t leaf, size_t index)
{
    return &of->drawn[(leaf * INDICES + index) * of->draws];
}

static void table_put(const lkv_spread_groups *of, const int64_t *table,
                      const int64_t *size, size_t draw)
{
    size_t schools = (size_t)of->inhabited;
    lkv_information all = lkv_information_of(table, schools, of->groups);
    drawn_at(of, 0, INFORMATION)[draw] = all.m;
    drawn_at(of, 0, INFORMATION_H)[draw] = all.h;
    for (uint16_t leaf = 1; leaf <= of->groups; leaf++) {
        group_take(of, table, schools, leaf);
        lkv_segregation one = lkv_segregation_of(of->group, size, schools);
        for (size_t i = 0; i < LKV_SEGREGATIONS; i++) {
            drawn_at(of, leaf, i)[draw] = one.index[i];
        }
    }
}

/* Pupils of each school in TABLE. */
static void sizes_take(const lkv_spread_groups *of, const int64_t *table,
                       int64_t *size)
{
    for (size_t j = 0; j < (size_t)of->inhabited; j++) {
        size[j] = 0;
        for (size_t g = 0; g < of->groups; g++) {
            size[j] += table[j * of->groups + g];
        }
    }
}

static void tables_draw(lkv_spread_groups *of)
{
    const lkv_question *question = of->question;
    of->draws = lkv_dealt_draws(question);
    of->drawn = g_new0(double, (of->groups + 1) * INDICES * of->draws + 1);
    lkv_allocation *allocation =
        lkv_allocation_new(of->count, of->schools, of->groups);
    g_autofree int64_t *size = g_new0(int64_t, of->schools + 1);
    for (size_t draw = 0; draw < of->draws; draw++) {
        lkv_stream stream = lkv_dealt_stream(question, draw);
        const int64_t *table = lkv_allocation_draw(allocation, &stream);
        sizes_take(of, table, size);
        table_put(of, table, size, draw);
    }
    lkv_allocation_free(allocation);
}

/* ---- estimates -------------------------------------------------------------------- */

/* A new estimate about the pupils of LEAF, or of all for 0. */
static lkv_estimate *add(const lkv_spread_groups *of, uint16_t leaf,
                         const char *component)
{
    const lkv_question *question = of->question;
    lkv_axis axis = lkv_question_group(question)->axis;
    lkv_spot spot = {0, leaf == 0 ? LKV_NO_VALUE : leaf, LKV_NO_VALUE};
    lkv_estimate *estimate =
        lkv_question_add(question, of->out, spot, component);
    lkv_claim share = lkv_question_count(
        question, lkv_question_pupils(question, lkv_spot_unit(0)));
    share.stat = LKV_SHARE;
    estimate->schools = of->inhabited;
    estimate->n = 0;
    for (uint16_t g = 1; g <= of->groups; g++) {
        int64_t pupils = 0;
        for (size_t j = 0; j < of->schools; j++) {
            pupils += of->count[j * of->groups + g - 1];
        }
        estimate->n += g == leaf ? pupils : 0;
        if ((g == leaf || leaf == 0) && pupils > 0 &&
            estimate->froms < LKV_FROM_MOST) {
            share.part = lkv_where_and((lkv_where){0}, (lkv_term){axis, g});
            lkv_estimate_from(estimate, share);
        }
    }
    estimate->n = leaf == 0 ? of->heads : estimate->n;
    return estimate;
}

/* What chance gives for INDEX of LEAF, beside ESTIMATE's VALUE. */
static void random_add(const lkv_spread_groups *of, uint16_t leaf, size_t index,
                       const char *component, double value)
{
    lkv_estimate *estimate = add(of, leaf, component);
    lkv_chance chance = lkv_chance_of(drawn_at(of, leaf, index), of->draws,
                                      value, of->question->frame->confidence);
    int64_t pupils = 0;
    for (size_t j = 0; j < of->schools; j++) {
        pupils += of->all[j];
    }
    bool exact = index == LKV_VARIANCE_RATIO;
    estimate->method =
        exact ? LKV_METHOD_CHANCE_EXACT : LKV_METHOD_CHANCE_DRAWN;
    estimate->real = exact ? (double)(of->inhabited - 1) / (double)(pupils - 1)
                           : chance.mean;
    estimate->low = chance.range.low;
    estimate->high = chance.range.high;
    estimate->p = chance.p;
}

static void index_add(const lkv_spread_groups *of, uint16_t leaf, size_t index,
                      double value, const double *without)
{
    lkv_estimate *estimate = add(of, leaf, words[index].id);
    if (isnan(value)) { /* with a pupil each, chance alone parts all of them */
        estimate->reason = LKV_REASON_ONE_PUPIL_PER_SCHOOL;
        return;
    }
    estimate->real = value;
    estimate->method = LKV_METHOD_SEGREGATION;
    lkv_dealt_interval(estimate, of->question, without, of->inhabited,
                       (lkv_interval){words[index].least, words[index].most});
    if (words[index].random && of->draws > 0) {
        random_add(of, leaf, index, words[index].random, value);
    }
}

/* Says why there are no numbers. */
static void reason_add(const lkv_spread_groups *of, uint16_t leaf,
                       const char *component)
{
    lkv_estimate *estimate = add(of, leaf, component);
    estimate->reason =
        of->inhabited < 2 ? LKV_REASON_ONE_SCHOOL : LKV_REASON_EMPTY_GROUP;
}

static void leaf_add(const lkv_spread_groups *of, uint16_t leaf)
{
    group_take(of, of->count, of->schools, leaf);
    lkv_segregation found = lkv_segregation_of(of->group, of->all, of->schools);
    size_t schools = (size_t)of->inhabited;
    g_autofree double *without = g_new0(double, LKV_SEGREGATIONS *schools + 1);
    for (size_t j = 0, at = 0; j < of->schools && found.found; j++) {
        int64_t a = of->group[j], t = of->all[j];
        if (t == 0) {
            continue;
        }
        of->group[j] = of->all[j] = 0;
        lkv_segregation less =
            lkv_segregation_of(of->group, of->all, of->schools);
        of->group[j] = a;
        of->all[j] = t;
        for (size_t i = 0; i < LKV_SEGREGATIONS; i++) {
            without[i * schools + at] = less.index[i];
        }
        at++;
    }
    for (size_t i = 0; i < LKV_SEGREGATIONS; i++) {
        if (found.found) {
            index_add(of, leaf, i, found.index[i], &without[i * schools]);
        } else {
            reason_add(of, leaf, words[i].id);
        }
    }
}

/* M and H of all leaves without each school, one after another. */
static double *all_without(const lkv_spread_groups *of)
{
    size_t schools = (size_t)of->inhabited, groups = of->groups, at = 0;
    double *without = g_new0(double, 2 * schools + 1);
    g_autofree int64_t *row = g_new0(int64_t, groups + 1);
    for (size_t j = 0; j < of->schools; j++) {
        int64_t *own = &of->count[j * groups];
        if (of->all[j] == 0) {
            continue;
        }
        memcpy(row, own, groups * sizeof *row);
        memset(own, 0, groups * sizeof *own);
        lkv_information less =
            lkv_information_of(of->count, of->schools, groups);
        memcpy(own, row, groups * sizeof *row);
        without[at] = less.found ? less.m : NAN;
        without[schools + at++] = less.found ? less.h : NAN;
    }
    return without;
}

/* Of all leaves together. */
static void all_add(const lkv_spread_groups *of)
{
    static const char *const ids[] = {"information", "theil_h"};
    static const char *const random[] = {"information_random",
                                         "theil_h_random"};
    lkv_information found =
        lkv_information_of(of->count, of->schools, of->groups);
    const double value[] = {found.m, found.h};
    const double most[] = {log((double)of->groups), 1};
    g_autofree double *without = found.found ? all_without(of) : NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        if (!found.found) {
            reason_add(of, 0, ids[i]);
            continue;
        }
        lkv_estimate *estimate = add(of, 0, ids[i]);
        estimate->real = value[i];
        estimate->method = LKV_METHOD_SEGREGATION;
        lkv_dealt_interval(estimate, of->question,
                           &without[i * (size_t)of->inhabited], of->inhabited,
                           (lkv_interval){0, most[i]});
        if (of->draws > 0) {
            random_add(of, 0, INFORMATION + i, random[i], value[i]);
        }
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    const lkv_group *group = lkv_question_group(question);
    lkv_spread_groups of = {.question = question, .out = out};
    counts_fill(&of, tally[0]);
    tables_draw(&of);
    for (size_t i = 1; i <= of.groups; i++) {
        uint16_t leaf = (uint16_t)i;
        if (leaf != group->reference && lkv_question_holds(question, leaf)) {
            leaf_add(&of, leaf);
        }
    }
    all_add(&of);
    g_free(of.count);
    g_free(of.all);
    g_free(of.group);
    g_free(of.drawn);
}

#define RANDOM(index, of_unit)                                                 \
    {                                                                          \
        .id = index "_random", .unit = of_unit, .target = LKV_THESE_SCHOOLS,   \
        .meaning = index " if every pupil had drawn a seat at random, with "   \
                         "the range of the draws"                              \
    }

static const lkv_component components[] = {
    {.id = "dissimilarity",
     .unit = LKV_UNIT_RATIO,
     .meaning = "share of the group that would have to change schools for all "
                "schools to be alike, if nobody took their seats"},
    RANDOM("dissimilarity", LKV_UNIT_RATIO),
    {.id = "isolation",
     .unit = LKV_UNIT_SHARE,
     .meaning = "the group's share at the average group member's school"},
    RANDOM("isolation", LKV_UNIT_SHARE),
    {.id = "exposure",
     .unit = LKV_UNIT_SHARE,
     .meaning = "the others' share there"},
    RANDOM("exposure", LKV_UNIT_SHARE),
    {.id = "variance_ratio",
     .unit = LKV_UNIT_RATIO,
     .meaning = "share of the variance of belonging to the group that lies "
                "between schools"},
    RANDOM("variance_ratio", LKV_UNIT_RATIO),
    {.id = "variance_ratio_corrected",
     .unit = LKV_UNIT_RATIO,
     .meaning = "the same beyond chance: 0 = as a random allocation, signed"},
    {.id = "theil_h",
     .unit = LKV_UNIT_RATIO,
     .meaning = "Theil's entropy index; without a group, of all its leaves"},
    RANDOM("theil_h", LKV_UNIT_RATIO),
    {.id = "hutchens",
     .unit = LKV_UNIT_RATIO,
     .meaning = "Hutchens' square root index"},
    RANDOM("hutchens", LKV_UNIT_RATIO),
    {.id = "gorard",
     .unit = LKV_UNIT_RATIO,
     .meaning = "Gorard's index, from 0 to the share of the others"},
    RANDOM("gorard", LKV_UNIT_RATIO),
    {.id = "information",
     .unit = LKV_UNIT_RATIO,
     .meaning = "mutual information of school and group over all leaves, nats"},
    RANDOM("information", LKV_UNIT_RATIO),
};

const lkv_measure lkv_measure_segregation = {
    .id = "segregation",
    .label = "measure.segregation",
    .groups = LKV_BY_GROUP,
    .target = LKV_SCHOOLS_LIKE_THESE,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 2,
    .least_pupils = 2,
    .question = "How unevenly are the groups spread over the schools, and more "
                "so than chance would make them?",
    .formula =
        "a_j of the group among t_j pupils, A and T in all, p = a/t, P = A/T. "
        "dissimilarity = sum|a/A - b/B|/2; isolation = sum a/A p; exposure = 1 "
        "- isolation; variance_ratio = (isolation - P)/(1 - P); corrected = "
        "(VR - E0)/(1 - E0), E0 = (J - 1)/(T - 1); theil_h = 1 - sum t "
        "h(p)/(T h(P)), h(q) = -q ln q - (1 - q) ln(1 - q); hutchens = 1 - sum "
        "sqrt(a/A b/B); gorard = sum|a/A - t/T|/2; information = sum p_jg "
        "ln(p_jg/(p_j p_g)). Interval: delete-one-school jackknife, t with J - "
        "1, from 10 schools. Random: tables with both margins fixed, as many "
        "as the study's replicates but at most 199, 2.5 to 97.5 per cent; of "
        "the variance ratio E0 exactly.",
    .reading =
        "An index that is not above the upper end of its random range says no "
        "more than chance. Pupils whose group is unknown are left out; "
        "special units are in. n counts the group. It is the schools of this "
        "district only. Of 100 invented districts 95 % intervals held the "
        "truth in 91 to 96 with 15 schools, in 93 to 97 with 76 "
        "(docs/coverage.md).",
    .not_for = "Comparing districts or years with other sizes of schools or "
               "groups but by the corrected variance ratio; saying who chose "
               "what.",
    .source =
        "Duncan and Duncan 1955; Theil and Finizza 1971; Hutchens 2004; Gorard "
        "and Taylor 2002; Mora and Ruiz-Castillo 2011; Carrington and Troske "
        "1997 (random segregation)",
    .r = "segregation::mutual_total(data, \"group\", \"school\"); "
         "r2dtable(199, t, c(A, B)) for the draws",
};
