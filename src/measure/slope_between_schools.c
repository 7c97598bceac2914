/* Whether a gap, or the slope on background, differs between schools.
 *
 * A gap that is the same in every school asks for something that all do; one
 * that some schools have and others have not asks what those do.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/intake.h"
#include "measure/level.h"
#include "measure/spread.h"
#include "stat/distribution.h"
#include "stat/random_slope.h"

/* Schools within which background must differ. */
enum { LEAST_SCHOOLS = 10 };

/* Gaps only of what sums up the rest: the slopes of each subject and group are
 * more than anybody reads.
 */
static bool asked(const lkv_question *question)
{
    return question->group_by > 0
               ? lkv_question_outcome(question)->crossed
               : question->givens > 0 && lkv_intake_there(question);
}

static void needs(const lkv_question *question, lkv_needs *needs)
{
    if (!asked(question)) {
        return;
    }
    lkv_counted_needs(question, question->population, needs);
    if (question->group_by == 0) {
        lkv_intake_needs(question, needs);
    }
}

/* SITE is a group's leaf, against its reference; without group, the district.
 */
typedef struct lkv_lines {
    const lkv_spread_of_schools *about;
    lkv_site site;
    lkv_random_slope model;
} lkv_lines;

static bool is_group(const lkv_lines *lines)
{
    return lines->site.spot.group != LKV_NO_VALUE;
}

/* A new estimate about the gap between the leaf and the reference. */
static lkv_estimate *gap_estimate(const lkv_lines *lines, const char *component)
{
    const lkv_spread_of_schools *about = lines->about;
    lkv_spot reference = lines->site.spot;
    lkv_estimate *estimate = lkv_question_add(about->question, about->out,
                                              lines->site.spot, component);
    reference.group = reference.reference;
    reference.reference = LKV_NO_VALUE;
    lkv_estimate_from(estimate,
                      lkv_question_level(about->question, lines->site.spot));
    lkv_estimate_from(estimate, lkv_question_level(about->question, reference));
    if (lkv_site_heads(estimate, about->counted, &lines->site)) {
        estimate->reason = lkv_spread_reason(lines->model.fit);
    }
    return estimate;
}

static lkv_estimate *add(const lkv_lines *lines, const char *component)
{
    lkv_estimate *estimate =
        is_group(lines)
            ? gap_estimate(lines, component)
            : lkv_spread_add(lines->about, component, lines->model.fit);
    estimate->method = LKV_METHOD_REML;
    return estimate;
}

static void number_add(const lkv_lines *lines, const char *component,
                       double value)
{
    lkv_estimate *estimate = add(lines, component);
    if (estimate->reason == LKV_REASON_NONE) {
        estimate->real = value;
    }
}

static void all_add(const lkv_lines *lines)
{
    const lkv_random_slope *model = &lines->model;
    double confidence = lines->about->question->frame->confidence;
    double sd = sqrt(model->tau2_slope);
    double reach = lkv_normal_width(confidence) * sd;
    lkv_estimate *slope = add(lines, "slope");
    if (slope->reason == LKV_REASON_NONE) {
        slope->real = model->beta[1];
        slope->error = model->error[1];
    }
    lkv_estimate *spread = add(lines, "slope_sd");
    if (spread->reason == LKV_REASON_NONE) {
        spread->real = sd;
        spread->notes = model->boundary ? LKV_NOTE_BOUNDARY : LKV_NOTE_NONE;
    }
    number_add(lines, "range_low", model->beta[1] - reach);
    number_add(lines, "range_high", model->beta[1] + reach);
    number_add(lines, "p", model->p);
    number_add(lines, "tau2_slope", model->tau2_slope);
    number_add(lines, "tau2_level", model->tau2_intercept);
    number_add(lines, "covariance", model->covariance);
    number_add(lines, "sigma2", model->sigma2);
    number_add(lines, "crit", model->deviance);
}

/* Schools within which x, variable 1, differs. */
static size_t varying(const lkv_moments *moments)
{
    size_t v = moments->variables, count = 0;
    for (size_t j = 0; j < moments->groups; j++) {
        count += moments->within[(j * v + 1) * v + 1] > 0;
    }
    return count;
}

/* y on x around the school's mean, which varies, and on the mean. */
static lkv_random_slope model_of(const lkv_moments *moments)
{
    size_t v = moments->variables;
    g_autofree double *y = g_new0(double, v);
    g_autofree double *x = g_new0(double, v);
    g_autofree double *back = g_new0(double, v);
    y[0] = x[1] = 1;
    back[1] = -1;
    const lkv_column columns[] = {{y, NULL}, {x, back}, {NULL, x}};
    lkv_random_slope none = {.fit = LKV_FIT_FEW_GROUPS};
    if (varying(moments) < LEAST_SCHOOLS) {
        return none;
    }
    g_autoptr(lkv_moments) made = lkv_moments_make(moments, columns, 3);
    bool kept[3];
    g_autoptr(lkv_moments) left = lkv_moments_independent(made, kept);
    return lkv_random_slope_of(left);
}

/* ---- groups ---------------------------------------------------------------
 *
 * Special units stay among the schools, as they do in the gap of the district:
 * without them a group's figure could be taken from that gap's, and what is
 * left are theirs.
 */

