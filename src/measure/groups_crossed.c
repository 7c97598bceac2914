/* Groups that overlap: the level of those who are in a group of one kind and of
 * another.
 *
 * Few guardians have long education among the newly arrived; the gap of one
 * group holds a part of the other's. The table of both shows where the pupils
 * are, and whether a gap stays inside the rows.
 */
#include <math.h>

#include "base/wide.h"
#include "measure/catalogue.h"
#include "measure/level.h"
#include "measure/widths.h"

/* The groups after the question's own, so that each pair comes once. */
static size_t first_other(const lkv_question *question)
{
    return question->group_by;
}

static const lkv_group *other(const lkv_question *question, size_t number)
{
    return lkv_frame_group(question->frame, number);
}

/* School, both groups, the outcome and the variant's own conditions. */
static bool terms_fit(const lkv_question *question, const lkv_group *second)
{
    const lkv_where *variant =
        &lkv_frame_variant(question->frame, question->variant)->where;
    size_t terms = variant->terms + 1U;
    terms += lkv_where_on(variant, lkv_question_group(question)->axis) ? 0 : 1;
    terms += lkv_where_on(variant, second->axis) ? 0 : 1;
    return terms < LKV_TERMS_MOST &&
           second->axis != lkv_question_group(question)->axis;
}

static void needs(const lkv_question *question, lkv_needs *needs)
{
    size_t groups = question->frame->groups->len;
    for (size_t i = first_other(question); i < groups; i++) {
        const lkv_group *second = other(question, i);
        if (!terms_fit(question, second) || needs->count == LKV_NEEDS_MOST) {
            continue;
        }
        lkv_tally_spec spec = {
            .population = question->population,
            .where = lkv_where_and(
                lkv_frame_variant(question->frame, question->variant)->where,
                lkv_question_known(question)),
            .axes = 3,
            .axis = {question->frame->school,
                     lkv_question_group(question)->axis, second->axis},
            .variables = 1,
            .variable = {question->panel->outcome_variable[question->outcome]},
            .cross = LKV_CROSS_BY_CELL,
        };
        lkv_needs_add(needs, spec);
    }
}

/* Those in LEAF of the question's group and in SECOND. */
typedef struct lkv_crossing {
    const lkv_question *question;
    const lkv_tally *tally;
    uint16_t leaf;
    lkv_term second;
    lkv_results *out;
} lkv_crossing;

static lkv_sums sums_at(const lkv_crossing *of, size_t school)
{
    const lkv_tally *tally = of->tally;
    size_t cell = (school * tally->leaves[1] + of->leaf) * tally->leaves[2] +
                  of->second.value;
    return (lkv_sums){tally->n[cell], tally->sum[cell], tally->product[cell]};
}

static lkv_estimate *add(const lkv_crossing *of)
{
    const lkv_question *question = of->question;
    const lkv_cube *cube = question->frame->cube;
    g_autofree char *component =
        g_strdup_printf("%s.%s", lkv_cube_axis_id(cube, of->second.axis),
                        lkv_cube_value_id(cube, of->second));
    lkv_spot spot = {0, of->leaf, LKV_NO_VALUE};
    lkv_estimate *estimate =
        lkv_question_add(question, of->out, spot, component);
    estimate->claim = lkv_question_level(question, spot);
    estimate->claim.base = lkv_where_and(estimate->claim.base, of->second);
    estimate->pupils = lkv_where_and(estimate->pupils, of->second);
    estimate->has_absent = false;
    return estimate;
}

static void cell_add(const lkv_crossing *of)
{
    const lkv_question *question = of->question;
    double confidence = question->frame->confidence;
    bool share = lkv_question_outcome(question)->kind == LKV_YES_NO;
    size_t schools = of->tally->leaves[0];
    uint8_t decimals = of->tally->decimals[0];
    lkv_sums all = {0};
    g_autofree lkv_stratum *strata = g_new0(lkv_stratum, schools + 1);
    for (size_t j = 0; j < schools; j++) {
        lkv_sums own = sums_at(of, j);
        all = lkv_sums_add(all, own);
        strata[j] = lkv_sums_stratum(own, decimals);
    }
    if (all.n == 0) {
        return;
    }
    lkv_estimate *estimate = add(of);
    lkv_cluster_mean mean = lkv_cluster_mean_of(strata, schools, 0);
    estimate->n = all.n;
    estimate->schools = (int64_t)mean.schools;
    estimate->top = all.sum;
    estimate->bottom = (lkv_wide)all.n * lkv_power_of_ten(decimals);
    estimate->method =
        share ? LKV_METHOD_SHARE_WILSON_EFFECTIVE : LKV_METHOD_MEAN_SCHOOLS;
    if (mean.df > 0) {
        estimate->error = mean.error;
        estimate->df = mean.df;
        lkv_interval_put(estimate,
                         share ? lkv_cluster_share(&mean, confidence)
                               : lkv_cluster_interval(&mean, confidence));
    }
}

static void row_add(lkv_crossing of, lkv_axis second)
{
    const lkv_frame *frame = of.question->frame;
    const lkv_where *variant =
        &lkv_frame_variant(frame, of.question->variant)->where;
    const lkv_term *only = lkv_where_on(variant, second);
    for (uint16_t b = 1; b < of.tally->leaves[2]; b++) {
        of.second = (lkv_term){second, b};
        if (!only || lkv_cube_holds(frame->cube, *only, b)) {
            cell_add(&of);
        }
    }
}

static void table_add(lkv_crossing of, lkv_axis second)
{
    for (uint16_t a = 1; a < of.tally->leaves[1]; a++) {
        of.leaf = a;
        if (lkv_question_holds(of.question, a)) {
            row_add(of, second);
        }
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    size_t groups = question->frame->groups->len, at = 0;
    for (size_t i = first_other(question); i < groups; i++) {
        const lkv_group *second = other(question, i);
        if (terms_fit(question, second) && at < LKV_NEEDS_MOST) {
            lkv_crossing of = {
                .question = question, .tally = tally[at++], .out = out};
            table_add(of, second->axis);
        }
    }
}

static const lkv_component components[] = {
    {.meaning = "mean or share of those in the group who are also in the "
                "group that the component is named after"},
};

const lkv_measure lkv_measure_groups_crossed = {
    .id = "groups_crossed",
    .label = "measure.groups_crossed",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_BY_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .on_request = true,
    .least_schools = 1,
    .least_pupils = 1,
    .question = "How do pupils do who are in two groups at once, and how many "
                "are they?",
    .formula =
        "Mean or share of the pupils in leaf a of one group and leaf b of "
        "another, over the district; V within schools and intervals as for "
        "`mean` and `share`, without a term for the year. Pupils of whom "
        "either is unknown are left out.",
    .reading = "n says how far the groups are the same pupils. A gap that is "
               "as large inside each row of the other group is not that "
               "group's. Each further table makes disclosure control hide "
               "more of the other figures.",
    .not_for = "Small groups, which are hidden; saying that one background "
               "counts and not the other.",
    .source = "Cochran 1977, section 5.4; Korn and Graubard 1998 (shares)",
    .r = "tapply(y, list(a, b), mean); table(a, b)",
};
