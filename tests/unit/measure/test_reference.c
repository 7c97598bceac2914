/* Every measure against numbers that another program gave, and every record
 * of the catalogue complete.
 *
 * hsb82, bdf and student_mat: R 4.2 (base, lme4, nlme) and an independent
 * Python script, for the influence values, the spread and the jackknife.
 */
#include "check.h"

#include "unit/measure/fact.h"
#include "unit/measure/reference.h"

typedef struct reference {
    dataset set;
    double tolerance;
    const fact *facts;
    size_t count;
} reference;

#define FACTS(name) .facts = name, .count = G_N_ELEMENTS(name)
#define SPREAD "spread_between_schools/"

static const fact hsb82[] = {
    {"pupils", VALUE, 7185},
    {"pupils", SCHOOLS, 160},
    {"pupils @1224", VALUE, 47},
    {"mean score", VALUE, 12.74785260960334},
    {"mean score", ERROR, 0.0738212645401},
    {"mean/sd score", VALUE, 6.8782456873776292},
    {"share pass", VALUE, 0.55379262352122482},
    {"share/count_yes pass @1224", VALUE, 17},
    {"share pass @1224", VALUE, 0.36170212765957449},
    {"share pass @1224", LOW, 0.23966213245714157},
    {"share pass @1224", HIGH, 0.5046410346520489},
    {"mean score sex=f", VALUE, 11.947523583662715},
    {"share pass sex=f", VALUE, 0.50856389986824768},
    {"share pass sex=m", VALUE, 0.60442477876106193},
    {"gap score sex=m:f", VALUE, 1.69627258153},
    {"gap score sex=m:f", ERROR, 0.157257796465},
    {"gap/same_school score sex=m:f", VALUE, 1.2935953101823026},
    {"gap/remainder score sex=m:f", VALUE, 0.40267727134672371},
    {"gap score origin=abroad:here", VALUE, -4.12950410256},
    {"gap score origin=abroad:here", ERROR, 0.166739649205},
    {"gap/same_school score origin=abroad:here", VALUE, -3.55363842831},
    {"gap/remainder score origin=abroad:here", VALUE, -0.575865674243},
    {"percentiles/p10 score", VALUE, 3.3006},
    {"percentiles/p10 score", ERROR, 0.114824505897919},
    {"percentiles/p10 score", LOW, 3.033309322258765},
    {"percentiles/p10 score", HIGH, 3.483490677741236},
    {"percentiles/p10 score", DF, 7025},
    {"percentiles/p50 score", VALUE, 13.131},
    {"percentiles/p50 score", ERROR, 0.120523731386692},
    {"percentiles/p90 score", VALUE, 22.016},
    {"percentiles/p90 score", HIGH, 22.1512860423458},
    {"percentiles/p90_p10 score", VALUE, 18.7154},
    {"percentiles/p90_p10 score", ERROR, 0.140987796419276},
    {"percentiles/p90_p10 score", LOW, 18.439360876917728},
    {"percentiles/p10 score sex=f", VALUE, 2.9278},
    {"percentiles/p10 score sex=f", ERROR, 0.144244692883752},
    {"percentiles/p10 score sex=f", DF, 3654},
    {"gap_scales/d score origin=abroad:here", VALUE, -0.62312704402431263},
    {"gap_scales/d score origin=abroad:here", ERROR, 0.026310787564129232},
    {"gap_scales/g score origin=abroad:here", VALUE, -0.6230619790724462},
    {"gap_scales/g score origin=abroad:here", ERROR, 0.026308040275044534},
    {"gap_scales/g score origin=abroad:here", LOW, -0.674633675978488},
    {"gap_scales/p_above score origin=abroad:here", VALUE, 0.32789981134522345},
    {"gap_scales/p_above score origin=abroad:here", ERROR,
     0.0066962929030201755},
    {"gap_scales/p_above score origin=abroad:here", LOW, 0.31477305677216544},
    {"gap_scales/p_above score origin=abroad:here", HIGH, 0.34102656591828145},
    {"gap_scales/gap_index score origin=abroad:here", VALUE,
     3.4420037730955313},
    {"gap_scales/gap_index score origin=abroad:here", ERROR,
     0.13392585806040352},
    {"gap_scales/v score origin=abroad:here", VALUE, -0.63034305972261406},
    {"gap_scales/v score origin=abroad:here", ERROR, 0.026216770251489486},
    {"gap_scales/v score origin=abroad:here", LOW, -0.68173583984343811},
    {"gap_scales/v score origin=abroad:here", HIGH, -0.57895027960179002},
    {"gap_scales/p10 score origin=abroad:here", VALUE, -3.072},
    {"gap_scales/p10 score origin=abroad:here", ERROR, 0.24134597379748976},
    {"gap_scales/p10 score origin=abroad:here", LOW, -3.4826567226280076},
    {"gap_scales/p10 score origin=abroad:here", HIGH, -2.5268586599540668},
    {"gap_scales/p50 score origin=abroad:here", VALUE, -5.094},
    {"gap_scales/p50 score origin=abroad:here", ERROR, 0.27736301201134178},
    {"gap_scales/p90 score origin=abroad:here", VALUE, -3.517},
    {"gap_scales/p90 score origin=abroad:here", ERROR, 0.31830544732170352},
    {"gap_scales/risk_ratio pass origin=abroad:here", VALUE,
     1.6649917905301987},
    {"gap_scales/risk_ratio pass origin=abroad:here", ERROR,
     0.040238346241710202},
    {"gap_scales/risk_ratio pass origin=abroad:here", LOW, 1.5879517915144226},
    {"gap_scales/risk_ratio pass origin=abroad:here", HIGH, 1.745769410221909},
    {"gap_scales/pupils_to_close pass origin=abroad:here", VALUE, 496},
    {"gap_scales/v score origin=abroad:here", DF, 7025},
    {SPREAD "sigma2_b score", VALUE, 8.73542680124},
    {SPREAD "sigma2_b score", ERROR, 0.43993167916},
    {SPREAD "icc_f score", VALUE, 0.182984632816},
    {SPREAD "icc_f score", LOW, 0.14879890844},
    {SPREAD "icc_f score", HIGH, 0.22336797200},
    {SPREAD "icc score", VALUE, 0.183954254637},
    {SPREAD "icc score", LOW, 0.146531591582},
    {SPREAD "icc score", HIGH, 0.227130990337},
    {SPREAD "n0 score", VALUE, 44.886690038208535},
    {SPREAD "ms_between score", VALUE, 408.21985658497863},
    {SPREAD "ms_within score", VALUE, 39.141633805252944},
    {SPREAD "sigma2_between score", VALUE, 8.2224423869427277},
    {SPREAD "icc_anova score", VALUE, 0.17360081834125515},
    {SPREAD "f score", VALUE, 10.429300386796683},
    {SPREAD "eta2 score", VALUE, 0.19097193888231956},
    {SPREAD "reml_intercept score", VALUE, 12.63697381158639},
    {SPREAD "reml_intercept score", ERROR, 0.24439355970974028},
    {SPREAD "reml_tau2 score", VALUE, 8.6140247506965668},
    {SPREAD "reml_sigma2 score", VALUE, 39.148321898996258},
    {SPREAD "reml_icc score", VALUE, 0.1803517907919179},
    {SPREAD "reml_crit score", VALUE, 47116.793483549416},
};

