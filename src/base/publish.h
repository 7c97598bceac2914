/* A folder of results appears whole or not at all.
 *
 * Files are written into a stage folder beside the goal (0700, files 0600,
 * never through links), synced, and the stage is exchanged with the goal in
 * one step. Killed at any moment, the old complete folder or the new one is
 * there. The only file of the program that writes results.
 */
#ifndef LKV_BASE_PUBLISH_H
#define LKV_BASE_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/diag.h"
#include "base/hash.h"
#include "base/sink.h"

typedef struct lkv_stage lkv_stage;

/* Opens a stage for GOAL, sweeping stale stages of ours beside it. NULL with
 * a report when GOAL exists and FORCE is not set, or is not a folder of ours
 * (marker file), or its parent cannot be written. Missing parents are made.
 */
lkv_stage *lkv_stage_open(const char *goal, bool force, lkv_diag *diag);
/* Drops the stage and everything in it, unless it was published. */
void lkv_stage_free(lkv_stage *stage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_stage, lkv_stage_free)

/* Writes a file at PATH ("public/results.csv") below the stage, making
 * folders as needed, and syncs it. Threads may call it at the same time for
 * different paths. False with a report in DIAG.
 */
bool lkv_stage_write(lkv_stage *stage, const char *path, const void *bytes,
                     size_t size, lkv_diag *diag);

/* The same for a long text: what is appended to the sink is written piece by
 * piece. NULL with a report. What cannot be written is reported at the end.
 */
typedef struct lkv_staging lkv_staging;
lkv_staging *lkv_stage_begin(lkv_stage *stage, const char *path,
                             lkv_diag *diag);
lkv_sink *lkv_staging_sink(lkv_staging *staging); /* lent */
/* Writes what is left, syncs the file and frees STAGING. */
bool lkv_stage_end(lkv_staging *staging);

/* Files written so far, sorted by path: for SHA256SUMS and the manifest. */
typedef struct lkv_staged {
    const char *path;
    size_t size;
    lkv_hash hash;
} lkv_staged;
/* In an array of the caller's; paths are lent. The marker is not among them. */
GArray *lkv_stage_files(const lkv_stage *stage);

/* Syncs all folders and puts the stage in GOAL's place; the old folder is
 * then deleted. False with a report; GOAL is then as it was. Where the file
 * system cannot exchange folders, the stage becomes a new folder beside GOAL
 * ("2025.2") and a link ("2025.current") points at it; a warning says so.
 */
bool lkv_stage_publish(lkv_stage *stage, lkv_diag *diag);

/* Folder of the stage, for a library that must have a place of its own; once
 * published, where the output now lies.
 */
const char *lkv_stage_path(const lkv_stage *stage);

/* Deletes DIR and what is in it, never following links. */
bool lkv_folder_remove(const char *dir, lkv_diag *diag);

#endif
