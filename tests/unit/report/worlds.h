/* The releases that reports are tested on. */
#ifndef LKV_TESTS_REPORT_WORLDS_H
#define LKV_TESTS_REPORT_WORLDS_H

#include "unit/report/maker.h"

#define F "final-2025"
#define F24 "final-2024"
#define F23 "final-2023"
#define M "middle-2025"
#define E "early-2025"

/* A level with its interval; a mean or a share by the measure. */
#define LEVEL(population, unit, outcome, measure, value, low, high, n)         \
    {                                                                          \
        population, unit, outcome, measure, "", "", value, low, high, n, false \
    }
#define APART(population, outcome, value, low, high, clear)                    \
    {                                                                          \
        population, "11", outcome, "against_district", "", "", value, low,     \
            high, "", clear                                                    \
    }
#define WAY(population, outcome, component, value, low, high, n)               \
    {                                                                          \
        population, "", outcome, "way_to_goals", component, "", value, low,    \
            high, n, false                                                     \
    }
#define TENTH(component, value, low, high)                                     \
    {                                                                          \
        F, "", "merit_17", "background_curve", component, "", value, low,      \
            high, "", false                                                    \
    }
#define BAND(population, outcome, p10, p50, p90)                               \
    {                                                                          \
        population, "", outcome, "school_band", "p10", "", p10,                \
        "",         "", "",      false},                                       \
        {population, "", outcome, "school_band", "p50", "", p50,               \
         "",         "", "",      false},                                      \
    {                                                                          \
        population, "", outcome, "school_band", "p90", "", p90, "", "", "",    \
            false                                                              \
    }

/* A city with an ordinary school (11), one without leavers (12), and one so
 * small that nothing of it may be shown (13).
 */
