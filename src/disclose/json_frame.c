/* The frame of a run out of results.json: names and rules. Overlaps of
 * populations and implications are no part of it: they serve the decision,
 * which is taken.
 */
#include <string.h>

#include "base/date.h"
#include "disclose/json.h"

/* Axes, values and rows are numbers of 16 bits. */
enum { NUMBERS = 0x8000 };

static const char *keep(lkv_frame *frame, const char *text)
{
    return text ? g_string_chunk_insert_const(frame->text, text) : NULL;
}

static void read_groups_of_axis(lkv_json *reader, lkv_cube *cube, lkv_axis axis,
                                const json_t *groups)
{
    size_t index;
    json_t *object;
    json_array_foreach((json_t *)(uintptr_t)groups, index, object)
    {
        const char *id = lkv_json_text(reader, object, "id", false);
        const json_t *leaves = lkv_json_array(reader, object, "leaves");
        size_t count = json_array_size(leaves);
        g_autofree uint16_t *leaf = g_new(uint16_t, count + 1);
        for (size_t i = 0; i < count; i++) {
            leaf[i] =
                lkv_json_number(reader, json_array_get(leaves, i), "leaves",
                                lkv_cube_leaves(cube, axis), false);
        }
        if (reader->failed) {
            return;
        }
        if (lkv_cube_value_find(cube, axis, id) != LKV_NO_VALUE) {
            lkv_json_fail(reader, "axes.groups.id", "a new id");
            return;
        }
        lkv_cube_group_add(cube, axis, id, leaf, count);
    }
}

static void read_axis(lkv_json *reader, lkv_cube *cube, const json_t *object)
{
    const char *id = lkv_json_text(reader, object, "id", false);
    const json_t *leaves = lkv_json_array(reader, object, "leaves");
    const json_t *groups = lkv_json_array(reader, object, "groups");
    size_t count = json_array_size(leaves);
    if (reader->failed) {
        return;
    }
    if (lkv_cube_axis_find(cube, id) != LKV_NO_AXIS || count == 0 ||
        count > NUMBERS || json_array_size(groups) > NUMBERS) {
        lkv_json_fail(reader, "axes", "a new axis with its leaves");
        return;
    }
    lkv_axis axis = lkv_cube_axis_add(cube, id);
    for (size_t i = 1; i < count; i++) {
        const char *leaf = json_string_value(json_array_get(leaves, i));
        if (!leaf || lkv_cube_value_find(cube, axis, leaf) != LKV_NO_VALUE) {
            lkv_json_fail(reader, "axes.leaves", "a new id");
            return;
        }
        lkv_cube_leaf_add(cube, axis, leaf);
    }
    read_groups_of_axis(reader, cube, axis, groups);
}

/* Room for COUNT pointers that lives as long as FRAME: its chunk of text, at
 * the next aligned byte.
 */
static const char **pointers(lkv_frame *frame, size_t count)
{
    size_t size = (count + 1) * sizeof(const char *);
    g_autofree char *empty = g_new0(char, size);
    char *room = g_string_chunk_insert_len(frame->text, empty, (gssize)size);
    size_t past = (uintptr_t)room % sizeof(const char *);
    return (const char **)(void *)(room + (sizeof(const char *) - past) %
                                              sizeof(const char *));
}

static lkv_label read_label(lkv_json *reader, lkv_frame *frame,
                            const json_t *object)
{
    const json_t *words = lkv_json_object(reader, object, "label");
    size_t count = json_object_size(words);
    if (count == 0) {
        return (lkv_label){0};
    }
    const char **language = pointers(frame, count);
    const char **text = pointers(frame, count);
    const char *key;
    json_t *value;
    size_t index = 0;
    json_object_foreach((json_t *)(uintptr_t)words, key, value)
    {
        if (!json_is_string(value)) {
            lkv_json_fail(reader, "label", "texts by language");
            return (lkv_label){0};
        }
        language[index] = keep(frame, key);
        text[index] = keep(frame, json_string_value(value));
        index++;
    }
    return (lkv_label){count, language, text};
}

static lkv_axis read_axis_number(lkv_json *reader, const lkv_frame *frame,
                                 const json_t *object)
{
    return lkv_json_number(reader, json_object_get(object, "axis"), "axis",
                           lkv_cube_axes(frame->cube), false);
}

