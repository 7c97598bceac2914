/* How much of the uneven spread of groups over schools is a spread over parts
 * of the city.
 *
 * Schools of a part that is lived in unevenly are uneven whatever they do; what
 * lies between schools of the same part is closer to what choice and admission
 * make.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/dealt.h"
#include "measure/question.h"
#include "stat/allocation.h"
#include "stat/segregation.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    const lkv_frame *frame = question->frame;
    lkv_tally_spec spec = {
        .population = question->population,
        .where = lkv_frame_variant(frame, question->variant)->where,
        .axes = 2,
        .axis = {frame->school, lkv_question_group(question)->axis},
    };
    lkv_needs_add(needs, spec);
    for (size_t i = 0; i < frame->groups->len; i++) {
        spec.axis[1] = lkv_frame_group(frame, i)->axis;
        if (needs->count < LKV_NEEDS_MOST) {
            lkv_needs_add(needs, spec);
        }
    }
}

/* Known pupils of the question's group by school, and the schools' areas. */
typedef struct lkv_areas {
    const lkv_question *question;
    lkv_results *out;
    const char *id; /* of the group that areas are */
    size_t schools, groups, areas;
    int64_t *count; /* [school * groups + leaf - 1] */
    uint16_t *area; /* [school]: leaf, 0 = not known */
    int64_t heads, inhabited;
} lkv_areas;

/* The leaf that all pupils of a school have; false when there are two. */
static bool area_of(const lkv_tally *tally, size_t school, uint16_t *area)
{
    const int64_t *n = &tally->n[school * tally->leaves[1]];
    size_t inhabited = 0;
    *area = LKV_LEAF_MISSING;
    for (uint16_t leaf = 0; leaf < tally->leaves[1]; leaf++) {
        inhabited += n[leaf] > 0;
        *area = n[leaf] > 0 ? leaf : *area;
    }
    return inhabited <= 1;
}

/* False when SECOND is no group of schools, or the same as the question's. */
static bool areas_fill(lkv_areas *of, const lkv_tally *second)
{
    uint16_t first = LKV_LEAF_MISSING;
    bool two = false;
    of->areas = second->leaves[1];
    for (size_t j = 0; j < of->schools; j++) {
        if (!area_of(second, j, &of->area[j])) {
            return false;
        }
        first = first ? first : of->area[j];
        two = two || (of->area[j] && of->area[j] != first);
    }
    return two;
}

static void counts_fill(lkv_areas *of, const lkv_tally *tally)
{
    of->schools = tally->leaves[0];
    of->groups = tally->leaves[1] - 1U;
    of->count = g_new0(int64_t, of->schools * of->groups + 1);
    of->area = g_new0(uint16_t, of->schools + 1);
    for (size_t j = 0; j < of->schools; j++) {
        const int64_t *n = &tally->n[j * (of->groups + 1)];
        int64_t known = 0;
        for (size_t g = 0; g < of->groups; g++) {
            of->count[j * of->groups + g] = n[g + 1];
            known += n[g + 1];
        }
        of->heads += n[LKV_LEAF_MISSING] + known;
        of->inhabited += known > 0;
    }
}

static int64_t *count_by_area(const lkv_areas *of, const int64_t *count)
{
    int64_t *sums = g_new0(int64_t, of->areas * of->groups + 1);
    for (size_t j = 0; j < of->schools; j++) {
        for (size_t g = 0; g < of->groups; g++) {
            sums[of->area[j] * of->groups + g] += count[j * of->groups + g];
        }
    }
    return sums;
}

/* M of all schools and M of the areas. */
typedef struct lkv_parted {
    double all, between;
} lkv_parted;

static lkv_parted parted_of(const lkv_areas *of, const int64_t *count)
{
    g_autofree int64_t *sums = count_by_area(of, count);
    lkv_information all = lkv_information_of(count, of->schools, of->groups);
    lkv_information areas = lkv_information_of(sums, of->areas, of->groups);
    return (lkv_parted){all.found ? all.m : NAN, areas.found ? areas.m : NAN};
}

/* ---- estimates ------------------------------------------------------------ */

static lkv_estimate *add(const lkv_areas *of, const char *component)
{
    const lkv_question *question = of->question;
    g_autofree char *id = g_strdup_printf("%s.%s", component, of->id);
    lkv_spot district = lkv_spot_unit(0);
    lkv_estimate *estimate = lkv_question_add(question, of->out, district, id);
    lkv_claim share =
        lkv_question_count(question, lkv_question_pupils(question, district));
    share.stat = LKV_SHARE;
    estimate->schools = of->inhabited;
    estimate->n = of->heads;
    for (size_t g = 1; g <= of->groups; g++) {
        int64_t pupils = 0;
        for (size_t j = 0; j < of->schools; j++) {
            pupils += of->count[j * of->groups + g - 1];
        }
        if (pupils > 0 && estimate->froms < LKV_FROM_MOST) {
            lkv_axis axis = lkv_question_group(question)->axis;
            share.part =
                lkv_where_and((lkv_where){0}, (lkv_term){axis, (uint16_t)g});
            lkv_estimate_from(estimate, share);
        }
    }
    return estimate;
}

