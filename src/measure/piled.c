#include "measure/piled.h"

#include "base/wide.h"
#include "measure/counted.h"
#include "measure/question.h"

void lkv_piled_needs(const lkv_question *question, lkv_needs *needs)
{
    const lkv_group *group = lkv_question_group(question);
    lkv_tally_spec spec = {
        .population = question->population,
        .where = lkv_frame_variant(question->frame, question->variant)->where,
        .axes = 1,
        .axis = {question->frame->school},
        .variables = 1,
        .variable = {question->panel->outcome_variable[question->outcome]},
        .histogram = true,
    };
    if (group) {
        spec.axis[spec.axes++] = group->axis;
    }
    spec.where = lkv_where_and(spec.where, lkv_question_known(question));
    lkv_needs_add(needs, spec);
}

/* Adds the pupils of LEAF to PILES as GROUP. */
static void leaf_add(lkv_piles *piles, const lkv_tally *tally, size_t leaf,
                     uint32_t group)
{
    size_t leaves = tally->spec.axes > 1 ? tally->leaves[1] : 1;
    int64_t unit = lkv_power_of_ten(tally->decimals[0]);
    for (size_t cell = 0; cell < tally->cells; cell++) {
        if (leaf != LKV_ALL && cell % leaves != leaf) {
            continue;
        }
        const GArray *bins = tally->bins[cell];
        for (guint i = 0; i < bins->len; i++) {
            const lkv_bin *bin = &g_array_index(bins, lkv_bin, i);
            lkv_piles_add(piles,
                          (lkv_pile){.value = lkv_wide_ratio(bin->value, unit),
                                     .n = bin->n,
                                     .school = (uint32_t)(cell / leaves),
                                     .group = group});
        }
    }
}

lkv_piles *lkv_piled_new(const lkv_tally *tally, size_t leaf)
{
    lkv_piles *piles = lkv_piles_new(tally->leaves[0]);
    leaf_add(piles, tally, leaf, 0);
    lkv_piles_sort(piles);
    return piles;
}

lkv_piles *lkv_piled_pair(const lkv_tally *tally, size_t one, size_t zero)
{
    lkv_piles *piles = lkv_piles_new(tally->leaves[0]);
    leaf_add(piles, tally, zero, 0);
    leaf_add(piles, tally, one, 1);
    lkv_piles_sort(piles);
    return piles;
}
