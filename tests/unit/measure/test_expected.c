/* What schools are expected to have: d <- cases(40, 4, 25), d <- rbind(d, d)
 * with y ~ x in R, as in tests/unit/stat/test_expected.c.
 */
#include "check.h"

#include "unit/measure/invented.h"

static const fact facts[] = {
    {"expected/actual score @a1", VALUE, 42.142857142857},
    {"expected/expected score @a1", VALUE, 40.570724557068},
    {"expected/difference score @a1", VALUE, 1.572132585790},
    {"expected/difference score @a1", ERROR, 1.877415519744},
    {"expected/difference score @a1", N, 28},
    {"expected/actual score @a3", VALUE, 47.625000000000},
    {"expected/expected score @a3", VALUE, 37.215416806486},
    {"expected/difference score @a3", VALUE, 10.409583193514},
    {"expected/difference score @a3", ERROR, 2.357486733318},
    {"expected/difference score @a3", N, 16},
};

static void test_schools(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_more(40, 2);
    ses_known(place);
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-9);
    const lkv_estimate *actual = ask(place, "expected/actual score @a1");
    const lkv_estimate *level = ask(place, "mean score @a1");
    const lkv_estimate *apart = ask(place, "expected/difference score @a1");
    const lkv_estimate *drawn = ask(place, "expected/shrunken score @a1");
    assert_close(actual->real, lkv_estimate_value(level), 1e-12);
    assert_true(fabs(drawn->real) < fabs(apart->real));
    assert_int_equal(apart->froms, 2);
    assert_int_equal(apart->n, level->n);
}

/* A school of fewer than 15, a district of fewer than 300 or 15 schools. */
static void test_few(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_more(40, 2);
    ses_known(place);
    district_run(place);
    assert_int_equal(ask(place, "expected/difference score @a5")->reason,
                     LKV_REASON_FEW_PUPILS);
    g_autoptr(district) small = schools_of_cases(32);
    ses_known(small);
    district_run(small);
    assert_int_equal(ask(small, "expected/expected score @a1")->reason,
                     LKV_REASON_FEW_PUPILS);
    g_autoptr(district) schools = schools_of_more(12, 4);
    ses_known(schools);
    district_run(schools);
    assert_int_equal(ask(schools, "expected/expected score @a1")->reason,
                     LKV_REASON_FEW_SCHOOLS);
}

/* No share is expected outside 0 and 1, and the three still add up. */
static void test_share(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_more(40, 2);
    lkv_panel *panel = place->panel;
    lkv_axis pass = lkv_frame_outcome(panel->frame, 1)->axis;
    for (size_t i = 0; i < panel->rows; i++) {
        bool yes = panel->variable[2].value[i] > 0;
        panel->leaf[pass][i] = yes ? YES : NO;
        panel->variable[1].value[i] = yes;
        panel->variable[2].value[i] += yes ? panel->variable[0].value[i] : 0;
    }
    panel->variable[2].most = 1000;
    panel->variable[1].most = 1;
    ses_known(place);
    district_run(place);
    for (size_t j = 1; j < panel->frame->units->len; j++) {
        const char *id = lkv_frame_unit(panel->frame, j)->id;
        g_autofree char *a = g_strconcat("expected/actual pass @", id, NULL);
        g_autofree char *b = g_strconcat("expected/expected pass @", id, NULL);
        g_autofree char *c =
            g_strconcat("expected/difference pass @", id, NULL);
        const lkv_estimate *actual = ask(place, a);
        const lkv_estimate *expected = ask(place, b);
        if (actual->reason == LKV_REASON_NONE) {
            assert_true(expected->real >= 0 && expected->real <= 1);
            assert_close(expected->real + ask(place, c)->real, actual->real,
                         1e-12);
        }
    }
}

/* ---- three years together ------------------------------------------------- */

/* d <- cases(40, 4, 25); i <- seq_len(nrow(d)) - 1, and k years before 2025
 * y + 3k + (x k) %% 3, x + k (i %% 2), of pupils with i %% (4 + k) != 0 where k
 * is above 0.
 */
