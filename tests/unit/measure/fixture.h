/* A small district written by hand: rows of pupils become a panel, and the
 * answers of the catalogue are looked up by words.
 *
 * Outcomes: "score" (points), "pass" (yes/no), "grade" in MA (levels).
 * Groups: "sex" (f, m; f is the reference) and "origin" (here, abroad).
 */
#ifndef LKV_TESTS_MEASURE_FIXTURE_H
#define LKV_TESTS_MEASURE_FIXTURE_H

#include <stdint.h>
#include <string.h>

#include <glib.h>

#include "measure/measure.h"
#include "measure/results.h"
#include "panel/panel.h"
#include "panel/tally.h"
#include "stat/start.h"
#include "study/study.h"

enum { UNKNOWN = 0, F = 1, M = 2, HERE = 1, ABROAD = 2, YES = 1, NO = 2 };
enum { GRADE_A = 1, GRADE_C, GRADE_E, GRADE_F, GRADE_DASH, NOT_STUDIED };
#define NO_SCORE INT64_MIN

/* SCHOOL's name begins with '*' for a special unit. PUPIL 0 = a new one. */
typedef struct pupil {
    int year;
    const char *school;
    int sex;
    int64_t score;
    int pass, grade, origin;
    int64_t ses;
    bool left_out; /* has a score that does not count */
    int test; /* grade on the test in MA */
} pupil;

typedef struct district {
    lkv_panel *panel;
    lkv_study study;
    lkv_diag *diag;
    lkv_results *results;
} district;

static inline int compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static inline GPtrArray *schools_of(const pupil *pupils, size_t count)
{
    GPtrArray *names = g_ptr_array_new();
    for (size_t i = 0; i < count; i++) {
        bool known = false;
        for (guint s = 0; s < names->len && !known; s++) {
            known = strcmp(names->pdata[s], pupils[i].school) == 0;
        }
        if (!known) {
            g_ptr_array_add(names, (gpointer)(uintptr_t)pupils[i].school);
        }
    }
    g_ptr_array_sort(names, compare_text);
    return names;
}

static inline lkv_axis axis_add(lkv_frame *frame, const char *id,
                                const char *const *leaves)
{
    lkv_axis axis = lkv_cube_axis_add(frame->cube, id);
    for (size_t i = 0; leaves[i]; i++) {
        lkv_cube_leaf_add(frame->cube, axis, leaves[i]);
    }
    return axis;
}

static inline void units_add(lkv_frame *frame, const GPtrArray *names)
{
    lkv_unit all = {.id = "district", .name = "", .leaf = LKV_NO_VALUE};
    g_array_append_val(frame->units, all);
    frame->school = lkv_cube_axis_add(frame->cube, "school");
    for (guint i = 0; i < names->len; i++) {
        const char *id =
            g_string_chunk_insert(frame->text, g_ptr_array_index(names, i));
        lkv_unit unit = {.id = id, .name = id, .special = id[0] == '*'};
        unit.leaf = lkv_cube_leaf_add(frame->cube, frame->school, id);
        g_array_append_val(frame->units, unit);
    }
}

static inline void groups_add(lkv_frame *frame)
{
    static const char *const sexes[] = {"f", "m", NULL};
    static const char *const origins[] = {"here", "abroad", NULL};
    lkv_group sex = {.id = "sex", .reference = F};
    sex.axis = axis_add(frame, "sex", sexes);
    g_array_append_val(frame->groups, sex);
    lkv_group origin = {.id = "origin", .reference = HERE};
    origin.axis = axis_add(frame, "origin", origins);
    g_array_append_val(frame->groups, origin);
}

static inline void outcomes_add(lkv_frame *frame, uint8_t decimals)
{
    static const char *const counted[] = {"counted", "left_out", NULL};
    static const char *const answers[] = {"yes", "no", NULL};
    static const char *const steps[] = {"A", "C",           "E", "F",
                                        "-", "not_studied", NULL};
    static const uint16_t known[] = {YES, NO};
    static const uint16_t graded[] = {GRADE_A, GRADE_C, GRADE_E, GRADE_F,
                                      GRADE_DASH};
    lkv_outcome score = {.id = "score",
                         .kind = LKV_POINTS,
                         .decimals = decimals,
                         .crossed = true};
    score.axis = axis_add(frame, "score", counted);
    g_array_append_val(frame->outcomes, score);
    lkv_outcome pass = {.id = "pass", .kind = LKV_YES_NO, .crossed = true};
    pass.axis = axis_add(frame, "pass", answers);
    lkv_cube_group_add(frame->cube, pass.axis, "known", known, 2);
    g_array_append_val(frame->outcomes, pass);
    lkv_outcome grade = {.id = "grade", .subject = "MA", .kind = LKV_LEVELS};
    grade.axis = axis_add(frame, "grade.MA", steps);
    for (int16_t leaf = GRADE_A; leaf < GRADE_DASH; leaf++) {
        grade.rank[leaf] = (int16_t)(GRADE_DASH - leaf);
    }
    grade.rank[GRADE_DASH] = -1;
    lkv_cube_group_add(frame->cube, grade.axis, "graded", graded, 5);
    lkv_cube_group_add(frame->cube, grade.axis, "passed", graded, 3);
    g_array_append_val(frame->outcomes, grade);
    lkv_axis test = axis_add(frame, "test:MA", steps);
    lkv_cube_group_add(frame->cube, test, "graded", graded, 5);
}

