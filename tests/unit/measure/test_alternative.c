/* Key results under other choices, against R 4.2 with cases() of tests/unit/stat
 * and the canonical form of a random intercept (test_intake.c):
 *
 *   d <- cases(32, 4, 25); d <- d[rep(1:nrow(d), 3), ]; k <- d[d$x != 0, ]
 *   sb <- function(y, g) { m <- tapply(y, g, mean); n <- tapply(y, g, length)
 *     sqrt(var(m) - mean(tapply(y, g, var) / n)) }
 */
#include "check.h"

#include "unit/measure/invented.h"

static void choose(district *place, const char *id, lkv_where where)
{
    const lkv_variant variant = {.id = id, .where = where, .choice = true};
    g_array_append_val(place->panel->frame->variants, variant);
}

/* What a choice repeats tells of no pupils that the main row does not. */
static void rests_on(const district *place, const char *otherwise,
                     const char *usual)
{
    const lkv_estimate *row = ask(place, otherwise);
    const lkv_estimate *main = ask(place, usual);
    assert_int_equal(row->claim.stat, LKV_OTHER);
    assert_true(row->n == -1 && row->missing == -1 && row->schools == -1);
    assert_true(lkv_where_equal(&row->pupils, &main->pupils));
    assert_int_equal(row->froms, 1);
    assert_true(lkv_claim_equal(&row->from[0], &main->from[0]));
    assert_false(row->has_absent);
}

/* Pupils of unknown background are a leaf of their own in the main model: left
 * out, 21 of 774.
 */
static void test_unknown_left_out(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"spread_between_schools/given_icc score +unknown_background", VALUE,
         0.2203975659784},
        {"spread_between_schools/given_explained score +unknown_background",
         VALUE, 0.019897331868176},
    };
    g_autoptr(district) place = schools_of_more(32, 3);
    origin_known(place);
    choose(place, "unknown_background", (lkv_where){0});
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-9);
    rests_on(place,
             "spread_between_schools/given_icc score +unknown_background",
             "spread_between_schools/given_icc score");
    assert_null(find(place, "mean score +unknown_background"));
    assert_null(find(
        place, "spread_between_schools/sigma_b score +unknown_background"));
}

/* A variable beside SES, which is 0 where it is not known. */
static void beside_add(lkv_panel *panel, const char *id, bool unknown)
{
    size_t number = panel->variables++;
    panel->variable = g_renew(lkv_variable, panel->variable, panel->variables);
    panel->variable[number] = (lkv_variable){
        .id = id, .value = g_new0(int64_t, panel->rows + 1), .most = 99};
    for (size_t i = 0; i < panel->rows; i++) {
        int64_t ses = panel->variable[2].value[i];
        panel->variable[number].value[i] = unknown ? ses == 0 : ses;
    }
}

/* A covariate that is not known leaves pupils out of the main model: they get a
 * level of their own. R: lm's u <- as.numeric(d$x == 0), y ~ x + u.
 */
static void test_unknown_as_level(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"spread_between_schools/given_icc score +unknown_background", VALUE,
         0.3018277359914},
        {"spread_between_schools/given_explained score +unknown_background",
         VALUE, -0.13304135358535},
    };
    g_autoptr(district) place = schools_of_more(32, 3);
    lkv_panel *panel = place->panel;
    ses_known(place);
    beside_add(panel, "ses" LKV_VARIABLE_FILLED, false);
    beside_add(panel, "ses" LKV_VARIABLE_UNKNOWN, true);
    for (size_t i = 0; i < panel->rows; i++) {
        int64_t *ses = &panel->variable[2].value[i];
        *ses = *ses == 0 ? LKV_NONE : *ses;
    }
    choose(place, "unknown_background", (lkv_where){0});
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-9);
    assert_null(find(place, "spread_between_schools/given_ses score "
                            "+unknown_background"));
}

/* Seven pupils could be told from the difference; so could none at all. */
static void test_few_others(void **state)
{
    (void)state;
    static const char *const choices[] = {"unknown_background",
                                          "special_units"};
    g_autoptr(district) place = schools_of_cases(32);
    origin_known(place);
    for (size_t i = 0; i < G_N_ELEMENTS(choices); i++) {
        choose(place, choices[i], (lkv_where){0});
    }
    district_run(place);
    const lkv_estimate *row = ask(
        place, "spread_between_schools/given_icc score +unknown_background");
    assert_int_equal(row->reason, LKV_REASON_FEW_OTHERS);
    assert_true(isnan(row->real) && isnan(row->low) && isnan(row->high));
    assert_null(
        find(place, "spread_between_schools/sigma_b score +special_units"));
}

