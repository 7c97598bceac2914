#include "base/cube.h"

#include <string.h>

/* A named set of leaves: HOLDS[leaf] is 1 for those in it. */
typedef struct group {
    const char *id;
    GByteArray *holds;
} group;

typedef struct dimension {
    const char *id;
    GPtrArray *leaves;
    GArray *groups;
    GHashTable *values; /* id to leaf, or to LKV_GROUP_BIT | group */
} dimension;

struct lkv_cube {
    GArray *axes;
    GPtrArray *populations;
    GStringChunk *text;
};

static void group_clear(gpointer element)
{
    group *one = element;
    g_byte_array_unref(one->holds);
}

static void dimension_clear(gpointer element)
{
    dimension *one = element;
    g_ptr_array_unref(one->leaves);
    g_array_unref(one->groups);
    g_hash_table_unref(one->values);
}

lkv_cube *lkv_cube_new(void)
{
    lkv_cube *cube = g_new0(lkv_cube, 1);
    cube->axes = g_array_new(FALSE, TRUE, sizeof(dimension));
    g_array_set_clear_func(cube->axes, dimension_clear);
    cube->populations = g_ptr_array_new();
    cube->text = g_string_chunk_new(4096);
    return cube;
}

void lkv_cube_free(lkv_cube *cube)
{
    if (!cube) {
        return;
    }
    g_array_unref(cube->axes);
    g_ptr_array_unref(cube->populations);
    g_string_chunk_free(cube->text);
    g_free(cube);
}

static dimension *axis_at(const lkv_cube *cube, lkv_axis axis)
{
    g_assert(axis < cube->axes->len);
    return &g_array_index(cube->axes, dimension, axis);
}

static group *group_at(const dimension *on, uint16_t value)
{
    unsigned number = value & ~(unsigned)LKV_GROUP_BIT;
    g_assert(number < on->groups->len);
    return &g_array_index(on->groups, group, number);
}

static char *keep(lkv_cube *cube, const char *text)
{
    return g_string_chunk_insert_const(cube->text, text);
}

static void value_name(dimension *on, char *id, uint16_t value)
{
    bool fresh =
        g_hash_table_insert(on->values, id, GUINT_TO_POINTER((guint)value));
    g_assert(fresh);
}

lkv_axis lkv_cube_axis_add(lkv_cube *cube, const char *id)
{
    g_assert(lkv_cube_axis_find(cube, id) == LKV_NO_AXIS);
    g_assert(cube->axes->len < LKV_NO_AXIS);
    dimension added = {
        .id = keep(cube, id),
        .leaves = g_ptr_array_new(),
        .groups = g_array_new(FALSE, TRUE, sizeof(group)),
        .values = g_hash_table_new(g_str_hash, g_str_equal),
    };
    g_array_set_clear_func(added.groups, group_clear);
    g_array_append_val(cube->axes, added);
    lkv_axis axis = (lkv_axis)(cube->axes->len - 1);
    lkv_cube_leaf_add(cube, axis, "missing");
    return axis;
}

uint16_t lkv_cube_leaf_add(lkv_cube *cube, lkv_axis axis, const char *id)
{
    dimension *on = axis_at(cube, axis);
    g_assert(on->leaves->len < LKV_GROUP_BIT);
    uint16_t leaf = (uint16_t)on->leaves->len;
    char *kept = keep(cube, id);
    g_ptr_array_add(on->leaves, kept);
    value_name(on, kept, leaf);
    return leaf;
}

static void leaf_mark(GByteArray *holds, uint16_t leaf)
{
    g_assert(leaf < holds->len);
    holds->data[leaf] = 1;
}

uint16_t lkv_cube_group_add(lkv_cube *cube, lkv_axis axis, const char *id,
                            const uint16_t *leaves, size_t count)
{
    dimension *on = axis_at(cube, axis);
    g_assert(on->groups->len < LKV_GROUP_BIT - 1);
    uint16_t value = (uint16_t)(LKV_GROUP_BIT | on->groups->len);
    char *kept = keep(cube, id);
    group added = {.id = kept, .holds = g_byte_array_new()};
    g_byte_array_set_size(added.holds, on->leaves->len);
    memset(added.holds->data, 0, added.holds->len);
    for (size_t i = 0; i < count; i++) {
        leaf_mark(added.holds, leaves[i]);
    }
    g_array_append_val(on->groups, added);
    value_name(on, kept, value);
    return value;
}

uint16_t lkv_cube_population_add(lkv_cube *cube, const char *id)
{
    g_assert(cube->populations->len < UINT16_MAX);
    g_ptr_array_add(cube->populations, keep(cube, id));
    return (uint16_t)(cube->populations->len - 1);
}

size_t lkv_cube_axes(const lkv_cube *cube)
{
    return cube->axes->len;
}

const char *lkv_cube_axis_id(const lkv_cube *cube, lkv_axis axis)
{
    return axis_at(cube, axis)->id;
}

lkv_axis lkv_cube_axis_find(const lkv_cube *cube, const char *id)
{
    for (guint i = 0; i < cube->axes->len; i++) {
        if (strcmp(axis_at(cube, (lkv_axis)i)->id, id) == 0) {
            return (lkv_axis)i;
        }
    }
    return LKV_NO_AXIS;
}

size_t lkv_cube_leaves(const lkv_cube *cube, lkv_axis axis)
{
    return axis_at(cube, axis)->leaves->len;
}

size_t lkv_cube_groups(const lkv_cube *cube, lkv_axis axis)
{
    return axis_at(cube, axis)->groups->len;
}

const char *lkv_cube_value_id(const lkv_cube *cube, lkv_term term)
{
    const dimension *on = axis_at(cube, term.axis);
    if (term.value & LKV_GROUP_BIT) {
        return group_at(on, term.value)->id;
    }
    g_assert(term.value < on->leaves->len);
    return g_ptr_array_index(on->leaves, term.value);
}

uint16_t lkv_cube_value_find(const lkv_cube *cube, lkv_axis axis,
                             const char *id)
{
    gpointer value = NULL;
    return g_hash_table_lookup_extended(axis_at(cube, axis)->values, id, NULL,
                                        &value)
               ? (uint16_t)GPOINTER_TO_UINT(value)
               : LKV_NO_VALUE;
}

bool lkv_cube_holds(const lkv_cube *cube, lkv_term term, uint16_t leaf)
{
    if (!(term.value & LKV_GROUP_BIT)) {
        return term.value == leaf;
    }
    const GByteArray *holds =
        group_at(axis_at(cube, term.axis), term.value)->holds;
    return leaf < holds->len && holds->data[leaf];
}

size_t lkv_cube_populations(const lkv_cube *cube)
{
    return cube->populations->len;
}

const char *lkv_cube_population_id(const lkv_cube *cube, uint16_t population)
{
    g_assert(population < cube->populations->len);
    return g_ptr_array_index(cube->populations, population);
}
