/* How far schools differ in one subject beyond what they differ in all.
 *
 * Where a school's pupils have lower grades in one subject than the same pupils
 * have in the others, the difference is not who they are. It may be teaching,
 * grading or choice; it is told of the district, of no class and no teacher.
 */
#include <math.h>

#include "measure/apart.h"
#include "measure/catalogue.h"
#include "measure/profile.h"
#include "measure/spread.h"
#include "stat/anova.h"
#include "stat/spread.h"

bool lkv_profile_there(const lkv_question *question)
{
    const lkv_outcome *outcome = lkv_question_outcome(question);
    bool some = false;
    for (size_t leaf = 0; leaf < LKV_LEAVES_RANKED; leaf++) {
        some = some || outcome->grade[leaf];
    }
    return some;
}

void lkv_profile_needs(const lkv_question *question, lkv_needs *needs)
{
    if (!lkv_profile_there(question)) {
        return;
    }
    lkv_tally_spec spec = {
        .population = question->population,
        .where = lkv_apart_without(
            question->frame, lkv_question_pupils(question, lkv_spot_unit(0))),
        .axes = 1,
        .axis = {question->frame->school},
        .variables = 1,
        .variable = {(uint16_t)(LKV_TALLY_PROFILE | question->outcome)},
        .cross = LKV_CROSS_BY_CELL,
    };
    lkv_needs_add(needs, spec);
}

/* N is left out: pupils of few grades are not in it, which no claim can say. */
static lkv_estimate *add(const lkv_question *question, lkv_results *out,
                         const char *component, lkv_fit fit)
{
    lkv_spot district = lkv_spot_unit(0);
    lkv_estimate *estimate =
        lkv_question_add(question, out, district, component);
    estimate->has_absent = false;
    lkv_estimate_from(estimate, lkv_question_level(question, district));
    estimate->reason = lkv_spread_reason(fit);
    return estimate;
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    if (!lkv_profile_there(question)) {
        return;
    }
    g_autoptr(lkv_moments) moments = lkv_tally_moments(tally[0]);
    if (moments->total == 0) {
        return; /* no pupil of the stage has enough grades */
    }
    lkv_spread spread = lkv_spread_of(moments, question->frame->confidence);
    lkv_anova anova = lkv_anova_of(moments);
    lkv_estimate *sd = add(question, out, "sigma_b", spread.fit);
    if (sd->reason == LKV_REASON_NONE) {
        sd->real = spread.sd;
        sd->method = LKV_METHOD_SPREAD_REALISED;
        sd->low = spread.sd_interval.low;
        sd->high = spread.sd_interval.high;
    }
    const struct {
        const char *id;
        double value;
    } parts[] = {{"icc_anova", anova.icc}, {"f_p", anova.p}};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        lkv_estimate *estimate = add(question, out, parts[i].id, anova.fit);
        if (estimate->reason == LKV_REASON_NONE) {
            estimate->real = parts[i].value;
            estimate->method = LKV_METHOD_ANOVA;
        }
    }
}

static const lkv_component components[] = {
    {.id = "sigma_b",
     .unit = LKV_UNIT_POINTS,
     .target = LKV_THESE_SCHOOLS,
     .meaning = "standard deviation of these schools in the subject, beyond "
                "their level in all; interval from 10 schools"},
    {.id = "icc_anova",
     .unit = LKV_UNIT_RATIO,
     .meaning = "share of the variance of pupils' profiles that lies between "
                "schools, signed"},
    {.id = "f_p",
     .unit = LKV_UNIT_PROBABILITY,
     .meaning = "probability of so much if schools made no difference"},
};

const lkv_measure lkv_measure_subject_profile = {
    .id = "subject_profile",
    .label = "measure.subject_profile",
    .outcomes = LKV_FOR_LEVELS,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_SCHOOLS_LIKE_THESE,
    .needs = lkv_profile_needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .on_request = true,
    .least_schools = 2,
    .least_pupils = 3,
    .question = "How far do schools differ in one subject beyond what they "
                "differ in all?",
    .formula =
        "d = the points of the pupil's grade in the subject less the mean of "
        "all the pupil's grades, to three decimals more than points have; "
        "pupils with at least five grades. sigma_b, icc_anova and f_p of d as "
        "in `spread_between_schools`. Ordinary schools.",
    .reading = "A school one sigma_b above the others gives the same pupils so "
               "many points more in this subject than in the rest. 0 when "
               "schools differ in all subjects alike.",
    .not_for = "Any teacher or class: it is one number for the district. "
               "Saying whether it is teaching, grading or who takes the "
               "subject.",
    .source = "Searle, Casella and McCulloch 1992, section 3.6; Goldstein "
              "2011, chapter 6 (several responses of a pupil)",
    .r = "d <- points - ave(points, pupil); d of one subject; anova(lm(d ~ "
         "factor(school)))",
};
