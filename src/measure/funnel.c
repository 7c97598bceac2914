/* How far a school may lie from the district by chance alone.
 *
 * Half of all schools lie below the middle, and small ones far from it. The
 * limits say from where on a distance is more than that; the difference that
 * can be detected says what a school of that size cannot show.
 */
#include "stat/funnel.h"
#include "measure/catalogue.h"
#include "measure/level.h"
#include "measure/spread.h"

enum { LEAST_SCHOOLS = 10 };
#define POWER 0.8

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_counted_needs(question, question->population, needs);
}

/* Sizes of schools that limits are told for. */
static const struct {
    double pupils;
    const char *low, *high, *wide_low, *wide_high, *detectable;
} sizes[] = {
    {10, "low_10", "high_10", "wide_low_10", "wide_high_10", "detectable_10"},
    {20, "low_20", "high_20", "wide_low_20", "wide_high_20", "detectable_20"},
    {30, "low_30", "high_30", "wide_low_30", "wide_high_30", "detectable_30"},
    {50, "low_50", "high_50", "wide_low_50", "wide_high_50", "detectable_50"},
    {100, "low_100", "high_100", "wide_low_100", "wide_high_100",
     "detectable_100"},
};

/* Limits lie around the level of all pupils, those of special units too, which
 * is a figure of its own; what schools differ by is of ordinary schools.
 */
static void number_add(const lkv_spread_of_schools *about,
                       const char *component, lkv_fit fit, double value)
{
    lkv_estimate *estimate =
        lkv_spread_put(about, component, fit, value, LKV_METHOD_FUNNEL);
    if (about->apart) {
        lkv_estimate_from(
            estimate, lkv_question_level(about->question, lkv_spot_unit(0)));
    }
}

