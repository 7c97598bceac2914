/* renameat2 is the one call that exchanges two folders in one step. */
#define _GNU_SOURCE /* NOLINT(bugprone-reserved-identifier) */

#include "base/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/stage.h"

enum { BESIDE_MOST = 9999 };

/* Overlay and network file systems refuse the flags of renameat2. */
static bool is_unsupported(int error)
{
    return error == EINVAL || error == ENOSYS || error == EOPNOTSUPP ||
           error == EXDEV;
}

static bool is_absent(int parent, const char *name)
{
    return lkv_goal_look(parent, name) == LKV_GOAL_ABSENT;
}

/* The stage as NAME where nothing is. A plain rename of a folder replaces at
 * most an empty folder.
 */
static bool move_to(const lkv_stage *stage, const char *name)
{
    if (renameat2(stage->parent, stage->stage_name, stage->parent, name,
                  RENAME_NOREPLACE) == 0) {
        return true;
    }
    if (!is_unsupported(errno)) {
        return false;
    }
    if (!is_absent(stage->parent, name)) {
        errno = EEXIST;
        return false;
    }
    return renameat(stage->parent, stage->stage_name, stage->parent, name) == 0;
}

static bool exchange(const lkv_stage *stage)
{
    return renameat2(stage->parent, stage->stage_name, stage->parent,
                     stage->name, RENAME_EXCHANGE) == 0;
}

static void place_set(lkv_stage *stage, const char *name)
{
    g_autofree char *folder = g_path_get_dirname(stage->goal);
    bool bare = strchr(stage->goal, '/') == NULL;
    g_free(stage->path);
    stage->path = bare ? g_strdup(name) : g_build_filename(folder, name, NULL);
    stage->published = true;
}

/* Points the link NAME at TARGET in one step, whatever it pointed at. The name
 * of the stage is free by now.
 */
static bool link_set(const lkv_stage *stage, const char *name,
                     const char *target)
{
    struct stat status;
    if (fstatat(stage->parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        !S_ISLNK(status.st_mode)) {
        return false;
    }
    return symlinkat(target, stage->parent, stage->stage_name) == 0 &&
           renameat(stage->parent, stage->stage_name, stage->parent, name) == 0;
}

/* The stage as NAME, on the disk; else it is where it was. */
static bool settle(lkv_stage *stage, const char *name)
{
    if (!move_to(stage, name)) {
        return false;
    }
    if (!lkv_folder_sync_one(stage->parent)) {
        int reason = errno;
        renameat(stage->parent, name, stage->parent, stage->stage_name);
        errno = reason;
        return false;
    }
    place_set(stage, name);
    return true;
}

static void report_beside(const lkv_stage *stage, const char *name,
                          lkv_diag *diag)
{
    g_autofree char *current = g_strconcat(stage->name, ".current", NULL);
    bool linked = link_set(stage, current, name);
    lkv_message *message = lkv_diag_add(
        diag, "W-OUTPUT-BESIDE", (lkv_place){.file = stage->goal},
        "the new output is in %s%s%s; the old folder is as it was", stage->path,
        linked ? ", to which a link points: " : "", linked ? current : "");
    lkv_message_why(message, "this file system cannot exchange two folders "
                             "in one step");
    lkv_message_fix(message, "delete the old folder when you no longer "
                             "need it, or choose another disk");
}

/* Where two folders cannot be exchanged: a new folder beside the goal, and a
 * link that is renamed in one step. Two renames would leave a moment without
 * any folder.
 */
static bool put_beside(lkv_stage *stage, lkv_diag *diag)
{
    for (int i = 2; i <= BESIDE_MOST; i++) {
        g_autofree char *name = g_strdup_printf("%s.%d", stage->name, i);
        if (settle(stage, name)) {
            report_beside(stage, name, diag);
            return true;
        }
        if (errno != EEXIST && errno != ENOTEMPTY && errno != ENOTDIR) {
            break;
        }
    }
    lkv_stage_report(diag, stage->goal, errno);
    return false;
}

/* The old output lies where the stage was. If somebody put a folder of theirs
 * in the goal's place since we looked, it goes back.
 */
static bool old_delete(lkv_stage *stage, lkv_diag *diag)
{
    if (lkv_goal_look(stage->parent, stage->stage_name) == LKV_GOAL_FOREIGN &&
        exchange(stage)) {
        return lkv_goal_free(stage->goal, LKV_GOAL_FOREIGN, true, diag);
    }
    g_autofree char *left = g_strdup(stage->path);
    place_set(stage, stage->name);
    if (!lkv_folder_delete(stage->parent, stage->stage_name)) {
        lkv_message *message = lkv_diag_add(
            diag, "W-OUTPUT-LEFT", (lkv_place){.file = left},
            "the old output cannot be deleted: %s", g_strerror(errno));
        lkv_message_fix(message, "delete it by hand; the new output is whole");
    }
    return true;
}

static bool replace(lkv_stage *stage, lkv_diag *diag)
{
    bool exchanged = exchange(stage);
    if (!exchanged && is_unsupported(errno)) {
        return put_beside(stage, diag);
    }
    if (exchanged && lkv_folder_sync_one(stage->parent)) {
        return old_delete(stage, diag);
    }
    lkv_stage_report(diag, stage->goal, errno);
    if (exchanged) {
        exchange(stage);
    }
    return false;
}

static bool put_new(lkv_stage *stage, lkv_diag *diag)
{
    if (settle(stage, stage->name)) {
        return true;
    }
    int reason = errno;
    lkv_goal seen = lkv_goal_look(stage->parent, stage->name);
    if (lkv_goal_free(stage->goal, seen, false, diag)) {
        lkv_stage_report(diag, stage->goal, reason);
    }
    return false;
}

bool lkv_stage_publish(lkv_stage *stage, lkv_diag *diag)
{
    g_assert(!stage->published);
    if (!lkv_folder_sync(stage->parent, stage->stage_name)) {
        lkv_stage_report(diag, stage->goal, errno);
        return false;
    }
    lkv_goal seen = lkv_goal_look(stage->parent, stage->name);
    if (!lkv_goal_free(stage->goal, seen, stage->force, diag)) {
        return false;
    }
    return seen == LKV_GOAL_ABSENT ? put_new(stage, diag)
                                   : replace(stage, diag);
}
