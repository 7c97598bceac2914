/* Sentences by rule: for each, figures that call for it and figures that do
 * not. Whatever is said can be said in every language.
 */
#include "telling.h"

#define F "final-2025"
#define F24 "final-2024"
#define M "middle-2025"
#define SHARE(population, unit, outcome, value, low, high)                     \
    {                                                                          \
        population, unit, outcome, "share", "", "", value, low, high, "84",    \
            false                                                              \
    }
#define ELIGIBLE(value, low, high) SHARE(F, "11", "eligible", value, low, high)
#define APART(outcome, value, clear)                                           \
    {                                                                          \
        F, "11", outcome, "against_district", "", "", value, "", "", "", clear \
    }
#define CHANGE(unit, value, low, high)                                         \
    {                                                                          \
        F, unit, "eligible", "change", "", "", value, low, high, "", false     \
    }
#define IN_ALL(value, low, high)                                               \
    {                                                                          \
        F, "11", "all_subjects", "change", "", "", value, low, high, "", false \
    }
#define BEFORE SHARE(F24, "11", "all_subjects", "0.75", "0.65", "0.83")
#define MERIT(value, low, high)                                                \
    {                                                                          \
        F, "11", "merit_17", "change", "", "", value, low, high, "", false     \
    }
#define GAP(group, value, low, high)                                           \
    {                                                                          \
        F, "11", "all_subjects", "gap", "", group, value, low, high, "", false \
    }
#define IN_GROUP(group, value)                                                 \
    {                                                                          \
        F, "11", "all_subjects", "share", "", group, value, "", "", "40",      \
            false                                                              \
    }
#define SPREAD(outcome, component, value, low, high)                           \
    {                                                                          \
        F, "", outcome, "spread_between_schools", component, "", value, low,   \
            high, "", false                                                    \
    }
#define WAY(component, low, high)                                              \
    {                                                                          \
        F, "", "eligible", "way_to_goals", component, "", low, low, high, "",  \
            false                                                              \
    }
#define TENTH(component, low, high)                                            \
    {                                                                          \
        F, "", "merit_17", "background_curve", component, "", low, low, high,  \
            "", false                                                          \
    }
#define SPREAD_UNDER(variant, value)                                           \
    {                                                                          \
        F "+" variant, "", "eligible", "spread_between_schools", "sigma_b",    \
            "", value, "", "", "", false                                       \
    }
#define COUNT_NO(value)                                                        \
    {                                                                          \
        F, "", "eligible", "share", "count_no", "", value, "", "", "", false   \
    }

/* A figure of MEASURE about ELIGIBLE in the district, by GROUP. */
#define DISTRICT(measure, component, group, value, low, high)                  \
    {                                                                          \
        F, "", "eligible", measure, component, group, value, low, high, "",    \
            false                                                              \
    }
#define LOW_HIGH "parental_education.low/high"
#define HEADS(component, group, value, low, high)                              \
    {                                                                          \
        F, "", "", "segregation", component, group, value, low, high, "",      \
            false                                                              \
    }
#define TESTS(unit, component, low, high)                                      \
    {                                                                          \
        F, unit, "grade:SVA", "against_tests", component, "", "0.05", low,     \
            high, "", false                                                    \
    }
#define EXPECTED(low, high)                                                    \
    {                                                                          \
        F, "11", "eligible", "expected", "difference", "", "0.01", low, high,  \
            "", false                                                          \
    }
#define EXPECTED_IN_ALL(low, high)                                             \
    {                                                                          \
        F, "11", "all_subjects", "expected", "difference", "", "0.01", low,    \
            high, "", false                                                    \
    }
#define EXPECTED_THREE(value, low, high)                                       \
    {                                                                          \
        F, "11", "eligible", "expected_three_years", "difference", "", value,  \
            low, high, "", false                                               \
    }
#define PASSED(unit)                                                           \
    {                                                                          \
        F, unit, "grade:SVA", "grades", "passed", "", "0.8", "", "", "", false \
    }

enum { EXTRA = 6, FIGURES_MOST = 64 };

/* What holds unless a case says otherwise: nothing that calls for anything. */
static const made_figure base[] = {
    {F, "", "", "pupils", "", "", "1204", "", "", "", false},
    {F, "11", "", "pupils", "", "", "84", "", "", "", false},
    SHARE(F, "", "eligible", "0.85", "0.83", "0.87"),
    SHARE(F, "", "all_subjects", "0.76", "0.74", "0.78"),
    ELIGIBLE("0.84", "0.75", "0.90"),
    SHARE(F, "11", "all_subjects", "0.75", "0.65", "0.83"),
    {F, "", "merit_17", "mean", "", "", "226.4", "222.1", "230.7", "", false},
    {F, "11", "merit_17", "mean", "", "", "225.0", "214", "236", "", false},
    SHARE(F24, "11", "eligible", "0.84", "0.75", "0.90"),
    SHARE(F24, "", "eligible", "0.85", "0.83", "0.87"),
    {0}};

typedef struct rule {
    const char *key;
    const char *definition; /* "school" and "guardians" are about school 11 */
    made_figure yes[EXTRA], no[EXTRA];
} rule;

