/* Indices of segregation, what chance alone gives, and the jackknife: numbers
 * from reference.R; ends from the definitions.
 */
#include "check.h"

#include "stat/allocation.h"
#include "stat/jackknife.h"
#include "stat/segregation.h"
#include "unit/stat/pupils.h"

typedef struct table {
    int64_t group[PUPILS_SCHOOLS], all[PUPILS_SCHOOLS];
    int64_t two[PUPILS_SCHOOLS * 2], three[PUPILS_SCHOOLS * 3];
} table;

static table table_of(void)
{
    table of = {{0}, {0}, {0}, {0}};
    drawn_pupil pupils[PUPILS];
    pupils_fill(pupils);
    for (size_t i = 0; i < PUPILS; i++) {
        uint32_t school = pupils[i].school;
        of.group[school] += pupils[i].group;
        of.all[school]++;
        of.two[school * 2 + pupils[i].group]++;
        of.three[school * 3 + i % 3]++;
    }
    return of;
}

static void test_indices(void **state)
{
    (void)state;
    static const double wanted[LKV_SEGREGATIONS] = {
        0.310325112398970870, 0.467955080729597184, 0.532044919270402761,
        0.109548252267108237, 0.091329290676665439, 0.083844668576748771,
        0.059800962427563054, 0.185419254658385074,
    };
    table of = table_of();
    lkv_segregation found =
        lkv_segregation_of(of.group, of.all, PUPILS_SCHOOLS);
    assert_true(found.found);
    for (size_t i = 0; i < LKV_SEGREGATIONS; i++) {
        assert_close(found.index[i], wanted[i], 1e-14);
    }
}

static void test_jackknife(void **state)
{
    (void)state;
    static const double wanted[LKV_SEGREGATIONS] = {
        0.059515931930054777, 0.053286571022850636, 0.053286571022850594,
        0.032947230971094657, 0.033645519069818101, 0.024956648944922211,
        0.017685998086242428, 0.047159388729605685,
    };
    table of = table_of();
    double without[LKV_SEGREGATIONS][PUPILS_SCHOOLS];
    for (size_t j = 0; j < PUPILS_SCHOOLS; j++) {
        int64_t a = of.group[j], t = of.all[j];
        of.group[j] = of.all[j] = 0;
        lkv_segregation less =
            lkv_segregation_of(of.group, of.all, PUPILS_SCHOOLS);
        of.group[j] = a;
        of.all[j] = t;
        for (size_t i = 0; i < LKV_SEGREGATIONS; i++) {
            without[i][j] = less.index[i];
        }
    }
    for (size_t i = 0; i < LKV_SEGREGATIONS; i++) {
        assert_close(lkv_jackknife_error(without[i], PUPILS_SCHOOLS), wanted[i],
                     1e-13);
    }
    assert_true(isnan(lkv_jackknife_error(without[0], 1)));
}

static void test_information(void **state)
{
    (void)state;
    table of = table_of();
    lkv_information found = lkv_information_of(of.three, PUPILS_SCHOOLS, 3);
    assert_true(found.found);
    assert_close(found.m, 0.023676565368405133, 1e-14);
    assert_close(found.h, 0.021551461054485008, 1e-14);
    /* of two groups H is Theil's */
    lkv_information two = lkv_information_of(of.two, PUPILS_SCHOOLS, 2);
    assert_close(two.h, 0.083844668576748771, 1e-13);
    static const int64_t one_group[] = {3, 0, 2, 0};
    assert_false(lkv_information_of(one_group, 2, 2).found);
    static const int64_t one_school[] = {3, 1, 0, 0};
    assert_false(lkv_information_of(one_school, 2, 2).found);
}

/* Apart, all are 1 (Gorard 1 - P); alike, all are 0 but isolation, P. */
static void test_ends(void **state)
{
    (void)state;
    static const int64_t apart[] = {4, 0, 0}, sizes[] = {4, 12, 0};
    lkv_segregation of = lkv_segregation_of(apart, sizes, 3);
    assert_close(of.index[LKV_DISSIMILARITY], 1, 1e-15);
    assert_close(of.index[LKV_VARIANCE_RATIO], 1, 1e-15);
    assert_close(of.index[LKV_VARIANCE_CORRECTED], 1, 1e-15);
    assert_close(of.index[LKV_THEIL_H], 1, 1e-15);
    assert_close(of.index[LKV_HUTCHENS], 1, 1e-15);
    assert_close(of.index[LKV_GORARD], 0.75, 1e-15);
    assert_close(of.index[LKV_EXPOSURE], 0, 1e-15);
    static const int64_t alike[] = {1, 3, 0};
    of = lkv_segregation_of(alike, sizes, 3);
    assert_close(of.index[LKV_DISSIMILARITY], 0, 1e-15);
    assert_close(of.index[LKV_HUTCHENS], 0, 1e-15);
    assert_close(of.index[LKV_ISOLATION], 0.25, 1e-15);
    assert_close(of.index[LKV_VARIANCE_CORRECTED], -1.0 / 14, 1e-15);
    static const int64_t nobody[] = {0, 0, 0}, all_of_them[] = {4, 12, 0};
    assert_false(lkv_segregation_of(nobody, sizes, 3).found);
    assert_false(lkv_segregation_of(all_of_them, sizes, 3).found);
    assert_true(isnan(lkv_segregation_of(nobody, sizes, 3).index[0]));
    assert_false(lkv_segregation_of(apart, sizes, 1).found);
}

