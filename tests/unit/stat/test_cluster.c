/* Means of these schools, against influence values of every pupil in R. */
#include "example.h"

#include "stat/cluster.h"
#include "stat/start.h"

/* z <- (y - mean(y))/N; sum over schools of n/(n-1) sum((z - mean(z))^2) */
static void test_mean(void **state)
{
    (void)state;
    lkv_example all = example();
    lkv_stratum strata[SCHOOLS];
    example_strata(&all, all.y, strata);
    lkv_cluster_mean found = lkv_cluster_mean_of(strata, SCHOOLS, 0);
    assert_int_equal(found.n, 95);
    assert_int_equal(found.schools, 16);
    assert_int_equal(found.singles, 0);
    assert_close(found.df, 79, 0);
    assert_relative(found.mean, 16.460526315789473, 1e-14);
    assert_relative(found.variance, 0.56057124719693974, 1e-12);
    lkv_interval interval = lkv_cluster_interval(&found, 0.95);
    assert_relative(interval.low, 14.970250246804609, 1e-12);
    assert_relative(interval.high, 17.950802384774338, 1e-12);
    /* the shock of a school adds shock^2 sum (n/N)^2 */
    double weights = 0.0;
    for (size_t j = 0; j < SCHOOLS; j++) {
        weights += (double)(strata[j].n * strata[j].n) / (95.0 * 95.0);
    }
    lkv_cluster_mean shaken = lkv_cluster_mean_of(strata, SCHOOLS, 2.5);
    assert_relative(shaken.variance, found.variance + 2.5 * weights, 1e-12);
}

static void test_share(void **state)
{
    (void)state;
    lkv_example all = example();
    lkv_stratum strata[SCHOOLS];
    example_strata(&all, all.q, strata);
    lkv_cluster_mean found = lkv_cluster_mean_of(strata, SCHOOLS, 0);
    assert_relative(found.mean, 60.0 / 95, 1e-14);
    assert_relative(found.variance, 0.0025624587785252604, 1e-11);
    lkv_interval interval = lkv_cluster_share(&found, 0.95);
    assert_relative(interval.low, 0.52891138401082438, 1e-10);
    assert_relative(interval.high, 0.72356572991217405, 1e-10);
    /* everybody: Wilson with all pupils, z^2/(n + z^2) away from 1 */
    const lkv_stratum full[] = {{6, 1, 0}, {4, 1, 0}};
    found = lkv_cluster_mean_of(full, 2, 0);
    interval = lkv_cluster_share(&found, 0.95);
    assert_close(interval.low, 10 / (10 + 3.8414588206941254), 1e-13);
    assert_close(interval.high, 1, 0);
}

static void test_edges(void **state)
{
    (void)state;
    const lkv_stratum none[] = {{0, 0, 0}}, single[] = {{1, 2, 0}, {1, 4, 0}},
                      mixed[] = {{1, 9, 0}, {0, 0, 0}, {3, 1, 6}};
    lkv_cluster_mean found = lkv_cluster_mean_of(none, 1, 0);
    assert_true(isnan(found.mean));
    assert_true(isnan(lkv_cluster_interval(&found, 0.95).low));
    found = lkv_cluster_mean_of(single, 2, 0);
    assert_close(found.mean, 3, 0);
    assert_int_equal(found.singles, 2);
    assert_true(isnan(lkv_cluster_interval(&found, 0.95).low));
    /* mean 3: a single adds ((9-3)/4)^2, the other 3/2 * 6/16 */
    found = lkv_cluster_mean_of(mixed, 3, 0);
    assert_close(found.mean, 3, 1e-15);
    assert_close(found.variance, 2.25 + 1.5 * 6.0 / 16, 1e-14);
    assert_int_equal(found.schools, 2);
    assert_int_equal(found.singles, 1);
}

/* Three schools of 4 pupils with s^2 = 1 in three years: the distances to the
 * year's mean are -10 -8 -6, 0 0 0, 10 8 6; (4 + 0 + 4)/3 - 1/4 = 29/12.
 */
static void test_shock(void **state)
{
    (void)state;
    lkv_stratum strata[] = {{4, 10, 3}, {4, 20, 3}, {4, 30, 3},
                            {4, 12, 3}, {4, 20, 3}, {4, 28, 3},
                            {4, 14, 3}, {4, 20, 3}, {4, 26, 3}};
    assert_relative(lkv_cluster_shock(strata, 3, 3), 29.0 / 12, 1e-14);
    assert_close(lkv_cluster_shock(strata, 2, 3), 0, 0);
    for (size_t i = 0; i < 9; i++) {
        strata[i].squares = 3000; /* noise explains all of it */
    }
    assert_close(lkv_cluster_shock(strata, 3, 3), 0, 0);
    strata[0].n = strata[4].n = 1; /* one school left */
    assert_close(lkv_cluster_shock(strata, 3, 3), 0, 0);
}

/* Years: places odd and even. D <- tapply(z.now - z.before, f, sum);
 * sqrt(J/(J - 1) sum((D - mean(D))^2)).
 */
