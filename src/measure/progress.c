/* How far pupils have come from their own earlier points: what schools and
 * groups differ by when pupils who began alike are laid side by side.
 *
 * Pupils of one school may have more points because they came with more. Their
 * own points at the end of the stage before say that better than any
 * background; what is left is closer to what happened since.
 */
#include <math.h>

#include "measure/apart.h"
#include "measure/catalogue.h"
#include "measure/pair.h"
#include "measure/spread.h"
#include "stat/mixed.h"
#include "stat/regression.h"

enum {
    GROUP_LEAST = 20, /* pupils followed in each of two groups */
    FOLLOWED_LEAST = 30
};

static uint16_t earlier_points(const lkv_question *question)
{
    return lkv_panel_variable(question->panel, LKV_VARIABLE_EARLIER);
}

static bool there(const lkv_question *question)
{
    return earlier_points(question) != LKV_NO_VALUE &&
           question->panel->outcome_variable[question->outcome] != LKV_NO_VALUE;
}

/* Points now and then of those who have both, by school and leaf. */
static void needs(const lkv_question *question, lkv_needs *needs)
{
    const lkv_group *group = lkv_question_group(question);
    if (!there(question)) {
        return;
    }
    lkv_counted_needs(question, question->population, needs);
    lkv_tally_spec spec = lkv_apart_spec(question);
    spec.variable[spec.variables++] =
        question->panel->outcome_variable[question->outcome];
    spec.variable[spec.variables++] = earlier_points(question);
    spec.cross = LKV_CROSS_BY_CELL;
    if (group) {
        spec.axis[spec.axes++] = group->axis;
    }
    lkv_needs_add(needs, spec);
}

/* ---- all pupils ---------------------------------------------------------- */

static void slope_add(const lkv_spread_of_schools *about,
                      const lkv_moments *moments)
{
    lkv_regression line = lkv_regression_of(moments, true);
    lkv_estimate *slope = lkv_spread_add(about, "slope", line.fit);
    if (slope->reason == LKV_REASON_NONE) {
        slope->real = line.beta[1];
        slope->error = line.error[1];
        slope->df = line.df[1];
        slope->method = LKV_METHOD_OLS_CR2;
        lkv_interval_put(
            slope, lkv_regression_interval(&line, 1,
                                           about->question->frame->confidence));
    }
    lkv_spread_put(about, "r2", line.fit, line.r2, LKV_METHOD_OLS);
}

static void schools_add(const lkv_spread_of_schools *about,
                        const lkv_moments *moments)
{
    static const lkv_spread_words words = {"intercept", "tau2", "sigma2",
                                           "icc",       "crit", false};
    static const size_t outcome[] = {0};
    double confidence = about->question->frame->confidence;
    g_autoptr(lkv_moments) alone = lkv_moments_select(moments, outcome, 1);
    g_autoptr(lkv_mixed) empty = lkv_mixed_of(alone, true, confidence);
    g_autoptr(lkv_mixed) mixed = lkv_mixed_of(moments, true, confidence);
    lkv_spread_mixed_add(about, &words, mixed);
    lkv_estimate *explained = lkv_spread_add(about, "explained", mixed->fit);
    if (explained->reason == LKV_REASON_NONE && !(empty->tau2 > 0)) {
        explained->reason = LKV_REASON_SCHOOLS_ALIKE;
    }
    if (explained->reason == LKV_REASON_NONE) {
        explained->real = 1 - mixed->tau2 / empty->tau2;
        explained->method = LKV_METHOD_REML;
    }
}

/* ---- a group against its reference ---------------------------------------- */

/* Points now, then, and whether in the group of LEAF, of both groups. */
static lkv_moments *moments_of_two(const lkv_tally *tally, size_t leaf,
                                   size_t reference)
{
    lkv_tally two = *tally;
    size_t schools = tally->leaves[0], leaves = tally->leaves[1];
    g_autofree int64_t *n = g_new0(int64_t, schools + 1);
    g_autofree lkv_wide *sum = g_new0(lkv_wide, schools * 3 + 1);
    g_autofree lkv_wide *product = g_new0(lkv_wide, schools * 6 + 1);
    for (size_t cell = 0; cell < tally->cells; cell++) {
        size_t j = cell / leaves, at = cell % leaves;
        lkv_wide in = at == leaf;
        if (at != leaf && at != reference) {
            continue;
        }
        const lkv_wide *s = &tally->sum[cell * 2];
        const lkv_wide *p = &tally->product[cell * 3];
        const lkv_wide added[] = {p[0], p[1],      in * s[0],
                                  p[2], in * s[1], in * tally->n[cell]};
        n[j] += tally->n[cell];
        for (size_t v = 0; v < 3; v++) {
            sum[j * 3 + v] += v < 2 ? s[v] : added[5];
        }
        for (size_t pair = 0; pair < G_N_ELEMENTS(added); pair++) {
            product[j * 6 + pair] += added[pair];
        }
    }
    two.spec.axes = 1;
    two.spec.variables = 3;
    two.decimals[2] = 0;
    two.cells = schools;
    two.n = n;
    two.sum = sum;
    two.product = product;
    return lkv_tally_moments(&two);
}

static int64_t followed_of(const lkv_tally *tally, size_t leaf)
{
    int64_t pupils = 0;
    for (size_t cell = 0; cell < tally->cells; cell++) {
        pupils += cell % tally->leaves[1] == leaf ? tally->n[cell] : 0;
    }
    return pupils;
}

