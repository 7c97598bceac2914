/* Three levels by REML, against R 4.2 with lme4 1.1. With cases() of
 * tests/unit/stat:
 *
 *   d <- cases(30, 7, 25)
 *   d$class <- ave(seq_len(nrow(d)), d$school, FUN = seq_along) %% 3
 *   e <- d; e$y <- e$y + ifelse((e$school * 7 + e$class * 5) %% 4 == 0, 12, 0)
 *   lmer(y ~ x + z + (1 | school/class), e)
 *   lmer(y ~ 1 + (1 | school/class), e); the same of d
 *
 * which stops at 1e-8 of the variances; from there by Newton's method on the
 * deviance, written with the whole matrix of variances, to 1e-8. egsingle:
 * lmer(math ~ year + (1 | schoolid/childid)), public data.
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "stat/nested_mixed.h"
#include "stat/start.h"
#include "unit/stat/cases.h"

enum { SCHOOLS = 30, CLASSES = 3 };

static const struct {
    bool lifted;
    size_t variables;
    double class_, school, pupil, deviance;
    double beta[3], error[3];
} references[] = {
    {true,
     3,
     42.9846833817,
     49.7310633782,
     75.9896266994,
     2113.91543694,
     {28.0792225044, 2.53396128613, -3.85141972955},
     {1.94713221895, 0.20346833585, 1.25789003068}},
    {true,
     1,
     40.6338001426,
     52.06450414,
     131.183968316,
     2236.9472012,
     {40.6922034797},
     {1.66358320536}},
    {false,
     1,
     2.87652307003,
     51.7816889907,
     130.138151992,
     2195.22498335,
     {37.577540291},
     {1.52359461574}},
};

/* The first VARIABLES of y, x, z by class. */
static lkv_nested_mixed of_cases(bool lifted, size_t variables, bool reml)
{
    g_auto(cases) made = cases_new(SCHOOLS, 7, 25);
    g_autofree double *value = g_new0(double, made.count *variables);
    g_autofree uint32_t *group = g_new0(uint32_t, made.count);
    uint32_t school[SCHOOLS * CLASSES], i = 0;
    for (size_t row = 0; row < made.count; row++) {
        uint32_t j = made.school[row];
        i = row > 0 && made.school[row - 1] == j ? i + 1 : 1;
        uint32_t class_ = i % CLASSES;
        group[row] = j * CLASSES + class_;
        for (size_t v = 0; v < variables; v++) {
            value[row * variables + v] = made.value[row * 3 + v];
        }
        bool lift = lifted && ((j + 1) * 7 + class_ * 5) % 4 == 0;
        value[row * variables] += lift ? 12 : 0;
    }
    for (uint32_t c = 0; c < SCHOOLS * CLASSES; c++) {
        school[c] = c / CLASSES;
    }
    g_autoptr(lkv_moments) moments = lkv_moments_of(
        value, group, made.count, (size_t)SCHOOLS * CLASSES, variables);
    return lkv_nested_mixed_of(moments, school, reml);
}

static void test_references(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(references); i++) {
        lkv_nested_mixed of =
            of_cases(references[i].lifted, references[i].variables, true);
        assert_int_equal(of.fit, LKV_FIT_OK);
        assert_false(of.no_class || of.no_school);
        assert_close(of.class_, references[i].class_, 1e-8);
        assert_close(of.school, references[i].school, 1e-8);
        assert_close(of.pupil, references[i].pupil, 1e-8);
        assert_close(of.deviance, references[i].deviance, 1e-11);
        for (size_t b = 0; b < references[i].variables; b++) {
            assert_close(of.beta[b], references[i].beta[b], 1e-6);
            assert_close(of.error[b], references[i].error[b], 1e-6);
        }
    }
}

/* ---- public data ---------------------------------------------------------- */

typedef struct child {
    uint32_t school, number;
    double math, year;
} child;

static int by_school(gconstpointer a, gconstpointer b)
{
    const child *one = a, *two = b;
    return one->school != two->school
               ? (one->school > two->school) * 2 - 1
               : (one->number > two->number) - (one->number < two->number);
}

