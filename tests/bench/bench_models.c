/* What fitting models costs, for bench_models.R, which fits the same by lme4.
 *
 *   bench_models FILE REPEATS
 *
 * FILE holds a pupil a line: number of the school from 0, y, x1 … x4, and 1 or
 * 0 for a yes or no. Prints lines of a name and a number: answers, then the
 * seconds of the middle one of REPEATS.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <glib.h>

#include "base/random.h"
#include "stat/canonical.h"
#include "stat/logit.h"
#include "stat/mixed.h"
#include "stat/moments.h"
#include "stat/start.h"

enum { VARIABLES = 5, NODES = 7, DRAWS = 10000 };
enum { DRAWN_MOST = 200 }; /* schools: eigenvalues take their cube */

typedef struct rows {
    size_t count, schools;
    GArray *value, *school;
    int64_t *yes, *n;
} rows;

static rows rows_read(const char *path)
{
    rows of = {.value = g_array_new(FALSE, FALSE, sizeof(double)),
               .school = g_array_new(FALSE, FALSE, sizeof(uint32_t))};
    FILE *file = fopen(path, "r");
    double v[VARIABLES];
    uint32_t school = 0;
    int answer = 0;
    g_autoptr(GArray) answers = g_array_new(FALSE, FALSE, sizeof answer);
    while (file && fscanf(file, "%u,%lf,%lf,%lf,%lf,%lf,%d", &school, &v[0],
                          &v[1], &v[2], &v[3], &v[4], &answer) == 7) {
        g_array_append_vals(of.value, v, VARIABLES);
        g_array_append_val(of.school, school);
        g_array_append_val(answers, answer);
        of.schools = MAX(of.schools, (size_t)school + 1);
        of.count++;
    }
    if (file) {
        fclose(file);
    }
    of.yes = g_new0(int64_t, of.schools + 1);
    of.n = g_new0(int64_t, of.schools + 1);
    for (size_t i = 0; i < of.count; i++) {
        uint32_t j = g_array_index(of.school, uint32_t, i);
        of.yes[j] += g_array_index(answers, int, i);
        of.n[j]++;
    }
    return of;
}

static void rows_clear(rows *of)
{
    g_array_unref(of->value);
    g_array_unref(of->school);
    g_free(of->yes);
    g_free(of->n);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(rows, rows_clear)

static lkv_moments *sums_of(const rows *of)
{
    return lkv_moments_of((const double *)(const void *)of->value->data,
                          (const uint32_t *)(const void *)of->school->data,
                          of->count, of->schools, VARIABLES);
}

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

/* ---- what is timed --------------------------------------------------------- */

typedef struct work {
    const rows *rows;
    const lkv_moments *sums;
    double lambda; /* of the model that is drawn from */
    double *drawn; /* ICC of each of DRAWS refits */
} work;

static void add_up(const work *of)
{
    g_autoptr(lkv_moments) sums = sums_of(of->rows);
}

static void fit(const work *of)
{
    g_autoptr(lkv_mixed) mixed = lkv_mixed_of(of->sums, true, 0);
}

static void fit_with_intervals(const work *of)
{
    g_autoptr(lkv_mixed) mixed = lkv_mixed_of(of->sums, true, 0.95);
}

static void bootstrap(const work *of)
{
    g_autoptr(lkv_canonical) model = lkv_canonical_of(of->sums);
    g_autofree double *squares = g_new0(double, model->r + 1);
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 1});
    for (size_t i = 0; i < DRAWS; i++) {
        double sse = lkv_canonical_draw(model, of->lambda, &stream, squares);
        double lambda = lkv_canonical_refit(model, squares, sse).lambda;
        of->drawn[i] = lambda / (1 + lambda);
    }
}

static void logit(const work *of)
{
    lkv_logit found =
        lkv_logit_of(of->rows->yes, of->rows->n, of->rows->schools, NODES);
    (void)found;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void time_it(const char *name, void (*what)(const work *),
                    const work *of, size_t repeats)
{
    g_autofree double *seconds = g_new0(double, repeats);
    for (size_t i = 0; i < repeats; i++) {
        double from = now();
        what(of);
        seconds[i] = now() - from;
    }
    qsort(seconds, repeats, sizeof *seconds, compare);
    printf("seconds_%s %.9f\n", name, seconds[repeats / 2]);
}

/* ---- answers --------------------------------------------------------------- */

static void answers_print(const work *of, const lkv_mixed *mixed)
{
    lkv_logit odds =
        lkv_logit_of(of->rows->yes, of->rows->n, of->rows->schools, NODES);
    printf("pupils %zu\nschools %zu\n", of->rows->count, mixed->groups);
    for (size_t i = 0; i < mixed->effects; i++) {
        printf("beta%zu %.17g\n", i, mixed->beta[i]);
    }
    printf("icc %.17g\ntau2 %.17g\nsigma2 %.17g\ncrit %.17g\n", mixed->icc,
           mixed->tau2, mixed->sigma2, mixed->deviance);
    printf("logit_beta %.17g\nlogit_tau2 %.17g\n", odds.beta, odds.tau2);
}

int main(int words, char **word)
{
    size_t repeats = words > 2 ? (size_t)atoi(word[2]) : 0;
    if (repeats == 0) {
        fprintf(stderr, "bench_models FILE REPEATS\n");
        return 64;
    }
    lkv_stat_start();
    g_auto(rows) read = rows_read(word[1]);
    g_autoptr(lkv_moments) sums = sums_of(&read);
    g_autoptr(lkv_mixed) mixed = lkv_mixed_of(sums, true, 0.95);
    g_autofree double *drawn = g_new0(double, DRAWS);
    const work of = {&read, sums, mixed->lambda, drawn};
    answers_print(&of, mixed);
    time_it("sums", add_up, &of, MIN(repeats, 5));
    time_it("fit", fit, &of, repeats);
    time_it("intervals", fit_with_intervals, &of, repeats);
    time_it("logit", logit, &of, MIN(repeats, 21));
    if (read.schools <= DRAWN_MOST) {
        time_it("bootstrap", bootstrap, &of, 1);
        qsort(drawn, DRAWS, sizeof *drawn, compare);
        printf("drawn_low %.17g\ndrawn_middle %.17g\ndrawn_high %.17g\n",
               drawn[DRAWS / 40], drawn[DRAWS / 2], drawn[DRAWS - DRAWS / 40]);
    }
    return 0;
}
