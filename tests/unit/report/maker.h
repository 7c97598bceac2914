/* Releases made by hand for tests of reports: a frame from lists of words and
 * figures from a table.
 */
#ifndef LKV_TESTS_REPORT_MAKER_H
#define LKV_TESTS_REPORT_MAKER_H

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "base/frame.h"
#include "base/wide.h"
#include "disclose/making.h"

/* VALUE, LOW, HIGH, N: "0.82" is shown with two decimals, ">=0.92" and
 * "<=0.08" are bounds, ".." is hidden, "-reason" not estimable, ".reason" not
 * applicable; "=0.8213" is a number in full; "" is no cell at all.
 */
typedef struct made_figure {
    const char *population; /* with "+VARIANT", if it is not the main one */
    const char *unit, *outcome;
    const char *measure, *component;
    const char *group; /* "sex", "sex.f" or "sex.f/m", or "" */
    const char *value, *low, *high, *n;
    bool flagged;
} made_figure;

typedef struct made_world {
    const char *district;
    const char *const *schools; /* "ID Name" */
    const char *const *populations; /* "final-2025 9" */
    const char *const *outcomes; /* "merit_17 points", "grade:MA levels" */
    const char *const *groups; /* "sex m f": the first is the reference */
    const char *const *breaks; /* "grading final 2025"; or NULL */
    const char *levels; /* "ABCDEF-": of outcomes with levels */
    const char *passed; /* "ABCDE" */
    bool rules; /* outcomes are from rules, groups built in */
    bool open, preliminary, undated;
    int year;
    lkv_thresholds thresholds;
    const made_figure *figures; /* the last has no population */
    const lkv_release_step *steps; /* PUPILS is the count itself; last: NULL */
} made_world;

static inline const char *made_kept(lkv_frame *frame, const char *text)
{
    return g_string_chunk_insert_const(frame->text, text);
}

static inline void made_levels(lkv_frame *frame, lkv_axis axis,
                               const made_world *world)
{
    uint16_t graded[32], passed[32];
    size_t graded_count = 0, passed_count = 0;
    for (const char *at = world->levels; at && *at; at++) {
        const char symbol[] = {*at, '\0'};
        uint16_t leaf = lkv_cube_leaf_add(frame->cube, axis, symbol);
        graded[graded_count++] = leaf;
        if (strchr(world->passed, *at)) {
            passed[passed_count++] = leaf;
        }
    }
    lkv_cube_leaf_add(frame->cube, axis, "not_studied");
    lkv_cube_group_add(frame->cube, axis, "graded", graded, graded_count);
    lkv_cube_group_add(frame->cube, axis, "passed", passed, passed_count);
}

static inline void made_outcome(lkv_frame *frame, const char *text,
                                const made_world *world)
{
    g_auto(GStrv) words = g_strsplit(text, " ", 3);
    g_auto(GStrv) parts = g_strsplit(words[0], ":", 2);
    lkv_outcome outcome = {.id = made_kept(frame, parts[0]),
                           .subject =
                               parts[1] ? made_kept(frame, parts[1]) : NULL,
                           .from_rules = world->rules,
                           .secondary = words[2] != NULL};
    bool points = strcmp(words[1], "points") == 0;
    outcome.least_change = !world->rules ? 0 : points ? 100000 : 500;
    outcome.axis = lkv_cube_axis_add(frame->cube, words[0]);
    if (strcmp(words[1], "levels") == 0) {
        outcome.kind = LKV_LEVELS;
        made_levels(frame, outcome.axis, world);
    } else if (strcmp(words[1], "yes_no") == 0) {
        outcome.kind = LKV_YES_NO;
        lkv_cube_leaf_add(frame->cube, outcome.axis, "yes");
        lkv_cube_leaf_add(frame->cube, outcome.axis, "no");
    } else {
        outcome.kind = LKV_POINTS;
        lkv_cube_leaf_add(frame->cube, outcome.axis, "counted");
    }
    g_array_append_val(frame->outcomes, outcome);
}

