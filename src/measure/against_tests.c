/* Grades held against the national tests, pupil by pupil.
 *
 * Most pupils get the grade that they had on the test. Where grades lie above,
 * the share who do so depends on who the pupils are: an F cannot fall and an A
 * cannot rise. So a school is held against what its pupils would have got had
 * they been graded as pupils with the same test grades at the other schools.
 */
#include <math.h>

#include "measure/catalogue.h"
#include "measure/level.h"
#include "stat/deviation.h"

/* Fewer pupils with both, or a smaller share with a test: no figure. */
enum { BOTH_LEAST = 15, COVERED_PER_CENT = 80 };

/* The axis of the test in the outcome's subject; LKV_NO_AXIS without one. */
static lkv_axis test_axis(const lkv_question *question)
{
    const lkv_outcome *outcome = lkv_question_outcome(question);
    if (!outcome->subject) {
        return LKV_NO_AXIS;
    }
    g_autofree char *id = g_strconcat("test:", outcome->subject, NULL);
    return lkv_cube_axis_find(question->frame->cube, id);
}

static void needs(const lkv_question *question, lkv_needs *needs)
{
    const lkv_frame *frame = question->frame;
    lkv_axis test = test_axis(question);
    if (test == LKV_NO_AXIS) {
        return;
    }
    lkv_needs_add(
        needs,
        (lkv_tally_spec){
            .population = question->population,
            .where = lkv_frame_variant(frame, question->variant)->where,
            .axes = 3,
            .axis = {frame->school, lkv_question_outcome(question)->axis, test},
        });
}

/* One unit: all on the scale (a dash too), those of them with a grade, those
 * of these with a test, and what came of it by leaf of the test.
 */
typedef struct lkv_held {
    int64_t heads, graded, tested;
    lkv_deviation *by_leaf;
} lkv_held;

typedef struct lkv_holding {
    const lkv_question *question;
    lkv_results *out;
    size_t schools, leaves;
    lkv_held *school; /* [schools]; past the last, the district */
} lkv_holding;

/* The rank of LEAF if it is a grade, else -1. */
static int rank_of(const lkv_question *question, size_t leaf)
{
    lkv_term graded = lkv_question_known(question);
    return lkv_cube_holds(question->frame->cube, graded, (uint16_t)leaf)
               ? lkv_question_outcome(question)->rank[leaf]
               : -1;
}

static void pupils_add(lkv_held *to, const lkv_question *question, int64_t n,
                       const size_t leaf[2])
{
    int grade = rank_of(question, leaf[0]), test = rank_of(question, leaf[1]);
    bool known = lkv_cube_holds(
        question->frame->cube, lkv_question_known(question), (uint16_t)leaf[0]);
    to->heads += known ? n : 0;
    to->graded += grade >= 0 ? n : 0;
    if (grade < 0 || test < 0) {
        return;
    }
    lkv_deviation *of = &to->by_leaf[leaf[1]];
    to->tested += n;
    of->lower += grade < test ? n : 0;
    of->equal += grade == test ? n : 0;
    of->higher += grade > test ? n : 0;
}

static lkv_holding holding_new(const lkv_question *question,
                               const lkv_tally *tally, lkv_results *out)
{
    lkv_holding of = {question, out, tally->leaves[0], tally->leaves[1], NULL};
    size_t tests = tally->leaves[2];
    of.school = g_new0(lkv_held, of.schools + 1);
    for (size_t j = 0; j <= of.schools; j++) {
        of.school[j].by_leaf = g_new0(lkv_deviation, tests + 1);
    }
    for (size_t cell = 0; cell < tally->cells; cell++) {
        const size_t leaf[2] = {cell / tests % of.leaves, cell % tests};
        lkv_held *own = &of.school[cell / tests / of.leaves];
        pupils_add(own, question, tally->n[cell], leaf);
        pupils_add(&of.school[of.schools], question, tally->n[cell], leaf);
    }
    of.leaves = tests;
    return of;
}

static void holding_clear(lkv_holding *of)
{
    for (size_t j = 0; j <= of->schools; j++) {
        g_free(of->school[j].by_leaf);
    }
    g_free(of->school);
}

/* ---- estimates ---------------------------------------------------------------- */

/* Those graded are who a figure is about; the reason when too few of them
 * have a test.
 */
static lkv_estimate *add(const lkv_holding *of, uint16_t unit,
                         const lkv_held *held, const char *component)
{
    const lkv_question *question = of->question;
    lkv_spot spot = lkv_spot_unit(unit);
    lkv_estimate *estimate =
        lkv_question_add(question, of->out, spot, component);
    lkv_estimate_from(estimate, lkv_question_count(question, estimate->pupils));
    estimate->has_absent = false;
    estimate->n = held->heads;
    if (held->heads == 0) {
        estimate->reason = LKV_REASON_NO_PUPILS;
    } else if (held->tested < BOTH_LEAST) {
        estimate->reason = LKV_REASON_FEW_TESTED;
    } else if (held->tested * 100 < held->graded * COVERED_PER_CENT) {
        estimate->reason = LKV_REASON_LOW_COVERAGE;
    }
    return estimate;
}

static void share_add(const lkv_holding *of, const char *component,
                      int64_t part, int64_t n)
{
    const lkv_held *held = &of->school[of->schools];
    lkv_estimate *estimate = add(of, 0, held, component);
    if (estimate->reason != LKV_REASON_NONE) {
        return;
    }
    estimate->top = part;
    estimate->bottom = n;
    estimate->method = LKV_METHOD_SHARE_WILSON;
    lkv_interval_put(estimate,
                     lkv_interval_wilson((double)part / (double)n, (double)n,
                                         of->question->frame->confidence));
}

