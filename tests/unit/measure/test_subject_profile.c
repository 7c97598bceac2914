/* Profiles of pupils over six subjects against R 4.2, for d <- cases(32, 4, 25):
 *
 *   leaf <- sapply(0:5, function(k) 1 + (d$y + k * d$x + 3 * k) %% 5)
 *   p <- matrix(c(20, 15, 10, 0, NA)[leaf], nrow(leaf))
 *   round(p - rowMeans(p, na.rm = TRUE), 3), of rows with five grades; of column
 *   2 the realised spread of schools, and anova(lm(v ~ factor(school))); of all
 *   columns its square, summed and over 5, and the jackknife of that
 */
#include "check.h"

#include "unit/measure/invented.h"

enum { SUBJECTS = 6, DASH = 5 };

static const char *const names[SUBJECTS] = {"S0", "S1", "S2", "S3", "S4", "S5"};

static void subject_add(lkv_frame *frame, const char *subject)
{
    static const char *const steps[] = {"A", "C", "E", "F", "-", NULL};
    static const uint16_t graded[] = {1, 2, 3, 4, DASH};
    static const int32_t points[] = {0, 20, 15, 10, 0};
    lkv_outcome outcome = {
        .id = "grade", .subject = subject, .kind = LKV_LEVELS};
    outcome.axis = axis_add(frame, subject, steps);
    for (size_t leaf = 1; leaf < DASH; leaf++) {
        outcome.grade[leaf] = true;
        outcome.points[leaf] = points[leaf];
    }
    lkv_cube_group_add(frame->cube, outcome.axis, "graded", graded, 5);
    lkv_cube_group_add(frame->cube, outcome.axis, "passed", graded, 3);
    g_array_append_val(frame->outcomes, outcome);
}

static district *six_subjects(void)
{
    static const lkv_measure_spec asked[] = {{.measure = "subject_profile"},
                                             {.measure = "subject_profiles"}};
    district *place = schools_of_cases(32);
    lkv_panel *panel = place->panel;
    lkv_frame *frame = panel->frame;
    size_t first = lkv_cube_axes(frame->cube), rows = panel->rows;
    panel->leaf = g_renew(uint16_t *, panel->leaf, first + SUBJECTS);
    panel->outcome_variable = g_renew(uint16_t, panel->outcome_variable,
                                      frame->outcomes->len + SUBJECTS);
    for (size_t k = 0; k < SUBJECTS; k++) {
        panel->outcome_variable[frame->outcomes->len] = LKV_NO_VALUE;
        subject_add(frame, names[k]);
        panel->leaf[first + k] = g_new0(uint16_t, rows + 1);
        for (size_t i = 0; i < rows; i++) {
            int64_t y = panel->variable[0].value[i];
            int64_t x = panel->variable[2].value[i];
            int64_t step = (y + (int64_t)k * x + 3 * (int64_t)k) % 5;
            panel->leaf[first + k][i] = (uint16_t)(1 + step);
        }
    }
    place->study.measures = asked;
    place->study.measure_count = G_N_ELEMENTS(asked);
    return place;
}

static const lkv_estimate *told(const district *place, const char *subject,
                                const char *component)
{
    const lkv_frame *frame = place->panel->frame;
    lkv_key key = {.population =
                       lkv_frame_population_find(frame, "final", 2025),
                   .outcome = lkv_frame_outcome_find(frame, "grade", subject),
                   .measure = lkv_frame_measure_find(frame, "subject_profile"),
                   .component = lkv_frame_component_find(frame, component),
                   .group = LKV_NO_VALUE,
                   .reference = LKV_NO_VALUE};
    for (int target = 0; target <= LKV_SCHOOLS_LIKE_THESE; target++) {
        key.target = (uint16_t)target;
        const lkv_estimate *estimate = lkv_results_find(place->results, &key);
        if (estimate) {
            return estimate;
        }
    }
    return NULL;
}

static void test_profile(void **state)
{
    (void)state;
    g_autoptr(district) place = six_subjects();
    district_run(place);
    const lkv_estimate *sd = told(place, "S1", "sigma_b");
    assert_non_null(sd);
    assert_close(sd->real, 1.13825011488361, 1e-12);
    assert_close(sd->low, 0, 0);
    assert_close(sd->high, 2.09585923718468, 1e-10);
    assert_int_equal(sd->n, -1);
    assert_int_equal(sd->unit_of_value, LKV_UNIT_POINTS);
    assert_int_equal(sd->claim.stat, LKV_OTHER);
    assert_int_equal(sd->from[0].stat, LKV_SHARE);
    assert_close(told(place, "S1", "icc_anova")->real, -0.0198583402111619,
                 1e-12);
    assert_close(told(place, "S1", "f_p")->real, 0.6304582369577333, 1e-10);
    /* a subject whose steps are worth nothing is not asked about */
    assert_null(told(place, "MA", "sigma_b"));
}

static void test_pooled(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"subject_profiles/sigma2", VALUE, 1.2362451450125},
        {"subject_profiles/sigma2", ERROR, 2.1789446869859},
        {"subject_profiles/sigma", VALUE, 1.1118656146372},
        {"subject_profiles/sigma", LOW, 0},
        {"subject_profiles/sigma", HIGH, 2.3833237575022},
        {"subject_profiles/sigma", DF, 31},
        {"subject_profiles/sigma", N, -1},
    };
    g_autoptr(district) place = six_subjects();
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-10);
    const lkv_estimate *sd = ask(place, "subject_profiles/sigma");
    assert_int_equal(sd->claim.stat, LKV_OTHER);
    assert_int_equal(sd->from[0].stat, LKV_COUNT);
    assert_int_equal(sd->from[0].base.terms, 0);
}

/* The tally's own numbers: grades of A, A, C, E, F and a dash. */
static void test_variable(void **state)
{
    (void)state;
    static const uint16_t leaves[SUBJECTS] = {1, 1, 2, 3, 4, DASH};
    /* mean 65/5 = 13 */
    static const int64_t wanted[SUBJECTS] = {7000,  7000,   2000,
                                             -3000, -13000, 0};
    g_autoptr(district) place = six_subjects();
    lkv_frame *frame = place->panel->frame;
    for (size_t k = 0; k < SUBJECTS; k++) {
        uint16_t number = lkv_frame_outcome_find(frame, "grade", names[k]);
        lkv_axis axis = lkv_frame_outcome(frame, number)->axis;
        place->panel->leaf[axis][0] = leaves[k];
        for (size_t i = 1; i < place->panel->rows; i++) {
            place->panel->leaf[axis][i] = k < 4 ? 1 : DASH; /* four grades */
        }
    }
    for (size_t k = 0; k < SUBJECTS; k++) {
        uint16_t number = lkv_frame_outcome_find(frame, "grade", names[k]);
        lkv_tally_spec spec = {
            .variables = 1,
            .variable = {(uint16_t)(LKV_TALLY_PROFILE | number)}};
        lkv_tally **tally =
            lkv_tallies_fill(place->panel, &spec, 1, (lkv_crew){.threads = 1});
        assert_int_equal(tally[0]->n[0], leaves[k] != DASH);
        assert_true(tally[0]->sum[0] == wanted[k]);
        assert_int_equal(tally[0]->decimals[0], 3);
        lkv_tallies_free(tally, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_profile),
        cmocka_unit_test(test_pooled),
        cmocka_unit_test(test_variable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
