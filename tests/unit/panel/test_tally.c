/* Exact, mergeable sums against sums made here row by row; centring against
 * NIST's certified analyses of variance.
 */
#include "check.h"

#include <string.h>

#include "base/random.h"
#include "panel/tally.h"
#include "stat/anova.h"
#include "stat/start.h"

enum { SCHOOLS = 5, SEXES = 2, ROWS = 400, YEARS = 2 };

/* A panel of COUNT rows from row FIRST of an endless list that SEED draws: a
 * school, a sex (sometimes missing), two variables (sometimes missing).
 */
typedef struct lkv_draw {
    uint16_t school, sex, population;
    int64_t x, y;
} lkv_draw;

static lkv_draw draw_at(uint64_t seed, uint32_t row)
{
    lkv_stream stream =
        lkv_stream_open((lkv_stream_key){.seed = seed, .unit = row});
    lkv_draw draw = {
        .school = (uint16_t)(1 + lkv_stream_below(&stream, SCHOOLS)),
        .sex = (uint16_t)lkv_stream_below(&stream, SEXES + 1),
        .population = (uint16_t)lkv_stream_below(&stream, YEARS + 1)};
    draw.x = (int64_t)lkv_stream_below(&stream, 100) - 50;
    draw.y = (int64_t)lkv_stream_below(&stream, 7) * 1000003 - 1000;
    draw.x = draw.x == 13 ? LKV_NONE : draw.x;
    draw.y = draw.y == -1000 ? LKV_NONE : draw.y;
    draw.population = draw.population == YEARS ? LKV_NO_VALUE : draw.population;
    return draw;
}

static void set_bounds(lkv_variable *variable, size_t rows)
{
    bool some = false;
    for (size_t i = 0; i < rows; i++) {
        int64_t value = variable->value[i];
        if (value != LKV_NONE) {
            variable->least = some ? MIN(variable->least, value) : value;
            variable->most = some ? MAX(variable->most, value) : value;
            some = true;
        }
    }
}

static lkv_frame *frame_new(uint16_t schools)
{
    lkv_frame *frame = lkv_frame_new();
    frame->school = lkv_cube_axis_add(frame->cube, "school");
    for (uint16_t i = 0; i < schools; i++) {
        char id[8];
        g_snprintf(id, sizeof id, "s%u", i);
        lkv_cube_leaf_add(frame->cube, frame->school, id);
    }
    lkv_axis sex = lkv_cube_axis_add(frame->cube, "sex");
    const uint16_t both[] = {lkv_cube_leaf_add(frame->cube, sex, "f"),
                             lkv_cube_leaf_add(frame->cube, sex, "m")};
    lkv_cube_group_add(frame->cube, sex, "known", both, 2);
    for (int i = 0; i < YEARS; i++) {
        const lkv_population year = {.id = "p", .stage = "final", .year = i};
        lkv_cube_population_add(frame->cube, i ? "p1" : "p0");
        g_array_append_val(frame->populations, year);
    }
    return frame;
}

static lkv_panel *panel_new(size_t rows, uint16_t schools)
{
    lkv_panel *panel = g_new0(lkv_panel, 1);
    panel->frame = frame_new(schools);
    panel->rows = rows;
    panel->population = g_new0(uint16_t, rows + 1);
    panel->leaf = g_new0(uint16_t *, 2);
    panel->leaf[0] = g_new0(uint16_t, rows + 1);
    panel->leaf[1] = g_new0(uint16_t, rows + 1);
    panel->variables = 2;
    panel->variable = g_new0(lkv_variable, 2);
    for (size_t v = 0; v < 2; v++) {
        panel->variable[v] = (lkv_variable){.id = v ? "y" : "x",
                                            .value = g_new0(int64_t, rows + 1),
                                            .decimals = (uint8_t)(v + 1)};
    }
    return panel;
}

