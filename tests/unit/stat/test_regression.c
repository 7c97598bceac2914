/* Least squares with CR2, against R 4.2 with clubSandwich 0.5:
 *
 *   m <- lm(y ~ x + z, d <- cases(J))
 *   coef_test(m, vcov = "CR2", cluster = d$school, test = "Satterthwaite")
 *   summary(m)$r.squared, $adj.r.squared, $sigma^2
 *
 * and the same of lm(y ~ xc + xm), xm the school's mean of x and xc = x - xm.
 */
#include "check.h"

#include "stat/regression.h"
#include "stat/start.h"
#include "unit/stat/cases.h"

typedef struct reference {
    size_t schools;
    double beta[3], error[3], df[3];
    double r2, adjusted, sigma2;
} reference;

static const reference plain[] = {
    {6,
     {28.1675032156638778, 2.1212576818636530, -4.6175846791482087},
     {2.01288063941227868, 0.46831100649529178, 2.31070334022206669},
     {2.3148665668703643, 3.8211402758024122, 3.8154177610106670},
     0.39094321535718085,
     0.36705863556726626,
     85.311517092759615},
    {12,
     {26.7889116602113795, 2.0199204075540949, -2.5064522117708679},
     {2.50314755527458255, 0.39755990930081431, 2.23589642279986833},
     {6.8747171783902363, 8.4798344707527793, 8.1103320368856409},
     0.25339497419551543,
     0.23767697365226315,
     128.5078062374605},
    {40,
     {25.8868263298454053, 1.8051423779979598, -2.9420448974446249},
     {1.51446048281358481, 0.25359961064703823, 1.34670963672893818},
     {27.444960942779957, 28.220978236476299, 30.476835256349201},
     0.21405364797628063,
     0.20906351240787613,
     122.43492985595788},
};

static const reference apart[] = {
    {6,
     {26.6671075353519882, 2.3213339757997651, 1.9733946707992165},
     {5.59188572140679963, 0.37036678699081671, 1.34147611386375121},
     {2.1474852287635584, 4.0305121422892158, 2.5303239769676225},
     NAN,
     NAN,
     NAN},
    {12,
     {28.1330281251730412, 2.1165355898665892, 1.5819909231546554},
     {5.93662343444679763, 0.37552408478028826, 1.40040687643239092},
     {2.4057260820374742, 8.4677847442875294, 3.2324778290628644},
     NAN,
     NAN,
     NAN},
    {40,
     {30.91717208206715028, 2.04615219535398651, 0.70610880426771983},
     {4.66830097692966461, 0.19824881745043713, 0.91409958177308670},
     {15.189801739482991, 27.278049657752756, 14.768487917237401},
     NAN,
     NAN,
     NAN},
};

static void check_effects(const lkv_regression *of, const reference *wanted)
{
    assert_int_equal(of->fit, LKV_FIT_OK);
    assert_int_equal(of->groups, wanted->schools);
    for (size_t i = 0; i < 3; i++) {
        assert_relative(of->beta[i], wanted->beta[i], 1e-11);
        assert_relative(of->error[i], wanted->error[i], 1e-10);
        assert_relative(of->df[i], wanted->df[i], 1e-9);
    }
}

static void test_plain(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
        g_auto(cases) made = cases_new(plain[i].schools, 1, 20);
        g_autoptr(lkv_moments) moments = cases_moments(&made);
        lkv_regression of = lkv_regression_of(moments, true);
        check_effects(&of, &plain[i]);
        assert_relative(of.r2, plain[i].r2, 1e-12);
        assert_relative(of.r2_adjusted, plain[i].adjusted, 1e-12);
        assert_relative(of.sigma2, plain[i].sigma2, 1e-12);
        lkv_regression quick = lkv_regression_of(moments, false);
        assert_true(quick.r2 == of.r2 && isnan(quick.error[1]));
    }
}

/* y, x around its school's mean, and that mean. */
static lkv_moments *parted(const lkv_moments *moments)
{
    static const double y[] = {1, 0, 0}, x[] = {0, 1, 0}, back[] = {0, -1, 0};
    static const lkv_column columns[] = {{y, NULL}, {x, back}, {NULL, x}};
    return lkv_moments_make(moments, columns, 3);
}

static void test_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(apart); i++) {
        g_auto(cases) made = cases_new(apart[i].schools, 1, 20);
        g_autoptr(lkv_moments) moments = cases_moments(&made);
        g_autoptr(lkv_moments) split = parted(moments);
        lkv_regression of = lkv_regression_of(split, true);
        check_effects(&of, &apart[i]);
        lkv_gradient gradient = lkv_gradient_of(moments);
        assert_relative(gradient.within, apart[i].beta[1], 1e-12);
        assert_relative(gradient.between, apart[i].beta[2], 1e-12);
    }
}

