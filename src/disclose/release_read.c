/* A release out of results.json. Nothing in the file is trusted: every number
 * must lie in its table, every status be known.
 */
#include "base/file.h"
#include "disclose/json.h"
#include "disclose/making.h"

/* Columns of a row of figures, in the order that it is written. */
enum {
    KEYS = 10,
    CELLS = 8,
    AT_UNIT = KEYS + CELLS,
    AT_METHOD,
    AT_REASON,
    AT_FLAGGED,
    AT_NOTE, /* not in what was written before there were notes */
    AT_DETECTABLE, /* nor this */
    COLUMNS
};

static bool read_head(lkv_json *reader, const json_t *root,
                      lkv_release_head *head)
{
    head->run = lkv_json_text(reader, root, "run_id", false);
    head->profile = lkv_json_text(reader, root, "profile", false);
    head->open = lkv_json_truth(reader, root, "open");
    const json_t *least = lkv_json_object(reader, root, "thresholds");
    head->thresholds = (lkv_thresholds){
        .base_least = (int)lkv_json_whole(reader, least, "base", 0, INT32_MAX),
        .count_least =
            (int)lkv_json_whole(reader, least, "count", 0, INT32_MAX),
        .gap_least = (int)lkv_json_whole(reader, least, "gap", 0, INT32_MAX),
        .quantile_least =
            (int)lkv_json_whole(reader, least, "quantile", 0, INT32_MAX),
    };
    return !reader->failed;
}

/* A status without numbers stands alone; a number has decimals, or with
 * null for decimals is a full one.
 */
static lkv_shown read_cell(lkv_json *reader, const json_t *row)
{
    static const char *const words[] = {
        "ok",      "hidden",        "at_least",
        "at_most", "not_estimable", "not_applicable",
        NULL};
    lkv_shown shown = {.status = (lkv_status)lkv_json_word(
                           reader, json_array_get(row, 0), "cells", words)};
    if (!lkv_status_has_number(shown.status)) {
        return shown;
    }
    const json_t *decimals = json_array_get(row, 1);
    const json_t *value = json_array_get(row, 2);
    if (json_is_null(decimals) && json_is_number(value)) {
        shown.decimals = LKV_FULL;
        shown.full = json_number_value(value);
    } else if (json_is_integer(decimals) && json_is_integer(value)) {
        shown.decimals =
            (uint8_t)lkv_json_number(reader, decimals, "cells", 16, false);
        shown.scaled = json_integer_value(value);
    } else {
        lkv_json_fail(reader, "cells", "decimals and a number");
    }
    return shown;
}

static void read_cells(lkv_json *reader, const json_t *root,
                       lkv_release *release)
{
    const json_t *rows =
        lkv_json_array(reader, json_object_get(root, "cells"), "rows");
    for (size_t i = 0; i < json_array_size(rows) && !reader->failed; i++) {
        lkv_release_put(release, read_cell(reader, json_array_get(rows, i)));
    }
}

static bool read_key(lkv_json *reader, const lkv_frame *frame,
                     const json_t *row, lkv_key *key)
{
    const size_t limits[KEYS] = {frame->populations->len,
                                 frame->variants->len,
                                 frame->units->len,
                                 frame->outcomes->len,
                                 frame->measures->len,
                                 frame->components->len,
                                 frame->groups->len + 1U,
                                 LKV_NO_VALUE,
                                 LKV_NO_VALUE,
                                 LKV_SCHOOLS_LIKE_THESE + 1U};
    uint16_t *const into[KEYS] = {
        &key->population, &key->variant,   &key->unit,     &key->outcome,
        &key->measure,    &key->component, &key->group_by, &key->group,
        &key->reference,  &key->target};
    for (size_t i = 0; i < KEYS; i++) {
        bool none = into[i] == &key->outcome || into[i] == &key->group ||
                    into[i] == &key->reference;
        *into[i] = lkv_json_number(reader, json_array_get(row, i), "figures",
                                   limits[i], none);
    }
    return !reader->failed;
}

