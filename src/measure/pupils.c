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

/* Heads by school and leaf, in a row more and a column more their totals. */
typedef struct lkv_heads {
    const lkv_question *question;
    size_t schools, leaves;
    int64_t *n; /* [school * (leaves + 1) + leaf] */
} lkv_heads;

static int64_t *place_of(const lkv_heads *heads, size_t school, size_t leaf)
{
    return &heads->n[school * (heads->leaves + 1) + leaf];
}

static void heads_fill(lkv_heads *heads, const lkv_tally *tally)
{
    heads->schools = tally->leaves[0];
    heads->leaves = tally->spec.axes > 1 ? tally->leaves[1] : 1;
    heads->n = g_new0(int64_t, (heads->schools + 1) * (heads->leaves + 1));
    for (size_t cell = 0; cell < tally->cells; cell++) {
        size_t school = cell / heads->leaves;
        size_t leaf = cell % heads->leaves;
        *place_of(heads, school, leaf) += tally->n[cell];
        *place_of(heads, school, heads->leaves) += tally->n[cell];
        *place_of(heads, heads->schools, leaf) += tally->n[cell];
        *place_of(heads, heads->schools, heads->leaves) += tally->n[cell];
    }
}

/* Pupils at UNIT in LEAF, or in all for LKV_NO_VALUE. */
static int64_t heads_at(const lkv_heads *heads, uint16_t unit, uint16_t leaf)
{
    uint16_t school = lkv_frame_unit(heads->question->frame, unit)->leaf;
    return *place_of(heads, school == LKV_NO_VALUE ? heads->schools : school,
                     leaf == LKV_NO_VALUE ? heads->leaves : leaf);
}

/* Schools with a pupil in LEAF; -1 at a school, where it does not apply. */
static int64_t schools_at(const lkv_heads *heads, uint16_t unit, uint16_t leaf)
{
    if (lkv_frame_unit(heads->question->frame, unit)->leaf != LKV_NO_VALUE) {
        return -1;
    }
    int64_t schools = 0;
    for (size_t school = 0; school < heads->schools; school++) {
        size_t column = leaf == LKV_NO_VALUE ? heads->leaves : leaf;
        schools += *place_of(heads, school, column) > 0;
    }
    return schools;
}

static void count_add(const lkv_heads *heads, lkv_spot spot, lkv_results *out)
{
    const lkv_question *question = heads->question;
    lkv_estimate *count = lkv_question_add(question, out, spot, "");
    count->claim = lkv_question_count(question, count->pupils);
    count->n = heads_at(heads, spot.unit, spot.group);
    count->schools = schools_at(heads, spot.unit, spot.group);
    if (count->n == 0 && spot.group == LKV_NO_VALUE) {
        count->reason = LKV_REASON_NO_SUCH_STAGE;
        return;
    }
    count->top = count->n;
    count->bottom = 1;
    count->method = LKV_METHOD_CENSUS;
}

static void share_add(const lkv_heads *heads, lkv_spot spot, lkv_results *out)
{
    const lkv_question *question = heads->question;
    lkv_axis axis = lkv_question_group(question)->axis;
    lkv_estimate *share = lkv_question_add(question, out, spot, "share");
    share->pupils = lkv_question_pupils(question, lkv_spot_unit(spot.unit));
    share->claim = lkv_question_count(question, share->pupils);
    share->claim.stat = LKV_SHARE;
    share->claim.part =
        lkv_where_and((lkv_where){0}, (lkv_term){axis, spot.group});
    share->n = heads_at(heads, spot.unit, LKV_NO_VALUE);
    share->schools = schools_at(heads, spot.unit, LKV_NO_VALUE);
    share->top = heads_at(heads, spot.unit, spot.group);
    share->bottom = share->n;
    share->method = LKV_METHOD_CENSUS;
}

static void leaves_add(const lkv_heads *heads, uint16_t unit, lkv_results *out)
{
    if (heads_at(heads, unit, LKV_NO_VALUE) == 0) {
        return;
    }
    for (uint16_t leaf = 0; leaf < heads->leaves; leaf++) {
        if (lkv_question_holds(heads->question, leaf) &&
            heads_at(heads, 0, leaf) > 0) {
            lkv_spot spot = {unit, leaf, LKV_NO_VALUE};
            count_add(heads, spot, out);
            share_add(heads, spot, out);
        }
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_heads heads = {.question = question};
    const GArray *units = question->frame->units;
    heads_fill(&heads, tally[0]);
    if (question->group_by > 0) {
        leaves_add(&heads, 0, out);
    }
    for (guint i = 0; question->group_by == 0 && i < units->len; i++) {
        count_add(&heads, lkv_spot_unit((uint16_t)i), out);
    }
    g_free(heads.n);
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
    .formula = "count of pupils; share = count/all pupils of the unit; by "
               "group over the whole district",
    .reading = "These are the pupils whom all other figures of the year are "
               "about; pupils whose group is not known are counted apart.",
    .not_for = "Judging a school: composition is given, not achieved.",
    .source = "a count",
    .r = "table(school, group); prop.table(table(group))",
};
