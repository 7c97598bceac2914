/* How much of the change from the year before goes with who the pupils are,
 * and how much with how each group does.
 *
 * A mean can rise because fewer pupils of a group that is behind have come,
 * while no group does better; a board that reads only the mean is misled.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "measure/widths.h"
#include "stat/kitagawa.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    if (question->before != LKV_NO_VALUE) {
        lkv_counted_needs(question, question->population, needs);
        lkv_counted_needs(question, question->before, needs);
    }
}

/* By school and leaf of the variant; leaf 0, group unknown, is one of them. */
static lkv_stratum *strata_of(const lkv_question *question,
                              const lkv_counted *counted)
{
    size_t leaves = counted->leaves;
    lkv_stratum *strata = g_new0(lkv_stratum, counted->schools * leaves + 1);
    for (size_t i = 0; i < counted->schools * leaves; i++) {
        if (lkv_question_holds(question, (uint16_t)(i % leaves))) {
            strata[i] = lkv_sums_stratum(
                lkv_counted_at(counted, i / leaves, i % leaves),
                counted->decimals);
        }
    }
    return strata;
}

static void part_add(const lkv_question *question, const lkv_counted *counted,
                     const char *component, const double part[3],
                     lkv_results *out)
{
    lkv_spot spot = lkv_spot_unit(0);
    lkv_site district = {spot, LKV_ALL, LKV_ALL};
    lkv_question earlier = *question;
    earlier.population = question->before;
    lkv_estimate *estimate = lkv_question_add(question, out, spot, component);
    lkv_estimate_from(estimate, lkv_question_level(question, spot));
    lkv_estimate_from(estimate, lkv_question_level(&earlier, spot));
    if (!lkv_site_heads(estimate, counted, &district)) {
        return;
    }
    estimate->real = part[0];
    estimate->notes = lkv_question_break(question, 1);
    estimate->method = LKV_METHOD_CHANGE_PAIRED;
    if (isfinite(part[1])) {
        estimate->error = part[1];
        estimate->df = part[2];
        double t = lkv_widths_at(question->widths, (int64_t)part[2]);
        lkv_interval_put(estimate, lkv_interval_wide(part[0], part[1], t));
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    if (question->before == LKV_NO_VALUE) {
        return;
    }
    size_t own = lkv_counted_tallies(question);
    g_autoptr(lkv_counted) now = lkv_counted_new(question, tally, none);
    g_autoptr(lkv_counted) before =
        lkv_counted_new(question, tally + own, none);
    if (lkv_counted_at(before, LKV_ALL, LKV_ALL).n == 0) {
        return;
    }
    g_autofree lkv_stratum *later = strata_of(question, now);
    g_autofree lkv_stratum *first = strata_of(question, before);
    lkv_kitagawa split =
        lkv_kitagawa_of(later, first, now->schools, now->leaves);
    const double composition[] = {split.composition, split.composition_error,
                                  split.df};
    const double rates[] = {split.rates, split.rates_error, split.df};
    part_add(question, now, "composition", composition, out);
    part_add(question, now, "rates", rates, out);
}

static const lkv_component components[] = {
    {.id = "composition",
     .difference = true,
     .compared = true,
     .meaning = "the part of the change that goes with the groups' shares"},
    {.id = "rates",
     .difference = true,
     .compared = true,
     .meaning = "the part that goes with the groups' own levels"},
};

const lkv_measure lkv_measure_change_split = {
    .id = "change_split",
    .label = "measure.change_split",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_BY_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 1,
    .least_pupils = 1,
    .question = "Has the level changed because other pupils have come, or "
                "because the groups do otherwise?",
    .formula =
        "composition = sum_k (s_k2 - s_k1)(m_k1 + m_k2)/2; rates = sum_k (s_k1 "
        "+ s_k2)/2 (m_k2 - m_k1), s_k the share and m_k the level of group k, "
        "those whose group is unknown being one. Together they are the change. "
        "V = J/(J - 1) sum_j (Z_j - mean)^2, Z_j the school's influence values "
        "of both years; t with J - 1.",
    .reading = "Of the change since the year before, composition would have "
               "come if each group had kept its level, rates if the groups had "
               "kept their shares.",
    .not_for = "Saying what caused either part; a group may do otherwise "
               "because other pupils are in it.",
    .source = "Kitagawa 1955, eq. 3",
    .r = "colSums of (s2 - s1) * (m1 + m2)/2 and (s1 + s2)/2 * (m2 - m1) over "
         "tapply(y, list(group, year), mean)",
};