/* Whether VALUE is none or stands on the axis of KEY's group. */
static bool on_axis(const lkv_frame *frame, const lkv_key *key, uint16_t value)
{
    if (value == LKV_NO_VALUE) {
        return true;
    }
    if (key->group_by == 0) {
        return false;
    }
    lkv_axis axis = lkv_frame_group(frame, key->group_by - 1U)->axis;
    size_t number = value & (LKV_GROUP_BIT - 1U);
    return value & LKV_GROUP_BIT ? number < lkv_cube_groups(frame->cube, axis)
                                 : number < lkv_cube_leaves(frame->cube, axis);
}

static const json_t *word_at(const json_t *row, size_t index)
{
    return json_array_get(row, index);
}

static void read_words(lkv_json *reader, const json_t *row, lkv_figure *figure)
{
    const char *units[LKV_UNITS + 1] = {NULL};
    const char *methods[LKV_METHODS + 1] = {NULL};
    const char *reasons[LKV_REASONS + 1] = {NULL};
    for (size_t i = 0; i < LKV_UNITS; i++) {
        units[i] = lkv_release_unit_word((lkv_value_unit)i);
    }
    for (size_t i = 0; i < LKV_METHODS; i++) {
        methods[i] = lkv_method_id((lkv_method)i);
    }
    for (size_t i = 0; i < LKV_REASONS; i++) {
        reasons[i] = lkv_reason_id((lkv_reason)i);
    }
    figure->unit_of_value = (lkv_value_unit)lkv_json_word(
        reader, word_at(row, AT_UNIT), "figures", units);
    figure->method = (lkv_method)lkv_json_word(reader, word_at(row, AT_METHOD),
                                               "figures", methods);
    figure->reason = (lkv_reason)lkv_json_word(reader, word_at(row, AT_REASON),
                                               "figures", reasons);
    const json_t *notes = word_at(row, AT_NOTE);
    const char *told = notes ? json_string_value(notes) : "";
    if (!told || !lkv_notes_read(told, &figure->notes)) {
        lkv_json_fail(reader, "figures", "notes parted by blanks");
    }
    figure->flagged = json_is_true(word_at(row, AT_FLAGGED));
}

static lkv_cell cell_at(lkv_json *reader, const json_t *row, size_t column,
                        const lkv_release *release)
{
    const json_t *cell = json_array_get(row, column);
    bool known =
        json_is_integer(cell) && json_integer_value(cell) >= 0 &&
        json_integer_value(cell) < (json_int_t)lkv_release_cells(release);
    if (!known) {
        lkv_json_fail(reader, "figures", "numbers of cells");
        return 0;
    }
    return (lkv_cell)json_integer_value(cell);
}

static void read_figure(lkv_json *reader, const json_t *row,
                        lkv_release *release)
{
    const lkv_frame *frame = lkv_release_frame(release);
    lkv_figure figure = {0};
    if (json_array_size(row) < AT_NOTE || json_array_size(row) > COLUMNS ||
        !read_key(reader, frame, row, &figure.key) ||
        !on_axis(frame, &figure.key, figure.key.group) ||
        !on_axis(frame, &figure.key, figure.key.reference)) {
        lkv_json_fail(reader, "figures", "rows of this format");
        return;
    }
    lkv_cell *const into[CELLS] = {&figure.value,   &figure.error,  &figure.low,
                                   &figure.high,    &figure.df,     &figure.n,
                                   &figure.schools, &figure.missing};
    for (size_t i = 0; i < CELLS; i++) {
        *into[i] = cell_at(reader, row, KEYS + i, release);
    }
    if (word_at(row, AT_DETECTABLE)) {
        figure.detectable = cell_at(reader, row, AT_DETECTABLE, release);
    }
    if (reader->failed) {
        return;
    }
    read_words(reader, row, &figure);
    size_t size = lkv_release_size(release);
    if (size > 0 && lkv_key_compare(&lkv_release_figure(release, size - 1)->key,
                                    &figure.key) >= 0) {
        lkv_json_fail(reader, "figures", "rows in the order of their keys");
        return;
    }
    lkv_release_add(release, &figure);
}