static inline void made_group(lkv_frame *frame, const char *text,
                              const made_world *world)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    lkv_group group = {.id = made_kept(frame, words[0]),
                       .built_in = world->rules && words[0][0] != '_',
                       .reference = 1};
    group.axis = lkv_cube_axis_add(frame->cube, words[0]);
    for (size_t i = 1; words[i]; i++) {
        lkv_cube_leaf_add(frame->cube, group.axis, words[i]);
    }
    g_array_append_val(frame->groups, group);
}

static inline void made_population(lkv_frame *frame, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", 2);
    g_auto(GStrv) parts = g_strsplit(words[0], "-", 2);
    lkv_population population = {
        .id = made_kept(frame, words[0]),
        .stage = made_kept(frame, parts[0]),
        .stage_year = (int)g_ascii_strtoll(words[1], NULL, 10),
        .year = parts[1] ? (int)g_ascii_strtoll(parts[1], NULL, 10) : 0};
    lkv_cube_population_add(frame->cube, population.id);
    g_array_append_val(frame->populations, population);
}

static inline void made_break(lkv_frame *frame, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", 3);
    const lkv_break made = {.id = made_kept(frame, words[0]),
                            .stage = made_kept(frame, words[1]),
                            .year = (int)g_ascii_strtoll(words[2], NULL, 10)};
    g_array_append_val(frame->breaks, made);
}

static inline lkv_frame *made_frame(const made_world *world)
{
    lkv_frame *frame = lkv_frame_new();
    frame->district_name = world->district;
    frame->year = world->year;
    frame->has_reference_date = !world->undated;
    frame->reference_date = 20252;
    frame->release = world->preliminary ? LKV_PRELIMINARY : LKV_FINAL;
    frame->confidence = 0.95;
    frame->school = lkv_cube_axis_add(frame->cube, "school");
    lkv_unit district = {.id = "0000", .leaf = LKV_NO_VALUE};
    g_array_append_val(frame->units, district);
    for (size_t i = 0; world->schools[i]; i++) {
        g_auto(GStrv) words = g_strsplit(world->schools[i], " ", 2);
        lkv_unit unit = {
            .id = made_kept(frame, words[0]),
            .name = words[1] ? made_kept(frame, words[1]) : NULL,
            .leaf = lkv_cube_leaf_add(frame->cube, frame->school, words[0])};
        g_array_append_val(frame->units, unit);
    }
    for (size_t i = 0; world->populations[i]; i++) {
        made_population(frame, world->populations[i]);
    }
    for (size_t i = 0; world->outcomes[i]; i++) {
        made_outcome(frame, world->outcomes[i], world);
    }
    for (size_t i = 0; world->groups[i]; i++) {
        made_group(frame, world->groups[i], world);
    }
    for (size_t i = 0; world->breaks && world->breaks[i]; i++) {
        made_break(frame, world->breaks[i]);
    }
    lkv_variant all = {.id = "all"};
    g_array_append_val(frame->variants, all);
    return frame;
}

static inline lkv_shown made_number(const char *text)
{
    lkv_shown shown = {.status = LKV_OK};
    if (*text == '=') {
        shown.decimals = LKV_FULL;
        shown.full = g_ascii_strtod(text + 1, NULL);
        return shown;
    }
    const char *point = strchr(text, '.');
    shown.decimals = point ? (uint8_t)strlen(point + 1) : 0;
    shown.scaled = lkv_real_round(g_ascii_strtod(text, NULL), shown.decimals);
    return shown;
}

static inline lkv_shown made_shown(const char *text)
{
    if (strcmp(text, "..") == 0) {
        return (lkv_shown){.status = LKV_HIDDEN};
    }
    if (*text == '.' && g_ascii_isalpha(text[1])) {
        return (lkv_shown){.status = LKV_NOT_APPLICABLE};
    }
    if (*text == '-' && g_ascii_isalpha(text[1])) {
        return (lkv_shown){.status = LKV_NOT_ESTIMABLE};
    }
    if (g_str_has_prefix(text, ">=") || g_str_has_prefix(text, "<=")) {
        lkv_shown shown = made_number(text + 2);
        shown.status = *text == '>' ? LKV_AT_LEAST : LKV_AT_MOST;
        return shown;
    }
    return made_number(text);
}