static void net_add(const lkv_holding *of, uint16_t unit, const lkv_held *held)
{
    lkv_estimate *estimate = add(of, unit, held, "net");
    if (estimate->reason != LKV_REASON_NONE) {
        return;
    }
    lkv_deviation all = lkv_deviation_sum(held->by_leaf, of->leaves);
    estimate->top = all.higher - all.lower;
    estimate->bottom = held->tested;
    estimate->method = LKV_METHOD_NET_PAIRED;
    lkv_interval_put(estimate, lkv_deviation_interval(
                                   &all, of->question->frame->confidence));
}

static void district_add(const lkv_holding *of)
{
    const lkv_held *held = &of->school[of->schools];
    lkv_deviation all = lkv_deviation_sum(held->by_leaf, of->leaves);
    share_add(of, "lower", all.lower, held->tested);
    share_add(of, "equal", all.equal, held->tested);
    share_add(of, "higher", all.higher, held->tested);
    net_add(of, 0, held);
    lkv_estimate *coverage = add(of, 0, held, "coverage");
    if (held->graded > 0) {
        coverage->reason = LKV_REASON_NONE;
        coverage->top = held->tested;
        coverage->bottom = held->graded;
        coverage->method = LKV_METHOD_CENSUS;
    }
}

/* What a school's pupils would have, and how far the school is from it. */
static void expected_add(const lkv_holding *of, uint16_t unit,
                         const lkv_held *held)
{
    const lkv_question *question = of->question;
    double confidence = question->frame->confidence;
    const lkv_held *all = &of->school[of->schools];
    double expected =
        lkv_deviation_expected(held->by_leaf, all->by_leaf, of->leaves);
    lkv_deviation own = lkv_deviation_sum(held->by_leaf, of->leaves);
    lkv_interval net = lkv_deviation_interval(&own, confidence);
    lkv_claim district = lkv_question_count(
        question, lkv_where_and(lkv_question_pupils(question, lkv_spot_unit(0)),
                                lkv_question_known(question)));
    static const char *const ids[] = {"net_expected", "net_difference"};
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        lkv_estimate *estimate = add(of, unit, held, ids[i]);
        lkv_estimate_from(estimate, district);
        if (estimate->reason != LKV_REASON_NONE) {
            continue;
        }
        if (isnan(expected)) {
            estimate->reason = LKV_REASON_ONE_SCHOOL;
            continue;
        }
        bool difference = i == 1;
        estimate->real =
            difference ? lkv_deviation_net(&own) - expected : expected;
        estimate->method =
            difference ? LKV_METHOD_NET_PAIRED : LKV_METHOD_CENSUS;
        if (difference) {
            estimate->low = net.low - expected;
            estimate->high = net.high - expected;
        }
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    if (test_axis(question) == LKV_NO_AXIS) {
        return;
    }
    lkv_holding of = holding_new(question, tally[0], out);
    bool tested = of.school[of.schools].tested > 0;
    if (tested) {
        district_add(&of);
    }
    for (guint i = 1; tested && i < question->frame->units->len; i++) {
        const lkv_unit *unit = lkv_frame_unit(question->frame, i);
        const lkv_held *held = &of.school[unit->leaf];
        if (held->heads > 0) {
            net_add(&of, (uint16_t)i, held);
            expected_add(&of, (uint16_t)i, held);
        }
    }
    holding_clear(&of);
}

static const lkv_component components[] = {
    {.id = "lower",
     .unit = LKV_UNIT_SHARE,
     .meaning =
         "share with a lower grade than on the test, of those with both"},
    {.id = "equal", .unit = LKV_UNIT_SHARE, .meaning = "share with the same"},
    {.id = "higher", .unit = LKV_UNIT_SHARE, .meaning = "share with a higher"},
    {.id = "net",
     .unit = LKV_UNIT_SHARE_POINTS,
     .meaning = "share higher less share lower"},
    {.id = "coverage",
     .unit = LKV_UNIT_SHARE,
     .meaning = "share of those with a grade who have one on the test"},
    {.id = "net_expected",
     .unit = LKV_UNIT_SHARE_POINTS,
     .meaning = "the net that the school's pupils would have, graded as those "
                "of the other schools with the same test grades"},
    {.id = "net_difference",
     .unit = LKV_UNIT_SHARE_POINTS,
     .compared = true,
     .meaning = "net less net_expected"},
};

const lkv_measure lkv_measure_against_tests = {
    .id = "against_tests",
    .label = "measure.against_tests",
    .outcomes = LKV_FOR_LEVELS,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 1,
    .least_pupils = BOTH_LEAST,
    .question = "How do final grades lie to the grades on the national test "
                "in the same subject?",
    .formula =
        "net = higher/n - lower/n over the pupils with both; Newcombe's paired "
        "interval, d - sqrt((p1 - l1)^2 - 2 phi (p1 - l1)(u2 - p2) + (u2 - "
        "p2)^2), phi = -h l/sqrt(h (n - h) l (n - l)). net_expected_j = sum_g "
        "n_jg/n_j net_g, g the test grade and net_g that of the district "
        "without school j; the interval of net moved by it. From 15 pupils "
        "with both who are at least 80 per cent of those graded.",
    .reading = "An upward net is normal and differs between subjects. The "
               "difference allows for an F on the test not being able to fall "
               "and an A not to rise. n counts those graded, "
               "a dash too.",
    .not_for = "Comparing subjects; proof of wrong grades: the test shows a "
               "part of what a grade covers.",
    .source = "Newcombe 1998 (paired), method 10; Skolverket (net deviation); "
              "direct standardisation over test grades",
    .r = "table(grade, test); prop.test for the shares",
};
