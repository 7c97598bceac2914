/* A study that is being read: its checked tree and the parts to fill. For the
 * files of the study alone.
 */
#ifndef LKV_STUDY_STUDY_READ_H
#define LKV_STUDY_STUDY_READ_H

#include "study/study.h"
#include "study/yaml.h"

struct lkv_study_text {
    lkv_yaml *yaml;
    lkv_node *root;
};

typedef struct lkv_reader {
    lkv_study *study;
    lkv_yaml *yaml;
    lkv_node *root; /* in full form, with defaults; bad nodes marked */
    lkv_diag *diag;
    bool sound;
} lkv_reader;

/* Reports at NODE, the value of key FIELD. */
lkv_message *lkv_reader_refuse(lkv_reader *reader, const lkv_node *node,
                               const char *field, const char *code,
                               const char *what);
/* Takes BLOCK over for the study; returns it. */
void *lkv_reader_keep(lkv_reader *reader, void *block);
/* The path that NODE names: from the study's folder, from the working folder
 * for --set; "~/" is the home folder. Kept.
 */
const char *lkv_reader_path(lkv_reader *reader, const lkv_node *node);
/* "did you mean", or the WORDS. */
void lkv_reader_suggest(lkv_message *message, const char *word,
                        const char *const *words);
lkv_label lkv_reader_label(lkv_reader *reader, const lkv_node *map);
/* Numbers of the list KEY of MAP, COUNT of them, kept; NULL without any. */
double *lkv_reader_numbers(lkv_reader *reader, const lkv_node *map,
                           const char *key, size_t *count);

void lkv_study_fill_inputs(lkv_reader *reader);
void lkv_study_fill_asked(lkv_reader *reader);
/* The outcome that STUDY declares as ID; NULL without. */
const lkv_outcome_spec *lkv_study_outcome(const lkv_study *study,
                                          const char *id);
/* Of what is asked: the parts that have files of their own. */
void lkv_study_fill_outcomes(lkv_reader *reader);
void lkv_study_fill_goals(lkv_reader *reader);
void lkv_study_fill_shown(lkv_reader *reader);

#endif