static inline void populations_add(lkv_frame *frame, const pupil *pupils,
                                   size_t count)
{
    int year = 0;
    for (;;) {
        int next = G_MAXINT;
        for (size_t i = 0; i < count; i++) {
            bool later = pupils[i].year > year && pupils[i].year < next;
            next = later ? pupils[i].year : next;
        }
        if (next == G_MAXINT) {
            return;
        }
        year = next;
        char id[32];
        g_snprintf(id, sizeof id, "final-%d", year);
        lkv_cube_population_add(frame->cube, id);
        lkv_population population = {.id =
                                         g_string_chunk_insert(frame->text, id),
                                     .stage = "final",
                                     .stage_year = 9,
                                     .year = year};
        g_array_append_val(frame->populations, population);
        frame->year = year;
    }
}

static inline lkv_frame *frame_of(const pupil *pupils, size_t count,
                                  uint8_t decimals)
{
    lkv_frame *frame = lkv_frame_new();
    g_autoptr(GPtrArray) names = schools_of(pupils, count);
    units_add(frame, names);
    groups_add(frame);
    outcomes_add(frame, decimals);
    populations_add(frame, pupils, count);
    lkv_variant all = {.id = "all"};
    g_array_append_val(frame->variants, all);
    frame->confidence = 0.95;
    return frame;
}

static inline void variables_make(lkv_panel *panel, const pupil *pupils,
                                  uint8_t decimals)
{
    static const char *const ids[] = {"score", "pass", "ses"};
    panel->variables = G_N_ELEMENTS(ids);
    panel->variable = g_new0(lkv_variable, panel->variables);
    for (size_t v = 0; v < panel->variables; v++) {
        lkv_variable *variable = &panel->variable[v];
        variable->id = g_string_chunk_insert(panel->frame->text, ids[v]);
        variable->value = g_new0(int64_t, panel->rows + 1);
        variable->decimals = v == 1 ? 0 : decimals;
        bool first = true;
        for (size_t i = 0; i < panel->rows; i++) {
            const pupil *of = &pupils[i];
            int64_t pass = of->pass == UNKNOWN ? LKV_NONE : of->pass == YES;
            int64_t value = v == 0 ? of->score : v == 1 ? pass : of->ses;
            variable->value[i] = value;
            if (value == LKV_NONE) {
                continue;
            }
            variable->least = first ? value : MIN(variable->least, value);
            variable->most = first ? value : MAX(variable->most, value);
            first = false;
        }
    }
    panel->outcome_variable = g_new0(uint16_t, 3);
    panel->outcome_variable[0] = 0;
    panel->outcome_variable[1] = 1;
    panel->outcome_variable[2] = LKV_NO_VALUE;
}

static inline void leaves_make(lkv_panel *panel, const pupil *pupils)
{
    lkv_frame *frame = panel->frame;
    size_t axes = lkv_cube_axes(frame->cube);
    panel->leaf = g_new0(uint16_t *, axes);
    for (size_t a = 0; a < axes; a++) {
        panel->leaf[a] = g_new0(uint16_t, panel->rows + 1);
    }
    for (size_t i = 0; i < panel->rows; i++) {
        const pupil *of = &pupils[i];
        uint16_t unit = lkv_frame_unit_find(frame, of->school);
        int score = of->left_out ? 2 : of->score == NO_SCORE ? 0 : 1;
        const int leaves[] = {lkv_frame_unit(frame, unit)->leaf,
                              of->sex,
                              of->origin,
                              score,
                              of->pass,
                              of->grade,
                              of->test};
        for (size_t a = 0; a < axes; a++) {
            panel->leaf[a][i] = (uint16_t)leaves[a];
        }
    }
}

