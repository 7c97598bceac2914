/* How much schools differ, and how much of the difference between pupils that
 * is.
 *
 * In an equal school system it does not matter much which school a pupil goes
 * to. The spread in points says how far schools lie apart; the intraclass
 * correlation says how much of pupils' differences goes with the school. Both
 * are freed of what small year groups would differ by chance.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "measure/spread.h"
#include "stat/anova.h"
#include "stat/icc.h"
#include "stat/mixed.h"
#include "stat/rlrt.h"
#include "stat/spread.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_counted_needs(question, question->population, needs);
    lkv_spread_given_needs(question, needs);
}

/* The realised spread of these schools. */
static void realised_add(const lkv_spread_of_schools *about,
                         const char *component)
{
    g_autoptr(lkv_moments) moments =
        lkv_counted_moments(about->counted, LKV_ALL);
    lkv_spread spread =
        lkv_spread_of(moments, about->question->frame->confidence);
    lkv_estimate *sd = lkv_spread_add(about, component, spread.fit);
    if (sd->reason != LKV_REASON_NONE) {
        return;
    }
    sd->real = spread.sd;
    sd->method = LKV_METHOD_SPREAD_REALISED;
    sd->notes = spread.singles > 0 ? LKV_NOTE_ONE_PUPIL_SCHOOLS : LKV_NOTE_NONE;
    lkv_interval_put(sd, spread.sd_interval);
}

static void variance_add(const lkv_spread_of_schools *about,
                         const lkv_moments *moments)
{
    lkv_spread spread =
        lkv_spread_of(moments, about->question->frame->confidence);
    lkv_estimate *variance = lkv_spread_add(about, "sigma2_b", spread.fit);
    if (variance->reason != LKV_REASON_NONE) {
        return;
    }
    variance->real = spread.variance;
    variance->error = spread.error;
    variance->method = LKV_METHOD_SPREAD_REALISED;
    lkv_interval_put(variance, spread.variance_interval);
}

static void anova_add(const lkv_spread_of_schools *about,
                      const lkv_moments *moments)
{
    lkv_anova anova = lkv_anova_of(moments);
    const struct {
        const char *id;
        double value;
    } parts[] = {
        {"n0", anova.n0},
        {"ms_between", anova.ms_between},
        {"ms_within", anova.ms_within},
        {"sigma2_between", anova.between},
        {"sigma2_within", anova.ms_within},
        {"icc_anova", anova.icc},
        {"f", anova.f},
        {"f_p", anova.p},
        {"eta2", anova.eta2},
        {"eta2_null", anova.eta2_null},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        lkv_spread_put(about, parts[i].id, anova.fit, parts[i].value,
                       LKV_METHOD_ANOVA);
    }
}

/* The jackknife where there are schools enough; below that the normal-theory
 * interval, which says so.
 */
static void icc_add(const lkv_spread_of_schools *about, const lkv_icc *icc,
                    const lkv_mixed *mixed)
{
    bool many = isfinite(icc->jackknife_interval.low);
    lkv_estimate *estimate = lkv_spread_add(about, "icc", icc->fit);
    if (estimate->reason != LKV_REASON_NONE) {
        return;
    }
    estimate->real = fmax(0, many ? icc->jackknife : icc->icc);
    estimate->method = many ? LKV_METHOD_ICC_JACKKNIFE : LKV_METHOD_ICC_F;
    estimate->notes = many ? LKV_NOTE_NONE : LKV_NOTE_NORMAL_SCHOOLS;
    lkv_interval_put(estimate, many ? icc->jackknife_interval : mixed->icc_f);
}

static void toolbox_add(const lkv_spread_of_schools *about, const lkv_icc *icc,
                        const lkv_mixed *mixed)
{
    lkv_estimate *f = lkv_spread_add(about, "icc_f", icc->fit);
    if (f->reason == LKV_REASON_NONE) {
        f->real = icc->icc;
        f->method = LKV_METHOD_ICC_F;
        f->notes = LKV_NOTE_NORMAL_SCHOOLS;
        lkv_interval_put(f, mixed->icc_f);
    }
    lkv_estimate *th = lkv_spread_add(about, "icc_th", icc->fit);
    if (th->reason == LKV_REASON_NONE) {
        th->real = icc->icc;
        th->method = LKV_METHOD_ICC_TH;
        th->notes = LKV_NOTE_NORMAL_SCHOOLS;
        lkv_interval_put(th, icc->thomas_hultquist);
    }
}