static GArray *children_read(void)
{
    const char *folder = getenv("LIKVARD_REFERENCE");
    g_autofree char *path =
        folder ? g_build_filename(folder, "data", "egsingle.csv", NULL)
               : g_build_filename(LIKVARD_SOURCE, "..", "shared", "reference",
                                  "data", "egsingle.csv", NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        assert_null(folder);
        return NULL;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GArray *children = g_array_new(FALSE, TRUE, sizeof(child));
    for (size_t i = 1; lines[i] && *lines[i]; i++) {
        g_auto(GStrv) at =
            g_strsplit(g_strdelimit(lines[i], "\"", ' '), ",", -1);
        child one = {
            .school = (uint32_t)g_ascii_strtoull(g_strstrip(at[0]), NULL, 10),
            .number = (uint32_t)g_ascii_strtoull(g_strstrip(at[1]), NULL, 10),
            .year = g_ascii_strtod(at[2], NULL),
            .math = g_ascii_strtod(at[4], NULL)};
        g_array_append_val(children, one);
    }
    g_array_sort(children, by_school);
    return children;
}

static void test_public(void **state)
{
    (void)state;
    g_autoptr(GArray) children = children_read();
    if (!children) {
        skip();
        return;
    }
    size_t rows = children->len, groups = 0;
    g_autofree double *value = g_new0(double, rows * 2);
    g_autofree uint32_t *group = g_new0(uint32_t, rows);
    g_autofree uint32_t *school = g_new0(uint32_t, rows);
    for (size_t i = 0; i < rows; i++) {
        const child *at = &g_array_index(children, child, i);
        groups += i == 0 || by_school(at, at - 1) != 0;
        group[i] = (uint32_t)groups - 1;
        school[groups - 1] = at->school;
        value[2 * i] = at->math;
        value[2 * i + 1] = at->year;
    }
    g_autoptr(lkv_moments) moments =
        lkv_moments_of(value, group, rows, groups, 2);
    lkv_nested_mixed of = lkv_nested_mixed_of(moments, school, true);
    assert_true(of.fit == LKV_FIT_OK && of.schools == 60 && of.classes == 1721);
    assert_close(of.beta[0], -0.78048179080354174, 1e-6);
    assert_close(of.beta[1], 0.74612330903408575, 1e-6);
    assert_close(of.error[0], 0.061087907809041886, 1e-6);
    assert_close(of.error[1], 0.0053963546549558776, 1e-6);
    assert_close(of.class_, 0.66992113913371543, 1e-6);
    assert_close(of.school, 0.18692711449776983, 2e-6);
    assert_close(of.pupil, 0.34700123794728477, 1e-6);
    assert_close(of.deviance, 16759.411751518128, 1e-13);
}

/* ---- ends ---------------------------------------------------------------- */

/* GROUPS of two cases, of means MEAN, two a school. */
static lkv_nested_mixed of_means(const double *mean, size_t groups, bool reml)
{
    double value[16];
    uint32_t group[16], school[8];
    for (uint32_t i = 0; i < groups * 2; i++) {
        group[i] = i / 2;
        value[i] = mean[i / 2] + (i % 2 ? 1 : -1);
    }
    for (uint32_t c = 0; c < groups; c++) {
        school[c] = c / 2;
    }
    g_autoptr(lkv_moments) moments =
        lkv_moments_of(value, group, groups * 2, groups, 1);
    return lkv_nested_mixed_of(moments, school, reml);
}

/* Balanced, so that REML is the analysis of variance: 16 = MSC, 200 = MSS, MSP
 * 2 of 1 3, 5 7 | 11 13, 15 17; and the boundaries.
 */
static void test_ends(void **state)
{
    (void)state;
    static const double apart[] = {2, 6, 12, 16}, alike[] = {5, 5, 5, 5};
    static const double schools[] = {2, 2, 9, 9, 1, 1},
                        classes[] = {1, 9, 1, 9};
    lkv_nested_mixed of = of_means(apart, 4, true);
    assert_true(of.schools == 2 && of.classes == 4);
    assert_close(of.pupil, 2, 1e-9);
    assert_close(of.class_, 7, 1e-9);
    assert_close(of.school, 46, 1e-9);
    assert_close(of.beta[0], 9, 1e-12);
    assert_close(of.error[0], sqrt(200.0 / 8), 1e-9);
    of = of_means(alike, 4, true);
    assert_true(of.no_class && of.no_school && of.fit == LKV_FIT_OK);
    assert_close(of.pupil, 8.0 / 7, 1e-12);
    of = of_means(schools, 6, true);
    assert_true(of.no_class && !of.no_school);
    of = of_means(classes, 4, true);
    assert_true(!of.no_class && of.no_school);
    assert_int_equal(of_means(apart, 2, true).fit, LKV_FIT_ONE_GROUP);
    of = of_cases(true, 1, false); /* lmer(REML = FALSE) */
    assert_close(of.school, 49.2550307429, 1e-6);
    assert_close(of.class_, 40.6241574862, 1e-6);
    assert_close(of.deviance, 2239.78544896, 1e-11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_public),
        cmocka_unit_test(test_ends),
    };
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
