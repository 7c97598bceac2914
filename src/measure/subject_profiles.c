/* How far schools differ in single subjects beyond their level in all, over
 * all subjects: one number for whether teaching and grading are alike
 * everywhere, without any subject, class or teacher.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "measure/profile.h"
#include "measure/spread.h"
#include "measure/widths.h"
#include "stat/jackknife.h"
#include "stat/spread.h"

enum { SUBJECTS_LEAST = 5 };

/* The question about subject number I of the frame; false where it is none, or
 * no room is left.
 */
static bool about_subject(const lkv_question *question, size_t i, size_t taken,
                          lkv_question *subject)
{
    *subject = *question;
    subject->outcome = (uint16_t)i;
    return taken < LKV_NEEDS_MOST &&
           lkv_frame_outcome(question->frame, i)->kind == LKV_LEVELS &&
           lkv_profile_there(subject);
}

static void needs(const lkv_question *question, lkv_needs *needs)
{
    for (guint i = 0; i < question->frame->outcomes->len; i++) {
        lkv_question subject;
        if (about_subject(question, i, needs->count, &subject)) {
            lkv_profile_needs(&subject, needs);
        }
    }
}

static size_t subjects_of(const lkv_question *question)
{
    size_t subjects = 0;
    for (guint i = 0; i < question->frame->outcomes->len; i++) {
        lkv_question subject;
        subjects += about_subject(question, i, subjects, &subject);
    }
    return subjects;
}

/* Moments of the subjects that are told apart; NULL past the last. */
static lkv_moments **moments_of(const lkv_tally *const *tally, size_t subjects)
{
    lkv_moments **moments = g_new0(lkv_moments *, subjects + 1);
    size_t used = 0;
    for (size_t s = 0; s < subjects; s++) {
        lkv_moments *own = lkv_tally_moments(tally[s]);
        if (isfinite(lkv_spread_of(own, 0.95).variance)) {
            moments[used++] = own;
        } else {
            lkv_moments_free(own);
        }
    }
    return moments;
}

static void moments_free(lkv_moments **moments)
{
    for (size_t s = 0; moments[s]; s++) {
        lkv_moments_free(moments[s]);
    }
    g_free(moments);
}

/* The sum over subjects of the realised variance, less school WITHOUT, over
 * subjects - 1: profiles add up to nothing for each pupil, so each subject
 * shows (S - 1)/S of its own.
 */
static double pooled(lkv_moments *const *moments, size_t without)
{
    double sum = 0.0;
    size_t subjects = 0;
    for (; moments[subjects]; subjects++) {
        lkv_moments less = *moments[subjects];
        g_autofree int64_t *n = g_memdup2(less.n, less.groups * sizeof *less.n);
        if (without < less.groups) {
            n[without] = 0;
        }
        less.n = n;
        sum += lkv_spread_of(&less, 0.95).variance;
    }
    return subjects > 1 ? sum / (double)(subjects - 1) : NAN;
}

/* Leaving out one school at a time; how many there are goes to SCHOOLS. */
static double error_of(lkv_moments *const *moments, size_t *schools)
{
    size_t groups = moments[0] ? moments[0]->groups : 0;
    g_autofree double *value = g_new0(double, groups + 1);
    *schools = 0;
    for (size_t j = 0; j < groups; j++) {
        bool some = false;
        for (size_t s = 0; moments[s]; s++) {
            some = some || moments[s]->n[j] > 1;
        }
        if (some) {
            value[(*schools)++] = pooled(moments, j);
        }
    }
    return lkv_jackknife_error(value, *schools);
}

static double root(double variance)
{
    return variance > 0.0 ? sqrt(variance) : 0.0;
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_spot district = lkv_spot_unit(0);
    lkv_moments **moments = moments_of(tally, subjects_of(question));
    size_t subjects = 0, schools = 0;
    while (moments[subjects]) {
        subjects++;
    }
    if (subjects >= SUBJECTS_LEAST) {
        double variance = pooled(moments, SIZE_MAX);
        double error = error_of(moments, &schools);
        lkv_estimate *sd = lkv_question_add(question, out, district, "sigma");
        lkv_estimate_from(sd, lkv_question_count(question, sd->pupils));
        sd->real = root(variance);
        sd->method = LKV_METHOD_PROFILES;
        if (schools >= LKV_SPREAD_GROUPS && isfinite(error)) {
            double half =
                error * lkv_widths_at(question->widths, (int64_t)schools - 1);
            sd->df = (double)(schools - 1);
            lkv_interval_put(sd, (lkv_interval){root(variance - half),
                                                root(variance + half)});
        }
        lkv_estimate *square =
            lkv_question_add(question, out, district, "sigma2");
        lkv_estimate_from(square, lkv_question_count(question, square->pupils));
        square->real = variance;
        square->error = error;
        square->method = LKV_METHOD_PROFILES;
    }
    moments_free(moments);
}

static const lkv_component components[] = {
    {.id = "sigma",
     .unit = LKV_UNIT_POINTS,
     .meaning = "standard deviation of what a school gives in one subject "
                "beyond its level in all; interval from 10 schools"},
    {.id = "sigma2",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance of school by subject, signed"},
};

const lkv_measure lkv_measure_subject_profiles = {
    .id = "subject_profiles",
    .label = "measure.subject_profiles",
    .outcomes = 0,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_SCHOOLS_LIKE_THESE,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .on_request = true,
    .least_schools = 2,
    .least_pupils = 3,
    .question = "How far do schools differ in single subjects beyond what they "
                "differ in all, over all subjects?",
    .formula =
        "sigma2 = sum over S subjects of the realised variance between schools "
        "of d/(S - 1), d as in `subject_profile`: a pupil's profile adds up to "
        "nothing, so that a subject shows (S - 1)/S of its variance when "
        "pupils have all subjects. sigma its root, 0 when it is negative. At "
        "least five subjects. Interval: delete-one-school jackknife of sigma2, "
        "t with J - 1. Ordinary schools.",
    .reading = "0: a school that is high in one subject is as high in all. "
               "Otherwise the same pupils would typically have sigma points "
               "more or less in a subject by which school it is.",
    .not_for = "Any subject, class or teacher. Saying whether it is teaching, "
               "grading or who takes a subject.",
    .source = "Searle, Casella and McCulloch 1992, chapter 4 (interaction of "
              "two-way crossed classifications); Efron and Tibshirani 1993, "
              "chapter 11 (jackknife)",
    .r = "d <- points - ave(points, pupil); sum(sapply(split(d, subject), "
         "realised))/(S - 1)",
};
