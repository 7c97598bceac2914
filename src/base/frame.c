#include "base/frame.h"

#include <string.h>

lkv_frame *lkv_frame_new(void)
{
    lkv_frame *frame = g_new0(lkv_frame, 1);
    frame->cube = lkv_cube_new();
    frame->outcomes = g_array_new(FALSE, TRUE, sizeof(lkv_outcome));
    frame->units = g_array_new(FALSE, TRUE, sizeof(lkv_unit));
    frame->groups = g_array_new(FALSE, TRUE, sizeof(lkv_group));
    frame->populations = g_array_new(FALSE, TRUE, sizeof(lkv_population));
    frame->variants = g_array_new(FALSE, TRUE, sizeof(lkv_variant));
    frame->breaks = g_array_new(FALSE, TRUE, sizeof(lkv_break));
    frame->overlaps = g_array_new(FALSE, TRUE, sizeof(lkv_overlap));
    frame->implications = g_array_new(FALSE, TRUE, sizeof(lkv_term));
    frame->measures = g_ptr_array_new();
    frame->components = g_ptr_array_new();
    frame->text = g_string_chunk_new(4096);
    frame->references = 1;
    lkv_frame_component(frame, "");
    return frame;
}

lkv_frame *lkv_frame_ref(lkv_frame *frame)
{
    g_atomic_int_inc(&frame->references);
    return frame;
}

void lkv_frame_unref(lkv_frame *frame)
{
    if (!frame || !g_atomic_int_dec_and_test(&frame->references)) {
        return;
    }
    lkv_cube_free(frame->cube);
    g_array_unref(frame->outcomes);
    g_array_unref(frame->units);
    g_array_unref(frame->groups);
    g_array_unref(frame->populations);
    g_array_unref(frame->variants);
    g_array_unref(frame->breaks);
    g_array_unref(frame->overlaps);
    g_array_unref(frame->implications);
    g_ptr_array_unref(frame->measures);
    g_ptr_array_unref(frame->components);
    g_string_chunk_free(frame->text);
    g_free(frame);
}

static uint16_t find(const GPtrArray *ids, const char *id)
{
    for (guint i = 0; i < ids->len; i++) {
        if (strcmp(g_ptr_array_index(ids, i), id) == 0) {
            return (uint16_t)i;
        }
    }
    return LKV_NO_VALUE;
}

static uint16_t add(lkv_frame *frame, GPtrArray *ids, const char *id)
{
    uint16_t number = find(ids, id);
    if (number == LKV_NO_VALUE) {
        number = (uint16_t)ids->len;
        g_ptr_array_add(ids, g_string_chunk_insert_const(frame->text, id));
    }
    return number;
}

bool lkv_frame_breaks(const lkv_frame *frame, const char *stage, int from,
                      int to)
{
    for (guint i = 0; i < frame->breaks->len; i++) {
        const lkv_break *broken = &g_array_index(frame->breaks, lkv_break, i);
        if (strcmp(broken->stage, stage) == 0 && from < broken->year &&
            broken->year <= to) {
            return true;
        }
    }
    return false;
}

uint16_t lkv_frame_measure(lkv_frame *frame, const char *id)
{
    return add(frame, frame->measures, id);
}

uint16_t lkv_frame_component(lkv_frame *frame, const char *id)
{
    return add(frame, frame->components, id);
}

uint16_t lkv_frame_measure_find(const lkv_frame *frame, const char *id)
{
    return find(frame->measures, id);
}

uint16_t lkv_frame_component_find(const lkv_frame *frame, const char *id)
{
    return find(frame->components, id);
}

const lkv_outcome *lkv_frame_outcome(const lkv_frame *frame, size_t number)
{
    g_assert(number < frame->outcomes->len);
    return &g_array_index(frame->outcomes, lkv_outcome, number);
}

const lkv_unit *lkv_frame_unit(const lkv_frame *frame, size_t number)
{
    g_assert(number < frame->units->len);
    return &g_array_index(frame->units, lkv_unit, number);
}

const lkv_group *lkv_frame_group(const lkv_frame *frame, size_t number)
{
    g_assert(number < frame->groups->len);
    return &g_array_index(frame->groups, lkv_group, number);
}

const lkv_population *lkv_frame_population(const lkv_frame *frame,
                                           size_t number)
{
    g_assert(number < frame->populations->len);
    return &g_array_index(frame->populations, lkv_population, number);
}

const lkv_variant *lkv_frame_variant(const lkv_frame *frame, size_t number)
{
    g_assert(number < frame->variants->len);
    return &g_array_index(frame->variants, lkv_variant, number);
}

uint16_t lkv_frame_outcome_find(const lkv_frame *frame, const char *id,
                                const char *subject)
{
    for (guint i = 0; i < frame->outcomes->len; i++) {
        const lkv_outcome *outcome = lkv_frame_outcome(frame, i);
        if (strcmp(outcome->id, id) == 0 &&
            g_strcmp0(outcome->subject, subject) == 0) {
            return (uint16_t)i;
        }
    }
    return LKV_NO_VALUE;
}

uint16_t lkv_frame_unit_find(const lkv_frame *frame, const char *id)
{
    for (guint i = 0; i < frame->units->len; i++) {
        if (strcmp(lkv_frame_unit(frame, i)->id, id) == 0) {
            return (uint16_t)i;
        }
    }
    return LKV_NO_VALUE;
}

uint16_t lkv_frame_group_find(const lkv_frame *frame, const char *id)
{
    for (guint i = 0; i < frame->groups->len; i++) {
        if (strcmp(lkv_frame_group(frame, i)->id, id) == 0) {
            return (uint16_t)i;
        }
    }
    return LKV_NO_VALUE;
}

uint16_t lkv_frame_population_find(const lkv_frame *frame, const char *stage,
                                   int year)
{
    for (guint i = 0; i < frame->populations->len; i++) {
        const lkv_population *population = lkv_frame_population(frame, i);
        if (population->year == year && strcmp(population->stage, stage) == 0) {
            return (uint16_t)i;
        }
    }
    return LKV_NO_VALUE;
}

const char *lkv_label_text(const lkv_label *label, const char *language,
                           const char *fallback)
{
    for (size_t i = 0; i < label->count; i++) {
        if (strcmp(label->language[i], language) == 0) {
            return label->text[i];
        }
    }
    return label->count > 0 ? label->text[0] : fallback;
}
