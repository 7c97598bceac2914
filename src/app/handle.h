/* What stands behind a likvard: one run, from study to folder. */
#ifndef LKV_APP_HANDLE_H
#define LKV_APP_HANDLE_H

#include <stdbool.h>

#include <glib.h>

#include "app/followup.h"
#include "base/diag.h"
#include "base/jobs.h"
#include "base/publish.h"
#include "base/stop.h"
#include "disclose/disclose.h"
#include "disclose/private.h"
#include "likvard/likvard.h"
#include "measure/results.h"
#include "panel/panel.h"
#include "study/profile.h"
#include "study/rules.h"
#include "study/study.h"

/* Stages of a run are made in this order; each is NULL until then. */
struct likvard {
    lkv_diag *diag;
    lkv_study *study;
    lkv_rules *rules; /* or NULL: a study without */
    lkv_panel *panel; /* freed of its rows once tallies are full */
    GPtrArray *profiles; /* lkv_profile */
    lkv_disclosure *disclosure;
    GPtrArray *ledger; /* lkv_release of earlier runs */
    GPtrArray *finished; /* lkv_release read back from a run folder, instead */
    GArray *inputs; /* lkv_input_facts, moved from the panel */
    lkv_followups *followups; /* or NULL: none */
    lkv_frame *frame;
    GArray *waterfall; /* lkv_waterfall_step, moved from the panel */
    char *run_id;
    int64_t created; /* of a run read back, as its manifest says */
    char *said; /* text lent by likvard_messages, likvard_problems */
    likvard_progress progress;
    void *context;
    lkv_stop stop; /* asked for by another thread */
    bool published; /* to be stopped came too late */
};

/* Threads of the study (its jobs, or all processors), that likvard_stop stops.
 */
lkv_crew lkv_handle_crew(const likvard *run);
/* Tells who watches; between steps and jobs alone. */
void lkv_handle_step(const likvard *run, const char *words, size_t done,
                     size_t total);

bool lkv_handle_stopped(const likvard *run);

/* A handle without a study; and the audiences of its study. */
likvard *lkv_handle_new(void);
void lkv_handle_read_profiles(likvard *run);

/* The release of profile INDEX, decided in this run or read back; lent. */
const lkv_release *lkv_handle_release(const likvard *run, size_t index);

/* When the run was made, in seconds since 1970-01-01 UTC: SOURCE_DATE_EPOCH,
 * else the reference date, else 30 June of the year; never a clock's. Of a run
 * that was read back, what it was then.
 */
int64_t lkv_handle_created(const likvard *run);
/* Warns where SOURCE_DATE_EPOCH is there and is no time. */
void lkv_handle_check_created(const likvard *run);
/* The same as "2025-06-13T00:00:00Z"; g_free. */
char *lkv_handle_created_text(const likvard *run);

/* Writes every file of the run into STAGE. */
bool lkv_run_write(likvard *run, lkv_stage *stage);

#endif
