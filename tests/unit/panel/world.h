/* Tables and a study in a folder of the test's own, read as a run reads them.
 */
#ifndef LKV_TESTS_PANEL_WORLD_H
#define LKV_TESTS_PANEL_WORLD_H

#include <string.h>

#include "base/hash.h"
#include "check.h"
#include "panel/marks.h"
#include "panel/panel.h"
#include "panel/roll.h"
#include "study/columns.h"
#include "study/rules.h"
#include "study/study.h"
#include "unit/base/scratch.h"

#define STUDY                                                                  \
    "district: {name: Testköping, id: \"0000\", country: SE}\n"               \
    "year: 2025\n"                                                             \
    "pupils: elever.csv\n"
#define GRADED STUDY "grades: betyg.csv\nrules: se-2011\n"

typedef struct lkv_world {
    lkv_study *study;
    lkv_rules *rules;
    lkv_fields *fields;
    lkv_roll *roll;
    lkv_marks *marks;
    lkv_panel *panel;
    GArray *inputs;
    lkv_diag *diag;
} lkv_world;

static inline void world_file(void **state, const char *name, const char *text)
{
    g_autofree char *path = scratch_path(state, name);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static inline void assert_no_errors(const lkv_diag *diag)
{
    if (lkv_diag_count(diag, LKV_ERROR) > 0) {
        g_autofree char *text = lkv_diag_text(diag, (lkv_print){0});
        fail_msg("%s", text);
    }
}

/* The study as text, with its rules; the tables are there already. */
static inline lkv_world *world_new(void **state, const char *study)
{
    lkv_world *at = g_new0(lkv_world, 1);
    g_autofree char *path = scratch_path(state, "likvard.yml");
    world_file(state, "likvard.yml", study);
    at->diag = lkv_diag_new();
    at->study = lkv_study_read(path, NULL, at->diag);
    assert_no_errors(at->diag);
    at->rules =
        at->study->rules ? lkv_rules_read(at->study->rules, at->diag) : NULL;
    at->fields = lkv_fields_read(at->diag);
    at->inputs = g_array_new(FALSE, TRUE, sizeof(lkv_input_facts));
    assert_no_errors(at->diag);
    return at;
}

static inline void world_free(lkv_world *at)
{
    lkv_panel_free(at->panel);
    lkv_marks_free(at->marks);
    lkv_roll_free(at->roll);
    lkv_facts_drop(at->inputs, 0);
    g_array_unref(at->inputs);
    lkv_fields_free(at->fields);
    lkv_rules_free(at->rules);
    lkv_study_free(at->study);
    lkv_diag_free(at->diag);
    g_free(at);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_world, world_free)

static inline void world_roll(lkv_world *at)
{
    at->roll = lkv_roll_read(at->study, at->fields, NULL, at->inputs, at->diag);
}

static inline void world_marks(lkv_world *at, unsigned threads)
{
    world_roll(at);
    assert_non_null(at->roll);
    const lkv_marks_ask ask = {
        at->study,  at->rules, at->fields, at->roll, {.threads = threads},
        at->inputs, NULL};
    at->marks = lkv_marks_read(&ask, at->diag);
}

static inline void world_panel(lkv_world *at)
{
    at->panel = lkv_panel_read(at->study, at->rules, (lkv_crew){.threads = 2},
                               at->diag);
    assert_no_errors(at->diag);
    assert_non_null(at->panel);
}

/* The messages, a line each: "file:line code". */
static inline char *told(const lkv_diag *diag)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < lkv_diag_size(diag); i++) {
        const lkv_message *message = lkv_diag_at(diag, i);
        if (message->severity != LKV_INFO) {
            g_string_append_printf(out, "%s:%ld %s\n", message->file,
                                   message->line, message->code);
        }
    }
    return g_string_free(out, FALSE);
}

static inline void assert_told(const lkv_diag *diag, const char *wanted)
{
    g_autofree char *found = told(diag);
    assert_string_equal(found, wanted);
}

/* Rows of the long table for a pupil: "M2DEU:A 15:C" gives A in M2DEU, and C
 * in the first 15 compulsory subjects not yet named.
 */
static inline void grades_append(GString *out, const char *pupil,
                                 const char *grades)
{
    static const char *const slots[] = {"BL", "EN", "HKK", "IDH", "MA", "MU",
                                        "BI", "FY", "KE",  "GE",  "HI", "RE",
                                        "SH", "SL", "SV",  "TK"};
    bool given[G_N_ELEMENTS(slots)] = {false};
    g_auto(GStrv) words = g_strsplit(grades, " ", -1);
    for (size_t i = 0; words[i] && *words[i]; i++) {
        g_auto(GStrv) parts = g_strsplit(words[i], ":", 2);
        bool number = g_ascii_isdigit(parts[0][0]);
        gint64 left = number ? g_ascii_strtoll(parts[0], NULL, 10) : 0;
        for (size_t k = 0; k < G_N_ELEMENTS(slots); k++) {
            bool this = !number && strcmp(parts[0], slots[k]) == 0;
            if (this || (left > 0 && !given[k])) {
                g_string_append_printf(out, "%s;%s;%s\n", pupil, slots[k],
                                       parts[1]);
                given[k] = true;
                left -= number;
                number = number || this;
            }
        }
        if (!number) {
            g_string_append_printf(out, "%s;%s;%s\n", pupil, parts[0],
                                   parts[1]);
        }
    }
}

/* Row of the pupil with the number AT in the sorted order of a panel. */
static inline int64_t value_at(const lkv_world *at, const char *variable,
                               size_t row)
{
    uint16_t number = lkv_panel_variable(at->panel, variable);
    if (number == LKV_NO_VALUE) {
        fail_msg("there is no variable %s", variable);
    }
    return at->panel->variable[number].value[row];
}

/* Id of the leaf of a row on an axis. */
static inline const char *leaf_at(const lkv_world *at, const char *axis_id,
                                  size_t row)
{
    const lkv_cube *cube = at->panel->frame->cube;
    lkv_axis axis = lkv_cube_axis_find(cube, axis_id);
    if (axis == LKV_NO_AXIS) {
        fail_msg("there is no axis %s", axis_id);
    }
    return lkv_cube_value_id(
        cube, (lkv_term){.axis = axis, .value = at->panel->leaf[axis][row]});
}

#endif
