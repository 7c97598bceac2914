/* Family background against R 4.2 with clubSandwich 0.5, for d <- cases(32, 4,
 * 25) of tests/unit/stat:
 *
 *   d$xm <- ave(d$x, d$school); sd(d$x); summary(lm(y ~ x, d))$r.squared
 *   coef_test(lm(y ~ x, d), vcov = "CR2", cluster = d$school), and of
 *   lm(y ~ I(x - xm) + xm, d) and lm(y ~ x + xm, d)
 *
 * and for groups d$o (see test_intake.c) with x = fitted(lm(y ~ o, d)) over its
 * standard deviation. The interval of R2: quantile(replicate(4000, R2 of
 * schools drawn with replacement), c(.025, .975)).
 */
#include "check.h"

#include "unit/measure/invented.h"

static const fact of_covariate[] = {
    {"gradient/r2 score", VALUE, 0.2629715},
    {"gradient/slope score", VALUE, 2.04510090629439},
    {"gradient/slope score", ERROR, 0.27339479604807},
    {"gradient/slope score", DF, 22.80068232679498},
    {"gradient/slope_sd score", VALUE, 2.04510090629439 * 2.957445},
    {"gradient/slope_within score", VALUE, 2.30130805956244},
    {"gradient/slope_within score", ERROR, 0.25044828833847},
    {"gradient/slope_within score", DF, 22.65631425930893},
    {"gradient/slope_between score", VALUE, 0.81278662524809},
    {"gradient/slope_between score", ERROR, 0.73157852045787},
    {"gradient/slope_between score", DF, 10.86034759934643},
    {"gradient/contextual score", VALUE, -1.48852143431434},
    {"gradient/contextual score", ERROR, 0.76273479568727},
    {"gradient/contextual score", DF, 13.27205291111219},
    {"gradient/slope score", N, 258},
};

static void test_covariate(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_cases(32);
    ses_known(place);
    district_run(place);
    check_facts(place, of_covariate, G_N_ELEMENTS(of_covariate), 1e-6);
    const lkv_estimate *slope = ask(place, "gradient/slope score");
    assert_close(slope->real, 2.04510090629439, 1e-12);
    assert_close(slope->error, 0.27339479604807, 1e-12);
    assert_close(slope->df, 22.80068232679498, 1e-10);
    /* qt(.975, 22.80068232679498) = 2.069715 */
    assert_close((slope->high - slope->low) / 2 / slope->error, 2.0697, 1e-4);
    assert_true(isnan(ask(place, "gradient/r2 score")->low));
}

static const fact of_groups[] = {
    {"gradient/r2 score", VALUE, 0.071434782260469},
    {"gradient/r2_adjusted score", VALUE, 0.064151917807610},
    {"gradient/slope_sd score", VALUE, 3.15233165889709},
    {"gradient/slope_sd score", ERROR, 0.44551746277499},
    {"gradient/slope_sd score", DF, 6.78103905429479},
    {"gradient/slope_within score", VALUE, 3.58645941206427},
    {"gradient/slope_within score", ERROR, 0.40042997218075},
    {"gradient/slope_between score", VALUE, 1.0775705837061},
    {"gradient/slope_between score", DF, 3.1902651027701},
    {"gradient/slope_between score", LOW, NAN},
    {"gradient/contextual score", VALUE, -2.5088888283582},
    {"gradient/contextual score", ERROR, 1.7620508366086},
};

static void test_groups(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_cases(32);
    origin_known(place);
    place->study.replicates = 4000;
    district_run(place);
    check_facts(place, of_groups, G_N_ELEMENTS(of_groups), 1e-10);
    assert_null(find(place, "gradient/slope score"));
    const lkv_estimate *r2 = ask(place, "gradient/r2 score");
    assert_close(r2->low, 0.02699197, 0.004);
    assert_close(r2->high, 0.1367557, 0.008);
    assert_int_equal(ask(place, "gradient/slope_sd score")->notes,
                     LKV_NOTE_INDEX_OF_GROUPS);
}

