/* The same pupils in two stages, by hand. */
#include "check.h"

#include "unit/measure/fact.h"

static const lkv_measure_spec asked = {.measure = "way_to_goals"};

/* Pupils by (earlier, now, sex, school, how many). */
static const struct {
    int earlier, now, sex;
    const char *school;
    int count;
} rows[] = {
    {NO, YES, F, "a", 6},      {NO, NO, F, "a", 9},
    {NO, NO, M, "b", 5},       {YES, YES, F, "a", 20},
    {YES, YES, M, "b", 30},    {YES, NO, M, "b", 10},
    {UNKNOWN, YES, F, "a", 4}, {UNKNOWN, NO, M, "b", 2},
    {NO, UNKNOWN, M, "b", 3},
};

static district *travellers(bool followed)
{
    pupil pupils[100];
    int earlier[100];
    size_t count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        for (int k = 0; k < rows[i].count; k++) {
            earlier[count] = rows[i].earlier;
            pupils[count++] = (pupil){.year = 2025,
                                      .school = rows[i].school,
                                      .sex = rows[i].sex,
                                      .pass = rows[i].now,
                                      .score = NO_SCORE};
        }
    }
    district *place = district_new(pupils, count, 0);
    place->study.measures = &asked;
    place->study.measure_count = 1;
    if (!followed) {
        return place;
    }
    static const char *const answers[] = {"yes", "no", NULL};
    static const uint16_t known[] = {YES, NO};
    lkv_frame *frame = place->panel->frame;
    lkv_axis axis = axis_add(frame, LKV_AXIS_EARLIER, answers);
    lkv_cube_group_add(frame->cube, axis, "known", known, 2);
    place->panel->leaf =
        g_renew(uint16_t *, place->panel->leaf, lkv_cube_axes(frame->cube));
    place->panel->leaf[axis] = g_new0(uint16_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        place->panel->leaf[axis][i] = (uint16_t)earlier[i];
    }
    return place;
}

static void test_shares(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"way_to_goals/recovered pass", VALUE, 6.0 / 20},
        {"way_to_goals/recovered pass", N, 20},
        {"way_to_goals/recovered pass", SCHOOLS, 2},
        {"way_to_goals/lost pass", VALUE, 10.0 / 60},
        {"way_to_goals/lost pass", N, 60},
        {"way_to_goals/visible_before pass", VALUE, 14.0 / 24},
        {"way_to_goals/visible_before pass", N, 24},
        {"way_to_goals/followed pass", VALUE, 80.0 / 86},
        {"way_to_goals/recovered pass sex=f", VALUE, 6.0 / 15},
        {"way_to_goals/recovered pass sex=m", VALUE, 0},
        {"way_to_goals/lost pass sex=m", VALUE, 10.0 / 40},
        {"way_to_goals/lost pass sex=f", VALUE, 0},
        {"way_to_goals/followed pass sex=m", VALUE, 45.0 / 47},
        /* within schools: a 6 of 15, b 0 of 5; z = (y - share)/20 */
        {"way_to_goals/recovered pass", DF, 18},
        {"way_to_goals/recovered pass", ERROR, 0.09819805060619657},
    };
    g_autoptr(district) place = travellers(true);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-14);
}

static void test_claims(void **state)
{
    (void)state;
    g_autoptr(district) place = travellers(true);
    district_run(place);
    const lkv_cube *cube = place->panel->frame->cube;
    lkv_axis axis = lkv_cube_axis_find(cube, LKV_AXIS_EARLIER);
    lkv_axis pass = lkv_cube_axis_find(cube, "pass");
    const lkv_estimate *of = ask(place, "way_to_goals/visible_before pass");
    assert_int_equal(of->claim.stat, LKV_SHARE);
    assert_int_equal(lkv_where_on(&of->claim.base, pass)->value, NO);
    assert_true(lkv_where_on(&of->claim.base, axis)->value & LKV_GROUP_BIT);
    assert_int_equal(lkv_where_on(&of->claim.part, axis)->value, NO);
    assert_true(lkv_where_equal(&of->pupils, &of->claim.base));
}

/* A few pupils who are in one stage alone could be told. */
static void test_few_others(void **state)
{
    (void)state;
    static const int64_t only[] = {0, 1, 9, 10};
    for (size_t i = 0; i < G_N_ELEMENTS(only); i++) {
        g_autoptr(district) place = travellers(true);
        lkv_frame *frame = place->panel->frame;
        lkv_population before = {
            .id = "middle-2022", .stage = "middle", .year = 2022};
        lkv_cube_population_add(frame->cube, before.id);
        g_array_append_val(frame->populations, before);
        lkv_overlap overlap = {.a = 0, .b = 1, .only_b = only[i]};
        g_array_append_val(frame->overlaps, overlap);
        district_run(place);
        bool few = only[i] > 0 && only[i] < 10;
        assert_int_equal(ask(place, "way_to_goals/lost pass")->reason,
                         few ? LKV_REASON_FEW_OTHERS : LKV_REASON_NONE);
    }
}

static void test_nobody_followed(void **state)
{
    (void)state;
    g_autoptr(district) place = travellers(false);
    district_run(place);
    assert_int_equal(lkv_results_size(place->results), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_claims),
        cmocka_unit_test(test_few_others),
        cmocka_unit_test(test_nobody_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
