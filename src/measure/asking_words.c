/* Whether a study names what there is. */
#include <string.h>

#include "base/nearest.h"
#include "measure/asking.h"

static bool measure_known(const lkv_measure_spec *spec, lkv_diag *diag)
{
    if (lkv_measure_find(spec->measure) ||
        strcmp(spec->measure, LKV_MEASURES_DEFAULT) == 0) {
        return true;
    }
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    const lkv_measure *measure = NULL;
    for (size_t i = 0; (measure = lkv_measure_at(i)); i++) {
        g_ptr_array_add(ids, (gpointer)(uintptr_t)measure->id);
    }
    g_ptr_array_add(ids, NULL);
    lkv_message *message =
        lkv_diag_add(diag, "E-MEASURE-UNKNOWN", spec->place,
                     "there is no measure '%s'", spec->measure);
    const char *near = lkv_word_nearest(
        spec->measure, (const char *const *)(const void *)ids->pdata);
    if (near) {
        lkv_message_fix(message, "did you mean '%s'?", near);
    } else {
        lkv_message_fix(message, "`likvard measures list` names them all");
    }
    return false;
}

static bool outcome_known(const lkv_frame *frame, const char *id)
{
    for (size_t i = 0; i < frame->outcomes->len; i++) {
        if (strcmp(lkv_frame_outcome(frame, i)->id, id) == 0) {
            return true;
        }
    }
    return false;
}

static void word_refuse(const lkv_measure_spec *spec, const char *what,
                        const char *word, lkv_diag *diag)
{
    lkv_message *message =
        lkv_diag_add(diag, "E-MEASURE-WORD", spec->place,
                     "measure '%s' names the %s '%s', which this run has not",
                     spec->measure, what, word);
    lkv_message_fix(message, "name one that the study or its rules declare");
}

static bool covariates_fit(const lkv_measure_spec *spec, lkv_diag *diag)
{
    size_t count = lkv_asking_covariates(spec);
    if (count <= LKV_COVARIATES_MOST) {
        return true;
    }
    lkv_message *message = lkv_diag_add(diag, "E-MEASURE-GIVEN", spec->place,
                                        "measure '%s' is given %zu covariates",
                                        spec->measure, count);
    lkv_message_fix(message, "name at most %d", LKV_COVARIATES_MOST);
    return false;
}

bool lkv_asking_words(const lkv_panel *panel, const lkv_measure_spec *spec,
                      lkv_diag *diag)
{
    bool good = measure_known(spec, diag);
    good = covariates_fit(spec, diag) && good;
    if (spec->of && !outcome_known(panel->frame, spec->of)) {
        word_refuse(spec, "outcome", spec->of, diag);
        good = false;
    }
    if (spec->between &&
        lkv_frame_group_find(panel->frame, spec->between) == LKV_NO_VALUE) {
        word_refuse(spec, "group", spec->between, diag);
        good = false;
    }
    for (size_t i = 0; spec->given && spec->given[i]; i++) {
        if (lkv_panel_variable(panel, spec->given[i]) == LKV_NO_VALUE) {
            word_refuse(spec, "covariate", spec->given[i], diag);
            good = false;
        }
    }
    return good;
}
