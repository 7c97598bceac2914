/* Classes in schools against R 4.2, with nested() of tests/unit/stat's
 * reference.R, for d <- cases(32, 4, 25), i <- seq_len(nrow(d)) - 1:
 *
 *   k <- i %% 7 != 3; v <- nested(d$y[k], d$school[k], paste(d$school, i %%
 *   2)[k]); v/sum(v), and the delete-one-school jackknife of it
 */
#include "check.h"

#include "unit/measure/invented.h"

static const lkv_measure_spec asked = {.measure = "classes_in_schools"};

/* Pupil I is in class I % CLASSES; each SEVENTH in none that is known. */
static district *schools_of_classes(size_t schools, uint32_t classes)
{
    district *place = schools_of_cases(schools);
    place->study.measures = &asked;
    place->study.measure_count = 1;
    place->panel->class_number = g_new0(uint32_t, place->panel->rows + 1);
    for (uint32_t i = 0; i < place->panel->rows; i++) {
        place->panel->class_number[i] = i % 7 == 3 ? LKV_NO_CLASS : i % classes;
    }
    return place;
}

static const fact facts[] = {
    {"classes_in_schools/sigma2_school score", VALUE, 19.0138802009047225},
    {"classes_in_schools/sigma2_class score", VALUE, 4.3760665400880328},
    {"classes_in_schools/sigma2_pupil score", VALUE, 120.4848195329087730},
    {"classes_in_schools/school_share score", VALUE, 0.1321557677786740},
    {"classes_in_schools/school_share score", ERROR, 0.0829182778695106},
    {"classes_in_schools/class_share score", VALUE, 0.0304158029473848},
    {"classes_in_schools/class_share score", ERROR, 0.0637835564374000},
    {"classes_in_schools/class_share score", LOW, -0.0996716180656766},
    {"classes_in_schools/class_share score", HIGH, 0.1605032239604462},
    {"classes_in_schools/class_share score", DF, 31},
    {"classes_in_schools/class_share score", N, -1},
};

/* lme4 1.1: lmer(y ~ 1 + (1 | school/class)), whose classes have no variance.
 */
static const fact mixed[] = {
    {"classes_in_schools/reml_class score", VALUE, 0},
    {"classes_in_schools/reml_school score", VALUE, 21.4423875594},
    {"classes_in_schools/reml_pupil score", VALUE, 121.911223006},
    {"classes_in_schools/reml_intercept score", VALUE, 37.9686117384},
    {"classes_in_schools/reml_intercept score", ERROR, 1.13843577476},
    {"classes_in_schools/reml_crit score", VALUE, 1709.98366431},
};

static void test_shares(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_classes(32, 2);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-10);
    check_facts(place, mixed, G_N_ELEMENTS(mixed), 1e-6);
    assert_int_equal(ask(place, "classes_in_schools/reml_class score")->notes,
                     LKV_NOTE_BOUNDARY);
    const lkv_estimate *share =
        ask(place, "classes_in_schools/class_share score");
    assert_int_equal(share->claim.stat, LKV_OTHER);
    assert_int_equal(share->froms, 1);
}

static void test_refused(void **state)
{
    (void)state;
    g_autoptr(district) one = schools_of_classes(32, 1);
    district_run(one);
    assert_int_equal(ask(one, "classes_in_schools/class_share score")->reason,
                     LKV_REASON_ONE_CLASS);
    g_autoptr(district) few = schools_of_classes(9, 2);
    district_run(few);
    assert_int_equal(ask(few, "classes_in_schools/class_share score")->reason,
                     LKV_REASON_FEW_SCHOOLS);
}

/* No classes in the tables: not asked. */
static void test_without(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_cases(32);
    place->study.measures = &asked;
    place->study.measure_count = 1;
    district_run(place);
    assert_int_equal(lkv_results_size(place->results), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
