/* Who is far behind and who far ahead: the tenth, fiftieth and ninetieth of
 * each hundred pupils, and how far apart they are.
 *
 * A mean can stand still while the weakest fall and the strongest rise; where
 * the tenth of each hundred lies shows it.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "measure/piled.h"
#include "measure/widths.h"
#include "stat/percentile.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_counted_needs(question, question->population, needs);
    lkv_piled_needs(question, needs);
}

/* The pupils of one site. */
typedef struct lkv_line {
    const lkv_question *question;
    const lkv_counted *counted;
    const lkv_site *site;
    const lkv_piles *piles;
    int64_t df;
    double t;
} lkv_line;

/* A new estimate; NULL when it cannot have numbers. */
static lkv_estimate *add(const lkv_line *line, const char *component,
                         lkv_results *out)
{
    lkv_estimate *estimate =
        lkv_question_add(line->question, out, line->site->spot, component);
    lkv_estimate_from(estimate,
                      lkv_question_mean(line->question, line->site->spot));
    bool some = lkv_site_heads(estimate, line->counted, line->site);
    return some ? estimate : NULL;
}

static void value_add(const lkv_line *line, const char *component,
                      const lkv_percentile *of, lkv_results *out)
{
    lkv_estimate *estimate = add(line, component, out);
    if (!estimate) {
        return;
    }
    estimate->real = of->value;
    estimate->error = of->error;
    estimate->df = line->df > 0 ? (double)line->df : NAN;
    estimate->method = LKV_METHOD_QUANTILE_WOODRUFF;
    lkv_interval_put(estimate, of->interval);
}

static void distance_add(const lkv_line *line, const char *component,
                         const lkv_percentile *lower,
                         const lkv_percentile *upper, lkv_results *out)
{
    lkv_estimate *estimate = add(line, component, out);
    if (!estimate) {
        return;
    }
    lkv_gap_part part = lkv_percentile_distance(line->piles, lower, upper);
    estimate->real = part.value;
    estimate->error = part.error;
    estimate->df = line->df > 0 ? (double)line->df : NAN;
    estimate->method = LKV_METHOD_QUANTILE_LINEARISED;
    lkv_interval_put(estimate, part.interval);
}

static void site_add(const lkv_line *line, lkv_results *out)
{
    lkv_percentile low = lkv_percentile_of(line->piles, 0.1, line->t);
    lkv_percentile middle = lkv_percentile_of(line->piles, 0.5, line->t);
    lkv_percentile high = lkv_percentile_of(line->piles, 0.9, line->t);
    value_add(line, "p10", &low, out);
    value_add(line, "p50", &middle, out);
    value_add(line, "p90", &high, out);
    distance_add(line, "p90_p10", &low, &high, out);
    distance_add(line, "p50_p10", &low, &middle, out);
    distance_add(line, "p90_p50", &middle, &high, out);
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term none = {0};
    const lkv_tally *histogram = tally[lkv_counted_tallies(question)];
    g_autoptr(lkv_counted) counted = lkv_counted_new(question, tally, none);
    g_autoptr(GArray) sites = lkv_sites(question, counted, LKV_DISTRICT);
    for (guint i = 0; i < sites->len; i++) {
        const lkv_site *site = &g_array_index(sites, lkv_site, i);
        g_autoptr(lkv_piles) piles = lkv_piled_new(histogram, site->leaf);
        lkv_line line = {question, counted, site, piles, lkv_piles_df(piles),
                         0};
        line.t = line.df > 0 ? lkv_widths_at(question->widths, line.df) : NAN;
        site_add(&line, out);
    }
}

static const lkv_component components[] = {
    {.id = "p10", .meaning = "a tenth of the pupils lie below"},
    {.id = "p50", .meaning = "half of the pupils lie below"},
    {.id = "p90", .meaning = "a tenth of the pupils lie above"},
    {.id = "p90_p10", .meaning = "from p10 to p90"},
    {.id = "p50_p10", .meaning = "from p10 to p50"},
    {.id = "p90_p50", .meaning = "from p50 to p90"},
};

const lkv_measure lkv_measure_percentiles = {
    .id = "percentiles",
    .label = "measure.percentiles",
    .outcomes = LKV_FOR_POINTS,
    .groups = LKV_WITHOUT_GROUP | LKV_BY_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 1,
    .least_pupils = 1,
    .question = "Where are the pupils who are far behind, in the middle and "
                "far ahead?",
    .formula =
        "type-7 quantile: h = (N - 1) p, linear between neighbours. Interval: "
        "the quantiles of p - t sqrt(V) and p + t sqrt(V), V of the share at "
        "or below the quantile as for `mean`, t with N - J degrees of freedom; "
        "standard error = length/(2 t). Distances: V of the influence values "
        "-(1{y <= q} - F(q)) s/N, s = length/(2 t sqrt(V)); d - sqrt((b - "
        "l_b)^2 + (u_a - a)^2 - 2 rho (b - l_b)(u_a - a)) and its mirror, rho "
        "as V says (MOVER).",
    .reading = "Of 100 pupils ten lie below p10 and ten above p90. When p10 "
               "falls and p50 stands still, the weakest have lost. On a scale "
               "of steps the 95 % interval is wider than it need be: it held "
               "the truth in up to 99 of 100 invented districts, that of a "
               "distance in 89 to 98 (docs/coverage.md).",
    .not_for = "Comparing scales of different kinds; ratios of percentiles, "
               "since grade points have no true zero.",
    .source = "Hyndman and Fan 1996, definition 7; Woodruff 1952 (interval); "
              "Francisco and Fuller 1991 (variance of a distance); Zou and "
              "Donner 2008 (MOVER)",
    .r = "quantile(y, c(.1, .5, .9), type = 7); survey::svyquantile(~y, "
         "svydesign(~1, strata = ~school), c(.1, .5, .9))",
};