static inline lkv_cell made_cell(lkv_release *release, const char *text)
{
    return text && *text ? lkv_release_put(release, made_shown(text)) : 0;
}

static inline lkv_reason made_reason(const char *text)
{
    for (int i = LKV_REASON_NONE; i < LKV_REASONS; i++) {
        if (*text && strcmp(text + 1, lkv_reason_id((lkv_reason)i)) == 0) {
            return (lkv_reason)i;
        }
    }
    return LKV_REASON_NONE;
}

static inline lkv_value_unit made_unit(const lkv_frame *frame,
                                       const made_figure *from,
                                       uint16_t outcome)
{
    static const char *const ratios[] = {"icc",
                                         "reml_icc",
                                         "given_explained",
                                         "odds_ratio",
                                         "risk_ratio",
                                         "r2",
                                         "g",
                                         "dissimilarity",
                                         "dissimilarity_random",
                                         "variance_ratio_corrected",
                                         NULL};
    static const char *const shares[] = {
        "one_group_share", "isolation", "outside",
        "outside_wide",    "lower",     "equal",
        "higher",          "coverage",  NULL};
    static const char *const counts[] = {"count_no", "count_yes",
                                         "pupils_to_close", NULL};
    static const char *const differences[] = {"gap",
                                              "change",
                                              "against_district",
                                              "trend",
                                              "change_split",
                                              "spread_change",
                                              "slope_between_schools",
                                              "gradient",
                                              NULL};
    static const char *const apart[] = {"sigma_b", "net", "net_difference",
                                        "difference", NULL};
    bool points = outcome != LKV_NO_VALUE &&
                  lkv_frame_outcome(frame, outcome)->kind == LKV_POINTS;
    if (g_strv_contains(ratios, from->component)) {
        return LKV_UNIT_RATIO;
    }
    if (strcmp(from->component, "p") == 0 ||
        strcmp(from->component, "p_above") == 0) {
        return LKV_UNIT_PROBABILITY;
    }
    if (g_strv_contains(counts, from->component) ||
        (strcmp(from->measure, "pupils") == 0 && !*from->component)) {
        return LKV_UNIT_COUNT;
    }
    if (g_strv_contains(shares, from->component)) {
        return LKV_UNIT_SHARE;
    }
    bool difference = g_strv_contains(differences, from->measure) ||
                      g_strv_contains(apart, from->component);
    return points       ? LKV_UNIT_POINTS
           : difference ? LKV_UNIT_SHARE_POINTS
                        : LKV_UNIT_SHARE;
}

static inline void made_key_group(const lkv_frame *frame, const char *text,
                                  lkv_key *key)
{
    g_auto(GStrv) words = g_strsplit_set(text, "./", 3);
    uint16_t number = lkv_frame_group_find(frame, words[0]);
    g_assert(number != LKV_NO_VALUE);
    lkv_axis axis = lkv_frame_group(frame, number)->axis;
    key->group_by = (uint16_t)(number + 1U);
    key->group = words[1] ? lkv_cube_value_find(frame->cube, axis, words[1])
                          : LKV_NO_VALUE;
    key->reference = words[1] && words[2]
                         ? lkv_cube_value_find(frame->cube, axis, words[2])
                         : LKV_NO_VALUE;
}

static inline uint16_t made_population_number(const lkv_frame *frame,
                                              const char *id)
{
    for (guint i = 0; i < frame->populations->len; i++) {
        if (strcmp(lkv_frame_population(frame, i)->id, id) == 0) {
            return (uint16_t)i;
        }
    }
    g_assert_not_reached();
}

/* The number of variant ID, added if new; of the main one without it. */
static inline uint16_t made_variant(lkv_frame *frame, const char *id)
{
    guint number = 0;
    while (id && number < frame->variants->len &&
           strcmp(lkv_frame_variant(frame, number)->id, id) != 0) {
        number++;
    }
    if (number == frame->variants->len) {
        const lkv_variant variant = {.id = made_kept(frame, id),
                                     .choice = true};
        g_array_append_val(frame->variants, variant);
    }
    return (uint16_t)number;
}

