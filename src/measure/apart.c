#include "measure/apart.h"

#include "measure/question.h"

#define ORDINARY "ordinary schools"

void lkv_apart_group(lkv_frame *frame)
{
    lkv_term known;
    if (lkv_apart_term(frame, &known)) {
        return;
    }
    g_autofree uint16_t *leaves = g_new0(uint16_t, frame->units->len + 1);
    size_t count = 0;
    size_t special = 0;
    for (guint i = 0; i < frame->units->len; i++) {
        const lkv_unit *unit = lkv_frame_unit(frame, i);
        if (unit->leaf == LKV_NO_VALUE) {
            continue;
        }
        special += unit->special;
        if (!unit->special) {
            leaves[count++] = unit->leaf;
        }
    }
    if (special > 0) {
        lkv_cube_group_add(frame->cube, frame->school, ORDINARY, leaves, count);
    }
}

bool lkv_apart_term(const lkv_frame *frame, lkv_term *term)
{
    uint16_t value = lkv_cube_value_find(frame->cube, frame->school, ORDINARY);
    *term = (lkv_term){frame->school, value};
    return value != LKV_NO_VALUE;
}

lkv_where lkv_apart_without(const lkv_frame *frame, lkv_where where)
{
    lkv_term ordinary;
    return lkv_apart_term(frame, &ordinary) ? lkv_where_and(where, ordinary)
                                            : where;
}

lkv_tally_spec lkv_apart_spec(const lkv_question *question)
{
    lkv_where known =
        lkv_where_and(lkv_question_pupils(question, lkv_spot_unit(0)),
                      lkv_question_known(question));
    return (lkv_tally_spec){
        .population = question->population,
        .where = lkv_apart_without(question->frame, known),
        .axes = 1,
        .axis = {question->frame->school},
    };
}
