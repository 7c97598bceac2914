/* How often default intervals hold the truth, each its own target, in invented
 * districts whose truth is known. Prints a row for each interval and setting;
 * docs/coverage.md says what came of it.
 *
 *   bench_coverage REPLICATES [SCHOOLS]
 *
 * A pupil's result is a step function of u + e: u is the school's, e the
 * pupil's own, normal. So every truth is exact: means, quantiles and chances
 * are sums over the steps. Of these schools: u stays, pupils are drawn again;
 * of schools like these: u is drawn again as well.
 */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench/city.h"

enum { LIKE_THESE = 20000 };

/* ---- truths ---------------------------------------------------------------- */

/* Chance of each step of a pupil at AT, of the other group or not. */
static void chances_of(const made_city *city, const made_school *at, bool other,
                       double *chance)
{
    double mean = at->u + (other ? city->within * GAP : 0);
    double above = 1;
    for (size_t k = 0; k < city->scale.steps; k++) {
        double next = k + 1 < city->scale.steps
                          ? lkv_normal_below(-(city->scale.from[k + 1] - mean) /
                                             city->within)
                          : 0;
        chance[k] = above - next;
        above = next;
    }
}

static double mean_of(const made_city *city, const double *chance)
{
    double sum = 0;
    for (size_t k = 0; k < city->scale.steps; k++) {
        sum += chance[k] * city->scale.value[k];
    }
    return sum;
}

static double square_of(const made_city *city, const double *chance)
{
    double sum = 0;
    for (size_t k = 0; k < city->scale.steps; k++) {
        sum += chance[k] * city->scale.value[k] * city->scale.value[k];
    }
    return sum;
}

typedef struct truths {
    double mean, gap, same_school, remainder, sigma_b, school, against;
    double p10, p50, p90, p_above;
    double g, v, median_gap, risk_ratio; /* on other scales */
    double icc, slope; /* of schools like these */
    double change; /* none: the schools are the same */
} truths;

static double quantile_of(const made_city *city, const double *chance, double p)
{
    double below = 0;
    size_t k = 0;
    while (k + 1 < city->scale.steps && below + chance[k] < p) {
        below += chance[k++];
    }
    return city->scale.value[k];
}

/* P(a > b) + P(a = b)/2. */
static double above_of(const made_city *city, const double *a, const double *b)
{
    double below = 0, sum = 0;
    for (size_t k = 0; k < city->scale.steps; k++) {
        sum += a[k] * (below + b[k] / 2);
        below += b[k];
    }
    return sum;
}

static void add(double *to, const double *chance, double weight, size_t steps)
{
    for (size_t k = 0; k < steps; k++) {
        to[k] += weight * chance[k];
    }
}

static void divide(double *chance, double by, size_t steps)
{
    for (size_t k = 0; k < steps; k++) {
        chance[k] /= by;
    }
}

static double variance_of(const made_city *city, const double *chance)
{
    double mean = mean_of(city, chance);
    return square_of(city, chance) - mean * mean;
}

/* The gap of group B to A, of WEIGHT pupils each, on other scales. */
static void scales_set(const made_city *city, const double *a, const double *b,
                       const double *weight, truths *truth)
{
    double pooled =
        (weight[0] * variance_of(city, a) + weight[1] * variance_of(city, b)) /
        (weight[0] + weight[1]);
    truth->g = truth->gap / sqrt(pooled);
    truth->v = sqrt(2) * lkv_normal_quantile(truth->p_above);
    truth->median_gap = quantile_of(city, b, 0.5) - quantile_of(city, a, 0.5);
    truth->risk_ratio = (1 - mean_of(city, b)) / (1 - mean_of(city, a));
}

