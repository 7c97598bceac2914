/* What holds for every district: the figures do not depend on the order of
 * rows or threads, follow a change of scale, add up, and find nothing where
 * there is nothing.
 */
#include "check.h"

#include "stat/start.h"

#include "base/random.h"
#include "unit/measure/fixture.h"

enum { SCHOOLS = 20, PUPILS = 600 };

static const char *const school_names[SCHOOLS] = {
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
    "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"};

/* A district by SEED: two years, points 0 … 340, some of them missing.
 * SPREAD is how far schools lie apart.
 */
static pupil *draw(uint64_t seed, int spread)
{
    lkv_stream stream = lkv_stream_open((lkv_stream_key){.seed = seed});
    pupil *pupils = g_new0(pupil, PUPILS);
    for (size_t i = 0; i < PUPILS; i++) {
        size_t school = (size_t)lkv_stream_below(&stream, SCHOOLS);
        int64_t score = 0;
        for (int k = 0; k < 6; k++) {
            score += (int64_t)lkv_stream_below(&stream, 50);
        }
        pupils[i] =
            (pupil){.year = i % 2 == 0 ? 2024 : 2025,
                    .school = school_names[school],
                    .sex = 1 + (int)lkv_stream_below(&stream, 2),
                    .origin = (int)lkv_stream_below(&stream, 3),
                    .score = score + spread * (int64_t)school,
                    .grade = (int)lkv_stream_below(&stream, 7),
                    .pass = score + spread * (int64_t)school > 140 ? YES : NO,
                    .ses = (int64_t)lkv_stream_below(&stream, 100)};
        if (lkv_stream_below(&stream, 20) == 0) {
            pupils[i].score = NO_SCORE;
            pupils[i].pass = UNKNOWN;
        }
    }
    return pupils;
}

static district *run(const pupil *pupils, unsigned threads)
{
    district *place = district_new(pupils, PUPILS, 0);
    place->results =
        lkv_measures_run(place->panel, &place->study,
                         (lkv_crew){.threads = threads}, place->diag);
    assert_non_null(place->results);
    return place;
}

