#include "measure/question.h"

#include <string.h>

lkv_spot lkv_spot_unit(uint16_t unit)
{
    return (lkv_spot){unit, LKV_NO_VALUE, LKV_NO_VALUE};
}

const lkv_outcome *lkv_question_outcome(const lkv_question *question)
{
    return lkv_frame_outcome(question->frame, question->outcome);
}

const lkv_group *lkv_question_group(const lkv_question *question)
{
    if (question->group_by == 0) {
        return NULL;
    }
    return lkv_frame_group(question->frame, question->group_by - 1U);
}

lkv_term lkv_question_value(const lkv_question *question, const char *id)
{
    lkv_axis axis = lkv_question_outcome(question)->axis;
    uint16_t value = lkv_cube_value_find(question->frame->cube, axis, id);
    g_assert(value != LKV_NO_VALUE);
    return (lkv_term){axis, value};
}

lkv_term lkv_question_known(const lkv_question *question)
{
    static const char *const ids[] = {
        [LKV_POINTS] = "counted",
        [LKV_YES_NO] = "known",
        [LKV_LEVELS] = "graded",
    };
    lkv_outcome_kind kind = lkv_question_outcome(question)->kind;
    return lkv_question_value(question, ids[kind]);
}

lkv_note lkv_question_break(const lkv_question *question, int years)
{
    const lkv_frame *frame = question->frame;
    const lkv_population *own =
        lkv_frame_population(frame, question->population);
    return lkv_frame_breaks(frame, own->stage, own->year - years, own->year)
               ? LKV_NOTE_BREAK
               : LKV_NOTE_NONE;
}

bool lkv_question_holds(const lkv_question *question, uint16_t leaf)
{
    const lkv_group *group = lkv_question_group(question);
    const lkv_variant *variant =
        lkv_frame_variant(question->frame, question->variant);
    const lkv_term *term =
        group ? lkv_where_on(&variant->where, group->axis) : NULL;
    return !term || lkv_cube_holds(question->frame->cube, *term, leaf);
}

lkv_where lkv_question_pupils(const lkv_question *question, lkv_spot spot)
{
    const lkv_frame *frame = question->frame;
    lkv_where where = lkv_frame_variant(frame, question->variant)->where;
    const lkv_unit *unit = lkv_frame_unit(frame, spot.unit);
    if (unit->leaf != LKV_NO_VALUE) {
        where = lkv_where_and(where, (lkv_term){frame->school, unit->leaf});
    }
    if (spot.group != LKV_NO_VALUE) {
        lkv_axis axis = lkv_question_group(question)->axis;
        where = lkv_where_and(where, (lkv_term){axis, spot.group});
    }
    return where;
}

static lkv_where known_at(const lkv_question *question, lkv_spot spot)
{
    return lkv_where_and(lkv_question_pupils(question, spot),
                         lkv_question_known(question));
}

lkv_claim lkv_question_mean(const lkv_question *question, lkv_spot spot)
{
    return (lkv_claim){
        .stat = LKV_MEAN,
        .population = question->population,
        .outcome = question->outcome,
        .base = known_at(question, spot),
    };
}

lkv_claim lkv_question_share(const lkv_question *question, lkv_spot spot,
                             lkv_term part)
{
    return (lkv_claim){
        .stat = LKV_SHARE,
        .population = question->population,
        .outcome = question->outcome,
        .base = known_at(question, spot),
        .part = lkv_where_and((lkv_where){0}, part),
    };
}

lkv_claim lkv_question_count(const lkv_question *question, lkv_where base)
{
    return (lkv_claim){
        .stat = LKV_COUNT,
        .population = question->population,
        .outcome = question->outcome,
        .base = base,
    };
}

lkv_claim lkv_question_level(const lkv_question *question, lkv_spot spot)
{
    if (lkv_question_outcome(question)->kind == LKV_POINTS) {
        return lkv_question_mean(question, spot);
    }
    lkv_outcome_kind kind = lkv_question_outcome(question)->kind;
    return lkv_question_share(
        question, spot,
        lkv_question_value(question, kind == LKV_YES_NO ? "yes" : "passed"));
}

static const lkv_measure *measure_of(const lkv_question *question)
{
    return lkv_measure_find(
        g_ptr_array_index(question->frame->measures, question->measure));
}

/* The line of the record that describes COMPONENT. */
static const lkv_component *described(const lkv_measure *measure,
                                      const char *component)
{
    for (size_t i = 0; i < measure->component_count; i++) {
        const lkv_component *known = &measure->components[i];
        if (!known->id || strcmp(known->id, component) == 0) {
            return known;
        }
    }
    g_assert_not_reached();
}

static lkv_value_unit unit_of(const lkv_question *question,
                              const lkv_component *component)
{
    if (component->unit != LKV_UNIT_NONE) {
        return component->unit;
    }
    if (lkv_question_outcome(question)->kind == LKV_POINTS) {
        return LKV_UNIT_POINTS;
    }
    return component->difference ? LKV_UNIT_SHARE_POINTS : LKV_UNIT_SHARE;
}

lkv_estimate *lkv_question_add(const lkv_question *question, lkv_results *out,
                               lkv_spot spot, const char *component)
{
    const lkv_measure *measure = measure_of(question);
    const lkv_component *line = described(measure, component);
    lkv_target target = line->target ? line->target : measure->target;
    uint16_t number = lkv_frame_component_find(question->frame, component);
    g_assert(number != LKV_NO_VALUE);
    lkv_estimate *estimate =
        lkv_results_add(out, (lkv_key){
                                 .population = question->population,
                                 .variant = question->variant,
                                 .unit = spot.unit,
                                 .outcome = question->outcome,
                                 .measure = question->measure,
                                 .component = number,
                                 .group_by = question->group_by,
                                 .group = spot.group,
                                 .reference = spot.reference,
                                 .target = (uint16_t)target,
                             });
    estimate->compared = line->compared;
    if (question->outcome == LKV_NO_VALUE) {
        estimate->unit_of_value = line->unit;
        estimate->pupils = lkv_question_pupils(question, spot);
        return estimate;
    }
    estimate->unit_of_value = unit_of(question, line);
    estimate->pupils = known_at(question, spot);
    estimate->absent = lkv_where_and(
        lkv_question_pupils(question, spot),
        (lkv_term){lkv_question_outcome(question)->axis, LKV_LEAF_MISSING});
    estimate->has_absent = true;
    return estimate;
}
