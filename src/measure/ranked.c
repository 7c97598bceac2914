#include "measure/ranked.h"

#include <string.h>

#include "base/wide.h"
#include "measure/level.h"

/* The axis of the group that orders pupils where no covariate does;
 * LKV_NO_VALUE without such a group.
 */
static lkv_axis education(const lkv_question *question)
{
    uint16_t number =
        lkv_frame_group_find(question->frame, "parental_education");
    if (number == LKV_NO_VALUE) {
        return LKV_NO_VALUE;
    }
    const lkv_group *group = lkv_frame_group(question->frame, number);
    return group->built_in ? group->axis : LKV_NO_VALUE;
}

/* 1 is the lowest; 0 = not known. */
static double education_of(const lkv_question *question, size_t leaf)
{
    static const char *const levels[] = {"low", "mid", "high"};
    const char *id = lkv_cube_value_id(
        question->frame->cube, (lkv_term){education(question), (uint16_t)leaf});
    for (size_t i = 0; leaf != LKV_LEAF_MISSING && i < G_N_ELEMENTS(levels);
         i++) {
        if (strcmp(id, levels[i]) == 0) {
            return (double)(i + 1);
        }
    }
    return 0;
}

static uint16_t variable_of(const lkv_question *question)
{
    return question->panel->outcome_variable[question->outcome];
}

bool lkv_ranked_finely(const lkv_question *question)
{
    return variable_of(question) != LKV_NO_VALUE && question->givens > 0;
}

bool lkv_ranked_there(const lkv_question *question)
{
    return lkv_ranked_finely(question) ||
           (variable_of(question) != LKV_NO_VALUE &&
            education(question) != LKV_NO_VALUE);
}

void lkv_ranked_needs(const lkv_question *question, lkv_needs *needs)
{
    if (!lkv_ranked_there(question)) {
        return;
    }
    lkv_tally_spec spec = {
        .population = question->population,
        .where = lkv_where_and(lkv_question_pupils(question, lkv_spot_unit(0)),
                               lkv_question_known(question)),
        .axes = 1,
        .axis = {question->frame->school},
        .variables = 1,
        .variable = {variable_of(question)},
        .histogram = true,
    };
    if (lkv_ranked_finely(question)) {
        spec.variable[spec.variables++] = question->given[0];
        spec.joint = true;
    } else {
        spec.axis[spec.axes++] = education(question);
    }
    lkv_counted_needs(question, question->population, needs);
    lkv_needs_add(needs, spec);
}

void lkv_ranked_fine_needs(const lkv_question *question, lkv_needs *needs)
{
    if (lkv_ranked_finely(question)) {
        lkv_ranked_needs(question, needs);
    }
}

/* Bins of a cell, with the covariate in them, or all at X. */
static void bins_add(lkv_pairs *pairs, const lkv_tally *tally, size_t cell,
                     double x)
{
    bool fine = tally->spec.joint;
    int64_t y_unit = lkv_power_of_ten(tally->decimals[0]);
    int64_t x_unit = fine ? lkv_power_of_ten(tally->decimals[1]) : 1;
    size_t leaves = tally->cells / tally->leaves[0];
    const GArray *bins = tally->bins[cell];
    for (guint i = 0; i < bins->len; i++) {
        const lkv_bin *bin = &g_array_index(bins, lkv_bin, i);
        lkv_pairs_add(
            pairs,
            (lkv_pair){.x = fine ? lkv_wide_ratio(bin->second, x_unit) : x,
                       .y = lkv_wide_ratio(bin->value, y_unit),
                       .n = bin->n,
                       .school = (uint32_t)(cell / leaves)});
    }
}

static lkv_pairs *pairs_of(const lkv_question *question, const lkv_tally *tally)
{
    bool fine = tally->spec.joint;
    lkv_pairs *pairs = lkv_pairs_new(tally->leaves[0]);
    for (size_t cell = 0; cell < tally->cells; cell++) {
        double level =
            fine ? 0 : education_of(question, cell % tally->leaves[1]);
        if (fine || level > 0) {
            bins_add(pairs, tally, cell, level);
        }
    }
    lkv_pairs_sort(pairs);
    return pairs;
}

lkv_ranked lkv_ranked_new(const lkv_question *question,
                          const lkv_tally *const *tally)
{
    lkv_term none = {0};
    return (lkv_ranked){
        .counted = lkv_counted_new(question, tally, none),
        .pairs = pairs_of(question, tally[lkv_counted_tallies(question)]),
    };
}

void lkv_ranked_clear(lkv_ranked *ranked)
{
    lkv_counted_free(ranked->counted);
    lkv_pairs_free(ranked->pairs);
}

lkv_estimate *lkv_ranked_add(const lkv_question *question,
                             const lkv_ranked *ranked, const char *component,
                             lkv_results *out)
{
    lkv_spot spot = lkv_spot_unit(0);
    lkv_site district = {spot, LKV_ALL, LKV_ALL};
    lkv_estimate *estimate = lkv_question_add(question, out, spot, component);
    lkv_estimate_from(estimate, lkv_question_level(question, spot));
    if (!lkv_site_heads(estimate, ranked->counted, &district)) {
        return NULL;
    }
    estimate->notes = lkv_ranked_finely(question)
                          ? LKV_NOTE_NONE
                          : LKV_NOTE_BY_PARENTAL_EDUCATION;
    if (ranked->pairs->n == 0) {
        estimate->reason = LKV_REASON_NO_BACKGROUND;
        return NULL;
    }
    if (ranked->pairs->n != estimate->n) {
        estimate->n = -1;
        estimate->schools = -1;
    }
    return estimate;
}