static int same_number(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static void assert_same(const lkv_results *a, const lkv_results *b)
{
    assert_int_equal(lkv_results_size(a), lkv_results_size(b));
    for (size_t i = 0; i < lkv_results_size(a); i++) {
        const lkv_estimate *x = lkv_results_at(a, i);
        const lkv_estimate *y = lkv_results_at(b, i);
        assert_int_equal(lkv_key_compare(&x->key, &y->key), 0);
        assert_true(same_number(lkv_estimate_value(x), lkv_estimate_value(y)));
        assert_true(same_number(x->error, y->error));
        assert_true(same_number(x->low, y->low));
        assert_true(same_number(x->high, y->high));
        assert_true(same_number(x->p, y->p));
        assert_int_equal(x->flagged, y->flagged);
        assert_int_equal(x->n, y->n);
        assert_int_equal(x->missing, y->missing);
        assert_int_equal(x->reason, y->reason);
    }
}

static void test_order_of_rows(void **state)
{
    (void)state;
    g_autofree pupil *pupils = draw(1, 4);
    g_autoptr(district) first = run(pupils, 1);
    for (size_t i = 0; i < PUPILS / 2; i++) {
        pupil kept = pupils[i];
        pupils[i] = pupils[PUPILS - 1 - i];
        pupils[PUPILS - 1 - i] = kept;
    }
    g_autoptr(district) second = run(pupils, 1);
    assert_same(first->results, second->results);
}

static void test_threads(void **state)
{
    (void)state;
    g_autofree pupil *pupils = draw(2, 4);
    g_autoptr(district) one = run(pupils, 1);
    g_autoptr(district) four = run(pupils, 4);
    assert_same(one->results, four->results);
}

/* How a component follows y -> 3 y + 700. */
static double followed(const lkv_estimate *estimate, double value, bool level)
{
    if (estimate->key.outcome != 0) {
        return value;
    }
    switch (estimate->unit_of_value) {
    case LKV_UNIT_POINTS:
        return 3 * value + (level ? 700 : 0);
    case LKV_UNIT_POINTS2:
        return 9 * value;
    case LKV_UNIT_NONE:
    case LKV_UNIT_SHARE:
    case LKV_UNIT_SHARE_POINTS:
    case LKV_UNIT_COUNT:
    case LKV_UNIT_RATIO:
    case LKV_UNIT_PROBABILITY:
    case LKV_UNITS:
        break;
    }
    return value;
}

/* Components that say how high, not how far apart. */
static bool says_level(const char *measure, const char *component)
{
    if (strcmp(measure, "expected") == 0 ||
        strcmp(measure, "expected_three_years") == 0) {
        return strcmp(component, "actual") == 0 ||
               strcmp(component, "expected") == 0;
    }
    return strcmp(measure, "funnel") == 0 &&
           (strcmp(component, "centre") == 0 ||
            g_str_has_prefix(component, "low_") ||
            g_str_has_prefix(component, "high_") ||
            g_str_has_prefix(component, "wide_"));
}

static bool is_level(const lkv_frame *frame, const lkv_estimate *estimate)
{
    const char *measure =
        g_ptr_array_index(frame->measures, estimate->key.measure);
    const char *component =
        g_ptr_array_index(frame->components, estimate->key.component);
    bool percentile = strcmp(measure, "percentiles") == 0 &&
                      component[0] == 'p' && strlen(component) == 3;
    return percentile || says_level(measure, component) ||
           strcmp(measure, "three_years") == 0 ||
           (strcmp(measure, "mean") == 0 && *component == '\0') ||
           g_str_has_suffix(component, "ml_intercept");
}

static void test_scale(void **state)
{
    (void)state;
    g_autofree pupil *pupils = draw(3, 4);
    g_autoptr(district) plain = run(pupils, 1);
    for (size_t i = 0; i < PUPILS; i++) {
        if (pupils[i].score != NO_SCORE) {
            pupils[i].score = 3 * pupils[i].score + 700;
        }
    }
    g_autoptr(district) scaled = run(pupils, 1);
    const lkv_frame *frame = plain->panel->frame;
    for (size_t i = 0; i < lkv_results_size(plain->results); i++) {
        const lkv_estimate *x = lkv_results_at(plain->results, i);
        const lkv_estimate *y = lkv_results_at(scaled->results, i);
        bool level = is_level(frame, x);
        const char *component =
            g_ptr_array_index(frame->components, x->key.component);
        if (x->of_released || g_str_has_suffix(component, "crit")) {
            continue;
        }
        assert_close(lkv_estimate_value(y),
                     followed(x, lkv_estimate_value(x), level), 1e-8);
        assert_close(y->low, followed(x, x->low, level), 1e-8);
        assert_close(y->high, followed(x, x->high, level), 1e-8);
        assert_close(y->error, followed(x, x->error, false), 1e-8);
    }
}

/* Names of schools turned round: schools keep their figures, and the district
 * its own but for the last digits, since it is summed in another order.
 */
static void test_names_of_schools(void **state)
{
    (void)state;
    g_autofree pupil *pupils = draw(4, 4);
    g_autoptr(district) plain = run(pupils, 1);
    for (size_t i = 0; i < PUPILS; i++) {
        size_t school = (size_t)(pupils[i].school[0] - 'a');
        pupils[i].school = school_names[SCHOOLS - 1 - school];
    }
    g_autoptr(district) turned = run(pupils, 1);
    assert_int_equal(lkv_results_size(plain->results),
                     lkv_results_size(turned->results));
    for (size_t i = 0; i < lkv_results_size(plain->results); i++) {
        const lkv_estimate *x = lkv_results_at(plain->results, i);
        lkv_key key = x->key;
        key.unit = key.unit == 0 ? 0 : (uint16_t)(SCHOOLS + 1 - key.unit);
        const lkv_estimate *y = lkv_results_find(turned->results, &key);
        assert_non_null(y);
        assert_close(lkv_estimate_value(y), lkv_estimate_value(x), 1e-9);
        assert_close(y->low, x->low, 1e-9);
        assert_close(y->high, x->high, 1e-9);
        assert_int_equal(y->flagged, x->flagged);
    }
}

/* Two halves of the pupils, tallied apart and merged, are the whole. */
static void test_halves(void **state)
{
    (void)state;
    g_autofree pupil *pupils = draw(5, 4);
    g_autoptr(district) whole = district_new(pupils, PUPILS, 0);
    g_autoptr(district) half = district_new(pupils, PUPILS, 0);
    lkv_tally_spec spec = {.population = 1,
                           .axes = 2,
                           .axis = {whole->panel->frame->school, 1},
                           .variables = 2,
                           .variable = {0, 2},
                           .cross = LKV_CROSS_BY_CELL};
    lkv_tally **all =
        lkv_tallies_fill(whole->panel, &spec, 1, (lkv_crew){.threads = 1});
    lkv_tally **parts[2];
    for (size_t part = 0; part < 2; part++) {
        for (size_t i = 0; i < PUPILS; i++) {
            bool here = (i / 7) % 2 == part;
            half->panel->population[i] =
                here ? whole->panel->population[i] : LKV_NO_VALUE;
        }
        parts[part] =
            lkv_tallies_fill(half->panel, &spec, 1, (lkv_crew){.threads = 1});
    }
    lkv_tally_merge(parts[0][0], parts[1][0]);
    g_autoptr(lkv_moments) one = lkv_tally_moments(all[0]);
    g_autoptr(lkv_moments) merged = lkv_tally_moments(parts[0][0]);
    assert_int_equal(one->total, merged->total);
    assert_memory_equal(one->cross, merged->cross, 4 * sizeof(double));
    assert_memory_equal(one->sum, merged->sum,
                        one->groups * 2 * sizeof(double));
    lkv_tallies_free(all, 1);
    lkv_tallies_free(parts[0], 1);
    lkv_tallies_free(parts[1], 1);
}

/* Parts make the whole: schools the district, leaves all pupils, steps of the
 * scale 1, the two parts of a gap the gap.
 */
static void test_adds_up(void **state)
{
    (void)state;
    g_autofree pupil *pupils = draw(6, 4);
    g_autoptr(district) place = run(pupils, 1);
    int64_t heads = 0, yes = 0, leaves = 0;
    for (size_t i = 0; i < SCHOOLS; i++) {
        g_autofree char *pupils_at =
            g_strconcat("pupils @", school_names[i], NULL);
        g_autofree char *yes_at =
            g_strconcat("share/count_yes pass @", school_names[i], NULL);
        heads += (int64_t)ask(place, pupils_at)->top;
        yes += (int64_t)ask(place, yes_at)->top;
    }
    static const char *const origins[] = {
        "pupils origin=missing", "pupils origin=here", "pupils origin=abroad"};
    for (size_t i = 0; i < G_N_ELEMENTS(origins); i++) {
        leaves += (int64_t)ask(place, origins[i])->top;
    }
    assert_int_equal(heads, ask(place, "pupils")->top);
    assert_int_equal(leaves, ask(place, "pupils")->top);
    assert_int_equal(yes, ask(place, "share/count_yes pass")->top);
    static const char *const steps[] = {"grades/A grade", "grades/C grade",
                                        "grades/E grade", "grades/F grade",
                                        "grades/- grade"};
    double share = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        share += lkv_estimate_value(ask(place, steps[i]));
    }
    assert_close(share, 1, 1e-12);
    assert_close(ask(place, "gap/same_school score sex=m:f")->real +
                     ask(place, "gap/remainder score sex=m:f")->real,
                 lkv_estimate_value(ask(place, "gap score sex=m:f")), 1e-12);
}

