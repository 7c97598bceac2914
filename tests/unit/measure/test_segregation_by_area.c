/* The spread of a group over areas and within them against R 4.2, for d <-
 * cases(32, 4, 25), g <- ifelse(d$x == 0, NA, d$z), a <- d$school %% 3:
 *
 *   M(g, s): p <- prop.table(table(s, g)); q <- outer(rowSums(p), colSums(p));
 *   sum(p * log(p/q)); within as the sum over areas of their share times M of
 *   their own schools; errors by leaving out each school; the mean and the
 *   range of M(sample(g), a) over 20,000 draws; H is M over the entropy of q
 */
#include "check.h"

#include "unit/measure/invented.h"

static const lkv_measure_spec asked[] = {
    {.measure = "segregation_by_area", .between = "origin"},
    {.measure = "segregation", .between = "origin"}};

/* School J is in area J % 3, but for MOVED pupils. */
static district *schools_in_areas(uint32_t moved)
{
    static const char *const names[] = {"north", "south", "west", NULL};
    district *place = schools_of_cases(32);
    lkv_panel *panel = place->panel;
    lkv_frame *frame = panel->frame;
    lkv_group area = {.id = "area", .reference = 1};
    area.axis = axis_add(frame, "area", names);
    g_array_append_val(frame->groups, area);
    panel->leaf = g_renew(uint16_t *, panel->leaf, lkv_cube_axes(frame->cube));
    panel->leaf[area.axis] = g_new0(uint16_t, panel->rows + 1);
    for (size_t i = 0; i < panel->rows; i++) {
        uint16_t school = panel->leaf[frame->school][i];
        panel->leaf[area.axis][i] = (uint16_t)(1 + (school + (i < moved)) % 3);
    }
    place->study.measures = asked;
    place->study.measure_count = G_N_ELEMENTS(asked);
    place->study.replicates = 999;
    return place;
}

static const fact facts[] = {
    {"segregation_by_area/between.area origin=", VALUE, 0.00186126004136291},
    {"segregation_by_area/between.area origin=", ERROR, 0.00450115990558457},
    {"segregation_by_area/between.area origin=", LOW, 0},
    {"segregation_by_area/between.area origin=", HIGH, 0.011041436193183},
    {"segregation_by_area/between.area origin=", DF, 31},
    {"segregation_by_area/within.area origin=", VALUE, 0.0562124845641681},
    {"segregation_by_area/within.area origin=", ERROR, 0.01581492614418963},
    {"segregation_by_area/within.area origin=", LOW, 0.0239577300393273},
    {"segregation/information origin=", VALUE, 0.0580737446055310},
    {"segregation/information origin=", ERROR, 0.01577908217033549},
    {"segregation/information origin=", LOW, 0.02589209434733796},
    {"segregation/information origin=", HIGH, 0.09025539486372405},
    {"segregation/theil_h origin=", VALUE, 0.09371191971312118},
    {"segregation/theil_h origin=", ERROR, 0.02628624179075480},
    {"segregation/theil_h origin=", HIGH, 0.14732306330059278},
};

static void test_parts(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_in_areas(0);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
    const lkv_estimate *random =
        ask(place, "segregation_by_area/between_random.area origin=");
    assert_close(random->real, 0.004009688, 0.0012);
    assert_close(random->high, 0.014676390, 0.005);
    /* a <- table(s, g)[, 2]; t <- rowSums(table(s, g)); sum(a/sum(a) * a/t) */
    const lkv_estimate *met = ask(place, "segregation/isolation_random "
                                         "origin=abroad");
    const lkv_estimate *others = ask(place, "segregation/exposure_random "
                                            "origin=abroad");
    assert_close(met->real, 0.39636200548, 0.003);
    assert_close(met->low, 0.36148021316, 0.01);
    assert_close(met->high, 0.43933475425, 0.01);
    assert_close(others->real, 1 - met->real, 1e-12);
    assert_int_equal(random->claim.stat, LKV_OTHER);
    assert_int_equal(random->froms, 2);
}

/* A group that differs inside a school is no area. */
static void test_no_area(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_in_areas(1);
    district_run(place);
    assert_null(find(place, "segregation_by_area/between.area origin="));
    assert_null(find(place, "segregation_by_area/between.sex origin="));
    assert_non_null(find(place, "segregation/information origin="));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_no_area),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