static const rule rules[] = {
    /* -- questions at a school -- */
    {"question.below",
     "school",
     {APART("eligible", "-0.11", true)},
     {APART("eligible", "-0.11", false)}},
    {"question.above",
     "school",
     {APART("eligible", "0.11", true)},
     {APART("eligible", "0.11", false)}},
    {"question.fell",
     "school",
     {CHANGE("11", "-0.065", "-0.12", "-0.01")},
     {CHANGE("11", "-0.055", "-0.12", "0.01")}},
    {"question.fell",
     "school",
     {CHANGE("11", "-0.05", "-0.09", "-0.01")},
     {CHANGE("11", "-0.04", "-0.07", "-0.01")}},
    {"question.rose",
     "school",
     {CHANGE("11", "0.065", "0.01", "0.12")},
     {CHANGE("11", "0.055", "-0.01", "0.12")}},
    {"finding.unseen_year",
     "school",
     {CHANGE("11", "-0.055", "-0.12", "0.01")},
     {CHANGE("11", "0.065", "0.01", "0.12")}},
    {"finding.unseen_expected",
     "school",
     {EXPECTED("-0.12", "0.01")},
     {EXPECTED("..", "..")}},
    {"finding.unseen_gaps",
     "school",
     {GAP("sex.f/m", "0.02", "-0.09", "0.12")},
     {GAP("sex.f/m", "0.20", "0.09", "0.32")}},
    {"question.lacking_one",
     "school",
     {SHARE(F, "11", "lacking_one", "0.05", "", "")},
     {SHARE(F, "11", "lacking_one", "0.04", "", "")}},
    {"question.lacking_one",
     "school",
     {SHARE(F, "11", "lacking_one", ">=0.06", "", "")},
     {SHARE(F, "11", "lacking_one", "<=0.06", "", "")}},
    {"question.language",
     "school",
     {{F, "11", "grade:SVA", "grades", "passed", "", "0.74", "", "", "", 0}},
     {{F, "11", "grade:SVA", "grades", "passed", "", "0.75", "", "", "", 0}}},
    {"question.language",
     "school",
     {{F, "11", "grade:SVA", "grades", "passed", "", "<=0.40", "", "", "", 0}},
     {{F, "11", "grade:SVA", "grades", "passed", "", "..", "", "", "", 0}}},
    {"question.sex",
     "school",
     {GAP("sex.f/m", "0.12", "0.01", "0.23")},
     {GAP("sex.f/m", "0.12", "-0.01", "0.25")}},
    {"question.education",
     "school",
     {GAP("parental_education.low/high", "-0.2", "-0.3", "-0.1")},
     {GAP("parental_education.low/high", "..", "..", "..")}},
    {"question.stages",
     "school",
     {SHARE(M, "11", "all_subjects", "0.74", "0.62", "0.83")},
     {SHARE(M, "", "all_subjects", "0.74", "0.62", "0.83")}},
    {"question.hidden",
     "school",
     {ELIGIBLE("..", "..", "..")},
     {ELIGIBLE("-no_pupils", "", "")}},
    /* -- questions of the district -- */
    {"question.spread",
     "district",
     {SPREAD("eligible", "icc", "0.08", "0.03", "0.14")},
     {SPREAD("eligible", "icc", "0.08", "0", "0.14")}},
    {"question.background",
     "district",
     {{F, "", "", "pupils", "share", "sex.missing", "0.10", "", "", "", 0}},
     {{F, "", "", "pupils", "share", "sex.missing", "0.09", "", "", "", 0}}},
    {"question.fell",
     "district",
     {CHANGE("", "-0.05", "-0.09", "-0.01")},
     {CHANGE("", "-0.05", "-0.11", "0.01")}},
    /* -- the school in the band -- */
    {"band.title_none",
     "school",
     {APART("eligible", "-0.11", false), APART("all_subjects", "-0.1", false)},
     {APART("eligible", "-0.11", false), APART("all_subjects", "..", false)}},
    {"band.title_none_shown",
     "school",
     {APART("eligible", "-0.11", false), APART("all_subjects", "..", false)},
     {APART("eligible", "-0.11", true), APART("all_subjects", "..", false)}},
    {"band.title_one_below",
     "school",
     {APART("eligible", "-0.11", true)},
     {APART("eligible", "0.11", true)}},
    {"band.title_one_above",
     "school",
     {APART("eligible", "0.11", true)},
     {APART("eligible", "..", true)}},
    {"band.title_below",
     "school",
     {APART("eligible", "-0.11", true), APART("all_subjects", "-0.2", true)},
     {APART("eligible", "-0.11", true), APART("all_subjects", "0.2", true)}},
    {"band.title_above",
     "school",
     {APART("eligible", "0.11", true), APART("all_subjects", "0.2", true)},
     {APART("eligible", "0.11", true), APART("all_subjects", "-0.2", true)}},
    {"band.title_both",
     "school",
     {APART("eligible", "0.11", true), APART("all_subjects", "-0.2", true)},
     {APART("eligible", "0.11", true), APART("all_subjects", "0.2", true)}},
    {"band.title_alone",
     "school",
     {APART("eligible", "..", false)},
     {APART("eligible", "0.1", false), APART("merit_17", "1", false)}},
    {"band.hidden",
     "school",
     {{F, "11", "merit_17", "mean", "", "", "..", "..", "..", "", false}},
     {{F, "11", "merit_17", "mean", "", "", "-no_pupils", "", "", "", false}}},
    {"band.none",
     "school",
     {{F, "11", "merit_17", "mean", "", "", "-no_pupils", "", "", "", false}},
     {{F, "11", "merit_17", "mean", "", "", "..", "..", "..", "", false}}},
    /* -- years -- */
    {"years.same",
     "school",
     {CHANGE("11", "0", "-0.1", "0.1")},
     {CHANGE("11", "0.15", "0.1", "0.2")}},
    {"years.higher",
     "school",
     {CHANGE("11", "0.15", "0.1", "0.2")},
     {CHANGE("11", "0.01", "..", "..")}},
    {"years.lower",
     "school",
     {CHANGE("11", "-0.15", "-0.2", "-0.1")},
     {CHANGE("11", "-0.1", "-0.2", "0")}},
    {"years.small",
     "school",
     {CHANGE("11", "-0.04", "-0.07", "-0.01")},
     {CHANGE("11", "-0.05", "-0.09", "-0.01")}},
    {"years.heading_same",
     "school",
     {CHANGE("11", "0", "-0.1", "0.1")},
     {CHANGE("11", "0.01", "..", "..")}},
    {"heading.years",
     "school",
     {CHANGE("11", "0.15", "0.1", "0.2")},
     {CHANGE("11", "0", "-0.1", "0.1")}},
    /* -- gaps -- */
    {"gaps.title_some",
     "school",
     {GAP("sex.f/m", "0.12", "0.01", "0.23"), IN_GROUP("sex.f", "0.8"),
      IN_GROUP("sex.m", "0.68")},
     {GAP("sex.f/m", "0.12", "-0.01", "0.25"), IN_GROUP("sex.f", "0.8"),
      IN_GROUP("sex.m", "0.68")}},
    {"gaps.title_none",
     "school",
     {GAP("sex.f/m", "0.12", "-0.01", "0.25"), IN_GROUP("sex.f", "0.8"),
      IN_GROUP("sex.m", "0.68")},
     {GAP("sex.f/m", "0.12", "", ""), IN_GROUP("sex.f", "0.8"),
      IN_GROUP("sex.m", "0.68")}},
    {"gaps.title_none_shown",
     "school",
     {GAP("sex.f/m", "0.12", "-0.01", "0.25"), IN_GROUP("sex.f", "0.8"),
      IN_GROUP("sex.m", "0.68"),
      GAP("parental_education.low/high", "-0.2", "..", ".."),
      IN_GROUP("parental_education.low", "0.6"),
      IN_GROUP("parental_education.high", "0.8")},
     {GAP("sex.f/m", "0.12", "-0.01", "0.25"), IN_GROUP("sex.f", "0.8"),
      IN_GROUP("sex.m", "0.68")}},
    {"gaps.all_hidden",
     "school",
     {GAP("sex.f/m", "..", "..", ".."), IN_GROUP("sex.f", "0.8"),
      IN_GROUP("sex.m", "..")},
     {GAP("sex.f/m", "0.12", "0.01", "0.23"), IN_GROUP("sex.f", "0.8"),
      IN_GROUP("sex.m", "0.68")}},
    /* -- spread -- */
    {"spread.title_all",
     "district",
     {SPREAD("eligible", "icc", "0.08", "0.03", "0.14"),
      SPREAD("eligible", "sigma_b", "0.1", "0.08", "0.12"),
      SPREAD("all_subjects", "icc", "0.08", "0.03", "0.14"),
      SPREAD("all_subjects", "sigma_b", "0.1", "0.08", "0.12")},
     {SPREAD("eligible", "icc", "0.08", "0.03", "0.14"),
      SPREAD("eligible", "sigma_b", "0.1", "0.08", "0.12"),
      SPREAD("all_subjects", "icc", "0.08", "0", "0.14"),
      SPREAD("all_subjects", "sigma_b", "0.1", "0.08", "0.12")}},
    {"spread.title_some",
     "district",
     {SPREAD("eligible", "icc", "0.08", "0.03", "0.14"),
      SPREAD("eligible", "sigma_b", "0.1", "0.08", "0.12"),
      SPREAD("all_subjects", "icc", "0.08", "0", "0.14"),
      SPREAD("all_subjects", "sigma_b", "0.1", "0.08", "0.12")},
     {SPREAD("eligible", "icc", "0.08", "0", "0.14"),
      SPREAD("eligible", "sigma_b", "0.1", "0.08", "0.12"),
      SPREAD("all_subjects", "icc", "0.08", "0", "0.14"),
      SPREAD("all_subjects", "sigma_b", "0.1", "0.08", "0.12")}},
    {"spread.title_one_none",
     "district",
     {SPREAD("eligible", "icc", "0.08", "0", "0.14"),
      SPREAD("eligible", "sigma_b", "0.1", "0.08", "0.12")},
     {SPREAD("eligible", "icc", "0.08", "0.01", "0.14"),
      SPREAD("eligible", "sigma_b", "0.1", "0.08", "0.12")}},
    {"spread.not_estimable",
     "district",
     {SPREAD("eligible", "icc", "-one_school", "", "")},
     {SPREAD("eligible", "icc", "0.08", "0.01", "0.14"),
      SPREAD("eligible", "sigma_b", "0.1", "0.08", "0.12")}},
    /* -- goals: 85 % are to be eligible -- */
    {"targets.reached",
     "district",
     {SHARE(F, "", "eligible", "0.87", "0.85", "0.89")},
     {SHARE(F, "", "eligible", "0.87", "0.849", "0.89")}},
    {"targets.reached",
     "school",
     {ELIGIBLE(">=0.9", "", "")},
     {ELIGIBLE(">=0.84", "", "")}},
    {"targets.not_reached",
     "district",
     {SHARE(F, "", "eligible", "0.82", "0.80", "0.849")},
     {SHARE(F, "", "eligible", "0.83", "0.80", "0.85")}},
    {"targets.small",
     "school",
     {IN_ALL("0.04", "0.01", "0.07")},
     {IN_ALL("0.05", "0.01", "0.09")}},
    {"targets.cannot_tell",
     "district",
     {SHARE(F, "", "eligible", "..", "..", "..")},
     {SHARE(F, "", "eligible", "0.82", "0.80", "0.84")}},
    /* -- a follow-up without a goal: against the year before -- */
    {"targets.higher",
     "school",
     {IN_ALL("0.055", "0.01", "0.10")},
     {IN_ALL("0.06", "0.00", "0.12")}},
    {"targets.lower",
     "school",
     {IN_ALL("-0.06", "-0.11", "-0.01")},
     {IN_ALL("0.01", "..", "..")}},
    /* -- the way to the goals, the curve of background -- */
    {"way.title_seen",
     "district",
     {WAY("followed", "0.8", "0.9"), WAY("visible_before", "0.50", "0.7")},
     {WAY("followed", "0.8", "0.9"), WAY("visible_before", "0.49", "0.7")}},
    {"way.title_new",
     "district",
     {WAY("followed", "0.8", "0.9"), WAY("visible_before", "0.3", "0.49")},
     {WAY("followed", "0.8", "0.9"), WAY("visible_before", "..", "..")}},
    {"background_curve.title_apart",
     "district",
     {TENTH("tenth_1", "170", "190"), TENTH("tenth_10", "191", "199")},
     {TENTH("tenth_1", "170", "190"), TENTH("tenth_10", "190", "199")}},
    /* -- in short -- */
    {"summary.level",
     "district",
     {SHARE(F, "", "eligible", ">=0.9", "..", "..")},
     {SHARE(F, "", "eligible", "..", "..", "..")}},
    {"summary.change_none",
     "district",
     {CHANGE("", "0", "-0.02", "0.02")},
     {CHANGE("", "0.06", "0.05", "0.07")}},
    {"summary.change_up",
     "district",
     {CHANGE("", "0.06", "0.05", "0.07")},
     {CHANGE("", "0.06", "0", "0.12")}},
    {"summary.change_down",
     "district",
     {CHANGE("", "-0.06", "-0.07", "-0.05")},
     {CHANGE("", "0.01", "..", "..")}},
    {"summary.change_small",
     "district",
     {CHANGE("", "0.03", "0.02", "0.04")},
     {CHANGE("", "0.03", "0", "0.06")}},
    {"summary.spread",
     "district",
     {SPREAD("eligible", "icc", "0.08", "0.03", "0.14")},
     {SPREAD("eligible", "icc", "0.08", "0", "0.14")}},
    {"summary.background",
     "district",
     {DISTRICT("gradient", "r2", "", "0.12", "0.08", "0.15")},
     {DISTRICT("gradient", "r2", "", "0.12", "..", "..")}},
    {"summary.gap_within",
     "district",
     {DISTRICT("gap", "", LOW_HIGH, "-0.2", "-0.3", "-0.1"),
      DISTRICT("gap", "same_school", LOW_HIGH, "-0.19", "-0.3", "-0.1"),
      DISTRICT("gap", "remainder", LOW_HIGH, "-0.01", "-0.03", "0.01")},
     {DISTRICT("gap", "", LOW_HIGH, "-0.2", "-0.3", "-0.1"),
      DISTRICT("gap", "same_school", LOW_HIGH, "-0.15", "-0.3", "-0.1"),
      DISTRICT("gap", "remainder", LOW_HIGH, "-0.05", "-0.09", "-0.01")}},
    {"summary.gap_parts",
     "district",
     {DISTRICT("gap", "", LOW_HIGH, "-0.2", "-0.3", "-0.1"),
      DISTRICT("gap", "same_school", LOW_HIGH, "-0.15", "-0.3", "-0.1"),
      DISTRICT("gap", "remainder", LOW_HIGH, "-0.05", "-0.09", "-0.01")},
     {DISTRICT("gap", "", LOW_HIGH, "-0.2", "-0.3", "0.1"),
      DISTRICT("gap", "same_school", LOW_HIGH, "-0.15", "-0.3", "-0.1"),
      DISTRICT("gap", "remainder", LOW_HIGH, "-0.05", "-0.09", "-0.01")}},
    /* -- what has changed -- */
    {"change.no_trend",
     "district",
     {CHANGE("", "0", "-0.02", "0.02"),
      DISTRICT("trend", "whole", "", "0.06", "-0.01", "0.13")},
     {CHANGE("", "0", "-0.02", "0.02"),
      DISTRICT("trend", "whole", "", "0.01", "..", "..")}},
    {"change.some_trend",
     "district",
     {CHANGE("", "0", "-0.02", "0.02"),
      DISTRICT("trend", "whole", "", "0.06", "0.01", "0.11")},
     {CHANGE("", "0", "-0.02", "0.02"),
      DISTRICT("trend", "whole", "", "0.06", "-0.01", "0.13")}},
    {"change.heading_year",
     "district",
     {CHANGE("", "0", "-0.02", "0.02")},
     {CHANGE("", "0", "-0.02", "0.02"),
      DISTRICT("three_years", "", "", "0.8", "0.7", "0.9")}},
    {"change.title_none",
     "district",
     {CHANGE("", "0", "-0.02", "0.02"),
      DISTRICT("change_split", "composition", "background", "0.01", "-0.01",
               "0.03"),
      DISTRICT("change_split", "rates", "background", "0.01", "0.01", "0.03")},
     {CHANGE("", "0", "-0.02", "0.02"),
      DISTRICT("change_split", "composition", "background", "0.02", "0.01",
               "0.03"),
      DISTRICT("change_split", "rates", "background", "0.01", "0.01", "0.03")}},
    {"change.title_some",
     "district",
     {CHANGE("", "0", "-0.02", "0.02"),
      DISTRICT("change_split", "composition", "background", "-0.02", "-0.03",
               "-0.01"),
      DISTRICT("change_split", "rates", "background", "0.01", "0", "0.03")},
     {CHANGE("", "0", "-0.02", "0.02"),
      DISTRICT("change_split", "composition", "background", "..", "..", ".."),
      DISTRICT("change_split", "rates", "background", "..", "..", "..")}},
    /* -- within schools and between them -- */
    {"variance.title_within",
     "district",
     {SPREAD("eligible", "reml_icc", "0.08", "0.03", "0.14")},
     {SPREAD("eligible", "reml_icc", "0.48", "0.3", "0.54")}},
    {"variance.end",
     "district",
     {SPREAD("eligible", "reml_icc", "0.08", "0.03", "0.14"),
      SPREAD("eligible", "given_explained", "0.3", "", "")},
     {SPREAD("eligible", "reml_icc", "0.08", "0.03", "0.14"),
      SPREAD("eligible", "given_explained", "-0.02", "", "")}},
    {"variance.same",
     "district",
     {SPREAD("eligible", "reml_icc", "0.08", "0.03", "0.14"),
      DISTRICT("spread_change", "sigma_b", "", "0.01", "-0.01", "0.03")},
     {SPREAD("eligible", "reml_icc", "0.08", "0.03", "0.14"),
      DISTRICT("spread_change", "sigma_b", "", "0.02", "0.01", "0.03")}},
    {"variance.apart",
     "district",
     {SPREAD("eligible", "reml_icc", "0.08", "0.03", "0.14"),
      DISTRICT("spread_change", "sigma_b", "", "0.02", "0.01", "0.03")},
     {SPREAD("eligible", "reml_icc", "0.08", "0.03", "0.14"),
      DISTRICT("spread_change", "sigma_b", "", "0.02", "..", "..")}},
    {"variance.closer",
     "district",
     {SPREAD("eligible", "reml_icc", "0.08", "0.03", "0.14"),
      DISTRICT("spread_change", "sigma_b", "", "-0.02", "-0.03", "-0.01")},
     {SPREAD("eligible", "reml_icc", "0.08", "0.03", "0.14"),
      DISTRICT("spread_change", "sigma_b", "", "-0.02", "-0.03", "0")}},
    /* -- other choices -- */
    {"other_choices.holds",
     "district",
     {SPREAD("eligible", "sigma_b", "0.10", "0.08", "0.12"),
      SPREAD_UNDER("logit", "0.12"), SPREAD_UNDER("special_units", "..")},
     {SPREAD("eligible", "sigma_b", "0.10", "0.08", "0.12"),
      SPREAD_UNDER("logit", "0.13"), SPREAD_UNDER("special_units", "0.10")}},
    {"other_choices.moves",
     "district",
     {SPREAD("eligible", "sigma_b", "0.10", "0.08", "0.12"),
      SPREAD_UNDER("logit", "0.07"), SPREAD_UNDER("special_units", "0.10")},
     {SPREAD("eligible", "sigma_b", "0.10", "0.08", "0.12")}},
    {"other_choices.untold",
     "district",
     {SPREAD("eligible", "sigma_b", "0.10", "0.08", "0.12"),
      SPREAD_UNDER("special_units", "-few_others")},
     {SPREAD("eligible", "sigma_b", "0.10", "0.08", "0.12"),
      SPREAD_UNDER("special_units", "0.11")}},
    {"other_choices.logit",
     "district",
     {SPREAD_UNDER("logit", "0.11")},
     {SPREAD_UNDER("special_units", "0.11")}},
    /* -- background -- */
    {"background.own_only",
     "district",
     {DISTRICT("gradient", "r2", "", "0.12", "0.08", "0.15"),
      DISTRICT("gradient", "contextual", "", "0.02", "-0.05", "0.09")},
     {DISTRICT("gradient", "r2", "", "0.12", "0.08", "0.15"),
      DISTRICT("gradient", "contextual", "", "0.05", "0.01", "0.09")}},
    {"background.more",
     "district",
     {DISTRICT("gradient", "r2", "", "0.12", "0.08", "0.15"),
      DISTRICT("gradient", "contextual", "", "0.05", "0.01", "0.09")},
     {DISTRICT("gradient", "r2", "", "0.12", "0.08", "0.15"),
      DISTRICT("gradient", "contextual", "", "..", "..", "..")}},
    {"percentiles.longer_down",
     "district",
     {{F, "", "merit_17", "percentiles", "p90_p10", "", "170", "", "", "", 0},
      {F, "", "merit_17", "percentiles", "p50_p10", "", "100", "", "", "", 0},
      {F, "", "merit_17", "percentiles", "p90_p50", "", "70", "", "", "", 0}},
     {{F, "", "merit_17", "percentiles", "p90_p10", "", "170", "", "", "", 0},
      {F, "", "merit_17", "percentiles", "p50_p10", "", "85", "", "", "", 0},
      {F, "", "merit_17", "percentiles", "p90_p50", "", "85", "", "", "", 0}}},
    /* -- the same at all schools -- */
    {"everywhere.differs",
     "district",
     {DISTRICT("slope_between_schools", "range_low", "sex.f/m", "-0.1", "", ""),
      DISTRICT("slope_between_schools", "range_high", "sex.f/m", "0.3", "", ""),
      DISTRICT("slope_between_schools", "slope", "sex.f/m", "0.1", "", ""),
      DISTRICT("slope_between_schools", "p", "sex.f/m", "0.049", "", "")},
     {DISTRICT("slope_between_schools", "range_low", "sex.f/m", "-0.1", "", ""),
      DISTRICT("slope_between_schools", "range_high", "sex.f/m", "0.3", "", ""),
      DISTRICT("slope_between_schools", "slope", "sex.f/m", "0.1", "", ""),
      DISTRICT("slope_between_schools", "p", "sex.f/m", "0.050", "", "")}},
    /* -- composition against chance -- */
    {"composition.title_all",
     "district",
     {HEADS("dissimilarity", "sex.f", "0.30", "0.25", "0.35"),
      HEADS("dissimilarity_random", "sex.f", "0.10", "0.08", "0.12")},
     {HEADS("dissimilarity", "sex.f", "0.11", "0.05", "0.35"),
      HEADS("dissimilarity_random", "sex.f", "0.10", "0.08", "0.12")}},
    {"composition.title_none",
     "district",
     {HEADS("dissimilarity", "sex.f", "0.12", "0.10", "0.35"),
      HEADS("dissimilarity_random", "sex.f", "0.10", "0.08", "0.12")},
     {HEADS("dissimilarity", "sex.f", "0.13", "0.10", "0.35"),
      HEADS("dissimilarity_random", "sex.f", "0.10", "0.08", "0.12")}},
    {"composition.title_some",
     "district",
     {HEADS("dissimilarity", "sex.f", "0.11", "0.10", "0.35"),
      HEADS("dissimilarity_random", "sex.f", "0.10", "0.08", "0.12"),
      HEADS("dissimilarity", "background.born_abroad", "0.3", "0.2", "0.4"),
      HEADS("dissimilarity_random", "background.born_abroad", "0.1", "0.08",
            "0.12")},
     {HEADS("dissimilarity", "sex.f", "0.30", "0.25", "0.35"),
      HEADS("dissimilarity_random", "sex.f", "0.10", "0.08", "0.12")}},
    {"question.composition",
     "district",
     {HEADS("dissimilarity", "sex.f", "0.30", "0.25", "0.35"),
      HEADS("dissimilarity_random", "sex.f", "0.10", "0.08", "0.12")},
     {HEADS("dissimilarity", "sex.f", "0.30", "0.25", "0.35"),
      HEADS("dissimilarity_random", "sex.f", "..", "..", "..")}},
    /* -- grades and tests -- */
    {"tests.title_higher",
     "district",
     {PASSED(""), TESTS("", "net", "0.01", "0.09")},
     {PASSED(""), TESTS("", "net", "-0.01", "0.09")}},
    {"tests.title_even",
     "district",
     {PASSED(""), TESTS("", "net", "-0.01", "0.09")},
     {PASSED(""), TESTS("", "net", "-0.09", "-0.01")}},
    {"tests.title_some",
     "district",
     {PASSED(""), TESTS("", "net", "-0.09", "-0.01")},
     {PASSED(""), TESTS("", "net", "0", "0.09")}},
    {"question.tests_school",
     "school",
     {PASSED("11"), TESTS("11", "net_difference", "0.01", "0.09")},
     {PASSED("11"), TESTS("11", "net_difference", "-0.01", "0.09")}},
    /* -- actual and expected -- */
    {"question.expected_below",
     "school",
     {EXPECTED("-0.09", "-0.01")},
     {EXPECTED("-0.09", "0.01")}},
    {"question.expected_above",
     "school",
     {EXPECTED("0.01", "0.09")},
     {EXPECTED("..", "..")}},
    {"expected.heading",
     "school",
     {EXPECTED_THREE("0.05", "-0.01", "0.11")},
     {EXPECTED_THREE("..", "..", "..")}},
    {"expected.title_one",
     "school",
     {EXPECTED("0.01", "0.09")},
     {EXPECTED("0.01", "0.09"), EXPECTED_IN_ALL("0.01", "0.09")}},
    {"expected.title_all",
     "school",
     {EXPECTED("0.01", "0.09"), EXPECTED_IN_ALL("0.01", "0.09")},
     {EXPECTED("0.01", "0.09"), EXPECTED_IN_ALL("-0.01", "0.09")}},
    {"expected.title_above",
     "school",
     {EXPECTED("0.01", "0.09"), EXPECTED_IN_ALL("-0.01", "0.09")},
     {EXPECTED("0.01", "0.09"), EXPECTED_IN_ALL("-0.09", "-0.01")}},
    {"expected.title_below",
     "school",
     {EXPECTED("-0.01", "0.09"), EXPECTED_IN_ALL("-0.09", "-0.01")},
     {EXPECTED("-0.01", "0.09"), EXPECTED_IN_ALL("-0.09", "0.01")}},
    {"expected.title_both",
     "school",
     {EXPECTED("0.01", "0.09"), EXPECTED_IN_ALL("-0.09", "-0.01")},
     {EXPECTED("0.01", "0.09"), EXPECTED_IN_ALL("..", "..")}},
    {"expected.title_in_line",
     "school",
     {EXPECTED("-0.01", "0.09"), EXPECTED_IN_ALL("..", "..")},
     {EXPECTED("-0.01", "0.09"), EXPECTED_IN_ALL("-0.09", "0.01")}},
    /* -- what stands out at a school -- */
    {"finding.below",
     "school",
     {APART("eligible", "-0.11", true)},
     {APART("eligible", "-0.11", false)}},
    {"finding.above",
     "school",
     {APART("eligible", "0.11", true)},
     {APART("eligible", "..", true)}},
    {"finding.rose",
     "school",
     {CHANGE("11", "0.065", "0.01", "0.12")},
     {CHANGE("11", "0.055", "-0.01", "0.12")}},
    {"finding.rose",
     "school",
     {CHANGE("11", "0.05", "0.01", "0.09")},
     {CHANGE("11", "0.04", "0.01", "0.07")}},
    {"finding.unseen_year",
     "school",
     {CHANGE("11", "0.04", "-0.01", "0.09")},
     {CHANGE("11", "0.04", "0.01", "0.07")}},
    {"finding.rose",
     "school",
     {MERIT("10", "2", "18")},
     {MERIT("9", "2", "16")}},
    {"finding.fell",
     "school",
     {CHANGE("11", "-0.065", "-0.12", "-0.01")},
     {CHANGE("11", "-0.06", "-0.12", "0")}},
    {"finding.expected_above",
     "school",
     {EXPECTED("0.01", "0.09")},
     {EXPECTED("-0.01", "0.09")}},
    {"finding.expected_below",
     "school",
     {EXPECTED("-0.09", "-0.01")},
     {EXPECTED("..", "..")}},
    {"finding.gap",
     "school",
     {GAP("sex.f/m", "0.12", "0.01", "0.23")},
     {GAP("sex.f/m", "0.12", "-0.01", "0.23")}},
    {"finding.nothing",
     "school",
     {CHANGE("11", "0.055", "-0.01", "0.12")},
     {CHANGE("11", "0.065", "0.01", "0.12")}},
    {"finding.not_tested",
     "school",
     {CHANGE("11", "0.01", "..", "..")},
     {CHANGE("11", "0.055", "-0.01", "0.12")}},
    {"finding.heading_none",
     "school",
     {CHANGE("11", "0.055", "-0.01", "0.12")},
     {CHANGE("11", "0.01", "..", "..")}},
    {"finding.heading_untold",
     "school",
     {CHANGE("11", "0.01", "..", "..")},
     {CHANGE("11", "0.055", "-0.01", "0.12")}},
    {"finding.rest",
     "school",
     {CHANGE("11", "0.065", "0.01", "0.12")},
     {CHANGE("11", "0.055", "-0.01", "0.12")}},
    {"gaps.no_interval",
     "school",
     {GAP("sex.f/m", "0.12", "-0.01", "0.25"), IN_GROUP("sex.f", "0.8"),
      IN_GROUP("sex.m", "0.68"),
      GAP("parental_education.low/high", "-0.2", "..", ".."),
      IN_GROUP("parental_education.low", "0.6"),
      IN_GROUP("parental_education.high", "0.8")},
     {GAP("sex.f/m", "0.12", "-0.01", "0.25"), IN_GROUP("sex.f", "0.8"),
      IN_GROUP("sex.m", "0.68"),
      GAP("parental_education.low/high", "..", "..", ".."),
      IN_GROUP("parental_education.low", "0.6"),
      IN_GROUP("parental_education.high", "0.8")}},
    /* -- questions for the board -- */
    {"question.odds",
     "district",
     {SPREAD("eligible", "icc", "0.08", "0.03", "0.14")},
     {SPREAD("eligible", "icc", "0.08", "0", "0.14")}},
    {"question.apart",
     "district",
     {DISTRICT("spread_change", "sigma_b", "", "0.02", "0.01", "0.03")},
     {DISTRICT("spread_change", "sigma_b", "", "0.02", "-0.01", "0.03")}},
    {"question.within",
     "district",
     {DISTRICT("gap", "", LOW_HIGH, "-0.2", "-0.3", "-0.1"),
      DISTRICT("gap", "remainder", LOW_HIGH, "-0.01", "-0.03", "0.01")},
     {DISTRICT("gap", "", LOW_HIGH, "-0.2", "-0.3", "-0.1"),
      DISTRICT("gap", "remainder", LOW_HIGH, "-0.05", "-0.09", "-0.01")}},
    {"question.between",
     "district",
     {DISTRICT("gap", "", LOW_HIGH, "-0.2", "-0.3", "-0.1"),
      DISTRICT("gap", "remainder", LOW_HIGH, "-0.05", "-0.09", "-0.01")},
     {DISTRICT("gap", "", LOW_HIGH, "-0.2", "-0.3", "0.1"),
      DISTRICT("gap", "remainder", LOW_HIGH, "-0.05", "-0.09", "-0.01")}},
    /* -- figures to quote -- */
    {"quote.level_alone",
     "district",
     {SHARE(F, "", "eligible", "0.85", "..", "..")},
     {SHARE(F, "", "eligible", "..", "..", "..")}},
    {"quote.spread",
     "district",
     {SPREAD("eligible", "icc", "0.08", "0.03", "0.14")},
     {SPREAD("eligible", "icc", "0.08", "0", "0.14")}},
    {"quote.gap",
     "district",
     {DISTRICT("gap", "", LOW_HIGH, "-0.2", "-0.3", "-0.1")},
     {DISTRICT("gap", "", LOW_HIGH, "-0.2", "-0.3", "0.1")}},
    /* -- how many reach the goals -- */
    {"failed.eligible", "district", {COUNT_NO("178")}, {COUNT_NO("..")}},
    {"reached.eligible", "district", {COUNT_NO("..")}, {COUNT_NO("178")}},
    {"reached.eligible",
     "district",
     {COUNT_NO("..")},
     {SHARE(F, "", "eligible", "..", "..", ".."), COUNT_NO("..")}},
    /* -- at a glance, and grades -- */
    {"glance.all_hidden",
     "school",
     {ELIGIBLE("..", "..", ".."),
      SHARE(F, "11", "all_subjects", "..", "..", ".."),
      {F, "11", "merit_17", "mean", "", "", "..", "..", "..", "", false}},
     {ELIGIBLE(">=0.9", "", ""),
      SHARE(F, "11", "all_subjects", "..", "..", ".."),
      {F, "11", "merit_17", "mean", "", "", "..", "..", "..", "", false}}},
    {"grades.against",
     "school",
     {PASSED("11"), PASSED("")},
     {PASSED("11"),
      {F, "", "grade:SVA", "grades", "passed", "", "..", "", "", "", 0}}},
    {"grades.all_hidden",
     "school",
     {{F, "11", "grade:SVA", "grades", "passed", "", "..", "", "", "", 0}},
     {{F, "11", "grade:SVA", "grades", "passed", "", "0.8", "", "", "", 0}}},
    /* -- for guardians, in easy words -- */
    {"finding.above",
     "guardians",
     {APART("eligible", "0.11", true)},
     {APART("eligible", "0.11", false)}},
    {"finding.below",
     "guardians",
     {APART("eligible", "-0.11", true)},
     {APART("eligible", "..", true)}},
    {"finding.rose",
     "guardians",
     {CHANGE("11", "0.065", "0.01", "0.12")},
     {CHANGE("11", "0.055", "-0.01", "0.12")}},
    {"finding.fell",
     "guardians",
     {CHANGE("11", "-0.065", "-0.12", "-0.01")},
     {CHANGE("11", "-0.04", "-0.07", "-0.01")}},
    {"finding.expected_above",
     "guardians",
     {EXPECTED("0.01", "0.12")},
     {EXPECTED("-0.01", "0.12")}},
    {"finding.expected_below",
     "guardians",
     {EXPECTED("-0.12", "-0.01")},
     {EXPECTED("-0.12", "..")}},
    {"finding.rest",
     "guardians",
     {APART("eligible", "0.11", true)},
     {APART("eligible", "0.11", false)}},
    {"finding.heading",
     "guardians",
     {APART("eligible", "0.11", true)},
     {APART("eligible", "0.11", false)}},
    {"finding.nothing",
     "guardians",
     {APART("eligible", "0.11", false)},
     {APART("eligible", "..", false)}},
    {"finding.heading_none",
     "guardians",
     {APART("eligible", "0.11", false)},
     {APART("eligible", "0.11", true)}},
    {"finding.not_tested",
     "guardians",
     {APART("eligible", "..", false)},
     {APART("eligible", "0.11", false)}},
    {"finding.heading_untold",
     "guardians",
     {APART("eligible", "..", false)},
     {APART("eligible", "0.11", false)}},
    {"glance.all_hidden",
     "guardians",
     {ELIGIBLE("..", "..", ".."),
      SHARE(F, "11", "all_subjects", "..", "..", "..")},
     {ELIGIBLE(">=0.9", "", ""),
      SHARE(F, "11", "all_subjects", "..", "..", "..")}},
    {"years.same",
     "guardians",
     {BEFORE, IN_ALL("0", "-0.1", "0.1")},
     {BEFORE, IN_ALL("0.15", "0.1", "0.2")}},
    {"years.higher",
     "guardians",
     {BEFORE, IN_ALL("0.15", "0.1", "0.2")},
     {BEFORE, IN_ALL("0.15", "-0.1", "0.4")}},
    {"years.lower",
     "guardians",
     {BEFORE, IN_ALL("-0.15", "-0.2", "-0.1")},
     {BEFORE, IN_ALL("-0.15", "..", "..")}},
    {"years.small",
     "guardians",
     {BEFORE, IN_ALL("-0.04", "-0.07", "-0.01")},
     {BEFORE, IN_ALL("-0.05", "-0.09", "-0.01")}},
    /* -- what no other case above calls for -- */
    {"spread.title_none",
     "district",
     {SPREAD("eligible", "icc", "0.08", "0", "0.14"),
      SPREAD("eligible", "sigma_b", "0.1", "0.08", "0.12"),
      SPREAD("all_subjects", "icc", "0.08", "0", "0.14"),
      SPREAD("all_subjects", "sigma_b", "0.1", "0.08", "0.12")},
     {SPREAD("eligible", "icc", "0.08", "0.01", "0.14"),
      SPREAD("eligible", "sigma_b", "0.1", "0.08", "0.12"),
      SPREAD("all_subjects", "icc", "0.08", "0", "0.14"),
      SPREAD("all_subjects", "sigma_b", "0.1", "0.08", "0.12")}},
    {"spread.title_one",
     "district",
     {SPREAD("eligible", "icc", "0.08", "0.01", "0.14"),
      SPREAD("eligible", "sigma_b", "0.1", "0.08", "0.12")},
     {SPREAD("eligible", "icc", "0.08", "0", "0.14"),
      SPREAD("eligible", "sigma_b", "0.1", "0.08", "0.12")}},
    {"quote.level",
     "district",
     {SHARE(F, "", "eligible", "0.85", "0.83", "0.87")},
     {SHARE(F, "", "eligible", "0.85", "..", ".."),
      SHARE(F, "", "all_subjects", "..", "..", ".."),
      {F, "", "merit_17", "mean", "", "", "..", "..", "..", "", false}}},
};