static void test_change(void **state)
{
    (void)state;
    lkv_example all = example();
    uint32_t key[PUPILS];
    lkv_stratum now[SCHOOLS], before[SCHOOLS];
    for (size_t i = 0; i < PUPILS; i++) {
        key[i] = all.school[i] * 2 + all.place[i] % 2;
    }
    for (uint32_t j = 0; j < SCHOOLS; j++) {
        before[j] = stratum_of(all.y, key, PUPILS, j * 2);
        now[j] = stratum_of(all.y, key, PUPILS, j * 2 + 1);
    }
    lkv_change found = lkv_cluster_change(now, before, SCHOOLS);
    assert_relative(found.change, 1.6122540250447237, 1e-12);
    assert_relative(found.error, 1.8514922908878098, 1e-12);
    assert_close(found.df, 15, 0);
    /* the same pupils' results moved alike everywhere: no doubt at all */
    for (size_t j = 0; j < SCHOOLS; j++) {
        now[j] = before[j];
        now[j].mean += 3;
    }
    found = lkv_cluster_change(now, before, SCHOOLS);
    assert_relative(found.change, 3, 1e-13);
    assert_close(found.error, 0, 1e-12);
    assert_true(isnan(lkv_cluster_change(now, before, 1).error));
}

/* t.test(y[k], y[!k]) of R for the school k <- g == 3, times 1 - n/N. */
static void test_against(void **state)
{
    (void)state;
    lkv_example all = example();
    uint32_t third[PUPILS];
    for (size_t i = 0; i < PUPILS; i++) {
        third[i] = all.school[i] == 3;
    }
    lkv_stratum own = stratum_of(all.y, third, PUPILS, 1);
    lkv_stratum others = stratum_of(all.y, third, PUPILS, 0);
    lkv_against found = lkv_against_mean(own, others, 0.95);
    assert_relative(found.difference, 1.0394736842105268, 1e-11);
    assert_relative(found.error, 3.2019987169450808, 1e-12);
    assert_relative(found.df, 3.3835971807830516, 1e-12);
    assert_relative(found.p, 0.76451288301161457, 1e-11);
    assert_relative(found.interval.low, -8.5273373173763574, 1e-10);
    assert_relative(found.interval.high, 10.60628468579741, 1e-10);
    /* Newcombe, and prop.test(x, n, correct = FALSE)$p.value */
    own = stratum_of(all.q, third, PUPILS, 1);
    others = stratum_of(all.q, third, PUPILS, 0);
    found = lkv_against_share(own, others, 0.95);
    assert_relative(found.difference, 0.11842105263157895, 1e-12);
    assert_relative(found.interval.low, -0.32101800795717822, 1e-11);
    assert_relative(found.interval.high, 0.3375135789372673, 1e-11);
    assert_relative(found.p, 0.61590304621695025, 1e-11);
    assert_true(isnan(found.df));
}

static void test_against_edges(void **state)
{
    (void)state;
    const lkv_stratum none = {0, 0, 0}, single = {1, 5, 0}, some = {4, 2, 6},
                      alike = {3, 4, 0};
    assert_true(isnan(lkv_against_mean(none, some, 0.95).difference));
    assert_true(isnan(lkv_against_mean(some, none, 0.95).difference));
    lkv_against found = lkv_against_mean(single, some, 0.95);
    assert_relative(found.difference, 0.8 * 3, 1e-15);
    assert_true(isnan(found.error) && isnan(found.p));
    assert_true(isnan(lkv_against_mean(alike, alike, 0.95).interval.low));
    assert_true(isnan(lkv_against_share(none, some, 0.95).difference));
    const lkv_stratum full = {5, 1, 0};
    found = lkv_against_share(full, full, 0.95);
    assert_close(found.difference, 0, 0);
    assert_close(found.p, 1, 0);
}

/* Parts joined are the whole. */
static void test_strata(void **state)
{
    (void)state;
    lkv_example all = example();
    uint32_t half[PUPILS], one[PUPILS] = {0};
    for (size_t i = 0; i < PUPILS; i++) {
        half[i] = i % 3 == 0;
    }
    lkv_stratum a = stratum_of(all.y, half, PUPILS, 0);
    lkv_stratum b = stratum_of(all.y, half, PUPILS, 1);
    lkv_stratum whole = stratum_of(all.y, one, PUPILS, 0);
    lkv_stratum joined = lkv_stratum_join(a, b);
    assert_int_equal(joined.n, whole.n);
    assert_relative(joined.mean, whole.mean, 1e-14);
    assert_relative(joined.squares, whole.squares, 1e-13);
    const lkv_stratum none = {0, 0, 0};
    assert_int_equal(lkv_stratum_join(none, a).n, a.n);
    assert_true(isnan(lkv_stratum_variance((lkv_stratum){1, 3, 0})));
    assert_close(lkv_stratum_variance((lkv_stratum){4, 3, 6}), 2, 0);
}

/* Strata from moments are those of the pupils. */
static void test_of_moments(void **state)
{
    (void)state;
    lkv_example all = example();
    lkv_stratum wanted[SCHOOLS];
    example_strata(&all, all.y, wanted);
    g_autoptr(lkv_moments) moments = example_moments(&all, true);
    g_autofree lkv_stratum *found = lkv_strata_of(moments);
    for (size_t j = 0; j < SCHOOLS; j++) {
        assert_int_equal(found[j].n, wanted[j].n);
        assert_relative(found[j].mean, wanted[j].mean, 1e-14);
        assert_relative(found[j].squares, wanted[j].squares, 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mean),          cmocka_unit_test(test_share),
        cmocka_unit_test(test_edges),         cmocka_unit_test(test_shock),
        cmocka_unit_test(test_change),        cmocka_unit_test(test_against),
        cmocka_unit_test(test_against_edges), cmocka_unit_test(test_strata),
        cmocka_unit_test(test_of_moments)};
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
