/* How surely a school's level tells of it, against R 4.2 with lme4, for d <-
 * cases(32, 4, 25) of tests/unit/stat:
 *
 *   m <- lmer(y ~ 1 + (1 | school), d); v <- as.data.frame(VarCorr(m))$vcov
 *   n <- table(d$school); n * v[1]/(n * v[1] + v[2]), and 7/3 v[2]/v[1]
 */
#include "check.h"

#include "unit/measure/invented.h"

static const lkv_measure_spec asked[] = {{.measure = "reliability"},
                                         {.measure = "spread_between_schools"}};

static district *asked_of(size_t schools)
{
    district *place = schools_of_cases(schools);
    place->study.measures = asked;
    place->study.measure_count = G_N_ELEMENTS(asked);
    district_run(place);
    return place;
}

static const fact facts[] = {
    {"reliability score @a0", VALUE, 0.369968311554},
    {"reliability score @a1", VALUE, 0.672697341441},
    {"reliability score @d7", VALUE, 0.637899633770},
    {"spread_between_schools/reliability score", VALUE, 0.510528336708},
    {"spread_between_schools/reliable_size score", VALUE, 15.8940524774},
    {"reliability score @a0", N, 4},
    {"reliability score @a1", N, 14},
};

static void test_schools(void **state)
{
    (void)state;
    g_autoptr(district) place = asked_of(32);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-7);
    assert_null(find(place, "reliability score"));
}

/* It gives the number of pupils away, so it rests on that being told. */
static void test_claims(void **state)
{
    (void)state;
    g_autoptr(district) place = asked_of(32);
    const lkv_estimate *one = ask(place, "reliability score @a0");
    bool counts = false;
    for (size_t i = 0; i < one->froms; i++) {
        counts = counts || one->from[i].stat == LKV_COUNT;
    }
    assert_true(counts);
}

static void test_one_school(void **state)
{
    (void)state;
    g_autoptr(district) place = asked_of(1);
    assert_int_equal(ask(place, "reliability score @a0")->reason,
                     LKV_REASON_ONE_SCHOOL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_schools),
        cmocka_unit_test(test_claims),
        cmocka_unit_test(test_one_school),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