/* ---- a release of a case ------------------------------------------------- */

static bool is_same(const made_figure *a, const made_figure *b)
{
    return strcmp(a->population, b->population) == 0 &&
           strcmp(a->unit, b->unit) == 0 &&
           strcmp(a->outcome, b->outcome) == 0 &&
           strcmp(a->measure, b->measure) == 0 &&
           strcmp(a->component, b->component) == 0 &&
           strcmp(a->group, b->group) == 0;
}

/* The base, but that figures of EXTRA stand for their like. */
static void mix(const made_figure *extra, made_figure *out)
{
    size_t count = 0;
    for (size_t i = 0; base[i].population; i++) {
        out[count++] = base[i];
    }
    for (size_t i = 0; i < EXTRA && extra[i].population; i++) {
        size_t at = 0;
        while (at < count && !is_same(&out[at], &extra[i])) {
            at++;
        }
        out[at] = extra[i];
        count = MAX(count, at + 1);
    }
    out[count] = (made_figure){0};
}

static lkv_release *release_of(const made_figure *extra)
{
    static const char *const schools[] = {"11 Fyrljusskolan",
                                          "12 Dimgårdsskolan", NULL};
    static const char *const populations[] = {
        "middle-2025 6", "final-2023 9", "final-2024 9", "final-2025 9", NULL};
    static const char *const outcomes[] = {
        "merit_17 points",     "eligible yes_no",
        "all_subjects yes_no", "lacking_one yes_no secondary",
        "grade:SVA levels",    NULL};
    static const char *const groups[] = {
        "sex m f", "parental_education high mid low",
        "background swedish born_abroad", NULL};
    made_figure figures[FIGURES_MOST];
    mix(extra, figures);
    made_world world = told_town(schools, populations, outcomes, figures);
    world.groups = groups;
    return made_release(&world);
}

