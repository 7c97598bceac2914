/* Invented schools whose truth is known, for the programs that count how often
 * intervals hold it: a pupil's result is a step function of u + e, u the
 * school's, e the pupil's own, normal.
 */
#ifndef LKV_TESTS_BENCH_CITY_H
#define LKV_TESTS_BENCH_CITY_H

#include <math.h>
#include <stdio.h>

#include "base/random.h"
#include "stat/distribution.h"
#include "unit/measure/fixture.h"

enum { STEPS = 401, SCHOOLS_MOST = 76 };

#define GAP (-0.3) /* of the other group, in standard deviations of e */
#define PASS_FROM (-1.0)
#define PART_OF_X 0.3 /* correlation of x with u, and with e */
#define X_UNITS 10.0 /* x is told in tenths */

/* ---- what is varied ------------------------------------------------------- */

typedef enum { NORMAL, MERIT, PASS } outcome_kind;

typedef struct settings {
    size_t schools;
    double icc;
    bool unequal, skewed;
    outcome_kind outcome;
} settings;

/* VALUE[k] from latent FROM[k] up; the first is from minus infinity. */
typedef struct made_scale {
    size_t steps;
    double from[STEPS], value[STEPS];
} made_scale;

static inline made_scale scale_of(outcome_kind kind)
{
    made_scale of = {0};
    if (kind == PASS) {
        of.steps = 2;
        of.from[1] = PASS_FROM;
        of.value[1] = 1;
    } else if (kind == NORMAL) {
        of.steps = STEPS;
        for (size_t k = 0; k < STEPS; k++) {
            of.value[k] = (double)k; /* 200 + 40 z */
            of.from[k] = ((double)k - 200.5) / 40;
        }
    } else { /* 340 - 100 exp(-0.55 z), in steps of 2.5 from 0 */
        of.steps = 136;
        for (size_t k = 0; k < of.steps; k++) {
            of.value[k] = 2.5 * (double)k;
            double edge = (340 - of.value[k] + 1.25) / 100;
            of.from[k] = -log(edge) / 0.55;
        }
    }
    of.from[0] = -INFINITY;
    return of;
}

static inline double value_at(const made_scale *of, double latent)
{
    size_t low = 0, high = of->steps;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (latent >= of->from[middle]) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return of->value[low];
}

/* ---- draws ---------------------------------------------------------------- */

static inline double normal(lkv_stream *stream)
{
    double u = lkv_stream_uniform(stream);
    return lkv_normal_quantile(u > 0 ? u : 0.5 / 9007199254740992.0);
}

/* Mean 0, variance 1; skewed: minus a gamma of shape 4, skewness -1. */
static inline double school_effect(lkv_stream *stream, bool skewed)
{
    double sum = 0;
    for (int i = 0; skewed && i < 4; i++) {
        sum += log(1 - lkv_stream_uniform(stream));
    }
    return skewed ? (sum + 4) / 2 : normal(stream);
}

typedef struct made_school {
    char id[8];
    size_t n;
    double u, x, other; /* effect, mean of x, share of the other group */
} made_school;

typedef struct made_city {
    settings of;
    made_scale scale;
    double within; /* standard deviation of e */
    made_school school[SCHOOLS_MOST];
} made_city;

static inline size_t size_of(const settings *of, size_t j)
{
    static const size_t unequal[] = {10, 14, 20, 30, 45, 80, 140};
    return of->unequal ? unequal[j % G_N_ELEMENTS(unequal)] : 40;
}

static inline void schools_draw(made_city *city, lkv_stream *stream)
{
    for (size_t j = 0; j < city->of.schools; j++) {
        made_school *at = &city->school[j];
        g_snprintf(at->id, sizeof at->id, "s%02zu", j);
        at->n = size_of(&city->of, j);
        double a = normal(stream);
        double w = school_effect(stream, city->of.skewed);
        at->u = sqrt(city->of.icc) *
                (PART_OF_X * a + sqrt(1 - PART_OF_X * PART_OF_X) * w);
        at->x = sqrt(0.2) * a;
        at->other = 0.2 + 0.6 * lkv_stream_uniform(stream);
    }
}

