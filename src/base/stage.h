/* The inside of a stage, shared by the files that open and publish it. */
#ifndef LKV_BASE_STAGE_H
#define LKV_BASE_STAGE_H

#include <pthread.h>
#include <stdbool.h>

#include <glib.h>

#include "base/publish.h"

/* What has been written; threads add to it under the lock. */
typedef struct lkv_stage_list {
    pthread_mutex_t lock;
    GArray *files; /* of lkv_staged */
    GStringChunk *text;
} lkv_stage_list;

struct lkv_stage {
    char *goal; /* as the user wrote it, without a last slash */
    char *path; /* where the stage lies now */
    char *name; /* last part of GOAL */
    char *stage_name; /* last part of PATH */
    int parent; /* descriptor of the folder of both */
    int folder; /* descriptor of the stage, locked while we live */
    bool force;
    bool published;
    unsigned made; /* folders above the goal that were not there */
    lkv_stage_list *list;
};

typedef enum {
    LKV_GOAL_ABSENT,
    LKV_GOAL_OURS, /* a real folder with our marker in it */
    LKV_GOAL_FOREIGN /* anything else, links too */
} lkv_goal;
lkv_goal lkv_goal_look(int parent, const char *name);
/* Reports that GOAL stands in the way; true if it does not. */
bool lkv_goal_free(const char *goal, lkv_goal seen, bool force, lkv_diag *diag);

enum { LKV_FOLDER_MODE = 0700 };
/* Writes the file that marks FOLDER as ours, or gives errno. */
bool lkv_stage_mark(int folder);

/* Reports that PATH cannot be made or written, by errno. */
void lkv_stage_report(lkv_diag *diag, const char *path, int error);

#endif
