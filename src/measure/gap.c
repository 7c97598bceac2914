/* How far one group of pupils is from another, and how much of it is there
 * among pupils of the same school.
 *
 * A gap between pupils of the same school asks for other work than one that
 * comes with the groups' going to different schools; so it is split.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/pair.h"
#include "stat/gap.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_counted_needs(question, question->population, needs);
}

static void part_put(lkv_estimate *estimate, const lkv_gap_part *part,
                     lkv_method method)
{
    estimate->error = part->error;
    estimate->method = method;
    lkv_interval_put(estimate, part->interval);
}

static lkv_gap gap_of(const lkv_pair *pair, double confidence)
{
    g_autofree lkv_stratum *strata = lkv_pair_strata(pair);
    return lkv_gap_of(strata, pair->counted->schools, pair->share, confidence);
}

/* One of the parts that the gap of the district is made of. */
static void split_add(const lkv_pair *pair, const lkv_gap *gap,
                      const char *component, const lkv_gap_part *part,
                      lkv_results *out)
{
    bool estimable = false;
    lkv_estimate *estimate = lkv_pair_add(pair, component, out, &estimable);
    if (!estimable) {
        return;
    }
    if (gap->both == 0) {
        estimate->reason = LKV_REASON_NO_SCHOOL_WITH_BOTH;
        return;
    }
    estimate->real = part->value;
    estimate->df = gap->df > 0 ? gap->df : NAN;
    part_put(estimate, part, LKV_METHOD_GAP_LINEARISED);
}

static void one_group_add(const lkv_pair *pair, const lkv_gap *gap,
                          lkv_results *out)
{
    bool estimable = false;
    lkv_estimate *estimate =
        lkv_pair_add(pair, "one_group_share", out, &estimable);
    if (estimable) {
        estimate->real = gap->one_group;
        estimate->method = LKV_METHOD_CENSUS;
    }
}

static void district_add(const lkv_pair *pair, lkv_results *out)
{
    lkv_gap gap = gap_of(pair, pair->question->frame->confidence);
    bool estimable = false;
    lkv_estimate *whole = lkv_pair_add(pair, "", out, &estimable);
    if (estimable) {
        lkv_pair_put(whole, pair);
        whole->df = pair->share || !(gap.df > 0) ? NAN : gap.df;
        part_put(whole, &gap.gap,
                 pair->share ? LKV_METHOD_GAP_MOVER
                             : LKV_METHOD_GAP_LINEARISED);
    }
    split_add(pair, &gap, "same_school", &gap.same_school, out);
    split_add(pair, &gap, "remainder", &gap.remainder, out);
    one_group_add(pair, &gap, out);
}

static void school_add(const lkv_pair *pair, lkv_results *out)
{
    bool estimable = false;
    lkv_estimate *estimate = lkv_pair_add(pair, "", out, &estimable);
    if (!estimable) {
        return;
    }
    uint8_t decimals = pair->counted->decimals;
    lkv_stratum one =
        lkv_sums_stratum(lkv_pair_sums(pair, &pair->site), decimals);
    lkv_stratum zero =
        lkv_sums_stratum(lkv_pair_sums(pair, &pair->reference), decimals);
    lkv_gap_part part = lkv_gap_alone(one, zero, pair->share,
                                      pair->question->frame->confidence);
    lkv_pair_put(estimate, pair);
    estimate->df = pair->share ? NAN : lkv_stratum_welch_df(one, zero);
    part_put(estimate, &part,
             pair->share ? LKV_METHOD_GAP_NEWCOMBE : LKV_METHOD_GAP_WELCH);
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    g_autoptr(GArray) sites =
        lkv_pair_sites(question, counted, LKV_DISTRICT | LKV_EACH_SCHOOL);
    for (guint i = 0; i < sites->len; i++) {
        const lkv_site *site = &g_array_index(sites, lkv_site, i);
        lkv_pair pair = lkv_pair_of(question, counted, site);
        if (site->school == LKV_ALL) {
            district_add(&pair, out);
        } else {
            school_add(&pair, out);
        }
    }
}

static const lkv_component components[] = {
    {.id = "",
     .difference = true,
     .compared = true,
     .meaning = "the group less the reference"},
    {.id = "same_school",
     .difference = true,
     .compared = true,
     .meaning = "the same between pupils of the same school"},
    {.id = "remainder",
     .difference = true,
     .compared = true,
     .meaning = "the rest, which goes with the groups' attending different "
                "schools"},
    {.id = "one_group_share",
     .unit = LKV_UNIT_SHARE,
     .meaning = "share of the two groups' pupils at schools that have one of "
                "them only"},
};

const lkv_measure lkv_measure_gap = {
    .id = "gap",
    .label = "measure.gap",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_BY_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 1,
    .least_pupils = 2,
    .question = "How far is a group from the one it is compared with, and how "
                "much of that is between pupils of the same school?",
    .formula =
        "gap = m_1 - m_0; same_school = sum n_j p_j (1 - p_j) g_j/sum n_j p_j "
        "(1 - p_j), g_j the gap and p_j the group's share at school j; "
        "remainder = gap - same_school. V = sum_j n_j/(n_j - 1) sum_i (z_i - "
        "z_j)^2 of the influence values; t with N - J. Shares: MOVER, d - "
        "sqrt((p1 - l1)^2 + (u0 - p0)^2 - 2 rho (p1 - l1)(u0 - p0)) and its "
        "mirror. School: Welch, shares Newcombe.",
    .reading = "Between pupils of the same school the difference is "
               "same_school; the remainder goes with the groups' attending "
               "different schools. n counts the group, not the reference.",
    .not_for = "Saying what causes the gap; comparing gaps of outcomes that "
               "are not equally hard; judging one school by its own gap.",
    .source = "Zou and Donner 2008 (MOVER); Newcombe 1998, method 10; "
              "Welch 1947, eq. 28; Mundlak 1978 (within and between)",
    .r = "survey::svyglm(y ~ group, svydesign(~1, strata = ~school)); lm(y ~ "
         "group + factor(school)); t.test(y ~ group)",
};
