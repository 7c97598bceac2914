/* The rules of an audience: what is small, and what looks like what. */
#include "check.h"

#include "disclose/facts.h"
#include "disclose/fates.h"
#include "disclose/shown.h"
#include "district.h"

/* A school of N pupils, LACKING of whom are not eligible, beside two large
 * ones behind which it can hide.
 */
static district *school_of(unsigned n, unsigned lacking)
{
    const district_class classes[] = {
        {1, 1, n, lacking}, {2, 1, 300, 90}, {3, 1, 280, 70},
        {2, 2, 300, 80},    {3, 2, 290, 85},
    };
    return district_of(3, classes, G_N_ELEMENTS(classes));
}

/* Fate under the rules alone of the share of eligible at school 1. */
static lkv_fate fate_of(unsigned n, unsigned lacking)
{
    district *it = school_of(n, lacking);
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_facts) facts = lkv_facts_new(it->results, diag);
    assert_non_null(facts);
    lkv_profile profile = district_public();
    g_autofree lkv_fate *fates = lkv_fates_primary(facts, &profile);
    lkv_fate fate = {0};
    for (size_t i = 0; i < facts->estimates; i++) {
        const lkv_key *key = &facts->estimate[i].key;
        if (key->unit == 1 && key->outcome == 0 && key->group_by == 0) {
            fate = fates[facts->of[i].value];
        }
    }
    district_free(it);
    return fate;
}

/* At most four lack it: at least n - 4 have it; none looks the same as four,
 * and five are told.
 */
static void few_lacking_look_alike(void **state)
{
    (void)state;
    for (unsigned n = 10; n <= 100; n++) {
        for (unsigned lacking = 0; lacking <= 4; lacking++) {
            lkv_fate fate = fate_of(n, lacking);
            assert_int_equal(fate.kind, LKV_FATE_AT_LEAST);
            assert_int_equal(fate.bound, n - 4);
        }
        assert_int_equal(fate_of(n, 5).kind, LKV_FATE_SHOWN);
    }
}

static void few_having_look_alike(void **state)
{
    (void)state;
    for (unsigned n = 10; n <= 100; n += 9) {
        for (unsigned having = 0; having <= 4; having++) {
            lkv_fate fate = fate_of(n, n - having);
            assert_int_equal(fate.kind, LKV_FATE_AT_MOST);
            assert_int_equal(fate.bound, 4);
        }
    }
}

static void under_ten_nothing_is_shown(void **state)
{
    (void)state;
    for (unsigned n = 1; n < 10; n++) {
        for (unsigned lacking = 0; lacking <= n; lacking++) {
            assert_int_equal(fate_of(n, lacking).kind, LKV_FATE_HIDDEN);
        }
    }
}

/* Whatever has been decided, a hidden cell has no number. */
static void hidden_cells_have_no_value(void **state)
{
    (void)state;
    static const char *const public_words[] = {
        "ok",      "hidden",        "at_least",
        "at_most", "not_estimable", "not_applicable"};
    district *it = district_new((district_plan){.seed = 5,
                                                .schools = 12,
                                                .least = 6,
                                                .most = 60,
                                                .groups = 2,
                                                .subjects = 2,
                                                .merit = true});
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_disclosure) disclosure = district_disclose(it, diag);
    const lkv_release *release = lkv_disclosure_release(disclosure, 0);
    size_t hidden = 0;
    for (size_t i = 0; i < lkv_release_cells(release); i++) {
        lkv_shown shown = lkv_release_at(release, (lkv_cell)i);
        assert_true(shown.status < G_N_ELEMENTS(public_words));
        assert_string_equal(lkv_status_id(shown.status),
                            public_words[shown.status]);
        if (shown.status != LKV_OK && shown.status != LKV_AT_LEAST &&
            shown.status != LKV_AT_MOST) {
            assert_int_equal(shown.scaled, 0);
            assert_true(shown.full == 0);
            hidden += shown.status == LKV_HIDDEN;
        }
    }
    assert_true(hidden > 0);
    district_free(it);
}