static const fact hsb82_given[] = {
    {SPREAD "given_intercept score", VALUE, 12.657480258594333},
    {SPREAD "given_intercept score", ERROR, 0.18798514374450409},
    {SPREAD "given_ses score", VALUE, 2.390195807024353},
    {SPREAD "given_ses score", ERROR, 0.10571908205346407},
    {SPREAD "given_tau2 score", VALUE, 4.7681742227021759},
    {SPREAD "given_sigma2 score", VALUE, 37.034398592819507},
    {SPREAD "given_icc score", VALUE, 0.11406413293613915},
};

/* All pupils as one school: R's t.test(mAch ~ sx). */
static const fact hsb82_as_one[] = {
    {"gap score @all sex=m:f", VALUE, 1.6962725815290263},
    {"gap score @all sex=m:f", ERROR, 0.16180393495077733},
    {"gap score @all sex=m:f", DF, 6991.7427341300981},
    {"gap score @all sex=m:f", LOW, 1.379087787676718},
    {"gap score @all sex=m:f", HIGH, 2.0134573753813347},
};

static const fact bdf[] = {
    {"gap_scales/g score origin=abroad:here", VALUE, -0.56751878752906371},
    {"gap_scales/g score origin=abroad:here", ERROR, 0.090568609211867476},
    {"gap_scales/v score origin=abroad:here", VALUE, -0.53958726170896754},
    {"gap_scales/v score origin=abroad:here", ERROR, 0.08891752085324911},
    {"gap_scales/p50 score origin=abroad:here", VALUE, -6.5},
    {"gap_scales/p50 score origin=abroad:here", ERROR, 1.6530353736985197},
    {"gap_scales/p50 score origin=abroad:here", LOW, -9.5574176166181868},
    {"gap_scales/p50 score origin=abroad:here", HIGH, -3},
    {"gap_scales/risk_ratio pass origin=abroad:here", VALUE,
     1.5453993821712269},
    {"gap_scales/risk_ratio pass origin=abroad:here", ERROR,
     0.10879607750299621},
    {"gap_scales/risk_ratio pass origin=abroad:here", LOW, 1.3461160649395261},
    {"gap_scales/risk_ratio pass origin=abroad:here", HIGH, 1.7741852375281635},
    {"gap_scales/pupils_to_close pass origin=abroad:here", VALUE, 28},
    {"percentiles/p10 score", ERROR, 0.509927029085353},
    {"percentiles/p10 score", LOW, 27},
    {"percentiles/p50 score", VALUE, 42},
    {"percentiles/p50 score", ERROR, 0},
    {"percentiles/p50 score", HIGH, 42},
    {"percentiles/p90 score", ERROR, 0.254963514542677},
    {SPREAD "sigma2_b score", VALUE, 22.74301599308},
    {SPREAD "sigma2_b score", ERROR, 2.16025293157},
    {SPREAD "icc_f score", VALUE, 0.263954835114},
    {SPREAD "icc_f score", LOW, 0.19465649974},
    {SPREAD "icc_f score", HIGH, 0.31488429283},
    {SPREAD "icc score", VALUE, 0.267016933245},
    {SPREAD "icc score", LOW, 0.195078692852},
    {SPREAD "icc score", HIGH, 0.347924494725},
    {SPREAD "icc_anova score", VALUE, 0.20798554476248884},
    {SPREAD "f score", VALUE, 5.5785261044581258},
    {SPREAD "reml_intercept score", VALUE, 40.362425512998819},
    {SPREAD "reml_tau2 score", VALUE, 19.633113113506798},
    {SPREAD "reml_sigma2 score", VALUE, 64.564391808038621},
    {SPREAD "reml_crit score", VALUE, 16253.081244788604},
    {"gap score origin=abroad:here", VALUE, -5.0682872811643165},
};