/* ---- what a document says ------------------------------------------------ */

static bool text_says(const lkv_text *text, const char *key)
{
    if (text->key && strcmp(text->key, key) == 0) {
        return true;
    }
    for (size_t i = 0; text->key && i < text->args; i++) {
        const lkv_arg *arg = &text->arg[i];
        if ((arg->kind == LKV_ARG_TEXT && text_says(arg->said, key)) ||
            (arg->kind == LKV_ARG_KEY && strcmp(arg->text, key) == 0)) {
            return true;
        }
    }
    return false;
}

static bool block_says(const lkv_block *block, const char *key)
{
    bool said = false;
    switch (block->kind) {
    case LKV_BLOCK_TITLE:
    case LKV_BLOCK_LEAD:
    case LKV_BLOCK_HEADING:
    case LKV_BLOCK_PARAGRAPH:
    case LKV_BLOCK_NOTE:
        return text_says(&block->as.text, key);
    case LKV_BLOCK_LIST:
    case LKV_BLOCK_QUESTIONS:
    case LKV_BLOCK_TABLE:
        for (size_t i = 0; i < block->as.grid.rows * block->as.grid.columns;
             i++) {
            said = said || text_says(&block->as.grid.text[i], key);
        }
        return said;
    case LKV_BLOCK_CHART:
        return text_says(&block->as.chart.title, key) ||
               text_says(&block->as.chart.reading, key) ||
               text_says(&block->as.chart.alt, key);
    case LKV_BLOCK_CONTENTS:
    case LKV_BLOCK_CARDS:
    case LKV_BLOCK_PAGE_BREAK:
        break;
    }
    return false;
}

