/* A release after another: what may still be told. */
#include "check.h"

#include "disclose/decision.h"
#include "district.h"

enum { SCHOOLS = 6, CLASSES = 2 * SCHOOLS };

/* Girls and boys of each school, MORE boys at the third, LACKING of whom are
 * not eligible.
 */
static district *district_with(unsigned more, unsigned lacking)
{
    district_class classes[CLASSES];
    for (unsigned i = 0; i < CLASSES; i++) {
        classes[i] = (district_class){.school = (uint16_t)(1 + i / 2),
                                      .sex = (uint16_t)(1 + i % 2),
                                      .count = 30 + i,
                                      .lacking = 6 + i % 5};
    }
    classes[5].count += more;
    classes[5].lacking += lacking;
    return district_of(SCHOOLS, classes, CLASSES);
}

/* Two releases of a district, the second once the first has left. */
typedef struct scene {
    district *before, *after;
    lkv_diag *diag;
    lkv_disclosure *first, *second;
} scene;

static scene scene_of(unsigned more, unsigned lacking)
{
    scene at = {.before = district_with(0, 0),
                .after = district_with(more, lacking),
                .diag = lkv_diag_new()};
    at.first = district_disclose(at.before, at.diag);
    assert_non_null(at.first);
    at.second = district_disclose_after(
        at.after, lkv_disclosure_release(at.first, 0), at.diag);
    assert_non_null(at.second);
    return at;
}

static void scene_end(scene *at)
{
    lkv_disclosure_free(at->first);
    lkv_disclosure_free(at->second);
    lkv_diag_free(at->diag);
    district_free(at->before);
    district_free(at->after);
}

static lkv_status status_at(const lkv_disclosure *made, size_t index)
{
    const lkv_release *release = lkv_disclosure_release(made, 0);
    return lkv_release_at(release, lkv_release_figure(release, index)->value)
        .status;
}

/* Figures of UNIT that show a number, in the first and in the second. */
static void count_shown(const scene *at, uint16_t unit, size_t shown[2])
{
    const lkv_disclosure *made[] = {at->first, at->second};
    for (size_t i = 0; i < 2; i++) {
        const lkv_release *release = lkv_disclosure_release(made[i], 0);
        shown[i] = 0;
        for (size_t k = 0; k < lkv_release_size(release); k++) {
            shown[i] += lkv_release_figure(release, k)->key.unit == unit &&
                        lkv_status_has_number(status_at(made[i], k));
        }
    }
}

static void what_was_told_is_told_again(void **state)
{
    (void)state;
    scene at = scene_of(0, 0);
    size_t size = lkv_release_size(lkv_disclosure_release(at.first, 0));
    size_t told = 0;
    for (size_t i = 0; i < size; i++) {
        if (lkv_status_has_number(status_at(at.first, i))) {
            assert_int_equal(status_at(at.first, i), status_at(at.second, i));
            told++;
        }
    }
    assert_true(told > 50);
    assert_int_equal(lkv_diag_count(at.diag, LKV_WARNING), 0);
    scene_end(&at);
}

/* One more pupil: nothing new about his school and the district, and all that
 * was told of the others is told again.
 */
static void a_late_pupil_is_not_given_away(void **state)
{
    (void)state;
    for (unsigned lacking = 0; lacking < 2; lacking++) {
        scene at = scene_of(1, lacking);
        for (uint16_t unit = 0; unit <= SCHOOLS; unit++) {
            size_t shown[2];
            count_shown(&at, unit, shown);
            bool touched = unit == 0 || unit == 3;
            assert_true(shown[0] > 0);
            assert_int_equal(shown[1] > 0, !touched);
            assert_true(touched || shown[1] >= shown[0]);
        }
        assert_int_equal(lkv_diag_count(at.diag, LKV_WARNING), 1);
        scene_end(&at);
    }
}

/* Many more: told anew, but for the counts that have moved by a few. */
static void many_are_told_anew(void **state)
{
    (void)state;
    scene at = scene_of(20, 1);
    size_t shown[2];
    count_shown(&at, 3, shown);
    assert_true(shown[1] > 0 && shown[1] < shown[0]);
    const lkv_facts *facts = at.second->facts;
    const lkv_fate *fates = at.second->audience[0].fates;
    size_t withheld = 0;
    for (uint32_t i = 0; i < facts->facts->len; i++) {
        if (at.second->ledger->withheld[i]) {
            assert_int_equal(fates[i].kind, LKV_FATE_HIDDEN);
            withheld++;
        }
    }
    assert_true(withheld > 0);
    assert_int_equal(lkv_diag_count(at.diag, LKV_WARNING), 0);
    scene_end(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_told_is_told_again),
        cmocka_unit_test(a_late_pupil_is_not_given_away),
        cmocka_unit_test(many_are_told_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