static void read_figures(lkv_json *reader, const json_t *root,
                         lkv_release *release)
{
    const json_t *rows =
        lkv_json_array(reader, json_object_get(root, "figures"), "rows");
    for (size_t i = 0; i < json_array_size(rows) && !reader->failed; i++) {
        read_figure(reader, json_array_get(rows, i), release);
    }
}

static void read_steps(lkv_json *reader, const json_t *root,
                       lkv_release *release)
{
    const lkv_frame *frame = lkv_release_frame(release);
    const json_t *steps = lkv_json_array(reader, root, "steps");
    for (size_t i = 0; i < json_array_size(steps) && !reader->failed; i++) {
        const json_t *object = json_array_get(steps, i);
        lkv_release_step step = {
            .step = lkv_json_text(reader, object, "step", false),
            .population =
                lkv_json_number(reader, json_object_get(object, "population"),
                                "steps", frame->populations->len, false),
            .unit = lkv_json_number(reader, json_object_get(object, "unit"),
                                    "steps", frame->units->len, false),
            .pupils = (lkv_cell)lkv_json_whole(
                reader, object, "pupils", 0,
                (int64_t)lkv_release_cells(release) - 1),
        };
        if (!reader->failed) {
            lkv_release_step_add(release, &step);
        }
    }
}

static lkv_release *read_release(lkv_json *reader, const json_t *root)
{
    lkv_release_head head;
    const json_t *object = lkv_json_object(reader, root, "frame");
    if (!read_head(reader, root, &head)) {
        return NULL;
    }
    g_autoptr(lkv_frame) frame = lkv_json_frame(reader, object);
    if (!frame) {
        return NULL;
    }
    g_autoptr(lkv_release) release = lkv_release_new(frame, head);
    read_cells(reader, root, release);
    if (!reader->failed) {
        read_figures(reader, root, release);
        read_steps(reader, root, release);
    }
    return reader->failed ? NULL : g_steal_pointer(&release);
}

/* Whether ROOT is of a format that this program knows. */
static bool known_format(const char *path, const json_t *root, lkv_diag *diag)
{
    const json_t *format = json_object_get(root, "format");
    lkv_place place = {.file = path, .field = "format"};
    if (!json_is_integer(format)) {
        lkv_diag_add(diag, "E-RESULTS-JSON", place,
                     "This is no results.json: it names no format");
        return false;
    }
    if (json_integer_value(format) != LKV_RELEASE_FORMAT) {
        lkv_message *message = lkv_diag_add(
            diag, "E-RESULTS-NEWER", place,
            "Format %lld of results.json is not known here; this program "
            "reads format %d",
            (long long)json_integer_value(format), (int)LKV_RELEASE_FORMAT);
        lkv_message_fix(message, "Use the program that wrote it, or a later");
        return false;
    }
    return true;
}

lkv_release *lkv_release_read(const char *path, lkv_diag *diag)
{
    size_t size = 0;
    g_autofree char *text = lkv_file_read(path, 0, &size, diag);
    if (!text) {
        return NULL;
    }
    json_error_t error;
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        lkv_diag_add(diag, "E-RESULTS-JSON",
                     (lkv_place){path, error.line, error.column, NULL},
                     "This is no JSON: %s", error.text);
        return NULL;
    }
    lkv_release *release = NULL;
    if (known_format(path, root, diag)) {
        lkv_json reader = {.file = path, .diag = diag};
        release = read_release(&reader, root);
    }
    json_decref(root);
    return release;
}