/* Two schools whose results hardly differ: no variance between them. */
static const fact student_mat[] = {
    {SPREAD "icc_anova score", VALUE, -0.0024907264676542252},
    {SPREAD "f score", VALUE, 0.79804164220827567},
    {SPREAD "f_p score", VALUE, 0.37222623713114689},
    {SPREAD "sigma2_between score", VALUE, -0.052176247705198416},
    {SPREAD "icc_f score", LOW, 0},
    {SPREAD "icc_f score", HIGH, 0.9088582532},
    {SPREAD "reml_tau2 score", VALUE, 0},
    {SPREAD "reml_sigma2 score", VALUE, 20.989616397866737},
    {SPREAD "reml_intercept score", ERROR, 0.23051739492213585},
    {SPREAD "reml_crit score", VALUE, 2323.4494260588895},
};

#define HSB82                                                                  \
    .file = "hsb82.csv", .delimiter = ",", .score = "mAch", .decimals = 3,     \
    .pass_at = 12000, .sex = "sx", .male = "Male", .origin = "minrty",         \
    .abroad = "Yes", .ses = "ses"

static const reference references[] = {
    {{HSB82, .school = "school"}, 5e-12, FACTS(hsb82)},
    {{HSB82}, 1e-10, FACTS(hsb82_as_one)},
    {{.file = "bdf.csv",
      .delimiter = ",",
      .school = "schoolNR",
      .score = "langPOST",
      .pass_at = 40,
      .origin = "Minority",
      .abroad = "Y"},
     5e-12,
     FACTS(bdf)},
    {{.file = "student_mat.csv",
      .delimiter = ";",
      .school = "school",
      .score = "G3",
      .pass_at = 10},
     1e-10,
     FACTS(student_mat)},
};

static void test_references(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(references); i++) {
        const reference *of = &references[i];
        g_autoptr(district) place = reference_read(&of->set);
        if (place) {
            district_run(place);
            check_facts(place, of->facts, of->count, of->tolerance);
        }
    }
}

