/* A release: found by key, complete, and bands that know no more than the
 * figures they are made of.
 */
#include "check.h"

#include "disclose/band.h"
#include "disclose/decision.h"
#include "disclose/making.h"
#include "disclose/private.h"
#include "disclose/shown.h"
#include "district.h"

static void every_estimate_is_a_figure(void **state)
{
    (void)state;
    district *it = district_new((district_plan){
        .seed = 9, .schools = 8, .least = 8, .most = 40, .groups = 2});
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_disclosure) disclosure = district_disclose(it, diag);
    const lkv_release *release = lkv_disclosure_release(disclosure, 0);
    assert_int_equal(lkv_release_size(release), lkv_results_size(it->results));
    lkv_disclosure_counts counts = lkv_private_counts(disclosure, 0);
    size_t hidden = 0;
    for (size_t i = 0; i < lkv_release_size(release); i++) {
        const lkv_figure *figure = lkv_release_figure(release, i);
        assert_ptr_equal(lkv_release_find(release, &figure->key), figure);
        lkv_status status = lkv_release_at(release, figure->value).status;
        hidden += status == LKV_HIDDEN;
        if (status == LKV_HIDDEN) {
            assert_int_equal(figure->method, 0);
            assert_int_not_equal(lkv_release_at(release, figure->n).status,
                                 LKV_OK);
        }
    }
    assert_int_equal(counts.hidden, hidden);
    assert_int_equal(counts.primary + counts.complementary, hidden);
    lkv_key none = lkv_release_figure(release, 0)->key;
    none.measure = 999;
    assert_null(lkv_release_find(release, &none));
    assert_int_equal(lkv_release_at(release, 0).status, LKV_NOT_APPLICABLE);
    district_free(it);
}

/* An open release shows the same results in full, beside which nothing is
 * hidden.
 */
static void open_data_are_shown_in_full(void **state)
{
    (void)state;
    district *it = district_new((district_plan){
        .seed = 9, .schools = 3, .least = 4, .most = 9, .groups = 1});
    lkv_profile profile = {.id = (char *)(uintptr_t) "open", .open = true};
    const lkv_profile *const profiles[] = {&profile};
    lkv_disclose_input input = {.results = it->results,
                                .profiles = profiles,
                                .profile_count = 1,
                                .run_id = "r1"};
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_disclosure) disclosure = lkv_disclose(&input, diag);
    const lkv_release *release = lkv_disclosure_release(disclosure, 0);
    assert_true(lkv_release_open(release));
    for (size_t i = 0; i < lkv_release_cells(release); i++) {
        lkv_shown shown = lkv_release_at(release, (lkv_cell)i);
        assert_int_not_equal(shown.status, LKV_HIDDEN);
        assert_int_not_equal(shown.status, LKV_AT_LEAST);
    }
    district_free(it);
}

/* No cell but those that a figure or a step has: else the proof would tell of
 * numbers that are nowhere.
 */
static void every_cell_has_a_place(void **state)
{
    (void)state;
    district *it = district_new((district_plan){.seed = 9,
                                                .schools = 8,
                                                .least = 8,
                                                .most = 40,
                                                .groups = 2,
                                                .subjects = 1,
                                                .unknown = 30});
    /* A missing outcome beside one that cannot be: no implications here. */
    g_array_set_size(it->frame->implications, 0);
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_disclosure) disclosure = district_disclose(it, diag);
    assert_non_null(disclosure);
    const lkv_release *release = lkv_disclosure_release(disclosure, 0);
    size_t cells = 1;
    for (size_t i = 0; i < lkv_release_size(release); i++) {
        const lkv_figure *f = lkv_release_figure(release, i);
        const lkv_cell all[] = {f->value,   f->error,   f->low,
                                f->high,    f->df,      f->n,
                                f->schools, f->missing, f->detectable};
        for (size_t k = 0; k < G_N_ELEMENTS(all); k++) {
            cells += all[k] != 0;
        }
    }
    assert_int_equal(cells, lkv_release_cells(release));
    district_free(it);
}

/* Type 7 of 1, 2 … 11 at 0.1 is 2, at 0.5 is 6 (R: quantile(1:11, …)); with a
 * hidden school among ten there is no band.
 */
static void bands_are_of_released_figures(void **state)
{
    (void)state;
    district *it = district_new(
        (district_plan){.seed = 1, .schools = 11, .least = 10, .most = 10});
    lkv_release_head head = {.profile = "public", .run = "r"};
    for (unsigned hidden = 0; hidden < 3; hidden += 2) {
        g_autoptr(lkv_release) release = lkv_release_new(it->frame, head);
        lkv_figure band = {.unit_of_value = LKV_UNIT_SHARE};
        band.key.measure = lkv_frame_measure(it->frame, "band");
        uint16_t share = lkv_frame_measure(it->frame, "share");
        assert_true(band.key.measure > share);
        band.value =
            lkv_release_put(release, lkv_shown_status(LKV_NOT_ESTIMABLE));
        band.key.unit = 0;
        lkv_release_add(release, &band);
        for (uint16_t unit = 1; unit <= 11; unit++) {
            lkv_figure figure = {.unit_of_value = LKV_UNIT_SHARE};
            figure.key.measure = share;
            figure.key.unit = unit;
            lkv_shown shown = {LKV_OK, 2, unit, 0};
            figure.value = lkv_release_put(
                release, unit <= hidden ? lkv_shown_status(LKV_HIDDEN) : shown);
            lkv_release_add(release, &figure);
        }
        lkv_band_fill(release, 0, 0.1);
        const lkv_figure *made = lkv_release_figure(release, 0);
        lkv_shown shown = lkv_release_at(release, made->value);
        if (hidden == 0) {
            assert_int_equal(shown.status, LKV_OK);
            assert_int_equal(shown.scaled, 2);
            assert_int_equal(lkv_release_at(release, made->schools).scaled, 11);
        } else {
            assert_int_equal(shown.status, LKV_NOT_ESTIMABLE);
            assert_int_equal(made->reason, LKV_REASON_FEW_RELEASED);
        }
    }
    district_free(it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_estimate_is_a_figure),
        cmocka_unit_test(open_data_are_shown_in_full),
        cmocka_unit_test(every_cell_has_a_place),
        cmocka_unit_test(bands_are_of_released_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
