/* Gaps and their split, from influence values of every pupil in R:
 *   V <- function(z) sum(tapply(z, f, function(u)
 *          length(u)/(length(u) - 1) * sum((u - mean(u))^2)))
 */
#include "example.h"

#include "stat/gap.h"
#include "stat/start.h"

static void part_is(lkv_gap_part part, double value, double error)
{
    assert_relative(part.value, value, 1e-11);
    assert_relative(part.error, error, 1e-11);
}

static void test_points(void **state)
{
    (void)state;
    lkv_example all = example();
    lkv_stratum pairs[SCHOOLS * 2];
    example_pairs(&all, all.y, pairs);
    lkv_gap found = lkv_gap_of(pairs, SCHOOLS, 0, 0.95);
    assert_int_equal(found.n1, 32);
    assert_int_equal(found.n0, 63);
    assert_int_equal(found.schools, 16);
    assert_int_equal(found.both, 16);
    assert_close(found.df, 79, 0);
    assert_relative(found.mean1, 15.3046875, 1e-14);
    assert_relative(found.mean0, 17.047619047619047, 1e-14);
    /* z <- ifelse(s == 1, (y - m1)/n1, -(y - m0)/n0); sqrt(V(z)) */
    part_is(found.gap, -1.7429315476190474, 1.7349082975171821);
    assert_relative(found.gap.interval.low, -5.1961801331421169, 1e-11);
    assert_relative(found.gap.interval.high, 1.710317037904022, 1e-11);
    /* the slope of s within schools, and the rest */
    part_is(found.same_school, -1.6716533180778019, 1.4334449445807766);
    part_is(found.remainder, -0.071278229541245519, 0.85851023297181062);
    assert_close(found.one_group, 0, 0);
    assert_close(found.same_school.value + found.remainder.value,
                 found.gap.value, 1e-14);
}

static void test_shares(void **state)
{
    (void)state;
    lkv_example all = example();
    lkv_stratum pairs[SCHOOLS * 2];
    example_pairs(&all, all.q, pairs);
    lkv_gap found = lkv_gap_of(pairs, SCHOOLS, 1, 0.95);
    part_is(found.gap, -0.15128968253968256, 0.10691547784438962);
    part_is(found.same_school, -0.14782608695652169, 0.099202750858149655);
    part_is(found.remainder, -0.0034635955831608667, 0.04431249847828489);
    /* Wilson with p(1 - p)/V pupils; rho <- (v1 + v0 - V(z))/2/sqrt(v1 v0) */
    assert_relative(found.gap.interval.low, -0.34802887724720383, 1e-10);
    assert_relative(found.gap.interval.high, 0.052156231010386633, 1e-10);
}

/* A school with one group only adds to the remainder alone. */
static void test_one_group(void **state)
{
    (void)state;
    const lkv_stratum pairs[] = {
        {3, 10, 6}, {1, 14, 0}, /* gap 4, weight 3/4 */
        {0, 0, 0},  {4, 20, 8}, /* one group */
        {2, 5, 2},  {2, 7, 2}, /* gap 2, weight 1 */
        {0, 0, 0},  {0, 0, 0},
    };
    lkv_gap found = lkv_gap_of(pairs, 4, 0, 0.95);
    assert_int_equal(found.schools, 3);
    assert_int_equal(found.both, 2);
    assert_relative(found.same_school.value, (0.75 * 4 + 2) / 1.75, 1e-14);
    assert_close(found.one_group, 4.0 / 12, 1e-15);
    assert_close(found.df, 9, 0);
    assert_relative(found.mean1, (14 + 80 + 14) / 7.0, 1e-14);
    assert_relative(found.mean0, 8.0, 1e-14);
}

static void test_undefined(void **state)
{
    (void)state;
    const lkv_stratum empty[] = {{0, 0, 0}, {5, 3, 2}};
    lkv_gap found = lkv_gap_of(empty, 1, 0, 0.95);
    assert_true(isnan(found.gap.value) && isnan(found.same_school.value));
    const lkv_stratum apart[] = {{3, 1, 2}, {0, 0, 0}, {0, 0, 0}, {2, 4, 2}};
    found = lkv_gap_of(apart, 2, 0, 0.95);
    assert_close(found.gap.value, 3, 0);
    assert_true(isnan(found.same_school.value));
    assert_true(isnan(found.remainder.value));
    assert_close(found.one_group, 1, 0);
    const lkv_stratum singles[] = {{1, 1, 0}, {0, 0, 0}, {0, 0, 0}, {1, 4, 0}};
    found = lkv_gap_of(singles, 2, 0, 0.95);
    assert_close(found.gap.value, 3, 0);
    assert_true(isnan(found.gap.error) && isnan(found.gap.interval.low));
}

/* t.test(y[s == 1], y[s == 0]) of R, as if all were at one school. */
static void test_alone(void **state)
{
    (void)state;
    lkv_example all = example();
    uint32_t sex[PUPILS];
    for (size_t i = 0; i < PUPILS; i++) {
        sex[i] = all.s[i] > 0.0;
    }
    lkv_stratum one = stratum_of(all.y, sex, PUPILS, 1);
    lkv_stratum zero = stratum_of(all.y, sex, PUPILS, 0);
    lkv_gap_part found = lkv_gap_alone(one, zero, 0, 0.95);
    part_is(found, 15.3046875 - 17.047619047619047, 1.6836399190437237);
    assert_relative(found.interval.low, -5.1109797276348488, 1e-11);
    assert_relative(found.interval.high, 1.6251166323967536, 1e-11);
    /* sp pooled, d, g <- d (1 - 3/(4 N - 9)), sqrt(N/(n1 n0) + g^2/(2 N)) */
    lkv_gap_standard gap = lkv_gap_standardised(one, zero);
    assert_relative(gap.sd, 7.6308118620851326, 1e-12);
    assert_relative(gap.d, -0.22840709207876977, 1e-12);
    assert_relative(gap.g, -0.22656013446088213, 1e-12);
    assert_relative(gap.error, 0.21769972693452821, 1e-12);
}

static void test_alone_edges(void **state)
{
    (void)state;
    const lkv_stratum none = {0, 0, 0}, single = {1, 5, 0}, some = {4, 2, 6},
                      alike = {3, 4, 0};
    assert_true(isnan(lkv_gap_alone(none, some, 0, 0.95).value));
    lkv_gap_part found = lkv_gap_alone(single, some, 0, 0.95);
    assert_close(found.value, 3, 0);
    assert_true(isnan(found.error) && isnan(found.interval.high));
    assert_true(isnan(lkv_gap_alone(alike, alike, 0, 0.95).error));
    assert_true(isfinite(lkv_gap_alone(alike, some, 0, 0.95).error));
    assert_true(isnan(lkv_gap_standardised(none, some).d));
    assert_true(isnan(lkv_gap_standardised(alike, alike).d));
    assert_true(isnan(lkv_gap_standardised(single, single).d));
    /* Newcombe (1998b), table II, method 10: 56/70 less 48/80 */
    const lkv_stratum a = {70, 0.8, 11.2}, b = {80, 0.6, 19.2};
    found = lkv_gap_alone(a, b, 1, 0.95);
    assert_close(found.interval.low, 0.0524, 5e-5);
    assert_close(found.interval.high, 0.3339, 5e-5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points),    cmocka_unit_test(test_shares),
        cmocka_unit_test(test_one_group), cmocka_unit_test(test_undefined),
        cmocka_unit_test(test_alone),     cmocka_unit_test(test_alone_edges)};
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