/* Drawn counts against R's dhyper(0:4, 7, 13, 4). */
static void test_hypergeometric(void **state)
{
    (void)state;
    enum { DRAWS = 100000 };
    static const double wanted[] = {0.14757481940144479, 0.41320949432404532,
                                    0.33808049535603709, 0.093911248710010320,
                                    0.0072239422084623323};
    double log_factorial[21] = {0};
    int64_t found[5] = {0};
    for (int i = 2; i <= 20; i++) {
        log_factorial[i] = lgamma(i + 1.0);
    }
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 1});
    for (int i = 0; i < DRAWS; i++) {
        found[lkv_hypergeometric(&stream, 7, 20, 4, log_factorial)]++;
    }
    for (size_t i = 0; i < 5; i++) {
        double sd = sqrt(wanted[i] * (1 - wanted[i]) / DRAWS);
        assert_true(fabs((double)found[i] / DRAWS - wanted[i]) < 4.5 * sd);
    }
    /* no choice at all */
    assert_int_equal(lkv_hypergeometric(&stream, 7, 20, 20, log_factorial), 7);
    assert_int_equal(lkv_hypergeometric(&stream, 0, 20, 5, log_factorial), 0);
    assert_int_equal(lkv_hypergeometric(&stream, 20, 20, 5, log_factorial), 5);
}

/* Means of drawn indices against their exact expectations; margins stay. */
static void test_chance(void **state)
{
    (void)state;
    enum { DRAWS = 4000 };
    static const struct {
        lkv_segregation_index index;
        double mean;
    } wanted[] = {{LKV_DISSIMILARITY, 0.115165470895111838},
                  {LKV_VARIANCE_RATIO, 0.020050125313283207},
                  {LKV_VARIANCE_CORRECTED, 0},
                  {LKV_THEIL_H, 0.015042303793430079},
                  {LKV_HUTCHENS, 0.010607918790434545}};
    static double drawn[LKV_SEGREGATIONS][DRAWS];
    table of = table_of();
    lkv_allocation *allocation = lkv_allocation_new(of.two, PUPILS_SCHOOLS, 2);
    assert_int_equal(lkv_allocation_schools(allocation), PUPILS_SCHOOLS);
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = 7});
    int64_t group = 0;
    for (size_t j = 0; j < PUPILS_SCHOOLS; j++) {
        group += of.group[j];
    }
    for (size_t r = 0; r < DRAWS; r++) {
        const int64_t *two = lkv_allocation_draw(allocation, &stream);
        int64_t a[PUPILS_SCHOOLS], t[PUPILS_SCHOOLS], sum = 0;
        for (size_t j = 0; j < PUPILS_SCHOOLS; j++) {
            a[j] = two[j * 2 + 1];
            t[j] = two[j * 2] + a[j];
            sum += a[j];
            assert_true(j == 0 || t[j] >= t[j - 1]);
        }
        assert_int_equal(sum, group);
        lkv_segregation now = lkv_segregation_of(a, t, PUPILS_SCHOOLS);
        for (size_t i = 0; i < LKV_SEGREGATIONS; i++) {
            drawn[i][r] = now.index[i];
        }
    }
    lkv_allocation_free(allocation);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        double *of_index = drawn[wanted[i].index];
        lkv_chance chance = lkv_chance_of(of_index, DRAWS, 1, 0.95);
        double sd = (chance.range.high - chance.range.low) / 3.92;
        assert_true(fabs(chance.mean - wanted[i].mean) < 5 * sd / sqrt(DRAWS));
        assert_close(chance.p, 1.0 / (DRAWS + 1), 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_indices),
        cmocka_unit_test(test_jackknife),
        cmocka_unit_test(test_information),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_chance),
        cmocka_unit_test(test_hypergeometric),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
