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

typedef enum { GREATER, NO_TREND, NO_CHANGE, AVERAGE } truth_kind;

typedef struct interval_case {
    const char *words; /* for ask, %s is the outcome */
    truth_kind truth;
    bool points_only;
    const char *says;
} interval_case;

static const interval_case cases[] = {
    {"three_years %s", GREATER, false, "three_years"},
    {"three_years %s @s04", GREATER, false, "three_years of a school"},
    {"trend %s", NO_TREND, false, "trend"},
    {"against_tests/net grade @s04", GREATER, false, "against_tests: net"},
    {"against_tests/net_difference grade @s04", GREATER, false,
     "against_tests: difference"},
    {"expected/difference %s @s04", GREATER, false, "expected: difference"},
    {"concentration/index %s", GREATER, false, "concentration: index"},
    {"concentration/erreygers %s", GREATER, false, "concentration: erreygers"},
    {"resilience/top_quarter %s", GREATER, true, "resilience: top_quarter"},
    {"resilience/reached %s", GREATER, false, "resilience: reached"},
    {"segregation/dissimilarity sex=m", AVERAGE, false,
     "segregation: dissimilarity"},
    {"segregation/variance_ratio_corrected sex=m", AVERAGE, false,
     "segregation: corrected"},
    {"segregation/theil_h sex=m", AVERAGE, false, "segregation: theil_h"},
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

static const lkv_measure_spec of_these[] = {
    {.measure = "three_years"},   {.measure = "trend"},
    {.measure = "against_tests"}, {.measure = "expected"},
    {.measure = "concentration"}, {.measure = "resilience"}};
static const lkv_measure_spec of_others[] = {{.measure = "segregation"},
                                             {.measure = "spread_change"},
                                             {.measure = "classes_in_schools"}};

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

static district *district_draw(const made_city *city, size_t times,
                               lkv_stream *stream)
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
    return place;
}

static district *answers_of(const made_city *city, size_t times,
                            bool like_these, lkv_stream *stream)
{
    static const lkv_covariate_spec ses = {.id = "ses"};
    district *place = district_draw(city, times, stream);
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
