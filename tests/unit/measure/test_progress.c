/* Progress from earlier points, against R 4.2 with d <- cases(32, 4, 25), x
 * being the earlier points:
 *
 *   m <- lm(y ~ x, d); clubSandwich::coef_test(m, vcov = "CR2", cluster =
 *   d$school, test = "Satterthwaite"); the same of lm(y ~ x + z), x above 0
 *   lme4::lmer(y ~ x + (1 | school), d), by the root of test_intake.c
 */
#include "check.h"

#include "unit/measure/invented.h"

static const lkv_measure_spec asked = {.measure = "progress"};

static district *followed(size_t schools)
{
    district *place = schools_of_cases(schools);
    lkv_panel *panel = place->panel;
    panel->variable = g_renew(lkv_variable, panel->variable, 4);
    panel->variable[3] = panel->variable[2];
    panel->variable[3].id = LKV_VARIABLE_EARLIER;
    panel->variable[3].value = g_memdup2(panel->variable[2].value,
                                         (panel->rows + 1) * sizeof(int64_t));
    panel->variables = 4;
    place->study.measures = &asked;
    place->study.measure_count = 1;
    return place;
}

static void test_all(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"progress/slope score", VALUE, 2.0451009062944},
        {"progress/slope score", ERROR, 0.27339479604807},
        {"progress/slope score", DF, 22.800682326795},
        {"progress/slope score", LOW, 1.4792669858189},
        {"progress/slope score", HIGH, 2.6109348267699},
        {"progress/r2 score", VALUE, 0.26297146799665},
        {"progress/tau2 score", VALUE, 23.341628790648},
        {"progress/sigma2 score", VALUE, 78.663176708613},
        {"progress/icc score", VALUE, 0.22882871720017},
        {"progress/explained score", VALUE, -0.30916566361358},
        {"progress/crit score", VALUE, 1893.0892138613},
        {"progress/slope score", N, -1},
    };
    g_autoptr(district) place = followed(32);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-9);
    assert_close(ask(place, "progress/intercept score")->real, 25.27596348415,
                 1e-6);
    const lkv_estimate *slope = ask(place, "progress/slope score");
    assert_int_equal(slope->claim.stat, LKV_OTHER);
    assert_int_equal(slope->froms, 1);
    assert_null(find(place, "progress/slope score @a0"));
}

static void test_gap(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"progress/gap score origin=abroad:here", VALUE, -3.8663128732453},
        {"progress/gap score origin=abroad:here", ERROR, 1.1697186808542},
        {"progress/gap score origin=abroad:here", DF, 23.043345183884},
        {"progress/gap score origin=abroad:here", N, -1},
    };
    g_autoptr(district) place = followed(32);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-9);
    assert_int_equal(ask(place, "progress/gap score origin=abroad:here")->froms,
                     2);
}

/* Pupils whom nobody followed are not in it, and twenty are asked for. */
static void test_few(void **state)
{
    (void)state;
    g_autoptr(district) place = followed(32);
    lkv_axis origin = lkv_frame_group(place->panel->frame, 1)->axis;
    size_t kept = 0;
    for (size_t i = 0; i < place->panel->rows; i++) {
        bool abroad = place->panel->leaf[origin][i] == ABROAD;
        if (abroad && kept++ >= 19) {
            place->panel->variable[3].value[i] = LKV_NONE;
        }
    }
    district_run(place);
    assert_int_equal(
        ask(place, "progress/gap score origin=abroad:here")->reason,
        LKV_REASON_FEW_PUPILS);
    assert_int_equal(ask(place, "progress/slope score")->reason,
                     LKV_REASON_NONE);
    g_autoptr(district) none = followed(2);
    district_run(none);
    assert_null(find(none, "progress/slope score"));
}

static void test_without(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_cases(8);
    place->study.measures = &asked;
    place->study.measure_count = 1;
    district_run(place);
    assert_int_equal(lkv_results_size(place->results), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all),
        cmocka_unit_test(test_gap),
        cmocka_unit_test(test_few),
        cmocka_unit_test(test_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