static bool says(const lkv_document *document, const char *key)
{
    for (size_t i = 0; i < document->blocks; i++) {
        if (block_says(&document->block[i], key)) {
            return true;
        }
    }
    return false;
}

static void hold_sayable(const lkv_document *document,
                         const lkv_release *release,
                         const told_language *language)
{
    const lkv_words words = {.release = release,
                             .catalogue = language->catalogue};
    g_autofree char *whole = told_document(document, &words, NULL);
    assert_true(strlen(whole) > 100);
}

enum { SWEDISH, ENGLISH, EASY, LANGUAGES };

static lkv_document *built(const lkv_definition *definition,
                           const lkv_release *release)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    uint16_t unit = strcmp(definition->id, "district") == 0 ? 0 : 1;
    const lkv_report_plan plan = told_plan();
    lkv_document *document =
        lkv_report_build(definition, &plan, release, unit, diag);
    assert_non_null(document);
    return document;
}

/* What calls for a sentence at a school may call for one to its guardians. */
static void hold_easy(const lkv_release *release, const told_language *easy)
{
    g_autoptr(lkv_definition) definition = told_definition("guardians");
    g_autoptr(lkv_document) document = built(definition, release);
    hold_sayable(document, release, easy);
}

static void hold(const rule *at, const made_figure *extra, bool wanted,
                 const told_language *language)
{
    g_autoptr(lkv_release) release = release_of(extra);
    g_autoptr(lkv_definition) definition = told_definition(at->definition);
    g_autoptr(lkv_document) document = built(definition, release);
    if (says(document, at->key) != wanted) {
        fail_msg("%s is %s", at->key, wanted ? "not said" : "said");
    }
    hold_sayable(document, release, &language[SWEDISH]);
    hold_sayable(document, release, &language[ENGLISH]);
    hold_easy(release, &language[EASY]);
}

static void rules_say_what_figures_bear_out(void **state)
{
    (void)state;
    told_language language[LANGUAGES] = {told_open("sv"), told_open("en"),
                                         told_open_as("sv", true)};
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        hold(&rules[i], rules[i].yes, true, language);
        hold(&rules[i], rules[i].no, false, language);
    }
    for (size_t i = 0; i < LANGUAGES; i++) {
        told_close(&language[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_say_what_figures_bear_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