/* tau2 = 0 tested by the likelihood ratio. */
static void rlrt_add(const lkv_spread_of_schools *about,
                     const lkv_moments *moments)
{
    const lkv_question *question = about->question;
    if (question->replicates == 0) {
        return;
    }
    lkv_stream stream = lkv_stream_open(
        (lkv_stream_key){.seed = question->seed, .measure = question->measure});
    lkv_rlrt test = lkv_rlrt_of(moments, &stream, question->replicates);
    lkv_spread_put(about, "rlrt", test.fit, test.statistic, LKV_METHOD_REML);
    lkv_spread_put(about, "rlrt_p", test.fit, test.p, LKV_METHOD_RLRT);
}

/* How far a school's mean can be told from chance, on average, and the size
 * of school at which it could well be.
 */
static void reliability_add(const lkv_spread_of_schools *about,
                            const lkv_mixed *mixed)
{
    static const double wanted = 0.7;
    double sum = 0;
    for (size_t j = 0; j < about->counted->schools; j++) {
        bool there = mixed->fit == LKV_FIT_OK && !isnan(mixed->reliability[j]);
        sum += there ? mixed->reliability[j] : 0;
    }
    double groups = (double)MAX(mixed->groups, (size_t)1);
    lkv_spread_put(about, "reliability", mixed->fit, sum / groups,
                   LKV_METHOD_REML);
    lkv_estimate *size = lkv_spread_add(about, "reliable_size", mixed->fit);
    if (size->reason != LKV_REASON_NONE) {
        return;
    }
    if (!(mixed->tau2 > 0)) {
        size->reason = LKV_REASON_SCHOOLS_ALIKE;
        return;
    }
    size->real = wanted / (1 - wanted) / mixed->lambda;
    size->method = LKV_METHOD_REML;
}

static void all_add(const lkv_spread_of_schools *about)
{
    static const lkv_spread_words words = {"reml_intercept", "reml_tau2",
                                           "reml_sigma2",    "reml_icc",
                                           "reml_crit",      false};
    static const lkv_spread_words ml_words = {
        "ml_intercept", "ml_tau2", "ml_sigma2", "ml_icc", "ml_crit", true};
    double confidence = about->question->frame->confidence;
    g_autoptr(lkv_moments) moments =
        lkv_counted_moments(about->counted, LKV_ALL);
    g_autoptr(lkv_mixed) mixed = lkv_mixed_of(moments, true, confidence);
    g_autoptr(lkv_mixed) ml = lkv_mixed_of(moments, false, confidence);
    lkv_icc icc = lkv_icc_of(moments, confidence);
    realised_add(about, "sigma_b");
    variance_add(about, moments);
    anova_add(about, moments);
    icc_add(about, &icc, mixed);
    toolbox_add(about, &icc, mixed);
    lkv_spread_mixed_add(about, &words, mixed);
    lkv_spread_mixed_add(about, &ml_words, ml);
    rlrt_add(about, moments);
    reliability_add(about, mixed);
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    g_autoptr(lkv_counted) all = lkv_counted_new(question, tally, none);
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    lkv_spread_of_schools about = lkv_spread_about(question, out, counted);
    lkv_spread_of_schools whole = {question, out, all, false, {0}};
    if (lkv_counted_heads(all, LKV_ALL, LKV_ALL) >
        lkv_counted_heads(counted, LKV_ALL, LKV_ALL)) {
        realised_add(&whole, "sigma_b_with_special");
    }
    all_add(&about);
    lkv_spread_given_add(&about, tally + lkv_counted_tallies(question));
}

#define LIKE_THESE .target = LKV_SCHOOLS_LIKE_THESE