static void gap_add(const lkv_pair *pair, const lkv_tally *tally,
                    lkv_results *out)
{
    bool estimable = false;
    lkv_estimate *gap = lkv_pair_add(pair, "gap", out, &estimable);
    bool few = followed_of(tally, pair->site.leaf) < GROUP_LEAST ||
               followed_of(tally, pair->reference.leaf) < GROUP_LEAST;
    gap->n = gap->schools = gap->missing = -1;
    if (!estimable || few) {
        gap->reason = estimable ? LKV_REASON_FEW_PUPILS : gap->reason;
        return;
    }
    g_autoptr(lkv_moments) moments =
        moments_of_two(tally, pair->site.leaf, pair->reference.leaf);
    lkv_regression of = lkv_regression_of(moments, true);
    gap->reason = lkv_spread_reason(of.fit);
    if (gap->reason == LKV_REASON_NONE) {
        gap->real = of.beta[2];
        gap->error = of.error[2];
        gap->df = of.df[2];
        gap->method = LKV_METHOD_OLS_CR2;
        gap->notes = LKV_NOTE_COMPLETE_CASES;
        lkv_interval_put(gap, lkv_regression_interval(
                                  &of, 2, pair->question->frame->confidence));
    }
}

static void gaps_add(const lkv_question *question, const lkv_counted *counted,
                     const lkv_tally *tally, lkv_results *out)
{
    g_autoptr(GArray) sites = lkv_pair_sites(question, counted, LKV_DISTRICT);
    for (guint i = 0; i < sites->len; i++) {
        lkv_pair pair =
            lkv_pair_of(question, counted, &g_array_index(sites, lkv_site, i));
        gap_add(&pair, tally, out);
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    if (!there(question)) {
        return;
    }
    const lkv_tally *points = tally[lkv_counted_tallies(question)];
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    if (lkv_tally_n(points) < FOLLOWED_LEAST) {
        return;
    }
    if (question->group_by > 0) {
        gaps_add(question, counted, points, out);
        return;
    }
    lkv_spread_of_schools about = lkv_spread_about(question, out, counted);
    size_t first = lkv_results_size(out);
    g_autoptr(lkv_moments) moments = lkv_tally_moments(points);
    slope_add(&about, moments);
    schools_add(&about, moments);
    lkv_spread_complete(out, first, -1);
}

static const lkv_component components[] = {
    {.id = "slope",
     .difference = true,
     .meaning = "higher by so much where the pupil's own earlier mean grade is "
                "one point higher"},
    {.id = "r2",
     .unit = LKV_UNIT_RATIO,
     .meaning = "share of the variance between pupils that goes with their own "
                "earlier points"},
    {.id = "intercept",
     .meaning = "level at no earlier points, of a school in the middle"},
    {.id = "tau2",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance between schools of pupils with the same earlier "
                "points"},
    {.id = "sigma2",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance within schools of pupils with the same earlier "
                "points"},
    {.id = "icc",
     .unit = LKV_UNIT_RATIO,
     .meaning = "tau2/(tau2 + sigma2): part of the progress that lies between "
                "schools, with the profile interval"},
    {.id = "crit",
     .unit = LKV_UNIT_RATIO,
     .meaning = "REML criterion: -2 log likelihood"},
    {.id = "explained",
     .unit = LKV_UNIT_RATIO,
     .meaning = "share of the variance between schools that goes with what "
                "pupils came with"},
    {.id = "gap",
     .difference = true,
     .compared = true,
     .meaning = "difference of two groups among pupils with the same earlier "
                "points"},
};

const lkv_measure lkv_measure_progress = {
    .id = "progress",
    .label = "measure.progress",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP | LKV_BY_GROUP,
    .target = LKV_SCHOOLS_LIKE_THESE,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .on_request = true,
    .least_schools = 2,
    .least_pupils = FOLLOWED_LEAST,
    .question = "How far have pupils come from their own earlier points, and "
                "is it alike for groups and schools?",
    .formula =
        "x = mean points of the pupil's grades at the end of the graded stage "
        "before, the last time the pupil was there (at least five grades; "
        "points to three decimals more than they have). Pupils who have x, "
        "ordinary schools. slope, r2: least squares of y on x, error CR2, t "
        "with Satterthwaite's degrees of freedom. tau2, sigma2, icc: y = beta0 "
        "+ beta1 x + u_school + e by REML; explained = 1 - tau2/tau2 of the "
        "same pupils without x. gap: coefficient of the group in y on x and "
        "group, of pupils of both groups, CR2; 20 pupils or more in each.",
    .reading = "explained near 1: schools differ by what pupils came with. A "
               "gap smaller than the gap of all says that it was there "
               "before; one as large among pupils who began alike has come "
               "since.",
    .not_for = "Any one school or teacher: none is told. Earlier grades are "
               "given by other teachers by other criteria, and what they miss "
               "of pupils is left in what schools seem to add.",
    .source = "Raudenbush and Bryk 2002, chapter 5 (prior achievement as "
              "covariate); Bell and McCaffrey 2002 (CR2)",
    .r = "m <- lm(y ~ x); clubSandwich::coef_test(m, vcov = \"CR2\", cluster = "
         "school); lme4::lmer(y ~ x + (1 | school)); lm(y ~ x + group)",
};