static const made_figure city_figures[] = {
    {F, "", "", "pupils", "", "", "1204", "", "", "1204", false},
    {F, "11", "", "pupils", "", "", "84", "", "", "84", false},
    {M, "11", "", "pupils", "", "", "72", "", "", "72", false},
    {F, "12", "", "pupils", "", "", ".no_such_stage", "", "", "", false},
    {F, "13", "", "pupils", "", "", "..", "", "", "..", false},
    {M, "12", "", "pupils", "", "", "57", "", "", "57", false},
    LEVEL(F, "", "merit_17", "mean", "226.4", "222.1", "230.7", "1204"),
    LEVEL(F, "11", "merit_17", "mean", "214.2", "199.5", "228.9", "84"),
    LEVEL(F, "13", "merit_17", "mean", "..", "..", "..", ".."),
    LEVEL(F, "", "merit_17_official", "mean", "229.1", "225.0", "233.2",
          "1189"),
    LEVEL(F, "11", "merit_17_official", "mean", "219.4", "205.3", "233.5",
          "82"),
    LEVEL(F, "13", "merit_17_official", "mean", "..", "..", "..", ".."),
    LEVEL(F, "", "eligible", "share", "0.852", "0.833", "0.869", "1204"),
    LEVEL(F, "11", "eligible", "share", "0.74", "0.64", "0.82", "84"),
    LEVEL(F, "13", "eligible", "share", "..", "..", "..", ".."),
    LEVEL(F, "", "eligible_nate", "share", "0.801", "0.780", "0.821", "1204"),
    LEVEL(F, "11", "eligible_nate", "share", ">=0.95", "", "", "84"),
    LEVEL(F, "13", "eligible_nate", "share", "..", "..", "..", ".."),
    LEVEL(F, "", "all_subjects", "share", "0.762", "0.739", "0.783", "1204"),
    LEVEL(F, "11", "all_subjects", "share", "0.71", "0.61", "0.80", "84"),
    LEVEL(F, "13", "all_subjects", "share", "..", "..", "..", ".."),
    LEVEL(M, "", "all_subjects", "share", "0.748", "0.722", "0.772", "1180"),
    LEVEL(M, "11", "all_subjects", "share", "0.74", "0.62", "0.83", "72"),
    LEVEL(M, "12", "all_subjects", "share", "0.81", "0.69", "0.89", "57"),
    LEVEL(E, "", "all_goals", "share", "0.781", "0.757", "0.804", "1150"),
    LEVEL(E, "12", "all_goals", "share", "0.79", "0.67", "0.88", "61"),
    LEVEL(E, "", "goal:MA", "share", "0.843", "0.820", "0.863", "1150"),
    LEVEL(E, "12", "goal:MA", "share", "0.84", "0.72", "0.91", "61"),
    APART(F, "eligible", "-0.11", "-0.19", "-0.03", true),
    APART(F, "all_subjects", "-0.05", "-0.14", "0.04", false),
    APART(F, "merit_17", "-12", "-26", "2", false),
    {F, "11", "eligible", "change", "", "", "-0.02", "-0.11", "0.07", "",
     false},
    {F, "11", "eligible", "three_years", "", "", "0.76", "0.71", "0.81", "84",
     false},
    {F, "11", "eligible", "expected", "actual", "", "0.74", "", "", "", false},
    {F, "11", "eligible", "expected", "expected", "", "0.79", "", "", "",
     false},
    {F, "11", "eligible", "expected", "difference", "", "-0.05", "-0.12",
     "0.02", "", false},
    {F, "11", "eligible", "expected_three_years", "actual", "", "0.76", "", "",
     "", false},
    {F, "11", "eligible", "expected_three_years", "expected", "", "0.78", "",
     "", "", false},
    {F, "11", "eligible", "expected_three_years", "difference", "", "-0.02",
     "-0.06", "0.02", "", false},
    {F, "", "grade:MA", "grades", "passed", "", "0.86", "0.84", "0.88", "1204",
     false},
    {F, "11", "grade:MA", "grades", "passed", "", "0.81", "0.71", "0.88", "84",
     false},
    {F, "11", "grade:MA", "against_tests", "net_difference", "", "0.06",
     "-0.03", "0.15", "84", false},
    WAY(M, "all_subjects", "recovered", "0.42", "0.29", "0.56", "50"),
    WAY(M, "all_subjects", "lost", "0.138", "0.094", "0.199", "159"),
    WAY(M, "all_subjects", "visible_before", "0.67", "0.55", "0.77", "51"),
    WAY(M, "all_subjects", "followed", "0.72", "0.67", "0.77", "290"),
    WAY(F, "eligible", "recovered", "0.57", "0.45", "0.68", "61"),
    WAY(F, "eligible", "lost", "<=0.04", "", "", "240"),
    WAY(F, "eligible", "visible_before", "..", "..", "..", ".."),
    WAY(F, "eligible", "followed", "0.78", "0.73", "0.82", "300"),
    TENTH("tenth_1", "172.4", "164.0", "180.8"),
    TENTH("tenth_2", "195.1", "187.2", "203.0"),
    TENTH("tenth_3", "210.3", "202.9", "217.7"),
    TENTH("tenth_4", "..", "..", ".."),
    TENTH("tenth_5", "221.8", "214.6", "229.0"),
    TENTH("tenth_6", "226.0", "219.1", "232.9"),
    TENTH("tenth_7", "231.7", "224.8", "238.6"),
    TENTH("tenth_8", "240.2", "233.3", "247.1"),
    TENTH("tenth_9", "247.9", "241.1", "254.7"),
    TENTH("tenth_10", "262.5", "256.2", "268.8"),
    BAND(F, "eligible", "0.70", "0.86", "0.95"),
    BAND(F, "all_subjects", "0.57", "0.77", "0.89"),
    BAND(M, "all_subjects", "0.58", "0.75", "0.90"),
    {0}};

static const char *const city_schools[] = {
    "11 Fyrljusskolan", "12 Dimgårdsskolan", "13 Uvklintsskolan", NULL};
static const char *const city_populations[] = {"early-2025 3", "middle-2025 6",
                                               "final-2023 9", "final-2024 9",
                                               "final-2025 9", NULL};
static const char *const city_outcomes[] = {
    "merit_17_official points", "merit_17 points secondary", "eligible yes_no",
    "eligible_nate yes_no",     "all_subjects yes_no",       "all_goals yes_no",
    "goal:MA yes_no",           "grade:MA levels",           NULL};