/* Of a comparison with limits. */
static inline lkv_cell made_detectable(lkv_release *release,
                                       const lkv_figure *figure,
                                       const char *measure)
{
    static const char *const measures[] = {"against_district", "change",
                                           "expected", "gap", NULL};
    lkv_shown low = lkv_release_at(release, figure->low);
    lkv_shown high = lkv_release_at(release, figure->high);
    if (!g_strv_contains(measures, measure) || low.status != LKV_OK ||
        high.status != LKV_OK || low.decimals == LKV_FULL) {
        return 0;
    }
    low.scaled = (high.scaled - low.scaled) * 3 / 4;
    return lkv_release_put(release, low);
}

static inline lkv_figure made_one(lkv_release *release, lkv_frame *frame,
                                  const made_figure *from)
{
    g_auto(GStrv) parts = g_strsplit(from->outcome, ":", 2);
    g_auto(GStrv) whose = g_strsplit(from->population, "+", 2);
    lkv_figure figure = {
        .key = {.population = made_population_number(frame, whose[0]),
                .variant = made_variant(frame, whose[1]),
                .unit =
                    *from->unit ? lkv_frame_unit_find(frame, from->unit) : 0,
                .outcome = *from->outcome ? lkv_frame_outcome_find(
                                                frame, parts[0], parts[1])
                                          : LKV_NO_VALUE,
                .measure = lkv_frame_measure(frame, from->measure),
                .component = lkv_frame_component(frame, from->component),
                .group = LKV_NO_VALUE,
                .reference = LKV_NO_VALUE,
                .target = LKV_THESE_SCHOOLS},
        .value = made_cell(release, from->value),
        .low = made_cell(release, from->low),
        .high = made_cell(release, from->high),
        .n = made_cell(release, from->n),
        .reason = made_reason(from->value),
        .flagged = from->flagged};
    if (*from->group) {
        made_key_group(frame, from->group, &figure.key);
    }
    figure.unit_of_value = made_unit(frame, from, figure.key.outcome);
    if (strcmp(from->measure, "change") == 0) {
        const lkv_population *then =
            lkv_frame_population(frame, figure.key.population);
        bool broken =
            lkv_frame_breaks(frame, then->stage, then->year - 1, then->year);
        figure.notes = broken ? LKV_NOTE_BREAK : LKV_NOTE_NONE;
    }
    figure.detectable = made_detectable(release, &figure, from->measure);
    return figure;
}

static inline gint made_order(gconstpointer a, gconstpointer b)
{
    return lkv_key_compare(&((const lkv_figure *)a)->key,
                           &((const lkv_figure *)b)->key);
}

static inline lkv_release *made_release(const made_world *world)
{
    g_autoptr(lkv_frame) frame = made_frame(world);
    lkv_release *release = lkv_release_new(
        frame, (lkv_release_head){.profile = world->open ? "open" : "public",
                                  .run = "0000-2025-0a1b2c3d",
                                  .open = world->open,
                                  .thresholds = world->thresholds});
    g_autoptr(GArray) figures = g_array_new(FALSE, TRUE, sizeof(lkv_figure));
    for (size_t i = 0; world->figures[i].population; i++) {
        lkv_figure figure = made_one(release, frame, &world->figures[i]);
        g_array_append_val(figures, figure);
    }
    g_array_sort(figures, made_order);
    for (guint i = 0; i < figures->len; i++) {
        lkv_release_add(release, &g_array_index(figures, lkv_figure, i));
    }
    for (size_t i = 0; world->steps && world->steps[i].step; i++) {
        lkv_release_step step = world->steps[i];
        step.pupils = lkv_release_put(
            release,
            (lkv_shown){.status = LKV_OK, .scaled = world->steps[i].pupils});
        lkv_release_step_add(release, &step);
    }
    return release;
}

#endif