static void read_outcome(lkv_json *reader, lkv_frame *frame,
                         const json_t *object)
{
    static const char *const kinds[] = {"points", "yes_no", "levels", NULL};
    lkv_outcome outcome = {
        .id = keep(frame, lkv_json_text(reader, object, "id", false)),
        .subject = keep(frame, lkv_json_text(reader, object, "subject", true)),
        .kind = (lkv_outcome_kind)lkv_json_word(
            reader, json_object_get(object, "kind"), "kind", kinds),
        .axis = read_axis_number(reader, frame, object),
        .decimals = (uint8_t)lkv_json_whole(reader, object, "decimals", 0, 15),
        .least = lkv_json_whole(reader, object, "least", INT64_MIN, INT64_MAX),
        .most = lkv_json_whole(reader, object, "most", INT64_MIN, INT64_MAX),
        .step = lkv_json_whole(reader, object, "step", INT64_MIN, INT64_MAX),
        .sensitive = lkv_json_truth(reader, object, "sensitive"),
        .from_rules = lkv_json_truth(reader, object, "from_rules"),
        .secondary = lkv_json_truth(reader, object, "secondary"),
        .label = read_label(reader, frame, object),
    };
    if (json_object_get(object, "least_change")) { /* older runs have none */
        outcome.least_change =
            lkv_json_whole(reader, object, "least_change", 0, INT64_MAX);
    }
    g_array_append_val(frame->outcomes, outcome);
}

static void read_unit(lkv_json *reader, lkv_frame *frame, const json_t *object)
{
    lkv_unit unit = {
        .id = keep(frame, lkv_json_text(reader, object, "id", false)),
        .name = keep(frame, lkv_json_text(reader, object, "name", true)),
        .leaf =
            lkv_json_number(reader, json_object_get(object, "leaf"), "leaf",
                            lkv_cube_leaves(frame->cube, frame->school), true),
        .special = lkv_json_truth(reader, object, "special"),
    };
    g_array_append_val(frame->units, unit);
}

static void read_group(lkv_json *reader, lkv_frame *frame, const json_t *object)
{
    lkv_axis axis = read_axis_number(reader, frame, object);
    if (reader->failed) {
        return;
    }
    lkv_group group = {
        .id = keep(frame, lkv_json_text(reader, object, "id", false)),
        .axis = axis,
        .reference = lkv_json_number(
            reader, json_object_get(object, "reference"), "reference",
            lkv_cube_leaves(frame->cube, axis), true),
        .built_in = lkv_json_truth(reader, object, "built_in"),
        .label = read_label(reader, frame, object),
    };
    g_array_append_val(frame->groups, group);
}

static void read_population(lkv_json *reader, lkv_frame *frame,
                            const json_t *object)
{
    lkv_population population = {
        .id = keep(frame, lkv_json_text(reader, object, "id", false)),
        .stage = keep(frame, lkv_json_text(reader, object, "stage", false)),
        .stage_year = (int)lkv_json_whole(reader, object, "stage_year", 0, 99),
        .year = (int)lkv_json_whole(reader, object, "year", 0, 9999),
    };
    if (reader->failed) {
        return;
    }
    lkv_cube_population_add(frame->cube, population.id);
    g_array_append_val(frame->populations, population);
}

/* Whether VALUE is a leaf or a group of AXIS. */
static bool holds_value(const lkv_cube *cube, lkv_axis axis, json_int_t value)
{
    if (value < 0 || value > UINT16_MAX) {
        return false;
    }
    size_t number = (size_t)value & (LKV_GROUP_BIT - 1U);
    return value & LKV_GROUP_BIT ? number < lkv_cube_groups(cube, axis)
                                 : number < lkv_cube_leaves(cube, axis);
}

static void read_break(lkv_json *reader, lkv_frame *frame, const json_t *object)
{
    const lkv_break found = {
        .id = keep(frame, lkv_json_text(reader, object, "id", false)),
        .stage = keep(frame, lkv_json_text(reader, object, "stage", false)),
        .year = (int)lkv_json_whole(reader, object, "year", 0, 9999),
    };
    g_array_append_val(frame->breaks, found);
}