/* Shares explained and the identity of slopes; eta2 and both R2 by R. */
static void test_gradient(void **state)
{
    (void)state;
    static const size_t yx[] = {0, 1};
    g_auto(cases) made = cases_new(12, 1, 20);
    g_autoptr(lkv_moments) all = cases_moments(&made);
    g_autoptr(lkv_moments) moments = lkv_moments_select(all, yx, 2);
    lkv_gradient of = lkv_gradient_of(moments);
    lkv_regression total = lkv_regression_of(moments, false);
    assert_relative(of.eta2, 0.13899861302581101, 1e-12);
    assert_relative(of.r2_within, 0.35704202390146061, 1e-12);
    assert_relative(of.r2_between, 0.05555153761862304, 1e-12);
    assert_relative(of.eta2 * of.between + (1 - of.eta2) * of.within,
                    total.beta[1], 1e-12);
}

/* With fewer than four degrees of freedom there is no interval. */
static void test_interval(void **state)
{
    (void)state;
    g_auto(cases) few = cases_new(6, 1, 20);
    g_auto(cases) many = cases_new(12, 1, 20);
    g_autoptr(lkv_moments) a = cases_moments(&few);
    g_autoptr(lkv_moments) b = cases_moments(&many);
    lkv_regression small = lkv_regression_of(a, true);
    lkv_regression large = lkv_regression_of(b, true);
    assert_true(isnan(lkv_regression_interval(&small, 1, 0.95).low));
    /* qt(.975, 8.4798344707527793) */
    lkv_interval of = lkv_regression_interval(&large, 1, 0.95);
    assert_close((of.high - of.low) / 2 / large.error[1], 2.28348749832, 1e-10);
}

static void test_reasons(void **state)
{
    (void)state;
    static const uint32_t group[] = {0, 0, 1, 1};
    static const double twice[] = {1, 1, 2, 2, 2, 4, 5, 3, 6, 3, 4, 8};
    static const double flat[] = {7, 1, 7, 2, 7, 3, 7, 5};
    static const double line[] = {2, 1, 4, 2, 6, 3, 10, 5};
    g_autoptr(lkv_moments) a = lkv_moments_of(twice, group, 4, 2, 3);
    assert_int_equal(lkv_regression_of(a, true).fit, LKV_FIT_COLLINEAR);
    g_autoptr(lkv_moments) b = lkv_moments_of(flat, group, 4, 2, 2);
    assert_int_equal(lkv_regression_of(b, true).fit, LKV_FIT_NO_VARIANCE);
    g_autoptr(lkv_moments) c = lkv_moments_of(line, group, 4, 2, 2);
    assert_int_equal(lkv_regression_of(c, true).fit, LKV_FIT_NO_VARIANCE);
    g_autoptr(lkv_moments) d = lkv_moments_of(line, group, 2, 2, 2);
    assert_int_equal(lkv_regression_of(d, true).fit, LKV_FIT_NO_DF);
    g_autoptr(lkv_moments) e = lkv_moments_of(line, group, 0, 2, 2);
    assert_int_equal(lkv_regression_of(e, true).fit, LKV_FIT_NOBODY);
    bool kept[3];
    g_autoptr(lkv_moments) left = lkv_moments_independent(a, kept);
    assert_int_equal(left->variables, 2);
    assert_true(kept[0] && kept[1] && !kept[2]);
}

/* A covariate that one school alone has. In R: d$z <- as.numeric(d$school == 1
 * & d$x > 4), then as above.
 */
static void test_one_school_alone(void **state)
{
    (void)state;
    static const reference alone = {
        12,
        {25.808880862070229, 1.9762651665397319, 7.0555760834318635},
        {2.1465904415367798, 0.4403894097637045, 3.6514351776581395},
        {7.0895972567035281, 8.2143659815716052, 7.8119118670361543},
        NAN,
        NAN,
        NAN};
    g_auto(cases) made = cases_new(12, 1, 20);
    for (size_t i = 0; i < made.count; i++) {
        made.value[i * 3 + 2] =
            made.school[i] == 0 && made.value[i * 3 + 1] > 4;
    }
    g_autoptr(lkv_moments) moments = cases_moments(&made);
    lkv_regression of = lkv_regression_of(moments, true);
    check_effects(&of, &alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_apart),
        cmocka_unit_test(test_gradient),
        cmocka_unit_test(test_interval),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_one_school_alone),
    };
    lkv_stat_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
