/* Grading scale, subjects, merit value, eligibility and stages of a school
 * system, as data with dates of validity (reports/rules/ID.yml).
 *
 * A pupil's grades are bytes, one a subject: 0 is "nothing read", others are
 * numbers of the scale. The functions below are the only place that knows
 * what a rule file's rules mean; they are pure.
 */
#ifndef LKV_STUDY_RULES_H
#define LKV_STUDY_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "study/study.h"

typedef enum {
    LKV_GRADE_PASS,
    LKV_GRADE_FAIL,
    LKV_GRADE_NO_BASIS, /* a dash: no grade, not passed */
    LKV_GRADE_NOT_STUDIED,
    LKV_GRADE_MISSING /* blank: nothing known */
} lkv_grade_kind;

/* One step of the scale; the byte of a grade is its index + 1. */
typedef struct lkv_step {
    const char *symbol;
    lkv_grade_kind kind;
    int rank; /* higher is better */
    int32_t points; /* scaled by 10^point_decimals */
} lkv_step;

/* A subject has one byte in the pupil's array. A choice (M1, M2, ML) stands
 * for any number of subjects, one a language: each is a subject of its own
 * that belongs to the choice, added while reading. A block grade (NO) is a
 * subject too; it counts neither for merit nor for eligibility.
 */
typedef struct lkv_subject {
    const char *id; /* "MA", "M2DEU" */
    int16_t choice; /* index of its choice, or -1 */
    int16_t block; /* subject whose grade may stand for this one's, or -1 */
} lkv_subject;

typedef struct lkv_choice {
    const char *id; /* "M2" */
} lkv_choice;

/* Compulsory place in the timetable: any of its subjects fills it. GOAL is the
 * outcome of its goal, "goal:MA", or NULL where no stage has one.
 */
typedef struct lkv_slot {
    const char *id;
    const uint16_t *subjects;
    size_t count;
    const char *goal;
} lkv_slot;

typedef struct lkv_merit_rule {
    const char *id; /* "merit_17" */
    unsigned best; /* so many best grades … */
    int16_t plus_choice; /* … and one of this choice beside them, or -1 */
    int64_t most; /* top of the scale, scaled */
    bool one_per_slot; /* of the subjects of a slot, the best alone counts */
} lkv_merit_rule;

typedef struct lkv_eligible_rule {
    const char *id; /* "eligible" (YR), "eligible_es" … */
    const uint16_t *slots; /* each must be passed */
    size_t slot_count;
    const uint16_t *named; /* subjects that must be passed too */
    size_t named_count;
    unsigned others; /* passed subjects beside SLOTS; NAMED count among them */
} lkv_eligible_rule;

typedef struct lkv_stage {
    const char *id; /* "early", "middle", "final" */
    bool graded; /* grades are given; else goals reached */
    const uint16_t *goals; /* not graded: subjects with a yes/no goal */
    size_t goal_count;
    bool leaves; /* merit and eligibility belong here */
    bool blocks; /* a block grade stands for its subjects */
} lkv_stage;

/* From the school year that ends in YEAR on, results of a stage come about in
 * another way than before, so that they cannot be compared across.
 */
typedef struct lkv_break_rule {
    const char *id; /* "grading" */
    int year;
    const uint16_t *stages;
    size_t stage_count;
} lkv_break_rule;

typedef struct lkv_rules {
    const char *id;
    int first_year, last_year; /* years in which the school year ends */
    uint8_t point_decimals;
    const lkv_step *steps;
    size_t step_count;
    const lkv_subject *subjects; /* in the order of the syllabus */
    size_t subject_count;
    const lkv_choice *choices;
    size_t choice_count;
    const lkv_slot *slots;
    size_t slot_count;
    const lkv_merit_rule *merits;
    size_t merit_count;
    const lkv_eligible_rule *eligibles;
    size_t eligible_count;
    const lkv_stage *stages;
    size_t stage_count;
    const lkv_break_rule *breaks;
    size_t break_count;
    /* A smaller change of a share, in percentage points, or of a mean is told
     * as none; 0 = any is told.
     */
    int change_share, change_points;
    const char *const *sensitive; /* outcome ids, NULL-terminated */
    struct lkv_rules_text *text;
} lkv_rules;