static lkv_panel *panel_of(uint64_t seed, uint32_t first, uint32_t count)
{
    lkv_panel *panel = panel_new(count, SCHOOLS);
    for (uint32_t i = 0; i < count; i++) {
        lkv_draw draw = draw_at(seed, first + i);
        panel->population[i] = draw.population;
        panel->leaf[0][i] = draw.school;
        panel->leaf[1][i] = draw.sex;
        panel->variable[0].value[i] = draw.x;
        panel->variable[1].value[i] = draw.y;
    }
    set_bounds(&panel->variable[0], count);
    set_bounds(&panel->variable[1], count);
    return panel;
}

static lkv_tally *fill_one(const lkv_panel *panel, lkv_tally_spec spec)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_tally **tallies =
        lkv_tallies_fill(panel, &spec, 1, (lkv_crew){.threads = 1});
    assert_non_null(tallies);
    lkv_tally *tally = tallies[0];
    g_free(tallies);
    return tally;
}

static const lkv_tally_spec by_school_and_sex = {.population = 1,
                                                 .axes = 2,
                                                 .axis = {0, 1},
                                                 .variables = 2,
                                                 .variable = {0, 1},
                                                 .cross = LKV_CROSS_BY_CELL,
                                                 .histogram = true};

/* Every cell against a sum over the rows in another order. */
static void test_cells(void **state)
{
    (void)state;
    g_autoptr(lkv_panel) panel = panel_of(1, 0, ROWS);
    g_autoptr(lkv_tally) tally = fill_one(panel, by_school_and_sex);
    assert_int_equal(tally->cells, (SCHOOLS + 1) * (SEXES + 1));
    assert_int_equal(tally->decimals[0], 1);
    assert_int_equal(tally->decimals[1], 2);
    int64_t all = 0;
    for (uint16_t cell = 0; cell < tally->cells; cell++) {
        int64_t n = 0, counted = 0;
        lkv_wide sum[2] = {0}, product[3] = {0}, in_bins = 0;
        for (uint32_t i = ROWS; i-- > 0;) {
            lkv_draw draw = draw_at(1, i);
            if (draw.population != 1 || draw.x == LKV_NONE ||
                draw.y == LKV_NONE ||
                draw.school * (SEXES + 1) + draw.sex != cell) {
                continue;
            }
            n++;
            sum[0] += draw.x;
            sum[1] += draw.y;
            product[0] += (lkv_wide)draw.x * draw.x;
            product[1] += (lkv_wide)draw.x * draw.y;
            product[2] += (lkv_wide)draw.y * draw.y;
        }
        assert_int_equal(tally->n[cell], n);
        assert_true(tally->sum[cell * 2u] == sum[0]);
        assert_true(tally->sum[cell * 2u + 1] == sum[1]);
        for (size_t pair = 0; pair < 3; pair++) {
            assert_true(tally->product[cell * 3u + pair] == product[pair]);
        }
        const GArray *bins = tally->bins[cell];
        for (guint i = 0; i < bins->len; i++) {
            lkv_bin bin = g_array_index(bins, lkv_bin, i);
            assert_true(i == 0 ||
                        g_array_index(bins, lkv_bin, i - 1).value < bin.value);
            counted += bin.n;
            in_bins += (lkv_wide)bin.value * bin.n;
        }
        assert_int_equal(counted, n);
        assert_true(in_bins == sum[0]);
        all += n;
    }
    assert_true(all > 50 && all < ROWS / 2);
    assert_int_equal(lkv_tally_n(tally), all);
}

/* Bins of two variables: as many rows in each as have both values. */
static void test_joint(void **state)
{
    (void)state;
    lkv_tally_spec spec = by_school_and_sex;
    spec.joint = true;
    g_autoptr(lkv_panel) panel = panel_of(1, 0, ROWS);
    g_autoptr(lkv_tally) tally = fill_one(panel, spec);
    size_t pairs = 0;
    for (uint16_t cell = 0; cell < tally->cells; cell++) {
        const GArray *bins = tally->bins[cell];
        lkv_wide products = 0;
        int64_t counted = 0;
        for (guint i = 0; i < bins->len; i++) {
            lkv_bin bin = g_array_index(bins, lkv_bin, i);
            if (i > 0) {
                lkv_bin before = g_array_index(bins, lkv_bin, i - 1);
                assert_true(
                    before.value < bin.value ||
                    (before.value == bin.value && before.second < bin.second));
            }
            counted += bin.n;
            products += (lkv_wide)bin.value * bin.second * bin.n;
        }
        assert_int_equal(counted, tally->n[cell]);
        assert_true(products == tally->product[cell * 3u + 1]);
        pairs += bins->len;
    }
    assert_true(pairs > tally->cells);
}

