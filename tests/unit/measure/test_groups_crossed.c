/* Two groups at once: a few pupils by hand, hsb82 by R 4.2:
 *
 *   k <- sx == "Female" & minrty == "Yes"; v <- mAch[k]; mean and share of v
 *   >= 12, variance within schools, t with N - J, Wilson with p(1 - p)/V
 */
#include "check.h"

#include "unit/measure/fact.h"
#include "unit/measure/reference.h"
#include "unit/measure/small.h"

static const lkv_measure_spec asked = {.measure = "groups_crossed"};

static void test_by_hand(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"groups_crossed/origin.here score sex=f", VALUE, 10},
        {"groups_crossed/origin.here score sex=f", N, 1},
        {"groups_crossed/origin.abroad score sex=f", VALUE, 30},
        {"groups_crossed/origin.abroad score sex=m", VALUE, 50},
        {"groups_crossed/origin.here pass sex=m", VALUE, 0},
        {"groups_crossed/origin.here pass sex=m", N, 1},
        {"groups_crossed/origin.abroad pass sex=f", VALUE, 1},
        {"groups_crossed/origin.abroad pass sex=f", SCHOOLS, 1},
    };
    g_autoptr(district) place = two_schools();
    place->study.measures = &asked;
    place->study.measure_count = 1;
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-15);
    /* each pair of groups once */
    assert_null(find(place, "groups_crossed/sex.f score origin=here"));
}

/* The claim says whom it is about, with both groups. */
static void test_claim(void **state)
{
    (void)state;
    g_autoptr(district) place = two_schools();
    place->study.measures = &asked;
    place->study.measure_count = 1;
    district_run(place);
    const lkv_frame *frame = place->panel->frame;
    lkv_axis sex = lkv_cube_axis_find(frame->cube, "sex");
    lkv_axis origin = lkv_cube_axis_find(frame->cube, "origin");
    const lkv_estimate *of =
        ask(place, "groups_crossed/origin.abroad pass sex=m");
    assert_int_equal(of->claim.stat, LKV_SHARE);
    assert_int_equal(lkv_where_on(&of->claim.base, sex)->value, M);
    assert_int_equal(lkv_where_on(&of->claim.base, origin)->value, ABROAD);
    assert_int_equal(of->claim.base.terms, 3);
    assert_true(lkv_where_equal(&of->pupils, &of->claim.base));
    assert_false(of->has_absent);
}

/* Of a variant of one origin only that one is told. */
static void test_variant(void **state)
{
    (void)state;
    g_autoptr(district) place = two_schools();
    lkv_axis origin = lkv_cube_axis_find(place->panel->frame->cube, "origin");
    variant_add(place, "here_only", (lkv_term){origin, HERE});
    place->study.measures = &asked;
    place->study.measure_count = 1;
    district_run(place);
    assert_non_null(
        find(place, "groups_crossed/origin.here score +here_only sex=f"));
    assert_null(
        find(place, "groups_crossed/origin.abroad score +here_only sex=f"));
}

static void test_hsb82(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"groups_crossed/origin.abroad score sex=f", N, 1065},
        {"groups_crossed/origin.abroad score sex=f", VALUE, 9.106734272300470},
        {"groups_crossed/origin.abroad score sex=f", ERROR, 0.168434917324107},
        {"groups_crossed/origin.abroad score sex=f", DF, 955},
        {"groups_crossed/origin.abroad score sex=f", LOW, 8.776188977475780},
        {"groups_crossed/origin.abroad score sex=f", SCHOOLS, 110},
        {"groups_crossed/origin.abroad pass sex=f", VALUE, 0.3295774647887324},
        {"groups_crossed/origin.abroad pass sex=f", ERROR, 0.0130713583279871},
        {"groups_crossed/origin.abroad pass sex=f", LOW, 0.3044958040973982},
        {"groups_crossed/origin.abroad pass sex=f", HIGH, 0.3556686116229765},
    };
    static const dataset set = {.file = "hsb82.csv",
                                .delimiter = ",",
                                .school = "school",
                                .score = "mAch",
                                .decimals = 3,
                                .pass_at = 12000,
                                .sex = "sx",
                                .male = "Male",
                                .origin = "minrty",
                                .abroad = "Yes"};
    g_autoptr(district) place = reference_read(&set);
    if (!place) {
        skip();
        return;
    }
    place->study.measures = &asked;
    place->study.measure_count = 1;
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_claim),
        cmocka_unit_test(test_variant),
        cmocka_unit_test(test_hsb82),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