/* One pupil. */
typedef struct made_pupil {
    double x, latent;
    bool other;
} made_pupil;

static inline made_pupil pupil_draw(const made_city *city,
                                    const made_school *at, lkv_stream *stream)
{
    double b = normal(stream);
    bool other = lkv_stream_uniform(stream) < at->other;
    double e = PART_OF_X * b + sqrt(1 - PART_OF_X * PART_OF_X) * normal(stream);
    return (made_pupil){at->x + sqrt(0.8) * b,
                        at->u + city->within * (e + (other ? GAP : 0)), other};
}

/* SCHOOLS, sizes and shape by bits of NUMBER: equal or unequal, normal or
 * skewed, and the kind of outcome.
 */
enum { CITY_NUMBERS = 12 };

static inline settings settings_of(size_t schools, double icc, int number)
{
    return (settings){.schools = schools,
                      .icc = icc,
                      .unequal = number & 1,
                      .skewed = number & 2,
                      .outcome = (outcome_kind)(number / 4)};
}

static inline const char *outcome_name(const settings *of)
{
    static const char *const kinds[] = {"normal", "merit", "yes_no"};
    return kinds[of->outcome];
}

/* A row of what bench/coverage.py reads. */
static inline void coverage_print(const char *says, const settings *of,
                                  unsigned asked, unsigned held)
{
    if (asked > 0) {
        printf("%s,%zu,%.2f,%s,%s,%s,%u,%.4f\n", says, of->schools, of->icc,
               of->unequal ? "unequal" : "equal",
               of->skewed ? "skewed" : "normal", outcome_name(of), asked,
               (double)held / (double)asked);
    }
}

static inline void coverage_head(void)
{
    printf("interval,schools,icc,sizes,school_effects,outcome,replicates,"
           "coverage\n");
}

/* What a program of the command line REPLICATES [SCHOOLS] does: RUN in every
 * setting, of the ICCS. Its exit code.
 */
static inline int coverage_main(int words, char **word, const double *iccs,
                                size_t count,
                                void (*run)(settings, unsigned replicates))
{
    static const size_t schools[] = {6, 15, 35, 76};
    unsigned replicates = words > 1 ? (unsigned)atoi(word[1]) : 0;
    size_t only = words > 2 ? (size_t)atoi(word[2]) : 0;
    if (replicates == 0) {
        fprintf(stderr, "%s REPLICATES [SCHOOLS]\n", word[0]);
        return 64;
    }
    coverage_head();
    for (size_t s = 0; s < G_N_ELEMENTS(schools); s++) {
        for (size_t i = 0; i < count * CITY_NUMBERS; i++) {
            if (only == 0 || only == schools[s]) {
                run(settings_of(schools[s], iccs[i / CITY_NUMBERS],
                                (int)(i % CITY_NUMBERS)),
                    replicates);
            }
        }
    }
    return 0;
}

static inline bool holds(const lkv_estimate *estimate, double truth)
{
    return estimate->low <= truth + 1e-12 && truth - 1e-12 <= estimate->high;
}

/* One pupil as the fixture takes it. */
static inline pupil pupil_of(const made_city *city, const made_school *at,
                             int year, lkv_stream *stream)
{
    made_pupil one = pupil_draw(city, at, stream);
    double value = value_at(&city->scale, one.latent);
    bool pass = city->of.outcome == PASS;
    return (pupil){.year = year,
                   .school = at->id,
                   .sex = one.other ? M : F,
                   .score = pass ? NO_SCORE : (int64_t)lround(10 * value),
                   .pass = !pass       ? UNKNOWN
                           : value > 0 ? YES
                                       : NO,
                   .ses = (int64_t)lround(10 * X_UNITS * one.x)};
}

static inline made_city city_of(const settings *of)
{
    return (made_city){
        .of = *of, .scale = scale_of(of->outcome), .within = sqrt(1 - of->icc)};
}

#endif