static void assert_same(const lkv_tally *one, const lkv_tally *other)
{
    size_t variables = one->spec.variables;
    size_t pairs = variables * (variables + 1) / 2;
    size_t sets = one->spec.cross == LKV_CROSS_BY_CELL ? one->cells : 1;
    assert_int_equal(one->cells, other->cells);
    assert_memory_equal(one->n, other->n, one->cells * sizeof *one->n);
    assert_memory_equal(one->sum, other->sum,
                        one->cells * variables * sizeof *one->sum);
    if (one->product) {
        assert_memory_equal(one->product, other->product,
                            sets * pairs * sizeof *one->product);
    }
    for (size_t i = 0; one->bins && i < one->cells; i++) {
        assert_int_equal(one->bins[i]->len, other->bins[i]->len);
        if (one->bins[i]->len > 0) {
            assert_memory_equal(one->bins[i]->data, other->bins[i]->data,
                                one->bins[i]->len * sizeof(lkv_bin));
        }
    }
}

/* Two parts make the whole, wherever it is cut and whichever comes first. */
static void test_halves(void **state)
{
    (void)state;
    static const uint32_t cuts[] = {0, 1, 137, 200, ROWS};
    static const lkv_cross crosses[] = {LKV_CROSS_NONE, LKV_CROSS_OVERALL,
                                        LKV_CROSS_BY_CELL};
    for (size_t c = 0; c < G_N_ELEMENTS(crosses); c++) {
        lkv_tally_spec spec = by_school_and_sex;
        spec.cross = crosses[c];
        spec.joint = crosses[c] == LKV_CROSS_BY_CELL;
        g_autoptr(lkv_panel) whole = panel_of(2, 0, ROWS);
        g_autoptr(lkv_tally) wanted = fill_one(whole, spec);
        for (size_t i = 0; i < G_N_ELEMENTS(cuts); i++) {
            g_autoptr(lkv_panel) front = panel_of(2, 0, cuts[i]);
            g_autoptr(lkv_panel) back = panel_of(2, cuts[i], ROWS - cuts[i]);
            g_autoptr(lkv_tally) one = fill_one(front, spec);
            g_autoptr(lkv_tally) two = fill_one(back, spec);
            g_autoptr(lkv_tally) again = fill_one(back, spec);
            lkv_tally_merge(two, one);
            lkv_tally_merge(one, again);
            assert_same(one, wanted);
            assert_same(two, wanted);
        }
    }
}

/* Any number of threads, all specs in one call, in the order asked. */
static void test_many(void **state)
{
    (void)state;
    g_autoptr(lkv_panel) panel = panel_of(3, 0, ROWS);
    lkv_tally_spec specs[8];
    for (uint8_t i = 0; i < 8; i++) {
        specs[i] = by_school_and_sex;
        specs[i].population = i % YEARS;
        specs[i].axes = i / YEARS % 3;
        specs[i].cross = i < 4 ? LKV_CROSS_OVERALL : LKV_CROSS_BY_CELL;
    }
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_tally **tallies =
        lkv_tallies_fill(panel, specs, 8, (lkv_crew){.threads = 5});
    assert_non_null(tallies);
    for (size_t i = 0; i < 8; i++) {
        assert_true(lkv_tally_spec_equal(&tallies[i]->spec, &specs[i]));
        g_autoptr(lkv_tally) alone = fill_one(panel, specs[i]);
        assert_same(tallies[i], alone);
    }
    lkv_tallies_free(tallies, 8);
}

