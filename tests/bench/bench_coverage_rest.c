/* How often default intervals of the other measures hold the truth: those whose
 * truth is no sum over steps, or none of one year. Prints rows as
 * bench_coverage does; docs/coverage.md says what came of it.
 *
 *   bench_coverage_rest REPLICATES [SCHOOLS]
 *
 * Of these schools: the truth is what the measure makes of GREAT times as many
 * pupils of the same schools, a tenth of the interval's own error away; schools
 * are drawn anew for each tenth of the replicates. Of schools like these, which
 * are drawn anew each time: no change where there is none, and else what the
 * measure says on average, since an index holds the chance of its own sizes; so
 * what is tried then is the width, not the place.
 */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench/city.h"

enum { GREAT = 100, CITIES = 10, YEAR = 2025 };

typedef enum { GREATER, NOTHING, NO_CHANGE, AVERAGE } truth_kind;

typedef struct interval_case {
    const char *words; /* for ask, %s is the outcome */
    truth_kind truth;
    bool points_only;
    const char *says;
} interval_case;

static const interval_case cases[] = {
    {"three_years %s", GREATER, false, "three_years"},
    {"three_years %s @s04", GREATER, false, "three_years of a school"},
    {"trend %s", NOTHING, false, "trend"},
    {"change %s @s04", NOTHING, false, "change of a school"},
    {"change_split/composition %s sex=", NOTHING, false,
     "change_split: composition"},
    {"change_split/rates %s sex=", NOTHING, false, "change_split: rates"},
    {"gap %s sex=m:f @s04", GREATER, false, "gap of a school"},
    {"gap_scales/p10 %s sex=m:f", GREATER, true, "gap_scales: P10"},
    {"gap_scales/p50 %s sex=m:f", GREATER, true, "gap_scales: P50"},
    {"gap_scales/p90 %s sex=m:f", GREATER, true, "gap_scales: P90"},
    {"gap_scales/v grade sex=m:f", GREATER, false, "gap_scales: V of grades"},
    {"percentiles/p90_p10 %s", GREATER, true, "percentiles: P90 - P10"},
    {"percentiles/p50_p10 %s", GREATER, true, "percentiles: P50 - P10"},
    {"percentiles/p90_p50 %s", GREATER, true, "percentiles: P90 - P50"},
    {"grades/passed grade", GREATER, false, "grades: passed"},
    {"grades/A grade", GREATER, false, "grades: a step"},
    {"against_tests/higher grade", GREATER, false, "against_tests: higher"},
    {"against_tests/net grade", GREATER, false,
     "against_tests: net of the district"},
    {"against_tests/net grade @s04", GREATER, false, "against_tests: net"},
    {"against_tests/net_difference grade @s04", GREATER, false,
     "against_tests: difference"},
    {"expected/difference %s @s04", GREATER, false, "expected: difference"},
    {"expected_three_years/difference %s @s04", GREATER, false,
     "expected_three_years: difference"},
    {"concentration/index %s", GREATER, false, "concentration: index"},
    {"concentration/erreygers %s", GREATER, false, "concentration: erreygers"},
    {"concentration/wagstaff %s", GREATER, false, "concentration: wagstaff"},
    {"background_curve/tenth_1 %s", GREATER, false,
     "background_curve: lowest tenth"},
    {"background_curve/tenth_10 %s", GREATER, false,
     "background_curve: highest tenth"},
    {"resilience/top_quarter %s", GREATER, true, "resilience: top_quarter"},
    {"resilience/reached %s", GREATER, false, "resilience: reached"},
    {"segregation/dissimilarity sex=m", AVERAGE, false,
     "segregation: dissimilarity"},
    {"segregation/variance_ratio_corrected sex=m", AVERAGE, false,
     "segregation: corrected"},
    {"segregation/theil_h sex=m", AVERAGE, false, "segregation: theil_h"},
    {"segregation/isolation sex=m", AVERAGE, false, "segregation: isolation"},
    {"segregation/exposure sex=m", AVERAGE, false, "segregation: exposure"},
    {"segregation/variance_ratio sex=m", AVERAGE, false,
     "segregation: variance_ratio"},
    {"segregation/hutchens sex=m", AVERAGE, false, "segregation: hutchens"},
    {"segregation/gorard sex=m", AVERAGE, false, "segregation: gorard"},
    {"segregation_by_area/between.area sex=", AVERAGE, false,
     "segregation_by_area: between"},
    {"segregation_by_area/within.area sex=", AVERAGE, false,
     "segregation_by_area: within"},
    {"gradient/r2 %s", AVERAGE, false, "gradient: r2"},
    {"gradient/slope_sd %s", AVERAGE, false, "gradient: slope_sd"},
    {"gradient/slope_within %s", AVERAGE, false, "gradient: slope_within"},
    {"gradient/slope_between %s", AVERAGE, false, "gradient: slope_between"},
    {"gradient/contextual %s", AVERAGE, false, "gradient: contextual"},
    {"gradient/contextual_reml %s", AVERAGE, false,
     "gradient: contextual_reml"},
    {"spread_between_schools/given_icc %s", AVERAGE, false,
     "spread: given_icc"},
    {"spread_between_schools/icc_f %s", AVERAGE, false, "spread: icc_f"},
    {"spread_between_schools/icc_th %s", AVERAGE, false, "spread: icc_th"},
    {"spread_change/sigma_b %s", NO_CHANGE, false, "spread_change: sigma_b"},
    {"spread_change/icc %s", NO_CHANGE, false, "spread_change: icc"},
    {"classes_in_schools/class_share %s", AVERAGE, true,
     "classes_in_schools: class_share"},
};
enum { CASES = G_N_ELEMENTS(cases) };

