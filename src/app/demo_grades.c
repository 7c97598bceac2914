/* Grades, tests and goals from a pupil's ability. */
#include <string.h>

#include "app/demo.h"
#include "app/demo_model.h"

const char *const lkv_demo_subjects[LKV_DEMO_SUBJECTS] = {
    "BL",    "EN",    "HKK",   "IDH",   "MA",    "MU", "BI",  "FY", "KE",
    "GE",    "HI",    "RE",    "SH",    "SL",    "SV", "SVA", "TK", "M2DEU",
    "M2FRA", "M2SPA", "MLARA", "MLBOS", "MLSOM", "NO", "SO"};

/* How hard a subject is, and how much better girls do in it. */
static const struct {
    double ease, girl;
} subjects[LKV_DEMO_SUBJECTS] = {
    {0.35, 0.30},  {0.15, -0.05}, {0.30, 0.25},   {0.35, -0.20}, {-0.30, -0.10},
    {0.30, 0.20},  {-0.05, 0.05}, {-0.15, -0.05}, {-0.15, 0.00}, {0.00, 0.05},
    {0.00, 0.05},  {0.05, 0.15},  {0.00, 0.05},   {0.35, 0.15},  {0.05, 0.30},
    {-0.75, 0.25}, {0.10, 0.00},  {-0.10, 0.15},  {-0.10, 0.20}, {-0.15, 0.15},
    {0.80, 0.05},  {0.80, 0.05},  {0.75, 0.05},   {0.00, 0.00},  {0.05, 0.05}};

const lkv_demo_model lkv_demo_truth_model = {
    .pupil_sd = 0.61,
    .school_sd = 0.28,
    .year_sd = 0.05,
    .trend = 0.012,
    .girl = 0.20,
    .education = {0.0, -0.34, -0.08, 0.33},
    .abroad = -0.08,
    .newcomer = -0.80,
    .noise = 0.46,
    .thresholds = {-1.26, -0.55, 0.06, 0.62, 1.14},
};

double lkv_demo_normal(lkv_stream *stream)
{
    double sum = -6.0;
    for (int i = 0; i < 12; i++) {
        sum += lkv_stream_uniform(stream);
    }
    return sum;
}

static char letter(double z)
{
    static const char letters[] = "FEDCBA";
    int step = 0;
    while (step < 5 && z > lkv_demo_truth_model.thresholds[step]) {
        step++;
    }
    return letters[step];
}

static double draw(const lkv_demo_pupil *pupil, int subject, lkv_stream *stream)
{
    double girl = pupil->sex == 'F' ? subjects[subject].girl : 0.0;
    return pupil->ability + subjects[subject].ease + girl +
           lkv_demo_truth_model.noise * lkv_demo_normal(stream);
}

/* A weak pupil is often away: then there is no basis for a grade. */
static char grade(const lkv_demo_pupil *pupil, int subject, lkv_stream *stream)
{
    double z = draw(pupil, subject, stream);
    double chance = lkv_stream_uniform(stream);
    if (z < -1.6 && chance < 0.28) {
        return '-';
    }
    return chance > 0.9985 ? '\0' : letter(z);
}

static bool compulsory(const lkv_demo_pupil *pupil, int subject, bool block)
{
    if (subject == LKV_DEMO_SV || subject == LKV_DEMO_SVA) {
        return (subject == LKV_DEMO_SVA) == pupil->second_language;
    }
    bool science = subject >= 6 && subject <= 8;
    bool society = subject >= 9 && subject <= 12;
    if (subject == LKV_DEMO_NO || subject == LKV_DEMO_SO) {
        return block;
    }
    return subject <= 16 && !(block && (science || society));
}

static void choose_languages(lkv_demo_pupil *pupil, lkv_stream *stream)
{
    double chance = lkv_stream_uniform(stream);
    uint64_t language = lkv_stream_below(stream, 3);
    uint64_t mother = lkv_stream_below(stream, 3);
    bool final = pupil->stage_year >= 7;
    if (final && chance < (pupil->second_language ? 0.45 : 0.82)) {
        int subject = LKV_DEMO_M2 + (int)language;
        pupil->grade[subject] = grade(pupil, subject, stream);
    }
    if ((pupil->background == 'U' || pupil->background == 'I') &&
        lkv_stream_uniform(stream) < 0.3) {
        int subject = LKV_DEMO_ML + (int)mother;
        pupil->grade[subject] = grade(pupil, subject, stream);
    }
}

static void take_grades(lkv_demo_pupil *pupil, bool block, lkv_stream *stream)
{
    /* One in fifty never came to school: a dash in everything. */
    bool absent = lkv_stream_uniform(stream) < 0.020;
    for (int i = 0; i < LKV_DEMO_SUBJECTS; i++) {
        if (compulsory(pupil, i, block)) {
            char drawn = grade(pupil, i, stream);
            pupil->grade[i] = absent ? '-' : drawn;
        }
    }
    if (!absent) {
        choose_languages(pupil, stream);
    }
}

static void take_tests(lkv_demo_pupil *pupil, lkv_stream *stream)
{
    const int tested[LKV_DEMO_TESTS] = {
        1, 4, pupil->second_language ? LKV_DEMO_SVA : LKV_DEMO_SV};
    for (int i = 0; i < LKV_DEMO_TESTS; i++) {
        double z = draw(pupil, tested[i], stream) - 0.08;
        bool away = lkv_stream_uniform(stream) < 0.05;
        pupil->test[i] = away ? '\0' : letter(z);
    }
}

static void take_goals(lkv_demo_pupil *pupil, lkv_stream *stream)
{
    const int tested[LKV_DEMO_GOALS] = {
        4, pupil->second_language ? LKV_DEMO_SVA : LKV_DEMO_SV};
    for (int i = 0; i < LKV_DEMO_GOALS; i++) {
        double z = draw(pupil, tested[i], stream);
        bool away = lkv_stream_uniform(stream) < 0.03;
        pupil->goal[i] = away ? '\0' : z > -1.0 ? 'J' : 'N';
    }
}

void lkv_demo_grade(const lkv_demo *demo, lkv_demo_pupil *pupil,
                    lkv_stream *stream)
{
    const lkv_demo_school *school =
        &g_array_index(demo->schools, lkv_demo_school, pupil->school);
    bool graded = demo->plan.all_graded || pupil->stage_year == 6 ||
                  pupil->stage_year == 9;
    if (graded) {
        take_grades(pupil, pupil->stage_year == 6 && school->block_grades,
                    stream);
    }
    if (pupil->stage_year == 9) {
        take_tests(pupil, stream);
    }
    if (pupil->stage_year == 3) {
        take_goals(pupil, stream);
    }
}