static void test_stopped(void **state)
{
    (void)state;
    g_autoptr(lkv_panel) panel = panel_of(3, 0, ROWS);
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_stop stop = {.asked = false};
    const lkv_crew crew = {.threads = 2, .stop = &stop};
    lkv_tally **tallies = lkv_tallies_fill(panel, &by_school_and_sex, 1, crew);
    assert_non_null(tallies);
    lkv_tallies_free(tallies, 1);
    lkv_stop_ask(&stop);
    assert_null(lkv_tallies_fill(panel, &by_school_and_sex, 1, crew));
    assert_int_equal(lkv_diag_size(diag), 0);
}

/* Complete cases belong to the list of variables. */
static void test_missing(void **state)
{
    (void)state;
    g_autoptr(lkv_panel) panel = panel_of(4, 0, ROWS);
    lkv_tally_spec heads = {.population = 0, .axes = 1, .axis = {0}};
    lkv_tally_spec one = heads, both = heads;
    one.variables = 1;
    both.variables = 2;
    both.variable[1] = 1;
    int64_t people = 0, with_x = 0, complete = 0;
    for (uint32_t i = 0; i < ROWS; i++) {
        lkv_draw draw = draw_at(4, i);
        people += draw.population == 0;
        with_x += draw.population == 0 && draw.x != LKV_NONE;
        complete +=
            draw.population == 0 && draw.x != LKV_NONE && draw.y != LKV_NONE;
    }
    g_autoptr(lkv_tally) of_heads = fill_one(panel, heads);
    g_autoptr(lkv_tally) of_one = fill_one(panel, one);
    g_autoptr(lkv_tally) of_both = fill_one(panel, both);
    assert_int_equal(lkv_tally_n(of_heads), people);
    assert_int_equal(lkv_tally_n(of_one), with_x);
    assert_int_equal(lkv_tally_n(of_both), complete);
    assert_true(people > with_x && with_x > complete);
}

static void test_where_and_slice(void **state)
{
    (void)state;
    g_autoptr(lkv_panel) panel = panel_of(5, 0, ROWS);
    const lkv_cube *cube = panel->frame->cube;
    uint16_t known = lkv_cube_value_find(cube, 1, "known");
    const lkv_where wheres[] = {
        {0},
        lkv_where_and((lkv_where){0}, (lkv_term){1, 1}),
        lkv_where_and((lkv_where){0}, (lkv_term){1, LKV_LEAF_MISSING}),
        lkv_where_and((lkv_where){0}, (lkv_term){1, known})};
    g_autoptr(lkv_tally) all = fill_one(panel, by_school_and_sex);
    for (size_t i = 0; i < G_N_ELEMENTS(wheres); i++) {
        lkv_tally_spec spec = by_school_and_sex;
        spec.axes = 1;
        spec.where = wheres[i];
        g_autoptr(lkv_tally) asked = fill_one(panel, spec);
        g_autoptr(lkv_tally) slice = lkv_tally_slice(all, cube, wheres[i]);
        assert_same(slice, asked);
        assert_true(lkv_tally_n(asked) > 0);
    }
}

static void test_equal_specs(void **state)
{
    (void)state;
    lkv_tally_spec one = by_school_and_sex, other = by_school_and_sex;
    one.variable[5] = 3; /* beyond the list: says nothing */
    one.axis[3] = 2;
    assert_true(lkv_tally_spec_equal(&one, &other));
    other.variable[1] = 0;
    assert_false(lkv_tally_spec_equal(&one, &other));
    other = by_school_and_sex;
    other.histogram = false;
    assert_false(lkv_tally_spec_equal(&one, &other));
    other = by_school_and_sex;
    other.joint = true;
    assert_false(lkv_tally_spec_equal(&one, &other));
    other = by_school_and_sex;
    other.where = lkv_where_and((lkv_where){0}, (lkv_term){1, 1});
    assert_false(lkv_tally_spec_equal(&one, &other));
}

