/* The same pupils from one stage to the next: how many who were behind have
 * caught up, how many have fallen behind, and how many of today's could have
 * been known.
 *
 * A year group's share of goals says nothing of who they were. If most of those
 * who are not eligible lacked goals three years ago, help can come then.
 */
#include <math.h>
#include <string.h>

#include "measure/catalogue.h"
#include "measure/level.h"

/* Pupils who are in one of two stages alone could be told from what both say,
 * if they are few.
 */
enum { OTHERS_LEAST = 10 };

static lkv_axis earlier_axis(const lkv_question *question)
{
    return lkv_cube_axis_find(question->frame->cube, LKV_AXIS_EARLIER);
}

/* The group's axis has its own term, if the variant has none on it. */
static bool terms_fit(const lkv_question *question)
{
    const lkv_group *group = lkv_question_group(question);
    const lkv_where *variant =
        &lkv_frame_variant(question->frame, question->variant)->where;
    size_t terms = variant->terms + 2U;
    terms += group && !lkv_where_on(variant, group->axis) ? 1 : 0;
    return earlier_axis(question) != LKV_NO_AXIS && terms <= LKV_TERMS_MOST;
}

static void needs(const lkv_question *question, lkv_needs *needs)
{
    const lkv_group *group = lkv_question_group(question);
    if (!terms_fit(question)) {
        return;
    }
    lkv_tally_spec spec = {
        .population = question->population,
        .where = lkv_frame_variant(question->frame, question->variant)->where,
        .axes = 3,
        .axis = {question->frame->school, earlier_axis(question),
                 lkv_question_outcome(question)->axis},
    };
    if (group) {
        spec.axis[spec.axes++] = group->axis;
    }
    lkv_needs_add(needs, spec);
}

/* Shares of those who satisfy BASE that also satisfy PART, each a set of
 * answers earlier and now: bit 3 * earlier + now, 0 unknown, 1 yes, 2 no.
 */
typedef struct lkv_way {
    const char *component;
    unsigned base, part;
    const char *base_earlier, *base_now; /* of the claim; NULL = any */
    const char *part_earlier, *part_now;
} lkv_way;

enum {
    YES_YES = 1 << 4,
    YES_NO = 1 << 5,
    NO_YES = 1 << 7,
    NO_NO = 1 << 8,
    NEW_YES = 1 << 1,
    NEW_NO = 1 << 2
};

static const lkv_way ways[] = {
    {"recovered", NO_YES | NO_NO, NO_YES, "no", "known", NULL, "yes"},
    {"lost", YES_YES | YES_NO, YES_NO, "yes", "known", NULL, "no"},
    {"visible_before", YES_NO | NO_NO, NO_NO, "known", "no", "no", NULL},
    {"followed", YES_YES | YES_NO | NO_YES | NO_NO | NEW_YES | NEW_NO,
     YES_YES | YES_NO | NO_YES | NO_NO, NULL, "known", "known", NULL},
};

typedef struct lkv_travelling {
    const lkv_question *question;
    const lkv_tally *tally;
    size_t leaf; /* of the group, or LKV_ALL */
    bool few_others;
    lkv_results *out;
} lkv_travelling;

/* Pupils of SCHOOL whose answers are among SET. */
static int64_t count_at(const lkv_travelling *of, size_t school, unsigned set)
{
    const lkv_tally *tally = of->tally;
    size_t leaves = tally->spec.axes > 3 ? tally->leaves[3] : 1;
    int64_t count = 0;
    for (size_t answers = 0; answers < 9; answers++) {
        for (size_t leaf = 0; leaf < leaves; leaf++) {
            size_t cell = (school * 9 + answers) * leaves + leaf;
            bool in = set & (1U << answers) &&
                      (of->leaf == LKV_ALL || of->leaf == leaf);
            count += in ? tally->n[cell] : 0;
        }
    }
    return count;
}

static lkv_where with(const lkv_travelling *of, lkv_where where,
                      const char *earlier, const char *now)
{
    const lkv_question *question = of->question;
    if (earlier) {
        lkv_axis axis = earlier_axis(question);
        lkv_term term = {
            axis, lkv_cube_value_find(question->frame->cube, axis, earlier)};
        where = lkv_where_and(where, term);
    }
    return now ? lkv_where_and(where, lkv_question_value(question, now))
               : where;
}

static lkv_estimate *add(const lkv_travelling *of, const lkv_way *way)
{
    const lkv_question *question = of->question;
    lkv_spot spot = {0, of->leaf == LKV_ALL ? LKV_NO_VALUE : (uint16_t)of->leaf,
                     LKV_NO_VALUE};
    lkv_estimate *estimate =
        lkv_question_add(question, of->out, spot, way->component);
    lkv_where base = with(of, lkv_question_pupils(question, spot),
                          way->base_earlier, way->base_now);
    estimate->claim = (lkv_claim){
        .stat = LKV_SHARE,
        .population = question->population,
        .outcome = question->outcome,
        .base = base,
        .part = with(of, (lkv_where){0}, way->part_earlier, way->part_now),
    };
    estimate->pupils = base;
    estimate->has_absent = false;
    return estimate;
}