static lkv_tally *tally_of_two(const lkv_counted *counted)
{
    lkv_tally *made = g_new0(lkv_tally, 1);
    made->spec.variables = 2;
    made->spec.axes = 1;
    made->spec.cross = LKV_CROSS_BY_CELL;
    made->decimals[0] = counted->decimals;
    made->cells = counted->schools;
    made->n = g_new0(int64_t, counted->schools + 1);
    made->sum = g_new0(lkv_wide, counted->schools * 2 + 1);
    made->product = g_new0(lkv_wide, counted->schools * 3 + 1);
    return made;
}

/* Schools' pupils of two leaves: y, and z that is 1 in LEAF and 0 in REFERENCE.
 */
static lkv_moments *pair_moments(const lkv_counted *counted, size_t leaf,
                                 size_t reference)
{
    g_autoptr(lkv_tally) made = tally_of_two(counted);
    for (size_t j = 0; j < counted->schools; j++) {
        lkv_sums one = lkv_counted_at(counted, j, leaf);
        lkv_sums both =
            lkv_sums_add(one, lkv_counted_at(counted, j, reference));
        made->n[j] = both.n;
        made->sum[j * 2] = both.sum;
        made->sum[j * 2 + 1] = one.n;
        made->product[j * 3] = both.square;
        made->product[j * 3 + 1] = one.sum;
        made->product[j * 3 + 2] = one.n;
    }
    return lkv_tally_moments(made);
}

static void groups_add(const lkv_spread_of_schools *about)
{
    uint16_t reference = lkv_question_group(about->question)->reference;
    g_autoptr(GArray) sites =
        lkv_sites(about->question, about->counted, LKV_DISTRICT);
    for (guint i = 0; i < sites->len; i++) {
        const lkv_site *site = &g_array_index(sites, lkv_site, i);
        if (site->leaf == reference || site->leaf == LKV_LEAF_MISSING) {
            continue;
        }
        lkv_lines lines = {.about = about, .site = *site};
        g_autoptr(lkv_moments) moments =
            pair_moments(about->counted, site->leaf, reference);
        lines.site.spot.reference = reference;
        lines.model = model_of(moments);
        all_add(&lines);
    }
}

static void covariate_add(const lkv_spread_of_schools *about,
                          const lkv_tally *tally)
{
    size_t first = lkv_results_size(about->out);
    g_autoptr(lkv_moments) all =
        lkv_intake_moments(about->question, tally, NULL);
    lkv_lines lines = {.about = about,
                       .site = {lkv_spot_unit(0), LKV_ALL, LKV_ALL}};
    lines.model.fit = LKV_FIT_COLLINEAR;
    if (all->variables > 1) {
        lines.model = model_of(all);
    }
    all_add(&lines);
    lkv_spread_complete(about->out, first, all->total);
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    if (!asked(question)) {
        return;
    }
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    if (question->group_by > 0) {
        lkv_spread_of_schools whole = {question, out, counted, false, {0}};
        groups_add(&whole);
        return;
    }
    lkv_spread_of_schools about = lkv_spread_about(question, out, counted);
    covariate_add(&about, tally[lkv_counted_tallies(question)]);
}

static const lkv_component components[] = {
    {.id = "slope",
     .difference = true,
     .meaning = "gap, or slope on the first covariate, in a school in the "
                "middle"},
    {.id = "slope_sd",
     .difference = true,
     .meaning = "standard deviation of it between schools like these"},
    {.id = "range_low",
     .difference = true,
     .meaning = "lower end of what it is in most schools like these: 95 %, or "
                "as sure as the study's intervals are"},
    {.id = "range_high", .difference = true, .meaning = "upper end of it"},
    {.id = "p",
     .unit = LKV_UNIT_PROBABILITY,
     .meaning = "probability of so large a likelihood ratio where it is the "
                "same in all schools"},
    {.id = "tau2_slope",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance of it between schools"},
    {.id = "tau2_level",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance of schools' levels"},
    {.id = "covariance",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "covariance of level and slope"},
    {.id = "sigma2",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance within schools"},
    {.id = "crit",
     .unit = LKV_UNIT_RATIO,
     .meaning = "REML criterion: -2 log likelihood"},
};

const lkv_measure lkv_measure_slope_between_schools = {
    .id = "slope_between_schools",
    .label = "measure.slope_between_schools",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP | LKV_BY_GROUP,
    .target = LKV_SCHOOLS_LIKE_THESE,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = LEAST_SCHOOLS,
    .least_pupils = 3,
    .question = "Is the gap, or the slope on family background, the same at "
                "all schools?",
    .formula = "REML of y = a + b (x - x_school) + c x_school + u_school + "
               "v_school (x - x_school) + e, x the first covariate or 1 in the "
               "group and 0 in its reference; slope_sd^2 = Var(v), covariance "
               "with u free. Range: slope -/+ z slope_sd. p: 1/2 chi2_1 + 1/2 "
               "chi2_2.",
    .reading = "At most schools like these the gap lies between range_low and "
               "range_high. A slope_sd of 0 means that schools differ no more "
               "than their pupils would make them.",
    .not_for = "Telling which schools: the gap of one school is too uncertain. "
               "Fewer than 10 schools with pupils of both groups.",
    .source =
        "Raudenbush and Bryk 2002, chapter 4; Stram and Lee 1994, case 2; "
        "Bates, Mächler, Bolker and Walker 2015, eq. 41",
    .r = "lme4::lmer(y ~ I(x - ave(x, school)) + ave(x, school) + (1 + I(x - "
         "ave(x, school)) | school))",
};