static void part_add(const lkv_areas *of, const char *component, double value,
                     const double *without)
{
    lkv_estimate *estimate = add(of, component);
    if (isnan(value)) {
        estimate->reason =
            of->heads == 0 ? LKV_REASON_NO_PUPILS : LKV_REASON_EMPTY_GROUP;
        return;
    }
    estimate->real = value;
    estimate->method = LKV_METHOD_SEGREGATION;
    lkv_dealt_interval(estimate, of->question, without, of->inhabited,
                       (lkv_interval){0.0, INFINITY});
}

/* Every pupil to a seat at random: the areas are as large as they are. */
static void random_add(const lkv_areas *of, double value)
{
    const lkv_question *question = of->question;
    size_t draws = lkv_dealt_draws(question);
    if (draws == 0 || isnan(value)) {
        return;
    }
    g_autofree int64_t *sums = count_by_area(of, of->count);
    g_autofree double *drawn = g_new0(double, draws + 1);
    lkv_allocation *allocation =
        lkv_allocation_new(sums, of->areas, of->groups);
    for (size_t draw = 0; draw < draws; draw++) {
        lkv_stream stream = lkv_dealt_stream(question, draw);
        drawn[draw] =
            lkv_information_of(lkv_allocation_draw(allocation, &stream),
                               lkv_allocation_schools(allocation), of->groups)
                .m;
    }
    lkv_allocation_free(allocation);
    lkv_chance chance =
        lkv_chance_of(drawn, draws, value, question->frame->confidence);
    lkv_estimate *estimate = add(of, "between_random");
    estimate->method = LKV_METHOD_CHANCE_DRAWN;
    estimate->real = chance.mean;
    estimate->low = chance.range.low;
    estimate->high = chance.range.high;
    estimate->p = chance.p;
}

static void parts_add(const lkv_areas *of)
{
    g_autofree double *between = g_new0(double, of->schools + 1);
    g_autofree double *within = g_new0(double, of->schools + 1);
    g_autofree int64_t *less = g_memdup2(
        of->count, (of->schools * of->groups + 1) * sizeof *of->count);
    size_t at = 0;
    for (size_t j = 0; j < of->schools; j++) {
        int64_t known = 0;
        for (size_t g = 0; g < of->groups; g++) {
            known += of->count[j * of->groups + g];
            less[j * of->groups + g] = 0;
        }
        if (known > 0) {
            lkv_parted without = parted_of(of, less);
            between[at] = without.between;
            within[at++] = without.all - without.between;
        }
        for (size_t g = 0; g < of->groups; g++) {
            less[j * of->groups + g] = of->count[j * of->groups + g];
        }
    }
    lkv_parted found = parted_of(of, of->count);
    part_add(of, "between", found.between, between);
    random_add(of, found.between);
    part_add(of, "within", found.all - found.between, within);
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    const lkv_frame *frame = question->frame;
    lkv_areas of = {.question = question, .out = out};
    counts_fill(&of, tally[0]);
    for (size_t i = 0; i < frame->groups->len && i + 1 < LKV_NEEDS_MOST; i++) {
        const lkv_group *second = lkv_frame_group(frame, i);
        of.id = second->id;
        if (second->axis != lkv_question_group(question)->axis &&
            of.inhabited > 0 && areas_fill(&of, tally[i + 1])) {
            parts_add(&of);
        }
    }
    g_free(of.count);
    g_free(of.area);
}

static const lkv_component components[] = {
    {.unit = LKV_UNIT_RATIO,
     .meaning = "between.GROUP: mutual information of group and area, nats; "
                "within.GROUP: the rest, of group and school within areas; "
                "between_random.GROUP: between if every pupil had drawn a seat "
                "at random, with the range of the draws"},
};

const lkv_measure lkv_measure_segregation_by_area = {
    .id = "segregation_by_area",
    .label = "measure.segregation_by_area",
    .groups = LKV_BY_GROUP,
    .target = LKV_SCHOOLS_LIKE_THESE,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 2,
    .least_pupils = 2,
    .question = "How much of the uneven spread over schools is a spread over "
                "parts of the city?",
    .formula =
        "M = sum p_jg ln(p_jg/(p_j q_g)) over schools j and groups g. Between: "
        "the same of areas, each group of the study that is one for each "
        "school. Within: M less between, which is sum_d s_d M_d over areas d "
        "of share s_d. Schools without a known area are one area. Interval: "
        "delete-one-school jackknife, t with J - 1, from 10 schools; range by "
        "draws with both margins fixed, at most 199.",
    .reading = "between + within is `information` of `segregation`. Between "
               "near the whole means that schools mirror where pupils live. Of "
               "100 invented districts 95 % intervals held the truth in 91 to "
               "97 (docs/coverage.md).",
    .not_for = "Saying where pupils live: the area is that of the school. "
               "Comparing districts cut into more or fewer areas.",
    .source = "Mora and Ruiz-Castillo 2011 (strong decomposability); Theil "
              "and Finizza 1971",
    .r = "segregation::mutual_total(data, \"group\", \"area\"); "
         "segregation::mutual_total(data, \"group\", \"school\", within = "
         "\"area\")",
};
