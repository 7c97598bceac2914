/* Small districts, attacked by brute force: all tables of pupils that agree
 * with what is released are tried. No hidden count may be the same in all of
 * them, nor within a narrower range than promised; and which numbers can be
 * worked out must not depend on the order of the schools.
 */
#include "check.h"

#include <glib/gstdio.h>

#include "base/wide.h"
#include "unit/disclose/district.h"
#include "unit/render/written.h"

/* KINDS of pupils a school has, told apart by group and outcome. */
enum { KINDS = 4, SCHOOLS = 3, SEEN_MOST = 200, COUNT_MOST = 24 };

/* One released cell: of unit 0 (the district) or a school; which kinds of
 * pupils are its base and, of a share, its part.
 */
typedef struct seen {
    unsigned unit, base, part; /* BASE and PART are bits of kinds */
    lkv_shown shown;
} seen;

typedef struct attack {
    seen cell[SEEN_MOST];
    size_t cells;
    int few;
    GArray *tables[SCHOOLS + 1]; /* tables of each school that agree with it */
} attack;

typedef struct table {
    uint8_t count[KINDS];
} table;

static int sum_of(const table *it, unsigned kinds)
{
    int sum = 0;
    for (unsigned i = 0; i < KINDS; i++) {
        sum += kinds >> i & 1U ? it->count[i] : 0;
    }
    return sum;
}

/* Whether PUPILS would have been released as CELL says; the reader knows the
 * rules, so "at least" says that all but FEW are in the part.
 */
static bool agrees(const attack *it, const seen *cell, const table *pupils)
{
    int base = sum_of(pupils, cell->base);
    int part = sum_of(pupils, cell->part);
    bool share = cell->part != 0;
    switch (cell->shown.status) {
    case LKV_OK:
        return share ? base > 0 &&
                           lkv_wide_round(part, base, cell->shown.decimals) ==
                               cell->shown.scaled
                     : base == cell->shown.scaled;
    case LKV_AT_LEAST:
        return share ? part >= base - it->few : base >= cell->shown.scaled;
    case LKV_AT_MOST:
        return share ? part <= it->few : base <= cell->shown.scaled;
    case LKV_HIDDEN:
    case LKV_NOT_ESTIMABLE:
    case LKV_NOT_APPLICABLE:
        break;
    }
    return true;
}

static bool agrees_all(const attack *it, unsigned unit, const table *pupils)
{
    for (size_t i = 0; i < it->cells; i++) {
        if (it->cell[i].unit == unit && !agrees(it, &it->cell[i], pupils)) {
            return false;
        }
    }
    return true;
}

static void list_tables(attack *it, unsigned unit, int most)
{
    it->tables[unit] = g_array_new(FALSE, FALSE, sizeof(table));
    int all = (most + 1) * (most + 1) * (most + 1) * (most + 1);
    for (int code = 0; code < all; code++) {
        table at = {{(uint8_t)(code % (most + 1)),
                     (uint8_t)(code / (most + 1) % (most + 1)),
                     (uint8_t)(code / (most + 1) / (most + 1) % (most + 1)),
                     (uint8_t)(code / (most + 1) / (most + 1) / (most + 1))}};
        if (agrees_all(it, unit, &at)) {
            g_array_append_val(it->tables[unit], at);
        }
    }
}

static table together(const table *a, const table *b)
{
    table sum = {.count = {0}};
    for (unsigned i = 0; i < KINDS; i++) {
        sum.count[i] = (uint8_t)(a->count[i] + b->count[i]);
    }
    return sum;
}

/* Distinct sums of a table of each of the two schools that are not UNIT. */
static GArray *sums_of_others(const attack *it, unsigned unit)
{
    unsigned one = unit == 1 ? 2 : 1;
    unsigned two = unit == 3 ? 2 : 3;
    GArray *sums = g_array_new(FALSE, FALSE, sizeof(table));
    g_autofree bool *known = g_new0(bool, 1U << 24);
    for (guint i = 0; i < it->tables[one]->len; i++) {
        for (guint j = 0; j < it->tables[two]->len; j++) {
            table sum = together(&g_array_index(it->tables[one], table, i),
                                 &g_array_index(it->tables[two], table, j));
            unsigned code = sum.count[0] | (unsigned)sum.count[1] << 6 |
                            (unsigned)sum.count[2] << 12 |
                            (unsigned)sum.count[3] << 18;
            if (!known[code]) {
                known[code] = true;
                g_array_append_val(sums, sum);
            }
        }
    }
    return sums;
}

/* The tables of UNIT for which the other schools have some such that the
 * district agrees.
 */