static void test_pairs(void **state)
{
    (void)state;
    for (uint8_t variables = 1; variables <= LKV_TALLY_VARIABLES; variables++) {
        const lkv_tally tally = {.spec = {.variables = variables}};
        size_t next = 0;
        for (size_t a = 0; a < variables; a++) {
            for (size_t b = a; b < variables; b++) {
                assert_int_equal(lkv_tally_pair(&tally, a, b), next);
                assert_int_equal(lkv_tally_pair(&tally, b, a), next);
                next++;
            }
        }
    }
}

/* Four pupils with values that reach LIMIT, of both signs. */
static lkv_panel *panel_of_large(int64_t limit)
{
    lkv_panel *panel = panel_new(4, 1);
    for (size_t i = 0; i < 4; i++) {
        panel->leaf[0][i] = 1;
        panel->variable[1].value[i] = i % 2 ? limit : -limit + (int64_t)i;
    }
    set_bounds(&panel->variable[1], 4);
    return panel;
}

static void test_bound(void **state)
{
    (void)state;
    lkv_tally_spec spec = {.axes = 1,
                           .variables = 2,
                           .variable = {0, 1},
                           .cross = LKV_CROSS_BY_CELL};
    int64_t fits = INT64_C(1) << 58;
    g_autoptr(lkv_panel) panel = panel_of_large(fits);
    g_autoptr(lkv_tally) tally = fill_one(panel, spec);
    assert_true(lkv_tally_sum(tally, 1) == 2);
    g_autoptr(lkv_moments) moments = lkv_tally_moments(tally);
    assert_relative(moments->cross[3], 4.0 * (double)fits * (double)fits / 1e4,
                    1e-15);
    g_autoptr(lkv_panel) large = panel_of_large(INT64_C(1) << 62);
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_true(lkv_tally_exact(panel, &spec, diag));
    assert_int_equal(lkv_diag_size(diag), 0);
    assert_false(lkv_tally_exact(large, &spec, diag));
    assert_int_equal(lkv_diag_size(diag), 1);
    const lkv_message *message = lkv_diag_at(diag, 0);
    assert_string_equal(message->code, "E-NUMBER-LARGE");
    assert_string_equal(message->field, "y");
    assert_non_null(strstr(message->what, "\"y\""));
    assert_non_null(strstr(message->fix, "decimals:"));
}

/* Moments against the plain ones, which are made from doubles. */
static void test_moments(void **state)
{
    (void)state;
    g_autoptr(lkv_panel) panel = panel_of(6, 0, ROWS);
    lkv_tally_spec spec = by_school_and_sex;
    spec.axes = 1;
    g_autoptr(lkv_tally) tally = fill_one(panel, spec);
    g_autoptr(lkv_moments) found = lkv_tally_moments(tally);
    g_autofree double *values = g_new0(double, 2 * ROWS);
    g_autofree uint32_t *group = g_new0(uint32_t, ROWS);
    size_t cases = 0;
    for (uint32_t i = 0; i < ROWS; i++) {
        lkv_draw draw = draw_at(6, i);
        if (draw.population == 1 && draw.x != LKV_NONE && draw.y != LKV_NONE) {
            values[2 * cases] = (double)draw.x / 10;
            values[2 * cases + 1] = (double)draw.y / 100;
            group[cases++] = draw.school;
        }
    }
    g_autoptr(lkv_moments) wanted =
        lkv_moments_of(values, group, cases, SCHOOLS + 1, 2);
    assert_int_equal(found->groups, SCHOOLS + 1);
    assert_int_equal(found->total, cases);
    assert_true(isnan(found->group_mean[0])); /* no pupil without a school */
    for (size_t i = 0; i < 2; i++) {
        assert_relative(found->mean[i], wanted->mean[i], 1e-12);
    }
    for (size_t i = 0; i < 4; i++) {
        assert_relative(found->cross[i], wanted->cross[i], 1e-11);
        assert_relative(found->within_total[i], wanted->within_total[i], 1e-11);
    }
    for (size_t i = 2; i < 2 * (SCHOOLS + 1); i++) {
        assert_int_equal(found->n[i / 2], wanted->n[i / 2]);
        assert_relative(found->group_mean[i], wanted->group_mean[i], 1e-12);
        assert_close(found->sum[i] - wanted->sum[i], 0.0, 1e-7);
    }
    for (size_t i = 4; i < 4 * (SCHOOLS + 1); i++) {
        assert_relative(found->within[i], wanted->within[i], 1e-10);
    }
    spec.cross = LKV_CROSS_OVERALL;
    g_autoptr(lkv_tally) overall = fill_one(panel, spec);
    g_autoptr(lkv_moments) all = lkv_tally_moments(overall);
    assert_null(all->within);
    assert_null(all->within_total);
    assert_memory_equal(all->cross, found->cross, 4 * sizeof *all->cross);
}