static void way_add(const lkv_travelling *of, const lkv_way *way)
{
    size_t schools = of->tally->leaves[0];
    int64_t part = 0;
    lkv_estimate *estimate = add(of, way);
    g_autofree lkv_stratum *strata = g_new0(lkv_stratum, schools + 1);
    for (size_t j = 0; j < schools; j++) {
        int64_t n = count_at(of, j, way->base);
        int64_t k = count_at(of, j, way->part);
        lkv_sums own = {.n = n, .sum = k, .square = k};
        strata[j] = lkv_sums_stratum(own, 0);
        part += k;
    }
    lkv_cluster_mean share = lkv_cluster_mean_of(strata, schools, 0);
    estimate->n = share.n;
    estimate->schools = (int64_t)share.schools;
    if (share.n == 0 || of->few_others) {
        estimate->reason =
            share.n == 0 ? LKV_REASON_NO_PUPILS : LKV_REASON_FEW_OTHERS;
        return;
    }
    estimate->top = part;
    estimate->bottom = share.n;
    estimate->method = LKV_METHOD_SHARE_WILSON_EFFECTIVE;
    if (share.df > 0) {
        estimate->error = share.error;
        estimate->df = share.df;
        lkv_interval_put(
            estimate,
            lkv_cluster_share(&share, of->question->frame->confidence));
    }
}

/* Whether a few pupils are in this stage or in an earlier one alone. */
static bool few_others(const lkv_question *question)
{
    const lkv_frame *frame = question->frame;
    const char *stage =
        lkv_frame_population(frame, question->population)->stage;
    for (guint i = 0; i < frame->overlaps->len; i++) {
        lkv_overlap at = g_array_index(frame->overlaps, lkv_overlap, i);
        uint16_t other = at.a == question->population ? at.b : at.a;
        bool own = at.a == question->population || at.b == question->population;
        bool same =
            strcmp(lkv_frame_population(frame, other)->stage, stage) == 0;
        if (own && !same &&
            ((at.only_a > 0 && at.only_a < OTHERS_LEAST) ||
             (at.only_b > 0 && at.only_b < OTHERS_LEAST))) {
            return true;
        }
    }
    return false;
}

static void ways_add(const lkv_travelling *of)
{
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        way_add(of, &ways[i]);
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    if (!terms_fit(question)) {
        return;
    }
    lkv_travelling of = {.question = question,
                         .tally = tally[0],
                         .leaf = LKV_ALL,
                         .few_others = few_others(question),
                         .out = out};
    int64_t followed = 0;
    for (size_t j = 0; j < of.tally->leaves[0]; j++) {
        followed += count_at(&of, j, ways[G_N_ELEMENTS(ways) - 1].part);
    }
    if (followed == 0) {
        return;
    }
    if (question->group_by == 0) {
        ways_add(&of);
        return;
    }
    for (of.leaf = 1; of.leaf < of.tally->leaves[3]; of.leaf++) {
        if (lkv_question_holds(question, (uint16_t)of.leaf)) {
            ways_add(&of);
        }
    }
}

static const lkv_component components[] = {
    {.id = "recovered",
     .unit = LKV_UNIT_SHARE,
     .meaning = "of those who lacked some goal at the end of the stage before, "
                "the share who now reach it"},
    {.id = "lost",
     .unit = LKV_UNIT_SHARE,
     .meaning = "of those who had all goals then, the share who now do not"},
    {.id = "visible_before",
     .unit = LKV_UNIT_SHARE,
     .meaning = "of those who now do not, the share who lacked some goal then; "
                "of those who were here"},
    {.id = "followed",
     .unit = LKV_UNIT_SHARE,
     .meaning = "of all now, the share whose goals then are known"},
};

const lkv_measure lkv_measure_way_to_goals = {
    .id = "way_to_goals",
    .label = "measure.way_to_goals",
    .outcomes = LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP | LKV_BY_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .on_request = true,
    .least_schools = 1,
    .least_pupils = 1,
    .question = "How many pupils who were behind at the end of the stage "
                "before have caught up, and how many have fallen behind?",
    .formula =
        "Pupils are followed by their ids from one stage to the next: had they "
        "reached all goals (or all subjects) the last time they were there, "
        "and do they reach it now. Shares over the district by the schools of "
        "today; Wilson interval with p(1 - p)/V pupils, V within schools as "
        "for `share`. No figure where one to nine pupils are in one of two "
        "stages alone.",
    .reading = "recovered and lost together say how settled things were at the "
               "earlier stage. visible_before says how many of today's could "
               "have been known by their goals then. Pupils who came later, "
               "or whose ids do not hold, are not followed: see followed.",
    .not_for = "Judging one stage by the pupils of another; a stage has other "
               "goals than the next.",
    .source = "Skolverket, pupils' results followed from year 6 to year 9 "
              "(cross tables of the same pupils); Wilson 1927, eq. 4",
    .r = "prop.table(table(earlier, now), 1); prop.table(table(earlier, now), "
         "2)",
};