static GArray *possible(const attack *it, unsigned unit)
{
    g_autoptr(GArray) others = sums_of_others(it, unit);
    GArray *left = g_array_new(FALSE, FALSE, sizeof(table));
    for (guint i = 0; i < it->tables[unit]->len; i++) {
        table own = g_array_index(it->tables[unit], table, i);
        bool some = false;
        for (guint j = 0; j < others->len && !some; j++) {
            table all = together(&own, &g_array_index(others, table, j));
            some = agrees_all(it, 0, &all);
        }
        if (some) {
            g_array_append_val(left, own);
        }
    }
    return left;
}

/* ---- what is released ---------------------------------------------------- */

static void see(attack *it, const lkv_release *release, lkv_cell cell, seen at)
{
    g_assert(it->cells < SEEN_MOST);
    at.shown = lkv_release_at(release, cell);
    it->cell[it->cells++] = at;
}

/* Kinds: eligible girls, others, eligible boys, others. */
static unsigned kinds_of(const lkv_key *key)
{
    return key->group_by == 0 ? 0xFU : key->group == 1 ? 0x3U : 0xCU;
}

static void see_release(attack *it, const lkv_release *release,
                        const district *from)
{
    lkv_frame *frame = from->frame;
    uint16_t share = lkv_frame_measure(frame, "share");
    uint16_t pupils = lkv_frame_measure(frame, "pupils");
    for (size_t i = 0; i < lkv_release_size(release); i++) {
        const lkv_figure *figure = lkv_release_figure(release, i);
        seen at = {.unit = figure->key.unit, .base = kinds_of(&figure->key)};
        if (figure->key.measure == pupils ||
            (figure->key.measure == share && figure->key.outcome == 0)) {
            see(it, release, figure->n, at);
        }
        if (figure->key.measure == pupils) {
            see(it, release, figure->value, at);
        } else if (figure->key.measure == share && figure->key.outcome == 0) {
            at.part = at.base & 0x5U;
            see(it, release, figure->value, at);
        }
    }
}

static void attack_free(attack *it)
{
    for (unsigned i = 1; i <= SCHOOLS; i++) {
        g_array_unref(it->tables[i]);
    }
    g_free(it);
}

/* ---- the promise --------------------------------------------------------- */

static bool told(const attack *it, unsigned unit, unsigned kinds)
{
    for (size_t i = 0; i < it->cells; i++) {
        const seen *cell = &it->cell[i];
        if (cell->unit == unit && cell->base == kinds && cell->part == 0 &&
            cell->shown.status == LKV_OK) {
            return true;
        }
    }
    return false;
}

static void hold(const attack *it, unsigned unit, const GArray *left,
                 uint64_t seed)
{
    for (unsigned kinds = 1; kinds < 0xFU; kinds++) {
        bool group = kinds == 0x3U || kinds == 0xCU;
        bool level =
            kinds == 0x5U || kinds == 0xAU || (kinds & (kinds - 1)) == 0;
        if ((!group && !level) || (group && told(it, unit, kinds))) {
            continue;
        }
        int low = COUNT_MOST * KINDS;
        int high = -1;
        for (guint i = 0; i < left->len; i++) {
            int count = sum_of(&g_array_index(left, table, i), kinds);
            low = MIN(low, count);
            high = MAX(high, count);
        }
        if (high > 0 && low <= it->few && high - low < it->few) {
            print_error("seed %d school %u kinds %x: %d to %d\n", (int)seed,
                        unit, kinds, low, high);
            fail();
        }
    }
}

static lkv_disclosure *disclosed(const district *from, int few)
{
    lkv_profile profile = district_public();
    profile.base_least = 4;
    profile.mean_least = 4;
    profile.count_least = few + 1;
    const lkv_profile *const profiles[] = {&profile};
    lkv_disclose_input input = {.results = from->results,
                                .profiles = profiles,
                                .profile_count = 1,
                                .run_id = "r1"};
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_disclosure *out = lkv_disclose(&input, diag);
    assert_non_null(out);
    return out;
}

static void nothing_hidden_is_pinned(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        district_plan plan = {.seed = seed,
                              .schools = SCHOOLS,
                              .least = 3,
                              .most = 9,
                              .groups = 1};
        district *from = district_new(plan);
        attack *it = g_new0(attack, 1);
        it->few = 2;
        g_autoptr(lkv_disclosure) disclosure = disclosed(from, it->few);
        see_release(it, lkv_disclosure_release(disclosure, 0), from);
        for (unsigned unit = 1; unit <= SCHOOLS; unit++) {
            list_tables(it, unit, 9);
            assert_true(it->tables[unit]->len > 0);
        }
        for (unsigned unit = 1; unit <= SCHOOLS; unit++) {
            g_autoptr(GArray) left = possible(it, unit);
            assert_true(left->len > 0);
            hold(it, unit, left, seed);
        }
        attack_free(it);
        district_free(from);
    }
}

