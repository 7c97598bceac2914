/* Where most schools lie: the tenth, fiftieth and ninetieth of each hundred.
 *
 * A school sees its own level inside the band of all, with no other school in
 * sight. The quantiles are taken of released figures, so that a band cannot
 * say more than the figures that it is made of.
 */
#include "measure/catalogue.h"
#include "measure/question.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    (void)question;
    (void)needs;
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    static const struct {
        const char *id;
        double probability;
    } quantiles[] = {{"p10", 0.1}, {"p50", 0.5}, {"p90", 0.9}};
    (void)tally;
    for (size_t i = 0; i < G_N_ELEMENTS(quantiles); i++) {
        lkv_estimate *band =
            lkv_question_add(question, out, lkv_spot_unit(0), quantiles[i].id);
        band->of_released = true;
        band->real = quantiles[i].probability;
        band->method = LKV_METHOD_RELEASED_QUANTILE;
        band->has_absent = false;
    }
}

static const lkv_component components[] = {
    {.id = "p10", .meaning = "a tenth of the schools lie below"},
    {.id = "p50", .meaning = "half of the schools lie below"},
    {.id = "p90", .meaning = "a tenth of the schools lie above"},
};

const lkv_measure lkv_measure_school_band = {
    .id = "school_band",
    .label = "measure.school_band",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 10,
    .question = "Between which levels do most schools lie?",
    .formula = "type-7 quantiles of the released levels of all schools: h = "
               "(J - 1) p, linear between neighbours",
    .reading = "Eight schools of ten lie between p10 and p90. Small schools "
               "are part of what makes the band wide.",
    .not_for = "Finding a school's rank.",
    .source = "Hyndman and Fan 1996, definition 7",
    .r = "quantile(level, c(.1, .5, .9), type = 7)",
};
