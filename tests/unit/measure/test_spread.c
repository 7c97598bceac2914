/* Spread between schools: 10 20 30 | 40 50 | 20 40 60 80 | 70 90, and a
 * special unit with 0 10 20.
 */
#include "check.h"

#include "unit/measure/fact.h"

static district *four_schools(bool special)
{
    static const struct {
        const char *school;
        int64_t score;
    } rows[] = {
        {"a", 10}, {"a", 20}, {"a", 30},  {"b", 40},  {"b", 50},
        {"c", 20}, {"c", 40}, {"c", 60},  {"c", 80},  {"d", 70},
        {"d", 90}, {"*e", 0}, {"*e", 10}, {"*e", 20},
    };
    pupil pupils[G_N_ELEMENTS(rows)];
    size_t count = special ? G_N_ELEMENTS(rows) : G_N_ELEMENTS(rows) - 3;
    for (size_t i = 0; i < count; i++) {
        pupils[i] = (pupil){.year = 2025,
                            .school = rows[i].school,
                            .score = rows[i].score,
                            .ses = rows[i].score / 10 + (int64_t)(i % 3)};
    }
    return district_new(pupils, count, 0);
}

/* MSB 16150/11, MSW 350, n0 8/3; sigma2_b 606.25 - 81.25. The REML numbers by
 * golden section on the criterion, outside this program.
 */
static const fact four[] = {
    {"spread_between_schools/n0 score", VALUE, 8.0 / 3},
    {"spread_between_schools/ms_between score", VALUE, 16150.0 / 11},
    {"spread_between_schools/ms_within score", VALUE, 350},
    {"spread_between_schools/sigma2_between score", VALUE, 419.31818181818176},
    {"spread_between_schools/sigma2_within score", VALUE, 350},
    {"spread_between_schools/icc_anova score", VALUE, 0.5450516986706055},
    {"spread_between_schools/f score", VALUE, 4.194805194805195},
    {"spread_between_schools/f_p score", VALUE, 0.05395644806495709},
    {"spread_between_schools/eta2 score", VALUE, 0.6425729442970822},
    {"spread_between_schools/eta2_null score", VALUE, 0.3},
    {"spread_between_schools/sigma2_b score", VALUE, 525},
    {"spread_between_schools/sigma2_b score", ERROR, 217.1158093998639},
    {"spread_between_schools/sigma2_b score", LOW, NAN},
    {"spread_between_schools/sigma_b score", VALUE, 22.9128784747792},
    {"spread_between_schools/sigma_b score", LOW, NAN},
    {"spread_between_schools/sigma_b score", N, 11},
    {"spread_between_schools/sigma_b score", SCHOOLS, 4},
    {"spread_between_schools/icc_f score", VALUE, 0.5719745222929936},
    {"spread_between_schools/icc score", VALUE, 0.5719745222929936},
    {"spread_between_schools/icc_th score", VALUE, 0.5719745222929936},
};
static const fact four_reml[] = {
    {"spread_between_schools/reml_intercept score", VALUE, 48.09791846064188},
    {"spread_between_schools/reml_intercept score", ERROR, 12.089907919343181},
    {"spread_between_schools/reml_tau2 score", VALUE, 447.63604982384857},
    {"spread_between_schools/reml_sigma2 score", VALUE, 352.5357975012149},
    {"spread_between_schools/reml_icc score", VALUE, 0.5594248926905823},
    {"spread_between_schools/reml_crit score", VALUE, 93.81408020176238},
};

static void test_four(void **state)
{
    (void)state;
    g_autoptr(district) place = four_schools(false);
    district_run(place);
    check_facts(place, four, G_N_ELEMENTS(four), 1e-12);
    check_facts(place, four_reml, G_N_ELEMENTS(four_reml), 1e-7);
    const lkv_estimate *icc = ask(place, "spread_between_schools/icc score");
    assert_int_equal(icc->notes, LKV_NOTE_NORMAL_SCHOOLS);
    assert_int_equal(icc->key.target, LKV_SCHOOLS_LIKE_THESE);
    assert_true(icc->low <= icc->real && icc->real <= icc->high);
    const lkv_estimate *sd = ask(place, "spread_between_schools/sigma_b score");
    assert_int_equal(sd->key.target, LKV_THESE_SCHOOLS);
    assert_int_equal(sd->unit_of_value, LKV_UNIT_POINTS);
    assert_null(
        find(place, "spread_between_schools/sigma_b_with_special score"));
}

/* The special unit changes nothing but its own line, and the claims say whose
 * spread it is.
 */
