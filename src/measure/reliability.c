/* How far the difference of one school's level from the others' is more than
 * the chance of who came.
 *
 * A mean of eight pupils tells little of a school and that of a hundred much:
 * whoever asks of one school should see which it is.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "measure/spread.h"
#include "stat/mixed.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_counted_needs(question, question->population, needs);
}

/* It tells the school's number of pupils, so it is told where that is. */
static void school_add(const lkv_spread_of_schools *about,
                       const lkv_mixed *mixed, const lkv_site *site)
{
    const lkv_question *question = about->question;
    lkv_claim level = lkv_question_level(question, site->spot);
    lkv_estimate *estimate =
        lkv_question_add(question, about->out, site->spot, "");
    lkv_estimate_from(estimate, level);
    lkv_estimate_from(estimate, lkv_question_count(question, level.base));
    if (!lkv_site_heads(estimate, about->counted, site)) {
        return;
    }
    estimate->reason = lkv_spread_reason(mixed->fit);
    if (estimate->reason == LKV_REASON_NONE) {
        estimate->real = mixed->reliability[site->school];
        estimate->method = LKV_METHOD_REML;
        estimate->notes = mixed->boundary ? LKV_NOTE_BOUNDARY : LKV_NOTE_NONE;
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    lkv_spread_of_schools about = lkv_spread_about(question, out, counted);
    g_autoptr(lkv_moments) moments = lkv_counted_moments(counted, LKV_ALL);
    g_autoptr(lkv_mixed) mixed = lkv_mixed_of(moments, true, 0);
    g_autoptr(GArray) sites = lkv_sites(question, counted, LKV_EACH_SCHOOL);
    for (guint i = 0; i < sites->len; i++) {
        school_add(&about, mixed, &g_array_index(sites, lkv_site, i));
    }
}

static const lkv_component components[] = {
    {.id = "",
     .unit = LKV_UNIT_RATIO,
     .meaning = "share of the variance of such a school's levels that is of "
                "schools, not of who came: 0 to 1"},
};

const lkv_measure lkv_measure_reliability = {
    .id = "reliability",
    .label = "measure.reliability",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_SCHOOLS_LIKE_THESE,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .on_request = true,
    .least_schools = 2,
    .least_pupils = 3,
    .question = "How far does a school's level tell of the school, and not of "
                "which pupils came?",
    .formula = "n tau2/(n tau2 + sigma2), n the school's pupils, tau2 and "
               "sigma2 by REML as in `spread_between_schools`, whose "
               "reliability is the mean over schools and whose reliable_size "
               "is the n that gives 0.7. Ordinary schools.",
    .reading = "At 0.7 seven tenths of how far such schools lie apart would be "
               "there again with other pupils; near 0 it is chance.",
    .not_for = "Judging a school: a sure level is no good one. Weighing "
               "schools of another district.",
    .source = "Raudenbush and Bryk 2002, eq. 3.42; Snijders and Bosker 2012, "
              "section 3.5",
    .r = "m <- lme4::lmer(y ~ 1 + (1 | school)); v <- "
         "as.data.frame(lme4::VarCorr(m))$vcov; n * v[1]/(n * v[1] + v[2])",
};