static void limits_add(const lkv_spread_of_schools *about,
                       const lkv_funnel *funnel, size_t i)
{
    double confidence = about->question->frame->confidence;
    double n = sizes[i].pupils;
    bool there = funnel->fit == LKV_FIT_OK;
    lkv_interval none = {0, 0};
    lkv_interval near = there ? lkv_funnel_limits(funnel, n, confidence) : none;
    lkv_interval wide = there ? lkv_funnel_wide(funnel, n, confidence) : none;
    const struct {
        const char *id;
        double value;
    } parts[] = {
        {sizes[i].low, near.low},
        {sizes[i].high, near.high},
        {sizes[i].wide_low, wide.low},
        {sizes[i].wide_high, wide.high},
        {sizes[i].detectable,
         lkv_funnel_detectable(funnel, n, confidence, POWER)},
    };
    for (size_t k = 0; k < G_N_ELEMENTS(parts); k++) {
        number_add(about, parts[k].id, funnel->fit, parts[k].value);
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    lkv_stratum all = lkv_sums_stratum(
        lkv_counted_at(counted, LKV_ALL, LKV_ALL), counted->decimals);
    lkv_spread_of_schools about = lkv_spread_about(question, out, counted);
    g_autofree lkv_stratum *strata = lkv_counted_strata(counted, LKV_ALL);
    bool share = lkv_question_outcome(question)->kind == LKV_YES_NO;
    lkv_funnel funnel = lkv_funnel_of(strata, counted->schools, share, all.mean,
                                      question->frame->confidence);
    if (funnel.fit == LKV_FIT_OK && funnel.groups < LEAST_SCHOOLS) {
        funnel.fit = LKV_FIT_FEW_GROUPS;
    }
    const struct {
        const char *id;
        double value;
    } parts[] = {
        {"centre", funnel.centre},
        {"phi", funnel.phi},
        {"tau2", funnel.tau2},
        {"outside", funnel.outside},
        {"outside_wide", funnel.outside_wide},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        number_add(&about, parts[i].id, funnel.fit, parts[i].value);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        limits_add(&about, &funnel, i);
    }
}

static const lkv_component components[] = {
    {.id = "centre", .meaning = "level of all pupils, which limits lie around"},
    {.id = "phi",
     .unit = LKV_UNIT_RATIO,
     .meaning = "how much more schools vary than chance: 1 is chance alone; "
                "the outermost tenths drawn in"},
    {.id = "tau2",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance of schools beyond chance"},
    {.id = "outside",
     .unit = LKV_UNIT_SHARE,
     .meaning = "share of schools outside the limits; by chance alone 0.05, or "
                "what the study's confidence leaves"},
    {.id = "outside_wide",
     .unit = LKV_UNIT_SHARE,
     .meaning = "share of schools outside the wide limits"},
    {.id = "low_10", .meaning = "lower limit of a school of 10 pupils"},
    {.id = "high_10", .meaning = "upper limit of it"},
    {.id = "wide_low_10",
     .meaning =
         "lower limit, what schools differ by beyond chance allowed for"},
    {.id = "wide_high_10", .meaning = "upper limit of it"},
    {.id = "detectable_10",
     .difference = true,
     .meaning = "underlying difference from the district that a school of 10 "
                "pupils shows with probability 0.8"},
    {.id = "low_20", .meaning = "lower limit of a school of 20 pupils"},
    {.id = "high_20", .meaning = "upper limit of it"},
    {.id = "wide_low_20",
     .meaning =
         "lower limit, what schools differ by beyond chance allowed for"},
    {.id = "wide_high_20", .meaning = "upper limit of it"},
    {.id = "detectable_20",
     .difference = true,
     .meaning = "underlying difference from the district that a school of 20 "
                "pupils shows with probability 0.8"},
    {.id = "low_30", .meaning = "lower limit of a school of 30 pupils"},
    {.id = "high_30", .meaning = "upper limit of it"},
    {.id = "wide_low_30",
     .meaning =
         "lower limit, what schools differ by beyond chance allowed for"},
    {.id = "wide_high_30", .meaning = "upper limit of it"},
    {.id = "detectable_30",
     .difference = true,
     .meaning = "underlying difference from the district that a school of 30 "
                "pupils shows with probability 0.8"},
    {.id = "low_50", .meaning = "lower limit of a school of 50 pupils"},
    {.id = "high_50", .meaning = "upper limit of it"},
    {.id = "wide_low_50",
     .meaning =
         "lower limit, what schools differ by beyond chance allowed for"},
    {.id = "wide_high_50", .meaning = "upper limit of it"},
    {.id = "detectable_50",
     .difference = true,
     .meaning = "underlying difference from the district that a school of 50 "
                "pupils shows with probability 0.8"},
    {.id = "low_100", .meaning = "lower limit of a school of 100 pupils"},
    {.id = "high_100", .meaning = "upper limit of it"},
    {.id = "wide_low_100",
     .meaning =
         "lower limit, what schools differ by beyond chance allowed for"},
    {.id = "wide_high_100", .meaning = "upper limit of it"},
    {.id = "detectable_100",
     .difference = true,
     .meaning = "underlying difference from the district that a school of 100 "
                "pupils shows with probability 0.8"},
};

const lkv_measure lkv_measure_funnel = {
    .id = "funnel",
    .label = "measure.funnel",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = LEAST_SCHOOLS,
    .least_pupils = 2,
    .question = "How far may a school of some size lie from the district by "
                "chance alone?",
    .formula = "Shares: exact binomial limits, interpolated. Means: m -/+ z "
               "s/sqrt(n), s within schools. Wide: m -/+ z sqrt(s^2/n + tau2); "
               "phi = sum z_w^2/J, z winsorised at 10 and 90 %; tau2 = max(0, "
               "(J phi - (J - 1))/(sum w - sum w^2/sum w)), w = n/s^2. "
               "Detectable: (z + z_0.8) s/sqrt(n).",
    .reading = "A school within the limits of its size is in line with the "
               "district. Where phi is far above 1 schools differ by more than "
               "chance, and the narrow limits point at half of them.",
    .not_for = "Ranking schools. Calling a school outside the limits good or "
               "bad: its pupils may differ.",
    .source = "Spiegelhalter 2005, appendix A",
    .r = "qbinom(), pbinom(); theta + qnorm(c(.025, .975)) * sqrt(s^2/n + "
         "tau2)",
};