/* Reads the rule file ID (from the reports folder) or a path. */
lkv_rules *lkv_rules_read(const char *id, lkv_diag *diag);
void lkv_rules_free(lkv_rules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_rules, lkv_rules_free)

/* The byte for the LENGTH bytes at TEXT: symbol or alias, blanks trimmed,
 * case as the file says. 0 when TEXT is no grade of this scale. Blank is the
 * byte of kind MISSING. Fast: called once per grade row.
 */
uint8_t lkv_rules_grade(const lkv_rules *rules, const char *text,
                        size_t length);
const lkv_step *lkv_rules_step(const lkv_rules *rules, uint8_t grade);

/* Subject code as the file means it: canonical id ("M2_SPA", "M2 spa" and
 * "M2SPA" are "M2SPA"), choice index or -1 in CHOICE, and the index among
 * SUBJECTS, or -1 for a language of a choice. False for an unknown subject.
 * LANGUAGE is the text of a separate language column, or NULL. CANONICAL
 * holds at least LKV_SUBJECT_TEXT bytes.
 */
enum { LKV_SUBJECT_TEXT = 16 };
typedef struct lkv_subject_match {
    int subject;
    int choice;
    char canonical[LKV_SUBJECT_TEXT];
} lkv_subject_match;
bool lkv_rules_subject(const lkv_rules *rules, const char *text,
                       const char *language, lkv_subject_match *out);

/* Year of schooling ("9") of STAGE in the school year that ends in YEAR, or 0;
 * and the stage of a year of schooling, or -1.
 */
int lkv_rules_stage_year(const lkv_rules *rules, size_t stage, int year);
int lkv_rules_stage_of(const lkv_rules *rules, int stage_year, int year);

/* A pupil's grades: GRADE[i] belongs to subject SUBJECT[i] of a table of
 * COUNT subjects (those of the rules first, then languages of choices).
 */
typedef struct lkv_grades {
    const uint8_t *grade;
    const lkv_subject *subject;
    size_t count;
    const lkv_stage *stage; /* says whether blocks count; NULL: they do */
} lkv_grades;

/* Three-valued answers. */
typedef enum { LKV_NO, LKV_YES, LKV_UNKNOWN } lkv_answer;

/* Merit value scaled by 10^point_decimals; 0 without any grade. A pupil without
 * grades is not eligible: only passed grades count, so the answer is never
 * unknown.
 */
int64_t lkv_rules_merit(const lkv_rules *rules, size_t merit,
                        lkv_grades grades);
lkv_answer lkv_rules_eligible(const lkv_rules *rules, size_t eligible,
                              lkv_grades grades);
/* ALL_SUBJECTS: passed in every subject that is part of the pupil's education:
 * subjects not studied are left out, a subject failed or without basis answers
 * no, and so does a pupil of whom nothing at all was read. Unknown when nothing
 * is failed but a compulsory slot is blank, or when no subject was studied.
 *
 * LACKING: how many subjects of the pupil's education are not passed, the
 * subjects of a slot as one; -1 when all_subjects is unknown or a slot is blank.
 * All slots for a pupil of whom nothing was read.
 */
typedef struct lkv_passes {
    lkv_answer all_subjects;
    int lacking;
    bool any; /* any grade is a pass */
} lkv_passes;
lkv_passes lkv_rules_passes(const lkv_rules *rules, lkv_grades grades);

/* Every outcome that follows from the rules, and what implies what: everyone
 * who is PART of A is PART of B ("eligible_es=yes" implies "eligible=yes";
 * "MA=F" implies "eligible=no"). Derived from the rules, not listed.
 */
typedef struct lkv_implication {
    const char *a_outcome, *a_value;
    const char *b_outcome, *b_value;
} lkv_implication;
/* Array of lkv_implication, strings lent by RULES. An outcome of a subject is
 * "grade:MA"; its values are the symbols of the scale, "not_studied",
 * "missing" and the group "passed". Values of the others, "goal:MA" among them,
 * are "yes" and "no".
 * Not eligible does not imply not all subjects: an adapted study path leaves
 * subjects out.
 */
GArray *lkv_rules_implications(const lkv_rules *rules);

#endif