/* Nobody: no division. */
static void test_nobody(void **state)
{
    (void)state;
    g_autoptr(lkv_panel) panel = panel_of(7, 0, 0);
    g_autoptr(lkv_tally) tally = fill_one(panel, by_school_and_sex);
    g_autoptr(lkv_moments) moments = lkv_tally_moments(tally);
    assert_int_equal(moments->total, 0);
    assert_true(isnan(moments->mean[0]));
    assert_true(moments->cross[0] == 0.0 && moments->sum[0] == 0.0);
}

/* Simon and Lesage (1989), NIST StRD sets SmLs01 to SmLs09: 9 treatments of
 * LEADING + 0.4, - 0.1 or + 0.1, with replicates that vary likewise. By hand
 * from that: SSB = 8 R / 100, SSW = 9 (R - 1) / 100, F = R. NIST certifies the
 * same to 15 digits (such as 1.68, 1.80 and 21 for SmLs01, 04 and 07).
 */
static lkv_panel *panel_of_nist(int64_t leading, uint32_t replicates)
{
    enum { TREATMENTS = 9 };
    lkv_panel *panel = panel_new((size_t)TREATMENTS * replicates, TREATMENTS);
    size_t row = 0;
    for (uint16_t t = 0; t < TREATMENTS; t++) {
        for (uint32_t r = 0; r < replicates; r++, row++) {
            int64_t treatment = t == 0 ? 0 : t % 2 ? -1 : 1;
            int64_t replicate = r == 0 ? 0 : r % 2 ? -1 : 1;
            panel->leaf[0][row] = (uint16_t)(t + 1);
            panel->variable[0].value[row] =
                10 * leading + 4 + treatment + replicate;
        }
    }
    set_bounds(&panel->variable[0], row);
    return panel;
}

static void test_nist(void **state)
{
    (void)state;
    static const int64_t leading[] = {1, 1000000, INT64_C(1000000000000)};
    static const uint32_t replicates[] = {21, 201, 2001};
    const lkv_tally_spec spec = {
        .axes = 1, .variables = 1, .cross = LKV_CROSS_BY_CELL};
    for (size_t i = 0; i < 9; i++) {
        uint32_t r = replicates[i % 3];
        g_autoptr(lkv_panel) panel = panel_of_nist(leading[i / 3], r);
        g_autoptr(lkv_tally) tally = fill_one(panel, spec);
        g_autoptr(lkv_moments) moments = lkv_tally_moments(tally);
        lkv_anova found = lkv_anova_of(moments);
        double ssb = 8.0 * r / 100.0, ssw = 9.0 * (r - 1) / 100.0;
        assert_int_equal(found.fit, LKV_FIT_OK);
        assert_int_equal(found.groups, 9);
        assert_relative(found.ss_between, ssb, 1e-15);
        assert_relative(found.ss_within, ssw, 1e-15);
        assert_relative(found.ss_total, ssb + ssw, 1e-15);
        assert_relative(found.ms_between, r / 100.0, 1e-15);
        assert_relative(found.ms_within, 0.01, 1e-15);
        assert_relative(found.f, (double)r, 1e-15);
        assert_relative(found.eta2, ssb / (ssb + ssw), 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_joint),
        cmocka_unit_test(test_halves),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_where_and_slice),
        cmocka_unit_test(test_equal_specs),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_bound),
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_nist),
    };
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
