/* An invented district for tests of disclosure: pupils drawn at random, and
 * the results that measures would make of them, by plain counting.
 */
#ifndef LKV_TESTS_DISTRICT_H
#define LKV_TESTS_DISTRICT_H

#include <math.h>
#include <string.h>

#include <glib.h>

#include "disclose/disclose.h"
#include "measure/results.h"

/* Steele, Lea and Flood 2014: splitmix64. */
static inline uint64_t district_draw(uint64_t *state)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t word = *state;
    word = (word ^ (word >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    word = (word ^ (word >> 27)) * UINT64_C(0x94D049BB133111EB);
    return word ^ (word >> 31);
}

static inline unsigned district_below(uint64_t *state, unsigned limit)
{
    return (unsigned)(district_draw(state) % limit);
}

/* Leaves by axis; yes = 1, no = 2, missing = 0 of a yes/no outcome. */
enum { DISTRICT_GROUPS = 2, DISTRICT_SUBJECTS_MOST = 20 };
typedef struct district_pupil {
    uint16_t school;
    uint16_t group[DISTRICT_GROUPS]; /* sex, education */
    uint16_t eligible, all, merit; /* merit: missing, counted, left_out */
    int64_t points;
    uint16_t grade[DISTRICT_SUBJECTS_MOST]; /* missing, A, B, C, F, - */
} district_pupil;

typedef struct district_plan {
    uint64_t seed;
    unsigned schools, least, most; /* pupils a school */
    unsigned groups; /* 0, sex, or sex and education */
    unsigned subjects;
    bool merit, plain_only; /* PLAIN_ONLY: no figures by group for grades */
    unsigned unknown; /* of 1000 pupils, for whom an outcome is missing */
    const uint16_t *order; /* permutation of the schools, or NULL */
} district_plan;

typedef struct district {
    district_plan plan;
    lkv_frame *frame;
    lkv_results *results;
    GArray *pupils; /* district_pupil */
    lkv_axis sex, education, eligible, all, merit;
    lkv_axis grade[DISTRICT_SUBJECTS_MOST];
    uint16_t known[2], graded[DISTRICT_SUBJECTS_MOST];
} district;

/* ---- frame ----------------------------------------------------------------
 */

static inline lkv_axis district_axis(district *it, const char *id,
                                     const char *const *leaves)
{
    lkv_axis axis = lkv_cube_axis_add(it->frame->cube, id);
    for (size_t i = 0; leaves[i]; i++) {
        lkv_cube_leaf_add(it->frame->cube, axis, leaves[i]);
    }
    return axis;
}

static inline void district_outcome(district *it, const char *id,
                                    const char *subject, lkv_axis axis,
                                    lkv_outcome_kind kind)
{
    lkv_outcome outcome = {.id = id,
                           .subject = subject,
                           .kind = kind,
                           .axis = axis,
                           .sensitive = kind != LKV_POINTS};
    if (kind == LKV_POINTS) {
        outcome.decimals = 1;
        outcome.most = 3400;
        outcome.step = 25;
    }
    g_array_append_val(it->frame->outcomes, outcome);
}

static inline void district_group(district *it, const char *id, lkv_axis axis)
{
    lkv_group group = {.id = id, .axis = axis, .reference = 1};
    g_array_append_val(it->frame->groups, group);
}

static inline void district_imply(district *it, lkv_axis a, uint16_t leaf_a,
                                  lkv_axis b, uint16_t leaf_b)
{
    lkv_term terms[2] = {{a, leaf_a}, {b, leaf_b}};
    g_array_append_vals(it->frame->implications, terms, 2);
}

static inline void district_schools(district *it)
{
    lkv_frame *frame = it->frame;
    frame->school = lkv_cube_axis_add(frame->cube, "school");
    lkv_unit whole = {
        .id = "district", .name = "Ljungdal", .leaf = LKV_NO_VALUE};
    g_array_append_val(frame->units, whole);
    for (unsigned i = 0; i < it->plan.schools; i++) {
        g_autofree char *id = g_strdup_printf("s%03u", i + 1);
        lkv_unit unit = {.id = g_string_chunk_insert(frame->text, id),
                         .name = g_string_chunk_insert(frame->text, id),
                         .leaf =
                             lkv_cube_leaf_add(frame->cube, frame->school, id)};
        g_array_append_val(frame->units, unit);
    }
}

static inline void district_frame(district *it)
{
    static const char *const sexes[] = {"f", "m", NULL};
    static const char *const levels[] = {"low", "high", NULL};
    static const char *const answers[] = {"yes", "no", NULL};
    static const char *const counts[] = {"counted", "left_out", NULL};
    static const char *const marks[] = {"A", "B", "C", "F", "-", NULL};
    static const char *const names[DISTRICT_SUBJECTS_MOST] = {
        "BL", "EN", "HKK", "IDH", "MA", "MU", "BI", "FY", "KE", "GE",
        "HI", "RE", "SH",  "SL",  "SV", "TK", "M1", "M2", "ML", "SVA"};
    const uint16_t both[] = {1, 2};
    const uint16_t graded[] = {1, 2, 3, 4, 5};
    it->frame = lkv_frame_new();
    lkv_cube *cube = it->frame->cube;
    district_schools(it);
    it->sex = district_axis(it, "sex", sexes);
    it->education = district_axis(it, "education", levels);
    it->eligible = district_axis(it, "eligible", answers);
    it->all = district_axis(it, "all_subjects", answers);
    it->merit = district_axis(it, "merit", counts);
    it->known[0] = lkv_cube_group_add(cube, it->eligible, "known", both, 2);
    it->known[1] = lkv_cube_group_add(cube, it->all, "known", both, 2);
    district_outcome(it, "eligible", NULL, it->eligible, LKV_YES_NO);
    district_outcome(it, "all_subjects", NULL, it->all, LKV_YES_NO);
    district_outcome(it, "merit", NULL, it->merit, LKV_POINTS);
    district_imply(it, it->eligible, 2, it->all, 2);
    for (unsigned i = 0; i < it->plan.subjects; i++) {
        it->grade[i] = district_axis(it, names[i], marks);
        it->graded[i] =
            lkv_cube_group_add(cube, it->grade[i], "graded", graded, 5);
        lkv_cube_group_add(cube, it->grade[i], "passed", graded, 3);
        district_outcome(it, "grade", names[i], it->grade[i], LKV_LEVELS);
        district_imply(it, it->grade[i], 4, it->all, 2);
    }
    district_group(it, "sex", it->sex);
    district_group(it, "education", it->education);
    lkv_population population = {
        .id = "final-2025", .stage = "final", .stage_year = 9, .year = 2025};
    lkv_cube_population_add(cube, population.id);
    g_array_append_val(it->frame->populations, population);
    lkv_variant variant = {.id = "all"};
    g_array_append_val(it->frame->variants, variant);
    it->frame->district_id = "d1";
    it->frame->district_name = "Ljungdal";
    it->frame->country = "SE";
    it->frame->year = 2025;
    it->frame->confidence = 0.95;
    it->frame->release = LKV_FINAL;
}

/* ---- pupils -------------------------------------------------------------- */

static inline district_pupil district_pupil_draw(const district_plan *plan,
                                                 uint64_t *state, unsigned weak)
{
    district_pupil pupil = {0};
    pupil.group[0] = (uint16_t)(1 + district_below(state, 2));
    pupil.group[1] = (uint16_t)(1 + (district_below(state, 100) < 70));
    bool fails = district_below(state, 100) < weak;
    bool lacks = fails || district_below(state, 100) < 12;
    pupil.eligible = fails ? 2 : 1;
    pupil.all = lacks ? 2 : 1;
    for (unsigned i = 0; i < plan->subjects; i++) {
        pupil.grade[i] = (uint16_t)(1 + district_below(state, 3));
        if (lacks && district_below(state, 3) == 0) {
            pupil.grade[i] = (uint16_t)(4 + district_below(state, 2));
            pupil.all = 2;
        }
    }
    bool none = fails && district_below(state, 10) == 0;
    pupil.merit = none ? 2 : 1;
    pupil.points = none ? 0 : 100 * (int64_t)(8 + district_below(state, 25));
    bool unknown = district_below(state, 1000) < plan->unknown;
    if (unknown &&
        pupil.all == 1) { /* what implies that one lacks some is known */
        pupil.all = 0;
    }
    return pupil;
}

static inline void district_draw_pupils(district *it)
{
    const district_plan *plan = &it->plan;
    it->pupils = g_array_new(FALSE, FALSE, sizeof(district_pupil));
    for (unsigned school = 0; school < plan->schools; school++) {
        uint64_t state = plan->seed * 1000003 + school;
        unsigned size =
            plan->least + district_below(&state, plan->most - plan->least + 1);
        unsigned weak = 5 + district_below(&state, 25);
        for (unsigned i = 0; i < size; i++) {
            district_pupil pupil = district_pupil_draw(plan, &state, weak);
            pupil.school =
                (uint16_t)(1 + (plan->order ? plan->order[school] : school));
            g_array_append_val(it->pupils, pupil);
        }
    }
}

/* ---- results ------------------------------------------------------------- */

static inline uint16_t district_leaf(const district *it,
                                     const district_pupil *pupil, lkv_axis axis)
{
    if (axis == it->frame->school) {
        return pupil->school;
    }
    if (axis == it->sex || axis == it->education) {
        return pupil->group[axis == it->education];
    }
    if (axis == it->eligible || axis == it->all) {
        return axis == it->eligible ? pupil->eligible : pupil->all;
    }
    return axis == it->merit ? pupil->merit : pupil->grade[axis - it->grade[0]];
}

static inline bool district_meets(const district *it,
                                  const district_pupil *pupil,
                                  const lkv_where *where)
{
    for (size_t i = 0; i < where->terms; i++) {
        if (!lkv_cube_holds(it->frame->cube, where->term[i],
                            district_leaf(it, pupil, where->term[i].axis))) {
            return false;
        }
    }
    return true;
}

static inline int64_t district_count(const district *it, lkv_where where)
{
    int64_t count = 0;
    for (guint i = 0; i < it->pupils->len; i++) {
        count += district_meets(
            it, &g_array_index(it->pupils, district_pupil, i), &where);
    }
    return count;
}

/* Whom a figure is about: a unit, and a leaf of a group (GROUP 0: all). */
typedef struct district_place {
    uint16_t unit, group, leaf;
} district_place;

static inline lkv_where district_where(const district *it, district_place place)
{
    lkv_where where = {0};
    const lkv_unit *unit = lkv_frame_unit(it->frame, place.unit);
    if (unit->leaf != LKV_NO_VALUE) {
        where = lkv_where_and(where, (lkv_term){it->frame->school, unit->leaf});
    }
    if (place.group > 0) {
        lkv_axis axis = lkv_frame_group(it->frame, place.group - 1U)->axis;
        where = lkv_where_and(where, (lkv_term){axis, place.leaf});
    }
    return where;
}

static inline lkv_estimate *district_add(district *it, district_place place,
                                         const char *measure, uint16_t outcome,
                                         const char *component)
{
    lkv_key key = {
        .unit = place.unit,
        .outcome = outcome,
        .measure = lkv_frame_measure(it->frame, measure),
        .component = lkv_frame_component(it->frame, component),
        .group_by = place.group,
        .group = place.group > 0 ? place.leaf : LKV_NO_VALUE,
        .reference = LKV_NO_VALUE,
        .target = LKV_THESE_SCHOOLS,
    };
    return lkv_results_add(it->results, key);
}

/* Share of AXIS's PART among KNOWN, in the form of measure share or grades. */
static inline void district_share(district *it, district_place place,
                                  uint16_t outcome, lkv_term known,
                                  lkv_term part)
{
    bool grade = lkv_frame_outcome(it->frame, outcome)->kind == LKV_LEVELS;
    lkv_where where = district_where(it, place);
    lkv_where base = lkv_where_and(where, known);
    int64_t n = district_count(it, base);
    lkv_estimate *share =
        district_add(it, place, grade ? "grades" : "share", outcome,
                     grade ? lkv_cube_value_id(it->frame->cube, part) : "");
    share->unit_of_value = LKV_UNIT_SHARE;
    share->claim = (lkv_claim){.stat = LKV_SHARE, .base = base};
    share->claim.part = lkv_where_and((lkv_where){0}, part);
    share->pupils = base;
    share->absent = lkv_where_and(where, (lkv_term){known.axis, 0});
    share->has_absent = true;
    share->n = n;
    share->schools = -1;
    share->missing = district_count(it, share->absent);
    share->method = LKV_METHOD_SHARE_WILSON;
    if (n == 0) {
        share->reason = LKV_REASON_NO_PUPILS;
        return;
    }
    share->top = district_count(it, lkv_where_and(where, part));
    share->bottom = n;
    double p = (double)share->top / (double)n;
    share->error = sqrt(p * (1 - p) / (double)n);
    share->low = fmax(0, p - 2 * share->error);
    share->high = fmin(1, p + 2 * share->error);
}

static inline void district_mean(district *it, district_place place,
                                 uint16_t outcome)
{
    lkv_where base =
        lkv_where_and(district_where(it, place), (lkv_term){it->merit, 1});
    lkv_estimate *mean = district_add(it, place, "mean", outcome, "");
    mean->unit_of_value = LKV_UNIT_POINTS;
    mean->claim =
        (lkv_claim){.stat = LKV_MEAN, .outcome = outcome, .base = base};
    mean->pupils = base;
    mean->n = district_count(it, base);
    mean->method = LKV_METHOD_MEAN_T;
    if (mean->n == 0) {
        mean->reason = LKV_REASON_NO_PUPILS;
        return;
    }
    int64_t sum = 0;
    for (guint i = 0; i < it->pupils->len; i++) {
        const district_pupil *pupil =
            &g_array_index(it->pupils, district_pupil, i);
        sum += district_meets(it, pupil, &base) ? pupil->points : 0;
    }
    mean->top = sum;
    mean->bottom = mean->n * 10;
    mean->error = 3.25;
    mean->low = lkv_estimate_value(mean) - 6.5;
    mean->high = lkv_estimate_value(mean) + 6.5;
    mean->df = (double)mean->n - 1;
}

static inline void district_pupils(district *it, district_place place)
{
    lkv_estimate *pupils = district_add(it, place, "pupils", LKV_NO_VALUE, "");
    pupils->unit_of_value = LKV_UNIT_COUNT;
    pupils->claim =
        (lkv_claim){.stat = LKV_COUNT, .base = district_where(it, place)};
    pupils->pupils = pupils->claim.base;
    pupils->n = district_count(it, pupils->pupils);
    pupils->method = LKV_METHOD_CENSUS;
    pupils->top = pupils->n;
    pupils->bottom = 1;
}

static inline void district_all_outcomes(district *it, district_place place)
{
    district_pupils(it, place);
    district_share(it, place, 0, (lkv_term){it->eligible, it->known[0]},
                   (lkv_term){it->eligible, 1});
    district_share(it, place, 1, (lkv_term){it->all, it->known[1]},
                   (lkv_term){it->all, 1});
    if (it->plan.merit) {
        district_mean(it, place, 2);
    }
    if (place.group > 0 && place.unit > 0 && it->plan.plain_only) {
        return;
    }
    for (unsigned i = 0; i < it->plan.subjects; i++) {
        lkv_term known = {it->grade[i], it->graded[i]};
        for (uint16_t leaf = 1; leaf <= 5; leaf++) {
            district_share(it, place, (uint16_t)(3 + i), known,
                           (lkv_term){it->grade[i], leaf});
        }
    }
}

/* Results of the pupils that IT has. */
static inline void district_answer(district *it)
{
    const district_plan plan = it->plan;
    it->results = lkv_results_new(it->frame);
    for (uint16_t unit = 0; unit <= plan.schools; unit++) {
        district_all_outcomes(it, (district_place){unit, 0, 0});
        for (uint16_t group = 1; group <= plan.groups; group++) {
            for (uint16_t leaf = 1; leaf <= 2; leaf++) {
                district_all_outcomes(it, (district_place){unit, group, leaf});
            }
        }
    }
    lkv_results_sort(it->results);
}

static inline district *district_new(district_plan plan)
{
    district *it = g_new0(district, 1);
    it->plan = plan;
    district_frame(it);
    district_draw_pupils(it);
    district_answer(it);
    return it;
}

/* COUNT pupils of a school and sex, LACKING of whom are not eligible. */
typedef struct district_class {
    uint16_t school, sex;
    unsigned count, lacking;
} district_class;

static inline district *district_of(unsigned schools,
                                    const district_class *classes, size_t count)
{
    district *it = g_new0(district, 1);
    it->plan = (district_plan){.schools = schools, .groups = 1};
    district_frame(it);
    it->pupils = g_array_new(FALSE, FALSE, sizeof(district_pupil));
    for (size_t i = 0; i < count; i++) {
        for (unsigned pupil = 0; pupil < classes[i].count; pupil++) {
            bool lacks = pupil < classes[i].lacking;
            district_pupil added = {.school = classes[i].school,
                                    .group = {classes[i].sex, 1},
                                    .eligible = lacks ? 2 : 1,
                                    .all = lacks ? 2 : 1,
                                    .merit = 1};
            g_array_append_val(it->pupils, added);
        }
    }
    district_answer(it);
    return it;
}

static inline void district_free(district *it)
{
    lkv_results_unref(it->results);
    lkv_frame_unref(it->frame);
    g_array_unref(it->pupils);
    g_free(it);
}

/* ---- audiences ----------------------------------------------------------- */

static inline lkv_profile district_public(void)
{
    return (lkv_profile){.id = (char *)(uintptr_t) "public",
                         .base_least = 10,
                         .count_least = 5,
                         .gap_least = 20,
                         .quantile_least = 30,
                         .mean_least = 10,
                         .decimals_from = 100,
                         .share_decimals = 1,
                         .mean_decimals = 1,
                         .mean_decimals_from = 50};
}

/* The released figure of MEASURE and outcome 0 at a place; NULL if none. */
static inline const lkv_figure *district_figure(const district *it,
                                                const lkv_release *release,
                                                district_place place,
                                                const char *measure)
{
    bool share = strcmp(measure, "share") == 0;
    lkv_key key = {
        .unit = place.unit,
        .outcome = share ? 0 : LKV_NO_VALUE,
        .measure = lkv_frame_measure(it->frame, measure),
        .component = lkv_frame_component(it->frame, ""),
        .group_by = place.group,
        .group = place.group > 0 ? place.leaf : LKV_NO_VALUE,
        .reference = LKV_NO_VALUE,
        .target = LKV_THESE_SCHOOLS,
    };
    return lkv_release_find(release, &key);
}

/* What may leave once EARLIER (or NULL) has left. */
static inline lkv_disclosure *district_disclose_after(
    const district *it, const lkv_release *earlier, lkv_diag *diag)
{
    lkv_profile profile = district_public();
    const lkv_profile *const profiles[] = {&profile};
    lkv_disclose_input input = {.results = it->results,
                                .profiles = profiles,
                                .profile_count = 1,
                                .ledger = &earlier,
                                .ledger_count = earlier ? 1 : 0,
                                .run_id = "r1"};
    return lkv_disclose(&input, diag);
}

static inline lkv_disclosure *district_disclose(const district *it,
                                                lkv_diag *diag)
{
    return district_disclose_after(it, NULL, diag);
}

#endif
