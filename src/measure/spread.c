#include "measure/spread.h"

#include <math.h>

#include "measure/apart.h"
#include "measure/level.h"

lkv_spread_of_schools lkv_spread_about(const lkv_question *question,
                                       lkv_results *out, lkv_counted *counted)
{
    lkv_spread_of_schools about = {question, out, counted, false, {0}};
    about.apart =
        !question->special_in && lkv_apart_term(question->frame, &about.kept);
    if (about.apart) {
        lkv_counted_keep(counted, question->frame->cube, about.kept);
    }
    return about;
}

lkv_reason lkv_spread_reason(lkv_fit fit)
{
    static const lkv_reason reasons[] = {
        [LKV_FIT_OK] = LKV_REASON_NONE,
        [LKV_FIT_NOBODY] = LKV_REASON_NO_PUPILS,
        [LKV_FIT_ONE_GROUP] = LKV_REASON_ONE_SCHOOL,
        [LKV_FIT_NO_DF] = LKV_REASON_ONE_PUPIL_PER_SCHOOL,
        [LKV_FIT_NO_VARIANCE] = LKV_REASON_NO_VARIANCE,
        [LKV_FIT_SEPARATED] = LKV_REASON_SEPARATED,
        [LKV_FIT_COLLINEAR] = LKV_REASON_COLLINEAR,
        [LKV_FIT_FEW_GROUPS] = LKV_REASON_FEW_SCHOOLS,
    };
    return reasons[fit];
}

lkv_estimate *lkv_spread_add(const lkv_spread_of_schools *about,
                             const char *component, lkv_fit fit)
{
    const lkv_question *question = about->question;
    lkv_spot district = lkv_spot_unit(0);
    lkv_estimate *estimate =
        lkv_question_add(question, about->out, district, component);
    lkv_claim level = lkv_question_level(question, district);
    if (about->apart) {
        lkv_term kept = about->kept;
        estimate->pupils = lkv_where_and(estimate->pupils, kept);
        estimate->absent = lkv_where_and(estimate->absent, kept);
        level.base = lkv_where_and(level.base, kept);
    }
    lkv_estimate_from(estimate, level);
    lkv_site all = {district, LKV_ALL, LKV_ALL};
    if (lkv_site_heads(estimate, about->counted, &all)) {
        estimate->reason = lkv_spread_reason(fit);
    }
    return estimate;
}

lkv_estimate *lkv_spread_put(const lkv_spread_of_schools *about,
                             const char *component, lkv_fit fit, double value,
                             lkv_method method)
{
    lkv_estimate *estimate = lkv_spread_add(about, component, fit);
    if (estimate->reason == LKV_REASON_NONE && isnan(value)) {
        estimate->reason = LKV_REASON_NO_VARIANCE;
    } else if (estimate->reason == LKV_REASON_NONE) {
        estimate->real = value;
        estimate->method = method;
    }
    return estimate;
}

void lkv_spread_complete(lkv_results *out, size_t first, int64_t complete)
{
    for (size_t i = first; i < lkv_results_size(out); i++) {
        lkv_estimate *estimate = lkv_results_edit(out, i);
        if (complete == 0 && estimate->n > 0) {
            estimate->reason = LKV_REASON_NO_BACKGROUND;
        }
        if (estimate->n != complete) {
            estimate->n = -1;
            estimate->schools = -1;
            estimate->notes |= LKV_NOTE_COMPLETE_CASES;
        }
    }
}

void lkv_spread_mixed_add(const lkv_spread_of_schools *about,
                          const lkv_spread_words *words, const lkv_mixed *mixed)
{
    lkv_method method = words->ml ? LKV_METHOD_ML : LKV_METHOD_REML;
    lkv_estimate *intercept =
        lkv_spread_add(about, words->intercept, mixed->fit);
    if (intercept->reason == LKV_REASON_NONE) {
        intercept->real = mixed->beta[0];
        intercept->error = mixed->error[0];
        intercept->method = method;
    }
    lkv_estimate *tau2 = lkv_spread_add(about, words->tau2, mixed->fit);
    if (tau2->reason == LKV_REASON_NONE) {
        tau2->real = mixed->tau2;
        tau2->method = method;
        tau2->notes = mixed->boundary ? LKV_NOTE_BOUNDARY : LKV_NOTE_NONE;
    }
    lkv_estimate *icc = lkv_spread_add(about, words->icc, mixed->fit);
    if (icc->reason == LKV_REASON_NONE) {
        icc->real = mixed->icc;
        icc->notes = mixed->boundary ? LKV_NOTE_BOUNDARY : LKV_NOTE_NONE;
        icc->method = words->ml ? LKV_METHOD_ML : LKV_METHOD_REML_PROFILE;
        lkv_interval_put(icc, mixed->icc_profile);
    }
    lkv_spread_put(about, words->sigma2, mixed->fit, mixed->sigma2, method);
    lkv_spread_put(about, words->crit, mixed->fit, mixed->deviance, method);
}
