/* What is asked: by kind, population, variant and group, as far as the study
 * wants it; and words that a study cannot mean.
 */
#include "check.h"

#include "measure/plan.h"
#include "unit/measure/small.h"

/* The questions of all chapters, lent. */
static GPtrArray *asked_of(const lkv_plan *plan)
{
    GPtrArray *asked = g_ptr_array_new();
    for (size_t i = 0; i < lkv_plan_chapters(plan); i++) {
        const GArray *own = lkv_plan_chapter(plan, i)->asked;
        for (guint k = 0; k < own->len; k++) {
            g_ptr_array_add(asked, &g_array_index(own, lkv_asked, k));
        }
    }
    return asked;
}

static size_t asked_count(const lkv_plan *plan, const char *measure)
{
    size_t count = 0;
    g_autoptr(GPtrArray) asked = asked_of(plan);
    for (guint i = 0; i < asked->len; i++) {
        const lkv_asked *at = g_ptr_array_index(asked, i);
        count += strcmp(at->measure->id, measure) == 0;
    }
    return count;
}

static lkv_plan *plan_of(district *place)
{
    const lkv_measure *measure = NULL;
    for (size_t i = 0; (measure = lkv_measure_at(i)); i++) {
        lkv_frame_measure(place->panel->frame, measure->id);
    }
    return lkv_plan_make(place->panel, &place->study, (lkv_crew){.threads = 1},
                         place->diag);
}

/* One population, one variant, two groups, an outcome of each kind. */
static void test_by_kind(void **state)
{
    (void)state;
    static const struct {
        const char *measure;
        size_t questions;
    } wanted[] = {
        {"pupils", 3},           {"mean", 3},   {"share", 3},
        {"grades", 3},           {"gap", 4},    {"spread_between_schools", 2},
        {"against_district", 2}, {"change", 2}, {"school_band", 2},
    };
    g_autoptr(district) place = two_schools();
    g_autoptr(lkv_plan) plan = plan_of(place);
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        assert_int_equal(asked_count(plan, wanted[i].measure),
                         wanted[i].questions);
    }
}

/* On request: only where the study names it; default: all that are not. */
static void test_on_request(void **state)
{
    (void)state;
    static const lkv_measure_spec specs[] = {
        {.measure = LKV_MEASURES_DEFAULT, .of = "score"},
        {.measure = "inequality"},
        {.measure = "share"}};
    g_autoptr(district) place = two_schools();
    g_autoptr(lkv_plan) usual = plan_of(place);
    assert_int_equal(asked_count(usual, "inequality"), 0);
    place->study.measures = specs;
    place->study.measure_count = 1;
    g_autoptr(lkv_plan) named = plan_of(place);
    assert_int_equal(asked_count(named, "inequality"), 0);
    assert_int_equal(asked_count(named, "mean"), 3);
    assert_int_equal(asked_count(named, "share"), 0);
    place->study.measure_count = G_N_ELEMENTS(specs);
    g_autoptr(lkv_plan) all = plan_of(place);
    assert_int_equal(asked_count(all, "inequality"), 1);
    assert_int_equal(asked_count(all, "mean"), 3);
    assert_int_equal(asked_count(all, "share"), 3);
}

/* A covariate on request is given only where a measure names it. */
static void test_covariate_on_request(void **state)
{
    (void)state;
    static const char *const ses[] = {"ses", NULL};
    static const lkv_covariate_spec covariates[] = {
        {.id = "ses", .on_request = true}, {.id = "score"}};
    static const lkv_measure_spec specs[] = {
        {.measure = "expected", .given = ses}, {.measure = "gradient"}};
    g_autoptr(district) place = two_schools();
    place->study.background = covariates;
    place->study.background_count = G_N_ELEMENTS(covariates);
    place->study.measures = specs;
    place->study.measure_count = G_N_ELEMENTS(specs);
    g_autoptr(lkv_plan) plan = plan_of(place);
    g_autoptr(GPtrArray) asked = asked_of(plan);
    assert_true(asked->len > 0);
    for (guint i = 0; i < asked->len; i++) {
        const lkv_asked *at = g_ptr_array_index(asked, i);
        bool named = strcmp(at->measure->id, "expected") == 0;
        assert_int_equal(at->question.givens, 1);
        assert_int_equal(
            at->question.given[0],
            lkv_panel_variable(place->panel, named ? "ses" : "score"));
    }
}

/* A chapter is about one outcome, and has each tally that it needs once. */
static void test_chapters(void **state)
{
    (void)state;
    g_autoptr(district) place = two_schools();
    g_autoptr(lkv_plan) plan = plan_of(place);
    size_t needed = 0, count = 0;
    for (size_t i = 0; i < lkv_plan_chapters(plan); i++) {
        const lkv_chapter *chapter = lkv_plan_chapter(plan, i);
        const lkv_tally_spec *spec =
            (const lkv_tally_spec *)(void *)chapter->specs->data;
        uint16_t outcome =
            g_array_index(chapter->asked, lkv_asked, 0).question.outcome;
        for (guint k = 0; k < chapter->asked->len; k++) {
            const lkv_asked *at = &g_array_index(chapter->asked, lkv_asked, k);
            assert_int_equal(at->question.outcome, outcome);
            needed += at->specs;
            for (size_t s = 0; s < at->specs; s++) {
                assert_true(at->spec[s] < chapter->specs->len);
            }
        }
        count += chapter->specs->len;
        for (guint a = 0; a < chapter->specs->len; a++) {
            for (guint b = a + 1; b < chapter->specs->len; b++) {
                assert_false(lkv_tally_spec_equal(&spec[a], &spec[b]));
            }
        }
    }
    assert_int_equal(lkv_plan_chapters(plan), 1 + 3);
    assert_true(count < needed);
}