static const fact of_first_year[] = {
    {"gradient/r2_fixed score", VALUE, 0.08672833815450415},
    {"gradient/slope_fixed score", VALUE, 1.3658264078405391},
    {"gradient/slope_fixed score", ERROR, 0.2792451079270684},
    {"gradient/slope_fixed score", DF, 9.0063041794761425},
    {"gradient/slope_fixed score", LOW, 0.7341974829121879},
    {"gradient/slope_fixed score", HIGH, 1.9974553327688902},
    {"gradient/r2 score", VALUE, 0.1226649934636268},
};

/* Of 2024 and 2025. */
static district *two_years_of_cases(void)
{
    g_auto(cases) then = cases_new(32, 4, 25);
    g_auto(cases) now = cases_new(32, 9, 25);
    size_t count = then.count + now.count;
    g_autofree pupil *pupils = g_new0(pupil, count);
    pupils_of_cases(&then, 1, 2024, pupils);
    pupils_of_cases(&now, 1, 2025, &pupils[then.count]);
    return district_new(pupils, count, 0);
}

/* With d1 <- cases(32, 4, 25) and d2 <- cases(32, 9, 25), o as in test_intake.c:
 *   d2$p <- predict(lm(y ~ o, d1), d2); m <- lm(y ~ p, d2)
 *   summary(m)$r.squared; coef_test(m, vcov = "CR2", cluster = d2$school)
 */
static void test_fixed(void **state)
{
    (void)state;
    g_autoptr(district) place = two_years_of_cases();
    origin_known(place);
    district_run(place);
    check_facts(place, of_first_year, G_N_ELEMENTS(of_first_year), 1e-12);
    assert_null(find(place, "gradient/slope_fixed score 2024"));
    assert_null(find(place, "gradient/r2_fixed score 2024"));
}

/* By a covariate the index is the covariate: the slope over that of then. */
static void test_fixed_covariate(void **state)
{
    (void)state;
    g_autoptr(district) place = two_years_of_cases();
    ses_known(place);
    district_run(place);
    const lkv_estimate *fixed = ask(place, "gradient/slope_fixed score");
    assert_close(fixed->real,
                 ask(place, "gradient/slope score")->real /
                     ask(place, "gradient/slope score 2024")->real,
                 1e-12);
    assert_close(ask(place, "gradient/r2_fixed score")->real,
                 ask(place, "gradient/r2 score")->real, 1e-12);
}

/* Few schools: the whole slope stays, its parts say why they are not there. */
static void test_few(void **state)
{
    (void)state;
    g_autoptr(district) few = schools_of_cases(6);
    ses_known(few);
    district_run(few);
    assert_int_equal(ask(few, "gradient/slope score")->reason, LKV_REASON_NONE);
    assert_int_equal(ask(few, "gradient/slope_within score")->reason,
                     LKV_REASON_FEW_SCHOOLS);
    assert_int_equal(ask(few, "gradient/contextual score")->reason,
                     LKV_REASON_FEW_SCHOOLS);
    g_autoptr(district) one = schools_of_cases(1);
    ses_known(one);
    district_run(one);
    const lkv_estimate *slope = ask(one, "gradient/slope score");
    assert_int_equal(slope->reason, LKV_REASON_NONE);
    assert_true(isnan(slope->error) && isnan(slope->low));
}

/* A background that is the same for all tells nothing, and says so. */
static void test_flat(void **state)
{
    (void)state;
    pupil pupils[6];
    for (size_t i = 0; i < 6; i++) {
        pupils[i] = (pupil){.year = 2025,
                            .school = i < 3 ? "a" : "b",
                            .score = (int64_t)(i * i),
                            .ses = 4};
    }
    g_autoptr(district) place = district_new(pupils, 6, 0);
    ses_known(place);
    district_run(place);
    assert_int_equal(ask(place, "gradient/r2 score")->reason,
                     LKV_REASON_COLLINEAR);
    assert_null(find(place, "gradient/slope score"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_covariate),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_fixed),
        cmocka_unit_test(test_fixed_covariate),
        cmocka_unit_test(test_few),
        cmocka_unit_test(test_flat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
