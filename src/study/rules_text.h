/* What rules keep beside their public tables: how texts are read, and which
 * slot a subject belongs to. For the files of the rules alone.
 */
#ifndef LKV_STUDY_RULES_TEXT_H
#define LKV_STUDY_RULES_TEXT_H

#include "study/rules.h"
#include "study/yaml.h"

enum { LKV_MARK_BYTES = 32 };

/* A text of the scale, letter case folded if the file says so. */
typedef struct lkv_mark {
    const char *text;
    size_t length;
    uint8_t grade;
} lkv_mark;

/* A folded name of a subject, or with SUBJECT -1 of a choice. */
typedef struct lkv_subject_name {
    const char *text;
    int subject;
    int choice;
} lkv_subject_name;

/* In school years that end in FROM … TO, STAGE is year of schooling YEAR. */
typedef struct lkv_stage_span {
    size_t stage;
    int from, to, year;
} lkv_stage_span;

struct lkv_rules_text {
    lkv_yaml *yaml;
    const char *path;
    bool ignore_case;
    uint8_t missing; /* the byte of a blank */
    uint8_t kind[UINT8_MAX + 1]; /* lkv_grade_kind by the byte of a grade */
    int32_t worth[UINT8_MAX + 1]; /* points of a pass or fail; others 0 */
    lkv_mark *marks; /* sorted by text */
    size_t mark_count;
    lkv_subject_name *names; /* sorted by text */
    size_t name_count;
    unsigned *letters; /* of a language code, by choice */
    int16_t *slot; /* by subject: its slot, or -1 */
    bool *is_block; /* by subject */
    const char **outcome; /* by subject: "grade:MA" */
    lkv_stage_span *spans;
    size_t span_count;
};

int lkv_mark_compare(const void *a, const void *b);
int lkv_subject_name_compare(const void *a, const void *b);

/* A rule file that is being turned into tables. */
typedef struct lkv_filler {
    lkv_rules *rules;
    const lkv_node *root;
    lkv_diag *diag;
    bool sound;
} lkv_filler;

void lkv_filler_refuse(lkv_filler *filler, const lkv_node *node,
                       const char *what, const char *word);
/* Takes BLOCK over for the rules; returns it. */
void *lkv_filler_keep(lkv_filler *filler, void *block);

int lkv_rules_subject_named(const lkv_rules *rules, const char *id);

/* The public tables from the checked tree ROOT; false with reports. RULES has
 * its text already.
 */
bool lkv_rules_fill(lkv_rules *rules, const lkv_node *root, lkv_diag *diag);
/* Of these: slots, blocks, merits, eligibility, stages. SUBJECTS are those of
 * the rules.
 */
void lkv_rules_fill_parts(lkv_filler *filler, lkv_subject *subjects);

#endif
