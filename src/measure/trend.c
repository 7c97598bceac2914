/* Whether the district has gone up or down over the years.
 *
 * Two years make a change and no trend. The schools are the same in all years,
 * so that what stays with a school is not taken for chance.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "stat/trend.h"

/* Years that a trend reaches back, the question's own among them. */
enum { YEARS_MOST = 10 };

/* Populations of the question's stage up to its own year, which comes first.
 */
static size_t populations(const lkv_question *question,
                          uint16_t found[YEARS_MOST])
{
    const lkv_frame *frame = question->frame;
    const lkv_population *own =
        lkv_frame_population(frame, question->population);
    size_t count = 0;
    for (int back = 0; back < YEARS_MOST; back++) {
        if (lkv_frame_breaks(frame, own->stage, own->year - back, own->year)) {
            break;
        }
        uint16_t number = back == 0 ? question->population
                                    : lkv_frame_population_find(
                                          frame, own->stage, own->year - back);
        if (number != LKV_NO_VALUE) {
            found[count++] = number;
        }
    }
    return count;
}

/* Each needs two tallies, and a measure may need so many. */
G_STATIC_ASSERT(2 * YEARS_MOST <= LKV_NEEDS_MOST);

static void needs(const lkv_question *question, lkv_needs *needs)
{
    uint16_t found[YEARS_MOST];
    size_t count = populations(question, found);
    for (size_t i = 0; i < count; i++) {
        lkv_counted_needs(question, found[i], needs);
    }
}

/* Years that have pupils, latest first. */
typedef struct lkv_series {
    size_t years, schools;
    double when[YEARS_MOST];
    uint16_t population[YEARS_MOST];
    lkv_stratum *stratum; /* [year * schools + school] */
} lkv_series;

static void year_take(lkv_series *series, const lkv_counted *counted)
{
    g_autofree lkv_stratum *strata = lkv_counted_strata(counted, LKV_ALL);
    for (size_t j = 0; j < series->schools; j++) {
        series->stratum[series->years * series->schools + j] = strata[j];
    }
    series->years++;
}

static lkv_series series_of(const lkv_question *question,
                            const lkv_tally *const *tally,
                            const lkv_counted *own)
{
    lkv_term none = {0};
    uint16_t found[YEARS_MOST];
    size_t count = populations(question, found);
    lkv_series series = {.schools = own->schools};
    series.stratum = g_new0(lkv_stratum, count * own->schools + 1);
    for (size_t i = 0; i < count; i++) {
        g_autoptr(lkv_counted) year = lkv_counted_new(
            question, tally + i * lkv_counted_tallies(question), none);
        if (lkv_counted_at(year, LKV_ALL, LKV_ALL).n > 0) {
            series.population[series.years] = found[i];
            series.when[series.years] =
                lkv_frame_population(question->frame, found[i])->year;
            year_take(&series, year);
        }
    }
    return series;
}

/* Claims of the years: the latest, and as many before it as there is room for.
 */
static void claims_add(lkv_estimate *estimate, const lkv_question *question,
                       const lkv_series *series)
{
    lkv_question year = *question;
    for (size_t i = 0; i < MIN(series->years, LKV_FROM_MOST); i++) {
        year.population = series->population[i];
        lkv_estimate_from(estimate,
                          lkv_question_level(&year, lkv_spot_unit(0)));
    }
}

/* TIMES the slope. */
static void slope_put(lkv_estimate *estimate, const lkv_series *series,
                      double times, double confidence)
{
    lkv_trend trend = lkv_trend_of(series->stratum, series->when, series->years,
                                   series->schools);
    estimate->real = times * trend.slope;
    estimate->method = LKV_METHOD_TREND;
    if (isfinite(trend.error)) {
        estimate->error = times * trend.error;
        estimate->df = trend.df;
        estimate->p = trend.p;
        lkv_interval_put(estimate,
                         lkv_interval_t(estimate->real, estimate->error,
                                        trend.df, confidence));
    }
}

static void add(const lkv_question *question, const lkv_counted *own,
                const lkv_series *series, bool whole, lkv_results *out)
{
    lkv_site district = {lkv_spot_unit(0), LKV_ALL, LKV_ALL};
    lkv_estimate *estimate =
        lkv_question_add(question, out, district.spot, whole ? "whole" : "");
    claims_add(estimate, question, series);
    bool known = lkv_site_heads(estimate, own, &district);
    if (known && series->years < LKV_TREND_YEARS) {
        estimate->reason = LKV_REASON_NO_THREE_YEARS;
    } else if (known) {
        double span = series->when[0] - series->when[series->years - 1];
        slope_put(estimate, series, whole ? span : 1,
                  question->frame->confidence);
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    g_autoptr(lkv_counted) own = lkv_counted_new(question, tally, none);
    lkv_series series = series_of(question, tally, own);
    add(question, own, &series, false, out);
    add(question, own, &series, true, out);
    g_free(series.stratum);
}

static const lkv_component components[] = {
    {.id = "",
     .difference = true,
     .compared = true,
     .meaning = "higher by so much each year, over the years up to this one"},
    {.id = "whole",
     .difference = true,
     .compared = true,
     .meaning = "the same over all of these years, from the first to this one"},
};

const lkv_measure lkv_measure_trend = {
    .id = "trend",
    .label = "measure.trend",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 2,
    .least_pupils = 1,
    .question = "Has the district gone up or down over the years, beyond what "
                "other pupils would have changed?",
    .formula = "slope = sum a_t m_t, a_t = (t - mean t)/sum (t - mean t)^2, "
               "from three years up to the last ten, none before a break that "
               "the rules name; V = J/(J - 1) sum (Z_j - "
               "mean)^2, Z_j = sum a_t Z_jt, Z_jt the sum of school j's "
               "influence values in year t; t with J - 1.",
    .reading =
        "A slope whose interval holds 0 is no trend. Reports call it "
        "one where it has also moved the result, over the whole of "
        "these years, by as much as the rules call a change (least_change).",
    .not_for = "Years on both sides of a new scale, syllabus or rule; telling "
               "what comes next.",
    .source = "Kish 1965 (change in paired clusters)",
    .r = "survey::svycontrast(svyglm(y ~ 0 + factor(year), "
         "svydesign(~school)), a)",
};
