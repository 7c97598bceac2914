#include "disclose/key_map.h"

#include <string.h>

struct lkv_key_map {
    const lkv_frame *from, *into;
    /* Numbers there by numbers here; LKV_NO_VALUE = there is none. */
    uint16_t *population, *variant, *unit, *outcome, *measure, *component,
        *group;
};

static uint16_t variant_find(const lkv_frame *frame, const char *id)
{
    for (guint i = 0; i < frame->variants->len; i++) {
        if (strcmp(lkv_frame_variant(frame, i)->id, id) == 0) {
            return (uint16_t)i;
        }
    }
    return LKV_NO_VALUE;
}

lkv_key_map *lkv_key_map_new(const lkv_frame *from, const lkv_frame *into)
{
    lkv_key_map *map = g_new0(lkv_key_map, 1);
    map->from = from;
    map->into = into;
    map->population = g_new(uint16_t, from->populations->len + 1U);
    for (guint i = 0; i < from->populations->len; i++) {
        const lkv_population *it = lkv_frame_population(from, i);
        map->population[i] =
            lkv_frame_population_find(into, it->stage, it->year);
    }
    map->variant = g_new(uint16_t, from->variants->len + 1U);
    for (guint i = 0; i < from->variants->len; i++) {
        map->variant[i] = variant_find(into, lkv_frame_variant(from, i)->id);
    }
    map->unit = g_new(uint16_t, from->units->len + 1U);
    for (guint i = 0; i < from->units->len; i++) {
        map->unit[i] = lkv_frame_unit_find(into, lkv_frame_unit(from, i)->id);
    }
    map->outcome = g_new(uint16_t, from->outcomes->len + 1U);
    for (guint i = 0; i < from->outcomes->len; i++) {
        const lkv_outcome *it = lkv_frame_outcome(from, i);
        map->outcome[i] = lkv_frame_outcome_find(into, it->id, it->subject);
    }
    map->measure = g_new(uint16_t, from->measures->len + 1U);
    for (guint i = 0; i < from->measures->len; i++) {
        map->measure[i] =
            lkv_frame_measure_find(into, g_ptr_array_index(from->measures, i));
    }
    map->component = g_new(uint16_t, from->components->len + 1U);
    for (guint i = 0; i < from->components->len; i++) {
        map->component[i] = lkv_frame_component_find(
            into, g_ptr_array_index(from->components, i));
    }
    map->group = g_new(uint16_t, from->groups->len + 1U);
    for (guint i = 0; i < from->groups->len; i++) {
        map->group[i] =
            lkv_frame_group_find(into, lkv_frame_group(from, i)->id);
    }
    return map;
}

void lkv_key_map_free(lkv_key_map *map)
{
    if (map) {
        g_free(map->population);
        g_free(map->variant);
        g_free(map->unit);
        g_free(map->outcome);
        g_free(map->measure);
        g_free(map->component);
        g_free(map->group);
        g_free(map);
    }
}

/* VALUE of group FROM as a value of group INTO. */
static bool find_value(const lkv_key_map *map, uint16_t from, uint16_t into,
                       uint16_t *value)
{
    if (*value == LKV_NO_VALUE) {
        return true;
    }
    lkv_term term = {.axis = lkv_frame_group(map->from, from)->axis,
                     .value = *value};
    *value = lkv_cube_value_find(map->into->cube,
                                 lkv_frame_group(map->into, into)->axis,
                                 lkv_cube_value_id(map->from->cube, term));
    return *value != LKV_NO_VALUE;
}

bool lkv_key_map_find(const lkv_key_map *map, const lkv_key *key, lkv_key *into)
{
    *into = *key;
    into->population = map->population[key->population];
    into->variant = map->variant[key->variant];
    into->unit = map->unit[key->unit];
    into->measure = map->measure[key->measure];
    into->component = map->component[key->component];
    bool known = into->population != LKV_NO_VALUE &&
                 into->variant != LKV_NO_VALUE && into->unit != LKV_NO_VALUE &&
                 into->measure != LKV_NO_VALUE &&
                 into->component != LKV_NO_VALUE;
    if (key->outcome != LKV_NO_VALUE) {
        into->outcome = map->outcome[key->outcome];
        known = known && into->outcome != LKV_NO_VALUE;
    }
    if (!known || key->group_by == 0) {
        return known;
    }
    uint16_t from = (uint16_t)(key->group_by - 1);
    uint16_t group = map->group[from];
    into->group_by = (uint16_t)(group + 1);
    return group != LKV_NO_VALUE &&
           find_value(map, from, group, &into->group) &&
           find_value(map, from, group, &into->reference);
}
