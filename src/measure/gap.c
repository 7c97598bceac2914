/* How far one group of pupils is from another, and how much of it is there
 * among pupils of the same school.
 *
 * A gap between pupils of the same school asks for other work than one that
 * comes with the groups' going to different schools; so it is split.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "stat/gap.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_counted_needs(question, question->population, needs);
}

/* The two groups of SITE: its leaf, and the reference. */
typedef struct lkv_pair {
    const lkv_question *question;
    const lkv_counted *counted;
    lkv_site site, reference;
    bool share;
} lkv_pair;

static lkv_pair pair_of(const lkv_question *question,
                        const lkv_counted *counted, const lkv_site *site)
{
    uint16_t reference = lkv_question_group(question)->reference;
    lkv_pair pair = {
        .question = question,
        .counted = counted,
        .site = *site,
        .reference = *site,
        .share = lkv_question_outcome(question)->kind == LKV_YES_NO,
    };
    pair.site.spot.reference = reference;
    pair.reference.leaf = reference;
    pair.reference.spot.group = reference;
    return pair;
}

static lkv_sums sums_of(const lkv_pair *pair, const lkv_site *site)
{
    return lkv_counted_at(pair->counted, site->school, site->leaf);
}

/* A new estimate about PAIR; NULL is for one with a reason. */
static lkv_estimate *add(const lkv_pair *pair, const char *component,
                         lkv_results *out, bool *estimable)
{
    const lkv_question *question = pair->question;
    lkv_estimate *estimate =
        lkv_question_add(question, out, pair->site.spot, component);
    lkv_estimate_from(estimate, lkv_question_level(question, pair->site.spot));
    lkv_estimate_from(estimate,
                      lkv_question_level(question, pair->reference.spot));
    *estimable = lkv_site_heads(estimate, pair->counted, &pair->site);
    if (sums_of(pair, &pair->reference).n == 0) {
        estimate->reason = LKV_REASON_EMPTY_GROUP;
        *estimable = false;
    }
    return estimate;
}

/* The difference of the two levels, exactly. */
static void value_put(lkv_estimate *estimate, const lkv_pair *pair)
{
    lkv_sums one = sums_of(pair, &pair->site);
    lkv_sums zero = sums_of(pair, &pair->reference);
    estimate->top = one.sum * zero.n - zero.sum * one.n;
    estimate->bottom =
        (lkv_wide)one.n * zero.n * lkv_power_of_ten(pair->counted->decimals);
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
    const lkv_counted *counted = pair->counted;
    g_autofree lkv_stratum *strata =
        g_new0(lkv_stratum, counted->schools * 2 + 1);
    for (size_t school = 0; school < counted->schools; school++) {
        strata[school * 2] = lkv_sums_stratum(
            lkv_counted_at(counted, school, pair->reference.leaf),
            counted->decimals);
        strata[school * 2 + 1] =
            lkv_sums_stratum(lkv_counted_at(counted, school, pair->site.leaf),
                             counted->decimals);
    }
    return lkv_gap_of(strata, counted->schools, pair->share, confidence);
}

/* One of the parts that the gap of the district is made of. */
static void split_add(const lkv_pair *pair, const lkv_gap *gap,
                      const char *component, const lkv_gap_part *part,
                      lkv_results *out)
{
    bool estimable = false;
    lkv_estimate *estimate = add(pair, component, out, &estimable);
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
    lkv_estimate *estimate = add(pair, "one_group_share", out, &estimable);
    if (estimable) {
        estimate->real = gap->one_group;
        estimate->method = LKV_METHOD_CENSUS;
    }
}

static void district_add(const lkv_pair *pair, lkv_results *out)
{
    lkv_gap gap = gap_of(pair, pair->question->frame->confidence);
    bool estimable = false;
    lkv_estimate *whole = add(pair, "", out, &estimable);
    if (estimable) {
        value_put(whole, pair);
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
    lkv_estimate *estimate = add(pair, "", out, &estimable);
    if (!estimable) {
        return;
    }
    uint8_t decimals = pair->counted->decimals;
    lkv_stratum one = lkv_sums_stratum(sums_of(pair, &pair->site), decimals);
    lkv_stratum zero =
        lkv_sums_stratum(sums_of(pair, &pair->reference), decimals);
    lkv_gap_part part = lkv_gap_alone(one, zero, pair->share,
                                      pair->question->frame->confidence);
    value_put(estimate, pair);
    estimate->df = pair->share ? NAN : lkv_stratum_welch_df(one, zero);
    part_put(estimate, &part,
             pair->share ? LKV_METHOD_GAP_NEWCOMBE : LKV_METHOD_GAP_WELCH);
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    uint16_t reference = lkv_question_group(question)->reference;
    if (!lkv_question_holds(question, reference)) {
        return;
    }
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    g_autoptr(GArray) sites =
        lkv_sites(question, counted, LKV_DISTRICT | LKV_EACH_SCHOOL);
    for (guint i = 0; i < sites->len; i++) {
        const lkv_site *site = &g_array_index(sites, lkv_site, i);
        if (site->leaf == LKV_LEAF_MISSING || site->leaf == reference) {
            continue;
        }
        lkv_pair pair = pair_of(question, counted, site);
        if (site->school == LKV_ALL) {
            district_add(&pair, out);
        } else {
            school_add(&pair, out);
        }
    }
}

static const lkv_component components[] = {
    {.id = "", .difference = true, .meaning = "the group less the reference"},
    {.id = "same_school",
     .difference = true,
     .meaning = "the same between pupils of the same school"},
    {.id = "remainder",
     .difference = true,
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