/* The first lies before all that is shown. */
static const char *const city_breaks[] = {"scale final 2013",
                                          "years early 2029", NULL};
static const char *const city_groups[] = {"sex m f", NULL};

static const made_world city = {
    .district = "Norrhamns kommun",
    .schools = city_schools,
    .populations = city_populations,
    .outcomes = city_outcomes,
    .groups = city_groups,
    .breaks = city_breaks,
    .levels = "ABCDEF-",
    .passed = "ABCDE",
    .rules = true,
    .year = 2025,
    .thresholds = {10, 5, 20, 30},
    .figures = city_figures,
};

/* A district of which every section of its report has something to tell. */
#define D(outcome, measure, component, group, value, low, high)                \
    {                                                                          \
        F, "", outcome, measure, component, group, value, low, high, "1204",   \
            false                                                              \
    }
#define BOTH "sex.f/m"
static const made_figure board_figures[] = {
    {F, "", "", "pupils", "", "", "1204", "", "", "1204", false},
    D("", "pupils", "", "sex.f", "590", "", ""),
    D("", "pupils", "share", "sex.f", "0.49", "", ""),
    D("", "pupils", "", "sex.m", "614", "", ""),
    D("", "pupils", "share", "sex.m", "0.51", "", ""),
    D("", "segregation", "dissimilarity", "sex.f", "0.31", "0.25", "0.37"),
    D("", "segregation", "dissimilarity_random", "sex.f", "0.10", "0.08",
      "0.12"),
    D("", "segregation", "isolation", "sex.f", "0.57", "0.53", "0.61"),
    D("", "segregation", "variance_ratio_corrected", "sex.f", "0.12", "0.08",
      "0.16"),
    D("eligible", "share", "", "", "0.852", "0.833", "0.869"),
    D("eligible", "share", "count_no", "", "178", "", ""),
    D("eligible", "three_years", "", "", "0.848", "0.837", "0.859"),
    D("eligible", "change", "", "", "0.012", "-0.006", "0.030"),
    D("eligible", "trend", "", "", "0.006", "-0.003", "0.015"),
    D("eligible", "trend", "whole", "", "0.012", "-0.006", "0.030"),
    D("eligible", "change_split", "composition", "background", "0.004",
      "-0.001", "0.009"),
    D("eligible", "change_split", "rates", "background", "0.008", "-0.010",
      "0.026"),
    D("eligible", "spread_between_schools", "sigma_b", "", "0.104", "0.088",
      "0.117"),
    D("eligible", "spread_between_schools", "icc", "", "0.069", "0.029",
      "0.140"),
    D("eligible", "spread_between_schools", "reml_icc", "", "0.066", "0.040",
      "0.111"),
    D("eligible", "spread_between_schools", "given_explained", "", "0.367", "",
      ""),
    {F24, "", "eligible", "spread_between_schools", "sigma_b", "", "0.115",
     "0.099", "0.129", "", false},
    {F24, "", "eligible", "spread_between_schools", "icc", "", "0.080", "0.051",
     "0.120", "", false},
    {F24, "", "eligible", "spread_between_schools", "reml_icc", "", "..", "..",
     "..", "", false},
    D("eligible", "odds_between_schools", "odds_ratio", "", "1.903", "", ""),
    D("eligible", "spread_change", "sigma_b", "", "-0.011", "-0.036", "0.008"),
    D("eligible", "spread_change", "sigma_b_resolution", "", "0.022", "", ""),
    BAND(F, "eligible", "0.70", "0.86", "0.95"),
    D("eligible", "funnel", "centre", "", "0.852", "", ""),
    D("eligible", "funnel", "low_10", "", "0.52", "", ""),
    D("eligible", "funnel", "high_10", "", "1.00", "", ""),
    D("eligible", "funnel", "wide_low_10", "", "0.48", "", ""),
    D("eligible", "funnel", "wide_high_10", "", "1.00", "", ""),
    D("eligible", "funnel", "low_100", "", "0.77", "", ""),
    D("eligible", "funnel", "high_100", "", "0.92", "", ""),
    D("eligible", "funnel", "wide_low_100", "", "0.66", "", ""),
    D("eligible", "funnel", "wide_high_100", "", "0.98", "", ""),
    D("eligible", "funnel", "outside", "", "0.38", "", ""),
    D("eligible", "funnel", "outside_wide", "", "0.08", "", ""),
    D("eligible", "funnel", "detectable_30", "", "0.209", "", ""),
    D("eligible", "gradient", "r2", "", "0.127", "0.094", "0.166"),
    D("eligible", "gradient", "slope_sd", "", "0.145", "0.125", "0.165"),
    D("eligible", "gradient", "slope_within", "", "0.145", "0.122", "0.168"),
    D("eligible", "gradient", "contextual", "", "0.000", "-0.083", "0.083"),
    D("eligible", "share", "", "sex.f", "0.88", "0.85", "0.90"),
    D("eligible", "share", "", "sex.m", "0.82", "0.79", "0.85"),
    D("eligible", "gap", "", BOTH, "0.06", "0.02", "0.10"),
    D("eligible", "gap", "same_school", BOTH, "0.05", "0.01", "0.09"),
    D("eligible", "gap", "remainder", BOTH, "0.01", "-0.01", "0.03"),
    D("eligible", "gap_scales", "pupils_to_close", BOTH, "0", "", ""),
    D("eligible", "gap_scales", "risk_ratio", BOTH, "0.667", "0.512", "0.868"),
    D("eligible", "slope_between_schools", "slope", BOTH, "0.055", "", ""),
    D("eligible", "slope_between_schools", "range_low", BOTH, "-0.010", "", ""),
    D("eligible", "slope_between_schools", "range_high", BOTH, "0.120", "", ""),
    D("eligible", "slope_between_schools", "p", BOTH, "0.124", "", ""),
    D("merit_17", "mean", "", "", "226.4", "222.1", "230.7"),
    D("merit_17", "percentiles", "p10", "", "137.5", "130.0", "142.5"),
    D("merit_17", "percentiles", "p50", "", "242.5", "237.5", "245.0"),
    D("merit_17", "percentiles", "p90", "", "310.0", "307.5", "312.5"),
    D("merit_17", "percentiles", "p90_p10", "", "172.5", "166.2", "178.8"),
    D("merit_17", "percentiles", "p50_p10", "", "105.0", "99.0", "111.0"),
    D("merit_17", "percentiles", "p90_p50", "", "67.5", "65.0", "70.0"),
    D("merit_17", "gap_scales", "g", BOTH, "0.278", "0.207", "0.349"),
    D("merit_17", "gap_scales", "p_above", BOTH, "0.590", "0.570", "0.610"),
    D("grade:MA", "grades", "passed", "", "0.86", "0.84", "0.88"),
    D("grade:MA", "against_tests", "net", "", "0.085", "0.056", "0.113"),
    D("grade:MA", "against_tests", "lower", "", "0.261", "0.246", "0.278"),
    D("grade:MA", "against_tests", "equal", "", "0.393", "0.375", "0.411"),
    D("grade:MA", "against_tests", "higher", "", "0.346", "0.329", "0.364"),
    D("grade:MA", "against_tests", "coverage", "", "0.953", "", ""),
    {0}};
#undef D
#undef BOTH

static const char *const board_schools[] = {"11 Fyrljusskolan", NULL};
static const char *const board_populations[] = {"final-2024 9", "final-2025 9",
                                                NULL};
static const char *const board_outcomes[] = {
    "merit_17 points", "eligible yes_no", "grade:MA levels", NULL};
static const char *const board_groups[] = {
    "sex m f", "background swedish born_abroad", NULL};

static const made_world board = {
    .district = "Norrhamns kommun",
    .schools = board_schools,
    .populations = board_populations,
    .outcomes = board_outcomes,
    .groups = board_groups,
    .levels = "ABCDEF-",
    .passed = "ABCDE",
    .rules = true,
    .year = 2025,
    .thresholds = {10, 5, 20, 30},
    .figures = board_figures,
};

#undef F
#undef F24
#undef F23
#undef M
#undef E

#endif