static district *three_years_of(size_t schools)
{
    g_auto(cases) made = cases_new(schools, 4, 25);
    g_autofree pupil *pupils = g_new0(pupil, made.count * 3);
    size_t count = 0;
    for (int k = 0; k < 3; k++) {
        pupils_of_cases(&made, 1, 2025 - k, pupils + count);
        pupil *year = pupils + count;
        for (size_t i = 0; i < made.count; i++) {
            pupil own = year[i];
            own.score += 3 * k + own.ses * k % 3;
            own.ses += k * (int64_t)(i % 2);
            own.origin = own.ses == 0                ? UNKNOWN
                         : made.value[i * 3 + 2] > 0 ? ABROAD
                                                     : HERE;
            if (k == 0 || i % (size_t)(4 + k) != 0) {
                pupils[count++] = own;
            }
        }
    }
    return district_new(pupils, count, 0);
}

/* m <- lme4::lmer(y ~ x + factor(year) + (1 | school)); b, V <- fixef, vcov;
 * x_j the school's means of model.matrix: x_j b, sigma^2/n + x_j V x_j'; ranef.
 */
static const fact of_three[] = {
    {"expected_three_years/actual score @a1", VALUE, 45.8918918918919},
    {"expected_three_years/expected score @a1", VALUE, 44.4296392567629},
    {"expected_three_years/difference score @a1", VALUE, 1.46225263512898},
    {"expected_three_years/difference score @a1", ERROR, 1.71615481953645},
    {"expected_three_years/difference score @a1", DF, 820},
    {"expected_three_years/difference score @a1", LOW, -1.90632107422912},
    {"expected_three_years/difference score @a1", N, 14},
    {"expected_three_years/shrunken score @a1", VALUE, 1.35799903556337},
    {"expected_three_years/actual score @a3", VALUE, 52.0909090909091},
    {"expected_three_years/difference score @a3", VALUE, 10.9664560686049},
    {"expected_three_years/difference score @a3", ERROR, 2.09351988623793},
    {"expected_three_years/difference score @a3", LOW, 6.85716711138583},
    {"expected_three_years/shrunken score @a3", VALUE, 9.71245051562896},
};

/* y ~ o + factor(year): o is h, a where z is 1, and u where x is 0. */
static const fact of_groups[] = {
    {"expected_three_years/expected score @a1", VALUE, 41.8292865954875},
    {"expected_three_years/difference score @a1", VALUE, 4.06260529640436},
    {"expected_three_years/difference score @a1", ERROR, 1.91926083209524},
    {"expected_three_years/shrunken score @a1", VALUE, 3.67945430804644},
    {"expected_three_years/difference score @a3", LOW, 5.52073204151349},
};

static void test_three_years(void **state)
{
    (void)state;
    g_autoptr(district) place = three_years_of(40);
    ses_known(place);
    district_run(place);
    check_facts(place, of_three, G_N_ELEMENTS(of_three), 1e-7);
    const lkv_estimate *actual =
        ask(place, "expected_three_years/actual score @a3");
    const lkv_estimate *level = ask(place, "three_years score @a3");
    assert_close(actual->real, lkv_estimate_value(level), 1e-12);
    const lkv_estimate *all = ask(place, "three_years score");
    assert_int_equal(actual->froms, 6);
    for (size_t i = 0; i < 3; i++) { /* what each year says by itself */
        assert_true(lkv_claim_equal(&actual->from[2 * i], &level->from[i]));
        assert_true(lkv_claim_equal(&actual->from[2 * i + 1], &all->from[i]));
    }
    assert_int_equal(actual->notes, LKV_NOTE_NONE);
    assert_null(find(place, "expected_three_years/actual score 2024 @a3"));
    g_autoptr(district) groups = three_years_of(40);
    origin_known(groups);
    district_run(groups);
    check_facts(groups, of_groups, G_N_ELEMENTS(of_groups), 1e-7);
}

/* Fewer than 15 pupils of a school, 300 of all, 15 schools; a year of none. */
static void test_three_years_few(void **state)
{
    (void)state;
    g_autoptr(district) place = three_years_of(40);
    ses_known(place);
    lkv_panel *panel = place->panel;
    uint16_t then = lkv_frame_population_find(panel->frame, "final", 2024);
    uint16_t gone = lkv_frame_unit_find(panel->frame, "a3");
    uint16_t small = lkv_frame_unit_find(panel->frame, "a5");
    for (size_t i = 0; i < panel->rows; i++) {
        uint16_t leaf = panel->leaf[panel->frame->school][i];
        if (panel->population[i] == then &&
            leaf == lkv_frame_unit(panel->frame, gone)->leaf) {
            panel->leaf[3][i] = LKV_LEAF_MISSING;
            panel->variable[0].value[i] = LKV_NONE;
        }
    }
    district_run(place);
    assert_int_equal(
        ask(place, "expected_three_years/difference score @a3")->reason,
        LKV_REASON_NO_THREE_YEARS);
    assert_int_equal(lkv_frame_unit(panel->frame, small)->special, false);
    assert_int_equal(
        ask(place, "expected_three_years/difference score @a5")->reason,
        LKV_REASON_FEW_PUPILS);
    g_autoptr(district) schools = three_years_of(14);
    ses_known(schools);
    district_run(schools);
    assert_int_equal(
        ask(schools, "expected_three_years/expected score @a1")->reason,
        LKV_REASON_FEW_SCHOOLS);
}