/* Nobody has the outcome in the population: nothing is asked about one of the
 * rules, which may belong to another stage; of one that the study declares it
 * is told that nobody has it.
 */
static void test_absent_outcome(void **state)
{
    (void)state;
    g_autoptr(district) declared = three_years();
    district_run(declared);
    assert_non_null(find(declared, "mean score"));
    assert_int_equal(ask(declared, "share pass")->reason, LKV_REASON_NO_PUPILS);
    g_autoptr(district) ruled = three_years();
    GArray *outcomes = ruled->panel->frame->outcomes;
    for (guint i = 0; i < outcomes->len; i++) {
        g_array_index(outcomes, lkv_outcome, i).from_rules = true;
    }
    district_run(ruled);
    assert_non_null(find(ruled, "mean score"));
    assert_null(find(ruled, "share pass"));
    assert_null(find(ruled, "grades/A grade"));
}

static void test_narrowed(void **state)
{
    (void)state;
    static const lkv_measure_spec specs[] = {
        {.measure = "mean", .between = "sex"},
        {.measure = "gap", .of = "pass"},
    };
    g_autoptr(district) place = two_schools();
    place->study.measures = specs;
    place->study.measure_count = 2;
    district_run(place);
    assert_non_null(find(place, "mean score"));
    assert_non_null(find(place, "mean score sex=f"));
    assert_null(find(place, "mean score origin=here"));
    assert_non_null(find(place, "gap pass origin=abroad:here"));
    assert_null(find(place, "gap score sex=m:f"));
    assert_null(find(place, "share pass"));
}

static void test_unknown_words(void **state)
{
    (void)state;
    static const char *const few[] = {"income", NULL};
    static const char *const many[] = {"ses", "ses", "ses", "ses", "ses", "ses",
                                       "ses", "ses", "ses", "ses", "ses", "ses",
                                       "ses", "ses", "ses", "ses", NULL};
    static const lkv_measure_spec specs[] = {
        {.measure = "maen"},
        {.measure = "mean", .of = "merit"},
        {.measure = "mean", .between = "age"},
        {.measure = "spread_between_schools", .given = few},
        {.measure = "spread_between_schools", .given = many},
    };
    static const char *const codes[] = {"E-MEASURE-UNKNOWN", "E-MEASURE-WORD",
                                        "E-MEASURE-WORD", "E-MEASURE-WORD",
                                        "E-MEASURE-GIVEN"};
    g_autoptr(district) place = two_schools();
    place->study.measures = specs;
    place->study.measure_count = G_N_ELEMENTS(specs);
    assert_null(lkv_measures_run(place->panel, &place->study,
                                 (lkv_crew){.threads = 1}, place->diag));
    assert_int_equal(lkv_diag_size(place->diag), G_N_ELEMENTS(codes));
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        assert_string_equal(lkv_diag_at(place->diag, i)->code, codes[i]);
    }
    assert_non_null(strstr(lkv_diag_at(place->diag, 0)->fix, "mean"));
}

/* A variant's condition is part of every claim; a leaf that it leaves out is
 * not asked for, and one that it holds stands for it.
 */
static void test_variant(void **state)
{
    (void)state;
    g_autoptr(district) place = two_schools();
    lkv_frame *frame = place->panel->frame;
    lkv_axis origin = lkv_cube_axis_find(frame->cube, "origin");
    const uint16_t leaves[] = {HERE, ABROAD};
    uint16_t known =
        lkv_cube_group_add(frame->cube, origin, "not unknown", leaves, 2);
    variant_add(place, "known", (lkv_term){origin, known});
    district_run(place);
    assert_int_equal(ask(place, "mean score +known")->n, 4);
    assert_int_equal(
        lkv_where_on(&ask(place, "mean score +known")->claim.base, origin)
            ->value,
        known);
    const lkv_estimate *here = ask(place, "mean score +known origin=here");
    assert_int_equal(here->n, 2);
    assert_int_equal(lkv_where_on(&here->claim.base, origin)->value, HERE);
    assert_int_equal(ask(place, "mean score +known sex=f")->n, 2);
    assert_null(find(place, "mean score +known origin=missing"));
    assert_non_null(find(place, "mean score origin=missing"));
}

/* Two conditions of a variant leave no room for a school and a group. */
static void test_terms_fit(void **state)
{
    (void)state;
    g_autoptr(district) place = two_schools();
    lkv_frame *frame = place->panel->frame;
    lkv_term home = {lkv_cube_axis_find(frame->cube, "origin"), HERE};
    lkv_term passed = {lkv_cube_axis_find(frame->cube, "grade.MA"), GRADE_A};
    variant_add(place, "two", home);
    lkv_variant *variant = &g_array_index(frame->variants, lkv_variant, 1);
    variant->where = lkv_where_and(variant->where, passed);
    district_run(place);
    assert_non_null(find(place, "mean score @a +two"));
    assert_null(find(place, "mean score sex=f +two"));
    assert_non_null(find(place, "mean score origin=here +two"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_kind),
        cmocka_unit_test(test_on_request),
        cmocka_unit_test(test_covariate_on_request),
        cmocka_unit_test(test_chapters),
        cmocka_unit_test(test_absent_outcome),
        cmocka_unit_test(test_narrowed),
        cmocka_unit_test(test_unknown_words),
        cmocka_unit_test(test_variant),
        cmocka_unit_test(test_terms_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