static inline district *district_new(const pupil *pupils, size_t count,
                                     uint8_t decimals)
{
    district *place = g_new0(district, 1);
    lkv_panel *panel = g_new0(lkv_panel, 1);
    place->panel = panel;
    panel->frame = frame_of(pupils, count, decimals);
    panel->rows = count;
    panel->pupil = g_new0(uint32_t, count + 1);
    panel->population = g_new0(uint16_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        panel->pupil[i] = (uint32_t)i;
        panel->population[i] =
            lkv_frame_population_find(panel->frame, "final", pupils[i].year);
    }
    leaves_make(panel, pupils);
    variables_make(panel, pupils, decimals);
    panel->waterfall = g_array_new(FALSE, TRUE, sizeof(lkv_waterfall_step));
    panel->inputs = g_array_new(FALSE, TRUE, sizeof(lkv_input_facts));
    place->diag = lkv_diag_new();
    return place;
}

static inline void district_free(district *place)
{
    lkv_results_unref(place->results);
    lkv_panel_free(place->panel);
    lkv_diag_free(place->diag);
    g_free(place);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(district, district_free)

/* Adds a variant with one condition; before district_run. */
static inline void variant_add(district *place, const char *id, lkv_term term)
{
    lkv_variant variant = {.id = id};
    variant.where = lkv_where_and(variant.where, term);
    g_array_append_val(place->panel->frame->variants, variant);
}

static inline void district_run(district *place)
{
    lkv_stat_start();
    place->results = lkv_measures_run(place->panel, &place->study,
                                      (lkv_crew){.threads = 1}, place->diag);
    assert_non_null(place->results);
}

static inline uint16_t variant_named(const lkv_frame *frame, const char *id)
{
    for (guint i = 0; i < frame->variants->len; i++) {
        if (strcmp(lkv_frame_variant(frame, i)->id, id) == 0) {
            return (uint16_t)i;
        }
    }
    return LKV_NO_VALUE;
}

static inline void key_group(const lkv_frame *frame, const char *word,
                             lkv_key *key)
{
    g_auto(GStrv) parts = g_strsplit_set(word, "=:", 3);
    uint16_t number = lkv_frame_group_find(frame, parts[0]);
    lkv_axis axis = lkv_frame_group(frame, number)->axis;
    key->group_by = (uint16_t)(number + 1);
    key->group = lkv_cube_value_find(frame->cube, axis, parts[1]);
    if (parts[2]) {
        key->reference = lkv_cube_value_find(frame->cube, axis, parts[2]);
    }
}

static inline void key_measure(const lkv_frame *frame, const char *word,
                               lkv_key *key)
{
    g_auto(GStrv) parts = g_strsplit(word, "/", 2);
    key->measure = lkv_frame_measure_find(frame, parts[0]);
    key->component = lkv_frame_component_find(frame, parts[1] ? parts[1] : "");
}

static inline void key_word(const lkv_frame *frame, const char *word,
                            lkv_key *key)
{
    if (word[0] == '@') {
        key->unit = lkv_frame_unit_find(frame, word + 1);
    } else if (word[0] == '+') {
        key->variant = variant_named(frame, word + 1);
    } else if (g_ascii_isdigit(word[0])) {
        key->population = lkv_frame_population_find(
            frame, "final", (int)g_ascii_strtoll(word, NULL, 10));
    } else if (strchr(word, '=')) {
        key_group(frame, word, key);
    } else {
        const char *subject = strcmp(word, "grade") == 0 ? "MA" : NULL;
        key->outcome = lkv_frame_outcome_find(frame, word, subject);
    }
}

/* An estimate in words, or NULL: measure, or measure/component, then in any
 * order an outcome, @unit (else the district), group=leaf or group=leaf:leaf,
 * a year (else the last), +variant.
 */
static inline const lkv_estimate *find(const district *place, const char *words)
{
    const lkv_frame *frame = place->panel->frame;
    lkv_key key = {.outcome = LKV_NO_VALUE,
                   .group = LKV_NO_VALUE,
                   .reference = LKV_NO_VALUE};
    key.population = lkv_frame_population_find(frame, "final", frame->year);
    g_auto(GStrv) parts = g_strsplit(words, " ", -1);
    key_measure(frame, parts[0], &key);
    for (size_t i = 1; parts[i]; i++) {
        key_word(frame, parts[i], &key);
    }
    for (int target = 0; target <= LKV_SCHOOLS_LIKE_THESE; target++) {
        key.target = (uint16_t)target;
        const lkv_estimate *estimate = lkv_results_find(place->results, &key);
        if (estimate) {
            return estimate;
        }
    }
    return NULL;
}

/* The same, which must be there. */
static inline const lkv_estimate *ask(const district *place, const char *words)
{
    const lkv_estimate *estimate = find(place, words);
    if (!estimate) {
        print_error("there is no estimate: %s\n", words);
    }
    assert_non_null(estimate);
    return estimate;
}

#endif