static void test_special_apart(void **state)
{
    (void)state;
    static const fact with[] = {
        {"spread_between_schools/sigma_b_with_special score", VALUE,
         26.14064523559687},
        {"spread_between_schools/sigma_b_with_special score", N, 14},
        {"mean score", N, 14},
    };
    g_autoptr(district) place = four_schools(true);
    district_run(place);
    check_facts(place, four, G_N_ELEMENTS(four), 1e-12);
    check_facts(place, with, G_N_ELEMENTS(with), 1e-12);
    const lkv_frame *frame = place->panel->frame;
    const lkv_estimate *sd = ask(place, "spread_between_schools/sigma_b score");
    const lkv_term *kept = lkv_where_on(&sd->pupils, frame->school);
    assert_non_null(kept);
    assert_true(lkv_cube_holds(
        frame->cube, *kept,
        lkv_frame_unit(frame, lkv_frame_unit_find(frame, "a"))->leaf));
    assert_false(lkv_cube_holds(
        frame->cube, *kept,
        lkv_frame_unit(frame, lkv_frame_unit_find(frame, "*e"))->leaf));
    assert_true(lkv_where_equal(&sd->from[0].base, &sd->pupils));
}

static void test_given(void **state)
{
    (void)state;
    static const char *const covariates[] = {"ses", NULL};
    static const lkv_measure_spec spec = {.measure = "spread_between_schools",
                                          .of = "score",
                                          .given = covariates};
    g_autoptr(district) place = four_schools(true);
    place->study.measures = &spec;
    place->study.measure_count = 1;
    district_run(place);
    const lkv_estimate *slope =
        ask(place, "spread_between_schools/given_ses score");
    assert_int_equal(slope->reason, LKV_REASON_NONE);
    assert_true(slope->error > 0);
    assert_int_equal(slope->n, 11);
    const lkv_estimate *tau2 =
        ask(place, "spread_between_schools/given_tau2 score");
    const lkv_estimate *null =
        ask(place, "spread_between_schools/reml_tau2 score");
    const lkv_estimate *explained =
        ask(place, "spread_between_schools/given_explained score");
    assert_close(explained->real, 1 - tau2->real / null->real, 1e-9);
    assert_null(find(place, "mean score"));
}

/* Where there is no spread to speak of, the reason is said. */
static void test_reasons(void **state)
{
    (void)state;
    static const struct {
        int64_t score[4];
        const char *school[4];
        lkv_reason anova, realised;
    } cases[] = {
        {{1, 2, 3, 4},
         {"a", "a", "a", "a"},
         LKV_REASON_ONE_SCHOOL,
         LKV_REASON_ONE_SCHOOL},
        {{1, 2, 3, 4},
         {"a", "b", "c", "d"},
         LKV_REASON_ONE_PUPIL_PER_SCHOOL,
         LKV_REASON_ONE_PUPIL_PER_SCHOOL},
        {{5, 5, 9, 9},
         {"a", "a", "b", "b"},
         LKV_REASON_NO_VARIANCE,
         LKV_REASON_NONE},
        {{5, 5, 5, 5},
         {"a", "a", "b", "b"},
         LKV_REASON_NO_VARIANCE,
         LKV_REASON_NONE},
    };
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        pupil pupils[4];
        for (size_t i = 0; i < 4; i++) {
            pupils[i] = (pupil){.year = 2025,
                                .school = cases[c].school[i],
                                .score = cases[c].score[i],
                                .ses = NO_SCORE};
        }
        g_autoptr(district) place = district_new(pupils, 4, 0);
        district_run(place);
        assert_int_equal(
            ask(place, "spread_between_schools/icc_anova score")->reason,
            cases[c].anova);
        assert_int_equal(
            ask(place, "spread_between_schools/sigma_b score")->reason,
            cases[c].realised);
        const lkv_estimate *f = ask(place, "spread_between_schools/f score");
        assert_true(isnan(lkv_estimate_value(f)));
    }
}

/* Schools alike: no variance between them is an ordinary result. */
static void test_boundary(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"spread_between_schools/reml_tau2 score", VALUE, 0},
        {"spread_between_schools/reml_icc score", VALUE, 0},
        {"spread_between_schools/reml_icc score", LOW, 0},
        {"spread_between_schools/sigma_b score", VALUE, 0},
        {"spread_between_schools/icc score", VALUE, 0},
        {"spread_between_schools/sigma2_between score", VALUE, -1},
    };
    pupil pupils[4];
    for (size_t i = 0; i < 4; i++) {
        pupils[i] = (pupil){.year = 2025,
                            .school = i < 2 ? "a" : "b",
                            .score = i % 2 == 0 ? 1 : 3,
                            .ses = NO_SCORE};
    }
    g_autoptr(district) place = district_new(pupils, 4, 0);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
    assert_int_equal(
        ask(place, "spread_between_schools/reml_tau2 score")->notes,
        LKV_NOTE_BOUNDARY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_four),     cmocka_unit_test(test_special_apart),
        cmocka_unit_test(test_given),    cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_boundary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
