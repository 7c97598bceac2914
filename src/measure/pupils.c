/* Who goes here: pupils, and how the groups are made up.
 *
 * Results are read against the pupils a school has; so their number and
 * composition come first.
 */
#include "measure/catalogue.h"
#include "measure/question.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    const lkv_group *group = lkv_question_group(question);
    lkv_tally_spec heads = {
        .population = question->population,
        .where = lkv_frame_variant(question->frame, question->variant)->where,
        .axes = 1,
        .axis = {question->frame->school},
    };
    if (group) {
        heads.axis[heads.axes++] = group->axis;
    }
    lkv_needs_add(needs, heads);
}

/* Pupils of a unit; SCHOOLS how many have any, -1 at a school. */
typedef struct lkv_heads {
    int64_t n, schools;
} lkv_heads;

static lkv_heads heads_of(const lkv_tally *tally, const lkv_unit *unit,
                          size_t leaf)
{
    lkv_heads heads = {0};
    size_t leaves = tally->spec.axes > 1 ? tally->leaves[1] : 1;
    for (size_t cell = 0; cell < tally->cells; cell++) {
        bool here = unit->leaf == LKV_NO_VALUE || cell / leaves == unit->leaf;
        if (here && (leaf == LKV_NO_VALUE || cell % leaves == leaf)) {
            heads.n += tally->n[cell];
        }
    }
    heads.schools = -1;
    if (unit->leaf == LKV_NO_VALUE) {
        heads.schools = 0;
        for (size_t school = 0; school < tally->leaves[0]; school++) {
            lkv_unit one = {.leaf = (uint16_t)school};
            heads.schools += heads_of(tally, &one, leaf).n > 0;
        }
    }
    return heads;
}

static void count_add(const lkv_question *question, const lkv_tally *tally,
                      lkv_spot spot, lkv_results *out)
{
    const lkv_unit *unit = lkv_frame_unit(question->frame, spot.unit);
    lkv_heads heads = heads_of(tally, unit, spot.group);
    lkv_estimate *count = lkv_question_add(question, out, spot, "");
    count->claim = lkv_question_count(question, count->pupils);
    count->n = heads.n;
    count->schools = heads.schools;
    if (heads.n == 0 && spot.group == LKV_NO_VALUE) {
        count->reason = LKV_REASON_NO_SUCH_STAGE;
        return;
    }
    count->top = heads.n;
    count->bottom = 1;
    count->method = LKV_METHOD_CENSUS;
}

static void share_add(const lkv_question *question, const lkv_tally *tally,
                      lkv_spot spot, lkv_results *out)
{
    const lkv_unit *unit = lkv_frame_unit(question->frame, spot.unit);
    lkv_heads whole = heads_of(tally, unit, LKV_NO_VALUE);
    lkv_axis axis = lkv_question_group(question)->axis;
    lkv_estimate *share = lkv_question_add(question, out, spot, "share");
    share->pupils = lkv_question_pupils(question, lkv_spot_unit(spot.unit));
    share->claim = lkv_question_count(question, share->pupils);
    share->claim.stat = LKV_SHARE;
    share->claim.part =
        lkv_where_and((lkv_where){0}, (lkv_term){axis, spot.group});
    share->n = whole.n;
    share->schools = whole.schools;
    share->top = heads_of(tally, unit, spot.group).n;
    share->bottom = whole.n;
    share->method = LKV_METHOD_CENSUS;
}

static void leaves_add(const lkv_question *question, const lkv_tally *tally,
                       uint16_t number, lkv_results *out)
{
    const lkv_unit *district = lkv_frame_unit(question->frame, 0);
    const lkv_unit *unit = lkv_frame_unit(question->frame, number);
    if (heads_of(tally, unit, LKV_NO_VALUE).n == 0) {
        return;
    }
    for (uint16_t leaf = 0; leaf < tally->leaves[1]; leaf++) {
        if (!lkv_question_holds(question, leaf) ||
            heads_of(tally, district, leaf).n == 0) {
            continue;
        }
        lkv_spot spot = {number, leaf, LKV_NO_VALUE};
        count_add(question, tally, spot, out);
        share_add(question, tally, spot, out);
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    for (guint i = 0; i < question->frame->units->len; i++) {
        if (question->group_by > 0) {
            leaves_add(question, tally[0], (uint16_t)i, out);
        } else {
            count_add(question, tally[0], lkv_spot_unit((uint16_t)i), out);
        }
    }
}

static const lkv_component components[] = {
    {.id = "", .unit = LKV_UNIT_COUNT, .meaning = "number of pupils"},
    {.id = "share",
     .unit = LKV_UNIT_SHARE,
     .meaning = "the group's share of all pupils of the unit"},
};

const lkv_measure lkv_measure_pupils = {
    .id = "pupils",
    .label = "measure.pupils",
    .groups = LKV_WITHOUT_GROUP | LKV_BY_GROUP,
    .target = LKV_NO_TARGET,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .question = "How many pupils are there, and how are they made up?",
    .formula = "count of pupils; share = count/all pupils of the unit",
    .reading = "These are the pupils whom all other figures of the year are "
               "about; pupils whose group is not known are counted apart.",
    .not_for = "Judging a school: composition is given, not achieved.",
    .source = "a count",
    .r = "table(school, group); prop.table(table(group))",
};