/* Statuses of the share of eligible by school, sorted. */
static GArray *statuses(const lkv_release *release)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(int));
    for (size_t i = 0; i < lkv_release_size(release); i++) {
        const lkv_figure *figure = lkv_release_figure(release, i);
        int status = (int)lkv_release_at(release, figure->value).status;
        int place = figure->key.outcome * 100 + figure->key.group_by * 10;
        if (figure->key.unit > 0 && figure->key.group_by != 0) {
            place += figure->key.group;
        }
        int both = place * 10 + status;
        g_array_append_val(all, both);
    }
    return all;
}

static int order(const void *a, const void *b)
{
    int left = *(const int *)a;
    int right = *(const int *)b;
    return left < right ? -1 : left > right;
}

static void order_of_schools_does_not_matter(void **state)
{
    (void)state;
    static const uint16_t turned[] = {7, 2, 5, 0, 3, 6, 1, 4};
    for (uint64_t seed = 1; seed <= 20; seed++) {
        district_plan plan = {.seed = seed,
                              .schools = 8,
                              .least = 8,
                              .most = 60,
                              .groups = 2,
                              .subjects = 3,
                              .merit = true};
        district *one = district_new(plan);
        plan.order = turned;
        district *two = district_new(plan);
        g_autoptr(lkv_disclosure) a = disclosed(one, 4);
        g_autoptr(lkv_disclosure) b = disclosed(two, 4);
        g_autoptr(GArray) of_a = statuses(lkv_disclosure_release(a, 0));
        g_autoptr(GArray) of_b = statuses(lkv_disclosure_release(b, 0));
        assert_int_equal(of_a->len, of_b->len);
        qsort(of_a->data, of_a->len, sizeof(int), order);
        qsort(of_b->data, of_b->len, sizeof(int), order);
        assert_memory_equal(of_a->data, of_b->data, of_a->len * sizeof(int));
        district_free(one);
        district_free(two);
    }
}

static void same_figure(const lkv_release *a, const lkv_release *b, size_t i)
{
    const lkv_figure *one = lkv_release_figure(a, i);
    const lkv_figure *two = lkv_release_figure(b, i);
    assert_int_equal(lkv_key_compare(&one->key, &two->key), 0);
    assert_int_equal(one->unit_of_value, two->unit_of_value);
    assert_int_equal(one->method, two->method);
    assert_int_equal(one->reason, two->reason);
    assert_int_equal(one->flagged, two->flagged);
    const lkv_cell cells[][2] = {
        {one->value, two->value},     {one->error, two->error},
        {one->low, two->low},         {one->high, two->high},
        {one->df, two->df},           {one->n, two->n},
        {one->schools, two->schools}, {one->missing, two->missing},
    };
    for (size_t k = 0; k < G_N_ELEMENTS(cells); k++) {
        lkv_shown left = lkv_release_at(a, cells[k][0]);
        lkv_shown right = lkv_release_at(b, cells[k][1]);
        assert_int_equal(left.status, right.status);
        assert_int_equal(left.decimals, right.decimals);
        assert_int_equal(left.scaled, right.scaled);
        assert_true(left.full == right.full);
        assert_int_equal(lkv_release_unit(a, cells[k][0]),
                         lkv_release_unit(b, cells[k][1]));
    }
}

/* results.json is the release: what is read back is the same, to the bytes
 * that it is written as again.
 */
static void a_release_is_read_back(void **state)
{
    (void)state;
    district *from = district_new((district_plan){.seed = 4,
                                                  .schools = 9,
                                                  .least = 8,
                                                  .most = 60,
                                                  .groups = 2,
                                                  .subjects = 2,
                                                  .merit = true});
    g_autoptr(lkv_disclosure) disclosure = disclosed(from, 4);
    const lkv_release *release = lkv_disclosure_release(disclosure, 0);
    g_autofree char *text = written(lkv_render_json, release);
    g_autofree char *path = NULL;
    gint file = g_file_open_tmp("release-XXXXXX", &path, NULL);
    assert_true(file >= 0);
    g_close(file, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_release) read = lkv_release_read(path, diag);
    g_unlink(path);
    assert_non_null(read);
    assert_string_equal(lkv_release_profile(read), "public");
    assert_string_equal(lkv_release_run(read), "r1");
    assert_int_equal(lkv_release_size(read), lkv_release_size(release));
    for (size_t i = 0; i < lkv_release_size(release); i++) {
        same_figure(release, read, i);
    }
    g_autofree char *again = written(lkv_render_json, read);
    assert_string_equal(text, again);
    district_free(from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_hidden_is_pinned),
        cmocka_unit_test(order_of_schools_does_not_matter),
        cmocka_unit_test(a_release_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