static void a_bound_is_rounded_so_that_it_stays_true(void **state)
{
    (void)state;
    for (unsigned n = 10; n <= 100; n++) {
        lkv_fate least = {LKV_FATE_AT_LEAST, LKV_WHY_COUNT, (int64_t)n - 4};
        lkv_fate most = {LKV_FATE_AT_MOST, LKV_WHY_COUNT, 4};
        lkv_shown low = lkv_shown_bound(&least, LKV_UNIT_SHARE, n, true);
        lkv_shown high = lkv_shown_bound(&most, LKV_UNIT_SHARE, n, true);
        assert_true(low.scaled * n <= 100 * (n - 4));
        assert_true((low.scaled + 1) * n > 100 * (n - 4));
        assert_true(high.scaled * n >= 400);
        assert_true((high.scaled - 1) * n < 400);
        assert_int_equal(low.status, LKV_AT_LEAST);
        assert_int_equal(high.status, LKV_AT_MOST);
    }
}

/* Where the base is not told, its bound is the same for some bases around it. */
static void a_bound_does_not_tell_its_base(void **state)
{
    (void)state;
    for (int64_t few = 2; few <= 9; few++) {
        for (int64_t n = 2 * few + 2; n <= 1000; n++) {
            lkv_fate fate = {LKV_FATE_AT_LEAST, LKV_WHY_COUNT, n - few};
            lkv_shown shown = lkv_shown_bound(&fate, LKV_UNIT_SHARE, n, false);
            int64_t low;
            int64_t high;
            lkv_shown_bases(few, n, &low, &high);
            assert_true(low <= n && n <= high);
            assert_true(high - low >= 2);
            for (int64_t other = 2 * few + 1; other <= 1200; other++) {
                fate.bound = other - few;
                bool same = lkv_shown_bound(&fate, LKV_UNIT_SHARE, other, false)
                                .scaled == shown.scaled;
                assert_int_equal(same, low <= other && other <= high);
            }
        }
    }
}

static void digits_follow_the_base(void **state)
{
    (void)state;
    lkv_profile profile = district_public();
    assert_int_equal(lkv_shown_decimals(&profile, LKV_UNIT_SHARE, 99), 2);
    assert_int_equal(lkv_shown_decimals(&profile, LKV_UNIT_SHARE, 100), 3);
    assert_int_equal(lkv_shown_decimals(&profile, LKV_UNIT_SHARE, -1), 2);
    assert_int_equal(lkv_shown_decimals(&profile, LKV_UNIT_POINTS, 49), 0);
    assert_int_equal(lkv_shown_decimals(&profile, LKV_UNIT_POINTS, 50), 1);
    assert_int_equal(lkv_shown_decimals(&profile, LKV_UNIT_COUNT, 5000), 0);
    profile.open = true;
    assert_int_equal(lkv_shown_decimals(&profile, LKV_UNIT_SHARE, 3), LKV_FULL);
    assert_int_equal(lkv_shown_real(NAN, 2).status, LKV_NOT_ESTIMABLE);
    assert_int_equal(lkv_shown_real(0.125, 2).scaled, 13);
}

/* Nobody who cannot be eligible has all subjects: the outcome that implies a
 * sensitive one is sensitive, although the study does not say so.
 */
static void what_implies_a_secret_is_one(void **state)
{
    (void)state;
    district *it = school_of(40, 3);
    g_array_index(it->frame->outcomes, lkv_outcome, 0).sensitive = false;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_facts) facts = lkv_facts_new(it->results, diag);
    assert_true(facts->sensitive[0]);
    assert_true(facts->sensitive[1]);
    district_free(it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_lacking_look_alike),
        cmocka_unit_test(few_having_look_alike),
        cmocka_unit_test(under_ten_nothing_is_shown),
        cmocka_unit_test(hidden_cells_have_no_value),
        cmocka_unit_test(a_bound_is_rounded_so_that_it_stays_true),
        cmocka_unit_test(a_bound_does_not_tell_its_base),
        cmocka_unit_test(digits_follow_the_base),
        cmocka_unit_test(what_implies_a_secret_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