static void read_variant(lkv_json *reader, lkv_frame *frame,
                         const json_t *object)
{
    const json_t *where = lkv_json_array(reader, object, "where");
    lkv_variant variant = {
        .id = keep(frame, lkv_json_text(reader, object, "id", false))};
    size_t terms = json_array_size(where);
    if (terms > LKV_TERMS_MOST) {
        lkv_json_fail(reader, "where", "at most four terms");
    }
    for (size_t i = 0; i < terms && !reader->failed; i++) {
        const json_t *pair = json_array_get(where, i);
        lkv_axis axis =
            lkv_json_number(reader, json_array_get(pair, 0), "where",
                            lkv_cube_axes(frame->cube), false);
        const json_t *value = json_array_get(pair, 1);
        if (reader->failed || !json_is_integer(value) ||
            !holds_value(frame->cube, axis, json_integer_value(value))) {
            lkv_json_fail(reader, "where", "pairs of axis and value");
            return;
        }
        lkv_term term = {axis, (uint16_t)json_integer_value(value)};
        variant.where = lkv_where_and(variant.where, term);
    }
    g_array_append_val(frame->variants, variant);
}

static void read_ids(lkv_json *reader, lkv_frame *frame, const json_t *object,
                     const char *field)
{
    const json_t *ids = lkv_json_array(reader, object, field);
    GPtrArray *table =
        strcmp(field, "measures") == 0 ? frame->measures : frame->components;
    g_ptr_array_set_size(table, 0);
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        if (!id) {
            lkv_json_fail(reader, field, "texts");
            return;
        }
        g_ptr_array_add(table, (gpointer)(uintptr_t)keep(frame, id));
    }
}

typedef void (*read_record)(lkv_json *, lkv_frame *, const json_t *);

static void read_all(lkv_json *reader, lkv_frame *frame, const json_t *object,
                     const char *field, read_record read)
{
    const json_t *records = lkv_json_array(reader, object, field);
    if (json_array_size(records) >= NUMBERS) {
        lkv_json_fail(reader, field, "a table of this program's size");
    }
    for (size_t i = 0; i < json_array_size(records) && !reader->failed; i++) {
        read(reader, frame, json_array_get(records, i));
    }
}

static void read_district(lkv_json *reader, lkv_frame *frame,
                          const json_t *object)
{
    static const char *const releases[] = {"preliminary", "final", NULL};
    frame->district_id =
        keep(frame, lkv_json_text(reader, object, "district_id", true));
    frame->district_name =
        keep(frame, lkv_json_text(reader, object, "district_name", true));
    frame->country =
        keep(frame, lkv_json_text(reader, object, "country", true));
    frame->year = (int)lkv_json_whole(reader, object, "year", 0, 9999);
    frame->release = (lkv_release_kind)lkv_json_word(
        reader, json_object_get(object, "release"), "release", releases);
    const char *date = lkv_json_text(reader, object, "reference_date", true);
    frame->has_reference_date = date != NULL;
    if (date && !lkv_date_read(date, &frame->reference_date)) {
        lkv_json_fail(reader, "reference_date", "a date");
    }
    const json_t *confidence = json_object_get(object, "confidence");
    frame->confidence = json_number_value(confidence);
    if (!(frame->confidence > 0.0 && frame->confidence < 1.0)) {
        lkv_json_fail(reader, "confidence", "a level between 0 and 1");
    }
}

static void read_axes(lkv_json *reader, lkv_frame *frame, const json_t *object)
{
    const json_t *axes = lkv_json_array(reader, object, "axes");
    for (size_t i = 0; i < json_array_size(axes) && !reader->failed; i++) {
        read_axis(reader, frame->cube, json_array_get(axes, i));
    }
    if (!reader->failed) {
        frame->school =
            lkv_json_number(reader, json_object_get(object, "school"), "school",
                            lkv_cube_axes(frame->cube), false);
    }
}

lkv_frame *lkv_json_frame(lkv_json *reader, const json_t *object)
{
    g_autoptr(lkv_frame) frame = lkv_frame_new();
    read_district(reader, frame, object);
    read_axes(reader, frame, object);
    if (reader->failed) {
        return NULL;
    }
    read_all(reader, frame, object, "outcomes", read_outcome);
    read_all(reader, frame, object, "units", read_unit);
    read_all(reader, frame, object, "groups", read_group);
    read_all(reader, frame, object, "populations", read_population);
    read_all(reader, frame, object, "variants", read_variant);
    if (json_object_get(object, "breaks")) { /* older runs have none */
        read_all(reader, frame, object, "breaks", read_break);
    }
    read_ids(reader, frame, object, "measures");
    read_ids(reader, frame, object, "components");
    return reader->failed ? NULL : g_steal_pointer(&frame);
}