/* Of these schools. */
static void truth_set(const made_city *city, truths *truth)
{
    double all[STEPS] = {0}, group[2][STEPS] = {{0}}, weight[2] = {0};
    double pairs = 0, gaps = 0, total = 0, mean[SCHOOLS_MOST], sum = 0;
    size_t steps = city->scale.steps;
    for (size_t j = 0; j < city->of.schools; j++) {
        const made_school *at = &city->school[j];
        double chance[2][STEPS], n = (double)at->n, p = at->other;
        double level[2];
        for (int g = 0; g < 2; g++) {
            double share = g ? p : 1 - p;
            chances_of(city, at, g, chance[g]);
            level[g] = mean_of(city, chance[g]);
            add(group[g], chance[g], n * share, steps);
            add(all, chance[g], n * share, steps);
            weight[g] += n * share;
        }
        /* (n - 1)/n p (1 - p) is what a school's own draw gives on average */
        pairs += (n - 1) * p * (1 - p);
        gaps += (n - 1) * p * (1 - p) * (level[1] - level[0]);
        mean[j] = p * level[1] + (1 - p) * level[0];
        sum += mean[j];
        total += n;
    }
    divide(all, total, steps);
    divide(group[0], weight[0], steps);
    divide(group[1], weight[1], steps);
    double squares = 0, middle = sum / (double)city->of.schools;
    for (size_t j = 0; j < city->of.schools; j++) {
        squares += (mean[j] - middle) * (mean[j] - middle);
    }
    truth->mean = mean_of(city, all);
    truth->gap = mean_of(city, group[1]) - mean_of(city, group[0]);
    truth->same_school = gaps / pairs;
    truth->remainder = truth->gap - truth->same_school;
    truth->sigma_b = sqrt(squares / (double)(city->of.schools - 1));
    truth->school = mean[0];
    truth->against = mean[0] - truth->mean;
    truth->p10 = quantile_of(city, all, 0.1);
    truth->p50 = quantile_of(city, all, 0.5);
    truth->p90 = quantile_of(city, all, 0.9);
    truth->p_above = above_of(city, group[1], group[0]);
    scales_set(city, group[0], group[1], weight, truth);
}

/* Of schools like these, from many of them. */
static void like_these_set(settings of, truths *truth)
{
    made_city city = city_of(&of);
    lkv_stream stream =
        lkv_stream_open((lkv_stream_key){.seed = 1, .unit = 999});
    double sum = 0, squares = 0, within = 0, xy = 0, xx = 0, x = 0, y = 0;
    city.of.schools = 1;
    for (size_t i = 0; i < LIKE_THESE; i++) {
        double chance[STEPS], both[STEPS] = {0};
        schools_draw(&city, &stream);
        const made_school *at = &city.school[0];
        for (int g = 0; g < 2; g++) {
            chances_of(&city, at, g, chance);
            add(both, chance, g ? at->other : 1 - at->other, city.scale.steps);
        }
        double mean = mean_of(&city, both);
        sum += mean;
        squares += mean * mean;
        within += square_of(&city, both) - mean * mean;
        for (int k = 0; k < 50; k++) {
            made_pupil one = pupil_draw(&city, at, &stream);
            double value = value_at(&city.scale, one.latent);
            x += one.x;
            y += value;
            xy += one.x * value;
            xx += one.x * one.x;
        }
    }
    double n = LIKE_THESE, pupils = 50.0 * LIKE_THESE;
    double between = squares / n - sum / n * (sum / n);
    truth->icc = between / (between + within / n);
    truth->slope = (xy - x * y / pupils) / (xx - x * x / pupils) / X_UNITS;
}

/* ---- counting --------------------------------------------------------------- */

typedef struct interval_case {
    const char *words; /* for ask, %s is the outcome */
    size_t truth; /* offset of a double of truth */
    bool points_only;
    const char *says;
} interval_case;

#define IN(member) offsetof(truths, member)

static const interval_case cases[] = {
    {"level", IN(mean), false, "level of the district"},
    {"level @s00", IN(school), false, "level of a school"},
    {"against_district %s @s00", IN(against), false,
     "school against the district"},
    {"change %s", IN(change), false, "change between two years"},
    {"gap %s sex=m:f", IN(gap), false, "gap"},
    {"gap/same_school %s sex=m:f", IN(same_school), false, "gap: same school"},
    {"gap/remainder %s sex=m:f", IN(remainder), false, "gap: remainder"},
    {"gap_scales/p_above %s sex=m:f", IN(p_above), true,
     "gap_scales: P(above)"},
    {"gap_scales/g %s sex=m:f", IN(g), true, "gap_scales: g"},
    {"gap_scales/v %s sex=m:f", IN(v), true, "gap_scales: V"},
    {"gap_scales/p50 %s sex=m:f", IN(median_gap), true, "gap_scales: P50"},
    {"gap_scales/risk_ratio %s sex=m:f", IN(risk_ratio), false,
     "gap_scales: ratio of risks"},
    {"percentiles/p10 %s", IN(p10), true, "percentiles: P10"},
    {"percentiles/p50 %s", IN(p50), true, "percentiles: P50"},
    {"percentiles/p90 %s", IN(p90), true, "percentiles: P90"},
    {"spread_between_schools/sigma_b %s", IN(sigma_b), false,
     "spread: sigma_b"},
    {"spread_between_schools/icc %s", IN(icc), false, "spread: icc"},
    {"spread_between_schools/reml_icc %s", IN(icc), false, "spread: reml_icc"},
    {"gradient/slope %s", IN(slope), false, "gradient: slope"},
};
enum { CASES = G_N_ELEMENTS(cases) };

