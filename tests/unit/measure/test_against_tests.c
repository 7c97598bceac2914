/* Grades held against tests, by hand: 20 pupils at school a, 30 at b. */
#include "check.h"

#include "unit/measure/fact.h"

typedef struct lot {
    const char *school;
    int test, grade, count;
} lot;

static district *district_of(const lot *lots, size_t count)
{
    pupil pupils[200];
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        for (int k = 0; k < lots[i].count; k++) {
            pupils[all++] = (pupil){.year = 2025,
                                    .school = lots[i].school,
                                    .score = NO_SCORE,
                                    .grade = lots[i].grade,
                                    .test = lots[i].test};
        }
    }
    return district_new(pupils, all, 0);
}

/* a: 10 F of which 6 are raised, 10 E of which 1 is lowered; b: 20 F of which 5
 * are raised, 10 E of which 2 are raised and 1 is lowered.
 */
static const lot lots[] = {
    {"a", GRADE_F, GRADE_E, 6},    {"a", GRADE_F, GRADE_F, 4},
    {"a", GRADE_E, GRADE_E, 9},    {"a", GRADE_E, GRADE_F, 1},
    {"b", GRADE_F, GRADE_E, 5},    {"b", GRADE_F, GRADE_F, 15},
    {"b", GRADE_E, GRADE_C, 2},    {"b", GRADE_E, GRADE_E, 7},
    {"b", GRADE_E, GRADE_F, 1},    {"b", GRADE_DASH, GRADE_E, 2},
    {"b", GRADE_E, GRADE_DASH, 3}, {"b", UNKNOWN, GRADE_A, 1},
};

static void test_figures(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"against_tests/lower grade", VALUE, 2.0 / 50},
        {"against_tests/equal grade", VALUE, 35.0 / 50},
        {"against_tests/higher grade", VALUE, 13.0 / 50},
        {"against_tests/net grade", VALUE, 11.0 / 50},
        /* Wilson, prop.test(13, 50, correct = FALSE) */
        {"against_tests/higher grade", LOW, 0.15871527493552387},
        {"against_tests/higher grade", HIGH, 0.39553157264848832},
        {"against_tests/coverage grade", VALUE, 50.0 / 53},
        {"against_tests/net grade @a", VALUE, 5.0 / 20},
        /* b: F 5/20, E 1/10, half of each at a */
        {"against_tests/net_expected grade @a", VALUE, 0.175},
        {"against_tests/net_difference grade @a", VALUE, 0.075},
        /* a: F 6/10, E -1/10 */
        {"against_tests/net_expected grade @b", VALUE, 11.0 / 30},
        {"against_tests/net grade @b", VALUE, 6.0 / 30},
        {"against_tests/net grade @b", N, 36},
    };
    g_autoptr(district) place = district_of(lots, G_N_ELEMENTS(lots));
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
    const lkv_estimate *net = ask(place, "against_tests/net grade @a");
    const lkv_estimate *of =
        ask(place, "against_tests/net_difference grade @a");
    assert_close(of->low, net->low - 0.175, 1e-12);
    assert_close(of->high, net->high - 0.175, 1e-12);
    assert_int_equal(of->froms, 2);
    assert_int_equal(of->claim.stat, LKV_OTHER);
}

static void test_too_few(void **state)
{
    (void)state;
    static const lot few[] = {
        {"a", GRADE_F, GRADE_E, 14}, {"a", UNKNOWN, GRADE_E, 1},
        {"b", GRADE_F, GRADE_E, 20}, {"b", UNKNOWN, GRADE_E, 6},
        {"c", UNKNOWN, UNKNOWN, 5},
    };
    g_autoptr(district) place = district_of(few, G_N_ELEMENTS(few));
    district_run(place);
    assert_int_equal(ask(place, "against_tests/net grade @a")->reason,
                     LKV_REASON_FEW_TESTED);
    assert_int_equal(
        ask(place, "against_tests/net_difference grade @b")->reason,
        LKV_REASON_LOW_COVERAGE);
    assert_null(find(place, "against_tests/net grade @c"));
    assert_int_equal(ask(place, "against_tests/net grade")->reason,
                     LKV_REASON_NONE);
    static const lot none[] = {{"a", UNKNOWN, GRADE_E, 20}};
    g_autoptr(district) untested = district_of(none, 1);
    district_run(untested);
    assert_null(find(untested, "against_tests/net grade"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_too_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
