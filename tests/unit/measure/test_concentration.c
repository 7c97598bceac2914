/* Results in the order of background against R 4.2, for d <- cases(32, 4, 25)
 * of tests/unit/stat and r <- (rank(d$x) - .5)/nrow(d):
 *
 *   2 * mean((y - mean(y)) * (r - .5))/mean(y), its error by moving each
 *   pupil's weight a little; mean and error of y[r > (k - 1)/10 & r <= k/10]
 *   with the variance within schools; and each pupil three times, the share
 *   with (rank(y) - .5)/n >= .75 among those with r <= .25, Wilson.
 */
#include "check.h"

#include "unit/measure/invented.h"

static const fact of_covariate[] = {
    {"concentration/index score", VALUE, 0.0903653361336275},
    {"concentration/index score", ERROR, 0.0100523605054156},
    {"concentration/index score", LOW, 0.0705569964803995},
    {"concentration/index score", HIGH, 0.1101736757868556},
    {"concentration/index score", DF, 226},
    {"concentration/index score", N, 258},
    {"background_curve/tenth_1 score", VALUE, 27.68181818181818},
    {"background_curve/tenth_1 score", ERROR, 1.35768643084667},
    {"background_curve/tenth_1 score", LOW, 24.61051809744447},
    {"background_curve/tenth_6 score", VALUE, 38.96551724137931},
    {"background_curve/tenth_10 score", VALUE, 45.75},
    {"background_curve/tenth_10 score", DF, 16},
    {"background_curve/tenth_10 score", N, -1},
};

static void ends_set(district *place, int64_t least, int64_t most)
{
    lkv_outcome *score =
        &g_array_index(place->panel->frame->outcomes, lkv_outcome, 0);
    score->least = least;
    score->most = most;
}

static void test_covariate(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_cases(32);
    ses_known(place);
    ends_set(place, 0, 100);
    district_run(place);
    check_facts(place, of_covariate, G_N_ELEMENTS(of_covariate), 1e-7);
    const lkv_estimate *index = ask(place, "concentration/index score");
    assert_close(index->real, 0.0903653361336275, 1e-13);
    assert_int_equal(index->notes, LKV_NOTE_NONE);
    assert_int_equal(index->froms, 1);
    assert_int_equal(index->claim.stat, LKV_OTHER);
    /* 19 pupils */
    assert_int_equal(ask(place, "background_curve/tenth_8 score")->reason,
                     LKV_REASON_FEW_PUPILS);
    /* 4 of 65 */
    assert_int_equal(ask(place, "resilience/top_quarter score")->reason,
                     LKV_REASON_FEW_PUPILS);
}

static const fact of_more[] = {
    {"resilience/top_quarter score", VALUE, 4.0 / 65},
    {"resilience/top_quarter score", ERROR, 0.0159245898309774},
    {"resilience/top_quarter score", LOW, 0.0370170703345365},
    {"resilience/top_quarter score", HIGH, 0.1006066169112421},
};

static void test_resilience(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_more(32, 3);
    ses_known(place);
    district_run(place);
    check_facts(place, of_more, G_N_ELEMENTS(of_more), 1e-12);
    assert_null(find(place, "resilience/reached score"));
}

/* Makes the group origin parental education. */
static void education_made(district *place, const char *const *levels)
{
    lkv_frame *frame = place->panel->frame;
    lkv_group *group = &g_array_index(frame->groups, lkv_group, 1);
    group->id = "parental_education";
    group->built_in = true;
    group->axis = axis_add(frame, "education", levels);
    size_t axes = lkv_cube_axes(frame->cube);
    place->panel->leaf = g_renew(uint16_t *, place->panel->leaf, axes);
    place->panel->leaf[group->axis] =
        g_memdup2(place->panel->leaf[2], place->panel->rows * sizeof(uint16_t));
}

/* Without a covariate: by parental education, of those whose it is known. The
 * order is that of the levels' names, not of their numbers.
 */
static void test_education(void **state)
{
    (void)state;
    static const char *const levels[] = {"high", "low", NULL};
    g_autoptr(district) place = schools_of_cases(32);
    education_made(place, levels);
    ends_set(place, 0, 100);
    district_run(place);
    const lkv_estimate *index = ask(place, "concentration/index score");
    assert_close(index->real, 0.0217718235967023, 1e-13);
    assert_int_equal(index->notes, LKV_NOTE_BY_PARENTAL_EDUCATION);
    assert_int_equal(index->n, -1);
    assert_null(find(place, "background_curve/tenth_1 score"));
    assert_null(find(place, "resilience/top_quarter score"));
}

/* An index of the school: the tenths would be schools. */
static void test_of_schools(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_more(32, 3);
    lkv_panel *panel = place->panel;
    for (size_t i = 0; i < panel->rows; i++) {
        panel->variable[2].value[i] = panel->leaf[panel->frame->school][i] % 20;
    }
    ses_known(place);
    ends_set(place, 0, 100);
    district_run(place);
    assert_int_equal(ask(place, "background_curve/tenth_5 score")->reason,
                     LKV_REASON_OF_SCHOOLS);
    assert_int_equal(ask(place, "resilience/top_quarter score")->reason,
                     LKV_REASON_OF_SCHOOLS);
    assert_int_equal(ask(place, "concentration/index score")->reason,
                     LKV_REASON_NONE);
}

static void test_without(void **state)
{
    (void)state;
    g_autoptr(district) nothing = schools_of_cases(32);
    district_run(nothing);
    assert_null(find(nothing, "concentration/index score"));
    g_autoptr(district) below = schools_of_cases(32);
    ses_known(below);
    ends_set(below, -10, 100);
    district_run(below);
    assert_int_equal(ask(below, "concentration/index score")->reason,
                     LKV_REASON_BELOW_ZERO);
    assert_int_equal(ask(below, "concentration/erreygers score")->reason,
                     LKV_REASON_NONE);
}

/* No number where the scale has no zero to tell it from. */
static void test_inequality(void **state)
{
    (void)state;
    static const lkv_measure_spec asked = {.measure = "inequality"};
    static const struct {
        int64_t least;
        lkv_reason gini, mld;
    } scales[] = {
        {-10, LKV_REASON_BELOW_ZERO, LKV_REASON_FROM_ZERO},
        {0, LKV_REASON_NONE, LKV_REASON_FROM_ZERO},
        {1, LKV_REASON_NONE, LKV_REASON_NONE},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(scales); i++) {
        g_autoptr(district) place = schools_of_cases(32);
        place->study.measures = &asked;
        place->study.measure_count = 1;
        ends_set(place, scales[i].least, 100);
        district_run(place);
        const lkv_estimate *gini = ask(place, "inequality/gini score");
        assert_int_equal(gini->reason, scales[i].gini);
        assert_int_equal(gini->n, 258);
        const lkv_estimate *mld = ask(place, "inequality/mld_between score");
        assert_int_equal(mld->reason, scales[i].mld);
        assert_null(find(place, "mean score"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_covariate), cmocka_unit_test(test_resilience),
        cmocka_unit_test(test_education), cmocka_unit_test(test_of_schools),
        cmocka_unit_test(test_without),   cmocka_unit_test(test_inequality),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