typedef struct tally_of {
    unsigned asked, held;
} tally_of;

static const lkv_measure_spec measures[] = {
    {.measure = "mean"},        {.measure = "share"},
    {.measure = "gap"},         {.measure = "gap_scales"},
    {.measure = "percentiles"}, {.measure = "spread_between_schools"},
    {.measure = "gradient"},    {.measure = "against_district"},
    {.measure = "change"}};

static char *words_of(const interval_case *of, bool pass)
{
    const char *outcome = pass ? "pass" : "score";
    if (g_str_has_prefix(of->words, "level")) {
        return g_strdup_printf("%s %s%s", pass ? "share" : "mean", outcome,
                               of->words + strlen("level"));
    }
    g_auto(GStrv) parts = g_strsplit(of->words, "%s", 2);
    return g_strjoinv(outcome, parts);
}

static void count(const district *place, const truths *truth, bool pass,
                  tally_of *tally)
{
    for (size_t i = 0; i < CASES; i++) {
        if (pass && cases[i].points_only) {
            continue;
        }
        g_autofree char *words = words_of(&cases[i], pass);
        const lkv_estimate *estimate = find(place, words);
        if (!estimate || !isfinite(estimate->low)) {
            continue;
        }
        double wanted = *(const double *)(const void *)((const char *)truth +
                                                        cases[i].truth);
        tally[i].asked++;
        tally[i].held += holds(estimate, wanted);
    }
}

/* A second year, for one ICC only, since it takes twice the time. */
static int years_of(const made_city *city)
{
    return city->of.icc > 0.05 && city->of.icc < 0.12 ? 2 : 1;
}

static district *district_draw(const made_city *city, lkv_stream *stream)
{
    g_autoptr(GArray) pupils = g_array_new(FALSE, TRUE, sizeof(pupil));
    for (int year = 2026 - years_of(city); year <= 2025; year++) {
        for (size_t j = 0; j < city->of.schools; j++) {
            const made_school *at = &city->school[j];
            for (size_t k = 0; k < at->n; k++) {
                pupil one = pupil_of(city, at, year, stream);
                g_array_append_val(pupils, one);
            }
        }
    }
    return district_new((const pupil *)(const void *)pupils->data, pupils->len,
                        1);
}

static void replicate(const settings *of, truths *truth, uint64_t number,
                      tally_of *tally)
{
    static const lkv_covariate_spec ses = {.id = "ses"};
    made_city city = city_of(of);
    lkv_stream stream = lkv_stream_open((lkv_stream_key){
        .seed = 20250613,
        .replicate = number,
        .unit = (uint32_t)(of->icc * 1000),
        .measure = (uint32_t)(of->schools * 16 + of->outcome * 4 +
                              of->unequal * 2 + of->skewed)});
    schools_draw(&city, &stream);
    truth_set(&city, truth);
    g_autoptr(district) place = district_draw(&city, &stream);
    place->study.measures = measures;
    place->study.measure_count = G_N_ELEMENTS(measures);
    place->study.background = &ses;
    place->study.background_count = 1;
    district_run(place);
    count(place, truth, of->outcome == PASS, tally);
}

static void setting_run(settings of, unsigned replicates)
{
    tally_of tally[CASES] = {{0}};
    truths truth = {0};
    like_these_set(of, &truth);
    for (unsigned i = 0; i < replicates; i++) {
        replicate(&of, &truth, i, tally);
    }
    for (size_t i = 0; i < CASES; i++) {
        coverage_print(cases[i].says, &of, tally[i].asked, tally[i].held);
    }
    fflush(stdout);
}

int main(int words, char **word)
{
    static const double iccs[] = {0.02, 0.10, 0.15};
    return coverage_main(words, word, iccs, G_N_ELEMENTS(iccs), setting_run);
}
