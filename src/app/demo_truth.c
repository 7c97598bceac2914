/* What is true of the invented district, counted from what was drawn and by
 * other code than the program's own rules, so that the one can test the other.
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "app/demo.h"
#include "app/demo_model.h"

/* Outcomes counted; points are tenths of a point. */
enum {
    MERIT_16,
    MERIT_17,
    ELIGIBLE,
    ELIGIBLE_ES,
    ALL_SUBJECTS,
    GOAL_MA,
    GOAL_SV,
    OUTCOMES
};

static const char *const outcome_ids[OUTCOMES] = {
    "merit_16",     "merit_17", "eligible", "eligible_es",
    "all_subjects", "goal:MA",  "goal:SV"};

struct count {
    json_int_t n, sum, squares;
};

static int tenths(char grade)
{
    static const char letters[] = "EDCBA";
    const char *at = grade ? strchr(letters, grade) : NULL;
    return at ? 100 + 25 * (int)(at - letters) : 0;
}

static bool passed(char grade)
{
    return grade >= 'A' && grade <= 'E';
}

static int downwards(const void *a, const void *b)
{
    return *(const int *)b - *(const int *)a;
}

/* The sum of the COUNT greatest. */
static int best(int *points, int size, int count)
{
    int sum = 0;
    qsort(points, (size_t)size, sizeof *points, downwards);
    for (int i = 0; i < size && i < count; i++) {
        sum += points[i];
    }
    return sum;
}

static bool is_choice(int subject)
{
    return subject >= LKV_DEMO_M2 && subject < LKV_DEMO_ML;
}

static int merit(const lkv_demo_pupil *pupil, bool seventeen)
{
    int points[LKV_DEMO_SUBJECTS], size = 0, language = 0;
    for (int i = 0; i < LKV_DEMO_SUBJECTS; i++) {
        int value = tenths(pupil->grade[i]);
        if (seventeen && is_choice(i)) {
            language = value > language ? value : language;
        } else {
            points[size++] = value;
        }
    }
    return language + best(points, size, 16);
}

static bool eligible(const lkv_demo_pupil *pupil, int others)
{
    int count = 0;
    for (int i = 0; i < LKV_DEMO_SUBJECTS; i++) {
        count += passed(pupil->grade[i]);
    }
    bool swedish =
        passed(pupil->grade[LKV_DEMO_SV]) || passed(pupil->grade[LKV_DEMO_SVA]);
    return swedish && passed(pupil->grade[1]) && passed(pupil->grade[4]) &&
           count - 3 >= others;
}

/* 1 yes, 0 no, -1 unknown: a blank in a compulsory subject is unknown unless
 * another already says no.
 */
static int all_subjects(const lkv_demo_pupil *pupil)
{
    bool unknown = false;
    for (int i = 0; i < LKV_DEMO_SUBJECTS; i++) {
        char grade = pupil->grade[i];
        if (grade == 'F' || grade == '-') {
            return 0;
        }
        bool swedish = i == LKV_DEMO_SV || i == LKV_DEMO_SVA;
        unknown = unknown || (i <= 16 && !swedish && !grade);
    }
    bool none = !pupil->grade[LKV_DEMO_SV] && !pupil->grade[LKV_DEMO_SVA];
    return unknown || none ? -1 : 1;
}

static void add(struct count *count, json_int_t value)
{
    count->n++;
    count->sum += value;
    count->squares += value * value;
}

static void add_pupil(struct count counts[OUTCOMES],
                      const lkv_demo_pupil *pupil)
{
    if (pupil->stage_year == 9) {
        int all = all_subjects(pupil);
        add(&counts[MERIT_16], merit(pupil, false));
        add(&counts[MERIT_17], merit(pupil, true));
        add(&counts[ELIGIBLE], eligible(pupil, 5));
        add(&counts[ELIGIBLE_ES], eligible(pupil, 9));
        if (all >= 0) {
            add(&counts[ALL_SUBJECTS], all);
        }
    }
    for (int i = 0; pupil->stage_year == 3 && i < LKV_DEMO_GOALS; i++) {
        if (pupil->goal[i]) {
            add(&counts[GOAL_MA + i], pupil->goal[i] == 'J');
        }
    }
}

static json_t *counts_json(const struct count counts[OUTCOMES])
{
    json_t *object = json_object();
    for (int i = 0; i < OUTCOMES; i++) {
        if (counts[i].n > 0) {
            json_object_set_new(object, outcome_ids[i],
                                json_pack("[I, I, I]", counts[i].n,
                                          counts[i].sum, counts[i].squares));
        }
    }
    return object;
}

static json_t *parameters(const lkv_demo *demo)
{
    const lkv_demo_model *model = &lkv_demo_truth_model;
    return json_pack(
        "{s:i, s:i, s:i, s:I, s:f, s:f, s:f, s:f, s:f, s:[f, f, f], s:f, s:f, "
        "s:f, s:[f, f, f, f, f]}",
        "schools", demo->plan.schools, "pupils", demo->plan.pupils, "years",
        demo->plan.years, "seed", (json_int_t)demo->plan.seed, "pupil_sd",
        model->pupil_sd, "school_sd", model->school_sd, "year_sd",
        model->year_sd, "trend", model->trend, "girl", model->girl, "education",
        model->education[1], model->education[2], model->education[3], "abroad",
        model->abroad, "newcomer", model->newcomer, "noise", model->noise,
        "thresholds", model->thresholds[0], model->thresholds[1],
        model->thresholds[2], model->thresholds[3], model->thresholds[4]);
}

static const lkv_demo_pupil *pupil_at(const lkv_demo *demo, guint number)
{
    return &g_array_index(demo->pupils, lkv_demo_pupil, number);
}

/* Counts the pupils from number AT on that are of the same school and year
 * into UNITS; the number behind the last of them.
 */
static guint count_unit(const lkv_demo *demo, guint at, json_t *units)
{
    const lkv_demo_pupil *first = pupil_at(demo, at);
    struct count counts[OUTCOMES] = {{0}};
    for (; at < demo->pupils->len; at++) {
        const lkv_demo_pupil *pupil = pupil_at(demo, at);
        if (pupil->school != first->school || pupil->year != first->year) {
            break;
        }
        add_pupil(counts, pupil);
    }
    const lkv_demo_school *school =
        &g_array_index(demo->schools, lkv_demo_school, first->school);
    g_autofree char *key = g_strdup_printf("%s/%d", school->code, first->year);
    json_object_set_new(units, key, counts_json(counts));
    return at;
}

char *lkv_demo_truth(const lkv_demo *demo)
{
    json_t *units = json_object();
    for (guint at = 0; at < demo->pupils->len;) {
        at = count_unit(demo, at, units);
    }
    json_t *root = json_pack(
        "{s:s, s:o, s:o}", "about",
        "outcome: [count, sum, sum of squares] of each school and year; merit "
        "in tenths of a point; shares as 0 and 1",
        "parameters", parameters(demo), "schools", units);
    char *text = json_dumps(root, JSON_COMPACT | JSON_PRESERVE_ORDER |
                                      JSON_REAL_PRECISION(6));
    json_decref(root);
    char *copy = g_strconcat(text, "\n", NULL);
    free(text);
    return copy;
}