static bool of_like_these(truth_kind truth)
{
    return truth == NO_CHANGE || truth == AVERAGE;
}

static const lkv_measure_spec of_these[] = {{.measure = "three_years"},
                                            {.measure = "trend"},
                                            {.measure = "against_tests"},
                                            {.measure = "expected"},
                                            {.measure = "expected_three_"
                                                        "years"},
                                            {.measure = "concentration"},
                                            {.measure = "resilience"},
                                            {.measure = "change"},
                                            {.measure = "change_split"},
                                            {.measure = "gap"},
                                            {.measure = "gap_scales"},
                                            {.measure = "percentiles"},
                                            {.measure = "grades"},
                                            {.measure = "background_curve"}};
static const lkv_measure_spec of_others[] = {{.measure = "segregation"},
                                             {.measure = "spread_change"},
                                             {.measure = "classes_in_schools"},
                                             {.measure = "segregation_by_area"},
                                             {.measure = "gradient"},
                                             {.measure = "spread_between_"
                                                         "schools"}};

/* What one district says of one case. */
typedef struct answer {
    bool told;
    lkv_estimate estimate;
    double truth;
} answer;

/* ---- one district ---------------------------------------------------------- */

/* The test grades as the pupils do; the teacher is a step above it more often
 * than below, where there is a step.
 */
static void grades_draw(pupil *one, double latent, lkv_stream *stream)
{
    static const double from[] = {0.8, -0.2, -1};
    double chance = lkv_stream_uniform(stream);
    one->test = GRADE_F;
    for (size_t step = 0; step < G_N_ELEMENTS(from); step++) {
        if (latent >= from[step]) {
            one->test = GRADE_A + (int)step;
            break;
        }
    }
    one->grade = one->test;
    if (chance < 0.2 && one->test > GRADE_A) {
        one->grade--;
    } else if (chance > 0.95 && one->test < GRADE_F) {
        one->grade++;
    }
}

/* Every third school is in the same area. */
static void areas_add(lkv_panel *panel)
{
    static const char *const names[] = {"north", "south", "west", NULL};
    lkv_frame *frame = panel->frame;
    lkv_group area = {.id = "area", .reference = 1};
    area.axis = axis_add(frame, "area", names);
    g_array_append_val(frame->groups, area);
    panel->leaf = g_renew(uint16_t *, panel->leaf, lkv_cube_axes(frame->cube));
    panel->leaf[area.axis] = g_new0(uint16_t, panel->rows + 1);
    for (size_t i = 0; i < panel->rows; i++) {
        uint16_t school = panel->leaf[frame->school][i];
        panel->leaf[area.axis][i] = (uint16_t)(1 + school % 3);
    }
}

static district *district_draw(const made_city *city, size_t times,
                               bool like_these, lkv_stream *stream)
{
    g_autoptr(GArray) pupils = g_array_new(FALSE, TRUE, sizeof(pupil));
    for (int year = YEAR - 2; year <= YEAR; year++) {
        for (size_t j = 0; j < city->of.schools; j++) {
            const made_school *at = &city->school[j];
            for (size_t k = 0; k < times * at->n; k++) {
                pupil one = pupil_of(city, at, year, stream);
                grades_draw(&one, at->u + city->within * normal(stream),
                            stream);
                g_array_append_val(pupils, one);
            }
        }
    }
    district *place =
        district_new((const pupil *)(const void *)pupils->data, pupils->len, 1);
    place->panel->class_number = g_new0(uint32_t, pupils->len + 1);
    for (guint i = 0; i < pupils->len; i++) {
        place->panel->class_number[i] = i % 2;
    }
    if (like_these) {
        areas_add(place->panel);
    }
    return place;
}