/* 13 covariates, the outcome and two years are what a model has room for. */
static void test_three_years_many(void **state)
{
    (void)state;
    static const char *const ses[] = {"ses", "ses", "ses", "ses", "ses",
                                      "ses", "ses", "ses", "ses", "ses",
                                      "ses", "ses", "ses", "ses", NULL};
    const lkv_measure_spec fit = {.measure = "expected_three_years",
                                  .given = ses + 1};
    const lkv_measure_spec asked[] = {
        {.measure = "expected_three_years", .given = ses},
        {.measure = "expected", .given = ses}};
    static const char *const about[] = {
        "expected_three_years/actual score @a1",
        "expected_three_years/difference score @a1",
        "expected_three_years/shrunken score @a1"};
    g_autoptr(district) place = three_years_of(40);
    ses_known(place);
    place->study.measures = &fit;
    place->study.measure_count = 1;
    district_run(place);
    check_facts(place, of_three, G_N_ELEMENTS(of_three), 1e-7);
    g_autoptr(district) more = three_years_of(40);
    ses_known(more);
    more->study.measures = asked;
    more->study.measure_count = G_N_ELEMENTS(asked);
    district_run(more);
    for (size_t i = 0; i < G_N_ELEMENTS(about); i++) {
        assert_int_equal(ask(more, about[i])->reason,
                         LKV_REASON_MANY_COVARIATES);
        assert_int_equal(ask(more, about[i])->n, 14);
    }
    assert_int_not_equal(ask(more, "expected/difference score @a3")->reason,
                         LKV_REASON_MANY_COVARIATES);
}

/* Across a break of the rules it says so. */
static void test_three_years_break(void **state)
{
    (void)state;
    g_autoptr(district) place = three_years_of(40);
    ses_known(place);
    lkv_break broken = {.id = "new", .stage = "final", .year = 2024};
    g_array_append_val(place->panel->frame->breaks, broken);
    district_run(place);
    assert_int_equal(
        ask(place, "expected_three_years/difference score @a1")->notes,
        LKV_NOTE_BREAK);
    assert_int_equal(ask(place, "expected/difference score @a1")->notes,
                     LKV_NOTE_NONE);
}

/* A break takes no other note's place. */
static void test_three_years_notes(void **state)
{
    (void)state;
    g_autoptr(district) place = three_years_of(40);
    ses_known(place);
    lkv_break broken = {.id = "new", .stage = "final", .year = 2024};
    g_array_append_val(place->panel->frame->breaks, broken);
    uint16_t school = lkv_frame_unit_find(place->panel->frame, "a1");
    for (size_t i = 0; i < place->panel->rows; i++) {
        if (place->panel->leaf[place->panel->frame->school][i] ==
            lkv_frame_unit(place->panel->frame, school)->leaf) {
            place->panel->variable[2].value[i] = LKV_NONE;
            break;
        }
    }
    district_run(place);
    lkv_notes notes =
        ask(place, "expected_three_years/difference score @a1")->notes;
    assert_int_equal(notes, LKV_NOTE_BREAK | LKV_NOTE_COMPLETE_CASES);
    g_autofree char *text = lkv_notes_text(notes);
    assert_string_equal(text, "break complete_cases");
    lkv_notes back = LKV_NOTE_NONE;
    assert_true(lkv_notes_read(text, &back) && back == notes);
    assert_false(lkv_notes_read("break nothing", &back));
}

/* Nothing is expected of pupils whose background is not known. */
static void test_none(void **state)
{
    (void)state;
    g_autoptr(district) place = schools_of_more(40, 2);
    district_run(place);
    assert_null(find(place, "expected/difference score @a1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_schools),
        cmocka_unit_test(test_few),
        cmocka_unit_test(test_share),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_three_years),
        cmocka_unit_test(test_three_years_few),
        cmocka_unit_test(test_three_years_many),
        cmocka_unit_test(test_three_years_break),
        cmocka_unit_test(test_three_years_notes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