/* Schools that pupils are dealt out to by lot: F finds a difference about as
 * often as its level says, the variance between schools is about 0, and the
 * intervals of the district's mean hold the true one. The bounds are 4
 * standard deviations of the simulation wide.
 */
static void test_placebo(void **state)
{
    (void)state;
    enum { DRAWS = 200 };
    static const lkv_measure_spec specs[] = {
        {.measure = "spread_between_schools", .of = "score"},
        {.measure = "mean", .of = "score"},
        {.measure = "gap", .of = "score", .between = "sex"},
    };
    int found = 0, held = 0, level = 0;
    double variance = 0;
    for (uint64_t draw_number = 0; draw_number < DRAWS; draw_number++) {
        g_autofree pupil *pupils = draw(1000 + draw_number, 0);
        g_autoptr(district) place = district_new(pupils, PUPILS, 0);
        place->study.measures = specs;
        place->study.measure_count = G_N_ELEMENTS(specs);
        district_run(place);
        const lkv_estimate *gap = ask(place, "gap/remainder score sex=m:f");
        const lkv_estimate *mean = ask(place, "mean score");
        found += ask(place, "spread_between_schools/f_p score")->real < 0.05;
        variance +=
            ask(place, "spread_between_schools/sigma2_between score")->real;
        held += gap->low <= 0 && gap->high >= 0;
        level += mean->low <= 147 && mean->high >= 147;
    }
    double share = (double)found / DRAWS;
    assert_true(share > 0 && share < 0.05 + 0.062);
    assert_true((double)held / DRAWS > 0.95 - 0.062);
    assert_true((double)level / DRAWS > 0.95 - 0.062);
    assert_true(fabs(variance / DRAWS) < 8.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_of_rows),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_scale),
        cmocka_unit_test(test_names_of_schools),
        cmocka_unit_test(test_halves),
        cmocka_unit_test(test_adds_up),
        cmocka_unit_test(test_placebo),
    };
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