static const lkv_component components[] = {
    {.id = "sigma_b",
     .difference = true,
     .meaning = "standard deviation between these schools; 0 when the schools "
                "differ less than their pupils alone would make them"},
    {.id = "sigma_b_with_special",
     .difference = true,
     .meaning = "the same with special units among the schools"},
    {.id = "sigma2_b",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance between these schools, signed"},
    {.id = "icc",
     .unit = LKV_UNIT_RATIO,
     .meaning = "share of the variance that lies between schools like these",
     LIKE_THESE},
    {.id = "icc_f",
     .unit = LKV_UNIT_RATIO,
     .meaning = "the same from unweighted means, signed, with the F interval "
                "for normally distributed schools",
     LIKE_THESE},
    {.id = "icc_th",
     .unit = LKV_UNIT_RATIO,
     .meaning = "the same with the interval of Thomas and Hultquist",
     LIKE_THESE},
    {.id = "icc_anova",
     .unit = LKV_UNIT_RATIO,
     .meaning = "the same from the analysis of variance, signed",
     LIKE_THESE},
    {.id = "n0",
     .unit = LKV_UNIT_RATIO,
     .meaning = "size of schools that the analysis of variance reckons with",
     LIKE_THESE},
    {.id = "ms_between",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "mean square between schools",
     LIKE_THESE},
    {.id = "ms_within",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "mean square within schools",
     LIKE_THESE},
    {.id = "sigma2_between",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance component between schools, signed",
     LIKE_THESE},
    {.id = "sigma2_within",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance component within schools",
     LIKE_THESE},
    {.id = "f",
     .unit = LKV_UNIT_RATIO,
     .meaning = "F of the analysis of variance",
     LIKE_THESE},
    {.id = "f_p",
     .unit = LKV_UNIT_PROBABILITY,
     .meaning = "probability of so large an F among schools that do not differ",
     LIKE_THESE},
    {.id = "eta2",
     .unit = LKV_UNIT_RATIO,
     .meaning = "sum of squares between schools/total, biased upwards",
     LIKE_THESE},
    {.id = "eta2_null",
     .unit = LKV_UNIT_RATIO,
     .meaning = "what eta2 is on average among schools that do not differ",
     LIKE_THESE},
    {.id = "reml_intercept",
     .meaning = "level of a school in the middle, random intercept model",
     LIKE_THESE},
    {.id = "reml_tau2",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance between schools, random intercept model",
     LIKE_THESE},
    {.id = "reml_sigma2",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance within schools, random intercept model",
     LIKE_THESE},
    {.id = "reml_icc",
     .unit = LKV_UNIT_RATIO,
     .meaning = "tau2/(tau2 + sigma2), with the profile interval",
     LIKE_THESE},
    {.id = "reml_crit",
     .unit = LKV_UNIT_RATIO,
     .meaning = "REML criterion: -2 log likelihood",
     LIKE_THESE},
    {.id = "ml_intercept",
     .meaning = "the same by maximum likelihood",
     LIKE_THESE},
    {.id = "ml_tau2",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance between schools by maximum likelihood",
     LIKE_THESE},
    {.id = "ml_sigma2",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance within schools by maximum likelihood",
     LIKE_THESE},
    {.id = "ml_icc",
     .unit = LKV_UNIT_RATIO,
     .meaning = "tau2/(tau2 + sigma2) by maximum likelihood",
     LIKE_THESE},
    {.id = "ml_crit",
     .unit = LKV_UNIT_RATIO,
     .meaning = "-2 log likelihood",
     LIKE_THESE},
    {.id = "rlrt",
     .unit = LKV_UNIT_RATIO,
     .meaning = "restricted likelihood ratio of schools that differ and that "
                "do not",
     LIKE_THESE},
    {.id = "rlrt_p",
     .unit = LKV_UNIT_PROBABILITY,
     .meaning = "probability of so large a ratio among schools that do not "
                "differ, drawn by the seed of the study",
     LIKE_THESE},
    {.id = "reliability",
     .unit = LKV_UNIT_RATIO,
     .meaning = "reliability of a school's mean, n tau2/(n tau2 + sigma2), on "
                "average over schools",
     LIKE_THESE},
    {.id = "reliable_size",
     .unit = LKV_UNIT_RATIO,
     .meaning = "pupils that a school must have for a reliability of 0.7",
     LIKE_THESE},
    {.id = "given_intercept",
     .meaning = "intercept of the model with the pupils' intake: the "
                "covariates that the study gives, or its background, or the "
                "groups parental education, background and new immigrant",
     LIKE_THESE},
    {.id = "given_tau2",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance between schools, intake given",
     LIKE_THESE},
    {.id = "given_sigma2",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance within schools, intake given",
     LIKE_THESE},
    {.id = "given_icc",
     .unit = LKV_UNIT_RATIO,
     .meaning = "tau2/(tau2 + sigma2), intake given",
     LIKE_THESE},
    {.id = "given_crit",
     .unit = LKV_UNIT_RATIO,
     .meaning = "REML criterion, intake given",
     LIKE_THESE},
    {.id = "given_explained",
     .unit = LKV_UNIT_RATIO,
     .meaning = "share of tau2 that goes with the intake, of the same "
                "pupils; may be negative",
     LIKE_THESE},
    {.id = "given_means_tau2",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance between schools, intake and the schools' means of "
                "what it predicts given; from 30 schools",
     LIKE_THESE},
    {.id = "given_means_icc",
     .unit = LKV_UNIT_RATIO,
     .meaning = "tau2/(tau2 + sigma2), the same given",
     LIKE_THESE},
    {.id = "given_means_explained",
     .unit = LKV_UNIT_RATIO,
     .meaning = "share of tau2 that goes with both; may be negative",
     LIKE_THESE},
    {.difference = true,
     .meaning = "given_ID: coefficient of the covariate ID",
     LIKE_THESE},
};

const lkv_measure lkv_measure_spread_between_schools = {
    .id = "spread_between_schools",
    .label = "measure.spread_between_schools",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 2,
    .least_pupils = 3,
    .question = "How far do schools lie apart, and how much of the difference "
                "between pupils goes with the school?",
    .formula =
        "sigma2_b = S^2 - mean(e_j), S^2 the variance of the unweighted "
        "school means and e_j = s_j^2/n_j; Var = sum(4 d_j^2 e_j - 2 "
        "e_j^2)/(J - 1)^2, normal interval from 10 schools. icc: F_u = n_h "
        "S^2/MSW, n_h harmonic; jackknife of ln F_u over schools, t with J - "
        "1, from 15 schools; ICC = (F_u - 1)/(F_u + n_h - 1). ANOVA: "
        "(MSB - MSW)/n0, n0 = (N - sum n_j^2/N)/(J - 1). REML: y = X beta + "
        "u_school + e. RLRT: max of the restricted likelihood over that of "
        "tau2 = 0, its distribution drawn from the eigenvalues of Z'PZ. "
        "Reliability n lambda/(1 + n lambda), lambda = tau2/sigma2.",
    .reading =
        "A school one standard deviation above the middle lies sigma_b "
        "points higher. An icc of 0 means that a pupil's school tells "
        "nothing about the result, 1 that it tells everything. In 100 "
        "invented districts 95 % intervals held the truth: of sigma_b "
        "91 with 15 schools, 92 with 35 and 93 with 76; of icc 93 to "
        "95; of the REML profile, icc_f and icc_th, which take schools and "
        "results to be normal, 87 to 95, fewest where results are "
        "skewed or yes and no (docs/coverage.md).",
    .not_for = "Comparing the icc of yes/no outcomes with each other or over "
               "years in which the share moved: sigma_b can be. Calling the "
               "difference an effect of the schools: their pupils differ.",
    .source = "Searle, Casella and McCulloch 1992, section 3.6 (ANOVA); "
              "Arvesen 1969 (jackknife); Thomas and Hultquist 1978; Wald 1940, "
              "Seely and El-Bassiouni 1983 (F); Bates, Mächler, Bolker and "
              "Walker 2015 (REML); Crainiceanu and Ruppert 2004, section 2 "
              "(RLRT)",
    .r = "lme4::lmer(y ~ 1 + (1 | school)), confint(); summary(aov(y ~ "
         "factor(school))); RLRsim::exactRLRT()",
};