static district *answers_of(const made_city *city, size_t times,
                            bool like_these, lkv_stream *stream)
{
    static const lkv_covariate_spec ses = {.id = "ses"};
    district *place = district_draw(city, times, like_these, stream);
    place->study.measures = like_these ? of_others : of_these;
    place->study.measure_count =
        like_these ? G_N_ELEMENTS(of_others) : G_N_ELEMENTS(of_these);
    place->study.background = &ses;
    place->study.background_count = 1;
    place->study.replicates = 199;
    district_run(place);
    return place;
}

static const lkv_estimate *asked(const district *place, size_t number,
                                 bool pass)
{
    if (pass && cases[number].points_only) {
        return NULL;
    }
    g_auto(GStrv) parts = g_strsplit(cases[number].words, "%s", 2);
    g_autofree char *words = g_strjoinv(pass ? "pass" : "score", parts);
    const lkv_estimate *found = find(place, words);
    return found && found->reason == LKV_REASON_NONE ? found : NULL;
}

/* ---- counting --------------------------------------------------------------- */

static void truths_set(const made_city *city, lkv_stream *stream, double *truth)
{
    bool pass = city->of.outcome == PASS;
    /* the pooled value of great years is that of a great year, so three of a
     * third of the size do
     */
    g_autoptr(district) great = answers_of(city, GREAT / 3, false, stream);
    for (size_t i = 0; i < CASES; i++) {
        const lkv_estimate *found =
            cases[i].truth == GREATER ? asked(great, i, pass) : NULL;
        truth[i] = cases[i].truth != GREATER ? 0
                   : found                   ? lkv_estimate_value(found)
                                             : NAN;
    }
}

/* Fills what is of schools LIKE_THESE, or what is of these. */
static void replicate(const made_city *city, bool like_these,
                      const double *truth, lkv_stream *stream, answer *out)
{
    g_autoptr(district) place = answers_of(city, 1, like_these, stream);
    for (size_t i = 0; i < CASES; i++) {
        const lkv_estimate *found = asked(place, i, city->of.outcome == PASS);
        if (of_like_these(cases[i].truth) != like_these) {
            continue;
        }
        out[i].told = found && isfinite(found->low);
        out[i].truth = truth[i];
        if (out[i].told) {
            out[i].estimate = *found;
        }
    }
}

/* Rows of ANSWERS, CASES each. */
static void count(const settings *of, const answer *answers,
                  unsigned replicates)
{
    for (size_t i = 0; i < CASES; i++) {
        double sum = 0;
        unsigned asked_for = 0, held = 0;
        for (unsigned r = 0; r < replicates; r++) {
            const answer *at = &answers[r * CASES + i];
            asked_for += at->told;
            sum += at->told ? lkv_estimate_value(&at->estimate) : 0;
        }
        for (unsigned r = 0; r < replicates; r++) {
            const answer *at = &answers[r * CASES + i];
            double truth =
                cases[i].truth == AVERAGE ? sum / asked_for : at->truth;
            held += at->told && holds(&at->estimate, truth);
        }
        coverage_print(cases[i].says, of, asked_for, held);
    }
    fflush(stdout);
}

static void setting_run(settings of, unsigned replicates)
{
    g_autofree answer *answers = g_new0(answer, replicates * CASES);
    made_city city = city_of(&of), other = city;
    double truth[CASES] = {0};
    lkv_stream_key key = {.seed = 20250614,
                          .measure =
                              (uint32_t)(of.schools * 16 + of.outcome * 4 +
                                         of.unequal * 2 + of.skewed)};
    lkv_stream stream = lkv_stream_open(key);
    key.unit = 1;
    lkv_stream others = lkv_stream_open(key);
    for (unsigned r = 0; r < replicates; r++) {
        if (r % MAX(replicates / CITIES, 1) == 0) {
            schools_draw(&city, &stream);
            truths_set(&city, &stream, truth);
        }
        schools_draw(&other, &others);
        replicate(&city, false, truth, &stream, &answers[r * CASES]);
        replicate(&other, true, truth, &others, &answers[r * CASES]);
    }
    count(&of, answers, replicates);
}

int main(int words, char **word)
{
    static const double iccs[] = {0.10};
    return coverage_main(words, word, iccs, G_N_ELEMENTS(iccs), setting_run);
}