static void test_given(void **state)
{
    (void)state;
    static const char *const covariates[] = {"ses", NULL};
    static const lkv_measure_spec spec = {.measure = "spread_between_schools",
                                          .of = "score",
                                          .given = covariates};
    static const dataset set = {HSB82, .school = "school"};
    g_autoptr(district) place = reference_read(&set);
    if (!place) {
        skip();
        return;
    }
    place->study.measures = &spec;
    place->study.measure_count = 1;
    district_run(place);
    check_facts(place, hsb82_given, G_N_ELEMENTS(hsb82_given), 1e-9);
}

/* Where a measure's numbers are held against another program's or a hand's. */
static const struct {
    const char *measure;
    const char *where;
} checked[] = {
    {"pupils", "hsb82"},
    {"segregation", "school_ses, hsb82, bdf: R; draws: exact expectations"},
    {"mean", "hsb82, by hand"},
    {"share", "hsb82, by hand"},
    {"grades", "by hand: test_levels"},
    {"three_years", "by hand and R: test_levels"},
    {"against_tests", "by hand: test_against_tests; R: test_deviation"},
    {"percentiles", "hsb82, bdf: R, written from the formulas"},
    {"gap", "hsb82, bdf, Newcombe 1998, by hand"},
    {"gap_scales", "hsb82, bdf: R from the formulas, pROC; by hand"},
    {"spread_between_schools", "hsb82, bdf, student_mat, by hand"},
    {"odds_between_schools", "bdf, student_mat; R: test_logit"},
    {"gradient", "hsb82, bdf; R: test_gradient"},
    {"concentration", "bdf; R: test_concentration"},
    {"background_curve", "R: test_concentration"},
    {"resilience", "R: test_concentration"},
    {"slope_between_schools", "hsb82, bdf; R: test_slope"},
    {"against_district", "by hand: test_compare"},
    {"change", "by hand: test_compare"},
    {"expected", "R: unit.stat.expected, test_expected"},
    {"expected_three_years", "R: test_expected"},
    {"funnel", "bdf, R: unit.stat.funnel"},
    {"trend", "R: unit.stat.trend, test_trend"},
    {"spread_change", "R: unit.stat.spread_change, test_spread_change"},
    {"change_split", "by hand: test_compare; R: test_kitagawa"},
    {"inequality", "bdf, hsb82; R: test_inequality"},
    {"groups_crossed", "by hand, hsb82: R: test_groups_crossed"},
    {"way_to_goals", "by hand: test_way_to_goals"},
    {"classes_in_schools", "R: test_nested, test_classes_in_schools"},
    {"segregation_by_area", "R: test_segregation_by_area"},
    {"against_model", "by hand: test_against_model"},
    {"subject_profile", "R: test_subject_profile"},
    {"subject_profiles", "R: test_subject_profile"},
    {"progress", "R: test_progress"},
    {"reliability", "R: test_reliability"},
    {"school_band", "made of released figures: disclose"},
};

static bool is_checked(const char *measure)
{
    for (size_t i = 0; i < G_N_ELEMENTS(checked); i++) {
        if (strcmp(checked[i].measure, measure) == 0) {
            return true;
        }
    }
    return false;
}

static void text_complete(const char *measure, const char *text)
{
    if (!text || !*text) {
        print_error("the record of %s has an empty text\n", measure);
        fail();
    }
}

static void test_records(void **state)
{
    (void)state;
    const lkv_measure *of = NULL;
    size_t count = 0;
    for (; (of = lkv_measure_at(count)); count++) {
        g_autofree char *label = g_strconcat("measure.", of->id, NULL);
        const char *const texts[] = {of->question, of->formula, of->reading,
                                     of->not_for,  of->source,  of->r};
        for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
            text_complete(of->id, texts[i]);
        }
        assert_string_equal(of->label, label);
        assert_ptr_equal(lkv_measure_find(of->id), of);
        assert_true(of->component_count > 0);
        for (size_t i = 0; i < of->component_count; i++) {
            text_complete(of->id, of->components[i].meaning);
        }
        assert_true(of->needs && of->compute && of->groups);
        assert_true(is_checked(of->id));
    }
    assert_int_equal(count, G_N_ELEMENTS(checked));
    assert_null(lkv_measure_find("no such measure"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
