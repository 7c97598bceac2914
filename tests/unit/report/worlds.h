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
    "merit_17_official points", "merit_17 points secondary",
    "eligible yes_no",          "eligible_nate yes_no",
    "all_subjects yes_no",      "all_goals yes_no",
    "goal:MA yes_no",           NULL};
static const char *const city_groups[] = {"sex m f", NULL};

static const made_world city = {
    .district = "Norrhamns kommun",
    .schools = city_schools,
    .populations = city_populations,
    .outcomes = city_outcomes,
    .groups = city_groups,
    .levels = "ABCDEF-",
    .passed = "ABCDE",
    .rules = true,
    .year = 2025,
    .thresholds = {10, 5, 20, 30},
    .figures = city_figures,
};

#undef F
#undef F24
#undef F23
#undef M
#undef E

#endif