/* Only those of known origin: a level is told where the group is. */
static void test_condition(void **state)
{
    (void)state;
    static const fact facts[] = {
        {"spread_between_schools/sigma_b score +excl_new_and_unknown", VALUE,
         5.1567012335003},
        {"mean score +excl_new_and_unknown", VALUE, 39.849710982659},
        {"mean score +excl_new_and_unknown", N, 519},
    };
    g_autoptr(district) place = schools_of_more(32, 3);
    const lkv_frame *frame = place->panel->frame;
    const lkv_group *origin = lkv_frame_group(frame, 1);
    choose(place, "excl_new_and_unknown",
           lkv_where_and((lkv_where){0}, (lkv_term){origin->axis, HERE}));
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
    rests_on(place,
             "spread_between_schools/sigma_b score +excl_new_and_unknown",
             "spread_between_schools/sigma_b score");
    const lkv_estimate *row = ask(place, "mean score +excl_new_and_unknown");
    const lkv_estimate *group = ask(place, "mean score origin=here");
    assert_true(lkv_claim_equal(&row->claim, &group->claim));
    assert_true(lkv_where_equal(&row->pupils, &group->pupils));
    assert_true(lkv_where_equal(&row->absent, &group->absent));
    assert_null(find(place, "mean score @a0 +excl_new_and_unknown"));
}

/* 10 20 30 | 40 50 | 20 40 60 80 | 70 90, and 24 pupils of a special unit. */
static void test_special_units(void **state)
{
    (void)state;
    static const int64_t scores[] = {10, 20, 30, 40, 50, 20,
                                     40, 60, 80, 70, 90};
    static const char *const schools[] = {"a", "a", "a", "b", "b", "c",
                                          "c", "c", "c", "d", "d"};
    pupil pupils[G_N_ELEMENTS(scores) + 24];
    size_t ordinary = G_N_ELEMENTS(scores);
    for (size_t i = 0; i < G_N_ELEMENTS(pupils); i++) {
        bool special = i >= ordinary;
        pupils[i] =
            (pupil){.year = 2025,
                    .school = special ? "*e" : schools[i],
                    .score = special ? (int64_t)(i % 3) * 10 : scores[i]};
    }
    static const fact facts[] = {
        {"spread_between_schools/sigma_b score +special_units", VALUE,
         26.256814160425},
        {"spread_between_schools/sigma_b score", VALUE, 22.9128784747792},
    };
    g_autoptr(district) place = district_new(pupils, G_N_ELEMENTS(pupils), 0);
    choose(place, "special_units", (lkv_where){0});
    district_run(place);
    check_facts(place, facts, G_N_ELEMENTS(facts), 1e-12);
    rests_on(place, "spread_between_schools/sigma_b score +special_units",
             "spread_between_schools/sigma_b score");
}

/* Asked for alone, the main rows are what they were. */
static void test_main_rows(void **state)
{
    (void)state;
    g_autoptr(district) without = schools_of_more(12, 3);
    g_autoptr(district) with = schools_of_more(12, 3);
    origin_known(without);
    origin_known(with);
    choose(with, "unknown_background", (lkv_where){0});
    choose(with, "logit", (lkv_where){0});
    district_run(without);
    district_run(with);
    size_t same = 0;
    for (size_t i = 0; i < lkv_results_size(with->results); i++) {
        const lkv_estimate *row = lkv_results_at(with->results, i);
        if (row->key.variant == 0) {
            const lkv_estimate *main = lkv_results_at(without->results, same++);
            assert_int_equal(lkv_key_compare(&row->key, &main->key), 0);
            assert_memory_equal(&row->real, &main->real, sizeof row->real);
            assert_true(row->top == main->top && row->bottom == main->bottom);
            assert_int_equal(row->n, main->n);
        }
    }
    assert_int_equal(same, lkv_results_size(without->results));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unknown_left_out),
        cmocka_unit_test(test_unknown_as_level),
        cmocka_unit_test(test_few_others),
        cmocka_unit_test(test_condition),
        cmocka_unit_test(test_special_units),
        cmocka_unit_test(test_main_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
