/* The frame of a run: what its small numbers stand for.
 *
 * Outcomes, units, groups, populations and variants, with the cube of axes
 * that claims are made of. Built by the panel, completed by the measures,
 * shared by results and releases; const once built, kept alive by references.
 * It holds names and rules, never a figure about pupils.
 */
#ifndef LKV_BASE_FRAME_H
#define LKV_BASE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/cube.h"

typedef enum { LKV_POINTS, LKV_YES_NO, LKV_LEVELS } lkv_outcome_kind;
/* Ends the id of a merit value that counts those with a passing grade alone. */
#define LKV_OFFICIAL "_official"

typedef enum { LKV_PRELIMINARY, LKV_FINAL } lkv_release_kind;

/* A word in the languages that a study gives it in; may be empty. TEXT[i]
 * belongs to LANGUAGE[i].
 */
typedef struct lkv_label {
    size_t count;
    const char *const *language;
    const char *const *text;
} lkv_label;

enum { LKV_LEAVES_RANKED = 64, LKV_CHANGE_DECIMALS = 4 };

/* AXIS by KIND:
 *   points   leaves missing, counted, left_out (merit under 10)
 *   yes/no   leaves missing, yes, no; group known = yes, no
 *   levels   leaves missing, the symbols of the scale, not_studied; groups
 *            graded (has a grade or a dash), passed, known = all but missing
 * A share's base is the group known (graded for levels); a mean's is counted.
 */
typedef struct lkv_outcome {
    const char *id; /* "merit_17", "eligible", "grade", "goal" */
    const char *subject; /* "MA", or NULL */
    lkv_outcome_kind kind;
    lkv_axis axis;
    uint8_t decimals; /* of LEAST, MOST, STEP and of sums */
    int64_t least, most, step; /* scale, scaled; points only */
    int64_t least_change; /* of a value, scaled by LKV_CHANGE_DECIMALS: what is
                             smaller is told as no change */
    bool sensitive; /* few NOs must not be told */
    bool from_rules; /* label "outcome.ID"; else LABEL, else ID */
    bool secondary; /* computed for the record, in no default report */
    bool crossed; /* asked by group at each school too; for most outcomes such
                     cells are so small that all of them would be hidden */
    lkv_label label;
    int16_t rank[LKV_LEAVES_RANKED]; /* of levels, by leaf, if it is graded:
                                        higher is better, below 0 is a mark
                                        that is no grade (a dash) */
    bool grade[LKV_LEAVES_RANKED]; /* of levels: the leaf is a grade, worth */
    int32_t points[LKV_LEAVES_RANKED]; /* so many points, scaled */
    uint8_t point_decimals;
} lkv_outcome;

/* Unit 0 is the district; the others are schools by sorted code. */
typedef struct lkv_unit {
    const char *id;
    const char *name;
    uint16_t leaf; /* on the axis "school"; LKV_NO_VALUE for the district */
    bool special; /* apart from the spread between schools */
} lkv_unit;

/* Pupils by the leaves of AXIS. */
typedef struct lkv_group {
    const char *id;
    lkv_axis axis;
    uint16_t reference; /* leaf that gaps are measured from */
    bool built_in; /* labels "group.ID" and "group.ID.LEAF" */
    lkv_label label;
} lkv_group;

/* A set of persons: one stage in one school year. */
typedef struct lkv_population {
    const char *id; /* "final-2025": the same as in the cube, the same number */
    const char *stage; /* "early", "middle", "final", or "all" */
    int stage_year; /* 9; 0 = not by year of schooling */
    int year; /* in which the school year ends; 0 = not by year */
} lkv_population;

/* A named condition inside a population: variant 0, "all", has no terms. */
typedef struct lkv_variant {
    const char *id;
    lkv_where where;
    bool choice; /* key results under another choice, and nothing else */
} lkv_variant;

/* Results of STAGE in years from YEAR on cannot be compared with those before
 * as they stand; ID says what is new.
 */
typedef struct lkv_break {
    const char *id, *stage;
    int year;
} lkv_break;

typedef struct lkv_frame {
    lkv_cube *cube;
    lkv_axis school; /* the axis of schools */
    GArray *outcomes; /* lkv_outcome */
    GArray *units; /* lkv_unit */
    GArray *groups; /* lkv_group */
    GArray *populations; /* lkv_population, numbers as in the cube */
    GArray *variants; /* lkv_variant */
    GArray *breaks; /* lkv_break */
    GPtrArray *measures; /* ids, by number */
    GPtrArray *components; /* ids, by number; 0 is "" */
    GArray *overlaps; /* lkv_overlap */
    GArray *implications; /* lkv_term pairs: a, b, a, b … */
    GStringChunk *text; /* owner of all strings here */
    const char *district_name, *district_id, *country;
    int year; /* the reported one */
    int64_t reference_date; /* days since 1970-01-01 */
    bool has_reference_date;
    lkv_release_kind release;
    double confidence;
    gint references;
} lkv_frame;

lkv_frame *lkv_frame_new(void); /* with measures, components: "" at 0 */
lkv_frame *lkv_frame_ref(lkv_frame *frame);
void lkv_frame_unref(lkv_frame *frame);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_frame, lkv_frame_unref)

/* Whether results of STAGE in the years FROM and TO, the later, are hard to compare
 * as they stand.
 */
bool lkv_frame_breaks(const lkv_frame *frame, const char *stage, int from,
                      int to);

/* Number of TEXT in FRAME's measures or components, added if new. */
uint16_t lkv_frame_measure(lkv_frame *frame, const char *id);
uint16_t lkv_frame_component(lkv_frame *frame, const char *id);
/* The same without adding; LKV_NO_VALUE if there is none. */
uint16_t lkv_frame_measure_find(const lkv_frame *frame, const char *id);
uint16_t lkv_frame_component_find(const lkv_frame *frame, const char *id);

const lkv_outcome *lkv_frame_outcome(const lkv_frame *frame, size_t number);
const lkv_unit *lkv_frame_unit(const lkv_frame *frame, size_t number);
const lkv_group *lkv_frame_group(const lkv_frame *frame, size_t number);
const lkv_population *lkv_frame_population(const lkv_frame *frame,
                                           size_t number);
const lkv_variant *lkv_frame_variant(const lkv_frame *frame, size_t number);
/* Numbers by id; LKV_NO_VALUE if there is none. SUBJECT NULL = without. */
uint16_t lkv_frame_outcome_find(const lkv_frame *frame, const char *id,
                                const char *subject);
uint16_t lkv_frame_unit_find(const lkv_frame *frame, const char *id);
uint16_t lkv_frame_group_find(const lkv_frame *frame, const char *id);
uint16_t lkv_frame_population_find(const lkv_frame *frame, const char *stage,
                                   int year);
/* LABEL's text in LANGUAGE, else its first, else FALLBACK. */
const char *lkv_label_text(const lkv_label *label, const char *language,
                           const char *fallback);

#endif
