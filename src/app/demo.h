/* An invented district of a real city's size and shape, with known truth.
 *
 * Nobody in it exists. Every draw belongs to a place (seed, purpose, school,
 * year), and only exact arithmetic is used, so a district is the same bytes on
 * every machine.
 */
#ifndef LKV_APP_DEMO_H
#define LKV_APP_DEMO_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "base/random.h"

typedef struct lkv_demo_plan {
    int schools;
    int pupils; /* in a school year, over all years of schooling */
    int years;
    int last_year; /* in which the newest school year ends */
    uint64_t seed;
    bool long_shape; /* grades: a row a subject; else a column */
    bool all_graded; /* every pupil has grades; else years 3, 6, 9 alone */
    bool index; /* every pupil has an index of background */
    bool windows; /* windows-1252 instead of UTF-8 */
    int dirty; /* faulty rows per thousand */
} lkv_demo_plan;

typedef enum { LKV_DEMO_ORDINARY, LKV_DEMO_SPECIAL } lkv_demo_kind;

typedef struct lkv_demo_school {
    char code[9];
    char *name;
    lkv_demo_kind kind;
    int first_stage_year, last_stage_year; /* 0 … 6, 7 … 9, 0 … 9 */
    int area;
    double intake; /* how favoured the pupils' homes are; SD about 1 */
    double effect; /* of the school itself */
    double size; /* weight when pupils are dealt out */
    bool block_grades; /* NO and SO in year 6 */
} lkv_demo_school;

/* Subjects in the order of the syllabus; columns of the wide form. */
enum {
    LKV_DEMO_SV = 14,
    LKV_DEMO_SVA = 15,
    LKV_DEMO_M2 = 17, /* three languages */
    LKV_DEMO_ML = 20, /* three languages */
    LKV_DEMO_NO = 23,
    LKV_DEMO_SO = 24,
    LKV_DEMO_SUBJECTS = 25,
    LKV_DEMO_TESTS = 3,
    LKV_DEMO_GOALS = 2
};
extern const char *const lkv_demo_subjects[LKV_DEMO_SUBJECTS];

/* Codes as written; '\0' = blank. GRADE is a letter, '-' or '\0'. */
typedef struct lkv_demo_pupil {
    uint32_t id;
    uint16_t school;
    uint16_t year;
    uint8_t stage_year;
    char sex; /* F, P */
    char education; /* 1, 2, 3 */
    char background; /* S, I, U */
    char newcomer; /* J, N */
    bool second_language; /* studies SVA */
    double own, ability; /* OWN: what no home and no school explains */
    int index; /* of the home: 100 in the middle, higher = less favourable */
    char grade[LKV_DEMO_SUBJECTS];
    char test[LKV_DEMO_TESTS]; /* EN, MA, SV or SVA */
    char goal[LKV_DEMO_GOALS]; /* MA, SV or SVA: J, N */
} lkv_demo_pupil;

typedef struct lkv_demo {
    lkv_demo_plan plan;
    GArray *schools; /* lkv_demo_school, by code */
    GArray *pupils; /* lkv_demo_pupil, by year, school, id */
} lkv_demo;

lkv_demo *lkv_demo_new(const lkv_demo_plan *plan);
void lkv_demo_free(lkv_demo *demo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_demo, lkv_demo_free)

/* Fills grades, tests and goals of PUPIL, whose ability is set. */
void lkv_demo_grade(const lkv_demo *demo, lkv_demo_pupil *pupil,
                    lkv_stream *stream);

/* Who was three years of schooling lower three years before, school by school:
 * they are the pupils of STAGE in YEAR again. NULL where there are none.
 */
typedef struct lkv_demo_formers lkv_demo_formers;
lkv_demo_formers *lkv_demo_formers_new(const lkv_demo *demo, int year,
                                       int stage, const int *dealt);
void lkv_demo_formers_free(lkv_demo_formers *formers);
/* The next one who comes to SCHOOL, or NULL: somebody new. */
const lkv_demo_pupil *lkv_demo_formers_next(lkv_demo_formers *formers,
                                            int school);
/* PUPIL is FORMER, three years older. */
void lkv_demo_grow(const lkv_demo_pupil *former, lkv_demo_pupil *pupil,
                   lkv_stream *stream);

/* About normal, mean 0 and SD 1: the sum of twelve uniform draws less six,
 * which needs no logarithm and so is the same on every machine.
 */
double lkv_demo_normal(lkv_stream *stream);

/* Files of the district as text; g_free. */
char *lkv_demo_schools_csv(const lkv_demo *demo);
char *lkv_demo_pupils_csv(const lkv_demo *demo);
char *lkv_demo_grades_csv(const lkv_demo *demo);
char *lkv_demo_tests_csv(const lkv_demo *demo);
char *lkv_demo_goals_csv(const lkv_demo *demo);
char *lkv_demo_study(const lkv_demo *demo);
/* The generating parameters, and count, sum and sum of squares of every
 * school, year and outcome as written; g_free.
 */
char *lkv_demo_truth(const lkv_demo *demo);

/* Writes all of them into DIR. */
bool lkv_demo_write(const lkv_demo *demo, const char *dir, bool force,
                    lkv_diag *diag);

#endif
